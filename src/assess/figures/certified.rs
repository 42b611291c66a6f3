//! Answers of yes or no, with what bears them out (rulebook 5).

use chrono::NaiveDate;

use super::{Answered, AreaFigure, Source, Worth};
use crate::contract::layout::Asks;
use crate::contract::meant::{Certified, EvidenceAt, EvidenceCell, Kpi, Table, TablePath};
use crate::domain::answer::Answer;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::{ANSWER_UNREADABLE, EVIDENCE_CONTRADICTS, EVIDENCE_MISSING};
use crate::domain::observation::Observation;
use crate::domain::period::Period;
use crate::domain::place::CellRef;
use crate::domain::rating::Rating;
use crate::domain::text::one_line;
use crate::intake::mapped::Mapped;
use crate::rules::evidence::Shown;

/// Why there is no day on which evidence can be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoDay {
    /// The form does not say when it was submitted, or not legibly.
    NotGiven,
    /// What it says cannot be: it lies before the period began, or after the return was received.
    Impossible(NaiveDate),
}

/// The day on which the form says it was submitted.
///
/// # Errors
/// There is no such day that can be right.
pub fn submitted(mapped: &Mapped, period: &Period, received: NaiveDate) -> Result<NaiveDate, NoDay> {
    let day = mapped.submitted.as_ref().and_then(|field| field.answer.date()).ok_or(NoDay::NotGiven)?;
    if day < period.from || day > received { Err(NoDay::Impossible(day)) } else { Ok(day) }
}

/// What the answers of one KPI come to.
struct Reading<'a> {
    source: Source<'a>,
    kpi: &'a Kpi,
    table: &'a Table,
    day: Option<NaiveDate>,
    answered_no: usize,
    answered_yes: usize,
    not_applicable: usize,
    unknown: bool,
    contradicted: bool,
    cells: Vec<CellRef>,
    notes: Vec<String>,
    findings: Vec<Finding>,
}

/// The answer of `kpi` in `area`, with its evidence judged on the day the form says it was submitted.
pub fn answered(source: Source<'_>, kpi: &Kpi, settings: &Certified, area: Option<&str>) -> AreaFigure {
    let mut figure = AreaFigure::unusable();
    let Some(table) = source.contract.table(&kpi.figure) else { return figure };
    let mut reading = Reading {
        source,
        kpi,
        table,
        day: submitted(source.mapped, source.period, source.received).ok(),
        answered_no: 0,
        answered_yes: 0,
        not_applicable: 0,
        unknown: false,
        contradicted: false,
        cells: Vec::new(),
        notes: Vec::new(),
        findings: Vec::new(),
    };
    for row in &settings.answers {
        reading.answer(settings, row, area);
    }
    figure.worth = reading.worth();
    figure.cells = reading.cells;
    figure.notes = reading.notes;
    figure.findings = reading.findings;
    figure
}

impl<'a> Reading<'a> {
    fn observed(&self, row: &str, column: &str, area: Option<&str>) -> Option<&'a Observation> {
        self.source.mapped.observations.iter().find(|own| {
            own.table == self.table.id
                && own.row == row
                && own.column == column
                && own.breakdown.is_none()
                && own.area.as_deref() == area
        })
    }

    fn answer(&mut self, settings: &Certified, row: &str, area: Option<&str>) {
        let column = self.table.column_asking(Asks::YesNo).map_or("", |column| column.id.as_str());
        let Some(own) = self.observed(row, column, area) else {
            self.unknown = true;
            return;
        };
        self.cells.push(own.place.clone());
        match own.answer {
            Answer::Yes => {
                self.answered_yes += 1;
                // What stands in records bears out the answers together, and is judged once.
                let is_first = self.answered_yes == 1;
                let due = |at: &EvidenceAt| is_first || matches!(at, EvidenceAt::Row(_));
                for evidence in settings.evidence.iter().filter(|own| due(&own.at)) {
                    self.evidence(evidence, row, own, area);
                }
            }
            Answer::No => self.answered_no += 1,
            Answer::NotApplicable if self.table.row(row).is_some_and(|row| row.may_not_apply) => {
                self.not_applicable += 1;
                if self.not_applicable == 1 {
                    for evidence in &settings.evidence {
                        self.needed_after_all(evidence);
                    }
                }
            }
            Answer::NotApplicable => {
                self.unknown = true;
                let message = format!("“{}” is no answer to this.", one_line(&own.shown));
                self.findings.push(Finding::at(&ANSWER_UNREADABLE, &own.place, message));
            }
            _ => self.unknown = true,
        }
    }

    /// Judges what has to bear out the “Yes” in `row`.
    fn evidence(&mut self, evidence: &EvidenceCell, row: &str, own: &Observation, area: Option<&str>) {
        match &evidence.at {
            EvidenceAt::Row(at) => {
                if at == row {
                    match self.observed(row, &evidence.column, area) {
                        Some(cell) => self.judge(evidence, &cell.answer, &cell.place, None),
                        None => self.without_column(evidence, &self.table.id.clone()),
                    }
                }
            }
            EvidenceAt::Records(id) => {
                let records = self.source.mapped.records.of_table(id);
                if !self.source.mapped.records.has(id) {
                    self.unknown = true;
                    let title = self.other(id).map_or("", |table| table.title.as_str());
                    let message = format!("Answered yes, but nothing is listed under “{title}”.");
                    self.findings.push(Finding::at(&EVIDENCE_MISSING, &own.place, message));
                }
                for record in records {
                    let name = record.field(self.name_column(id)).map(|field| one_line(field.shown));
                    let Some(field) = record.field(&evidence.column) else {
                        self.without_column(evidence, id);
                        continue;
                    };
                    if let Some(only_where) = &evidence.only_where {
                        let Some(needed) = record.field(only_where) else {
                            self.unknown = true;
                            continue;
                        };
                        match needed.answer {
                            Answer::Yes => {}
                            Answer::No | Answer::NotApplicable => continue,
                            Answer::Blank | Answer::Unanswered | Answer::NotRecorded => {
                                let name = name.as_deref();
                                self.missing(&needed.place(), name, "it is not said whether this is needed");
                                // What is given all the same may contradict.
                                if field.date().is_none() {
                                    continue;
                                }
                            }
                            _ => {
                                self.unknown = true;
                                continue;
                            }
                        }
                    }
                    self.judge(evidence, field.answer, &field.place(), name.as_deref());
                }
            }
        }
    }

    /// The form was sent without a column that bears the answer out: it was not checked.
    fn without_column(&mut self, evidence: &EvidenceCell, table: &str) {
        let column = self.other(table).and_then(|table| table.column(&evidence.column));
        if column.is_none_or(|column| !column.optional) {
            self.unknown = true;
        }
    }

    fn judge(&mut self, evidence: &EvidenceCell, answer: &Answer, place: &CellRef, name: Option<&str>) {
        // A blank is missing whatever the day; a date cannot be judged without it.
        let without_day = self.day.is_none() && evidence.proves.needs_day();
        match evidence.proves.judge(answer, self.day.unwrap_or_default()) {
            Shown::Proven | Shown::Contradicts(_) if without_day => self.unknown = true,
            Shown::Proven => {}
            Shown::Contradicts(why) => {
                self.contradicted = true;
                self.cells.push(place.clone());
                let of = name.map(|name| format!("{name}: ")).unwrap_or_default();
                self.notes.push(format!("Contradicted: {of}{why} ({} {}).", place.sheet, place.cell));
                let message = format!("{of}answered yes, but {why}.");
                self.findings.push(Finding::at(&EVIDENCE_CONTRADICTS, place, message));
            }
            Shown::Missing | Shown::NotApplicable if evidence.may_be_blank => {}
            // A service without gas has no gas certificate.
            Shown::NotApplicable if evidence.may_not_apply => {
                let name = name.unwrap_or_default();
                self.notes.push(format!("Not applicable to {name} ({} {}).", place.sheet, place.cell));
            }
            Shown::Missing => self.missing(place, name, "the evidence is not given"),
            Shown::NotApplicable => {
                self.missing(place, name, "“not applicable” stands where evidence is asked for")
            }
            Shown::Unreadable => self.unknown = true,
        }
    }

    /// “Not applicable”, although a record says that it is needed.
    fn needed_after_all(&mut self, evidence: &EvidenceCell) {
        let (EvidenceAt::Records(id), Some(only_where)) = (&evidence.at, &evidence.only_where) else {
            return;
        };
        for record in self.source.mapped.records.of_table(id) {
            let Some(field) = record.field(only_where).filter(|field| *field.answer == Answer::Yes) else {
                continue;
            };
            self.contradicted = true;
            self.cells.push(field.place());
            let name = record.field(self.name_column(id)).map(|field| one_line(field.shown));
            let message = format!("Answered as not applicable, but {} needs it.", name.unwrap_or_default());
            self.notes.push(message.clone());
            self.findings.push(Finding::at(&EVIDENCE_CONTRADICTS, &field.place(), message));
        }
    }

    fn missing(&mut self, place: &CellRef, name: Option<&str>, what: &str) {
        let of = name.map(|name| format!("{name}: ")).unwrap_or_default();
        self.notes.push(format!("Not checked: {of}{what} ({} {}).", place.sheet, place.cell));
        let message = format!("{of}{what}.");
        self.findings.push(Finding::at(&EVIDENCE_MISSING, place, message));
    }

    fn other(&self, id: &str) -> Option<&'a Table> {
        let path = TablePath { form: self.kpi.figure.form.clone(), table: id.to_string() };
        self.source.contract.table(&path)
    }

    /// The column by which people know a record of another table: its first.
    fn name_column(&self, id: &str) -> &'a str {
        self.other(id).and_then(|table| table.columns.first()).map_or("", |column| column.id.as_str())
    }

    fn worth(&self) -> Worth {
        let of = self.answered_no + self.answered_yes + self.not_applicable;
        let rating = if self.answered_no > 0 || self.contradicted {
            Rating::Red
        } else if self.unknown || of == 0 {
            return Worth::Invalid;
        } else if self.answered_yes == 0 {
            Rating::NoActivity
        } else {
            Rating::Green
        };
        let said = match (self.answered_no, self.contradicted) {
            (0, true) if self.answered_yes == 0 => "Not applicable, contradicted by the evidence".to_string(),
            (0, true) => "Yes, contradicted by its evidence".to_string(),
            (0, false) if self.answered_yes == 0 => "Not applicable".to_string(),
            (0, false) => "Yes".to_string(),
            (no, _) if of > 1 => format!("No to {no} of {of}"),
            _ => "No".to_string(),
        };
        Worth::Answered(Answered {
            rating,
            said,
            answered_no: self.answered_no > 0,
            contradicted: self.contradicted,
        })
    }
}
