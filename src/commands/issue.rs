//! `quarterday issue`: freezes what is sent out of a period.

use anyhow::Result;

use super::{ExitStatus, clock, screen};
use crate::cli::IssueArguments;
use crate::domain::period::long_date;
use crate::domain::text::{number_of, one_line};
use crate::readers::Readers;
use crate::run::Request;
use crate::run::issue::{Asked, Issuing, issue as freeze, records_json};

/// Issues the packs that are asked for.
///
/// # Errors
/// See [`crate::run::issue::issue`].
pub fn issue(asked: &IssueArguments) -> Result<ExitStatus> {
    let today = clock::today();
    let request = Request { as_of: asked.as_of.unwrap_or(today), today };
    let wanted = Asked {
        contract: asked.contract.clone(),
        period: asked.period.clone(),
        providers: asked.providers.iter().map(|name| one_line(name)).collect(),
        note: asked.note.as_deref().map(one_line).filter(|note| !note.is_empty()),
    };
    let outcome = freeze(&asked.dir, &wanted, request, &Readers::of_this_program(), &|_| {})?;
    if asked.json {
        screen::bytes(&records_json(&outcome)?);
    } else if !screen::is_quiet() {
        report(&outcome);
    }
    for (file, why) in &outcome.blocked {
        screen::note(&format!("not written under out: {file}: {why}"));
    }
    for warning in &outcome.warnings {
        screen::note(&format!("warning: {warning}"));
    }
    Ok(ExitStatus::Fine)
}

fn report(outcome: &Issuing) {
    for own in &outcome.made {
        let record = &own.record;
        screen::line(&format!(
            "Issued: {}, {}, {} (issue {}), as of {}",
            record.provider,
            record.contract_title,
            record.period,
            record.number,
            long_date(record.as_of)
        ));
        let files = number_of(record.files.len() + 1, "file", "files");
        screen::line(&format!("  {files} in {}", own.folder));
        screen::listed(
            &format!("  Differs from issue {}", record.number - 1),
            record.differs.iter().cloned(),
            true,
            "see issue.json",
        );
    }
    for own in &outcome.already {
        screen::wrapped(
            "",
            "  ",
            &format!(
                "Nothing written for {}: the same was issued on {} (issue {}, as of {}); see {}",
                own.provider,
                long_date(own.on),
                own.number,
                long_date(own.as_of),
                own.folder
            ),
        );
    }
}
