//! What a provider promised beside what it reports.

use super::InformationTable;

/// The promises of one table of a return, as the return for the period has them.
#[derive(Debug, Clone, PartialEq)]
pub struct PromiseTable {
    /// What, promised, reported, by column; a blank says so in words. Without rows where no return has come in.
    pub table: InformationTable,
    /// How many of them there are and how they stand, in a sentence.
    pub standing: String,
    /// Where they moved against the provider's earlier returns, and what is past its date, in sentences.
    pub moved: Vec<String>,
}
