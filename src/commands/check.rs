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
use crate::domain::period::long_date;
use crate::domain::submission::ReceivedBy;
use crate::intake::mail::{self, MailFormat};
use crate::intake::recognise::{Providers, Recognised};
use crate::readers::{Knowing, Readers, Unread};
use crate::review::ProviderReview;
use crate::review::checked::{Checked, CheckedMail, CheckedReturn, Found};
use crate::reviewing::review;
use crate::run::checked;
use crate::run::definitions;
use crate::run::working_days;
use crate::workspace::files;
use crate::workspace::returns::attached_files;

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
    let checking = Checking {
        readers: &readers,
        knowing: readers.knowing(&contracts, &Providers::Anyone),
        contracts: &contracts,
        working_days: working_days(workspace.as_ref())?,
    };
    let mut files = Vec::new();
    for path in paths {
        for file in checking.file(path) {
            // Each is told as soon as it was looked at.
            if !json {
                show(&file, files.is_empty());
            }
            files.push(file);
        }
    }
    if json {
        screen::bytes(&checked::json(&files)?);
    }
    Ok(if files.iter().all(Checked::is_sound) { ExitStatus::Fine } else { ExitStatus::NeedsAttention })
}

/// What files are checked with.
struct Checking<'a> {
    readers: &'a Readers,
    knowing: Knowing<'a>,
    contracts: &'a BTreeMap<String, Contract>,
    working_days: WorkingDays,
}

impl Checking<'_> {
    /// What the file is, and after an e-mail what is attached to it.
    fn file(&self, path: &Path) -> Vec<Checked> {
        let file = path.display().to_string();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let bytes = match files::read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                return vec![Checked { file, found: Found::Neither(format!("Cannot be read: {error:#}")) }];
            }
        };
        match mail::format(&name, &bytes) {
            Some(format) => self.mail(file, format, bytes),
            None => vec![self.workbook(file, name, bytes)],
        }
    }

    fn mail(&self, file: String, format: MailFormat, bytes: Vec<u8>) -> Vec<Checked> {
        let mail = match self.readers.mail(format, bytes) {
            Ok(mail) => mail,
            Err(why) => {
                return vec![Checked { file, found: Found::Neither(format!("Not taken apart: {why}.")) }];
            }
        };
        let names: Vec<&str> = mail.attachments.iter().map(|own| own.name.as_str()).collect();
        let attached = attached_files(&file, &names);
        let found = CheckedMail {
            senders: mail.senders,
            subject: mail.subject,
            received: mail.received.map_err(|undated| undated.to_string()),
            attachments: attached.len(),
        };
        let mut checked = vec![Checked { file, found: Found::Mail(found) }];
        for (file, own) in attached.into_iter().zip(mail.attachments) {
            let name = file.rsplit('/').next().unwrap_or_default().to_string();
            checked.push(self.workbook(file, name, own.bytes));
        }
        checked
    }

    fn workbook(&self, file: String, name: String, bytes: Vec<u8>) -> Checked {
        let found = match look_at(name, bytes, &self.knowing, self.contracts, &self.working_days) {
            Ok(own) => Found::Return(Box::new(own)),
            Err(why) => Found::Neither(why),
        };
        Checked { file, found }
    }
}

/// The return in the file, or a sentence saying why it is none.
fn look_at(
    name: String,
    bytes: Vec<u8>,
    readers: &Knowing<'_>,
    contracts: &BTreeMap<String, Contract>,
    working_days: &WorkingDays,
) -> Result<CheckedReturn, String> {
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
        Found::Return(own) => show_return(own),
        Found::Mail(own) => show_mail(own),
        Found::Neither(why) => screen::line(&format!("  {why}")),
    }
}

fn show_mail(own: &CheckedMail) {
    let from = match own.senders.as_slice() {
        [] => "nobody it names".to_string(),
        senders => senders.join(", "),
    };
    screen::line(&format!("  An e-mail from {from}: “{}”.", own.subject));
    screen::line(&match &own.received {
        Ok(day) => format!("  Received on {}, by its topmost Received header.", long_date(*day)),
        Err(undated) => format!("  No date received: {undated}."),
    });
    if own.attachments == 0 {
        screen::line("  Nothing is attached to it.");
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
