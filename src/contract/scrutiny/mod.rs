//! What a lawyer would find in a definition that is sound as far as it can be read: ranges left open or claimed twice, targets
//! nobody can miss, dates that never come, conditions that can never be met, forms that cannot be told apart.
//!
//! A fault makes results wrong or meaningless; a note is what a reader should know and may be as it is meant.

mod alike;
mod conditions;
mod dates;

mod forms;
mod places;
mod ratings;
mod supplied;
mod whole;

pub use alike::alike;
use places::{Places, Step};

use super::Contract;
use super::toml_errors::DefinitionError;
use crate::calendar::working_days::WorkingDays;

/// How much a remark weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Results would be wrong or meaningless.
    Fault,
    /// A reader should know; it may be as it is meant.
    Note,
}

impl Weight {
    /// For people.
    pub fn word(self) -> &'static str {
        match self {
            Weight::Fault => "fault",
            Weight::Note => "note",
        }
    }
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// How much it weighs.
    pub weight: Weight,
    /// The file's name as given.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// What it is about: `KPI 1`, `form monthly-kpi`.
    pub about: String,
    /// The clause, where one is cited.
    pub clause: Option<String>,
    /// What is wrong, in sentences.
    pub what: String,
    /// What to do, in sentences.
    pub advice: String,
}

/// What the register can record; a definition may name nothing else.
#[derive(Debug, Clone, Default)]
pub struct Offered {
    /// Kinds of notices.
    pub notices: Vec<&'static str>,
    /// Kinds of events to be notified.
    pub notifications: Vec<&'static str>,
    /// Headings of scores for a ranking of providers.
    pub criteria: Vec<&'static str>,
    /// Headings of scores for a ranking of contracts to be reviewed.
    pub reviews: Vec<&'static str>,
}

/// A definition with its text.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// The file's name, for messages.
    pub file: &'a str,
    /// Its content.
    pub text: &'a str,
    /// What it means.
    pub contract: &'a Contract,
}

/// Everything found in a sound definition, in order of place.
pub fn scrutinise(definition: Text<'_>, offered: &Offered, working_days: &WorkingDays) -> Vec<Remark> {
    let mut desk = Desk::of(definition);
    ratings::scrutinise(&mut desk);
    supplied::scrutinise(&mut desk);
    dates::values(&mut desk);
    dates::due(&mut desk, working_days);
    forms::scrutinise(&mut desk);
    conditions::scrutinise(&mut desk, offered);
    whole::scrutinise(&mut desk, offered);
    desk.remarks.sort_by_key(|a| (a.line, a.column, a.weight));
    desk.remarks
}

/// A definition under scrutiny, and what was found so far.
struct Desk<'a> {
    file: &'a str,
    text: &'a str,
    contract: &'a Contract,
    places: Places<'a>,
    remarks: Vec<Remark>,
}

/// What a remark is about.
#[derive(Debug, Clone)]
struct About {
    what: String,
    clause: Option<String>,
}

impl About {
    fn clause(what: impl Into<String>, clause: &str) -> Self {
        Self {
            what: what.into(),
            clause: Some(clause.to_string()).filter(|clause| !clause.trim().is_empty()),
        }
    }

    fn contract() -> Self {
        Self { what: "the contract".to_string(), clause: None }
    }
}

impl<'a> Desk<'a> {
    fn of(definition: Text<'a>) -> Self {
        let Text { file, text, contract } = definition;
        Self { file, text, contract, places: Places::of(text), remarks: Vec::new() }
    }

    fn fault(&mut self, way: &[Step<'_>], about: &About, what: String, advice: &str) {
        self.remark(Weight::Fault, way, about, what, advice);
    }

    fn note(&mut self, way: &[Step<'_>], about: &About, what: String, advice: &str) {
        self.remark(Weight::Note, way, about, what, advice);
    }

    fn remark(&mut self, weight: Weight, way: &[Step<'_>], about: &About, what: String, advice: &str) {
        let span = self.places.at(way);
        let error = DefinitionError::at(self.file, self.text, span, String::new(), None);
        let (line, column) = error.faults().first().map_or((1, 1), |fault| (fault.line, fault.column));
        self.remarks.push(Remark {
            weight,
            file: self.file.to_string(),
            line,
            column,
            about: about.what.clone(),
            clause: about.clause.clone(),
            what,
            advice: advice.to_string(),
        });
    }
}

/// `a`, `a and b`, `a, b and c`.
fn and<T: AsRef<str>>(items: &[T]) -> String {
    joined(items, "and")
}

/// `a`, `a or b`, `a, b or c`.
fn or<T: AsRef<str>>(items: &[T]) -> String {
    joined(items, "or")
}

fn joined<T: AsRef<str>>(items: &[T], word: &str) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match items.split_last() {
        Some((last, [])) => (*last).to_string(),
        Some((last, others)) => format!("{} {word} {last}", others.join(", ")),
        None => String::new(),
    }
}
