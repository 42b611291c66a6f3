//! Ratings of every KPI, period and area that is due, and of each period as a whole.

use super::Case;
use super::figures::{AreaFigure, Source, Worth, figure};
use super::own_rating;
use super::submissions::{ReceivedReturn, Slot};
use crate::contract::layout::Asks;
use crate::contract::meant::{Kpi, RatingRule, Stated};
use crate::domain::period::{Period, long_date};
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::rating::Rating;
use crate::domain::submission::SubmissionStatus;
use crate::review::{OverallRating, RatedFigure};
use crate::rules::figure::Figure;
use crate::rules::median::median;

/// Every rating due, in order of period, KPI and area, the whole contract first.
pub fn ratings(case: &Case<'_>, slots: &[Slot<'_>]) -> Vec<RatedFigure> {
    let mut ratings = Vec::new();
    let mut periods: Vec<Period> = slots.iter().map(|slot| slot.submission.period).collect();
    periods.sort_by_key(|period| (period.to, period.from));
    periods.dedup();
    for period in periods {
        for kpi in &case.contract.kpis {
            let own: Vec<&Slot<'_>> = slots
                .iter()
                .filter(|slot| slot.form.id == kpi.figure.form && slot.submission.period == period)
                .collect();
            // What is asked for less often than its form comes with the return that ends the longer period.
            let figures = case.contract.period(period.to, kpi.every);
            if !own.is_empty() && figures.to == period.to {
                let returned = |is_other: fn(&Period, &Period) -> bool| -> Vec<&ReceivedReturn> {
                    let others = slots.iter().filter(|slot| slot.form.id == kpi.figure.form);
                    others
                        .filter(|slot| is_other(&slot.submission.period, &period))
                        .filter_map(|slot| slot.rated())
                        .collect()
                };
                let (earlier, later) = (returned(Period::lt), returned(Period::gt));
                let due = Due { case, kpi, period: figures, slots: &own, earlier: &earlier, later: &later };
                due.rate(&mut ratings);
            }
        }
    }
    ratings
}

/// Whether anything is to be said of a return: it came in, or is past due.
fn is_due(slot: &Slot<'_>) -> bool {
    slot.submission.status != SubmissionStatus::NotYetDue || !slot.versions.is_empty()
}

/// One KPI that is due for one period.
struct Due<'a> {
    case: &'a Case<'a>,
    kpi: &'a Kpi,
    period: Period,
    /// The returns it is stated in, one an area where each has its own.
    slots: &'a [&'a Slot<'a>],
    /// Returns of the same form for earlier periods, in order.
    earlier: &'a [&'a ReceivedReturn],
    /// Returns of the same form for later periods, in order.
    later: &'a [&'a ReceivedReturn],
}

/// What came of one area.
#[derive(Debug, Clone)]
enum Outcome {
    Figure(AreaFigure),
    NoReturn,
    Unusable,
}

impl Due<'_> {
    fn rate(&self, ratings: &mut Vec<RatedFigure>) {
        if !self.slots.iter().any(|slot| is_due(slot)) {
            return;
        }
        let areas: Vec<&str> = self.case.contract.areas.iter().map(|area| area.name.as_str()).collect();
        if areas.is_empty() {
            ratings.push(self.rated(None, &self.outcome(None)));
            return;
        }
        let found: Vec<Outcome> = areas.iter().map(|area| self.outcome(Some(*area))).collect();
        ratings.push(self.rated(None, &together(&found)));
        for (area, found) in areas.into_iter().zip(&found) {
            ratings.push(self.rated(Some(area), found));
        }
    }

    fn outcome(&self, area: Option<&str>) -> Outcome {
        let serves =
            |slot: &&&Slot<'_>| slot.submission.area.is_none() || slot.submission.area.as_deref() == area;
        let Some(slot) = self.slots.iter().find(serves) else { return Outcome::NoReturn };
        match slot.rated() {
            Some(version) => {
                Outcome::Figure(slot.figures.alone(self.kpi, area).cloned().unwrap_or_else(|| {
                    let source = Source::of(self.case, version, &slot.submission.period, self.earlier);
                    figure(Source { later: self.later, ..source }, self.kpi, area)
                }))
            }
            None if slot.versions.is_empty() => Outcome::NoReturn,
            None => Outcome::Unusable,
        }
    }

    fn rated(&self, area: Option<&str>, outcome: &Outcome) -> RatedFigure {
        let Self { kpi, period, .. } = *self;
        let rule = kpi.rule(&period);
        let is_answer = matches!(kpi.stated, Stated::Certified(_));
        let mut rated = RatedFigure {
            kpi: kpi.reference.clone(),
            title: kpi.title.clone(),
            area: area.map(Into::into),
            period,
            value: None,
            numerator: None,
            denominator: None,
            unit: kpi.unit,
            target: rule
                .map(RatingRule::describe)
                .or(is_answer.then(|| vec!["Yes".to_string()]))
                .unwrap_or_default(),
            aim: rule.map(RatingRule::aim),
            short_of: None,
            thresholds: rule.map(RatingRule::bounds).unwrap_or_default(),
            rating: Rating::Invalid,
            clause: kpi.clause.clone(),
            notes: kpi.reading.iter().cloned().collect(),
            relief: None,
            cells: Vec::new(),
            comment: None,
            computed: None,
            said: None,
            not_met: false,
            contradicted: false,
            local: kpi.local && rule.is_some(),
            lower_is_better: rule.is_some_and(RatingRule::lower_is_better),
            partial: partial(self.case, &period),
        };
        if rated.local {
            rated.notes.push("The target is agreed locally; the contract sets none.".to_string());
        }
        rated.relief = self
            .case
            .records
            .reliefs
            .iter()
            .find(|relief| relief.kpi == kpi.reference && relief.period.covers(&period))
            .map(|relief| relief.reason.clone());
        let figure = match outcome {
            Outcome::NoReturn => {
                rated.rating = Rating::NoReturn;
                return rated;
            }
            Outcome::Unusable => return rated,
            Outcome::Figure(figure) => figure,
        };
        rated.notes.extend(rated.partial.clone());
        rated.cells = figure.cells.clone();
        rated.computed = figure.computed.clone();
        rated.notes.extend(figure.notes.iter().cloned());
        rated.comment = comment(self.case, kpi, self.slots);
        rated.notes.extend(self.slots.iter().find_map(|slot| {
            let version = slot.rated()?;
            own_rating::note(
                self.case.contract,
                kpi,
                &version.mapped,
                (slot.submission.area.as_deref(), area),
            )
        }));
        match &figure.worth {
            Worth::Amount(value) | Worth::Unchecked(value) => {
                rated.value = Some(*value);
                judge(&mut rated, rule, &Figure::Amount(*value));
            }
            Worth::Share { numerator, denominator } => {
                rated.numerator = Some(*numerator);
                rated.denominator = Some(*denominator);
                if denominator.is_zero() {
                    rated.rating = Rating::NoActivity;
                } else {
                    let figure = Figure::Share { numerator: *numerator, denominator: *denominator };
                    rated.value = Some(figure.value());
                    judge(&mut rated, rule, &figure);
                }
            }
            Worth::Answered(answered) => {
                rated.rating = answered.rating;
                rated.said = Some(answered.said.clone());
                rated.not_met = answered.answered_no;
                rated.contradicted = answered.contradicted;
            }
            Worth::Nothing => rated.rating = Rating::NoActivity,
            Worth::Invalid => {}
        }
        rated
    }
}

/// Why a figure of `period` is of a part of it alone, where it is.
fn partial(case: &Case<'_>, period: &Period) -> Option<String> {
    let start = Some(case.records.start).filter(|day| period.contains(*day) && *day > period.from);
    let end = case.records.end.filter(|day| period.contains(*day) && *day < period.to);
    let what = match (start, end) {
        (Some(start), Some(end)) => {
            format!("the service ran from {} to {}", long_date(start), long_date(end))
        }
        (Some(start), None) => format!("the service started on {}", long_date(start)),
        (None, Some(end)) => format!("the service ended on {}", long_date(end)),
        (None, None) => return None,
    };
    Some(format!("Partial period: {what}."))
}

/// Rates a figure by the rule in force; where there is none it is not rated.
fn judge(rated: &mut RatedFigure, rule: Option<&RatingRule>, figure: &Figure) {
    let Some(rule) = rule else {
        rated.rating = Rating::NotRated;
        return;
    };
    let judged = rule.rate(figure);
    rated.rating = judged.rating;
    rated.notes.extend(judged.note);
    // Of a mean, one more or fewer is a point of a criterion, not of the mean: nothing is said of it.
    rated.short_of = rule.short_of(figure).filter(|_| rated.unit != Unit::Score);
    // A target of the contract's own has its own consequences.
    rated.not_met = rated.rating == Rating::Red && rated.local;
}

/// The overall rating of every period at whose end a KPI is due, in order; none where the contract has none.
pub fn overall(case: &Case<'_>, ratings: &[RatedFigure]) -> Vec<OverallRating> {
    let Some(settings) = &case.contract.overall else { return Vec::new() };
    let every = case.contract.rated_every();
    let whole = |figure: &&RatedFigure| figure.area.is_none() && figure.period.frequency == every;
    let mut periods: Vec<Period> = ratings.iter().filter(whole).map(|figure| figure.period).collect();
    periods.sort();
    periods.dedup();
    periods
        .into_iter()
        .map(|period| {
            let own: Vec<&RatedFigure> =
                ratings.iter().filter(whole).filter(|figure| figure.period == period).collect();
            let counted: Vec<Rating> =
                own.iter().filter(|figure| figure.relief.is_none()).map(|figure| figure.rating).collect();
            OverallRating {
                period,
                rating: median(&counted),
                of: own.iter().map(|figure| (figure.kpi.clone(), figure.rating)).collect(),
                clause: settings.clause.clone(),
            }
        })
        .collect()
}

/// The figure for the whole contract of those of its areas; `None` where one cannot be used.
pub(super) fn of_all(areas: Vec<AreaFigure>) -> Option<AreaFigure> {
    match together(&areas.into_iter().map(Outcome::Figure).collect::<Vec<_>>()) {
        Outcome::Figure(figure) => Some(figure),
        Outcome::NoReturn | Outcome::Unusable => None,
    }
}

/// The figure for the whole contract: numerators over denominators and sums of amounts, never the mean of percentages.
fn together(areas: &[Outcome]) -> Outcome {
    if areas.iter().any(|area| matches!(area, Outcome::NoReturn)) {
        return Outcome::NoReturn;
    }
    let mut whole = AreaFigure::unusable();
    let mut computed: Vec<String> = Vec::new();
    let mut amount = Some(Quantity::ZERO);
    let mut share = Some((Quantity::ZERO, Quantity::ZERO));
    for area in areas {
        let Outcome::Figure(figure) = area else { return Outcome::Unusable };
        whole.cells.extend(figure.cells.iter().cloned());
        computed.extend(
            figure.computed.iter().filter(|own| !computed.contains(own)).cloned().collect::<Vec<_>>(),
        );
        for note in &figure.notes {
            if !whole.notes.contains(note) {
                whole.notes.push(note.clone());
            }
        }
        amount = match figure.worth {
            Worth::Amount(value) => amount.map(|sum| sum + value),
            _ => None,
        };
        share = match figure.worth {
            Worth::Share { numerator, denominator } => share.map(|(n, d)| (n + numerator, d + denominator)),
            _ => None,
        };
    }
    whole.computed = (!computed.is_empty()).then(|| computed.join(" "));
    whole.worth = match (amount, share) {
        (Some(value), _) => Worth::Amount(value),
        (_, Some((numerator, denominator))) => Worth::Share { numerator, denominator },
        _ => {
            whole.notes.push("One of the areas' figures cannot be added to the other's.".to_string());
            Worth::Invalid
        }
    };
    Outcome::Figure(whole)
}

fn comment(case: &Case<'_>, kpi: &Kpi, slots: &[&Slot<'_>]) -> Option<String> {
    let column = case.contract.table(&kpi.figure)?.column_asking(Asks::Comment)?;
    let rows = kpi.stated.rows();
    let texts: Vec<String> = slots
        .iter()
        .filter_map(|slot| slot.rated())
        .flat_map(|version| &version.mapped.observations)
        .filter(|o| o.table == kpi.figure.table && rows.contains(&o.row.as_str()) && o.column == column.id)
        .map(|o| o.shown.clone())
        .filter(|text| !text.is_empty())
        .collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}
