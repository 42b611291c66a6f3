//! What a workbook is: which contract's form, from which provider, for which period and area.

use std::collections::BTreeSet;
use std::rc::Rc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::drift::{version, whose};
use super::fit::{Fit, fitting};
use super::headings::Places;
use super::labels::{Label, Labelled, labels_below, labels_on};
use crate::calendar::notations::{PeriodReading, parse_period, periods_in};
use crate::contract::Contract;
use crate::contract::meant::Form;
use crate::domain::answer::Answer;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::{
    LABEL_MISPLACED, PERIOD_DISAGREES, PERIOD_FROM_NAME, PROVIDER_DISAGREES, PROVIDER_FROM_NAME,
};
use crate::domain::period::{Frequency, Period, long_date};
use crate::domain::text::{fold, one_line};
use crate::domain::workbook::{Content, Workbook};

/// Names of as many letters are found within a file's name even where nothing sets them apart.
const LONG_NAME: usize = 6;

/// A provider that may send returns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownProvider {
    /// Name as in the register.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Contract id.
    pub contract: String,
}

/// Who may send returns, as the register has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Providers {
    /// Only these; matched by exact name or alias after folding, never by the nearest.
    Known(Vec<KnownProvider>),
    /// Anyone: the name on the form is taken as it stands, for looking at a file outside a workspace.
    Anyone,
}

/// What a workbook was recognised as.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    recognise_and_locate(workbook, contracts, providers).map(|(recognised, _)| recognised)
}

/// Recognises a workbook, and tells where the tables of its form stand.
///
/// # Errors
/// As [`recognise`].
pub fn recognise_and_locate<'a, 'c>(
    workbook: &'a Workbook,
    contracts: impl IntoIterator<Item = &'c Contract>,
    providers: &Providers,
) -> Result<(Recognised, Places<'a>), String> {
    let contracts: Vec<&Contract> = contracts.into_iter().collect();
    let mut candidates: Vec<Candidate<'_, '_>> = fitting(workbook, &contracts)
        .into_iter()
        .map(|(contract, form, fit)| Candidate { contract, form, fit })
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
    let fullness = |candidate: &Candidate<'_, '_>| (candidate.fit.score, candidate.fit.complete);
    let best = candidates.iter().map(fullness).max();
    candidates.retain(|candidate| Some(fullness(candidate)) == best);
    let mut reasons = Vec::new();
    let mut recognised = Vec::new();
    for candidate in candidates {
        match candidate.identify(workbook, &contracts, providers) {
            Ok(found) => recognised.push((found, candidate.fit)),
            Err(reason) => reasons.push(reason),
        }
    }
    match recognised.len() {
        1 => {
            let (found, fit) = recognised.remove(0);
            Ok((found, fit.places.clone()))
        }
        0 => Err(reasons.into_iter().next().unwrap_or_default()),
        _ => {
            let forms: Vec<String> =
                recognised.iter().map(|(found, _)| format!("{} of {}", found.form, found.contract)).collect();
            Err(format!("it could be {}; write the contract reference on the form", forms.join(" or ")))
        }
    }
}

struct Candidate<'a, 'w> {
    contract: &'a Contract,
    form: &'a Form,
    fit: Rc<Fit<'w>>,
}

/// A label for the period whose value is not certain.
struct Doubt<'a> {
    found: &'a Labelled,
    why: String,
    /// Whether the value disagrees with itself or with the contract's year.
    disagrees: bool,
}

impl Doubt<'_> {
    fn said(&self) -> String {
        let place = &self.found.place;
        format!("“{}” ({}, {}): {}", one_line(&self.found.text), place.sheet, place.cell, self.why)
    }
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

/// Why the value of a label cannot be read, with its cell.
fn unreadable(found: &Labelled) -> Option<String> {
    let Answer::Unreadable { found: shown, why } = &found.answer else { return None };
    let shown = if shown.is_empty() { String::new() } else { format!("“{shown}”, ") };
    Some(format!("{shown}{}, {}: {why}", found.place.sheet, found.place.cell))
}

fn misplaced(found: &Labelled) -> Finding {
    let message = format!(
        "“{}” stands below the table, not among the labels at the form's head.",
        one_line(&found.text)
    );
    Finding::at(&LABEL_MISPLACED, &found.place, message)
}

/// The providers that the file's name mentions, else those that its folders do.
fn providers_nearest<'a>(own: &[&'a KnownProvider], path: &str) -> BTreeSet<&'a str> {
    let in_name = providers_in(own, path.rsplit('/').next().unwrap_or(path));
    if in_name.is_empty() { providers_in(own, path) } else { in_name }
}

/// The providers that a path mentions; of names within each other (`Harbour`, `Harbour Advocacy`) the longest.
fn providers_in<'a>(own: &[&'a KnownProvider], path: &str) -> BTreeSet<&'a str> {
    let apart = |text: &str| {
        let text: String = fold(text).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
        one_line(&text)
    };
    let path = format!(" {} ", apart(path));
    let mut mentioned: Vec<(String, &str)> = Vec::new();
    for provider in own {
        for name in std::iter::once(&provider.name).chain(&provider.aliases) {
            let folded = apart(name);
            // Short names turn up within other words.
            let is_long = folded.chars().count() >= LONG_NAME;
            if !folded.is_empty()
                && (path.contains(&format!(" {folded} ")) || (is_long && path.contains(&folded)))
            {
                mentioned.push((folded, provider.name.as_str()));
            }
        }
    }
    let is_part =
        |name: &str| mentioned.iter().any(|(other, _)| other.len() > name.len() && other.contains(name));
    mentioned.iter().filter(|(name, _)| !is_part(name)).map(|(_, provider)| *provider).collect()
}

impl Candidate<'_, '_> {
    fn identify(
        &self,
        workbook: &Workbook,
        contracts: &[&Contract],
        providers: &Providers,
    ) -> Result<Recognised, String> {
        let labels: Vec<Labelled> = workbook
            .sheets
            .iter()
            .filter(|sheet| !sheet.hidden)
            .flat_map(|sheet| {
                let before = self.fit.heading_rows.get(&*sheet.name).copied();
                let labels = labels_on(workbook, sheet, before, &self.form.labels);
                // On a sheet whose table is not read, such as a copy, a heading may be called like a label.
                labels.into_iter().filter(move |found| before.is_some() || !self.is_heading(&found.text))
            })
            .collect();
        if let Some(whose) = whose::of_another(&labels, self.contract, contracts) {
            return Err(format!("{}, but {whose}", self.what()));
        }
        let mut findings = whose::disagreeing(workbook, &labels, self.contract);
        let provider = self.provider(workbook, &labels, providers, &mut findings)?;
        let period = self.period(workbook, &labels, &mut findings)?;
        let day = day(&labels, &period, &mut findings);
        findings.extend(version::another(&labels, self.form, &period));
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

    fn is_heading(&self, text: &str) -> bool {
        let text = fold(text);
        let columns = self.form.tables.iter().flat_map(|table| &table.columns);
        columns.flat_map(|column| &column.headings).any(|heading| fold(heading) == text)
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
        let stated: Vec<&Labelled> = labels
            .iter()
            .filter(|found| found.label == Label::Provider && matches!(found.answer, Answer::Text(_)))
            .collect();
        let doubt = labels.iter().filter(|found| found.label == Label::Provider).find_map(unreadable);
        let doubt = doubt.map(|why| format!(" ({why})")).unwrap_or_default();
        let known = match providers {
            Providers::Anyone => {
                return stated
                    .first()
                    .map(|found| one_line(&found.text))
                    .ok_or_else(|| format!("{}, but names no provider{doubt}", self.what()));
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
            let text = fold(&unknown.text);
            let elsewhere: BTreeSet<&str> = known
                .iter()
                .filter(|provider| {
                    fold(&provider.name) == text || provider.aliases.iter().any(|alias| fold(alias) == text)
                })
                .map(|provider| provider.contract.as_str())
                .collect();
            let only = if elsewhere.is_empty() {
                String::new()
            } else {
                format!(" but for {}", elsewhere.into_iter().collect::<Vec<_>>().join(" and "))
            };
            return Err(format!(
                "{}, from “{}” ({}, {}), who is not in the register for this contract{only}; add the provider, or the name as \
                 an alias, to the register's sheet Providers",
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
        if let (Some(name), Some(found)) = (names.first(), stated.first()) {
            let others = providers_nearest(&own, &workbook.file);
            if !others.is_empty() && !others.contains(name) {
                let others = others.into_iter().collect::<Vec<_>>().join(", ");
                let message = format!("The form says {name}; the file's name or folder says {others}.");
                findings.push(Finding::at(&PROVIDER_DISAGREES, &found.place, message));
            }
            return Ok((*name).to_string());
        }
        let below = self.below(workbook);
        let slipped = below.iter().filter(|found| found.label == Label::Provider);
        let slipped: Vec<(&Labelled, &str)> =
            slipped.filter_map(|found| Some((found, named(&found.text)?.name.as_str()))).collect();
        if let Some((found, name)) =
            slipped.first().filter(|(_, first)| slipped.iter().all(|(_, name)| name == first))
        {
            findings.push(misplaced(found));
            return Ok((*name).to_string());
        }
        let in_path = providers_in(&own, &workbook.file);
        if in_path.len() == 1
            && let Some(name) = in_path.first()
        {
            let message =
                format!("The form names no provider{doubt}; the file's name or folder says {name}.");
            findings.push(Finding::in_file(&PROVIDER_FROM_NAME, &workbook.file, message));
            return Ok((*name).to_string());
        }
        Err(format!(
            "{}, but names no provider{doubt}; fill in the provider on the form or in the file's name",
            self.what()
        ))
    }

    /// Labels that have slipped below the tables.
    fn below(&self, workbook: &Workbook) -> Vec<Labelled> {
        let sheets = workbook.sheets.iter().filter(|sheet| !sheet.hidden);
        sheets
            .filter_map(|sheet| Some((sheet, *self.fit.heading_rows.get(&*sheet.name)?)))
            .flat_map(|(sheet, row)| labels_below(workbook, sheet, row, &self.form.labels))
            .collect()
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
        let mut doubts: Vec<Doubt<'_>> = Vec::new();
        let stated = labels.iter().filter(|found| matches!(found.label, Label::Period | Label::Year));
        let longest = stated
            .clone()
            .filter_map(|found| parse_period(&found.text, starts, None).found())
            .max_by_key(|period| period.frequency);
        for found in stated {
            if let Answer::Unreadable { why, .. } = &found.answer {
                doubts.push(Doubt { found, why: why.clone(), disagrees: false });
                continue;
            }
            if matches!(
                found.answer,
                Answer::Blank | Answer::Unanswered | Answer::NotApplicable | Answer::NotRecorded
            ) {
                continue;
            }
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
            let reading = match (longest, found.label) {
                (Some(longest), Label::Period) => {
                    reading.completed(&longest).map_or(reading, PeriodReading::Found)
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
                    // A period may be named by its last day.
                    if found.day == Some(whole.to) {
                        certain.push((whole, found));
                        continue;
                    }
                    let message = format!(
                        "“{}” was read as {}, the period that contains it.",
                        one_line(&found.text),
                        whole.describe()
                    );
                    findings.push(Finding::at(&PERIOD_DISAGREES, &found.place, message));
                    certain.push((whole, found));
                }
                PeriodReading::Contradictory { why } if names_period(found.label) => {
                    doubts.push(Doubt { found, why, disagrees: true });
                }
                PeriodReading::Ambiguous { why, .. } | PeriodReading::Incomplete { why, .. }
                    if names_period(found.label) =>
                {
                    doubts.push(Doubt { found, why, disagrees: false });
                }
                PeriodReading::Found(_) if found.label == Label::Period => {
                    let why = format!("it is longer than a period of this form, which is {}", every.adverb());
                    doubts.push(Doubt { found, why, disagrees: false });
                }
                PeriodReading::None if found.label == Label::Period => {
                    doubts.push(Doubt { found, why: "it names no period".into(), disagrees: false });
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
        if certain.is_empty() {
            let below = self.below(workbook);
            let slipped: Vec<(Period, &Labelled)> = below
                .iter()
                .filter(|found| found.label == Label::Period)
                .filter_map(|found| Some((parse_period(&found.text, starts, Some(every)).found()?, found)))
                .filter(|(period, _)| period.frequency == every)
                .collect();
            if let Some((period, found)) = slipped.first()
                && slipped.iter().all(|(other, _)| other == period)
            {
                findings.push(misplaced(found));
                return Ok(*period);
            }
        }
        if let Some((period, found)) = certain.first() {
            for doubt in doubts.iter().filter(|doubt| doubt.disagrees) {
                let message = format!("The form says {}; {}.", period.describe(), doubt.said());
                findings.push(Finding::at(&PERIOD_DISAGREES, &doubt.found.place, message));
            }
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
                    message
                        .push_str(&format!(" The form itself does not say for certain: {}.", doubt.said()));
                }
                findings.push(Finding::in_file(&PERIOD_FROM_NAME, &workbook.file, message));
                Ok(*period)
            }
            _ if !doubts.is_empty() => {
                let doubts: Vec<String> = doubts.iter().map(Doubt::said).collect();
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
