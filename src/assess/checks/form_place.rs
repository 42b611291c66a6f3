//! Where a figure stands on the form: the same in one return as in the next, whatever its cell.

use std::collections::BTreeMap;

use crate::domain::observation::Observation;
use crate::domain::text::fold;
use crate::intake::mapped::Mapped;

/// Table, row, breakdown and its member, column, area.
pub(in crate::assess) type FormPlace<'m> =
    (&'m str, &'m str, Option<(&'m str, String)>, &'m str, Option<&'m str>);

/// Where this figure stands.
pub(in crate::assess) fn form_place(own: &Observation) -> FormPlace<'_> {
    let part = own.breakdown.as_ref().map(|part| (part.id.as_str(), fold(&part.member)));
    (&own.table, &own.row, part, &own.column, own.area.as_deref())
}

/// The figures of a return by where they stand; of several in one place the first.
pub(in crate::assess) fn by_form_place(mapped: &Mapped) -> BTreeMap<FormPlace<'_>, &Observation> {
    let mut placed = BTreeMap::new();
    for own in &mapped.observations {
        placed.entry(form_place(own)).or_insert(own);
    }
    placed
}
