//! A contract's definition, of any text.

use std::sync::LazyLock;

use quarterday::calendar::bank_holidays::BankHolidays;
use quarterday::calendar::working_days::WorkingDays;
use quarterday::contract::scrutiny::{Offered, Text, scrutinise};
use quarterday::contract::{self, in_english::describe};

static WORKING_DAYS: LazyLock<WorkingDays> =
    LazyLock::new(|| WorkingDays::new(BankHolidays::england_and_wales(&[]).unwrap()));

/// Reads the text as a definition: what is wrong has a place in the text; what is sound can be described and scrutinised.
pub fn definitions(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let file = "contracts/a.toml";
    let read = contract::read(file, &text);
    assert_eq!(read, contract::read(file, &text));
    match read {
        Ok(contract) => {
            let definition = Text { file, text: &text, contract: &contract };
            for remark in scrutinise(definition, &Offered::default(), &WORKING_DAYS) {
                assert!(
                    is_in(&text, remark.line) && remark.column > 0 && !remark.what.is_empty(),
                    "{remark:?}"
                );
            }
            assert!(!describe(&contract).is_empty());
        }
        Err(error) => {
            assert!(!error.faults().is_empty(), "refused without a fault");
            assert!(!error.to_string().is_empty());
            for fault in error.faults() {
                assert!(
                    is_in(&text, fault.line) && fault.column > 0 && !fault.message.is_empty(),
                    "{fault:?}"
                );
            }
        }
    }
}

fn is_in(text: &str, line: usize) -> bool {
    (1..=text.matches('\n').count() + 1).contains(&line)
}
