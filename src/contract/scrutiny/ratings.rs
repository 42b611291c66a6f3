//! Ratings: ranges that bands leave open or claim twice, bands and targets no count can reach, bands in the wrong order.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Step::{Item, Key};
use super::{About, Desk, Step, and, or};
use crate::contract::meant::{Kpi, LogMeasure, RatingRule};
use crate::domain::period::long_date;
use crate::domain::quantity::{Quantity, Unit, show};
use crate::domain::rating::Rating;
use crate::domain::text::capital;
use crate::rules::bands::{Band, Bands, Domain};
use crate::rules::figure::Figure;
use crate::rules::target::Target;

/// The largest denominator tried where the contract does not say how many there are.
const MANY: u32 = 200;

/// Of more things than these nearly every share can be reached, and trying them all would take long.
const TOO_MANY: u32 = 10_000;

/// So many counts are named where bands leave them open.
const NAMED: usize = 6;

pub(super) fn scrutinise(desk: &mut Desk<'_>) {
    let contract = desk.contract;
    for (index, kpi) in contract.kpis.iter().enumerate() {
        let variations = desk.places.dates(&[Key("kpis"), Item(index), Key("variations")], "from");
        let days: Vec<Option<NaiveDate>> = kpi.rules.all().map(|(from, _)| from).collect();
        for (number, (from, rule)) in kpi.rules.all().enumerate() {
            let mut way = vec![Key("kpis"), Item(index)];
            match from.and_then(|from| variations.iter().position(|own| *own == Some(from))) {
                Some(varied) => way.extend([Key("variations"), Item(varied), Key("rule")]),
                None => way.push(Key("rule")),
            }
            let when = from.map(|from| format!(" from {}", long_date(from))).unwrap_or_default();
            let about = About::clause(format!("KPI {}{when}", kpi.reference), &kpi.clause);
            let counts = Counts::of(desk, kpi, from, days.get(number + 1).copied().flatten());
            match rule {
                RatingRule::Bands(bands) => {
                    way.push(Key("bands"));
                    self::bands(desk, &way, &about, bands, &counts);
                }
                RatingRule::Target(target) => {
                    way.push(Key("target"));
                    self::target(desk, &way, &about, target, &counts);
                }
            }
        }
        directions(desk, index, kpi);
    }
}

/// What figures a KPI can have.
struct Counts {
    domain: Domain,
    denominators: BTreeSet<u32>,
    /// Whether the contract says how many there are.
    known: bool,
}

impl Counts {
    fn of(desk: &Desk<'_>, kpi: &Kpi, from: Option<NaiveDate>, until: Option<NaiveDate>) -> Self {
        let domain = match kpi.unit {
            Unit::Percent => Domain::Share,
            Unit::Count => Domain::Count,
            Unit::Hours | Unit::Pounds | Unit::Days | Unit::Answer | Unit::Score | Unit::Number => {
                Domain::Amount
            }
        };
        let distinct = kpi.log.as_ref().and_then(|log| match &log.measure {
            LogMeasure::Distinct(distinct) => desk.contract.parameter(&distinct.of),
            _ => None,
        });
        let Some(parameter) = distinct else {
            return Self { domain, denominators: (1..=MANY).collect(), known: false };
        };
        let values: Vec<(Option<NaiveDate>, u32)> =
            parameter.values.all().map(|(from, value)| (from, *value)).collect();
        let denominators = values
            .iter()
            .enumerate()
            .filter(|(index, (begins, _))| {
                let ends = values.get(index + 1).and_then(|(next, _)| *next);
                // Not over before the rule begins, not begun after the rule ends.
                ends.is_none_or(|ends| from.is_none_or(|from| ends > from))
                    && until.is_none_or(|until| begins.is_none_or(|begins| begins < until))
            })
            .map(|(_, (_, value))| *value)
            .collect::<BTreeSet<u32>>();
        let tried = denominators.iter().all(|of| *of <= TOO_MANY);
        Self { domain, denominators: if tried { denominators } else { BTreeSet::new() }, known: true }
    }

    /// `Out of 6 or 7, no`.
    fn words(&self) -> String {
        if self.known {
            let numbers: Vec<String> = self.denominators.iter().map(ToString::to_string).collect();
            format!("Out of {}, no", or(&numbers))
        } else {
            format!("Out of any number up to {MANY}, no")
        }
    }

    /// Whether there is anything to try.
    fn tried(&self) -> bool {
        self.domain != Domain::Share || self.denominators.iter().any(|of| *of > 0)
    }

    /// Every figure that can make a difference to a rule with these bounds.
    fn figures(&self, bounds: &[Quantity]) -> Vec<Figure> {
        if self.domain == Domain::Share {
            return self.shares().collect();
        }
        let mut numbers = BTreeSet::from([Decimal::ZERO]);
        for bound in bounds {
            let (below, above) = (bound.floor(), bound.ceil());
            numbers.extend([below - Decimal::ONE, below, above, above + Decimal::ONE]);
            if self.domain == Domain::Amount {
                numbers.insert(*bound);
                numbers.extend(
                    bounds.iter().filter(|o| *o != bound).map(|other| (*bound + *other) / Decimal::TWO),
                );
            }
        }
        numbers.into_iter().filter(|number| *number >= Decimal::ZERO).map(Figure::Amount).collect()
    }

    fn shares(&self) -> impl Iterator<Item = Figure> {
        self.denominators.iter().filter(|of| **of > 0).flat_map(|of| {
            (0..=*of).map(|number| Figure::Share { numerator: number.into(), denominator: (*of).into() })
        })
    }
}

fn ranges(bands: &[Band]) -> String {
    and(&bands.iter().map(Band::describe).collect::<Vec<_>>())
}

fn bands(desk: &mut Desk<'_>, way: &[Step<'_>], about: &About, bands: &Bands, counts: &Counts) {
    let faults = bands.faults(counts.domain);
    let gaps: Vec<Band> =
        faults.iter().filter(|fault| fault.rated.is_empty()).map(|fault| fault.band).collect();
    if !gaps.is_empty() {
        let real = left_open(bands, counts);
        match &bands.open {
            Some(open) => desk.note(
                way,
                about,
                format!(
                    "The bands leave {} open{real}; it is read as {}: “{}”",
                    ranges(&gaps),
                    Rating::from(open.rated).id(),
                    open.note
                ),
                "Nothing, where that reading is agreed; every rating that rests on it shows the note.",
            ),
            None => desk.fault(
                way,
                about,
                format!("The bands leave {} open{real}; a figure there has no rating.", ranges(&gaps)),
                "Settle what is meant and mend the bands, or say how it is read: \
                 `open = { rated = \"amber\", note = \"…\" }`.",
            ),
        }
    }
    for fault in faults.iter().filter(|fault| fault.rated.len() > 1) {
        let ratings: Vec<&str> = fault.rated.iter().map(|rating| rating.id()).collect();
        desk.fault(
            way,
            about,
            format!(
                "{} lies in more than one band: {}. The worse one is given.",
                capital(&fault.band.describe()),
                and(&ratings)
            ),
            "Let one band end where the next begins: `from` and `to` include their figure, `above` and `below` do not.",
        );
    }
    if counts.tried() {
        out_of_reach(desk, way, about, bands, counts);
    }
    order(desk, way, about, bands);
}

/// The counts of a known number of things that lie in no band, in words: `; with 6 or 7 of them: 5 of 6 (83.3%)`.
fn left_open(bands: &Bands, counts: &Counts) -> String {
    if !counts.known || counts.domain != Domain::Share {
        return String::new();
    }
    let real: Vec<String> = counts
        .shares()
        .filter(|figure| bands.rate(figure).open)
        .filter_map(|figure| match figure {
            Figure::Share { numerator, denominator } => Some(format!(
                "{numerator} of {denominator} ({})",
                show(figure.value(), Unit::Percent, &bands.bounds())
            )),
            Figure::Amount(_) => None,
        })
        .collect();
    match real.len().saturating_sub(NAMED) {
        _ if real.is_empty() => String::new(),
        0 => format!(" ({})", and(&real)),
        more => {
            let named: Vec<&str> = real.iter().take(NAMED).map(String::as_str).collect();
            format!(" ({} and {more} more)", named.join(", "))
        }
    }
}

fn out_of_reach(desk: &mut Desk<'_>, way: &[Step<'_>], about: &About, bands: &Bands, counts: &Counts) {
    let unreached: Vec<(Rating, Band)> = match counts.domain {
        Domain::Share => bands.out_of_reach(&counts.denominators),
        Domain::Count => {
            let figures = counts.figures(&bands.bounds());
            bands
                .all()
                .into_iter()
                .filter(|(_, band)| !figures.iter().any(|figure| band.holds(figure)))
                .collect()
        }
        Domain::Amount => Vec::new(),
    };
    for (rating, band) in unreached {
        let mut at = way.to_vec();
        at.push(Key(rating.id()));
        let among = if counts.domain == Domain::Share { counts.words() } else { "No".to_string() };
        let what = format!("{among} count reaches the band of {}: {}.", rating.id(), band.describe());
        match &bands.open {
            Some(open) => desk.note(
                &at,
                about,
                format!("{what} Figures near it are read as {}.", Rating::from(open.rated).id()),
                "Nothing, where `open` decides the figures around it as agreed.",
            ),
            None => desk.fault(&at, about, what, "Give the band bounds that a count can reach."),
        }
    }
}

fn order(desk: &mut Desk<'_>, way: &[Step<'_>], about: &About, bands: &Bands) {
    let lower_is_better = bands.lower_is_better();
    let low = |band: &Band| band.low.map_or(Decimal::MIN, |(bound, _)| bound.value);
    let high = |band: &Band| band.high.map_or(Decimal::MAX, |(bound, _)| bound.value);
    for pair in bands.all().windows(2) {
        let [(better, first), (worse, second)] = pair else { continue };
        let (first_at, second_at) = ((low(first), high(first)), (low(second), high(second)));
        let contradicts = if lower_is_better { first_at > second_at } else { first_at < second_at };
        if contradicts {
            let mut at = way.to_vec();
            at.push(Key(worse.id()));
            desk.fault(
                &at,
                about,
                format!(
                    "The order of the bands contradicts itself: {} ({}) is the better of {} ({}).",
                    worse.id(),
                    second.describe(),
                    better.id(),
                    first.describe()
                ),
                "Exchange the bounds of the two bands.",
            );
        }
    }
}

fn target(desk: &mut Desk<'_>, way: &[Step<'_>], about: &About, target: &Target, counts: &Counts) {
    if !counts.tried() {
        return;
    }
    let margin = if target.higher_is_better { -target.amber_margin } else { target.amber_margin };
    let figures = counts.figures(&[target.bound.value, target.bound.value + margin]);
    let reached: BTreeSet<Rating> = figures.iter().map(|figure| target.rate(figure)).collect();
    let words = target.describe();
    if !reached.contains(&Rating::Green) {
        let what = format!("No count can meet the target {words}.");
        desk.fault(way, about, what, "Correct the target: every return would be red.");
    }
    if !reached.contains(&Rating::Red) && !reached.contains(&Rating::Amber) {
        let what = format!("No count can miss the target {words}.");
        desk.fault(
            way,
            about,
            what,
            "Correct the target, or leave the KPI without one: every return would be green.",
        );
    } else if !target.amber_margin.is_zero() {
        let (missing, advice) = if !reached.contains(&Rating::Red) {
            ("red", "The margin reaches to the end of what can be counted: make it smaller.")
        } else if !reached.contains(&Rating::Amber) {
            ("amber", "The margin holds no figure: make it wider, or leave it out.")
        } else {
            return;
        };
        let what = format!("With the target {words} and its amber margin no count is {missing}.");
        let mut at = way.to_vec();
        at.push(Key("amber-margin"));
        desk.fault(&at, about, what, advice);
    }
}

/// A KPI for which smaller figures are better at one time and larger ones at another.
fn directions(desk: &mut Desk<'_>, index: usize, kpi: &Kpi) {
    let directions: BTreeSet<bool> = kpi.rules.all().map(|(_, rule)| rule.lower_is_better()).collect();
    if directions.len() > 1 {
        desk.note(
            &[Key("kpis"), Item(index), Key("variations")],
            &About::clause(format!("KPI {}", kpi.reference), &kpi.clause),
            "Smaller figures are better under one of its dated rules and larger ones under another."
                .to_string(),
            "Compare the two rules with the clause.",
        );
    }
}
