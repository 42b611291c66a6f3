//! A return whose figures, or whose words, are all those of an earlier period: last period's file with another period on it.

use std::collections::{BTreeMap, BTreeSet};

use super::Checked;
use super::form_place::{FormPlace, form_place};
use crate::assess::submissions::{ReceivedReturn, Slot};
use crate::contract::layout::{Asks, Layout};
use crate::contract::meant::{Form, Table};
use crate::domain::answer::Answer;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::SAME_AS_LAST_PERIOD;
use crate::domain::log::{Log, RecordView};
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::text::{fold, number_of};
use crate::intake::mapped::Mapped;

/// As many figures that tell something are too many to be those of the last return by chance.
const FIGURES: usize = 6;
/// Of all earlier returns one is sooner the same by chance.
const FIGURES_OF_ANY: usize = 20;
/// As many of them must differ from each other: a form of nothing but ones may well come back the same.
const DIFFERENT: usize = 3;
/// As many different passages of this many characters are too many to be the same by chance.
const PASSAGES: usize = 3;
const PASSAGE: usize = 40;

/// What each return says that changes from one period to the next, by its place among the provider's; `None` where none can be used.
pub(in crate::assess) fn all<'a>(slots: &[Slot<'a>]) -> Vec<Option<What<'a>>> {
    slots.iter().map(|slot| Some(What::of(slot.form, &slot.rated()?.mapped))).collect()
}

/// Against the returns for every earlier period, the nearest first.
pub fn check(checked: Checked<'_>, version: &ReceivedReturn) -> Option<Finding> {
    let own_period = checked.slot.submission.period;
    let form = checked.slot.form;
    let mut earlier: Vec<_> = checked
        .slots
        .iter()
        .zip(checked.said)
        .filter(|(slot, _)| checked.is_other(slot) && slot.submission.period < own_period)
        .filter_map(|(slot, what)| Some((&slot.submission.period, slot.rated()?, what.as_ref()?)))
        .collect();
    earlier.sort_by_key(|(period, ..)| std::cmp::Reverse(**period));
    let is_rated = checked.slot.rated().is_some_and(|rated| std::ptr::eq(rated, version));
    let known = checked.slots.iter().position(|slot| is_rated && std::ptr::eq(slot, checked.slot));
    let own;
    let what = match known.and_then(|at| checked.said.get(at)?.as_ref()) {
        Some(known) => known,
        None => {
            own = What::of(form, &version.mapped);
            &own
        }
    };
    earlier.into_iter().enumerate().find_map(|(further, (period, other, what_other))| {
        let enough = if further == 0 { FIGURES } else { FIGURES_OF_ANY };
        let same = what.same_as(what_other, enough).or_else(|| {
            (version.fingerprint == other.fingerprint).then(|| "The whole file is the same".to_string())
        })?;
        let message = format!("{same} as in the return for {}, {}.", period.describe(), other.file);
        Some(Finding::in_file(&SAME_AS_LAST_PERIOD, &version.file.as_str().into(), message))
    })
}

/// What a return says that changes from one period to the next.
pub(in crate::assess) struct What<'m> {
    figures: BTreeMap<FormPlace<'m>, Quantity>,
    /// The figures that tell something: neither nothing, nor the whole of anything.
    telling: Vec<Quantity>,
    /// As they stand; how they are spelt is looked at where the figures are the same.
    passages: BTreeMap<FormPlace<'m>, &'m str>,
    /// Tables with records of the period; those of a list that goes on from return to return say nothing.
    tables: Vec<&'m str>,
    log: &'m Log,
}

impl<'m> What<'m> {
    fn of(form: &'m Form, mapped: &'m Mapped) -> Self {
        let is_of_the_period = |table: &&Table| matches!(&table.layout, Layout::Records(own) if !own.shown);
        let tables = form.tables.iter().filter(is_of_the_period).map(|table| table.id.as_str());
        let mut what = Self {
            figures: BTreeMap::new(),
            telling: Vec::new(),
            passages: BTreeMap::new(),
            tables: tables.collect(),
            log: &mapped.records,
        };
        for own in &mapped.observations {
            let Some(table) = form.table(&own.table) else { continue };
            let Some(asks) = table.column(&own.column).map(|column| column.asks) else { continue };
            if let (Layout::Narrative(_), Asks::Text, Answer::Text(text)) = (&table.layout, asks, &own.answer)
            {
                what.passages.insert(form_place(own), text);
                continue;
            }
            let value = match &own.answer {
                Answer::PlainPercentage(value) => Some(*value),
                answer => answer.number(),
            };
            let varies = matches!(asks, Asks::Figure | Asks::Numerator | Asks::Denominator | Asks::Result);
            let Some(value) = value.filter(|_| varies) else { continue };
            let is_share = matches!(asks, Asks::Result | Asks::Figure)
                && table.row(&own.row).is_some_and(|row| row.unit == Unit::Percent);
            if !value.is_zero() && !(is_share && (value == Quantity::ONE || value == Quantity::ONE_HUNDRED)) {
                what.telling.push(value);
            }
            what.figures.insert(form_place(own), value);
        }
        what
    }

    /// What is the same, where there is enough of it and nothing differs.
    fn same_as(&self, other: &What<'_>, enough: usize) -> Option<String> {
        if self.figures != other.figures {
            return None;
        }
        let different = self.telling.iter().collect::<BTreeSet<_>>().len();
        if self.telling.len() >= enough && different >= DIFFERENT {
            return self
                .has_records_of(other)
                .then(|| format!("All {} figures are the same", self.figures.len()));
        }
        let (own, others) = (self.passages_folded(), other.passages_folded());
        let long: BTreeSet<&String> = own.values().filter(|text| text.chars().count() >= PASSAGE).collect();
        let is_same = long.len() >= PASSAGES && own == others && self.has_records_of(other);
        is_same.then(|| {
            let passages = number_of(self.passages.len(), "passage is", "passages are");
            format!("All {passages} word for word the same")
        })
    }

    fn passages_folded(&self) -> BTreeMap<FormPlace<'m>, String> {
        self.passages.iter().map(|(at, text)| (at.clone(), fold(text))).collect()
    }

    /// Whether the records are the same, in whatever order: others that come to the same figures are no copy.
    fn has_records_of(&self, other: &What<'_>) -> bool {
        if self.tables.iter().any(|id| self.log.of_table(id).count() != other.log.of_table(id).count()) {
            return false;
        }
        fn shown(record: RecordView<'_>) -> impl Iterator<Item = &str> {
            record.fields().map(|(_, field)| field.shown)
        }
        self.tables.iter().all(|id| {
            let mut own: Vec<RecordView<'_>> = self.log.of_table(id).collect();
            let mut others: Vec<RecordView<'_>> = other.log.of_table(id).collect();
            own.sort_by(|a, b| shown(*a).cmp(shown(*b)));
            others.sort_by(|a, b| shown(*a).cmp(shown(*b)));
            own.into_iter().zip(others).all(|(own, other)| shown(own).eq(shown(other)))
        })
    }
}
