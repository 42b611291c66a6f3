//! What the officer has on record, as templates get it; the council's alone.

use serde::Serialize;

use crate::domain::period::long_date;
use crate::review::ActionRow;
use crate::review::on_record::OnRecord;

/// Notices and actions.
#[derive(Debug, Serialize)]
pub struct Recorded {
    notices: Vec<Notice>,
    actions: Vec<Action>,
}

#[derive(Debug, Serialize)]
struct Notice {
    date: String,
    kind: String,
    kpi: Option<String>,
    words: String,
    review: Option<String>,
}

#[derive(Debug, Serialize)]
struct Action {
    kpi: String,
    issue: String,
    action: String,
    outcomes: String,
    timescale: String,
}

/// What is on record; `None` where nothing is.
pub fn recorded(own: &OnRecord) -> Option<Recorded> {
    (!own.is_empty()).then(|| Recorded {
        notices: own
            .notices
            .iter()
            .map(|notice| Notice {
                date: long_date(notice.date),
                kind: notice.kind.clone(),
                kpi: notice.kpi.clone(),
                words: notice.words.clone(),
                review: notice.review.map(long_date),
            })
            .collect(),
        actions: own.actions.iter().map(action).collect(),
    })
}

fn action(row: &ActionRow) -> Action {
    Action {
        kpi: row.kpi.clone(),
        issue: row.issue.clone(),
        action: row.action.clone(),
        outcomes: row.outcomes.clone(),
        timescale: row.timescale.clone(),
    }
}
