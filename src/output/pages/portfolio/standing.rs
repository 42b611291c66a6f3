//! How a provider stands, from its packs: the newest ratings, what turned since the ratings before, and conditions met.

use crate::domain::escalation::EscalationStatus;
use crate::domain::rating::Rating;
use crate::review::outline::{KpiOutline, PackOutline};

use super::Met;

/// The packs that say how things stand: the newest with KPIs, and those after it, made for what happened since.
pub(super) fn current(packs: &[PackOutline]) -> &[PackOutline] {
    &packs[newest(packs)..]
}

/// The current packs and as many before them as the page shows.
pub(super) fn shown(packs: &[PackOutline], before: usize) -> &[PackOutline] {
    &packs[newest(packs).saturating_sub(before)..]
}

fn newest(packs: &[PackOutline]) -> usize {
    packs.iter().rposition(|pack| !pack.kpis.is_empty()).unwrap_or(packs.len().saturating_sub(1))
}

/// Each KPI in the newest pack that has it: a yearly KPI stays what it was until the next.
fn newest_lines(packs: &[PackOutline]) -> Vec<&KpiOutline> {
    let mut lines: Vec<&KpiOutline> = Vec::new();
    for line in packs.iter().rev().flat_map(|pack| &pack.kpis) {
        if !lines.iter().any(|known| known.kpi == line.kpi) {
            lines.push(line);
        }
    }
    lines
}

/// How many KPIs are red, and how many turned.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reds {
    /// KPIs whose newest rating is a judgement: stretch, green, amber or red.
    pub rated: usize,
    /// Those of them that were rated before.
    pub rated_before: usize,
    /// KPIs whose newest rating is red.
    pub red: usize,
    /// Those of them that were rated before, and not red then.
    pub turned_red: usize,
    /// KPIs that were red when last rated and are rated better now.
    pub recovered: usize,
}

/// The reds of a provider, each KPI beside its own rating before.
pub(super) fn reds(packs: &[PackOutline]) -> Reds {
    let mut reds = Reds::default();
    for line in newest_lines(packs) {
        let is_red = line.rating == Rating::Red;
        let was_red = line.before.map(|before| before == Rating::Red);
        let is_rated = line.rating.is_judgement();
        reds.rated += usize::from(is_rated);
        reds.rated_before += usize::from(is_rated && was_red.is_some());
        reds.red += usize::from(is_red);
        reds.turned_red += usize::from(is_red && was_red == Some(false));
        reds.recovered += usize::from(is_rated && !is_red && was_red == Some(true));
    }
    reds
}

/// The escalations met in the current packs, each once.
pub(super) fn met(packs: &[PackOutline]) -> Vec<Met> {
    let mut met: Vec<Met> = Vec::new();
    for escalation in current(packs).iter().flat_map(|pack| &pack.escalations) {
        let own = Met { title: escalation.title.clone(), clause: escalation.clause.clone() };
        if escalation.status == EscalationStatus::Triggered && !met.contains(&own) {
            met.push(own);
        }
    }
    met
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::pages::samples::{bare_pack, figure, quarter};
    use crate::review::{KpiLine, Pack, RatedFigure};

    /// A pack with one KPI, rated so in the quarters up to its own.
    fn pack(ratings: &[Rating]) -> PackOutline {
        let history: Vec<RatedFigure> =
            (0..).zip(ratings).map(|(number, rating)| figure("5", number, Some((1, 2)), *rating)).collect();
        let whole = history.last().unwrap().clone();
        let number = u32::try_from(ratings.len() - 1).unwrap();
        let line = KpiLine {
            within: vec![whole.clone()],
            whole,
            history,
            areas: Vec::new(),
            sentences: Vec::new(),
            bands: Vec::new(),
            process: None,
        };
        PackOutline::of(&Pack { period: quarter(number), kpis: vec![line], ..bare_pack() })
    }

    #[test]
    fn what_turned_is_told_from_the_rating_before() {
        use Rating::{Amber, Green, Invalid, NoActivity, NoReturn, NotRated, Red, Stretch};
        let reds = |red, turned_red, recovered| (red, turned_red, recovered);
        for (ratings, told) in [
            (&[Red][..], reds(1, 0, 0)),
            (&[Green, Red], reds(1, 1, 0)),
            (&[Amber, Red], reds(1, 1, 0)),
            (&[Red, Red], reds(1, 0, 0)),
            (&[Green, Red, Red], reds(1, 0, 0)),
            // A gap is no rating: the one before it counts.
            (&[Green, NoReturn, Red], reds(1, 1, 0)),
            (&[Red, NoActivity, Red], reds(1, 0, 0)),
            (&[NoReturn, Red], reds(1, 0, 0)),
            (&[Red, Green], reds(0, 0, 1)),
            (&[Red, Stretch], reds(0, 0, 1)),
            (&[Red, Amber], reds(0, 0, 1)),
            (&[Red, Invalid, Green], reds(0, 0, 1)),
            // What is not rated has not recovered.
            (&[Red, NoReturn], reds(0, 0, 0)),
            (&[Red, NotRated], reds(0, 0, 0)),
            (&[Green, Amber], reds(0, 0, 0)),
        ] {
            let own = super::reds(&[pack(ratings)]);
            assert_eq!((own.red, own.turned_red, own.recovered), told, "{ratings:?}");
            let rated = ratings.last().is_some_and(|newest| newest.is_judgement());
            assert_eq!(own.rated, usize::from(rated));
        }
        assert_eq!(super::reds(&[]), Reds::default());
    }

    #[test]
    fn a_kpi_counts_once_by_its_newest_pack() {
        use Rating::{Green, Red};
        let packs =
            [pack(&[Red]), pack(&[Red, Green]), PackOutline::of(&Pack { period: quarter(2), ..bare_pack() })];
        assert_eq!(
            super::reds(&packs),
            Reds { rated: 1, rated_before: 1, red: 0, turned_red: 0, recovered: 1 }
        );
        assert_eq!(current(&packs).len(), 2);
        assert_eq!(shown(&packs, 4).len(), 3);
        assert_eq!(shown(&packs, 0).len(), 2);
    }
}
