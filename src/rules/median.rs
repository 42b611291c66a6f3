//! The overall rating of a period: the median of its KPIs' ratings.

use super::{Family, RuleKind};
use crate::domain::rating::Rating;

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "median",
    family: Family::Overall,
    summary: "The overall rating is the median of the period's ratings.",
    documentation: "\
The ratings stand from stretch to red, stretch counting as green; the one in the middle is the overall rating, the worse of the \
two middle ones for an even count. KPIs without activity and KPIs the officer gave relief from are left out. Where a KPI could \
not be rated (no return, invalid) the overall rating is given only if it is the same whatever that KPI was; where no KPI has a \
rating, the reason is the overall rating.

Example: `overall = { median = { clause = \"6.6\" } }`",
};

/// The overall rating of a period's ratings, reliefs already left out.
pub fn median(ratings: &[Rating]) -> Rating {
    let judged: Vec<Rating> = ratings.iter().copied().filter(|rating| rating.is_judgement()).collect();
    let open: Vec<Rating> = ratings
        .iter()
        .copied()
        .filter(|rating| matches!(rating, Rating::NoReturn | Rating::Invalid))
        .collect();
    if judged.is_empty() {
        return open.iter().max().copied().unwrap_or(match ratings.first() {
            Some(_) if ratings.contains(&Rating::NoActivity) => Rating::NoActivity,
            Some(_) => Rating::NotRated,
            None => Rating::NoActivity,
        });
    }
    let with = |other: Rating| middle(judged.iter().copied().chain(open.iter().map(|_| other)));
    let (best, worst) = (with(Rating::Green), with(Rating::Red));
    if best == worst { best } else { open.iter().max().copied().unwrap_or(worst) }
}

/// The middle one; the worse of the two middle ones for an even count.
fn middle(ratings: impl Iterator<Item = Rating>) -> Rating {
    let mut ratings: Vec<Rating> = ratings.map(|rating| rating.max(Rating::Green)).collect();
    ratings.sort();
    ratings.get(ratings.len() / 2).copied().unwrap_or(Rating::NoActivity)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Rating::{Amber, Green, Invalid, NoActivity, NoReturn, NotRated, Red, Stretch};
    use proptest::prelude::*;

    #[test]
    fn table_of_cases() {
        for (ratings, overall) in [
            (vec![Red, Green, Green], Green),
            (vec![Red, Amber, Green], Amber),
            (vec![Red, Red, Green], Red),
            (vec![Stretch, Stretch, Stretch], Green),
            (vec![Stretch, Red, Stretch], Green),
            (vec![Green, Red], Red),
            (vec![Green, Amber], Amber),
            (vec![Red, NoActivity, NoActivity], Red),
            (vec![NoActivity, NoActivity], NoActivity),
            (vec![NoReturn, NoReturn, NoReturn], NoReturn),
            (vec![Green, Green, Invalid], Green),
            (vec![Green, Red, Invalid], Invalid),
            (vec![Red, Red, Invalid], Red),
            (vec![Invalid, NoActivity], Invalid),
            (vec![NotRated], NotRated),
            (vec![], NoActivity),
        ] {
            assert_eq!(median(&ratings), overall, "{ratings:?}");
        }
    }

    fn judged() -> impl Strategy<Value = Rating> {
        prop::sample::select(vec![Stretch, Green, Amber, Red])
    }

    proptest! {
        #[test]
        fn a_worse_kpi_never_makes_the_whole_better(ratings in prop::collection::vec(judged(), 1..8), at in 0usize..8) {
            let at = at % ratings.len();
            let mut worse = ratings.clone();
            worse[at] = Red;
            prop_assert!(median(&worse) >= median(&ratings));
        }

        #[test]
        fn one_red_among_three_or_more_greens_is_not_red(n in 2usize..8) {
            let mut ratings = vec![Green; n];
            ratings.push(Red);
            prop_assert_eq!(median(&ratings), Green);
        }
    }
}
