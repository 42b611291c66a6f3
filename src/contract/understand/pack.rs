//! The agenda, the annual review, packs of areas and the paper for a committee.

use toml::Spanned;

use super::Reading;
use crate::contract::layout::{Asks, Layout};
use crate::contract::meant::{
    AgendaItem, AgendaSum, AnnualReview, Area, Form, Kpi, RowPath, Table, TablePath,
};
use crate::contract::written::pack as written;
use crate::domain::text::nearest;
use crate::rules::suppress_below::{BELOW, HIGHEST, Suppression};

/// An agenda as meant: items, and items below them; no further, since pages show no more.
pub(super) fn agenda(
    reading: &mut Reading<'_>,
    items: Vec<written::AgendaItem>,
    forms: &[Form],
) -> Vec<AgendaItem> {
    for below in items.iter().flat_map(|item| &item.items).filter(|below| !below.items.is_empty()) {
        let help = "move its items up, beside it";
        reading.fault(
            &below.title,
            "an agenda has items and items below them, no further".into(),
            Some(help.into()),
        );
    }
    items
        .into_iter()
        .map(|item| AgendaItem {
            title: item.title.into_inner(),
            fill: item.fill,
            told: item.told.and_then(|told| told_by(reading, &told, forms)),
            sums: item.sums.into_iter().map(|sum| sum_of(reading, sum, forms)).collect(),
            promises: item.tables.iter().map(|table| promises(reading, table, forms)).collect(),
            items: agenda(reading, item.items, forms),
        })
        .collect()
}

/// The annual review as meant.
pub(super) fn annual_review(written: written::AnnualReview) -> AnnualReview {
    AnnualReview { clause: written.clause, title: written.title, reading: written.reading }
}

/// Whether each area has a pack of its own.
pub(super) fn per_area(reading: &mut Reading<'_>, settings: &written::PackSettings, areas: &[Area]) -> bool {
    let Some(written) = &settings.per_area else { return false };
    if *written.get_ref() && areas.is_empty() {
        reading.fault(written, "one pack an area, but the contract has no areas".into(), None);
    }
    *written.get_ref()
}

/// What the paper for a committee may show.
pub(super) fn committee(
    reading: &mut Reading<'_>,
    settings: written::Committee,
    kpis: &[Kpi],
) -> Suppression {
    if let Some(below) = &settings.suppress_below {
        let help = match *below.get_ref() {
            0 => Some("write 1 to suppress nothing"),
            below if below > HIGHEST => Some("so high a threshold would leave nothing to read"),
            _ => None,
        };
        if let Some(help) = help {
            let message = format!("a threshold is from 1 to {HIGHEST}, not {}", below.get_ref());
            reading.fault(below, message, Some(help.into()));
        }
    }
    reading.distinct(settings.counts_no_people.iter(), "KPI");
    let references = kpis.iter().map(|kpi| kpi.reference.as_str());
    for own in &settings.counts_no_people {
        if !references.clone().any(|reference| reference == own.get_ref()) {
            reading.unknown(own, "KPI", references.clone());
        }
    }
    Suppression {
        below: settings.suppress_below.map_or(BELOW, Spanned::into_inner),
        no_people: settings.counts_no_people.into_iter().map(Spanned::into_inner).collect(),
    }
}

fn table_at<'a>(forms: &'a [Form], path: &TablePath) -> Option<&'a Table> {
    forms.iter().find(|form| form.id == path.form)?.table(&path.table)
}

/// The row of a narrative at `form/table/row`.
fn told_by(reading: &mut Reading<'_>, at: &Spanned<String>, forms: &[Form]) -> Option<RowPath> {
    let parts: Vec<&str> = at.get_ref().split('/').collect();
    let [form, table, row] = parts.as_slice() else {
        let help = "write it as `form/table/row`";
        reading.fault(at, format!("`{}` is no row of a table", at.get_ref()), Some(help.into()));
        return None;
    };
    let path = TablePath { form: (*form).into(), table: (*table).into() };
    let Some(found) = table_at(forms, &path) else {
        reading.fault(at, format!("there is no table `{form}/{table}`"), None);
        return None;
    };
    if !matches!(found.layout, Layout::Narrative(_)) {
        let message = format!("the table `{form}/{table}` is no narrative: nothing is told in it");
        reading.fault(at, message, None);
    } else if found.row(row).is_none() {
        let known = found.rows.iter().map(|own| own.id.as_str());
        let help = match nearest(row, known.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("rows of this table: {}", known.collect::<Vec<_>>().join(", ")),
        };
        reading.fault(at, format!("the table `{form}/{table}` has no row `{row}`"), Some(help));
    }
    Some(RowPath { table: path, row: (*row).into() })
}

fn sum_of(reading: &mut Reading<'_>, sum: written::AgendaSum, forms: &[Form]) -> AgendaSum {
    let path = reading.table_path(&sum.table, forms);
    if let Some(table) = table_at(forms, &path) {
        if !matches!(table.layout, Layout::Records(_)) {
            let message = format!("the table `{}` holds no records to add up", sum.table.get_ref());
            reading.fault(&sum.table, message, None);
        }
        for column in std::iter::once(&sum.column).chain(&sum.of) {
            match table.column(column.get_ref()) {
                None => {
                    let known: Vec<&str> = table.columns.iter().map(|own| own.id.as_str()).collect();
                    reading.unknown(column, "column", known.into_iter());
                }
                Some(own) if own.asks != Asks::Figure => {
                    reading.fault(column, format!("the column `{}` asks for no figure", own.id), None);
                }
                Some(_) => {}
            }
        }
    }
    AgendaSum { table: path, column: sum.column.into_inner(), of: sum.of.map(Spanned::into_inner) }
}

/// A table of promises.
fn promises(reading: &mut Reading<'_>, at: &Spanned<String>, forms: &[Form]) -> TablePath {
    let path = reading.table_path(at, forms);
    if let Some(table) = table_at(forms, &path)
        && table.promise().is_none()
    {
        let help = "give its records `promise = { … }`, or take it from the item";
        reading.fault(
            at,
            format!("the table `{}` does not say what is promised in it", at.get_ref()),
            Some(help.into()),
        );
    }
    path
}

/// What is wrong with the settings of promises; that their columns exist is seen to with the table's other columns.
pub(super) fn promise(reading: &mut Reading<'_>, at: &Spanned<String>, table: &Table) {
    let Some(promise) = table.promise() else { return };
    let mut fault = |message: String| reading.fault(at, format!("the table `{}` {message}", table.id), None);
    if promise.promised.is_empty() || promise.reported.is_empty() {
        fault("holds promises and does not say which columns are promised and which reported".into());
    }
    if let Some(due) = promise.due.as_ref().and_then(|due| table.column(due))
        && due.asks != Asks::Date
    {
        fault(format!("has promises due by `{}`, which asks for no date", due.id));
    }
    if promise.done.as_ref().is_some_and(|done| done.words.iter().all(|word| word.trim().is_empty())) {
        fault("has no word by which a promise is reported as kept".into());
    }
}

#[cfg(test)]
mod tests {
    use crate::contract::fixture::{SUPPORTED, supported};
    use crate::contract::read;

    /// What is said of the definition with one text in the place of another.
    fn spoilt(old: &str, new: &str) -> String {
        assert!(SUPPORTED.contains(old), "{old}");
        read("supported.toml", &SUPPORTED.replacen(old, new, 1)).unwrap_err().to_string()
    }

    #[test]
    fn items_stand_below_items_with_what_fills_them() {
        let agenda = supported().meeting.unwrap().agenda;
        assert_eq!(agenda.len(), 4);
        let volunteers = &agenda[2].items[0];
        assert_eq!(volunteers.told.as_ref().unwrap().row, "volunteers");
        assert_eq!(volunteers.sums[0].of.as_deref(), Some("delivered"));
        assert_eq!(agenda[3].promises[0].table, "plan");
    }

    #[test]
    fn what_leads_nowhere_is_named_with_the_nearest() {
        for (old, new, expected) in [
            ("quarterly/report/isolation", "quarterly/report/isolaton", "did you mean `isolation`?"),
            ("quarterly/report/isolation", "quarterly/report", "write it as `form/table/row`"),
            ("quarterly/report/isolation", "quarterly/schemes/isolation", "is no narrative"),
            ("quarterly/report/isolation", "quarterly/reports/isolation", "there is no table"),
            ("column = \"volunteer\"", "column = \"volunter\"", "did you mean `volunteer`?"),
            ("column = \"volunteer\"", "column = \"scheme\"", "asks for no figure"),
            (
                "table = \"quarterly/schemes\", column",
                "table = \"quarterly/kpis\", column",
                "holds no records",
            ),
            (
                "tables = [\"quarterly/plan\"]",
                "tables = [\"quarterly/schemes\"]",
                "does not say what is promised",
            ),
            ("tables = [\"quarterly/plan\"]", "tabels = [\"quarterly/plan\"]", "did you mean `tables`?"),
            ("promised = [\"offer\"]", "promised = [\"offers\"]", "has no column `offers`"),
            ("promised = [\"offer\"]", "promised = []", "does not say which columns are promised"),
            ("due = \"due\"", "due = \"offer\"", "asks for no date"),
            (
                "words = [\"Complete\", \"Done\"]",
                "words = []",
                "no word by which a promise is reported as kept",
            ),
            (
                "told = \"quarterly/report/isolation\"",
                "told = \"quarterly/report/isolation\", items = [{ title = \"Further\" }]",
                "no further",
            ),
            ("[meeting]", "[pack]\nper-area = true\n\n[meeting]", "the contract has no areas"),
            ("[meeting]", "[committee]\nsuppress-below = 0\n\n[meeting]", "write 1 to suppress nothing"),
            ("[meeting]", "[committee]\nsuppress-below = 101\n\n[meeting]", "a threshold is from 1 to 100"),
            ("[meeting]", "[committee]\nsupress-below = 5\n\n[meeting]", "did you mean `suppress-below`?"),
            ("[meeting]", "[committee]\ncounts-no-people = [\"22\"]\n\n[meeting]", "there is no KPI `22`"),
        ] {
            let found = spoilt(old, new);
            assert!(found.contains(expected), "{new}: {found}");
        }
    }

    #[test]
    fn the_definition_is_told_in_english() {
        use crate::contract::in_english::{Passage, describe};
        let told: Vec<String> = describe(&supported())
            .into_iter()
            .map(|passage| match passage {
                Passage::Heading(text) | Passage::Paragraph(text) | Passage::Item(_, text) => text,
            })
            .collect();
        for expected in [
            "3.1 Volunteers (filled with the provider's words and the sum of “Volunteer hours” as a share of “Hours delivered”)",
            "Paper for a committee: counts from 1 to 4 are suppressed, with the shares that would tell them and what they could be worked \
             out from.",
            "Development plan: what was promised (“Offered”) beside what is reported (“Progress”), and where it moved against earlier \
             returns; due by “Due”; kept when “Status” says “Complete” or “Done”.",
        ] {
            assert!(told.iter().any(|text| text == expected), "{told:#?}");
        }
        assert!(told.iter().any(|text| text.starts_with("Annual contract review (clause Annual review)")));
    }
}
