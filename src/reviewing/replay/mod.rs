//! What differs where a contract's definition does: results under the one in force held against those under a changed one.

mod counted;
mod terms;

use std::collections::{BTreeMap, BTreeSet};

use crate::contract::Contract;
use crate::domain::finding::Finding;
use crate::domain::period::Period;
use crate::domain::place::CellAddress;
use crate::domain::quantity::{Unit, show};
use crate::review::replay::{
    ChangedEscalation, ChangedFile, ChangedFindings, ChangedOverall, ChangedRating, ChangedSubmission,
    ChangedSubmissionKpi, EscalationSide, NotCompared, RatingSide, Replay, ReplayedProvider,
    SubmissionKpiSide, SubmissionSide,
};
use crate::review::{ProviderReview, RatedFigure, Results, SubmissionKpi};

/// Results with the definition of the contract they were made by.
#[derive(Debug, Clone, Copy)]
pub struct Under<'a> {
    /// The definition.
    pub contract: &'a Contract,
    /// Everything there is to say under it.
    pub results: &'a Results,
    /// What the register holds that is not known.
    pub notes: &'a [String],
}

/// Compares the results under the definition in force, `before`, with those under the changed one, `after`; `definition` is the
/// file name of the changed one.
pub fn replay(before: Under<'_>, after: Under<'_>, definition: &str) -> Replay {
    let mut counts = crate::review::replay::Counts::default();
    let mut providers: Vec<ReplayedProvider> = Vec::new();
    let key = |review: &ProviderReview| (review.contract.clone(), review.provider.clone());
    let earlier: BTreeMap<_, &ProviderReview> =
        before.results.reviews.iter().map(|review| (key(review), review)).collect();
    for later in &after.results.reviews {
        let Some(earlier) = earlier.get(&key(later)) else { continue };
        let own = later.contract == after.contract.id;
        let pair = Pair {
            before: earlier,
            after: later,
            contracts: own.then_some((before.contract, after.contract)),
        };
        let provider = pair.compared();
        if own || provider.differs() {
            counted::count(&mut counts, &pair, &provider);
            providers.push(provider);
        }
    }
    // Those of the contract itself first; the sort keeps the order otherwise.
    providers.sort_by_key(|provider| provider.contract != after.contract.id);
    let terms = terms::changed(before.contract, after.contract);
    let register: Vec<String> =
        after.notes.iter().filter(|note| !before.notes.contains(note)).cloned().collect();
    let files = files(before.results, after.results);
    Replay {
        contract: after.contract.id.clone(),
        contract_title: after.contract.title.clone(),
        councils: after.contract.councils.clone(),
        as_of: after.results.as_of,
        definition: definition.to_string(),
        summary: counted::summary(&counts, &terms, &register, &files),
        counts,
        terms,
        register,
        providers,
        files,
    }
}

fn files(before: &Results, after: &Results) -> Vec<ChangedFile> {
    let reasons = |results: &Results| -> BTreeMap<String, String> {
        results.unrecognised.iter().map(|own| (own.file.clone(), own.reason.clone())).collect()
    };
    let (earlier, later) = (reasons(before), reasons(after));
    let only = |these: &BTreeMap<String, String>, others: &BTreeMap<String, String>, came: bool| {
        let own = these.iter().filter(|(file, _)| !others.contains_key(*file));
        own.map(|(file, reason)| ChangedFile { file: file.clone(), came, reason: reason.clone() })
            .collect::<Vec<_>>()
    };
    let mut files = only(&earlier, &later, true);
    files.extend(only(&later, &earlier, false));
    files.sort_by(|a, b| a.file.cmp(&b.file));
    files
}

/// One provider's review under both.
struct Pair<'a> {
    before: &'a ProviderReview,
    after: &'a ProviderReview,
    /// The two definitions, where it is their contract.
    contracts: Option<(&'a Contract, &'a Contract)>,
}

/// What stands under both definitions, and what under one alone.
struct Matched<'a, K, T> {
    both: Vec<(K, &'a T, &'a T)>,
    gone: Vec<&'a T>,
    new: Vec<&'a T>,
}

fn matched<'a, K: Ord, T>(before: &'a [T], after: &'a [T], key: impl Fn(&T) -> K) -> Matched<'a, K, T> {
    let mut earlier: BTreeMap<K, &T> = before.iter().map(|own| (key(own), own)).collect();
    let mut found = Matched { both: Vec::new(), gone: Vec::new(), new: Vec::new() };
    for later in after {
        match earlier.remove_entry(&key(later)) {
            Some((key, earlier)) => found.both.push((key, earlier, later)),
            None => found.new.push(later),
        }
    }
    found.gone = earlier.into_values().collect();
    found
}

impl<'a> Pair<'a> {
    fn ratings(&self) -> Matched<'a, (Period, String, Option<String>), RatedFigure> {
        matched(&self.before.ratings, &self.after.ratings, |own| {
            (own.period, own.kpi.clone(), own.area.clone())
        })
    }

    fn compared(&self) -> ReplayedProvider {
        let mut not_compared = Vec::new();
        ReplayedProvider {
            contract: self.after.contract.clone(),
            contract_title: self.after.contract_title.clone(),
            provider: self.after.provider.clone(),
            ratings: self.changed_ratings(&mut not_compared),
            overall: self.changed_overall(&mut not_compared),
            submissions: self.changed_submissions(&mut not_compared),
            submission_kpis: self.changed_submission_kpis(&mut not_compared),
            escalations: self.changed_escalations(),
            findings: self.changed_findings(),
            not_compared,
        }
    }

    fn changed_ratings(&self, not_compared: &mut Vec<NotCompared>) -> Vec<ChangedRating> {
        let matched = self.ratings();
        for (alone, came) in [(matched.gone, false), (matched.new, true)] {
            let mut kpis: Vec<(&str, &str, usize)> = Vec::new();
            for figure in alone {
                match kpis.iter_mut().find(|(kpi, ..)| *kpi == figure.kpi) {
                    Some((.., number)) => *number += 1,
                    None => kpis.push((&figure.kpi, &figure.title, 1)),
                }
            }
            not_compared.extend(kpis.into_iter().map(|(kpi, title, number)| {
                let has = |contract: &Contract| contract.kpis.iter().any(|own| own.reference == kpi);
                let why = self.why("the KPI", came, has, "other periods or areas");
                NotCompared { what: format!("KPI {kpi}, {title}"), came, number, why }
            }));
        }
        let differs = |(_, before, after): &(_, &RatedFigure, &RatedFigure)| {
            before.rating != after.rating || before.value != after.value || before.said != after.said
        };
        matched
            .both
            .into_iter()
            .filter(differs)
            .map(|(_, before, after)| changed_rating(before, after))
            .collect()
    }

    fn changed_overall(&self, not_compared: &mut Vec<NotCompared>) -> Vec<ChangedOverall> {
        let matched = matched(&self.before.overall, &self.after.overall, |own| own.period);
        for (alone, came) in [(matched.gone, false), (matched.new, true)] {
            let why = self.why("the overall rating", came, |own| own.overall.is_some(), "other periods");
            let what = "Overall rating".to_string();
            not_compared.extend((!alone.is_empty()).then_some(NotCompared {
                what,
                came,
                number: alone.len(),
                why,
            }));
        }
        let both = matched.both.into_iter().filter(|(_, before, after)| before.rating != after.rating);
        both.map(|(period, before, after)| ChangedOverall {
            period,
            clause: after.clause.clone(),
            before: before.rating,
            after: after.rating,
        })
        .collect()
    }

    fn changed_submissions(&self, not_compared: &mut Vec<NotCompared>) -> Vec<ChangedSubmission> {
        let matched = matched(&self.before.submissions, &self.after.submissions, |own| {
            (own.period, own.form.clone(), own.area.clone())
        });
        for (alone, came) in [(matched.gone, false), (matched.new, true)] {
            let mut forms: Vec<(&str, &str, usize)> = Vec::new();
            for own in alone {
                match forms.iter_mut().find(|(form, ..)| *form == own.form) {
                    Some((.., number)) => *number += 1,
                    None => forms.push((&own.form, &own.form_title, 1)),
                }
            }
            not_compared.extend(forms.into_iter().map(|(form, title, number)| {
                let why =
                    self.why("the form", came, |own| own.form(form).is_some(), "other periods or areas");
                NotCompared { what: format!("Returns: {title}"), came, number, why }
            }));
        }
        let both = matched.both.into_iter();
        both.filter(|(_, before, after)| before.due != after.due || before.status != after.status)
            .map(|((period, form, area), before, after)| ChangedSubmission {
                form,
                title: after.form_title.clone(),
                period,
                area,
                clause: after.clause.clone(),
                before: SubmissionSide { due: before.due, status: before.status },
                after: SubmissionSide { due: after.due, status: after.status },
            })
            .collect()
    }

    fn changed_submission_kpis(&self, not_compared: &mut Vec<NotCompared>) -> Vec<ChangedSubmissionKpi> {
        let key = |own: &SubmissionKpi| (own.to, own.from, own.id.clone());
        let matched = matched(&self.before.submission_kpis, &self.after.submission_kpis, key);
        for (alone, came) in [(matched.gone, false), (matched.new, true)] {
            let titles: BTreeSet<&str> = alone.iter().map(|own| own.title.as_str()).collect();
            not_compared.extend(titles.into_iter().map(|title| NotCompared {
                what: title.to_string(),
                came,
                number: alone.iter().filter(|own| own.title == title).count(),
                why: self.why("it", came, |own| !own.submission_kpis.is_empty(), "other windows"),
            }));
        }
        let side = |own: &SubmissionKpi| SubmissionKpiSide {
            rating: own.rating,
            met: own.met,
            due: own.due,
            target: own.target.map(|target| format!("at least {}", show(target, Unit::Percent, &[]))),
        };
        let both = matched.both.into_iter().map(|(_, before, after)| ChangedSubmissionKpi {
            id: after.id.clone(),
            title: after.title.clone(),
            from: after.from,
            to: after.to,
            clause: after.clause.clone(),
            before: side(before),
            after: side(after),
        });
        // Another target alone is a change of terms.
        both.filter(|own| {
            let result = |own: &SubmissionKpiSide| (own.rating, own.met, own.due);
            result(&own.before) != result(&own.after)
        })
        .collect()
    }

    fn changed_escalations(&self) -> Vec<ChangedEscalation> {
        let key = |id: &str, period: Period| (period, id.to_string());
        let mut all: BTreeMap<(Period, String), ChangedEscalation> = BTreeMap::new();
        for (escalations, later) in [(&self.before.escalations, false), (&self.after.escalations, true)] {
            for own in escalations {
                let side = EscalationSide { status: own.status, by: own.by };
                let entry = all.entry(key(&own.id, own.period)).or_insert_with(|| ChangedEscalation {
                    id: own.id.clone(),
                    title: own.title.clone(),
                    clause: own.clause.clone(),
                    period: own.period,
                    before: None,
                    after: None,
                });
                if later {
                    entry.after = Some(side);
                } else {
                    entry.before = Some(side);
                }
            }
        }
        all.into_values().filter(|own| own.before != own.after).collect()
    }

    fn changed_findings(&self) -> Vec<ChangedFindings> {
        let (before, after) = (findings(self.before), findings(self.after));
        let mut changed: BTreeMap<&str, ChangedFindings> = BTreeMap::new();
        for found in before.keys().chain(after.keys()).collect::<BTreeSet<_>>() {
            let number = |of: &BTreeMap<Found<'_>, usize>| of.get(found).copied().unwrap_or_default();
            let (earlier, later) = (number(&before), number(&after));
            if earlier == later {
                continue;
            }
            let kind = found.kind;
            let entry = changed.entry(kind.code).or_insert_with(|| ChangedFindings {
                code: kind.code,
                severity: kind.severity,
                came: 0,
                went: 0,
            });
            entry.came += later.saturating_sub(earlier);
            entry.went += earlier.saturating_sub(later);
        }
        changed.into_values().collect()
    }

    /// Why something stands under one definition alone: the other does not have it, or has it otherwise.
    fn why(&self, what: &str, came: bool, has: impl Fn(&Contract) -> bool, otherwise: &str) -> String {
        let other = self.contracts.map(|(before, after)| if came { before } else { after });
        let (these, others) = if came {
            ("the changed definition", "the definition in force")
        } else {
            ("the definition in force", "the changed definition")
        };
        match other {
            Some(contract) if !has(contract) => format!("{others} does not have {what}"),
            _ => format!("{these} has {what} for {otherwise} than {others}"),
        }
    }
}

fn changed_rating(before: &RatedFigure, after: &RatedFigure) -> ChangedRating {
    let side = |own: &RatedFigure| RatingSide {
        rating: own.rating,
        value: own.shown(),
        target: own.target_on_a_line(),
        clause: own.clause.clone(),
    };
    ChangedRating {
        kpi: after.kpi.clone(),
        title: after.title.clone(),
        area: after.area.clone(),
        period: after.period,
        before: side(before),
        after: side(after),
    }
}

/// A finding by its kind and place, whatever its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Found<'a> {
    kind: &'static crate::domain::finding::FindingKind,
    file: &'a str,
    sheet: Option<&'a str>,
    cell: Option<CellAddress>,
}

impl<'a> Found<'a> {
    fn of(own: &'a Finding) -> Self {
        Self { kind: own.kind, file: &own.file, sheet: own.sheet.as_deref(), cell: own.cell }
    }
}

/// How often each finding stands in the returns.
fn findings(review: &ProviderReview) -> BTreeMap<Found<'_>, usize> {
    let mut found = BTreeMap::new();
    for own in review.submissions.iter().flat_map(|submission| &submission.findings) {
        *found.entry(Found::of(own)).or_insert(0) += 1;
    }
    found
}
