//! Answers of a provider, from the copy that went back to the pack that shows them.

use quarterday::domain::council_feedback::{QUERY_COLUMNS, hash};
use quarterday::domain::place::CellAddress;
use quarterday::domain::reply::{QueryState, Reply};
use quarterday::intake::council_feedback::read;

use crate::support::book::{Book, Sheet};
use crate::support::forms::{information_cell, month};
use crate::support::said::{Said, brief};
use crate::support::workspace::Workspace;
use crate::support::{EAST, PROVIDER, day};
use crate::typed::{Typed, answered, book, feedback, typed};

const START: &str = "2025-09-01";
const AS_OF: &str = "2025-12-12";
const CLOSED: &str = "Number of cases closed";
/// Words of the queries on [`faulty`].
const TOTAL: &str = "is given as 11";
const HEADING: &str = "Care Acts";
const MISSING: &str = "IMHA";

fn total() -> String {
    information_cell(&month(START), EAST, CLOSED, "", "Total")
}

/// A figure in its row.
fn figure() -> String {
    information_cell(&month(START), EAST, "Number of referrals rejected", "", "IMHA")
}

/// A month with a total that does not add up, a heading of its own and a figure left out.
fn faulty() -> Book {
    month(START).with(EAST, &total(), 11).with(EAST, "G6", "Care Acts").without(EAST, &figure())
}

/// The workspace with the month in it, and the copy that goes back.
fn sent() -> (Workspace, Vec<u8>) {
    let mut workspace = Workspace::new(START);
    workspace.receive("month.xlsx", "2025-10-10", &faulty());
    workspace.run(AS_OF);
    let copy = returned(&workspace, "month.xlsx");
    (workspace, copy)
}

fn returned(workspace: &Workspace, file: &str) -> Vec<u8> {
    let copies = workspace.written("", &format!("returned/{file}"));
    assert_eq!(copies.len(), 1, "{copies:?}");
    std::fs::read(&copies[0]).unwrap()
}

fn receive(workspace: &mut Workspace, file: &str, received: &str, bytes: &[u8]) {
    workspace.drop_bytes(file, bytes);
    workspace.record("Receipts", [("File", file.into()), ("Received", day(received).into())]);
}

fn corrected(bytes: &[u8]) -> Vec<u8> {
    typed(bytes, EAST, CellAddress::parse(&total()).unwrap(), Typed::Number(10.0))
}

fn replies(said: &Said) -> &[Reply] {
    &said.monthly(START).replies
}

/// Code, answer, what became of it, and the cell before and after, of each query.
fn told(reply: &Reply) -> Vec<(&'static str, &str, QueryState, String)> {
    reply
        .queries
        .iter()
        .map(|own| {
            let response = own.response.as_ref().map_or("", |own| own.text.as_str());
            let changed: Vec<String> = own
                .changed
                .iter()
                .map(|own| format!("{} {} to {}", own.place.cell, own.before, own.after))
                .collect();
            let cells = own.unchanged.as_ref().map_or(changed.join(", "), |shown| format!("still “{shown}”"));
            (own.finding.kind.code, response, own.state, cells)
        })
        .collect()
}

#[test]
fn the_reader_finds_what_the_writer_wrote() {
    let (workspace, copy) = sent();
    let said = workspace.run(AS_OF);
    let version = &said.monthly(START).versions[0];
    let book = book(&copy);
    let sheets = read(&book);
    assert_eq!(sheets.len(), 1);
    let sheet = &sheets[0];
    assert_eq!(sheet.sha256.as_ref(), Some(&version.sha256));
    assert_eq!(hash(feedback(&book)).as_ref(), Some(&version.sha256));
    let quoted: Vec<(Option<usize>, &str, &str, &str)> = sheet
        .queries
        .iter()
        .map(|own| (own.number, own.sheet.as_str(), own.cell.as_str(), own.found.as_str()))
        .collect();
    let cells: Vec<String> = version.findings.iter().map(|own| own.cell.unwrap().to_string()).collect();
    let asked: Vec<(Option<usize>, &str, &str, &str)> = (1..)
        .zip(version.findings.iter().zip(&cells))
        .map(|(number, (own, cell))| (Some(number), EAST, cell.as_str(), own.message.as_str()))
        .collect();
    assert_eq!(quoted, asked);
    assert!(sheet.queries.iter().zip(&version.findings).all(|(line, own)| line.asked == own.help));
    assert!(sheet.misplaced.is_empty() && sheet.plan.is_empty() && sheet.has_queries);
    assert!(sheet.queries.iter().all(|own| own.response.is_none()));
    assert_eq!(book.without_feedback().sheets.len(), faulty().sheets.len());
}

#[test]
fn each_answer_stands_beside_its_query_with_what_became_of_it() {
    let (mut workspace, copy) = sent();
    let copy = answered(&corrected(&copy), TOTAL, "Figure corrected.");
    let copy = answered(&copy, HEADING, "Our system calls it so.\nWe will rename it.");
    receive(&mut workspace, "month again.xlsx", "2025-10-20", &copy);
    let said = workspace.run(AS_OF);
    assert_eq!(said.monthly(START).versions.len(), 2);
    let [reply] = replies(&said) else { panic!("{:?}", replies(&said)) };
    let versions = &said.monthly(START).versions;
    let made_of = versions[1].made_of.as_ref().unwrap();
    assert_eq!((&made_of.sha256, &made_of.file), (&versions[0].sha256, &versions[0].file));
    assert_eq!((reply.about, reply.received), (day("2025-10-10"), day("2025-10-20")));
    let changed = format!("{} 11 to 10", total());
    assert_eq!(
        told(reply),
        [
            ("total-mismatch", "Figure corrected.", QueryState::Settled, changed),
            ("required-figure-missing", "", QueryState::NoAnswer, "still “”".into()),
            (
                "heading-renamed",
                "Our system calls it so.\nWe will rename it.",
                QueryState::Answered,
                String::new()
            ),
        ]
    );
    assert_eq!(
        said.findings().iter().filter(|own| own.starts_with("response-")).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
    let pages = workspace.pages("");
    for text in ["Answers of the provider", "11 → 10", "We will rename it.", "(blank) (not changed)"] {
        assert!(pages.contains(text), "{text}");
    }

    // The copy of the second version says what was answered to what is still open, and is read again all the same.
    let next = returned(&workspace, "month again.xlsx");
    let sheets = read(&book(&next));
    assert_eq!(sheets.len(), 1, "the old feedback is replaced");
    let sheet = &sheets[0];
    let found: Vec<&str> = sheet.queries.iter().map(|own| own.found.as_str()).collect();
    let repeated = "You said on 20 October 2025: “Our system calls it so. We will rename it.”";
    assert_eq!(found.len(), 2);
    assert!(!found[0].contains("You said") && found[1].ends_with(repeated), "{found:?}");
    receive(&mut workspace, "month third.xlsx", "2025-10-30", &answered(&next, HEADING, "As said."));
    let said = workspace.run(AS_OF);
    assert_eq!(said.monthly(START).versions.len(), 2, "only the answers are new");
    let [_, second] = replies(&said) else { panic!("{:?}", replies(&said)) };
    assert!(second.same_values);
    let states: Vec<(&str, &str, QueryState)> = second
        .queries
        .iter()
        .map(|own| own.finding.kind.code)
        .zip(told(second))
        .map(|(code, own)| (code, own.1, own.2))
        .collect();
    assert_eq!(
        states,
        [
            ("required-figure-missing", "", QueryState::NoAnswer),
            ("heading-renamed", "As said.", QueryState::Answered)
        ]
    );
}

#[test]
fn answers_alone_make_no_new_version_and_are_shown_all_the_same() {
    let (mut workspace, copy) = sent();
    receive(&mut workspace, "month again.xlsx", "2025-10-20", &answered(&copy, TOTAL, "The total is right."));
    let said = workspace.run(AS_OF);
    assert_eq!(said.monthly(START).versions.len(), 1);
    let [reply] = replies(&said) else { panic!("{:?}", replies(&said)) };
    assert!(reply.same_values);
    assert_eq!(told(reply)[0].1, "The total is right.");
    assert_eq!((told(reply)[0].2, told(reply)[0].3.as_str()), (QueryState::Answered, "still “11”"));
    let (mut workspace, copy) = sent();
    receive(&mut workspace, "month again.xlsx", "2025-10-20", &copy);
    let said = workspace.run(AS_OF);
    assert_eq!(said.monthly(START).versions.len(), 1, "the coloured copy sent back as it is");
    assert!(told(&replies(&said)[0]).iter().all(|own| own.2 == QueryState::NoAnswer));
}

#[test]
fn an_answer_goes_by_its_line_and_not_by_its_number() {
    let (mut workspace, copy) = sent();
    let sheet = feedback(&book(&copy)).clone();
    let header = quarterday::domain::council_feedback::query_header(&sheet).unwrap();
    let number = header.column(QUERY_COLUMNS[0]).unwrap();
    let mut copy = answered(&copy, HEADING, "Ours.");
    for (row, own) in (header.row + 1..).zip([3.0, 1.0, 2.0]) {
        copy = typed(&copy, &sheet.name, CellAddress::new(row, number), Typed::Number(own));
    }
    receive(&mut workspace, "month again.xlsx", "2025-10-20", &copy);
    let said = workspace.run(AS_OF);
    let answers: Vec<(&str, &str)> = told(&replies(&said)[0]).iter().map(|own| (own.0, own.1)).collect();
    assert_eq!(
        answers,
        [("total-mismatch", ""), ("required-figure-missing", ""), ("heading-renamed", "Ours.")]
    );
}

#[test]
fn answers_on_the_feedback_of_another_period_are_not_matched() {
    let (mut workspace, copy) = sent();
    // September's copy filled in for October, with the answers still on it.
    let copy = answered(&copy, TOTAL, "Figure corrected.");
    let october = typed(&copy, EAST, CellAddress::new(1, 1), Typed::Text("October 2025"));
    let october = typed(&october, crate::support::WEST, CellAddress::new(1, 1), Typed::Text("October 2025"));
    receive(&mut workspace, "october.xlsx", "2025-11-10", &october);
    let said = workspace.run(AS_OF);
    let own = said.monthly("2025-10-01");
    assert_eq!(own.versions.len(), 1, "{:?}", said.results.unrecognised);
    assert!(own.replies.is_empty() && replies(&said).is_empty());
    let found: Vec<String> =
        own.findings.iter().map(brief).filter(|own| own.starts_with("response")).collect();
    assert_eq!(
        found,
        [
            "response-to-another-return Council feedback : This feedback is about another return: Monthly management \
          information for September 2025. The answer on it was not matched."
        ]
    );
}

#[test]
fn a_sheet_of_the_providers_own_stays_a_sheet_of_the_return() {
    let mut own = faulty();
    let mut sheet = Sheet::new("Council feedback");
    sheet.row(0, ["What we think of the council".into()]);
    sheet.row(1, ["Provider response".into(), "Quick and kind.".into()]);
    own.sheets.push(sheet);
    let mut workspace = Workspace::new(START);
    workspace.receive("month.xlsx", "2025-10-10", &own);
    let said = workspace.run(AS_OF);
    assert!(replies(&said).is_empty());
    let changed = {
        own.sheet("Council feedback").row(1, ["Provider response".into(), "Slow.".into()]);
        own
    };
    workspace.receive("month again.xlsx", "2025-10-20", &changed);
    assert_eq!(workspace.run(AS_OF).monthly(START).versions.len(), 2, "what it says is part of the return");
}

#[test]
fn words_beside_the_column_are_said_and_not_taken() {
    let (mut workspace, copy) = sent();
    let sheet = feedback(&book(&copy)).clone();
    let place = crate::typed::answer_to(&book(&copy), TOTAL);
    let beside = CellAddress::new(place.row, place.column + 1);
    let copy = typed(&copy, &sheet.name, beside, Typed::Text("We counted by referral date."));
    let asked = CellAddress::new(crate::typed::answer_to(&book(&copy), HEADING).row, place.column - 1);
    let copy = typed(&copy, &sheet.name, asked, Typed::Text("We call it that."));
    receive(&mut workspace, "month again.xlsx", "2025-10-20", &corrected(&copy));
    let said = workspace.run(AS_OF);
    assert!(told(&replies(&said)[0]).iter().all(|own| own.1.is_empty()));
    let found: Vec<String> =
        said.findings().into_iter().filter(|own| own.starts_with("response-misplaced")).collect();
    assert_eq!(found.len(), 2);
    assert!(found[0].contains(&format!("{beside} stands beside")) && found[0].contains("by referral date"));
    assert!(found[1].contains("“We call it that.”"), "{found:?}");
}

#[test]
fn one_providers_feedback_in_anothers_return_reaches_nobody() {
    let (mut workspace, copy) = sent();
    workspace.provider(crate::support::CONTRACT, "Elm Advocacy", START);
    let copy = answered(&copy, TOTAL, "Figure corrected.");
    let mut elm = copy;
    for sheet in [EAST, crate::support::WEST] {
        elm = typed(&elm, sheet, CellAddress::new(0, 1), Typed::Text("Elm Advocacy"));
    }
    receive(&mut workspace, "elm.xlsx", "2025-10-20", &elm);
    let said = workspace.run(AS_OF);
    let review = said.results.reviews.iter().find(|own| own.provider == "Elm Advocacy").unwrap();
    let own = review.submissions.iter().find(|own| !own.versions.is_empty()).unwrap();
    assert!(own.replies.is_empty());
    let finding = own.findings.iter().find(|own| own.kind.code == "response-to-another-return").unwrap();
    assert!(finding.message.contains("its title is not that of this return"), "{}", finding.message);
    for file in workspace.written("cheshire-advocacy/Elm Advocacy", ".html") {
        let page = std::fs::read_to_string(&file).unwrap();
        assert!(!page.contains(PROVIDER) && !page.contains("Figure corrected"), "{}", file.display());
    }
    let harbour = said.results.reviews.iter().find(|own| own.provider == PROVIDER).unwrap();
    assert!(harbour.submissions.iter().all(|own| own.replies.is_empty()));
}

#[test]
fn a_copy_of_a_copy_carries_the_marks_of_the_last_version_alone() {
    let (mut workspace, first) = sent();
    let at = |book: &quarterday::domain::workbook::Workbook| {
        let sheet = book.sheets.iter().find(|sheet| &*sheet.name == EAST).unwrap();
        sheet.cells.get(&CellAddress::parse(&total()).unwrap()).unwrap().look.fill
    };
    let plain = at(&book(&faulty().bytes()));
    assert_ne!(at(&book(&first)), plain, "the total is in question");
    receive(&mut workspace, "month again.xlsx", "2025-10-20", &corrected(&first));
    workspace.run(AS_OF);
    let second = returned(&workspace, "month again.xlsx");
    assert_eq!(at(&book(&second)), plain, "the total is right now");
    // The second version, as it was received, still has the mark of the first; what it was like before is known all the same.
    let other = typed(&second, EAST, CellAddress::parse(&figure()).unwrap(), Typed::Number(1.0));
    receive(&mut workspace, "month once more.xlsx", "2025-10-25", &other);
    let said = workspace.run(AS_OF);
    assert_eq!(said.monthly(START).versions.len(), 3);
    let third = returned(&workspace, "month once more.xlsx");
    assert_eq!(at(&book(&third)), plain);
    assert_eq!(read(&book(&third)).len(), 1, "one sheet of feedback");
}
