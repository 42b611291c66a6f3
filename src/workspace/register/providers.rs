//! The list of providers, and how the other lists name them.

use std::collections::BTreeSet;

use super::cells::{Findings, Row};
use super::{Placed, PlannedReview, Provider};
use crate::domain::text::{fold, nearest};

/// The providers other lists may name.
pub(super) struct Known<'a> {
    pub(super) providers: &'a [Provider],
    /// What the forward plan lists counts too where it stands there alone. Under which contract only the definitions can tell: the
    /// pair is held against them once these are known.
    pub(super) reviewed: &'a [PlannedReview],
}

impl Known<'_> {
    /// The provider a row names, by its name in Providers, with the cell that names it. One that is not there, or not under the
    /// row's contract, is a fault: a notice must not get lost over a slip of the pen.
    pub(super) fn name(
        &self,
        row: &Row<'_>,
        contract: Option<&Placed<String>>,
        findings: &mut Findings,
    ) -> Option<Placed<String>> {
        let written = row.text("Provider", findings)?;
        let under =
            |provider: &&Provider| contract.is_none_or(|contract| provider.contract.value == contract.value);
        let called: Vec<&Provider> =
            self.providers.iter().filter(|provider| provider.is_called(&written)).collect();
        let mut found = called.iter().copied().filter(under);
        if let Some(provider) = found.next() {
            if let Some(other) = found.find(|other| fold(&other.name) != fold(&provider.name)) {
                let message =
                    format!("“{written}” means two providers: “{}” and “{}”", provider.name, other.name);
                findings.fault(row.place("Provider"), message, "write the name as it stands in Providers");
            }
            return Some(row.placed("Provider", provider.name.clone()));
        }
        let mut planned = self.reviewed.iter().map(|review| &review.contract.value);
        if let Some(name) = planned.find(|name| fold(name) == fold(&written)) {
            return Some(row.placed("Provider", name.clone()));
        }
        let contracts = |rows: &[&Provider]| {
            let ids: BTreeSet<&str> = rows.iter().map(|provider| provider.contract.as_str()).collect();
            ids.into_iter().collect::<Vec<_>>().join(", ")
        };
        let all: Vec<&Provider> = self.providers.iter().collect();
        let in_use = self.providers.iter().any(|provider| under(&provider));
        if let Some(contract) = contract.filter(|_| !in_use) {
            let ids = self.providers.iter().map(|provider| provider.contract.as_str());
            let help = match nearest(contract, ids) {
                Some(id) => format!("did you mean “{id}”?"),
                None if all.is_empty() => "list the provider under it there first".to_string(),
                None => {
                    format!("contracts there: {}; correct the id, or add a row for it there", contracts(&all))
                }
            };
            let message = format!("Providers has nobody under the contract “{contract}”");
            findings.fault(contract.place.clone(), message, help);
        }
        match contract {
            _ if called.is_empty() => {
                let near: Vec<&Provider> =
                    self.providers.iter().filter(|row| !in_use || under(row)).collect();
                let names = near.iter().flat_map(|provider| {
                    std::iter::once(&provider.name).chain(&provider.aliases).map(String::as_str)
                });
                let help = match nearest(&written, names) {
                    Some(name) => format!("did you mean “{name}”?"),
                    None => "correct the name, or add the provider or the alias to Providers".to_string(),
                };
                findings.fault(row.place("Provider"), format!("Providers has no “{written}”"), help);
            }
            Some(contract) if in_use => {
                let message = format!("Providers has no “{written}” under the contract {contract}");
                let help = format!(
                    "it is there under {}; correct the provider or the contract, or add a row for it to Providers",
                    contracts(&called)
                );
                findings.fault(row.place("Provider"), message, help);
            }
            _ => {}
        }
        None
    }

    /// The provider of a row that may do without one.
    pub(super) fn maybe_name(
        &self,
        row: &Row<'_>,
        contract: Option<&Placed<String>>,
        findings: &mut Findings,
    ) -> Option<Placed<String>> {
        row.text("Provider", findings)?;
        self.name(row, contract, findings)
    }

    pub(super) fn name_and_contract(
        &self,
        row: &Row<'_>,
        findings: &mut Findings,
    ) -> Option<(Placed<String>, Placed<String>)> {
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
    let (start, end) = (row.date("Start", findings), row.placed_date("End", findings));
    if let (Some(start), Some(end)) = (start, &end)
        && end.value < start
    {
        findings.fault(
            row.place("End"),
            "the contract ends before it starts".to_string(),
            "correct one of the two dates",
        );
    }
    let (status, status_since) = (row.choice("Status", findings), row.date("Status since", findings));
    if status_since.is_some() && row.text("Status", findings).is_none() {
        findings.fault(
            row.place("Status"),
            "“Status since” is filled in, but no status".to_string(),
            "choose the status, or clear the date",
        );
    }
    // Read before name and contract are asked for, so that every fault of the row is reported.
    let provider = Provider {
        place: row.place("Provider"),
        name: String::new(),
        contract: row.placed("Contract", String::new()),
        aliases: row.texts("Aliases", findings),
        start,
        break_date: row.date("Break", findings),
        end,
        email: row.email("E-mail", findings),
        service: row.text("Service", findings),
        status: status.unwrap_or_default(),
        status_since,
        boroughs: row.texts("Boroughs", findings),
    };
    Some(Provider { name: name?, contract: contract?, ..provider })
}

/// A name must mean one provider under each contract, and a row one thing.
pub(super) fn check_providers(providers: &[Provider], findings: &mut Findings) {
    let key = |provider: &Provider| (fold(&provider.name), provider.contract.value.clone());
    for (index, row) in providers.iter().enumerate() {
        let earlier = || providers[..index].iter().filter(|other| *other.contract == *row.contract);
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

    #[test]
    fn a_status_since_needs_its_status() {
        let heading: &[&str] = &["Provider", "Contract", "Status", "Status since"];
        let since = "01/11/2025";
        assert_fault("Providers", &[heading, &["Harbour", "a", "", since]], "C2", "but no status");
        // A status that cannot be read is one fault, not two.
        assert_fault(
            "Providers",
            &[heading, &["Harbour", "a", "Gone", since]],
            "C2",
            "is not known under “Status”",
        );
        let rows: &[&[&str]] = &[heading, &["Harbour", "a", "Active", since]];
        assert_eq!(faults(&[("Providers", rows)]), [""; 0]);
    }

    #[test]
    fn a_row_names_a_provider_of_its_contract() {
        let heading: &[&str] = &["Date", "Provider", "Contract", "Kind"];
        let check = |provider: &str, contract: &str, cell: &str, expected: &str| {
            assert_fault(
                "Notices",
                &[heading, &["01/12/2025", provider, contract, "Concern"]],
                cell,
                expected,
            );
        };
        let northgate = "Northgate Supported Living";
        check("Harbour", "fixture-housing", "B2", "it is there under fixture-advocacy; correct");
        check(
            northgate,
            "fixture-advocacy",
            "B2",
            "under the contract fixture-advocacy; it is there under fixture-housing",
        );
        check("Harbour", "fixture-advocasy", "C2", "did you mean “fixture-advocacy”?");
        check("Harbour", "roads", "C2", "contracts there: fixture-advocacy, fixture-housing; correct the id");
        check("Harbour Advocac", "fixture-advocacy", "B2", "did you mean “Harbour Advocacy”?");
        check("Elsewhere", "fixture-advocacy", "B2", "correct the name, or add the provider or the alias");
        let rows: &[&[&str]] = &[heading, &["01/12/2025", "Elsewhere", "roads", "Concern"]];
        let found = faults(&[("Notices", rows)]);
        assert!(found[0].contains("cell B2: Providers has no “Elsewhere”"), "{found:?}");
        assert!(
            found[1].contains("cell C2: Providers has nobody under the contract “roads”; list the provider"),
            "{found:?}"
        );
    }
}
