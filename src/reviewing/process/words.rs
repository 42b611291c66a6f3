//! What an XmR chart says, in sentences an officer could read out.

use super::rules;
use crate::domain::period::Frequency;
use crate::domain::quantity::{Quantity, show};
use crate::review::process::{Assurance, ProcessChart, ProcessPoint, SpecialCause, Towards, Variation};

/// What the chart says: how the figures vary, whether the newest is a change, and whether the target is met by itself.
pub fn sentences(chart: &ProcessChart) -> Vec<String> {
    let mut sentences = vec![spread(chart)];
    sentences.extend(newest(chart));
    sentences.extend(earlier(chart));
    sentences.extend(assurance(chart));
    sentences
}

/// What is to be known before the limits are trusted; `smallest` is the smallest denominator, where it is small.
pub fn cautions(chart: &ProcessChart, smallest: Option<Quantity>) -> Vec<String> {
    let mut cautions = Vec::new();
    if chart.trial {
        cautions.push(format!(
            "Trial limits: they rest on {} figures. From 20 on they are firm enough to rely on.",
            chart.points.len()
        ));
    }
    cautions.extend(mostly_alike(chart));
    for (name, limit) in [("lower", &chart.lower), ("upper", &chart.upper)] {
        if limit.is_cut() {
            cautions.push(format!(
                "The {name} limit is reckoned at {} and drawn at {}: no figure can lie beyond.",
                shown(chart, limit.reckoned),
                shown(chart, limit.value)
            ));
        }
    }
    match chart.gaps.as_slice() {
        [] => {}
        [one] => cautions.push(format!(
            "{} has no point ({}): no run or trend is carried over it.",
            one.period.describe(),
            one.why.to_lowercase()
        )),
        several => cautions.push(format!(
            "{} {} have no point: no run or trend is carried over them.",
            several.len(),
            periods(chart)
        )),
    }
    if chart.points.iter().any(|point| point.relieved) {
        cautions
            .push("A figure with relief stays a point: the chart looks at how the service runs.".to_string());
    }
    if let Some(smallest) = smallest {
        let cases = show(smallest, crate::domain::quantity::Unit::Count, &[]);
        let of = if cases == "1" { "one case alone".to_string() } else { format!("as few as {cases} cases") };
        cautions.push(format!("Some figures rest on {of}, so that a single case moves them far."));
    }
    cautions
}

/// That most figures are one and the same, as where something is rare: average and limits say little then, and a run is easily made.
fn mostly_alike(chart: &ProcessChart) -> Option<String> {
    let alike = |own: &ProcessPoint| chart.points.iter().filter(|point| point.value == own.value).count();
    let most = chart.points.iter().max_by_key(|own| alike(own))?;
    let number = alike(most);
    (number * 2 > chart.points.len() && number < chart.points.len()).then(|| {
        format!(
            "{number} of the {} figures are the same ({}), so average, limits and runs say little: look at the others one by one.",
            chart.points.len(),
            most.shown
        )
    })
}

fn spread(chart: &ProcessChart) -> String {
    let over = format!("Over {} {}", chart.points.len(), periods(chart));
    if chart.mean_range.is_zero() {
        return format!("{over} every figure is the same, {}.", shown(chart, chart.mean));
    }
    format!(
        "{over} the average is {}; if nothing changes, the figure can be expected between {} and {}{}.",
        shown(chart, chart.mean),
        shown(chart, chart.lower.value),
        shown(chart, chart.upper.value),
        if chart.trial { " (trial limits)" } else { "" }
    )
}

/// What the newest point says.
fn newest(chart: &ProcessChart) -> Option<String> {
    let newest = chart.points.last()?;
    let when = newest.period.describe();
    let Some(cause) = newest.causes.first() else {
        return (!chart.mean_range.is_zero()).then(|| {
            format!(
                "The newest figure, {} for {when}, is within what chance alone would give (common cause).",
                newest.shown
            )
        });
    };
    let meaning = match chart.variation {
        Variation::Improvement(_) => "a change for the better that is unlikely to be chance",
        Variation::Concern(_) => "a change for the worse that is unlikely to be chance",
        Variation::Neither(_) => "a change that is unlikely to be chance; nothing says which way is better",
        Variation::CommonCause => return None,
    };
    let is_high = matches!(
        chart.variation,
        Variation::Improvement(Towards::High)
            | Variation::Concern(Towards::High)
            | Variation::Neither(Towards::High)
    );
    let number = trailing(chart, *cause);
    let (side, limit, name) = match is_high {
        true => ("above", chart.upper.value, "upper"),
        false => ("below", chart.lower.value, "lower"),
    };
    Some(match cause {
        SpecialCause::Outside => format!(
            "The newest figure, {} for {when}, lies {side} the {name} limit of {}: {meaning}.",
            newest.shown,
            show(limit, chart.unit, &[newest.value])
        ),
        SpecialCause::Trend => format!(
            "The last {number} figures {} one after another, up to {when}: {meaning}.",
            if is_high { "rise" } else { "fall" }
        ),
        SpecialCause::CloseToLimit => format!(
            "Of the last three figures, up to {when}, at least two lie close to the {name} limit of {}: {meaning}.",
            shown(chart, limit)
        ),
        SpecialCause::Run => format!(
            "The last {number} figures, up to {when}, are all {side} the average of {}: {meaning}.",
            shown(chart, chart.mean)
        ),
    })
}

/// How many points in a row up to the newest make the run or the trend it ends.
fn trailing(chart: &ProcessChart, cause: SpecialCause) -> usize {
    let Some(newest) = chart.points.last() else { return 0 };
    let side = |point: &ProcessPoint| rules::side(point.value, chart.mean);
    let mut number = 1;
    let mut step = None;
    for pair in chart.points.windows(2).rev() {
        let [before, after] = pair else { break };
        let order = rules::side(after.value, before.value);
        let goes_on = match cause {
            SpecialCause::Trend => *step.get_or_insert(order) == order,
            _ => side(before) == side(newest),
        };
        if before.period.next() != after.period || !goes_on {
            break;
        }
        number += 1;
    }
    number
}

/// That there are marked figures before those that the sentence on the newest one is about.
fn earlier(chart: &ProcessChart) -> Option<String> {
    let told = match chart.points.last().and_then(|newest| newest.causes.first()) {
        Some(SpecialCause::Outside) => 1,
        Some(SpecialCause::CloseToLimit) => 3,
        Some(cause) => trailing(chart, *cause),
        None => 0,
    };
    let before = chart.points.get(..chart.points.len().saturating_sub(told))?;
    match before.iter().filter(|point| point.variation.is_special()).count() {
        0 => None,
        1 => Some("One earlier figure is unlikely to be chance too; the table says why.".to_string())
            .filter(|_| told > 0)
            .or_else(|| Some("One earlier figure is unlikely to be chance; the table says why.".to_string())),
        number => Some(format!(
            "{number} earlier figures are unlikely to be chance{}; the table says why.",
            if told > 0 { " too" } else { "" }
        )),
    }
}

fn assurance(chart: &ProcessChart) -> Option<String> {
    let target = chart.target.as_ref()?;
    let (worse, best) = match target.lower_is_better {
        true => (("upper", chart.upper.value), ("lower", chart.lower.value)),
        false => (("lower", chart.lower.value), ("upper", chart.upper.value)),
    };
    let told = |(name, limit): (&str, Quantity)| format!("Even the {name} limit of {}", shown(chart, limit));
    Some(match chart.assurance? {
        Assurance::Hits => format!(
            "{} meets the target of {}: if nothing changes, it can be expected to be met every time.",
            told(worse),
            target.words
        ),
        Assurance::Misses => format!(
            "{} misses the target of {}: unless something changes, it cannot be expected to be met.",
            told(best),
            target.words
        ),
        Assurance::HitAndMiss => format!(
            "The target of {} lies between the limits: if nothing changes, it will be met in some {} and missed in others by \
             chance alone.",
            target.words,
            periods(chart)
        ),
    })
}

/// A figure of the chart as people read it; no rounding crosses the target.
fn shown(chart: &ProcessChart, figure: Quantity) -> String {
    let target: Vec<Quantity> = chart.target.iter().map(|target| target.value).collect();
    show(figure, chart.unit, &target)
}

fn periods(chart: &ProcessChart) -> &'static str {
    match chart.points.last().map(|point| point.period.frequency) {
        Some(Frequency::Month) => "months",
        Some(Frequency::Quarter) => "quarters",
        Some(Frequency::HalfYear) => "half-years",
        Some(Frequency::Year) => "years",
        None => "periods",
    }
}
