//! The newest period and those before it, side by side: the worst rating of each, and how many of how many had it.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::period::{Frequency, Period};
use crate::domain::rating::Rating;
use crate::output::pages::links::Anchor;
use crate::output::pages::parts::Tag;
use crate::output::periods;
use crate::review::outline::PackOutline;

/// How many periods before the newest have a column.
pub(super) const PERIODS_BEFORE: usize = 4;

/// The worst first; what could not be rated comes before what was rated well.
const WORST_FIRST: [Rating; 8] = [
    Rating::Red,
    Rating::Amber,
    Rating::NoReturn,
    Rating::Invalid,
    Rating::Green,
    Rating::Stretch,
    Rating::NoActivity,
    Rating::NotRated,
];

/// What the columns of a contract's table stand for.
#[derive(Debug, PartialEq)]
pub(super) enum Columns {
    /// The same periods for all: the newest, and those before it, the newest of them first.
    Periods { newest: Period, before: Vec<Period> },
    /// Each provider's own: its newest but one, the one before that, and so on; so many at most.
    Own(usize),
}

impl Columns {
    /// The columns for providers with these packs: the review periods before the newest of all, unless most of what there is to
    /// show lies in others, as where reviews are years apart.
    pub(super) fn of<'a>(providers: impl Iterator<Item = &'a [PackOutline]> + Clone) -> Self {
        let now = |packs: &'a [PackOutline]| super::standing::current(packs).first();
        let Some(newest) = providers.clone().filter_map(now).map(|pack| pack.period).max() else {
            return Columns::Own(1);
        };
        let mut periods = vec![newest.previous()];
        while let (Some(last), true) = (periods.last(), periods.len() < PERIODS_BEFORE) {
            periods.push(last.previous());
        }
        let (mut all, mut inside, mut most) = (0, 0, 1);
        for packs in providers {
            let Some(now) = now(packs) else { continue };
            most = before(packs, now.period.from).count().max(most);
            for pack in before(packs, now.period.from) {
                all += 1;
                inside += usize::from(periods.contains(&pack.period));
            }
        }
        if inside * 2 >= all { Columns::Periods { newest, before: periods } } else { Columns::Own(most) }
    }

    /// The words above the newest period.
    pub(super) fn now(&self) -> String {
        match self {
            Columns::Periods { newest, .. } => format!("Now: {}", periods::on_axis(newest)),
            Columns::Own(_) => "Now".to_string(),
        }
    }

    /// The words above the periods before it.
    pub(super) fn headings(&self) -> Vec<String> {
        match self {
            Columns::Periods { before, .. } => before.iter().map(periods::on_axis).collect(),
            Columns::Own(most) => (1..=*most).map(|number| format!("{number} before")).collect(),
        }
    }

    /// The cell of a provider's newest pack.
    pub(super) fn newest(&self, pack: &PackOutline, link: Option<Anchor>) -> Cell {
        let is_own = match self {
            Columns::Periods { newest, .. } => *newest != pack.period,
            Columns::Own(_) => true,
        };
        let worst = match pack.overall.last() {
            // How things stand is what the newest month says.
            Some(newest) => Some(Worst {
                tag: newest.rating.into(),
                of: format!("overall, {}", periods::on_axis(&newest.period)),
                besides: None,
            }),
            None => worst(pack).map(|own| Worst { besides: None, ..own }),
        };
        Cell {
            worst,
            period: is_own.then(|| periods::on_axis(&pack.period)),
            named: periods::in_table(&pack.period),
            pack: link,
            counts: counts(pack),
        }
    }

    /// The cells of the periods before it, of a provider with these packs; `link` gives the address of the pack of a period.
    pub(super) fn cells(&self, packs: &[PackOutline], link: &dyn Fn(&Period) -> Option<Anchor>) -> Vec<Cell> {
        let shown = |pack: &PackOutline| Cell {
            worst: worst(pack),
            period: matches!(self, Columns::Own(_)).then(|| periods::on_axis(&pack.period)),
            named: periods::in_table(&pack.period),
            pack: link(&pack.period),
            counts: None,
        };
        match self {
            Columns::Periods { before, .. } => before
                .iter()
                .map(|period| {
                    let own = packs.iter().find(|pack| pack.period == *period);
                    own.map_or_else(Cell::default, shown)
                })
                .collect(),
            Columns::Own(most) => {
                let now = super::standing::current(packs).first().map(|pack| pack.period.from);
                let own = now.into_iter().flat_map(|from| before(packs, from)).map(shown);
                let mut cells: Vec<Cell> = own.collect();
                cells.resize_with(*most, Cell::default);
                cells
            }
        }
    }
}

/// The newest packs that end before a day, the newest first.
fn before(packs: &[PackOutline], from: NaiveDate) -> impl Iterator<Item = &PackOutline> {
    packs.iter().rev().filter(move |pack| pack.period.to < from).take(PERIODS_BEFORE)
}

/// One provider in one period; with nothing in it where there is no pack.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct Cell {
    /// The worst of the period; `None` where no KPI was due, or there is no pack.
    worst: Option<Worst>,
    /// Its period, where the column does not say it.
    period: Option<String>,
    /// The same in words.
    pub named: String,
    /// Its pack; `None` where there is none.
    pub pack: Option<Anchor>,
    /// Every rating with its number, where there are several: `1 red, 8 green`.
    counts: Option<String>,
}

/// The worst rating of a period and how often it stands there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Worst {
    tag: Tag,
    /// `2 of 9`, `all 9`, `overall`.
    of: String,
    /// What could not be rated besides: `3 no return`.
    besides: Option<String>,
}

/// The ratings of a pack in words, where they are of more than one kind or its overall rating leaves them open.
fn counts(pack: &PackOutline) -> Option<String> {
    let of_each: Vec<String> = pack
        .counts
        .iter()
        .filter(|(_, number)| *number > 0)
        // A number is not torn from its word.
        .map(|(rating, number)| format!("{number}\u{a0}{}", rating.word().to_lowercase()))
        .collect();
    let told = of_each.len() > 1 || (!pack.overall.is_empty() && !of_each.is_empty());
    told.then(|| of_each.join(", "))
}

/// The worst overall rating of a pack, else the worst of its KPIs.
fn worst(pack: &PackOutline) -> Option<Worst> {
    let overall = |rating| pack.overall.iter().filter(|own| own.rating == rating).count();
    if let Some(rating) = WORST_FIRST.into_iter().find(|rating| overall(*rating) > 0) {
        let months = pack.overall.iter().all(|own| own.period.frequency == Frequency::Month);
        // Where the worst is good, all are.
        let good = matches!(rating, Rating::Green | Rating::Stretch);
        let number = if good { pack.overall.len() } else { overall(rating) };
        let of = match (pack.overall.len(), months) {
            (1, _) => "overall".to_string(),
            (all, true) if number == all => format!("all {all} months"),
            (all, true) => format!("{number} of {all} months"),
            (all, false) => format!("overall, {number} of {all}"),
        };
        return Some(Worst { tag: rating.into(), of, besides: None });
    }
    let number = |rating: Rating| -> usize {
        pack.counts.iter().filter(|(own, _)| *own == rating).map(|(_, number)| number).sum()
    };
    let rating = WORST_FIRST.into_iter().find(|rating| number(*rating) > 0)?;
    // Beside ratings, what has no target is not counted; where nothing is rated, it is what there is.
    let judged = Rating::ALL.into_iter().any(|own| own.is_judgement() && number(own) > 0);
    let unrated: &[Rating] = if judged { &[Rating::NoActivity, Rating::NotRated] } else { &[] };
    let all: usize = Rating::ALL.into_iter().filter(|own| !unrated.contains(own)).map(number).sum();
    let of = match rating {
        Rating::Green | Rating::Stretch if all > 1 => format!("all {all}"),
        rating if number(rating) == all && all > 1 => format!("all {all}"),
        rating => format!("{} of {all}", number(rating)),
    };
    let besides: Vec<String> = [Rating::NoReturn, Rating::Invalid]
        .into_iter()
        .filter(|own| *own != rating && number(*own) > 0)
        .map(|own| format!("{} {}", number(own), own.word().to_lowercase()))
        .collect();
    Some(Worst { tag: rating.into(), of, besides: (!besides.is_empty()).then(|| besides.join(", ")) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::pages::samples::{self, bare_pack, figure, quarter};
    use crate::review::{KpiLine, OverallRating, Pack};

    fn line(number: u32) -> KpiLine {
        let whole = figure("5", number, Some((1, 2)), Rating::Red);
        let (within, history) = (vec![whole.clone()], vec![whole.clone()]);
        KpiLine {
            whole,
            within,
            history,
            areas: Vec::new(),
            sentences: Vec::new(),
            bands: Vec::new(),
            process: None,
        }
    }

    /// Packs of the quarters with these numbers, each with a KPI.
    fn packs(numbers: &[u32]) -> Vec<PackOutline> {
        let pack = |number: &u32| {
            PackOutline::of(&Pack {
                period: quarter(*number),
                kpis: vec![line(*number)],
                counts: vec![(Rating::Red, 1)],
                ..bare_pack()
            })
        };
        numbers.iter().map(pack).collect()
    }

    fn columns(providers: &[Vec<PackOutline>]) -> Columns {
        Columns::of(providers.iter().map(Vec::as_slice))
    }

    fn shown(columns: &Columns, packs: &[PackOutline]) -> Vec<String> {
        let cells = columns.cells(packs, &|_| None);
        cells.into_iter().map(|cell| cell.named).collect()
    }

    #[test]
    fn the_worst_of_a_period_is_told_with_how_many() {
        use Rating::{Amber, Green, Invalid, NoActivity, NoReturn, NotRated, Red, Stretch};
        for (counts, told) in [
            (&[][..], None),
            (&[(Red, 0)], None),
            (&[(Red, 2), (Amber, 1), (Green, 6)], Some((Red, "2 of 9", None))),
            (&[(Red, 3)], Some((Red, "all 3", None))),
            (&[(Red, 1)], Some((Red, "1 of 1", None))),
            (&[(Amber, 1), (NotRated, 4), (NoActivity, 2), (Green, 1)], Some((Amber, "1 of 2", None))),
            (&[(Green, 8), (Stretch, 1)], Some((Green, "all 9", None))),
            (&[(Green, 1), (NotRated, 5)], Some((Green, "1 of 1", None))),
            (&[(Green, 8), (NoReturn, 1)], Some((NoReturn, "1 of 9", None))),
            (
                &[(Amber, 1), (NoReturn, 7), (Invalid, 1)],
                Some((Amber, "1 of 9", Some("7 no return, 1 invalid"))),
            ),
            (&[(NoReturn, 7), (Invalid, 1)], Some((NoReturn, "7 of 8", Some("1 invalid")))),
            (&[(Invalid, 1), (NotRated, 5)], Some((Invalid, "1 of 6", None))),
            (&[(NotRated, 12)], Some((NotRated, "all 12", None))),
            (&[(NoActivity, 2), (NotRated, 12)], Some((NoActivity, "2 of 14", None))),
        ] {
            let pack = PackOutline::of(&Pack { counts: counts.to_vec(), ..bare_pack() });
            let told = told.map(|(rating, of, besides): (Rating, &str, Option<&str>)| Worst {
                tag: rating.into(),
                of: of.to_string(),
                besides: besides.map(str::to_string),
            });
            assert_eq!(worst(&pack), told, "{counts:?}");
        }
    }

    #[test]
    fn an_overall_rating_goes_before_those_of_kpis() {
        let pattern = samples::monthly_pack().overall[0].clone();
        let overall = |rating| OverallRating { rating, ..pattern.clone() };
        let counts = vec![(Rating::Red, 1), (Rating::Green, 5)];
        for (ratings, rating, of) in [
            (&[Rating::Green][..], Rating::Green, "overall"),
            (&[Rating::Amber, Rating::Red, Rating::Amber], Rating::Red, "1 of 3 months"),
            (&[Rating::Green, Rating::NoReturn, Rating::Green], Rating::NoReturn, "1 of 3 months"),
            (&[Rating::Green, Rating::Stretch, Rating::Stretch], Rating::Green, "all 3 months"),
            (&[Rating::Red, Rating::Red], Rating::Red, "all 2 months"),
        ] {
            let overall = ratings.iter().map(|rating| overall(*rating)).collect();
            let told =
                worst(&PackOutline::of(&Pack { counts: counts.clone(), overall, ..bare_pack() })).unwrap();
            assert_eq!((told.tag, told.of.as_str()), (Tag::from(rating), of));
        }
    }

    #[test]
    fn columns_are_the_four_review_periods_before_the_newest_of_all() {
        let providers = [packs(&[0, 1, 2, 3, 4, 5]), packs(&[5]), packs(&[1, 4]), Vec::new()];
        let columns = columns(&providers);
        let before = [4, 3, 2, 1].map(quarter).to_vec();
        assert_eq!(columns, Columns::Periods { newest: quarter(5), before });
        assert_eq!(columns.now(), "Now: 2025-26 Q2");
        assert_eq!(columns.headings(), ["2025-26 Q1", "2024-25 Q4", "2024-25 Q3", "2024-25 Q2"]);
        assert_eq!(shown(&columns, &providers[0]), columns.headings());
        // A provider that has just begun, one with gaps that is behind, one without any pack.
        assert_eq!(shown(&columns, &providers[1]), [""; 4]);
        assert_eq!(shown(&columns, &providers[2]), ["2025-26 Q1", "", "", "2024-25 Q2"]);
        assert_eq!(shown(&columns, &providers[3]), [""; 4]);
    }

    #[test]
    fn where_reviews_lie_far_apart_each_has_its_own_periods_before() {
        let providers = [packs(&[0, 6, 12]), packs(&[3, 11])];
        let columns = columns(&providers);
        assert_eq!(columns, Columns::Own(2));
        assert_eq!(columns.headings(), ["1 before", "2 before"]);
        let cells = columns.cells(&providers[0], &|_| None);
        let periods: Vec<Option<&str>> = cells.iter().map(|cell| cell.period.as_deref()).collect();
        assert_eq!(periods, [Some("2025-26 Q3"), Some("2024-25 Q1")]);
        assert_eq!(shown(&columns, &[]), [""; 2]);
        assert_eq!(Columns::of(std::iter::empty()), Columns::Own(1));
        let long_ago = [packs(&[0, 2, 4, 6, 8, 20])];
        assert_eq!(super::Columns::of(long_ago.iter().map(Vec::as_slice)), Columns::Own(4), "and no more");
    }

    #[test]
    fn the_newest_says_its_period_where_it_is_not_that_of_the_column() {
        let providers = [packs(&[4, 5]), packs(&[3, 4])];
        let columns = columns(&providers);
        for (provider, period) in [(0, None), (1, Some("2025-26 Q1"))] {
            let cell = columns.newest(providers[provider].last().unwrap(), None);
            assert_eq!(cell.period.as_deref(), period);
        }
    }

    #[test]
    fn the_newest_tells_all_its_ratings() {
        use Rating::{Green, NoReturn, Red};
        let pattern = samples::monthly_pack().overall[0].clone();
        let month = crate::output::periods::on_axis(&pattern.period);
        for (counts, overall, of, told) in [
            (
                &[(Red, 1), (Green, 7), (NoReturn, 1)][..],
                &[][..],
                "1 of 9",
                Some("1\u{a0}red, 7\u{a0}green, 1\u{a0}no return"),
            ),
            (&[(Green, 9)], &[], "all 9", None),
            (&[(Green, 9)], &[Red, Green], "overall", Some("9\u{a0}green")),
        ] {
            let overall = overall.iter().map(|rating| OverallRating { rating: *rating, ..pattern.clone() });
            let pack = Pack { counts: counts.to_vec(), overall: overall.collect(), ..bare_pack() };
            let pack = PackOutline::of(&pack);
            let cell = Columns::Own(1).newest(&pack, None);
            let of = if of == "overall" { format!("overall, {month}") } else { of.to_string() };
            assert_eq!(cell.worst.map(|own| own.of), Some(of));
            assert_eq!(cell.counts.as_deref(), told);
        }
    }

    #[test]
    fn a_pack_without_a_kpi_has_a_cell_without_a_rating() {
        let mut providers = [packs(&[3, 4])];
        providers[0][0].counts.clear();
        let columns = columns(&providers);
        let cells = columns.cells(&providers[0], &|_| Some(Anchor::new("", "pack.html")));
        assert_eq!(cells[0].worst, None);
        assert_eq!(cells[0].pack.as_ref().map(|pack| pack.href.as_str()), Some("pack.html"));
        assert_eq!(cells[1], Cell::default());
    }
}
