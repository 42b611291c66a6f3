//! Writes the seeds of `mapping` and `register` that are made of the samples: the first return of each form and each register,
//! cut down to their first rows.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use quarterday::contract;
use quarterday::intake::reading;
use quarterday::intake::recognise::{Providers, recognise};
use quarterday::samples;
use quarterday_fuzz::bodies::sheets;

/// Rows kept of each sheet of a return, and of a register.
const ROWS: usize = 24;
const ROWS_OF_REGISTER: usize = 6;

fn main() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let contracts: Vec<_> =
        contract::built_in().into_values().map(|(file, text)| contract::read(&file, text).unwrap()).collect();
    let mut done = BTreeSet::new();
    for sample in samples::all() {
        for file in sample.files().iter().filter(|file| file.path.ends_with(".xlsx")) {
            let Ok(book) = reading::read(file.path, file.bytes) else { continue };
            let (name, rows) = if file.path == "register.xlsx" {
                (format!("register/{}.txt", sample.name), ROWS_OF_REGISTER)
            } else if let Ok(found) = recognise(&book, contracts.iter(), &Providers::Anyone) {
                (format!("mapping/{} {}.txt", found.contract, found.form), ROWS)
            } else {
                continue;
            };
            if done.insert(name.clone()) {
                fs::write(seeds.join(name), sheets::text(&book, rows)).unwrap();
            }
        }
    }
}
