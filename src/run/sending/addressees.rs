//! Who may be written to: the provider at the addresses the register has for it today, and the council's own contacts.

use std::collections::BTreeSet;

use crate::domain::draft::Draft;
use crate::workspace::addresses;
use crate::workspace::register::Register;

/// Why a draft does not go to whom it is addressed; empty where nothing is wrong with that.
pub(super) fn faults(draft: &Draft, register: &Register, allowed_domains: Option<&[String]>) -> Vec<String> {
    let (provider, contract) = (&draft.provider, &draft.contract);
    let mut faults = Vec::new();
    if register.provider(provider, contract).is_none() {
        faults.push(format!(
            "{provider} is not in the register under {contract}; check the sheet Providers and run `quarterday run` again"
        ));
        return faults;
    }
    if draft.to.is_empty() {
        faults.push(format!(
            "it has no addressee; write an address of {provider} into the register (sheet Providers or Contacts) and run \
             `quarterday run` again"
        ));
    }
    let known = known(register, provider, contract);
    for text in draft.to.iter().chain(&draft.cc) {
        let Some(address) = addresses::email(text).filter(|address| address == text) else {
            faults.push(format!("“{}” is no plain e-mail address", text.escape_debug()));
            continue;
        };
        let small = address.to_lowercase();
        if !known.contains(&small) {
            faults.push(format!(
                "{address} is not in the register today for {provider} under {contract}; put the register right, or run \
                 `quarterday run` again where the address has changed"
            ));
        }
        let domain = small.rsplit_once('@').map(|(_, domain)| domain).unwrap_or_default();
        if allowed_domains.is_some_and(|allowed| !allowed.iter().any(|own| own == domain)) {
            faults.push(format!(
                "the domain of {address} is not among the `allowed-domains` in the table [mail] of quarterday.toml"
            ));
        }
    }
    faults
}

/// The provider's addresses under the contract and the council's own contacts, in small letters.
fn known(register: &Register, provider: &str, contract: &str) -> BTreeSet<String> {
    let rows = register.providers.iter().filter(|row| row.is_called(provider) && row.is_under(contract));
    let own = rows.filter_map(|row| row.email.as_ref());
    let contacts = register.contacts.iter().filter(|contact| {
        let under = contact.contract.as_ref().is_none_or(|id| **id == contract.to_lowercase());
        let is_own = contact.provider.as_ref().is_none_or(|name| is_same(register, name, provider, contract));
        under && is_own
    });
    own.chain(contacts.map(|contact| &contact.email)).map(|address| address.to_lowercase()).collect()
}

/// Whether `name` is a name of the provider under the contract.
fn is_same(register: &Register, name: &str, provider: &str, contract: &str) -> bool {
    register.provider(provider, contract).is_some_and(|row| row.is_called(name))
}

/// The council's own addresses for the contract, in small letters: its contacts.
pub(super) fn of_the_council(register: &Register, contract: &str) -> BTreeSet<String> {
    let contacts = register.contacts.iter().filter(|contact| {
        contact.provider.is_none()
            && contact.contract.as_ref().is_none_or(|id| **id == contract.to_lowercase())
    });
    contacts.map(|contact| contact.email.to_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::draft::DraftKind;
    use crate::workspace::register::fixture::workbook;

    fn register() -> Register {
        Register::read(&workbook(&[
            (
                "Providers",
                &[
                    &["Provider", "Aliases", "Contract", "E-mail"],
                    &["Harbour Advocacy", "Harbour", "one", "kpi@harbour.example"],
                    &["Harbour Advocacy", "", "two", "two@harbour.example"],
                    &["Northgate", "", "one", "kpi@northgate.example"],
                ],
            ),
            (
                "Contacts",
                &[
                    &["Provider", "Contract", "E-mail", "To or Cc"],
                    &["Harbour", "one", "manager@harbour.example", "Cc"],
                    &["Harbour Advocacy", "", "any@harbour.example", "To"],
                    &["Northgate", "", "any@northgate.example", "To"],
                    &["", "", "officer@council.example", "Cc"],
                    &["", "two", "second@council.example", "Cc"],
                ],
            ),
        ]))
        .unwrap()
    }

    fn draft(to: &[&str], cc: &[&str]) -> Draft {
        let all = |own: &[&str]| own.iter().map(|own| own.to_string()).collect();
        Draft {
            file: String::new(),
            sha256: String::new(),
            kind: DraftKind::Thanks,
            contract: "one".into(),
            provider: "Harbour Advocacy".into(),
            review_period: String::new(),
            form: String::new(),
            period: String::new(),
            area: None,
            message_id: String::new(),
            to: all(to),
            cc: all(cc),
            subject: String::new(),
            attachments: Vec::new(),
        }
    }

    #[test]
    fn only_the_providers_own_addresses_under_the_contract_and_the_councils_are_written_to() {
        let register = register();
        for (to, cc, expected) in [
            (&["kpi@harbour.example"][..], &[][..], None),
            (&["KPI@Harbour.example"], &["officer@council.example"], None),
            (&["any@harbour.example"], &["manager@harbour.example"], None),
            (&[], &[], Some("it has no addressee")),
            (&[], &["officer@council.example"], Some("it has no addressee")),
            (
                &["two@harbour.example"],
                &[],
                Some("is not in the register today for Harbour Advocacy under one"),
            ),
            (&["kpi@northgate.example"], &[], Some("kpi@northgate.example is not in the register today")),
            (&["kpi@harbour.example"], &["any@northgate.example"], Some("any@northgate.example is not")),
            (&["kpi@harbour.example"], &["second@council.example"], Some("second@council.example is not")),
            (&["kpi@harbour.example.evil.example"], &[], Some("is not in the register today")),
            (&["kpi@harbour.example\r\nBcc: x@y.example"], &[], Some("is no plain e-mail address")),
            (&["Harbour <kpi@harbour.example>"], &[], Some("is no plain e-mail address")),
            (&["kpi@harbour.example, kpi@northgate.example"], &[], Some("is no plain e-mail address")),
            (&[" kpi@harbour.example"], &[], Some("is no plain e-mail address")),
        ] {
            let faults = faults(&draft(to, cc), &register, None);
            match expected {
                None => assert!(faults.is_empty(), "{to:?} {cc:?} {faults:?}"),
                Some(words) => assert!(faults.join("; ").contains(words), "{to:?} {cc:?} {faults:?}"),
            }
        }
    }

    #[test]
    fn allowed_domains_narrow_what_the_register_has_and_never_widen_it() {
        let register = register();
        let allowed = |domains: &[&str], to: &[&str]| {
            let domains: Vec<String> = domains.iter().map(|own| own.to_string()).collect();
            faults(&draft(to, &["officer@council.example"]), &register, Some(&domains))
        };
        assert!(allowed(&["harbour.example", "council.example"], &["KPI@HARBOUR.example"]).is_empty());
        let without_council = allowed(&["harbour.example"], &["kpi@harbour.example"]);
        assert!(
            without_council.join("").contains("the domain of officer@council.example"),
            "{without_council:?}"
        );
        assert_eq!(allowed(&["our.example", "council.example"], &["kpi@harbour.example"]).len(), 1);
        let stranger = allowed(&["elsewhere.example", "council.example"], &["x@elsewhere.example"]);
        assert!(stranger.len() == 1 && stranger[0].contains("not in the register"), "{stranger:?}");
    }

    #[test]
    fn every_fault_is_named() {
        let both =
            faults(&draft(&["a@x.example", "b@x.example"], &[]), &register(), Some(&["y.example".into()]));
        assert_eq!(both.len(), 4, "{both:?}");
        let unknown = Draft { provider: "Harbour Advocac".into(), ..draft(&["kpi@harbour.example"], &[]) };
        assert!(faults(&unknown, &register(), None)[0].contains("is not in the register under one"));
    }
}
