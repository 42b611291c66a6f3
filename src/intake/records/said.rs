//! What the cells of a column say, read once for all that hold the same: a log has few different entries and many rows.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use chrono::NaiveDateTime;
use foldhash::fast::RandomState;
use indexmap::IndexMap;

use crate::domain::answer::Answer;
use crate::domain::workbook::{Cell, Content, Look, own_text_or, text_of};
use crate::intake::answers;

/// As many different entries of a column are known again.
const MOST_KNOWN: usize = 1 << 14;

/// What a cell says.
pub(super) struct Said {
    pub answer: Answer,
    /// As a person sees it, trimmed.
    pub shown: Arc<str>,
    /// Whether a line that begins with it is no record, once it was asked for.
    pub begins_none: OnceCell<bool>,
    /// The number of its entry in the log, once it has one.
    pub entry: OnceCell<u32>,
    /// Whether somebody typed it, once it was asked for.
    is_typed: OnceCell<bool>,
}

impl Said {
    pub fn new(answer: Answer, shown: Arc<str>) -> Rc<Self> {
        let (begins_none, entry, is_typed) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Rc::new(Self { answer, shown, begins_none, entry, is_typed })
    }

    /// Whether somebody typed what the cell that says so holds.
    pub fn is_typed(&self, cell: &Cell) -> bool {
        *self.is_typed.get_or_init(|| is_typed(cell))
    }
}

/// Whether a value stands in the cell that is not computed in the file.
pub(super) fn is_typed(cell: &Cell) -> bool {
    !cell.formula && !answers::is_blank(cell)
}

/// What tells cells that say the same from others.
#[derive(PartialEq, Eq, Hash)]
struct Key<'a> {
    held: Held<'a>,
    formula: bool,
    /// Where the look lies in memory: cells of one style share theirs.
    look: *const Look,
}

#[derive(PartialEq, Eq, Hash)]
enum Held<'a> {
    Blank,
    /// By its bits.
    Number(u64),
    Text(&'a str),
    Date(NaiveDateTime),
    Boolean(bool),
    Error(&'a str),
}

impl<'a> Key<'a> {
    fn of(cell: &'a Cell) -> Self {
        let held = match &cell.content {
            Content::Blank => Held::Blank,
            Content::Number(value) => Held::Number(value.to_bits()),
            Content::Text(text) => Held::Text(text),
            Content::Date(moment) => Held::Date(*moment),
            Content::Boolean(value) => Held::Boolean(*value),
            Content::Error(error) => Held::Error(error),
        };
        Self { held, formula: cell.formula, look: &raw const *cell.look }
    }
}

/// What the cells of one column have said so far.
pub(super) struct Known<'a> {
    asked: answers::Asked,
    by_cell: RefCell<IndexMap<Option<Key<'a>>, Rc<Said>, RandomState>>,
}

impl<'a> Known<'a> {
    /// Of a column that asks for this.
    pub fn new(asked: answers::Asked) -> Self {
        Self { asked, by_cell: RefCell::default() }
    }

    /// What a cell says; `None` is a cell that is not there.
    pub fn said(&self, cell: Option<&'a Cell>) -> Rc<Said> {
        let key = cell.map(Key::of);
        let mut known = self.by_cell.borrow_mut();
        if let Some(said) = known.get(&key) {
            return Rc::clone(said);
        }
        let shown = cell.map(|cell| own_text_or(&cell.content, || text_of(cell))).unwrap_or_default();
        let said = Said::new(answers::read(cell, self.asked), shown);
        if known.len() < MOST_KNOWN {
            known.insert(key, Rc::clone(&said));
        }
        said
    }
}
