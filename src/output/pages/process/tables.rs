//! The data of an XmR chart as tables: its lines, and each figure with what it says.

use serde::Serialize;

use super::super::words;
use super::{shown, shown_range};
use crate::domain::period::Period;
use crate::output::periods;
use crate::review::process::{ProcessChart, ProcessLimit, ProcessPoint, SpecialCause, Towards, Variation};

/// A line of the chart.
#[derive(Debug, Serialize)]
pub(super) struct LineRow {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) meaning: String,
}

/// A period.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    pub(super) period: String,
    pub(super) figure: Option<String>,
    pub(super) range: Option<String>,
    pub(super) verdict: String,
    pub(super) remark: Option<String>,
}

/// Mean, limits and target with what they are.
pub(super) fn lines(chart: &ProcessChart) -> Vec<LineRow> {
    let row = |name: &str, value: String, meaning: String| LineRow { name: name.to_string(), value, meaning };
    let limit = |limit: &ProcessLimit, sign: &str| {
        let reckoned = format!("The average {sign} 2.66 times the average moving range.");
        match limit.is_cut() {
            true => {
                format!("{reckoned} Reckoned at {}; no figure can lie beyond.", shown(chart, limit.reckoned))
            }
            false => reckoned,
        }
    };
    let trial = if chart.trial { " (trial)" } else { "" };
    let mut rows = vec![
        row("Average", shown(chart, chart.mean), format!("The mean of {} figures.", chart.points.len())),
        row(
            &format!("Upper process limit{trial}"),
            shown(chart, chart.upper.value),
            limit(&chart.upper, "and"),
        ),
        row(
            &format!("Lower process limit{trial}"),
            shown(chart, chart.lower.value),
            limit(&chart.lower, "less"),
        ),
        row(
            "Average moving range",
            shown_range(chart, chart.mean_range),
            "The mean distance of a figure from the one right before.".to_string(),
        ),
    ];
    if let Some(target) = &chart.target {
        let better = if target.lower_is_better { "Lower is better." } else { "Higher is better." };
        rows.push(row(
            "Target",
            shown(chart, target.value),
            format!("{}. {better}", words::sentence(&target.words).trim_end_matches('.')),
        ));
    }
    rows
}

/// Every period, the newest first, with its figure and what it says.
pub(super) fn rows(chart: &ProcessChart, all: &[Period]) -> Vec<Row> {
    all.iter()
        .rev()
        .map(|period| {
            let label = periods::in_table(period);
            match chart.points.iter().find(|point| point.period == *period) {
                Some(point) => Row {
                    period: label,
                    figure: Some(point.shown.clone()),
                    range: point.moving_range.map(|range| shown_range(chart, range)),
                    verdict: verdict(point),
                    remark: point.relieved.then(|| "Relief agreed".to_string()),
                },
                None => Row {
                    period: label,
                    figure: None,
                    range: None,
                    verdict: chart
                        .gaps
                        .iter()
                        .find(|gap| gap.period == *period)
                        .map(|gap| format!("No point: {}", gap.why.to_lowercase()))
                        .unwrap_or_default(),
                    remark: None,
                },
            }
        })
        .collect()
}

/// `For the worse: below the lower limit; seven or more below the average`.
fn verdict(point: &ProcessPoint) -> String {
    let (word, towards) = match point.variation {
        Variation::CommonCause => return "Within chance".to_string(),
        Variation::Improvement(towards) => ("For the better", towards),
        Variation::Concern(towards) => ("For the worse", towards),
        Variation::Neither(towards) => ("Neither better nor worse", towards),
    };
    let side = |high: &'static str, low: &'static str| if towards == Towards::High { high } else { low };
    let why: Vec<&str> = point
        .causes
        .iter()
        .map(|cause| match cause {
            SpecialCause::Outside => side("above the upper limit", "below the lower limit"),
            SpecialCause::Trend => "one of six or more in a row that rise or fall",
            SpecialCause::CloseToLimit => "one of two in three close to a limit",
            SpecialCause::Run => "one of seven or more in a row on one side of the average",
        })
        .collect();
    format!("{word}: {}", why.join("; "))
}
