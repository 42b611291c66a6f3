//! What the officer has on record: notices that no condition shown already tells of, and the actions agreed.

use chrono::Months;

use crate::assess::Case;
use crate::domain::escalation::Evidence;
use crate::review::on_record::{OnRecord, RecordedNotice};
use crate::review::{ActionRow, Pack};

/// What is on record for the twelve months to the end of the pack's period; in the newest pack also what has come since. `actions`
/// are the register's that belong to the pack.
pub fn on_record(case: &Case<'_>, pack: &Pack, actions: &[ActionRow]) -> OnRecord {
    let is_newest = pack.period.next().to >= case.as_of;
    let last = if is_newest { case.as_of.max(pack.period.to) } else { pack.period.to };
    let first = pack.period.next().from - Months::new(12);
    let evidence: Vec<&Evidence> = pack
        .escalations
        .iter()
        .chain(&pack.earlier_escalations)
        .flat_map(|escalation| &escalation.evidence)
        .chain(pack.ladder.iter().flat_map(|step| &step.evidence))
        .collect();
    let is_told = |words: &str| evidence.iter().any(|evidence| evidence.text.contains(words));
    let mut notices: Vec<RecordedNotice> = case
        .records
        .notices
        .iter()
        .filter(|notice| notice.date >= first && notice.date <= last && !is_told(&notice.words))
        .map(|notice| RecordedNotice {
            date: notice.date,
            kind: notice.kind.clone(),
            kpi: notice.kpi.clone(),
            words: notice.words.clone(),
            review: notice.review_date,
        })
        .collect();
    notices.reverse();
    let in_plan = |action: &ActionRow| {
        pack.action_plan.iter().any(|row| ActionRow { kpi: String::new(), ..row.clone() } == bare(action))
    };
    OnRecord { notices, actions: actions.iter().filter(|action| !in_plan(action)).cloned().collect() }
}

/// An action without the KPI's name, which the action plan writes in full.
fn bare(action: &ActionRow) -> ActionRow {
    ActionRow { kpi: String::new(), ..action.clone() }
}
