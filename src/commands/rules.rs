//! `quarterday rules`: the rule kinds that definitions are made of, from their own documentation.

use anyhow::{Result, bail};
use serde::Serialize;

use super::{ExitStatus, screen};
use crate::domain::text::{lower, nearest};
use crate::rules::{self, RuleKind};

/// A rule kind for other programs.
#[derive(Serialize)]
pub struct RuleEntry {
    name: &'static str,
    family: &'static str,
    summary: &'static str,
    documentation: &'static str,
}

impl RuleEntry {
    /// That of `kind`.
    pub fn of(kind: &RuleKind) -> Self {
        Self {
            name: kind.name,
            family: kind.family.words(),
            summary: kind.summary,
            documentation: kind.documentation,
        }
    }
}

#[derive(Serialize)]
struct All {
    format: &'static str,
    rules: Vec<RuleEntry>,
}

/// Lists the rule kinds by family, or explains one; for people, or as JSON.
///
/// # Errors
/// There is no such rule kind; the nearest is named.
pub fn rules(name: Option<&str>, json: bool) -> Result<ExitStatus> {
    let Some(name) = name else {
        if json {
            return all_as_json(rules::ALL);
        }
        screen::line("Rule kinds of contract definitions. `quarterday rules NAME` says more.");
        list();
        return Ok(ExitStatus::Fine);
    };
    let Some(kind) = find(name) else {
        match nearest(name, rules::ALL.iter().map(|kind| kind.name)) {
            Some(near) => bail!("there is no rule kind `{name}`; did you mean `{near}`?"),
            None => bail!("there is no rule kind `{name}`; `quarterday rules` lists them all"),
        }
    };
    if json {
        return all_as_json(&[kind]);
    }
    show(kind);
    Ok(ExitStatus::Fine)
}

fn all_as_json(kinds: &[&RuleKind]) -> Result<ExitStatus> {
    let rules = kinds.iter().map(|kind| RuleEntry::of(kind)).collect();
    screen::json(&All { format: "quarterday.rules/1", rules })?;
    Ok(ExitStatus::Fine)
}

/// The rule kind of this name, in any case.
pub fn find(name: &str) -> Option<&'static RuleKind> {
    rules::ALL.iter().copied().find(|kind| kind.name == name.to_lowercase())
}

/// Prints the name and summary of every rule kind, by family.
pub fn list() {
    let mut family = None;
    for kind in rules::ALL {
        if family != Some(kind.family) {
            family = Some(kind.family);
            screen::line("");
            screen::line(kind.family.words());
        }
        screen::wrapped(&format!("  {:<26} ", kind.name), &" ".repeat(29), kind.summary);
    }
}

/// Prints what a rule kind does.
pub fn show(kind: &RuleKind) {
    screen::line(&format!(
        "{} (rule kind of contract definitions: {})",
        kind.name,
        lower(kind.family.words())
    ));
    screen::line("");
    screen::wrapped("", "", kind.summary);
    screen::line("");
    for passage in kind.documentation.lines() {
        screen::wrapped("", "", passage);
    }
}
