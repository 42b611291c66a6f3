//! The officer's records: who provides what, what came in when, what was agreed.
//!
//! The stages: sheets and columns are found by name (`cells`), each list is read into rows (`read`), the
//! rows answer questions (here). Whatever cannot be read stops the run with its cell; nothing is guessed.

mod accepted;
mod cells;
pub mod choices;
mod disposals;
mod file_names;
#[cfg(test)]
pub(crate) mod fixture;
mod framework;
pub mod lists;
mod placed;
mod providers;
mod read;
mod rows;

use std::fmt;

use chrono::NaiveDate;

pub use cells::{RegisterFault, RegisterNote};
pub use disposals::{Disposal, DisposedReturn};
use file_names::FileName;
pub use placed::Placed;
pub use rows::{
    Accepted, AcceptedSubject, Action, Alert, Contact, Extension, Ignored, Meeting, Notice, Notification,
    PlannedReview, Priority, Provider, Receipt, Relief,
};

use crate::domain::finding::Finding;
use crate::domain::text::fold;
use crate::domain::workbook::Workbook;

/// The register as read, each list in the order of its rows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Register {
    /// Providers.
    pub providers: Vec<Provider>,
    /// Contacts.
    pub contacts: Vec<Contact>,
    /// Receipts.
    pub receipts: Vec<Receipt>,
    /// Ignored files.
    pub ignored: Vec<Ignored>,
    /// Extensions of due dates.
    pub extensions: Vec<Extension>,
    /// Accepted findings.
    pub accepted: Vec<Accepted>,
    /// Notices.
    pub notices: Vec<Notice>,
    /// Reliefs.
    pub reliefs: Vec<Relief>,
    /// Meetings.
    pub meetings: Vec<Meeting>,
    /// Actions.
    pub actions: Vec<Action>,
    /// Notifications of events.
    pub notifications: Vec<Notification>,
    /// Alerts.
    pub alerts: Vec<Alert>,
    /// Scores for strategic meetings.
    pub priorities: Vec<Priority>,
    /// The forward plan of contract reviews.
    pub reviews: Vec<PlannedReview>,
    /// Files disposed of on purpose.
    pub disposals: Vec<Disposal>,
    /// Sheets and columns that are not known, with what was probably meant.
    pub notes: Vec<RegisterNote>,
}

/// Everything in the register that cannot be read; at least one fault, in order of place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterError {
    /// The faults.
    pub faults: Vec<RegisterFault>,
}

impl fmt::Display for RegisterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the register cannot be read; nothing is guessed, so put this right and run again:")?;
        self.faults.iter().try_for_each(|fault| write!(f, "\n  {fault}"))
    }
}

impl std::error::Error for RegisterError {}

impl Register {
    /// Reads the register from its workbook.
    ///
    /// # Errors
    /// Every cell at fault.
    pub fn read(workbook: &Workbook) -> Result<Self, RegisterError> {
        read::register(workbook)
    }

    /// The provider of that name, or with that alias, under the contract: letter case and spaces do not
    /// matter, spelling does. The row of the whole provider, not of a service.
    pub fn provider(&self, name: &str, contract: &str) -> Option<&Provider> {
        self.providers.iter().find(|provider| {
            provider.service.is_none() && provider.is_called(name) && provider.is_under(contract)
        })
    }

    /// The rows of a provider's services under the contract.
    pub fn services<'a>(&'a self, name: &'a str, contract: &'a str) -> impl Iterator<Item = &'a Provider> {
        self.providers
            .iter()
            .filter(move |row| row.service.is_some() && row.is_called(name) && row.is_under(contract))
    }

    /// The day the file came in, when the register says so. `file` is the path below the workspace; a row
    /// with the path goes before one with the name alone.
    pub fn received(&self, file: &str) -> Option<NaiveDate> {
        self.receipt(file).map(|row| row.received)
    }

    /// The row that says on which day the file came in; see [`Register::received`].
    pub fn receipt(&self, file: &str) -> Option<&Receipt> {
        let file = FileName::new(file);
        let mut rows = self.receipts.iter();
        let own = self.receipts.iter().find(|row| row.name == file);
        own.or_else(|| rows.find(|row| row.name.means(&file)))
    }

    /// Why the file is left out, when the register says so. `file` is the path below the workspace.
    pub fn ignored(&self, file: &str) -> Option<&str> {
        let file = FileName::new(file);
        self.ignored.iter().find(|row| row.name.means(&file)).map(|row| row.reason.as_str())
    }

    /// The day the file was disposed of, when the register says so. `file` is the path below the workspace.
    pub fn disposed_of(&self, file: &str) -> Option<NaiveDate> {
        let file = FileName::new(file);
        self.disposals.iter().find(|row| row.name.means(&file)).map(|row| row.on)
    }

    /// The row that accepts a finding in a return of this provider (its name as in Providers) and form.
    pub fn accepted(&self, provider: &str, form: &str, finding: &Finding) -> Option<&Accepted> {
        self.accepted.iter().find(|row| row.covers(provider, form, finding))
    }

    /// Whether a row that accepts a finding in a file by its name means this file, a path below the workspace.
    pub fn is_named_by(row: &Accepted, file: &str) -> bool {
        matches!(&row.subject, AcceptedSubject::File(name) if FileName::new(name).means(&FileName::new(file)))
    }

    /// What the rows of Receipts and Ignored say about none, or more than one, of `files` (every file in
    /// the returns, as paths below the workspace): a slip that would otherwise pass in silence. What was disposed of since is
    /// looked for by nobody.
    pub fn file_notes(&self, files: &[&str]) -> Vec<RegisterNote> {
        let files: Vec<FileName> = files.iter().map(|file| FileName::new(file)).collect();
        let receipts = self.receipts.iter().map(|row| (&row.place, &row.file, &row.name));
        let ignored = self.ignored.iter().map(|row| (&row.place, &row.file, &row.name));
        receipts
            .chain(ignored)
            .filter_map(|(place, written, name)| {
                let (message, help) = match files.iter().filter(|file| name.means(file)).count() {
                    0 if self.disposed_of(written).is_some() => return None,
                    0 => ("no file in the returns is called".to_string(), "check the spelling"),
                    1 => return None,
                    count => (
                        format!("{count} files in different folders are called"),
                        "write the path below returns, unless the row is meant for all of them",
                    ),
                };
                let message = format!("{message} “{written}”");
                Some(RegisterNote { place: place.clone(), message, help: help.to_string() })
            })
            .collect()
    }
}

impl Provider {
    /// Whether `name` is its name or an alias.
    pub fn is_called(&self, name: &str) -> bool {
        let name = fold(name);
        std::iter::once(&self.name).chain(&self.aliases).any(|own| fold(own) == name)
    }

    /// Whether the row is for this contract.
    pub fn is_under(&self, contract: &str) -> bool {
        *self.contract == fold(contract)
    }
}

impl Accepted {
    fn covers(&self, provider: &str, form: &str, finding: &Finding) -> bool {
        let subject = match &self.subject {
            AcceptedSubject::File(file) => FileName::new(file).means(&FileName::new(&finding.file)),
            AcceptedSubject::Form { provider: own, form: own_form } => {
                fold(own) == fold(provider) && fold(own_form) == fold(form)
            }
        };
        let sheet = |own: &String| finding.sheet.as_ref().is_some_and(|sheet| fold(own) == fold(sheet));
        subject
            && fold(&self.finding) == fold(finding.kind.code)
            && self.sheet.as_ref().is_none_or(sheet)
            && self.cell.is_none_or(|cell| finding.cell == Some(cell))
    }
}

#[cfg(test)]
mod tests {
    use super::fixture::workbook;
    use super::*;
    use crate::domain::finding::{FindingKind, Severity};
    use crate::domain::place::{CellAddress, CellRef};

    static KIND: FindingKind = FindingKind {
        code: "total-mismatch",
        severity: Severity::Error,
        counts_against_accuracy: true,
        summary: "",
        explanation: "",
        remedy: "",
    };

    fn register() -> Register {
        Register::read(&workbook(&[
            ("Providers", &[&["Provider", "Aliases", "Contract"], &["Harbour Advocacy", "Harbour", "a"]]),
            (
                "Receipts",
                &[
                    &["File", "Received"],
                    &["a.xlsx", "12/12/2025"],
                    &["q2/b.xlsx", "13/12/2025"],
                    &["gone.xlsx", "13/12/2025"],
                ],
            ),
            ("Ignored", &[&["File", "Reason"], &["q1\\draft.xlsx", "A draft"]]),
            (
                "Accepted",
                &[
                    &["File or provider and form", "Sheet", "Cell", "Finding", "Reason"],
                    &["a.xlsx", "", "D7", "total-mismatch", "Rounding"],
                    &["Harbour · quarterly-kpi", "kpis", "", "total-mismatch", "Known"],
                ],
            ),
        ]))
        .unwrap()
    }

    #[test]
    fn providers_match_by_name_or_alias_never_the_nearest() {
        let register = register();
        for (name, contract, found) in [
            ("Harbour Advocacy", "a", true),
            ("HARBOUR\u{a0}", "A", true),
            ("Harbour Advocac", "a", false),
            ("Harbour", "b", false),
            ("", "a", false),
        ] {
            assert_eq!(register.provider(name, contract).is_some(), found, "{name} {contract}");
        }
    }

    #[test]
    fn files_are_found_by_name_or_path() {
        let register = register();
        let received = |file: &str| register.received(file).map(|day| day.to_string());
        assert_eq!(received("returns/any/where/A.xlsx").as_deref(), Some("2025-12-12"));
        assert_eq!(received("returns/Q2/b.xlsx").as_deref(), Some("2025-12-13"));
        assert_eq!(received("returns/q1/b.xlsx"), None);
        assert_eq!(register.ignored("returns/q1/draft.xlsx"), Some("A draft"));
        assert_eq!(register.ignored("returns/q2/draft.xlsx"), None);
    }

    #[test]
    fn rows_that_fit_no_file_or_several_are_noted() {
        let files = ["returns/q1/a.xlsx", "returns/q2/a.xlsx", "returns/q2/b.xlsx", "returns/q1/draft.xlsx"];
        let notes: Vec<_> = register().file_notes(&files).iter().map(ToString::to_string).collect();
        assert_eq!(
            notes,
            [
                "register.xlsx, sheet “Receipts”, cell A2: 2 files in different folders are called “a.xlsx”; \
                 write the path below returns, unless the row is meant for all of them",
                "register.xlsx, sheet “Receipts”, cell A4: no file in the returns is called “gone.xlsx”; \
                 check the spelling",
            ]
        );
    }

    #[test]
    fn a_finding_is_accepted_where_the_row_says() {
        let register = register();
        let reason = |file: &str, form: &str, sheet: &str, cell: &str| {
            let cell = CellAddress::parse(cell).unwrap();
            let place = CellRef { file: file.into(), sheet: sheet.into(), cell };
            let finding = Finding::at(&KIND, &place, String::new());
            register.accepted("Harbour Advocacy", form, &finding).map(|row| row.reason.clone())
        };
        assert_eq!(reason("returns/a.xlsx", "monthly", "Any", "D7").as_deref(), Some("Rounding"));
        assert_eq!(reason("returns/a.xlsx", "monthly", "Any", "D8"), None);
        assert_eq!(reason("returns/c.xlsx", "quarterly-kpi", "KPIs", "B2").as_deref(), Some("Known"));
        assert_eq!(reason("returns/c.xlsx", "quarterly-kpi", "Log", "B2"), None);
        assert_eq!(reason("returns/c.xlsx", "monthly", "KPIs", "B2"), None);
    }
}
