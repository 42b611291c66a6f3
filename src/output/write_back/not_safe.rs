//! Why a provider's own package is not written into.

/// Why a package is left alone; the text completes “the return was rebuilt, because …”.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotSafe {
    /// A format whose packages are not written into.
    #[error("it is {0}")]
    Format(&'static str),
    /// Not the zip package of an Excel workbook.
    #[error("it is no package of an Excel workbook ({0})")]
    NoPackage(String),
    /// A digital signature, which any change would break.
    #[error("it is digitally signed, and a change would break the signature")]
    Signed,
    /// Two entries that Excel takes for one.
    #[error("two of its parts are called “{0}”")]
    Twice(String),
    /// A part in another encoding than UTF-8.
    #[error("its part “{0}” is not written in UTF-8")]
    Encoding(String),
    /// A part with a document type definition.
    #[error("its part “{0}” holds a document type definition")]
    Doctype(String),
    /// A part that is not well-formed.
    #[error("its part “{part}” cannot be followed ({detail})")]
    Damaged {
        /// Name of the part.
        part: String,
        /// What was found, for whoever helps the officer.
        detail: String,
    },
    /// A part that is well-formed and yet not understood.
    #[error("its part “{part}” holds what is not understood: {what}")]
    NotUnderstood {
        /// Name of the part.
        part: String,
        /// What stands there.
        what: String,
    },
    /// A part that is named and not there.
    #[error("its part “{0}” is missing")]
    Missing(String),
    /// A part beyond what is taken into memory.
    #[error("its part “{0}” is too large")]
    TooLarge(String),
    /// No room for more cell formats.
    #[error("it has {0} cell formats, and Excel allows few more")]
    TooManyFormats(usize),
    /// The written package is not what it should be.
    #[error("the coloured copy did not pass its check: {0}")]
    Check(String),
}

impl NotSafe {
    /// What stands in `part` is not understood.
    pub(super) fn not_understood(part: &str, what: impl Into<String>) -> Self {
        NotSafe::NotUnderstood { part: part.to_string(), what: what.into() }
    }
}
