//! The three forms of the advocacy contract, clean, as the formats page lays them out.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::book::{Book, Cell, Sheet, address};
use super::{EAST, PROVIDER, WEST, day};

const TYPES: [&str; 6] = ["IMCA", "RPR", "IMHA", "Care Act", "Continuing Healthcare", "Exception Advocacy"];
const NEW: [f64; 6] = [4.0, 3.0, 1.0, 1.0, 1.0, 0.0];
const CARRIED: [f64; 6] = [5.0, 5.0, 2.0, 2.0, 2.0, 0.0];
const HOURS: [f64; 6] = [10.0, 10.5, 5.0, 5.25, 5.0, 0.0];
const NONE: [f64; 6] = [0.0; 6];
/// Cases new, and closed, in a month and council.
pub const A_MONTH: i32 = 10;
/// The same in a quarter.
pub const A_QUARTER: i32 = 30;

/// Row of the first heading of every form, from zero: labels stand above.
const HEADING: u32 = 5;

fn labels(sheet: &mut Sheet, period: (&str, &str), council: Option<&str>) {
    sheet.row(0, ["Provider".into(), PROVIDER.into()]);
    sheet.row(1, [period.0.into(), period.1.into()]);
    if let Some(council) = council {
        sheet.row(2, ["Council".into(), council.into()]);
    }
    sheet.row(3, ["Template version".into(), "1.0".into()]);
}

/// The month that starts on this day, as a clean return.
pub fn month(first: &str) -> Book {
    let first = day(first);
    let mut book = Book::default();
    for (council, types) in [(EAST, 5_usize), (WEST, 6)] {
        let mut sheet = Sheet::new(council);
        labels(&mut sheet, ("Month", &first.format("%B %Y").to_string()), Some(council));
        let headings = ["Data required", "Additional information breakdown", "Reporting frequency"];
        let headings = headings.into_iter().chain(TYPES.into_iter().take(types)).chain(["Total"]);
        sheet.row(HEADING, headings.map(Cell::from));
        let mut row = HEADING + 1;
        for (item, lines) in information(first, council) {
            let merged = match lines.len() {
                1 => Cell::from(item),
                rows => Cell::Down(item.to_string(), u32::try_from(rows).unwrap()),
            };
            sheet.put(row, 0, merged);
            for (breakdown, frequency, figures) in lines {
                sheet.put(row, 1, breakdown);
                sheet.put(row, 2, frequency);
                let mut total = 0.0;
                for (column, figure) in (3..).zip(figures.iter().take(types)) {
                    sheet.put(row, column, figure.map_or(Cell::Greyed, Cell::Number));
                    total += figure.unwrap_or(0.0);
                }
                let total = if item.starts_with("Average") { 9.5 } else { total };
                sheet.put(row, 3 + u16::try_from(types).unwrap(), total);
                row += 1;
            }
        }
        book.sheets.push(sheet);
    }
    book
}

type Line = (&'static str, &'static str, [Option<f64>; 6]);

fn all(figures: [f64; 6]) -> [Option<f64>; 6] {
    figures.map(Some)
}

/// A figure for one type, the others greyed.
fn only(applies: usize, figure: f64) -> [Option<f64>; 6] {
    let mut figures = [None; 6];
    figures[applies] = Some(figure);
    figures
}

fn half(figures: [f64; 6]) -> ([f64; 6], [f64; 6]) {
    let first = figures.map(|figure| (figure / 2.0).floor());
    let mut second = figures;
    for (whole, part) in second.iter_mut().zip(first) {
        *whole -= part;
    }
    (first, second)
}

/// Hours of a month: no two months have all their figures in common.
fn hours(first: NaiveDate) -> [f64; 6] {
    let mut hours = HOURS;
    hours[0] += 0.25 * f64::from(first.month() * 5 % 12) + 0.01 * f64::from(first.year() - 2020);
    hours
}

fn information(first: NaiveDate, council: &str) -> Vec<(&'static str, Vec<Line>)> {
    let (some, others) = half(NEW);
    let hours = hours(first);
    let (some_hours, other_hours) = half(hours);
    let mut items = vec![
        (
            "Number of new referrals",
            vec![
                ("Total", "Monthly", all(NEW)),
                ("Referral source: GP", "Monthly", all(some)),
                ("Referral source: hospital", "Monthly", all(others)),
                ("Age range: 18 to 64", "Monthly", all(others)),
                ("Age range: 65 to 74", "Monthly", all(some)),
            ],
        ),
        (
            "Total number of hours used",
            vec![
                ("Total", "Monthly", all(hours)),
                ("New cases", "Monthly", all(some_hours)),
                ("Carried forward cases", "Monthly", all(other_hours)),
                ("Referral source: GP", "Monthly", all(other_hours)),
                ("Referral source: hospital", "Monthly", all(some_hours)),
            ],
        ),
        (
            "Number of cases carried forward",
            vec![("Cases carried forward from previous reporting period", "Monthly", all(CARRIED))],
        ),
        ("Number of cases closed", vec![("In reporting period", "Monthly", all(NEW))]),
        (
            "Number of referrals rejected",
            vec![
                ("Total", "Monthly", all(NONE)),
                ("Rejection reason: out of area", "Monthly", all(NONE)),
                ("Rejection reason: not eligible", "Monthly", all(NONE)),
                ("Referred on to: another provider", "Monthly", all(NONE)),
            ],
        ),
        (
            "Number of cases where service has been withdrawn",
            vec![("Total", "Monthly", all(NONE)), ("Withdrawal reason: person's wish", "Monthly", all(NONE))],
        ),
    ];
    if !matches!(first.month(), 2 | 5 | 8 | 11) {
        return items;
    }
    items.extend([
        (
            "1.2 Reps",
            vec![
                ("Number of referrals", "Quarterly", only(0, 2.0)),
                ("Number of hours", "Quarterly", only(0, 12.5)),
            ],
        ),
        (
            "Litigation friend",
            vec![
                ("Number of referrals", "Quarterly", only(0, 1.0)),
                ("Number of hours", "Quarterly", only(0, 4.0)),
            ],
        ),
        (
            "Number of individual service users",
            vec![
                ("Total", "Quarterly", all(NEW)),
                ("Age range: 16 to 18", "Quarterly", all(some)),
                ("Age range: 19 to 64", "Quarterly", all(others)),
                ("Referral source: GP", "Quarterly", all(NEW)),
                ("Number of interventions: 1", "Quarterly", all(NEW)),
            ],
        ),
        (
            "Average length of time cases open",
            vec![("Total", "Quarterly", all([9.5; 6])), ("Age range: 19 to 64", "Quarterly", all([9.5; 6]))],
        ),
        (
            "Court of Protection",
            vec![
                (
                    "Number of cases escalated to court of protection",
                    "Quarterly",
                    [Some(1.0), Some(0.0), None, None, None, None],
                ),
                (
                    "Number of DoLS extended by CoP & RPR instructed without referral",
                    "Quarterly",
                    [Some(0.0), Some(1.0), None, None, None, None],
                ),
            ],
        ),
        (
            "Number of hospital managers meetings attended",
            vec![("In reporting period", "Quarterly", only(2, 4.0))],
        ),
        (
            "Care Act - reason for advocacy support",
            vec![
                ("Eligibility criterion: understanding relevant information", "Quarterly", only(3, 2.0)),
                ("Eligibility criterion: retaining information", "Quarterly", only(3, 1.0)),
            ],
        ),
    ]);
    if first.month() == 8 {
        items.push((
            "Prison advocacy",
            vec![
                ("Number of referrals", "Annual", only(3, 3.0)),
                ("Number of hours", "Annual", only(3, 20.0)),
            ],
        ));
    }
    if council == WEST {
        items.push(("Exception Advocacy", vec![("Type of support: housing", "Quarterly", only(5, 0.0))]));
    }
    items
}

/// The cell of an item's breakdown row (the item's first where empty) in the column of a type, or `Total`.
pub fn information_cell(book: &Book, sheet: &str, item: &str, breakdown: &str, heading: &str) -> String {
    let own = book.sheets.iter().find(|own| own.name == sheet).unwrap();
    let column = (0..12)
        .find(|column| own.cells.get(&(HEADING, *column)) == Some(&Cell::from(heading)))
        .unwrap_or_else(|| panic!("{sheet} has no column {heading}"));
    let mut current = String::new();
    let last = own.cells.keys().next_back().unwrap().0;
    for row in HEADING + 1..=last {
        if let Some(Cell::Text(text) | Cell::Down(text, _)) = own.cells.get(&(row, 0)) {
            current = text.clone();
        }
        let named = own.cells.get(&(row, 1)) == Some(&Cell::from(breakdown));
        if current == item && (breakdown.is_empty() || named) {
            return address(row, column);
        }
    }
    panic!("{sheet} has no row {item}, {breakdown}")
}

/// The schedule's wording of the KPIs and their targets.
const KPIS: [(&str, &str); 10] = [
    ("Number of service briefings delivered at local authority team meetings", "Minimum 2 per quarter"),
    ("Number of service briefings delivered at health partner meetings", "Minimum 2 per quarter"),
    ("Number of service briefings delivered to 3rd party stakeholder / partners", "Minimum 2 per quarter"),
    (
        "Number of general awareness raising opportunities delivered to the local community using a range of \
         communication methods (i.e. social media, face to face events, promotional material)",
        "Minimum 2 per quarter",
    ),
    (
        "Percentage of referrals that have been triaged and allocated to an advocate within 2 days (excluding \
         weekends and bank holidays)",
        "95%",
    ),
    ("Percentage of referrals where the service user has been contacted within 2 days", "90%"),
    (
        "Percentage of service users that have had their case resolved to the agreed milestones within the time \
         agreed with the Provider",
        "80%",
    ),
    ("Percentage of closed cases where referrers have submitted feedback / outcomes questionnaire", "75%"),
    ("Percentage of closed cases where service user feedback has been obtained", "30%"),
    ("Percentage of IMCA reports produced that meet legislative requirements", "100%"),
];

/// The quarter that starts on this day as a return without a log, every target met.
pub fn kpis(first: &str) -> Book {
    let first = day(first);
    let last = first + Months::new(3) - Days::new(1);
    let quarter = format!("{} to {}", first.format("%B %Y"), last.format("%B %Y"));
    let mut sheet = Sheet::new("KPIs");
    labels(&mut sheet, ("Quarter", &quarter), None);
    for (column, heading) in [(0, "KPI"), (1, "Target"), (2, "Reporting frequency"), (9, "Comments")] {
        sheet.put(HEADING, column, Cell::Down(heading.to_string(), 2));
    }
    for (column, council) in [(3, EAST), (6, WEST)] {
        sheet.put(HEADING, column, Cell::Across(council.to_string(), 3));
        for (at, heading) in (column..).zip(["Numerator", "Denominator", "Result"]) {
            sheet.put(HEADING + 1, at, heading);
        }
    }
    for (row, (label, target)) in (HEADING + 2..).zip(KPIS) {
        sheet.row(row, [label.into(), target.into(), "Quarterly".into()]);
    }
    let mut book = Book { sheets: vec![sheet] };
    for kpi in 1..=10 {
        for council in [EAST, WEST] {
            book = match kpi {
                1..=4 => count(book, kpi, council, 2),
                _ => share(book, kpi, council, A_QUARTER, A_QUARTER),
            };
        }
    }
    book
}

/// The cell of a KPI and council; `what` is Numerator, Denominator or Result.
pub fn kpi_cell(kpi: u32, council: &str, what: &str) -> String {
    let group = if council == EAST { 3 } else { 6 };
    let offset = match what {
        "Numerator" => 0,
        "Denominator" => 1,
        "Result" => 2,
        _ => panic!("no column {what}"),
    };
    address(HEADING + 1 + kpi, group + offset)
}

/// The same with a count KPI stated.
pub fn count(book: Book, kpi: u32, council: &str, result: impl Into<Cell>) -> Book {
    book.with("KPIs", &kpi_cell(kpi, council, "Result"), result)
}

/// The same with numerator, denominator and the result that follows from them; `N/A` where there was nothing.
pub fn share(book: Book, kpi: u32, council: &str, numerator: i32, denominator: i32) -> Book {
    let result = match denominator {
        0 => "N/A".into(),
        _ => Cell::Percent(f64::from(numerator) / f64::from(denominator)),
    };
    parts(book, kpi, council, numerator, denominator).with("KPIs", &kpi_cell(kpi, council, "Result"), result)
}

/// The same with numerator and denominator alone; the result stays as it was.
pub fn parts(book: Book, kpi: u32, council: &str, numerator: i32, denominator: i32) -> Book {
    book.with("KPIs", &kpi_cell(kpi, council, "Numerator"), numerator).with(
        "KPIs",
        &kpi_cell(kpi, council, "Denominator"),
        denominator,
    )
}

/// The same with the result alone.
pub fn result_alone(book: Book, kpi: u32, council: &str, result: impl Into<Cell>) -> Book {
    book.without("KPIs", &kpi_cell(kpi, council, "Numerator"))
        .without("KPIs", &kpi_cell(kpi, council, "Denominator"))
        .with("KPIs", &kpi_cell(kpi, council, "Result"), result)
}

/// A line of the referral log; empty text is a blank cell, a date is written `2025-09-14`.
#[derive(Debug, Clone)]
pub struct Referral {
    pub council: String,
    pub received: String,
    pub allocated: String,
    pub contacted: String,
    pub closed: String,
    pub referrer: String,
    pub user: String,
}

impl Referral {
    /// Allocated and contacted as given, still open.
    pub fn open(council: &str, received: &str, allocated: &str, contacted: &str) -> Self {
        let text = str::to_string;
        Self {
            council: text(council),
            received: text(received),
            allocated: text(allocated),
            contacted: text(contacted),
            closed: String::new(),
            referrer: String::new(),
            user: String::new(),
        }
    }

    /// Allocated and contacted at once, closed, with feedback as given.
    pub fn closed(council: &str, received: &str, closed: &str, referrer: &str, user: &str) -> Self {
        Self {
            closed: closed.into(),
            referrer: referrer.into(),
            user: user.into(),
            ..Self::open(council, received, received, received)
        }
    }
}

pub const LOG: &str = "Referral log";

/// The same with a referral log; its first record stands in row 2.
pub fn with_log(mut book: Book, referrals: &[Referral]) -> Book {
    let mut sheet = Sheet::new(LOG);
    let headings = [
        "Reference",
        "Council",
        "Advocacy type",
        "Date received",
        "Date allocated",
        "Date first contact",
        "Date closed",
        "Referrer feedback",
        "Service user feedback",
    ];
    sheet.row(0, headings.map(Cell::from));
    for (row, own) in (1..).zip(referrals) {
        sheet.put(row, 0, format!("R{row:03}").as_str());
        let columns = [
            (1, &own.council),
            (3, &own.received),
            (4, &own.allocated),
            (5, &own.contacted),
            (6, &own.closed),
            (7, &own.referrer),
            (8, &own.user),
        ];
        sheet.put(row, 2, "IMCA");
        for (column, text) in columns.into_iter().filter(|(_, text)| !text.is_empty()) {
            match text.parse::<NaiveDate>() {
                Ok(date) => sheet.put(row, column, date),
                Err(_) => sheet.put(row, column, text.as_str()),
            }
        }
    }
    book.sheets.push(sheet);
    book
}

/// Thirty referrals a council in the quarter that starts on this day, each dealt with the same day, closed a week later.
pub fn clean_log(first: &str) -> Vec<Referral> {
    let first = day(first);
    [EAST, WEST]
        .into_iter()
        .flat_map(|council| {
            (0..A_QUARTER).map(move |number| {
                let received = first + Days::new(u64::try_from(number).unwrap() * 2);
                let closed = received + Days::new(7);
                Referral::closed(council, &received.to_string(), &closed.to_string(), "Yes", "Yes")
            })
        })
        .collect()
}

pub const AREAS: [&str; 10] = [
    "Referrals and cases",
    "Out of area",
    "Service delivery issues",
    "Partnership working and awareness raising",
    "Outcomes",
    "Risks",
    "LPS (when timescales are known)",
    "Continuous service improvement",
    "Peer support & volunteers",
    "Social value",
];

/// One council's narrative for the quarter that starts on this day; every area but LPS has text.
pub fn narrative(first: &str, council: &str) -> Book {
    let first = day(first);
    let last = first + Months::new(3) - Days::new(1);
    let quarter = format!("{} to {}", first.format("%B %Y"), last.format("%B %Y"));
    let mut sheet = Sheet::new("Narrative");
    labels(&mut sheet, ("Quarter", &quarter), Some(council));
    sheet.row(HEADING, ["Area", "Information required", "Provider update"].map(Cell::from));
    for (row, area) in (HEADING + 1..).zip(AREAS) {
        sheet.put(row, 0, area);
        sheet.put(row, 1, "What happened this quarter");
        if !area.starts_with("LPS") {
            sheet.put(row, 2, format!("{area}: a steady quarter, {quarter}.").as_str());
        }
    }
    Book { sheets: vec![sheet] }
}

/// The cell of the provider's update of an area.
pub fn narrative_cell(area: &str) -> String {
    let index = AREAS.iter().position(|own| *own == area).unwrap();
    address(HEADING + 1 + u32::try_from(index).unwrap(), 2)
}
