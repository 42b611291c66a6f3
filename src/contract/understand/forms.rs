//! Forms and their tables.

use toml::Spanned;

use super::{Reading, pack};
use crate::calendar::due::{Due, DueRule, Printed, Rolling};
use crate::contract::layout::{AreaBy, Asks, Layout};
use crate::contract::meant::{Area, Form, Table};
use crate::contract::written;
use crate::domain::period::{Frequency, Period};
use crate::domain::text::nearest;

/// A form as meant.
pub(super) fn form(reading: &mut Reading<'_>, form: written::Form, areas: &[Area], year_starts: u32) -> Form {
    let due = due(reading, form.due, form.printed, form.every, year_starts);
    if form.one_per_area && areas.is_empty() {
        reading.fault(&form.id, "one return an area, but the contract has no areas".into(), None);
    }
    reading.distinct(form.tables.iter().map(|table| &table.id), "table");
    let tables = form.tables.into_iter().map(|table| table_of(reading, table, areas)).collect();
    Form {
        id: form.id.into_inner(),
        title: form.title,
        every: form.every,
        clause: form.clause,
        due,
        local: form.local,
        reading: form.reading,
        one_per_area: form.one_per_area,
        labels: form.labels,
        tables,
    }
}

/// When a form is due, as meant.
fn due(
    reading: &mut Reading<'_>,
    due: written::Due,
    printed: Vec<written::PrintedDue>,
    every: Frequency,
    year_starts: u32,
) -> Due {
    let rolling = |roll| if roll { Rolling::NextWorkingDay } else { Rolling::Stands };
    let rule = match due {
        written::Due::DayOfFollowingMonth(rule) => {
            if !(1..=31).contains(rule.day.get_ref()) {
                reading.fault(&rule.day, "a month has days 1 to 31".into(), None);
            }
            DueRule::DayOfFollowingMonth {
                months: rule.months,
                day: rule.day.into_inner(),
                rolling: rolling(rule.roll),
            }
        }
        written::Due::LastWeekday(rule) => {
            let weekday = match rule.weekday {
                written::Weekday::Monday => chrono::Weekday::Mon,
                written::Weekday::Tuesday => chrono::Weekday::Tue,
                written::Weekday::Wednesday => chrono::Weekday::Wed,
                written::Weekday::Thursday => chrono::Weekday::Thu,
                written::Weekday::Friday => chrono::Weekday::Fri,
            };
            DueRule::LastWeekday { weekday, rolling: rolling(rule.roll) }
        }
        written::Due::WorkingDaysBeforeMeeting(days) => {
            if *days.get_ref() == 0 {
                reading.fault(
                    &days,
                    "a return is due at least one working day before the meeting".into(),
                    None,
                );
            }
            if let Some(printed) = printed.first() {
                let help = "take out `printed`, or give a rule for every period";
                reading.fault(&printed.due, "due dates go by planned meetings".into(), Some(help.into()));
            }
            return Due::BeforeMeeting { working_days: days.into_inner() };
        }
    };
    let mut dates: Vec<Printed> = Vec::new();
    for own in printed {
        let (from, day) = (reading.date(&own.from), reading.date(&own.due));
        let period = Period::containing(from, every, year_starts);
        if period.from != from {
            let help = format!("{} begins on {}", period.describe(), period.from);
            reading.fault(&own.from, "no period of the form begins on this day".into(), Some(help));
        } else if dates.iter().any(|other| other.from == from) {
            reading.fault(&own.from, format!("{} stands here twice", period.describe()), None);
        }
        dates.push(Printed { from, due: day });
    }
    dates.sort_by_key(|own| own.from);
    Due::Every { rule, printed: dates }
}

fn table_of(reading: &mut Reading<'_>, table: written::Table, areas: &[Area]) -> Table {
    let meant = Table {
        title: table.title,
        sheets: table.sheets,
        optional: table.optional,
        placed: table.placed,
        layout: table.layout,
        columns: table.columns,
        rows: table.rows,
        id: table.id.get_ref().clone(),
    };
    let mut named: Vec<&str> = meant.key().into_iter().collect();
    match &meant.layout {
        Layout::Grid(grid) => {
            named.extend(grid.breakdown.as_deref().into_iter().chain(grid.reference.as_deref()))
        }
        Layout::Records(records) => {
            named.extend(records.area.as_deref());
            named.extend(records.begins.as_deref());
            named.extend(records.belongs.iter().chain(&records.restates).map(String::as_str));
            named.extend(records.names.as_deref().into_iter().chain(records.group.as_deref()));
            let evidenced = records.evidenced.as_ref();
            named.extend(evidenced.into_iter().flat_map(|own| [own.score.as_str(), own.by.as_str()]));
            named.extend(records.promise.iter().flat_map(|own| own.columns()));
            if records.group.is_some() && meant.rows.is_empty() {
                let message =
                    format!("the table `{}` goes by groups and has no rows that say which", meant.id);
                reading.fault(&table.id, message, Some("give it `rows`, one for each group".into()));
            }
        }
        Layout::Narrative(_) => {}
    }
    named.extend(meant.rows.iter().filter_map(|row| row.columns.as_deref()).flatten().map(String::as_str));
    for name in named {
        if meant.column(name).is_none() {
            let known: Vec<&str> = meant.columns.iter().map(|column| column.id.as_str()).collect();
            let help = match nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("columns of this table: {}", known.join(", ")),
            };
            let message = format!("the table `{}` has no column `{name}`", meant.id);
            reading.fault(&table.id, message, Some(help));
        }
    }
    for whole in meant.rows.iter().filter_map(|row| row.of.as_deref()) {
        if meant.row(whole).is_none() {
            let near = nearest(whole, meant.rows.iter().map(|row| row.id.as_str()));
            let message = format!("the table `{}` has no row `{whole}`", meant.id);
            reading.fault(&table.id, message, near.map(|near| format!("did you mean `{near}`?")));
        }
    }
    for column in &meant.columns {
        let fault = match (column.asks == Asks::Score, column.scale) {
            (true, None) => "asks for a score and has no `scale`",
            (true, Some(scale)) if scale.from >= scale.to => "has a `scale` that ends before it begins",
            (false, Some(_)) => "has a `scale` and asks for no score",
            _ => continue,
        };
        let help = "write `asks = \"score\", scale = { from = 1, to = 5 }`".to_string();
        reading.fault(&table.id, format!("the column `{}` {fault}", column.id), Some(help));
    }
    for area in meant.columns.iter().flat_map(|column| &column.areas) {
        if !areas.iter().any(|known| known.name == *area) {
            reading.fault(&table.id, format!("the contract has no area `{area}`"), None);
        }
    }
    if meant.area_by() != AreaBy::None && areas.is_empty() {
        reading.fault(&table.id, "the table goes by areas, but the contract has none".into(), None);
    }
    placed(reading, &table.id, &meant);
    pack::promise(reading, &table.id, &meant);
    meant
}

/// What a table's place asks of its columns and its layout.
fn placed(reading: &mut Reading<'_>, id: &Spanned<String>, table: &Table) {
    let Table { placed, columns, .. } = table;
    let mut fault = |message: String, help: &str| reading.fault(id, message, Some(help.to_string()));
    let below = "write the titles: `placed = { below = [\"Project *\"], repeated = true }`";
    if placed.repeated && placed.below.is_empty() {
        fault("the table is repeated, and no title says where it stands".into(), below);
    }
    let is_by_title = table.area_by() == AreaBy::Title;
    if is_by_title && !placed.repeated {
        fault("the area stands in a title, and the table is not repeated below titles".into(), below);
    }
    if placed.repeated && !is_by_title && !matches!(table.layout, Layout::Records(_)) {
        let help = "take the area from the title: `layout = { grid = { key = …, area-by = \"title\" } }`";
        fault("a table of known rows that is repeated needs an area for each of its places".into(), help);
    }
    if !(1..=10).contains(&placed.heading_rows) {
        fault("headings take 1 to 10 rows".into(), "write `heading-rows = 3`");
    }
    if placed.periods_across && !columns.iter().any(|column| column.asks.is_answered()) {
        let help = "say what the columns ask for, such as `asks = \"figure\"`";
        fault("the columns go by periods, and none of them asks for a value".into(), help);
    }
    if placed.periods_across && table.area_by() == AreaBy::ColumnGroup {
        let help = "give each area a table, a sheet or a title of its own";
        fault("the columns go by periods and by areas at once".into(), help);
    }
    for column in columns {
        if column.title && placed.below.is_empty() {
            fault(
                format!("the column `{}` holds a title, and the table stands below none", column.id),
                below,
            );
        }
        if column.title && !(column.asks == Asks::Text && matches!(table.layout, Layout::Records(_))) {
            let help = "write `asks = \"text\"` in a table of records";
            fault(format!("the column `{}` holds a title and asks for something else", column.id), help);
        }
        let unnamed = placed.periods_across && column.asks.is_answered();
        if column.headings.is_empty() && !column.title && !unnamed {
            let help = "write its heading: `headings = [\"Numerator\"]`";
            fault(format!("the column `{}` has no heading", column.id), help);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::contract;

    const FIGURES: &str = include_str!("../../../tests/findings/figures.toml");

    #[test]
    fn what_records_refer_to_is_there() {
        assert!(contract::read("figures.toml", FIGURES).is_ok());
        for (old, new, message) in [
            ("names = \"criterion\"", "names = \"criterium\"", "has no column `criterium`"),
            ("group = \"area\"", "group = \"areas\"", "has no column `areas`"),
            ("by = \"evidence\"", "by = \"proof\"", "has no column `proof`"),
            (
                "rows = [{ id = \"1\", labels = [\"People\"] }, { id = \"2\", labels = [\"Risk\"] }]",
                "",
                "goes by groups and has no rows",
            ),
            (", scale = { from = 1, to = 5 }", "", "asks for a score and has no `scale`"),
            ("scale = { from = 1, to = 5 }", "scale = { from = 5, to = 1 }", "ends before it begins"),
            (
                "headings = [\"Evidence\"], asks = \"text\"",
                "headings = [\"Evidence\"], scale = { from = 1, to = 5 }",
                "has a `scale` and asks for no score",
            ),
            ("of = \"schemes\"", "of = \"kpis\"", "has no records `kpis`"),
            (
                "part = \"result\", column = \"complaints\"",
                "part = \"result\", column = \"complaint\"",
                "has no column `complaint`",
            ),
            ("column = \"delivered\"", "column = \"scheme\"", "asks for no figure"),
            ("{ row = \"3\", part", "{ row = \"9\", part", "has no row `9`"),
            ("asks = \"denominator\"", "asks = \"comment\"", "has no column that asks for a denominator"),
        ] {
            assert!(FIGURES.contains(old), "{old}");
            let read = contract::read("figures.toml", &FIGURES.replacen(old, new, 1));
            let error = read.unwrap_err().to_string();
            assert!(error.contains(message), "{old}:\n{error}");
        }
    }
}
