//! quarterday reads providers' KPI returns, applies each contract's rules and writes back coloured
//! workbooks and review packs.
//!
//! The way of the data, one direction, no stage reaches back:
//!
//! ```text
//! returns/*.xlsx ──intake──> Workbook ──> Submission, Observation, Finding
//! Observation ──assess──> Rating, Escalation ──review──> ProviderReview, Pack
//! Pack ──output──> pages, workbooks, results
//! ```
//!
//! A wrong return is a result (a [`domain::finding::Finding`]), never an `Err`; `Err` is for what stops the run.

pub mod assess;
pub mod calendar;
pub mod cli;
pub mod commands;
pub mod contract;
pub mod domain;
pub mod intake;
pub mod output;
pub mod review;
pub mod reviewing;
pub mod rules;
pub mod run;
pub mod samples;
pub mod workspace;
