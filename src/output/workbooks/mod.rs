//! Workbooks for people who work in Excel: the return as it goes back to its provider, the pack, the report across providers,
//! a blank register, and blank returns.
//!
//! ```text
//! Feedback ──marks──────────> which cells are coloured, and what their notes say ─┐
//!          ──feedback_sheet─> the added sheet, line by line                      ─┴─> additions ─> returned
//! Pack     ──pack_pages─────> one table a sheet ─┐   (and pack_kpis, pack_actions, pack_months, pack_more, benchmark; for the council pack_ladder)
//!          ──pack_trends────> tables and charts ─┼─> pack_workbook
//!          ──pack_summary───> the first sheet ───┘
//! CommitteePack ────────────────────────────────> committee_workbook
//! ContractReport ───────────────────────────────> report_workbook
//! EvidenceFile ─────────────────────────────────> evidence_workbook
//! BlankRegister ────────────────────────────────> register_workbook
//! BlankForm ────────────────────────────────────> blank_form
//! ```
//!
//! Text from returns is data: it is always written as text, never as a formula or a link.

pub mod additions;
pub mod benchmark;
pub mod blank_form;
mod cell_looks;
pub mod committee_workbook;
pub mod evidence_workbook;
pub mod feedback;
pub mod feedback_sheet;
pub mod formats;
pub mod marks;
pub mod pack_actions;
mod pack_answers;
mod pack_kpis;
mod pack_ladder;
pub mod pack_months;
pub mod pack_more;
pub mod pack_pages;
mod pack_process;
mod pack_summary;
pub mod pack_tables;
mod pack_trends;
pub mod pack_workbook;
mod rating_rules;
pub mod register_workbook;
pub mod report_maturity;
pub mod report_workbook;
pub mod returned;
pub mod sheet_names;
mod trend_chart;
#[cfg(test)]
pub(crate) mod unpacked;
