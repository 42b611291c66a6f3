//! What rows of the register name, looked up in the definitions; what is not found is a fault at its cell.

use std::collections::BTreeMap;

use crate::calendar::notations::{PeriodReading, parse_period};
use crate::contract::Contract;
use crate::contract::meant::Form;
use crate::domain::period::{Frequency, Period};
use crate::domain::place::CellRef;
use crate::domain::text::{fold, nearest};
use crate::workspace::register::{Placed, RegisterFault};

/// A fault at a cell.
pub(super) fn fault(place: &CellRef, message: String, help: String) -> RegisterFault {
    RegisterFault { place: place.clone(), message, help }
}

/// A contract id without a definition.
pub fn unknown_contract(id: &Placed<String>, contracts: &BTreeMap<String, Contract>) -> RegisterFault {
    let known: Vec<&str> = contracts.keys().map(String::as_str).collect();
    let help = match nearest(id, known.iter().copied()) {
        Some(near) => format!("did you mean “{near}”?"),
        None => format!("known contracts: {}", known.join(", ")),
    };
    fault(&id.place, format!("there is no contract “{id}”"), help)
}

/// A KPI the contract does not have.
pub fn unknown_kpi(contract: &Contract, kpi: &Placed<String>) -> RegisterFault {
    let known: Vec<&str> = contract.kpis.iter().map(|kpi| kpi.reference.as_str()).collect();
    let help = format!("KPIs of the contract: {}", known.join(", "));
    fault(&kpi.place, format!("there is no KPI “{kpi}”"), help)
}

/// The form of that id or title.
pub(super) fn form<'c>(
    contract: &'c Contract,
    name: &Placed<String>,
    faults: &mut Vec<RegisterFault>,
) -> Option<&'c Form> {
    let wanted = fold(name);
    let found = contract.forms.iter().find(|form| fold(&form.id) == wanted || fold(&form.title) == wanted);
    if found.is_none() {
        let known: Vec<&str> = contract.forms.iter().map(|form| form.id.as_str()).collect();
        let help = format!("forms of {}: {}", contract.id, known.join(", "));
        faults.push(fault(&name.place, format!("there is no form “{name}”"), help));
    }
    found
}

/// The period of that text, no shorter than `expected`.
pub(super) fn period(
    contract: &Contract,
    text: &Placed<String>,
    expected: Option<Frequency>,
    faults: &mut Vec<RegisterFault>,
) -> Option<Period> {
    let example = contract.period(contract.start, expected.unwrap_or(contract.review_every)).label();
    let why = match parse_period(text, contract.year_starts, expected) {
        PeriodReading::Found(period) if expected.is_none_or(|every| period.frequency >= every) => {
            return Some(period);
        }
        PeriodReading::Found(period) => format!("“{text}” is {}, which is too short", period.describe()),
        PeriodReading::Incomplete { why, .. }
        | PeriodReading::Contradictory { why }
        | PeriodReading::Ambiguous { why, .. } => format!("“{text}”: {why}"),
        PeriodReading::None => format!("“{text}” is no period"),
    };
    faults.push(fault(&text.place, why, format!("write a period such as {example}")));
    None
}

/// `7`, `KPI 7` → `7`.
pub(super) fn kpi_reference(text: &str) -> String {
    let folded = fold(text);
    folded.strip_prefix("kpi").unwrap_or(&folded).trim().to_string()
}
