//! One draft looked at from all sides: whether it is what the run wrote, for whom it is, and what it carries.

use std::path::Path;

use super::addressees;
use super::attached::Checks;
use super::{Enclosed, Letter};
use crate::domain::draft::Draft;
use crate::post::message;
use crate::workspace::register::Register;
use crate::workspace::sent::Subject;
use crate::workspace::settings::Settings;
use crate::workspace::{drafts, sha256};

/// What drafts are held against.
pub(super) struct Desk<'a> {
    pub out: &'a Path,
    pub settings: &'a Settings,
    pub register: &'a Register,
    pub checks: Checks<'a>,
}

impl Desk<'_> {
    /// The letter as it may go.
    ///
    /// # Errors
    /// Every reason why it may not.
    pub(super) fn letter(&self, draft: &Draft) -> Result<Letter, Vec<String>> {
        let mut faults = unfit(draft);
        let allowed = self.settings.mail.allowed_domains.as_deref();
        faults.extend(addressees::faults(draft, self.register, allowed));
        let (enclosed, holds) = match bytes(self.out, draft) {
            Ok(bytes) => self.carried(draft, &bytes, &mut faults),
            Err(why) => {
                faults.push(why);
                Default::default()
            }
        };
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Letter { enclosed, subject: subject(draft, holds), draft: draft.clone() })
    }

    /// What the message carries, and what that holds.
    fn carried(&self, draft: &Draft, bytes: &[u8], faults: &mut Vec<String>) -> (Vec<Enclosed>, Vec<String>) {
        let letter = match message::read(bytes) {
            Ok(letter) => letter,
            Err(whys) => {
                faults.extend(whys.into_iter().map(|why| format!("it {why}; run `quarterday run` again")));
                return Default::default();
            }
        };
        faults.extend(self.disagrees(draft, &letter));
        if letter.attachments.len() != draft.attachments.len() {
            let (found, listed) = (letter.attachments.len(), draft.attachments.len());
            faults.push(format!("it carries {found} attachments, and the list of drafts names {listed}"));
            return Default::default();
        }
        let (mut enclosed, mut holds) = (Vec::new(), Vec::new());
        for (carried, listed) in letter.attachments.into_iter().zip(&draft.attachments) {
            let name = &listed.name;
            if carried.name != *name || !plain_name(name) {
                faults.push(format!(
                    "its attachment is called “{}”, and the list of drafts says “{name}”",
                    carried.name
                ));
            }
            if sha256(&carried.bytes) != listed.sha256 {
                faults.push(format!("its attachment {name} is not the file that the list of drafts names"));
            }
            match drafts::file(self.out, &listed.file) {
                Ok(Some(file)) if file == carried.bytes => {}
                Ok(Some(_)) => faults.push(format!(
                    "out/{} has changed since the draft was written, and its attachment {name} has not; run `quarterday run` again",
                    listed.file
                )),
                Ok(None) => faults.push(format!(
                    "out/{}, which is its attachment {name}, is not there any more; run `quarterday run` again",
                    listed.file
                )),
                Err(error) => faults.push(format!("{error:#}")),
            }
            let size = carried.bytes.len();
            enclosed.push(Enclosed { name: name.clone(), size, client_rows: listed.client_rows });
            match self.checks.holds(draft, listed, carried.bytes) {
                Ok(own) => holds.push(own),
                Err(whys) => faults.extend(whys),
            }
        }
        (enclosed, holds)
    }

    /// Where what stands in the message is not what the list of drafts says of it.
    fn disagrees(&self, draft: &Draft, letter: &message::Letter) -> Vec<String> {
        let mut faults = Vec::new();
        let mut differ = |what: &str, found: &str, listed: &str| {
            if found != listed {
                faults.push(format!(
                    "its {what} is “{}”, and the list of drafts says “{}”",
                    found.escape_debug(),
                    listed.escape_debug()
                ));
            }
        };
        differ("To", &letter.to.join(", "), &draft.to.join(", "));
        differ("Cc", &letter.cc.join(", "), &draft.cc.join(", "));
        differ("subject", &letter.subject, &draft.subject);
        differ("Message-ID", &letter.message_id, &draft.message_id);
        let sender = self.settings.sender.email.as_deref();
        let is_sender = |address: &String| Some(address.as_str()) == sender;
        if let (false, Some(sender)) = (letter.from.iter().all(is_sender) && letter.from.len() <= 1, sender) {
            faults.push(format!(
                "it is from {}, and the sender in quarterday.toml is {sender}; run `quarterday run` again",
                letter.from.join(", ")
            ));
        }
        let council = addressees::of_the_council(self.register, &draft.contract);
        for address in &letter.reply_to {
            if !is_sender(address) && !council.contains(&address.to_lowercase()) {
                faults
                    .push(format!("answers to it would go to {address}, which is no address of the council"));
            }
        }
        faults
    }
}

/// The bytes of a draft that are still those the run wrote.
///
/// # Errors
/// They are not, or are not there; with what to do.
pub(super) fn bytes(out: &Path, draft: &Draft) -> Result<Vec<u8>, String> {
    let file = &draft.file;
    match drafts::file(out, file) {
        Ok(Some(bytes)) if sha256(&bytes) == draft.sha256 => Ok(bytes),
        Ok(Some(_)) => Err(format!(
            "the draft out/{file} was changed after the run wrote it. Open it in Outlook and send it from there, or run \
             `quarterday run` again to have it as it was"
        )),
        Ok(None) => Err(format!("the draft out/{file} is not there any more; run `quarterday run` again")),
        Err(error) => Err(format!("{error:#}")),
    }
}

/// What a letter is about.
pub(in crate::run) fn subject(draft: &Draft, holds: Vec<String>) -> Subject {
    Subject {
        contract: draft.contract.clone(),
        provider: draft.provider.clone(),
        form: draft.form.clone(),
        period: draft.period.clone(),
        area: draft.area.clone(),
        letter: draft.kind,
        holds,
    }
}

/// What in the list itself could end a line of a header.
fn unfit(draft: &Draft) -> Vec<String> {
    let mut faults = Vec::new();
    for (what, text) in
        [("subject", &draft.subject), ("Message-ID", &draft.message_id), ("provider", &draft.provider)]
    {
        if text.chars().any(char::is_control) {
            faults.push(format!("its {what} has a line break in it: “{}”", text.escape_debug()));
        }
    }
    let id = &draft.message_id;
    if id.is_empty() || !id.is_ascii() || id.contains([' ', '<', '>']) {
        faults.push(format!("its Message-ID is none: “{}”", id.escape_debug()));
    }
    faults
}

fn plain_name(name: &str) -> bool {
    name.is_ascii() && !name.is_empty() && !name.chars().any(|c| c.is_control() || "\"\\/:*?<>|".contains(c))
}
