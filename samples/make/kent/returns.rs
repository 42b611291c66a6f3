//! All returns of the provider, with what is planted in them (`samples/README.md` lists it).

use anyhow::Result;
use chrono::NaiveDate;

use crate::dates::day;
use crate::feedback::{Feedback, Query};
use crate::kent::dates::{MONTHS, month_start};
use crate::kent::kpi_return::{Habits, KpiReturn, Stated, Template};
use crate::kent::log::{self, Line};
use crate::kent::submissions::{LATE, RESUBMITTED, UNPROVEN, WITHOUT_LOG, marked, path, sent};
use crate::kent::texts;
use crate::labels::{MONTH, Value};
use crate::workspace::Returned;

/// The first month of the second template.
const SECOND_TEMPLATE: usize = 6;
/// The first month with seven units.
const SEVENTH_UNIT: usize = 9;

/// The form, the provider and the month of which feedback came back.
const ABOUT_JUNE: [&str; 3] = ["Monthly KPI return", crate::kent::PROVIDER, "June 2023"];
/// The queries on its first version, with the provider's answers.
const JUNE: [Query; 2] = [
    Query {
        severity: "Error",
        place: ["KPI return", "C12"],
        found: "KPI 1: The result is stated as 100%; the log gives 85.7% (6 of 7).",
        asked: "Correct the stated figure, or what it is computed from.",
        answer: "Corrected. Pippin Lodge was closed from 5 June; we had counted it as visited.",
    },
    Query {
        severity: "Warning",
        place: ["Visit log", "B5"],
        found: "16 May 2023: outside June 2023; it belongs to May 2023.",
        asked: "Correct the date, or move the case to the return of its own period.",
        answer: "The visit was in May. Its report was sent back on 6 June, so we list it where the work was done.",
    },
];

/// Every return of the provider's.
///
/// # Errors
/// When a workbook can't be written.
pub fn returns() -> Result<Vec<Returned>> {
    let mut files = Vec::new();
    for month in 0..MONTHS {
        let Some(sent_on) = sent(month) else { continue };
        let form = form(month, sent_on);
        let path = path(month);
        if month == RESUBMITTED {
            let first = with_faults_of_first_version(form.clone());
            let bytes = first.workbook()?;
            let again = day(2023, 7, 5);
            let mut second = KpiReturn { submitted: again, ..form };
            second.habits.feedback = Some(Feedback::on(ABOUT_JUNE, &path, &bytes, &JUNE));
            files.push(Returned { path: path.clone(), bytes, received: Some(sent_on) });
            let path = marked(&path, "corrected");
            files.push(Returned { path, bytes: second.workbook()?, received: Some(again) });
        } else {
            let received = (month != UNPROVEN).then_some(sent_on);
            files.push(Returned { path, bytes: form.workbook()?, received });
        }
    }
    Ok(files)
}

/// A blank form of the second template.
pub fn blank_form() -> KpiReturn {
    KpiReturn {
        provider: "",
        month: ("Month:", Value::text("")),
        submitted: day(2022, 9, 28),
        template: Template::Second,
        units: 6,
        stated: [Stated::Blank, Stated::Blank, Stated::Blank],
        comments: [""; 3],
        log: Some(Vec::new()),
        narrative: [""; 3],
        habits: Habits::default(),
    }
}

fn form(month: usize, sent_on: NaiveDate) -> KpiReturn {
    let (visited, in_time, visits, sent_back) = log::told(month);
    let units = if month < SEVENTH_UNIT { 6 } else { 7 };
    let with_log = month != WITHOUT_LOG;
    let template = if month < SECOND_TEMPLATE { Template::First } else { Template::Second };
    let counted = if template == Template::Second && with_log {
        Stated::CountedFromLog(sent_back)
    } else {
        Stated::Number(sent_back as f64)
    };
    let mut form = KpiReturn {
        provider: crate::kent::PROVIDER,
        month: month_label(month),
        submitted: sent_on,
        template,
        units,
        stated: [Stated::Share(share(visited, units)), Stated::Share(share(in_time, visits)), counted],
        comments: texts::COMMENTS[month],
        log: with_log.then(|| log::lines(month)),
        narrative: texts::NARRATIVE[month],
        habits: Habits::default(),
    };
    plant(&mut form, month);
    form
}

/// A share with the one decimal of a per cent that the form shows.
fn share(part: usize, whole: usize) -> f64 {
    (part as f64 * 1000.0 / whole.max(1) as f64).round() / 1000.0
}

/// How the provider writes the month.
fn month_label(month: usize) -> (&'static str, Value) {
    let start = month_start(month);
    let text = |shown: &str| Value::Text(start.format(shown).to_string());
    match month {
        2 => ("Reporting period:", Value::Date(start, MONTH)),
        // The day in the cell is that on which it was typed.
        4 => ("Month:", Value::Date(day(2022, 8, 26), "mmm-yy")),
        5 => ("Month:", text("%b-%y")),
        7 => ("Period:", text("%b %Y")),
        9 => ("Month:", text("%b-%y")),
        13 => ("Month:", text("%Y-%m")),
        15 => ("Month:", Value::Date(day(2023, 7, 28), "mmm-yy")),
        _ => ("Month:", text("%B %Y")),
    }
}

/// What strays in the return of a month.
fn plant(form: &mut KpiReturn, month: usize) {
    match month {
        // April 2022: a unit misspelt.
        0 => rename(form, "Pippin Lodge", 0, "Pipin Lodge"),
        // June 2022: everything three rows down and one column right; Y and N.
        2 => {
            form.habits.moved_by = (3, 1);
            form.habits.short_answers = true;
        }
        // July 2022: a non-breaking space inside, spaces behind.
        3 => {
            rename(form, "Rookwood Lodge", 0, "Rookwood\u{a0}Lodge");
            rename(form, "Sallowfield", 0, "Sallowfield  ");
        }
        // August 2022: the second visit to the unit, otherwise typed.
        4 => rename(form, "Oast Court", 1, "OAST COURT\u{a0}"),
        // September 2022: a percentage as text.
        5 => form.stated[0] = Stated::Text("83%"),
        // December 2022: a percentage as a plain number.
        8 => form.stated[0] = Stated::Number(83.3),
        // February 2023.
        10 => form.habits.hidden_lists = true,
        // March 2023: an easier amber; a date typed that is not the day it came.
        LATE => {
            form.habits.threshold = Some((0, 2, ">=75%"));
            form.submitted = day(2023, 3, 31);
        }
        // May 2023: reports in time stated as three of five, where the log has two.
        13 => {
            form.provider = "Lanternhill Independent Visiting Ltd";
            form.stated[1] = Stated::Share(0.6);
        }
        // July 2023: a total below the log.
        15 => form.habits.total_row = true,
        // August 2023: labels side by side.
        16 => form.habits.labels_across = true,
        _ => {}
    }
}

/// June 2023, first version: all seven units stated as visited, and no date on which Ofsted had the report on Oast Court.
fn with_faults_of_first_version(mut form: KpiReturn) -> KpiReturn {
    form.stated[0] = Stated::Share(1.0);
    form.stated[1] = Stated::Share(share(4, 6));
    if let Some(line) = visits_to(&mut form, "Oast Court").into_iter().last() {
        line.to_ofsted = None;
    }
    form
}

fn visits_to<'a>(form: &'a mut KpiReturn, unit: &str) -> Vec<&'a mut Line> {
    form.log.iter_mut().flatten().filter(|line| line.unit == unit).collect()
}

/// Types the name of a unit anew at its visit `index` of the log.
fn rename(form: &mut KpiReturn, unit: &str, index: usize, typed: &str) {
    if let Some(line) = visits_to(form, unit).into_iter().nth(index) {
        line.unit = typed.to_string();
    }
}
