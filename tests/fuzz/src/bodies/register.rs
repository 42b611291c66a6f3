//! The officer's register, of any sheets and cells.

use quarterday::workspace::register::Register;

use super::sheets;

/// Reads the workbook that the text describes as a register: it reads the same twice, and what is wrong has a place in it.
pub fn register(data: &[u8]) {
    let book = sheets::workbook(&String::from_utf8_lossy(data));
    let read = Register::read(&book);
    assert_eq!(read, Register::read(&book));
    let places = match &read {
        Ok(register) => {
            let notes = register.file_notes(&["returns/a.xlsx", "returns/q2/a.xlsx"]);
            for provider in &register.providers {
                let found = register.provider(&provider.name, &provider.contract.value);
                assert!(
                    provider.service.is_some() || found.is_some(),
                    "{} is not found by name",
                    provider.name
                );
            }
            for receipt in &register.receipts {
                assert!(register.received(&receipt.file).is_some(), "{} is not found by name", receipt.file);
            }
            register.notes.iter().chain(&notes).cloned().collect::<Vec<_>>()
        }
        Err(error) => {
            assert!(!error.faults.is_empty(), "refused without a fault");
            assert!(error.to_string().lines().count() > error.faults.len());
            error.faults.clone()
        }
    };
    for place in places {
        assert!(book.sheets.iter().any(|sheet| sheet.name == place.place.sheet), "{place}");
        assert!(!place.message.is_empty() && !place.help.is_empty(), "{place}");
    }
}
