//! The market benchmark: median, quartiles and rank, from five providers on.

use crate::forms::{CLEAN, CONTRACT, Figures, START, quarterly, send};
use crate::support::book::Cell;
use crate::support::page::Page;
use crate::support::workspace::Workspace;

const Q1: &str = "Q1 2020-21";
const NAMES: [&str; 6] = [
    "Ashgrove Living",
    "Brackendale Homes",
    "Coldstream Care",
    "Dunmore Support",
    "Elmhurst Trust",
    "Fairlight",
];

/// Providers that delivered so many of a thousand hours in the first quarter, from these starts.
fn market(rows: &[(f64, &str)]) -> Workspace {
    let mut workspace = Workspace::default();
    for (name, (delivered, start)) in NAMES.into_iter().zip(rows) {
        workspace.provider(CONTRACT, name, start);
        let figures = Figures { hours: (*delivered, 1000.0), ..CLEAN };
        send(&mut workspace, name, Q1, &quarterly(name, Q1, &figures));
    }
    workspace.told("2020-07-20");
    workspace
}

fn whole(delivered: &[f64]) -> Vec<(f64, &'static str)> {
    delivered.iter().map(|delivered| (*delivered, START)).collect()
}

fn pack(workspace: &Workspace, name: &str) -> Page {
    workspace.page(&format!("{CONTRACT}/{name}/2020-21 Q1/pack.html"))
}

/// Where a pack compares: the sections headed so, else those that speak of it.
fn benchmark(page: &Page) -> Vec<Page> {
    let headed = page.sections(&["benchmark", "market"]);
    if headed.is_empty() {
        page.sections(&[""]).into_iter().filter(|section| section.says("benchmark")).collect()
    } else {
        headed
    }
}

/// What the benchmark of a pack says of KPI 5: the rows of its tables that speak of hours.
fn of_hours(page: &Page) -> String {
    let words: Vec<String> = benchmark(page)
        .iter()
        .map(|section| {
            let rows: Vec<String> =
                section.rows().into_iter().filter(|row| row.contains("Commissioned Hours")).collect();
            if rows.is_empty() { section.words() } else { rows.join("\n") }
        })
        .collect();
    assert!(!words.is_empty(), "no benchmark in {}", page.words());
    words.join("\n")
}

/// Two alike at each end, so that every way of taking quartiles gives 92.3%, 95.1% and 97.9%.
const FIVE: [f64; 5] = [923.0, 979.0, 951.0, 923.0, 979.0];

#[test]
fn five_providers_are_compared() {
    let workspace = market(&whole(&FIVE));
    for name in &NAMES[..5] {
        let page = pack(&workspace, name);
        let words = of_hours(&page);
        for figure in ["92.3%", "95.1%", "97.9%"] {
            assert!(words.contains(figure), "no {figure} in the benchmark of {name}: {words}");
        }
        for word in ["median", "quartile", "rank"] {
            assert!(benchmark(&page).iter().any(|own| own.says(word)), "no {word} in the pack of {name}");
        }
    }
    // The one in the middle, counted from either end.
    assert!(of_hours(&pack(&workspace, "Coldstream Care")).contains("3 of 5"));
    // For the council with names.
    let report = workspace.page(&format!("{CONTRACT}/report.html"));
    for name in &NAMES[..5] {
        assert!(report.says(name), "no {name} in the report");
    }
}

#[test]
fn four_are_not() {
    let four = [923.0, 931.0, 951.0, 979.0];
    let workspace = market(&whole(&four));
    for (own, name) in NAMES[..4].iter().enumerate() {
        let words = pack(&workspace, name).words();
        for (other, figure) in four.iter().enumerate().filter(|(other, _)| *other != own) {
            assert!(!words.contains(NAMES[other]), "the pack of {name} names {}", NAMES[other]);
            let figure = format!("{:.1}%", figure / 10.0);
            assert!(!words.contains(&figure), "the pack of {name} has {figure}");
        }
        // Nor anything made of all four.
        for figure in ["94.1%", "94.6%"] {
            assert!(!words.contains(figure), "the pack of {name} has {figure}");
        }
    }
}

#[test]
fn what_goes_to_a_provider_names_no_other() {
    let workspace = market(&whole(&FIVE));
    for name in &NAMES[..5] {
        let folder = format!("{CONTRACT}/{name}/2020-21 Q1");
        let page = workspace.page(&format!("{folder}/provider-pack.html"));
        for other in NAMES[..5].iter().filter(|other| *other != name) {
            assert!(!page.html.contains(other), "the page for {name} names {other}");
        }
        let words = of_hours(&page);
        for figure in ["92.3%", "95.1%", "97.9%"] {
            assert!(words.contains(figure), "no {figure} in the benchmark for {name}: {words}");
        }
        // No workbook or letter of its folder names another, whatever is packed into it.
        let sent = ["provider-pack.xlsx", ".eml"].map(|ending| workspace.written(&folder, ending)).concat();
        let returned = workspace.written(&format!("{folder}/returned"), ".xlsx");
        assert!(!returned.is_empty(), "{name} gets its workbook back");
        for file in sent.iter().chain(&returned) {
            let text = text_of(&std::fs::read(file).unwrap());
            for other in NAMES[..5].iter().filter(|other| *other != name) {
                assert!(!text.contains(other), "{} names {other}", file.display());
            }
        }
    }
}

/// All text of a file; of a package every part.
fn text_of(bytes: &[u8]) -> String {
    use std::io::Read;
    let Ok(mut package) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else {
        return String::from_utf8_lossy(bytes).into_owned();
    };
    let mut text = String::new();
    for index in 0..package.len() {
        let mut part = Vec::new();
        package.by_index(index).unwrap().read_to_end(&mut part).unwrap();
        text.push_str(&String::from_utf8_lossy(&part));
    }
    text
}

#[test]
fn a_partial_quarter_is_left_out_of_the_quartiles() {
    // The sixth started inside the quarter and would pull everything down.
    let mut rows = whole(&FIVE);
    rows.push((107.0, "2020-05-11"));
    let workspace = market(&rows);
    for name in &NAMES[..5] {
        let words = of_hours(&pack(&workspace, name));
        for figure in ["92.3%", "95.1%", "97.9%"] {
            assert!(words.contains(figure), "no {figure} in the benchmark of {name}: {words}");
        }
    }
    assert!(of_hours(&pack(&workspace, "Coldstream Care")).contains("3 of 5"));
    // It is shown, as what it is.
    let page = pack(&workspace, "Fairlight");
    assert!(page.says("partial") && page.says("10.7%"));
    assert!(!of_hours(&page).contains("6 of"), "a partial quarter has no rank");
}

#[test]
fn five_of_which_one_cannot_be_counted_are_four() {
    let four = [923.0, 931.0, 951.0, 979.0];
    for (number, what) in ["partial", "nothing sent", "not readable"].into_iter().enumerate() {
        let mut workspace = Workspace::default();
        for (name, delivered) in NAMES.into_iter().zip(four) {
            workspace.provider(CONTRACT, name, START);
            let figures = Figures { hours: (delivered, 1000.0), ..CLEAN };
            send(&mut workspace, name, Q1, &quarterly(name, Q1, &figures));
        }
        let name = NAMES[4];
        workspace.provider(CONTRACT, name, if number == 0 { "2020-05-11" } else { START });
        let figures = Figures { hours: (107.0, 1000.0), ..CLEAN };
        let book = quarterly(name, Q1, &figures);
        match number {
            0 => send(&mut workspace, name, Q1, &book),
            1 => {}
            _ => {
                let cell = crate::forms::kpi_cell(Q1, "5", "Numerator");
                send(&mut workspace, name, Q1, &book.with(crate::forms::KPIS, &cell, Cell::from("some")));
            }
        }
        workspace.told("2020-07-20");
        for (own, name) in NAMES[..4].iter().enumerate() {
            let words = pack(&workspace, name).words();
            for (other, figure) in four.iter().enumerate().filter(|(other, _)| *other != own) {
                let figure = format!("{:.1}%", figure / 10.0);
                assert!(
                    !words.contains(&figure),
                    "{what}: the pack of {name} has {figure} of {}",
                    NAMES[other]
                );
            }
        }
    }
}
