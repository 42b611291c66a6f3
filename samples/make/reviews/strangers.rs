//! Files that lie among the self-assessments and are none, or are of a contract nobody knows.

use anyhow::Result;

use super::contracts::CONTRACTS;
use super::course::CUSTOMER_2018;
use super::form::{Assessment, Habits, Score};
use super::returns::{assessment, block};
use crate::dates::day;
use crate::labels::Value;
use crate::strangers::{lock_file, stranger, table};
use crate::style;
use crate::workspace::Returned;

/// The strangers.
///
/// # Errors
/// When a workbook can't be written.
pub fn strangers() -> Result<Vec<Returned>> {
    Ok([
        ("returns/2018-19/CMRG agenda July 2018.xlsx", agenda()?),
        ("returns/2018-19/Self-assessment template v2.xlsx", blank_form()?),
        ("returns/2018-19/Library stock supply self-assessment.xlsx", unknown()?),
        ("returns/2018-19/Highways evidence list.xlsx", evidence()?),
        (
            "returns/2018-19/~$2019-02 Equipment store self assessment.xlsx",
            lock_file("Commissioning manager")?,
        ),
    ]
    .map(stranger)
    .into())
}

fn agenda() -> Result<Vec<u8>> {
    let workbook = style::workbook("Agenda", "Commissioning standards manager", day(2018, 7, 10))?;
    let rows = [
        ["Item", "What", "Who", "Minutes"],
        ["1", "Minutes of 19 June", "Chair", "5"],
        ["2", "Highways term maintenance", "Head of highways", "45"],
        ["3", "Forward plan", "Commissioning standards manager", "10"],
    ];
    table(workbook, "17 July", "Contract management review group", [8.0, 34.0, 34.0, 10.0], &rows)
}

fn evidence() -> Result<Vec<u8>> {
    let workbook = style::workbook("Evidence", CONTRACTS[4].owner, day(2018, 7, 12))?;
    let rows = [
        ["No.", "Paper", "Of", "Where"],
        ["1", "Minutes of the highways contract board", "June 2018", "Team site"],
        ["2", "Risk register", "June 2018", "Team site"],
    ];
    table(workbook, "Papers", "Highways: papers named as evidence", [8.0, 44.0, 16.0, 20.0], &rows)
}

/// A good form of a contract that stands nowhere in the register.
fn unknown() -> Result<Vec<u8>> {
    let form = assessment(CUSTOMER_2018)?;
    let labels = [
        ("Contract:", Value::text("Library stock supply")),
        ("Contract owner:", Value::text("Libraries manager")),
        ("Directorate:", Value::text("Growth, environment and transport")),
        ("Annual value:", Value::text("£0.7m")),
        ("Contract end:", Value::text("31 March 2021")),
        ("Review date:", Value::text("22 January 2019")),
    ];
    let signed = [("Signed:", Value::text("Libraries manager")), ("Date signed:", Value::text("16/01/2019"))];
    Assessment {
        author: "Libraries manager",
        written: day(2019, 1, 16),
        labels: block(&labels),
        signed: block(&signed),
        habits: Habits::default(),
        ..form
    }
    .workbook()
}

/// The blank form.
fn blank_form() -> Result<Vec<u8>> {
    let mut form = assessment(CUSTOMER_2018)?;
    form.author = "Commissioning standards manager";
    form.written = day(2018, 4, 3);
    for (_, value) in form.labels.0.iter_mut().chain(&mut form.signed.0) {
        *value = Value::text("");
    }
    for line in form.areas.iter_mut().flat_map(|(_, lines)| lines) {
        line.score = Score::Blank;
        line.evidence.clear();
        line.improvement.clear();
    }
    form.workbook()
}
