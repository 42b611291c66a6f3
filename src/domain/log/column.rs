//! A column of a block: its different entries, and which of them each record has.

use serde::{Deserialize, Serialize};

use crate::domain::answer::Answer;
use crate::domain::place::CellAddress;

/// Where the fields of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stands {
    /// In this column of the sheet, counted from zero, each in the row of its record.
    In(u32),
    /// In one cell above the records.
    At(CellAddress),
}

impl Stands {
    /// The cell of a record's field.
    pub fn in_row(self, row: u32) -> CellAddress {
        match self {
            Stands::In(column) => CellAddress::new(row, column),
            Stands::At(cell) => cell,
        }
    }
}

/// Numbers of entries, one a record, in as few bytes as the largest needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Numbers {
    Small(Vec<u8>),
    Middle(Vec<u16>),
    Large(Vec<u32>),
}

impl Numbers {
    pub fn get(&self, at: usize) -> Option<usize> {
        match self {
            Numbers::Small(all) => all.get(at).map(|own| usize::from(*own)),
            Numbers::Middle(all) => all.get(at).map(|own| usize::from(*own)),
            Numbers::Large(all) => all.get(at).map(|own| *own as usize),
        }
    }

    fn iter(&self) -> impl Iterator<Item = u32> {
        let (small, middle, large): (&[u8], &[u16], &[u32]) = match self {
            Numbers::Small(all) => (all, &[], &[]),
            Numbers::Middle(all) => (&[], all, &[]),
            Numbers::Large(all) => (&[], &[], all),
        };
        let small = small.iter().map(|own| u32::from(*own));
        small.chain(middle.iter().map(|own| u32::from(*own))).chain(large.iter().copied())
    }

    /// Makes room for a number.
    fn widen(&mut self, number: u32) {
        let fits = match self {
            Numbers::Small(_) => u8::try_from(number).is_ok(),
            Numbers::Middle(_) => u16::try_from(number).is_ok(),
            Numbers::Large(_) => true,
        };
        if fits {
            return;
        }
        *self = match u16::try_from(number) {
            Ok(_) => Numbers::Middle(self.iter().filter_map(|own| u16::try_from(own).ok()).collect()),
            Err(_) => Numbers::Large(self.iter().collect()),
        };
    }

    pub fn push(&mut self, number: u32) {
        self.widen(number);
        match self {
            Numbers::Small(all) => all.extend(u8::try_from(number)),
            Numbers::Middle(all) => all.extend(u16::try_from(number)),
            Numbers::Large(all) => all.push(number),
        }
    }

    pub fn set(&mut self, at: usize, number: u32) {
        self.widen(number);
        match (self, u8::try_from(number), u16::try_from(number)) {
            (Numbers::Small(all), Ok(number), _) => all.get_mut(at).into_iter().for_each(|own| *own = number),
            (Numbers::Middle(all), _, Ok(number)) => {
                all.get_mut(at).into_iter().for_each(|own| *own = number);
            }
            (Numbers::Large(all), ..) => all.get_mut(at).into_iter().for_each(|own| *own = number),
            _ => {}
        }
    }

    /// Of these the ones that are kept, each as it is numbered from now on.
    fn kept(&self, keep: &[bool], renumbered: impl Fn(u32) -> u32) -> Self {
        let mut kept = Self::default();
        let own = self.iter().zip(keep).filter(|(_, keep)| **keep);
        own.for_each(|(number, _)| kept.push(renumbered(number)));
        kept.shrink();
        kept
    }

    pub fn shrink(&mut self) {
        match self {
            Numbers::Small(all) => all.shrink_to_fit(),
            Numbers::Middle(all) => all.shrink_to_fit(),
            Numbers::Large(all) => all.shrink_to_fit(),
        }
    }
}

impl Default for Numbers {
    fn default() -> Self {
        Self::Small(Vec::new())
    }
}

/// What stands in a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Entry {
    pub answer: Answer,
    /// What is shown of it, where that is neither the text of the answer nor nothing.
    shown: Option<Box<str>>,
}

impl Entry {
    pub fn new(answer: Answer, shown: &str) -> Self {
        let goes_without = match &answer {
            Answer::Text(text) => **text == *shown,
            _ => shown.is_empty(),
        };
        Self { answer, shown: (!goes_without).then(|| shown.into()) }
    }

    pub fn shown(&self) -> &str {
        match (&self.shown, &self.answer) {
            (Some(shown), _) => shown,
            (None, Answer::Text(text)) => text,
            (None, _) => "",
        }
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Column {
    pub id: String,
    pub stands: Stands,
    pub entries: Vec<Entry>,
    pub numbers: Numbers,
}

impl Column {
    pub fn new(id: String, stands: Stands) -> Self {
        Self { id, stands, entries: Vec::new(), numbers: Numbers::default() }
    }

    /// The entry of a record.
    pub fn entry(&self, at: usize) -> Option<&Entry> {
        self.entries.get(self.numbers.get(at)?)
    }

    /// Adds an entry and gives its number.
    pub fn add(&mut self, entry: Entry) -> u32 {
        self.entries.push(entry);
        u32::try_from(self.entries.len() - 1).unwrap_or(u32::MAX)
    }

    /// Leaves out records, and the entries that no other has.
    pub fn retain(&mut self, keep: &[bool]) {
        let mut is_used = vec![false; self.entries.len()];
        for (number, _) in self.numbers.iter().zip(keep).filter(|(_, keep)| **keep) {
            is_used.get_mut(number as usize).into_iter().for_each(|used| *used = true);
        }
        let mut next = 0;
        let renumbered: Vec<u32> = is_used
            .iter()
            .map(|used| {
                let own = next;
                next += u32::from(*used);
                own
            })
            .collect();
        let mut used = is_used.iter();
        self.entries.retain(|_| used.next().copied().unwrap_or_default());
        let of = |number: u32| renumbered.get(number as usize).copied().unwrap_or(u32::MAX);
        self.numbers = self.numbers.kept(keep, of);
    }
}

/// Names of what records belong to, of which there are few.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Names {
    names: Vec<String>,
    /// Zero is none, one the first name.
    numbers: Numbers,
}

impl Names {
    pub fn get(&self, at: usize) -> Option<&str> {
        Some(self.names.get(self.numbers.get(at)?.checked_sub(1)?)?.as_str())
    }

    /// Says what a record belongs to.
    pub fn push(&mut self, name: Option<&str>) {
        let number = name.map_or(0, |name| {
            let known = self.names.iter().position(|own| own == name).unwrap_or_else(|| {
                self.names.push(name.to_string());
                self.names.len() - 1
            });
            u32::try_from(known + 1).unwrap_or(u32::MAX)
        });
        self.numbers.push(number);
    }

    pub fn shrink(&mut self) {
        self.numbers.shrink();
    }
}
