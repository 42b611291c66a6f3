//! What is agreed, and what comes next, in the pack's workbook: the log of actions, and what a miss would lead to.

use chrono::NaiveDate;

use super::pack_pages::Page;
use super::pack_tables::{Entry, TablePage};
use crate::review::action_log::{ActionLog, RecordedAction};
use crate::review::ladder::NextStep;

/// Columns that are left out where no row has anything in them.
const OWNER: &str = "Owner";
const AGREED: &str = "Agreed on";

/// The actions carried from meeting to meeting, as they stand on `as_of`; `None` where there are none.
pub fn action_log(log: &ActionLog, as_of: NaiveDate) -> Option<Page> {
    let mut table = TablePage::new(&[
        ("Action", 50.0),
        ("KPI", 8.0),
        (OWNER, 22.0),
        (AGREED, 16.0),
        ("By when", 20.0),
        ("State", 12.0),
        ("How it stands", 30.0),
    ])
    .saying(&[
        ("Action", "Not recorded"),
        ("KPI", "None named"),
        (OWNER, "None named"),
        (AGREED, "Not recorded"),
        ("By when", "No time set"),
    ]);
    let row = |own: &RecordedAction| {
        vec![
            Entry::text(&own.row.action),
            Entry::text(&own.row.kpi),
            Entry::text(&own.owner),
            Entry::date(own.agreed_on),
            Entry::text(&own.row.timescale),
            Entry::text(own.state(as_of).word()),
            Entry::text(own.standing(as_of)),
        ]
    };
    table.rows = log.actions.iter().map(row).collect();
    let table = table.without_empty(&[OWNER, AGREED]);
    let about = "Actions of the register, overdue ones first, then open ones, then what was closed since the last meeting.";
    (!table.rows.is_empty()).then_some(Page { name: "Action log", about, table })
}

/// What a miss in the next period would lead to; `None` where nothing does.
pub fn next_steps(steps: &[NextStep]) -> Option<Page> {
    let mut table = TablePage::new(&[("KPIs", 24.0), ("What it would lead to", 110.0)]);
    table.rows =
        steps.iter().map(|step| vec![Entry::text(step.kpis.join(", ")), Entry::text(&step.words)]).collect();
    let about = "What a miss in the period that comes next would lead to under the contract.";
    (!table.rows.is_empty()).then_some(Page { name: "One step ahead", about, table })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::ActionRow;

    #[test]
    fn columns_that_no_action_fills_are_left_out() {
        let as_of = NaiveDate::from_ymd_opt(2026, 1, 20).unwrap();
        let action = |owner: &str| RecordedAction {
            row: ActionRow { action: "Recruit".into(), ..ActionRow::default() },
            owner: owner.into(),
            ..RecordedAction::default()
        };
        let log = |owner: &str| ActionLog { since: None, actions: vec![action(owner)], closed_earlier: 0 };
        let owned = |page: Page| page.table.columns.iter().any(|(name, _)| name == OWNER);
        assert!(!owned(action_log(&log(""), as_of).unwrap()));
        assert!(owned(action_log(&log("Provider"), as_of).unwrap()));
        let none = ActionLog { since: None, actions: Vec::new(), closed_earlier: 0 };
        assert!(action_log(&none, as_of).is_none());
    }
}
