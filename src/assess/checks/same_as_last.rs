//! A return whose figures, or whose words, are all those of an earlier period: last period's file with another period on it.

use std::collections::{BTreeMap, BTreeSet};

use super::Checked;
use super::form_place::{FormPlace, form_place};
use crate::assess::submissions::ReceivedReturn;
use crate::contract::layout::{Asks, Layout};
use crate::contract::meant::Form;
use crate::domain::answer::Answer;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::SAME_AS_LAST_PERIOD;
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

/// Against the returns for every earlier period, the nearest first.
pub fn check(checked: Checked<'_>, version: &ReceivedReturn) -> Option<Finding> {
    let own_period = checked.slot.submission.period;
    let form = checked.slot.form;
    let mut earlier: Vec<_> = checked.others().filter(|(period, _)| **period < own_period).collect();
    earlier.sort_by_key(|(period, _)| std::cmp::Reverse(**period));
    let what = What::of(form, &version.mapped);
    earlier.into_iter().enumerate().find_map(|(further, (period, other))| {
        let enough = if further == 0 { FIGURES } else { FIGURES_OF_ANY };
        let same = what.same_as(&What::of(form, &other.mapped), enough).or_else(|| {
            (version.fingerprint == other.fingerprint).then(|| "The whole file is the same".to_string())
        })?;
        let message = format!("{same} as in the return for {}, {}.", period.describe(), other.file);
        Some(Finding::in_file(&SAME_AS_LAST_PERIOD, &version.file.as_str().into(), message))
    })
}

/// What a return says that changes from one period to the next.
struct What<'m> {
    figures: BTreeMap<FormPlace<'m>, Quantity>,
    /// The figures that tell something: neither nothing, nor the whole of anything.
    telling: Vec<Quantity>,
    passages: BTreeMap<FormPlace<'m>, String>,
    /// The records of the period, each by its table and entries; those of a list that goes on from return to return say nothing.
    records: Vec<(&'m str, Vec<&'m str>)>,
}

impl<'m> What<'m> {
    fn of(form: &Form, mapped: &'m Mapped) -> Self {
        let of_the_period = |id: &str| {
            form.table(id).is_some_and(|table| matches!(&table.layout, Layout::Records(own) if !own.shown))
        };
        let mut records: Vec<_> = mapped
            .records
            .iter()
            .filter(|record| of_the_period(&record.table))
            .map(|own| (own.table.as_str(), own.fields.values().map(|field| field.shown.as_str()).collect()))
            .collect();
        records.sort();
        let mut what =
            Self { figures: BTreeMap::new(), telling: Vec::new(), passages: BTreeMap::new(), records };
        for own in &mapped.observations {
            let Some(table) = form.table(&own.table) else { continue };
            let Some(asks) = table.column(&own.column).map(|column| column.asks) else { continue };
            if let (Layout::Narrative(_), Asks::Text, Answer::Text(text)) = (&table.layout, asks, &own.answer)
            {
                what.passages.insert(form_place(own), fold(text));
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
        // Other records that come to the same figures are no copy.
        if self.figures != other.figures || self.records != other.records {
            return None;
        }
        let different = self.telling.iter().collect::<BTreeSet<_>>().len();
        if self.telling.len() >= enough && different >= DIFFERENT {
            return Some(format!("All {} figures are the same", self.figures.len()));
        }
        let long: BTreeSet<&String> =
            self.passages.values().filter(|text| text.chars().count() >= PASSAGE).collect();
        (long.len() >= PASSAGES && self.passages == other.passages).then(|| {
            let passages = number_of(self.passages.len(), "passage is", "passages are");
            format!("All {passages} word for word the same")
        })
    }
}
