//! What remains of a provider's review once its packs are written: what is told across providers, and what was written.

use std::sync::Arc;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::domain::draft::Draft;
use crate::output::pages::PackFiles;
use crate::output::ratings_csv::rows_by_period;
use crate::output::results::review_json;
use crate::readers::Bytes;
use crate::review::ProviderReview;
use crate::review::outline::Outline;
use crate::run::told::ReviewTold;
use crate::workspace::cache::{deflated, inflated, packed, unpacked};

/// A review whose packs are written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settled {
    /// What the portfolio and the calendars tell.
    pub outline: Arc<Outline>,
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
    /// What stands of it in `results.json`, deflated.
    json: Bytes,
    /// Its rows of `results.csv`, packed.
    rows: Bytes,
}

/// A file written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// Path below `out/`, with forward slashes.
    pub file: String,
    /// SHA-256 of its bytes in lower-case hexadecimal.
    pub sha256: String,
}

impl Settled {
    /// What remains of `review`; what was written of it is filled in by who writes it.
    ///
    /// # Errors
    /// Its part of the results cannot be written.
    pub fn of(review: &ProviderReview) -> Result<Self> {
        let rows = rows_by_period(review)?.into_iter().map(|(period, rows)| (period, Bytes(rows)));
        Ok(Self {
            outline: Arc::new(Outline::of(review)),
            told: ReviewTold::of(review),
            files: Vec::new(),
            drafts: Vec::new(),
            changed_since_issue: Vec::new(),
            made_anew: Vec::new(),
            outputs: Vec::new(),
            json: Bytes(deflated(&review_json(review)?)?),
            rows: Bytes(packed(&rows.collect::<Vec<_>>())?),
        })
    }

    /// What stands of it in `results.json`.
    ///
    /// # Errors
    /// It is not held as it was.
    pub fn json(&self) -> Result<Vec<u8>> {
        inflated(&self.json.0).with_context(|| self.not_held())
    }

    /// Of each period its label and its rows of `results.csv`.
    ///
    /// # Errors
    /// They are not held as they were.
    pub fn rows(&self) -> Result<Vec<(String, Vec<u8>)>> {
        let rows: Vec<(String, Bytes)> = unpacked(&self.rows.0).with_context(|| self.not_held())?;
        Ok(rows.into_iter().map(|(period, rows)| (period, rows.0)).collect())
    }

    fn not_held(&self) -> String {
        format!("the results of {} are not held as they were", self.outline.provider)
    }
}
