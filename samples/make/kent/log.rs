//! The provider's visit log: what it can tell on the day a return goes out.

use anyhow::{Result, ensure};
use chrono::NaiveDate;

use crate::dates::{is_working, working_days_after};
use crate::kent::dates::{MONTHS, in_month, month_start};
use crate::kent::submissions::sent;
use crate::kent::visits::{COURSE, Outcome, Reports, UNITS, Visit};
use crate::random::Random;

/// Working days within which a report is due (KPI 2).
const IN_TIME: i64 = 5;

const THEMES: [&str; 14] = [
    "Children's meetings are well recorded; garden ready for the summer",
    "Warm welcome; night staffing steady",
    "Medication records complete; one fridge thermometer to replace",
    "Communication passports up to date for all children staying",
    "Quiet room well used; wish for more outings",
    "Fire drill done with all children; signage in pictures praised",
    "Agency staff on two shifts; handovers clear",
    "Parents like the new arrival checklist",
    "Bathroom hoist serviced; flooring in the hall worn",
    "Children chose the menus; allergy cards seen",
    "Restraint records reviewed, none since the last visit",
    "Transport home late on Sundays; raised with the manager",
    "Sensory equipment repaired; bedrooms redecorated",
    "Complaints book easy to find; no complaints",
];

/// One line of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The unit, as typed.
    pub unit: String,
    /// Date of the visit.
    pub date: NaiveDate,
    /// Who visited: initials and role.
    pub visitor: &'static str,
    /// Date the report reached the council.
    pub to_council: Option<NaiveDate>,
    /// Date the report reached Ofsted.
    pub to_ofsted: Option<NaiveDate>,
    /// Date the council sent the report back, and why.
    pub sent_back: Option<(NaiveDate, &'static str)>,
    /// What the visitor saw.
    pub themes: &'static str,
}

impl Line {
    /// Whether both reports came within five working days; `false` too when one has no date.
    pub fn in_time(&self) -> bool {
        let last = working_days_after(self.date, IN_TIME);
        [self.to_council, self.to_ofsted].iter().all(|date| date.is_some_and(|date| date <= last))
    }

    /// Whether on `day` a report may still come in time.
    pub fn is_pending(&self, day: NaiveDate) -> bool {
        (self.to_council.is_none() || self.to_ofsted.is_none())
            && working_days_after(self.date, IN_TIME) > day
    }

    /// The line as it stood on `day`; `None` before the visit.
    fn as_of(&self, day: NaiveDate) -> Option<Self> {
        let by_then = |date: &NaiveDate| *date <= day;
        (self.date <= day).then(|| Self {
            to_council: self.to_council.filter(by_then),
            to_ofsted: self.to_ofsted.filter(by_then),
            sent_back: self.sent_back.filter(|(date, _)| by_then(date)),
            ..self.clone()
        })
    }
}

/// The visits of a month with all that came of them.
fn visits(month: usize) -> Vec<Line> {
    COURSE[month]
        .visits
        .iter()
        .enumerate()
        .map(|(index, visit)| {
            let mut random = Random::stream(20, (month * 16 + index) as u64, 0);
            line(month, visit, &mut random)
        })
        .collect()
}

fn line(month: usize, visit: &Visit, random: &mut Random) -> Line {
    let on = |month: usize, day: u32| month_start(month) + chrono::Days::new(u64::from(day - 1));
    let date = on(month, visit.day);
    let (council, ofsted) = match visit.reports {
        Reports::On(council, ofsted) => (council, ofsted),
        Reports::InTime => {
            let council = random.between(2, 4);
            (council, Some(random.between(council, 5)))
        }
    };
    // The third visitor leaves in December 2022; the post is filled from June 2023.
    let visitor = match (month, visit.unit) {
        (_, 0 | 3) => "MT, lead visitor",
        (0..8, 2 | 5) => "JA, visitor",
        (14.., 2 | 5 | 6) => "RS, visitor",
        _ => "PK, visitor",
    };
    Line {
        unit: UNITS[visit.unit].to_string(),
        date,
        visitor,
        to_council: Some(working_days_after(date, council)),
        to_ofsted: ofsted.map(|ofsted| working_days_after(date, ofsted)),
        sent_back: visit.sent_back.map(|(later, day, reason)| (on(month + later, day), reason)),
        themes: THEMES[(month * 3 + visit.unit * 2 + random.index(2)) % THEMES.len()],
    }
}

/// The log of a month's return: the month's visits as known when it goes out, before them those of the month before
/// of which the return before could not yet tell all, after them what was made since the month ended.
pub fn lines(month: usize) -> Vec<Line> {
    let Some(sent_on) = sent(month) else { return Vec::new() };
    let known = |month: usize, day: NaiveDate| -> Vec<Option<Line>> {
        visits(month).iter().map(|line| line.as_of(day)).collect()
    };
    let mut lines = Vec::new();
    if let Some((before, told_on)) = month.checked_sub(1).and_then(|before| Some((before, sent(before)?))) {
        let now_and_then = known(before, sent_on).into_iter().zip(known(before, told_on));
        lines.extend(now_and_then.filter(|(now, then)| now != then).filter_map(|(now, _)| now));
    }
    lines.extend(known(month, sent_on).into_iter().flatten());
    if month + 1 < MONTHS && sent(month + 1).is_none() {
        lines.extend(known(month + 1, sent_on).into_iter().flatten());
    }
    lines
}

/// What the log of a month's return says of that month alone: units visited, visits with a full report in time,
/// visits that are not pending, reports sent back in the month.
pub fn told(month: usize) -> (usize, usize, usize, usize) {
    let Some(sent_on) = sent(month) else { return (0, 0, 0, 0) };
    let lines = lines(month);
    count(month, &lines, sent_on)
}

fn count(month: usize, lines: &[Line], told_on: NaiveDate) -> (usize, usize, usize, usize) {
    let own: Vec<&Line> = lines.iter().filter(|line| in_month(line.date, month)).collect();
    let mut units: Vec<&str> = own.iter().map(|line| line.unit.as_str()).collect();
    units.sort_unstable();
    units.dedup();
    let settled = own.iter().filter(|line| !line.is_pending(told_on));
    let sent_back =
        lines.iter().filter(|line| line.sent_back.is_some_and(|(date, _)| in_month(date, month))).count();
    (units.len(), settled.clone().filter(|line| line.in_time()).count(), settled.count(), sent_back)
}

/// Ratings of the schedule's table (3.1) and their median, by first letter; a stretch counts as green in the median.
fn ratings((visited, in_time, visits, sent_back): (usize, usize, usize, usize), units: usize) -> String {
    let first = match visited {
        _ if visited >= units => 'G',
        _ if visited * 100 >= units * 80 => 'A',
        _ => 'R',
    };
    let second = match in_time * 100 {
        _ if in_time == visits => 'S',
        share if share >= visits * 90 => 'G',
        share if share >= visits * 60 => 'A',
        _ => 'R',
    };
    let third = match sent_back {
        0 => 'S',
        1 => 'G',
        2 => 'A',
        _ => 'R',
    };
    let mut ranks = [first, second, third].map(|rating| match rating {
        'R' => 2,
        'A' => 1,
        _ => 0,
    });
    ranks.sort_unstable();
    [first, second, third, ['G', 'A', 'R'][ranks[1]]].iter().collect()
}

/// Whether the visits tell the story.
///
/// # Errors
/// A month does not come to what it should, or something happens on a day on which nobody works.
pub fn check() -> Result<()> {
    for (month, course) in COURSE.iter().enumerate() {
        let name = month_start(month).format("%B %Y");
        for line in visits(month) {
            let dates =
                [Some(line.date), line.to_council, line.to_ofsted, line.sent_back.map(|(date, _)| date)];
            for date in dates.into_iter().flatten() {
                ensure!(is_working(date), "{name}: nobody works on {date}");
            }
            ensure!(
                line.sent_back.is_none_or(|(date, _)| line.to_council.is_some_and(|came| came <= date)),
                "{name}: the report of {} is sent back before it came",
                line.date
            );
        }
        let Some(Outcome { visited, units, in_time, visits: counted, sent_back, ratings: letters }) =
            course.outcome
        else {
            continue;
        };
        // All that is known at the end, from this return and the next one.
        let last = sent(month + 1).or(sent(month)).unwrap_or(NaiveDate::MIN);
        let known: Vec<Line> = [month.checked_sub(1), Some(month)]
            .into_iter()
            .flatten()
            .flat_map(visits)
            .filter_map(|line| line.as_of(last))
            .collect();
        let found = count(month, &known, last);
        ensure!(found == (visited, in_time, counted, sent_back), "{name} comes to {found:?}");
        let found = ratings(found, units);
        ensure!(found == letters, "{name} is rated {found}, not {letters}");
    }
    Ok(())
}
