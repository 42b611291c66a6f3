//! Dates: values that never come into force, gaps and twins among them, and due dates that are odd.

use chrono::NaiveDate;

use super::Step::{Item, Key};
use super::{About, Desk, Step};
use crate::calendar::due::{Due, DueRule, Rolling};
use crate::calendar::working_days::WorkingDays;
use crate::contract::meant::LogMeasure;
use crate::domain::period::{Frequency, Period, long_date};

/// How many months of due dates are looked at.
const MONTHS: u32 = 24;

/// Values with dates: parameters, the rules of KPIs, the targets of data submission KPIs.
pub(super) fn values(desk: &mut Desk<'_>) {
    let contract = desk.contract;
    for (index, parameter) in contract.parameters.iter().enumerate() {
        let list = [Key("parameters"), Item(index), Key("values")];
        let about = About::clause(format!("parameter {}", parameter.id), &parameter.clause);
        let every = contract.kpis.iter().find_map(|kpi| match &kpi.log.as_ref()?.measure {
            LogMeasure::Distinct(distinct) if distinct.of == parameter.id => Some(kpi.every),
            _ => None,
        });
        if !parameter.values.all().any(|(from, _)| from.is_none_or(|from| from <= contract.start)) {
            let first = parameter.values.all().find_map(|(from, _)| from).unwrap_or(contract.start);
            desk.fault(
                &list,
                &about,
                format!(
                    "It has no value from {} to the day before {}.",
                    long_date(contract.start),
                    long_date(first)
                ),
                "Give the value that holds from the start, without `from`.",
            );
        }
        dated(desk, &list, &about, every, false);
    }
    for (index, kpi) in contract.kpis.iter().enumerate() {
        let list = [Key("kpis"), Item(index), Key("variations")];
        let about = About::clause(format!("KPI {}", kpi.reference), &kpi.clause);
        let base = kpi.rules.all().any(|(from, _)| from.is_none());
        let first = kpi.rules.all().find_map(|(from, _)| from);
        if let Some(first) = first.filter(|first| !base && *first > contract.start) {
            desk.note(
                &list,
                &about,
                format!("It is not rated before {}.", long_date(first)),
                "Give a `rule` beside its variations, where something is asked from the start.",
            );
        }
        dated(desk, &list, &about, Some(kpi.every), base);
    }
    for (index, kpi) in contract.submission_kpis.iter().enumerate() {
        let list = [Key("submission-kpis"), Item(index), Key("variations")];
        let about = About::clause(format!("data submission KPI “{}”", kpi.title), &kpi.clause);
        dated(desk, &list, &about, Some(contract.review_every), true);
    }
}

/// A list of dated values as written. `base` says that an undated value stands apart from the list.
fn dated(desk: &mut Desk<'_>, list: &[Step<'_>], about: &About, every: Option<Frequency>, base: bool) {
    let (start, end) = (desk.contract.start, desk.contract.end);
    let written = desk.places.dates(list, "from");
    let effective: Vec<NaiveDate> = written.iter().map(|from| from.unwrap_or(NaiveDate::MIN)).collect();
    for (index, from) in written.iter().enumerate() {
        let mut way = list.to_vec();
        way.push(Item(index));
        let own = from.unwrap_or(NaiveDate::MIN);
        if effective.iter().skip(index + 1).any(|other| *other == own) || (base && from.is_none()) {
            let day = from.map_or("the beginning".to_string(), long_date);
            desk.fault(
                &way,
                about,
                format!("Two values hold from {day}; this one never comes into force."),
                "Keep one of the two, or give them different dates.",
            );
            continue;
        }
        if effective.iter().take(index).any(|earlier| *earlier > own) {
            desk.note(
                &way,
                about,
                "Its dated values do not stand in order of their dates.".to_string(),
                "Put them in order; they are applied by date, whatever their order.",
            );
        }
        let Some(from) = from else { continue };
        way.push(Key("from"));
        if let Some(end) = end.filter(|end| from > end) {
            desk.fault(
                &way,
                about,
                format!(
                    "The value from {} never comes into force: the contract ends on {}.",
                    long_date(*from),
                    long_date(end)
                ),
                "Correct the date, or remove the value.",
            );
        } else if *from <= start {
            let displaces = base || effective.iter().any(|other| *other < own);
            if displaces {
                desk.fault(
                    &way,
                    about,
                    format!(
                        "The value from {} holds from the contract's start on {}, so that the one before it never comes into force.",
                        long_date(*from),
                        long_date(start)
                    ),
                    "Correct the date, or remove the value that never holds.",
                );
            } else if *from < start {
                desk.note(
                    &way,
                    about,
                    format!(
                        "It is dated {}, before the contract starts on {}.",
                        long_date(*from),
                        long_date(start)
                    ),
                    "Leave `from` out of the first value: it then holds from the beginning.",
                );
            }
        } else if let Some(every) = every {
            let within = desk.contract.period(*from, every);
            if within.from != *from {
                desk.note(
                    &way,
                    about,
                    format!(
                        "The value from {} changes within {}; what is in force on a period's first day holds for all of it, so that \
                         it applies from {}.",
                        long_date(*from),
                        within.describe(),
                        within.next().describe()
                    ),
                    "Nothing, where that is meant; else date it to the first day of a period.",
                );
            }
        }
    }
}

/// Due dates over the contract's first months.
pub(super) fn due(desk: &mut Desk<'_>, working_days: &WorkingDays) {
    let contract = desk.contract;
    for (index, form) in contract.forms.iter().enumerate() {
        let way = [Key("forms"), Item(index), Key("due")];
        let Due::Every { rule, printed } = &form.due else { continue };
        let about = About::clause(format!("form {}", form.id), &form.clause);
        let mut period = contract.period(contract.start, form.every);
        let mut periods = Vec::new();
        for _ in 0..(MONTHS / form.every.months()).max(1) {
            periods.push(period);
            period = period.next();
        }
        for own in printed {
            let period = contract.period(own.from, form.every);
            if !periods.contains(&period) {
                periods.push(period);
            }
        }
        let due =
            |period: &Period| form.due.printed(period).unwrap_or_else(|| rule.due(period, working_days));
        let number = periods.len();
        let such = |found: &[&Period]| {
            let example = found
                .first()
                .map(|period| format!("as for {}, due on {}", period.describe(), long_date(due(period))));
            format!("{} of the first {number} returns, {}", found.len(), example.unwrap_or_default())
        };
        let before: Vec<&Period> = periods.iter().filter(|period| due(period) <= period.from).collect();
        let early: Vec<&Period> = periods.iter().filter(|period| due(period) < period.to).collect();
        if !before.is_empty() {
            desk.fault(
                &way,
                &about,
                format!("Returns are due before there is anything to report ({}).", such(&before)),
                "Correct `months` or `day`: `months = 1` is the month after the period.",
            );
        } else if !early.is_empty() {
            desk.note(
                &way,
                &about,
                format!("Returns are due before the period they report has ended ({}).", such(&early)),
                "Nothing, where the contract says so; figures that can still change are provisional.",
            );
        }
        let (DueRule::DayOfFollowingMonth { rolling, .. } | DueRule::LastWeekday { rolling, .. }) = *rule;
        let closed: Vec<&Period> =
            periods.iter().filter(|period| !working_days.is_working_day(due(period))).collect();
        let is_printed = closed.iter().any(|period| form.due.printed(period).is_some());
        if (rolling == Rolling::Stands || is_printed) && !closed.is_empty() {
            desk.note(
                &way,
                &about,
                format!("Returns are due on days that are no working days ({}).", such(&closed)),
                "Nothing, where the date stands as it is; else `roll = true` moves it to the next working day.",
            );
        }
    }
}
