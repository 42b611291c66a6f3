//! `quarterday verify`: proves that the records are as they were written, and says what is not.

use std::path::Path;

use anyhow::Result;

use super::{ExitStatus, screen};
use crate::domain::text::number_of;
use crate::readers::Readers;
use crate::review::verification::{Verification, VersionChecked, Whereabouts};
use crate::run::verify::verify as check;

/// Verifies the workspace in `dir`; `heads` were noted earlier.
///
/// # Errors
/// See [`crate::run::verify::verify`].
pub fn verify(dir: &Path, heads: &[String], json: bool) -> Result<ExitStatus> {
    let verified = check(dir, heads, &Readers::of_this_program())?;
    if json {
        screen::bytes(&verified.json()?);
    } else {
        report(&verified);
    }
    Ok(if verified.proven { ExitStatus::Fine } else { ExitStatus::NeedsAttention })
}

fn report(verified: &Verification) {
    let faults = &verified.faults;
    if faults.is_empty() {
        screen::line("Everything is as it was recorded.");
    } else {
        screen::line(&format!("{} not as recorded:", number_of(faults.len(), "thing is", "things are")));
        for fault in faults {
            let line = fault.line.map(|line| format!(", line {line}")).unwrap_or_default();
            screen::wrapped("  - ", "    ", &format!("{}{line}: {}.", fault.file, fault.message));
            screen::wrapped("    To do: ", "      ", &format!("{}.", fault.help));
        }
    }
    screen::line("");
    for chain in &verified.chains {
        let broken = faults.iter().any(|fault| fault.file == chain.file);
        let said = if broken { "not sound, see above" } else { "each continues the one before" };
        screen::line(&format!("{}: {}, {said}.", chain.file, number_of(chain.lines, "line", "lines")));
        if chain.torn {
            screen::line("  A run was stopped while it wrote a further line; the next run clears that up.");
        }
    }
    report_versions(&verified.versions);
    if !verified.not_yet_recorded.is_empty() {
        let files = number_of(verified.not_yet_recorded.len(), "file", "files");
        screen::wrapped(
            "  ",
            "  ",
            &format!(
                "{files} in returns not recorded yet; the next run does: {}.",
                verified.not_yet_recorded.join("; ")
            ),
        );
    }
    for (number, one, many) in [
        (verified.issues, "issue", "issues"),
        (verified.evidence, "folder of evidence", "folders of evidence"),
        (verified.heads.len(), "head noted earlier", "heads noted earlier"),
    ] {
        if number > 0 {
            screen::line(&format!("Checked: {}.", number_of(number, one, many)));
        }
    }
    screen::line("");
    screen::line("What this proves:");
    for sentence in verified.proves {
        screen::wrapped("  - ", "    ", sentence);
    }
    screen::line("What it does not prove:");
    for sentence in verified.does_not_prove {
        screen::wrapped("  - ", "    ", sentence);
    }
    screen::line("");
    screen::line("Note this down, or e-mail it to yourself; `quarterday verify --head` checks it later:");
    for chain in verified.chains.iter().filter(|chain| chain.lines > 0) {
        screen::line(&format!("  {}, line {}, SHA-256", chain.file, chain.lines));
        screen::line(&format!("  {}", chain.head));
    }
}

fn report_versions(versions: &[VersionChecked]) {
    let copies = versions.iter().filter(|own| own.copy).count();
    let recorded = number_of(versions.len(), "version of a file", "versions of files");
    if copies == versions.len() {
        screen::line(&format!("originals: {recorded} recorded, the copy of each there and unchanged."));
    } else {
        screen::line(&format!("originals: {recorded} recorded, the copies of {copies} there and unchanged."));
    }
    let count = |is: fn(&Whereabouts) -> bool| versions.iter().filter(|own| is(&own.whereabouts)).count();
    let counts = [
        (count(|own| matches!(own, Whereabouts::There)), "as recorded"),
        (count(|own| matches!(own, Whereabouts::Overwritten)), "overwritten by another recorded version"),
        (count(|own| matches!(own, Whereabouts::Moved { .. })), "moved or renamed"),
        (count(|own| matches!(own, Whereabouts::InsideMail { .. })), "inside e-mails"),
        (count(|own| matches!(own, Whereabouts::Gone)), "no longer there"),
        (count(|own| matches!(own, Whereabouts::DisposedOf { .. })), "disposed of"),
        (count(|own| matches!(own, Whereabouts::Changed)), "changed since and not recorded"),
        (count(|own| matches!(own, Whereabouts::Unreadable { .. })), "not to be read now"),
    ];
    let said: Vec<String> = counts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, what)| format!("{number} {what}"))
        .collect();
    if !said.is_empty() {
        screen::wrapped("returns: ", "  ", &format!("{}.", said.join(", ")));
    }
    let told = versions.iter().filter_map(|own| match &own.whereabouts {
        Whereabouts::Moved { to } => Some(format!("{}: now {to}", own.file)),
        Whereabouts::InsideMail { mail } => Some(format!("{}: inside the e-mail {mail}", own.file)),
        Whereabouts::Gone => Some(format!("{}: no longer there; the copy is in originals", own.file)),
        _ => None,
    });
    screen::listed("  Elsewhere", told, true, "`--json` lists them all");
}
