//! What a definition says of the pack: the agenda, the annual review, and whether each area has a pack of its own,
//! what the paper for a committee may show.

use serde::Deserialize;
use toml::Spanned;

use super::Fill;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::contract) struct AgendaItem {
    pub title: Spanned<String>,
    pub fill: Option<Fill>,
    pub told: Option<Spanned<String>>,
    #[serde(default)]
    pub sums: Vec<AgendaSum>,
    #[serde(default)]
    pub tables: Vec<Spanned<String>>,
    #[serde(default)]
    pub items: Vec<AgendaItem>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::contract) struct AgendaSum {
    pub table: Spanned<String>,
    pub column: Spanned<String>,
    pub of: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::contract) struct AnnualReview {
    pub clause: String,
    pub title: String,
    pub reading: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::contract) struct PackSettings {
    pub per_area: Option<Spanned<bool>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::contract) struct Committee {
    pub suppress_below: Option<Spanned<u32>>,
    #[serde(default)]
    pub counts_no_people: Vec<Spanned<String>>,
}
