//! `letters/<id>.html`: a paper drafted for legal review, to be read on paper or opened in a word processor.
//!
//! Word processors know neither style variables nor grids, so letters have a plain style of their own and plain tables.

use serde::Serialize;

use crate::domain::period::long_date;
use crate::review::ActionRow;
use crate::review::paper::{Paper, PaperContent, PaperPart, PlanRow};

use super::engine::Pages;
use super::parts::Frame;
use super::sources::sources;
use super::words;

/// Rows left blank below the filled ones of a plan, to be written in.
const BLANK_ROWS: usize = 1;

#[derive(Debug, Serialize)]
struct LetterView {
    #[serde(skip)]
    page: Frame,
    draft: String,
    title: String,
    facts: Vec<Fact>,
    because: Vec<String>,
    parts: Vec<Part>,
    signatures: Vec<String>,
    as_of: String,
}

#[derive(Debug, Serialize)]
struct Fact {
    label: &'static str,
    value: String,
}

#[derive(Debug, Serialize)]
struct Part {
    heading: String,
    paragraphs: Vec<String>,
    evidence: Vec<EvidenceRow>,
    lines: Vec<String>,
    table: Option<Table>,
    /// Said where there is nothing to fill the part with.
    nothing: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct EvidenceRow {
    number: usize,
    text: String,
    sources: Vec<String>,
}

/// A plan: the first cell of a row is its heading.
#[derive(Debug, Serialize)]
struct Table {
    headings: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

/// The page of one paper.
///
/// # Errors
/// When a template is at fault; never because of what a return says.
pub fn letter_page(pages: &Pages, paper: &Paper) -> anyhow::Result<String> {
    let view = view(pages, paper);
    pages.render("letter.html", &view.page, &view)
}

fn view(pages: &Pages, paper: &Paper) -> LetterView {
    let councils =
        if paper.councils.is_empty() { "The council".to_string() } else { words::list(&paper.councils) };
    let draft = pages.phrase("draft-heading");
    let title = format!(
        "{draft}: {}, {}, {}, {}",
        paper.title,
        paper.provider,
        paper.contract_title,
        paper.period.label()
    );
    let head = format!("{}: {}", paper.title, paper.provider);
    LetterView {
        page: Frame::of_letter(pages, title, councils.clone(), &draft, &head),
        draft,
        title: paper.title.clone(),
        facts: facts(paper, councils),
        because: paper
            .because
            .iter()
            .map(|(title, clause)| match clause.as_str() {
                "" => title.clone(),
                clause => format!("{title} (clause {clause})"),
            })
            .collect(),
        parts: paper.parts.iter().map(part).collect(),
        signatures: std::iter::once("Legal services, review of this draft".to_string())
            .chain(paper.councils.iter().map(|council| format!("For {council}")))
            .chain([format!("For {}", paper.provider)])
            .collect(),
        as_of: long_date(paper.as_of),
    }
}

fn facts(paper: &Paper, councils: String) -> Vec<Fact> {
    let mut facts = vec![
        Fact { label: "From", value: councils },
        Fact { label: "To", value: paper.provider.clone() },
        Fact { label: "Contract", value: paper.contract_title.clone() },
        Fact { label: "Clause", value: paper.clause.clone() },
        Fact { label: "Period reviewed", value: paper.period.describe() },
        Fact { label: "Facts as at", value: long_date(paper.as_of) },
        Fact {
            label: "To act by",
            value: match paper.by {
                Some(by) if by < paper.as_of => format!("{}, which has passed", words::day_and_date(by)),
                Some(by) => words::day_and_date(by),
                None => "The clause sets no date; to be agreed".to_string(),
            },
        },
        Fact { label: "Date of issue", value: String::new() },
    ];
    facts.retain(|fact| fact.label == "Date of issue" || !fact.value.is_empty());
    facts
}

fn part(own: &PaperPart) -> Part {
    let mut part = Part {
        heading: own.heading.clone(),
        paragraphs: own.paragraphs.clone(),
        evidence: Vec::new(),
        lines: Vec::new(),
        table: None,
        nothing: None,
    };
    match &own.content {
        PaperContent::Nothing => {}
        PaperContent::Evidence(evidence) => {
            part.evidence = (1..)
                .zip(evidence)
                .map(|(number, own)| EvidenceRow {
                    number,
                    text: own.text.clone(),
                    sources: sources(&own.cells),
                })
                .collect();
            part.nothing = evidence.is_empty().then_some("No evidence is recorded.");
        }
        PaperContent::Lines(lines) => {
            part.lines.clone_from(lines);
            part.nothing =
                lines.is_empty().then_some("No key performance indicator is below target in this period.");
        }
        PaperContent::ImprovementPlan(rows) => part.table = Some(improvement_plan(rows)),
        PaperContent::ActionPlan(rows) => part.table = Some(action_plan(rows)),
    }
    part
}

fn improvement_plan(rows: &[PlanRow]) -> Table {
    let row = |row: &PlanRow| {
        [&row.kpi, &row.current, &row.tasks, &row.milestones, &row.timescales, &row.resources]
            .map(String::clone)
            .to_vec()
    };
    Table {
        headings: vec![
            "KPI",
            "Current performance",
            "Key tasks",
            "Milestones",
            "Timescales",
            "Identified resources",
        ],
        rows: rows.iter().map(row).chain(blank(6)).collect(),
    }
}

fn action_plan(rows: &[ActionRow]) -> Table {
    let row = |row: &ActionRow| {
        [&row.kpi, &row.current, &row.issue, &row.action, &row.outcomes, &row.timescale]
            .map(String::clone)
            .to_vec()
    };
    Table {
        headings: vec![
            "KPI",
            "Current Performance Level",
            "Issue / reason identified",
            "Action to be taken",
            "Expected outcomes",
            "Timescale",
        ],
        rows: rows.iter().map(row).chain(blank(6)).collect(),
    }
}

fn blank(columns: usize) -> impl Iterator<Item = Vec<String>> {
    std::iter::repeat_n(vec![String::new(); columns], BLANK_ROWS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::pages::{markup, samples};
    use crate::review::paper::HEADING;

    fn page() -> String {
        let page = letter_page(samples::pages(), &samples::paper()).unwrap();
        samples::keep("letter.html", &page);
        page
    }

    #[test]
    fn the_page_is_sound_and_headed_as_a_draft() {
        let page = page();
        markup::check(&page);
        assert!(!page.contains("<script>"));
        assert!(page.contains(&format!("<title>{HEADING}: Formal warning")));
        assert!(page.contains(&format!("<p class=\"draft\">{HEADING}</p>")));
        assert!(page.contains("The program that drafted it decides nothing"));
        assert_eq!(page, self::page());
    }

    #[test]
    fn clause_evidence_and_date_are_filled_in() {
        let page = page();
        for words in [
            "6.7, 6.8",
            "Red in two months (clause 6.7)",
            "returns/feb.xlsx, sheet “Visit log”, cell E5",
            "In the council’s records",
            "Friday 30 January 2026",
            "No key performance indicator is below target",
            "Legal services, review of this draft",
            "For Invented Council",
        ] {
            let escaped = words.replace('/', "&#x2F;");
            assert!(page.contains(words) || page.contains(&escaped), "{words}");
        }
    }

    #[test]
    fn the_date_to_act_by_is_never_made_up() {
        let by = |by: Option<&str>| {
            let paper = Paper { by: by.map(|day| day.parse().unwrap()), ..samples::paper() };
            let facts = facts(&paper, String::new());
            facts.into_iter().find(|fact| fact.label == "To act by").unwrap().value
        };
        for (given, said) in [
            (None, "The clause sets no date; to be agreed"),
            (Some("2026-01-20"), "Tuesday 20 January 2026"),
            (Some("2026-01-19"), "Monday 19 January 2026, which has passed"),
        ] {
            assert_eq!(by(given), said);
        }
    }

    #[test]
    fn plans_have_the_schedules_columns_and_room_to_write() {
        let view = view(samples::pages(), &samples::paper());
        let tables: Vec<&Table> = view.parts.iter().filter_map(|part| part.table.as_ref()).collect();
        assert_eq!(
            tables[0].headings,
            ["KPI", "Current performance", "Key tasks", "Milestones", "Timescales", "Identified resources"]
        );
        assert_eq!(
            tables[1].headings,
            [
                "KPI",
                "Current Performance Level",
                "Issue / reason identified",
                "Action to be taken",
                "Expected outcomes",
                "Timescale"
            ]
        );
        for table in tables {
            assert_eq!(table.rows.len(), 1 + BLANK_ROWS);
            assert!(table.rows.iter().all(|row| row.len() == table.headings.len()));
        }
    }
}
