//! A blank return, from the definition and what a workspace knows to the bytes of its workbook. Nothing is written to the workspace.

use anyhow::{Result, bail};
use chrono::NaiveDate;

use super::look::{look, read_register};
use super::records::action;
use super::{Request, reviewed};
use crate::contract::Contract;
use crate::contract::meant::Form;
use crate::domain::period::Period;
use crate::domain::text::{fold, nearest};
use crate::output::workbooks::blank_form::blank_form_workbook;
use crate::readers::Readers;
use crate::review::ActionRow;
use crate::reviewing::blank_form::{Known, Wanted, blank_form, earlier};
use crate::workspace::Workspace;
use crate::workspace::register::Action;

/// What a workspace knows of a return to come: the provider by its name in the register, where one is named, and what the return
/// can begin with.
///
/// # Errors
/// The register has providers under the contract and none of them is called so; the workspace cannot be read.
pub fn known(
    workspace: &Workspace,
    contract: &Contract,
    (form, period, area): (&Form, &Period, Option<&str>),
    provider: Option<&str>,
    today: NaiveDate,
    readers: &Readers,
) -> Result<(Option<String>, Known)> {
    let mut register = read_register(workspace, readers)?;
    reviewed::list_reviewed(&mut register, &[(contract.id.clone(), contract.clone())].into());
    let under: Vec<_> = register.providers.iter().filter(|own| own.is_under(&contract.id)).collect();
    let mut names: Vec<String> = under.iter().map(|own| own.name.clone()).collect();
    names.sort();
    names.dedup();
    let Some(written) = provider else {
        return Ok((None, Known { providers: names, ..Known::default() }));
    };
    let called = under.iter().find(|own| own.is_called(written)).map(|own| own.name.clone());
    let Some(name) = called.or_else(|| names.is_empty().then(|| written.to_string())) else {
        let near = nearest(written, names.iter().map(String::as_str))
            .map(|near| format!("did you mean “{near}”? "))
            .unwrap_or_default();
        bail!(
            "the register has no provider “{written}” under {}; {near}its providers: {}",
            contract.id,
            names.join(", ")
        );
    };
    let looked = look(workspace.dir(), Request { as_of: today, today }, None, readers, &|_| {})?;
    let key = (contract.id.clone(), name.clone());
    let returns = looked.returns(&key)?;
    let is_own = |row: &&Action| *row.contract == contract.id && fold(&row.provider) == fold(&name);
    let is_open = |row: &&Action| !earlier::says_over(&row.status);
    let actions: Vec<ActionRow> =
        register.actions.iter().filter(is_own).filter(is_open).map(action).collect();
    let reviews = looked.records.get(&key).map_or(&[][..], |records| records.reviews.as_slice());
    let meeting = reviews.iter().filter_map(|review| review.planned).find(|day| period.contains(*day));
    let known = earlier::known(contract, form, period, area, (&returns, &actions));
    Ok((Some(name), Known { providers: names, meeting, ..known }))
}

/// The blank return as an .xlsx file.
///
/// # Errors
/// The workbook cannot be written.
pub fn blank_return(wanted: &Wanted<'_>) -> Result<Vec<u8>> {
    blank_form_workbook(&blank_form(wanted))
}
