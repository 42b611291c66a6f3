//! What the returns say on an item of the agenda: the provider's words, and sums over records. What is missing is said and is
//! never taken for zero.

use super::areas::is_of;
use super::narrative::passage;
use super::sentences::list;
use crate::assess::Case;
use crate::assess::submissions::Slot;
use crate::contract::layout::{Column, Layout};
use crate::contract::meant::{AgendaSum, RowPath, Table, TablePath};
use crate::domain::log::RecordView;
use crate::domain::quantity::{Quantity, Unit, share, show};
use crate::domain::text::lower;
use crate::review::Told;

/// As many missing figures as a sentence names.
const NAMED: usize = 3;
/// The longest passage, in characters, that the agenda repeats whole.
const LONGEST: usize = 700;

/// The returns of the period, of one area where the pack is of one.
#[derive(Clone, Copy)]
pub struct Supplied<'a> {
    /// The case.
    pub case: &'a Case<'a>,
    /// The returns due in the period.
    pub slots: &'a [&'a Slot<'a>],
    /// The area; `None` is the whole contract.
    pub area: Option<&'a str>,
}

impl<'a> Supplied<'a> {
    fn of_form(&self, path: &'a TablePath) -> impl Iterator<Item = &'a Slot<'a>> {
        self.slots.iter().copied().filter(move |slot| slot.form.id == path.form)
    }

    /// What the provider wrote in a row of a narrative, return by return.
    pub fn told(&self, path: &'a RowPath) -> Vec<Told> {
        let Some(table) = self.case.contract.table(&path.table) else { return Vec::new() };
        let Some(row) = table.row(&path.row) else { return Vec::new() };
        let several = self.of_form(&path.table).any(|slot| {
            self.of_form(&path.table).any(|other| other.submission.period != slot.submission.period)
        });
        let of = |slot: &Slot<'_>| {
            let period = several.then(|| slot.submission.period.describe());
            let parts: Vec<String> = slot.submission.area.iter().cloned().chain(period).collect();
            (!parts.is_empty()).then(|| parts.join(", "))
        };
        self.of_form(&path.table)
            .map(|slot| match passage(table, row, slot) {
                Some(passage) => {
                    Told { of: of(slot), paragraphs: shortened(passage.paragraphs), place: passage.place }
                }
                None => Told { of: of(slot), ..Told::default() },
            })
            .collect()
    }

    /// `Volunteer hours: 120 of 4,310 hours delivered (2.8%).`
    pub fn sum(&self, sum: &'a AgendaSum) -> String {
        let Some(table) = self.case.contract.table(&sum.table) else { return String::new() };
        let Some(column) = table.column(&sum.column) else { return String::new() };
        let heading = heading(column);
        let missing: Vec<String> = self
            .of_form(&sum.table)
            .filter(|slot| slot.rated().is_none())
            .map(|slot| slot.submission.period.describe())
            .collect();
        if !missing.is_empty() || self.of_form(&sum.table).next().is_none() {
            let of = if missing.is_empty() { String::new() } else { format!(" for {}", list(&missing)) };
            return format!("{heading}: not supplied; there is no return{of}.");
        }
        let records: Vec<RecordView<'_>> = self
            .of_form(&sum.table)
            .filter_map(|slot| slot.rated())
            .flat_map(|version| version.mapped.records.of_table(&table.id))
            .filter(|record| is_of(self.area, table, *record))
            .collect();
        if records.is_empty() {
            return format!("{heading}: not supplied; “{}” has no entries.", table.title);
        }
        let total = match added(table, &column.id, &records) {
            Ok(total) => total,
            Err(missing) => return format!("{heading}: no sum can be given; {missing}."),
        };
        let shown = show(total, column.unit, &[]);
        let Some(of) = sum.of.as_ref().and_then(|of| table.column(of)) else {
            return format!("{heading}: {shown}.");
        };
        match added(table, &of.id, &records) {
            Err(missing) => {
                format!(
                    "{heading}: {shown}; no share of {} can be given; {missing}.",
                    lower(self::heading(of))
                )
            }
            Ok(whole) => {
                let share = share(total, whole)
                    .map(|share| format!(" ({})", show(share, Unit::Percent, &[])))
                    .unwrap_or_default();
                format!(
                    "{heading}: {shown} of {} {}{share}.",
                    show(whole, of.unit, &[]),
                    lower(self::heading(of))
                )
            }
        }
    }
}

/// The sum of a column, or which figures are missing from it, in words.
fn added(table: &Table, column: &str, records: &[RecordView<'_>]) -> Result<Quantity, String> {
    let figure = |record: &RecordView<'_>| record.field(column).and_then(|field| field.answer.number());
    let missing: Vec<&RecordView<'_>> = records.iter().filter(|record| figure(record).is_none()).collect();
    if missing.is_empty() {
        return Ok(records.iter().filter_map(figure).sum());
    }
    let of = table.column(column).map_or(column, heading);
    if missing.iter().all(|record| !record.has(column)) && missing.len() == records.len() {
        return Err(format!("the return has no figures for “{of}”"));
    }
    let mut named: Vec<String> = missing
        .iter()
        .take(NAMED)
        .map(|record| {
            let cell = record
                .field(column)
                .map(|field| format!(" ({}, cell {})", field.sheet(), field.cell()))
                .unwrap_or_default();
            format!("{}{cell}", name(table, **record))
        })
        .collect();
    if missing.len() > NAMED {
        named.push(format!("{} more", missing.len() - NAMED));
    }
    Err(format!("“{of}” is missing or cannot be read for {}", list(&named)))
}

/// What a record is about, in quotation marks.
fn name(table: &Table, record: RecordView<'_>) -> String {
    let by = match &table.layout {
        Layout::Records(records) => records.names.as_deref(),
        Layout::Grid(_) | Layout::Narrative(_) => None,
    };
    let column = by.or(table.columns.first().map(|column| column.id.as_str()));
    let text = column.and_then(|id| record.field(id)).map(|field| field.shown.trim()).unwrap_or_default();
    if text.is_empty() { "an entry without a name".to_string() } else { format!("“{text}”") }
}

/// A passage as the agenda repeats it: cut where it is long, and then said so.
fn shortened(paragraphs: Vec<String>) -> Vec<String> {
    let all: usize = paragraphs.iter().map(|paragraph| paragraph.chars().count()).sum();
    if all <= LONGEST {
        return paragraphs;
    }
    let mut left = LONGEST;
    let mut kept = Vec::new();
    for paragraph in paragraphs {
        let length = paragraph.chars().count();
        if length > left {
            let start: String = paragraph.chars().take(left).collect();
            let whole = start.rsplit_once(' ').map_or(start.as_str(), |(words, _)| words);
            kept.push(format!("{whole} … (in full under the provider’s narrative)"));
            break;
        }
        left -= length;
        kept.push(paragraph);
    }
    kept
}

fn heading(column: &Column) -> &str {
    column.headings.first().map_or(&column.id, String::as_str)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Return, World};
    use super::*;
    use crate::review::AgendaItem;

    /// The item of the agenda on volunteers, from a return.
    fn volunteers(returned: Option<Return>) -> AgendaItem {
        let mut world = World::new("2020-04-01", "2020-07-20");
        world.returns = returned.map(Return::received).into_iter().collect();
        world.pack("2020-04-01").agenda[2].items[0].clone()
    }

    #[test]
    fn a_sum_is_told_as_a_share_and_never_made_of_what_is_missing() {
        let schemes = |delivered: &str, volunteer: &str| {
            let own = Return::of("2020-04-01").scheme("North Court", "4000", "100");
            volunteers(Some(own.scheme("South Court", delivered, volunteer))).facts
        };
        for (delivered, volunteer, expected) in [
            ("310", "20", "Volunteer hours: 120 of 4,310 hours delivered (2.8%)."),
            ("310", "0", "Volunteer hours: 100 of 4,310 hours delivered (2.3%)."),
            (
                "310",
                "-",
                "Volunteer hours: no sum can be given; “Volunteer hours” is missing or cannot be read for “South Court” \
                 (schemes, cell C5).",
            ),
            (
                "",
                "20",
                "Volunteer hours: 120; no share of hours delivered can be given; “Hours delivered” is missing or cannot be read for \
                 “South Court” (schemes, cell B5).",
            ),
        ] {
            assert_eq!(schemes(delivered, volunteer), [expected]);
        }
    }

    #[test]
    fn what_did_not_come_is_not_supplied() {
        let none = volunteers(None);
        assert_eq!(none.told, [Told::default()]);
        assert_eq!(
            none.facts,
            ["Volunteer hours: not supplied; there is no return for 2020-21 Q1 (April to June 2020)."]
        );
        let empty = volunteers(Some(Return::of("2020-04-01").told("volunteers", "")));
        assert!(empty.told[0].paragraphs.is_empty() && empty.told[0].place.is_some());
        assert_eq!(empty.facts, ["Volunteer hours: not supplied; “Schemes” has no entries."]);
    }

    #[test]
    fn the_providers_words_stand_as_written_and_a_long_passage_is_cut() {
        let short = volunteers(Some(Return::of("2020-04-01").told("volunteers", "Two\n<b>new</b> ones")));
        assert_eq!(short.told[0].paragraphs, ["Two", "<b>new</b> ones"]);
        let long = volunteers(Some(Return::of("2020-04-01").told("volunteers", &"word ".repeat(200))));
        let words = &long.told[0].paragraphs[0];
        assert!(words.ends_with("word … (in full under the provider’s narrative)"), "{words}");
        assert!(words.chars().count() < LONGEST + 60);
    }
}
