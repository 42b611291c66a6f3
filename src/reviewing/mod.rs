//! From assessment to what is said: one review a provider, one pack a review period, in words.

mod agenda;
mod alike;
mod annual;
mod areas;
pub mod benchmark;
pub mod blank_form;
pub mod calendar_dates;
mod committee;
pub mod correspondence;
mod dates;
mod headline;
mod information;
mod meetings;
mod narrative;
mod next_steps;
mod on_record;
mod papers;
mod past_returns;
mod process;
mod promises;
pub mod replay;
mod replies;
pub mod report;
mod scores;
mod sentences;
mod standing_out;
mod summary;
mod supplied;

#[cfg(test)]
mod fixture;

use crate::assess::submission_kpis::{Windowed, submission_kpis};
use crate::assess::submissions::{ReceivedReturn, Slot, slots};
use crate::assess::{Case, accuracy, escalations, next_period, ratings};
use crate::contract::meant::Kpi;
use crate::domain::escalation::{Escalation, EscalationStatus};
use crate::domain::period::Period;
use crate::domain::quantity::Unit;
use crate::domain::rating::Rating;
use crate::domain::submission::SubmissionStatus;
use crate::domain::text::one_line;
use crate::review::action_log::ActionLog;
use crate::review::ladder::LadderStep;
use crate::review::on_record::OnRecord;
use crate::review::{ActionRow, HeadLine, KpiLine, Pack, ProviderReview, RatedFigure};

use supplied::Supplied;

/// Who reads a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reader {
    /// The council's officers.
    Council,
    /// The provider itself.
    Provider,
}

/// Everything there is to say about one provider of one contract, all periods from its start to the as-of date.
pub fn review(case: &Case<'_>, returns: &[ReceivedReturn]) -> ProviderReview {
    let mut slots = slots(case, returns);
    accuracy::judge(case, &mut slots);
    replies::match_up(case, &mut slots);
    let periods = review_periods(case, &slots);
    let ratings = ratings::ratings(case, &slots);
    let windowed = submission_kpis(case, &slots, &periods);
    let overall = ratings::overall(case, &ratings);
    let mut facts = escalations::facts(case, &slots, &ratings, &overall, &windowed, &periods);
    let escalations = escalations::escalations(case, &mut facts);
    let dates = dates::dates(case, &slots, &escalations);
    let calendar = calendar_dates::calendar(case, &slots, &escalations);
    let mut review = ProviderReview {
        contract: case.contract.id.clone(),
        contract_title: case.contract.title.clone(),
        provider: case.records.provider.clone(),
        called: case.contract.called.clone(),
        standings: case
            .records
            .standings
            .iter()
            .map(|standing| standing.words(&case.records.provider))
            .collect(),
        submissions: slots.iter().map(|slot| slot.submission.clone()).collect(),
        ratings,
        overall,
        submission_kpis: windowed.iter().map(|windowed| windowed.kpi.clone()).collect(),
        escalations,
        dates,
        breaks_and_ends: dates::breaks_and_ends(case),
        actions: case.records.dated_actions.clone(),
        calendar,
        packs: Vec::new(),
        committee: Vec::new(),
    };
    let packs = periods
        .iter()
        .filter(|period| has_something_to_say(period, &slots, &review.escalations))
        .map(|period| {
            let ladder = escalations::ladder(case, &facts, &review.escalations, period);
            pack(case, &review, &slots, &windowed, ladder, *period)
        })
        .collect();
    review.packs = packs;
    if let Some(newest) = review.packs.last_mut() {
        let would_meet = next_period::would_meet(case, &facts, &review.ratings);
        newest.next_steps = next_steps::next_steps(case, newest, &would_meet);
    }
    review.committee = committee::papers(case, &review);
    alike::draw_together(&mut review);
    review
}

/// What the heads of the returns say beside provider and period, each entry once: a form that asks for a signature says so.
fn head(slots: &[&Slot<'_>]) -> Vec<HeadLine> {
    let mut lines: Vec<HeadLine> = Vec::new();
    for entry in slots.iter().filter_map(|slot| slot.rated()).flat_map(|version| &version.mapped.labelled) {
        let line = HeadLine {
            title: entry.title.clone(),
            shown: one_line(&entry.shown),
            place: entry.place.clone(),
        };
        if !lines.iter().any(|own| own.title == line.title && own.shown == line.shown) {
            lines.push(line);
        }
    }
    lines
}

/// The review periods from the provider's start to the as-of date, or to the last one for which a return came in or was due: what a
/// meeting is about comes in before the meeting's own month.
fn review_periods(case: &Case<'_>, slots: &[Slot<'_>]) -> Vec<Period> {
    let mut periods = Vec::new();
    let mut period = case.contract.period(case.records.start, case.contract.review_every);
    let last = case.records.end.map_or(case.as_of, |end| end.min(case.as_of));
    let told = slots.iter().filter(|slot| is_told(slot)).map(|slot| slot.submission.period.from).max();
    let last = told.map_or(last, |told| told.max(last));
    while period.from <= last {
        periods.push(period);
        period = period.next();
    }
    periods
}

/// Whether anything is to be said of a return: it came in, or is past due.
fn is_told(slot: &Slot<'_>) -> bool {
    slot.submission.status != SubmissionStatus::NotYetDue || !slot.versions.is_empty()
}

fn has_something_to_say(period: &Period, slots: &[Slot<'_>], escalations: &[Escalation]) -> bool {
    // What merely lasts from an earlier period is told in that period's pack.
    let escalated = escalations.iter().any(|own| own.on.is_some_and(|day| period.contains(day)));
    escalated || slots.iter().any(|slot| period.contains(slot.submission.period.to) && is_told(slot))
}

fn pack(
    case: &Case<'_>,
    review: &ProviderReview,
    slots: &[Slot<'_>],
    windowed: &[Windowed],
    ladder: Vec<LadderStep>,
    period: Period,
) -> Pack {
    let own: Vec<&Slot<'_>> =
        slots.iter().filter(|slot| period.contains(slot.submission.period.to)).collect();
    let kpis = kpi_lines(case, review, &period, None);
    let (escalations, mut earlier_escalations): (Vec<_>, Vec<_>) = review
        .escalations
        .iter()
        .filter(|escalation| escalation.period.to <= period.to)
        .cloned()
        .partition(|escalation| period.contains(escalation.period.to));
    earlier_escalations.reverse();
    let actions = actions_by(case, review, &period);
    let action_plan = action_plan(&actions, &kpis);
    let mut pack = Pack {
        contract: review.contract.clone(),
        contract_title: review.contract_title.clone(),
        councils: case.contract.councils.clone(),
        provider: review.provider.clone(),
        called: review.called.clone(),
        head: head(&own),
        area: None,
        period,
        as_of: case.as_of,
        headline: String::new(),
        summary: Vec::new(),
        provider_headline: String::new(),
        provider_summary: Vec::new(),
        provider_cautions: Vec::new(),
        cautions: Vec::new(),
        overall: review.overall.iter().filter(|own| period.contains(own.period.to)).cloned().collect(),
        counts: counts(&kpis),
        benchmarks: Vec::new(),
        changes: sentences::changes(&kpis),
        kpis,
        escalations,
        earlier_escalations,
        ladder,
        papers: Vec::new(),
        submissions: own.iter().map(|slot| slot.submission.clone()).collect(),
        past_returns: past_returns::past_returns(case, slots, &period, None),
        submission_kpis: windowed
            .iter()
            .filter(|own| own.period == period)
            .map(|own| own.kpi.clone())
            .collect(),
        information: information::tables(case, &own, &period, None),
        narrative: narrative::passages(case, &own),
        promises: promises::promises(case, slots, &period, None),
        annual: annual::annual(case, review, slots, &period, None),
        on_record: OnRecord::default(),
        agenda: Vec::new(),
        meeting: dates::meeting(case, &period),
        meeting_papers: None,
        action_log: ActionLog::default(),
        issued: None,
        action_plan,
        dates: review.dates.clone(),
        readings: readings(case),
        of_areas: Vec::new(),
        next_steps: Vec::new(),
    };
    pack.meeting_papers = meetings::meeting(case, &period, pack.meeting);
    let belongs = belongs_to(case, review, &period);
    pack.action_log = meetings::action_log(case, &period, pack.meeting_papers.as_ref(), &belongs);
    pack.headline = headline::headline(&pack, Reader::Council);
    pack.summary = summary::summary(&pack, Reader::Council);
    pack.cautions = sentences::cautions(case, &pack, Reader::Council);
    pack.provider_headline = headline::headline(&pack, Reader::Provider);
    pack.provider_summary = summary::summary(&pack, Reader::Provider);
    pack.provider_cautions = sentences::cautions(case, &pack, Reader::Provider);
    pack.papers = papers::papers(case, &pack);
    pack.on_record = on_record::on_record(case, &pack, &actions);
    pack.agenda = agenda::agenda(case, &pack, Supplied { case, slots: &own, area: None });
    if case.contract.pack_per_area {
        let areas = case.contract.areas.iter();
        pack.of_areas =
            areas.map(|area| areas::of_area(case, review, slots, &pack, &actions, &area.name)).collect();
    }
    pack
}

/// The KPIs of the whole contract with each area's figure beside it, or of one area with the joint figure beside it.
fn kpi_lines(case: &Case<'_>, review: &ProviderReview, period: &Period, area: Option<&str>) -> Vec<KpiLine> {
    case.contract
        .kpis
        .iter()
        .filter_map(|kpi| {
            let own = |figure: &&RatedFigure| figure.kpi == kpi.reference;
            let is_main = |figure: &&RatedFigure| figure.area.as_deref() == area;
            let main: Vec<&RatedFigure> = review.ratings.iter().filter(own).filter(is_main).collect();
            let within: Vec<RatedFigure> = main
                .iter()
                .filter(|figure| period.contains(figure.period.to))
                .map(|own| (*own).clone())
                .collect();
            let newest = within.iter().max_by_key(|figure| figure.period)?.clone();
            let beside =
                review.ratings.iter().filter(own).filter(|figure| {
                    figure.area.is_some() == area.is_none() && figure.period == newest.period
                });
            let areas: Vec<RatedFigure> = match area {
                None => beside.cloned().collect(),
                Some(_) => beside.map(areas::joint).collect(),
            };
            let history: Vec<RatedFigure> = main
                .iter()
                .filter(|figure| figure.period <= newest.period)
                .map(|own| (*own).clone())
                .collect();
            let sentences = sentences::of_kpi(&newest, &within, &areas, &history);
            let bands = process::bands(kpi, &history);
            let process = process::process(
                &history,
                bands.last().map_or(&[], |last| last.bands.as_slice()),
                kpi.better(&newest.period),
            );
            Some(KpiLine { whole: newest, within, areas, history, sentences, bands, process })
        })
        .collect()
}

fn counts(kpis: &[KpiLine]) -> Vec<(Rating, usize)> {
    const ORDER: [Rating; 8] = [
        Rating::Red,
        Rating::Amber,
        Rating::Green,
        Rating::Stretch,
        Rating::NotRated,
        Rating::NoActivity,
        Rating::NoReturn,
        Rating::Invalid,
    ];
    ORDER
        .into_iter()
        .map(|rating| {
            let figures = kpis.iter().flat_map(|line| &line.within);
            (rating, figures.filter(|figure| figure.rating == rating).count())
        })
        .filter(|(_, number)| *number > 0)
        .collect()
}

/// The register's actions that belong to the pack of `period`. The register does not say when an action was
/// agreed: one on a KPI belongs to every period from the KPI's newest miss on, any other to the newest period.
fn actions_by(case: &Case<'_>, review: &ProviderReview, period: &Period) -> Vec<ActionRow> {
    let belongs = belongs_to(case, review, period);
    case.records.actions.iter().filter(|action| belongs(action)).cloned().collect()
}

fn belongs_to(case: &Case<'_>, review: &ProviderReview, period: &Period) -> impl Fn(&ActionRow) -> bool {
    let newest_miss = |action: &ActionRow| {
        review
            .ratings
            .iter()
            .filter(|figure| figure.area.is_none() && is_about(&action.kpi, &figure.kpi))
            .filter(|figure| matches!(figure.rating, Rating::Red | Rating::Amber))
            .map(|figure| figure.period.to)
            .max()
    };
    let is_newest = period.next().to >= case.as_of;
    move |action| newest_miss(action).map_or(is_newest, |missed| missed <= period.to)
}

/// A row for each KPI that needs action, from the register where the officer has entered one.
fn action_plan(actions: &[ActionRow], kpis: &[KpiLine]) -> Vec<ActionRow> {
    let mut rows = Vec::new();
    for line in kpis {
        let needs = |figure: &&RatedFigure| matches!(figure.rating, Rating::Red | Rating::Amber);
        let Some(figure) = line.within.iter().rev().find(needs) else { continue };
        let blank = ActionRow {
            kpi: format!("{}. {}", figure.kpi, figure.title),
            current: sentences::current(figure, line.within.len() > 1),
            ..ActionRow::default()
        };
        let recorded: Vec<ActionRow> = actions
            .iter()
            .filter(|action| is_about(&action.kpi, &figure.kpi))
            .map(|action| ActionRow { kpi: blank.kpi.clone(), ..action.clone() })
            .collect();
        if recorded.is_empty() {
            rows.push(blank);
        }
        rows.extend(recorded);
    }
    rows
}

/// Whether the register's KPI column (`7`, `KPI 7`, `7. Cases resolved`) names the KPI.
fn is_about(text: &str, kpi: &str) -> bool {
    let text = crate::domain::text::fold(text);
    let text = text.strip_prefix("kpi").unwrap_or(&text).trim_start();
    let reference: String = text.chars().take_while(|c| c.is_alphanumeric()).collect();
    reference == crate::domain::text::fold(kpi)
}

/// What is read into the KPIs; what is read alike into several stands once.
fn readings_of_kpis(kpis: &[Kpi]) -> Vec<String> {
    let mut told: Vec<(&String, Vec<String>)> = Vec::new();
    for (reading, kpi) in kpis.iter().filter_map(|kpi| Some((kpi.reading.as_ref()?, kpi))) {
        match told.iter_mut().find(|(known, _)| *known == reading) {
            Some((_, references)) => references.push(kpi.reference.clone()),
            None => told.push((reading, vec![kpi.reference.clone()])),
        }
    }
    told.into_iter()
        .map(|(reading, references)| match references.as_slice() {
            [one] => format!("KPI {one}: {reading}"),
            all if all.len() == kpis.len() && kpis.iter().all(|kpi| kpi.unit == Unit::Score) => {
                format!("Each area: {reading}")
            }
            several => format!("KPIs {}: {reading}", sentences::list(several)),
        })
        .collect()
}

fn readings(case: &Case<'_>) -> Vec<String> {
    let mut readings = case.contract.readings.clone();
    readings.extend(readings_of_kpis(&case.contract.kpis));
    readings.extend(case.contract.parameters.iter().filter_map(|parameter| {
        parameter
            .reading
            .as_ref()
            .map(|reading| format!("{} ({}): {reading}", parameter.title, parameter.clause))
    }));
    readings.extend(case.contract.overall.iter().filter_map(|overall| {
        overall.reading.as_ref().map(|reading| format!("Overall rating ({}): {reading}", overall.clause))
    }));
    readings.extend(case.contract.benchmark.iter().filter_map(|benchmark| {
        benchmark
            .reading
            .as_ref()
            .map(|reading| format!("Market benchmark ({}): {reading}", benchmark.clause))
    }));
    readings.extend(case.contract.forms.iter().filter_map(|form| {
        form.reading.as_ref().map(|reading| format!("{} ({}): {reading}", form.title, form.clause))
    }));
    readings.extend(case.contract.annual_review.iter().filter_map(|annual| {
        annual.reading.as_ref().map(|reading| format!("{} ({}): {reading}", annual.title, annual.clause))
    }));
    readings.extend(case.contract.meeting.iter().filter_map(|meeting| {
        meeting.reading.as_ref().map(|reading| format!("Review meeting ({}): {reading}", meeting.clause))
    }));
    readings
}

/// The escalations whose condition is met.
fn met(pack: &Pack) -> impl Iterator<Item = &Escalation> {
    pack.escalations.iter().filter(|escalation| escalation.status == EscalationStatus::Triggered)
}
