//! The officer's register: what happened with the providers in the year.

use crate::alliance::lists::{Item, List, on, text};
use crate::alliance::providers::*;
use crate::alliance::register::CONTRACT;

const NOTICES: [&str; 12] = [
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

/// The lists, in the order of their sheets.
pub fn lists() -> [List; 6] {
    [notices(), meetings(), actions(), notifications(), alerts(), priorities()]
}

fn name(provider: usize) -> Item {
    text(PROVIDERS[provider].name)
}

fn notices() -> List {
    let row = |date: Item, provider: usize, kind: &str, review: Item, note: &str| {
        vec![date, name(provider), text(CONTRACT), text(kind), Item::Blank, review, text(note)]
    };
    List {
        sheet: "Notices",
        columns: &[
            ("Date", 12.0),
            ("Provider", 36.0),
            ("Contract", 23.0),
            ("Kind", 22.0),
            ("KPI", 8.0),
            ("Review date", 13.0),
            ("Note", 64.0),
        ],
        rows: vec![
            row(
                on(2025, 10, 24),
                BRACKENHYTHE,
                "Concern",
                Item::Blank,
                "Safeguarding issue of 17 October told on the 23rd",
            ),
            row(
                on(2026, 2, 13),
                TALLOW,
                "Referrals suspended",
                on(2026, 3, 20),
                "New referrals stop until the new safeguarding lead is trained",
            ),
            row(on(2026, 3, 20), TALLOW, "Referrals resumed", Item::Blank, "Training certificate seen"),
            row(
                on(2026, 5, 11),
                OSPREY,
                "Concern",
                on(2026, 6, 8),
                "Public liability cover of £2m against £10m; Quayside House suspended",
            ),
            row(
                on(2026, 6, 8),
                QUILLMARK,
                "Referrals suspended",
                on(2026, 7, 6),
                "No self-certification received; review when it has come",
            ),
            row(
                on(2026, 6, 10),
                BRACKENHYTHE,
                "Concern",
                Item::Blank,
                "Two placing boroughs report rooms let without a check",
            ),
        ],
        drop_downs: &[(2, &[CONTRACT]), (3, &NOTICES)],
    }
}

fn meetings() -> List {
    const STRATEGIC: &str = "Strategic contract performance meeting";
    const VISIT: &str = "Site visit";
    let row = |date: Item, provider: usize, kind: &str, attended: &str, minutes: Item, note: &str| {
        vec![date, name(provider), text(CONTRACT), text(kind), text(attended), minutes, text(note)]
    };
    let forum = vec![
        on(2025, 11, 5),
        Item::Blank,
        text(CONTRACT),
        text("Provider forum"),
        text("Yes"),
        on(2025, 11, 12),
        text("All providers: the forms of the year gone through"),
    ];
    List {
        sheet: "Meetings",
        columns: &[
            ("Date", 12.0),
            ("Provider", 36.0),
            ("Contract", 23.0),
            ("Kind", 42.0),
            ("Attended", 10.0),
            ("Minutes sent", 13.0),
            ("Note", 56.0),
        ],
        rows: vec![
            row(on(2025, 9, 10), OSPREY, STRATEGIC, "Yes", on(2025, 9, 17), "Volumes in Hounslow"),
            row(
                on(2025, 9, 24),
                QUILLMARK,
                STRATEGIC,
                "Yes",
                on(2025, 10, 1),
                "Late form of the first quarter",
            ),
            row(on(2025, 10, 21), FERNBRAKE, STRATEGIC, "Yes", on(2025, 10, 28), "Closing of Frond House"),
            forum,
            row(
                on(2025, 11, 18),
                LARKSPUR,
                STRATEGIC,
                "Yes",
                on(2025, 11, 25),
                "College places; good practice",
            ),
            row(
                on(2025, 11, 20),
                BRACKENHYTHE,
                STRATEGIC,
                "No",
                Item::Blank,
                "Nobody came; no apology received",
            ),
            row(on(2026, 1, 22), SALTGATE, VISIT, "Yes", on(2026, 1, 26), "Induction; form gone through"),
            row(
                on(2026, 2, 12),
                QUILLMARK,
                STRATEGIC,
                "No",
                Item::Blank,
                "Cancelled by the provider on the morning; no other date offered",
            ),
            row(on(2026, 3, 3), TALLOW, STRATEGIC, "Yes", on(2026, 3, 10), "Safeguarding lead's training"),
            row(
                on(2026, 3, 4),
                NINEFOLD,
                STRATEGIC,
                "Yes",
                on(2026, 3, 11),
                "Missing form fields in the new system",
            ),
            row(on(2026, 4, 23), BRACKENHYTHE, STRATEGIC, "No", Item::Blank, "Second meeting missed"),
            row(on(2026, 6, 3), WINDLE, VISIT, "Yes", on(2026, 6, 5), "Loom Yard: all-electric"),
            row(on(2026, 6, 5), WINDLE, STRATEGIC, "", Item::Blank, "Minutes awaited"),
            row(on(2026, 6, 9), OSPREY, STRATEGIC, "Yes", Item::Blank, "Insurance cover"),
            row(on(2026, 6, 25), FERNBRAKE, STRATEGIC, "", Item::Blank, "Information asked for on 17 June"),
            row(on(2026, 7, 2), SALTGATE, VISIT, "", Item::Blank, "First year"),
            row(
                on(2026, 7, 9),
                OSPREY,
                STRATEGIC,
                "",
                Item::Blank,
                "Review of the suspension of Quayside House",
            ),
        ],
        drop_downs: &[(2, &[CONTRACT]), (4, &["Yes", "No"])],
    }
}

fn actions() -> List {
    let row = |provider: usize, cells: [&str; 7]| {
        let mut row = vec![name(provider), text(CONTRACT)];
        row.extend(cells.map(text));
        row
    };
    List {
        sheet: "Actions",
        columns: &[
            ("Provider", 36.0),
            ("Contract", 23.0),
            ("KPI", 8.0),
            ("Current Performance Level", 18.0),
            ("Issue / reason identified", 40.0),
            ("Action to be taken", 46.0),
            ("Expected outcomes", 34.0),
            ("Timescale", 16.0),
            ("Status", 12.0),
        ],
        rows: vec![
            row(
                OSPREY,
                [
                    "1",
                    "£2m cover",
                    "Public liability policy was bought for the offices alone",
                    "Raise cover to £10m for all services; send the schedule",
                    "Cover as asked for at entry",
                    "30 June 2026",
                    "In progress",
                ],
            ),
            row(
                OSPREY,
                [
                    "3",
                    "13 months",
                    "Gas certificate of Heron Court ran out in March",
                    "Engineer's visit; one list of due dates for all services",
                    "Every certificate within 12 months",
                    "19 June 2026",
                    "Open",
                ],
            ),
            row(
                FERNBRAKE,
                [
                    "2",
                    "Not reviewed",
                    "Data protection policy last reviewed in February 2025",
                    "Board to approve the revised policy",
                    "All four policies within 12 months",
                    "30 June 2026",
                    "In progress",
                ],
            ),
            row(
                TALLOW,
                [
                    "",
                    "1 of 4 not sent",
                    "Forms depend on one person",
                    "Second person to fill in the form; reminder in the calendar",
                    "Forms by the 15th",
                    "15 April 2026",
                    "Done",
                ],
            ),
        ],
        drop_downs: &[(1, &[CONTRACT]), (8, &["Open", "In progress", "Done"])],
    }
}

fn notifications() -> List {
    const OWNER: &str = "Change of ownership";
    const LEAD: &str = "Change of safeguarding lead";
    const SAFEGUARDING: &str = "Safeguarding issue";
    const CLOSE: &str = "Intention to close";
    let row = |provider: usize, service: &str, kind: &str, event: Item, notified: Item, note: &str| {
        vec![name(provider), text(service), text(kind), event, notified, text(note)]
    };
    List {
        sheet: "Notifications",
        columns: &[
            ("Provider", 36.0),
            ("Service", 22.0),
            ("Kind", 28.0),
            ("Event date", 13.0),
            ("Notified on", 13.0),
            ("Note", 64.0),
        ],
        rows: vec![
            row(LARKSPUR, "", LEAD, on(2025, 9, 1), on(2025, 8, 18), "Told in advance"),
            row(
                FERNBRAKE,
                "Frond House",
                CLOSE,
                on(2025, 10, 31),
                on(2025, 9, 19),
                "Lease ends; the three young people move within the provider",
            ),
            row(
                BRACKENHYTHE,
                "Hythe House",
                SAFEGUARDING,
                on(2025, 10, 17),
                on(2025, 10, 23),
                "Learned from the borough first",
            ),
            row(SALTGATE, "", OWNER, on(2025, 12, 18), on(2025, 12, 29), "New majority shareholder"),
            row(
                BRACKENHYTHE,
                "Causeway Lodge",
                CLOSE,
                on(2026, 1, 5),
                on(2025, 11, 24),
                "Six weeks' notice, with three bank holidays in them",
            ),
            row(
                TALLOW,
                "",
                LEAD,
                on(2026, 2, 2),
                on(2026, 2, 12),
                "Told in a telephone call, then by e-mail",
            ),
            row(WINDLE, "", OWNER, on(2026, 3, 30), on(2026, 4, 9), "Letter dated 7 April came on the 9th"),
            row(
                NINEFOLD,
                "Spinney House",
                SAFEGUARDING,
                on(2026, 5, 22),
                on(2026, 5, 26),
                "Friday before the spring bank holiday",
            ),
            row(
                TALLOW,
                "Lock Keeper's House",
                LEAD,
                on(2026, 6, 1),
                Item::Blank,
                "Manager gone since 1 June, learned on a visit; provider has not written",
            ),
            row(OSPREY, "Basin Lodge", CLOSE, on(2026, 7, 31), on(2026, 6, 12), "Building is sold"),
        ],
        drop_downs: &[(2, &[OWNER, LEAD, SAFEGUARDING, CLOSE])],
    }
}

fn alerts() -> List {
    let row = |provider: usize,
               service: &str,
               raised: Item,
               reason: &str,
               told: &str,
               review: Item,
               closed: Item| {
        vec![name(provider), text(service), raised, text(reason), text(told), review, closed]
    };
    List {
        sheet: "Alerts",
        columns: &[
            ("Provider", 36.0),
            ("Service", 22.0),
            ("Raised", 12.0),
            ("Reason", 64.0),
            ("Provider told", 13.0),
            ("Review date", 13.0),
            ("Closed", 12.0),
        ],
        rows: vec![
            row(
                BRACKENHYTHE,
                "Hythe House",
                on(2025, 10, 24),
                "Safeguarding issue told four working days after it happened",
                "Yes",
                on(2025, 11, 21),
                on(2026, 1, 12),
            ),
            row(
                OSPREY,
                "Quayside House",
                on(2026, 5, 11),
                "Public liability cover below what is asked for at entry",
                "Yes",
                on(2026, 6, 8),
                Item::Blank,
            ),
            row(
                QUILLMARK,
                "",
                on(2026, 6, 8),
                "Not self-certified for the year; a meeting missed",
                "Yes",
                on(2026, 7, 6),
                Item::Blank,
            ),
            row(
                BRACKENHYTHE,
                "Ferry Road Flats",
                on(2026, 6, 9),
                "Safeguarding enquiry under way; telling the provider could put a young person at risk",
                "No",
                on(2026, 6, 23),
                Item::Blank,
            ),
        ],
        drop_downs: &[(4, &["Yes", "No"])],
    }
}

fn priorities() -> List {
    let scores: [(usize, [Option<u32>; 7]); 9] = [
        (LARKSPUR, [1, 1, 4, 4, 1, 3, 3].map(Some)),
        (NINEFOLD, [1, 1, 3, 3, 1, 3, 3].map(Some)),
        (TALLOW, [1, 3, 2, 2, 3, 2, 2].map(Some)),
        (QUILLMARK, [1, 4, 3, 3, 4, 2, 3].map(Some)),
        (OSPREY, [2, 5, 4, 4, 5, 3, 4].map(Some)),
        (FERNBRAKE, [1, 2, 5, 5, 2, 5, 4].map(Some)),
        // No spend is known of a provider that has just joined.
        (SALTGATE, [Some(5), Some(1), None, Some(2), Some(3), Some(2), Some(4)]),
        (BRACKENHYTHE, [1, 5, 2, 2, 5, 2, 4].map(Some)),
        (WINDLE, [1, 3, 2, 2, 3, 2, 2].map(Some)),
    ];
    List {
        sheet: "Priorities",
        columns: &[
            ("Provider", 36.0),
            ("New", 11.0),
            ("Concerns", 11.0),
            ("Spend", 11.0),
            ("Volumes", 11.0),
            ("Risk", 11.0),
            ("Strategic", 11.0),
            ("Area", 11.0),
        ],
        rows: scores
            .into_iter()
            .map(|(provider, scores)| {
                let mut row = vec![name(provider)];
                row.extend(scores.map(|score| score.map_or(Item::Blank, Item::Score)));
                row
            })
            .collect(),
        drop_downs: &[],
    }
}
