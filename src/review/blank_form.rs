//! A blank return made for filling in: sheets of cells, each a text, a place to fill in, or a formula. Neutral: how a cell looks
//! and how a program checks what is typed into it is the writer's business.

use chrono::NaiveDate;

use crate::domain::place::CellAddress;
use crate::domain::quantity::{Quantity, share};

/// A blank return.
#[derive(Debug, Clone, PartialEq)]
pub struct BlankForm {
    /// Title, such as `Quarterly key performance indicators`.
    pub title: String,
    /// Its day for the file's own properties: the first day of the period, so that the same form is the same bytes.
    pub dated: NaiveDate,
    /// Sheets, in order.
    pub sheets: Vec<FormSheet>,
}

/// A sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FormSheet {
    /// Name.
    pub name: String,
    /// Cells, row by row from left to right.
    pub cells: Vec<FormCell>,
    /// Widths of the columns in characters, from the first.
    pub widths: Vec<f64>,
    /// How many rows and columns stay in sight; the rows are those down to the headings and are repeated on every page.
    pub kept_in_sight: (u32, u32),
    /// The entries of its last row may be continued below by so many rows.
    pub continues: u32,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub struct FormCell {
    /// Where.
    pub at: CellAddress,
    /// What it stands for, by the ids of the definition.
    pub stands_for: Option<StandsFor>,
    /// What it is.
    pub kind: CellKind,
    /// What the contract says about it.
    pub note: Option<String>,
}

/// What a cell stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StandsFor {
    /// A label of the form's head.
    Label(FormLabel),
    /// A cell of a table.
    Figure(Place),
    /// The name of a line of a breakdown, such as `Referral source: GP`.
    Member(Place),
}

/// A label of the form's head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormLabel {
    /// The provider.
    Provider,
    /// The contract's id.
    Contract,
    /// The period.
    Period,
    /// The area, where each has a return of its own.
    Area,
    /// Who completed it.
    CompletedBy,
    /// Who signed it, where the form is signed.
    Signed,
    /// The day it was signed.
    SignedOn,
    /// A label of the form's own, by the position the definition gives it.
    Other(usize),
    /// The day it was submitted.
    Submitted,
    /// The version of the definition it was made from.
    Version,
}

/// A cell of a table, by the ids of the definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Table.
    pub table: String,
    /// Which line of it.
    pub line: Line,
    /// Column.
    pub column: String,
    /// Area of the sheet or of the group of columns.
    pub area: Option<String>,
}

/// A line of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A row of the form.
    Row(String),
    /// A line of a row's breakdown.
    Part {
        /// Row.
        row: String,
        /// Breakdown.
        breakdown: String,
        /// Which of its lines, from 0.
        number: usize,
    },
    /// A record, from 0.
    Record(usize),
}

/// What a cell is.
#[derive(Debug, Clone, PartialEq)]
pub enum CellKind {
    /// The sheet's title.
    Title(String),
    /// A sentence that runs on to the right.
    Sentence(String),
    /// A passage, wrapped.
    Passage(String),
    /// A label of the form's head.
    Label(String),
    /// The heading of a column.
    Heading(String),
    /// The heading of a group of columns, over so many of them.
    GroupHeading(String, u32),
    /// The label of a row.
    RowLabel(String),
    /// Text that is part of the form.
    Fixed(String),
    /// Does not apply to this row.
    NotAsked,
    /// A place to fill in.
    Entry(Entry),
    /// Computed from other cells of the sheet.
    Computed(Computed),
}

/// A place to fill in.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What it takes.
    pub takes: Takes,
    /// What it is called, for the message beside it.
    pub title: String,
    /// What belongs into it, in sentences.
    pub help: String,
    /// Whether it must be filled in.
    pub required: bool,
    /// Whether “not applicable” is a full answer.
    pub may_not_apply: bool,
    /// What stands in it already.
    pub value: Option<Entered>,
}

/// What a place takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Takes {
    /// A whole number of 0 or more.
    WholeNumber,
    /// A number of 0 or more.
    Number,
    /// A percentage of 0 or more.
    Percentage,
    /// Pounds, 0 or more.
    Amount,
    /// A day between the two, both inclusive; where it is `expected` only, another one is questioned, not refused.
    Date {
        /// First day, inclusive.
        from: NaiveDate,
        /// Last day, inclusive.
        to: NaiveDate,
        /// Whether a day outside may be meant.
        expected: bool,
    },
    /// A whole number between the two, both inclusive.
    Score {
        /// The least.
        from: u32,
        /// The most.
        to: u32,
    },
    /// One of these words.
    Choice(Vec<String>),
    /// A few words.
    Text,
    /// As many words as are needed.
    Passage,
}

/// What stands in a place.
#[derive(Debug, Clone, PartialEq)]
pub enum Entered {
    /// A number; shares as fractions of 1.
    Number(Quantity),
    /// Words.
    Text(String),
    /// A day.
    Date(NaiveDate),
}

/// A cell that is computed from others of its sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Computed {
    /// How.
    pub formula: Formula,
    /// What it comes to with what stands in the other cells now.
    pub result: Outcome,
}

/// How a cell is computed.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// The sum of cells; blank while all of them are.
    Sum(Vec<CellAddress>),
    /// Numerator by denominator, as a fraction of 1; not applicable where the denominator is 0, blank while either is.
    Share {
        /// Numerator.
        numerator: CellAddress,
        /// Denominator.
        denominator: CellAddress,
    },
}

/// What a formula comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Outcome {
    /// Nothing yet.
    #[default]
    Blank,
    /// Of nothing there is no share.
    NotApplicable,
    /// A number.
    Number(Quantity),
}

impl BlankForm {
    /// The places to fill in, with the position of their sheet.
    pub fn entries_mut(
        &mut self,
    ) -> impl Iterator<Item = (usize, CellAddress, Option<&StandsFor>, &mut Entry)> {
        self.sheets.iter_mut().enumerate().flat_map(|(sheet, own)| {
            own.cells.iter_mut().filter_map(move |cell| match &mut cell.kind {
                CellKind::Entry(entry) => Some((sheet, cell.at, cell.stands_for.as_ref(), entry)),
                _ => None,
            })
        })
    }

    /// Computes every formula from what stands in the other cells.
    pub fn calculate(&mut self) {
        for sheet in &mut self.sheets {
            sheet.calculate();
        }
    }
}

impl FormSheet {
    /// The number in a cell that is filled in.
    fn number(&self, at: CellAddress) -> Option<Quantity> {
        match &self.cells.iter().find(|cell| cell.at == at)?.kind {
            CellKind::Entry(Entry { value: Some(Entered::Number(value)), .. }) => Some(*value),
            _ => None,
        }
    }

    fn calculate(&mut self) {
        let outcomes: Vec<Option<Outcome>> = self
            .cells
            .iter()
            .map(|cell| match &cell.kind {
                CellKind::Computed(computed) => Some(self.outcome(&computed.formula)),
                _ => None,
            })
            .collect();
        for (cell, outcome) in self.cells.iter_mut().zip(outcomes) {
            if let (CellKind::Computed(computed), Some(outcome)) = (&mut cell.kind, outcome) {
                computed.result = outcome;
            }
        }
    }

    fn outcome(&self, formula: &Formula) -> Outcome {
        match formula {
            Formula::Sum(cells) => {
                let values: Vec<Quantity> = cells.iter().filter_map(|at| self.number(*at)).collect();
                if values.is_empty() { Outcome::Blank } else { Outcome::Number(values.iter().sum()) }
            }
            Formula::Share { numerator, denominator } => {
                match (self.number(*numerator), self.number(*denominator)) {
                    (Some(numerator), Some(denominator)) => {
                        share(numerator, denominator).map_or(Outcome::NotApplicable, Outcome::Number)
                    }
                    _ => Outcome::Blank,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(row: u32, column: u32, value: Option<i64>) -> FormCell {
        let entry = Entry {
            takes: Takes::WholeNumber,
            title: "A".into(),
            help: String::new(),
            required: false,
            may_not_apply: false,
            value: value.map(|value| Entered::Number(value.into())),
        };
        FormCell {
            at: CellAddress::new(row, column),
            stands_for: None,
            kind: CellKind::Entry(entry),
            note: None,
        }
    }

    #[test]
    fn formulas_say_nothing_until_there_is_something_to_compute() {
        let (first, second) = (CellAddress::new(0, 0), CellAddress::new(0, 1));
        for (a, b, sum, part) in [
            (None, None, Outcome::Blank, Outcome::Blank),
            (Some(3), None, Outcome::Number(3.into()), Outcome::Blank),
            (Some(3), Some(4), Outcome::Number(7.into()), Outcome::Number("0.75".parse().unwrap())),
            (Some(0), Some(0), Outcome::Number(0.into()), Outcome::NotApplicable),
        ] {
            let computed = |column, formula| FormCell {
                at: CellAddress::new(0, column),
                stands_for: None,
                kind: CellKind::Computed(Computed { formula, result: Outcome::Blank }),
                note: None,
            };
            let mut form = BlankForm {
                title: "A".into(),
                dated: NaiveDate::MIN,
                sheets: vec![FormSheet {
                    cells: vec![
                        entry(0, 0, a),
                        entry(0, 1, b),
                        computed(2, Formula::Sum(vec![first, second])),
                        computed(3, Formula::Share { numerator: first, denominator: second }),
                    ],
                    ..FormSheet::default()
                }],
            };
            form.calculate();
            let results: Vec<Outcome> = form.sheets[0]
                .cells
                .iter()
                .filter_map(|cell| match &cell.kind {
                    CellKind::Computed(computed) => Some(computed.result),
                    _ => None,
                })
                .collect();
            assert_eq!(results, [sum, part], "{a:?} {b:?}");
        }
    }
}
