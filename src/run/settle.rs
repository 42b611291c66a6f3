//! From what lies in a workspace to what is written of it: contract by contract and provider by provider, so that no more is in memory
//! than a few providers' packs at a time.

use std::collections::BTreeMap;

use anyhow::Result;

use super::Progress;
use super::client_rows::ClientRows;
use super::issued::{IssuesMade, Recorded};
use super::look::{Key, Reviewed, Sighted};
use super::publish::{Across, Folders, Press, Rehearsal, Settled};
use crate::contract::Contract;
use crate::readers::in_order;
use crate::review::ProviderReview;
use crate::review::report::ContractReport;
use crate::reviewing;
use crate::workspace::cache::{self, Cache, Key as CacheKey};

/// What reviews are made with.
pub struct Settling<'a> {
    /// What there is.
    pub sighted: &'a Sighted,
    /// What was issued before.
    pub issues: &'a IssuesMade,
    /// The hashes of the definitions, by id.
    pub definitions: &'a BTreeMap<String, String>,
    /// How many reviews are made at a time.
    pub at_a_time: usize,
    /// What earlier runs kept, where it may be used.
    pub cache: Option<&'a Cache>,
    /// What every review follows from.
    pub common: CacheKey,
    /// Where the files of each go.
    pub folders: &'a Folders,
}

/// A contract whose reviews are settled, in order of provider.
struct ContractSettled {
    settled: Vec<Settled>,
    report: Option<ContractReport>,
    /// The reviews, where they are to be kept.
    reviews: Vec<ProviderReview>,
}

/// What becomes of a finished review.
trait Finish: Sync {
    fn finish(&self, own: &Reviewed) -> Result<Settled>;

    /// What an earlier run made of the same, where all of it is as it was.
    fn earlier(&self, name: &str, key: &str) -> Option<Settled>;

    /// Keeps it for later runs.
    fn keep(&self, name: &str, key: &str, settled: &mut Settled);
}

/// Pages made and not kept.
struct Rehearsed<'a> {
    rehearsal: &'a Rehearsal<'a>,
    cache: Option<&'a Cache>,
}

impl Finish for Rehearsed<'_> {
    fn finish(&self, own: &Reviewed) -> Result<Settled> {
        self.rehearsal.review(&own.review)
    }

    // What was written once of the same needs no rehearsal.
    fn earlier(&self, name: &str, key: &str) -> Option<Settled> {
        kept(self.cache?, name, key)
    }

    fn keep(&self, _: &str, _: &str, _: &mut Settled) {}
}

/// Packs written.
struct Written<'a> {
    press: &'a Press<'a>,
    cache: Option<&'a Cache>,
}

impl Finish for Written<'_> {
    fn finish(&self, own: &Reviewed) -> Result<Settled> {
        self.press.settle(&own.review, &own.client_rows)
    }

    fn earlier(&self, name: &str, key: &str) -> Option<Settled> {
        let mut settled = kept(self.cache?, name, key).filter(|own| self.press.holds(&own.outputs))?;
        self.press.leave(&settled.outputs).ok()?;
        settled.outputs = Vec::new();
        Some(settled)
    }

    fn keep(&self, name: &str, key: &str, settled: &mut Settled) {
        if let (Some(cache), Ok(bytes)) = (self.cache, cache::coded(&(key, &*settled))) {
            cache.put(name, &bytes);
        }
        // Not needed any more, and long.
        settled.outputs = Vec::new();
    }
}

/// What was kept under this name, if it follows from the same.
fn kept(cache: &Cache, name: &str, key: &str) -> Option<Settled> {
    let (own, settled): (String, Settled) = cache::decoded(&cache.get(name)?).ok()?;
    (own == key).then_some(settled)
}

/// A provider under a contract, before it is settled.
struct ToSettle<'a> {
    key: &'a Key,
    /// What is kept of it is called this.
    name: String,
    /// What it follows from.
    follows: String,
    /// What an earlier run made of the same.
    earlier: Option<Settled>,
}

impl Settling<'_> {
    /// Every page once without writing any.
    ///
    /// # Errors
    /// Everything that the council's own templates get wrong.
    pub fn rehearse(&self, rehearsal: &Rehearsal<'_>) -> Result<()> {
        let mut across = self.across();
        let rehearsed = Rehearsed { rehearsal, cache: self.cache };
        for contract in self.sighted.contracts.values() {
            let own = self.contract(contract, &rehearsed, false, &|_| {})?;
            across.settled.extend(own.settled);
            across.reports.extend(own.report);
        }
        rehearsal.across(&across)
    }

    /// Settles every review with `press`; gives what is left to be written, and the reviews where they are to be kept.
    ///
    /// # Errors
    /// As of [`Press::settle`]; a return is not held as it was.
    pub fn settle(
        &self,
        press: &Press<'_>,
        keep: bool,
        progress: &dyn Fn(Progress<'_>),
    ) -> Result<(Across, Vec<ProviderReview>)> {
        progress(Progress::Outputs(self.sighted.records.len()));
        let mut across = self.across();
        let mut reviews = Vec::new();
        let written = Written { press, cache: self.cache };
        for contract in self.sighted.contracts.values() {
            let own = self.contract(contract, &written, keep, progress)?;
            across.settled.extend(own.settled);
            across.reports.extend(own.report);
            reviews.extend(own.reviews);
        }
        Ok((across, reviews))
    }

    fn across(&self) -> Across {
        Across {
            as_of: self.sighted.as_of,
            settled: Vec::new(),
            reports: Vec::new(),
            unrecognised: self.sighted.unrecognised.clone(),
            ignored: self.sighted.ignored.clone(),
        }
    }

    /// What a provider's review, and all that is written of it, follows from, but for how it compares with others.
    fn follows(&self, contract: &Contract, key: &Key) -> CacheKey {
        let issued: Vec<&Recorded> = self.issues.of_provider(&key.0, &key.1).collect();
        self.common
            .clone()
            .and(&contract.source.text)
            .and_debug(&self.sighted.records.get(key))
            .and_debug(&self.sighted.returns(key))
            .and_debug(&issued)
            .and_debug(&self.definitions.get(&key.0))
            .and(&self.folders.provider(&key.0, &key.1))
    }

    fn contract(
        &self,
        contract: &Contract,
        finish: &dyn Finish,
        keep: bool,
        progress: &dyn Fn(Progress<'_>),
    ) -> Result<ContractSettled> {
        let keys: Vec<&Key> = self.sighted.records.keys().filter(|key| key.0 == contract.id).collect();
        let follows: Vec<CacheKey> = keys.iter().map(|key| self.follows(contract, key)).collect();
        let all = follows.iter().fold(self.common.clone(), |all, own| all.and(&own.finish()));
        let compared = contract.benchmark.is_some();
        let to_settle = keys.into_iter().zip(follows).map(|(key, own)| ToSettle {
            key,
            name: format!("review-{}", CacheKey::default().and(&key.0).and(&key.1).finish()),
            // How providers compare stands in the packs of each.
            follows: if compared { own.and(&all.finish()).finish() } else { own.finish() },
            earlier: None,
        });
        let to_settle = in_order(
            self.at_a_time,
            to_settle,
            |own| ToSettle { earlier: finish.earlier(&own.name, &own.follows), ..own },
            |_| {},
        );
        let report = self.report(contract, &all, to_settle.iter().all(|own| own.earlier.is_some()));
        if compared && report.is_none() {
            return self.compared(contract, to_settle, finish, &all, keep, progress);
        }
        let reviewed = contract.report.is_some() && report.is_none();
        let one = |own: ToSettle<'_>| -> Result<Option<(Settled, Option<ProviderReview>)>> {
            if let Some(settled) = own.earlier {
                let review = if reviewed { self.sighted.review(own.key)? } else { None };
                return Ok(Some((settled, review.map(|own| without_packs(own.review)))));
            }
            let Some(mut review) = self.sighted.review(own.key)? else { return Ok(None) };
            self.issues.attach_to(self.definitions, &mut review.review, self.sighted.as_of);
            let mut settled = finish.finish(&review)?;
            finish.keep(&own.name, &own.follows, &mut settled);
            let left = match (keep, reviewed) {
                (true, _) => Some(review.review),
                (false, true) => Some(without_packs(review.review)),
                (false, false) => None,
            };
            Ok(Some((settled, left)))
        };
        let done = in_order(self.at_a_time, to_settle.into_iter(), one, |_| progress(Progress::Wrote));
        let (mut settled, mut reviews) = (Vec::new(), Vec::new());
        for own in done {
            let Some((own, review)) = own? else { continue };
            settled.push(own);
            reviews.extend(review);
        }
        let report = match report {
            Some(report) => report,
            None => self.keep_report(contract, &all, self.sighted.report(contract, &reviews, &[])),
        };
        if !keep {
            reviews.clear();
        }
        Ok(ContractSettled { settled, report, reviews })
    }

    /// A contract whose providers are compared: all reviews have to be there before any is settled.
    fn compared(
        &self,
        contract: &Contract,
        to_settle: Vec<ToSettle<'_>>,
        finish: &dyn Finish,
        all: &CacheKey,
        keep: bool,
        progress: &dyn Fn(Progress<'_>),
    ) -> Result<ContractSettled> {
        let reviewed = in_order(self.at_a_time, to_settle.iter(), |own| self.sighted.review(own.key), |_| {});
        let (mut reviews, mut others) = (Vec::new(), Vec::new());
        for (own, reviewed) in to_settle.into_iter().zip(reviewed) {
            let Some(reviewed) = reviewed? else { continue };
            reviews.push(reviewed.review);
            others.push((own, reviewed.client_rows));
        }
        let benchmarks = reviewing::benchmark::compare(contract, &mut reviews);
        let one = |(mut review, (to_settle, client_rows)): (ProviderReview, (ToSettle<'_>, ClientRows))| {
            self.issues.attach_to(self.definitions, &mut review, self.sighted.as_of);
            let own = Reviewed { review, client_rows };
            let settled = match to_settle.earlier {
                Some(settled) => settled,
                None => {
                    let mut settled = finish.finish(&own)?;
                    finish.keep(&to_settle.name, &to_settle.follows, &mut settled);
                    settled
                }
            };
            anyhow::Ok((settled, if keep { own.review } else { without_packs(own.review) }))
        };
        let done = in_order(self.at_a_time, reviews.into_iter().zip(others), one, |_| {
            progress(Progress::Wrote);
        });
        let (mut settled, mut reviews) = (Vec::new(), Vec::new());
        for own in done {
            let (own, review) = own?;
            settled.push(own);
            reviews.push(review);
        }
        let report = self.sighted.report(contract, &reviews, &benchmarks);
        let report = self.keep_report(contract, all, report);
        if !keep {
            reviews.clear();
        }
        Ok(ContractSettled { settled, report, reviews })
    }

    /// The report across the providers of a contract that an earlier run made of the same; `None` where it has to be made.
    fn report(
        &self,
        contract: &Contract,
        all: &CacheKey,
        is_unchanged: bool,
    ) -> Option<Option<ContractReport>> {
        let cache = self.cache.filter(|_| is_unchanged)?;
        let (key, report): (String, Option<ContractReport>) =
            cache::decoded(&cache.get(&report_name(contract))?).ok()?;
        (key == all.finish()).then_some(report)
    }

    fn keep_report(
        &self,
        contract: &Contract,
        all: &CacheKey,
        report: Option<ContractReport>,
    ) -> Option<ContractReport> {
        if let (Some(cache), Ok(bytes)) = (self.cache, cache::coded(&(all.finish(), &report))) {
            cache.put(&report_name(contract), &bytes);
        }
        report
    }
}

fn report_name(contract: &Contract) -> String {
    format!("report-{}", CacheKey::default().and(&contract.id).finish())
}

/// What a report across providers is made of.
fn without_packs(review: ProviderReview) -> ProviderReview {
    ProviderReview { packs: Vec::new(), committee: Vec::new(), ..review }
}
