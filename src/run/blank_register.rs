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
