//! What providers answer on the feedback that went back with a return: each answer beside its query, and what became of it.
//!
//! An answer belongs to the query whose words and cell stand on its line, never to whatever has its number now. Feedback on
//! another return is never matched, whatever it says.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::alike::drawn_together;
use crate::assess::Case;
use crate::assess::same_cell::{Pair, TwoVersions};
use crate::assess::submissions::{ReceivedReturn, Slot};
use crate::domain::council_feedback::{SAID_BEFORE, WHOLE_FILE, title};
use crate::domain::finding::{Finding, FindingKind, in_order_of_asking};
use crate::domain::finding_kinds::{RESPONSE_MISPLACED, RESPONSE_TO_ANOTHER_RETURN, RESPONSE_UNMATCHED};
use crate::domain::place::CellRef;
use crate::domain::reply::{
    AnsweredQuery, PlanEntry, QueryState, QuotedQuery, Reply, Response, ReturnedSheet,
};
use crate::domain::submission::{ChangedCell, Original, Version};
use crate::domain::text::{fold, one_line};

/// As many characters of an answer as a finding repeats.
const LONGEST_REPEATED: usize = 120;
/// As many cells as a finding names.
const CELLS_NAMED: usize = 5;

/// Matches what came back in every return, and adds what was found wrong with it to the findings of the version it came with.
pub(super) fn match_up(case: &Case<'_>, slots: &mut [Slot<'_>]) {
    let matched: Vec<Matched> = slots.iter().map(|slot| Matched::of(case, slots, slot)).collect();
    for (slot, matched) in slots.iter_mut().zip(matched) {
        let own = &mut slot.submission;
        own.replies = matched.replies;
        for (version, made_of) in own.versions.iter_mut().zip(matched.made_of) {
            version.made_of = made_of;
        }
        let shown = own.rated_version.or(own.versions.len().checked_sub(1));
        let add = |findings: &mut Vec<Finding>, finding: Finding| {
            findings.push(finding);
            findings.sort_by_key(|own| own.kind.severity);
        };
        for (at, mut finding) in matched.findings {
            finding.accepted = (case.accepts)(&slot.form.id, &finding);
            if Some(at) == shown {
                add(&mut own.findings, finding.clone());
            }
            if let Some(version) = own.versions.get_mut(at) {
                add(&mut version.findings, finding);
            }
        }
    }
}

/// What came back for one return.
#[derive(Default)]
struct Matched {
    replies: Vec<Reply>,
    /// By the place of the version they came with.
    findings: Vec<(usize, Finding)>,
    /// For each version the return of whose copy it was made.
    made_of: Vec<Option<Original>>,
}

/// A sheet that came back, with the version it came with.
struct Came<'a> {
    with: &'a ReceivedReturn,
    /// The place of that version.
    at: usize,
    sheet: &'a ReturnedSheet,
}

impl Came<'_> {
    fn finding(&self, kind: &'static FindingKind, message: String) -> Finding {
        Finding::in_sheet(kind, &self.with.file.as_str().into(), &self.sheet.sheet, message)
    }

    /// Everything the provider said.
    fn words(&self) -> usize {
        let answers = self.sheet.queries.iter().filter(|own| own.response.is_some()).count();
        answers + self.sheet.plan.len() + self.sheet.misplaced.len()
    }
}

/// Which return a sheet is about.
enum About {
    /// This version of this return.
    Version(usize),
    /// This return; which version is not known.
    ThisReturn,
    /// Another, in words.
    Another(String),
}

impl Matched {
    fn of(case: &Case<'_>, slots: &[Slot<'_>], slot: &Slot<'_>) -> Self {
        let made_of = slot.versions.iter().map(|own| made_of(slots, &own.mapped.feedback)).collect();
        let mut matched = Self { made_of, ..Self::default() };
        for with in &slot.with_feedback {
            let Some(at) = version_of(slot, with) else { continue };
            for sheet in &with.mapped.feedback {
                matched.add(case, slots, slot, &Came { with, at, sheet });
            }
        }
        matched
    }

    fn add(&mut self, case: &Case<'_>, slots: &[Slot<'_>], slot: &Slot<'_>, came: &Came<'_>) {
        let (about, pairs) = match about(case, slots, slot, came.sheet) {
            About::Version(about) => (about, pairs(&asked(slot, about), &came.sheet.queries)),
            // Of versions whose queries fit alike, the newest.
            About::ThisReturn => {
                let versions = (0..=came.at).map(|at| (at, pairs(&asked(slot, at), &came.sheet.queries)));
                let fits = |pairs: &[Option<usize>]| pairs.iter().flatten().count();
                let Some(best) = versions.max_by_key(|(at, pairs)| (fits(pairs), *at)) else { return };
                best
            }
            About::Another(which) => {
                if came.words() > 0 {
                    let answers = match came.words() {
                        1 => "The answer on it was".to_string(),
                        several => format!("The {several} answers on it were"),
                    };
                    let message =
                        format!("This feedback is about another return: {which}. {answers} not matched.");
                    self.findings.push((came.at, came.finding(&RESPONSE_TO_ANOTHER_RETURN, message)));
                }
                return;
            }
        };
        let (Some(earlier), Some(later)) = (slot.versions.get(about), Later::of(slot, about, came.at)) else {
            return;
        };
        let rated = slot.submission.rated_version.filter(|rated| *rated > came.at);
        let since = rated.and_then(|rated| Later::of(slot, about, rated));
        let asked = asked(slot, about);
        let queries: Vec<AnsweredQuery> = (0usize..)
            .zip(&asked)
            .filter_map(|(at, finding)| {
                let mut lines = came.sheet.queries.iter().zip(&pairs).filter(|(_, own)| **own == Some(at));
                let line = lines.next().map(|(line, _)| line);
                let is_told = finding.asks() || line.is_some_and(|line| line.response.is_some());
                is_told.then(|| answered(finding, line, &later, since.as_ref()))
            })
            .collect();
        let plan = plan(case, &came.sheet.plan);
        self.findings.extend(left_over(came, &asked, &pairs).map(|finding| (came.at, finding)));
        if queries.is_empty() && plan.is_empty() {
            return;
        }
        let reply = Reply {
            file: came.with.file.as_str().into(),
            received: came.with.received,
            sheet: came.sheet.sheet.clone(),
            version: about,
            about: earlier.received,
            same_values: earlier.fingerprint == came.with.fingerprint,
            queries,
            plan,
        };
        // The same sheet sent along once more says nothing new but what became of the queries.
        self.replies.retain(|own| own.version != reply.version || !is_repeated(own, &reply));
        self.replies.push(reply);
    }
}

/// The version that a file is or repeats.
fn version_of(slot: &Slot<'_>, with: &ReceivedReturn) -> Option<usize> {
    let same = |own: &&ReceivedReturn| own.sha256 == with.sha256 || own.fingerprint == with.fingerprint;
    slot.versions.iter().position(same)
}

fn version_with(slot: &Slot<'_>, sha256: &str) -> Option<usize> {
    let repeated = slot.copies.iter().chain(&slot.with_feedback).find(|own| own.sha256 == sha256);
    let own = slot.versions.iter().position(|own| own.sha256 == sha256);
    own.or_else(|| repeated.and_then(|with| version_of(slot, with)))
}

/// The return that feedback is about, whichever of the provider's it is.
fn made_of(slots: &[Slot<'_>], feedback: &[ReturnedSheet]) -> Option<Original> {
    feedback.iter().rev().filter_map(|sheet| sheet.sha256.as_ref()).find_map(|sha256| {
        let all =
            slots.iter().flat_map(|slot| slot.versions.iter().chain(&slot.copies).chain(&slot.with_feedback));
        let own = all.into_iter().find(|own| own.sha256 == *sha256)?;
        Some(Original { file: own.file.as_str().into(), sha256: sha256.clone() })
    })
}

fn about(case: &Case<'_>, slots: &[Slot<'_>], slot: &Slot<'_>, sheet: &ReturnedSheet) -> About {
    let named = |slot: &Slot<'_>| {
        let own = &slot.submission;
        title(&own.form_title, &case.records.provider, &own.period_in_words())
    };
    if let Some(sha256) = &sheet.sha256 {
        if let Some(at) = version_with(slot, sha256) {
            return About::Version(at);
        }
        if let Some(other) = slots.iter().find(|own| version_with(own, sha256).is_some()) {
            let other = &other.submission;
            return About::Another(format!("{} for {}", other.form_title, other.period_in_words()));
        }
    }
    match sheet.title.as_str() {
        "" => About::Another("it has no title, and the file it names is not known here".to_string()),
        own if fold(own) == fold(&named(slot)) => About::ThisReturn,
        // Whose it is, is not repeated: what is found in a return goes back with it.
        _ => About::Another("its title is not that of this return".to_string()),
    }
}

/// What the provider was asked about a version, in the order of the numbers.
fn asked(slot: &Slot<'_>, version: usize) -> Vec<Finding> {
    let own = |version: &Version| {
        let file = version.file.clone();
        drawn_together(version.findings.clone()).into_iter().filter(move |own| own.file == file)
    };
    let findings: Vec<Finding> = slot.submission.versions.get(version).into_iter().flat_map(own).collect();
    in_order_of_asking(&findings).into_iter().cloned().collect()
}

/// What a query says and where, in one normal form.
struct Words {
    found: String,
    sheet: String,
    cell: String,
}

impl Words {
    fn of_line(line: &QuotedQuery) -> Self {
        Self { found: fold(&line.found), sheet: fold(&line.sheet), cell: fold(&line.cell) }
    }

    fn of_finding(finding: &Finding) -> Self {
        Self {
            found: fold(&finding.message),
            sheet: fold(finding.sheet.as_deref().unwrap_or(WHOLE_FILE)),
            cell: finding.cell.map(|cell| fold(&cell.to_string())).unwrap_or_default(),
        }
    }

    /// Whether a line quotes a finding, with or without what the provider had said to it before.
    fn quotes(&self, finding: &Words) -> bool {
        let rest = self.found.strip_prefix(&finding.found).map(|rest| rest.trim_start_matches(['.', ' ']));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(&fold(SAID_BEFORE)))
    }
}

/// For each line of the sheet the place of its query: the one with its words and its cell, else the only one at its cell, else the
/// only one with its words. No query has two lines.
fn pairs(asked: &[Finding], lines: &[QuotedQuery]) -> Vec<Option<usize>> {
    let mut pairs: Vec<Option<usize>> = vec![None; lines.len()];
    let mut taken = BTreeSet::new();
    let asked: Vec<Words> = asked.iter().map(Words::of_finding).collect();
    let lines: Vec<Words> = lines.iter().map(Words::of_line).collect();
    // A return can have thousands of queries, and a cell has few.
    let mut at_cell: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (at, finding) in asked.iter().enumerate() {
        at_cell.entry((&finding.sheet, &finding.cell)).or_default().push(at);
    }
    let all: Vec<usize> = (0..asked.len()).collect();
    let by: [fn(&Words, &Words) -> bool; 3] =
        [Words::quotes, |_, finding| !finding.cell.is_empty(), Words::quotes];
    for (round, fits) in by.into_iter().enumerate() {
        for (line, pair) in lines.iter().zip(&mut pairs).filter(|(_, pair)| pair.is_none()) {
            let at_its_cell = || at_cell.get(&(line.sheet.as_str(), line.cell.as_str()));
            let among = if round < 2 { at_its_cell().map_or(&[][..], Vec::as_slice) } else { &all };
            let is_fitting = |at: &usize| asked.get(*at).is_some_and(|finding| fits(line, finding));
            let fitting = || among.iter().copied().filter(is_fitting);
            // Of queries in the same words at the same cell each is as good as the other; else only one may fit.
            let own = fitting().find(|at| !taken.contains(at));
            if own.is_some() && (round == 0 || fitting().count() == 1) {
                *pair = own;
                taken.extend(own);
            }
        }
    }
    pairs
}

/// A later version, for what became of the queries on an earlier one.
struct Later<'a> {
    versions: TwoVersions<'a>,
    version: &'a Version,
}

impl<'a> Later<'a> {
    fn of(slot: &'a Slot<'_>, earlier: usize, later: usize) -> Option<Self> {
        let versions = TwoVersions::of(slot.versions.get(earlier)?, slot.versions.get(later)?);
        Some(Self { versions, version: slot.submission.versions.get(later)? })
    }

    /// The cell of a query in both versions; `None` when it names none, or nothing was read from it.
    fn pair(&self, finding: &Finding) -> Option<Pair> {
        self.versions.at(&finding.place()?)
    }

    /// The same query in this version.
    fn still(&self, finding: &Finding) -> Option<&'a Finding> {
        let moved = self.pair(finding).and_then(|pair| pair.after).map(|(place, _)| place);
        self.version.findings.iter().find(|other| is_still(finding, moved.as_ref(), other))
    }

    /// Whether the query would be found if it were still there.
    fn is_checked(&self, finding: &Finding) -> bool {
        self.version.usable && self.pair(finding).is_none_or(|pair| pair.after.is_some())
    }

    /// Whether the query is gone for certain.
    fn has_settled(&self, finding: &Finding) -> bool {
        self.is_checked(finding) && self.still(finding).is_none()
    }
}

/// What became of a query in the version `came` with its answer, and since then in the one that is rated.
fn answered(
    finding: &Finding,
    line: Option<&QuotedQuery>,
    came: &Later<'_>,
    since: Option<&Later<'_>>,
) -> AnsweredQuery {
    let response = line.and_then(|line| line.response.clone());
    let place = finding.place();
    let cells = place.iter().chain(finding.involved.iter().filter(|cell| cell.file == finding.file));
    let still = came.still(finding);
    let state = match still {
        Some(still) if still.accepted.is_some() => QueryState::Accepted,
        Some(_) if response.is_some() => QueryState::Answered,
        Some(_) => QueryState::NoAnswer,
        None if came.is_checked(finding) => QueryState::Settled,
        None => QueryState::NotChecked,
    };
    let settled_since = since.filter(|later| state != QueryState::Settled && later.has_settled(finding));
    AnsweredQuery {
        number: line.and_then(|line| line.number),
        finding: finding.clone(),
        still: still.cloned(),
        response,
        unchanged: came
            .pair(finding)
            .and_then(|Pair { before, after }| after.filter(|(_, shown)| *shown == before).map(|_| before)),
        changed: cells.filter_map(|place| changed(came.versions.at(place)?)).collect(),
        state,
        settled_since: settled_since.map(|later| later.version.received),
    }
}

/// Whether another version has the same query, where the cell may have moved on the sheet.
fn is_still(finding: &Finding, moved: Option<&CellRef>, other: &Finding) -> bool {
    match moved {
        Some(place) => {
            finding.kind == other.kind
                && other.sheet.as_ref() == Some(&place.sheet)
                && other.cell == Some(place.cell)
        }
        None => finding.asks_like(other),
    }
}

fn changed(pair: Pair) -> Option<ChangedCell> {
    let (place, after) = pair.after?;
    (after != pair.before).then_some(ChangedCell { place, before: pair.before, after })
}

/// What the provider entered in the action plan and the officer has not recorded.
fn plan(case: &Case<'_>, entries: &[PlanEntry]) -> Vec<PlanEntry> {
    let is_recorded = |own: &&PlanEntry| {
        case.records.actions.iter().any(|action| {
            let recorded = [&action.issue, &action.action, &action.outcomes, &action.timescale];
            let own = [&own.issue, &own.action, &own.outcomes, &own.timescale];
            recorded.into_iter().zip(own).all(|(recorded, own)| fold(recorded) == fold(own))
        })
    };
    entries.iter().filter(|own| !is_recorded(own)).cloned().collect()
}

/// Findings on words of the provider that are no answer to a query.
fn left_over<'a>(
    came: &'a Came<'_>,
    asked: &'a [Finding],
    pairs: &'a [Option<usize>],
) -> impl Iterator<Item = Finding> + use<'a> {
    let lines = || came.sheet.queries.iter().zip(pairs);
    let unmatched: Vec<&Response> =
        lines().filter(|(_, pair)| pair.is_none()).filter_map(|(line, _)| line.response.as_ref()).collect();
    // What was asked for is the council's own column; other words there are the provider's.
    let overwritten = lines().filter_map(|(line, pair)| {
        let finding = asked.get((*pair)?)?;
        let is_ours =
            line.asked.is_empty() || finding.accepted.is_some() || fold(&line.asked) == fold(&finding.help);
        (!is_ours && line.response.is_none() && quotes(line, finding)).then_some(line)
    });
    let overwritten: Vec<&str> = overwritten.map(|line| line.asked.as_str()).collect();
    let unmatched = unmatched.split_first().map(|(first, more)| {
        let message = format!(
            "{} answers no query that was put on this return: “{}”.{}",
            first.cell,
            shortened(&first.text),
            also(more)
        );
        came.finding(&RESPONSE_UNMATCHED, message)
    });
    let misplaced: Vec<&Response> = came.sheet.misplaced.iter().collect();
    let misplaced = misplaced.split_first().map(|(first, more)| {
        let message = format!(
            "{} stands beside the column for answers and was not taken for one: “{}”.{}",
            first.cell,
            shortened(&first.text),
            also(more)
        );
        came.finding(&RESPONSE_MISPLACED, message)
    });
    let overwritten = overwritten.first().map(|first| {
        let message = format!(
            "The column “What to send” was written over and not taken for an answer: “{}”.",
            shortened(first)
        );
        came.finding(&RESPONSE_MISPLACED, message)
    });
    let headless = (!came.sheet.has_queries && asked.iter().any(Finding::asks)).then(|| {
        let message = "The table of queries could not be found by its headings; no answer was read.";
        came.finding(&RESPONSE_MISPLACED, message.to_string())
    });
    [unmatched, misplaced, overwritten, headless].into_iter().flatten()
}

fn quotes(line: &QuotedQuery, finding: &Finding) -> bool {
    Words::of_line(line).quotes(&Words::of_finding(finding))
}

/// The cells of what else there is.
fn also(more: &[&Response]) -> String {
    let named: Vec<String> = more.iter().take(CELLS_NAMED).map(|own| own.cell.to_string()).collect();
    match (named.is_empty(), more.len() > named.len()) {
        (true, _) => String::new(),
        (false, false) => format!(" Likewise {}.", named.join(", ")),
        (false, true) => format!(" Likewise {} and more.", named.join(", ")),
    }
}

fn shortened(text: &str) -> String {
    let text = one_line(text);
    match text.char_indices().nth(LONGEST_REPEATED) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
}

/// Whether a later reply has every answer of an earlier one.
fn is_repeated(earlier: &Reply, later: &Reply) -> bool {
    let answers = |reply: &Reply| -> BTreeSet<(Arc<str>, String)> {
        let queries = reply.queries.iter();
        queries
            .filter_map(|own| {
                Some((own.finding.message.as_str().into(), own.response.as_ref()?.text.clone()))
            })
            .collect()
    };
    answers(earlier).is_subset(&answers(later)) && earlier.plan.iter().all(|own| later.plan.contains(own))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::finding_kinds::{TOTAL_MISMATCH, WORKBOOK_LINKS_ELSEWHERE};
    use crate::domain::place::CellAddress;

    fn at(cell: &str, message: &str) -> Finding {
        let cell = CellAddress::parse(cell).unwrap();
        let place = CellRef { file: "returns/a.xlsx".into(), sheet: "KPIs".into(), cell };
        Finding::at(&TOTAL_MISMATCH, &place, message.into())
    }

    fn line(sheet: &str, cell: &str, found: &str) -> QuotedQuery {
        QuotedQuery { sheet: sheet.into(), cell: cell.into(), found: found.into(), ..QuotedQuery::default() }
    }

    #[test]
    fn lines_go_by_words_and_cell_then_by_either_where_it_is_certain() {
        let whole = Finding::in_file(&WORKBOOK_LINKS_ELSEWHERE, &"returns/a.xlsx".into(), "Links.".into());
        let asked =
            [at("D7", "The total is 9."), at("D7", "The result is 3."), at("E7", "The total is 9."), whole];
        for (lines, expected) in [
            (
                vec![line("kpis", "e7", "The  total is 9"), line("KPIs", "D7", "The total is 9.")],
                vec![Some(2), Some(0)],
            ),
            // The words have changed, the cell has one query; the cell has two.
            (vec![line("KPIs", "E7", "A total of 9?")], vec![Some(2)]),
            (vec![line("KPIs", "D7", "A total of 9?")], vec![None]),
            // The cell has changed; the words stand once; twice.
            (vec![line("Sheet1", "A1", "The result is 3.")], vec![Some(1)]),
            (vec![line("Sheet1", "A1", "The total is 9.")], vec![None]),
            (vec![line("Whole file", "", "Links.")], vec![Some(3)]),
            (vec![line("Whole file", "", "Something else.")], vec![None]),
            // A line that was copied.
            (
                vec![line("KPIs", "E7", "The total is 9."), line("KPIs", "E7", "The total is 9.")],
                vec![Some(2), None],
            ),
            (vec![line("KPIs", "E7", "The total is 9.\nYou said on 3 May 2026: “It is.”")], vec![Some(2)]),
        ] {
            assert_eq!(pairs(&asked, &lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn a_line_quotes_a_message_or_does_not() {
        for (found, message, says_it) in [
            ("The total is 9", "The total is 9.", true),
            ("The total is 9. You said on 3 May 2026: “Yes.”", "The total is 9.", true),
            ("The total is 91.", "The total is 9.", false),
            ("The total is 9. And 3 more like it.", "The total is 9.", false),
            ("", "The total is 9.", false),
        ] {
            assert_eq!(quotes(&line("KPIs", "D7", found), &at("D7", message)), says_it, "{found}");
        }
    }
}
