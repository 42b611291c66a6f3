//! The list of providers, and how the other lists name them.

use super::Provider;
use super::cells::{Findings, Row};
use crate::domain::text::{fold, nearest};

/// The providers other lists may name.
pub(super) struct Known<'a> {
    pub(super) providers: &'a [Provider],
}

impl Known<'_> {
    /// The provider a row names, by its name in Providers. One that is not there is a fault: a notice must
    /// not get lost over a slip of the pen.
    pub(super) fn name(
        &self,
        row: &Row<'_>,
        contract: Option<&str>,
        findings: &mut Findings,
    ) -> Option<String> {
        let written = row.text("Provider", findings)?;
        let under = |provider: &&Provider| contract.is_none_or(|contract| provider.is_under(contract));
        let found = self.providers.iter().filter(under).find(|provider| provider.is_called(&written));
        if found.is_none() {
            let names = self.providers.iter().filter(under).map(|provider| provider.name.as_str());
            let help = match nearest(&written, names) {
                Some(name) => format!("did you mean “{name}”?"),
                None => "add the provider or the alias to Providers, or correct the name".to_string(),
            };
            let message = match contract {
                Some(contract) => format!("Providers has no “{written}” under the contract {contract}"),
                None => format!("Providers has no “{written}”"),
            };
            findings.fault(row.place("Provider"), message, help);
        }
        found.map(|provider| provider.name.clone())
    }

    pub(super) fn name_and_contract(
        &self,
        row: &Row<'_>,
        findings: &mut Findings,
    ) -> Option<(String, String)> {
        match row.id("Contract", findings) {
            Some(contract) => self.name(row, Some(&contract), findings).map(|name| (name, contract)),
            None => {
                // The contract is reported as blank; a provider that is blank or unknown is reported with it.
                self.name(row, None, findings);
                None
            }
        }
    }
}

pub(super) fn provider(row: &Row<'_>, findings: &mut Findings) -> Option<Provider> {
    let (name, contract) = (row.text("Provider", findings), row.id("Contract", findings));
    let (start, end) = (row.date("Start", findings), row.date("End", findings));
    if let (Some(start), Some(end)) = (start, end)
        && end < start
    {
        findings.fault(
            row.place("End"),
            "the contract ends before it starts".to_string(),
            "correct one of the two dates",
        );
    }
    // Read before name and contract are asked for, so that every fault of the row is reported.
    let provider = Provider {
        place: row.place("Provider"),
        name: String::new(),
        contract: String::new(),
        aliases: row.texts("Aliases", findings),
        start,
        break_date: row.date("Break", findings),
        end,
        email: row.email("E-mail", findings),
        service: row.text("Service", findings),
        status: row.choice("Status", findings).unwrap_or_default(),
        status_since: row.date("Status since", findings),
        boroughs: row.texts("Boroughs", findings),
    };
    Some(Provider { name: name?, contract: contract?, ..provider })
}

/// A name must mean one provider under each contract, and a row one thing.
pub(super) fn check_providers(providers: &[Provider], findings: &mut Findings) {
    let key = |provider: &Provider| (fold(&provider.name), provider.contract.clone());
    for (index, row) in providers.iter().enumerate() {
        let earlier = || providers[..index].iter().filter(|other| other.contract == row.contract);
        let service = |provider: &Provider| provider.service.as_deref().map(fold);
        if let Some(twin) = earlier().find(|other| key(other) == key(row) && service(other) == service(row)) {
            let message = format!(
                "“{}” under the contract {} stands in row {} already",
                row.name,
                row.contract,
                twin.place.cell.row + 1
            );
            findings.fault(row.place.clone(), message, "keep one of the two rows");
        }
        for name in std::iter::once(&row.name).chain(&row.aliases) {
            if let Some(other) = earlier().find(|other| key(other) != key(row) && other.is_called(name)) {
                let message = format!(
                    "“{name}” means two providers under the contract {}: “{}” in row {} and “{}”",
                    row.contract,
                    other.name,
                    other.place.cell.row + 1,
                    row.name
                );
                findings.fault(row.place.clone(), message, "let each name and alias belong to one provider");
            }
        }
        if row.service.is_some()
            && !providers.iter().any(|other| key(other) == key(row) && other.service.is_none())
        {
            let message = format!("“{}” has a row for a service but none for the whole provider", row.name);
            findings.fault(row.place.clone(), message, "add a row with Service blank");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{assert_fault, faults};

    #[test]
    fn a_name_means_one_provider_under_each_contract() {
        let heading: &[&str] = &["Provider", "Aliases", "Contract", "Service", "Start", "End"];
        let check = |second: &[&str], cell: &str, expected: &str| {
            assert_fault(
                "Providers",
                &[heading, &["Harbour", "HA", "a", "", "", ""], second],
                cell,
                expected,
            );
        };
        check(&["HARBOUR", "", "a", "", "", ""], "A3", "stands in row 2 already");
        check(&["Northgate", "ha", "a", "", "", ""], "A3", "“ha” means two providers");
        check(&["HA", "", "a", "", "", ""], "A3", "“HA” means two providers");
        check(&["Northgate", "", "a", "Quay House", "", ""], "A3", "none for the whole provider");
        check(&["Northgate", "", "a", "", "02/01/2025", "01/01/2025"], "F3", "ends before it starts");
        for fine in [
            ["Northgate", "HA", "b", "", "", ""],
            ["Harbour", "HA", "b", "", "", ""],
            ["Harbour", "", "a", "Quay House", "", ""],
            ["Northgate", "", "a", "", "01/01/2025", "01/01/2025"],
        ] {
            let rows: &[&[&str]] = &[heading, &["Harbour", "HA", "a", "", "", ""], &fine];
            assert_eq!(faults(&[("Providers", rows)]), [""; 0], "{fine:?}");
        }
    }
}
