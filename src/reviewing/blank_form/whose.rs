//! The first sheet: whose return it is, for which period, when it is due, and what there is to fill in.

use chrono::Months;

use super::page::Page;
use super::{Wanted, cells, due_sentence, notes};
use crate::domain::text::one_line;
use crate::review::blank_form::{CellKind, Entered, Entry, FormLabel, FormSheet, StandsFor, Takes};

/// Its name.
pub(super) const SHEET: &str = "About this return";

/// The sheet.
pub(super) fn sheet(wanted: &Wanted<'_>, tables: &[FormSheet]) -> FormSheet {
    let mut page = Page::new(SHEET.into());
    page.put(0, CellKind::Title(wanted.form.title.clone()));
    page.next_row();
    page.put(0, CellKind::Sentence(wanted.contract.title.clone()));
    page.next_row();
    page.put(0, CellKind::Sentence(due_sentence(wanted)));
    page.next_row();
    page.next_row();
    let fixed = |text: &str| CellKind::Fixed(one_line(text));
    let entry = |title: &str, what: &str, takes, required, value: Option<Entered>| {
        CellKind::Entry(Entry { value, ..cells::entry(title, what, takes, required, false) })
    };
    let mut label = |text: &str, stands_for: FormLabel, kind: CellKind| {
        page.put(0, CellKind::Label(text.into()));
        page.put_for(1, kind, Some(StandsFor::Label(stands_for)), None);
        page.next_row();
    };
    let provider = match wanted.provider {
        Some(provider) => fixed(provider),
        None => {
            let takes = match wanted.known.providers.as_slice() {
                [] => Takes::Text,
                providers => Takes::Choice(providers.to_vec()),
            };
            entry("Provider", "Your organisation's name, as in the contract.", takes, true, None)
        }
    };
    label("Provider", FormLabel::Provider, provider);
    label("Contract reference", FormLabel::Contract, fixed(&wanted.contract.id));
    label("Period", FormLabel::Period, fixed(&wanted.period.describe()));
    if wanted.form.one_per_area {
        let area = match wanted.area {
            Some(area) => fixed(area),
            None => entry("Council", "The council this return is for.", cells::areas(wanted), true, None),
        };
        label("Council", FormLabel::Area, area);
    }
    let by = entry("Completed by", "Name and position.", Takes::Text, false, None);
    label("Completed by", FormLabel::CompletedBy, by);
    let from = wanted.period.from;
    let to = wanted.period.to.checked_add_months(Months::new(12)).unwrap_or(wanted.period.to);
    let day = Takes::Date { from, to, expected: true };
    let submitted = entry("Date submitted", "The day on which you send this return.", day, true, None);
    label("Date submitted", FormLabel::Submitted, submitted);
    label("Template version", FormLabel::Version, fixed(wanted.version));

    page.next_row();
    page.put(0, CellKind::Heading("Sheet".into()));
    page.put(1, CellKind::Heading("What to do".into()));
    page.next_row();
    let mut what = |sheet: &str, text: String| {
        page.put(0, CellKind::RowLabel(sheet.into()));
        page.put(1, CellKind::Fixed(text));
        page.next_row();
    };
    for table in tables {
        let required =
            table.cells.iter().any(|cell| matches!(&cell.kind, CellKind::Entry(entry) if entry.required));
        let text = if table.continues > 0 {
            "One line for each record. Further lines may be added below those that are marked."
        } else if required {
            "Fill in every white cell with a dark border; the message beside a cell says what belongs into it."
        } else {
            "Fill in what there is to say."
        };
        what(&table.name, text.into());
    }
    what(notes::SHEET, "What the contract says about the figures. Nothing to fill in.".into());
    page.widths(vec![30.0, 70.0]);
    page.done()
}
