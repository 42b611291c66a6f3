//! Whether a course of monthly totals would draw a query by itself (rulebook 6.3: more than three median absolute
//! deviations from the last six or more periods).

/// Periods of history needed before a figure is compared.
const HISTORY: usize = 6;
/// Deviations at which a figure is out of the ordinary; below the contract's three, for room on either side.
const DEVIATIONS: f64 = 2.9;

/// How many of the last row's figures are out of the ordinary against the rows before them, looking back six rows,
/// twelve, or all. A history without any spread counts too, for then the next figure would be.
pub fn out_of_the_ordinary<const N: usize>(rows: &[[f64; N]]) -> usize {
    (0..N).filter(|column| strange(&rows.iter().map(|row| row[*column]).collect::<Vec<_>>())).count()
}

fn strange(values: &[f64]) -> bool {
    let Some((last, history)) = values.split_last() else { return false };
    let spread_next = values.len() < HISTORY || spread(recent(values, HISTORY)).1 > 0.0;
    let ordinary = history.len() < HISTORY
        || [HISTORY, 2 * HISTORY, history.len()].iter().all(|periods| {
            let (middle, deviation) = spread(recent(history, *periods));
            (last - middle).abs() <= DEVIATIONS * deviation
        });
    !(spread_next && ordinary)
}

fn recent(values: &[f64], periods: usize) -> &[f64] {
    &values[values.len().saturating_sub(periods)..]
}

fn spread(values: &[f64]) -> (f64, f64) {
    let middle = median(values.to_vec());
    (middle, median(values.iter().map(|value| (value - middle).abs()).collect()))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    match values.len() {
        0 => 0.0,
        length if length % 2 == 1 => values[half],
        _ => f64::midpoint(values[half - 1], values[half]),
    }
}
