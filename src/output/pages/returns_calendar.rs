//! The calendar of returns: a row a form and area, a column a month in which periods end, in each cell a shape and a word.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::domain::submission::SubmissionStatus;
use crate::review::past_returns::PastReturn;

use super::parts::Tag;
use super::words;

/// Columns of one table: as many as fit a sheet of paper.
const COLUMNS: usize = 12;
/// Fewer columns than this are no history to look at.
const LEAST_COLUMNS: usize = 2;

/// The calendar, the newest months first where it needs several tables.
#[derive(Debug, Serialize)]
pub struct ReturnsCalendar {
    sentence: String,
    parts: Vec<Part>,
    legend: Vec<Tag>,
}

#[derive(Debug, Serialize)]
struct Part {
    caption: String,
    months: Vec<Month>,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Month {
    month: String,
    year: String,
}

#[derive(Debug, Serialize)]
struct Row {
    form: String,
    area: Option<String>,
    cells: Vec<Vec<Mark>>,
}

/// A return in its cell.
#[derive(Debug, Serialize)]
struct Mark {
    tag: Tag,
    /// `4 days`, `due 14 Feb`.
    remark: Option<String>,
}

/// The calendar of `returns`, which are in order of form, area and period; `None` where there is no history to look at.
pub fn returns_calendar(returns: &[PastReturn]) -> Option<ReturnsCalendar> {
    let months: BTreeSet<NaiveDate> = returns.iter().map(month_of).collect();
    let months: Vec<NaiveDate> = months.into_iter().collect();
    if months.len() < LEAST_COLUMNS {
        return None;
    }
    let parts: Vec<Part> = months.rchunks(COLUMNS).map(|months| part(returns, months)).collect();
    let mut statuses: Vec<SubmissionStatus> = returns.iter().map(|own| own.status).collect();
    statuses.sort();
    statuses.dedup();
    Some(ReturnsCalendar {
        sentence: sentence(returns),
        parts,
        legend: statuses.into_iter().map(Tag::from).collect(),
    })
}

/// The first day of the month in which the period of a return ends.
fn month_of(own: &PastReturn) -> NaiveDate {
    own.period.to.with_day(1).unwrap_or(own.period.to)
}

fn part(returns: &[PastReturn], months: &[NaiveDate]) -> Part {
    let within: Vec<&PastReturn> = returns.iter().filter(|own| months.contains(&month_of(own))).collect();
    let mut kinds: Vec<(&str, Option<&str>)> = Vec::new();
    for own in &within {
        let kind = (own.form_title.as_str(), own.area.as_deref());
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    let named =
        |month: Option<&NaiveDate>| month.map(|month| month.format("%B %Y").to_string()).unwrap_or_default();
    let (first, last) = (named(months.first()), named(months.last()));
    Part {
        caption: match first == last {
            true => format!("Returns for periods that ended in {first}"),
            false => format!("Returns for periods that ended from {first} to {last}"),
        },
        months: months
            .iter()
            .map(|month| Month {
                month: month.format("%b").to_string(),
                year: month.format("%Y").to_string(),
            })
            .collect(),
        rows: kinds
            .into_iter()
            .map(|(form, area)| Row {
                form: form.to_string(),
                area: area.map(str::to_string),
                cells: months
                    .iter()
                    .map(|month| {
                        within
                            .iter()
                            .filter(|own| (own.form_title.as_str(), own.area.as_deref()) == (form, area))
                            .filter(|own| month_of(own) == *month)
                            .map(|own| mark(own))
                            .collect()
                    })
                    .collect(),
            })
            .collect(),
    }
}

fn mark(own: &PastReturn) -> Mark {
    let tag = match own.status {
        SubmissionStatus::Unproven => Tag::from(own.status).saying("Not proven"),
        status => Tag::from(status),
    };
    let remark = match own.status {
        SubmissionStatus::NotYetDue => Some(format!("due {}", own.due.format("%-d %b"))),
        _ => own.days_over.map(|days| words::count(days as usize, "day", "days")),
    };
    Mark { tag, remark }
}

/// `Of 18 returns due, 15 came on time, 2 were late and 1 is missing.`
fn sentence(returns: &[PastReturn]) -> String {
    let number = |status| returns.iter().filter(|own| own.status == status).count();
    let due = returns.len() - number(SubmissionStatus::NotYetDue);
    let (on_time, late) = (number(SubmissionStatus::OnTime), number(SubmissionStatus::Late));
    let (missing, unproven) = (number(SubmissionStatus::Missing), number(SubmissionStatus::Unproven));
    if due == 0 {
        return "None of these returns is due yet.".to_string();
    }
    if due == on_time {
        return match due {
            1 => "The one return that was due came on time.".to_string(),
            due => format!("All {due} returns that were due came on time."),
        };
    }
    let be =
        |number: usize, one: &str, many: &str| if number == 1 { one.to_string() } else { many.to_string() };
    let mut parts = Vec::new();
    if on_time > 0 {
        parts.push(format!("{on_time} came on time"));
    }
    if late > 0 {
        parts.push(format!("{late} {} late", be(late, "was", "were")));
    }
    if missing > 0 {
        parts.push(format!("{missing} {} missing", be(missing, "is", "are")));
    }
    if unproven > 0 {
        parts.push(format!("of {unproven} the date of receipt is not proven"));
    }
    format!(
        "Of {} that {} due, {}.",
        words::count(due, "return", "returns"),
        be(due, "was", "were"),
        words::list(&parts)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::period::{Frequency, Period};
    use crate::output::pages::samples::day;

    fn returned(
        form: &str,
        months_on: usize,
        status: SubmissionStatus,
        days_over: Option<u32>,
    ) -> PastReturn {
        let first = Period::containing(day(2024, 1, 1), Frequency::Month, 4);
        let period = (0..months_on).fold(first, |period, _| period.next());
        PastReturn {
            form_title: form.to_string(),
            area: None,
            period,
            due: period.to + chrono::Days::new(14),
            status,
            days_over,
        }
    }

    #[test]
    fn the_sentence_counts_what_was_due() {
        use SubmissionStatus::{Late, Missing, NotYetDue, OnTime, Unproven};
        for (statuses, sentence) in [
            (vec![NotYetDue], "None of these returns is due yet."),
            (vec![OnTime, NotYetDue], "The one return that was due came on time."),
            (vec![OnTime, OnTime], "All 2 returns that were due came on time."),
            (vec![Late], "Of 1 return that was due, 1 was late."),
            (
                vec![OnTime, Late, Late, Missing, Unproven],
                "Of 5 returns that were due, 1 came on time, 2 were late, 1 is missing and of 1 the date of receipt is not proven.",
            ),
        ] {
            let returns: Vec<PastReturn> =
                statuses.iter().map(|status| returned("Monthly report", 0, *status, None)).collect();
            assert_eq!(super::sentence(&returns), sentence);
        }
    }

    #[test]
    fn one_month_is_no_calendar_and_more_than_twelve_make_two_tables() {
        let of = |months: usize| -> Vec<PastReturn> {
            (0..months)
                .map(|month| returned("Monthly report", month, SubmissionStatus::OnTime, None))
                .collect()
        };
        assert!(returns_calendar(&of(1)).is_none());
        for (months, tables) in [(2, vec![2]), (12, vec![12]), (13, vec![12, 1]), (24, vec![12, 12])] {
            let calendar = returns_calendar(&of(months)).unwrap();
            let columns: Vec<usize> = calendar.parts.iter().map(|part| part.months.len()).collect();
            assert_eq!(columns, tables, "{months}");
            assert!(
                calendar
                    .parts
                    .iter()
                    .all(|part| part.rows.iter().all(|row| row.cells.len() == part.months.len()))
            );
        }
        assert_eq!(
            returns_calendar(&of(13)).unwrap().parts[1].caption,
            "Returns for periods that ended in January 2024"
        );
    }

    #[test]
    fn a_cell_says_how_late_and_when_due() {
        let late = mark(&returned("R", 0, SubmissionStatus::Late, Some(1)));
        assert_eq!(late.remark.as_deref(), Some("1 day"));
        let due = mark(&returned("R", 0, SubmissionStatus::NotYetDue, None));
        assert_eq!(due.remark.as_deref(), Some("due 14 Feb"));
        let missing = mark(&returned("R", 0, SubmissionStatus::Missing, Some(37)));
        assert_eq!(missing.remark.as_deref(), Some("37 days"));
        assert_eq!(mark(&returned("R", 0, SubmissionStatus::OnTime, None)).remark, None);
    }
}
