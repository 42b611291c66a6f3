//! The two forms of the alliance's contract, clean, as the formats page lays them out.

use crate::support::book::{Book, Cell, Sheet, address};
use crate::support::day;
use crate::support::workspace::Workspace;

pub const CONTRACT: &str = "wla-semi-independent";
pub const KPI_FORM: &str = "quarterly-kpi";
pub const CERTIFICATION: &str = "self-certification";
pub const KPIS: &str = "KPI form";
pub const ANSWERS: &str = "Self-certification";
pub const SERVICES: &str = "Services";

/// The day the clean certification is made on: for the year to 31 March 2026, due on 31 May.
pub const CERTIFIED: &str = "2026-05-01";
/// As results name that year.
pub const YEAR: &str = "2025-26";

/// Row of the first heading of both forms, from zero: labels stand above.
const HEADING: u32 = 6;

const QUESTIONS: [&str; 8] = [
    "Young people placed during the quarter",
    "Placements ended during the quarter",
    "Of these, ended in a planned way",
    "Key-work sessions planned",
    "Key-work sessions held",
    "Notifiable incidents",
    "Young people in placement at the end of the quarter",
    "Of these, in education, employment or training",
];

/// The KPI form of a quarter (`Q1 2025-26`) with the answers to its eight questions.
pub fn kpi_form(provider: &str, quarter: &str, answers: [u32; 8]) -> Book {
    let mut sheet = Sheet::new(KPIS);
    sheet.row(0, ["Provider".into(), provider.into()]);
    sheet.row(1, ["Quarter".into(), quarter.into()]);
    sheet.row(2, ["Template version".into(), "1.0".into()]);
    sheet.row(HEADING, ["Question", "Answer", "Comment"].map(Cell::from));
    for (row, (question, answer)) in (HEADING + 1..).zip(QUESTIONS.into_iter().zip(answers)) {
        sheet.row(row, [question.into(), f64::from(answer).into()]);
    }
    Book { sheets: vec![sheet] }
}

/// The cell of the answer to a question of the KPI form, by its number from 1.
pub fn kpi_cell(question: u32) -> String {
    address(HEADING + question, 1)
}

const ROWS: [(&str, &str); 13] = [
    ("1a", "Employer's liability insurance of at least £10m"),
    ("1b", "Public liability insurance of at least £10m"),
    ("1c", "Professional indemnity insurance of at least £5m"),
    ("2a", "Safeguarding policy reviewed in the last 12 months"),
    ("2b", "Health and safety policy reviewed in the last 12 months"),
    ("2c", "Safer recruitment policy reviewed in the last 12 months"),
    ("2d", "Data protection policy reviewed in the last 12 months"),
    ("3", "Gas safety certificate for each service, issued in the last 12 months"),
    ("4", "Electrical safety certificate for each service, and PAT tested equipment where required"),
    ("5", "Fire risk assessment for each service in the last 12 months"),
    ("6", "HMO licence for every property that needs one"),
    ("7", "Visual inspection of every property in the last 12 months"),
    ("8", "Every property meets the accommodation checklist"),
];

/// The services of every certification; the second needs an HMO licence.
pub const HOUSES: [&str; 2] = ["Quay House", "Mill View"];

const SERVICE_COLUMNS: [&str; 11] = [
    "Service",
    "Postcode",
    "Boroughs",
    "Gas safety certificate",
    "Electrical certificate",
    "PAT test",
    "Fire risk assessment",
    "HMO licence required",
    "HMO licence expiry",
    "Last inspection",
    "Meets checklist",
];

/// A certification in which every answer is Yes and every piece of evidence holds.
pub fn certification(provider: &str) -> Book {
    let mut sheet = Sheet::new(ANSWERS);
    sheet.row(0, ["Provider".into(), provider.into()]);
    sheet.row(1, ["Year".into(), YEAR.into()]);
    sheet.row(2, ["Completed by".into(), "Registered manager".into()]);
    sheet.row(3, ["Date submitted".into(), day(CERTIFIED).into()]);
    sheet.row(4, ["Template version".into(), "1.0".into()]);
    sheet.row(HEADING, ["No.", "Requirement", "Answer", "Amount", "Date", "Comment"].map(Cell::from));
    for (row, (number, requirement)) in (HEADING + 1..).zip(ROWS) {
        sheet.put(row, 0, number);
        sheet.put(row, 1, requirement);
        sheet.put(row, 2, "Yes");
        match number {
            "1a" | "1b" => sheet.put(row, 3, 12_000_000),
            "1c" => sheet.put(row, 3, 6_000_000),
            _ => {}
        }
        match number.as_bytes()[0] {
            b'1' => sheet.put(row, 4, day("2026-12-31")),
            b'2' => sheet.put(row, 4, day("2026-02-02")),
            _ => {}
        }
    }
    let mut services = Sheet::new(SERVICES);
    services.row(0, SERVICE_COLUMNS.map(Cell::from));
    for (row, (name, hmo)) in (1..).zip([(HOUSES[0], false), (HOUSES[1], true)]) {
        services.row(
            row,
            [
                name.into(),
                "W99 9ZZ".into(),
                "Brent; Ealing".into(),
                day("2025-11-03").into(),
                day("2023-06-12").into(),
                day("2025-11-10").into(),
                day("2025-10-06").into(),
                if hmo { "Yes".into() } else { "No".into() },
                if hmo { day("2027-08-31").into() } else { "N/A".into() },
                day("2026-03-16").into(),
                "Yes".into(),
            ],
        );
    }
    Book { sheets: vec![sheet, services] }
}

/// A cell of the answers by row (`1a`) and heading.
pub fn answer_cell(number: &str, heading: &str) -> String {
    let row = ROWS.iter().position(|(own, _)| *own == number).unwrap();
    let column = ["Answer", "Amount", "Date"].iter().position(|own| *own == heading).unwrap();
    address(HEADING + 1 + u32::try_from(row).unwrap(), 2 + u16::try_from(column).unwrap())
}

/// A cell of the services by service, from 0, and heading.
pub fn service_cell(service: u32, heading: &str) -> String {
    let column = SERVICE_COLUMNS.iter().position(|own| *own == heading).unwrap();
    address(1 + service, u16::try_from(column).unwrap())
}

/// The date of the certification.
pub const DATE_SUBMITTED: &str = "B4";

/// The book with these cells changed; an empty text empties the cell.
pub fn changed(book: Book, cells: &[(&str, String, Cell)]) -> Book {
    cells.iter().fold(book, |book, (sheet, address, cell)| match cell {
        Cell::Text(text) if text.is_empty() => book.without(sheet, address),
        _ => book.with(sheet, address, cell.clone()),
    })
}

/// A workspace in which each provider sends one certification in time.
pub fn certified(books: &[(String, Book)]) -> Workspace {
    let mut workspace = Workspace::default();
    for (provider, book) in books {
        workspace.provider(CONTRACT, provider, "2025-04-01");
        workspace.receive(&format!("{provider}/certification.xlsx"), "2026-05-06", book);
    }
    workspace
}
