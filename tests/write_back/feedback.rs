//! What is said of a return, for any cells a test wants marked.

use std::sync::Arc;

use chrono::NaiveDate;
use quarterday::domain::finding::{Finding, FindingKind, Severity};
use quarterday::domain::period::{Frequency, Period};
use quarterday::domain::place::{CellAddress, CellRef};
use quarterday::domain::quantity::{Quantity, Unit};
use quarterday::domain::rating::Rating;
use quarterday::output::workbooks::additions::Additions;
use quarterday::output::workbooks::feedback::{Feedback, RatedCell};
use quarterday::review::{ActionRow, RatedFigure};

/// A cell to be marked: its sheet, its address, the rating that colours it, and whether it is in question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    pub sheet: String,
    pub cell: String,
    pub rating: Option<Rating>,
    pub in_question: bool,
}

impl Marked {
    pub fn address(&self) -> CellAddress {
        CellAddress::parse(&self.cell).unwrap()
    }
}

pub fn rated(sheet: &str, cell: &str, rating: Rating) -> Marked {
    Marked { sheet: sheet.into(), cell: cell.into(), rating: Some(rating), in_question: false }
}

pub fn asked(sheet: &str, cell: &str) -> Marked {
    Marked { sheet: sheet.into(), cell: cell.into(), rating: None, in_question: true }
}

pub fn both(sheet: &str, cell: &str, rating: Rating) -> Marked {
    Marked { in_question: true, ..rated(sheet, cell, rating) }
}

/// The day of every run.
pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 20).unwrap()
}

const FILE: &str = "returns/q1/return.xlsx";

static TOTAL: FindingKind = FindingKind {
    code: "total-mismatch",
    severity: Severity::Error,
    counts_against_accuracy: true,
    summary: "A total differs from its parts.",
    explanation: "The parts are added up and compared with the total.",
    remedy: "Check the parts and the total, and send the workbook again.",
};

/// Everything said about a return in which these cells are marked.
pub fn feedback(marked: &[Marked]) -> Additions {
    let file: Arc<str> = FILE.into();
    let place = |own: &Marked| CellRef {
        file: file.clone(),
        sheet: own.sheet.as_str().into(),
        cell: CellAddress::parse(&own.cell).unwrap(),
    };
    let rated = marked.iter().zip(1..).filter_map(|(own, number): (_, u32)| {
        let figure = figure(number, own.rating?, place(own));
        Some(RatedCell { place: Some((own.sheet.as_str().into(), own.address())), figure })
    });
    let findings = marked
        .iter()
        .filter(|own| own.in_question)
        .map(|own| Finding::at(&TOTAL, &place(own), format!("“{}” & the <parts> differ.", own.cell)));
    Additions::of(&Feedback {
        councils: vec!["Brackenshire County Council".into()],
        contract_title: "Advocacy & support".into(),
        provider: "Harbour <Advocacy>".into(),
        form_title: "Quarterly KPI return".into(),
        period: period().describe(),
        review: period().describe(),
        status: "on time".into(),
        status_note: None,
        due: today(),
        due_note: None,
        received: Some(today()),
        accurate: Some(false),
        file: file.clone(),
        sha256: "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef".into(),
        rated: rated.collect(),
        findings: findings.collect(),
        actions: vec![ActionRow {
            kpi: "1. Referrals".into(),
            current: "90%, red".into(),
            ..ActionRow::default()
        }],
        said: Vec::new(),
    })
}

fn period() -> Period {
    Period::containing(today(), Frequency::Quarter, 4)
}

fn figure(number: u32, rating: Rating, cell: CellRef) -> RatedFigure {
    RatedFigure {
        kpi: number.to_string(),
        title: "Referrals allocated in time".into(),
        area: None,
        period: period(),
        value: Some(Quantity::new(95, 2)),
        numerator: None,
        denominator: None,
        unit: Unit::Percent,
        target: vec![">= 95%".into()],
        aim: Some("at least 95%".into()),
        short_of: None,
        thresholds: vec![Quantity::new(95, 2)],
        rating,
        clause: "2.2".into(),
        notes: Vec::new(),
        relief: None,
        cells: vec![cell],
        comment: None,
        computed: None,
        said: None,
        not_met: false,
        contradicted: false,
        local: false,
        lower_is_better: false,
        partial: None,
    }
}

/// The cell of this name.
pub fn cell(name: &str) -> Option<CellAddress> {
    CellAddress::parse(name)
}
