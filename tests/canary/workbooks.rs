//! The planted returns and register: workbooks as providers and the officer would write them.

use std::fs;
use std::path::Path;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

use crate::{HOMES, PROVIDERS, VISITS, address, planted};

/// A table of text; what looks like a date is written as one, what looks like a number as a number.
fn write(sheet: &mut Worksheet, first: u32, rows: &[Vec<String>]) {
    let date = Format::new().set_num_format("dd/mm/yyyy");
    for (row, cells) in (first..).zip(rows) {
        for (column, cell) in (0u16..).zip(cells) {
            match (ExcelDateTime::parse_from_str(cell), cell.parse::<f64>()) {
                (Ok(day), _) if cell.len() == 10 => {
                    sheet.write_datetime_with_format(row, column, &day, &date).unwrap()
                }
                (_, Ok(number)) => sheet.write_number(row, column, number).unwrap(),
                _ if cell.is_empty() => continue,
                _ => sheet.write_string(row, column, cell).unwrap(),
            };
        }
    }
}

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_string()).collect()
}

fn head(provider: &str, label: &str, period: &str, submitted: &str) -> Vec<Vec<String>> {
    vec![
        row(&["Provider:", provider]),
        row(&[label, period]),
        row(&["Date submitted:", submitted]),
        Vec::new(),
    ]
}

fn save(path: &Path, sheets: &[(&str, Vec<Vec<String>>)]) {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        write(book.add_worksheet().set_name(*name).unwrap(), 0, rows);
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, book.save_to_buffer().unwrap()).unwrap();
}

/// The quarterly form and the yearly certification of a provider of homes.
pub fn homes(dir: &Path, provider: &str, held: &str) {
    let comment = planted("Comment", provider);
    let mut form = head(provider, "Quarter:", "Q4 2025-26", "2026-04-10");
    form.push(row(&["Question", "Answer", "Comment"]));
    for (question, answer) in [
        ("Young people placed during the quarter", "4"),
        ("Placements ended during the quarter", "4"),
        ("Of these, ended in a planned way", "3"),
        ("Key-work sessions planned", "40"),
        ("Key-work sessions held", held),
        ("Notifiable incidents", "1"),
        ("Young people in placement at the end of the quarter", "8"),
        ("Of these, in education, employment or training", "6"),
    ] {
        form.push(row(&[question, answer, &comment]));
    }
    let spare = vec![row(&[&planted("SpareSheet", provider)])];
    // All providers name their files alike.
    save(&dir.join("KPI form.xlsx"), &[("KPI form", form), ("Our notes", spare)]);

    let mut certified = head(provider, "Year:", "2025-26", "2026-05-20");
    certified.push(row(&["No.", "Requirement", "Answer", "Amount", "Date", "Comment"]));
    let comment = planted("CertComment", provider);
    for (number, requirement, amount, date) in [
        ("1a", "Employer's liability insurance of at least £10m", "10000000", "2027-01-01"),
        ("1b", "Public liability insurance of at least £10m", "10000000", "2027-01-01"),
        ("1c", "Professional indemnity insurance of at least £5m", "5000000", "2027-01-01"),
        ("2a", "Safeguarding policy reviewed in the last 12 months", "", "2026-01-10"),
        ("2b", "Health and safety policy reviewed in the last 12 months", "", "2026-01-10"),
        ("2c", "Safer recruitment policy reviewed in the last 12 months", "", "2026-01-10"),
        ("2d", "Data protection policy reviewed in the last 12 months", "", "2026-01-10"),
        ("3", "Gas safety certificate for each service, issued in the last 12 months", "", ""),
        (
            "4",
            "Electrical safety certificate for each service, and PAT tested equipment where required",
            "",
            "",
        ),
        ("5", "Fire risk assessment for each service in the last 12 months", "", ""),
        ("6", "HMO licence for every property that needs one", "", ""),
        ("7", "Visual inspection of every property in the last 12 months", "", ""),
        ("8", "Every property meets the accommodation checklist", "", ""),
    ] {
        certified.push(row(&[number, requirement, "Y", amount, date, &comment]));
    }
    let services = vec![
        row(&[
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
        ]),
        // The gas certificate is too old, so that the service is named in a query.
        row(&[
            &planted("Service", provider),
            "W1 1AA",
            "Ealing",
            "2024-01-10",
            "2024-01-10",
            "2026-01-10",
            "2026-01-10",
            "Y",
            "2027-01-10",
            "2026-01-10",
            "Y",
        ]),
    ];
    save(&dir.join("Self-certification.xlsx"), &[("Self-certification", certified), ("Services", services)]);
}

/// Three months of a provider of visits, with one unit of six visited.
pub fn visits(dir: &Path, provider: &str) {
    for (month, visited, submitted) in [
        ("October 2025", "2025-10-02", "2025-10-31"),
        ("November 2025", "2025-11-03", "2025-11-28"),
        ("December 2025", "2025-12-02", "2025-12-29"),
    ] {
        let mut kpis = head(provider, "Month:", month, submitted);
        kpis.push(row(&["No.", "Key Performance Indicators", "Current Performance Level", "Comments"]));
        for (number, indicator, level) in [
            ("1", "Monthly visits to the short break units", "0.14"),
            (
                "2",
                "Monthly reports submitted to the local authority and Ofsted within 5 working days of the visit",
                "1",
            ),
            ("3", "Number of reports returned in the month by the local authority", "0"),
        ] {
            kpis.push(row(&[number, indicator, level, &planted("Comment", provider)]));
        }
        let log = vec![
            row(&[
                "Unit",
                "Date of visit",
                "Visitor",
                "Report to council",
                "Report to Ofsted",
                "Returned by council",
            ]),
            row(&["Rookwood", visited, "A visitor", visited, visited, "No"]),
            row(&[&planted("Unit", provider), "2026-03-02", "A visitor", "2026-03-03", "2026-03-03", "No"]),
        ];
        let narrative =
            vec![row(&["Area", "Update"]), row(&["Capacity issues", &planted("Narrative", provider)])];
        save(
            &dir.join(format!("Return {month}.xlsx")),
            &[("KPI return", kpis), ("Visit log", log), ("Narrative", narrative)],
        );
    }
}

/// The officer's records, a row about each provider in every list.
pub fn register(path: &Path) {
    let of = |contract: &'static str| PROVIDERS.iter().filter(move |(_, own)| *own == contract);
    let listed = |headings: &[&str], contract: &'static str, line: &dyn Fn(&str) -> Vec<String>| {
        std::iter::once(row(headings))
            .chain(of(contract).map(|(provider, _)| line(provider)))
            .collect::<Vec<_>>()
    };
    let providers =
        std::iter::once(row(&["Provider", "Contract", "Start", "Status", "Status since", "E-mail"]))
            .chain(PROVIDERS.iter().map(|(provider, contract)| match *contract {
                HOMES => {
                    row(&[provider, contract, "2026-01-01", "Suspended", "2026-06-01", &address(provider)])
                }
                _ => row(&[provider, contract, "2025-04-01", "Active", "", &address(provider)]),
            }))
            .collect();
    let notices =
        listed(&["Date", "Provider", "Contract", "Kind", "KPI", "Review date", "Note"], VISITS, &|p| {
            row(&["2025-10-06", p, VISITS, "Formal warning", "1", "2026-07-01", &planted("NoticeNote", p)])
        });
    let reliefs = listed(&["Provider", "Contract", "KPI", "Period", "Reason", "Agreed on"], VISITS, &|p| {
        row(&[p, VISITS, "3", "December 2025", &planted("Relief", p), "2025-12-30"])
    });
    let extensions =
        listed(&["Provider", "Contract", "Form", "Period", "New due date", "Reason"], HOMES, &|p| {
            row(&[p, HOMES, "quarterly-kpi", "2025-26 Q4", "2026-04-20", &planted("Extension", p)])
        });
    let meetings = listed(&["Date", "Provider", "Contract", "Kind", "Attended", "Note"], HOMES, &|p| {
        row(&["2026-02-12", p, HOMES, "Strategic meeting", "No", &planted("MeetingNote", p)])
    });
    let actions = listed(
        &["Provider", "Contract", "KPI", "Issue / reason identified", "Action to be taken"],
        HOMES,
        &|p| row(&[p, HOMES, "3", "Old certificate", &planted("Action", p)]),
    );
    let notifications =
        listed(&["Provider", "Service", "Kind", "Event date", "Notified on", "Note"], HOMES, &|p| {
            row(&[
                p,
                &planted("NotifiedService", p),
                "Safeguarding issue",
                "2026-02-02",
                "2026-03-02",
                &planted("NotificationNote", p),
            ])
        });
    let alerts = listed(
        &["Provider", "Service", "Raised", "Reason", "Provider told", "Review date", "Closed"],
        HOMES,
        &|p| row(&[p, "", "2026-06-01", &planted("AlertReason", p), "No", "2026-06-30", ""]),
    );
    save(
        path,
        &[
            ("Providers", providers),
            ("Notices", notices),
            ("Reliefs", reliefs),
            ("Extensions", extensions),
            ("Meetings", meetings),
            ("Actions", actions),
            ("Notifications", notifications),
            ("Alerts", alerts),
        ],
    );
}
