//! The officer's register: who the providers are, and what came from them when.

use anyhow::Result;
use chrono::NaiveDate;

use crate::alliance::dates::{as_of, day};
use crate::alliance::lists::{Item, List, on, text};
use crate::alliance::providers::*;
use crate::alliance::records;
use crate::alliance::returns::Returned;
use crate::alliance::strangers::IGNORED;
use crate::alliance::submissions::certification_path;
use crate::style;

/// The contract's id, as it stands on forms and in the register.
pub const CONTRACT: &str = "wla-semi-independent";

/// The register, with the dates of receipt that the officer wrote down for `files`.
///
/// # Errors
/// When the workbook can't be written.
pub fn workbook(files: &[Returned]) -> Result<Vec<u8>> {
    let mut workbook = style::workbook("Register", "Contract officer", as_of())?;
    let own = [providers(), contacts(), receipts(files), ignored(), extensions(), accepted()];
    for list in own.into_iter().chain(records::lists()) {
        list.add(&mut workbook)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn providers() -> List {
    let mut rows = Vec::new();
    for (index, provider) in PROVIDERS.iter().enumerate() {
        let start = if index == SALTGATE { day(2025, 10, 1) } else { day(2025, 4, 1) };
        let (status, since) = match index {
            QUILLMARK => ("Suspended", day(2026, 6, 8)),
            BRACKENHYTHE => ("Barred", day(2026, 6, 12)),
            _ => ("Active", start),
        };
        let e_mail = format!("returns@{}.example", provider.domain);
        let row = |service: &str, aliases: &str, status: &str, since: NaiveDate, boroughs: &str| {
            vec![
                text(provider.name),
                text(aliases),
                text(CONTRACT),
                Item::Date(start),
                Item::Blank,
                on(2029, 3, 31),
                text(&e_mail),
                text(service),
                text(status),
                Item::Date(since),
                text(boroughs),
            ]
        };
        rows.push(row("", provider.aliases, status, since, provider.boroughs));
        // Services have rows of their own where their status is followed one by one.
        let followed = if [OSPREY, FERNBRAKE].contains(&index) { provider.services } else { &[] };
        for service in followed {
            let (status, since) = match service.name {
                "Quayside House" => ("Suspended", day(2026, 5, 11)),
                _ => ("Active", start),
            };
            rows.push(row(service.name, "", status, since, service.boroughs));
        }
    }
    List {
        sheet: "Providers",
        columns: &[
            ("Provider", 36.0),
            ("Aliases", 30.0),
            ("Contract", 23.0),
            ("Start", 12.0),
            ("Break", 10.0),
            ("End", 12.0),
            ("E-mail", 32.0),
            ("Service", 22.0),
            ("Status", 12.0),
            ("Status since", 13.0),
            ("Boroughs", 40.0),
        ],
        rows,
        drop_downs: &[(2, &[CONTRACT]), (8, &["Active", "Suspended", "Barred"])],
    }
}

fn contacts() -> List {
    let row = |provider: &str, role: &str, e_mail: &str, to: &str| {
        vec![text(provider), text(CONTRACT), text(role), text(e_mail), text(to)]
    };
    let mut rows: Vec<Vec<Item>> = PROVIDERS
        .iter()
        .map(|provider| {
            row(provider.name, provider.role, &format!("manager@{}.example", provider.domain), "To")
        })
        .collect();
    let finance = "finance@osprey-wharf.example";
    rows.push(row(PROVIDERS[OSPREY].name, "Finance and insurance lead", finance, "Cc"));
    rows.push(row("", "Contract manager, central programme team", "programme-team@alliance.example", "Cc"));
    rows.push(row("", "Lead officer, central programme team", "lead-officer@alliance.example", "Cc"));
    List {
        sheet: "Contacts",
        columns: &[
            ("Provider", 36.0),
            ("Contract", 23.0),
            ("Role", 38.0),
            ("E-mail", 40.0),
            ("To or Cc", 10.0),
        ],
        rows,
        drop_downs: &[(1, &[CONTRACT]), (4, &["To", "Cc"])],
    }
}

fn receipts(files: &[Returned]) -> List {
    let rows = files
        .iter()
        .filter_map(|file| {
            let below = file.path.strip_prefix("returns/").unwrap_or(&file.path);
            file.received.map(|received| vec![text(below), Item::Date(received)])
        })
        .collect();
    List { sheet: "Receipts", columns: &[("File", 76.0), ("Received", 14.0)], rows, drop_downs: &[] }
}

fn ignored() -> List {
    List {
        sheet: "Ignored",
        columns: &[("File", 50.0), ("Reason", 60.0)],
        rows: vec![vec![text(IGNORED), text("Sent along as evidence for the insurances; not a return")]],
        drop_downs: &[],
    }
}

fn extensions() -> List {
    List {
        sheet: "Extensions",
        columns: &[
            ("Provider", 36.0),
            ("Contract", 23.0),
            ("Form", 20.0),
            ("Period", 14.0),
            ("New due date", 14.0),
            ("Reason", 56.0),
        ],
        rows: vec![vec![
            text(PROVIDERS[SALTGATE].name),
            text(CONTRACT),
            text("quarterly-kpi"),
            text("2025-26 Q3"),
            on(2026, 1, 30),
            text("First form after joining; gone through together on 22 January"),
        ]],
        drop_downs: &[(1, &[CONTRACT]), (2, &["quarterly-kpi", "self-certification"])],
    }
}

fn accepted() -> List {
    let path = certification_path(WINDLE);
    List {
        sheet: "Accepted",
        columns: &[
            ("File", 66.0),
            ("Sheet", 18.0),
            ("Cell", 8.0),
            ("Finding", 24.0),
            ("Reason", 50.0),
            ("Date", 12.0),
        ],
        rows: vec![vec![
            text(path.strip_prefix("returns/").unwrap_or(&path)),
            text("Services"),
            text("D7"),
            text("evidence-missing"),
            text("Loom Yard is all-electric: seen on the visit of 3 June. N/A to be written next year"),
            on(2026, 6, 4),
        ]],
        drop_downs: &[],
    }
}
