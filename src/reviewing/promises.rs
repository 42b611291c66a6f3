//! What was promised beside what is reported, and where it moved against the provider's earlier returns.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::areas::is_of;
use crate::assess::Case;
use crate::assess::submissions::Slot;
use crate::contract::meant::Table;
use crate::contract::promise::Promise;
use crate::domain::log::{FieldView, RecordView};
use crate::domain::period::{Period, long_date};
use crate::domain::text::{fold, number_of, one_line};
use crate::review::promises::PromiseTable;
use crate::review::{InformationRow, InformationTable};

/// What stands where a cell was left blank.
const BLANK: &str = "not supplied";
/// The longest quotation of a cell in a sentence, in characters.
const LONGEST: usize = 160;

/// The tables of promises of a review period, each from the newest return of the period; `area` leaves out the others' own.
pub fn promises(
    case: &Case<'_>,
    slots: &[Slot<'_>],
    period: &Period,
    area: Option<&str>,
) -> Vec<PromiseTable> {
    let mut tables = Vec::new();
    for form in &case.contract.forms {
        for table in &form.tables {
            let Some(promise) = table.promise() else { continue };
            for of in case.contract.return_areas(form) {
                if area.is_some() && of.is_some() && of.as_deref() != area {
                    continue;
                }
                let all: Vec<&Slot<'_>> = slots
                    .iter()
                    .filter(|slot| slot.form.id == form.id && slot.submission.area == of)
                    .collect();
                let newest = all.iter().rposition(|slot| period.contains(slot.submission.period.to));
                if let Some((slot, earlier)) = newest.and_then(|at| Some((all.get(at)?, all.get(..at)?))) {
                    let returned = Returned { case, table, promise, slot, earlier, period, area };
                    tables.push(returned.told());
                }
            }
        }
    }
    tables
}

/// One return with promises, and the returns of the same form before it.
struct Returned<'a> {
    case: &'a Case<'a>,
    table: &'a Table,
    promise: &'a Promise,
    slot: &'a Slot<'a>,
    earlier: &'a [&'a Slot<'a>],
    period: &'a Period,
    area: Option<&'a str>,
}

/// What a promise is found again by: its group, its words, and which of several alike it is.
type Key = (Option<String>, String, usize);

/// The promises of a return, in its order, each with its key.
type Entries<'a> = Vec<(Option<Key>, Entry<'a>)>;

/// One promise of one return.
#[derive(Clone, Copy)]
struct Entry<'a> {
    record: RecordView<'a>,
    promise: &'a Promise,
}

impl Entry<'_> {
    /// What stands in a column on one line; empty when nothing does.
    fn text(&self, column: &str) -> String {
        self.record.field(column).map(|field| one_line(field.shown)).unwrap_or_default()
    }

    fn due(&self) -> Option<NaiveDate> {
        self.record.field(self.promise.due.as_ref()?)?.date()
    }

    /// The date it is due, as people write it, or what stands in its place; empty when nothing does.
    fn due_words(&self) -> String {
        let written = || self.promise.due.as_ref().map(|column| self.text(column)).unwrap_or_default();
        self.due().map_or_else(written, long_date)
    }

    /// Whether it is reported as kept; `None` where the form does not ask.
    fn is_done(&self) -> Option<bool> {
        let done = self.promise.done.as_ref()?;
        let said = fold(&self.text(&done.column));
        Some(done.words.iter().any(|word| fold(word) == said))
    }

    fn is_reported(&self) -> bool {
        self.promise.reported.iter().any(|column| !self.text(column).is_empty())
    }
}

impl<'a> Returned<'a> {
    /// The promises of a return, in its order. One that says nothing of what it is about is found again in no other.
    fn entries(&self, slot: &'a Slot<'a>) -> Entries<'a> {
        let mut seen: BTreeMap<(Option<String>, String), usize> = BTreeMap::new();
        slot.rated()
            .into_iter()
            .flat_map(|version| version.mapped.records.of_table(&self.table.id))
            .filter(|record| is_of(self.area, self.table, *record))
            .map(|record| {
                let entry = Entry { record, promise: self.promise };
                let about = fold(&entry.text(&self.promise.of));
                let key = (!about.is_empty()).then(|| {
                    let alike = seen.entry((record.group().map(Into::into), about.clone())).or_insert(0);
                    *alike += 1;
                    (record.group().map(Into::into), about, *alike)
                });
                (key, entry)
            })
            .collect()
    }

    fn told(&self) -> PromiseTable {
        let entries = self.entries(self.slot);
        let mut moved = Vec::new();
        if self.slot.rated().is_some() {
            let earlier: Vec<_> = self.earlier.iter().map(|slot| (*slot, self.entries(slot))).collect();
            let by_key = |entries: &[(Option<Key>, Entry<'a>)]| -> BTreeMap<Key, Entry<'a>> {
                entries.iter().filter_map(|(key, entry)| Some((key.clone()?, *entry))).collect()
            };
            let found: Vec<_> = earlier.iter().map(|(slot, entries)| (*slot, by_key(entries))).collect();
            let had_any = earlier.iter().any(|(_, entries)| !entries.is_empty());
            for (key, entry) in &entries {
                let against = key.as_ref().and_then(|key| self.against_earlier(&found, had_any, key, entry));
                moved.extend(against.unwrap_or_default());
                moved.extend(self.past_due(entry));
            }
            moved.extend(self.gone(&earlier, &entries));
        }
        PromiseTable { table: self.rows(&entries), standing: self.standing(&entries), moved }
    }

    fn rows(&self, entries: &[(Option<Key>, Entry<'_>)]) -> InformationTable {
        let promise = self.promise;
        let columns = promise.columns();
        let heading = |id: &&str| {
            let name = self.table.column(id).and_then(|column| column.headings.first());
            let name = name.map_or(*id, String::as_str);
            if promise.promised.iter().any(|own| own == id) {
                format!("Promised: {name}")
            } else if promise.reported.iter().any(|own| own == id) {
                format!("Reported: {name}")
            } else {
                name.to_string()
            }
        };
        let value = |entry: &Entry<'_>, id: &str| {
            let is_due = promise.due.as_deref() == Some(id);
            let text = if is_due { entry.due_words() } else { entry.text(id) };
            let place = entry.record.field(id).map(FieldView::place);
            (if text.is_empty() { BLANK.to_string() } else { text }, place)
        };
        InformationTable {
            title: self.table.title.clone(),
            area: self.slot.submission.area.clone(),
            headings: columns.iter().map(heading).collect(),
            figures: columns.iter().map(|_| false).collect(),
            rows: entries
                .iter()
                .map(|(_, entry)| {
                    let mut values = columns.iter().map(|id| value(entry, id));
                    let (label, _) = values.next().unwrap_or_default();
                    InformationRow { label, breakdown: false, values: values.collect() }
                })
                .collect(),
        }
    }

    /// How many there are and how they stand.
    fn standing(&self, entries: &[(Option<Key>, Entry<'_>)]) -> String {
        let when = self.slot.submission.period.describe();
        if self.slot.rated().is_none() {
            return format!("No usable return for {when}: nothing is reported.");
        }
        if entries.is_empty() {
            return format!("The return for {when} has no entries here.");
        }
        let count = |is: &dyn Fn(&Entry<'_>) -> bool| entries.iter().filter(|(_, entry)| is(entry)).count();
        let mut parts = Vec::new();
        if self.promise.done.is_some() {
            let done = count(&|entry| entry.is_done() == Some(true));
            parts.push(format!("{} reported as complete", or_none(done)));
        }
        if self.promise.due.is_some() {
            let of_those = if self.promise.done.is_some() { " and not reported as complete" } else { "" };
            let past = count(&|entry| self.past_due(entry).is_some());
            if past > 0 || self.promise.done.is_some() {
                parts.push(format!("{} past the due date{of_those}", or_none(past)));
            }
        }
        let silent = count(&|entry| !entry.is_reported());
        if silent > 0 {
            parts.push(format!("{silent} with nothing reported"));
        } else if parts.is_empty() {
            parts.push("something is reported on each".to_string());
        }
        format!("{}: {}.", number_of(entries.len(), "entry", "entries"), parts.join("; "))
    }

    /// What changed since earlier returns, of one promise: each time against the newest return in which it stood otherwise.
    /// `had_any` is whether an earlier return had any promises.
    fn against_earlier(
        &self,
        all: &[(&Slot<'_>, BTreeMap<Key, Entry<'_>>)],
        had_any: bool,
        key: &Key,
        now: &Entry<'_>,
    ) -> Option<Vec<String>> {
        let name = self.name(now);
        let earlier: Vec<(&Slot<'_>, Entry<'_>)> =
            all.iter().rev().filter_map(|(slot, own)| Some((*slot, *own.get(key)?))).collect();
        if earlier.is_empty() {
            return had_any.then(|| vec![format!("{name} is new in this return.")]);
        }
        let mut moved = Vec::new();
        for column in &self.promise.promised {
            let text = now.text(column);
            let then = earlier.iter().find(|(_, entry)| fold(&entry.text(column)) != fold(&text));
            if let Some((slot, entry)) = then {
                let of = self.heading(column);
                let when = slot.submission.period.label();
                let before = entry.text(column);
                moved.push(match (before.is_empty(), text.is_empty()) {
                    (true, _) => format!("{name}: “{of}” was not supplied in {when} and is now."),
                    (_, true) => format!(
                        "{name}: “{of}” is not supplied any more; in {when} it read {}.",
                        quoted(&before)
                    ),
                    _ => format!("{name}: “{of}” reads otherwise than in {when}: {}.", quoted(&before)),
                });
            }
        }
        if self.promise.due.is_some() {
            let then = earlier.iter().find(|(_, entry)| fold(&entry.due_words()) != fold(&now.due_words()));
            if let Some((slot, entry)) = then {
                let or_no_date = |words: String| if words.is_empty() { "none".to_string() } else { words };
                moved.push(format!(
                    "{name}: the due date moved from {} ({}) to {}.",
                    or_no_date(entry.due_words()),
                    slot.submission.period.label(),
                    or_no_date(now.due_words())
                ));
            }
        }
        let was_done = earlier.iter().find(|(_, entry)| entry.is_done() == Some(true));
        if let (Some((slot, _)), Some(false)) = (was_done, now.is_done()) {
            let when = slot.submission.period.label();
            moved.push(format!("{name} was reported as complete in {when} and is not any more."));
        }
        Some(moved)
    }

    /// That its date has passed by the end of the period, or by the day the review is made if that is earlier.
    fn past_due(&self, entry: &Entry<'_>) -> Option<String> {
        let due = entry.due().filter(|due| *due <= self.period.to.min(self.case.as_of))?;
        let (name, on) = (self.name(entry), long_date(due));
        match (entry.is_done(), &self.promise.done) {
            (Some(true), _) => None,
            (Some(false), Some(done)) => Some(format!(
                "{name} was due on {on} and is not reported as complete ({}: {}).",
                self.heading(&done.column),
                match entry.text(&done.column).as_str() {
                    "" => BLANK.to_string(),
                    text => quoted(text),
                }
            )),
            _ => Some(format!("{name} fell due on {on}.")),
        }
    }

    /// What stood in earlier returns and stands in this one no more.
    fn gone(
        &self,
        earlier: &[(&Slot<'_>, Entries<'_>)],
        entries: &[(Option<Key>, Entry<'_>)],
    ) -> Vec<String> {
        let mut told: BTreeSet<&Key> = entries.iter().filter_map(|(key, _)| key.as_ref()).collect();
        let mut gone = Vec::new();
        for (slot, entries) in earlier.iter().rev() {
            for (key, entry) in entries {
                let Some(key) = key.as_ref() else { continue };
                if !told.insert(key) {
                    continue;
                }
                let done = if entry.is_done() == Some(true) { ", as complete" } else { "" };
                gone.push(format!(
                    "{} is no longer in the return; it stood there last in {}{done}.",
                    self.name(entry),
                    slot.submission.period.label()
                ));
            }
        }
        gone
    }

    /// What a promise is about, in quotation marks.
    fn name(&self, entry: &Entry<'_>) -> String {
        match entry.text(&self.promise.of).as_str() {
            "" => {
                let cell = entry.record.fields().map(|(_, field)| field.place()).min();
                let at = cell.map(|place| format!(" ({}, cell {})", place.sheet, place.cell));
                format!("An entry without a name{}", at.unwrap_or_default())
            }
            text => quoted(text),
        }
    }

    fn heading(&self, id: &'a str) -> &'a str {
        self.table.column(id).and_then(|column| column.headings.first()).map_or(id, String::as_str)
    }
}

/// A number, or that there is none.
fn or_none(number: usize) -> String {
    if number == 0 { "none".to_string() } else { number.to_string() }
}

/// A text in quotation marks, cut where it is long.
fn quoted(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return format!("“{text}”");
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("“{}…”", start.trim_end())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Return, World};
    use super::*;

    const QUARTERS: [&str; 3] = ["2020-04-01", "2020-07-01", "2020-10-01"];

    /// The promises in the pack of the last of so many quarters.
    fn told(quarters: &[&[[&str; 5]]]) -> PromiseTable {
        let mut world = World::new("2020-04-01", "2021-01-20");
        for (first, plan) in QUARTERS.iter().zip(quarters) {
            let own = plan.iter().fold(Return::of(first), |own, action| own.plan(*action));
            world.returns.push(own.received());
        }
        world.pack(QUARTERS[quarters.len() - 1]).promises.remove(0)
    }

    const CAFE: [&str; 5] = ["Open a café", "Twice a week", "2020-12-01", "Room found", "In progress"];

    #[test]
    fn what_is_promised_stands_beside_what_is_reported_and_blanks_say_so() {
        let own = told(&[&[CAFE, ["Train <staff>", "", "2020-06-30", "", ""]]]);
        let headings = ["Action", "Promised: Offered", "Reported: Progress", "Due", "Status"];
        assert_eq!(own.table.headings, headings);
        let texts = |row: usize| -> Vec<&str> {
            own.table.rows[row].values.iter().map(|(text, _)| text.as_str()).collect()
        };
        assert_eq!(texts(0), ["Twice a week", "Room found", "1 December 2020", "In progress"]);
        assert_eq!(texts(1), ["not supplied", "not supplied", "30 June 2020", "not supplied"]);
        assert_eq!(
            own.standing,
            "2 entries: none reported as complete; 1 past the due date and not reported as complete; 1 with nothing reported."
        );
        assert_eq!(
            own.moved,
            [
                "“Train <staff>” was due on 30 June 2020 and is not reported as complete (Status: not supplied)."
            ]
        );
    }

    #[test]
    fn nothing_moves_in_silence() {
        let [what, offer, due, progress, status] = CAFE;
        for (now, expected) in [
            (vec![CAFE], vec![]),
            (vec![[what, "TWICE  a week", due, "Open now", "Done"]], vec![]),
            (
                vec![[what, "Once a week", due, progress, status]],
                vec!["“Open a café”: “Offered” reads otherwise than in 2020-21 Q1: “Twice a week”."],
            ),
            (
                vec![[what, "", due, progress, status]],
                vec![
                    "“Open a café”: “Offered” is not supplied any more; in 2020-21 Q1 it read “Twice a week”.",
                ],
            ),
            (
                vec![[what, offer, "2021-03-01", progress, status]],
                vec!["“Open a café”: the due date moved from 1 December 2020 (2020-21 Q1) to 1 March 2021."],
            ),
            (
                vec![[what, offer, "", progress, status]],
                vec!["“Open a café”: the due date moved from 1 December 2020 (2020-21 Q1) to none."],
            ),
            (
                vec![CAFE, ["Garden", "", "2020-09-30", "", "Complete"]],
                vec!["“Garden” is new in this return."],
            ),
            (
                vec![["Garden", "x", "2020-10-01", "y", ""]],
                vec![
                    "“Garden” is new in this return.",
                    "“Open a café” is no longer in the return; it stood there last in 2020-21 Q1.",
                ],
            ),
        ] {
            assert_eq!(told(&[&[CAFE], &now]).moved, expected, "{now:?}");
        }
    }

    #[test]
    fn a_move_is_told_again_in_every_later_return() {
        let moved = [CAFE[0], "Once a week", CAFE[2], CAFE[3], "Complete"];
        assert_eq!(
            told(&[&[CAFE], &[moved], &[moved]]).moved,
            ["“Open a café”: “Offered” reads otherwise than in 2020-21 Q1: “Twice a week”."]
        );
        assert_eq!(
            told(&[&[CAFE], &[], &[]]).moved,
            ["“Open a café” is no longer in the return; it stood there last in 2020-21 Q1."]
        );
        let back = told(&[&[moved], &[CAFE]]).moved;
        assert!(
            back.contains(
                &"“Open a café” was reported as complete in 2020-21 Q1 and is not any more.".to_string()
            ),
            "{back:?}"
        );
    }

    #[test]
    fn two_promises_of_one_name_are_told_apart_by_their_order() {
        let other = [CAFE[0], "In the north", CAFE[2], CAFE[3], CAFE[4]];
        assert_eq!(told(&[&[CAFE, other], &[CAFE, other]]).moved, [""; 0]);
    }

    #[test]
    fn without_a_return_nothing_is_called_gone() {
        let mut world = World::new("2020-04-01", "2020-10-20");
        world.returns.push(Return::of(QUARTERS[0]).plan(CAFE).received());
        let own = world.pack(QUARTERS[1]).promises.remove(0);
        assert_eq!(
            (own.table.rows.len(), own.moved.len(), own.standing.as_str()),
            (0, 0, "No usable return for 2020-21 Q2 (July to September 2020): nothing is reported.")
        );
    }
}
