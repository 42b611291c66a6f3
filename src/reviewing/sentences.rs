//! What an analyst would say of the figures, written by rules from the figures.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use chrono::Datelike;
use rust_decimal::{Decimal, RoundingStrategy};

use super::{Reader, scores};
use crate::assess::Case;
use crate::assess::submissions::receipt_in_words;
use crate::domain::period::{Frequency, Period, long_date};
use crate::domain::quantity::Unit;
use crate::domain::rating::Rating;
use crate::domain::submission::{Submission, SubmissionStatus};
use crate::domain::text::{capital, number_of};
use crate::review::{KpiLine, Pack, RatedFigure};

/// So many periods on target are worth a word.
const LONG: usize = 4;

/// `a`, `a and b`, `a, b and c`.
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The figures of the period that are so rated, in the contract's order.
pub fn figures(pack: &Pack, rating: Rating) -> impl Iterator<Item = &RatedFigure> {
    pack.kpis.iter().flat_map(|line| &line.within).filter(move |figure| figure.rating == rating)
}

/// The figures by period, in the order in which the periods come.
pub fn by_period<'a>(figures: impl Iterator<Item = &'a RatedFigure>) -> Vec<Vec<&'a RatedFigure>> {
    let mut groups: Vec<Vec<&RatedFigure>> = Vec::new();
    for figure in figures {
        let own = groups.iter_mut().find(|group| group.iter().any(|other| other.period == figure.period));
        match own {
            Some(group) => group.push(figure),
            None => groups.push(vec![figure]),
        }
    }
    groups
}

/// `KPIs 1, 2 and 3, April 2023`: what is true of several KPIs in one period.
pub fn together(figures: &[&RatedFigure], several: bool) -> String {
    let areas = figures.iter().all(|figure| figure.is_area());
    let references: Vec<String> =
        figures.iter().map(|figure| if areas { figure.title.clone() } else { figure.kpi.clone() }).collect();
    let when = figures
        .first()
        .filter(|_| several)
        .map(|first| format!(", {}", first.period.describe()))
        .unwrap_or_default();
    let kind = match references.len() {
        _ if areas => "",
        1 => "KPI ",
        _ => "KPIs ",
    };
    format!("{kind}{}{when}", list(&references))
}

/// Whether the pack holds several periods of ratings, such as the months of a quarter.
pub fn has_several(pack: &Pack) -> bool {
    pack.kpis.iter().any(|line| line.within.len() > 1)
}

/// `KPI 2, Reports in time, in May 2023: 40% (2 of 5) …`.
pub fn named(figure: &RatedFigure, several: bool) -> String {
    let when = if several { format!(", {}", figure.period.describe()) } else { String::new() };
    format!("{}{when}: {}{}", figure.in_full(), against_target(figure), relieved(figure))
}

/// What is added to a rating that the officer gave relief from.
pub fn relieved(figure: &RatedFigure) -> &'static str {
    if figure.relief.is_some() { " (relief agreed: not counted)" } else { "" }
}

/// `88% (162 of 184) against a target of at least 90%`, and how far off it is where that is a number of cases.
pub fn against_target(figure: &RatedFigure) -> String {
    let parts = figure.out_of().map(|parts| format!(" ({parts})")).unwrap_or_default();
    let target = figure
        .aim
        .as_ref()
        .map(|aim| {
            let local = if figure.local { "local " } else { "" };
            match figure.is_area() && figure.thresholds.len() > 1 {
                true => format!(" (green is {aim})"),
                false => format!(" against a {local}target of {aim}"),
            }
        })
        .unwrap_or_default();
    let gap = figure
        .short_of
        .map(|(number, better)| {
            let more = if figure.lower_is_better { "fewer" } else { "more" };
            let number = if number == 1 { "one".to_string() } else { number.to_string() };
            match better {
                // Beside a lone target the better rating needs no name.
                Rating::Green if figure.thresholds.len() == 1 => {
                    format!("; {number} {more} would have met it")
                }
                better => format!("; {number} {more} would have been {}", better.word().to_lowercase()),
            }
        })
        .unwrap_or_default();
    format!("{}{parts}{target}{gap}", figure.shown())
}

/// Where a KPI stands, for an action plan; with its period where the pack has several.
pub fn current(figure: &RatedFigure, several: bool) -> String {
    let when = if several { format!(" in {}", figure.period.describe()) } else { String::new() };
    format!("{}{when}: {}", figure.rating.word(), against_target(figure))
}

/// What is said of a KPI; `within` are its figures in the periods of the pack.
pub fn of_kpi(
    whole: &RatedFigure,
    within: &[RatedFigure],
    areas: &[RatedFigure],
    history: &[RatedFigure],
) -> Vec<String> {
    let mut sentences = Vec::new();
    if within.len() > 1 {
        let each: Vec<String> = within.iter().map(in_brief).collect();
        sentences.push(format!("{}.", capital(&list(&each))));
    }
    let in_bands = whole.thresholds.len() > 1;
    sentences.push(match whole.rating {
        Rating::NoReturn => "The return for this period has not been received.".to_string(),
        Rating::Invalid => {
            "The return was received, but the figure cannot be used; see the queries.".to_string()
        }
        Rating::NoActivity => "Nothing happened in the period that could be measured.".to_string(),
        Rating::NotRated => format!("{}; the contract sets no target.", against_target(whole)),
        Rating::Red | Rating::Green if whole.unit == Unit::Answer => {
            let word = if whole.rating == Rating::Red { "Not met" } else { "Met" };
            format!("{word}: {}.", whole.shown())
        }
        Rating::Red if !in_bands => format!("Missed: {}.", against_target(whole)),
        Rating::Green | Rating::Stretch if !in_bands => format!("Met: {}.", against_target(whole)),
        rating => format!("{}: {}.", rating.word(), against_target(whole)),
    });
    if whole.value.is_some() {
        sentences.extend(whole.partial.clone());
    }
    sentences.extend(small_number(whole));
    if areas.iter().any(|area| area.rating != whole.rating) {
        let each: Vec<String> = areas
            .iter()
            .map(|area| {
                let name = area.area.as_deref().unwrap_or_default();
                match area.value {
                    Some(_) => format!("{name} {} ({})", area.shown(), area.rating.word().to_lowercase()),
                    None => format!("{name} {}", area.rating.word().to_lowercase()),
                }
            })
            .collect();
        sentences.push(format!("{}.", list(&each)));
    }
    let figure_of = |period: Period| history.iter().rev().find(|figure| figure.period == period);
    let comparisons: Vec<String> = match whole.is_area() {
        // Reviews come as they are planned, not period by period.
        true => scores::before(whole, history)
            .and_then(|then| change(whole, then, "the review before"))
            .into_iter()
            .collect(),
        false => {
            [(whole.period.previous(), "the period before"), (whole.period.year_before(), "a year before")]
                .into_iter()
                .filter_map(|(period, when)| change(whole, figure_of(period)?, when))
                .collect()
        }
    };
    if !comparisons.is_empty() {
        sentences.push(format!("{}.", capital(&comparisons.join("; "))));
    }
    sentences.extend(in_a_row(history, in_bands));
    sentences
}

/// How long the target has been missed, or met again after it was missed.
fn in_a_row(history: &[RatedFigure], in_bands: bool) -> Option<String> {
    let below = |figure: &RatedFigure| matches!(figure.rating, Rating::Red | Rating::Amber);
    let met = |figure: &RatedFigure| matches!(figure.rating, Rating::Green | Rating::Stretch);
    let newest = history.last()?;
    let times = if newest.is_area() { "reviews" } else { "periods" };
    let run = |is: &dyn Fn(&RatedFigure) -> bool, from: usize| {
        history.iter().rev().skip(from).take_while(|figure| is(figure)).count()
    };
    let missed = run(&below, 0);
    if missed >= 2 {
        let verb = if in_bands { "Amber or red" } else { "Missed" };
        return Some(format!("{verb} in {missed} {times} in a row."));
    }
    let on_target = run(&met, 0);
    let missed_before = run(&below, 1);
    match (on_target, missed_before) {
        (1, 2..) => {
            Some(format!("On target for the first time after {missed_before} {times} in a row below it."))
        }
        (LONG.., _) => Some(format!("On target in each of the last {on_target} {times}.")),
        _ => None,
    }
}

/// `red in May 2023 (71.4%, 5 of 7)`.
fn in_brief(figure: &RatedFigure) -> String {
    let value = figure.value.map(|_| {
        let parts = figure.out_of().map(|parts| format!(", {parts}")).unwrap_or_default();
        format!(" ({}{parts})", figure.shown())
    });
    format!(
        "{} in {}{}",
        figure.rating.word().to_lowercase(),
        figure.period.describe(),
        value.unwrap_or_default()
    )
}

/// Of a share of ten or fewer, how much one of them weighs.
fn small_number(figure: &RatedFigure) -> Option<String> {
    let of = figure.denominator.filter(|of| !of.is_zero() && *of <= Decimal::TEN)?;
    (figure.unit == Unit::Percent && of > Decimal::ONE).then(|| {
        format!(
            "The numbers are small: one more or less moves the figure by about {} percentage points.",
            (Decimal::ONE_HUNDRED / of)
                .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
                .normalize()
        )
    })
}

/// A sentence of the register with its full stop.
fn sentence(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '!', '?', ':']) { text.to_string() } else { format!("{text}.") }
}

/// `up from 92.5% in 2025-26 Q2, the period before`.
pub fn change(now: &RatedFigure, then: &RatedFigure, when: &str) -> Option<String> {
    let (now_value, then_value) = (now.value?, then.value?);
    // A part of a period is never held against a whole one without a word.
    let partial = if then.partial.is_some() { " (a partial period)" } else { "" };
    let period = format!("{}{partial}", in_short(&then.period));
    Some(match now_value.cmp(&then_value) {
        Ordering::Equal => format!("unchanged from {period}, {when}"),
        Ordering::Greater => format!("up from {} in {period}, {when}", then.shown()),
        Ordering::Less => format!("down from {} in {period}, {when}", then.shown()),
    })
}

/// `2025-26 Q2`, `March 2026`.
pub fn in_short(period: &Period) -> String {
    if period.frequency == Frequency::Month { period.describe() } else { period.label() }
}

/// `red (71.4%) in May 2023`; the period only where it is a month, since the reader knows which quarter a pack is for.
fn stand(figure: &RatedFigure) -> String {
    let shown = figure.value.is_some() || figure.said.is_some();
    let value = if shown { format!(" ({})", figure.shown()) } else { String::new() };
    let when = match figure.period.frequency {
        Frequency::Month => format!(" in {}", figure.period.describe()),
        _ => String::new(),
    };
    format!("{}{value}{when}", figure.rating.word().to_lowercase())
}

/// What changed since the last period.
pub fn changes(kpis: &[KpiLine]) -> Vec<String> {
    let mut changes = Vec::new();
    for line in kpis {
        let before = match line.whole.is_area() {
            true => scores::before(&line.whole, &line.history),
            false => line.history.iter().rev().find(|figure| figure.period == line.whole.period.previous()),
        };
        let Some(before) = before else { continue };
        if before.rating != line.whole.rating {
            changes.push(format!(
                "{}: from {} to {}.",
                line.whole.in_full(),
                stand(before),
                stand(&line.whole)
            ));
        }
    }
    changes
}

/// What the reader must know before trusting the page.
pub fn cautions(case: &Case<'_>, pack: &Pack, reader: Reader) -> Vec<String> {
    let mut cautions = Vec::new();
    let name = |submission: &Submission| {
        let area = submission.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
        format!("{}{area} for {}", submission.form_title, submission.period.describe())
    };
    for submission in &pack.submissions {
        match submission.status {
            SubmissionStatus::Missing => cautions.push(format!(
                "{} is missing; it was due on {}.{}",
                name(submission),
                long_date(submission.due),
                submission.status_note.as_ref().map(|note| format!(" {note}")).unwrap_or_default()
            )),
            SubmissionStatus::Late => cautions.push(receipt_in_words(submission)),
            SubmissionStatus::Unproven => cautions.push(format!(
                "{}: nothing proves when it was received, so it is left out of timeliness. {}",
                name(submission),
                submission.status_note.clone().unwrap_or_default()
            )),
            SubmissionStatus::NotYetDue if submission.versions.is_empty() => cautions.push(format!(
                "{} is not in yet; it is due on {}.",
                name(submission),
                long_date(submission.due)
            )),
            _ => {}
        }
        if let Some(note) = submission.due_note.as_ref().filter(|note| note.starts_with("Extended")) {
            cautions.push(format!("{}: {}", name(submission), sentence(note)));
        }
        // The provider reads this too.
        let queries = submission.findings.iter().filter(|finding| !finding.kind.is_for_the_council_alone());
        let accepted: Vec<&String> = queries.filter_map(|finding| finding.accepted.as_ref()).collect();
        if !accepted.is_empty() {
            let reasons: BTreeSet<&str> =
                accepted.iter().map(|reason| reason.trim_end_matches('.')).collect();
            cautions.push(format!(
                "{}: {} accepted by the officer and not counted ({}).",
                name(submission),
                number_of(accepted.len(), "query was", "queries were"),
                Vec::from_iter(reasons).join("; ")
            ));
        }
    }
    let several = has_several(pack);
    let name = |figure: &RatedFigure| {
        let when = if several { format!(", {}", figure.period.describe()) } else { String::new() };
        format!("{}{when}", figure.in_full())
    };
    for alike in by_period(figures(pack, Rating::Invalid)) {
        cautions.push(match alike.as_slice() {
            [only] => format!("{}: the figure could not be used and is not rated.", name(only)),
            alike => {
                format!("{}: the figures could not be used and are not rated.", together(alike, several))
            }
        });
    }
    for figure in pack.kpis.iter().flat_map(|line| &line.within) {
        if let Some(relief) = &figure.relief {
            cautions.push(format!("{}: the rating does not count. {}", name(figure), sentence(relief)));
        }
    }
    // A standing that began after the period was none of it, but who reads the pack must know of it now.
    let standings = case.records.standings.iter().filter(|standing| standing.concerns(&pack.period));
    cautions.extend(standings.map(|standing| standing.words(&case.records.provider)));
    if reader == Reader::Council {
        cautions.extend(pack.escalations.iter().filter_map(|escalation| escalation.caution.clone()));
    }
    for kpi in &pack.submission_kpis {
        if let Some(note) = &kpi.provisional {
            cautions.push(format!("{}, {} to {}: {note}", kpi.title, long_date(kpi.from), long_date(kpi.to)));
        }
    }
    let holidays = case.working_days.holidays();
    if holidays.is_beyond_table(pack.period.to) {
        let (first, last) = holidays.years();
        let years =
            if pack.period.to.year() > last { format!("after {last}") } else { format!("before {first}") };
        cautions.push(format!(
            "Bank holidays {years} are worked out by rule, not taken from the published table."
        ));
    }
    cautions
}

#[cfg(test)]
pub(super) mod tests {
    use chrono::NaiveDate;

    use super::*;

    pub fn share(quarter: i64, met: i64, of: i64, rating: Rating) -> RatedFigure {
        let day = NaiveDate::from_ymd_opt(2025, 9, 1).unwrap();
        let mut period = Period::containing(day, Frequency::Quarter, 9);
        (0..quarter).for_each(|_| period = period.next());
        RatedFigure {
            kpi: "5".into(),
            title: "Referrals allocated".into(),
            area: None,
            period,
            value: Some(Decimal::from(met) / Decimal::from(of)),
            numerator: Some(met.into()),
            denominator: Some(of.into()),
            unit: Unit::Percent,
            target: vec![">= 95%".into()],
            thresholds: vec![Decimal::new(95, 2)],
            rating,
            clause: "2.2".into(),
            notes: Vec::new(),
            relief: None,
            cells: Vec::new(),
            comment: None,
            computed: None,
            aim: Some("at least 95%".into()),
            short_of: (rating == Rating::Red)
                .then(|| (u32::try_from((95 * of + 99) / 100 - met).unwrap(), Rating::Green)),
            said: None,
            not_met: rating == Rating::Red,
            contradicted: false,
            local: false,
            lower_is_better: false,
            partial: None,
        }
    }

    #[test]
    fn a_miss_says_how_many_more_would_have_met_the_target() {
        for (met, of, rating, words) in [
            (
                18,
                20,
                Rating::Red,
                "90% (18 of 20) against a target of at least 95%; one more would have met it",
            ),
            (
                17,
                19,
                Rating::Red,
                "89.5% (17 of 19) against a target of at least 95%; 2 more would have met it",
            ),
            (19, 20, Rating::Green, "95% (19 of 20) against a target of at least 95%"),
        ] {
            assert_eq!(against_target(&share(0, met, of, rating)), words);
        }
    }

    #[test]
    fn a_run_of_misses_and_its_end_are_told() {
        use Rating::{Amber, Green, NoReturn, Red, Stretch};
        for (ratings, bands, words) in [
            (vec![Red], false, None),
            (vec![Green, Red], false, None),
            (vec![Red, Red], false, Some("Missed in 2 periods in a row.")),
            (vec![Red, Green, Red, Red, Red], false, Some("Missed in 3 periods in a row.")),
            (vec![Amber, Red], true, Some("Amber or red in 2 periods in a row.")),
            (vec![Red, NoReturn, Red], false, None),
            (vec![Red, Green], false, None),
            (
                vec![Red, Red, Green],
                false,
                Some("On target for the first time after 2 periods in a row below it."),
            ),
            (vec![Green, Green, Green], false, None),
            (vec![Red, Green, Stretch, Green, Green], true, Some("On target in each of the last 4 periods.")),
            (vec![Green, Green, Green, Green, NoReturn], false, None),
        ] {
            let history: Vec<RatedFigure> = ratings.iter().map(|rating| share(0, 9, 10, *rating)).collect();
            assert_eq!(in_a_row(&history, bands).as_deref(), words, "{ratings:?}");
        }
    }

    #[test]
    fn a_kpi_is_told_against_the_period_before() {
        let history = [share(0, 38, 40, Rating::Green), share(1, 9, 10, Rating::Red)];
        assert_eq!(
            of_kpi(&history[1], &history[1..], &[], &history),
            [
                "Missed: 90% (9 of 10) against a target of at least 95%; one more would have met it.",
                "The numbers are small: one more or less moves the figure by about 10 percentage points.",
                "Down from 95% in 2025-26 Q1, the period before.",
            ]
        );
    }
}
