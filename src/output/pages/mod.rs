//! The pages people read: one pack for each provider and review period, what the provider sees of it, what a committee reads of it, the
//! letters drafted with it, the report across the providers of a contract, what would differ under a changed definition, the evidence
//! put together for a lawyer, and the portfolio over all of them.
//!
//! A page is a view (a typed value, built here in Rust, holding words) and a template of the same name under
//! `templates/pages/`. A page stands alone: its style is inside it, it asks nothing of any network, it runs no
//! script, and its policy says so to the browser.
//!
//! | stage | where |
//! | --- | --- |
//! | review → view | `pack`, `provider`, `committee`, `portfolio`, `report`, `replay`, `letters` and the files of their parts |
//! | view → HTML | `engine`, the only user of tera; `own_templates` checks those a council has of its own |
//! | colours and print | `style`, from the one palette |
//!
//! What every page keeps, proved on each page of the demo by `tests/browser`:
//!
//! * one `h1`, no level of heading skipped; a skip link first where there are links; everything reached by keyboard is seen;
//! * a table has a caption like no other on its page, its heads a scope, none of them empty (an empty cell is a `td`), and stands
//!   in a region of its own (`grid` in `components.html`), or fits 320 px;
//! * a drawing has a title, a description, and its figures in a table in the same `article` or `section`; an icon is hidden from
//!   those who hear the page and has its word beside it;
//! * a fill that carries meaning has `print-color-adjust: exact`; a table fits the width of its paper, where no cell has a least
//!   width; no word is smaller than 6 points there;
//! * no `style` attribute, no event, no link but relative ones to files that are there.

mod action_log;
mod agenda;
mod annual;
mod answers;
mod benchmark;
mod called;
mod charts;
mod committee;
mod embedded;
mod engine;
mod evidence;
mod information;
mod issued;
mod kpis;
mod ladder;
mod letters;
mod links;
mod meeting;
mod months;
mod on_record;
mod own_templates;
mod pack;
mod parts;
mod portfolio;
mod process;
mod profile;
mod promises;
mod provider;
mod replay;
mod report;
mod report_maturity;
mod returns;
mod returns_calendar;
mod scale;
mod sections;
mod side_labels;
pub(super) mod sources;
mod strip;
mod style;
mod target_bands;
mod words;

#[cfg(test)]
mod markup;
#[cfg(test)]
pub(crate) mod samples;

pub use committee::committee_page;
pub use embedded::{Embedded, embedded};
pub use engine::Pages;
pub use evidence::evidence_page;
pub use letters::letter_page;
pub use links::{
    DraftLink, Link, PackFiles, PackLinks, PortfolioLinks, ProviderPackLinks, ReportLinks, ReviewKey,
};
pub use meeting::{agenda_page, minutes_page};
pub use own_templates::{OwnTemplate, TemplateError};
pub use pack::pack_page;
pub use portfolio::portfolio_page;
pub use provider::provider_page;
pub use replay::replay_page;
pub use report::report_page;
