//! What a workbook is: which contract's form, from which provider, for which period and area.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::headings::{Located, locate};
use super::labels::{Label, Labelled, labels_on};
use crate::calendar::notations::{PeriodReading, parse_period, periods_in};
use crate::contract::Contract;
use crate::contract::meant::Form;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::{PERIOD_DISAGREES, PERIOD_FROM_NAME, PROVIDER_FROM_NAME};
use crate::domain::period::{Frequency, Period, long_date};
use crate::domain::text::{fold, one_line};
use crate::domain::workbook::{Content, Workbook};

/// A provider that may send returns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownProvider {
    /// Name as in the register.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Contract id.
    pub contract: String,
}

/// Who may send returns, as the register has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Providers {
    /// Only these; matched by exact name or alias after folding, never by the nearest.
    Known(Vec<KnownProvider>),
    /// Anyone: the name on the form is taken as it stands, for looking at a file outside a workspace.
    Anyone,
}

/// What a workbook was recognised as.
#[derive(Debug, Clone, PartialEq)]
pub struct Recognised {
    /// Contract id.
    pub contract: String,
    /// Form id.
    pub form: String,
    /// Provider's name as in the register.
    pub provider: String,
    /// Period.
    pub period: Period,
    /// The exact day, where what stands beside the form's label for the period is one.
    pub day: Option<NaiveDate>,
    /// Area, when each has a return of its own.
    pub area: Option<String>,
    /// What had to be taken from elsewhere than the form's own labels, or disagrees with them.
    pub findings: Vec<Finding>,
}

/// Recognises a workbook.
///
/// # Errors
/// Why it is no return of any contract, and what to do, in words for the officer.
pub fn recognise<'c>(
    workbook: &Workbook,
    contracts: impl IntoIterator<Item = &'c Contract>,
    providers: &Providers,
) -> Result<Recognised, String> {
    let mut candidates: Vec<Candidate<'_>> = contracts
        .into_iter()
        .flat_map(|contract| {
            contract.forms.iter().filter_map(move |form| candidate(workbook, contract, form))
        })
        .collect();
    if candidates.is_empty() {
        let hidden = workbook.sheets.iter().all(|sheet| sheet.hidden);
        return Err(if hidden {
            "every sheet is hidden; unhide the sheets and drop the file in again".into()
        } else {
            "no form of any contract has these sheets and headings; if it is a return, check that it is on the form as \
             issued; if it is not, list it under Ignored in the register"
                .into()
        });
    }
    // A damaged form has more of its own headings than of another contract's smaller form that it happens to hold whole.
    let best = candidates.iter().map(|candidate| (candidate.score, candidate.complete)).max();
    candidates.retain(|candidate| Some((candidate.score, candidate.complete)) == best);
    let mut reasons = Vec::new();
    let mut recognised = Vec::new();
    for candidate in &candidates {
        match candidate.identify(workbook, providers) {
            Ok(found) => recognised.push(found),
            Err(reason) => reasons.push(reason),
        }
    }
    match recognised.len() {
        1 => Ok(recognised.remove(0)),
        0 => Err(reasons.into_iter().next().unwrap_or_default()),
        _ => {
            let forms: Vec<String> =
                recognised.iter().map(|found| format!("{} of {}", found.form, found.contract)).collect();
            Err(format!("it could be {}; write the contract reference on the form", forms.join(" or ")))
        }
    }
}

struct Candidate<'a> {
    contract: &'a Contract,
    form: &'a Form,
    /// Whether every table the form needs was found.
    complete: bool,
    /// Headings matched to the letter.
    score: usize,
    /// Heading row per sheet: labels stand above it.
    heading_rows: BTreeMap<String, u32>,
}

fn candidate<'a>(workbook: &Workbook, contract: &'a Contract, form: &'a Form) -> Option<Candidate<'a>> {
    let mut heading_rows: BTreeMap<String, u32> = BTreeMap::new();
    let (mut score, mut found_any, mut complete) = (0, false, true);
    for table in &form.tables {
        let places: Vec<Located<'_>> = locate(workbook, (form, table), contract, None);
        for place in &places {
            score += place.exact;
            place.note_heading_row(&mut heading_rows);
        }
        if !table.optional {
            found_any |= !places.is_empty();
            complete &= !places.is_empty();
        }
    }
    found_any.then_some(Candidate { contract, form, complete, score, heading_rows })
}

/// The day beside the label for the period, where it lies in the period; of several the first, and the others are named.
fn day(labels: &[Labelled], period: &Period, findings: &mut Vec<Finding>) -> Option<NaiveDate> {
    let mut days = labels
        .iter()
        .filter(|found| found.label == Label::Period)
        .filter_map(|found| Some((found, found.day.filter(|day| period.contains(*day))?)));
    let (_, first) = days.next()?;
    if let Some((other, day)) = days.find(|(_, day)| *day != first) {
        let message = format!("{} here, and {} elsewhere on the form.", long_date(day), long_date(first));
        findings.push(Finding::at(&PERIOD_DISAGREES, &other.place, message));
    }
    Some(first)
}

impl Candidate<'_> {
    fn identify(&self, workbook: &Workbook, providers: &Providers) -> Result<Recognised, String> {
        let labels: Vec<Labelled> = workbook
            .sheets
            .iter()
            .filter(|sheet| !sheet.hidden)
            .flat_map(|sheet| {
                labels_on(workbook, sheet, self.heading_rows.get(&*sheet.name).copied(), &self.form.labels)
            })
            .collect();
        let mut findings = Vec::new();
        let provider = self.provider(workbook, &labels, providers, &mut findings)?;
        let period = self.period(workbook, &labels, &mut findings)?;
        let day = day(&labels, &period, &mut findings);
        let area = if self.form.one_per_area { Some(self.area(workbook, &labels)?) } else { None };
        Ok(Recognised {
            contract: self.contract.id.clone(),
            form: self.form.id.clone(),
            provider,
            period,
            day,
            area,
            findings,
        })
    }

    fn what(&self) -> String {
        format!("it is the form “{}” of {}", self.form.title, self.contract.id)
    }

    fn provider(
        &self,
        workbook: &Workbook,
        labels: &[Labelled],
        providers: &Providers,
        findings: &mut Vec<Finding>,
    ) -> Result<String, String> {
        let stated: Vec<&Labelled> = labels.iter().filter(|found| found.label == Label::Provider).collect();
        let known = match providers {
            Providers::Anyone => {
                return stated
                    .first()
                    .map(|found| one_line(&found.text))
                    .ok_or_else(|| format!("{}, but names no provider", self.what()));
            }
            Providers::Known(known) => known,
        };
        let own: Vec<&KnownProvider> =
            known.iter().filter(|provider| provider.contract == self.contract.id).collect();
        let named = |text: &str| {
            let text = fold(text);
            own.iter().find(|provider| {
                fold(&provider.name) == text || provider.aliases.iter().any(|alias| fold(alias) == text)
            })
        };
        let names: BTreeSet<&str> = stated
            .iter()
            .filter_map(|found| named(&found.text))
            .map(|provider| provider.name.as_str())
            .collect();
        if let Some(unknown) = stated.iter().find(|found| named(&found.text).is_none()) {
            return Err(format!(
                "{}, from “{}” ({}, {}), who is not in the register for this contract; add the provider, or the name as an \
                 alias, to the register's sheet Providers",
                self.what(),
                one_line(&unknown.text),
                unknown.place.sheet,
                unknown.place.cell
            ));
        }
        if names.len() > 1 {
            let names: Vec<&str> = names.into_iter().collect();
            return Err(format!("{}, but names several providers: {}", self.what(), names.join(", ")));
        }
        if let Some(name) = names.first() {
            return Ok((*name).to_string());
        }
        let path = fold(&workbook.file.replace(['_', '/', '-', '.'], " "));
        let in_path: BTreeSet<&str> = own
            .iter()
            .filter(|provider| {
                std::iter::once(&provider.name)
                    .chain(&provider.aliases)
                    .any(|name| path.contains(&fold(&name.replace(['_', '-', '.'], " "))))
            })
            .map(|provider| provider.name.as_str())
            .collect();
        if in_path.len() == 1
            && let Some(name) = in_path.first()
        {
            let message = format!("The form names no provider; the file's name or folder says {name}.");
            findings.push(Finding::in_file(&PROVIDER_FROM_NAME, &workbook.file, message));
            return Ok((*name).to_string());
        }
        Err(format!(
            "{}, but names no provider; fill in the provider on the form or in the file's name",
            self.what()
        ))
    }

    fn period(
        &self,
        workbook: &Workbook,
        labels: &[Labelled],
        findings: &mut Vec<Finding>,
    ) -> Result<Period, String> {
        let every = self.form.every;
        let starts = self.contract.year_starts;
        let year = labels.iter().find(|found| found.label == Label::Year);
        let names_period =
            |label: Label| label == Label::Period || (label == Label::Year && every == Frequency::Year);
        let mut certain: Vec<(Period, &Labelled)> = Vec::new();
        let mut doubts = Vec::new();
        let stated = labels.iter().filter(|found| matches!(found.label, Label::Period | Label::Year));
        for found in stated {
            let reading = match &found.content {
                Content::Date(moment) => {
                    PeriodReading::Found(Period::containing(moment.date(), Frequency::Month, starts))
                }
                _ => parse_period(&found.text, starts, Some(every)),
            };
            let reading = match (&reading, year) {
                (PeriodReading::Incomplete { .. } | PeriodReading::Ambiguous { .. }, Some(year))
                    if found.label == Label::Period =>
                {
                    parse_period(&format!("{} {}", found.text, year.text), starts, Some(every))
                }
                _ => reading,
            };
            match reading {
                PeriodReading::Found(period) if period.frequency == every => certain.push((period, found)),
                // `Year ending` with its last month or day names the year.
                PeriodReading::Found(period)
                    if found.label == Label::Year
                        && every == Frequency::Year
                        && Period::containing(period.from, every, starts).to == period.to =>
                {
                    certain.push((Period::containing(period.from, every, starts), found));
                }
                // A single month of a quarterly form: the quarter that contains it, and the officer is told.
                PeriodReading::Found(period) if period.frequency < every && names_period(found.label) => {
                    let whole = Period::containing(period.from, every, starts);
                    let message = format!(
                        "“{}” was read as {}, the period that contains it.",
                        one_line(&found.text),
                        whole.describe()
                    );
                    findings.push(Finding::at(&PERIOD_DISAGREES, &found.place, message));
                    certain.push((whole, found));
                }
                PeriodReading::Contradictory { why }
                | PeriodReading::Ambiguous { why, .. }
                | PeriodReading::Incomplete { why, .. }
                    if names_period(found.label) =>
                {
                    doubts.push(format!(
                        "“{}” ({}, {}): {why}",
                        one_line(&found.text),
                        found.place.sheet,
                        found.place.cell
                    ));
                }
                _ => {}
            }
        }
        let periods: BTreeSet<Period> = certain.iter().map(|(period, _)| *period).collect();
        if periods.len() > 1 {
            let labels: Vec<String> = periods.iter().map(Period::describe).collect();
            return Err(format!(
                "{}, but for several periods: {}; correct the form",
                self.what(),
                labels.join(", ")
            ));
        }
        let elsewhere = self.periods_by_name(workbook);
        if let Some((period, found)) = certain.first() {
            if !elsewhere.is_empty() && !elsewhere.contains(period) {
                let other = elsewhere.iter().map(Period::describe).collect::<Vec<_>>().join(", ");
                let message = format!(
                    "The form says {}; the name of the file or of a sheet says {other}.",
                    period.describe()
                );
                findings.push(Finding::at(&PERIOD_DISAGREES, &found.place, message));
            }
            return Ok(*period);
        }
        match elsewhere.first() {
            Some(period) if elsewhere.len() == 1 => {
                let mut message = format!("The name of the file or of a sheet says {}.", period.describe());
                for doubt in &doubts {
                    message.push_str(&format!(" The form itself does not say for certain: {doubt}."));
                }
                findings.push(Finding::in_file(&PERIOD_FROM_NAME, &workbook.file, message));
                Ok(*period)
            }
            _ if !doubts.is_empty() => {
                Err(format!("{}, but its period is not certain: {}", self.what(), doubts.join("; ")))
            }
            _ => Err(format!(
                "{}, but names no period; fill in the period on the form or in the file's name",
                self.what()
            )),
        }
    }

    /// Periods of the form's length that names of sheets, the file and its folders mention; shorter ones stand for the one that
    /// contains them. The nearest name that says anything is listened to: sheet, file, then folder.
    fn periods_by_name(&self, workbook: &Workbook) -> BTreeSet<Period> {
        let every = self.form.every;
        let starts = self.contract.year_starts;
        let sheets = workbook.sheets.iter().filter(|sheet| !sheet.hidden).map(|sheet| sheet.name.to_string());
        let path: Vec<&str> = workbook.file.rsplit('/').collect();
        let file = path.first().map(|name| name.rsplit_once('.').map_or(*name, |(stem, _)| stem).to_string());
        for text in sheets.chain(file) {
            let found: BTreeSet<Period> =
                periods_in(&text, starts).into_iter().filter(|period| period.frequency == every).collect();
            if !found.is_empty() {
                return found;
            }
        }
        BTreeSet::new()
    }

    fn area(&self, workbook: &Workbook, labels: &[Labelled]) -> Result<String, String> {
        let stated: BTreeSet<&str> = labels
            .iter()
            .filter(|found| found.label == Label::Area)
            .filter_map(|found| self.contract.area(&found.text))
            .collect();
        if stated.len() == 1
            && let Some(area) = stated.first()
        {
            return Ok((*area).to_string());
        }
        let mut names: Vec<String> = workbook.sheets.iter().map(|sheet| fold(&sheet.name)).collect();
        names.push(fold(&workbook.file.replace(['_', '/', '-', '.'], " ")));
        for text in &names {
            let words = format!(" {text} ");
            let found: BTreeSet<&str> = self
                .contract
                .areas
                .iter()
                .filter(|area| {
                    std::iter::once(&area.name)
                        .chain(&area.aliases)
                        .any(|name| words.contains(&format!(" {} ", fold(name))))
                })
                .map(|area| area.name.as_str())
                .collect();
            if found.len() == 1
                && let Some(area) = found.first()
            {
                return Ok((*area).to_string());
            }
        }
        let areas: Vec<&str> = self.contract.areas.iter().map(|area| area.name.as_str()).collect();
        Err(format!(
            "{}, but does not say for which of {}; fill it in on the form",
            self.what(),
            areas.join(" and ")
        ))
    }
}
