//! The months or quarters of a contract, one after the other: in which of them a rating is as bad as a condition asks.

use serde::Deserialize;

use super::bands::Judgement;
use super::facts::{Facts, RatingFact};
use crate::domain::escalation::Evidence;
use crate::domain::period::Period;
use crate::domain::rating::Rating;

/// Whose rating a condition goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Of {
    /// Any KPI's, not necessarily the same one each time.
    AnyKpi,
    /// The overall rating.
    Overall,
}

impl Of {
    /// `a KPI`, `the overall rating`.
    pub fn words(self) -> &'static str {
        match self {
            Of::AnyKpi => "a KPI",
            Of::Overall => "the overall rating",
        }
    }
}

/// What is known of one period.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// As bad as asked, or worse.
    Holds(Vec<Evidence>),
    /// Better.
    Better,
    /// No rating; why, in words.
    Unknown(&'static str),
}

/// `amber or worse`, `red`.
pub fn or_worse(rating: Judgement) -> String {
    match rating {
        Judgement::Red => "red".to_string(),
        other => format!("{} or worse", Rating::from(other).id()),
    }
}

/// Every period of ratings from the first to the last, in order.
pub fn series(facts: &Facts, of: Of, rating: Judgement) -> Vec<(Period, State)> {
    let periods = match of {
        Of::Overall => facts.overall.iter().map(|fact| fact.period).collect::<Vec<_>>(),
        Of::AnyKpi => whole(facts).map(|fact| fact.period).collect(),
    };
    let (Some(first), Some(last)) = (periods.iter().min(), periods.iter().max()) else { return Vec::new() };
    let mut series = Vec::new();
    let mut period = *first;
    while period <= *last {
        series.push((period, state(facts, of, rating.into(), period)));
        period = period.next();
    }
    series
}

fn whole(facts: &Facts) -> impl Iterator<Item = &RatingFact> {
    facts.ratings.iter().filter(|fact| fact.area.is_none() && fact.period.frequency == facts.rated_every)
}

/// What is known of `period`: whether a rating is `rating` or worse.
pub fn state(facts: &Facts, of: Of, rating: Rating, period: Period) -> State {
    match of {
        Of::Overall => match facts.overall.iter().find(|fact| fact.period == period) {
            Some(fact) if fact.rating.is_judgement() && fact.rating >= rating => {
                State::Holds(vec![fact.evidence()])
            }
            Some(fact) if fact.rating.is_judgement() => State::Better,
            Some(fact) => State::Unknown(reason(fact.rating)),
            None => State::Unknown(reason(Rating::NoReturn)),
        },
        Of::AnyKpi => {
            let own: Vec<&RatingFact> =
                whole(facts).filter(|fact| fact.period == period && !fact.relieved).collect();
            let held: Vec<Evidence> = own
                .iter()
                .filter(|fact| fact.rating.is_judgement() && fact.rating >= rating)
                .map(|fact| fact.evidence())
                .collect();
            if !held.is_empty() {
                return State::Holds(held);
            }
            let unknown = own.iter().find(|fact| fact.is_unknown());
            let judged = own.iter().any(|fact| fact.rating.is_judgement());
            match unknown {
                Some(fact) => State::Unknown(reason(fact.rating)),
                None if judged => State::Better,
                None => State::Unknown(own.first().map_or(reason(Rating::NoReturn), |f| reason(f.rating))),
            }
        }
    }
}

fn reason(rating: Rating) -> &'static str {
    match rating {
        Rating::NoActivity => "no activity",
        Rating::Invalid => "a return that cannot be used",
        Rating::NotRated => "no target",
        _ => "no return",
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::testing::months;
    use super::*;

    #[test]
    fn table_of_cases() {
        let letters = "SGARnxi";
        let states = |of, rating| -> String {
            series(&months(letters), of, rating)
                .into_iter()
                .map(|(_, state)| match state {
                    State::Holds(_) => '!',
                    State::Better => '.',
                    State::Unknown(_) => '?',
                })
                .collect()
        };
        for of in [Of::AnyKpi, Of::Overall] {
            assert_eq!(states(of, Judgement::Red), "...!???");
            assert_eq!(states(of, Judgement::Amber), "..!!???");
        }
    }

    #[test]
    fn a_kpi_that_is_known_outweighs_one_that_is_not() {
        let mut case = months("R");
        let mut other = case.ratings[0].clone();
        other.kpi = "2".into();
        other.rating = Rating::NoReturn;
        case.ratings.push(other);
        assert!(matches!(series(&case, Of::AnyKpi, Judgement::Red)[0].1, State::Holds(_)));
        case.ratings[0].rating = Rating::Green;
        assert!(matches!(series(&case, Of::AnyKpi, Judgement::Red)[0].1, State::Unknown("no return")));
        case.ratings[1].relieved = true;
        assert!(matches!(series(&case, Of::AnyKpi, Judgement::Red)[0].1, State::Better));
    }
}
