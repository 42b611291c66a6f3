//! Files that lie among the returns and are none: a blank form, an unrelated workbook, a claim form, a lock file.

use anyhow::Result;

use crate::dates::day;
use crate::kent::returns::blank_form;
use crate::kent::submissions::folder;
use crate::strangers::{claim_form, lock_file, stranger, table};
use crate::style;
use crate::workspace::Returned;

/// The strangers.
///
/// # Errors
/// When a workbook can't be written.
pub fn strangers() -> Result<Vec<Returned>> {
    Ok([
        (5, "Visitor rota autumn 2022.xlsx", rota()?),
        (6, "Reg 44 KPI return template v1.1.xlsx", blank_form().workbook()?),
        (13, "Mileage claim form.xlsx", claim()?),
        (17, "~$LIV_R44_2023-09.xlsx", lock_file("Service co-ordinator")?),
    ]
    .into_iter()
    .map(|(month, name, bytes)| stranger((&format!("{}/{name}", folder(month)), bytes)))
    .collect())
}

fn rota() -> Result<Vec<u8>> {
    let workbook = style::workbook("Visitor rota", crate::kent::PROVIDER, day(2022, 9, 12))?;
    let rows = [
        ["Week of", "MT", "JA", "PK"],
        ["3 October", "Applebourne House", "Sallowfield", "Rookwood Lodge"],
        ["10 October", "Oast Court", "", "Tern Cottage"],
        ["17 October", "", "Pippin Lodge", "reports"],
        ["24 October", "leave", "reports", "leave"],
    ];
    table(workbook, "Autumn 2022", "Visitor rota, autumn 2022", [16.0, 26.0, 26.0, 26.0], &rows)
}

fn claim() -> Result<Vec<u8>> {
    let workbook = style::workbook("Mileage claim form", crate::kent::PROVIDER, day(2023, 5, 22))?;
    claim_form(workbook, "Visitors' mileage")
}
