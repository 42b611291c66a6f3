//! The register as `init` lays it out: the lists the reader knows, with what the chosen contracts offer.

use std::collections::BTreeSet;

use anyhow::Result;
use chrono::NaiveDate;

use crate::contract::Contract;
use crate::output::workbooks::register_workbook::{
    BlankColumn, BlankKind, BlankList, BlankRegister, register_workbook,
};
use crate::workspace::register::lists::{self, ColumnKind};

/// A blank register for these contracts, as an .xlsx file made on this day. Its drop-downs offer the contracts, their forms and
/// their KPIs.
///
/// # Errors
/// The workbook cannot be written.
pub fn blank_register(contracts: &[&Contract], made_on: NaiveDate) -> Result<Vec<u8>> {
    let lists = lists::ALL.iter().map(|list| BlankList {
        sheet: list.sheet.to_string(),
        columns: list
            .columns
            .iter()
            .filter(|column| column.in_blank)
            .map(|column| BlankColumn {
                heading: column.heading.to_string(),
                note: column.note.to_string(),
                required: column.required,
                kind: kind(column.kind, contracts),
            })
            .collect(),
    });
    register_workbook(&BlankRegister { lists: lists.collect(), made_on })
}

fn kind(kind: ColumnKind, contracts: &[&Contract]) -> BlankKind {
    match kind {
        ColumnKind::Text => BlankKind::Text,
        ColumnKind::Period => BlankKind::Period,
        ColumnKind::Date => BlankKind::Date,
        ColumnKind::Email => BlankKind::Email,
        ColumnKind::Number => BlankKind::Number,
        ColumnKind::Choice(words) => BlankKind::Choice(words().into_iter().map(String::from).collect()),
        ColumnKind::Usual(words) => BlankKind::Usual(words.iter().map(|word| (*word).to_string()).collect()),
        ColumnKind::Provider => {
            BlankKind::Listed { sheet: lists::PROVIDERS.sheet.to_string(), heading: "Provider".to_string() }
        }
        ColumnKind::Contract => offered(contracts.iter().map(|contract| &contract.id)),
        ColumnKind::Form => {
            offered(contracts.iter().flat_map(|contract| contract.forms.iter().map(|form| &form.id)))
        }
        ColumnKind::Kpi => {
            offered(contracts.iter().flat_map(|contract| contract.kpis.iter().map(|kpi| &kpi.reference)))
        }
    }
}

/// Each word once, in order: two contracts may have a form of one id.
fn offered<'a>(words: impl Iterator<Item = &'a String>) -> BlankKind {
    let mut seen = BTreeSet::new();
    BlankKind::Offered(words.filter(|word| seen.insert(*word)).cloned().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::place::CellAddress;
    use crate::domain::workbook::{Cell, Content, Workbook};
    use crate::intake::reading;
    use crate::run::{definitions, record_checks};
    use crate::workspace::register::Register;
    use chrono::Months;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn blank(contracts: &[&Contract]) -> Workbook {
        let bytes = blank_register(contracts, day("2026-01-20")).unwrap();
        reading::read("register.xlsx", &bytes).unwrap()
    }

    #[test]
    fn it_reads_back_without_a_fault_or_a_note() {
        let known = definitions::built_in().unwrap();
        let contracts: Vec<&Contract> = known.values().collect();
        assert_eq!(Register::read(&blank(&contracts)), Ok(Register::default()));
        let sheets: Vec<String> = blank(&[]).sheets.iter().map(|sheet| sheet.name.to_string()).collect();
        assert_eq!(sheets, lists::ALL.map(|list| list.sheet));
    }

    /// What an officer would fill in, with the word of that number in a drop-down.
    fn filled(sheet: &str, column: &BlankColumn, contract: &Contract, word: usize) -> Option<Content> {
        let text = |text: &str| Some(Content::Text(text.into()));
        match (&column.kind, column.heading.as_str()) {
            // A row of Providers with a service needs another one without.
            (BlankKind::Text, "Service") if sheet == "Providers" => None,
            (BlankKind::Text, "Provider") | (BlankKind::Listed { .. }, _) => text("Harbour Advocacy"),
            (BlankKind::Text, "File or provider and form") => text("a.xlsx"),
            (BlankKind::Text, "Cell") => text("D7"),
            (BlankKind::Text, "Finding") => text("total-mismatch"),
            (BlankKind::Text, _) => text("Words"),
            (BlankKind::Period, _) if sheet == "Extensions" => {
                text(&contract.period(contract.start, contract.forms[0].every).label())
            }
            (BlankKind::Period, _) => text(&contract.period(contract.start, contract.review_every).label()),
            // A plan is reviewed after it is agreed, and an extension gives more time.
            (BlankKind::Date, "Review date" | "New due date") => {
                (contract.start + Months::new(18)).and_hms_opt(0, 0, 0).map(Content::Date)
            }
            (BlankKind::Date, _) => contract.start.and_hms_opt(0, 0, 0).map(Content::Date),
            (BlankKind::Email, _) => text("kpi@harbour.example"),
            (BlankKind::Number, _) => Some(Content::Number(3.0)),
            (BlankKind::Choice(words) | BlankKind::Usual(words), _) => text(&words[word % words.len()]),
            (BlankKind::Offered(words), "Contract") => text(&words[0]),
            (BlankKind::Offered(words), _) => text(&words[word % words.len()]),
        }
    }

    #[test]
    fn filled_in_by_its_drop_downs_it_reads_without_a_fault_or_a_note() {
        let known = definitions::built_in().unwrap();
        for contract in known.values() {
            let mut book = blank(&[contract]);
            for (sheet, list) in book.sheets.iter_mut().zip(lists::ALL) {
                let columns: Vec<_> = list.columns.iter().filter(|column| column.in_blank).collect();
                // Enough rows for every word of every drop-down; a provider and its scores stand once.
                let rows = if ["Providers", "Priorities"].contains(&list.sheet) { 1 } else { 12 };
                for (row, word) in (1u32..=rows).zip(0..) {
                    for (at, own) in (0u32..).zip(&columns) {
                        let column = BlankColumn {
                            heading: own.heading.to_string(),
                            note: String::new(),
                            required: own.required,
                            kind: kind(own.kind, &[contract]),
                        };
                        // An extension is of a period its form knows.
                        let word = if own.heading == "Form" { 0 } else { word };
                        let Some(content) = filled(list.sheet, &column, contract, word) else { continue };
                        let cell = Cell { content, formula: false, look: Default::default() };
                        sheet.cells.insert(CellAddress::new(row, at), cell);
                    }
                }
            }
            let register = Register::read(&book).unwrap();
            assert_eq!(register.notes, []);
            assert_eq!((register.providers.len(), register.priorities.len()), (1, 1));
            assert_eq!(
                [register.contacts.len(), register.notices.len(), register.notifications.len()],
                [12; 3]
            );
            assert_eq!([register.accepted.len(), register.alerts.len(), register.reviews.len()], [12; 3]);
            let checked = record_checks::check(&register, &known);
            assert_eq!((checked.faults, checked.notes), (vec![], vec![]));
        }
    }

    #[test]
    fn every_fixed_choice_fits_its_drop_down() {
        for column in lists::ALL.iter().flat_map(|list| list.columns) {
            if let ColumnKind::Choice(words) = column.kind {
                assert!(words().join(",").len() <= 255, "{} is too long for Excel", column.heading);
            }
        }
    }
}
