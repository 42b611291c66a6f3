//! What goes back to a provider with its return. No rule is applied here.
//!
//! It is made of what the provider may see of its pack and of its own return, never of the council's pack.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::finding::{Finding, in_order_of_asking};
use crate::domain::place::{CellAddress, CellRef};
use crate::domain::submission::{Submission, Version};
use crate::review::readers::ProviderPack;
use crate::review::{ActionRow, RatedFigure};

/// The name of the sheet added to a returned workbook.
pub const SHEET_NAME: &str = crate::domain::workbook::FEEDBACK_SHEET;

/// Longest name of a note's author, in UTF-16 units.
const LONGEST_AUTHOR: usize = 52;
/// A figure of the return.
#[derive(Debug, Clone, PartialEq)]
pub struct RatedCell {
    /// The sheet, as it is named in the file, and the cell that is coloured; `None` for a figure that no single
    /// cell shows, or that stands in another return. It is listed on the feedback sheet all the same.
    pub place: Option<(Arc<str>, CellAddress)>,
    /// The figure with its rating.
    pub figure: RatedFigure,
}

/// Everything said to the provider about one return.
#[derive(Debug, Clone, PartialEq)]
pub struct Feedback {
    /// The councils party to the contract.
    pub councils: Vec<String>,
    /// Contract title.
    pub contract_title: String,
    /// Provider's name as in the register.
    pub provider: String,
    /// The form's title.
    pub form_title: String,
    /// The period in words, and the area where the form is for one.
    pub period: String,
    /// The review period whose pack it belongs to, in words.
    pub review: String,
    /// Whether it came in time, in a word or two.
    pub status: String,
    /// Why the status is what it is, where that needs saying.
    pub status_note: Option<String>,
    /// Date due, inclusive.
    pub due: NaiveDate,
    /// Why the due date is not the contract's.
    pub due_note: Option<String>,
    /// Date received; `None` when nothing proves one.
    pub received: Option<NaiveDate>,
    /// Whether the first usable version was free of errors.
    pub accurate: Option<bool>,
    /// The return's path below the workspace, as its findings name it. Only its last part is shown.
    pub file: Arc<str>,
    /// SHA-256 of the return, in hexadecimal.
    pub sha256: String,
    /// The figures of the return in the contract's order. Where several share a cell, the first decides its colour.
    pub rated: Vec<RatedCell>,
    /// What was found in the return.
    pub findings: Vec<Finding>,
    /// What the provider has said to findings that are still open, with the day on which that came.
    pub said: Vec<(Finding, NaiveDate, String)>,
    /// Action-plan rows for the figures rated amber or red.
    pub actions: Vec<ActionRow>,
}

impl Feedback {
    /// What is said of one version of a return that belongs to `pack`.
    pub fn of(pack: &ProviderPack, submission: &Submission, version: &Version) -> Self {
        let figures = pack.figures_in(&version.file);
        let has_areas = figures.iter().any(|figure| figure.area.is_some());
        let place = |figure: &RatedFigure| {
            let own = figure.cells.iter().find(|cell| cell.file == version.file);
            // Where areas are told apart, no single cell shows the figure for the whole contract.
            own.filter(|_| figure.area.is_some() || !has_areas).map(|cell| (cell.sheet.clone(), cell.cell))
        };
        let is_about_return = |row: &&ActionRow| {
            figures
                .iter()
                .any(|figure| row.kpi.starts_with(&format!("{}.", figure.kpi)) || row.kpi == figure.kpi)
        };
        let actions = pack.action_plan().iter().filter(is_about_return).cloned().collect();
        let findings: Vec<Finding> = version.findings_told().cloned().collect();
        let said = findings.iter().filter(|finding| finding.asks()).filter_map(|finding| {
            let (on, response) = submission.said_to(finding)?;
            Some((finding.clone(), on, response.text.clone()))
        });
        Self {
            councils: pack.councils().to_vec(),
            contract_title: pack.contract_title().to_string(),
            provider: pack.provider().to_string(),
            form_title: submission.form_title.clone(),
            period: submission.period_in_words(),
            review: pack.period().describe(),
            status: submission.status.word().to_string(),
            status_note: submission.status_note.clone(),
            due: submission.due,
            due_note: submission.due_note.clone(),
            received: Some(version.received),
            accurate: submission.accurate,
            file: version.file.clone(),
            sha256: version.sha256.clone(),
            rated: figures
                .iter()
                .map(|figure| RatedCell { place: place(figure), figure: (*figure).clone() })
                .collect(),
            said: said.collect(),
            findings,
            actions,
        }
    }

    /// The findings in the order in which they are numbered, from 1: what is asked of the provider first, errors
    /// before warnings; then what the officer has accepted.
    pub fn queries(&self) -> Vec<&Finding> {
        in_order_of_asking(&self.findings)
    }

    /// The cell of this return that `finding` is about; `None` when it is about no cell or another file.
    pub fn own_cell(&self, finding: &Finding) -> Option<CellRef> {
        finding.place().filter(|place| place.file == self.file)
    }

    /// The councils in one phrase.
    pub fn councils_in_words(&self) -> String {
        match self.councils.as_slice() {
            [] => "The council".to_string(),
            [one] => one.clone(),
            [first @ .., last] => format!("{} and {last}", first.join(", ")),
        }
    }

    /// The author of the notes: the councils, shortened to what Excel takes.
    pub fn author(&self) -> String {
        let short = |name: &String| name.encode_utf16().count() <= LONGEST_AUTHOR;
        [self.councils_in_words()]
            .into_iter()
            .chain(self.councils.first().cloned())
            .find(short)
            .unwrap_or_else(|| "The council".to_string())
    }

    /// The file's name without its folders.
    pub fn file_name(&self) -> &str {
        self.file.rsplit('/').next().unwrap_or(&self.file)
    }
}

/// How a copy was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HowMade<'a> {
    /// It is the provider's own workbook.
    InPlace {
        /// Whether the marks of an earlier copy, which it was made from, were taken out.
        replaces: bool,
        /// Whether its macros were taken out.
        macros: bool,
        /// The files its formulas take values from.
        links: &'a [String],
    },
    /// It was made anew.
    Anew {
        /// Completes “because …”.
        reason: &'a str,
    },
}

impl HowMade<'_> {
    /// What the provider is told of it.
    pub fn sentences(self) -> String {
        let (replaces, macros, links) = match self {
            HowMade::InPlace { replaces, macros, links } => (replaces, macros, links),
            HowMade::Anew { reason } => {
                return format!(
                    "This copy was made anew from the return, because {reason}. Sheets, values, number formats, colours, widths \
                     and merged cells are kept; formulas stand as their values. The return itself is unchanged with the council."
                );
            }
        };
        let mut said = "This is the workbook as it was sent, with colours, notes and this sheet added; nothing else in it \
                        was changed."
            .to_string();
        if replaces {
            said.push_str(" The colours, notes and feedback of the copy it was made from were taken out.");
        }
        if macros {
            said.push_str(
                " Its macros were taken out, since mail systems stop workbooks that carry them; a cell that a macro works out \
                 keeps its value until Excel calculates it again.",
            );
        }
        if !links.is_empty() {
            said.push_str(&format!(
                " It takes values from elsewhere, which was left as it is: {}.",
                links.join(", ")
            ));
        }
        said
    }
}

/// Whether a finding asks something of the provider.
pub fn is_open(finding: &Finding) -> bool {
    finding.asks()
}
