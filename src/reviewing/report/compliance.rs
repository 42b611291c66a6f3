//! Who meets what: returns, answers of yes or no, targets, notifications, meetings, conditions.

use std::collections::BTreeSet;

use super::{Across, conditions_met};
use crate::assess::records::Records;
use crate::contract::meant::{Form, Kpi};
use crate::domain::period::{Period, long_date};
use crate::domain::quantity::Unit;
use crate::domain::rating::Rating;
use crate::domain::submission::{Submission, SubmissionStatus};
use crate::review::report::{Compliance, Matrix, MatrixCell, MatrixRow, Requirement};
use crate::review::{ProviderReview, RatedFigure};

/// Most periods of one form that are shown; of a form due less often, those of a year.
const PERIODS_SHOWN: u32 = 4;
const RETURNS: &str = "Returns";
const TARGETS: &str = "Targets";
const CONDUCT: &str = "Notifications, meetings and conditions";

/// What a column asks of each provider.
enum Asks<'a> {
    Return(&'a Form, Period),
    Figure(&'a Kpi, Option<Period>),
    Notifications,
    Meetings,
    Conditions,
}

/// Every provider against every requirement.
pub fn matrix(across: &Across<'_>) -> Matrix {
    let columns = columns(across);
    let rows = across
        .entries
        .iter()
        .map(|(records, review)| MatrixRow {
            provider: records.provider.clone(),
            cells: columns.iter().map(|(_, asks)| cell(across, asks, records, review)).collect(),
        })
        .collect();
    Matrix { columns: columns.into_iter().map(|(requirement, _)| requirement).collect(), rows }
}

fn columns<'a>(across: &Across<'a>) -> Vec<(Requirement, Asks<'a>)> {
    let contract = across.contract;
    let column = |group: &str, title: String, clause: &str| Requirement {
        group: group.to_string(),
        title,
        clause: clause.to_string(),
    };
    let mut columns = Vec::new();
    for form in &contract.forms {
        for period in periods_shown(across, form) {
            let title = format!("{}, {}", form.title, period.label());
            columns.push((column(RETURNS, title, &form.clause), Asks::Return(form, period)));
        }
    }
    let mut answers = Vec::new();
    let mut targets = Vec::new();
    for kpi in &contract.kpis {
        let newest = newest_period(across, kpi);
        let title = format!("{}. {}", kpi.reference, kpi.title);
        if kpi.unit == Unit::Answer {
            let group = contract.form(&kpi.figure.form).map_or("Answers", |form| form.title.as_str());
            answers.push((column(group, title, &kpi.clause), Asks::Figure(kpi, newest)));
        } else if kpi.rules.on(across.as_of).is_some() {
            let title = if kpi.local { format!("{title} (target set locally)") } else { title };
            targets.push((column(TARGETS, title, &kpi.clause), Asks::Figure(kpi, newest)));
        }
    }
    // Those of one form stand together, whatever order the definition lists them in.
    answers.sort_by_key(|(_, asks)| match asks {
        Asks::Figure(kpi, _) => contract.forms.iter().position(|form| form.id == kpi.figure.form),
        _ => None,
    });
    columns.extend(answers);
    columns.extend(targets);
    if !contract.notifications.is_empty() {
        let clauses: BTreeSet<&str> = contract.notifications.iter().map(|own| own.clause.as_str()).collect();
        let clauses: Vec<&str> = clauses.into_iter().collect();
        let title = "Events notified in time, last 12 months".to_string();
        columns.push((column(CONDUCT, title, &clauses.join(", ")), Asks::Notifications));
    }
    if let Some(meeting) = &contract.meeting {
        let title = "Meetings attended, last 12 months".to_string();
        columns.push((column(CONDUCT, title, &meeting.clause), Asks::Meetings));
    }
    let title = "Conditions of the contract, in the period that ended last or since".to_string();
    columns.push((column(CONDUCT, title, ""), Asks::Conditions));
    columns
}

/// The newest periods for which a return of the form was due from anyone, or came in; those of a year, four at most.
fn periods_shown(across: &Across<'_>, form: &Form) -> Vec<Period> {
    let due: BTreeSet<Period> = across
        .entries
        .iter()
        .flat_map(|(_, review)| &review.submissions)
        .filter(|own| own.form == form.id)
        .filter(|own| own.status != SubmissionStatus::NotYetDue || !own.versions.is_empty())
        .map(|own| own.period)
        .collect();
    let number = (12 / form.every.months()).clamp(1, PERIODS_SHOWN);
    due.into_iter().rev().take(number as usize).collect::<Vec<_>>().into_iter().rev().collect()
}

fn figures<'a>(review: &'a ProviderReview, kpi: &'a Kpi) -> impl Iterator<Item = &'a RatedFigure> {
    review.ratings.iter().filter(|own| own.kpi == kpi.reference && own.area.is_none())
}

fn newest_period(across: &Across<'_>, kpi: &Kpi) -> Option<Period> {
    across.entries.iter().flat_map(|(_, review)| figures(review, kpi)).map(|own| own.period).max()
}

fn cell(across: &Across<'_>, asks: &Asks<'_>, records: &Records, review: &ProviderReview) -> MatrixCell {
    match asks {
        Asks::Return(form, period) => of_returns(form, period, records, review),
        Asks::Figure(kpi, newest) => {
            of_figure(figures(review, kpi).max_by_key(|own| own.period), kpi.unit == Unit::Answer, *newest)
        }
        Asks::Notifications => of_notifications(across, records),
        Asks::Meetings => of_meetings(across, records),
        Asks::Conditions => of_conditions(across, review),
    }
}

fn nothing(word: &str, notes: Vec<String>) -> MatrixCell {
    MatrixCell { compliance: Compliance::Nothing, word: word.to_string(), notes }
}

/// The worst return of the form for the period: one, or one an area.
fn of_returns(form: &Form, period: &Period, records: &Records, review: &ProviderReview) -> MatrixCell {
    let own: Vec<&Submission> =
        review.submissions.iter().filter(|own| own.form == form.id && own.period == *period).collect();
    let cells: Vec<MatrixCell> = own.iter().map(|submission| of_return(submission)).collect();
    let notes = cells.iter().flat_map(|cell| cell.notes.clone()).collect();
    match cells.into_iter().max_by_key(|cell| cell.compliance) {
        Some(worst) => MatrixCell { notes, ..worst },
        None if records.start > period.to => {
            nothing("Not due", vec![format!("Joined on {}.", long_date(records.start))])
        }
        None => nothing("Not due", Vec::new()),
    }
}

fn of_return(own: &Submission) -> MatrixCell {
    let compliance = match own.status {
        SubmissionStatus::OnTime => Compliance::Met,
        SubmissionStatus::Late | SubmissionStatus::Unproven => Compliance::Partly,
        SubmissionStatus::Missing => Compliance::NotMet,
        SubmissionStatus::NotYetDue => Compliance::Nothing,
    };
    let area = own.area.as_ref().map(|area| format!("{area}: ")).unwrap_or_default();
    let mut notes = Vec::new();
    match (own.status, own.received) {
        (SubmissionStatus::OnTime, _) => {}
        (_, Some(received)) => {
            notes.push(format!("{area}Due {}, received {}.", long_date(own.due), long_date(received)));
        }
        (_, None) => notes.push(format!("{area}Due {}.", long_date(own.due))),
    }
    if own.received.is_none() && !own.versions.is_empty() {
        notes.push("A file came, but nothing in it could be used.".to_string());
    }
    if own.accurate == Some(false) {
        notes.push(format!("{area}Errors in the first version."));
    }
    notes.extend(own.due_note.clone());
    MatrixCell { compliance, word: own.status.word().to_string(), notes }
}

/// How the newest figure stands. `newest` is the newest period of any provider.
fn of_figure(figure: Option<&RatedFigure>, is_answer: bool, newest: Option<Period>) -> MatrixCell {
    let Some(figure) = figure else { return nothing("Not due", Vec::new()) };
    let mut notes = Vec::new();
    if newest.is_some_and(|newest| newest != figure.period) {
        notes.push(format!("For {}.", figure.period.label()));
    }
    if let Some(relief) = &figure.relief {
        notes.push(relief.clone());
        return MatrixCell { compliance: Compliance::Partly, word: "Relief agreed".to_string(), notes };
    }
    let (compliance, word) = match figure.rating {
        Rating::Red if figure.contradicted => (Compliance::NotMet, "Contradicted"),
        Rating::Red if is_answer => (Compliance::NotMet, "Not met"),
        Rating::Red => (Compliance::NotMet, figure.rating.word()),
        Rating::Amber => (Compliance::Partly, figure.rating.word()),
        Rating::Green | Rating::Stretch if is_answer => (Compliance::Met, "Met"),
        Rating::Green | Rating::Stretch => (Compliance::Met, figure.rating.word()),
        Rating::NoReturn if is_answer => (Compliance::NotMet, "Not answered"),
        Rating::NoReturn => (Compliance::NotMet, figure.rating.word()),
        Rating::Invalid => (Compliance::Partly, "Cannot be used"),
        Rating::NoActivity if is_answer => (Compliance::Nothing, "Not applicable"),
        Rating::NoActivity | Rating::NotRated => (Compliance::Nothing, figure.rating.word()),
    };
    match &figure.said {
        Some(said) if figure.rating == Rating::Red && !figure.contradicted => notes.push(format!("{said}.")),
        Some(_) => {}
        None if figure.value.is_some() => notes.push(figure.shown()),
        None => {}
    }
    notes.extend(figure.notes.iter().cloned());
    MatrixCell { compliance, word: word.to_string(), notes }
}

fn of_notifications(across: &Across<'_>, records: &Records) -> MatrixCell {
    let rows: Vec<_> = super::conduct::notifications_of(across, records)
        .into_iter()
        .filter(|row| across.in_last_year(row.event) || row.compliance == Compliance::NotMet)
        .collect();
    let judged = rows.iter().filter(|row| row.compliance != Compliance::Nothing).count();
    if judged == 0 {
        return nothing("None recorded", Vec::new());
    }
    let number = |compliance| rows.iter().filter(|row| row.compliance == compliance).count();
    let (late, not) = (number(Compliance::Partly), number(Compliance::NotMet));
    let notes = rows
        .iter()
        .filter(|row| row.compliance > Compliance::Met)
        .map(|row| format!("{}, {}: {}.", row.kind, long_date(row.event), row.status.to_lowercase()))
        .collect();
    let (compliance, word) = match (not, late) {
        (0, 0) => (Compliance::Met, format!("{judged} of {judged} in time")),
        (0, late) => (Compliance::Partly, format!("{late} of {judged} late")),
        (not, 0) => (Compliance::NotMet, format!("{not} of {judged} not notified")),
        (not, late) => (Compliance::NotMet, format!("{} of {judged} late or not notified", not + late)),
    };
    MatrixCell { compliance, word, notes }
}

fn of_meetings(across: &Across<'_>, records: &Records) -> MatrixCell {
    let own: Vec<_> = records
        .meetings
        .iter()
        .filter(|own| across.in_last_year(own.date) && own.date >= records.start)
        .collect();
    let recorded = own.iter().filter(|own| own.attended.is_some()).count();
    if recorded == 0 {
        return nothing("None recorded", Vec::new());
    }
    let missed: Vec<String> = own
        .iter()
        .filter(|own| own.attended == Some(false))
        .map(|own| format!("{}, {}.", own.kind.as_deref().unwrap_or("Meeting"), long_date(own.date)))
        .collect();
    if missed.is_empty() {
        let word = format!("{recorded} of {recorded} attended");
        return MatrixCell { compliance: Compliance::Met, word, notes: Vec::new() };
    }
    let word = format!("{} of {recorded} missed", missed.len());
    MatrixCell { compliance: Compliance::NotMet, word, notes: missed }
}

fn of_conditions(across: &Across<'_>, review: &ProviderReview) -> MatrixCell {
    let met = conditions_met(review, across.as_of);
    if met.is_empty() {
        return MatrixCell { compliance: Compliance::Met, word: "None holds".to_string(), notes: Vec::new() };
    }
    let notes = met
        .iter()
        .map(|own| match own.clause.as_str() {
            "" => format!("{}, {}.", own.title, own.period.label()),
            clause => format!("{} ({clause}), {}.", own.title, own.period.label()),
        })
        .collect();
    let word = if met.len() == 1 { "1 holds".to_string() } else { format!("{} hold", met.len()) };
    MatrixCell { compliance: Compliance::NotMet, word, notes }
}
