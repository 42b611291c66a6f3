//! `report.html`: all providers of one contract on one page, for the council.

use std::ops::Range;

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::period::long_date;
use crate::domain::quantity::{Quantity, Unit, show};
use crate::domain::text::capital;
use crate::review::report::{
    AlertRow, Borough, Compliance, ContractReport, Matrix, MatrixCell, MatrixRow, NotificationRow, Ranking,
    RankingRow, Section,
};

use super::benchmark::{self, Compared};
use super::engine::Pages;
use super::links::{Anchor, ReportLinks};
use super::parts::{Entry, Frame, Tag};
use super::report_maturity::{self, MaturityView};
use super::words;

#[derive(Debug, Serialize)]
struct ReportView {
    #[serde(skip)]
    page: Frame,
    title: String,
    /// What those are called who are under the contract: one, and several.
    one: String,
    many: String,
    contract: String,
    as_of: String,
    lead: String,
    summary: Vec<String>,
    portfolio: Anchor,
    workbook: Anchor,
    sections: Vec<SectionView>,
    readings: Vec<String>,
    legend: Vec<Meaning>,
}

/// One section; which fields are filled depends on its kind, and the template goes by the kind.
#[derive(Debug, Serialize)]
struct SectionView {
    kind: &'static str,
    title: String,
    tables: Vec<MatrixTable>,
    ranking: Option<RankingTable>,
    open: Vec<AlertLine>,
    closed: Vec<AlertLine>,
    events: Vec<EventLine>,
    boroughs: Vec<BoroughPart>,
    compared: Vec<Compared>,
    maturity: Option<MaturityView>,
}

/// The provider of a row.
#[derive(Debug, Serialize)]
pub struct Who {
    name: String,
    /// Its newest pack.
    pack: Option<Anchor>,
    standings: Vec<String>,
}

impl Who {
    /// A provider by its name alone.
    pub(super) fn named(name: &str) -> Self {
        Self { name: name.to_string(), pack: None, standings: Vec::new() }
    }

    /// The same without what is said of its standing.
    pub(super) fn without_standings(self) -> Self {
        Self { standings: Vec::new(), ..self }
    }
}

/// The columns of one group.
#[derive(Debug, Serialize)]
struct MatrixTable {
    title: String,
    columns: Vec<Column>,
    rows: Vec<MatrixLine>,
}

#[derive(Debug, Serialize)]
struct Column {
    title: String,
    clause: String,
}

#[derive(Debug, Serialize)]
struct MatrixLine {
    who: Who,
    cells: Vec<Standing>,
}

/// A tag with what is to be said of it.
#[derive(Debug, Serialize)]
struct Standing {
    tag: Tag,
    notes: Vec<String>,
}

#[derive(Debug, Serialize)]
struct RankingTable {
    clause: String,
    reading: Option<String>,
    criteria: Vec<Criterion>,
    rows: Vec<RankingLine>,
}

#[derive(Debug, Serialize)]
struct Criterion {
    title: String,
    weight: String,
}

#[derive(Debug, Serialize)]
struct RankingLine {
    rank: String,
    who: Who,
    sum: String,
    scores: Vec<String>,
    reasons: Vec<String>,
}

#[derive(Debug, Serialize)]
struct AlertLine {
    who: Who,
    service: String,
    raised: String,
    reason: String,
    told: &'static str,
    tag: Tag,
    review: String,
}

#[derive(Debug, Serialize)]
struct EventLine {
    who: Who,
    service: String,
    kind: String,
    clause: String,
    event: String,
    last_day: String,
    notified: String,
    tag: Tag,
    note: String,
}

#[derive(Debug, Serialize)]
struct BoroughPart {
    name: String,
    id: String,
    number: String,
    columns: Vec<String>,
    rows: Vec<BoroughLine>,
    alerts: Vec<AlertLine>,
}

#[derive(Debug, Serialize)]
struct BoroughLine {
    who: Who,
    cells: Vec<Standing>,
}

#[derive(Debug, Serialize)]
struct Meaning {
    tag: Tag,
    meaning: &'static str,
}

/// The page of one contract's report. `links` are paths from the page's own folder.
///
/// # Errors
/// When a template is at fault; never because of what a return says.
pub fn report_page(pages: &Pages, report: &ContractReport, links: &ReportLinks) -> anyhow::Result<String> {
    let view = view(pages, report, links);
    pages.render("report.html", &view.page, &view)
}

fn view(pages: &Pages, report: &ContractReport, links: &ReportLinks) -> ReportView {
    let who = |name: &str| Who {
        name: name.to_string(),
        pack: links.packs.get(name).map(|path| Anchor::new(name, path)),
        standings: report.provider(name).map(|own| own.standings.clone()).unwrap_or_default(),
    };
    let mut sections: Vec<SectionView> = report.sections.iter().map(|own| section(own, &who)).collect();
    sections.iter_mut().for_each(|own| own.title = pages.phrase(&own.title));
    let mut contents: Vec<Entry> = Vec::new();
    for own in &sections {
        contents.push(Entry::new(own.kind, &own.title));
        contents.extend(own.boroughs.iter().map(|borough| Entry::new(&borough.id, &borough.name)));
    }
    if !report.readings.is_empty() {
        contents.push(Entry::new("readings", pages.phrase("readings-heading")));
    }
    contents.push(Entry::new("how-to-read", pages.phrase("how-to-read-heading")));
    let organisation = if report.councils.is_empty() {
        report.contract_title.clone()
    } else {
        words::list(&report.councils)
    };
    let as_of = long_date(report.as_of);
    let mut summary = report.summary.iter().cloned();
    ReportView {
        page: Frame::new(
            pages,
            format!("{}: {}, as at {as_of}", report.title, report.contract_title),
            organisation,
            &format!("{}: {}", report.contract_title, report.title),
            &format!("As at {as_of}"),
            contents,
        )
        .wide(),
        title: report.title.clone(),
        one: capital(&report.called.one),
        many: report.called.many.clone(),
        contract: report.contract_title.clone(),
        as_of,
        lead: summary.next().unwrap_or_default(),
        summary: summary.collect(),
        portfolio: Anchor::new("All contracts and providers", &links.portfolio),
        workbook: Anchor::new("This report as a workbook", &links.workbook),
        sections,
        readings: report.readings.clone(),
        legend: legend(),
    }
}

fn legend() -> Vec<Meaning> {
    [
        (Compliance::Met, "The requirement is met."),
        (Compliance::Partly, "It was met late, or what came in leaves it in question."),
        (Compliance::NotMet, "It is not met, or nothing came in by the due date."),
        (Compliance::Nothing, "Nothing is due yet, or there is nothing to judge."),
    ]
    .into_iter()
    .map(|(compliance, meaning)| Meaning { tag: compliance.into(), meaning })
    .collect()
}

fn section(section: &Section, who: &dyn Fn(&str) -> Who) -> SectionView {
    let mut view = SectionView {
        kind: "compliance",
        title: "report-compliance-heading".to_string(),
        tables: Vec::new(),
        ranking: None,
        open: Vec::new(),
        closed: Vec::new(),
        events: Vec::new(),
        boroughs: Vec::new(),
        compared: Vec::new(),
        maturity: None,
    };
    if let Some((kind, title, own)) = report_maturity::view(section, who) {
        (view.kind, view.title, view.maturity) = (kind, title.to_string(), Some(own));
        return view;
    }
    match section {
        Section::Compliance(matrix) => view.tables = matrix_tables(matrix, who),
        Section::Priorities(ranking) => {
            view.kind = "priorities";
            view.title.clone_from(&ranking.title);
            view.ranking = Some(ranking_table(ranking, who));
        }
        Section::Benchmark(comparisons) => {
            view.kind = "benchmark";
            view.title = "benchmark-heading".to_string();
            view.compared = benchmark::of_report(comparisons, who);
        }
        Section::Alerts(alerts) => {
            view.kind = "alerts";
            view.title = "report-alerts-heading".to_string();
            let lines = |closed: bool| {
                alerts
                    .iter()
                    .filter(|own| own.closed.is_some() == closed)
                    .map(|own| alert(own, who))
                    .collect()
            };
            (view.open, view.closed) = (lines(false), lines(true));
        }
        Section::Notifications(events) => {
            view.kind = "notifications";
            view.title = "report-notifications-heading".to_string();
            view.events = events.iter().map(|own| event(own, who)).collect();
        }
        Section::Boroughs(boroughs) => {
            view.kind = "boroughs";
            view.title = "report-boroughs-heading".to_string();
            view.boroughs = (1..).zip(boroughs).map(|(number, own)| borough(number, own, who)).collect();
        }
        Section::Profiles(_) | Section::Themes(_) | Section::Movement(_) | Section::ForwardPlan(_) => {}
    }
    view
}

fn standing(cell: &MatrixCell) -> Standing {
    Standing { tag: Tag::from(cell.compliance).saying(&cell.word), notes: cell.notes.clone() }
}

fn matrix_tables(matrix: &Matrix, who: &dyn Fn(&str) -> Who) -> Vec<MatrixTable> {
    let table = |(title, range): (&str, Range<usize>)| MatrixTable {
        title: title.to_string(),
        columns: matrix
            .columns
            .iter()
            .take(range.end)
            .skip(range.start)
            .map(|own| Column { title: own.title.clone(), clause: own.clause.clone() })
            .collect(),
        rows: matrix
            .rows
            .iter()
            .map(|row| MatrixLine {
                who: who(&row.provider),
                cells: row.cells.iter().take(range.end).skip(range.start).map(standing).collect(),
            })
            .collect(),
    };
    matrix.groups().into_iter().map(table).collect()
}

fn ranking_table(ranking: &Ranking, who: &dyn Fn(&str) -> Who) -> RankingTable {
    let number = |value: Quantity| show(value, Unit::Count, &[]);
    let row = |row: &RankingRow| RankingLine {
        rank: row.rank.map_or_else(|| "–".to_string(), |rank| rank.to_string()),
        who: who(&row.provider),
        sum: row.sum.map_or_else(|| "Not scored".to_string(), number),
        scores: row
            .scores
            .iter()
            .map(|score| score.map_or_else(|| "Not scored".to_string(), number))
            .collect(),
        reasons: row.reasons.clone(),
    };
    RankingTable {
        clause: ranking.clause.clone(),
        reading: ranking.reading.clone(),
        criteria: ranking
            .criteria
            .iter()
            .map(|(title, weight)| Criterion { title: title.clone(), weight: number(*weight) })
            .collect(),
        rows: ranking.rows.iter().map(row).collect(),
    }
}

fn date(day: Option<NaiveDate>) -> String {
    day.map_or_else(|| "–".to_string(), long_date)
}

fn alert(own: &AlertRow, who: &dyn Fn(&str) -> Who) -> AlertLine {
    let tag = match (own.closed, own.due) {
        (Some(day), _) => Tag::from(Compliance::Nothing).saying(format!("Closed {}", long_date(day))),
        (None, true) => Tag::from(Compliance::NotMet).saying("Review due"),
        (None, false) => Tag::from(Compliance::Partly).saying("Open"),
    };
    AlertLine {
        who: who(&own.provider),
        service: own.service.clone().unwrap_or_else(|| "–".to_string()),
        raised: long_date(own.raised),
        reason: own.reason.clone(),
        told: match own.provider_told {
            Some(true) => "Yes",
            Some(false) => "No",
            None => "Not recorded",
        },
        tag,
        review: own.review.map_or_else(|| "Not set".to_string(), long_date),
    }
}

fn event(own: &NotificationRow, who: &dyn Fn(&str) -> Who) -> EventLine {
    EventLine {
        who: who(&own.provider),
        service: own.service.clone().unwrap_or_else(|| "–".to_string()),
        kind: own.kind.clone(),
        clause: own.clause.clone(),
        event: long_date(own.event),
        last_day: long_date(own.last_day),
        notified: date(own.notified),
        tag: Tag::from(own.compliance).saying(&own.status),
        note: own.note.clone(),
    }
}

/// One group of a provider's cells in one: how many are not met, and which.
fn together(matrix: &Matrix, row: &MatrixRow, range: &Range<usize>) -> Standing {
    let cells: Vec<(&str, &MatrixCell)> = matrix
        .columns
        .iter()
        .map(|own| own.title.as_str())
        .zip(&row.cells)
        .take(range.end)
        .skip(range.start)
        .collect();
    let worst = cells.iter().map(|(_, cell)| cell.compliance).max().unwrap_or(Compliance::Nothing);
    let number = |of: fn(Compliance) -> bool| cells.iter().filter(|(_, cell)| of(cell.compliance)).count();
    let judged = number(|own| own > Compliance::Nothing);
    let tag = Tag::from(worst).saying(match worst {
        Compliance::Nothing => "Nothing to judge".to_string(),
        Compliance::Met => format!("All {judged} met"),
        Compliance::Partly => {
            format!("{} of {judged} late or in question", number(|own| own == Compliance::Partly))
        }
        Compliance::NotMet => format!("{} of {judged} not met", number(|own| own == Compliance::NotMet)),
    });
    let failing: Vec<_> = cells.iter().filter(|(_, cell)| cell.compliance > Compliance::Met).collect();
    let alike = failing.iter().all(|(_, cell)| failing.first().is_some_and(|(_, own)| own.word == cell.word));
    let notes = match failing.first() {
        Some((_, first)) if failing.len() > 1 && failing.len() == cells.len() && alike => {
            vec![format!("All {}: {}", cells.len(), first.word.to_lowercase())]
        }
        _ => failing.iter().map(|(title, cell)| format!("{title}: {}", cell.word.to_lowercase())).collect(),
    };
    Standing { tag, notes }
}

fn borough(number: usize, own: &Borough, who: &dyn Fn(&str) -> Who) -> BoroughPart {
    let groups = own.matrix.groups();
    BoroughPart {
        name: own.name.clone(),
        id: format!("borough-{number}"),
        number: words::count(own.matrix.rows.len(), "provider", "providers"),
        columns: groups.iter().map(|(title, _)| (*title).to_string()).collect(),
        rows: own
            .matrix
            .rows
            .iter()
            .map(|row| BoroughLine {
                who: who(&row.provider),
                cells: groups.iter().map(|(_, range)| together(&own.matrix, row, range)).collect(),
            })
            .collect(),
        alerts: own.alerts.iter().map(|own| alert(own, who)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::pages::{markup, samples};
    use crate::review::report::Profiles;
    use proptest::prelude::*;

    fn page() -> String {
        let page = report_page(samples::pages(), &samples::report(), &samples::report_links()).unwrap();
        samples::keep("report.html", &page);
        page
    }

    #[test]
    fn the_page_is_sound() {
        let page = page();
        markup::check(&page);
        assert!(!page.contains("<script>"), "a planted element came through");
        assert!(page.contains("Smith &amp; Sons"));
        assert_eq!(page, self::page());
    }

    #[test]
    fn every_section_stands_in_the_contents_and_in_their_order() {
        let view = view(samples::pages(), &samples::report(), &samples::report_links());
        let listed: Vec<String> = markup::values(&page(), "a", "href")
            .into_iter()
            .filter_map(|href| href.strip_prefix('#').map(str::to_string))
            .filter(|id| id != "main")
            .collect();
        assert_eq!(listed, markup::values(&page(), "section", "id"));
        let kinds: Vec<&str> = view.sections.iter().map(|own| own.kind).collect();
        assert_eq!(
            kinds,
            [
                "compliance",
                "priorities",
                "benchmark",
                "alerts",
                "notifications",
                "profiles",
                "themes",
                "movement",
                "forward-plan",
                "boroughs"
            ]
        );
    }

    #[test]
    fn names_lead_to_packs_and_suspensions_are_said() {
        let page = page();
        assert!(page.contains("<a href=\"Larkspur%20Row/2025-26%20Q4/pack.html\">Larkspur Row</a>"));
        assert!(page.contains("Suspended since 8 June 2026"));
        assert!(page.contains("href=\"report.xlsx\"") && page.contains("href=\"../index.html\""));
    }

    #[test]
    fn groups_are_drawn_together_for_a_borough() {
        let report = samples::report();
        let Some(Section::Boroughs(boroughs)) = report.sections.last() else { panic!() };
        let matrix = &boroughs[0].matrix;
        let told: Vec<Vec<(String, Vec<String>)>> = matrix
            .rows
            .iter()
            .map(|row| {
                matrix
                    .groups()
                    .iter()
                    .map(|(_, range)| {
                        let own = together(matrix, row, range);
                        (format!("{:?}", own.tag), own.notes)
                    })
                    .collect()
            })
            .collect();
        let notes = |row: usize| told[row].iter().map(|(_, notes)| notes.join("|")).collect::<Vec<_>>();
        assert_eq!(
            notes(0),
            ["Quarterly form, 2025-26 Q4: missing", "All 2: cannot be used", "Conditions: 1 holds"]
        );
        assert_eq!(notes(1), ["", "", ""]);
        for (row, words) in [
            (0, ["1 of 1 not met", "2 of 2 late or in question", "1 of 1 not met"]),
            (1, ["All 1 met", "All 1 met", "All 1 met"]),
        ] {
            for ((tag, _), words) in told[row].iter().zip(words) {
                assert!(tag.contains(words), "{tag}: {words}");
            }
        }
    }

    #[test]
    fn a_report_without_entries_says_so() {
        let mut report = samples::report();
        report.sections = vec![
            Section::Alerts(Vec::new()),
            Section::Notifications(Vec::new()),
            Section::Boroughs(Vec::new()),
            Section::Profiles(Profiles { areas: Vec::new(), rows: Vec::new() }),
            Section::Movement(Vec::new()),
            Section::ForwardPlan(Vec::new()),
        ];
        let page = report_page(samples::pages(), &report, &ReportLinks::default()).unwrap();
        markup::check(&page);
        assert!(page.contains("No alert is open.") && page.contains("records no event"));
        assert!(page.contains("No self-assessment has come in.") && page.contains("plans nothing"));
        assert!(page.contains("Nothing was reviewed again"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn no_text_of_a_register_breaks_the_page(text in "[<>\"'&{}%/#\\\\ a-z\u{a0}é–]{1,40}") {
            let mut report = samples::report();
            report.title.clone_from(&text);
            for section in &mut report.sections {
                match section {
                    Section::Compliance(matrix) => matrix.rows[0].cells[0].word.clone_from(&text),
                    Section::Priorities(ranking) => ranking.rows[0].reasons = vec![text.clone()],
                    Section::Benchmark(compared) => compared[0].newest.title.clone_from(&text),
                    Section::Alerts(alerts) => alerts[0].service = Some(text.clone()),
                    Section::Notifications(events) => events[0].note.clone_from(&text),
                    Section::Boroughs(boroughs) => boroughs[0].name = format!("In {text}"),
                    Section::Profiles(own) => own.rows[0].notes = vec![text.clone()],
                    Section::Themes(own) => own.held = vec![text.clone()],
                    Section::Movement(rows) => rows[0].provider.clone_from(&text),
                    Section::ForwardPlan(rows) => rows[0].lead_officer = Some(text.clone()),
                }
            }
            markup::check(&report_page(samples::pages(), &report, &samples::report_links()).unwrap());
        }
    }
}
