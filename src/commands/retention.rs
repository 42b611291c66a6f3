//! `quarterday retention`: what is due for disposal by the settings, with what to delete and in which order. Deletes nothing.

use std::path::Path;

use anyhow::{Result, bail};
use chrono::NaiveDate;

use super::{ExitStatus, clock, screen};
use crate::domain::period::long_date;
use crate::domain::text::number_of;
use crate::readers::Readers;
use crate::review::disposal::Disposals;
use crate::run::{Request, retention as due};
use crate::workspace::files;

/// Lists what is due for disposal in the workspace in `dir`, or prints it for other programs; writes it to `output` as a table where
/// that is asked for.
///
/// # Errors
/// The workspace cannot be read, or the table not be written. See [`due::retention`].
pub fn retention(
    dir: &Path,
    as_of: Option<NaiveDate>,
    json: bool,
    output: Option<&Path>,
) -> Result<ExitStatus> {
    if let Some(output) = output
        && !output.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"))
    {
        bail!("the table {} needs a name ending in .csv, such as disposals.csv", output.display());
    }
    let today = clock::today();
    let request = Request { as_of: as_of.unwrap_or(today), today };
    let disposals = due::retention(dir, request, &Readers::of_this_program(), &|_| {})?;
    if let Some(output) = output.filter(|_| disposals.settled) {
        files::write(output, &due::csv(&disposals)?)?;
    }
    if json {
        let mut bytes = serde_json::to_vec_pretty(&disposals)?;
        bytes.push(b'\n');
        screen::bytes(&bytes);
    } else {
        report(&disposals, output);
    }
    Ok(if disposals.due.is_empty() { ExitStatus::Fine } else { ExitStatus::NeedsAttention })
}

fn report(disposals: &Disposals, output: Option<&Path>) {
    if !disposals.settled {
        let said = "No retention is set, so nothing is listed. Say in quarterday.toml, in the table [retention], how long files are \
                    kept: `returns = \"6 years\"` counts from the end of the contract with the provider. `quarterday init` lays out \
                    the file with every line explained.";
        screen::wrapped("", "", said);
        return;
    }
    let day = long_date(disposals.as_of);
    if disposals.due.is_empty() {
        screen::line(&format!("Nothing is due for disposal as of {day}."));
    } else {
        let files = number_of(disposals.due.len(), "file is", "files are");
        screen::line(&format!("As of {day} {files} due for disposal. Nothing is deleted by the program."));
    }
    let mut heading = String::new();
    for own in &disposals.due {
        let of = match own.provider.as_str() {
            "" => "Not a return of any provider in the register".to_string(),
            provider => format!("{provider}, {}", own.contract),
        };
        if heading != of {
            screen::line("");
            screen::line(&format!("{of}:"));
            heading = of;
        }
        let what = [own.form.as_str(), own.period.as_str()].into_iter().filter(|part| !part.is_empty());
        let what = what.collect::<Vec<_>>().join(", ");
        let what = if what.is_empty() { String::new() } else { format!(" ({what})") };
        screen::wrapped("  - ", "    ", &format!("{}{what}: kept {}", own.file, own.why()));
        for path in &own.delete {
            screen::line(&format!("      delete {path}"));
        }
    }
    if !disposals.due.is_empty() {
        screen::line("");
        for (number, step) in (1..).zip(STEPS) {
            let number: usize = number;
            screen::wrapped(&format!("{number}. "), "   ", step);
        }
    }
    if let Some(next) = disposals.next {
        screen::line("");
        screen::line(&format!("Something else becomes due on {}.", long_date(next)));
    }
    if !disposals.without_end.is_empty() {
        let names: Vec<&str> = disposals.without_end.iter().map(|(_, provider)| provider.as_str()).collect();
        screen::line("");
        screen::wrapped(
            "",
            "  ",
            &format!("Kept, because no end of the contract is known: {}.", names.join("; ")),
        );
    }
    if let Some(output) = output {
        screen::line("");
        screen::line(&format!("Wrote {}", output.display()));
    }
}

/// What to do with the list, in order.
const STEPS: [&str; 4] = [
    "Have the disposal agreed by whoever owns the records: `-o disposals.csv` writes this list with columns for the decision. Leave out \
     what a dispute, a request for information or an audit still needs.",
    "Delete the files in the order shown: first what lies in returns, else the next run copies it again; then its copy in originals. \
     Of a file in an e-mail the whole e-mail goes. Mailboxes, backups and packs that were sent out are not the program's to know of.",
    "List each file on the register’s sheet Disposals with form, period and day: it then counts neither as missing nor as late, and \
     nobody looks for it.",
    "Run again, so that out no longer holds what it said. The ledger receipts.jsonl stays as it is: it has names, hashes and dates, and \
     no line of it may be taken out.",
];
