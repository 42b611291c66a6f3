//! That a chart draws and says what the review holds.

use super::icons::{assurance_icon, variation_icon};
use super::*;
use crate::output::pages::samples;
use crate::review::process::{Assurance, Towards, Variation};

#[test]
fn every_point_and_gap_is_drawn_and_stands_in_the_table() {
    let chart = samples::process();
    let view = process_view("c", "KPI 5", &chart).unwrap();
    assert_eq!(view.points.len(), chart.points.len());
    assert_eq!(view.gaps.len(), 1);
    assert_eq!(view.rows.len(), chart.points.len() + 1);
    // Newest first, and what a point says in words.
    assert_eq!(view.rows[0].period, "October 2025");
    let verdict = |period: &str| {
        let row = view.rows.iter().find(|row| row.period == period).unwrap();
        (row.verdict.as_str(), row.remark.as_deref())
    };
    assert_eq!(verdict("January 2025"), ("No point: no return", None));
    assert_eq!(verdict("September 2024"), ("Within chance", None));
    assert_eq!(verdict("November 2024"), ("For the better: above the upper limit", None));
    assert_eq!(
        verdict("April 2025"),
        ("For the worse: below the lower limit; one of two in three close to a limit", Some("Relief agreed"))
    );
    assert_eq!(
        view.rows[0].verdict,
        "For the worse: one of seven or more in a row on one side of the average"
    );
    // The line is broken where a period is missing.
    assert_eq!(view.figures.stretches.len(), 2);
}

#[test]
fn every_line_has_its_words_and_every_kind_of_point_its_meaning() {
    let view = process_view("c", "KPI 5", &samples::process()).unwrap();
    let mut words: Vec<String> = view.figures.labels.iter().map(SideLabel::text).collect();
    words.sort();
    assert_eq!(
        words,
        ["Average 91%", "Lower trial limit 85.7%", "Target: at least 95%", "Upper trial limit 96%"]
    );
    assert_eq!(view.legend.len(), 4);
    assert_eq!(view.variation.word, "Special cause: concern");
    assert_eq!(view.assurance.as_ref().map(|icon| icon.word), Some("Hits and misses the target"));
    assert!(
        view.description.contains("Special cause: concern; hits and misses the target."),
        "{}",
        view.description
    );
    assert_eq!(view.lines[3].value, "2 points");
    assert!(view.lines[1].meaning.contains("Reckoned at 101%"));
}

#[test]
fn positions_lie_inside_the_drawing() {
    let view = process_view("c", "KPI 5", &samples::process()).unwrap();
    for point in &view.points {
        assert!((view.left..=view.right).contains(&point.x), "{point:?}");
        assert!((FIGURES.0..=FIGURES.1).contains(&point.y), "{point:?}");
    }
    for dot in &view.ranges.dots {
        assert!((RANGES.0..=RANGES.1).contains(&dot.y), "{dot:?}");
    }
}

#[test]
fn every_verdict_has_an_icon_and_words_of_its_own() {
    let (up, down) = (Towards::High, Towards::Low);
    let kinds = [
        Variation::CommonCause,
        Variation::Improvement(up),
        Variation::Improvement(down),
        Variation::Concern(up),
        Variation::Concern(down),
        Variation::Neither(up),
        Variation::Neither(down),
    ];
    let mut icons: Vec<_> = kinds.iter().map(|kind| variation_icon(*kind).outlines).collect();
    icons.extend(
        [Assurance::Hits, Assurance::Misses, Assurance::HitAndMiss].map(|own| assurance_icon(own).outlines),
    );
    let number = icons.len();
    icons.sort();
    icons.dedup();
    assert_eq!(icons.len(), number);
}
