//! A draft as a text to copy from, with what the officer has to know of it.

use anyhow::Result;
use serde::Serialize;

use super::words::{Words, line, paragraphs};
use crate::output::pages::Pages;
use crate::review::correspondence::Recipients;

/// What stands about the letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftText<'a> {
    /// File name of the message, beside this text.
    pub message: &'a str,
    /// Who it is addressed to.
    pub recipients: &'a Recipients,
    /// The attached file's path from the text's folder and its name in the message.
    pub attachment: Option<(&'a str, &'a str)>,
    /// What the officer has to know before it goes out, in sentences.
    pub notes: &'a [String],
}

#[derive(Debug, Serialize)]
struct View {
    message: String,
    to: String,
    cc: String,
    subject: String,
    attachment: Option<AttachmentView>,
    notes: Vec<String>,
    body: String,
}

#[derive(Debug, Serialize)]
struct AttachmentView {
    path: String,
    name: String,
}

/// The text; every line ends in CRLF, as Notepad has them.
///
/// # Errors
/// The template is at fault.
pub fn draft_text(pages: &Pages, words: &Words, about: &DraftText<'_>) -> Result<String> {
    let view = View {
        message: line(about.message),
        to: about.recipients.to.join("; "),
        cc: about.recipients.cc.join("; "),
        subject: line(&words.subject),
        attachment: about
            .attachment
            .map(|(path, name)| AttachmentView { path: line(path), name: line(name) }),
        notes: about.notes.iter().map(|note| line(note)).collect(),
        body: words.body.clone(),
    };
    let text = paragraphs(&pages.text("mail/draft.txt", &view)?);
    Ok(text.lines().map(|line| format!("{line}\r\n")).collect())
}
