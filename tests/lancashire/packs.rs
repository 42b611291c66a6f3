//! What a review reads: the agenda filled from the return, criteria and plan beside what was promised, the officer's records.

use crate::forms::{
    CLEAN, CONTRACT, CRITERIA, FORM, Figures, ITEMS, KPIS, PLAN, REPORT, START, at, kpi_cell, quarterly,
    scheme_cell, send, update, update_cell,
};
use crate::support::book::{Book, Cell};
use crate::support::day;
use crate::support::page::Page;
use crate::support::workspace::Workspace;

const PROVIDER: &str = "Ashgrove Living";
const Q1: &str = "Q1 2020-21";
const PERIOD: &str = "2020-21 Q1";

fn first_quarter(book: &Book) -> Workspace {
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, PROVIDER, START);
    send(&mut workspace, PROVIDER, Q1, book);
    workspace
}

fn pack(workspace: &Workspace) -> Page {
    workspace.page(&format!("{CONTRACT}/{PROVIDER}/{PERIOD}/pack.html"))
}

#[test]
fn the_agenda_has_the_eleven_items_and_what_the_return_says_of_them() {
    let workspace = first_quarter(&quarterly(PROVIDER, Q1, &CLEAN));
    let told = workspace.told("2020-07-20");
    assert_eq!(told.of(PROVIDER).findings(FORM, PERIOD), []);
    let page = pack(&workspace);
    for item in [
        "Introductions and apologies",
        "Minutes from last meeting",
        "KPI data",
        "Management report and service update",
    ]
    .into_iter()
    .chain(ITEMS)
    {
        assert!(page.says(item), "no item “{item}”");
    }
    for (number, item) in (1..).zip(ITEMS) {
        assert!(page.says(&update(number)), "nothing of “{item}”");
    }
    assert!(!page.says("not supplied"), "everything was supplied");
}

#[test]
fn what_is_blank_in_the_management_report_is_marked_as_not_supplied_and_no_error() {
    // Each of the seven sub-items of item 4, and all of them.
    let cases: Vec<Vec<u32>> = (1..=7).map(|number| vec![number]).chain([(1..=7).collect()]).collect();
    for blank in cases {
        let clean = quarterly(PROVIDER, Q1, &CLEAN);
        let book = blank.iter().fold(clean, |book, number| book.without(REPORT, &update_cell(*number)));
        let workspace = first_quarter(&book);
        let told = workspace.told("2020-07-20");
        let review = told.of(PROVIDER);
        assert_eq!(review.errors(FORM, PERIOD), [], "{blank:?} blank");
        assert_eq!(review.submission(FORM, PERIOD)["accurate"], true, "{blank:?} blank");
        let page = pack(&workspace);
        assert!(page.says("not supplied"), "{blank:?} blank");
        for number in 1..=14 {
            let said = page.says(&update(number));
            assert_eq!(said, !blank.contains(&number), "item {number}, {blank:?} blank");
        }
    }
}

#[test]
fn criteria_and_plan_stand_beside_what_was_promised() {
    let workspace = first_quarter(&quarterly(PROVIDER, Q1, &CLEAN));
    workspace.told("2020-07-20");
    let page = pack(&workspace);
    let row = |holding: &str| {
        let rows = page.rows();
        rows.into_iter().find(|row| row.contains(holding)).unwrap_or_else(|| panic!("no row of “{holding}”"))
    };
    let criterion = row("Two apprenticeships a year");
    for words in ["Social value", "One apprentice started", "Second in autumn"] {
        assert!(criterion.contains(words), "no “{words}” in {criterion}");
    }
    let action = row("Roll out medication training");
    for words in ["Training lead", "Nine of twelve trained", "On track"] {
        assert!(action.contains(words), "no “{words}” in {action}");
    }
    assert!(action.contains("31 Dec"), "no date in {action}");
}

#[test]
fn words_of_the_provider_are_words_on_the_page() {
    let hostile = "<script>alert(1)</script> & <b>bold</b>";
    let book = quarterly(PROVIDER, Q1, &CLEAN)
        .with(REPORT, &update_cell(11), hostile)
        .with(CRITERIA, "C2", hostile)
        .with(PLAN, "D2", hostile)
        .with(KPIS, &kpi_cell(Q1, "5", "Commentary"), hostile);
    let workspace = first_quarter(&book);
    workspace.told("2020-07-20");
    let page = pack(&workspace);
    assert!(!page.html.contains("<script>alert"));
    assert!(
        page.words().matches("<b>bold</b>").count() >= 4,
        "each of the four places shows what was written"
    );
}

#[test]
fn a_change_between_two_versions_is_listed() {
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, PROVIDER, START);
    send(&mut workspace, PROVIDER, Q1, &quarterly(PROVIDER, Q1, &CLEAN));
    let figures = Figures { hours: (1128.0, 1200.0), ..CLEAN };
    workspace.receive("again.xlsx", "2020-07-17", &quarterly(PROVIDER, Q1, &figures));
    let told = workspace.told("2020-07-20");
    let review = told.of(PROVIDER);
    // The newest is rated, the first counts.
    assert_eq!(review.parts("5", PERIOD), "1128/1200");
    assert_eq!(review.status(FORM, PERIOD), "on-time");
    let section = pack(&workspace).section(&["changed"]);
    let cell = kpi_cell(Q1, "5", "Numerator");
    let row = section.rows().into_iter().find(|row| row.contains(&cell) && row.contains(KPIS));
    let row = row.unwrap_or_else(|| panic!("no {cell} in {}", section.words()));
    let plain = row.replace(',', "");
    assert!(plain.contains("1140") && plain.contains("1128"), "{row}");
    // What did not change is not.
    let complaints = kpi_cell(Q1, "3a", "Value");
    assert!(!section.rows().iter().any(|row| row.contains(&complaints) && row.contains(KPIS)));
}

#[test]
fn a_return_that_cannot_be_used_says_so_on_the_first_page() {
    let mut empty = quarterly(PROVIDER, Q1, &CLEAN);
    for kpi in ["2", "3a", "3b", "5", "6"] {
        for heading in ["Numerator", "Denominator", "Value"] {
            if !kpi.starts_with('3') || heading == "Value" {
                empty = empty.without(KPIS, &kpi_cell(Q1, kpi, heading));
            }
        }
    }
    for row in 0..3 {
        for column in &crate::forms::SCHEME_COLUMNS[1..] {
            empty = empty.without(crate::forms::SCHEMES, &scheme_cell(row, column));
        }
    }
    for number in 1..=14 {
        empty = empty.without(REPORT, &update_cell(number));
    }
    for (sheet, columns) in [(CRITERIA, "ABCD"), (PLAN, "ABCDE")] {
        for column in columns.chars() {
            empty = empty.without(sheet, &format!("{column}2"));
        }
    }
    let workspace = first_quarter(&empty);
    let told = workspace.told("2020-07-20");
    let review = told.of(PROVIDER);
    assert_eq!(review.status(FORM, PERIOD), "missing");
    assert_eq!(review.met("return-missing"), ["2020-21 Q1 triggered"]);
    for kpi in ["2", "3a", "3b", "5", "6"] {
        assert_eq!(review.rating(kpi, PERIOD), "invalid", "KPI {kpi}");
    }
    let page = pack(&workspace);
    let first = Page::new(page.html.split("<section").next().unwrap().to_string());
    let says =
        ["missing", "not received", "could not be used", "cannot be used", "unusable", "empty", "invalid"];
    assert!(says.iter().any(|word| first.says(word)), "{}", first.words());
}

#[test]
fn concerns_and_actions_of_the_officer_are_listed_and_nothing_follows_by_itself() {
    let mut workspace = first_quarter(&quarterly(PROVIDER, Q1, &CLEAN));
    workspace.record(
        "Notices",
        [
            ("Date", day("2020-06-08").into()),
            ("Provider", PROVIDER.into()),
            ("Contract", CONTRACT.into()),
            ("Kind", "Concern".into()),
            ("Note", "night staffing at one scheme".into()),
        ],
    );
    workspace.record(
        "Actions",
        [
            ("Provider", PROVIDER.into()),
            ("Contract", CONTRACT.into()),
            ("KPI", "5".into()),
            ("Action to be taken", "publish the rota a month ahead".into()),
            ("Timescale", "30 September 2020".into()),
            ("Status", "Open".into()),
        ],
    );
    let told = workspace.told("2020-07-20");
    assert_eq!(told.of(PROVIDER).escalations(), []);
    let page = pack(&workspace);
    for words in ["night staffing at one scheme", "publish the rota a month ahead"] {
        assert!(page.says(words), "no “{words}”");
    }
    // A concern is the council's own.
    let own = workspace.page(&format!("{CONTRACT}/{PROVIDER}/{PERIOD}/provider-pack.html"));
    assert!(!own.says("night staffing"));
}

#[test]
fn figures_stand_beside_those_of_the_quarter_before_and_of_the_year_before() {
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, PROVIDER, START);
    let hours = |delivered: f64| Figures { hours: (delivered, 1000.0), ..CLEAN };
    let rows = [
        ("Q1 2020-21", "2020-07-10", 873.0),
        ("Q2 2020-21", "2020-10-09", 884.0),
        ("Q3 2020-21", "2021-01-11", 895.0),
        ("Q4 2020-21", "2021-04-09", 906.0),
        ("Q1 2021-22", "2021-07-09", 917.0),
    ];
    for (quarter, received, delivered) in rows {
        let book = quarterly(PROVIDER, quarter, &hours(delivered));
        workspace.receive(&format!("{quarter}.xlsx"), received, &book);
    }
    let told = workspace.told("2021-07-20");
    assert_eq!(told.of(PROVIDER).complaints(FORM, "2021-22 Q1"), []);
    let page = workspace.page(&format!("{CONTRACT}/{PROVIDER}/2021-22 Q1/pack.html"));
    for figure in ["91.7%", "90.6%", "87.3%"] {
        assert!(page.words().contains(figure), "no {figure} in the pack of the fifth quarter");
    }
}

#[test]
fn an_accepted_finding_does_not_count() {
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, PROVIDER, START);
    let cell = scheme_cell(2, "Agency hours");
    let book = quarterly(PROVIDER, Q1, &CLEAN).with(crate::forms::SCHEMES, &cell, Cell::from(500));
    send(&mut workspace, PROVIDER, Q1, &book);
    let told = workspace.told("2020-07-20");
    assert_eq!(told.of(PROVIDER).errors(FORM, PERIOD), [at(crate::forms::SCHEMES, &cell)]);
    let code = told.of(PROVIDER).findings(FORM, PERIOD).remove(0).code;
    workspace.record(
        "Accepted",
        [
            ("File", format!("{PROVIDER}/{Q1}.xlsx").as_str().into()),
            ("Sheet", crate::forms::SCHEMES.into()),
            ("Cell", cell.as_str().into()),
            ("Finding", code.as_str().into()),
            ("Reason", "agency shared between schemes".into()),
            ("Date", day("2020-07-17").into()),
        ],
    );
    let told = workspace.told("2020-07-20");
    assert_eq!(told.of(PROVIDER).submission(FORM, PERIOD)["accurate"], true);
    assert!(pack(&workspace).says("agency shared between schemes"));
}
