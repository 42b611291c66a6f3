//! What is done with a file nobody vouches for: reading it, telling what return it is, and taking out what it says. Pure; where it
//! is done, in a worker or in this process, makes no difference to what comes of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::packed::Packed;
use super::unread::Unread;
use crate::contract::Contract;
use crate::domain::reply::ReturnedSheet;
use crate::domain::workbook::Workbook;
use crate::intake::council_feedback;
use crate::intake::mail::{self, Mail, MailFormat};
use crate::intake::mapped::Asked;
use crate::intake::mapping;
use crate::intake::reading::{self, fingerprint, quietly};
use crate::intake::recognise::{Providers, Recognised, recognise_and_locate};

/// A return understood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Understood {
    /// What its cells hold, as a hash; see [`fingerprint`].
    pub fingerprint: String,
    /// What return it is.
    pub recognised: Recognised,
    /// What it says.
    pub mapped: Packed,
}

/// Reads the workbook in `bytes`; a panic becomes a reason.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Workbook, Unread> {
    let read = quietly(|| reading::read(file, bytes)).ok_or(Unread::Crashed)?;
    read.map_err(|error| Unread::NotRead(error.to_string()))
}

/// Takes apart the e-mail in `bytes`; a panic becomes a reason.
pub(super) fn mail(format: MailFormat, bytes: &[u8]) -> Result<Mail, Unread> {
    let read = quietly(|| mail::read(format, bytes)).ok_or(Unread::Crashed)?;
    read.map_err(|error| Unread::NotRead(error.to_string()))
}

/// Recognises and maps the return; a panic becomes a reason. The workbook is let go of as soon as nothing more is taken from it.
pub(super) fn understand(
    workbook: Workbook,
    contracts: &BTreeMap<String, Contract>,
    providers: &Providers,
) -> Result<Understood, Unread> {
    quietly(|| {
        let feedback = council_feedback::read(&workbook);
        of_workbook(workbook.without_feedback(), feedback, contracts, providers)
    })
    .unwrap_or(Err(Unread::Crashed))
}

fn of_workbook(
    workbook: Workbook,
    feedback: Vec<ReturnedSheet>,
    contracts: &BTreeMap<String, Contract>,
    providers: &Providers,
) -> Result<Understood, Unread> {
    let found = recognise_and_locate(&workbook, contracts.values(), providers);
    let (recognised, places) = found.map_err(Unread::NotRecognised)?;
    let mut mapped = contracts
        .get(&recognised.contract)
        .and_then(|contract| Some((contract, contract.form(&recognised.form)?)))
        .map(|(contract, form)| {
            let area = recognised.area.as_deref();
            let asked = Asked { contract, form, period: recognised.period, area };
            mapping::map_located(&workbook, asked, places)
        })
        .unwrap_or_default();
    mapped.feedback = feedback;
    let fingerprint = fingerprint(&workbook);
    drop(workbook);
    Ok(Understood { fingerprint, recognised, mapped: Packed::of(&mapped)? })
}
