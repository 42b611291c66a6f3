//! `quarterday evidence`: puts together what a consequence of a contract rests on, for a lawyer.

use anyhow::Result;

use super::{ExitStatus, clock, screen};
use crate::cli::EvidenceArguments;
use crate::domain::period::long_date;
use crate::domain::text::{number_of, one_line};
use crate::readers::Readers;
use crate::review::evidence::Standing;
use crate::run::Request;
use crate::run::evidence::{Asked, PutTogether, evidence as put_together};

/// Puts together the evidence asked for, and says what is in it.
///
/// # Errors
/// See [`crate::run::evidence::evidence`].
pub fn evidence(asked: &EvidenceArguments) -> Result<ExitStatus> {
    let today = clock::today();
    let request = Request { as_of: asked.as_of.unwrap_or(today), today };
    let wanted = Asked {
        contract: asked.contract.clone(),
        provider: one_line(&asked.provider),
        escalation: asked.escalation.clone(),
        period: asked.period.as_deref().map(one_line),
        output: asked.output.clone(),
    };
    let made = put_together(&asked.dir, &wanted, request, &Readers::of_this_program())?;
    if asked.json {
        screen::bytes(&made.file.json()?);
    } else {
        report(&made);
    }
    Ok(ExitStatus::Fine)
}

fn report(made: &PutTogether) {
    let PutTogether { folder, already, file, seal } = made;
    let own = &file.consequence;
    let done = if *already { "Nothing written: the same was put together before" } else { "Put together" };
    screen::wrapped(
        "",
        "  ",
        &format!(
            "{done}. {}, clause {}: {}, {}, as of {}",
            own.title,
            own.clause,
            file.provider,
            own.period.label,
            long_date(file.as_of)
        ),
    );
    screen::line(&format!("  {}.", own.status.word()));
    if own.status != Standing::Triggered {
        screen::line("  The condition is not met: this proves no breach.");
    }
    let versions: usize = file.returns.iter().map(|own| own.versions.len()).sum();
    screen::wrapped(
        "  ",
        "  ",
        &format!(
            "It rests on {}, {} and {}.",
            number_of(file.figures.len(), "figure", "figures"),
            number_of(file.cells().len(), "cell", "cells"),
            number_of(versions, "version of a return", "versions of returns")
        ),
    );
    screen::listed(
        "  Not proven, or to be known",
        file.not_proven.iter().cloned(),
        true,
        "see evidence.html",
    );
    screen::line("");
    screen::wrapped(
        "",
        "",
        "The folder may hold lines on single people: the returns are in it as they came in. Pass it on only to those who may see them.",
    );
    screen::line(
        "Note this down: the SHA-256 of SHA256SUMS, by which the whole folder can be checked later:",
    );
    screen::line(&format!("  {seal}"));
    screen::line("");
    screen::line(&format!("Open {}", folder.join("evidence.html").display()));
}
