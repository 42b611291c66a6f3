//! quarterday reads providers' KPI returns, applies each contract's rules and writes back coloured
//! workbooks and review packs.
//!
//! The way of the data, one direction, no stage reaches back:
//!
//! ```text
//! returns/*.xlsx ──intake──> Workbook ──> Recognised (form, provider, period) ──> Mapped (figures, records, findings)
//! Mapped ──assess──> Submission, RatedFigure, SubmissionKpi, Escalation
//!        ──reviewing──> ProviderReview, Pack (neutral: no colours, no HTML)
//!        ──output──> pages, workbooks, results
//! ```
//!
//! Who may use whom; `tests/house.rs` keeps it:
//!
//! | room | what lives there | uses | the only one who |
//! | --- | --- | --- | --- |
//! | [`domain`] | plain words: periods, places, figures, ratings, findings | nothing | |
//! | [`calendar`] | bank holidays, working days, due dates, notations of dates and periods | domain | |
//! | [`rules`] | one rule kind a file, one registry | calendar, domain | |
//! | [`review`] | what reports hold: plain values | domain | |
//! | [`contract`] | definitions as written and as meant | rules and below | knows TOML |
//! | [`intake`] | reading, recognising, mapping workbooks; taking e-mails apart | contract and below | uses calamine, mail_parser |
//! | [`readers`] | reading untrusted files in processes that can be stopped | intake, contract, domain | starts processes |
//! | [`assess`] | submissions, accuracy, ratings, escalations | intake, rules and below | |
//! | [`reviewing`] | what is said, in words | assess and below | |
//! | [`output`] | one file an output, one palette | review, domain | uses tera, rust_xlsxwriter |
//! | [`post`] | handing mail to the server that takes it | domain | uses the network |
//! | [`workspace`] | folders, register, ledger, lock | contract (messages alone), domain | touches files |
//! | [`run`] | one run, from folder to folder | all above | |
//! | [`commands`] | arguments, one file a command | all above | reads the clock, prints |
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
pub mod post;
pub mod readers;
pub mod review;
pub mod reviewing;
pub mod rules;
pub mod run;
pub mod samples;
pub mod workspace;
