//! Records that hold what a provider promised beside what it reports.

use serde::Deserialize;

/// Which columns of a record say what was promised, and which what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Promise {
    /// Column that names what the promise is about; by it a promise is found again in other returns.
    pub of: String,
    /// Columns that say what was promised.
    pub promised: Vec<String>,
    /// Columns that say what is reported.
    pub reported: Vec<String>,
    /// Date column by which it is due.
    pub due: Option<String>,
    /// Where and how a promise is reported as kept.
    pub done: Option<Done>,
}

/// Where and how a promise is reported as kept.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Done {
    /// Column of the status.
    pub column: String,
    /// Words that say it is kept, however they are spaced or capitalised.
    pub words: Vec<String>,
}

impl Promise {
    /// Every column it names, in the order in which they are shown, each once.
    pub fn columns(&self) -> Vec<&str> {
        let mut columns: Vec<&str> = vec![&self.of];
        let others = self.promised.iter().chain(&self.reported).chain(&self.due);
        for column in others.chain(self.done.as_ref().map(|done| &done.column)) {
            if !columns.contains(&column.as_str()) {
                columns.push(column);
            }
        }
        columns
    }
}
