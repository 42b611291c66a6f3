//! `quarterday check`: looks at workbooks and writes nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;

use super::surroundings::workspace;
use super::{ExitStatus, clock, screen};
use crate::assess::Case;
use crate::assess::records::Records;
use crate::assess::submissions::ReceivedReturn;
use crate::calendar::working_days::WorkingDays;
use crate::contract::Contract;
use crate::domain::finding::Finding;
use crate::domain::submission::ReceivedBy;
use crate::intake::recognise::{Providers, Recognised};
use crate::readers::{Knowing, Readers, Unread};
use crate::review::ProviderReview;
use crate::review::checked::{Checked, CheckedReturn};
use crate::reviewing::review;
use crate::run::checked;
use crate::run::definitions;
use crate::run::working_days;
use crate::workspace::files;

/// Looks at each file by itself: what it is, what is wrong, how it rates; prints it, or its JSON.
///
/// # Errors
/// A definition is wrong, or the workspace cannot be opened.
pub fn check(paths: &[PathBuf], dir: Option<&Path>, json: bool) -> Result<ExitStatus> {
    let workspace = workspace(dir)?;
    let contracts = match &workspace {
        Some(workspace) => definitions::load(workspace)?,
        None => definitions::built_in()?,
    };
    let readers = Readers::of_this_program();
    let readers = readers.knowing(&contracts, &Providers::Anyone);
    let working_days = working_days(workspace.as_ref())?;
    let mut files = Vec::new();
    for path in paths {
        let found = look_at(path, &readers, &contracts, &working_days);
        files.push(Checked { file: path.display().to_string(), found });
        // Each is told as soon as it was looked at.
        if let Some(file) = files.last().filter(|_| !json) {
            show(file, files.len() == 1);
        }
    }
    if json {
        screen::bytes(&checked::json(&files)?);
    }
    Ok(if files.iter().all(Checked::is_sound) { ExitStatus::Fine } else { ExitStatus::NeedsAttention })
}

/// The return in the file, or a sentence saying why it is none.
fn look_at(
    path: &Path,
    readers: &Knowing<'_>,
    contracts: &BTreeMap<String, Contract>,
    working_days: &WorkingDays,
) -> Result<CheckedReturn, String> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = files::read(path).map_err(|error| format!("Cannot be read: {error:#}"))?;
    let unread = |unread: Unread| {
        let what = if matches!(unread, Unread::NotRecognised(_)) { "recognised" } else { "a return" };
        format!("Not {what}: {unread}.")
    };
    let understood = readers.understand(&name, bytes).map_err(unread)?;
    let mapped = understood.mapped.unpack().map_err(unread)?;
    let found = understood.recognised;
    let (contract, form) = contracts
        .get(&found.contract)
        .and_then(|contract| Some((contract, contract.form(&found.form)?)))
        .ok_or_else(|| "Not recognised: its contract is not known.".to_string())?;
    let received = ReceivedReturn {
        file: name,
        sha256: String::new(),
        fingerprint: understood.fingerprint,
        // By itself a file proves no date; everything that could be done by today could be done by then.
        received: clock::today().max(found.period.to),
        received_by: ReceivedBy::FirstSeen,
        sequence: 1,
        superseded: false,
        looked_in_vain: Vec::new(),
        recognised: found.clone(),
        mapped: Arc::new(mapped),
    };
    let review = alone(contract, &found, received, working_days);
    let own = review.submissions.into_iter().find(|submission| {
        submission.form == found.form && submission.period == found.period && submission.area == found.area
    });
    Ok(CheckedReturn {
        contract: contract.id.clone(),
        contract_title: contract.title.clone(),
        form: form.id.clone(),
        form_title: form.title.clone(),
        usable: own.as_ref().is_some_and(|submission| submission.rated_version.is_some()),
        ratings: review.ratings.into_iter().filter(|figure| figure.period == found.period).collect(),
        findings: own.map(|submission| submission.findings).unwrap_or_default(),
        provider: found.provider,
        period: found.period,
        area: found.area,
    })
}

/// A review of the one return.
fn alone(
    contract: &Contract,
    found: &Recognised,
    received: ReceivedReturn,
    working_days: &WorkingDays,
) -> ProviderReview {
    let records = Records::of(&found.provider, found.period.from);
    let accepts = |_: &str, _: &Finding| None;
    let as_of = found.period.to;
    review(&Case { contract, records: &records, accepts: &accepts, working_days, as_of }, &[received])
}

/// Says what a file is; of one without an error nothing where only what needs attention is asked for.
fn show(file: &Checked, first: bool) {
    if screen::is_quiet() && file.is_sound() {
        return;
    }
    if !first {
        screen::line("");
    }
    screen::line(&file.file);
    match &file.found {
        Ok(own) => show_return(own),
        Err(why) => screen::line(&format!("  {why}")),
    }
}

fn show_return(own: &CheckedReturn) {
    let area = own.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
    screen::line(&format!(
        "  {} of {}, {}{area}, {}",
        own.form_title,
        own.contract_title,
        own.provider,
        own.period.describe()
    ));
    let has_areas = own.ratings.iter().any(|figure| figure.area.is_some());
    if !own.ratings.is_empty() && !screen::is_quiet() {
        screen::line("  Ratings:");
        for figure in &own.ratings {
            let of = match &figure.area {
                Some(area) => format!(" {area}:"),
                None if has_areas => " whole contract:".to_string(),
                None => format!(" {}:", figure.title),
            };
            let parts = figure.out_of().map(|parts| format!(" ({parts})")).unwrap_or_default();
            let aim = figure.against().map(|aim| format!(" against {aim}")).unwrap_or_default();
            screen::line(&format!(
                "    {:<12} KPI {:<3}{of} {}{parts}{aim}",
                figure.rating.word(),
                figure.kpi,
                figure.shown()
            ));
        }
    }
    screen::line(if own.findings.is_empty() { "  Nothing wrong was found." } else { "  Found:" });
    for finding in &own.findings {
        let sheet = finding.sheet.as_ref().map(|sheet| format!("{sheet}")).unwrap_or_default();
        let cell = finding.cell.map(|cell| format!("!{cell}")).unwrap_or_default();
        let place = if sheet.is_empty() { "the file".to_string() } else { format!("{sheet}{cell}") };
        screen::line(&format!(
            "    {:<12} {place}: {} [{}]",
            finding.kind.severity.word(),
            finding.message,
            finding.kind.code
        ));
        screen::line(&format!("                 {}", finding.help));
    }
}
