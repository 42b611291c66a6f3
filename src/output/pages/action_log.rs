//! The log of actions, as templates get it.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::period::long_date;
use crate::domain::text::number_of;
use crate::review::action_log::{ActionLog, ActionState, RecordedAction};

use super::parts::Tag;

/// The log.
#[derive(Debug, Serialize)]
pub struct Log {
    /// How many stand how, in a sentence.
    pub lead: String,
    /// The actions.
    pub rows: Vec<Row>,
    /// Whether any row names an owner, a KPI or a day of agreement; a column that none fills is left out.
    pub owners: bool,
    /// The same of KPIs.
    pub kpis: bool,
    /// The same of days of agreement.
    pub agreed: bool,
}

/// An action.
#[derive(Debug, Serialize)]
pub struct Row {
    pub(super) action: String,
    pub(super) kpi: String,
    pub(super) owner: String,
    pub(super) agreed: String,
    pub(super) due: String,
    pub(super) tag: Tag,
    pub(super) standing: String,
}

/// The log on `as_of`; `None` where it is empty.
pub fn log(own: &ActionLog, as_of: NaiveDate) -> Option<Log> {
    if own.actions.is_empty() {
        return None;
    }
    let any = |filled: fn(&RecordedAction) -> bool| own.actions.iter().any(filled);
    Some(Log {
        lead: lead(own, as_of),
        rows: own.actions.iter().map(|action| row(action, as_of)).collect(),
        owners: any(|action| !action.owner.is_empty()),
        kpis: any(|action| !action.row.kpi.is_empty()),
        agreed: any(|action| action.agreed_on.is_some()),
    })
}

fn lead(own: &ActionLog, as_of: NaiveDate) -> String {
    let [overdue, open, closed] = [ActionState::Overdue, ActionState::Open, ActionState::Closed]
        .map(|state| (own.count(state, as_of), state.word().to_lowercase()));
    let counts: Vec<(usize, String)> =
        [overdue, open, closed].into_iter().filter(|(number, _)| *number > 0).collect();
    let actions = number_of(own.actions.len(), "action", "actions");
    let counts = match counts.as_slice() {
        [(1, word)] => format!(", {word}"),
        [(_, word)] => format!(", all {word}"),
        several => {
            let each: Vec<String> = several.iter().map(|(number, word)| format!("{number} {word}")).collect();
            format!(": {}", each.join(", "))
        }
    };
    let since = match own.since {
        Some(day) => format!(" What was closed before the last meeting, on {}, is left out", long_date(day)),
        None => " No earlier meeting is recorded, so all are listed".to_string(),
    };
    let earlier = match own.closed_earlier {
        0 => String::new(),
        number => format!(" ({})", number_of(number, "action", "actions")),
    };
    format!("{actions}{counts}.{since}{earlier}.")
}

/// What stands beside the word of the state; nothing where that says it all.
fn standing(own: &RecordedAction, state: ActionState, as_of: NaiveDate) -> String {
    if state == ActionState::Closed {
        return own.closed_on.map(long_date).unwrap_or_default();
    }
    Some(own.standing(as_of)).filter(|words| words != state.word()).unwrap_or_default()
}

fn row(own: &RecordedAction, as_of: NaiveDate) -> Row {
    let state = own.state(as_of);
    let (class, shape) = match state {
        ActionState::Overdue => ("strong", '!'),
        ActionState::Open => ("plain", '…'),
        ActionState::Closed => ("quiet", '✓'),
    };
    let action = match (own.row.action.trim(), own.row.issue.trim()) {
        ("", "") => "(not recorded)".to_string(),
        ("", issue) => issue.to_string(),
        (action, _) => action.to_string(),
    };
    Row {
        action,
        kpi: own.row.kpi.clone(),
        owner: own.owner.clone(),
        agreed: own.agreed_on.map(long_date).unwrap_or_default(),
        due: own.due.map_or_else(|| own.row.timescale.clone(), long_date),
        tag: Tag::of(class, shape, state.word()),
        standing: standing(own, state, as_of),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::pages::samples;

    #[test]
    fn the_lead_counts_and_says_what_is_left_out() {
        let (mut own, as_of) = (samples::more::action_log(), samples::pack().as_of);
        assert_eq!(
            lead(&own, as_of),
            "3 actions: 1 overdue, 1 open, 1 closed. What was closed before the last meeting, on 22 September 2025, is left out \
             (2 actions)."
        );
        own.since = None;
        own.closed_earlier = 0;
        own.actions.truncate(1);
        assert_eq!(
            lead(&own, as_of),
            "1 action, overdue. No earlier meeting is recorded, so all are listed."
        );
        assert!(log(&ActionLog::default(), as_of).is_none());
    }
}
