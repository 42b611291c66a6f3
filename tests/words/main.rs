//! The words of the pages, kept as they were read and found right: one pack of each contract and the papers beside it.
//!
//! What changes here is what a reader would see change. After reading it: `INSTA_UPDATE=always cargo test --test words`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should stop")]

mod plain;

use std::fs;
use std::path::Path;

use quarterday::run::{Request, run};
use quarterday::samples;
use tempfile::TempDir;

/// Runs over a shipped workspace and holds the words of these pages below `out/`, each under a name of its own.
fn hold(workspace: &str, pages: &[(&str, &str)]) {
    let sample = samples::all().into_iter().find(|sample| sample.name == workspace).unwrap();
    let dir = TempDir::new().unwrap();
    for file in sample.files() {
        let path = dir.path().join(file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file.bytes).unwrap();
    }
    run(dir.path(), Request { as_of: sample.as_of, today: sample.as_of }, &|_| {}).unwrap();
    let out = dir.path().join("out");
    for (name, page) in pages {
        let html =
            fs::read_to_string(out.join(Path::new(page))).unwrap_or_else(|error| panic!("{page}: {error}"));
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            let words = if page.ends_with(".txt") { html.replace("\r\n", "\n") } else { plain::text(&html) };
            insta::assert_snapshot!(*name, words);
        });
    }
}

#[test]
fn advocacy() {
    let pack = "cheshire-advocacy/Harbour Advocacy/2025-26 Q3";
    hold(
        "cheshire-advocacy",
        &[
            ("advocacy_pack", &format!("{pack}/pack.html")),
            ("advocacy_pack_of_the_provider", &format!("{pack}/provider-pack.html")),
            ("advocacy_pack_of_the_committee", &format!("{pack}/committee-pack.html")),
            ("advocacy_minutes", &format!("{pack}/meeting/minutes.html")),
            ("advocacy_portfolio", "index.html"),
            ("advocacy_draft_thanks", &format!("{pack}/drafts/thanks quarterly-kpi 2025-26 Q3.txt")),
            (
                "advocacy_draft_query",
                "cheshire-advocacy/Harbour Advocacy/2025-26 Q4/drafts/query quarterly-kpi 2025-26 Q4.txt",
            ),
        ],
    );
}

#[test]
fn visits() {
    let pack = "kent-regulation-44/Lanternhill Independent Visiting/2023-24 Q2";
    hold(
        "kent-regulation-44",
        &[
            ("visits_pack", &format!("{pack}/pack.html")),
            ("visits_minutes", &format!("{pack}/meeting/minutes.html")),
        ],
    );
}

#[test]
fn supported_housing() {
    let folder = "lancashire-supported-housing";
    hold(
        folder,
        &[
            ("supported_housing_pack", &format!("{folder}/Pendlewick Support/2021-22 Q1/pack.html")),
            (
                "supported_housing_pack_of_the_committee",
                &format!("{folder}/Pendlewick Support/2021-22 Q1/committee-pack.html"),
            ),
            ("supported_housing_report", &format!("{folder}/report.html")),
            (
                "supported_housing_draft_chaser",
                &format!("{folder}/Pendlewick Support/2021-22 Q2/drafts/chaser quarterly-kpi 2021-22 Q2.txt"),
            ),
        ],
    );
}

#[test]
fn semi_independent() {
    let folder = "wla-semi-independent";
    hold(
        folder,
        &[
            ("semi_independent_pack", &format!("{folder}/Osprey Wharf Support/2025-26 Q4/pack.html")),
            ("semi_independent_report", &format!("{folder}/report.html")),
            ("semi_independent_portfolio", "index.html"),
        ],
    );
}

#[test]
fn contract_reviews() {
    let folder = "kent-contract-review";
    hold(
        folder,
        &[
            ("contract_reviews_pack", &format!("{folder}/Community equipment store/2019-02/pack.html")),
            ("contract_reviews_report", &format!("{folder}/report.html")),
            (
                "contract_reviews_draft_reminder",
                &format!(
                    "{folder}/Children's mental health support/2019-03/drafts/reminder maturity 2019-03.txt"
                ),
            ),
        ],
    );
}

#[test]
fn school_transport() {
    let folder = "home-to-school-transport";
    hold(folder, &[("school_transport_pack", &format!("{folder}/Brindle Coaches/2025-26 Q4/pack.html"))]);
}
