//! The packs of areas, from a sample run end to end: what one council is handed holds nothing of another's alone.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::collections::BTreeSet;
use std::path::Path;

use quarterday::domain::quantity::{Quantity, Unit, show};
use quarterday::run::{Request, run};
use quarterday::samples;
use serde_json::Value;
use tempfile::TempDir;

const CONTRACT: &str = "cheshire-advocacy";
const EAST: &str = "Cheshire East";
const WEST: &str = "Cheshire West and Chester";

/// The percentages of an area's ratings, as pages show them; `None` is the joint figures.
fn percentages(results: &Value, area: Option<&str>) -> BTreeSet<String> {
    results["reviews"][0]["ratings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|rating| rating["area"].as_str() == area && rating["unit"] == "percent")
        .filter_map(|rating| {
            let part = |key: &str| Quantity::try_from(rating[key].as_f64()?).ok();
            let value = part("numerator")?.checked_div(part("denominator")?)?;
            Some(show(value, Unit::Percent, &[]))
        })
        .filter(|shown| shown.contains('.'))
        .collect()
}

/// The page below the councils' names at its head.
fn below_the_head(path: &Path) -> String {
    let page = std::fs::read_to_string(path).unwrap();
    page.split_once("<main").unwrap().1.to_string()
}

#[test]
fn what_one_council_is_handed_holds_nothing_of_the_other_alone() {
    let sample = samples::all().into_iter().find(|sample| sample.name == CONTRACT).unwrap();
    let dir = TempDir::new().unwrap();
    for file in sample.files() {
        let path = dir.path().join(file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.bytes).unwrap();
    }
    let outcome = run(dir.path(), Request { as_of: sample.as_of, today: sample.as_of }, &|_| {}).unwrap();
    let results: Value = serde_json::from_slice(&outcome.results_json).unwrap();
    let provider = results["reviews"][0]["provider"].as_str().unwrap();
    let folder = dir.path().join("out").join(CONTRACT).join(provider);
    let (mut packs, mut told) = (0, 0);
    for period in std::fs::read_dir(&folder).unwrap() {
        let period = period.unwrap().path();
        for (own, other) in [(EAST, WEST), (WEST, EAST)] {
            let page = below_the_head(&period.join(format!("pack-{own}.html")));
            assert!(period.join(format!("pack-{own}.xlsx")).exists());
            assert!(!page.contains(other), "{own} reads of {other} in {}", period.display());
            let mut shown = percentages(&results, Some(own));
            shown.extend(percentages(&results, None));
            let stands = |figure: &&String| page.contains(&format!(">{figure}<"));
            let others = percentages(&results, Some(other));
            let foreign: Vec<&String> = others.difference(&shown).collect();
            assert!(foreign.len() > 5, "{foreign:?} would be told apart");
            assert_eq!(foreign.into_iter().find(stands), None, "{own} reads it in {}", period.display());
            told += percentages(&results, Some(own)).iter().filter(stands).count();
            packs += 1;
        }
        let whole = std::fs::read_to_string(period.join("pack.html")).unwrap();
        assert!(whole.contains("pack-Cheshire%20East.html"));
    }
    assert!(packs >= 8 && told > packs, "{packs} packs of areas with {told} figures of their own");
    let index = std::fs::read_to_string(dir.path().join("out/index.html")).unwrap();
    assert!(index.contains("pack-Cheshire%20West%20and%20Chester.html"));
}
