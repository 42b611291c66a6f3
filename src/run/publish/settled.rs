//! What remains of a provider's review once its packs are written: what is told across providers, and what was written.

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::domain::draft::Draft;
use crate::output::pages::PackFiles;
use crate::output::ratings_csv::rows_by_period;
use crate::output::results::review_json;
use crate::review::ProviderReview;
use crate::review::outline::Outline;
use crate::run::told::ReviewTold;
use crate::workspace::cache::{packed, unpacked};

/// A review whose packs are written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settled {
    /// What the portfolio and the calendars tell.
    pub outline: Outline,
    /// What the screen tells.
    pub told: ReviewTold,
    /// The files of each pack, from the folder of all that is generated.
    pub files: Vec<PackFiles>,
    /// The draft e-mails written.
    pub drafts: Vec<Draft>,
    /// Packs that say otherwise now than when they were issued, a line each.
    pub changed_since_issue: Vec<String>,
    /// The returns whose coloured copies are not the providers' own packages, each with the reason.
    pub made_anew: Vec<(String, String)>,
    /// What was written of it.
    pub outputs: Vec<Output>,
    /// Its part of the results, deflated.
    part: Vec<u8>,
}

/// A file written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// Path below `out/`, with forward slashes.
    pub file: String,
    /// SHA-256 of its bytes in lower-case hexadecimal.
    pub sha256: String,
}

/// A review's part of the results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What stands in `results.json`.
    pub json: Vec<u8>,
    /// The rows of `results.csv`: of each period its label and its rows.
    pub rows: Vec<(String, Vec<u8>)>,
}

impl Settled {
    /// What remains of `review`; what was written of it is filled in by who writes it.
    ///
    /// # Errors
    /// Its part of the results cannot be written.
    pub fn of(review: &ProviderReview) -> Result<Self> {
        let part = Part { json: review_json(review)?, rows: rows_by_period(review)? };
        Ok(Self {
            outline: Outline::of(review),
            told: ReviewTold::of(review),
            files: Vec::new(),
            drafts: Vec::new(),
            changed_since_issue: Vec::new(),
            made_anew: Vec::new(),
            outputs: Vec::new(),
            part: packed(&part)?,
        })
    }

    /// Its part of the results.
    ///
    /// # Errors
    /// It is not held as it was.
    pub fn part(&self) -> Result<Part> {
        let whose = || format!("the results of {} are not held as they were", self.outline.provider);
        unpacked(&self.part).with_context(whose)
    }
}
