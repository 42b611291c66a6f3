//! What there is to send: the drafts of the last run, each looked at, and whether the settings say where to.

use std::path::Path;

use anyhow::{Result, bail};
use chrono::{Days, NaiveDate};

use super::attached::Checks;
use super::letter::{Desk, subject};
use super::{Asked, Sending, Verdict};
use crate::domain::draft::Draft;
use crate::domain::period::long_date;
use crate::domain::relay::Security;
use crate::domain::text::{fold, nearest};
use crate::post::message::Sender;
use crate::post::relay::Relay;
use crate::readers::Readers;
use crate::run::gather::{in_use, known_providers};
use crate::run::{definitions, look};
use crate::workspace::ledger::Ledger;
use crate::workspace::lock::RunLock;
use crate::workspace::register::Register;
use crate::workspace::sent::{Before, Sent};
use crate::workspace::settings::Settings;
use crate::workspace::{JOURNAL_FILE, Workspace, drafts, files, password};

/// Reads the drafts of the last run in the workspace `dir` and looks at each that is asked for. Opens no connection and writes nothing.
///
/// # Errors
/// The workspace cannot be opened or a run is under way in it; the list of drafts, a definition, the register, the ledger or the
/// journal is wrong; or what is asked for is in no draft.
pub fn prepare(dir: &Path, asked: &Asked, today: NaiveDate, readers: &Readers) -> Result<Sending> {
    let workspace = Workspace::open(dir)?;
    let lock = RunLock::take(dir)?;
    let (settings, out) = (workspace.settings(), workspace.out_dir());
    let journal = Sent::open(&workspace.journal_path())?;
    for id in &asked.again {
        cleared(&journal, id)?;
    }
    let cleared: Vec<String> = asked.again.iter().map(|id| bare(id).to_string()).collect();
    let Some(listed) = drafts::list(&out)? else {
        bail!("no run has written drafts in {}; run `quarterday run` first", dir.display());
    };
    let contracts = definitions::load(&workspace)?;
    let register = look::read_register(&workspace, readers)?;
    let ledger = Ledger::open(&workspace.ledger_path())?;
    let providers = known_providers(&register);
    let in_use = in_use(&contracts, &providers);
    let checks = Checks {
        readers,
        knowing: readers.knowing(&in_use, &providers),
        contracts: &contracts,
        ledger: &ledger,
    };
    let desk = Desk { out: &out, settings, register: &register, checks };
    let wanted = wanted(&listed.drafts, asked, &register)?;
    let mut verdicts: Vec<Verdict> = Vec::new();
    for draft in &wanted {
        let verdict = match desk.letter(draft) {
            Err(reasons) => {
                // What went needs no mending.
                let days = settings.mail.chase_again_days;
                match journal.before(&draft.message_id, &subject(draft, Vec::new()), today, days) {
                    Before::Sent { at, to, again_from } => {
                        Verdict::Already { draft: (*draft).clone(), at, to, again_from }
                    }
                    _ => Verdict::Refused((*draft).clone(), reasons),
                }
            }
            Ok(letter) => {
                let days = settings.mail.chase_again_days;
                match journal.before(&draft.message_id, &letter.subject, today, days) {
                    Before::Sent { at, to, again_from } => {
                        Verdict::Already { draft: (*draft).clone(), at, to, again_from }
                    }
                    Before::InDoubt { message_id, .. } if cleared.contains(&message_id) => {
                        Verdict::Ready(letter)
                    }
                    Before::InDoubt { at, message_id, why } => {
                        Verdict::InDoubt { draft: (*draft).clone(), at, message_id, why }
                    }
                    Before::Nothing => Verdict::Ready(letter),
                }
            }
        };
        let twin = verdicts.iter().find(|own| match (own, &verdict) {
            (Verdict::Ready(own), Verdict::Ready(other)) => {
                own.subject == other.subject || own.draft.message_id == other.draft.message_id
            }
            _ => false,
        });
        verdicts.push(match twin.map(|own| own.draft().file.clone()) {
            Some(file) => {
                Verdict::Refused((*draft).clone(), vec![format!("the draft out/{file} is about the same")])
            }
            None => verdict,
        });
    }
    let mut notes = Vec::new();
    let mut hindrances = dated(listed.as_of, today, &mut notes);
    let sender =
        settings.sender.email.clone().map(|email| Sender { name: settings.sender.name.clone(), email });
    if sender.is_none() {
        hindrances.push(
            "Who the mail is from is not known: fill in `email` in the table [sender] of quarterday.toml."
                .to_string(),
        );
    }
    let relay = relay(&workspace, settings, &mut hindrances);
    if settings.mail.security == Security::None && relay.is_some() {
        let place = if settings.mail.is_this_machine() { "on this computer" } else { "across the network" };
        notes.push(format!(
            "The connection to the mail server is not encrypted (`security = \"none\"`): what is sent can be read {place}."
        ));
    }
    Ok(Sending {
        as_of: Some(listed.as_of),
        hindrances,
        notes,
        others: listed.drafts.len() - wanted.len(),
        verdicts,
        sender,
        relay,
        cleared,
        journal,
        out,
        _lock: lock,
    })
}

/// A Message-ID without the angle brackets it may be given in.
fn bare(id: &str) -> &str {
    id.trim().trim_start_matches('<').trim_end_matches('>')
}

/// That a message of which the officer says that it did not go is one of which nobody knows.
fn cleared(journal: &Sent, id: &str) -> Result<()> {
    let id = bare(id);
    if journal.is_in_doubt(id) {
        return Ok(());
    }
    bail!(
        "the journal {JOURNAL_FILE} knows of no message {id} that may have gone: `--again` is only for those that `quarterday send` lists as \
         such. One that was sent does not go again from here; open the draft in Outlook for that"
    )
}

/// The drafts that are asked for.
fn wanted<'d>(drafts: &'d [Draft], asked: &Asked, register: &Register) -> Result<Vec<&'d Draft>> {
    let none = |what: &str, wanted: &str, known: Vec<&str>| {
        let help = match nearest(wanted, known.iter().copied()) {
            Some(near) => format!("; did you mean “{near}”?"),
            None if known.is_empty() => "; there are no drafts at all".to_string(),
            None => {
                let mut known: Vec<&str> = known;
                known.sort_unstable();
                known.dedup();
                format!("; there are drafts for {}", known.join(", "))
            }
        };
        anyhow::anyhow!("there is no draft of the {what} “{wanted}”{help}")
    };
    let mut left: Vec<&Draft> = drafts.iter().collect();
    if let Some(contract) = &asked.contract {
        let known = left.iter().map(|draft| draft.contract.as_str()).collect();
        left.retain(|draft| fold(&draft.contract) == fold(contract));
        if left.is_empty() {
            return Err(none("contract", contract, known));
        }
    }
    if let Some(provider) = &asked.provider {
        let known = left.iter().map(|draft| draft.provider.as_str()).collect();
        left.retain(|draft| {
            let row = register.provider(&draft.provider, &draft.contract);
            row.map_or(fold(&draft.provider) == fold(provider), |row| row.is_called(provider))
        });
        if left.is_empty() {
            return Err(none("provider", provider, known));
        }
    }
    if let Some(period) = &asked.period {
        let known = left.iter().flat_map(|draft| [draft.period.as_str(), &draft.review_period]).collect();
        let wanted = fold(period);
        left.retain(|draft| fold(&draft.period) == wanted || fold(&draft.review_period) == wanted);
        if left.is_empty() {
            return Err(none("period", period, known));
        }
    }
    if let Some(kind) = asked.kind {
        left.retain(|draft| draft.kind == kind);
    }
    Ok(left)
}

/// Why drafts of that day do not go today. Since then returns may have come in, and a due date may have passed.
fn dated(as_of: NaiveDate, today: NaiveDate, notes: &mut Vec<String>) -> Vec<String> {
    let day = long_date(as_of);
    if as_of > today {
        return vec![format!(
            "The drafts are as of {day}, a day to come: run `quarterday run` without `--as-of`, look at the drafts, and send then."
        )];
    }
    if as_of.checked_add_days(Days::new(1)).is_some_and(|next| next < today) {
        return vec![format!(
            "The drafts are as of {day}, which is more than a day ago: run `quarterday run` again, look at the drafts, and send then."
        )];
    }
    if as_of < today {
        notes.push(format!("The drafts are as of yesterday, {day}; what came in since is not in them."));
    }
    Vec::new()
}

fn relay(workspace: &Workspace, settings: &Settings, hindrances: &mut Vec<String>) -> Option<Relay> {
    let mail = &settings.mail;
    let mut failed = |error: anyhow::Error| hindrances.push(format!("{error:#}."));
    let login = mail.login.as_ref().map(|login| {
        let password = password::read(workspace.dir(), &login.password);
        password.map(|password| (login.user.clone(), password))
    });
    let login = login.transpose().map_err(&mut failed);
    let root = mail.root_certificate.as_ref().map(|path| files::read(&workspace.dir().join(path)));
    let root = root.transpose().map_err(&mut failed);
    let Some(server) = &mail.server else {
        hindrances.push(
            "Where to send it is not known: fill in `server` in the table [mail] of quarterday.toml; your IT service knows its name. \
             Until then open the drafts (.eml) in Outlook and send them from there."
                .to_string(),
        );
        return None;
    };
    Some(Relay {
        server: server.clone(),
        port: mail.port,
        security: mail.security,
        login: login.ok()?,
        root_certificate: root.ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drafts_are_of_today_or_yesterday() {
        let today = "2026-03-01".parse().unwrap();
        for (as_of, hindrance, note) in [
            ("2026-03-02", Some("a day to come"), None),
            ("2026-03-01", None, None),
            ("2026-02-28", None, Some("as of yesterday, 28 February 2026")),
            ("2026-02-27", Some("more than a day ago"), None),
        ] {
            let mut notes = Vec::new();
            let found = dated(as_of.parse().unwrap(), today, &mut notes);
            for (found, expected) in [(found, hindrance), (notes, note)] {
                assert_eq!(found.len(), usize::from(expected.is_some()), "{as_of} {found:?}");
                assert!(expected.is_none_or(|words| found[0].contains(words)), "{as_of} {found:?}");
            }
        }
    }
}
