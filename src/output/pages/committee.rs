//! `committee-pack.html`: what a public committee of councillors reads of a pack.
//!
//! Made of a [`CommitteePack`], in which what may not be shown is left out already, and of nothing else. It leads to no other page or
//! file: a paper is printed, or put on a website of its own.

use serde::Serialize;

use crate::domain::period::long_date;
use crate::domain::quantity::{Unit, show};
use crate::domain::rating::Rating;
use crate::domain::submission::SubmissionStatus;
use crate::domain::text::capital;
use crate::output::periods;
use crate::output::targets;
use crate::review::RatedFigure;
use crate::review::committee::{CommitteeFigure, CommitteeKpi, CommitteePack};

use super::charts::{Chart, chart};
use super::engine::Pages;
use super::kpis::counted;
use super::parts::{Entry, Frame, Tag};
use super::words;

/// Periods of a KPI's history that a page shows: a year of months and the month it is compared with.
const PERIODS_SHOWN: usize = 13;

#[derive(Debug, Serialize)]
struct View {
    page: Frame,
    provider: String,
    contract: String,
    councils: String,
    one: String,
    period: String,
    as_of: String,
    headline: String,
    summary: Vec<String>,
    counts: Vec<Tag>,
    withheld: Option<String>,
    noun: &'static str,
    /// Whether there is a target beside any figure.
    any_target: bool,
    overall: Vec<Overall>,
    months: Vec<String>,
    /// Whether any KPI has one period alone.
    any_single: bool,
    areas: Vec<String>,
    whole: &'static str,
    compared: bool,
    kpis: Vec<Line>,
    /// Whether there is more to say of any than that nothing came.
    told: bool,
    changes: Vec<String>,
    conditions: Vec<Condition>,
    conditions_left_out: Option<String>,
    by_area: bool,
    returns: Vec<Return>,
    return_kpis: Vec<ReturnKpi>,
    suppressed: Vec<String>,
    reasons: Vec<String>,
    legend: Vec<Meaning>,
}

#[derive(Debug, Serialize)]
struct Overall {
    period: String,
    tag: Tag,
}

#[derive(Debug, Serialize)]
struct Line {
    id: String,
    reference: String,
    title: String,
    heading: String,
    name: String,
    target: Vec<String>,
    target_words: String,
    local: bool,
    clause: String,
    /// The period the figure is for, where it is not the paper's.
    other_period: Option<String>,
    whole: Figure,
    /// In the order of the page's months; `None` where there is no figure.
    months: Vec<Option<Figure>>,
    /// In the order of the page's areas; `None` where there is no figure.
    areas: Vec<Option<Figure>>,
    change: Option<String>,
    sentences: Vec<String>,
    chart: Option<Chart>,
    chart_note: bool,
    /// Whether any of its figures is of so many.
    shares: bool,
    history: Vec<Past>,
}

#[derive(Debug, Serialize)]
struct Figure {
    value: Option<String>,
    out_of: Option<String>,
    /// Whether it goes without saying that it is not rated.
    quiet: bool,
    tag: Tag,
    relieved: bool,
}

#[derive(Debug, Serialize)]
struct Past {
    period: String,
    figure: Figure,
}

#[derive(Debug, Serialize)]
struct Condition {
    title: String,
    clause: String,
    when: Vec<String>,
    periods: String,
}

#[derive(Debug, Serialize)]
struct Return {
    form: String,
    period: String,
    area: Option<String>,
    due: String,
    extended: bool,
    received: Option<String>,
    tag: Tag,
}

#[derive(Debug, Serialize)]
struct ReturnKpi {
    title: String,
    clause: String,
    window: String,
    met: String,
    value: Option<String>,
    target: String,
    tag: Tag,
    provisional: bool,
}

#[derive(Debug, Serialize)]
struct Meaning {
    tag: Tag,
    words: &'static str,
}

/// The page of a committee's paper.
///
/// # Errors
/// When a template is at fault; never because of what a return says.
pub fn committee_page(pages: &Pages, pack: &CommitteePack) -> anyhow::Result<String> {
    let view = view(pages, pack);
    pages.render("committee-pack.html", &view.page, &view)
}

/// A rating that is not told.
fn withheld() -> Tag {
    Tag::of("plain", '∗', "Rating withheld")
}

fn tag(figure: &CommitteeFigure) -> Tag {
    figure.rating().map_or_else(withheld, Tag::from)
}

fn figure(own: &CommitteeFigure) -> Figure {
    Figure {
        value: own.words().map(|words| capital(&words)),
        // Of nothing there is no share.
        out_of: own.value().and(own.shown().out_of()),
        quiet: own.rating() == Some(Rating::NotRated),
        tag: tag(own),
        relieved: own.is_relieved(),
    }
}

fn view(pages: &Pages, pack: &CommitteePack) -> View {
    let several = |line: &&CommitteeKpi| line.within.len() > 1;
    let mut months: Vec<_> = pack
        .kpis
        .iter()
        .filter(several)
        .flat_map(|line| &line.within)
        .map(|own| own.shown().period)
        .collect();
    months.sort();
    months.dedup();
    let mut areas: Vec<String> = Vec::new();
    for area in pack.kpis.iter().flat_map(|line| &line.areas).filter_map(|own| own.shown().area.clone()) {
        if !areas.contains(&area) {
            areas.push(area);
        }
    }
    let line = |(number, line): (usize, &CommitteeKpi)| {
        let shown = line.whole.shown();
        let find = |figures: &[CommitteeFigure], is: &dyn Fn(&RatedFigure) -> bool| {
            figures.iter().find(|own| is(own.shown())).map(figure)
        };
        let history = &line.history[line.history.len().saturating_sub(PERIODS_SHOWN)..];
        let drawn: Vec<RatedFigure> = history
            .iter()
            .map(|own| {
                let said = own.instead().map(|_| "not shown".to_string());
                RatedFigure { said, ..own.shown().clone() }
            })
            .collect();
        let id = format!("kpi-{number}");
        let name = shown.name();
        let chart = chart(&format!("{id}-chart"), &name, &drawn, &line.bands);
        let newest = months.last().copied().unwrap_or(pack.period);
        let is_months = several(&line);
        Line {
            reference: shown.kpi.clone(),
            title: shown.title.clone(),
            heading: if shown.is_area() { name.clone() } else { format!("{name}: {}", shown.title) },
            target: targets::parts(shown),
            target_words: targets::sentence(shown),
            local: shown.local,
            clause: shown.clause.clone(),
            other_period: (shown.period != pack.period && !(is_months && shown.period == newest))
                .then(|| shown.period.describe()),
            whole: figure(&line.whole),
            months: match is_months {
                true => {
                    let find = |period: &_| find(&line.within, &|own| own.period == *period);
                    months.iter().map(find).collect()
                }
                false => Vec::new(),
            },
            areas: areas
                .iter()
                .map(|area| find(&line.areas, &|own| own.area.as_ref() == Some(area)))
                .collect(),
            change: line.change.clone(),
            sentences: line.sentences.clone(),
            shares: history.iter().any(|own| figure(own).out_of.is_some()),
            chart_note: chart.is_some() && history.iter().any(|own| own.instead().is_some()),
            chart,
            history: match history {
                [] | [_] => Vec::new(),
                several => several
                    .iter()
                    .rev()
                    .map(|own| Past { period: periods::in_table(&own.shown().period), figure: figure(own) })
                    .collect(),
            },
            name,
            id,
        }
    };
    let kpis: Vec<Line> = (1usize..).zip(&pack.kpis).map(line).collect();
    let councils = words::list(&pack.councils);
    let contents = contents(pack);
    let title = format!(
        "For the committee: {}, {}, {}",
        pack.provider,
        pack.contract_title,
        periods::in_table(&pack.period)
    );
    let organisation = if councils.is_empty() { pack.contract_title.clone() } else { councils.clone() };
    View {
        page: Frame::new(
            pages,
            title,
            organisation,
            &format!("{}, {}", pack.provider, periods::in_table(&pack.period)),
            &format!("As at {}", long_date(pack.as_of)),
            contents,
        ),
        provider: pack.provider.clone(),
        contract: pack.contract_title.clone(),
        councils,
        one: pack.called.one.clone(),
        period: pack.period.describe(),
        as_of: long_date(pack.as_of),
        headline: pack.headline.clone(),
        summary: pack.summary.clone(),
        counts: counted(&pack.counts),
        withheld: (pack.withheld > 0)
            .then(|| format!("{} withheld", words::count(pack.withheld, "rating is", "ratings are"))),
        noun: if is_of_areas(pack) { "Area" } else { "Measure" },
        any_target: pack.kpis.iter().any(|line| !line.whole.shown().target.is_empty()),
        overall: pack
            .overall
            .iter()
            .map(|own| Overall {
                period: own.period.describe(),
                tag: own.rating.map_or_else(withheld, Tag::from),
            })
            .collect(),
        months: months.iter().map(periods::in_table).collect(),
        whole: match (areas.len(), pack.councils.len()) {
            (0, _) => "Figure and rating",
            (_, 2) => "Both councils",
            _ => "Whole contract",
        },
        areas,
        any_single: kpis.iter().any(|line| line.months.is_empty()),
        compared: kpis.iter().any(|line| line.change.is_some() && line.months.is_empty()),
        kpis,
        told: is_told(pack),
        changes: pack.changes.clone(),
        conditions: pack
            .conditions
            .iter()
            .map(|own| Condition {
                title: own.title.clone(),
                clause: own.clause.clone(),
                when: own.when.clone(),
                periods: words::list(&own.periods.iter().map(periods::in_table).collect::<Vec<_>>()),
            })
            .collect(),
        conditions_left_out: pack.conditions_left_out.clone(),
        by_area: pack.returns.iter().any(|own| own.area.is_some()),
        returns: pack
            .returns
            .iter()
            .map(|own| Return {
                form: own.form.clone(),
                period: periods::in_table(&own.period),
                area: own.area.clone(),
                due: words::short_date(own.due),
                extended: own.extended,
                received: own.received.map(words::short_date),
                tag: own.status.into(),
            })
            .collect(),
        return_kpis: pack
            .return_kpis
            .iter()
            .map(|own| ReturnKpi {
                title: own.title.clone(),
                clause: own.clause.clone(),
                window: format!("{} to {}", words::short_date(own.from), words::short_date(own.to)),
                met: format!("{} of {}", own.met, own.due),
                value: own.value.map(|value| {
                    let target: Vec<_> = own.target.into_iter().collect();
                    show(value, Unit::Percent, &target)
                }),
                target: own.target.map_or_else(
                    || "None".to_string(),
                    |target| format!("at least {}", show(target, Unit::Percent, &[])),
                ),
                tag: own.rating.into(),
                provisional: own.provisional,
            })
            .collect(),
        suppressed: pack.suppressed.clone(),
        reasons: pack.reasons.clone(),
        legend: legend(pack),
    }
}

fn is_of_areas(pack: &CommitteePack) -> bool {
    pack.kpis.iter().all(|line| line.whole.shown().is_area())
}

/// The sections there are, in the order of the template.
/// Whether there is more to say of any measure than that nothing came.
fn is_told(pack: &CommitteePack) -> bool {
    let figures = |line: &CommitteeKpi| {
        let all = line.within.iter().chain(&line.areas).chain(&line.history);
        all.chain([&line.whole]).any(|own| own.rating() != Some(Rating::NoReturn))
    };
    pack.kpis.iter().any(figures)
}

fn contents(pack: &CommitteePack) -> Vec<Entry> {
    let conditions = !pack.conditions.is_empty() || pack.conditions_left_out.is_some();
    [
        (true, "about", "About this paper"),
        (!pack.kpis.is_empty(), "summary", "How it went"),
        (!pack.changes.is_empty(), "changes", "What changed since the last period"),
        (conditions, "conditions", "Conditions of the contract"),
        (!pack.returns.is_empty() || !pack.return_kpis.is_empty(), "returns", "Reports received"),
        (is_told(pack), "kpis", if is_of_areas(pack) { "Each area in turn" } else { "Each measure in turn" }),
        (true, "how-to-read", "How to read the ratings"),
        (true, "suppressed", "What is not shown, and why"),
    ]
    .into_iter()
    .filter(|(present, _, _)| *present)
    .map(|(_, id, heading)| Entry::new(id, heading))
    .collect()
}

/// What the ratings mean that stand in the paper.
fn legend(pack: &CommitteePack) -> Vec<Meaning> {
    let figures =
        || pack.kpis.iter().flat_map(|line| line.within.iter().chain(&line.areas).chain(&line.history));
    let of_returns = || pack.return_kpis.iter().map(|own| own.rating);
    let occurs = |rating: Rating| {
        figures().any(|own| own.rating() == Some(rating)) || of_returns().any(|own| own == rating)
    };
    let mut rows: Vec<Meaning> = [
        (Rating::Stretch, "Better than the target by the margin that the contract calls “stretch”."),
        (Rating::Green, "The target was met."),
        (
            Rating::Amber,
            "The target was not met, but the figure is not as low (or high) as the contract’s red.",
        ),
        (Rating::Red, "The target was missed."),
        (Rating::NotRated, "No target is set for this figure."),
        (Rating::NoActivity, "Nothing happened in the period that could be measured."),
        (Rating::NoReturn, "The report was due and has not been received."),
        (Rating::Invalid, "A report was received, but this figure in it cannot be used."),
    ]
    .into_iter()
    .filter(|(rating, _)| occurs(*rating))
    .map(|(rating, words)| Meaning { tag: rating.into(), words })
    .collect();
    if figures().any(|own| own.rating().is_none()) {
        rows.push(Meaning {
            tag: withheld(),
            words: "The rating is not shown, because it would give a small number away.",
        });
    }
    let statuses = [
        (SubmissionStatus::OnTime, "The report came by the day it was due."),
        (SubmissionStatus::Late, "The report came after the day it was due."),
        (SubmissionStatus::Missing, "The report was due and has not come."),
        (SubmissionStatus::Unproven, "The report came, but nothing proves on which day."),
        (SubmissionStatus::NotYetDue, "The report is not due yet."),
    ];
    rows.extend(
        statuses
            .into_iter()
            .filter(|(status, _)| pack.returns.iter().any(|own| own.status == *status))
            .map(|(status, words)| Meaning { tag: status.into(), words }),
    );
    rows
}

#[cfg(test)]
pub(super) mod tests;
