//! The forms the habits are tried on, each completed without a fault.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use chrono::NaiveDate;
use quarterday::contract::{self, Contract};
use quarterday::reviewing::blank_form::{Known, Wanted};

use crate::book::Book;
use crate::definitions;
use crate::fill::PROVIDER;
use crate::filled::{filled, period, received};
use crate::read_back::read_named;
use crate::said::Said;
use crate::write;

/// A form filled in without a fault, and what it says.
#[derive(Debug)]
pub struct Plain {
    /// `contract/form`.
    pub name: String,
    /// Its own contract alone: to look for every other in each variant would take most of the time.
    pub among: &'static [Contract],
    pub book: Book,
    pub received: NaiveDate,
    pub said: Said,
}

/// The built-in contracts, and the one that is described in a workspace alone.
pub fn contracts() -> &'static [Contract] {
    static CONTRACTS: OnceLock<Vec<Contract>> = OnceLock::new();
    CONTRACTS.get_or_init(|| {
        let mut contracts = definitions::built_in();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("samples/workspaces/home-to-school-transport/contracts/home-to-school-transport.toml");
        let text = fs::read_to_string(&folder).unwrap();
        let file = folder.display().to_string();
        contracts.push(contract::read(&file, &text).unwrap_or_else(|error| panic!("{error}")));
        contracts
    })
}

/// What a workbook says among these contracts, or why it is no return.
pub fn say(book: &Book, among: &[Contract], received: NaiveDate) -> Result<Said, String> {
    read_named(&book.file, &write::bytes(book), among, received).map(|read| Said::of(&read))
}

/// Every form of every contract filled in with these seeds.
pub fn plain(seeds: std::ops::Range<u64>) -> Vec<Plain> {
    let mut plain = Vec::new();
    for (number, contract) in contracts().iter().enumerate() {
        let among = &contracts()[number..=number];
        for form in &contract.forms {
            for seed in seeds.clone() {
                // The last month of the first year is the end of a quarter and of the year too; then others.
                let every = 36 / form.every.months();
                let last_of_year = 12 / form.every.months() - 1;
                let after = (last_of_year + u32::try_from(seed).unwrap() * 7) % every;
                let areas = contract.return_areas(form);
                let area = areas[seed as usize % areas.len()].clone();
                let wanted = Wanted {
                    contract,
                    form,
                    period: period(contract, form, after),
                    area: area.as_deref(),
                    provider: Some(PROVIDER),
                    due: None,
                    version: "0123abcd",
                    known: &Known::default(),
                };
                let filled = filled(contracts(), &wanted, seed * 31 + 5);
                let mut book = Book::of(&filled, form, wanted.period, wanted.area);
                // On every other form the labels stand above the table, not on a sheet of their own.
                if (plain.len() as u64 + seed).is_multiple_of(2) {
                    book.move_head_above_the_table();
                }
                let name = format!("{}/{}", contract.id, form.id);
                let received = received(&wanted);
                let said = say(&book, contracts(), received).unwrap_or_else(|why| panic!("{name}: {why}"));
                assert!(said.findings.is_empty(), "{name} is plain: {:?}", said.findings);
                plain.push(Plain { name, among, book, received, said });
            }
        }
    }
    plain
}
