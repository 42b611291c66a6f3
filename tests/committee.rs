//! The papers for a committee that the samples make: no small number in any form, none that the rest gives away, nobody's words.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use quarterday::domain::quantity::{Quantity, Unit, show};
use quarterday::run::{Request, run};
use quarterday::samples;
use serde_json::Value;
use tempfile::TempDir;

/// Below this no count is shown, by the definitions of all samples.
const BELOW: u32 = 5;

/// One sample, run, with its results.
struct Run {
    dir: TempDir,
    results: Value,
}

fn runs() -> &'static [Run] {
    static RUNS: OnceLock<Vec<Run>> = OnceLock::new();
    RUNS.get_or_init(|| {
        samples::all()
            .into_iter()
            .map(|sample| {
                let dir = TempDir::new().unwrap();
                for file in sample.files() {
                    let path = dir.path().join(file.path);
                    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                    std::fs::write(path, file.bytes).unwrap();
                }
                let request = Request { as_of: sample.as_of, today: sample.as_of };
                let outcome = run(dir.path(), request, &|_| {}).unwrap();
                let results = serde_json::from_slice(&outcome.results_json).unwrap();
                Run { dir, results }
            })
            .collect()
    })
}

/// A paper with the review it was cut from.
struct Paper<'a> {
    path: PathBuf,
    review: &'a Value,
    html: String,
}

impl Paper<'_> {
    /// The words of its tables and sentences about measures, without those about reports, which count no people.
    fn on_measures(&self) -> String {
        let (before, rest) = self.html.split_once("<section id=\"returns\"").unwrap_or((&self.html, ""));
        let after = rest.split_once("</section>").map_or("", |(_, after)| after);
        let main = before.split_once("<main").unwrap().1;
        format!("{main}{after}")
    }

    /// The part about one KPI.
    fn on_kpi(&self, title: &str) -> Option<String> {
        let articles = self.html.split("<article ").skip(1);
        articles
            .map(|article| article.split("</article>").next().unwrap().to_string())
            .find(|article| article.contains(&format!("{}</h3>", escaped(title))))
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('\'', "&#39;")
}

fn papers() -> Vec<Paper<'static>> {
    let mut papers = Vec::new();
    for own in runs() {
        for review in own.results["reviews"].as_array().unwrap() {
            let text = |key: &str| review[key].as_str().unwrap();
            let folder = own.dir.path().join("out").join(text("contract")).join(text("provider"));
            // Of a provider that has just begun there is nothing to say yet.
            let Ok(entries) = std::fs::read_dir(&folder) else { continue };
            let mut periods: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
            periods.sort();
            for path in periods {
                // A period that is to come may have a reminder and no pack yet.
                if path.join("pack.html").is_file() {
                    let html = std::fs::read_to_string(path.join("committee-pack.html")).unwrap();
                    papers.push(Paper { path, review, html });
                }
            }
        }
    }
    assert!(papers.len() > 50, "{} papers", papers.len());
    papers
}

fn number(rating: &Value, key: &str) -> Option<Quantity> {
    Quantity::try_from(rating[key].as_f64()?).ok()
}

fn is_small(number: Quantity) -> bool {
    let number = number.abs();
    !number.is_zero() && number < Quantity::from(BELOW)
}

/// Numerator and denominator of a rating, where the share tells of few.
fn small_share(rating: &Value) -> Option<(Quantity, Quantity)> {
    let (met, of) = (number(rating, "numerator")?, number(rating, "denominator")?);
    (rating["unit"] == "percent" && [met, of, of - met].into_iter().any(is_small)).then_some((met, of))
}

fn unpacked(path: &Path) -> String {
    let mut package = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    for index in 0..package.len() {
        std::io::Read::read_to_string(&mut package.by_index(index).unwrap(), &mut text).unwrap();
    }
    text
}

#[test]
fn no_small_share_is_told_in_any_form() {
    let mut told = 0;
    for paper in papers() {
        let all = paper.on_measures();
        let ratings = paper.review["ratings"].as_array().unwrap();
        for rating in ratings {
            let Some((met, of)) = small_share(rating) else { continue };
            let count = |value| show(value, Unit::Count, &[]);
            let parts = format!("{} of {}", count(met), count(of));
            let where_ = paper.path.display();
            for around in [format!(">{parts}<"), format!("({parts})")] {
                assert!(!all.contains(&around), "{where_}: {parts}");
            }
            told += 1;
            // The percentage may be that of another of the KPI's figures which is shown.
            let title = rating["title"].as_str().unwrap();
            let shown = show(met / of, Unit::Percent, &[]);
            let others = ratings.iter().filter(|other| other["kpi"] == rating["kpi"]);
            let is_anothers = others.filter(|other| small_share(other).is_none()).any(|other| {
                number(other, "value").is_some_and(|value| show(value, Unit::Percent, &[]) == shown)
            });
            if let Some(article) = paper.on_kpi(title).filter(|_| !is_anothers) {
                let (before, after) = article.split_once("</svg>").unwrap_or(("", &article));
                // The scale of a chart has round percentages of its own.
                let drawn = before.contains("figure-words\" x=") && {
                    let points = before.split("figure-words").skip(1);
                    points
                        .map(|point| point.split('<').next().unwrap())
                        .any(|point| point.ends_with(&format!(">{shown}")))
                };
                let stands = after.contains(&format!(">{shown}<")) || after.contains(&format!(" {shown} ("));
                assert!(!drawn && !stands, "{where_}: {title}: {shown}");
            }
        }
    }
    assert!(told > 500, "{told} small shares");
}

#[test]
fn no_row_of_areas_hides_one_figure_alone() {
    let mut rows = 0;
    for paper in papers().iter().filter(|own| own.html.contains(">Cheshire East<")) {
        let summary = paper.html.split_once("<section id=\"summary\"").unwrap().1;
        let summary = summary.split("</section>").next().unwrap();
        for row in summary.split("<tr>").skip(2) {
            let hidden = row.matches(">Suppressed<").count();
            assert_ne!(hidden, 1, "{}: {row}", paper.path.display());
            assert!(!row.contains("Fewer than"), "{}: {row}", paper.path.display());
            rows += usize::from(hidden > 1);
        }
    }
    assert!(rows > 10, "{rows} rows");
}

#[test]
fn every_paper_says_the_same_of_a_period() {
    let mut said: BTreeMap<(String, String, String), (String, PathBuf)> = BTreeMap::new();
    let mut again = 0;
    for paper in papers() {
        let provider = paper.path.parent().unwrap().display().to_string();
        for article in paper.html.split("<article ").skip(1) {
            let name = article.split("<h3>").nth(1).unwrap().split("</h3>").next().unwrap().to_string();
            let Some((_, table)) = article.split_once("newest first</caption>") else { continue };
            for row in table.split("</article>").next().unwrap().split("<tr>").skip(2) {
                let period = row.split("<th scope=\"row\">").nth(1).unwrap().split('<').next().unwrap();
                let key = (provider.clone(), name.clone(), period.to_string());
                // The figure and its rating; whether there is a column of what it is out of depends on its neighbours.
                let figure = row.split("<td class=\"number\">").nth(1).unwrap().split('<').next().unwrap();
                let rating = row.split("<span class=\"tag").nth(1).unwrap().split("</td>").next().unwrap();
                let own = (format!("{figure} {rating}"), paper.path.clone());
                if let Some((before, path)) = said.get(&key) {
                    assert_eq!(*before, own.0, "{} and {}", path.display(), paper.path.display());
                    again += 1;
                }
                said.insert(key, own);
            }
        }
    }
    assert!(again > 500, "{again} figures stand in several papers");
}

#[test]
fn nobodys_words_no_file_and_no_other_provider_is_named() {
    let mut words = 0;
    for paper in papers() {
        let book = unpacked(&paper.path.join("committee-pack.xlsx"));
        let pack = std::fs::read_to_string(paper.path.join("pack.html")).unwrap();
        for quote in pack.split("<blockquote>").skip(1) {
            let quote = quote.split("</blockquote>").next().unwrap();
            for text in quote.split(['<', '>']).map(str::trim).filter(|text| text.len() > 20) {
                assert!(
                    !paper.html.contains(text) && !book.contains(text),
                    "{}: {text}",
                    paper.path.display()
                );
                words += 1;
            }
        }
        for hidden in [".xlsx", "returns/", "sha256", "Draft"] {
            let page = paper.html.split_once("<main").unwrap().1;
            assert!(!page.contains(hidden), "{}: {hidden}", paper.path.display());
        }
        let own = paper.review["provider"].as_str().unwrap();
        let contract = &paper.review["contract"];
        let all = runs().iter().flat_map(|run| run.results["reviews"].as_array().unwrap());
        for other in all.filter(|other| other["contract"] == *contract) {
            let other = other["provider"].as_str().unwrap();
            let told = paper.html.contains(other) || book.contains(other);
            assert!(own.contains(other) || !told, "{} names {other}", paper.path.display());
        }
    }
    assert!(words > 100, "{words} passages");
}

#[test]
fn the_workbook_holds_no_small_share_either() {
    for paper in papers() {
        let book = unpacked(&paper.path.join("committee-pack.xlsx"));
        for rating in paper.review["ratings"].as_array().unwrap() {
            let Some((met, of)) = small_share(rating) else { continue };
            let value = (met / of).to_string();
            // Whole and short shares may be another figure's.
            if value.len() > 8 {
                assert!(
                    !book.contains(&value[..8]) || is_another(paper.review, rating),
                    "{}",
                    paper.path.display()
                );
            }
        }
    }
}

/// Whether a share that is shown is the same as this small one.
fn is_another(review: &Value, rating: &Value) -> bool {
    let others =
        review["ratings"].as_array().unwrap().iter().chain(review["submission_kpis"].as_array().unwrap());
    others
        .filter(|other| small_share(other).is_none())
        .any(|other| number(other, "value") == number(rating, "value"))
}
