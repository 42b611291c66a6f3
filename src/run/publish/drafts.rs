//! Draft e-mails beside the packs: which there are, where they stand, how they are written and listed.
//!
//! A draft stands in the folder `drafts` of the review period in which its return falls, be there a pack of it or not.

use std::collections::BTreeMap;

use anyhow::Result;
use chrono::NaiveDate;

use super::Put;
use super::plan::{Plan, PlannedPack, Returned};
use crate::assess::records::Records;
use crate::calendar::working_days::WorkingDays;
use crate::contract::Contract;
use crate::domain::draft::{DRAFTS_FORMAT, Draft, DraftAttachment, DraftKind, Drafts};
use crate::domain::period::Period;
use crate::domain::text::{capital, number_of};
use crate::output::mail::{
    Attachment, DraftText, Sender, Words, attachment_name, draft_text, is_address, message, words,
};
use crate::output::pages::{DraftLink, Pages};
use crate::review::correspondence::{Content, Correspondent, Letter, Recipients};
use crate::reviewing::correspondence::letters;
use crate::run::client_rows::ClientRows;
use crate::run::look::Key;
use crate::workspace::names;
use crate::workspace::register::choices::{Choice, ProviderStatus};
use crate::workspace::settings::Settings;

/// Folder of the drafts, from that of their review period.
const FOLDER: &str = "drafts";

/// What drafts are made of besides the results: contracts, the register's records, what the returns hold.
pub struct Desk<'a> {
    contracts: &'a BTreeMap<String, Contract>,
    records: &'a BTreeMap<Key, Records>,
    working_days: &'a WorkingDays,
    settings: &'a Settings,
    sender: Option<Sender>,
    as_of: NaiveDate,
}

impl<'a> Desk<'a> {
    /// What was seen of a workspace, by its settings.
    pub fn new(
        contracts: &'a BTreeMap<String, Contract>,
        records: &'a BTreeMap<Key, Records>,
        working_days: &'a WorkingDays,
        settings: &'a Settings,
        as_of: NaiveDate,
    ) -> Self {
        let email = settings.sender.email.clone().filter(|email| is_address(email));
        let sender = email.map(|email| Sender { name: settings.sender.name.clone(), email });
        Self { contracts, records, working_days, settings, sender, as_of }
    }

    fn key(letter: &Letter) -> Key {
        (letter.contract.clone(), letter.provider.clone())
    }

    fn records(&self, letter: &Letter) -> Option<&Records> {
        self.records.get(&Self::key(letter))
    }

    fn words(&self, pages: &Pages, letter: &Letter) -> Result<Words> {
        words(pages, letter, self.settings.sender.name.as_deref(), self.settings.council.as_deref())
    }
}

/// A draft to be written.
pub struct PlannedDraft {
    letter: Letter,
    /// Folder below `out/`, with forward slashes.
    folder: String,
    /// File name without its extension.
    stem: String,
    /// Path below `out/` of the copy that goes along.
    copy: Option<String>,
}

impl PlannedDraft {
    /// The copy that goes along, as a path below `out/`.
    pub fn copy(&self) -> Option<&str> {
        self.copy.as_deref()
    }

    fn file(&self, extension: &str) -> String {
        format!("{}/{}.{extension}", self.folder, self.stem)
    }

    /// What a page calls it: `Query: Quarterly KPI return, September 2025 to November 2025`.
    fn label(&self) -> String {
        let letter = &self.letter;
        let area = letter.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
        let kind = capital(letter.kind().id());
        format!("{kind}: {}{area}, {}", letter.form_title, letter.period.describe())
    }
}

/// The drafts of a provider, planned with its packs so that pages can lead to them; in order of kind and file.
pub fn plan(desk: &Desk<'_>, plan: &Plan<'_>) -> Vec<PlannedDraft> {
    let review = plan.review;
    let key = (review.contract.clone(), review.provider.clone());
    let (Some(contract), Some(records)) = (desk.contracts.get(&review.contract), desk.records.get(&key))
    else {
        return Vec::new();
    };
    let own =
        Correspondent::of(review, &contract.councils, contract.review_every, desk.as_of, last_day(records));
    let letters = letters(&own, desk.settings.drafts.remind_days, desk.working_days);
    let stems: Vec<String> = letters.iter().map(stem).collect();
    let names = names::distinct(stems.iter().map(String::as_str));
    let mut drafts: Vec<PlannedDraft> = letters
        .into_iter()
        .zip(&stems)
        .map(|(letter, stem)| {
            let pack = plan.packs.iter().find(|planned| planned.pack.period == letter.review_period);
            let copy = pack.filter(|_| matches!(letter.content, Content::Returned(_))).and_then(|planned| {
                let returned = planned.returned.iter().find(|own| is_of(own, &letter))?;
                Some(format!("{}/{}", planned.folder, returned.path))
            });
            PlannedDraft {
                folder: format!("{}/{FOLDER}", folder(&plan.root, &letter.review_period)),
                stem: names.get(stem).cloned().unwrap_or_else(|| names::legal_name(stem)),
                copy,
                letter,
            }
        })
        // A letter that speaks of a copy is none without it.
        .filter(|draft| draft.copy.is_some() || !matches!(draft.letter.content, Content::Returned(_)))
        .collect();
    drafts.sort_by_key(|draft| (draft.letter.kind(), draft.file("eml")));
    drafts
}

/// The folder of a review period below that of its provider.
pub fn folder(root: &str, period: &Period) -> String {
    format!("{root}/{}", names::legal_name(&period.label()))
}

/// Whether a file below `out/` is a draft.
pub fn is_draft(path: &str) -> bool {
    path.rsplit('/').nth(1) == Some(FOLDER) && path.split('/').count() > 4
}

/// The list as it is written.
///
/// # Errors
/// It cannot be put into JSON.
pub fn json(list: &Drafts) -> Result<Vec<u8>> {
    let mut json = serde_json::to_vec_pretty(list)?;
    json.push(b'\n');
    Ok(json)
}

/// The last day on which returns are asked for, inclusive: that of the contract with the provider, or the one before it was barred.
fn last_day(records: &Records) -> Option<NaiveDate> {
    let barred = records
        .standings
        .iter()
        .filter(|own| {
            own.service.is_none() && own.word == ProviderStatus::Barred.word() && own.until.is_none()
        })
        .map(|own| own.since.and_then(|since| since.pred_opt()).unwrap_or(NaiveDate::MIN));
    barred.chain(records.end).min()
}

fn is_of(returned: &Returned<'_>, letter: &Letter) -> bool {
    let own = returned.submission;
    own.form == letter.form && own.period == letter.period && own.area == letter.area
}

/// `query quarterly-kpi 2025-26 Q1`.
fn stem(letter: &Letter) -> String {
    let area = letter.area.as_ref().map(|area| format!(" {area}")).unwrap_or_default();
    format!("{} {} {}{area}", letter.kind().id(), letter.form, letter.period.label())
}

/// Links to the drafts that belong to a pack, from its folder: its own, and beside the newest pack those of periods that have none.
pub fn links(plan: &Plan<'_>, index: usize) -> Vec<DraftLink> {
    let Some(pack) = plan.packs.get(index) else { return Vec::new() };
    let is_newest = index + 1 == plan.packs.len();
    let has_pack = |period: &Period| plan.packs.iter().any(|own| own.pack.period == *period);
    let belongs = |draft: &&PlannedDraft| {
        let period = draft.letter.review_period;
        period == pack.pack.period || (is_newest && !has_pack(&period))
    };
    let link = |draft: &PlannedDraft| {
        let own = format!("{}/", pack.folder);
        let from_pack = |path: String| match path.strip_prefix(&own) {
            Some(below) => below.to_string(),
            None => format!("..{}", path.strip_prefix(&plan.root).unwrap_or(&path)),
        };
        DraftLink {
            label: draft.label(),
            message: from_pack(draft.file("eml")),
            text: from_pack(draft.file("txt")),
        }
    };
    plan.drafts.iter().filter(belongs).map(link).collect()
}

/// The same links from the folder of all that is generated.
pub fn links_from_above(plan: &Plan<'_>, planned: &PlannedPack<'_>, index: usize) -> Vec<DraftLink> {
    let above = |path: String| match path.strip_prefix("..") {
        Some(rest) => format!("{}{rest}", plan.root),
        None => format!("{}/{path}", planned.folder),
    };
    let raised = |link: DraftLink| DraftLink {
        message: above(link.message),
        text: above(link.text),
        label: link.label,
    };
    links(plan, index).into_iter().map(raised).collect()
}

/// Fills the templates of a draft and keeps nothing.
///
/// # Errors
/// A template is at fault.
pub fn rehearse(pages: &Pages, desk: &Desk<'_>, draft: &PlannedDraft) -> Result<String> {
    let words = desk.words(pages, &draft.letter)?;
    let recipients = Recipients::default();
    let about = DraftText { message: "", recipients: &recipients, attachment: Some(("", "")), notes: &[] };
    draft_text(pages, &words, &about)
}

/// The drafts written so far.
pub struct Written<'a> {
    desk: &'a Desk<'a>,
    /// How many lines on single people each version holds.
    client_rows: &'a ClientRows,
    list: Vec<Draft>,
}

impl<'a> Written<'a> {
    /// None yet.
    pub fn new(desk: &'a Desk<'a>, client_rows: &'a ClientRows) -> Self {
        Self { desk, client_rows, list: Vec::new() }
    }

    /// Writes a draft, with the bytes of the copy that goes along and their SHA-256; `put` writes a file and gives that of its bytes.
    ///
    /// # Errors
    /// A template is at fault, or a file cannot be written.
    pub fn write(
        &mut self,
        pages: &Pages,
        draft: &PlannedDraft,
        copy: Option<(&[u8], &str)>,
        put: Put<'_>,
    ) -> Result<()> {
        let letter = &draft.letter;
        let none = Recipients::default();
        let recipients = self.desk.records(letter).map_or(&none, |records| &records.recipients);
        let words = self.desk.words(pages, letter)?;
        let name = attachment_name(letter);
        let attachment = copy.map(|(bytes, _)| Attachment { name: &name, bytes });
        let version = match &letter.content {
            Content::Returned(own) => own.sha256.as_str(),
            Content::DueSoon | Content::Overdue(_) => "",
        };
        let made = message(self.desk.sender.as_ref(), recipients, &words, attachment, version)?;
        let attachments: Vec<DraftAttachment> = draft
            .copy
            .iter()
            .zip(copy)
            .map(|(path, (_, sha256))| DraftAttachment {
                name: name.clone(),
                file: path.clone(),
                sha256: sha256.to_string(),
                client_rows: self.client_rows.get(version).copied(),
            })
            .collect();
        let notes = notes(recipients, &attachments, letter);
        let path = attachments.first().map(|own| from_drafts(&draft.folder, &own.file));
        let about = DraftText {
            message: &format!("{}.eml", draft.stem),
            recipients,
            attachment: path.as_deref().map(|path| (path, name.as_str())),
            notes: &notes,
        };
        let text = draft_text(pages, &words, &about)?;
        let sha256 = put(&draft.file("eml"), &made.bytes)?;
        put(&draft.file("txt"), text.as_bytes())?;
        self.list.push(Draft {
            file: draft.file("eml"),
            sha256,
            kind: letter.kind(),
            contract: letter.contract.clone(),
            provider: letter.provider.clone(),
            review_period: letter.review_period.label(),
            form: letter.form.clone(),
            period: letter.period.label(),
            area: letter.area.clone(),
            message_id: made.message_id,
            to: recipients.to.clone(),
            cc: recipients.cc.clone(),
            subject: words.subject,
            attachments,
        });
        Ok(())
    }

    /// What was written, in order.
    pub fn list(self) -> Vec<Draft> {
        self.list
    }
}

/// The list of all, in order of contract, provider, kind and file.
pub fn list(mut drafts: Vec<Draft>, as_of: NaiveDate) -> Drafts {
    drafts.sort_by(|a, b| {
        fn key(own: &Draft) -> (&str, &str, DraftKind, &str) {
            (&own.contract, &own.provider, own.kind, &own.file)
        }
        key(a).cmp(&key(b))
    });
    Drafts { format: DRAFTS_FORMAT.to_string(), as_of, drafts }
}

/// Path of a file from the folder of the drafts beside it.
fn from_drafts(folder: &str, file: &str) -> String {
    let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
    match file.strip_prefix(above).and_then(|rest| rest.strip_prefix('/')) {
        Some(below) => format!("../{below}"),
        None => file.to_string(),
    }
}

/// What the officer has to know before a draft goes out.
fn notes(recipients: &Recipients, attachments: &[DraftAttachment], letter: &Letter) -> Vec<String> {
    let mut notes = Vec::new();
    if recipients.to.is_empty() {
        notes.push(format!(
            "The register has no address of {}. Enter one on its sheet Providers, column E-mail, or on its sheet Contacts, and run again.",
            letter.provider
        ));
    }
    for own in attachments {
        notes.extend(care(own.client_rows));
    }
    notes
}

/// What has to be said of an attachment that holds so many lines on single people.
fn care(client_rows: Option<usize>) -> Option<String> {
    match client_rows {
        Some(0) => None,
        Some(rows) => Some(format!(
            "This attachment holds {} on single people; send it only by a way your council allows (secure e-mail).",
            number_of(rows, "line", "lines")
        )),
        None => Some(
            "Whether this attachment holds lines on single people cannot be told, since not all of it could be read; look before you \
             send it."
                .to_string(),
        ),
    }
}

/// What a run says of its drafts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DraftsMade {
    /// How many of each kind, those there are.
    pub kinds: BTreeMap<DraftKind, usize>,
    /// The providers of whom the register has no address, with how many drafts each.
    pub without_address: BTreeMap<String, usize>,
    /// How many attachments hold lines on single people, and how many lines in all.
    pub client_rows: (usize, usize),
    /// Of how many attachments that cannot be told.
    pub untold: usize,
}

impl DraftsMade {
    /// What there is to say of a list.
    pub fn of(list: &Drafts) -> Self {
        let mut made = Self::default();
        for draft in &list.drafts {
            *made.kinds.entry(draft.kind).or_default() += 1;
            if draft.to.is_empty() {
                *made.without_address.entry(draft.provider.clone()).or_default() += 1;
            }
            for own in &draft.attachments {
                match own.client_rows {
                    Some(0) => {}
                    Some(rows) => made.client_rows = (made.client_rows.0 + 1, made.client_rows.1 + rows),
                    None => made.untold += 1,
                }
            }
        }
        made
    }
}
