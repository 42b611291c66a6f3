//! What would differ under a changed definition, as a page for a meeting about the variation.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::period::long_date;
use crate::domain::text::target_in_words;
use crate::review::replay::{
    ChangedEscalation, ChangedFile, ChangedRating, ChangedSubmission, ChangedSubmissionKpi, EscalationSide,
    RatingSide, Replay, ReplayedProvider, SubmissionKpiSide, SubmissionSide, Turn,
};

use super::engine::Pages;
use super::parts::{Entry, Frame, LegendRow, Tag, legend};
use super::words;

/// What the page says of a result that stands under neither.
const NEITHER: &str = "Neither met nor watched";

#[derive(Debug, Serialize)]
struct ReplayView {
    #[serde(skip)]
    page: Frame,
    contract: String,
    as_of: String,
    definition: String,
    lead: String,
    summary: Vec<String>,
    terms: Vec<TermsView>,
    providers: Vec<ProviderView>,
    /// Names of the providers for whom nothing would differ, on one line; empty where there are none.
    unchanged: String,
    register: Vec<String>,
    files: Vec<FileLine>,
    legend: Vec<LegendRow>,
}

/// The passages under one heading.
#[derive(Debug, Serialize)]
struct TermsView {
    heading: String,
    rows: Vec<TermsLine>,
}

#[derive(Debug, Serialize)]
struct TermsLine {
    within: String,
    before: Vec<String>,
    after: Vec<String>,
}

#[derive(Debug, Serialize)]
struct ProviderView {
    id: String,
    name: String,
    /// The contract, where it is not the one that was tried.
    other_contract: Option<String>,
    ratings: Vec<Line>,
    overall: Vec<Line>,
    conditions: Vec<Line>,
    returns: Vec<Line>,
    submission: Vec<Line>,
    apart: Vec<ApartLine>,
    findings: Vec<FindingsLine>,
}

/// A result before and after.
#[derive(Debug, Serialize)]
struct Line {
    what: String,
    remark: String,
    clause: String,
    period: String,
    /// How it turns, for conditions.
    turn: String,
    before: Side,
    after: Side,
}

#[derive(Debug, Serialize)]
struct Side {
    tag: Tag,
    value: String,
    notes: Vec<String>,
}

#[derive(Debug, Serialize)]
struct ApartLine {
    what: String,
    number: usize,
    under: &'static str,
    why: String,
}

#[derive(Debug, Serialize)]
struct FindingsLine {
    code: &'static str,
    tag: Tag,
    came: usize,
    went: usize,
}

#[derive(Debug, Serialize)]
struct FileLine {
    file: String,
    under: &'static str,
    reason: String,
}

/// The page of one comparison.
///
/// # Errors
/// When a template is at fault; never because of what a return or definition says.
pub fn replay_page(pages: &Pages, replay: &Replay) -> anyhow::Result<String> {
    let view = view(pages, replay);
    pages.render("replay.html", &view.page, &view)
}

fn view(pages: &Pages, replay: &Replay) -> ReplayView {
    let differing = || replay.providers.iter().filter(|own| own.differs());
    let providers: Vec<ProviderView> =
        (1..).zip(differing()).map(|(number, own)| provider(number, own, &replay.contract)).collect();
    let unchanged: Vec<&str> =
        replay.providers.iter().filter(|own| !own.differs()).map(|own| own.provider.as_str()).collect();
    let mut contents = vec![Entry::new("terms", "What the change is")];
    contents.extend(providers.iter().map(|own| Entry::new(&own.id, &own.name)));
    if !unchanged.is_empty() {
        contents.push(Entry::new("unchanged", "Providers for whom nothing would differ"));
    }
    if !replay.register.is_empty() {
        contents.push(Entry::new("register", "What of the register does not fit"));
    }
    if !replay.files.is_empty() {
        contents.push(Entry::new("files", "Files read otherwise"));
    }
    contents.push(Entry::new("how-to-read", "How to read this page"));
    let organisation = if replay.councils.is_empty() {
        replay.contract_title.clone()
    } else {
        words::list(&replay.councils)
    };
    let as_of = long_date(replay.as_of);
    let mut summary = replay.summary.iter().cloned();
    ReplayView {
        page: Frame::new(
            pages,
            format!("Under a changed definition: {}, as at {as_of}", replay.contract_title),
            organisation,
            &format!("{}: under a changed definition", replay.contract_title),
            &format!("As at {as_of}"),
            contents,
        )
        .wide(),
        contract: replay.contract_title.clone(),
        as_of,
        definition: replay.definition.clone(),
        lead: summary.next().unwrap_or_default(),
        summary: summary.collect(),
        terms: terms(replay),
        providers,
        unchanged: words::list(&unchanged),
        register: replay.register.clone(),
        files: replay.files.iter().map(file).collect(),
        legend: legend(),
    }
}

fn terms(replay: &Replay) -> Vec<TermsView> {
    let mut views: Vec<TermsView> = Vec::new();
    for own in &replay.terms {
        let line = TermsLine {
            within: own.within.clone().unwrap_or_default(),
            before: own.before.clone(),
            after: own.after.clone(),
        };
        match views.last_mut().filter(|view| view.heading == own.heading) {
            Some(view) => view.rows.push(line),
            None => views.push(TermsView { heading: own.heading.clone(), rows: vec![line] }),
        }
    }
    views
}

fn provider(number: usize, own: &ReplayedProvider, contract: &str) -> ProviderView {
    ProviderView {
        id: format!("provider-{number}"),
        name: own.provider.clone(),
        other_contract: (own.contract != contract).then(|| own.contract_title.clone()),
        ratings: own.ratings.iter().map(rating).collect(),
        overall: own
            .overall
            .iter()
            .map(|own| Line {
                what: "Overall rating".to_string(),
                remark: String::new(),
                clause: own.clause.clone(),
                period: own.period.describe(),
                turn: String::new(),
                before: Side::of(own.before),
                after: Side::of(own.after),
            })
            .collect(),
        conditions: own.escalations.iter().map(condition).collect(),
        returns: own.submissions.iter().map(submission).collect(),
        submission: own.submission_kpis.iter().map(submission_kpi).collect(),
        apart: own
            .not_compared
            .iter()
            .map(|own| ApartLine {
                what: own.what.clone(),
                number: own.number,
                under: under(own.came),
                why: words::sentence(&own.why),
            })
            .collect(),
        findings: own
            .findings
            .iter()
            .map(|own| FindingsLine {
                code: own.code,
                tag: own.severity.into(),
                came: own.came,
                went: own.went,
            })
            .collect(),
    }
}

fn under(came: bool) -> &'static str {
    if came { "The changed definition" } else { "The definition in force" }
}

impl Side {
    fn of(tag: impl Into<Tag>) -> Self {
        Self { tag: tag.into(), value: String::new(), notes: Vec::new() }
    }
}

fn rating(own: &ChangedRating) -> Line {
    let side = |own: &RatingSide| Side {
        tag: own.rating.into(),
        // Where there is no figure the rating's own word stands for it.
        value: if own.value == own.rating.word().to_lowercase() { String::new() } else { own.value.clone() },
        notes: own.target.iter().map(|target| format!("Target: {}", target_in_words(target))).collect(),
    };
    Line {
        what: format!("KPI {}, {}", own.kpi, own.title),
        remark: own.area.clone().unwrap_or_default(),
        clause: clauses(&own.before.clause, &own.after.clause),
        period: own.period.describe(),
        turn: String::new(),
        before: side(&own.before),
        after: side(&own.after),
    }
}

/// The clause, or both where they differ.
fn clauses(before: &str, after: &str) -> String {
    if before == after || before.is_empty() {
        after.to_string()
    } else {
        format!("{before}, changed: {after}")
    }
}

fn condition(own: &ChangedEscalation) -> Line {
    let by = |day: NaiveDate| format!("Act by {}", long_date(day));
    let side = |own: Option<EscalationSide>| match own {
        Some(own) => Side { notes: own.by.map(by).into_iter().collect(), ..Side::of(own.status) },
        None => Side::of(Tag::from(crate::review::ladder::LadderState::NotMet).saying(NEITHER)),
    };
    let turn: Turn = own.turn();
    Line {
        what: own.title.clone(),
        remark: String::new(),
        clause: own.clause.clone(),
        period: own.period.describe(),
        turn: turn.words().to_string(),
        before: side(own.before),
        after: side(own.after),
    }
}

fn submission(own: &ChangedSubmission) -> Line {
    let side = |own: SubmissionSide| Side {
        notes: vec![format!("Due {}", long_date(own.due))],
        ..Side::of(own.status)
    };
    Line {
        what: own.title.clone(),
        remark: own.area.clone().unwrap_or_default(),
        clause: own.clause.clone(),
        period: own.period.describe(),
        turn: String::new(),
        before: side(own.before),
        after: side(own.after),
    }
}

fn submission_kpi(own: &ChangedSubmissionKpi) -> Line {
    let side = |own: &SubmissionKpiSide| Side {
        tag: own.rating.into(),
        value: format!("{} of {}", own.met, own.due),
        notes: own.target.iter().map(|target| format!("Target: {target}")).collect(),
    };
    Line {
        what: own.title.clone(),
        remark: String::new(),
        clause: own.clause.clone(),
        period: format!("{} to {}", words::short_date(own.from), words::short_date(own.to)),
        turn: String::new(),
        before: side(&own.before),
        after: side(&own.after),
    }
}

fn file(own: &ChangedFile) -> FileLine {
    FileLine { file: own.file.clone(), under: under(own.came), reason: own.reason.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::pages::{markup, samples};

    #[test]
    fn the_page_is_sound_and_says_it_all() {
        let page = replay_page(samples::pages(), &samples::replay()).unwrap();
        samples::keep("replay.html", &page);
        markup::check(&page);
        assert!(!page.contains("<script>"), "a planted element came through");
        for said in [
            "Smith &amp; Sons",
            "at least 90%",
            "</span> Red</span>",
            "</span> Green</span>",
            "Would no longer be met",
            "Due 20 December 2025",
            "10 of 12",
            "Larkspur Row",
            "total-mismatch",
        ] {
            assert!(page.contains(said), "{said}");
        }
        assert_eq!(page, replay_page(samples::pages(), &samples::replay()).unwrap());
    }

    #[test]
    fn every_section_stands_in_the_contents() {
        for replay in [
            samples::replay(),
            Replay {
                providers: Vec::new(),
                files: Vec::new(),
                register: Vec::new(),
                terms: Vec::new(),
                ..samples::replay()
            },
        ] {
            let page = replay_page(samples::pages(), &replay).unwrap();
            markup::check(&page);
            let listed: Vec<String> = markup::values(&page, "a", "href")
                .into_iter()
                .filter_map(|href| href.strip_prefix('#').map(str::to_string))
                .filter(|id| id != "main")
                .collect();
            assert_eq!(listed, markup::values(&page, "section", "id"));
        }
    }
}
