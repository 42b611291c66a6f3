//! `quarterday explain`: what a finding means, or what a rule kind of a definition does.

use anyhow::{Result, bail};
use serde::Serialize;

use super::rules::RuleEntry;
use super::{ExitStatus, rules as rule_kinds, screen};
use crate::domain::finding::{FindingKind, Severity};
use crate::domain::finding_kinds::{ALL, find};
use crate::domain::text::nearest;
use crate::rules::{self, RuleKind};

/// A kind of finding for other programs.
#[derive(Serialize)]
struct FindingEntry {
    code: &'static str,
    severity: Severity,
    counts_against_accuracy: bool,
    summary: &'static str,
    explanation: &'static str,
    remedy: &'static str,
}

#[derive(Serialize)]
struct All {
    format: &'static str,
    findings: Vec<FindingEntry>,
    rules: Vec<RuleEntry>,
}

/// Explains one finding or rule kind, or lists them all; for people, or as JSON.
///
/// # Errors
/// There is no such finding; the nearest is named.
pub fn explain(code: Option<&str>, json: bool) -> Result<ExitStatus> {
    let Some(code) = code else {
        if json {
            return as_json(ALL, rules::ALL);
        }
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
        if json {
            return as_json(&[], &[kind]);
        }
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
    if json {
        return as_json(&[kind], &[]);
    }
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

fn as_json(findings: &[&FindingKind], rules: &[&RuleKind]) -> Result<ExitStatus> {
    let findings = findings.iter().map(|kind| FindingEntry {
        code: kind.code,
        severity: kind.severity,
        counts_against_accuracy: kind.counts_against_accuracy,
        summary: kind.summary,
        explanation: kind.explanation,
        remedy: kind.remedy,
    });
    let rules = rules.iter().map(|kind| RuleEntry::of(kind)).collect();
    screen::json(&All { format: "quarterday.explain/1", findings: findings.collect(), rules })?;
    Ok(ExitStatus::Fine)
}
