//! What is asked for, found by its names; the nearest is offered where a name is not known.

use anyhow::{Result, bail};

use crate::contract::Contract;
use crate::contract::meant::Escalation as Settings;
use crate::domain::escalation::{Escalation, EscalationStatus};
use crate::domain::period::{Period, long_date};
use crate::domain::text::{fold, nearest};
use crate::review::evidence::Standing;
use crate::review::ladder::LadderState;
use crate::review::{ProviderReview, Results};

/// The consequence as it stands in one period.
#[derive(Debug, Clone)]
pub(super) struct Picked<'a> {
    pub(super) settings: &'a Settings,
    pub(super) status: Standing,
    pub(super) entry: Escalation,
}

pub(super) fn did_you_mean(name: &str, known: &[&str]) -> String {
    nearest(name, known.iter().copied()).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default()
}

/// The review of this provider under the contract.
///
/// # Errors
/// There is none of that name.
pub(super) fn review<'r>(
    results: &'r Results,
    contract: &Contract,
    name: &str,
) -> Result<&'r ProviderReview> {
    let own: Vec<&ProviderReview> =
        results.reviews.iter().filter(|review| review.contract == contract.id).collect();
    if let Some(review) = own.iter().find(|review| fold(&review.provider) == fold(name)) {
        return Ok(review);
    }
    let names: Vec<&str> = own.iter().map(|review| review.provider.as_str()).collect();
    bail!(
        "{} has no {} “{name}” in the register; {}there are: {}",
        contract.id,
        contract.called.one,
        did_you_mean(name, &names),
        if names.is_empty() { "none".to_string() } else { names.join("; ") }
    )
}

/// The consequence with this id, in the period asked for: the newest in which it is met, else watched, else as it stands in the newest
/// pack.
///
/// # Errors
/// The contract has no such consequence, or there is nothing to say of it in the period asked for.
pub(super) fn pick<'a>(
    contract: &'a Contract,
    review: &ProviderReview,
    id: &str,
    period: Option<&str>,
) -> Result<Picked<'a>> {
    let Some(settings) = contract.escalations.iter().find(|own| fold(&own.id) == fold(id)) else {
        let ids: Vec<&str> = contract.escalations.iter().map(|own| own.id.as_str()).collect();
        bail!(
            "{} has no consequence `{id}`; {}there are: {}",
            contract.id,
            did_you_mean(id, &ids),
            ids.join(", ")
        );
    };
    let own: Vec<&Escalation> = review.escalations.iter().filter(|own| own.id == settings.id).collect();
    let is_asked = |own: &&&Escalation| period.is_none_or(|asked| is_called(own, asked));
    let newest = |status: EscalationStatus| own.iter().filter(is_asked).rfind(|own| own.status == status);
    if let Some(entry) = newest(EscalationStatus::Triggered).or_else(|| newest(EscalationStatus::Watch)) {
        let status = match entry.status {
            EscalationStatus::Triggered => Standing::Triggered,
            EscalationStatus::Watch => Standing::Watch,
        };
        return Ok(Picked { settings, status, entry: (*entry).clone() });
    }
    let packs = review.packs.iter().filter(|pack| period.is_none_or(|asked| is_period(&pack.period, asked)));
    let step = packs
        .filter_map(|pack| Some((pack, pack.ladder.iter().find(|step| step.id == settings.id)?)))
        .next_back();
    let Some((pack, step)) = step else {
        let known: Vec<String> = own
            .iter()
            .map(|own| own.period.label())
            .chain(review.packs.iter().map(|pack| pack.period.label()))
            .collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        match period {
            Some(asked) => bail!(
                "there is nothing to say of {} in “{asked}”; {}periods there are: {}",
                review.provider,
                did_you_mean(asked, &known),
                if known.is_empty() { "none".to_string() } else { listed(&known) }
            ),
            None => bail!("there is nothing to say of {} yet: no period has begun", review.provider),
        }
    };
    let status = match step.state {
        LadderState::Met => Standing::Triggered,
        LadderState::Watch => Standing::Watch,
        LadderState::Near | LadderState::NotMet => Standing::NotMet,
    };
    let entry = Escalation {
        id: settings.id.clone(),
        title: settings.title.clone(),
        clause: settings.clause.clone(),
        status: EscalationStatus::Watch,
        period: pack.period,
        on: None,
        evidence: step.evidence.clone(),
        in_headline: false,
        caution: None,
        distance: Some(step.words.clone()).filter(|words| !words.is_empty()),
        action: settings.action.clone(),
        settled: false,
        by: step.by,
    };
    Ok(Picked { settings, status, entry })
}

/// Each once, in order.
fn listed(labels: &[&str]) -> String {
    let mut all = labels.to_vec();
    all.sort_unstable();
    all.dedup();
    all.join(", ")
}

fn is_period(period: &Period, asked: &str) -> bool {
    fold(&period.label()) == fold(asked) || fold(&period.describe()) == fold(asked)
}

/// Whether the text is the entry's period, or the day of its event.
fn is_called(own: &Escalation, asked: &str) -> bool {
    let is_day = |day| fold(&long_date(day)) == fold(asked) || day.to_string() == asked.trim();
    is_period(&own.period, asked) || own.on.is_some_and(is_day)
}
