//! Draft e-mails about returns: the words by templates, the message to open in Outlook, the same as a text to copy from.
//!
//! | stage | where |
//! | --- | --- |
//! | letter → subject and body | `words`, by the templates under `templates/mail/` |
//! | subject and body → message | `message`, the only maker of messages here |
//! | the same to copy from, with what the officer has to know | `text` |
//!
//! What a provider wrote is on one line before it comes near a template, so it can end neither the subject nor a header. The same
//! letter gives the same bytes.

mod attachment_name;
mod message;
mod text;
mod words;

#[cfg(test)]
mod tests;

pub use attachment_name::attachment_name;
pub use message::{Attachment, Message, Sender, is_address, message};
pub use text::{DraftText, draft_text};
pub use words::{Words, words};
