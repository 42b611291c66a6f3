//! All returns of the operators, with what is planted in them (`samples/README.md` lists it).

use anyhow::Result;
use chrono::NaiveDate;

use super::calendar::{MONTHS, due, month_start, school_days};
use super::certification::certifications;
use super::operators::{BRINDLE, FOXGLOVE, MARLPIT, OPERATORS};
use super::performance::{Habits, Performance, Stated};
use super::texts;
use super::travelled::{complaints, journeys};
use crate::dates::{before, day, working_on_or_before};
use crate::labels::Value;
use crate::mail::mail;
use crate::random::Random;
use crate::workspace::Returned;

/// Marlpit's return for May, which never came.
const MISSING: (usize, usize) = (MARLPIT, 8);
/// Marlpit's return for January, whose date of receipt nobody wrote down.
const UNPROVEN: (usize, usize) = (MARLPIT, 4);
/// Brindle's return for November, sent again.
const RESUBMITTED: (usize, usize) = (BRINDLE, 2);

/// Foxglove's return for February, left in the e-mail it came in.
const MAILED: (usize, usize) = (FOXGLOVE, 5);
/// The headers of that: the last server on its way, the council's own, put the first on. What stands below is the sender's word.
const MAILED_HEADERS: &str = "Received: from mx.ashmarsh.example (192.0.2.14) by mailbox.ashmarsh.example\r\n\
    \x20(192.0.2.21) with Microsoft SMTP Server (version=TLS1_2; cipher=TLS_ECDHE) id 15.2.1544.9;\r\n\
    \x20Fri, 13 Mar 2026 08:41:09 +0000\r\n\
    Received: from relay.foxglove-minibuses.example (198.51.100.7) by\r\n mx.ashmarsh.example (192.0.2.14) with ESMTPS id 4fK2;\r\n\
    \x20Fri, 13 Mar 2026 08:41:07 +0000 (GMT)\r\n\
    Received: from [10.0.0.5] by relay.foxglove-minibuses.example; Tue, 10 Mar 2026 16:58:31\r\n +0000\r\n\
    From: =?utf-8?Q?Foxglove_Minibuses_=E2=80=93_dispatch?= <dispatch@foxglove-minibuses.example>\r\n\
    To: <school-transport@ashmarsh.example>\r\nSubject: KPI return February\r\nDate: Tue, 10 Mar 2026 16:58:30 +0000\r\n\
    Message-ID: <feb-2026@foxglove-minibuses.example>\r\n";

/// Every return.
///
/// # Errors
/// When a workbook can't be written.
pub fn returns() -> Result<Vec<Returned>> {
    let mut files = Vec::new();
    for operator in 0..OPERATORS.len() {
        for month in (0..MONTHS).filter(|month| (operator, *month) != MISSING) {
            let path = path(operator, month);
            let mut form = form(operator, month)?;
            let received = Some(form.submitted).filter(|_| (operator, month) != UNPROVEN);
            if (operator, month) == RESUBMITTED {
                let mut first = form.clone();
                first.report[0] = "";
                files.push(Returned { path: path.clone(), bytes: first.workbook()?, received });
                form.submitted = day(2025, 12, 15);
                let path = path.replace(".xlsx", " (2).xlsx");
                files.push(Returned { path, bytes: form.workbook()?, received: Some(form.submitted) });
            } else if (operator, month) == MAILED {
                let text = "Please find attached our return for February.";
                let attached = form.workbook()?;
                let bytes =
                    mail(MAILED_HEADERS, text, &[("FMB performance – February 2026.xlsx", &attached)]);
                let path = "returns/2026-02/KPI return February.eml".to_string();
                files.push(Returned { path, bytes, received: None });
            } else {
                files.push(Returned { path, bytes: form.workbook()?, received });
            }
        }
    }
    files.extend(certifications()?);
    Ok(files)
}

/// The day a return was submitted and received, in its first version.
fn received(operator: usize, month: usize) -> NaiveDate {
    match (operator, month) {
        (FOXGLOVE, 5) => day(2026, 3, 13),
        (FOXGLOVE, 6) => day(2026, 4, 14),
        (BRINDLE, 6) => day(2026, 4, 9),
        (FOXGLOVE, 0) => due(0),
        _ => {
            let days = Random::stream(42, (operator * 100 + month) as u64, 0).between(0, 4);
            working_on_or_before(before(due(month), days as u64))
        }
    }
}

fn path(operator: usize, month: usize) -> String {
    let start = month_start(month);
    let file = OPERATORS[operator].file;
    let name = match operator {
        BRINDLE => format!("{file} {}", start.format("%B %Y")),
        FOXGLOVE => format!("{file}_{}", start.format("%Y_%m")),
        _ => format!("{file} {}", start.format("%b %y")),
    };
    format!("returns/{}/{name}.xlsx", start.format("%Y-%m"))
}

fn form(operator: usize, month: usize) -> Result<Performance> {
    let went = OPERATORS[operator].months[month];
    let journeys = journeys(operator, month)?;
    let assisted = journeys.iter().filter(|journey| journey.assisted.is_some()).count();
    let submitted = received(operator, month);
    let own = complaints(operator, month);
    let answered = |complaint: &&super::travelled::Logged| {
        complaint.answered <= submitted
            && complaint.answered <= crate::dates::working_days_after(complaint.received, 10)
    };
    let pending = own.iter().filter(|complaint| complaint.answered > submitted).count();
    let upheld = own.iter().filter(|complaint| complaint.upheld && complaint.answered <= submitted).count();
    let checks = school_days(month).len() * OPERATORS[operator].routes.len();
    let ran = journeys.len();
    let stated = [
        Stated::Share(ran - went.late - went.missed, ran),
        Stated::Count(went.missed),
        Stated::Share(ran - went.other_vehicle, ran),
        Stated::Share(assisted - went.unassisted, assisted),
        Stated::Share(checks - went.unchecked, checks),
        Stated::Count(upheld),
        Stated::Share(own.iter().filter(answered).count(), own.len() - pending),
    ];
    // A complaint that was pending stands in the next return again.
    let mut listed = Vec::new();
    if let Some(last) = month.checked_sub(1) {
        let then = received(operator, last);
        listed.extend(complaints(operator, last).into_iter().filter(|complaint| complaint.answered > then));
    }
    listed.extend(own);
    let mut form = Performance {
        operator: OPERATORS[operator].name,
        role: OPERATORS[operator].role,
        month: typed(operator, month),
        submitted,
        stated,
        comments: comments(operator, month),
        journeys,
        complaints: listed,
        report: texts::report(operator, month),
        habits: Habits::default(),
    };
    plant(&mut form, operator, month);
    Ok(form)
}

/// The month as each operator types it.
fn typed(operator: usize, month: usize) -> Value {
    let start = month_start(month);
    match operator {
        BRINDLE => Value::Text(start.format("%B %Y").to_string()),
        FOXGLOVE => Value::Date(start, "mmm-yy"),
        _ => Value::Text(start.format("%b %y").to_string()),
    }
}

fn comments(operator: usize, month: usize) -> [&'static str; 7] {
    match (operator, month) {
        (BRINDLE, 4) => ["Snow on five mornings", "", "", "", "", "", ""],
        (FOXGLOVE, 2 | 3) => ["Driver vacancy, road works on the F5", "", "", "", "", "", ""],
        (FOXGLOVE, 5) => ["", "Breakdown on the F8", "", "", "", "", "One answer went to the wrong address"],
        (MARLPIT, 1) => ["", "", "", "Assistant ill, no stand-in that morning", "", "", ""],
        (MARLPIT, 2) => ["", "", "Larger car in the garage", "", "", "", ""],
        _ => [""; 7],
    }
}

/// What strays in a return.
fn plant(form: &mut Performance, operator: usize, month: usize) {
    match (operator, month) {
        // November: three more journeys on time than the log has.
        (FOXGLOVE, 2) => form.stated[0] = Stated::Share(118, 120),
        (FOXGLOVE, 9) => form.stated[0] = Stated::ShareInText(131, 132, "99.2%"),
        (FOXGLOVE, 10) => form.habits.moved_by = (2, 1),
        // April: a date of the month before.
        (BRINDLE, 7) => form.habits.date = Some((8, day(2026, 3, 14))),
        // December: a journey of which nobody knows.
        (MARLPIT, 3) => form.habits.on_time = Some((17, "?")),
        (MARLPIT, 0) => form.habits.heading = Some((5, "Vehicle as speciffied")),
        (MARLPIT, 6) => form.habits.threshold = Some((1, 1, "1 to 3")),
        _ => {}
    }
    form.habits.short_answers = operator == MARLPIT;
}
