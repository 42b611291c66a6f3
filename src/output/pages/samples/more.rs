//! What an invented pack holds by definition: items below items, promises, a year side by side, notices on record, a pack of an area.

use rust_decimal::Decimal;

use crate::domain::period::Period;
use crate::domain::quantity::Unit;
use crate::domain::rating::Rating;
use crate::review::action_log::{ActionLog, RecordedAction};
use crate::review::annual::{AnnualLine, AnnualReview, YearFigure};
use crate::review::issued::Issued;
use crate::review::meeting::{Attendee, DaySet, Meeting, MinutesTerms};
use crate::review::on_record::{OnRecord, RecordedNotice};
use crate::review::promises::PromiseTable;
use crate::review::{
    ActionRow, AgendaItem, InformationRow, InformationTable, KpiLine, Pack, RatedFigure, Told,
};

use super::{AREAS, PLANTED, at, day, figure, pack, quarter};

/// An agenda whose second item has items below it.
pub fn agenda() -> Vec<AgendaItem> {
    let item = |title: &str| AgendaItem { title: title.to_string(), ..AgendaItem::default() };
    vec![
        item("Minutes of the last meeting"),
        AgendaItem {
            items: vec![
                AgendaItem {
                    told: vec![Told {
                        of: None,
                        paragraphs: vec![format!("Two new volunteers. {PLANTED}")],
                        place: Some(at("returns/harbour/KPI return Q1.xlsx", "Report", "B5")),
                    }],
                    facts: vec!["Volunteer hours: 120 of 4,310 hours delivered (2.8%).".to_string()],
                    ..item("Hours of support provided by volunteers")
                },
                AgendaItem { told: vec![Told::default()], ..item("Social isolation") },
            ],
            ..item("Management report")
        },
        AgendaItem {
            points: vec!["KPI 5: why were 2 of 38 referrals not allocated in time?".to_string()],
            ..item("KPIs")
        },
    ]
}

/// Promises with a blank, and one that moved.
pub fn promises() -> PromiseTable {
    let place = |cell: &str| Some(at("returns/harbour/KPI return Q1.xlsx", "Plan", cell));
    PromiseTable {
        table: InformationTable {
            title: "Service development plan".to_string(),
            area: None,
            headings: ["Action", "Promised: Offered", "Reported: Progress", "Due"]
                .map(str::to_string)
                .to_vec(),
            figures: vec![false; 4],
            rows: vec![InformationRow {
                label: format!("Open a café {PLANTED}"),
                breakdown: false,
                values: vec![
                    ("Twice a week".to_string(), place("B4")),
                    ("not supplied".to_string(), place("C4")),
                    ("1 November 2025".to_string(), place("D4")),
                ],
            }],
        },
        standing: "1 entry: 0 reported as complete; 1 past the due date and not reported as complete."
            .to_string(),
        moved: vec![
            "“Open a café”: “Offered” reads otherwise than in 2024-25 Q4: “<b>bold</b>”.".to_string(),
        ],
    }
}

/// A year of one KPI with a quarter missing, and of one that is due once.
pub fn annual() -> AnnualReview {
    let periods: Vec<Period> = (1..5).map(quarter).collect();
    let year = |shown: &str, words: &str| YearFigure {
        value: Some(Decimal::new(95, 2)),
        shown: shown.to_string(),
        words: words.to_string(),
        ..YearFigure::default()
    };
    AnnualReview {
        title: "Annual contract review".to_string(),
        clause: "7".to_string(),
        from: day(2024, 12, 1),
        to: day(2025, 11, 30),
        note: "This is also the time of the annual review (7).".to_string(),
        lines: vec![
            AnnualLine {
                kpi: "5".to_string(),
                title: "Referrals allocated".to_string(),
                within: vec![
                    vec![RatedFigure {
                        partial: Some("Partial period: it started late.".to_string()),
                        ..figure("5", 1, Some((40, 41)), Rating::Green)
                    }],
                    vec![figure("5", 2, None, Rating::NoReturn)],
                    vec![figure("5", 3, Some((33, 34)), Rating::NotRated)],
                    vec![figure("5", 4, Some((36, 38)), Rating::Red)],
                ],
                year: YearFigure {
                    words: "No figure for the year: 2024-25 Q3 was not returned.".to_string(),
                    ..YearFigure::default()
                },
            },
            AnnualLine {
                kpi: "4".to_string(),
                title: "Into work".to_string(),
                within: vec![
                    Vec::new(),
                    Vec::new(),
                    Vec::new(),
                    vec![RatedFigure {
                        unit: Unit::Percent,
                        ..figure("4", 4, Some((19, 20)), Rating::NotRated)
                    }],
                ],
                year: YearFigure {
                    numerator: Some(Decimal::from(19)),
                    denominator: Some(Decimal::from(20)),
                    ..year("95%", "The one figure of the year, 2025-26 Q1.")
                },
            },
        ],
        periods,
        submissions: vec!["Quarterly KPI return: 4 due; 3 on time; 1 missing (2024-25 Q3).".to_string()],
        promises: vec!["2024-25 Q4: “Open a café” is new in this return.".to_string()],
        concerns: vec![format!("Concern, 3 March 2025 (register, B4): {PLANTED}.")],
    }
}

/// A notice and an action on record.
pub fn on_record() -> OnRecord {
    OnRecord {
        notices: vec![RecordedNotice {
            date: day(2025, 10, 3),
            kind: "Concern".to_string(),
            kpi: Some("5".to_string()),
            words: format!("Concern, KPI 5, 3 October 2025 (register, B7): {PLANTED}."),
            review: Some(day(2026, 2, 1)),
        }],
        actions: vec![ActionRow { action: "Visit the office in Crewe".to_string(), ..ActionRow::default() }],
    }
}

/// The pack of one area: its figure as the whole, the joint one beside it.
pub fn area_pack() -> Pack {
    let own = |number: u32, parts: (u32, u32), rating: Rating| RatedFigure {
        area: Some(AREAS[0].to_string()),
        ..figure("5", number, Some(parts), rating)
    };
    let history = vec![own(3, (18, 19), Rating::Red), own(4, (21, 22), Rating::Green)];
    let joint = RatedFigure {
        area: Some("All areas together".to_string()),
        cells: Vec::new(),
        ..figure("5", 4, Some((36, 38)), Rating::Red)
    };
    let whole = history[1].clone();
    Pack {
        area: Some(AREAS[0].to_string()),
        counts: vec![(Rating::Green, 1)],
        kpis: vec![KpiLine {
            within: vec![whole.clone()],
            whole,
            areas: vec![joint],
            history,
            sentences: Vec::new(),
        }],
        ..pack()
    }
}

/// The meeting of the pack, whose draft minutes were sent.
pub fn meeting() -> Meeting {
    let attendee = |of: &str, role: &str, clause: &str| Attendee {
        of: of.to_string(),
        role: role.to_string(),
        clause: clause.to_string(),
    };
    Meeting {
        clause: "2.5".to_string(),
        kind: Some("Quarterly review".to_string()),
        date: Some(day(2025, 12, 22)),
        set: DaySet::Recorded,
        attendees: vec![
            attendee("Cheshire East and Cheshire West", "Chair", "7.1"),
            attendee("Harbour Advocacy", "Nominated manager <b>", "2.1 d"),
        ],
        before: vec![(day(2025, 12, 15), "Last day to ask for information".to_string(), "7.7".to_string())],
        minutes: MinutesTerms {
            clause: "5.7".to_string(),
            working_days: Some(10),
            send_by: None,
            sent: None,
            answers: vec![(day(2025, 12, 22), day(2026, 1, 7)), (day(2025, 12, 23), day(2026, 1, 8))],
        },
    }
}

/// Actions of the council's, the provider's and nobody's in particular.
pub fn action_log() -> ActionLog {
    let action = |text: &str, kpi: &str, owner: &str| RecordedAction {
        row: ActionRow { action: text.to_string(), kpi: kpi.to_string(), ..ActionRow::default() },
        owner: owner.to_string(),
        ..RecordedAction::default()
    };
    ActionLog {
        since: Some(day(2025, 9, 22)),
        actions: vec![
            RecordedAction {
                due: Some(day(2025, 12, 31)),
                status: "In progress".to_string(),
                ..action("Chase the missing narrative", "", "Council")
            },
            RecordedAction {
                due: Some(day(2026, 3, 31)),
                agreed_on: Some(day(2025, 12, 22)),
                ..action("Recruit two advocates", "5", "Provider")
            },
            RecordedAction {
                closed_on: Some(day(2025, 11, 3)),
                ..action("Send the questionnaires again <script>", "8", "Provider: data lead")
            },
        ],
        closed_earlier: 2,
    }
}

/// What was sent out of the pack.
pub fn issued() -> Issued {
    Issued {
        number: 1,
        on: day(2026, 1, 20),
        as_of: day(2026, 1, 20),
        note: Some("Sent to both councils <b>".to_string()),
        changed: vec!["KPI 5 was 95% (green) when issued, now 94.7% (red).".to_string()],
        figures_changed: 1,
        earlier: Vec::new(),
        folder: "issued/a/b/2025-26 Q1/issue-1".to_string(),
    }
}
