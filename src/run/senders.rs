//! Who sent a return by e-mail, held against the addresses of the register.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::mails::Came;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::SENDER_NOT_IN_REGISTER;
use crate::intake::recognise::Recognised;
use crate::workspace::register::{Provider, Register};

/// What is to be said of who sent a return, which came in these e-mails; `None` where one of them is from an address of its
/// provider, where the register has none for it, or where it came in no e-mail.
pub fn finding(register: &Register, recognised: &Recognised, file: &str, came: &[Came]) -> Option<Finding> {
    let first = came.first()?;
    let own = addresses(register, &recognised.provider);
    if own.is_empty() || came.iter().flat_map(|came| &came.senders).any(|sender| own.contains(sender)) {
        return None;
    }
    let provider = &recognised.provider;
    let sender = first.senders.first();
    let others: Vec<(&String, String)> = first
        .senders
        .iter()
        .filter_map(|sender| Some((sender, other_provider(register, provider, sender)?)))
        .collect();
    let colleague = first.senders.iter().find(|sender| is_councils(register, sender));
    let known = own.iter().cloned().collect::<Vec<_>>().join(", ");
    let file: Arc<str> = file.into();
    let warn = |message: String| Finding::in_file(&SENDER_NOT_IN_REGISTER, &file, message);
    Some(match (sender, others.first(), colleague) {
        (None, ..) => warn(format!("It came by e-mail ({}) that names no sender.", first.mail)),
        (_, Some((sender, other)), _) => warn(format!(
            "It came by e-mail from {sender}, which is the register's address of {other}, another provider; the return is {provider}'s."
        ))
        .advising(format!(
            "Find out whether {other} sent {provider}'s return, and whether data went to the wrong one. If the address is {provider}'s \
             too, add it to the register's sheet Contacts."
        )),
        (_, None, Some(sender)) => warn(format!(
            "It came by e-mail from {sender}, the council's own address, not from {provider}: the date of that e-mail is the day it was \
             sent on."
        ))
        .advising(format!(
            "Put {provider}'s own e-mail into the folder in its place, saved as .eml, or enter the day it came in the register's sheet \
             Receipts."
        )),
        (Some(sender), None, None) => {
            let same = own.iter().any(|address| domain(address) == domain(sender));
            let but = if same { ", which is of the same organisation by its ending" } else { "" };
            warn(format!(
                "It came by e-mail from {sender}{but}; the register has {known} for {provider}."
            ))
        }
    })
}

fn domain(address: &str) -> Option<&str> {
    address.rsplit_once('@').map(|(_, domain)| domain)
}

/// Every address the register has for a provider, under whichever contract, in lower case.
fn addresses(register: &Register, provider: &str) -> BTreeSet<String> {
    let rows = register.providers.iter().filter(|row| row.is_called(provider));
    let contacts = register.contacts.iter().filter(|contact| {
        contact.provider.as_ref().is_some_and(|name| is_one(register, &name.value, provider))
    });
    let own = rows.filter_map(|row| row.email.as_deref()).chain(contacts.map(|own| own.email.as_str()));
    own.map(str::to_lowercase).collect()
}

/// Whether two names are the same provider's.
fn is_one(register: &Register, name: &str, provider: &str) -> bool {
    name == provider || register.providers.iter().any(|row| row.is_called(name) && row.is_called(provider))
}

/// The provider other than this one whose address it is.
fn other_provider(register: &Register, provider: &str, sender: &str) -> Option<String> {
    let is_other = |row: &&Provider| !row.is_called(provider);
    let mut others = register.providers.iter().filter(is_other);
    others.find(|row| addresses(register, &row.name).contains(sender)).map(|row| row.name.clone())
}

/// Whether it is the address of one of the council's own officers.
fn is_councils(register: &Register, sender: &str) -> bool {
    let mut own = register.contacts.iter().filter(|contact| contact.provider.is_none());
    own.any(|contact| contact.email.to_lowercase() == sender)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::period::{Frequency, Period};
    use crate::workspace::register::fixture::workbook;

    fn register() -> Register {
        let providers: &[&[&str]] = &[
            &["Provider", "Aliases", "Contract", "E-mail"],
            &["Harbour Advocacy", "Harbour", "a", "KPI@harbour.example"],
            &["Northgate", "", "a", "returns@northgate.example"],
            &["Quay", "", "a", ""],
        ];
        let contacts: &[&[&str]] = &[
            &["Provider", "Contract", "Role", "E-mail", "To or Cc"],
            &["Harbour", "a", "Data", "data@harbour.example", "Cc"],
            &["", "", "Contract officer", "officer@council.example", "Cc"],
        ];
        Register::read(&workbook(&[("Providers", providers), ("Contacts", contacts)])).unwrap()
    }

    fn recognised(provider: &str) -> Recognised {
        Recognised {
            contract: "a".to_string(),
            provider: provider.to_string(),
            form: "f".to_string(),
            period: Period::containing("2025-10-01".parse().unwrap(), Frequency::Quarter, 4),
            day: None,
            area: None,
            findings: Vec::new(),
        }
    }

    fn came(senders: &[&str]) -> Came {
        let senders = senders.iter().map(ToString::to_string).collect();
        Came { mail: "returns/kpi.eml".to_string(), received: None, senders }
    }

    #[test]
    fn says_who_sent_what_where_it_is_not_the_provider() {
        for (provider, mails, expected) in [
            ("Harbour Advocacy", vec![], None),
            ("Harbour Advocacy", vec![came(&["kpi@harbour.example"])], None),
            ("Harbour Advocacy", vec![came(&["data@harbour.example"])], None),
            // Forwarded as an attachment by a colleague: the attached e-mail's sender counts as well.
            ("Harbour Advocacy", vec![came(&["data@harbour.example", "officer@council.example"])], None),
            ("Harbour Advocacy", vec![came(&["x@else.example"]), came(&["kpi@harbour.example"])], None),
            // Nothing to compare with.
            ("Quay", vec![came(&["x@else.example"])], None),
            (
                "Harbour Advocacy",
                vec![came(&["x@else.example"])],
                Some(
                    "from x@else.example; the register has data@harbour.example, kpi@harbour.example for Harbour",
                ),
            ),
            (
                "Harbour Advocacy",
                vec![came(&["j@harbour.example"])],
                Some(
                    "from j@harbour.example, which is of the same organisation by its ending; the register has",
                ),
            ),
            ("Harbour Advocacy", vec![came(&[])], Some("(returns/kpi.eml) that names no sender")),
            (
                "Harbour Advocacy",
                vec![came(&["returns@northgate.example"])],
                Some(
                    "the register's address of Northgate, another provider; the return is Harbour Advocacy's",
                ),
            ),
            (
                "Northgate",
                vec![came(&["data@harbour.example"])],
                Some("the register's address of Harbour Advocacy, another provider"),
            ),
            (
                "Harbour Advocacy",
                vec![came(&["officer@council.example"])],
                Some("the council's own address, not from Harbour Advocacy: the date of that e-mail"),
            ),
        ] {
            let finding = finding(&register(), &recognised(provider), "returns/kpi.eml/a.xlsx", &mails);
            let message = finding.as_ref().map(|own| own.message.as_str());
            match (message, expected) {
                (Some(message), Some(part)) => assert!(message.contains(part), "{message}"),
                (message, expected) => assert_eq!(message, expected, "{provider} {mails:?}"),
            }
            assert!(finding.is_none_or(|own| !own.counts() && !own.asks() && !own.help.is_empty()));
        }
    }
}
