//! Blank returns filled in soundly, as a provider without a fault would send them.

use chrono::{Days, Months, NaiveDate};
use quarterday::contract::Contract;
use quarterday::contract::layout::Asks;
use quarterday::contract::meant::Form;
use quarterday::domain::period::Period;
use quarterday::domain::quantity::Quantity;
use quarterday::domain::rating::Rating;
use quarterday::output::workbooks::blank_form::blank_form_workbook;
use quarterday::review::RatedFigure;
use quarterday::review::blank_form::{BlankForm, Entered, Line, StandsFor};
use quarterday::reviewing::blank_form::{Wanted, blank_form};

use crate::fill::fill;
use crate::read_back::{ReadBack, read_back};

/// The period of a form, so many of them after the contract's start.
pub fn period(contract: &Contract, form: &Form, after: u32) -> Period {
    let mut period = contract.period(contract.start, form.every);
    for _ in 0..after {
        period = period.next();
    }
    period
}

/// The figures that the program computes from a log are the ones stated.
fn state_what_the_log_says(form: &mut BlankForm, wanted: &Wanted<'_>, read: &ReadBack) {
    let logged =
        wanted.contract.kpis.iter().filter(|kpi| kpi.figure.form == wanted.form.id && kpi.log.is_some());
    for kpi in logged {
        let table = wanted.contract.table(&kpi.figure).unwrap();
        let rows = kpi.stated.rows();
        for (_, _, stands_for, entry) in form.entries_mut() {
            let Some(StandsFor::Figure(place)) = stands_for else { continue };
            let Line::Row(row) = &place.line else { continue };
            if place.table != table.id || !rows.contains(&row.as_str()) {
                continue;
            }
            let is_computed = |own: &RatedFigure| !matches!(own.rating, Rating::Invalid | Rating::NoReturn);
            let computed = read.review.ratings.iter().find(|own| {
                own.kpi == kpi.reference
                    && own.area == place.area
                    && own.period == wanted.period
                    && is_computed(own)
            });
            let Some(computed) = computed else { continue };
            let asks = table.column(&place.column).unwrap().asks;
            let value = match asks {
                Asks::Numerator => computed.numerator.or(Some(Quantity::ZERO)),
                Asks::Denominator => computed.denominator.or(Some(Quantity::ZERO)),
                Asks::Result => computed.value,
                _ => continue,
            };
            entry.value = Some(value.map_or(Entered::Text("N/A".into()), Entered::Number));
        }
    }
    form.calculate();
}

/// The form of `wanted` filled in soundly: what the program computes from its logs is stated as computed.
pub fn filled(contracts: &[Contract], wanted: &Wanted<'_>, seed: u64) -> BlankForm {
    let mut form = blank_form(wanted);
    assert_eq!(form, blank_form(wanted), "the same each time");
    let submitted = wanted.period.to + Days::new(3);
    fill(&mut form, wanted, submitted, seed);
    let bytes = blank_form_workbook(&form).unwrap();
    let read = read_back(&bytes, contracts, received(wanted)).unwrap_or_else(|error| panic!("{error}"));
    state_what_the_log_says(&mut form, wanted, &read);
    form
}

/// The day a filled return comes in.
pub fn received(wanted: &Wanted<'_>) -> NaiveDate {
    wanted.period.to + Months::new(1)
}
