//! Invented returns of an invented provider, reviewed from end to end.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use super::review;
use crate::assess::Case;
use crate::assess::records::Records;
use crate::assess::submissions::ReceivedReturn;
use crate::calendar::bank_holidays::BankHolidays;
use crate::calendar::working_days::WorkingDays;
use crate::contract::{Contract, fixture};
use crate::domain::answer::Answer;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::TOTAL_MISMATCH;
use crate::domain::observation::{Field, LogRecord, Observation};
use crate::domain::period::{Frequency, Period};
use crate::domain::place::{CellAddress, CellRef};
use crate::domain::submission::ReceivedBy;
use crate::intake::mapped::Mapped;
use crate::intake::recognise::Recognised;
use crate::review::{Pack, ProviderReview};
use crate::rules::facts::NoticeFact;

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A contract, the officer's records and returns, to be reviewed as of a day.
pub struct World {
    pub contract: Contract,
    pub records: Records,
    pub returns: Vec<ReceivedReturn>,
    pub as_of: NaiveDate,
}

impl World {
    /// The contract on support in housing, nothing on record, nothing returned.
    pub fn new(start: &str, as_of: &str) -> Self {
        let records = Records::of("Twistlefield", day(start));
        Self { contract: fixture::supported(), records, returns: Vec::new(), as_of: day(as_of) }
    }

    pub fn notice(&mut self, kind: &str, date: &str) {
        self.records.notices.push(NoticeFact {
            kind: kind.to_string(),
            date: day(date),
            kpi: None,
            review_date: None,
            words: format!("{kind}, {date} (register)."),
        });
    }

    pub fn review(&self) -> ProviderReview {
        let days = WorkingDays::new(BankHolidays::england_and_wales(&[]).unwrap());
        let case = Case {
            contract: &self.contract,
            records: &self.records,
            accepts: &|_, _| None,
            working_days: &days,
            as_of: self.as_of,
        };
        review(&case, &self.returns)
    }

    /// The pack of the quarter that begins on this day.
    pub fn pack(&self, first: &str) -> Pack {
        let review = self.review();
        review.packs.into_iter().find(|pack| pack.period.from == day(first)).unwrap()
    }
}

/// A quarterly return in the making.
pub struct Return {
    period: Period,
    area: Option<String>,
    mapped: Mapped,
    row: u32,
}

impl Return {
    /// The return for the quarter that begins on this day, with 9 of 10 spot checks done.
    pub fn of(first: &str) -> Self {
        let mapped =
            Mapped { usable: true, tables: BTreeSet::from(["kpis".to_string()]), ..Mapped::default() };
        let period = Period::containing(day(first), Frequency::Quarter, 4);
        Self { period, area: None, mapped, row: 1 }.checks(None, 9, 10)
    }

    fn place(&self, sheet: &str, column: u32) -> CellRef {
        CellRef {
            file: format!("returns/{}.xlsx", self.period.label()).into(),
            sheet: sheet.into(),
            cell: CellAddress::new(self.row, column),
        }
    }

    /// States the spot checks done of those planned, for an area where one is given.
    pub fn checks(mut self, area: Option<&str>, done: i64, planned: i64) -> Self {
        self.mapped.observations.retain(|own| own.table != "kpis" || own.area.is_some());
        self.row += 1;
        for (at, (column, number)) in (1u32..).zip([("numerator", done), ("denominator", planned)]) {
            self.mapped.observations.push(Observation {
                table: "kpis".into(),
                row: "checks".into(),
                breakdown: None,
                column: column.into(),
                area: area.map(Into::into),
                answer: Answer::Number(number.into()),
                place: self.place("KPIs", at),
                shown: number.to_string(),
            });
        }
        self
    }

    /// Finds something wrong with the spot checks of an area.
    pub fn queried(mut self, area: &str, message: &str) -> Self {
        let own = self.mapped.observations.iter().find(|own| own.area.as_deref() == Some(area)).unwrap();
        let finding = Finding::at(&TOTAL_MISMATCH, &own.place, message.to_string());
        self.mapped.findings.push(finding);
        self
    }

    /// Writes a passage of the report.
    pub fn told(mut self, row: &str, text: &str) -> Self {
        self.row += 1;
        self.mapped.observations.push(Observation {
            table: "report".into(),
            row: row.into(),
            breakdown: None,
            column: "update".into(),
            area: None,
            answer: if text.is_empty() { Answer::Blank } else { Answer::Text(text.into()) },
            place: self.place("Report", 1),
            shown: text.into(),
        });
        self
    }

    /// A scheme with the hours delivered and those by volunteers; `-` is unread.
    pub fn scheme(self, name: &str, delivered: &str, volunteer: &str) -> Self {
        self.record("schemes", &[("scheme", name), ("delivered", delivered), ("volunteer", volunteer)])
    }

    /// An action of the plan: what, offered, due, progress, status.
    pub fn plan(self, [action, offer, due, progress, status]: [&str; 5]) -> Self {
        let fields =
            [("action", action), ("offer", offer), ("due", due), ("progress", progress), ("status", status)];
        self.record("plan", &fields)
    }

    fn record(mut self, table: &str, fields: &[(&str, &str)]) -> Self {
        self.row += 1;
        let answer = |text: &str| match (text.parse(), text.parse()) {
            (Ok(number), _) => Answer::Number(number),
            (_, Ok(day)) => Answer::Date(day),
            _ if text.is_empty() => Answer::Blank,
            _ if text == "-" => Answer::NotRecorded,
            _ => Answer::Text(text.into()),
        };
        let fields = (0u32..)
            .zip(fields)
            .map(|(at, (id, text))| {
                let field =
                    Field { answer: answer(text), place: self.place(table, at), shown: (*text).to_string() };
                ((*id).to_string(), field)
            })
            .collect();
        self.mapped.records.push(LogRecord {
            table: table.into(),
            area: None,
            group: None,
            fields,
            other_periods: Vec::new(),
        });
        self
    }

    /// The return as received on the last day of its quarter.
    pub fn received(self) -> ReceivedReturn {
        let label = self.period.label();
        ReceivedReturn {
            file: format!("returns/{label}.xlsx"),
            sha256: label.clone(),
            fingerprint: format!("values of {label}"),
            received: self.period.to,
            received_by: ReceivedBy::Register,
            sequence: 0,
            superseded: false,
            looked_in_vain: Vec::new(),
            recognised: Recognised {
                contract: "fixture-supported".into(),
                form: "quarterly".into(),
                provider: "Twistlefield".into(),
                period: self.period,
                day: None,
                area: self.area,
                findings: Vec::new(),
            },
            mapped: Arc::new(self.mapped),
        }
    }
}
