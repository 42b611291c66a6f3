//! The monthly return of the Regulation 44 contract, clean, as the formats page lays it out.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::support::book::{Book, Cell, Sheet};
use crate::support::day;
use crate::support::workspace::Workspace;

pub const CONTRACT: &str = "kent-regulation-44";
pub const FORM: &str = "monthly-kpi";
pub const RETURN: &str = "KPI return";
pub const LOG: &str = "Visit log";
const NARRATIVE: &str = "Narrative";

/// The units visited: the first six until the end of 2022, all from 2023.
pub const UNITS: [&str; 7] =
    ["Ash Grove", "Beech House", "Cedar Lodge", "Damson Court", "Elder View", "Fern Cottage", "Gorse Hill"];

/// Row of the table's heading, from zero: labels stand above.
const HEADING: u32 = 5;

/// A row of the visit log.
#[derive(Debug, Clone)]
pub struct Visit {
    pub unit: &'static str,
    pub date: NaiveDate,
    pub council: Option<NaiveDate>,
    pub ofsted: Option<NaiveDate>,
    pub returned: &'static str,
    pub returned_on: Option<NaiveDate>,
}

impl Visit {
    /// A visit of which no report is in yet.
    pub fn made(unit: &'static str, date: &str) -> Self {
        Self { unit, date: day(date), council: None, ofsted: None, returned: "No", returned_on: None }
    }

    /// A visit whose report reached both on these days.
    pub fn reported(unit: &'static str, date: &str, council: &str, ofsted: &str) -> Self {
        Self { council: Some(day(council)), ofsted: Some(day(ofsted)), ..Self::made(unit, date) }
    }

    /// The same, its report sent back; the day may be unknown.
    pub fn sent_back(self, on: Option<&str>) -> Self {
        Self { returned: "Yes", returned_on: on.map(day), ..self }
    }
}

/// What a month comes to, in counts; `visits` beyond `visited` go to units visited before.
#[derive(Debug, Clone, Copy)]
pub struct Counts {
    pub units: u32,
    pub visited: u32,
    pub visits: u32,
    pub in_time: u32,
    pub sent_back: u32,
}

/// A return: what is stated, and the log behind it if there is one.
#[derive(Debug, Clone)]
pub struct Return {
    pub provider: String,
    /// First day of the month.
    pub month: NaiveDate,
    /// The current performance level of the three KPIs.
    pub stated: [Cell; 3],
    pub log: Option<Vec<Visit>>,
    /// Whether the log has the column `Date returned`.
    pub has_date_returned: bool,
}

fn share(numerator: u32, denominator: u32) -> Cell {
    match denominator {
        0 => "N/A".into(),
        _ => Cell::Percent(f64::from(numerator) / f64::from(denominator)),
    }
}

/// A Monday; the days after it are in the same month.
fn first_monday(month: NaiveDate) -> NaiveDate {
    let mut date = month;
    while date.weekday() != Weekday::Mon {
        date = date + Days::new(1);
    }
    date
}

/// The visits of a month in the first days of its first whole week: reports in time come a day later, late ones on the twelfth
/// day; reports are sent back in the third week.
pub fn visits(month: &str, counts: Counts) -> Vec<Visit> {
    let monday = first_monday(day(month));
    assert!(counts.visits.div_ceil(counts.visited.max(1)) <= 4, "too many visits for the week");
    (0..counts.visits)
        .map(|number| {
            let date = monday + Days::new(u64::from(number / counts.visited));
            let reported = date + Days::new(if number < counts.in_time { 1 } else { 12 });
            let back = number < counts.sent_back;
            Visit {
                unit: UNITS[usize::try_from(number % counts.visited).unwrap()],
                date,
                council: Some(reported),
                ofsted: Some(reported),
                returned: if back { "Yes" } else { "No" },
                returned_on: back.then(|| monday + Days::new(14)),
            }
        })
        .collect()
}

impl Return {
    /// A return with a log that comes to these counts, and states them rightly.
    pub fn of(provider: &str, month: &str, counts: Counts) -> Self {
        let sent_back = match counts.visits {
            0 => "N/A".into(),
            _ => f64::from(counts.sent_back).into(),
        };
        Self {
            provider: provider.to_string(),
            month: day(month),
            stated: [share(counts.visited, counts.units), share(counts.in_time, counts.visits), sent_back],
            log: Some(visits(month, counts)),
            has_date_returned: true,
        }
    }

    /// A return with this log, which states these levels.
    pub fn logged(provider: &str, month: &str, stated: [Cell; 3], log: Vec<Visit>) -> Self {
        Self {
            provider: provider.to_string(),
            month: day(month),
            stated,
            log: Some(log),
            has_date_returned: true,
        }
    }

    /// A return without a log, which states these levels.
    pub fn stated(provider: &str, month: &str, stated: [Cell; 3]) -> Self {
        Self { log: None, ..Self::logged(provider, month, stated, Vec::new()) }
    }

    pub fn book(&self) -> Book {
        let mut sheets = vec![self.table()];
        sheets.extend(self.log.as_ref().map(|visits| self.log_sheet(visits)));
        let mut narrative = Sheet::new(NARRATIVE);
        narrative.row(0, ["Area", "Update"].map(Cell::from));
        for (row, area) in (1..).zip(["Capacity issues", "Themes from visits", "Good practice"]) {
            narrative.row(row, [area.into(), "A steady month in all units.".into()]);
        }
        sheets.push(narrative);
        Book { sheets }
    }

    fn table(&self) -> Sheet {
        let mut sheet = Sheet::new(RETURN);
        sheet.row(0, ["Provider".into(), self.provider.as_str().into()]);
        sheet.row(1, ["Month".into(), self.month.format("%B %Y").to_string().as_str().into()]);
        sheet.row(2, ["Completed by".into(), "Contract manager".into()]);
        sheet.row(3, ["Template version".into(), "1.0".into()]);
        let headings = [
            "No.",
            "Key Performance Indicators",
            "Current Performance Level",
            "Stretch",
            "Green",
            "Amber",
            "Red",
            "Frequency",
            "Comments",
        ];
        sheet.row(HEADING, headings.map(Cell::from));
        let schedule: [(&str, [Cell; 4]); 3] = [
            (
                "The independent visitor will carry out 12 calendar monthly visits with the 6 identified inhouse short \
                 break units. This increasing to 7 units 2023.",
                ["N/A", "100%", "90%", "<80%"].map(Cell::from),
            ),
            (
                "Following the independent visits, Monthly reports must be submitted to the local authority and Ofsted \
                 within 5 working days of said visit.",
                ["100%", "90%", "60%-89%", "<60%"].map(Cell::from),
            ),
            (
                "The number of reports returned in the month, returned by the Local Authority to the contractor due to \
                 omissions, inaccuracies, and/or overall poor standard.",
                [0, 1, 2, 3].map(Cell::from),
            ),
        ];
        for (number, (measure, bands)) in (1..).zip(schedule) {
            let row = HEADING + number;
            sheet.put(row, 0, f64::from(number));
            sheet.put(row, 1, measure);
            sheet.put(row, 2, self.stated[usize::try_from(number).unwrap() - 1].clone());
            for (column, band) in (3..).zip(bands) {
                sheet.put(row, column, band);
            }
            sheet.put(row, 7, "Monthly");
        }
        sheet
    }

    fn log_sheet(&self, visits: &[Visit]) -> Sheet {
        let mut sheet = Sheet::new(LOG);
        let headings = [
            "Unit",
            "Date of visit",
            "Visitor",
            "Report to council",
            "Report to Ofsted",
            "Returned by council",
            "Date returned",
            "Reason returned",
            "Themes",
        ];
        sheet.row(0, headings.map(Cell::from));
        for (row, visit) in (1..).zip(visits) {
            sheet.put(row, 0, visit.unit);
            sheet.put(row, 1, visit.date);
            sheet.put(row, 2, "Visitor A");
            sheet.put(row, 5, visit.returned);
            let dates = [(3, visit.council), (4, visit.ofsted), (6, visit.returned_on)];
            for (column, date) in dates.into_iter().filter_map(|(column, date)| Some((column, date?))) {
                sheet.put(row, column, date);
            }
            if visit.returned == "Yes" {
                sheet.put(row, 7, "Section 4 incomplete");
            }
        }
        if !self.has_date_returned {
            sheet.remove_column(6);
        }
        sheet
    }
}

/// `C8`: the cell of the stated level of a KPI.
pub fn stated_cell(kpi: u32) -> String {
    format!("C{}", HEADING + kpi + 1)
}

/// The cell of a threshold of a KPI, by its heading.
pub fn threshold_cell(kpi: u32, band: &str) -> String {
    let column = ["Stretch", "Green", "Amber", "Red"].iter().position(|own| *own == band).unwrap();
    format!("{}{}", ["D", "E", "F", "G"][column], HEADING + kpi + 1)
}

/// `2025-07`, as results name the month that starts on this day.
pub fn label(month: &str) -> String {
    day(month).format("%Y-%m").to_string()
}

/// The first day of the month so many months on.
pub fn later(month: &str, months: u32) -> String {
    (day(month) + Months::new(months)).to_string()
}

/// Puts a return into the workspace, received on this day.
pub fn send(workspace: &mut Workspace, own: &Return, received: &str) {
    send_version(workspace, own, received, "");
}

/// The same under a name of its own.
pub fn send_version(workspace: &mut Workspace, own: &Return, received: &str, version: &str) {
    let file = format!("{}/{}{version}.xlsx", own.provider, own.month.format("%Y-%m"));
    workspace.receive(&file, received, &own.book());
}

/// A day after the month's end, on which nothing of the month is pending or provisional.
pub fn afterwards(month: &str) -> String {
    (day(month) + Months::new(1) + Days::new(11)).to_string()
}

/// A provider from this day, whose contract ends with the last of so many months.
pub fn provider_for(workspace: &mut Workspace, name: &str, start: &str, months: u32) {
    workspace.provider(CONTRACT, name, start);
    let end = day(start) + Months::new(months) - Days::new(1);
    workspace.provider_cell(name, "End", end);
}

pub fn notice(workspace: &mut Workspace, provider: &str, date: &str, kind: &str) {
    workspace.record(
        "Notices",
        [
            ("Date", day(date).into()),
            ("Provider", provider.into()),
            ("Contract", CONTRACT.into()),
            ("Kind", kind.into()),
        ],
    );
}

/// An improvement plan agreed on a day for a KPI, to be reviewed on another.
pub fn plan(workspace: &mut Workspace, provider: &str, agreed: &str, kpi: &str, review: &str) {
    workspace.record(
        "Notices",
        [
            ("Date", day(agreed).into()),
            ("Provider", provider.into()),
            ("Contract", CONTRACT.into()),
            ("Kind", "Improvement plan".into()),
            ("KPI", kpi.into()),
            ("Review date", day(review).into()),
        ],
    );
}
