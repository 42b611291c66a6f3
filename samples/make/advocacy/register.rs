//! The officer's register: one sheet per list, one table each.

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::{Format, FormatAlign, Table, TableColumn, TableStyle};

use crate::advocacy::dates::day;
use crate::advocacy::returns::Returned;
use crate::advocacy::strangers::IGNORED;
use crate::style;

const CONTRACT: &str = "cheshire-advocacy";
const KINDS: [&str; 12] = [
    "Formal warning",
    "Remediation notice",
    "Improvement plan",
    "Plan not engaged",
    "Repeated breach",
    "Concern",
    "Underperformance",
    "Referrals suspended",
    "Referrals resumed",
    "Quality mark achieved",
    "Quality mark reassessment failed",
    "Social Value Award",
];

/// What stands in a cell.
#[derive(Debug, Clone)]
enum Entry {
    Text(String),
    Date(NaiveDate),
    Blank,
}

struct List {
    sheet: &'static str,
    columns: &'static [(&'static str, f64)],
    rows: Vec<Vec<Entry>>,
    drop_downs: &'static [(u16, &'static [&'static str])],
}

/// Lines that the longest text of a row takes in its column.
fn lines(entries: &[Entry], columns: &[(&str, f64)]) -> u32 {
    let of = |(entry, (_, width)): (&Entry, &(&str, f64))| match entry {
        Entry::Text(text) => (text.chars().count() as f64 / width).ceil() as u32,
        Entry::Date(_) | Entry::Blank => 1,
    };
    entries.iter().zip(columns).map(of).max().unwrap_or(1).max(1)
}

fn text(text: &str) -> Entry {
    if text.is_empty() { Entry::Blank } else { Entry::Text(text.to_string()) }
}

fn on(year: i32, month: u32, date: u32) -> Entry {
    Entry::Date(day(year, month, date))
}

/// The register, with the dates of receipt that the officer wrote down for `files`.
///
/// # Errors
/// When the workbook can't be written.
pub fn workbook(files: &[Returned]) -> Result<Vec<u8>> {
    let mut workbook = style::workbook("Register", "Contract officer", day(2026, 9, 21))?;
    for list in lists(files) {
        let sheet = workbook.add_worksheet().set_name(list.sheet)?;
        let wrapped = Format::new()
            .set_font_name("Arial")
            .set_font_size(10)
            .set_text_wrap()
            .set_align(FormatAlign::Top);
        let dated = wrapped.clone().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Left);
        for (column, (_, width)) in (0..).zip(list.columns) {
            sheet.set_column_width(column, *width)?;
        }
        let last = u32::try_from(list.rows.len())?;
        let headers: Vec<TableColumn> = list
            .columns
            .iter()
            .map(|(heading, _)| TableColumn::new().set_header(*heading).set_header_format(style::heading()))
            .collect();
        let table = Table::new()
            .set_name(format!("{}List", list.sheet))
            .set_columns(&headers)
            .set_style(TableStyle::Medium2);
        let last_column = u16::try_from(list.columns.len() - 1)?;
        sheet.add_table(0, 0, last.max(1), last_column, &table)?;
        for (row, entries) in (1..).zip(&list.rows) {
            sheet.set_row_height(row, f64::from(lines(entries, list.columns)) * 13.0 + 2.0)?;
            for (column, entry) in (0..).zip(entries) {
                match entry {
                    Entry::Text(text) => sheet.write_with_format(row, column, text.as_str(), &wrapped)?,
                    Entry::Date(date) => sheet.write_with_format(row, column, date, &dated)?,
                    Entry::Blank => sheet.write_blank(row, column, &wrapped)?,
                };
            }
        }
        for (column, words) in list.drop_downs {
            sheet.add_data_validation(1, *column, last + 200, *column, &style::drop_down(words)?)?;
        }
        sheet.set_row_height(0, 30)?.set_freeze_panes(1, 0)?;
        style::print_setup(sheet, 0, 0)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn lists(files: &[Returned]) -> Vec<List> {
    vec![
        providers(),
        contacts(),
        receipts(files),
        ignored(),
        extensions(),
        accepted(),
        notices(),
        reliefs(),
        meetings(),
        actions(),
    ]
}

fn providers() -> List {
    List {
        sheet: "Providers",
        columns: &[
            ("Provider", 24.0),
            ("Aliases", 40.0),
            ("Contract", 20.0),
            ("Start", 12.0),
            ("Break", 12.0),
            ("End", 12.0),
            ("E-mail", 32.0),
            ("Service", 18.0),
            ("Status", 12.0),
            ("Status since", 13.0),
            ("Boroughs", 40.0),
        ],
        rows: vec![vec![
            text(crate::advocacy::PROVIDER),
            text("Harbour Advocacy CIC; Harbour Advocacy Community Interest Company"),
            text(CONTRACT),
            on(2024, 9, 1),
            Entry::Blank,
            on(2027, 8, 31),
            text("returns@harbour-advocacy.example"),
            Entry::Blank,
            text("Active"),
            on(2024, 9, 1),
            Entry::Blank,
        ]],
        drop_downs: &[(2, &[CONTRACT]), (8, &["Active", "Suspended", "Barred"])],
    }
}

fn contacts() -> List {
    let row = |provider: &str, role: &str, e_mail: &str, to: &str| {
        vec![text(provider), text(CONTRACT), text(role), text(e_mail), text(to)]
    };
    List {
        sheet: "Contacts",
        columns: &[
            ("Provider", 24.0),
            ("Contract", 20.0),
            ("Role", 34.0),
            ("E-mail", 40.0),
            ("To or Cc", 10.0),
        ],
        rows: vec![
            row(
                crate::advocacy::PROVIDER,
                "Operations director",
                "operations@harbour-advocacy.example",
                "To",
            ),
            row(crate::advocacy::PROVIDER, "Data and quality lead", "data@harbour-advocacy.example", "Cc"),
            row("", "Contract officer, Cheshire East", "contracts@cheshire-east.example", "Cc"),
            row("", "Commissioning manager, Cheshire West", "commissioning@cheshire-west.example", "Cc"),
        ],
        drop_downs: &[(1, &[CONTRACT]), (4, &["To", "Cc"])],
    }
}

fn receipts(files: &[Returned]) -> List {
    let rows = files
        .iter()
        .filter_map(|file| {
            let below = file.path.strip_prefix("returns/").unwrap_or(&file.path);
            file.received.map(|received| vec![text(below), Entry::Date(received)])
        })
        .collect();
    List { sheet: "Receipts", columns: &[("File", 76.0), ("Received", 14.0)], rows, drop_downs: &[] }
}

fn ignored() -> List {
    List {
        sheet: "Ignored",
        columns: &[("File", 50.0), ("Reason", 60.0)],
        rows: vec![vec![text(IGNORED), text("Sent along by mistake; not a return")]],
        drop_downs: &[],
    }
}

fn extensions() -> List {
    List {
        sheet: "Extensions",
        columns: &[
            ("Provider", 24.0),
            ("Contract", 20.0),
            ("Form", 24.0),
            ("Period", 18.0),
            ("New due date", 14.0),
            ("Reason", 56.0),
        ],
        rows: vec![vec![
            text(crate::advocacy::PROVIDER),
            text(CONTRACT),
            text("monthly-information"),
            text("December 2024"),
            on(2025, 1, 21),
            text("The provider's case system was down from 6 to 13 January; agreed by e-mail on 10 January"),
        ]],
        drop_downs: &[
            (1, &[CONTRACT]),
            (2, &["monthly-information", "quarterly-kpi", "quarterly-narrative"]),
        ],
    }
}

fn accepted() -> List {
    let file = "2024-25/Q1/Harbour Advocacy monthly information November 2024.xlsx";
    let row = |cell: &str| {
        vec![
            text(file),
            text("Cheshire West and Chester"),
            text(cell),
            text("total-mismatch"),
            text("Half an hour of travel booked to the hospital referral twice; too small to send back"),
            on(2024, 12, 18),
        ]
    };
    List {
        sheet: "Accepted",
        columns: &[
            ("File", 66.0),
            ("Sheet", 26.0),
            ("Cell", 8.0),
            ("Finding", 20.0),
            ("Reason", 56.0),
            ("Date", 12.0),
        ],
        rows: ["D30", "J30"].map(row).to_vec(),
        drop_downs: &[],
    }
}

fn notices() -> List {
    let row = |date: Entry, kind: &str, kpi: &str, review: Entry, note: &str| {
        vec![date, text(crate::advocacy::PROVIDER), text(CONTRACT), text(kind), text(kpi), review, text(note)]
    };
    let note = |date: Entry, kind: &str, note: &str| row(date, kind, "", Entry::Blank, note);
    List {
        sheet: "Notices",
        columns: &[
            ("Date", 12.0),
            ("Provider", 24.0),
            ("Contract", 20.0),
            ("Kind", 28.0),
            ("KPI", 8.0),
            ("Review date", 13.0),
            ("Note", 64.0),
        ],
        rows: vec![
            note(
                on(2025, 6, 20),
                "Quality mark achieved",
                "Advocacy Quality Performance Mark, certificate seen",
            ),
            row(
                on(2025, 10, 6),
                "Remediation notice",
                "5",
                on(2026, 1, 12),
                "Triage and allocation while two posts are vacant; recovery plan asked for",
            ),
            note(
                on(2025, 12, 22),
                "Underperformance",
                "Allocation below target and partner briefings missed; Service Improvement Action Plan asked for",
            ),
            note(
                on(2026, 1, 12),
                "Referrals suspended",
                "Care Act referrals that are not urgent, until the waiting list is below ten",
            ),
            note(on(2026, 2, 3), "Concern", "Two social work teams report people waiting over two weeks"),
            note(
                on(2026, 2, 23),
                "Referrals resumed",
                "In two phases: Cheshire East from 23 February, all from 9 March",
            ),
            row(
                on(2026, 5, 11),
                "Remediation notice",
                "6",
                on(2026, 8, 31),
                "First contact within two days and milestones; second notice in twelve months",
            ),
        ],
        drop_downs: &[(2, &[CONTRACT]), (3, &KINDS)],
    }
}

fn reliefs() -> List {
    List {
        sheet: "Reliefs",
        columns: &[
            ("Provider", 24.0),
            ("Contract", 20.0),
            ("KPI", 8.0),
            ("Period", 14.0),
            ("Reason", 64.0),
            ("Agreed on", 13.0),
        ],
        rows: vec![vec![
            text(crate::advocacy::PROVIDER),
            text(CONTRACT),
            text("4"),
            text("2024-25 Q2"),
            text("Both January roadshows cancelled: venues closed by snow. Rebooked for March and April."),
            on(2025, 3, 21),
        ]],
        drop_downs: &[(1, &[CONTRACT])],
    }
}

fn meetings() -> List {
    let row = |date: Entry, kind: &str, attended: &str, minutes: Entry, note: &str| {
        vec![
            date,
            text(crate::advocacy::PROVIDER),
            text(CONTRACT),
            text(kind),
            text(attended),
            minutes,
            text(note),
        ]
    };
    let review = "Quarterly review";
    List {
        sheet: "Meetings",
        columns: &[
            ("Date", 12.0),
            ("Provider", 24.0),
            ("Contract", 20.0),
            ("Kind", 24.0),
            ("Attended", 10.0),
            ("Minutes sent", 13.0),
            ("Note", 64.0),
        ],
        rows: vec![
            row(
                on(2024, 12, 23),
                review,
                "Yes",
                on(2025, 1, 6),
                "First review; data definitions gone through",
            ),
            row(on(2025, 3, 21), review, "Yes", on(2025, 3, 31), "Relief for awareness raising agreed"),
            row(on(2025, 6, 23), review, "Yes", on(2025, 7, 2), "Milestones of RPR cases"),
            row(on(2025, 9, 22), review, "Yes", on(2025, 10, 1), "Vacancies announced"),
            row(on(2025, 12, 22), review, "Yes", on(2026, 1, 7), "Improvement action plan asked for"),
            row(
                on(2026, 1, 9),
                "Contract Review Meeting",
                "Yes",
                on(2026, 1, 12),
                "Suspension of referrals agreed",
            ),
            row(
                on(2026, 3, 23),
                review,
                "No",
                Entry::Blank,
                "Provider's nominated manager ill; held on 30 March",
            ),
            row(on(2026, 3, 30), review, "Yes", on(2026, 4, 9), "Figures for KPI 5 queried"),
            row(on(2026, 6, 22), review, "Yes", on(2026, 7, 1), "New starters in place"),
            row(on(2026, 9, 21), review, "", Entry::Blank, "Review of the second contract year"),
        ],
        drop_downs: &[(2, &[CONTRACT]), (4, &["Yes", "No"])],
    }
}

fn actions() -> List {
    let row = |cells: [&str; 7]| {
        let mut row = vec![text(crate::advocacy::PROVIDER), text(CONTRACT)];
        row.extend(cells.map(text));
        row
    };
    List {
        sheet: "Actions",
        columns: &[
            ("Provider", 24.0),
            ("Contract", 20.0),
            ("KPI", 8.0),
            ("Current Performance Level", 16.0),
            ("Issue / reason identified", 40.0),
            ("Action to be taken", 46.0),
            ("Expected outcomes", 34.0),
            ("Timescale", 16.0),
            ("Status", 12.0),
        ],
        rows: vec![
            row([
                "5",
                "92.5%",
                "Three vacancies; triage rests on one person",
                "Recruit three advocates; train a second triage worker; weekly figures to both councils",
                "Allocation within two working days at 95%",
                "31 May 2026",
                "Done",
            ]),
            row([
                "8",
                "71.2%",
                "Questionnaires not sent after the system upgrade",
                "Send the questionnaires of January again; monthly check of what has gone out",
                "75% of closed cases with referrer feedback",
                "30 April 2026",
                "Done",
            ]),
            row([
                "6",
                "88.0%",
                "New advocates in induction",
                "Duty worker makes the first call on the day of referral",
                "90% contacted within two days",
                "31 August 2026",
                "In progress",
            ]),
            row([
                "7",
                "77.9%",
                "Cases from the winter ran past their milestones",
                "Weekly review of cases within ten days of a milestone",
                "80% resolved in the agreed time",
                "31 August 2026",
                "In progress",
            ]),
        ],
        drop_downs: &[(1, &[CONTRACT]), (8, &["Open", "In progress", "Done"])],
    }
}
