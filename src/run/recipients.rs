//! Who drafts are addressed to, by the register: the provider's own address, then the contacts.

use crate::domain::text::fold;
use crate::output::mail::is_address;
use crate::review::correspondence::Recipients;
use crate::workspace::register::choices::Addressing;
use crate::workspace::register::{Contact, Provider, Register, RegisterNote};

/// Who drafts to a provider under a contract are addressed to: the address of its row in Providers and its contacts for the contract
/// or for all, then the council's own officers likewise. Without an address of the provider's own there is no addressee, and the
/// officers get a copy. An address that no message takes is left out; see [`notes`].
pub fn recipients(register: &Register, provider: &Provider) -> Recipients {
    let listed = |of_council: bool, wanted: Addressing| {
        let is_own = move |contact: &&Contact| match &contact.provider {
            Some(name) => !of_council && fold(name) == fold(&provider.name),
            None => of_council,
        };
        let contacts = register
            .contacts
            .iter()
            .filter(|contact| contact.contract.as_ref().is_none_or(|own| **own == *provider.contract))
            .filter(is_own)
            .filter(|contact| contact.addressing == wanted);
        contacts.map(|contact| contact.email.clone()).filter(|email| is_address(email)).collect::<Vec<_>>()
    };
    let mut to: Vec<String> = provider.email.iter().filter(|email| is_address(email)).cloned().collect();
    to.extend(listed(false, Addressing::To));
    let mut cc = listed(false, Addressing::Cc);
    if to.is_empty() {
        cc.extend(listed(true, Addressing::To));
    } else {
        to.extend(listed(true, Addressing::To));
    }
    cc.extend(listed(true, Addressing::Cc));
    Recipients::new(to, cc)
}

/// The addresses of the register that no message takes, with their cells.
pub fn notes(register: &Register) -> Vec<RegisterNote> {
    let providers = register.providers.iter().map(|row| (&row.place, row.email.as_ref()));
    let contacts = register.contacts.iter().map(|row| (&row.place, Some(&row.email)));
    providers
        .chain(contacts)
        .filter_map(|(place, email)| Some((place, email.filter(|email| !is_address(email))?)))
        .map(|(place, email)| RegisterNote {
            place: place.clone(),
            message: format!("the address “{email}” cannot stand in an e-mail"),
            help: "write it with plain letters, at most 64 before the @; drafts leave it out".to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::register::fixture::workbook;

    fn read(sheets: &[(&str, &[&[&str]])]) -> Register {
        Register::read(&workbook(sheets)).unwrap()
    }

    /// The addresses of “Harbour” under the contract `a`, with these contacts.
    fn of(email: &str, contacts: &[[&str; 4]]) -> (String, String) {
        let providers: &[&[&str]] = &[
            &["Provider", "Contract", "E-mail"],
            &["Harbour", "a", email],
            &["Northgate", "a", "n@n.example"],
        ];
        let mut rows: Vec<&[&str]> = vec![&["Provider", "Contract", "E-mail", "To or Cc"]];
        rows.extend(contacts.iter().map(<[&str; 4]>::as_slice));
        let register = read(&[("Providers", providers), ("Contacts", &rows)]);
        let own = recipients(&register, register.provider("Harbour", "a").unwrap());
        (own.to.join(" "), own.cc.join(" "))
    }

    #[test]
    fn addresses_are_those_of_the_provider_and_the_contract() {
        for (email, contacts, to, cc) in [
            ("", &[][..], "", ""),
            ("h@h.example", &[], "h@h.example", ""),
            ("h@h.example", &[["Harbour", "", "d@h.example", ""]], "h@h.example d@h.example", ""),
            ("h@h.example", &[["Harbour", "a", "d@h.example", "Cc"]], "h@h.example", "d@h.example"),
            ("", &[["", "", "c@council.example", "Cc"]], "", "c@council.example"),
            ("", &[["", "a", "c@council.example", "To"]], "", "c@council.example"),
            ("h@h.example", &[["", "a", "c@council.example", ""]], "h@h.example c@council.example", ""),
            (
                "h@h.example",
                &[["Harbour", "", "d@h.example", "Cc"], ["", "", "D@h.example", ""]],
                "h@h.example D@h.example",
                "",
            ),
            ("h@h.example", &[["Northgate", "", "d@n.example", ""]], "h@h.example", ""),
            ("h@h.example", &[["", "", "H@H.example", "Cc"]], "h@h.example", ""),
            ("hä@h.example", &[], "", ""),
        ] {
            assert_eq!(of(email, contacts), (to.to_string(), cc.to_string()), "{email} {contacts:?}");
        }
    }

    #[test]
    fn an_address_that_no_message_takes_is_named_with_its_cell() {
        let providers: &[&[&str]] = &[&["Provider", "Contract", "E-mail"], &["Harbour", "a", "hä@h.example"]];
        let contacts: &[&[&str]] = &[&["E-mail"], &["c@council.example"]];
        let register = read(&[("Providers", providers), ("Contacts", contacts)]);
        let notes: Vec<String> = notes(&register).iter().map(ToString::to_string).collect();
        assert_eq!(notes.len(), 1);
        assert!(notes[0].contains("A2") && notes[0].contains("hä@h.example"), "{notes:?}");
    }
}
