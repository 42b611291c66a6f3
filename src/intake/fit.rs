//! How well the forms of contracts fit a workbook.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::headings::{Places, locate};
use crate::contract::Contract;
use crate::contract::meant::Form;
use crate::domain::workbook::Workbook;

/// What of a form stands in a workbook.
pub(super) struct Fit<'w> {
    /// Whether every table the form needs was found.
    pub complete: bool,
    /// Headings matched to the letter.
    pub score: usize,
    /// Heading row per sheet: labels stand above it.
    pub heading_rows: BTreeMap<String, u32>,
    pub places: Places<'w>,
}

impl<'w> Fit<'w> {
    fn of(workbook: &'w Workbook, contract: &Contract, form: &Form) -> Option<Self> {
        let mut fit =
            Self { complete: true, score: 0, heading_rows: BTreeMap::new(), places: Places::of(form) };
        let mut found_any = false;
        for table in &form.tables {
            let places = locate(workbook, (form, table), contract, None);
            for place in &places {
                fit.score += place.exact;
                place.note_heading_row(&mut fit.heading_rows);
            }
            if !table.optional {
                found_any |= !places.is_empty();
                fit.complete &= !places.is_empty();
            }
            fit.places.keep(table, places);
        }
        found_any.then_some(fit)
    }
}

/// The forms of which something stands in the workbook, in the contracts' order. Contracts of many lots have one form: what looks for
/// the same tables under the same areas is looked for once.
pub(super) fn fitting<'c, 'w>(
    workbook: &'w Workbook,
    contracts: &[&'c Contract],
) -> Vec<(&'c Contract, &'c Form, Rc<Fit<'w>>)> {
    let mut looked_for: Vec<(&Contract, &Form, Option<Rc<Fit<'_>>>)> = Vec::new();
    for contract in contracts {
        for form in &contract.forms {
            let alike = looked_for.iter().find(|(other_contract, other_form, _)| {
                other_contract.areas == contract.areas
                    && other_contract.year_starts == contract.year_starts
                    && other_form.tables == form.tables
            });
            let fit = match alike {
                Some((.., fit)) => fit.clone(),
                None => Fit::of(workbook, contract, form).map(Rc::new),
            };
            looked_for.push((contract, form, fit));
        }
    }
    looked_for.into_iter().filter_map(|(contract, form, fit)| Some((contract, form, fit?))).collect()
}
