//! The pages people read: one pack for each provider and review period, what the provider sees of it, what a committee reads of it, the
//! letters drafted with it, the report across the providers of a contract, what would differ under a changed definition, and the
//! portfolio over all of them.
//!
//! A page is a view (a typed value, built here in Rust, holding words) and a template of the same name under
//! `templates/pages/`. A page stands alone: its style is inside it, it asks nothing of any network, it runs no
//! script, and its policy says so to the browser.
//!
//! | stage | where |
//! | --- | --- |
//! | review → view | `pack`, `provider`, `committee`, `portfolio`, `report`, `replay`, `letters` and the files of their parts |
//! | view → HTML | `engine`, the only user of tera |
//! | colours and print | `style`, from the one palette |

mod agenda;
mod annual;
mod answers;
mod benchmark;
mod called;
mod charts;
mod committee;
mod engine;
mod information;
mod kpis;
mod ladder;
mod letters;
mod links;
mod months;
mod on_record;
mod pack;
mod parts;
mod portfolio;
mod promises;
mod provider;
mod replay;
mod report;
mod report_maturity;
mod returns;
mod scale;
mod sections;
pub(super) mod sources;
mod strip;
mod style;
mod words;

#[cfg(test)]
mod markup;
#[cfg(test)]
pub(crate) mod samples;

pub use committee::committee_page;
pub use letters::letter_page;
pub use links::{Link, PackFiles, PackLinks, PortfolioLinks, ProviderPackLinks, ReportLinks, ReviewKey};
pub use pack::pack_page;
pub use portfolio::portfolio_page;
pub use provider::provider_page;
pub use replay::replay_page;
pub use report::report_page;
