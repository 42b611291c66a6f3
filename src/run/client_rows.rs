//! How many lines on single people a return holds: what goes back to a provider with it has to be sent with care.

use std::collections::BTreeMap;

use crate::assess::submissions::ReceivedReturn;
use crate::contract::Contract;
use crate::contract::layout::Layout;
use crate::contract::meant::Form;

/// The lines on single people by the hash of the file; no entry where that cannot be told.
pub type ClientRows = BTreeMap<String, usize>;

/// The lines on single people in each of `returns`. They are counted in the tables whose definition says that their lines are about
/// people. Where such a table was not found, or nothing in the return could be used, nobody knows what else is in it.
pub fn client_rows(contract: &Contract, returns: &[ReceivedReturn]) -> ClientRows {
    let rows = |own: &ReceivedReturn| {
        let form = contract.form(&own.recognised.form)?;
        let tables = about_people(form);
        let is_read = |(id, optional): &(&str, bool)| *optional || own.mapped.tables.contains(*id);
        let is_told = own.mapped.usable && tables.iter().all(is_read);
        let is_counted = |table: &str| tables.iter().any(|(id, _)| *id == table);
        let number = own.mapped.records.iter().filter(|record| is_counted(record.table())).count();
        (is_told || number > 0).then_some(number)
    };
    returns.iter().filter_map(|own| Some((own.sha256.clone(), rows(own)?))).collect()
}

/// The tables whose lines are about people, each with whether the form may lack it.
fn about_people(form: &Form) -> Vec<(&str, bool)> {
    let is_about = |layout: &Layout| matches!(layout, Layout::Records(records) if records.people);
    let tables = form.tables.iter().filter(|table| is_about(&table.layout));
    tables.map(|table| (table.id.as_str(), table.optional)).collect()
}
