//! Draft e-mails as they are listed beside themselves: whoever writes drafts and whoever hands them on goes by this list.

use serde::{Deserialize, Serialize};

/// The list's path below the folder of all that is generated, with forward slashes.
pub const DRAFTS_LIST: &str = "drafts.json";
/// What the list calls itself; a change of its shape changes this.
pub const DRAFTS_FORMAT: &str = "quarterday.drafts/1";

/// What a draft is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DraftKind {
    /// A return came in and nothing in it is asked about: thanks, with the coloured copy.
    Thanks,
    /// A return came in and something in it is asked about: the queries, with the coloured copy.
    Query,
    /// A return is due soon.
    Reminder,
    /// A return is due and has not come in.
    Chaser,
}

impl DraftKind {
    /// Every kind, in the order in which drafts are listed.
    pub const ALL: [DraftKind; 4] =
        [DraftKind::Thanks, DraftKind::Query, DraftKind::Reminder, DraftKind::Chaser];

    /// The word as it stands in lists and arguments.
    pub fn id(self) -> &'static str {
        match self {
            DraftKind::Thanks => "thanks",
            DraftKind::Query => "query",
            DraftKind::Reminder => "reminder",
            DraftKind::Chaser => "chaser",
        }
    }
}

/// A file that goes with a draft.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub struct DraftAttachment {
    /// The name it has in the message: ASCII.
    pub name: String,
    /// Its path below the folder of all that is generated, with forward slashes.
    pub file: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// How many lines on single people it holds; `null` where that cannot be told, which is no zero.
    pub client_rows: Option<usize>,
}

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub struct Draft {
    /// Path of the message (`.eml`) below the folder of all that is generated, with forward slashes.
    pub file: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// What it is for.
    pub kind: DraftKind,
    /// Contract id.
    pub contract: String,
    /// Provider's name as in the register.
    pub provider: String,
    /// The review period in whose folder it stands, as a label.
    pub review_period: String,
    /// The form's id.
    pub form: String,
    /// The period of the return, as a label.
    pub period: String,
    /// The area the return is for, where it is for one.
    pub area: Option<String>,
    /// Its Message-ID, without angle brackets: of its own content, so that the same draft has the same one.
    pub message_id: String,
    /// Addressees. Empty where the register gives none; such a draft is not handed on.
    pub to: Vec<String>,
    /// Those who get a copy.
    pub cc: Vec<String>,
    /// Subject.
    pub subject: String,
    /// What goes with it, in order.
    pub attachments: Vec<DraftAttachment>,
}

/// The list of all drafts of a run, in order of contract, provider, kind and file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub struct Drafts {
    /// [`DRAFTS_FORMAT`].
    pub format: String,
    /// The as-of date, as 2026-01-20.
    pub as_of: chrono::NaiveDate,
    /// The drafts.
    pub drafts: Vec<Draft>,
}
