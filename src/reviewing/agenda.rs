//! The agenda of the review meeting, filled from the pack.

use chrono::Datelike;

use super::is_about;
use super::sentences::{against_target, by_period, change, list, relieved, together};
use super::supplied::Supplied;
use crate::assess::Case;
use crate::assess::submissions::{inaccuracy_in_words, receipt_in_words};
use crate::contract::meant::{self, Fill, Stated};
use crate::domain::escalation::EscalationStatus;
use crate::domain::period::{Frequency, Period, long_date};
use crate::domain::quantity::{Unit, show};
use crate::domain::rating::Rating;
use crate::domain::submission::SubmissionStatus;
use crate::domain::text::{lower, number_of};
use crate::review::{AgendaItem, Pack, Passage, RatedFigure};

/// The contract's agenda with what the returns say and points to raise.
pub fn agenda(case: &Case<'_>, pack: &Pack, supplied: Supplied<'_>) -> Vec<AgendaItem> {
    let Some(meeting) = &case.contract.meeting else { return Vec::new() };
    meeting.agenda.iter().map(|item| filled(case, pack, supplied, item)).collect()
}

fn filled<'a>(
    case: &'a Case<'a>,
    pack: &Pack,
    supplied: Supplied<'a>,
    item: &'a meant::AgendaItem,
) -> AgendaItem {
    let sums = item.sums.iter().map(|sum| supplied.sum(sum));
    let promises = item.promises.iter().filter_map(|path| case.contract.table(path)).flat_map(|table| {
        let own = pack.promises.iter().filter(|own| own.table.title == table.title);
        own.flat_map(|own| {
            let area = own.table.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
            let standing = format!("{}{area}, {}", own.table.title, own.standing);
            std::iter::once(standing).chain(own.moved.iter().cloned())
        })
    });
    AgendaItem {
        title: item.title.clone(),
        told: item.told.iter().flat_map(|path| supplied.told(path)).collect(),
        facts: sums.chain(promises).collect(),
        points: item.fill.map(|fill| points(case, pack, fill)).unwrap_or_default(),
        items: item.items.iter().map(|item| filled(case, pack, supplied, item)).collect(),
    }
}

fn points(case: &Case<'_>, pack: &Pack, fill: Fill) -> Vec<String> {
    match fill {
        Fill::Actions => minutes(case, pack).into_iter().chain(recorded_actions(pack)).collect(),
        Fill::Submissions => submissions(pack),
        Fill::Ratings => ratings(pack).into_iter().chain(without_targets(case, pack)).collect(),
        Fill::Queries => queries(pack),
        Fill::Narrative => pack
            .narrative
            .iter()
            .filter(|passage| passage.paragraphs.is_empty() && is_queried(pack, passage))
            .map(|passage| {
                let area = passage.area.as_ref().map(|area| format!(" ({area})")).unwrap_or_default();
                format!("{}{area}: nothing was written.", passage.title)
            })
            .collect(),
        Fill::SocialValue => pack
            .information
            .iter()
            .filter(|table| table.figures.iter().all(|figure| !figure))
            .map(|table| {
                format!("{}: {} reported.", table.title, number_of(table.rows.len(), "measure", "measures"))
            })
            .collect(),
        Fill::Escalations => escalations(pack),
        Fill::ActionPlan => pack
            .action_plan
            .iter()
            .map(|row| {
                format!(
                    "{}{}: {}",
                    if pack.kpis.iter().all(|line| line.whole.is_area()) { "" } else { "KPI " },
                    row.kpi,
                    if row.action.is_empty() { "action to be agreed".into() } else { row.action.clone() }
                )
            })
            .collect(),
        Fill::Dates => {
            pack.dates.iter().take(6).map(|line| format!("{}: {}", long_date(line.date), line.what)).collect()
        }
    }
}

/// One point a consequence, however many months of the period it holds in: `Improvement Plan (clause 6.1): condition met
/// in January and March 2023; watch in February 2023: met if …`.
fn escalations(pack: &Pack) -> Vec<String> {
    let mut told: Vec<&str> = Vec::new();
    let mut points = Vec::new();
    for first in &pack.escalations {
        if told.contains(&first.id.as_str()) {
            continue;
        }
        told.push(&first.id);
        let with =
            |status| pack.escalations.iter().filter(move |own| own.id == first.id && own.status == status);
        let met: Vec<Period> = with(EscalationStatus::Triggered).map(|own| own.period).collect();
        let mut parts = Vec::new();
        if !met.is_empty() {
            parts.push(format!(
                "{}{}",
                EscalationStatus::Triggered.word().to_lowercase(),
                in_periods(&met, &pack.period)
            ));
        }
        for watched in with(EscalationStatus::Watch) {
            let distance = watched.distance.as_ref().map(|d| format!(", {d}")).unwrap_or_default();
            let watch = watched.status.word().to_lowercase();
            parts.push(format!("{watch}{}{distance}", in_periods(&[watched.period], &pack.period)));
        }
        points.push(format!("{} (clause {}): {}.", first.title, first.clause, parts.join("; ")));
    }
    points
}

/// ` in January, February and March 2023`; nothing for the period of the pack itself, which the reader knows.
fn in_periods(periods: &[Period], own: &Period) -> String {
    let mut named: Vec<&Period> = Vec::new();
    for period in periods.iter().filter(|period| *period != own) {
        if !named.contains(&period) {
            named.push(period);
        }
    }
    let last = named.len().saturating_sub(1);
    let words: Vec<String> = named
        .iter()
        .enumerate()
        .map(|(at, period)| match period.frequency {
            // The year stands once, with the last month of it.
            Frequency::Month
                if at < last
                    && named.get(at + 1).is_some_and(|next| next.from.year() == period.from.year()) =>
            {
                period.from.format("%B").to_string()
            }
            Frequency::Month => period.describe(),
            _ => period.label(),
        })
        .collect();
    if words.is_empty() { String::new() } else { format!(" in {}", list(&words)) }
}

/// When the draft minutes of the last meeting went out, and by when silence is agreement.
fn minutes(case: &Case<'_>, pack: &Pack) -> Option<String> {
    let settings = case.contract.meeting.as_ref()?.minutes.as_ref()?;
    // The pack's own meeting follows its period; the minutes are those of the newest meeting before it.
    let until = pack.meeting.unwrap_or(pack.as_of).min(pack.as_of);
    let last = case.records.meetings.iter().rfind(|own| own.date < until && own.minutes_sent.is_some())?;
    let sent = last.minutes_sent?;
    Some(format!(
        "Draft minutes of the meeting on {} were sent on {}; the provider had until {} to approve them, and silence is agreement \
         ({}).",
        long_date(last.date),
        long_date(sent),
        long_date(case.working_days.after(sent, settings.working_days)),
        settings.clause
    ))
}

/// Every figure of the period that needs talking about; those there are none of stand together.
fn ratings(pack: &Pack) -> Vec<String> {
    let several = pack.kpis.iter().any(|line| line.within.len() > 1);
    let figures = || pack.kpis.iter().flat_map(|line| &line.within);
    let is_blank = |figure: &RatedFigure| figure.value.is_none() && figure.said.is_none();
    let told = figures()
        .filter(|figure| matches!(figure.rating, Rating::Red | Rating::Amber) || !is_blank(figure))
        .filter(|figure| {
            matches!(figure.rating, Rating::Red | Rating::Amber | Rating::Invalid | Rating::NoReturn)
        })
        .map(|figure| {
            let when = if several { format!(", {}", figure.period.describe()) } else { String::new() };
            let words = match (figure.value, &figure.said) {
                (Some(_), _) => format!(", {}", against_target(figure)),
                (None, Some(said)) => format!(" ({said})"),
                (None, None) => String::new(),
            };
            let rating = figure.rating.word().to_lowercase();
            format!("{}{when}: {rating}{words}{}.", figure.in_full(), relieved(figure))
        });
    let blank = [Rating::NoReturn, Rating::Invalid].into_iter().flat_map(|rating| {
        by_period(figures().filter(move |figure| figure.rating == rating && is_blank(figure)))
            .into_iter()
            .map(move |alike| format!("{}: {}.", together(&alike, several), rating.word().to_lowercase()))
    });
    told.chain(blank).collect()
}

/// Where the contract itself sets no target, every figure that is not rated, with its change.
fn without_targets(case: &Case<'_>, pack: &Pack) -> Vec<String> {
    let sets_target = case
        .contract
        .kpis
        .iter()
        .any(|kpi| matches!(kpi.stated, Stated::Certified(_)) || (!kpi.local && !kpi.rules.is_empty()));
    if sets_target {
        return Vec::new();
    }
    let several = pack.kpis.iter().any(|line| line.within.len() > 1);
    let mut points = Vec::new();
    for line in &pack.kpis {
        for figure in line.within.iter().filter(|figure| figure.rating == Rating::NotRated) {
            let other = several || figure.period != pack.period;
            let when = if other { format!(", {}", figure.period.describe()) } else { String::new() };
            let of = |period: Period| line.history.iter().find(|then| then.period == period);
            let changes: Vec<String> = [
                (figure.period.previous(), "the period before"),
                (figure.period.year_before(), "a year before"),
            ]
            .into_iter()
            .filter_map(|(period, words)| change(figure, of(period)?, words))
            .collect();
            let changes =
                if changes.is_empty() { String::new() } else { format!("; {}", changes.join("; ")) };
            let partial = figure.partial.as_ref().map(|words| format!(" {words}")).unwrap_or_default();
            points.push(format!(
                "KPI {}, {}{when}: {}{changes}.{partial}",
                figure.kpi,
                figure.title,
                against_target(figure)
            ));
        }
    }
    points
}

fn submissions(pack: &Pack) -> Vec<String> {
    let mut points: Vec<String> = pack
        .submissions
        .iter()
        .flat_map(|submission| {
            let late = matches!(submission.status, SubmissionStatus::Late | SubmissionStatus::Missing);
            late.then(|| receipt_in_words(submission)).into_iter().chain(inaccuracy_in_words(submission))
        })
        .collect();
    let mut told: Vec<&str> = Vec::new();
    for kpi in pack.submission_kpis.iter().filter(|kpi| kpi.rating == Rating::Red) {
        if told.contains(&kpi.id.as_str()) {
            continue;
        }
        told.push(&kpi.id);
        let windows: Vec<String> = pack
            .submission_kpis
            .iter()
            .filter(|other| other.id == kpi.id)
            .map(|window| {
                format!(
                    "{} of {} from {} to {}",
                    window.met,
                    window.due,
                    long_date(window.from),
                    long_date(window.to)
                )
            })
            .collect();
        let target = kpi
            .target
            .map(|target| format!("; the target is {}", show(target, Unit::Percent, &[])))
            .unwrap_or_default();
        points.push(format!("{}: {}{target}.", kpi.title, windows.join(", ")));
    }
    points
}

/// The actions of the log, each with by when it is to be done and how far it is.
fn recorded_actions(pack: &Pack) -> Vec<String> {
    pack.action_log
        .actions
        .iter()
        .map(|own| {
            let row = &own.row;
            let standing = own.standing(pack.as_of);
            // That it is open goes without saying.
            let standing = Some(lower(&standing)).filter(|words| words != "open");
            let aside: Vec<String> = Some(row.timescale.clone())
                .filter(|words| !words.is_empty())
                .into_iter()
                .chain(standing)
                .collect();
            let when = if aside.is_empty() { String::new() } else { format!(" ({})", aside.join("; ")) };
            match row.kpi.as_str() {
                "" => format!("{}{when}", row.action),
                kpi => match pack.kpis.iter().find(|line| is_about(kpi, &line.whole.kpi)) {
                    Some(line) => format!("{}: {}{when}", line.whole.name(), row.action),
                    None => format!("KPI {kpi}: {}{when}", row.action),
                },
            }
        })
        .collect()
}

/// Whether the passage's cell is in question; what the form does not require may stay blank.
fn is_queried(pack: &Pack, passage: &Passage) -> bool {
    pack.submissions
        .iter()
        .flat_map(|submission| &submission.findings)
        .any(|finding| finding.accepted.is_none() && finding.place() == passage.place)
}

fn queries(pack: &Pack) -> Vec<String> {
    pack.submissions
        .iter()
        .filter_map(|submission| {
            let open = submission.findings.iter().filter(|finding| finding.asks()).count();
            (open > 0).then(|| {
                let area = submission.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
                format!(
                    "{}{area}, {}: {} open.",
                    submission.form_title,
                    submission.period.describe(),
                    number_of(open, "query", "queries")
                )
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn the_months_of_a_condition_are_named_with_each_year_once() {
        let month = |year, month| {
            Period::containing(NaiveDate::from_ymd_opt(year, month, 1).unwrap(), Frequency::Month, 4)
        };
        let quarter = Period::containing(NaiveDate::from_ymd_opt(2023, 1, 1).unwrap(), Frequency::Quarter, 4);
        for (periods, words) in [
            (vec![month(2023, 1), month(2023, 2), month(2023, 3)], " in January, February and March 2023"),
            (vec![month(2022, 12), month(2023, 1)], " in December 2022 and January 2023"),
            (vec![month(2023, 1), month(2023, 1)], " in January 2023"),
            (vec![quarter], ""),
        ] {
            assert_eq!(in_periods(&periods, &quarter), words);
        }
    }
}
