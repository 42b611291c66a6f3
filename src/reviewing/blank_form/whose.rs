//! The first sheet: whose return it is, for which period, when it is due, and what there is to fill in.

use chrono::Months;

use super::page::Page;
use super::{Wanted, cells, due_sentence, notes};
use crate::domain::text::one_line;
use crate::review::blank_form::{CellKind, Entered, Entry, FormLabel, FormSheet, StandsFor, Takes};

/// Its name.
pub(super) const SHEET: &str = "About this return";

/// The form's own word for a label, else the field's.
fn named<'a>(own: &'a [String], general: &'a str) -> &'a str {
    own.first().map_or(general, String::as_str)
}

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
    let entry = |title: &str, what: &str, takes, required| {
        CellKind::Entry(cells::entry(title, what, takes, required, false))
    };
    let mut label = |text: &str, stands_for: FormLabel, kind: CellKind| {
        page.put(0, CellKind::Label(text.into()));
        page.put_for(1, kind, Some(StandsFor::Label(stands_for)), None);
        page.next_row();
    };
    let own = &wanted.form.labels;
    let from = wanted.period.from;
    let last = wanted.period.to.checked_add_months(Months::new(12)).unwrap_or(wanted.period.to);
    let later = Takes::Date { from, to: last, expected: true };

    let title = named(&own.provider, "Provider");
    let provider = match wanted.provider {
        Some(provider) => fixed(provider),
        None => {
            let takes = match wanted.known.providers.as_slice() {
                [] => Takes::Text,
                providers => Takes::Choice(providers.to_vec()),
            };
            entry(title, "The name by which the council knows it.", takes, true)
        }
    };
    label(title, FormLabel::Provider, provider);
    label("Contract reference", FormLabel::Contract, fixed(&wanted.contract.id));
    for (number, other) in own.others.iter().enumerate() {
        let title = other.labels.first().map_or(other.id.as_str(), String::as_str);
        label(title, FormLabel::Other(number), entry(title, "", Takes::Text, false));
    }
    match own.period.first() {
        // The form names its period by a day in it.
        Some(title) => {
            let day = Takes::Date { from, to: wanted.period.to, expected: true };
            let value = wanted.known.meeting.map(Entered::Date);
            let entry = Entry { value, ..cells::entry(title, "", day, true, false) };
            label(title, FormLabel::Period, CellKind::Entry(entry));
        }
        None => label("Period", FormLabel::Period, fixed(&wanted.period.describe())),
    }
    if wanted.form.one_per_area {
        let area = match wanted.area {
            Some(area) => fixed(area),
            None => entry("Council", "The council this return is for.", cells::areas(wanted), true),
        };
        label("Council", FormLabel::Area, area);
    }
    if own.signed.is_empty() {
        let by = entry("Completed by", "Name and position.", Takes::Text, false);
        label("Completed by", FormLabel::CompletedBy, by);
    }
    if own.signed_on.is_empty() || !own.submitted.is_empty() {
        let title = named(&own.submitted, "Date submitted");
        let day = entry(title, "The day on which you send this return.", later.clone(), true);
        label(title, FormLabel::Submitted, day);
    }
    if let Some(title) = own.signed.first() {
        let what = "Who confirms that this return is accurate.";
        label(title, FormLabel::Signed, entry(title, what, Takes::Text, true));
    }
    if let Some(title) = own.signed_on.first() {
        label(title, FormLabel::SignedOn, entry(title, "", later, true));
    }
    let version = wanted.form.version(&wanted.period).unwrap_or(wanted.version);
    label("Template version", FormLabel::Version, fixed(version));

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
