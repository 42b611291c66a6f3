//! The rows of the monthly form for one council and month: the schedule's second table (2.2), filled from the cases.

use chrono::NaiveDate;

use crate::advocacy::cases::{
    AGES, CARE_ACT, Case, Council, EXCEPTION, IMCA, IMHA, Outcome, REFERRED_ON, REJECTION_REASONS, RPR,
    SOURCES, WITHDRAWAL_REASONS,
};
use crate::advocacy::dates::{month_end, month_start};
use crate::advocacy::simulation::Simulation;
use crate::random::Random;

/// What stands in a cell for figures.
#[derive(Debug, Clone, PartialEq)]
pub enum Figure {
    /// A number.
    Number(f64),
    /// Greyed: the row doesn't apply to the type.
    Greyed,
    /// Words, such as `N/A`, `nil` or `not recorded`.
    Words(&'static str),
}

/// What stands in the total column.
#[derive(Debug, Clone, PartialEq)]
pub enum Total {
    /// A formula over the types.
    Sum,
    /// A figure of its own.
    Figure(Figure),
}

/// One row of the form.
#[derive(Debug, Clone)]
pub struct Row {
    /// The data item; rows of the same item share one merged cell.
    pub item: &'static str,
    /// The breakdown.
    pub breakdown: String,
    /// `Monthly`, `Quarterly` or `Annual`.
    pub frequency: &'static str,
    /// One cell per advocacy type.
    pub cells: Vec<Figure>,
    /// The total column.
    pub total: Total,
    /// Whether it is the item's own total row.
    pub is_total: bool,
}

/// New referrals.
pub const NEW_REFERRALS: &str = "Number of new referrals";
/// Hours.
pub const HOURS: &str = "Total number of hours used";
/// Carried forward.
pub const CARRIED_FORWARD: &str = "Number of cases carried forward";
/// Closed.
pub const CLOSED: &str = "Number of cases closed";
/// Rejected.
pub const REJECTED: &str = "Number of referrals rejected";
/// Withdrawn.
pub const WITHDRAWN: &str = "Number of cases where service has been withdrawn";
/// Court of Protection.
pub const COURT_OF_PROTECTION: &str = "Court of Protection";
/// Average length.
pub const AVERAGE_LENGTH: &str = "Average length of time cases open";

const TOTAL: &str = "Total";
const CARE_ACT_REASONS: [&str; 4] = [
    "understanding relevant information",
    "retaining information",
    "using or weighing information",
    "communicating views, wishes and feelings",
];
const EXCEPTION_SUPPORT: [&str; 4] =
    ["housing", "parenting and family court", "health complaint", "benefits and debt"];

struct Builder<'a> {
    cases: Vec<&'a Case>,
    council: Council,
    rows: Vec<Row>,
}

/// The rows for `council` in month `month`; quarterly rows where the month ends a quarter, annual ones where it
/// ends the contract year.
pub fn rows(simulation: &Simulation, council: Council, month: usize) -> Vec<Row> {
    let cases = simulation.cases.iter().filter(|case| case.council == council).collect();
    let mut builder = Builder { cases, council, rows: Vec::new() };
    builder.monthly(month);
    if month % 3 == 2 {
        builder.quarterly(month);
    }
    builder.rows
}

impl Builder<'_> {
    fn monthly(&mut self, month: usize) {
        let (from, to) = (month_start(month), month_end(month));
        let within = move |date: NaiveDate| from <= date && date <= to;
        let new = move |case: &Case| within(case.received);
        self.count(NEW_REFERRALS, "Monthly", TOTAL, new);
        self.by_source(NEW_REFERRALS, "Monthly", new);
        self.by_age(NEW_REFERRALS, "Monthly", new);

        let hours = move |case: &Case| case.quarter_hours(month) as f64 / 4.0;
        self.sum(HOURS, "Monthly", TOTAL, hours);
        self.sum(HOURS, "Monthly", "New cases", move |case| if new(case) { hours(case) } else { 0.0 });
        self.sum(
            HOURS,
            "Monthly",
            "Carried forward cases",
            move |case| if new(case) { 0.0 } else { hours(case) },
        );
        for (index, source) in SOURCES.iter().enumerate() {
            let label = format!("Referral source: {source}");
            self.sum(
                HOURS,
                "Monthly",
                &label,
                move |case| if case.source == index { hours(case) } else { 0.0 },
            );
        }

        let carried = "Cases carried forward from previous reporting period";
        self.count(CARRIED_FORWARD, "Monthly", carried, move |case| case.open_at(from));
        self.count(CLOSED, "Monthly", "In reporting period", move |case| case.closed().is_some_and(within));

        let rejected = move |case: &Case| new(case) && !case.accepted();
        self.count(REJECTED, "Monthly", TOTAL, rejected);
        for (index, reason) in REJECTION_REASONS.iter().enumerate() {
            self.count(REJECTED, "Monthly", &format!("Rejection reason: {reason}"), move |case| {
                new(case) && matches!(case.outcome, Outcome::Rejected(reason, _) if reason == index)
            });
        }
        for (index, onward) in REFERRED_ON.iter().enumerate() {
            self.count(REJECTED, "Monthly", &format!("Referred on to: {onward}"), move |case| {
                new(case) && matches!(case.outcome, Outcome::Rejected(_, onward) if onward == index)
            });
        }

        self.count(
            WITHDRAWN,
            "Monthly",
            TOTAL,
            move |case| matches!(case.outcome, Outcome::Withdrawn(date, _) if within(date)),
        );
        for (index, reason) in WITHDRAWAL_REASONS.iter().enumerate() {
            self.count(WITHDRAWN, "Monthly", &format!("Withdrawal reason: {reason}"), move |case| {
                matches!(case.outcome, Outcome::Withdrawn(date, reason) if within(date) && reason == index)
            });
        }
    }

    fn quarterly(&mut self, month: usize) {
        let (from, to) = (month_start(month - 2), month_end(month));
        let within = move |date: NaiveDate| from <= date && date <= to;
        let mut random = Random::stream(4, month as u64, self.council.index() as u64);
        let mut drawn = |low: i64, high: i64| random.between(low, high) as f64;

        for item in ["1.2 Reps", "Litigation friend"] {
            let referrals = if item == "1.2 Reps" { drawn(1, 4) } else { drawn(0, 2) };
            self.only(item, "Quarterly", "Number of referrals", &[(IMCA, referrals)]);
            let hours = (referrals * drawn(9, 15)) / 2.0;
            self.only(item, "Quarterly", "Number of hours", &[(IMCA, hours)]);
        }
        self.service_users(from, to);
        self.average_length(from, to);

        let escalated = "Number of cases escalated to court of protection";
        let extended = "Number of DoLS extended by CoP & RPR instructed without referral";
        let (imca, rpr) = (drawn(0, 1), drawn(1, 3));
        self.only(COURT_OF_PROTECTION, "Quarterly", escalated, &[(IMCA, imca), (RPR, rpr)]);
        let (imca, rpr) = (drawn(0, 1), drawn(1, 3));
        self.only(COURT_OF_PROTECTION, "Quarterly", extended, &[(IMCA, imca), (RPR, rpr)]);
        let meetings = drawn(4, 9);
        self.only(
            "Number of hospital managers meetings attended",
            "Quarterly",
            "In reporting period",
            &[(IMHA, meetings)],
        );

        let criterion = |case: &Case| case.person % CARE_ACT_REASONS.len();
        for (index, reason) in CARE_ACT_REASONS.iter().enumerate() {
            let count = self
                .number(|case| case.kind == CARE_ACT && within(case.received) && criterion(case) == index);
            let label = format!("Eligibility criterion: {reason}");
            self.only("Care Act - reason for advocacy support", "Quarterly", &label, &[(CARE_ACT, count)]);
        }
        if month % 12 == 11 {
            let referrals = drawn(3, 6);
            self.only("Prison advocacy", "Annual", "Number of referrals", &[(CARE_ACT, referrals)]);
            let hours = referrals * drawn(12, 20) / 2.0;
            self.only("Prison advocacy", "Annual", "Number of hours", &[(CARE_ACT, hours)]);
        }
        if self.council == Council::West {
            let support = |case: &Case| case.person % EXCEPTION_SUPPORT.len();
            for (index, kind) in EXCEPTION_SUPPORT.iter().enumerate() {
                let count = self.number(|case| {
                    case.kind == EXCEPTION && case.active_within(from, to) && support(case) == index
                });
                self.only(
                    "Exception Advocacy",
                    "Quarterly",
                    &format!("Type of support: {kind}"),
                    &[(EXCEPTION, count)],
                );
            }
        }
    }

    /// People with an open case in the quarter. A person with several cases counts once, under the type of the
    /// earliest, so that the types add up to people.
    fn service_users(&mut self, from: NaiveDate, to: NaiveDate) {
        let item = "Number of individual service users";
        let mut people: Vec<(&Case, usize)> = Vec::new();
        for case in self.cases.iter().filter(|case| case.active_within(from, to)) {
            match people.iter_mut().find(|(first, _)| first.person == case.person) {
                Some((_, interventions)) => *interventions += 1,
                None => people.push((case, 1)),
            }
        }
        let types = self.council.types();
        let mut rows = Vec::new();
        let mut push = |label: String, wanted: &dyn Fn(&Case, usize) -> bool| {
            let count = |kind: usize| {
                people.iter().filter(|(case, number)| case.kind == kind && wanted(case, *number)).count()
                    as f64
            };
            rows.push(Row {
                item,
                is_total: label == TOTAL,
                breakdown: label,
                frequency: "Quarterly",
                cells: (0..types).map(|kind| Figure::Number(count(kind))).collect(),
                total: Total::Sum,
            });
        };
        push(TOTAL.to_string(), &|_, _| true);
        for (index, age) in AGES.iter().enumerate() {
            push(format!("Age range: {age}"), &|case, _| case.age == index);
        }
        for (index, source) in SOURCES.iter().enumerate() {
            push(format!("Referral source: {source}"), &|case, _| case.source == index);
        }
        push("Number of interventions: 1".to_string(), &|_, number| number == 1);
        push("Number of interventions: 2".to_string(), &|_, number| number == 2);
        push("Number of interventions: 3 or more".to_string(), &|_, number| number >= 3);
        self.rows.extend(rows);
    }

    /// Mean days from receipt to closing of the cases closed in the quarter; `N/A` where none was.
    fn average_length(&mut self, from: NaiveDate, to: NaiveDate) {
        let mean = |wanted: &dyn Fn(&Case) -> bool| {
            let days: Vec<f64> = self
                .cases
                .iter()
                .filter(|case| wanted(case))
                .filter_map(|case| {
                    case.closed().filter(|date| from <= *date && *date <= to).map(|date| (case, date))
                })
                .map(|(case, date)| (date - case.received).num_days() as f64)
                .collect();
            if days.is_empty() {
                return Figure::Words("N/A");
            }
            Figure::Number((days.iter().sum::<f64>() / days.len() as f64 * 10.0).round() / 10.0)
        };
        let mut rows = Vec::new();
        let labels = std::iter::once((TOTAL.to_string(), None))
            .chain(AGES.iter().enumerate().map(|(index, age)| (format!("Age range: {age}"), Some(index))));
        for (breakdown, age) in labels {
            let fits = |case: &Case| age.is_none_or(|age| case.age == age);
            rows.push(Row {
                item: AVERAGE_LENGTH,
                breakdown,
                frequency: "Quarterly",
                cells: (0..self.council.types())
                    .map(|kind| mean(&|case| case.kind == kind && fits(case)))
                    .collect(),
                total: Total::Figure(mean(&fits)),
                is_total: age.is_none(),
            });
        }
        self.rows.extend(rows);
    }

    fn number(&self, wanted: impl Fn(&Case) -> bool) -> f64 {
        self.cases.iter().filter(|case| wanted(case)).count() as f64
    }

    fn count(
        &mut self,
        item: &'static str,
        frequency: &'static str,
        label: &str,
        wanted: impl Fn(&Case) -> bool,
    ) {
        self.sum(item, frequency, label, |case| if wanted(case) { 1.0 } else { 0.0 });
    }

    fn sum(
        &mut self,
        item: &'static str,
        frequency: &'static str,
        label: &str,
        amount: impl Fn(&Case) -> f64,
    ) {
        let of =
            |kind: usize| self.cases.iter().filter(|case| case.kind == kind).map(|case| amount(case)).sum();
        let cells = (0..self.council.types()).map(|kind| Figure::Number(of(kind))).collect();
        let is_total = self.rows.last().is_none_or(|row| row.item != item);
        self.rows.push(Row {
            item,
            breakdown: label.to_string(),
            frequency,
            cells,
            total: Total::Sum,
            is_total,
        });
    }

    fn by_source(&mut self, item: &'static str, frequency: &'static str, wanted: impl Fn(&Case) -> bool) {
        for (index, source) in SOURCES.iter().enumerate() {
            let label = format!("Referral source: {source}");
            self.count(item, frequency, &label, |case| wanted(case) && case.source == index);
        }
    }

    fn by_age(&mut self, item: &'static str, frequency: &'static str, wanted: impl Fn(&Case) -> bool) {
        for (index, age) in AGES.iter().enumerate() {
            let label = format!("Age range: {age}");
            self.count(item, frequency, &label, |case| wanted(case) && case.age == index);
        }
    }

    /// A row that applies to a few types only; the other cells are greyed.
    fn only(&mut self, item: &'static str, frequency: &'static str, label: &str, figures: &[(usize, f64)]) {
        let cells = (0..self.council.types())
            .map(|kind| {
                figures
                    .iter()
                    .find(|(applies, _)| *applies == kind)
                    .map_or(Figure::Greyed, |(_, f)| Figure::Number(*f))
            })
            .collect();
        self.rows.push(Row {
            item,
            breakdown: label.to_string(),
            frequency,
            cells,
            total: Total::Sum,
            is_total: false,
        });
    }
}

/// The row of an item with the given breakdown; the item's first row for an empty one.
pub fn row_of<'a>(rows: &'a mut [Row], item: &str, breakdown: &str) -> anyhow::Result<&'a mut Row> {
    rows.iter_mut()
        .find(|row| row.item == item && (breakdown.is_empty() || row.breakdown == breakdown))
        .ok_or_else(|| anyhow::anyhow!("the form has no row “{item}”, “{breakdown}”"))
}
