//! An invented pack, and in [`portfolio`] many of them, rich enough to fill every section, with markup planted in the text.

use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::called::Called;
use crate::domain::escalation::{Escalation, EscalationStatus, Evidence};
use crate::domain::finding::{Finding, FindingKind, Severity};
use crate::domain::look::Look;
use crate::domain::period::{Frequency, Period};
use crate::domain::place::{CellAddress, CellRef};
use crate::domain::quantity::{Unit, share};
use crate::domain::rating::Rating;
use crate::domain::submission::{ChangedCell, ReceivedBy, Submission, SubmissionStatus, Version};
use crate::domain::wording::Wording;
use crate::review::ladder::{LadderState, LadderStep};
use crate::review::on_record::OnRecord;
use crate::review::{
    ActionRow, DateLine, InformationRow, InformationTable, KpiLine, Pack, Passage, RatedFigure, SubmissionKpi,
};

use crate::workspace::settings::wording;

use super::{DraftLink, Link, OwnTemplate, PackLinks, Pages, TemplateError};

mod benchmark;
mod monthly;
pub mod more;
mod portfolio;
mod portfolio_of_many;
mod process;
mod replay;
mod report;

pub use benchmark::{OTHERS, comparisons};
use monthly::banded;
pub use monthly::monthly_pack;
pub use more::area_pack;
pub use portfolio::results;
pub use portfolio_of_many::many;
pub use process::{process, score_bands};
pub use replay::replay;
pub use report::{paper, report, report_links};

const AREAS: [&str; 2] = ["Cheshire East", "Cheshire West and Chester"];
const PLANTED: &str = "<script>alert(1)</script> Smith & Sons";

static MISMATCH: FindingKind = FindingKind {
    code: "total-mismatch",
    severity: Severity::Error,
    counts_against_accuracy: true,
    summary: "A total differs from its parts",
    explanation: "The parts are added up and compared with the total.",
    remedy: "Correct the total or its parts and send the return again.",
};

static RENAMED: FindingKind = FindingKind {
    code: "heading-renamed",
    severity: Severity::Warning,
    counts_against_accuracy: false,
    summary: "A heading was renamed",
    explanation: "The heading was found under another spelling.",
    remedy: "Use the template’s heading.",
};

/// The built-in pages, without a council's look.
pub fn pages() -> &'static Pages {
    static PAGES: LazyLock<Pages> = LazyLock::new(|| own_pages(Look::default(), &[], Vec::new()).unwrap());
    &PAGES
}

/// The pages of a council with this look, these phrases and these templates, of name and text.
pub fn own_pages(
    look: Look,
    phrases: &[(&str, &str)],
    templates: Vec<(&str, String)>,
) -> Result<Pages, TemplateError> {
    let phrases = phrases.iter().map(|(key, text)| (key.to_string(), text.to_string())).collect();
    let templates = templates
        .into_iter()
        .map(|(name, text)| OwnTemplate { name: name.into(), file: format!("templates/{name}"), text })
        .collect();
    Pages::new(look, wording::standard().unwrap().replaced_by(&Wording::new(phrases)), templates)
}

/// Keeps a page for looking at, where `PAGES_KEPT_IN` names a folder.
pub fn keep(name: &str, page: &str) {
    if let Some(folder) = std::env::var_os("PAGES_KEPT_IN") {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(std::path::Path::new(&folder).join(name), page).unwrap();
    }
}

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// The quarter so many quarters after September to November 2024.
pub fn quarter(number: u32) -> Period {
    let first = Period::containing(day(2024, 9, 1), Frequency::Quarter, 9);
    (0..number).fold(first, |period, _| period.next())
}

fn at(file: &str, sheet: &str, cell: &str) -> CellRef {
    CellRef { file: file.into(), sheet: sheet.into(), cell: CellAddress::parse(cell).unwrap() }
}

/// A share rated against 95%, in the quarter of the given number.
pub fn figure(kpi: &str, number: u32, parts: Option<(u32, u32)>, rating: Rating) -> RatedFigure {
    let parts = parts.map(|(numerator, denominator)| (Decimal::from(numerator), Decimal::from(denominator)));
    RatedFigure {
        kpi: kpi.to_string(),
        title: "Referrals triaged and allocated within 2 working days".to_string(),
        area: None,
        period: quarter(number),
        value: parts.and_then(|(numerator, denominator)| share(numerator, denominator)),
        numerator: parts.map(|(numerator, _)| numerator),
        denominator: parts.map(|(_, denominator)| denominator),
        unit: Unit::Percent,
        target: vec![">= 95%".to_string()],
        thresholds: vec![Decimal::new(95, 2)],
        rating,
        clause: "2.2".to_string(),
        notes: Vec::new(),
        relief: None,
        cells: parts.map(|_| at("returns/harbour/KPI return Q1.xlsx", "KPIs", "F9")).into_iter().collect(),
        comment: None,
        computed: None,
        aim: Some("at least 95%".to_string()),
        short_of: None,
        said: None,
        not_met: false,
        contradicted: false,
        local: false,
        lower_is_better: false,
        partial: None,
    }
}

fn counted(kpi: &str, title: &str, values: &[Option<u32>]) -> KpiLine {
    let history: Vec<RatedFigure> = values
        .iter()
        .enumerate()
        .map(|(number, value)| RatedFigure {
            title: title.to_string(),
            value: value.map(Decimal::from),
            numerator: None,
            denominator: None,
            unit: Unit::Count,
            target: vec![">= 2".to_string()],
            thresholds: vec![Decimal::TWO],
            rating: match value {
                Some(value) if *value >= 2 => Rating::Green,
                Some(_) => Rating::Red,
                None => Rating::NoReturn,
            },
            cells: vec![at("returns/harbour/KPI return Q1.xlsx", "KPIs", "F5")],
            ..figure(kpi, number as u32, None, Rating::Green)
        })
        .collect();
    let whole = history.last().unwrap().clone();
    let areas = AREAS.map(|area| RatedFigure { area: Some(area.to_string()), ..whole.clone() }).to_vec();
    KpiLine {
        within: vec![whole.clone()],
        whole,
        areas,
        history,
        sentences: vec!["The target was met in both councils.".to_string()],
        bands: Vec::new(),
        process: None,
    }
}

fn shares() -> KpiLine {
    let history = vec![
        figure("5", 0, Some((19, 20)), Rating::Green),
        figure("5", 1, Some((40, 41)), Rating::Green),
        figure("5", 2, None, Rating::NoReturn),
        figure("5", 3, Some((33, 34)), Rating::Green),
        figure("5", 4, Some((36, 38)), Rating::Red),
    ];
    let mut whole = history.last().unwrap().clone();
    whole.notes = vec!["Weekends and bank holidays are left out of the two days.".to_string()];
    whole.relief = Some("the referral line was down for 3 days (agreed on 2 December 2025).".to_string());
    whole.comment = Some(format!("{PLANTED}: one referral was held back.\nIt was sent on the next day."));
    whole.cells = vec![
        at("returns/harbour/KPI return Q1.xlsx", "KPIs", "F9"),
        at("returns/harbour/KPI return Q1.xlsx", "KPIs", "I9"),
    ];
    whole.cells.extend(
        (2..40).map(|row| at("returns/harbour/KPI return Q1.xlsx", "Referral log", &format!("E{row}"))),
    );
    let east = RatedFigure { area: Some(AREAS[0].into()), ..figure("5", 4, Some((21, 22)), Rating::Green) };
    let west = RatedFigure {
        area: Some(AREAS[1].into()),
        notes: vec!["Small numbers: 15 of 16.".to_string()],
        ..figure("5", 4, Some((15, 16)), Rating::Red)
    };
    KpiLine {
        within: vec![whole.clone()],
        whole,
        areas: vec![east, west],
        history,
        sentences: vec![
            "36 of 38 referrals were allocated in time, 94.7% against a target of at least 95%.".to_string(),
            "One more in time would have met the target.".to_string(),
        ],
        bands: process::lone_target(),
        process: Some(process::process()),
    }
}

fn submission(title: &str, area: Option<&str>, status: SubmissionStatus) -> Submission {
    let file: Arc<str> = "returns/harbour/KPI return Q1.xlsx".into();
    let received = match status {
        SubmissionStatus::OnTime | SubmissionStatus::Unproven => Some(day(2025, 12, 12)),
        SubmissionStatus::Late => Some(day(2025, 12, 17)),
        SubmissionStatus::Missing | SubmissionStatus::NotYetDue => None,
    };
    let versions: Vec<Version> = received
        .map(|received| Version {
            file,
            sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_string(),
            received,
            received_by: ReceivedBy::Register,
            usable: true,
            findings: Vec::new(),
            made_of: None,
            feedback_sheets: Vec::new(),
        })
        .into_iter()
        .collect();
    Submission {
        form: "quarterly-kpi".to_string(),
        form_title: title.to_string(),
        period: quarter(4),
        area: area.map(str::to_string),
        due: day(2025, 12, 14),
        due_note: None,
        clause: "2.5".to_string(),
        received,
        status,
        status_note: None,
        rated_version: (!versions.is_empty()).then_some(0),
        accurate: received.map(|_| true),
        versions,
        findings: Vec::new(),
        changed: Vec::new(),
        replies: Vec::new(),
    }
}

fn queried() -> Submission {
    let mut queried = submission("Quarterly KPI return", None, SubmissionStatus::OnTime);
    let file: Arc<str> = "returns/harbour/KPI return Q1.xlsx".into();
    let error = Finding::at(
        &MISMATCH,
        &at(&file, "KPIs", "D7"),
        "The result says 96%, but 36 of 38 is 94.7%.".to_string(),
    )
    .involving([at(&file, "KPIs", "E7"), at(&file, "KPIs", "F7")]);
    let mut accepted = Finding::in_sheet(
        &RENAMED,
        &file,
        &"<b>bold</b>".into(),
        "“Numartor” was read as “Numerator”.".to_string(),
    );
    accepted.accepted = Some("The provider’s system writes it so.".to_string());
    let first = Version {
        file: "returns/harbour/KPI return Q1 first try.xlsx".into(),
        received: day(2025, 12, 10),
        received_by: ReceivedBy::FirstSeen,
        findings: vec![error.clone(), error.clone(), accepted.clone()],
        ..queried.versions[0].clone()
    };
    queried.versions[0].findings = vec![error.clone()];
    queried.versions.insert(0, first);
    queried.rated_version = Some(1);
    queried.accurate = Some(false);
    queried.due_note = Some("Extended from 14 December 2025: provider’s systems down.".to_string());
    queried.findings = vec![error, accepted];
    queried.changed = vec![ChangedCell {
        place: at(&file, "KPIs", "F9"),
        before: "97%".to_string(),
        after: "94.7%".to_string(),
    }];
    queried
}

fn escalation(number: u32, status: EscalationStatus) -> Escalation {
    let (id, title, distance, by) = match status {
        EscalationStatus::Triggered => {
            ("consistent-failure", "Consistent failure", None, Some(day(2026, 1, 31)))
        }
        EscalationStatus::Watch => (
            "three-missed-submissions",
            "Three submissions missed in a row",
            Some("One more late monthly return would meet it.".to_string()),
            None,
        ),
    };
    Escalation {
        on: None,
        settled: false,
        in_headline: false,
        caution: None,
        id: id.to_string(),
        title: title.to_string(),
        clause: "8".to_string(),
        status,
        period: quarter(number),
        evidence: vec![Evidence {
            text: "KPI 5 was missed in 2025-26 Q1 (94.7%).".to_string(),
            cells: vec![at("returns/harbour/KPI return Q1.xlsx", "KPIs", "F9")],
        }],
        distance,
        action: "The councils may ask for an improvement action plan.".to_string(),
        by,
    }
}

/// Consequences of every state, those of the pack's escalations first.
fn steps() -> Vec<LadderStep> {
    let step = |id: &str, title: &str, state: LadderState, words: &str| LadderStep {
        id: id.to_string(),
        title: title.to_string(),
        clause: "8".to_string(),
        state,
        words: words.to_string(),
        evidence: escalation(4, EscalationStatus::Triggered).evidence,
        action: "The councils may act.".to_string(),
        by: (state == LadderState::Met).then(|| day(2026, 1, 31)),
    };
    vec![
        step("consistent-failure", "Consistent failure", LadderState::Met, "Met in 2025-26 Q1."),
        step(
            "three-missed-submissions",
            "Three submissions missed in a row",
            LadderState::Watch,
            "One more late monthly return would meet it.",
        ),
        step("inspection", "Additional inspection", LadderState::Near, "One more red quarter would meet it."),
        step("suspension", "Suspension of referrals", LadderState::NotMet, "Nothing is recorded."),
    ]
}

fn information(area: &str) -> InformationTable {
    let files = ["returns/harbour/MI September.xlsx", "returns/harbour/MI October.xlsx"];
    let row = |label: &str, breakdown, line: u32| InformationRow {
        label: label.to_string(),
        breakdown,
        values: files
            .iter()
            .enumerate()
            .map(|(column, file)| {
                let text = (line * 3 + column as u32).to_string();
                (text, Some(at(file, area, &format!("D{line}"))))
            })
            .chain([("".to_string(), None)])
            .collect(),
    };
    InformationTable {
        title: "Monthly management information".to_string(),
        area: Some(area.to_string()),
        headings: ["Data required", "September 2025", "October 2025", "Remarks"].map(str::to_string).to_vec(),
        figures: vec![false, true, true, false],
        rows: vec![
            row("New referrals", false, 4),
            row("Referral source: GP", true, 5),
            row("Referral source: hospital", true, 6),
            row("Cases closed", false, 7),
        ],
    }
}

/// A pack with something in every section.
pub fn pack() -> Pack {
    let missing = RatedFigure { comment: None, ..figure("6", 4, None, Rating::NoReturn) };
    let monthly = Submission {
        status_note: Some("First seen on 3 January 2026; nothing shows that it came in time.".to_string()),
        ..submission("Monthly management information", None, SubmissionStatus::Unproven)
    };
    Pack {
        contract: "fixture-advocacy".to_string(),
        contract_title: "Cheshire advocacy services".to_string(),
        councils: vec!["Cheshire East Council".to_string(), "Cheshire West and Chester Council".to_string()],
        provider: "Harbour Advocacy".to_string(),
        called: Called::default(),
        head: Vec::new(),
        period: quarter(4),
        as_of: day(2026, 1, 20),
        headline: "One of three targets was missed, and one return has not been received.".to_string(),
        summary: vec![format!("KPI 5 fell below its target for the first time. {PLANTED}.")],
        cautions: vec![
            "Missing: quarterly narrative for Cheshire West and Chester, due 14 December 2025.".to_string(),
            "The date of receipt of 1 return is not proven; it is left out of timeliness.".to_string(),
        ],
        counts: vec![
            (Rating::Stretch, 0),
            (Rating::Green, 1),
            (Rating::Amber, 0),
            (Rating::Red, 1),
            (Rating::NoReturn, 1),
        ],
        kpis: vec![
            counted(
                "1",
                "Service briefings at local-authority team meetings",
                &[Some(2), Some(1), Some(4), Some(3), Some(3)],
            ),
            shares(),
            KpiLine {
                history: vec![missing.clone()],
                within: vec![missing.clone()],
                whole: missing,
                areas: Vec::new(),
                sentences: Vec::new(),
                bands: Vec::new(),
                process: None,
            },
            banded(),
        ],
        benchmarks: vec![benchmark::benchmark("Harbour Advocacy"), benchmark::too_few()],
        changes: vec!["KPI 5 went from green to red.".to_string()],
        escalations: vec![escalation(4, EscalationStatus::Triggered), escalation(4, EscalationStatus::Watch)],
        earlier_escalations: vec![escalation(2, EscalationStatus::Triggered)],
        submissions: vec![
            queried(),
            monthly,
            submission("Quarterly narrative", Some(AREAS[0]), SubmissionStatus::Late),
            submission("Quarterly narrative", Some(AREAS[1]), SubmissionStatus::Missing),
        ],
        past_returns: process::past_returns(),
        submission_kpis: vec![
            submission_kpi("Timeliness", 5, 6, Rating::Red),
            SubmissionKpi { provisional: None, ..submission_kpi("Accuracy", 19, 20, Rating::Green) },
        ],
        information: AREAS.map(information).to_vec(),
        narrative: vec![
            Passage {
                title: "Referrals and cases".to_string(),
                area: Some(AREAS[0].to_string()),
                asked: "Trends in referrals".to_string(),
                paragraphs: vec![
                    format!("Referrals rose. {PLANTED}"),
                    "Most came from hospitals.\nA second line of the same paragraph.".to_string(),
                ],
                place: Some(at("returns/harbour/Narrative East.xlsx", "Narrative", "C4")),
            },
            Passage {
                title: "Risks".to_string(),
                area: Some(AREAS[0].to_string()),
                asked: String::new(),
                paragraphs: Vec::new(),
                place: Some(at("returns/harbour/Narrative East.xlsx", "Narrative", "C9")),
            },
            Passage {
                title: "Risks".to_string(),
                area: Some(AREAS[1].to_string()),
                asked: "Risks to the service".to_string(),
                paragraphs: Vec::new(),
                place: None,
            },
        ],
        agenda: more::agenda(),
        meeting: Some(day(2025, 12, 22)),
        action_plan: vec![ActionRow {
            kpi: "5 Referrals triaged and allocated within 2 working days".to_string(),
            current: "94.7%".to_string(),
            ..ActionRow::default()
        }],
        dates: vec![
            DateLine {
                date: day(2026, 2, 14),
                what: "Monthly management information for January 2026 due".to_string(),
                clause: "2.5".to_string(),
                for_provider: true,
            },
            DateLine {
                date: day(2026, 3, 23),
                what: "Proposed review meeting".to_string(),
                clause: String::new(),
                for_provider: true,
            },
        ],
        readings: vec![
            "Clause 8 does not say whether one condition is enough: any one is taken as enough.".to_string(),
        ],
        provider_headline: String::new(),
        provider_summary: Vec::new(),
        provider_cautions: Vec::new(),
        overall: Vec::new(),
        ladder: steps(),
        papers: Vec::new(),
        area: None,
        promises: vec![more::promises()],
        annual: Some(more::annual()),
        on_record: more::on_record(),
        meeting_papers: Some(more::meeting()),
        action_log: more::action_log(),
        issued: Some(more::issued()),
        of_areas: Vec::new(),
        next_steps: Vec::new(),
    }
}

fn submission_kpi(title: &str, met: u32, due: u32, rating: Rating) -> SubmissionKpi {
    SubmissionKpi {
        id: title.to_lowercase(),
        title: title.to_string(),
        clause: "5".to_string(),
        from: day(2025, 9, 1),
        to: day(2025, 11, 30),
        due,
        met,
        value: share(met.into(), due.into()),
        target: Some(Decimal::new(95, 2)),
        rating,
        provisional: Some("Provisional until twelve months of the contract have passed.".to_string()),
        missed: vec!["Quarterly narrative, 2025-26 Q1, Cheshire West and Chester: missing".to_string()],
    }
}

/// A pack that has a headline and a return to wait for, nothing else.
pub fn bare_pack() -> Pack {
    Pack {
        councils: Vec::new(),
        summary: Vec::new(),
        cautions: Vec::new(),
        counts: Vec::new(),
        kpis: Vec::new(),
        benchmarks: Vec::new(),
        changes: Vec::new(),
        escalations: Vec::new(),
        earlier_escalations: Vec::new(),
        ladder: Vec::new(),
        submissions: vec![submission("Quarterly KPI return", None, SubmissionStatus::NotYetDue)],
        past_returns: Vec::new(),
        submission_kpis: Vec::new(),
        information: Vec::new(),
        narrative: Vec::new(),
        agenda: Vec::new(),
        promises: Vec::new(),
        annual: None,
        on_record: OnRecord::default(),
        meeting_papers: None,
        action_log: Default::default(),
        issued: None,
        meeting: None,
        action_plan: Vec::new(),
        dates: Vec::new(),
        readings: Vec::new(),
        ..pack()
    }
}

/// Links of the pack to its neighbours.
pub fn pack_links() -> PackLinks {
    let link = |label: &str, href: &str| Link { label: label.to_string(), href: href.to_string() };
    PackLinks {
        portfolio: "../../../index.html".to_string(),
        areas: vec![link("Pack of Cheshire East", "pack-Cheshire East.html")],
        pack_workbook: "pack.xlsx".to_string(),
        returned: vec![link("Returned workbook: KPI return Q1.xlsx", "returned/KPI return Q1.xlsx")],
        previous: Some(link("Previous period, 2024-25 Q4", "../2024-25 Q4/pack.html")),
        next: None,
        provider_page: "provider-pack.html".to_string(),
        meeting: vec![link("Minutes to fill in", "meeting/minutes.html")],
        committee_page: "committee-pack.html".to_string(),
        drafts: vec![link("Improvement notice", "letters/improvement-notice.html")],
        emails: vec![DraftLink {
            label: "Query: KPI return, 2025-26 Q1".to_string(),
            message: "drafts/query kpis 2025-26 Q1.eml".to_string(),
            text: "drafts/query kpis 2025-26 Q1.txt".to_string(),
        }],
    }
}
