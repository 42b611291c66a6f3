//! Which figures become points, when a chart is made, and what it says.

use proptest::prelude::*;

use super::*;
use crate::domain::period::{Frequency, Period};
use crate::domain::rating_band::BandEdge;
use crate::reviewing::sentences::tests::share;

fn month(number: usize) -> Period {
    let first = Period::containing("2024-04-01".parse().unwrap(), Frequency::Month, 4);
    (0..number).fold(first, |period, _| period.next())
}

/// A month's figure of so many of a hundred, against at least 95%.
fn figure(number: usize, met: i64) -> RatedFigure {
    let rating = if met >= 95 { Rating::Green } else { Rating::Red };
    RatedFigure { period: month(number), aim: Some("at least 95%".to_string()), ..share(0, met, 100, rating) }
}

fn gap(number: usize) -> RatedFigure {
    RatedFigure {
        value: None,
        numerator: None,
        denominator: None,
        rating: Rating::NoReturn,
        ..figure(number, 0)
    }
}

fn figures(met: &[i64]) -> Vec<RatedFigure> {
    met.iter()
        .enumerate()
        .map(|(number, met)| if *met < 0 { gap(number) } else { figure(number, *met) })
        .collect()
}

fn band(rating: Rating, low: Option<(i64, bool)>, high: Option<(i64, bool)>) -> RatingBand {
    let edge = |(percent, included)| BandEdge { value: Quantity::new(percent, 2), included };
    RatingBand { rating, low: low.map(edge), high: high.map(edge) }
}

fn at_least(percent: i64) -> Vec<RatingBand> {
    vec![band(Rating::Red, None, Some((percent, false))), band(Rating::Green, Some((percent, true)), None)]
}

fn at_most(percent: i64) -> Vec<RatingBand> {
    vec![band(Rating::Green, None, Some((percent, true))), band(Rating::Red, Some((percent, false)), None)]
}

fn chart(met: &[i64], bands: &[RatingBand]) -> ProcessChart {
    process(&figures(met), bands, None).unwrap()
}

const TWELVE: [i64; 12] = [90, 92, 91, 93, 90, 92, 91, 93, 90, 92, 91, 92];

#[test]
fn twelve_points_make_a_chart_and_eleven_do_not() {
    assert!(process(&figures(&TWELVE[..11]), &at_least(95), None).is_none());
    let chart = chart(&TWELVE, &at_least(95));
    assert!(chart.trial);
    assert_eq!(chart.points.len(), 12);
    assert_eq!(process(&[], &[], None), None);
}

#[test]
fn limits_are_trial_limits_below_twenty_points() {
    let of = |number: usize| -> Vec<i64> { (0..number).map(|at| 90 + (at % 3) as i64).collect() };
    for (number, trial) in [(19, true), (20, false), (21, false)] {
        let chart = chart(&of(number), &at_least(95));
        assert_eq!(chart.trial, trial, "{number}");
        assert_eq!(chart.cautions.iter().any(|own| own.starts_with("Trial limits")), trial);
    }
    // Three years of months are looked at.
    assert_eq!(chart(&of(40), &[]).points.len(), 36);
    assert_eq!(chart(&of(40), &[]).points[0].period, month(4));
}

#[test]
fn what_is_no_figure_of_a_whole_period_is_no_point() {
    let mut history = figures(&[&TWELVE[..6], &[-1], &TWELVE[..7]].concat());
    history[0].partial = Some("Partial period: the service started on 9 April 2024.".to_string());
    history[3].relief = Some("lease".to_string());
    let chart = process(&history, &at_least(95), None).unwrap();
    assert_eq!(chart.points.len(), 12);
    // A partial first month stands before the first point: it is no gap of the chart.
    assert_eq!(chart.points[0].period, month(1));
    assert_eq!(
        chart.gaps.iter().map(|gap| (gap.period, gap.why.as_str())).collect::<Vec<_>>(),
        [(month(6), "No return")]
    );
    assert!(chart.points[2].relieved);
    assert_eq!(chart.points[5].moving_range, None);
    assert!(
        chart.cautions.iter().any(|own| own.contains("October 2024 has no point (no return)")),
        "{:?}",
        chart.cautions
    );
    // A period that nothing stands for is a gap too.
    history.remove(6);
    let chart = process(&history, &at_least(95), None).unwrap();
    assert_eq!(chart.gaps[0].why, "No figure");
}

#[test]
fn twelve_points_with_too_few_neighbours_make_no_chart() {
    let of = |row: &[usize]| -> Vec<RatedFigure> {
        (0_i64..).zip(row).map(|(at, number)| figure(*number, 90 + at % 3)).collect()
    };
    // Eight of the twelve follow right on another; then seven.
    assert!(process(&of(&[0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 13, 14]), &[], None).is_some());
    assert!(process(&of(&[0, 1, 2, 4, 6, 7, 9, 10, 12, 13, 14, 15]), &[], None).is_none());
}

#[test]
fn answers_and_scores_have_no_chart() {
    for unit in [Unit::Answer, Unit::Score] {
        let history: Vec<RatedFigure> =
            figures(&TWELVE).into_iter().map(|own| RatedFigure { unit, ..own }).collect();
        assert!(process(&history, &[], None).is_none());
    }
}

#[test]
fn assurance_holds_the_limits_against_the_target() {
    // Mean 91.4%, limits about 86.9% and 95.8%.
    let reckoned = chart(&TWELVE, &[]);
    assert_eq!(reckoned.assurance, None);
    for (bands, assurance) in [
        (at_least(80), Some(Assurance::Hits)),
        (at_least(90), Some(Assurance::HitAndMiss)),
        (at_least(97), Some(Assurance::Misses)),
        (at_most(97), Some(Assurance::Hits)),
        (at_most(90), Some(Assurance::HitAndMiss)),
        (at_most(80), Some(Assurance::Misses)),
        // No worse figures, or worse ones on both sides: there is nothing to assure.
        (vec![band(Rating::Green, None, None)], None),
        (
            vec![
                band(Rating::Amber, None, Some((40, false))),
                band(Rating::Green, Some((40, true)), Some((60, true))),
                band(Rating::Red, Some((60, false)), None),
            ],
            None,
        ),
    ] {
        assert_eq!(chart(&TWELVE, &bands).assurance, assurance, "{bands:?}");
    }
    // All figures alike lie on both limits, and are held against the target as figures are.
    assert_eq!(chart(&[95; 12], &at_least(95)).assurance, Some(Assurance::Hits));
    assert_eq!(chart(&[94; 12], &at_least(95)).assurance, Some(Assurance::Misses));
    assert_eq!(chart(&[95; 12], &at_most(95)).assurance, Some(Assurance::Hits));
    assert_eq!(
        chart(
            &[95; 12],
            &[band(Rating::Green, None, Some((95, false))), band(Rating::Red, Some((95, true)), None)]
        )
        .assurance,
        Some(Assurance::Misses)
    );
}

#[test]
fn limits_are_drawn_no_further_than_figures_go() {
    let high = chart(&[100, 98, 100, 97, 100, 99, 100, 98, 100, 97, 100, 99], &at_least(95));
    assert_eq!(high.upper.value, Decimal::ONE);
    assert!(high.upper.is_cut() && !high.lower.is_cut());
    assert!(
        high.cautions.iter().any(|own| own.starts_with("The upper limit is reckoned at 10")),
        "{:?}",
        high.cautions
    );
    let low = chart(&[0, 2, 0, 3, 0, 1, 0, 2, 0, 3, 0, 1], &at_most(5));
    assert_eq!(low.lower.value, Decimal::ZERO);
    let money: Vec<RatedFigure> = figures(&[0, 2, 0, 3, 0, 1, 0, 2, 0, 3, 0, 1])
        .into_iter()
        .map(|own| RatedFigure { unit: Unit::Pounds, ..own })
        .collect();
    assert!(!process(&money, &[], None).unwrap().lower.is_cut());
}

#[test]
fn what_the_chart_says_is_said_in_words() {
    let falling = [99, 93, 98, 94, 99, 93, 98, 90, 86, 91, 85, 90, 86, 90];
    for (met, bands, better, variation, words) in [
        (
            TWELVE.to_vec(),
            at_least(90),
            None,
            Variation::CommonCause,
            "The newest figure, 92% for March 2025, is within what chance alone would give (common cause).",
        ),
        (
            falling.to_vec(),
            at_least(95),
            None,
            Variation::Concern(Towards::Low),
            "The last 7 figures, up to May 2025, are all below the average of 92.3%: a change for the worse that is unlikely to be \
             chance.",
        ),
        (
            falling.to_vec(),
            at_most(95),
            None,
            Variation::Improvement(Towards::Low),
            "The last 7 figures, up to May 2025, are all below the average of 92.3%: a change for the better that is unlikely to be \
             chance.",
        ),
        (
            falling.to_vec(),
            vec![],
            None,
            Variation::Neither(Towards::Low),
            "The last 7 figures, up to May 2025, are all below the average of 92.3%: a change that is unlikely to be chance; nothing \
             says which way is better.",
        ),
        (
            falling.to_vec(),
            vec![],
            Some(Better::Higher),
            Variation::Concern(Towards::Low),
            "The last 7 figures, up to May 2025, are all below the average of 92.3%: a change for the worse that is unlikely to be \
             chance.",
        ),
        (
            vec![90, 91, 90, 91, 90, 91, 90, 91, 90, 91, 90, 70],
            at_least(95),
            None,
            Variation::Concern(Towards::Low),
            "The newest figure, 70% for March 2025, lies below the lower limit of 81.5%: a change for the worse that is unlikely to be \
             chance.",
        ),
        (
            vec![80, 90, 80, 90, 80, 90, 81, 82, 83, 84, 85, 86],
            at_least(95),
            None,
            Variation::Improvement(Towards::High),
            "The last 6 figures rise one after another, up to March 2025: a change for the better that is unlikely to be chance.",
        ),
    ] {
        let chart = process(&figures(&met), &bands, better).unwrap();
        assert_eq!(chart.variation, variation, "{met:?} {:?}", chart.sentences);
        assert!(chart.sentences.iter().any(|own| own == words), "{words}\n{:?}", chart.sentences);
    }
    let same = chart(&[95; 12], &at_least(95));
    assert_eq!(same.sentences[0], "Over 12 months every figure is the same, 95%.");
}

#[test]
fn figures_that_are_mostly_alike_are_said() {
    for (met, said) in [
        ([90, 90, 90, 90, 90, 90, 91, 92, 93, 94, 95, 96], false),
        ([90, 90, 90, 90, 90, 90, 90, 92, 93, 94, 95, 96], true),
        ([90; 12], false),
    ] {
        let chart = chart(&met, &at_least(95));
        assert_eq!(
            chart.cautions.iter().any(|own| own.starts_with("7 of the 12 figures are the same (90%)")),
            said,
            "{:?}",
            chart.cautions
        );
    }
}

#[test]
fn figures_that_hardly_move_make_no_chart() {
    for (most, other, made) in [(8, 4, true), (9, 3, false), (11, 1, false), (12, 0, true)] {
        let met = [vec![100; most], vec![90; other]].concat();
        assert_eq!(process(&figures(&met), &at_least(95), None).is_some(), made, "{most} and {other}");
    }
}

#[test]
fn small_denominators_are_said() {
    let mut history = figures(&TWELVE);
    assert!(!process(&history, &[], None).unwrap().cautions.iter().any(|own| own.contains("cases")));
    history[2].denominator = Some(Decimal::from(4));
    let chart = process(&history, &[], None).unwrap();
    assert!(chart.cautions.iter().any(|own| own.contains("as few as 4 cases")), "{:?}", chart.cautions);
}

proptest! {
    #[test]
    fn what_is_better_turns_improvement_into_concern(met in proptest::collection::vec(-5i64..=100, 12..30)) {
        let history = figures(&met);
        let higher = process(&history, &[], Some(Better::Higher));
        let lower = process(&history, &[], Some(Better::Lower));
        let turned = |variation| match variation {
            Variation::Improvement(towards) => Variation::Concern(towards),
            Variation::Concern(towards) => Variation::Improvement(towards),
            other => other,
        };
        prop_assert_eq!(higher.is_some(), lower.is_some());
        if let (Some(higher), Some(lower)) = (higher, lower) {
            prop_assert_eq!(turned(higher.variation), lower.variation);
            for (a, b) in higher.points.iter().zip(&lower.points) {
                prop_assert_eq!(turned(a.variation), b.variation);
            }
        }
    }

    #[test]
    fn points_and_gaps_are_every_period_once(met in proptest::collection::vec(-20i64..=100, 12..60)) {
        let history = figures(&met);
        if let Some(chart) = process(&history, &at_least(90), None) {
            let mut periods: Vec<Period> = chart.points.iter().map(|point| point.period).collect();
            periods.extend(chart.gaps.iter().map(|gap| gap.period));
            periods.sort();
            for pair in periods.windows(2) {
                prop_assert_eq!(pair[0].next(), pair[1]);
            }
            prop_assert!(periods.len() <= 36);
            prop_assert_eq!(*periods.last().unwrap(), history.last().unwrap().period);
            prop_assert!(chart.lower.value >= Decimal::ZERO && chart.upper.value <= Decimal::ONE);
            prop_assert!(!chart.sentences.is_empty());
            // The newest point says what the chart says, and the words of both go together.
            prop_assert_eq!(chart.points.last().unwrap().variation, chart.variation);
            prop_assert_eq!(chart.variation.is_special(), !chart.points.last().unwrap().causes.is_empty());
        }
    }
}
