//! What goes across providers: the portfolio, reports, calendars, the list of drafts, the results.

use std::borrow::Cow;
use std::io::Write;
use std::mem;
use std::path::{Path, PathBuf};

use anyhow::Result;
use chrono::NaiveDate;

use super::drafts::{self, DraftsMade};
use super::{Folders, Press, Settled};
use crate::domain::draft::DRAFTS_LIST;
use crate::output::calendar_ics::{CALENDAR, calendar_ics};
use crate::output::pages::{Link, PortfolioLinks, ReportLinks, ReviewKey, portfolio_page, report_page};
use crate::output::ratings_csv;
use crate::output::results::{SCHEMA, write_results};
use crate::output::workbooks::report_workbook::report_workbook;
use crate::review::outline::Portfolio;
use crate::review::report::ContractReport;
use crate::review::{Results, Unrecognised};
use crate::run::changes::{self, Facts};
use crate::workspace::out_folder::{OutFolder, Summary};
use crate::workspace::{Hashing, Workspace, files};

/// File name of the results.
const RESULTS: &str = "results.json";

/// What is left to be written once every provider's packs are.
pub struct Across {
    /// The as-of date.
    pub as_of: NaiveDate,
    /// The reviews, by contract, then provider.
    pub settled: Vec<Settled>,
    /// Reports across providers, by contract.
    pub reports: Vec<ContractReport>,
    /// By file.
    pub unrecognised: Vec<Unrecognised>,
    /// Files passed over because the register says so, with the reason.
    pub ignored: Vec<Unrecognised>,
}

/// What was written.
pub struct Published {
    /// What goes across providers, to be told and to be written once more.
    pub across: Across,
    /// What changed since the last run.
    pub changes: Option<Vec<String>>,
    /// What became of the files.
    pub summary: Summary,
    /// The draft e-mails.
    pub drafts: DraftsMade,
}

/// The results, to be written once more.
pub struct ResultsFile(Across);

impl std::fmt::Debug for ResultsFile {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "ResultsFile of {} reviews", self.0.settled.len())
    }
}

impl ResultsFile {
    /// Those of what was written across providers.
    pub fn of(across: Across) -> Self {
        Self(across)
    }

    /// Writes `results.json`.
    ///
    /// # Errors
    /// A part is not held as it was, or `file` cannot be written.
    pub fn write(&self, file: &mut dyn Write) -> Result<()> {
        self.0.write_results(file)
    }
}

impl Across {
    /// The reports and files of `results`, and no review yet.
    pub fn of(results: &Results) -> Self {
        Self {
            as_of: results.as_of,
            settled: Vec::new(),
            reports: results.reports.clone(),
            unrecognised: results.unrecognised.clone(),
            ignored: results.ignored.clone(),
        }
    }

    /// Writes `results.json`; of the reviews no more than one is laid out at a time.
    ///
    /// # Errors
    /// A part is not held as it was, or `file` cannot be written.
    pub fn write_results(&self, file: &mut dyn Write) -> Result<()> {
        let parts = self.settled.iter().map(|own| Ok(Cow::Owned(own.json()?)));
        write_results(file, self.as_of, parts, &self.unrecognised)
    }

    fn write_ratings(&self, file: &mut dyn Write) -> Result<()> {
        file.write_all(&ratings_csv::heading()?)?;
        for settled in &self.settled {
            for (_, rows) in settled.rows()? {
                file.write_all(&rows)?;
            }
        }
        Ok(())
    }

    /// What is told across providers.
    pub fn portfolio(&self) -> Portfolio {
        Portfolio {
            as_of: self.as_of,
            reviews: self.settled.iter().map(|own| own.outline.clone()).collect(),
            reports: self.reports.clone(),
            unrecognised: self.unrecognised.clone(),
            ignored: self.ignored.clone(),
        }
    }

    /// Writes it all, and ends the run's writing.
    ///
    /// # Errors
    /// A folder cannot be written, or a template is at fault.
    pub fn publish(mut self, press: Press<'_>, workspace: &Workspace) -> Result<Published> {
        let Press { pages, folders, keep, out, .. } = press;
        let put = |path: &str, bytes: &[u8]| -> Result<()> {
            out.put(&path.split('/').collect::<PathBuf>(), bytes)?;
            keep(path, bytes);
            Ok(())
        };
        let drafts = self.put_drafts(&put)?;
        for report in &self.reports {
            let folder = folders.contract(&report.contract);
            let page = report_page(pages, report, &self.report_links(report))?;
            put(&format!("{folder}/report.html"), page.as_bytes())?;
            put(&format!("{folder}/report.xlsx"), &report_workbook(report)?)?;
        }
        let portfolio = self.portfolio();
        for (contract, folder) in folders.contracts() {
            if let Some(calendar) = calendar_ics(&portfolio, Some(contract)) {
                put(&format!("{folder}/{CALENDAR}"), &calendar)?;
            }
        }
        if let Some(calendar) = calendar_ics(&portfolio, None) {
            put(CALENDAR, &calendar)?;
        }
        out.put_streamed(Path::new("results.csv"), &mut |file| self.write_ratings(file))?;
        put(ratings_csv::ABOUT, &ratings_csv::about_json(self.as_of)?)?;
        // The reviews of one contract stand together.
        for of_contract in self.settled.chunk_by(|a, b| a.outline.contract == b.outline.contract) {
            let mut partitions = ratings_csv::Partitions::default();
            for own in of_contract {
                partitions.add(&folders.contract(&own.outline.contract), &own.rows()?)?;
            }
            for (path, bytes) in partitions.files() {
                put(&path, &bytes)?;
            }
        }
        let page = portfolio_page(pages, &portfolio, &self.portfolio_links(folders))?;
        put("index.html", page.as_bytes())?;
        put("results.schema.json", SCHEMA.as_bytes())?;
        let changes = self.write_results_file(&out, &workspace.out_dir().join(RESULTS))?;
        let summary = out.finish()?;
        Ok(Published { changes, summary, drafts, across: self })
    }

    /// Writes the list of drafts, which nothing else is made of, and lets go of them.
    fn put_drafts(&mut self, put: &dyn Fn(&str, &[u8]) -> Result<()>) -> Result<DraftsMade> {
        let drafts = self.settled.iter_mut().flat_map(|own| mem::take(&mut own.drafts));
        let list = drafts::list(drafts.collect(), self.as_of);
        put(DRAFTS_LIST, &drafts::json(&list)?)?;
        Ok(DraftsMade::of(&list))
    }

    /// Writes the results in place of those at `path`; gives what changed, where there were any.
    fn write_results_file(&self, out: &OutFolder, path: &Path) -> Result<Option<Vec<String>>> {
        let mut hashing = Hashing::default();
        self.write_results(&mut hashing)?;
        let hash = hashing.sha256();
        // The same results say the same.
        if out.holds(RESULTS, &hash) {
            out.leave(RESULTS, &hash)?;
            return Ok(Some(Vec::new()));
        }
        let before = files::open_if_there(path)?.map(Facts::read);
        out.put_streamed_known(Path::new(RESULTS), &hash, &mut |file| self.write_results(file))?;
        let Some(Some(before)) = before else { return Ok(None) };
        let mut facts = Facts::new(self.as_of);
        for settled in &self.settled {
            facts.review(&settled.json()?);
        }
        facts.unrecognised(self.unrecognised.iter().map(|own| own.file.as_str()));
        Ok(Some(changes::changes(&before, &facts)))
    }

    /// Where the report of a contract leads, from the contract's folder.
    pub fn report_links(&self, report: &ContractReport) -> ReportLinks {
        let of_contract = self.settled.iter().filter(|own| own.outline.contract == report.contract);
        ReportLinks {
            portfolio: "../index.html".to_string(),
            workbook: "report.xlsx".to_string(),
            packs: of_contract
                .filter_map(|own| {
                    let (_, pack) = own.files.last()?.pack.split_once('/')?;
                    Some((own.outline.provider.clone(), pack.to_string()))
                })
                .collect(),
        }
    }

    /// Where the portfolio leads.
    pub fn portfolio_links(&self, folders: &Folders) -> PortfolioLinks {
        let key = |own: &Settled| ReviewKey {
            contract: own.outline.contract.clone(),
            provider: own.outline.provider.clone(),
        };
        let outputs = [
            ("All ratings, for pivot tables (CSV)", "results.csv"),
            ("Everything, for other programs (JSON)", RESULTS),
            ("The list of draft e-mails (JSON)", DRAFTS_LIST),
        ];
        let data = outputs.iter().map(|(label, href)| Link { label: (*label).into(), href: (*href).into() });
        let calendar = self.settled.iter().any(|own| !own.outline.calendar.is_empty());
        let reports = self.reports.iter().map(|report| {
            let href = format!("{}/report.html", folders.contract(&report.contract));
            (report.contract.clone(), Link { label: report.title.clone(), href })
        });
        PortfolioLinks {
            outputs: data.collect(),
            calendar: calendar.then(|| CALENDAR.to_string()),
            reports: reports.collect(),
            packs: self.settled.iter().map(|own| (key(own), own.files.clone())).collect(),
        }
    }
}
