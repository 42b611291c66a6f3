//! Files that lie among the returns and are none: a blank form, an unrelated workbook, a claim form, a lock file.

use anyhow::Result;

use crate::kent::dates::day;
use crate::kent::returns::{Returned, blank_form};
use crate::kent::submissions::folder;
use crate::style;

/// Name of the file the register says to ignore.
pub const IGNORED: &str = "Mileage claim form.xlsx";

/// The strangers.
///
/// # Errors
/// When a workbook can't be written.
pub fn strangers() -> Result<Vec<Returned>> {
    let lock = {
        // Excel's lock file: the length of the user's name, the name, padded to 165 bytes.
        let user = b"Service co-ordinator";
        let mut bytes = vec![0x20; 165];
        bytes[0] = u8::try_from(user.len())?;
        bytes[1..=user.len()].copy_from_slice(user);
        bytes
    };
    Ok([
        (5, "Visitor rota autumn 2022.xlsx", rota()?),
        (6, "Reg 44 KPI return template v1.1.xlsx", blank_form().workbook()?),
        (13, IGNORED, claim_form()?),
        (17, "~$LIV_R44_2023-09.xlsx", lock),
    ]
    .into_iter()
    .map(|(month, name, bytes)| Returned { path: format!("{}/{name}", folder(month)), bytes, received: None })
    .collect())
}

fn rota() -> Result<Vec<u8>> {
    let mut workbook = style::workbook("Visitor rota", crate::kent::PROVIDER, day(2022, 9, 12))?;
    let sheet = workbook.add_worksheet().set_name("Autumn 2022")?;
    for (column, width) in (0..).zip([16.0, 26.0, 26.0, 26.0]) {
        sheet.set_column_width(column, width)?;
    }
    sheet.write_with_format(0, 0, "Visitor rota, autumn 2022", &style::title())?;
    let rows = [
        ["Week of", "MT", "JA", "PK"],
        ["3 October", "Applebourne House", "Sallowfield", "Rookwood Lodge"],
        ["10 October", "Oast Court", "", "Tern Cottage"],
        ["17 October", "", "Pippin Lodge", "reports"],
        ["24 October", "leave", "reports", "leave"],
    ];
    for (row, cells) in (2..).zip(rows) {
        for (column, text) in (0..).zip(cells) {
            let format = if row == 2 { style::heading() } else { style::printed() };
            sheet.write_with_format(row, column, text, &format)?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}

fn claim_form() -> Result<Vec<u8>> {
    let mut workbook = style::workbook("Mileage claim form", crate::kent::PROVIDER, day(2023, 5, 22))?;
    let sheet = workbook.add_worksheet().set_name("Claim")?;
    sheet.set_column_range_width(0, 3, 22)?;
    sheet.write_with_format(0, 0, "Visitors' mileage", &style::title())?;
    for (column, text) in (0..).zip(["Date", "Journey", "Miles", "Amount (£)"]) {
        sheet.write_with_format(2, column, text, &style::heading())?;
        for row in 3..9 {
            sheet.write_blank(row, column, &style::printed())?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}
