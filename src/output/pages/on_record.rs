//! What the officer has on record, as templates get it; the council's alone.

use serde::Serialize;

use crate::domain::period::long_date;
use crate::review::on_record::OnRecord;

/// Notices; the actions stand in the log.
#[derive(Debug, Serialize)]
pub struct Recorded {
    notices: Vec<Notice>,
}

#[derive(Debug, Serialize)]
struct Notice {
    date: String,
    kind: String,
    kpi: Option<String>,
    words: String,
    review: Option<String>,
}

/// What is on record; `None` where nothing is.
pub fn recorded(own: &OnRecord) -> Option<Recorded> {
    (!own.notices.is_empty()).then(|| Recorded {
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
    })
}
