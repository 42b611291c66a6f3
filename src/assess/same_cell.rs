//! What stands in a cell of one version of a return, and what in the same place of another.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::checks::form_place::{FormPlace, by_form_place, form_place};
use super::submissions::ReceivedReturn;
use crate::domain::place::{CellAddress, CellRef};
use crate::intake::mapped::Mapped;

/// Every cell that was read, with what it shows.
pub fn shown(mapped: &Mapped) -> impl Iterator<Item = (&CellRef, &str)> {
    let observed = mapped.observations.iter().map(|o| (&o.place, &o.shown));
    let logged = mapped.records.iter().flat_map(|r| r.fields.values().map(|f| (&f.place, &f.shown)));
    let totals = mapped.totals.iter().flat_map(|r| r.fields.values().map(|f| (&f.place, &f.shown)));
    let head = mapped.submitted.iter().map(|f| (&f.place, &f.shown));
    let labelled = mapped.labelled.iter().map(|own| (&own.place, &own.shown));
    let all = observed.chain(logged).chain(totals).chain(head).chain(labelled);
    all.map(|(place, shown)| (place, shown.as_str()))
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
    earlier: BTreeMap<(Arc<str>, CellAddress), &'a str>,
    later: BTreeMap<(Arc<str>, CellAddress), (&'a CellRef, &'a str)>,
    /// By the cell in the earlier version.
    on_form: BTreeMap<(Arc<str>, CellAddress), FormPlace<'a>>,
    later_on_form: BTreeMap<FormPlace<'a>, (&'a CellRef, &'a str)>,
}

impl<'a> TwoVersions<'a> {
    /// The two.
    pub fn of(earlier: &'a ReceivedReturn, later: &'a ReceivedReturn) -> Self {
        let key = |place: &CellRef| (place.sheet.clone(), place.cell);
        let figures = earlier.mapped.observations.iter();
        Self {
            earlier: shown(&earlier.mapped).map(|(place, shown)| (key(place), shown)).collect(),
            later: shown(&later.mapped).map(|(place, shown)| (key(place), (place, shown))).collect(),
            on_form: figures.map(|own| (key(&own.place), form_place(own))).collect(),
            later_on_form: by_form_place(&later.mapped)
                .into_iter()
                .map(|(at, own)| (at, (&own.place, own.shown.as_str())))
                .collect(),
        }
    }

    /// What stood in a cell of the earlier version and what stands there now; `None` when nothing was read from it. A figure is
    /// followed by its place on the form, anything else by its cell.
    pub fn at(&self, place: &CellRef) -> Option<Pair> {
        let key = (place.sheet.clone(), place.cell);
        let before = (*self.earlier.get(&key)?).to_string();
        let after = match self.on_form.get(&key) {
            Some(at) => self.later_on_form.get(at),
            None => self.later.get(&key),
        };
        Some(Pair { before, after: after.map(|(place, shown)| ((*place).clone(), (*shown).to_string())) })
    }
}
