//! Rule kinds: one file each, with settings, documentation, logic and a table of cases.
//!
//! A rule sees neutral figures, dates and facts, never a contract: the definition says which rule reads what.

pub mod activity;
pub mod adds_up;
pub mod after_notice;
pub mod bands;
pub mod benchmark;
pub mod between_notices;
pub mod carried_forward;
pub mod columns;
pub mod due_dates;
pub mod duty;
pub mod event_notified_late;
pub mod evidence;
pub mod facts;
pub mod figure;
pub mod follows;
pub mod kpi_red_within;
pub mod kpis_missed;
pub mod late_in_a_row;
pub mod log_number;
pub mod log_share;
pub mod median;
pub mod meeting_not_attended;
pub mod not_met;
pub mod notices;
pub mod plan_not_improved;
pub mod rating_after_notice;
pub mod ratings_in_a_row;
pub mod ratings_in_window;
pub mod returns;
pub mod series;
pub mod stated_share;
pub mod submission_kpi_missed;
pub mod submission_rate;
pub mod sum_of_periods;
pub mod sum_of_records;
pub mod suppress_below;
pub mod target;
pub mod unusual;
pub mod weighted;

/// What a rule kind is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Rates a figure.
    Rating,
    /// Rates a period as a whole.
    Overall,
    /// Computes a figure.
    Measure,
    /// Bears an answer out.
    Evidence,
    /// Says when something is due.
    Due,
    /// Checks figures against each other.
    Check,
    /// Says whether the condition of an escalation holds.
    Condition,
    /// Says what a paper for the public may show.
    Publication,
}

impl Family {
    /// For people, as a heading.
    pub fn words(self) -> &'static str {
        match self {
            Family::Rating => "Ratings",
            Family::Overall => "Overall ratings",
            Family::Measure => "Figures and rankings",
            Family::Evidence => "Evidence behind a “Yes”",
            Family::Due => "Due dates",
            Family::Check => "Accuracy checks",
            Family::Condition => "Conditions of escalations",
            Family::Publication => "Papers for the public",
        }
    }
}

/// A rule kind and its own documentation.
#[derive(Debug)]
pub struct RuleKind {
    /// Name, as definitions write it.
    pub name: &'static str,
    /// What it is for.
    pub family: Family,
    /// One line.
    pub summary: &'static str,
    /// Settings, what it does, an example.
    pub documentation: &'static str,
}

/// Every rule kind, by family and name.
pub static ALL: &[&RuleKind] = &[
    &bands::KIND,
    &evidence::YES_NO,
    &submission_rate::KIND,
    &target::KIND,
    &median::KIND,
    &benchmark::KIND,
    &log_number::DISTINCT,
    &log_number::NUMBER,
    &weighted::KIND,
    &log_share::WITHIN_DAYS,
    &log_share::WITHIN_WORKING_DAYS,
    &log_share::YES,
    &evidence::AT_LEAST,
    &evidence::DATED,
    &evidence::ISSUED_WITHIN,
    &evidence::NOT_EXPIRED,
    &evidence::SAYS_YES,
    &due_dates::DAY_OF_FOLLOWING_MONTH,
    &due_dates::BEFORE_MEETING,
    &due_dates::LAST_WEEKDAY,
    &due_dates::WITHIN_WORKING_DAYS_AFTER,
    &due_dates::WORKING_DAYS_BEFORE,
    &activity::KIND,
    &adds_up::KIND,
    &carried_forward::KIND,
    &stated_share::KIND,
    &sum_of_periods::KIND,
    &sum_of_records::KIND,
    &unusual::KIND,
    &after_notice::KIND,
    &between_notices::KIND,
    &duty::KIND,
    &event_notified_late::KIND,
    &follows::KIND,
    &kpi_red_within::KIND,
    &kpis_missed::KIND,
    &late_in_a_row::KIND,
    &meeting_not_attended::KIND,
    &not_met::KIND,
    &notices::KIND,
    &plan_not_improved::KIND,
    &rating_after_notice::KIND,
    &ratings_in_a_row::KIND,
    &ratings_in_window::KIND,
    &returns::KIND,
    &submission_kpi_missed::KIND,
    &suppress_below::KIND,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registry_is_sorted_unique_and_documented() {
        let keys: Vec<_> = ALL.iter().map(|kind| (kind.family, kind.name)).collect();
        assert!(keys.is_sorted_by(|a, b| a < b), "{keys:?}");
        for kind in ALL {
            assert!(kind.summary.ends_with('.'), "{}", kind.name);
            assert!(kind.documentation.contains("Example"), "{} has no example", kind.name);
        }
    }
}
