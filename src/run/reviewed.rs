//! Contracts under review: what the forward plan of the register says of each, under the definition that reviews them.

use std::collections::BTreeMap;

use crate::assess::records::PlannedReview;
use crate::calendar::due::Due;
use crate::contract::Contract;
use crate::workspace::register::choices::ProviderStatus;
use crate::workspace::register::{Placed, PlannedReview as Row, Provider, Register};

/// Whether a definition has a form that goes by planned meetings.
pub fn goes_by_plan(contract: &Contract) -> bool {
    contract.forms.iter().any(|form| matches!(form.due, Due::BeforeMeeting { .. }))
}

/// Lists among the providers what stands in the forward plan alone. Only where a single definition goes by planned meetings: with
/// several the sheet Providers has to say which is meant.
pub fn list_reviewed(register: &mut Register, contracts: &BTreeMap<String, Contract>) {
    let mut reviewing = contracts.values().filter(|contract| goes_by_plan(contract));
    let (Some(contract), None) = (reviewing.next(), reviewing.next()) else { return };
    for row in &register.reviews {
        let is_listed = register
            .providers
            .iter()
            .any(|provider| provider.is_under(&contract.id) && provider.is_called(&row.contract));
        if !is_listed {
            register.providers.push(Provider {
                place: row.place.clone(),
                name: row.contract.value.clone(),
                aliases: Vec::new(),
                contract: Placed { value: contract.id.clone(), place: row.contract.place.clone() },
                start: None,
                break_date: None,
                end: None,
                email: None,
                service: None,
                status: ProviderStatus::Active,
                status_since: None,
                boroughs: Vec::new(),
            });
        }
    }
}

/// The reviews planned of a provider, in order of date, those without a date last.
pub fn planned(register: &Register, contract: &Contract, provider: &Provider) -> Vec<PlannedReview> {
    if !goes_by_plan(contract) {
        return Vec::new();
    }
    let own = register.reviews.iter().filter(|row| provider.is_called(&row.contract));
    let mut reviews: Vec<PlannedReview> = own.map(review).collect();
    reviews.sort_by_key(|own| (own.planned.is_none(), own.planned));
    reviews
}

fn review(row: &Row) -> PlannedReview {
    PlannedReview {
        planned: row.planned,
        lead_officer: row.lead_officer.clone(),
        scores: row.scores().map(|(column, score)| (column.to_string(), score)).into(),
        contract_end: row.contract_end,
        last_audit: row.last_audit,
        next_audit: row.next_audit,
        requested_by: row.requested_by.clone(),
    }
}
