//! The due dates that come next.

use chrono::NaiveDate;

use super::super::Contract;
use crate::calendar::working_days::WorkingDays;
use crate::domain::period::{Period, long_date};

/// A return that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The last day in time, inclusive.
    pub on: NaiveDate,
    /// The form's title.
    pub form: String,
    /// The area it is for, where each has a return of its own.
    pub area: Option<String>,
    /// The period it reports.
    pub period: Period,
    /// Clause.
    pub clause: String,
    /// What the rule named before it was moved to a working day, and why it was, in a sentence.
    pub note: Option<String>,
}

/// The next `number` due dates on or after `as_of`, in order of date, form and area. The contract's own start and end bound them: a
/// period that begins after its end is not reported.
pub fn next_due(
    contract: &Contract,
    as_of: NaiveDate,
    number: usize,
    working_days: &WorkingDays,
) -> Vec<Due> {
    let mut due: Vec<(NaiveDate, usize, usize, Due)> = Vec::new();
    for (order, form) in contract.forms.iter().enumerate() {
        let areas = contract.return_areas(form);
        // A return can be due some periods after its own; two years of them are more than any rule reaches.
        let mut period = contract.period(as_of, form.every);
        for _ in 0..24 {
            period = period.previous();
        }
        let mut found = 0;
        while found < number {
            let over = contract.end.is_some_and(|end| period.from > end);
            if over || period.from.signed_duration_since(as_of).num_days() > 366 * 40 {
                break;
            }
            let Some(on) = form.due.due(&period, working_days) else { break };
            if period.to >= contract.start && on >= as_of {
                for (place, area) in areas.iter().enumerate() {
                    found += 1;
                    let entry = Due {
                        on,
                        form: form.title.clone(),
                        area: area.clone(),
                        period,
                        clause: form.clause.clone(),
                        note: form.due.stated(&period).and_then(|stated| moved(stated, on, working_days)),
                    };
                    due.push((on, order, place, entry));
                }
            }
            period = period.next();
        }
    }
    due.sort_by_key(|(on, order, place, entry)| (*on, *order, entry.period, *place));
    due.into_iter().map(|(_, _, _, entry)| entry).take(number).collect()
}

fn moved(stated: NaiveDate, on: NaiveDate, working_days: &WorkingDays) -> Option<String> {
    if stated == on {
        return None;
    }
    let why = match working_days.holidays().name_on(stated) {
        Some(name) => name.to_string(),
        None => format!("a {}", stated.format("%A")),
    };
    Some(format!("{} is {why}; moved to the next working day.", long_date(stated)))
}
