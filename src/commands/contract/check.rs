//! `quarterday contract check`: what is wrong with a definition, and what a lawyer would ask about it.

use std::path::Path;

use anyhow::Result;

use super::super::{ExitStatus, screen};
use super::{find, known, workspace};
use crate::contract::scrutiny::{Offered, Remark, Text, Weight, alike, scrutinise};
use crate::run::definitions::Definition;
use crate::run::working_days;
use crate::workspace::register::choices::{Choice, NoticeKind, NotificationKind};
use crate::workspace::register::lists::{self, ColumnKind, List};

/// Checks the named definitions, or every one that is known.
///
/// # Errors
/// A contract is not known, or a file or the workspace cannot be read.
pub fn check(names: &[String], dir: Option<&Path>) -> Result<ExitStatus> {
    let workspace = workspace(dir)?;
    let known = known(workspace.as_ref())?;
    let checked: Vec<Definition> = if names.is_empty() {
        known.clone()
    } else {
        names.iter().map(|name| find(name, &known)).collect::<Result<_>>()?
    };
    let working_days = working_days(workspace.as_ref())?;
    let offered = offered();
    let among = among(&checked, &known);
    let pairs = alike(&among);
    let (mut faults, mut notes) = (0, 0);
    for definition in &checked {
        let contract = match &definition.read {
            Ok(contract) => contract,
            Err(error) => {
                faults += error.faults().len();
                screen::lines(&error.to_string());
                screen::line("");
                continue;
            }
        };
        let text = Text { file: &definition.file, text: &definition.text, contract };
        let mut remarks = scrutinise(text, &offered, &working_days);
        remarks.extend(pairs.iter().filter(|remark| remark.file == definition.file).cloned());
        remarks.sort_by_key(|remark| (remark.weight, remark.line, remark.column));
        screen::line(&format!("{}: {} ({})", contract.id, contract.title, definition.file));
        if remarks.is_empty() {
            screen::line("  Nothing was found.");
        }
        for remark in &remarks {
            show(remark);
        }
        screen::line("");
        faults += remarks.iter().filter(|remark| remark.weight == Weight::Fault).count();
        notes += remarks.iter().filter(|remark| remark.weight == Weight::Note).count();
    }
    let faults_found = match faults {
        0 => "No faults".to_string(),
        some => number(some, "fault"),
    };
    screen::line(&format!("{faults_found} and {}.", number(notes, "note")));
    Ok(if faults == 0 { ExitStatus::Fine } else { ExitStatus::NeedsAttention })
}

/// The definitions whose forms could come in together: those checked, and those known that they do not take the place of.
fn among<'d>(checked: &'d [Definition], known: &'d [Definition]) -> Vec<Text<'d>> {
    let mut among: Vec<Text<'d>> = Vec::new();
    for definition in checked.iter().chain(known) {
        if let Ok(contract) = &definition.read
            && !among.iter().any(|own| own.contract.id == contract.id)
        {
            among.push(Text { file: &definition.file, text: &definition.text, contract });
        }
    }
    among
}

/// What the register can record.
fn offered() -> Offered {
    let scores = |list: &'static List| -> Vec<&'static str> {
        let numbers = list.columns.iter().filter(|column| matches!(column.kind, ColumnKind::Number));
        numbers.map(|column| column.heading).collect()
    };
    Offered {
        notices: NoticeKind::words(),
        notifications: NotificationKind::words(),
        criteria: scores(&lists::PRIORITIES),
        reviews: scores(&lists::REVIEWS),
    }
}

fn show(remark: &Remark) {
    let clause = remark.clause.as_ref().map(|clause| format!(" (clause {clause})")).unwrap_or_default();
    let place = format!("{}:{}:{}", remark.file, remark.line, remark.column);
    screen::line("");
    screen::line(&format!("  {}: {}{clause}", remark.weight.word(), remark.about));
    screen::line(&format!("    at {place}"));
    screen::wrapped("    ", "    ", &remark.what);
    screen::wrapped("    What to do: ", "      ", &remark.advice);
}

fn number(number: usize, what: &str) -> String {
    match number {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        more => format!("{more} {what}s"),
    }
}
