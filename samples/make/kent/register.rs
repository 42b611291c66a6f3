//! The officer's register.

use anyhow::Result;

use crate::kent::dates::day;
use crate::kent::returns::Returned;
use crate::kent::strangers::IGNORED;
use crate::kent::{CONTRACT, PROVIDER};
use crate::register_lists::{self, Entry, List};

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

fn text(text: &str) -> Entry {
    Entry::text(text)
}

fn on(year: i32, month: u32, date: u32) -> Entry {
    Entry::Date(day(year, month, date))
}

/// The register, with the dates of receipt that the officer wrote down for `files`.
///
/// # Errors
/// When the workbook can't be written.
pub fn workbook(files: &[Returned]) -> Result<Vec<u8>> {
    let lists = [
        providers(),
        contacts(),
        receipts(files),
        ignored(),
        extensions(),
        notices(),
        reliefs(),
        meetings(),
        actions(),
    ];
    register_lists::workbook(&lists, day(2023, 10, 16))
}

fn providers() -> List {
    List {
        sheet: "Providers",
        columns: &[
            ("Provider", 32.0),
            ("Aliases", 40.0),
            ("Contract", 20.0),
            ("Start", 12.0),
            ("Break", 12.0),
            ("End", 12.0),
            ("E-mail", 32.0),
            ("Service", 18.0),
            ("Status", 12.0),
            ("Status since", 13.0),
        ],
        rows: vec![vec![
            text(PROVIDER),
            text("Lanternhill Independent Visiting Ltd; LIV"),
            text(CONTRACT),
            on(2022, 4, 1),
            on(2024, 3, 31),
            on(2026, 3, 31),
            text("returns@lanternhill.example"),
            Entry::Blank,
            text("Active"),
            on(2022, 4, 1),
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
            ("Provider", 32.0),
            ("Contract", 20.0),
            ("Role", 34.0),
            ("E-mail", 40.0),
            ("To or Cc", 10.0),
        ],
        rows: vec![
            row(PROVIDER, "Contract manager", "contracts@lanternhill.example", "To"),
            row(PROVIDER, "Service co-ordinator", "co-ordinator@lanternhill.example", "Cc"),
            row(
                "",
                "Contract manager, children's commissioning",
                "commissioning@county-council.example",
                "Cc",
            ),
            row("", "Service manager, short breaks", "short-breaks@county-council.example", "Cc"),
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
    List { sheet: "Receipts", columns: &[("File", 66.0), ("Received", 14.0)], rows, drop_downs: &[] }
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
            ("Provider", 32.0),
            ("Contract", 20.0),
            ("Form", 16.0),
            ("Period", 18.0),
            ("New due date", 14.0),
            ("Reason", 56.0),
        ],
        rows: vec![vec![
            text(PROVIDER),
            text(CONTRACT),
            text("monthly-kpi"),
            text("December 2022"),
            on(2023, 1, 6),
            text(
                "The provider's office is closed from 24 December to 2 January; agreed at the October meeting",
            ),
        ]],
        drop_downs: &[(1, &[CONTRACT]), (2, &["monthly-kpi"])],
    }
}

fn notices() -> List {
    let row = |date: Entry, kind: &str, kpi: &str, review: Entry, note: &str| {
        vec![date, text(PROVIDER), text(CONTRACT), text(kind), text(kpi), review, text(note)]
    };
    List {
        sheet: "Notices",
        columns: &[
            ("Date", 12.0),
            ("Provider", 32.0),
            ("Contract", 20.0),
            ("Kind", 20.0),
            ("KPI", 8.0),
            ("Review date", 13.0),
            ("Note", 64.0),
        ],
        rows: vec![
            row(
                on(2023, 2, 14),
                "Improvement plan",
                "1",
                on(2023, 3, 24),
                "Visits to units missed in December and January: recruitment, round planned a month ahead",
            ),
            row(
                on(2023, 2, 14),
                "Improvement plan",
                "2",
                on(2023, 3, 24),
                "Reports within five working days: writing days kept free, one person sends to both",
            ),
            row(
                on(2023, 4, 5),
                "Formal warning",
                "2",
                Entry::Blank,
                "Reports later than when the plan was agreed; letter received by the provider on this day",
            ),
            row(
                on(2023, 4, 20),
                "Improvement plan",
                "2",
                on(2023, 7, 28),
                "Further plan after the warning: reports drafted on the day of the visit, third visitor",
            ),
            row(
                on(2023, 4, 20),
                "Improvement plan",
                "3",
                on(2023, 7, 28),
                "Further plan after the warning: every report read by a second visitor before it goes",
            ),
        ],
        drop_downs: &[(2, &[CONTRACT]), (3, &KINDS)],
    }
}

fn reliefs() -> List {
    List {
        sheet: "Reliefs",
        columns: &[
            ("Provider", 32.0),
            ("Contract", 20.0),
            ("KPI", 8.0),
            ("Period", 14.0),
            ("Reason", 64.0),
            ("Agreed on", 13.0),
        ],
        rows: vec![vec![
            text(PROVIDER),
            text(CONTRACT),
            text("1"),
            text("June 2023"),
            text(
                "Pippin Lodge closed from 5 to 30 June while its boiler was replaced; no child stayed there",
            ),
            on(2023, 6, 21),
        ]],
        drop_downs: &[(1, &[CONTRACT]), (2, &["1", "2", "3"])],
    }
}

fn meetings() -> List {
    let row = |date: Entry, kind: &str, attended: &str, minutes: Entry, note: &str| {
        vec![date, text(PROVIDER), text(CONTRACT), text(kind), text(attended), minutes, text(note)]
    };
    let quarterly = "Quarterly meeting";
    let monthly = "Monthly meeting";
    List {
        sheet: "Meetings",
        columns: &[
            ("Date", 12.0),
            ("Provider", 32.0),
            ("Contract", 20.0),
            ("Kind", 20.0),
            ("Attended", 10.0),
            ("Minutes sent", 13.0),
            ("Note", 64.0),
        ],
        rows: vec![
            row(
                on(2022, 7, 6),
                quarterly,
                "Yes",
                on(2022, 7, 13),
                "First quarter; the log gone through line by line",
            ),
            row(
                on(2022, 10, 5),
                quarterly,
                "Yes",
                on(2022, 10, 12),
                "New template from October; returns over Christmas",
            ),
            row(on(2023, 1, 11), quarterly, "Yes", on(2023, 1, 18), "A visitor has left; Larkmead joins"),
            row(
                on(2023, 2, 6),
                "Urgent meeting",
                "Yes",
                on(2023, 2, 8),
                "KPI 1 red in January: two units without a visit; Improvement Plan asked for",
            ),
            row(on(2023, 4, 19), quarterly, "Yes", on(2023, 4, 24), "After the formal warning; further plan"),
            row(
                on(2023, 5, 17),
                monthly,
                "Yes",
                on(2023, 5, 19),
                "Return for April not received; asked for again",
            ),
            row(
                on(2023, 6, 14),
                monthly,
                "No",
                Entry::Blank,
                "Nobody came for the provider; held on 21 June",
            ),
            row(
                on(2023, 6, 21),
                monthly,
                "Yes",
                on(2023, 6, 26),
                "Third visitor in post; relief for Pippin Lodge",
            ),
            row(on(2023, 7, 19), monthly, "Yes", on(2023, 7, 21), "Reports mostly in time"),
            row(on(2023, 8, 16), monthly, "Yes", on(2023, 8, 18), "Plans for KPIs 2 and 3 closed"),
            row(on(2023, 9, 20), monthly, "Yes", on(2023, 9, 25), "No concerns"),
            row(on(2023, 10, 11), quarterly, "Yes", on(2023, 10, 13), "Second quarter of 2023-24"),
        ],
        drop_downs: &[(2, &[CONTRACT]), (4, &["Yes", "No"])],
    }
}

fn actions() -> List {
    let row = |cells: [&str; 7]| {
        let mut row = vec![text(PROVIDER), text(CONTRACT)];
        row.extend(cells.map(text));
        row
    };
    List {
        sheet: "Actions",
        columns: &[
            ("Provider", 32.0),
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
                "1",
                "71.4%",
                "Two visitors for seven units",
                "Recruit a third visitor; plan the round a month ahead, units missed come first",
                "Every unit visited every month",
                "30 June 2023",
                "Done",
            ]),
            row([
                "2",
                "33.3%",
                "Reports written days after the visit; one person sends them to both",
                "Draft on the day of the visit; the co-ordinator and a deputy can send",
                "90% of reports with the council and Ofsted within five working days",
                "28 July 2023",
                "Done",
            ]),
            row([
                "3",
                "3",
                "Reports go out unread; paragraphs copied",
                "A second visitor reads every report; checklist of the council's reasons",
                "No more than one report sent back in a month",
                "28 July 2023",
                "Done",
            ]),
            row([
                "2",
                "85.7%",
                "One report to Ofsted two days late",
                "Sending to both on one day, receipt of the portal kept",
                "All reports in time",
                "29 September 2023",
                "In progress",
            ]),
        ],
        drop_downs: &[(1, &[CONTRACT]), (8, &["Open", "In progress", "Done"])],
    }
}
