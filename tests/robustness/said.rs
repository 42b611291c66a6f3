//! What a return says, in a form that two of them can be compared in.

use std::collections::BTreeMap;

use quarterday::contract::layout::Layout;
use quarterday::domain::answer::Answer;
use quarterday::domain::finding::Severity;
use quarterday::domain::quantity::{Quantity, from_float};
use quarterday::domain::rating::Rating;
use quarterday::domain::text::fold;
use quarterday::intake::recognise::Recognised;

use crate::plain::contracts;
use crate::read_back::ReadBack;

/// Table, row, breakdown, column and area.
type Key = (String, String, Option<(String, String)>, String, Option<String>);

/// KPI, area and period.
type Rated = (String, Option<String>, String);

/// What a return says.
#[derive(Debug, Clone)]
pub struct Said {
    /// Contract, form, provider, period and area.
    pub identity: String,
    /// Rating and value by KPI, area and period.
    pub ratings: BTreeMap<Rated, (Rating, Option<Quantity>)>,
    /// The overall ratings, by period.
    pub overall: BTreeMap<String, Rating>,
    figures: BTreeMap<Key, Vec<Answer>>,
    /// The fields of every record that hold something, in one order.
    records: Vec<Vec<(String, Answer)>>,
    /// Code, severity and message.
    pub findings: Vec<(&'static str, Severity, String)>,
}

impl Said {
    pub fn of(read: &ReadBack) -> Self {
        let own = &read.recognised;
        let mut figures: BTreeMap<Key, Vec<Answer>> = BTreeMap::new();
        for observed in read.mapped.observations.iter().filter(|own| !own.answer.is_blank()) {
            let part = observed.breakdown.as_ref().map(|part| (part.id.clone(), fold(&part.member)));
            let key = (
                observed.table.clone(),
                observed.row.clone(),
                part,
                observed.column.clone(),
                observed.area.clone(),
            );
            figures.entry(key).or_default().push(observed.answer.clone());
        }
        let mut records: Vec<Vec<(String, Answer)>> = read
            .mapped
            .records
            .iter()
            .map(|record| {
                let group = group_column(own, record.table());
                let filled = record
                    .fields()
                    .filter(|(id, field)| !field.answer.is_blank() && group.as_deref() != Some(*id));
                // The group's name stands in its first record, or merged and repeated in all of them.
                let named = record.group().map(|group| ("group".to_string(), Answer::Text(group.into())));
                filled
                    .map(|(id, field)| (format!("{} {id}", record.table()), field.answer.clone()))
                    .chain(named)
                    .collect::<Vec<_>>()
            })
            .filter(|fields| !fields.is_empty())
            .collect();
        records.sort_by_key(|record| {
            record.iter().map(|(id, answer)| (id.clone(), sort_text(answer))).collect::<Vec<_>>()
        });
        let submission = read
            .review
            .submissions
            .iter()
            .find(|due| due.form == own.form && due.period == own.period && due.area == own.area);
        let checked = submission.map(|own| own.findings.as_slice()).unwrap_or_default();
        let mut findings: Vec<_> = checked
            .iter()
            .chain(&read.mapped.findings)
            .chain(&own.findings)
            .map(|finding| {
                let place =
                    finding.place().map(|at| format!("{} {}: ", at.sheet, at.cell)).unwrap_or_default();
                (finding.kind.code, finding.kind.severity, format!("{place}{}", finding.message))
            })
            .collect();
        findings.sort();
        findings.dedup();
        let ratings = read.review.ratings.iter().map(|rated| {
            ((rated.kpi.clone(), rated.area.clone(), rated.period.label()), (rated.rating, rated.value))
        });
        Self {
            identity: format!(
                "{} {} {} {} {:?}",
                own.contract,
                own.form,
                fold(&own.provider),
                own.period.label(),
                own.area
            ),
            ratings: ratings.collect(),
            overall: read.review.overall.iter().map(|own| (own.period.label(), own.rating)).collect(),
            figures,
            records,
            findings,
        }
    }

    /// How many figures, passages and records it holds.
    pub fn size(&self) -> usize {
        self.figures.len() + self.records.len()
    }

    /// Ratings of another that judge where these judge otherwise, or judge what these do not.
    pub fn judged_otherwise(&self, other: &Said) -> Vec<String> {
        let mut otherwise = Vec::new();
        for (key, (rating, value)) in &other.ratings {
            let own = self.ratings.get(key);
            if rating.is_judgement() && own.is_none_or(|(own, _)| own != rating) {
                otherwise.push(format!("{key:?} is {rating:?} ({value:?}) in the place of {own:?}"));
            }
        }
        for (period, rating) in &other.overall {
            let own = self.overall.get(period);
            if rating.is_judgement() && own != Some(rating) {
                otherwise.push(format!("{period} is {rating:?} overall in the place of {own:?}"));
            }
        }
        otherwise
    }

    /// Ratings of another that are not these.
    pub fn rated_otherwise(&self, other: &Said) -> Vec<String> {
        let mut otherwise = Vec::new();
        for (key, (rating, value)) in &self.ratings {
            let own = other.ratings.get(key);
            if own.is_none_or(|(own, of)| own != rating || of.map(kept) != value.map(kept)) {
                otherwise.push(format!("{key:?} is {own:?} in the place of {rating:?} ({value:?})"));
            }
        }
        if self.overall != other.overall {
            otherwise.push(format!("overall {:?} in the place of {:?}", other.overall, self.overall));
        }
        otherwise
    }

    /// Figures, passages and records that another has otherwise, not at all or more of.
    pub fn read_otherwise(&self, other: &Said) -> Vec<String> {
        let mut otherwise = self.lost(other);
        for key in other.figures.keys().filter(|key| !self.figures.contains_key(key)) {
            otherwise.push(format!("{key:?} was read as {:?}, and is not there", other.figures[key]));
        }
        if other.records.len() > self.records.len() {
            otherwise.push(format!("{} records in the place of {}", other.records.len(), self.records.len()));
        }
        otherwise
    }

    /// Figures, passages and records that another does not have.
    pub fn lost(&self, other: &Said) -> Vec<String> {
        let mut lost = Vec::new();
        for (key, answers) in &self.figures {
            let theirs = other.figures.get(key).map(Vec::as_slice).unwrap_or_default();
            let is_there = theirs.len() == answers.len()
                && answers.iter().zip(theirs).all(|(own, theirs)| is_alike(own, theirs));
            if !is_there {
                lost.push(format!("{key:?} was read as {theirs:?}, not as {answers:?}"));
            }
        }
        let mut rest: Vec<&Vec<(String, Answer)>> = other.records.iter().collect();
        for record in &self.records {
            let same = rest.iter().position(|own| {
                own.len() == record.len()
                    && own.iter().zip(record).all(|(a, b)| a.0 == b.0 && is_alike(&b.1, &a.1))
            });
            match same {
                Some(index) => drop(rest.remove(index)),
                None => lost.push(format!("the record {record:?} is not there; there are {rest:?}")),
            }
        }
        lost
    }

    /// The codes found here, information alone left out.
    pub fn codes(&self) -> Vec<&'static str> {
        let mut codes: Vec<&str> =
            self.findings.iter().filter(|own| own.1 != Severity::Info).map(|own| own.0).collect();
        codes.dedup();
        codes
    }
}

/// The column in which a table's groups are named.
fn group_column(own: &Recognised, table: &str) -> Option<String> {
    let contract = contracts().iter().find(|contract| contract.id == own.contract).unwrap();
    match &contract.form(&own.form).unwrap().table(table).unwrap().layout {
        Layout::Records(settings) => settings.group.clone(),
        Layout::Grid(_) | Layout::Narrative(_) => None,
    }
}

fn sort_text(answer: &Answer) -> String {
    match answer {
        Answer::Text(text) => fold(text),
        answer => format!("{answer:?}"),
    }
}

/// To the 15 digits a spreadsheet keeps.
fn kept(value: Quantity) -> Option<Quantity> {
    from_float(value.to_string().parse().unwrap())
}

/// Whether the same was answered: letters, spaces and dashes apart, and a percentage as a plain number or a share.
fn is_alike(own: &Answer, other: &Answer) -> bool {
    match (own, other) {
        (Answer::Number(own), Answer::Number(other)) => kept(*own) == kept(*other),
        (Answer::Number(own), Answer::PlainPercentage(other)) => {
            [*own, *own * Quantity::ONE_HUNDRED].iter().any(|own| kept(*own) == kept(*other))
        }
        // Records keep figures as they are shown where no number is asked for.
        (Answer::Number(own), Answer::Text(text)) | (Answer::Text(text), Answer::Number(own)) => {
            text.trim().parse::<Quantity>().is_ok_and(|other| kept(*own) == kept(other))
        }
        (Answer::Text(own), Answer::Text(other)) => {
            let bare = |text: &str| fold(text).replace(' ', "");
            bare(own) == bare(other)
        }
        (own, other) => own == other,
    }
}
