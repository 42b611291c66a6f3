//! Forms and their tables.

use super::Reading;
use crate::calendar::due::{DueRule, Rolling};
use crate::contract::layout::{AreaBy, Layout};
use crate::contract::meant::{Area, Form, Table};
use crate::contract::written;
use crate::domain::text::nearest;

/// A form as meant.
pub(super) fn form(reading: &mut Reading<'_>, form: written::Form, areas: &[Area]) -> Form {
    let rolling = |roll| if roll { Rolling::NextWorkingDay } else { Rolling::Stands };
    let due = match form.due {
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
    };
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
        tables,
    }
}

fn table_of(reading: &mut Reading<'_>, table: written::Table, areas: &[Area]) -> Table {
    let meant = Table {
        title: table.title,
        sheets: table.sheets,
        optional: table.optional,
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
    for area in meant.columns.iter().flat_map(|column| &column.areas) {
        if !areas.iter().any(|known| known.name == *area) {
            reading.fault(&table.id, format!("the contract has no area `{area}`"), None);
        }
    }
    if meant.area_by() != AreaBy::None && areas.is_empty() {
        reading.fault(&table.id, "the table goes by areas, but the contract has none".into(), None);
    }
    meant
}
