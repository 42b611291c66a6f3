//! Whose form it is: the council and the contract that its head names, against the contract it was recognised as.

use std::collections::BTreeSet;

use crate::contract::Contract;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::COUNCIL_DISAGREES;
use crate::domain::place::{CellAddress, CellRef};
use crate::domain::text::{fold, one_line};
use crate::domain::workbook::{Content, Workbook};
use crate::intake::labels::{Label, Labelled};

/// Words of councils' names that say nothing of which council it is.
const GENERAL: &[&str] = &[
    "all",
    "and",
    "any",
    "area",
    "areas",
    "authorities",
    "authority",
    "borough",
    "both",
    "cc",
    "city",
    "corporation",
    "council",
    "councils",
    "county",
    "district",
    "for",
    "in",
    "local",
    "london",
    "mbc",
    "metropolitan",
    "of",
    "royal",
    "the",
    "unitary",
    "whole",
    "countywide",
    "n/a",
    "na",
    "not",
    "applicable",
    "contract",
    "select",
    "please",
    "choose",
    "enter",
    "name",
    "none",
    "joint",
    "lb",
    "bc",
    "dc",
];

/// Directions, which many councils' names share.
const DIRECTIONS: &[&str] = &["north", "south", "east", "west", "central", "mid"];

/// Why the form is another contract's, where its head names one of `contracts` or a council of one, and nothing of `own`.
pub fn of_another(labels: &[Labelled], own: &Contract, contracts: &[&Contract]) -> Option<String> {
    let others = || contracts.iter().filter(|other| other.id != own.id);
    let of_council = |found: &Labelled| {
        let mut theirs = others().filter(|other| is_council_of(other, &found.text));
        theirs.next().filter(|_| !may_be_of(own, &found.text)).map(|other| {
            format!("names the council “{}” ({}), which is of {}", one_line(&found.text), at(found), other.id)
        })
    };
    let of_contract = |found: &Labelled| {
        let names = |contract: &Contract| {
            let text = fold(&found.text);
            text == fold(&contract.id) || text == fold(&contract.title)
        };
        let other = others().find(|other| names(other)).filter(|_| !names(own))?;
        Some(format!("names the contract “{}” ({}), which is {}", one_line(&found.text), at(found), other.id))
    };
    let why = labels.iter().find_map(|found| match found.label {
        Label::Area => of_council(found),
        Label::Contract => of_contract(found),
        _ => None,
    })?;
    Some(format!("{why}; correct what the form says, or send the form of that contract"))
}

/// Councils that a head names and that are no party to the contract, or are not the one whose sheet it is.
pub fn disagreeing(workbook: &Workbook, labels: &[Labelled], own: &Contract) -> Vec<Finding> {
    let parties = || {
        let names: Vec<&str> = own.councils.iter().map(String::as_str).collect();
        names.join(", ")
    };
    let of = |found: &Labelled| {
        let text = one_line(&found.text);
        let message = match (own.area(&found.text), own.area(&found.place.sheet)) {
            (Some(named), Some(sheet)) if named != sheet => {
                format!(
                    "The sheet is that of {sheet}, and its head names “{text}”; it was read as the sheet's."
                )
            }
            (Some(_), _) => return None,
            // `Area` alone may be any part of a council's country, unless the contract tells areas apart.
            _ if own.areas.is_empty() && is_called_area(workbook, &found.place) => return None,
            _ if runs_on(workbook, &found.place) => return None,
            _ if may_be_of(own, &found.text) => return None,
            _ => format!(
                "“{text}” is no party to the contract, which is with {}; it was read as theirs all the same.",
                parties()
            ),
        };
        Some(Finding::at(&COUNCIL_DISAGREES, &found.place, message))
    };
    labels.iter().filter(|found| found.label == Label::Area).filter_map(of).collect()
}

fn at(found: &Labelled) -> String {
    format!("{}, {}", found.place.sheet, found.place.cell)
}

/// Whether the label of this value is the word `Area`, which may be no council at all.
fn is_called_area(workbook: &Workbook, value: &CellRef) -> bool {
    let Some(sheet) = workbook.sheets.iter().find(|sheet| sheet.name == value.sheet) else { return false };
    let text = |row: u32, column: u32| sheet.text(CellAddress::new(row, column));
    let inside = text(value.cell.row, value.cell.column);
    if let Some((label, _)) = inside.split_once(':') {
        return fold(label) == "area";
    }
    let left =
        (0..value.cell.column).rev().map(|column| text(value.cell.row, column)).find(|own| !own.is_empty());
    let above = || value.cell.row.checked_sub(1).map(|row| text(row, value.cell.column));
    let is_area =
        |label: &str| fold(label).split(['(', '[']).next().is_some_and(|label| label.trim() == "area");
    left.as_deref().is_some_and(is_area) || above().as_deref().is_some_and(is_area)
}

/// Whether words stand right of this value: it is a heading of a list that nobody reads, between other headings.
fn runs_on(workbook: &Workbook, value: &CellRef) -> bool {
    let Some(sheet) = workbook.sheets.iter().find(|sheet| sheet.name == value.sheet) else { return false };
    let is_words = |column: u32| {
        let cell = sheet.cell(CellAddress::new(value.cell.row, column));
        cell.is_some_and(|cell| matches!(&cell.content, Content::Text(text) if !text.trim().is_empty()))
    };
    let last = sheet.merged_area(value.cell).map_or(value.cell.column, |area| area.last.column);
    is_words(last + 1) && is_words(last + 2)
}

/// The names of a contract's parties and areas.
fn names(contract: &Contract) -> impl Iterator<Item = &String> {
    let areas = contract.areas.iter().flat_map(|area| std::iter::once(&area.name).chain(&area.aliases));
    contract.councils.iter().chain(areas)
}

/// Whether the text is the name of one of the contract's councils or areas, whatever kind of council it is called. A direction alone
/// is no name.
fn is_council_of(contract: &Contract, text: &str) -> bool {
    let own = telling(text);
    !without_directions(&own).is_empty() && names(contract).any(|name| telling(name) == own)
}

/// Whether the text may name one of the contract's councils or areas, or names nobody: it shares a telling word with one of them, or
/// is their initials.
fn may_be_of(contract: &Contract, text: &str) -> bool {
    let own = telling(text);
    let letters: String = fold(text).chars().filter(|c| c.is_alphanumeric()).collect();
    names(contract).any(|name| {
        let other = telling(name);
        // Of nothing but general words, nothing is named.
        let is_part = own.is_subset(&other);
        is_part
            || !without_directions(&other).is_disjoint(&without_directions(&own))
            || initials(name) == letters
    })
}

fn without_directions(words: &BTreeSet<String>) -> BTreeSet<&String> {
    words.iter().filter(|word| !DIRECTIONS.contains(&word.as_str())).collect()
}

/// The words of a name that tell it from another's.
fn telling(text: &str) -> BTreeSet<String> {
    let folded = fold(text);
    folded
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '/')
        .map(|word| word.trim_matches(['\'', '/']))
        .filter(|word| !word.is_empty() && !GENERAL.contains(word))
        .map(ToString::to_string)
        .collect()
}

/// The first letters of a name's words, folded: `kcc`.
fn initials(name: &str) -> String {
    fold(name).split_whitespace().filter_map(|word| word.chars().next()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::fixture;

    #[test]
    fn councils_are_known_by_the_words_that_tell_them_apart() {
        let contract = fixture::advocacy();
        for (text, own) in [
            ("Fenshire East", true),
            ("Fenshire East Council", true),
            ("FENSHIRE WEST & FENTON", true),
            ("Fenshire", true),
            ("East", true),
            ("Both councils", true),
            ("All", true),
            ("N/A", true),
            ("Wirral", false),
            ("Metropolitan Borough of Wirral", false),
            ("North", false),
        ] {
            assert_eq!(may_be_of(&contract, text), own, "{text}");
        }
        assert!(is_council_of(&contract, "fenshire east council"));
        assert!(!is_council_of(&contract, "East"));
        let initials: String = initials(&contract.councils[0]);
        assert!(may_be_of(&contract, &initials), "{initials}");
    }
}
