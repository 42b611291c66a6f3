//! The meeting a pack is for, by the register where it says and by the contract where it does not, and the log of actions carried to it.

use chrono::NaiveDate;

use crate::assess::Case;
use crate::assess::records::Meeting as Recorded;
use crate::contract::meant::{self, Side};
use crate::domain::period::Period;
use crate::review::ActionRow;
use crate::review::action_log::{ActionLog, ActionState, RecordedAction};
use crate::review::meeting::{Attendee, DaySet, Meeting, MinutesTerms};

/// How many further working days on which a draft may be sent are listed after the day of the meeting.
const SENDING_DAYS: usize = 5;

/// The meeting of `period`; `proposed` is the day the contract's terms propose. `None` where the contract has no meetings.
pub fn meeting(case: &Case<'_>, period: &Period, proposed: Option<NaiveDate>) -> Option<Meeting> {
    let settings = case.contract.meeting.as_ref()?;
    let planned =
        case.records.reviews.iter().filter_map(|own| own.planned).rfind(|day| period.contains(*day));
    let recorded = recorded(case, period);
    let (date, set) = match (planned.or(recorded.map(|own| own.date)), proposed) {
        (Some(day), _) => (Some(day), DaySet::Recorded),
        (None, Some(day)) => (Some(day), DaySet::Proposed),
        (None, None) => (None, DaySet::Open),
    };
    let before =
        settings.before.iter().filter_map(|own| Some((own.day(date?), own.what.clone(), own.clause.clone())));
    Some(Meeting {
        clause: settings.clause.clone(),
        kind: recorded.and_then(|own| own.kind.clone()),
        date,
        set,
        attendees: settings.attendees.iter().map(|own| attendee(case, own)).collect(),
        before: before.collect(),
        minutes: minutes(case, settings, date, recorded.and_then(|own| own.minutes_sent)),
    })
}

/// The register's meeting about `period`: of those in the period after it the first to which the provider came, else the first that is
/// still to be held, else the first.
fn recorded<'a>(case: &'a Case<'_>, period: &Period) -> Option<&'a Recorded> {
    let next = period.next();
    let own = || case.records.meetings.iter().filter(|own| next.contains(own.date));
    own()
        .find(|own| own.attended == Some(true))
        .or_else(|| own().find(|own| own.attended.is_none()))
        .or_else(|| own().next())
}

fn attendee(case: &Case<'_>, own: &meant::Attendee) -> Attendee {
    let of = match own.of {
        Side::Council if case.contract.councils.is_empty() => "The council".to_string(),
        Side::Council => super::sentences::list(&case.contract.councils),
        Side::Provider => case.records.provider.clone(),
    };
    Attendee { of, role: own.role.clone(), clause: own.clause.clone() }
}

/// How the minutes are agreed: from the day the draft was sent where the register says, else from each day on which it may be.
fn minutes(
    case: &Case<'_>,
    settings: &meant::Meeting,
    date: Option<NaiveDate>,
    sent: Option<NaiveDate>,
) -> MinutesTerms {
    let Some(own) = &settings.minutes else { return MinutesTerms { sent, ..MinutesTerms::default() } };
    let send_by =
        own.send_within_working_days.zip(date).map(|(days, day)| case.working_days.after(day, days));
    let answer = |day: NaiveDate| (day, case.working_days.after(day, own.working_days));
    let answers = match (sent, date) {
        (Some(sent), _) => vec![answer(sent)],
        (None, Some(date)) => {
            let first = case.working_days.on_or_after(date);
            let days = std::iter::successors(Some(first), |day| Some(case.working_days.after(*day, 1)));
            days.take_while(|day| send_by.is_none_or(|last| *day <= last))
                .take(1 + SENDING_DAYS)
                .map(answer)
                .collect()
        }
        (None, None) => Vec::new(),
    };
    MinutesTerms { clause: own.clause.clone(), working_days: Some(own.working_days), send_by, sent, answers }
}

/// The log as the pack of `period` shows it. `belongs` tells for an action without a day of agreement whether it is the pack's.
pub fn action_log(
    case: &Case<'_>,
    period: &Period,
    meeting: Option<&Meeting>,
    belongs: &dyn Fn(&ActionRow) -> bool,
) -> ActionLog {
    let is_newest = period.next().to >= case.as_of;
    let own_day = meeting.and_then(|own| own.date);
    let last_day = if is_newest { case.as_of } else { own_day.unwrap_or(period.next().to).min(case.as_of) };
    let held = |own: &&Recorded| own.attended != Some(false);
    let until = own_day.unwrap_or(case.as_of).min(case.as_of);
    let since = case.records.meetings.iter().filter(held).map(|own| own.date).rfind(|day| *day < until);
    let (mut actions, mut closed_earlier) = (Vec::new(), 0);
    for own in &case.records.action_log {
        let is_own = own.agreed_on.map_or_else(|| belongs(&own.row), |day| day <= last_day);
        if is_own && was_closed_before(own, since, case.as_of) {
            closed_earlier += 1;
        } else if is_own {
            actions.push(own.clone());
        }
    }
    // Those without a day stand behind those with one; the register's order is kept within.
    actions.sort_by_key(|own| (own.state(case.as_of), own.due.is_none(), own.due));
    ActionLog { since, actions, closed_earlier }
}

/// Whether it was closed before the last meeting. Where the register does not say when, its timescale stands for it: what was to be
/// done before that meeting and is done was told there.
fn was_closed_before(own: &RecordedAction, since: Option<NaiveDate>, as_of: NaiveDate) -> bool {
    let Some(since) = since.filter(|_| own.state(as_of) == ActionState::Closed) else { return false };
    own.closed_on.or(own.due).is_some_and(|day| day < since)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_was_closed_leaves_the_log_with_the_meeting_after() {
        let as_of = day("2026-09-21");
        for (status, due, closed, since, gone) in [
            ("Done", None, Some("2026-06-21"), Some("2026-06-22"), true),
            ("Done", None, Some("2026-06-22"), Some("2026-06-22"), false),
            ("", Some("2026-01-31"), Some("2026-06-22"), Some("2026-06-22"), false),
            // Where the register does not say when, the day by which it was to be done stands for it.
            ("Done", Some("2026-06-21"), None, Some("2026-06-22"), true),
            ("Done", Some("2026-06-22"), None, Some("2026-06-22"), false),
            ("Done", None, None, Some("2026-06-22"), false),
            ("Done", Some("2026-06-21"), Some("2026-06-21"), None, false),
            ("In progress", Some("2026-01-31"), None, Some("2026-06-22"), false),
            ("", None, None, Some("2026-06-22"), false),
        ] {
            let own = RecordedAction {
                status: status.to_string(),
                due: due.map(day),
                closed_on: closed.map(day),
                ..RecordedAction::default()
            };
            assert_eq!(was_closed_before(&own, since.map(day), as_of), gone, "{own:?} {since:?}");
        }
    }
}
