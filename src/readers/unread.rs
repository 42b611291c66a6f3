//! Why a file was set aside.

use serde::{Deserialize, Serialize};

/// Why nothing came of a file. The text says what is the matter and what to do; it does not repeat the file's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Unread {
    /// It is no workbook that is read; see [`crate::intake::reading::NotRead`], whose text this is.
    #[error("{0}")]
    NotRead(String),
    /// It is a workbook and no return of any contract, in words for the officer.
    #[error("{0}")]
    NotRecognised(String),
    /// Reading it was given up.
    #[error(
        "reading it took longer than {seconds} seconds, the limit for a file, so it was given up. Open it in Excel and copy the \
         sheets of the return into a new workbook, or ask the provider for a copy with nothing but the return in it"
    )]
    TookTooLong {
        /// The limit.
        seconds: u64,
    },
    /// Reading it was stopped.
    #[error(
        "reading it needed more than {megabytes} MB of memory, the limit for a file, so it was stopped. Open it in Excel and copy \
         the sheets of the return into a new workbook, or ask the provider for a copy with nothing but the return in it"
    )]
    TooMuchMemory {
        /// The limit.
        megabytes: usize,
    },
    /// What came of it was refused.
    #[error(
        "what it holds comes to more than {megabytes} MB, the limit for what is taken from a file. Ask the provider for a copy \
         with nothing but the return in it"
    )]
    TooMuchInIt {
        /// The limit.
        megabytes: usize,
    },
    /// A panic, an abort, an overflow of the stack, or an answer that makes no sense.
    #[error(
        "it made the reader break off, which no sound workbook does; the other files were read all the same. Open it in Excel and \
         save it as a new .xlsx, or ask the provider to send it again; if that does not help, do not open it and show it to your \
         IT service"
    )]
    Crashed,
    /// No worker could be started although others could before.
    #[error(
        "the part of the program that reads files could not be started ({0}). Run again; if that does not help, restart the computer"
    )]
    NoWorker(String),
}

impl Unread {
    /// The text where the file is an e-mail: what to do is another thing than with a workbook.
    pub(super) fn of_a_mail(&self) -> String {
        const SAVE: &str = "Open it in Outlook and save the attached workbook into the folder";
        match self {
            Unread::NotRead(_) | Unread::NotRecognised(_) | Unread::NoWorker(_) => self.to_string(),
            Unread::TookTooLong { seconds } => format!(
                "taking this e-mail apart took longer than {seconds} seconds, the limit for a file, so it was given up. {SAVE}"
            ),
            Unread::TooMuchMemory { megabytes } => format!(
                "taking this e-mail apart needed more than {megabytes} MB of memory, the limit for a file, so it was stopped. {SAVE}"
            ),
            Unread::TooMuchInIt { megabytes } => {
                format!(
                    "what is attached to this e-mail comes to more than {megabytes} MB, the limit for a file. {SAVE}"
                )
            }
            Unread::Crashed => format!(
                "this e-mail made the reader break off, which no sound one does; the other files were read all the same. {SAVE}; where \
                 Outlook does not open it, show it to your IT service"
            ),
        }
    }
}
