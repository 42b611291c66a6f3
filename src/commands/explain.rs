//! `quarterday explain`: what a finding means, or what a rule kind of a definition does.

use anyhow::{Result, bail};

use super::{ExitStatus, rules as rule_kinds, screen};
use crate::domain::finding_kinds::{ALL, find};
use crate::domain::text::nearest;
use crate::rules;

/// Explains one finding or rule kind, or lists them all.
///
/// # Errors
/// There is no such finding; the nearest is named.
pub fn explain(code: Option<&str>) -> Result<ExitStatus> {
    let Some(code) = code else {
        screen::line("Findings, by code. `quarterday explain CODE` says more.");
        screen::line("");
        for kind in ALL {
            screen::line(&format!("{:<32} {:<12} {}", kind.code, kind.severity.word(), kind.summary));
        }
        screen::line("");
        screen::line("Rule kinds of contract definitions:");
        rule_kinds::list();
        return Ok(ExitStatus::Fine);
    };
    if let Some(kind) = rule_kinds::find(code) {
        rule_kinds::show(kind);
        return Ok(ExitStatus::Fine);
    }
    let Some(kind) = find(&code.to_lowercase()) else {
        let known = ALL.iter().map(|kind| kind.code).chain(rules::ALL.iter().map(|rule| rule.name));
        match nearest(code, known) {
            Some(near) => bail!("there is no finding `{code}`; did you mean `{near}`?"),
            None => bail!("there is no finding `{code}`; `quarterday explain` lists them all"),
        }
    };
    let counts = if kind.counts_against_accuracy {
        "counts against the accuracy of the return"
    } else {
        "does not count against accuracy"
    };
    screen::line(&format!("{} ({}, {counts})", kind.code, kind.severity.word().to_lowercase()));
    screen::line("");
    screen::line(kind.summary);
    screen::line("");
    screen::line(kind.explanation);
    screen::line("");
    screen::line(&format!("What to do: {}", kind.remedy));
    Ok(ExitStatus::Fine)
}
