//! Results and a pack of an invented provider, for the tests of the outputs.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::called::Called;
use crate::domain::escalation::{Escalation, EscalationStatus, Evidence};
use crate::domain::finding::{Finding, FindingKind, Severity};
use crate::domain::period::{Frequency, Period};
use crate::domain::place::{CellAddress, CellRef};
use crate::domain::quantity::{Quantity, Unit, share};
use crate::domain::rating::Rating;
use crate::domain::reply::{AnsweredQuery, PlanEntry, QueryState, Reply, Response};
use crate::domain::submission::{ChangedCell, ReceivedBy, Submission, SubmissionStatus, Version};
use crate::output::workbooks::feedback::{Feedback, RatedCell};
use crate::review::ladder::{LadderState, LadderStep};
use crate::review::on_record::OnRecord;
use crate::review::{
    ActionRow, AgendaItem, DateLine, InformationRow, InformationTable, KpiLine, OverallRating, Pack, Passage,
    ProviderReview, RatedFigure, Results, SubmissionKpi, Unrecognised,
};

/// The return the figures come from.
pub const FILE: &str = "returns/q1/harbour-q1.xlsx";

/// A total that does not add up.
pub static TOTAL: FindingKind = FindingKind {
    code: "total-mismatch",
    severity: Severity::Error,
    counts_against_accuracy: true,
    summary: "A total differs from its parts.",
    explanation: "The parts are added up and compared with the total.",
    remedy: "Check the parts and the total, and send the workbook again.",
};

/// A heading that was renamed.
pub static HEADING: FindingKind = FindingKind {
    code: "heading-renamed",
    severity: Severity::Warning,
    counts_against_accuracy: false,
    summary: "A heading was renamed.",
    explanation: "The column was read by its nearest name.",
    remedy: "Use the template's own headings.",
};

/// A sheet that was passed over.
pub static HIDDEN: FindingKind = FindingKind {
    code: "hidden-sheet",
    severity: Severity::Info,
    counts_against_accuracy: false,
    summary: "A hidden sheet was passed over.",
    explanation: "Hidden sheets are not read.",
    remedy: "Nothing to do, unless it holds figures.",
};

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

pub fn quarter() -> Period {
    Period::containing(day(2025, 10, 1), Frequency::Quarter, 9)
}

pub fn place(sheet: &str, cell: &str) -> CellRef {
    CellRef { file: FILE.into(), sheet: sheet.into(), cell: CellAddress::parse(cell).unwrap() }
}

/// A share of `of` against `target` percent.
pub fn ratio(
    kpi: &str,
    title: &str,
    area: Option<&str>,
    met: i64,
    of: i64,
    target: i64,
    cell: &str,
) -> RatedFigure {
    let target = Quantity::new(target, 2);
    let value = share(met.into(), of.into());
    RatedFigure {
        kpi: kpi.into(),
        title: title.into(),
        area: area.map(str::to_string),
        period: quarter(),
        value,
        numerator: Some(met.into()),
        denominator: Some(of.into()),
        unit: Unit::Percent,
        target: vec![format!(">= {}%", (target * Quantity::ONE_HUNDRED).normalize())],
        thresholds: vec![target],
        rating: match value {
            None => Rating::NoActivity,
            Some(value) if value >= target => Rating::Green,
            Some(_) => Rating::Red,
        },
        clause: "2.2".into(),
        notes: Vec::new(),
        relief: None,
        cells: vec![place("KPIs", cell)],
        comment: None,
        computed: None,
        aim: Some(format!("at least {}%", (target * Quantity::ONE_HUNDRED).normalize())),
        short_of: None,
        said: None,
        not_met: false,
        contradicted: false,
        local: false,
        lower_is_better: false,
        partial: None,
    }
}

pub fn figures() -> Vec<RatedFigure> {
    let allocated = "Referrals triaged and allocated within 2 working days";
    let contacted = "Referrals where the person was contacted within 2 days";
    let briefings = RatedFigure {
        value: Some(2.into()),
        numerator: None,
        denominator: None,
        unit: Unit::Count,
        target: vec![">= 2".into()],
        thresholds: vec![2.into()],
        rating: Rating::Green,
        comment: Some("=HYPERLINK(\"http://harbour.example\") – two briefings, both in Crewe".into()),
        ..ratio("1", "Service briefings at local-authority team meetings", None, 2, 2, 100, "E4")
    };
    let mut near = ratio("6", contacted, None, 22_499, 25_000, 90, "F9");
    near.notes = vec!["Counted in calendar days.".into()];
    near.relief = Some("Relief: the referral system was down.".into());
    vec![
        briefings,
        ratio("5", allocated, None, 40, 43, 95, "F8"),
        ratio("5", allocated, Some("Cheshire East"), 21, 22, 95, "F8"),
        ratio("5", allocated, Some("Cheshire West and Chester"), 19, 21, 95, "I8"),
        near,
        ratio("10", "IMCA reports that meet the legislation", None, 0, 0, 100, "F13"),
    ]
}

pub fn findings() -> Vec<Finding> {
    let file: Arc<str> = FILE.into();
    let mut accepted =
        Finding::at(&TOTAL, &place("KPIs", "E9"), "E9 says 25,000, the log gives 24,998.".into());
    accepted.accepted = Some("agreed at the June meeting".into());
    vec![
        Finding::in_file(&HEADING, &file, "The template is last year's.".into()),
        Finding::at(&TOTAL, &place("KPIs", "F8"), "The total is 21, the parts add up to 20.".into())
            .involving([place("KPIs", "D8")])
            .advising("Send the month's referrals by source again."),
        Finding::at(&HEADING, &place("KPIs", "D3"), "The heading reads “Numartor”.".into()),
        Finding::in_sheet(&HIDDEN, &file, &"Lists".into(), "The sheet “Lists” is hidden.".into()),
        accepted,
    ]
}

pub fn submission() -> Submission {
    let version = Version {
        file: FILE.into(),
        sha256: "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef".into(),
        received: day(2025, 12, 12),
        received_by: ReceivedBy::Register,
        usable: true,
        findings: Vec::new(),
        made_of: None,
        feedback_sheets: Vec::new(),
    };
    Submission {
        form: "quarterly-kpi".into(),
        form_title: "Quarterly KPI return".into(),
        period: quarter(),
        area: None,
        due: day(2025, 12, 14),
        due_note: None,
        clause: "2.5".into(),
        received: Some(day(2025, 12, 12)),
        status: SubmissionStatus::OnTime,
        status_note: None,
        versions: vec![version.clone(), Version { received: day(2025, 12, 15), ..version }],
        rated_version: Some(1),
        accurate: Some(false),
        findings: findings(),
        changed: vec![ChangedCell { place: place("KPIs", "F8"), before: "22".into(), after: "21".into() }],
        replies: vec![reply()],
    }
}

/// What came back with the second version: one query settled and answered, one answered and open, one without an answer.
fn reply() -> Reply {
    let findings = findings();
    let query = |number: usize, of: usize, said: Option<&str>, state: QueryState| AnsweredQuery {
        number: Some(number),
        finding: findings[of].clone(),
        still: (state != QueryState::Settled).then(|| findings[of].clone()),
        response: said
            .map(|text| Response { cell: CellAddress::new(20 + number as u32, 6), text: text.into() }),
        changed: Vec::new(),
        unchanged: None,
        state,
        settled_since: None,
    };
    let mut settled = query(1, 1, Some("=Figure corrected."), QueryState::Settled);
    settled.changed =
        vec![ChangedCell { place: place("KPIs", "F8"), before: "22".into(), after: "21".into() }];
    let mut open = query(2, 2, Some("We call it <b>that</b>."), QueryState::Answered);
    open.unchanged = Some("Numartor".into());
    open.settled_since = Some(day(2025, 12, 18));
    Reply {
        file: FILE.into(),
        received: day(2025, 12, 15),
        sheet: "Council feedback".into(),
        version: 0,
        about: day(2025, 12, 12),
        same_values: false,
        queries: vec![settled, open, query(3, 0, None, QueryState::NoAnswer)],
        plan: vec![PlanEntry {
            row: 30,
            kpi: "5. Allocated within 2 working days".into(),
            action: "Two posts advertised".into(),
            timescale: "March 2026".into(),
            ..PlanEntry::default()
        }],
    }
}

fn missing() -> Submission {
    Submission {
        form: "quarterly-narrative".into(),
        form_title: "Quarterly narrative".into(),
        area: Some("Cheshire East".into()),
        received: None,
        status: SubmissionStatus::Missing,
        versions: Vec::new(),
        rated_version: None,
        accurate: None,
        findings: Vec::new(),
        changed: Vec::new(),
        replies: Vec::new(),
        ..submission()
    }
}

pub fn escalation() -> Escalation {
    Escalation {
        on: None,
        settled: false,
        in_headline: false,
        caution: None,
        id: "performance-improvement".into(),
        title: "Performance improvement".into(),
        clause: "2.2".into(),
        status: EscalationStatus::Triggered,
        period: quarter(),
        evidence: vec![Evidence {
            text: "KPI 5 is missed: 40 of 43.".into(),
            cells: vec![place("KPIs", "F8")],
        }],
        distance: None,
        action: "Agree how performance is to improve.".into(),
        by: None,
    }
}

pub fn timeliness() -> SubmissionKpi {
    SubmissionKpi {
        id: "timeliness".into(),
        title: "Returns received by their due date".into(),
        clause: "5".into(),
        from: day(2025, 9, 1),
        to: day(2025, 11, 30),
        due: 6,
        met: 5,
        value: share(5.into(), 6.into()),
        target: Some(Quantity::new(95, 2)),
        rating: Rating::Red,
        provisional: None,
        missed: vec!["Quarterly narrative, Cheshire East: missing since 14 December 2025".into()],
    }
}

pub fn dates() -> Vec<DateLine> {
    vec![DateLine {
        date: day(2026, 2, 14),
        what: "Monthly management information for January 2026 is due".into(),
        clause: "2.5".into(),
        for_provider: true,
    }]
}

pub fn actions() -> Vec<ActionRow> {
    vec![ActionRow {
        kpi: "5 Referrals triaged and allocated within 2 working days".into(),
        current: "93% (40 of 43), red".into(),
        ..ActionRow::default()
    }]
}

pub fn pack() -> Pack {
    let history = |figure: &RatedFigure| {
        let before = quarter().previous();
        let earlier = |period: Period, met: i64| RatedFigure {
            period,
            ..ratio(&figure.kpi, &figure.title, None, met, 43, 95, "F8")
        };
        match figure.unit {
            Unit::Percent if figure.value.is_some() => {
                let mut none = earlier(before, 0);
                none.value = None;
                none.rating = Rating::NoReturn;
                vec![
                    earlier(before.previous().previous(), 42),
                    earlier(before.previous(), 41),
                    none,
                    figure.clone(),
                ]
            }
            _ => vec![figure.clone()],
        }
    };
    let all = figures();
    let kpis = all
        .iter()
        .filter(|figure| figure.area.is_none())
        .map(|whole| KpiLine {
            whole: whole.clone(),
            within: vec![whole.clone()],
            areas: all.iter().filter(|area| area.kpi == whole.kpi && area.area.is_some()).cloned().collect(),
            history: history(whole),
            sentences: vec![format!("{} in this quarter.", whole.shown())],
            bands: Vec::new(),
            process: None,
        })
        .collect();
    Pack {
        contract: "fixture-advocacy".into(),
        contract_title: "Advocacy services, Cheshire East and Cheshire West and Chester".into(),
        councils: vec!["Cheshire East Council".into(), "Cheshire West and Chester Council".into()],
        provider: "Harbour Advocacy".into(),
        called: Called::default(),
        head: Vec::new(),
        period: quarter(),
        as_of: day(2026, 1, 20),
        headline: "Two of four KPIs missed their target; one return is missing.".into(),
        summary: vec!["KPI 5 fell to 93% (40 of 43).".into(), "KPI 1 met its target.".into()],
        cautions: vec!["The narrative for Cheshire East is missing: due 14 December 2025.".into()],
        counts: vec![(Rating::Green, 1), (Rating::Red, 2), (Rating::NoActivity, 1)],
        kpis,
        benchmarks: Vec::new(),
        changes: vec!["KPI 5 was green in 2024-25 Q3 and is red now.".into()],
        escalations: vec![escalation()],
        earlier_escalations: Vec::new(),
        submissions: vec![submission(), missing()],
        past_returns: Vec::new(),
        submission_kpis: vec![timeliness()],
        information: vec![InformationTable {
            title: "Management information, November 2025".into(),
            area: Some("Cheshire East".into()),
            headings: vec!["Data required".into(), "IMCA".into(), "Total".into(), "Total".into()],
            figures: vec![false, true, true, false],
            rows: vec![
                InformationRow {
                    label: "New referrals".into(),
                    breakdown: false,
                    values: vec![
                        ("1,234.5".into(), Some(place("KPIs", "C4"))),
                        ("95.5%".into(), None),
                        ("N/A".into(), None),
                    ],
                },
                InformationRow {
                    label: "=Referral source: GP".into(),
                    breakdown: true,
                    values: vec![("−3".into(), None), ("007".into(), None), ("=1+1".into(), None)],
                },
            ],
        }],
        narrative: vec![Passage {
            title: "Outcomes".into(),
            area: Some("Cheshire West and Chester".into()),
            asked: "A case study per advocacy type.".into(),
            paragraphs: vec!["First <b>paragraph</b>.".into(), "+Second paragraph.".into()],
            place: Some(place("Narrative", "C8")),
        }],
        agenda: vec![
            AgendaItem {
                title: "Performance".into(),
                points: vec!["Why did KPI 5 fall?".into()],
                ..AgendaItem::default()
            },
            AgendaItem { title: "Any other business".into(), points: Vec::new(), ..AgendaItem::default() },
        ],
        meeting: Some(day(2025, 12, 22)),
        action_plan: actions(),
        dates: dates(),
        readings: vec!["KPI 6 says only “days”: calendar days.".into()],
        provider_headline: String::new(),
        provider_summary: Vec::new(),
        provider_cautions: Vec::new(),
        overall: Vec::new(),
        ladder: Vec::new(),
        papers: Vec::new(),
        area: None,
        promises: Vec::new(),
        annual: None,
        on_record: OnRecord::default(),
        meeting_papers: None,
        action_log: Default::default(),
        issued: None,
        of_areas: Vec::new(),
        next_steps: Vec::new(),
    }
}

/// The pack of a quarter with two months of one KPI, their overall ratings, and a consequence met.
pub fn monthly_pack() -> Pack {
    let month = |month: u32, met: i64, rating: Rating| RatedFigure {
        period: Period::containing(day(2025, month, 1), Frequency::Month, 9),
        target: vec!["green 100%".into(), "red below 80%".into()],
        rating,
        ..ratio("5", "Visits made", None, met, 6, 100, "C12")
    };
    let months = [month(9, 5, Rating::Amber), month(10, 4, Rating::Red)];
    let overall = |figure: &RatedFigure| OverallRating {
        period: figure.period,
        rating: figure.rating,
        of: vec![(figure.kpi.clone(), figure.rating)],
        clause: "6.6".into(),
    };
    let met = escalation();
    Pack {
        overall: months.iter().map(overall).collect(),
        kpis: vec![KpiLine {
            whole: months[1].clone(),
            within: months.to_vec(),
            areas: Vec::new(),
            history: months.to_vec(),
            sentences: Vec::new(),
            bands: Vec::new(),
            process: None,
        }],
        ladder: vec![LadderStep {
            id: met.id.clone(),
            title: met.title.clone(),
            clause: met.clause.clone(),
            state: LadderState::Met,
            words: "Met in October 2025.".into(),
            evidence: met.evidence.clone(),
            action: met.action.clone(),
            by: None,
        }],
        ..pack()
    }
}

pub fn results() -> Results {
    Results {
        as_of: day(2026, 1, 20),
        reports: Vec::new(),
        reviews: vec![ProviderReview {
            contract: "fixture-advocacy".into(),
            contract_title: "Advocacy services".into(),
            provider: "Harbour Advocacy".into(),
            called: Called::default(),
            standings: Vec::new(),
            overall: Vec::new(),
            submissions: vec![submission(), missing()],
            ratings: figures(),
            submission_kpis: vec![timeliness()],
            escalations: vec![escalation()],
            dates: dates(),
            calendar: Vec::new(),
            breaks_and_ends: Vec::new(),
            actions: Vec::new(),
            packs: vec![pack()],
            committee: Vec::new(),
        }],
        unrecognised: vec![Unrecognised {
            file: "returns/photo.jpg".into(),
            reason: "It is no workbook. Move it elsewhere.".into(),
        }],
        ignored: Vec::new(),
    }
}

/// What goes back with the quarterly return; the figures of both councils together stand in no cell.
pub fn feedback() -> Feedback {
    let rated = figures()
        .into_iter()
        .map(|figure| {
            let shares_a_cell = figure.kpi == "5" && figure.area.is_none();
            let place = figure.cells.first().filter(|_| !shares_a_cell);
            RatedCell { place: place.map(|place| (place.sheet.clone(), place.cell)), figure }
        })
        .collect();
    Feedback {
        councils: pack().councils,
        contract_title: pack().contract_title,
        provider: "Harbour Advocacy".into(),
        form_title: "Quarterly KPI return".into(),
        period: quarter().describe(),
        review: quarter().describe(),
        status: SubmissionStatus::OnTime.word().into(),
        status_note: None,
        due: day(2025, 12, 14),
        due_note: None,
        received: Some(day(2025, 12, 12)),
        accurate: Some(false),
        file: FILE.into(),
        sha256: "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef".into(),
        rated,
        findings: findings(),
        said: Vec::new(),
        actions: actions(),
    }
}
