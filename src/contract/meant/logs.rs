//! Figures computed from a log.

use super::TablePath;
use crate::rules::log_number::{Distinct, Number};
use crate::rules::log_share::Met;

/// A figure computed from a log.
#[derive(Debug, Clone, PartialEq)]
pub struct LogFigure {
    /// The log.
    pub table: TablePath,
    /// The date columns by which a record counts in the period: the first that is filled in.
    pub in_period: Vec<String>,
    /// Said where the first of them is blank and a later one decides.
    pub reading_without_first: Option<String>,
    /// What is counted.
    pub measure: LogMeasure,
}

/// What is counted in a log.
#[derive(Debug, Clone, PartialEq)]
pub enum LogMeasure {
    /// The share of records that meet a condition.
    Share(Met),
    /// How many different entries of so many.
    Distinct(Distinct),
    /// How many records meet a condition.
    Number(Number),
}

impl LogMeasure {
    /// The columns it reads.
    pub fn columns(&self) -> Vec<&str> {
        match self {
            LogMeasure::Share(met) => met.columns(),
            LogMeasure::Distinct(distinct) => vec![&distinct.column],
            LogMeasure::Number(number) => {
                let mut columns = number.met.columns();
                columns.extend(number.nothing_without.as_deref());
                columns
            }
        }
    }
}
