//! Whatever form a definition describes, its blank return filled in soundly reads back as it was filled in, with nothing found.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use quarterday::contract::Contract;
use quarterday::contract::meant::Form;
use quarterday::domain::answer::Answer;
use quarterday::domain::quantity::{Quantity, from_float};
use quarterday::output::workbooks::blank_form::blank_form_workbook;
use quarterday::review::blank_form::{BlankForm, CellKind, Entered, Outcome, StandsFor};
use quarterday::reviewing::blank_form::{Known, Wanted};

use crate::definitions;
use crate::fill::PROVIDER;
use crate::filled::{filled, period, received};
use crate::read_back::{ReadBack, read_back};

/// What every cell of a table was filled in with, against what was read.
fn compare(form: &BlankForm, read: &ReadBack) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut compared = 0;
    for sheet in &form.sheets {
        for cell in &sheet.cells {
            let expected = match (&cell.stands_for, &cell.kind) {
                (Some(StandsFor::Figure(_)), CellKind::Entry(entry)) => match &entry.value {
                    Some(Entered::Number(value)) => Answer::Number(*value),
                    Some(Entered::Date(day)) => Answer::Date(*day),
                    Some(Entered::Text(text)) => Answer::Text(text.as_str().into()),
                    None => continue,
                },
                (_, CellKind::Computed(computed)) => match computed.result {
                    Outcome::Number(value) => Answer::Number(value),
                    Outcome::NotApplicable => Answer::NotApplicable,
                    Outcome::Blank => continue,
                },
                _ => continue,
            };
            let found = read.answer(&sheet.name, cell.at);
            let is_total_of_records = cell.stands_for.is_none();
            compared += 1;
            let agrees = match (&expected, found) {
                (_, None) => is_total_of_records,
                (Answer::Number(value), Some(Answer::Number(own))) => same(*value, *own),
                // A record keeps its figures as they are shown.
                (Answer::Number(value), Some(Answer::Text(text))) => {
                    text.parse::<Quantity>().is_ok_and(|own| same(*value, own))
                }
                (Answer::Text(text), Some(Answer::Yes)) => **text == *"Yes",
                (Answer::Text(text), Some(Answer::No)) => **text == *"No",
                (Answer::Text(text), Some(Answer::NotApplicable)) => **text == *"N/A",
                (expected, Some(found)) => *expected == *found,
            };
            if !agrees {
                wrong.push(format!("{} {}: {expected:?} was read as {found:?}", sheet.name, cell.at));
            }
        }
    }
    assert!(compared > 0, "nothing was filled in");
    wrong
}

/// To the 15 digits a spreadsheet keeps.
fn same(one: Quantity, other: Quantity) -> bool {
    let kept = |value: Quantity| from_float(value.to_string().parse().unwrap());
    kept(one) == kept(other)
}

fn round_trip(contracts: &[Contract], contract: &Contract, form: &Form, after: u32, seed: u64) {
    let period = period(contract, form, after);
    let areas = contract.return_areas(form);
    let area = areas[seed as usize % areas.len()].clone();
    let known = Known::default();
    let wanted = Wanted {
        contract,
        form,
        period,
        area: area.as_deref(),
        provider: seed.is_multiple_of(2).then_some(PROVIDER),
        due: None,
        version: "0123abcd",
        known: &known,
    };
    let what = format!("{} {} {} {area:?} {seed}", contract.id, form.id, period.label());
    let filled = filled(contracts, &wanted, seed);
    let bytes = blank_form_workbook(&filled).unwrap();
    assert_eq!(bytes, blank_form_workbook(&filled).unwrap(), "{what}: the same bytes each time");
    let read =
        read_back(&bytes, contracts, received(&wanted)).unwrap_or_else(|error| panic!("{what}: {error}"));
    let found = &read.recognised;
    assert_eq!(
        (&found.contract, &found.form, found.provider.as_str(), found.period, &found.area),
        (&contract.id, &form.id, PROVIDER, period, &area),
        "{what}"
    );
    let findings = read.findings();
    assert!(findings.is_empty(), "{what}:\n{}", findings.join("\n"));
    let wrong = compare(&filled, &read);
    assert!(wrong.is_empty(), "{what}:\n{}", wrong.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, rng_seed: RngSeed::Fixed(44), max_shrink_iters: 0, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_built_in_form_reads_back_as_it_was_filled_in(after in 0u32..14, seed: u64) {
        let contracts = definitions::built_in();
        for contract in &contracts {
            for form in &contract.forms {
                round_trip(&contracts, contract, form, after % (form_periods(form)), seed);
            }
        }
    }

    #[test]
    fn every_form_of_the_fixtures_reads_back_as_it_was_filled_in(after in 0u32..14, seed: u64) {
        for contract in definitions::fixtures() {
            for form in &contract.forms {
                round_trip(std::slice::from_ref(&contract), &contract, form, after % form_periods(form), seed);
            }
        }
    }
}

/// How many periods of a form are tried: three years.
fn form_periods(form: &Form) -> u32 {
    36 / form.every.months()
}
