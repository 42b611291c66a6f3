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
use crate::domain::finding::{Finding, Severity};
use crate::domain::period::long_date;
use crate::domain::submission::ReceivedBy;
use crate::intake::mail::{self, MailFormat};
use crate::intake::recognise::{Providers, Recognised};
use crate::readers::{Knowing, Readers, Unread};
use crate::review::ProviderReview;
use crate::reviewing::review;
use crate::run::definitions;
use crate::run::working_days;
use crate::workspace::files;
use crate::workspace::returns::attached_files;

/// Looks at each file by itself: what it is, what is wrong, how it rates.
///
/// # Errors
/// A definition is wrong, or the workspace cannot be opened.
pub fn check(paths: &[PathBuf], dir: Option<&Path>) -> Result<ExitStatus> {
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
    let mut status = ExitStatus::Fine;
    for (index, path) in paths.iter().enumerate() {
        if index > 0 {
            screen::line("");
        }
        if !checking.file(path) {
            status = ExitStatus::NeedsAttention;
        }
    }
    Ok(status)
}

/// What files are checked with.
struct Checking<'a> {
    readers: &'a Readers,
    knowing: Knowing<'a>,
    contracts: &'a BTreeMap<String, Contract>,
    working_days: WorkingDays,
}

impl Checking<'_> {
    /// Whether the file is a return without errors, or an e-mail with nothing but such returns attached.
    fn file(&self, path: &Path) -> bool {
        screen::line(&path.display().to_string());
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let bytes = match files::read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                screen::line(&format!("  Cannot be read: {error:#}"));
                return false;
            }
        };
        match mail::format(&name, &bytes) {
            Some(format) => self.mail(path, format, bytes),
            None => check_workbook(name, bytes, &self.knowing, self.contracts, &self.working_days),
        }
    }

    /// Says what an e-mail says of itself, then checks each attachment by itself.
    fn mail(&self, path: &Path, format: MailFormat, bytes: Vec<u8>) -> bool {
        let mail = match self.readers.mail(format, bytes) {
            Ok(mail) => mail,
            Err(why) => {
                screen::line(&format!("  Not taken apart: {why}."));
                return false;
            }
        };
        let from = match mail.senders.as_slice() {
            [] => "nobody it names".to_string(),
            senders => senders.join(", "),
        };
        screen::line(&format!("  An e-mail from {from}: “{}”.", mail.subject));
        screen::line(&match &mail.received {
            Ok(day) => format!("  Received on {}, by its topmost Received header.", long_date(*day)),
            Err(undated) => format!("  No date received: {undated}."),
        });
        let names: Vec<&str> = mail.attachments.iter().map(|own| own.name.as_str()).collect();
        let attached = attached_files(&path.display().to_string(), &names);
        if attached.is_empty() {
            screen::line("  Nothing is attached to it.");
        }
        let mut fine = !attached.is_empty();
        for (file, own) in attached.into_iter().zip(mail.attachments) {
            screen::line("");
            screen::line(&file);
            let name = file.rsplit('/').next().unwrap_or_default().to_string();
            fine &= check_workbook(name, own.bytes, &self.knowing, self.contracts, &self.working_days);
        }
        fine
    }
}

/// Whether the file is a return without errors.
fn check_workbook(
    name: String,
    bytes: Vec<u8>,
    readers: &Knowing<'_>,
    contracts: &BTreeMap<String, Contract>,
    working_days: &WorkingDays,
) -> bool {
    let unread = |unread: Unread| {
        let what = if matches!(unread, Unread::NotRecognised(_)) { "recognised" } else { "a return" };
        screen::line(&format!("  Not {what}: {unread}."));
        false
    };
    let understood = match readers.understand(&name, bytes) {
        Ok(understood) => understood,
        Err(reason) => return unread(reason),
    };
    let mapped = match understood.mapped.unpack() {
        Ok(mapped) => mapped,
        Err(reason) => return unread(reason),
    };
    let found = understood.recognised;
    let Some((contract, form)) =
        contracts.get(&found.contract).and_then(|contract| Some((contract, contract.form(&found.form)?)))
    else {
        return false;
    };
    let area = found.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
    screen::line(&format!(
        "  {} of {}, {}{area}, {}",
        form.title,
        contract.title,
        found.provider,
        found.period.describe()
    ));
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
    report(&review, &found)
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

fn report(review: &ProviderReview, found: &Recognised) -> bool {
    let own = review.submissions.iter().find(|submission| {
        submission.form == found.form && submission.period == found.period && submission.area == found.area
    });
    let findings: &[Finding] = own.map_or(&[], |submission| submission.findings.as_slice());
    let ratings: Vec<_> = review.ratings.iter().filter(|figure| figure.period == found.period).collect();
    let has_areas = ratings.iter().any(|figure| figure.area.is_some());
    if !ratings.is_empty() {
        screen::line("  Ratings:");
    }
    for figure in &ratings {
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
    if findings.is_empty() {
        screen::line("  Nothing wrong was found.");
    } else {
        screen::line("  Found:");
    }
    for finding in findings {
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
    own.is_some_and(|submission| submission.rated_version.is_some())
        && !findings.iter().any(|finding| finding.kind.severity == Severity::Error)
}
