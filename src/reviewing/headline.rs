//! The headline of a pack: how its KPIs stand in all of its periods, and which conditions are met.

use super::sentences::{figures, has_several, list};
use super::{Reader, scores, standing_out};
use crate::domain::period::{Frequency, Period};
use crate::domain::quantity::Unit;
use crate::domain::rating::Rating;
use crate::domain::submission::SubmissionStatus;
use crate::domain::text::number_of;
use crate::review::{KpiLine, Pack, RatedFigure};

fn kpi_list(kpis: &[&KpiLine]) -> String {
    if kpis.iter().all(|line| line.whole.is_area()) {
        return list(&kpis.iter().map(|line| line.whole.title.clone()).collect::<Vec<_>>());
    }
    let references: Vec<String> = kpis.iter().map(|line| line.whole.kpi.clone()).collect();
    format!("{} {}", if references.len() == 1 { "KPI" } else { "KPIs" }, list(&references))
}

fn with(pack: &Pack, rating: Rating) -> Vec<&KpiLine> {
    pack.kpis.iter().filter(|line| line.whole.rating == rating).collect()
}

/// What the judged KPIs of a pack are called: a yes or no is no target.
fn judged_things(pack: &Pack) -> (&'static str, &'static str) {
    let mut judged = pack.kpis.iter().filter(|line| line.whole.rating.is_judgement());
    if judged.all(|line| line.whole.unit == Unit::Answer) {
        ("standard", "standards")
    } else {
        ("target", "targets")
    }
}

/// The headline of a pack.
pub fn headline(pack: &Pack, reader: Reader) -> String {
    let mut headline = if !pack.overall.is_empty() {
        by_overall(pack)
    } else if has_several(pack) {
        by_figures(pack)
    } else {
        by_kpis(pack)
    };
    let mut named: Vec<String> = Vec::new();
    for escalation in pack.escalations.iter().filter(|own| own.in_headline) {
        if !named.contains(&escalation.title) {
            named.push(escalation.title.clone());
        }
    }
    if reader == Reader::Council && !named.is_empty() {
        let conditions = if named.len() == 1 { "the condition" } else { "the conditions" };
        let all_well = [Rating::Red, Rating::Amber].iter().all(|bad| {
            figures(pack, *bad).next().is_none() && pack.overall.iter().all(|own| own.rating != *bad)
        });
        // Targets met beside a condition met would read as good news twice.
        headline.push_str(&match (all_well, named.len()) {
            (true, 1) => format!(", but {conditions} for {} holds", list(&named)),
            (true, _) => format!(", but {conditions} for {} hold", list(&named)),
            (false, 1) => format!("; {conditions} for {} is met", list(&named)),
            (false, _) => format!("; {conditions} for {} are met", list(&named)),
        });
    }
    headline.push('.');
    headline
}

/// `Overall no return in April 2023, red in May 2023 and amber in June 2023`.
fn by_overall(pack: &Pack) -> String {
    if pack.overall.windows(2).all(|pair| pair[0].rating == pair[1].rating)
        && let (Some(first), true) = (pack.overall.first(), pack.overall.len() > 1)
    {
        let periods: Vec<Period> = pack.overall.iter().map(|own| own.period).collect();
        let months = list(&in_a_row(&periods));
        return format!("Overall {} in {months}", first.rating.word().to_lowercase());
    }
    let each: Vec<String> = pack
        .overall
        .iter()
        .map(|own| format!("{} in {}", own.rating.word().to_lowercase(), own.period.describe()))
        .collect();
    format!("Overall {}", list(&each))
}

fn by_kpis(pack: &Pack) -> String {
    if let Some(headline) = scores::headline(pack) {
        return headline;
    }
    let red = with(pack, Rating::Red);
    let amber = with(pack, Rating::Amber);
    let judged = pack.kpis.iter().filter(|line| line.whole.rating.is_judgement()).count();
    let not_rated = with(pack, Rating::NotRated).len();
    let (one, many) = judged_things(pack);
    if judged == 0 {
        return nothing_judged(pack);
    }
    match (red.len(), amber.len()) {
        (0, 0) => {
            let judgeable = if judged + not_rated == pack.kpis.len() { "" } else { " that can be judged" };
            match judged {
                1 => format!("The one {one}{judgeable} is met"),
                judged => format!("All {judged} {many}{judgeable} met"),
            }
        }
        (0, _) => format!("{} amber, none red", kpi_list(&amber)),
        (missed, _) => {
            let verb = if one == "target" { "missed" } else { "not met" };
            format!("{missed} of {judged} {many} {verb}: {}", kpi_list(&red))
        }
    }
}

/// What is said where nothing is judged.
fn nothing_judged(pack: &Pack) -> String {
    let missing = pack.submissions.iter().filter(|s| s.status == SubmissionStatus::Missing).count();
    let figures: Vec<&RatedFigure> = pack.kpis.iter().flat_map(|line| &line.within).collect();
    let not_rated = figures.iter().filter(|own| own.rating == Rating::NotRated).count();
    match figures.len() {
        0 if missing > 0 => {
            format!("Nothing can be judged yet; {} missing", number_of(missing, "return is", "returns are"))
        }
        0 => "Nothing falls due yet in this period".to_string(),
        _ if not_rated > 0 => {
            let others = unjudged(pack);
            let others = if others.is_empty() { others } else { format!("; besides, {others}") };
            format!(
                "{} reported{}; the contract sets no targets{others}",
                number_of(not_rated, "figure", "figures"),
                standing_out::in_the_headline(pack)
            )
        }
        _ => format!("Nothing could be judged: {}", unjudged(pack)),
    }
}

/// Of a pack with several periods of ratings, all of them: `2 of 18 monthly figures red: KPI 1 in March and April 2026`.
fn by_figures(pack: &Pack) -> String {
    let judged: Vec<&RatedFigure> =
        pack.kpis.iter().flat_map(|line| &line.within).filter(|own| own.rating.is_judgement()).collect();
    if judged.is_empty() {
        return nothing_judged(pack);
    }
    let monthly = judged.iter().all(|own| own.period.frequency == Frequency::Month);
    let (one, many) = if monthly { ("monthly figure", "monthly figures") } else { ("figure", "figures") };
    let of_all = |number: usize| format!("{number} of {}", number_of(judged.len(), one, many));
    let (red, amber) = (figures(pack, Rating::Red).count(), figures(pack, Rating::Amber).count());
    match (red, amber) {
        (0, 0) => {
            let all = pack.kpis.iter().flat_map(|line| &line.within);
            let whole = all.filter(|own| own.rating != Rating::NotRated).count() == judged.len();
            let judgeable = if whole { "" } else { " that can be judged" };
            format!("{}{judgeable} on target", capital_all(judged.len(), one, many))
        }
        (0, amber) => {
            format!("No red; {} amber: {}", of_all(amber), where_and_when(pack, Rating::Amber))
        }
        (red, _) => format!("{} red: {}", of_all(red), where_and_when(pack, Rating::Red)),
    }
}

/// `All 18 monthly figures`, `The one monthly figure`.
fn capital_all(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("The one {one}") } else { format!("All {number} {many}") }
}

/// `KPI 1 in March and April 2026, KPIs 2 and 3 in May 2026`: the figures so rated, KPIs of the same periods together.
fn where_and_when(pack: &Pack, rating: Rating) -> String {
    let mut groups: Vec<(Vec<Period>, Vec<String>)> = Vec::new();
    for line in &pack.kpis {
        let own = line.within.iter().filter(|figure| figure.rating == rating);
        let periods: Vec<Period> = own.map(|figure| figure.period).collect();
        if periods.is_empty() {
            continue;
        }
        match groups.iter_mut().find(|(known, _)| *known == periods) {
            Some((_, kpis)) => kpis.push(line.whole.kpi.clone()),
            None => groups.push((periods, vec![line.whole.kpi.clone()])),
        }
    }
    let words: Vec<String> = groups
        .iter()
        .map(|(periods, kpis)| {
            let noun = if kpis.len() == 1 { "KPI" } else { "KPIs" };
            format!("{noun} {} in {}", list(kpis), list(&in_a_row(periods)))
        })
        .collect();
    words.join(", ")
}

/// `March`, `April 2026`: a year that the next period repeats stands once.
fn in_a_row(periods: &[Period]) -> Vec<String> {
    let words: Vec<String> = periods.iter().map(Period::describe).collect();
    let year = |words: &str| words.rsplit_once(' ').map(|(_, year)| year.to_string());
    let short = |at: usize, own: &String| {
        let is_month = periods.get(at).is_some_and(|period| period.frequency == Frequency::Month);
        let repeated = words.get(at + 1).is_some_and(|next| year(next) == year(own));
        match own.rsplit_once(' ') {
            Some((month, _)) if is_month && repeated => month.to_string(),
            _ => own.clone(),
        }
    };
    words.iter().enumerate().map(|(at, own)| short(at, own)).collect()
}

/// `5 KPIs without a return and 8 that cannot be used`; of several periods `5 figures`; nothing where everything is judged.
pub fn unjudged(pack: &Pack) -> String {
    let areas = pack.kpis.first().is_some_and(|line| line.whole.is_area());
    let (one, many) = match has_several(pack) {
        true => ("figure", "figures"),
        false if areas => ("area", "areas"),
        false => ("KPI", "KPIs"),
    };
    let mut parts = Vec::new();
    for (rating, why) in [
        (Rating::NoReturn, "without a return"),
        (Rating::Invalid, "that cannot be used"),
        (Rating::NoActivity, "without activity"),
    ] {
        let why = if areas && rating == Rating::Invalid { "whose scores cannot all be used" } else { why };
        match figures(pack, rating).count() {
            0 => {}
            number if parts.is_empty() => parts.push(format!("{} {why}", number_of(number, one, many))),
            number => parts.push(format!("{number} {why}")),
        }
    }
    list(&parts)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Return, World, day};
    use super::*;

    /// A pack of a quarter whose KPIs are rated month by month, each from April 2020 on.
    fn monthly(kpis: &[(&str, &[Rating])]) -> Pack {
        let mut world = World::new("2020-04-01", "2020-08-01");
        world.returns = vec![Return::of("2020-04-01").received()];
        let mut pack = world.pack("2020-04-01");
        let line = pack.kpis[0].clone();
        pack.kpis = kpis
            .iter()
            .map(|(kpi, ratings)| {
                let mut period = Period::containing(day("2020-04-01"), Frequency::Month, 4);
                let mut within = Vec::new();
                for rating in *ratings {
                    within.push(RatedFigure {
                        kpi: (*kpi).to_string(),
                        period,
                        rating: *rating,
                        ..line.whole.clone()
                    });
                    period = period.next();
                }
                let whole = within[within.len() - 1].clone();
                KpiLine { whole, within, ..line.clone() }
            })
            .collect();
        pack
    }

    #[test]
    fn the_headline_tells_of_every_month_of_the_quarter() {
        use Rating::{Amber, Green, Invalid, NoReturn, Red};
        for (kpis, expected) in [
            (
                vec![("1", &[Red, Red, Amber][..]), ("2", &[Green, Green, Green])],
                "2 of 6 monthly figures red: KPI 1 in April and May 2020.",
            ),
            (
                vec![
                    ("1", &[Green, Red, Green][..]),
                    ("2", &[Green, Red, Amber]),
                    ("3", &[Red, Green, Green]),
                ],
                "3 of 9 monthly figures red: KPIs 1 and 2 in May 2020, KPI 3 in April 2020.",
            ),
            (
                vec![("1", &[Amber, Green, Amber][..])],
                "No red; 2 of 3 monthly figures amber: KPI 1 in April and June 2020.",
            ),
            (vec![("1", &[Green, Green, Green][..])], "All 3 monthly figures on target."),
            (
                vec![("1", &[Green, Green, NoReturn][..])],
                "All 2 monthly figures that can be judged on target.",
            ),
            (
                vec![("1", &[Invalid, NoReturn, NoReturn][..])],
                "Nothing could be judged: 2 figures without a return and 1 that cannot be used.",
            ),
        ] {
            assert_eq!(headline(&monthly(&kpis), Reader::Council), expected);
        }
    }
}
