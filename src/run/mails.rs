//! E-mails in the folder of returns: each is taken apart into what is attached to it, and is evidence of when and from whom that came.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::period::long_date;
use crate::intake::mail::{Mail, MailFormat};
use crate::readers::Readers;
use crate::workspace::ledger::{Entry as Line, Ledger, SeenFile};
use crate::workspace::originals::Originals;
use crate::workspace::register::Register;
use crate::workspace::returns::attached_files;
use crate::workspace::sha256;

/// An e-mail of the folder.
#[derive(Debug)]
pub struct Opened {
    /// The e-mail itself.
    pub seen: SeenFile,
    /// What it says; else why it could not be taken apart.
    pub letter: Result<Letter, String>,
}

/// What an e-mail says.
#[derive(Debug)]
pub struct Letter {
    /// The day the council received it; else why no day is relied on.
    pub received: Result<NaiveDate, String>,
    /// What is attached, in order.
    pub attached: Vec<Attached>,
}

/// A file attached to an e-mail.
#[derive(Debug)]
pub struct Attached {
    /// Its path, as if the e-mail were a folder, and its bytes' SHA-256.
    pub seen: SeenFile,
    /// Addresses it came from.
    pub senders: Vec<String>,
}

/// Takes an e-mail apart; the bytes of what is attached come apart, in the same order.
pub fn open(
    readers: &Readers,
    seen: SeenFile,
    format: MailFormat,
    bytes: Vec<u8>,
    today: NaiveDate,
) -> (Opened, Vec<Vec<u8>>) {
    match readers.mail(format, bytes) {
        Ok(mail) => {
            let (letter, contents) = letter(&seen.file, mail, today);
            (Opened { seen, letter: Ok(letter) }, contents)
        }
        Err(why) => (Opened { seen, letter: Err(why) }, Vec::new()),
    }
}

fn letter(file: &str, mail: Mail, today: NaiveDate) -> (Letter, Vec<Vec<u8>>) {
    let received = match mail.received {
        Ok(day) if day > today => Err(format!(
            "its topmost Received header says {}, which is still to come by this computer's clock, so that date is not relied on",
            long_date(day)
        )),
        Ok(day) => Ok(day),
        Err(undated) => Err(undated.to_string()),
    };
    let names: Vec<&str> = mail.attachments.iter().map(|own| own.name.as_str()).collect();
    let files = attached_files(file, &names);
    let (attached, contents) = files
        .into_iter()
        .zip(mail.attachments)
        .map(|(file, own)| {
            let seen = SeenFile { file, sha256: sha256(&own.bytes) };
            (Attached { seen, senders: own.senders }, own.bytes)
        })
        .unzip();
    (Letter { received, attached }, contents)
}

impl Opened {
    /// Whether it came after `as_of`, so that it is left out; what the register says of it, or of what is attached, goes first.
    pub fn is_left_out(&self, register: &Register, as_of: NaiveDate) -> bool {
        let Ok(letter) = &self.letter else { return false };
        let by_register = |file: &str| register.received(file).is_some();
        letter.received.as_ref().is_ok_and(|day| *day > as_of)
            && !by_register(&self.seen.file)
            && !letter.attached.iter().any(|own| by_register(&own.seen.file))
    }

    /// What is wrong with it as a whole, with what to do.
    pub fn fault(&self) -> Option<String> {
        match &self.letter {
            Err(why) => Some(why.clone()),
            Ok(letter) if letter.attached.is_empty() => Some(
                "this e-mail has no attachment. If it leads to the return by a link, open that, download the workbook and put it into \
                 the folder; if it is none of your returns, list it in the register's sheet Ignored files"
                    .to_string(),
            ),
            Ok(_) => None,
        }
    }

    /// Why its date is not relied on, where the register does not give it.
    pub fn doubt(&self, register: &Register, ledger: &Ledger) -> Option<String> {
        let letter = self.letter.as_ref().ok().filter(|letter| !letter.attached.is_empty())?;
        let first = ledger.first_seen(&self.seen.sha256);
        let why = match (&letter.received, first) {
            (Err(why), _) => why.clone(),
            (Ok(day), Some(first)) if *day > first => format!(
                "its topmost Received header says {}, but it was here on {} already, so that date is not relied on",
                long_date(*day),
                long_date(first)
            ),
            _ => return None,
        };
        let by_register = |file: &str| register.received(file).is_some();
        if by_register(&self.seen.file) || letter.attached.iter().all(|own| by_register(&own.seen.file)) {
            return None;
        }
        let first = first.map(|day| format!(" on {}", long_date(day))).unwrap_or_default();
        Some(format!(
            "{}: {why}; what is attached counts as first seen{first}. Where it came earlier, enter the date in the register's sheet \
             Receipts.",
            self.seen.file
        ))
    }
}

/// How a file came by e-mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Came {
    /// The e-mail's path.
    pub mail: String,
    /// The day the council received it, where that is relied on.
    pub received: Option<NaiveDate>,
    /// Addresses it came from.
    pub senders: Vec<String>,
}

/// What all e-mails are evidence of, those that are gone from the folder included.
#[derive(Debug, Default)]
pub struct Evidence {
    mails: BTreeSet<SeenFile>,
    paths: BTreeSet<String>,
    /// By the SHA-256 of what was attached: the same file dropped by itself came no other way.
    came: BTreeMap<String, Vec<Came>>,
}

impl Evidence {
    /// Takes in an e-mail, but not what came after `as_of`.
    pub fn add(&mut self, opened: &Opened, as_of: NaiveDate) {
        self.mails.insert(opened.seen.clone());
        self.paths.insert(opened.seen.file.clone());
        let Ok(letter) = &opened.letter else { return };
        let received = letter.received.as_ref().ok().copied();
        if received.is_some_and(|day| day > as_of) {
            return;
        }
        for own in &letter.attached {
            let came = Came { mail: opened.seen.file.clone(), received, senders: own.senders.clone() };
            self.came.entry(own.seen.sha256.clone()).or_default().push(came);
        }
    }

    /// Whether it is an e-mail, not something to be read as a workbook.
    pub fn is_mail(&self, seen: &SeenFile) -> bool {
        self.mails.contains(seen)
    }

    /// The path of the e-mail that a file was attached to.
    pub fn mail_of<'f>(&self, file: &'f str) -> Option<&'f str> {
        let (mail, _) = file.rsplit_once('/')?;
        self.paths.contains(mail).then_some(mail)
    }

    /// The first day on which bytes came by e-mail.
    pub fn received(&self, sha256: &str) -> Option<NaiveDate> {
        self.came(sha256).iter().filter_map(|came| came.received).min()
    }

    /// Every e-mail that bytes came in.
    pub fn came(&self, sha256: &str) -> &[Came] {
        self.came.get(sha256).map_or(&[], Vec::as_slice)
    }
}

/// The e-mails of the ledger that do not lie in the folder any more, or lie there in another version: those that files are recorded
/// as attached to. `opened` are those that do.
pub fn gone(ledger: &Ledger, opened: &[Opened]) -> Vec<SeenFile> {
    let here: BTreeSet<&SeenFile> = opened.iter().map(|own| &own.seen).collect();
    let seen = || {
        ledger.entries().iter().filter_map(|entry| match entry {
            Line::Seen(seen) => Some(seen),
            Line::Looked(_) => None,
        })
    };
    let holding: BTreeSet<&str> =
        seen().filter_map(|seen| seen.file.rsplit_once('/').map(|(folder, _)| folder)).collect();
    let mails: BTreeSet<SeenFile> = seen()
        .filter(|seen| holding.contains(seen.file.as_str()))
        .map(|seen| SeenFile { file: seen.file.clone(), sha256: seen.sha256.clone() })
        .filter(|seen| !here.contains(seen))
        .collect();
    mails.into_iter().collect()
}

/// Reads an e-mail of the ledger again from its kept copy; one whose copy is gone or changed is evidence of nothing.
pub fn open_kept(readers: &Readers, originals: &Originals, seen: &SeenFile, today: NaiveDate) -> Opened {
    let letter = match originals.read(&seen.sha256, &seen.file) {
        Ok(bytes) => match crate::intake::mail::format(&seen.file, &bytes) {
            Some(format) => return open(readers, seen.clone(), format, bytes, today).0,
            None => Err("it is no e-mail".to_string()),
        },
        Err(error) => Err(format!("{error:#}")),
    };
    Opened { seen: seen.clone(), letter }
}
