//! What the provider answers on the council's feedback, and what became of each query.

use serde::Serialize;

use crate::domain::reply::{AnsweredQuery, PlanEntry, QueryState, Reply};
use crate::domain::submission::{ChangedCell, Submission};

use super::parts::Tag;
use super::returns::name;
use super::words;

/// Most changed cells of one query that are shown.
const CHANGES_SHOWN: usize = 12;

/// The section on the answers.
#[derive(Debug, Serialize)]
pub struct AnswerSection {
    tables: Vec<AnswerTable>,
    /// What the words for a state mean, of those that occur.
    meanings: Vec<Meaning>,
}

/// The answers that came back with one copy of a return.
#[derive(Debug, Serialize)]
struct AnswerTable {
    caption: String,
    rows: Vec<AnswerRow>,
    /// Where the answers stand, and what else is to be said of the copy.
    source: String,
    same_values: bool,
    plan_caption: String,
    plan: Vec<PlanEntry>,
}

#[derive(Debug, Serialize)]
struct AnswerRow {
    number: String,
    sheet: Option<String>,
    cell: Option<String>,
    message: String,
    /// The answer, a string a line of it.
    said: Vec<String>,
    said_in: Option<String>,
    /// What changed: the cell where it is not the query's own, what stood there and what stands there now.
    changes: Vec<Change>,
    /// How many more cells changed.
    more_changes: usize,
    unchanged: Option<String>,
    tag: Tag,
    settled_since: Option<String>,
    accepted: Option<String>,
}

#[derive(Debug, Serialize)]
struct Change {
    place: Option<String>,
    before: String,
    after: String,
}

#[derive(Debug, Serialize)]
struct Meaning {
    word: &'static str,
    meaning: &'static str,
}

/// The answers that came back with the returns of a pack; `None` when none of the council's feedback came back.
pub fn answer_section(submissions: &[Submission]) -> Option<AnswerSection> {
    let replies = || submissions.iter().flat_map(|own| own.replies.iter().map(move |reply| (own, reply)));
    let tables: Vec<AnswerTable> = replies().map(|(own, reply)| table(own, reply)).collect();
    let occurs = |state: &QueryState| {
        replies().any(|(_, reply)| reply.queries.iter().any(|query| query.state == *state))
    };
    let meanings = QueryState::ALL.into_iter().filter(occurs);
    let meanings = meanings.map(|state| Meaning { word: state.word(), meaning: state.meaning() }).collect();
    (!tables.is_empty()).then_some(AnswerSection { tables, meanings })
}

fn table(submission: &Submission, reply: &Reply) -> AnswerTable {
    let name = name(submission);
    let (about, came) = (words::short_date(reply.about), words::short_date(reply.received));
    AnswerTable {
        caption: format!(
            "{name}: {} on the version received {about}, answers received {came}",
            words::count(reply.queries.len(), "query", "queries")
        ),
        rows: reply.queries.iter().map(|query| row(reply, query)).collect(),
        source: format!("{}, sheet “{}”", reply.file, reply.sheet),
        same_values: reply.same_values,
        plan_caption: format!("{name}: the action plan as the provider filled it in, received {came}"),
        plan: reply.plan.clone(),
    }
}

fn row(reply: &Reply, query: &AnsweredQuery) -> AnswerRow {
    let finding = &query.finding;
    let lines = query.response.iter().flat_map(|own| own.text.lines().map(str::trim));
    AnswerRow {
        number: query.number.map(|number| number.to_string()).unwrap_or_default(),
        sheet: finding.sheet.as_ref().map(ToString::to_string),
        cell: finding.cell.map(|cell| cell.to_string()),
        message: finding.message.clone(),
        said: lines.filter(|line| !line.is_empty()).map(str::to_string).collect(),
        said_in: query.response.as_ref().map(|own| format!("{}, cell {}", reply.sheet, own.cell)),
        changes: query.changed.iter().take(CHANGES_SHOWN).map(|changed| change(query, changed)).collect(),
        more_changes: query.changed.len().saturating_sub(CHANGES_SHOWN),
        unchanged: query.unchanged.clone(),
        tag: query.state.into(),
        settled_since: query.settled_since.map(words::short_date),
        accepted: query.still.as_ref().and_then(|still| still.accepted.clone()),
    }
}

fn change(query: &AnsweredQuery, changed: &ChangedCell) -> Change {
    let finding = &query.finding;
    let place = &changed.place;
    let same_sheet = finding.sheet.as_ref() == Some(&place.sheet);
    Change {
        place: match (same_sheet, finding.cell == Some(place.cell)) {
            (true, true) => None,
            (true, false) => Some(place.cell.to_string()),
            (false, _) => Some(format!("{} {}", place.sheet, place.cell)),
        },
        before: changed.before.clone(),
        after: changed.after.clone(),
    }
}

impl From<QueryState> for Tag {
    fn from(state: QueryState) -> Self {
        let (class, shape) = match state {
            QueryState::Settled => ("plain", '✓'),
            QueryState::Answered => ("plain", '…'),
            QueryState::NoAnswer => ("strong", '!'),
            QueryState::Accepted => ("quiet", '–'),
            QueryState::NotChecked => ("plain", '?'),
        };
        Self::of(class, shape, state.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;
    use crate::output::pages::{PackLinks, ProviderPackLinks, markup, pack_page, provider_page, samples};
    use crate::review::readers::ProviderPack;

    #[test]
    fn each_query_has_its_answer_its_cell_and_its_state_in_words() {
        let pack = example::pack();
        let council = pack_page(samples::pages(), &pack, &PackLinks::default()).unwrap();
        let provider =
            provider_page(samples::pages(), &ProviderPack::of(&pack), &ProviderPackLinks::default()).unwrap();
        samples::keep("answers.html", &council);
        for page in [council, provider] {
            markup::check(&page);
            for text in [
                "3 queries on the version received 12 Dec 2025, answers received 15 Dec 2025",
                "=Figure corrected.",
                "22 → 21",
                "We call it &lt;b&gt;that&lt;/b&gt;.",
                "Numartor (not changed)",
                "</span> Settled</span>",
                "</span> Answered</span>",
                "</span> No answer</span>",
                "No longer found in the version received 18 Dec 2025",
                "Two posts advertised",
                "Council feedback, cell G22",
            ] {
                assert!(page.contains(text), "{text}");
            }
            assert!(!page.contains("<strong>Accepted</strong>"), "only states that occur are explained");
        }
    }

    #[test]
    fn without_feedback_that_came_back_there_is_no_section() {
        let mut pack = example::pack();
        pack.submissions.iter_mut().for_each(|own| own.replies.clear());
        assert!(answer_section(&pack.submissions).is_none());
        assert!(
            !pack_page(samples::pages(), &pack, &PackLinks::default()).unwrap().contains("id=\"answers\"")
        );
    }
}
