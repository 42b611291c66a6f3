//! A filled return as cells that know what they are for, so that a habit can be put on it: rows moved, labels reworded, numbers typed
//! as text.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use quarterday::contract::layout::Asks;
use quarterday::contract::meant::Form;
use quarterday::domain::period::{Frequency, Period};
use quarterday::review::blank_form::{
    BlankForm, CellKind, Entered, FormCell, FormLabel, Line, Outcome, Place, StandsFor, Takes,
};

use crate::dice::Dice;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Blank,
    Number(f64),
    Text(String),
    Date(NaiveDate),
    /// With a time of day as a fraction of it.
    Moment(NaiveDate, f64),
    /// A formula with the result stored for it; `None` when it was not calculated.
    Formula(Option<Stored>),
}

/// The stored result of a formula.
#[derive(Debug, Clone, PartialEq)]
pub enum Stored {
    Number(f64),
    /// Words, or an error such as `#REF!`.
    Text(String),
}

/// What a cell is for.
#[derive(Debug, Clone, PartialEq)]
pub enum Role {
    /// Titles, sentences, and whatever a habit adds.
    Prose,
    /// A label of the form's head.
    Label(FormLabel),
    /// What the provider put beside it.
    Given(FormLabel),
    Heading,
    /// Over so many columns.
    Group(u32),
    RowLabel,
    /// Part of the form.
    Fixed,
    /// The contract's target, repeated.
    Threshold,
    /// The provider's own figure, date or words.
    Figure(Place, Takes),
    /// The name of a line of a breakdown.
    Member,
    /// Computed in the workbook.
    Computed,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub value: Value,
    /// Excel's format code; empty is none.
    pub format: String,
    pub role: Role,
}

impl Cell {
    pub fn prose(text: impl Into<String>) -> Self {
        Self { value: Value::Text(text.into()), format: String::new(), role: Role::Prose }
    }

    pub fn number(value: f64) -> Self {
        Self { value: Value::Number(value), format: String::new(), role: Role::Prose }
    }

    pub fn text(&self) -> &str {
        match &self.value {
            Value::Text(text) => text,
            _ => "",
        }
    }

    pub fn text_mut(&mut self) -> Option<&mut String> {
        match &mut self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is one of the form's own words by which things are found.
    pub fn is_furniture(&self) -> bool {
        matches!(self.role, Role::Label(_) | Role::Heading | Role::Group(_) | Role::RowLabel)
    }

    /// The figure's place, where it is one of a row of the form.
    pub fn row_figure(&self) -> Option<&Place> {
        match &self.role {
            Role::Figure(place, _) if matches!(place.line, Line::Row(_)) => Some(place),
            _ => None,
        }
    }

    /// Whether a number stands in it that the provider entered.
    pub fn is_number(&self) -> bool {
        matches!((&self.role, &self.value), (Role::Figure(..), Value::Number(_)))
    }
}

/// A row and a column, from zero.
pub type At = (u32, u32);

/// A sheet.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub name: String,
    pub hidden: bool,
    pub protected: bool,
    pub cells: BTreeMap<At, Cell>,
    /// Merged areas by their corners, inclusive.
    pub merged: Vec<(At, At)>,
    pub hidden_rows: BTreeSet<u32>,
    pub hidden_columns: BTreeSet<u32>,
    /// A cell far out that holds nothing but a format.
    pub far: Option<At>,
}

/// A filled return.
#[derive(Debug, Clone)]
pub struct Book {
    /// The file's path below the workspace.
    pub file: String,
    pub pages: Vec<Page>,
    pub since_1904: bool,
    pub period: Period,
    /// The area the form is for, where each has one of its own.
    pub area: Option<String>,
}

impl Page {
    pub fn put(&mut self, at: At, cell: Cell) {
        self.cells.insert(at, cell);
    }

    /// The row of the table's headings.
    pub fn heading_row(&self) -> Option<u32> {
        self.cells.iter().find(|(_, cell)| cell.role == Role::Heading).map(|((row, _), _)| *row)
    }

    /// The columns that have a heading.
    pub fn columns(&self) -> Vec<u32> {
        let heading = self.cells.iter().filter(|(_, cell)| cell.role == Role::Heading);
        heading.map(|((_, column), _)| *column).collect()
    }

    /// The rows of the table below its headings.
    pub fn body(&self) -> Vec<u32> {
        let Some(heading) = self.heading_row() else { return Vec::new() };
        let rows: BTreeSet<u32> =
            self.cells.keys().map(|(row, _)| *row).filter(|row| *row > heading).collect();
        rows.into_iter().collect()
    }

    pub fn last_row(&self) -> u32 {
        self.cells.keys().next_back().map_or(0, |(row, _)| *row)
    }

    pub fn last_column(&self) -> u32 {
        self.cells.keys().map(|(_, column)| *column).max().unwrap_or(0)
    }

    /// Whether the table has the form's own rows.
    pub fn is_grid(&self) -> bool {
        self.cells.values().any(|cell| cell.row_figure().is_some())
    }

    /// Whether the table has a record a row.
    pub fn is_records(&self) -> bool {
        self.cells
            .values()
            .any(|cell| matches!(&cell.role, Role::Figure(place, _) if matches!(place.line, Line::Record(_))))
    }

    pub fn has_groups(&self) -> bool {
        self.cells.values().any(|cell| matches!(cell.role, Role::Group(_)))
    }

    /// Whether a row is one of the form's and begins with its label.
    pub fn is_labelled(&self, row: u32) -> bool {
        self.row(row).any(|(_, cell)| cell.role == Role::RowLabel && !cell.text().is_empty())
    }

    pub fn row(&self, row: u32) -> impl Iterator<Item = (u32, &Cell)> {
        self.cells.range((row, 0)..=(row, u32::MAX)).map(|((_, column), cell)| (*column, cell))
    }

    /// Gives every cell and merged area its new row and column; `None` takes it away.
    pub fn moved(&mut self, to: impl Fn(At) -> Option<At>) {
        let cells = std::mem::take(&mut self.cells);
        self.cells = cells.into_iter().filter_map(|(at, cell)| Some((to(at)?, cell))).collect();
        let merged = std::mem::take(&mut self.merged);
        self.merged = merged.into_iter().filter_map(|(first, last)| Some((to(first)?, to(last)?))).collect();
        self.merged.retain(|(first, last)| first != last);
        let rows = std::mem::take(&mut self.hidden_rows);
        self.hidden_rows = rows.into_iter().filter_map(|row| Some(to((row, 0))?.0)).collect();
        let columns = std::mem::take(&mut self.hidden_columns);
        self.hidden_columns = columns.into_iter().filter_map(|column| Some(to((0, column))?.1)).collect();
    }

    /// Makes room for so many rows above this one.
    pub fn insert_rows(&mut self, before: u32, many: u32) {
        self.moved(|(row, column)| Some((if row >= before { row + many } else { row }, column)));
    }

    /// Makes room for so many columns left of this one.
    pub fn insert_columns(&mut self, before: u32, many: u32) {
        self.moved(|(row, column)| Some((row, if column >= before { column + many } else { column })));
    }

    pub fn remove_row(&mut self, gone: u32) {
        self.moved(|(row, column)| (row != gone).then_some((if row > gone { row - 1 } else { row }, column)));
    }

    pub fn remove_column(&mut self, gone: u32) {
        self.moved(|(row, column)| {
            (column != gone).then_some((row, if column > gone { column - 1 } else { column }))
        });
    }

    /// A copy of a row's cells in another row.
    pub fn copy_row(&mut self, from: u32, to: u32) {
        let copied: Vec<(u32, Cell)> = self.row(from).map(|(column, cell)| (column, cell.clone())).collect();
        for (column, cell) in copied {
            self.put((to, column), cell);
        }
    }

    /// Other figures in the place of the provider's own in a row.
    pub fn other_figures(&mut self, row: u32) -> bool {
        let mut any = false;
        for ((own, _), cell) in &mut self.cells {
            if *own == row
                && let (Role::Figure(..), Value::Number(value)) = (&cell.role, &mut cell.value)
            {
                *value = if cell.format.contains('%') { 1.0 - *value } else { *value + 7.0 };
                any = true;
            }
        }
        any
    }
}

impl Book {
    /// The workbook of a form that is filled in; cells that hold nothing are left out.
    pub fn of(form: &BlankForm, definition: &Form, period: Period, area: Option<&str>) -> Self {
        let mut pages = Vec::new();
        for sheet in &form.sheets {
            let mut page = Page { name: sheet.name.clone(), ..Page::default() };
            let mut label = None;
            for cell in &sheet.cells {
                let at = (cell.at.row, cell.at.column);
                if let CellKind::Label(_) = cell.kind {
                    let beside =
                        sheet.cells.iter().find(|own| own.at.row == at.0 && own.at.column == at.1 + 1);
                    label = beside.and_then(|own| match own.stands_for {
                        Some(StandsFor::Label(label)) => Some(label),
                        _ => None,
                    });
                }
                let Some(made) = made(cell, definition, label) else { continue };
                if let Role::Group(wide) = made.role {
                    page.merged.push((at, (at.0, at.1 + wide - 1)));
                }
                page.put(at, made);
            }
            // On a sheet without figures nothing is found by its headings: it says how to fill the form in.
            if !page.cells.values().any(|cell| matches!(cell.role, Role::Figure(..))) {
                for cell in page
                    .cells
                    .values_mut()
                    .filter(|cell| matches!(cell.role, Role::Heading | Role::RowLabel | Role::Fixed))
                {
                    cell.role = Role::Prose;
                }
            }
            pages.push(page);
        }
        let file = "returns/a.xlsx".to_string();
        // The filler puts in a day of the period, which names a longer one only by the month it lies in.
        let is_day = |cell: &&mut Cell| {
            cell.role == Role::Given(FormLabel::Period) && matches!(cell.value, Value::Date(_))
        };
        if period.frequency != Frequency::Month {
            for cell in pages.iter_mut().flat_map(|page: &mut Page| page.cells.values_mut()).filter(is_day) {
                *cell = Cell { value: Value::Text(period.label()), format: String::new(), ..cell.clone() };
            }
        }
        Self { file, pages, since_1904: false, period, area: area.map(Into::into) }
    }

    /// Takes away the sheet that holds the labels and no table.
    fn head(&mut self) -> Option<Page> {
        let is_head = |page: &Page| {
            page.heading_row().is_none()
                && page.cells.values().any(|cell| matches!(cell.role, Role::Label(_)))
        };
        let index = self.pages.iter().position(is_head)?;
        Some(self.pages.remove(index))
    }

    /// Puts the labels above the first table in the place of a sheet of their own.
    pub fn move_head_above_the_table(&mut self) {
        let Some(mut head) = self.head() else { return };
        head.cells.retain(|_, cell| matches!(cell.role, Role::Label(_) | Role::Given(_)));
        let first = head.cells.keys().next().map_or(0, |(row, _)| *row);
        let rows = head.last_row() - first + 3;
        let Some(page) = self.pages.iter_mut().find(|page| page.heading_row().is_some()) else { return };
        page.insert_rows(0, rows);
        for ((row, column), cell) in head.cells {
            page.put((row - first + 1, column), cell);
        }
    }

    pub fn cells_mut(&mut self) -> impl Iterator<Item = &mut Cell> {
        self.pages.iter_mut().flat_map(|page| page.cells.values_mut())
    }

    /// The places of the cells that are of a kind.
    pub fn places(&self, is_one: impl Fn(&Cell) -> bool) -> Vec<(usize, At)> {
        let cells = self
            .pages
            .iter()
            .enumerate()
            .flat_map(|(index, page)| page.cells.iter().map(move |(at, cell)| (index, *at, cell)));
        cells.filter(|(_, _, cell)| is_one(cell)).map(|(index, at, _)| (index, at)).collect()
    }

    /// Changes one cell of a kind; false where there is none.
    pub fn change_one(
        &mut self,
        dice: &mut Dice,
        is_one: impl Fn(&Cell) -> bool,
        change: impl FnOnce(&mut Cell),
    ) -> bool {
        let places = self.places(is_one);
        let Some((page, at)) = pick(dice, &places) else { return false };
        change(self.pages[*page].cells.get_mut(at).unwrap());
        true
    }

    /// Changes every cell of a kind; false where there is none.
    pub fn change_all(&mut self, is_one: impl Fn(&Cell) -> bool, mut change: impl FnMut(&mut Cell)) -> bool {
        let mut any = false;
        for cell in self.cells_mut().filter(|cell| is_one(cell)) {
            change(cell);
            any = true;
        }
        any
    }

    /// One page of a kind.
    pub fn one_page(&mut self, dice: &mut Dice, is_one: impl Fn(&Page) -> bool) -> Option<&mut Page> {
        let fitting: Vec<usize> = (0..self.pages.len()).filter(|index| is_one(&self.pages[*index])).collect();
        let index = *pick(dice, &fitting)?;
        Some(&mut self.pages[index])
    }
}

/// One of several.
pub fn pick<'a, T>(dice: &mut Dice, among: &'a [T]) -> Option<&'a T> {
    let last = u32::try_from(among.len().checked_sub(1)?).unwrap();
    among.get(dice.up_to(last) as usize)
}

/// What a cell of the form is in the workbook; `None` when it holds nothing.
fn made(cell: &FormCell, definition: &Form, label: Option<FormLabel>) -> Option<Cell> {
    let text = |text: &str, role: Role| {
        (!text.is_empty()).then(|| Cell { value: Value::Text(text.into()), format: String::new(), role })
    };
    match &cell.kind {
        CellKind::Title(own) | CellKind::Sentence(own) | CellKind::Passage(own) => text(own, Role::Prose),
        CellKind::Label(own) => text(own, label.map_or(Role::Prose, Role::Label)),
        CellKind::Heading(own) => text(own, Role::Heading),
        CellKind::GroupHeading(own, wide) => text(own, Role::Group(*wide)),
        CellKind::RowLabel(own) => text(own, Role::RowLabel),
        CellKind::Fixed(own) => {
            let asks = match &cell.stands_for {
                Some(StandsFor::Figure(place)) => {
                    definition.table(&place.table).unwrap().column(&place.column).unwrap().asks
                }
                _ => Asks::Nothing,
            };
            match (&cell.stands_for, asks) {
                (Some(StandsFor::Label(label)), _) => text(own, Role::Given(*label)),
                (_, Asks::Threshold) => text(own, Role::Threshold),
                _ => text(own, Role::Fixed),
            }
        }
        CellKind::NotAsked => None,
        CellKind::Entry(entry) => {
            let role = match cell.stands_for.as_ref()? {
                StandsFor::Label(label) => Role::Given(*label),
                StandsFor::Figure(place) => Role::Figure(place.clone(), entry.takes.clone()),
                StandsFor::Member(_) => Role::Member,
            };
            let (value, format) = match entry.value.as_ref()? {
                Entered::Number(value) => (
                    Value::Number(value.to_string().parse().unwrap()),
                    if entry.takes == Takes::Percentage { "0.0%" } else { "" },
                ),
                Entered::Date(day) => (Value::Date(*day), "dd/mm/yyyy"),
                Entered::Text(text) => (Value::Text(text.clone()), ""),
            };
            Some(Cell { value, format: format.into(), role })
        }
        CellKind::Computed(computed) => {
            use quarterday::review::blank_form::Formula;
            let is_share = matches!(computed.formula, Formula::Share { .. });
            let stored = match computed.result {
                Outcome::Blank => return None,
                Outcome::NotApplicable => Stored::Text("N/A".into()),
                Outcome::Number(value) => Stored::Number(value.to_string().parse().unwrap()),
            };
            Some(Cell {
                value: Value::Formula(Some(stored)),
                format: if is_share { "0.0%" } else { "" }.into(),
                role: Role::Computed,
            })
        }
    }
}
