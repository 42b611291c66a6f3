//! Cases of the rules for special causes, edges on both sides, and properties that hold of every chart.

use proptest::prelude::*;

use super::*;

fn d(text: &str) -> Quantity {
    text.parse().unwrap()
}

/// Figures in a row; `-` is a period without a point.
fn row(text: &str) -> Vec<Entry> {
    let mut follows = false;
    let mut entries = Vec::new();
    for word in text.split_whitespace() {
        if word == "-" {
            follows = false;
        } else {
            entries.push(Entry { value: d(word), follows });
            follows = true;
        }
    }
    entries
}

/// The positions, from 1, of the figures with a cause, and where each points to.
fn marked(text: &str, cause: SpecialCause) -> Vec<(usize, Towards)> {
    let reckoned = reckon(&row(text)).unwrap();
    (1..)
        .zip(&reckoned.causes)
        .flat_map(|(at, causes)| {
            causes.iter().filter(|(own, _)| *own == cause).map(move |(_, towards)| (at, *towards))
        })
        .collect()
}

fn spans(from: usize, to: usize, towards: Towards) -> Vec<(usize, Towards)> {
    (from..=to).map(|at| (at, towards)).collect()
}

#[test]
fn mean_and_limits_are_reckoned_exactly() {
    // 10 and 12 by turns: mean 11, every moving range 2, limits 11 and 5.32 either side.
    let reckoned = reckon(&row("10 12 10 12 10 12 10 12 10 12 10 12")).unwrap();
    assert_eq!(reckoned.mean, d("11"));
    assert_eq!(reckoned.mean_range, d("2"));
    assert_eq!((reckoned.lower, reckoned.upper), (d("5.68"), d("16.32")));
    assert!(reckoned.causes.iter().all(Vec::is_empty));
    assert_eq!(reckoned.ranges.first(), Some(&None));
    assert_eq!(reckoned.ranges.iter().flatten().count(), 11);
}

#[test]
fn no_moving_range_is_taken_over_a_gap() {
    let ranges = moving_ranges(&row("1 2 - 9 8"));
    assert_eq!(ranges, [None, Some(d("1")), None, Some(d("1"))]);
    assert_eq!(reckon(&row("1 - 2 - 3")), None);
    assert_eq!(reckon(&[]), None);
}

#[test]
fn a_point_on_a_limit_is_not_outside_it() {
    use SpecialCause::Outside;
    for (text, positions) in [
        // Mean 0; the moving ranges add up to 1,100, so their mean is 100 and the limits lie at 266 either side.
        ("266 0 -266 0 0 0 -75.5 0 75.5 0 0 0", vec![]),
        // A little less between, and the same figures lie outside.
        ("266 0 -266 0 0 0 -75.4 0 75.4 0 0 0", vec![(1, Towards::High), (3, Towards::Low)]),
        // A figure that leaves an even course lies outside what it makes of the limits itself.
        ("5 5 5 5 5 9 5 5 5 5 5 5", vec![(6, Towards::High)]),
        ("5 5 5 5 5 5 5 5 5 5 5 5", vec![]),
    ] {
        assert_eq!(marked(text, Outside), positions, "{text}");
    }
    let reckoned = reckon(&row("266 0 -266 0 0 0 -75.5 0 75.5 0 0 0")).unwrap();
    assert_eq!((reckoned.mean, reckoned.mean_range, reckoned.upper), (d("0"), d("100"), d("266")));
}

#[test]
fn what_division_leaves_tells_no_figures_apart() {
    for (figure, other, order) in [
        ("0.5", "0.5", Ordering::Equal),
        ("0.50000000001", "0.5", Ordering::Equal),
        ("0.500000001", "0.5", Ordering::Greater),
        ("0.499999999", "0.5", Ordering::Less),
    ] {
        assert_eq!(side(d(figure), d(other)), order, "{figure}");
    }
    // Thirds have no end, yet their mean is a third and none of them lies beside it.
    let third = Quantity::ONE / Quantity::from(3);
    let entries: Vec<Entry> = (0..12).map(|_| Entry { value: third, follows: true }).collect();
    assert!(reckon(&entries).unwrap().causes.iter().all(Vec::is_empty));
}

#[test]
fn seven_on_one_side_make_a_run_and_six_do_not() {
    use SpecialCause::Run;
    for (text, positions) in [
        // Six above 0, six below.
        ("1 2 1 2 1 2 -1 -2 -1 -2 -1 -2", vec![]),
        // Seven above, with the mean still 0.
        ("1 2 1 2 1 2 1 -2 -2 -2 -2 -2", spans(1, 7, Towards::High)),
        // Seven below.
        ("2 2 2 2 2 -1 -2 -1 -2 -1 -2 -1", spans(6, 12, Towards::Low)),
        // The fourth lies on the mean: neither side is seven long.
        ("1 2 1 0 2 1 2 1 -2 -2 -2 -4", vec![]),
        // A period is missing after the fourth.
        ("1 2 1 2 - 1 2 1 -2 -2 -2 -2 -2", vec![]),
        // The run is whole before the missing period.
        ("1 2 1 2 1 2 1 - 1 -2 -2 -2 -2 -3", spans(1, 7, Towards::High)),
    ] {
        assert_eq!(reckon(&row(text)).unwrap().mean, d("0"), "{text}");
        assert_eq!(marked(text, Run), positions, "{text}");
    }
}

#[test]
fn six_rising_make_a_trend_and_five_do_not() {
    use SpecialCause::Trend;
    for (text, positions) in [
        ("5 1 2 3 4 5 4 5 4 5 4 5", vec![]),
        ("5 1 2 3 4 5 6 4 5 4 5 4", spans(2, 7, Towards::High)),
        ("1 6 5 4 3 2 1 4 3 4 3 4", spans(2, 7, Towards::Low)),
        ("1 5 4 3 2 1 4 3 4 3 4 3", vec![]),
        // Equal figures end a trend.
        ("1 2 3 3 4 5 6 5 6 5 6 5", vec![]),
        ("3 3 1 2 3 4 5 6 6 5 6 5", spans(3, 8, Towards::High)),
        // So does a period without a point.
        ("5 1 2 3 - 4 5 6 4 5 4 5 4", vec![]),
        // Longer than six.
        ("9 1 2 3 4 5 6 7 8 7 8 7", spans(2, 9, Towards::High)),
        // Up and down again: the top says what leads on from it.
        ("1 2 3 4 5 6 5 4 3 2 1 1", [spans(1, 5, Towards::High), spans(6, 11, Towards::Low)].concat()),
    ] {
        assert_eq!(marked(text, Trend), positions, "{text}");
    }
}

#[test]
fn two_of_three_in_the_outer_third_count_on_one_side_alone() {
    use SpecialCause::CloseToLimit;
    let high = |at: &[usize]| at.iter().map(|at| (*at, Towards::High)).collect::<Vec<_>>();
    let low = |at: &[usize]| at.iter().map(|at| (*at, Towards::Low)).collect::<Vec<_>>();
    for (text, positions) in [
        // Exactly two thirds of the way (133 from a mean of 0, the mean moving range 75): not beyond.
        ("133 1 133 -66 5 -3 -27 0 -11 15 -120 -60", vec![]),
        // The ranges two smaller in all: beyond, with the figure between on the same side.
        ("133 1 133 -66 4 -2 -27 0 -11 15 -120 -60", high(&[1, 3])),
        ("-133 -1 -133 66 -4 2 27 0 11 -15 120 60", low(&[1, 3])),
        // The figure between lies on the other side.
        ("133 -1 133 -66 4 -2 -25 0 -11 15 -120 -60", vec![]),
        // A period is missing between them.
        ("133 - 1 133 -66 4 -2 -27 0 -11 15 -120 -60", vec![]),
        // The third of the three lies on the other side; then on the same.
        ("5 7 5 7 5 7 5 7 5 7 5 14 13 5", vec![]),
        ("5 7 5 7 5 7 5 7 5 7 5 7 14 8 13", high(&[13, 15])),
        // A figure outside the limits counts as one close to it.
        ("5 7 5 7 5 7 5 7 5 7 5 7 16 13 8", high(&[13, 14])),
        // Two of four are too few.
        ("5 7 5 7 5 7 5 7 5 7 5 7 13 9 8 12", vec![]),
    ] {
        assert_eq!(marked(text, CloseToLimit), positions, "{text}");
    }
    assert_eq!(marked("5 7 5 7 5 7 5 7 5 7 5 7 16 13 8", SpecialCause::Outside), high(&[13]));
}

proptest! {
    #[test]
    fn the_verdicts_do_not_depend_on_the_scale(
        values in proptest::collection::vec((0i64..60, any::<bool>()), 12..36),
        factor in 1i64..50,
        shift in -500i64..500,
    ) {
        let of = |change: &dyn Fn(i64) -> i64| -> Vec<Entry> {
            values
                .iter()
                .map(|(value, gap)| Entry { value: change(*value).into(), follows: !gap })
                .collect()
        };
        let own = reckon(&of(&|value| value));
        let other = reckon(&of(&|value| value * factor + shift));
        prop_assert_eq!(own.map(|own| own.causes), other.map(|other| other.causes));
    }

    #[test]
    fn what_is_mirrored_points_the_other_way(
        values in proptest::collection::vec((0i64..60, any::<bool>()), 12..36),
    ) {
        let of = |sign: i64| -> Vec<Entry> {
            values.iter().map(|(value, gap)| Entry { value: (sign * value).into(), follows: !gap }).collect()
        };
        let Some(own) = reckon(&of(1)) else { return Ok(()) };
        let mirrored = reckon(&of(-1)).unwrap();
        let turned = |towards: Towards| match towards {
            Towards::High => Towards::Low,
            Towards::Low => Towards::High,
        };
        let expected: Vec<Vec<(SpecialCause, Towards)>> = own
            .causes
            .iter()
            .map(|causes| causes.iter().map(|(cause, towards)| (*cause, turned(*towards))).collect())
            .collect();
        prop_assert_eq!(mirrored.causes, expected);
        prop_assert_eq!((mirrored.mean, mirrored.upper), (-own.mean, -own.lower));
    }

    #[test]
    fn every_figure_has_a_verdict_and_the_limits_hold_the_mean(
        values in proptest::collection::vec((0i64..1000, 1i64..100, any::<bool>()), 2..40),
    ) {
        let entries: Vec<Entry> = values
            .iter()
            .map(|(n, m, gap)| Entry { value: Quantity::from(*n) / Quantity::from(*m), follows: !gap })
            .collect();
        if let Some(reckoned) = reckon(&entries) {
            prop_assert_eq!(reckoned.causes.len(), entries.len());
            prop_assert_eq!(reckoned.ranges.len(), entries.len());
            prop_assert!(reckoned.lower <= reckoned.mean && reckoned.mean <= reckoned.upper);
            for (entry, causes) in entries.iter().zip(&reckoned.causes) {
                let outside = causes.iter().any(|(cause, _)| *cause == SpecialCause::Outside);
                let beyond = side(entry.value, reckoned.upper).is_gt() || side(entry.value, reckoned.lower).is_lt();
                prop_assert_eq!(outside, beyond);
                // A point says one thing a cause, and a point on the mean is part of no run.
                let mut named: Vec<_> = causes.iter().map(|(cause, _)| *cause).collect();
                named.dedup();
                prop_assert_eq!(named.len(), causes.len());
                if side(entry.value, reckoned.mean).is_eq() {
                    prop_assert!(causes.iter().all(|(cause, _)| *cause == SpecialCause::Trend));
                }
            }
        }
    }
}
