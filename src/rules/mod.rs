//! Rule kinds: one file each, with settings, documentation, logic and a table of cases.
//!
//! A rule sees neutral figures, dates and facts, never a contract: the definition says which rule reads what.

pub mod activity;
pub mod adds_up;
pub mod between_notices;
pub mod carried_forward;
pub mod duty;
pub mod facts;
pub mod figure;
pub mod follows;
pub mod kpis_missed;
pub mod late_in_a_row;
pub mod log_share;
pub mod notices;
pub mod returns;
pub mod stated_share;
pub mod submission_kpi_missed;
pub mod submission_rate;
pub mod sum_of_periods;
pub mod target;
pub mod unusual;

/// What a rule kind is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Rates a figure.
    Rating,
    /// Computes a figure.
    Measure,
    /// Checks figures against each other.
    Check,
    /// Says whether the condition of an escalation holds.
    Condition,
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
    &submission_rate::KIND,
    &target::KIND,
    &log_share::WITHIN_DAYS,
    &log_share::WITHIN_WORKING_DAYS,
    &log_share::YES,
    &activity::KIND,
    &adds_up::KIND,
    &carried_forward::KIND,
    &stated_share::KIND,
    &sum_of_periods::KIND,
    &unusual::KIND,
    &between_notices::KIND,
    &duty::KIND,
    &follows::KIND,
    &kpis_missed::KIND,
    &late_in_a_row::KIND,
    &notices::KIND,
    &returns::KIND,
    &submission_kpi_missed::KIND,
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
