//! What stands in a cell of one version of a return, and what in the same place of another.

use std::collections::BTreeMap;

use super::checks::form_place::{FormPlace, by_form_place, form_place};
use super::submissions::ReceivedReturn;
use crate::domain::log::Log;
use crate::domain::place::{CellAddress, CellRef};
use crate::intake::mapped::Mapped;

/// The cells of a return that were read, with what they show. Where a cell was read twice, the later table's word counts.
pub struct Cells<'a> {
    figures: BTreeMap<Key<'a>, (&'a CellRef, &'a str)>,
    log: &'a Log,
    /// Totals of logs, and what stands in the head of the form.
    others: BTreeMap<Key<'a>, (&'a CellRef, &'a str)>,
}

/// Sheet and cell.
type Key<'a> = (&'a str, CellAddress);

impl<'a> Cells<'a> {
    /// Those of a return.
    pub fn of(mapped: &'a Mapped) -> Self {
        fn keyed<'a>((place, shown): (&'a CellRef, &'a String)) -> (Key<'a>, (&'a CellRef, &'a str)) {
            ((&*place.sheet, place.cell), (place, shown))
        }
        let observed = mapped.observations.iter().map(|own| (&own.place, &own.shown));
        let totals = mapped.totals.iter().flat_map(|own| own.fields.values());
        let fields = totals.chain(&mapped.submitted).map(|own| (&own.place, &own.shown));
        let labelled = mapped.labelled.iter().map(|own| (&own.place, &own.shown));
        Self {
            figures: observed.map(keyed).collect(),
            log: &mapped.records,
            others: fields.chain(labelled).map(keyed).collect(),
        }
    }

    /// Where a cell is and what it shows; `None` where it was not read.
    pub fn at(&self, sheet: &str, cell: CellAddress) -> Option<(CellRef, &'a str)> {
        let own = |(place, shown): &(&CellRef, &'a str)| ((*place).clone(), *shown);
        let other = self.others.get(&(sheet, cell)).map(own);
        let logged = || self.log.field_at(sheet, cell).map(|field| (field.place(), field.shown));
        other.or_else(logged).or_else(|| self.figures.get(&(sheet, cell)).map(own))
    }

    /// Sheet and cell of each; one that was read twice may come twice.
    pub fn keys(&self) -> impl Iterator<Item = (&'a str, CellAddress)> {
        let logged = self.log.iter().flat_map(|record| {
            record.fields().map(|(_, field)| {
                let sheet: &'a str = field.sheet();
                (sheet, field.cell())
            })
        });
        self.figures.keys().copied().chain(logged).chain(self.others.keys().copied())
    }
}

/// A cell of the earlier version, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// What it showed.
    pub before: String,
    /// Its place in the later version and what it shows there; `None` when no such place was read.
    pub after: Option<(CellRef, String)>,
}

/// Two versions of a return.
pub struct TwoVersions<'a> {
    earlier: Cells<'a>,
    later: Cells<'a>,
    /// By the cell in the earlier version.
    on_form: BTreeMap<Key<'a>, FormPlace<'a>>,
    later_on_form: BTreeMap<FormPlace<'a>, (&'a CellRef, &'a str)>,
}

impl<'a> TwoVersions<'a> {
    /// The two.
    pub fn of(earlier: &'a ReceivedReturn, later: &'a ReceivedReturn) -> Self {
        let figures = earlier.mapped.observations.iter();
        Self {
            earlier: Cells::of(&earlier.mapped),
            later: Cells::of(&later.mapped),
            on_form: figures.map(|own| ((&*own.place.sheet, own.place.cell), form_place(own))).collect(),
            later_on_form: by_form_place(&later.mapped)
                .into_iter()
                .map(|(at, own)| (at, (&own.place, own.shown.as_str())))
                .collect(),
        }
    }

    /// What stood in a cell of the earlier version and what stands there now; `None` when nothing was read from it. A figure is
    /// followed by its place on the form, anything else by its cell.
    pub fn at(&self, place: &CellRef) -> Option<Pair> {
        let (_, before) = self.earlier.at(&place.sheet, place.cell)?;
        let after = match self.on_form.get(&(&*place.sheet, place.cell)) {
            Some(at) => self.later_on_form.get(at).map(|(place, shown)| ((*place).clone(), *shown)),
            None => self.later.at(&place.sheet, place.cell),
        };
        let after = after.map(|(place, shown)| (place, shown.to_string()));
        Some(Pair { before: before.to_string(), after })
    }
}
