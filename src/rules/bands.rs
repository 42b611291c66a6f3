//! Bands: stretch, green, amber and red, each with its own bounds, and what is done with what they leave open.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, de};

use super::figure::{Bound, Figure};
use super::{Family, RuleKind};
use crate::domain::quantity::Quantity;
use crate::domain::rating::Rating;

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "bands",
    family: Family::Rating,
    summary: "Each rating has a band of its own.",
    documentation: "\
Settings: `stretch`, `green`, `amber`, `red`, each a single figure (`1`, `\"100%\"`) or bounds (`{ from = \"60%\", below = \
\"90%\" }`; `from` and `to` include their figure, `above` and `below` do not). `open = { rated = \"amber\", note = \"…\" }` says \
how a figure is rated that lies in no band; without it such a figure has no rating. `printed`, the schedule's own words for each \
band, against which the thresholds repeated on a form are compared.

The figure itself is compared, never a rounded one. A rating that rests on `open` shows the note. `quarterday contract check` \
finds gaps between bands, bands that overlap, and bands that no count can reach. Where bands overlap the worse one is given.

Example: `rule = { bands = { green = \"100%\", amber = \"90%\", red = { below = \"80%\" }, open = { rated = \"amber\", note = \"…\" } } }`",
};

/// The bounds of one band.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Band {
    /// Lower bound, and whether it is included.
    pub low: Option<(Bound, bool)>,
    /// Upper bound, and whether it is included.
    pub high: Option<(Bound, bool)>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WrittenBand {
    from: Option<Bound>,
    above: Option<Bound>,
    to: Option<Bound>,
    below: Option<Bound>,
}

impl TryFrom<WrittenBand> for Band {
    type Error = &'static str;

    fn try_from(written: WrittenBand) -> Result<Self, &'static str> {
        let low = match (written.from, written.above) {
            (Some(_), Some(_)) => return Err("a band has one of `from` and `above`"),
            (from, above) => from.map(|bound| (bound, true)).or(above.map(|bound| (bound, false))),
        };
        let high = match (written.to, written.below) {
            (Some(_), Some(_)) => return Err("a band has one of `to` and `below`"),
            (to, below) => to.map(|bound| (bound, true)).or(below.map(|bound| (bound, false))),
        };
        if low.is_none() && high.is_none() {
            return Err("a band needs a bound: `from`, `above`, `to` or `below`");
        }
        if let (Some((low, from)), Some((high, to))) = (low, high)
            && (low.value > high.value || (low.value == high.value && !(from && to)))
        {
            return Err("the band holds nothing: its lower bound lies above its upper one");
        }
        Ok(Self { low, high })
    }
}

impl<'de> Deserialize<'de> for Band {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Band;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str(
                    "a figure such as 2 or \"90%\", or bounds such as { from = \"60%\", below = \"90%\" }",
                )
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Band, E> {
                Ok(Band::exactly(Bound { value: value.into(), percent: false }))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Band, E> {
                Bound::parse(text)
                    .map(Band::exactly)
                    .ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Band, A::Error> {
                let written = WrittenBand::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Band::try_from(written).map_err(de::Error::custom)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl Band {
    /// The band of a single figure.
    pub fn exactly(bound: Bound) -> Self {
        Self { low: Some((bound, true)), high: Some((bound, true)) }
    }

    /// Whether the figure lies in the band.
    pub fn holds(&self, figure: &Figure) -> bool {
        let above = self.low.is_none_or(|(bound, included)| {
            if included { figure.is_at_least(bound.value) } else { !figure.is_at_most(bound.value) }
        });
        let below = self.high.is_none_or(|(bound, included)| {
            if included { figure.is_at_most(bound.value) } else { !figure.is_at_least(bound.value) }
        });
        above && below
    }

    /// Its bounds.
    pub fn bounds(&self) -> impl Iterator<Item = Bound> {
        self.low.into_iter().chain(self.high).map(|(bound, _)| bound)
    }

    /// In words: `100%`, `from 60% to below 90%`, `below 80%`, `3 or more`.
    pub fn describe(&self) -> String {
        match (self.low, self.high) {
            (Some((low, _)), Some((high, _))) if low == high => low.to_string(),
            (Some((low, true)), None) => format!("{low} or more"),
            (Some((low, false)), None) => format!("above {low}"),
            (None, Some((high, true))) => format!("{high} or less"),
            (None, Some((high, false))) => format!("below {high}"),
            (Some((low, from)), Some((high, to))) => format!(
                "{}{low} to {}{high}",
                if from { "" } else { "above " },
                if to { "" } else { "below " }
            ),
            (None, None) => String::new(),
        }
    }
}

/// What is done with figures that lie in no band.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Open {
    /// How they are rated.
    pub rated: Judgement,
    /// Shown with every rating that rests on it.
    pub note: String,
}

/// A rating a band can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Judgement {
    /// Stretch.
    Stretch,
    /// Green.
    Green,
    /// Amber.
    Amber,
    /// Red.
    Red,
}

impl From<Judgement> for Rating {
    fn from(judgement: Judgement) -> Self {
        match judgement {
            Judgement::Stretch => Rating::Stretch,
            Judgement::Green => Rating::Green,
            Judgement::Amber => Rating::Amber,
            Judgement::Red => Rating::Red,
        }
    }
}

/// The schedule's own words for its bands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Printed {
    /// For stretch.
    pub stretch: Option<String>,
    /// For green.
    pub green: Option<String>,
    /// For amber.
    pub amber: Option<String>,
    /// For red.
    pub red: Option<String>,
}

/// Settings of the rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Bands {
    /// Stretch.
    pub stretch: Option<Band>,
    /// Green.
    pub green: Option<Band>,
    /// Amber.
    pub amber: Option<Band>,
    /// Red.
    pub red: Option<Band>,
    /// What is done with what they leave open.
    pub open: Option<Open>,
    /// The schedule's own words.
    #[serde(default)]
    pub printed: Printed,
}

/// What a figure is rated, and whether that rests on how an open point is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Banded {
    /// The rating; `None` when the bands leave the figure open.
    pub rating: Option<Rating>,
    /// Whether no band holds the figure.
    pub open: bool,
}

impl Bands {
    /// The bands there are, the best first.
    pub fn all(&self) -> Vec<(Rating, Band)> {
        [
            (Rating::Stretch, self.stretch),
            (Rating::Green, self.green),
            (Rating::Amber, self.amber),
            (Rating::Red, self.red),
        ]
        .into_iter()
        .filter_map(|(rating, band)| Some((rating, band?)))
        .collect()
    }

    /// The schedule's own words for a band.
    pub fn printed(&self, rating: Rating) -> Option<&str> {
        match rating {
            Rating::Stretch => self.printed.stretch.as_deref(),
            Rating::Green => self.printed.green.as_deref(),
            Rating::Amber => self.printed.amber.as_deref(),
            Rating::Red => self.printed.red.as_deref(),
            _ => None,
        }
    }

    /// Rates a figure.
    pub fn rate(&self, figure: &Figure) -> Banded {
        let held = self.all().into_iter().filter(|(_, band)| band.holds(figure)).map(|(rating, _)| rating);
        match held.max() {
            Some(rating) => Banded { rating: Some(rating), open: false },
            None => Banded { rating: self.open.as_ref().map(|open| open.rated.into()), open: true },
        }
    }

    /// Whether smaller figures are better: the best band lies below the worst.
    pub fn lower_is_better(&self) -> bool {
        let all = self.all();
        let (Some((_, best)), Some((_, worst))) = (all.first(), all.last()) else { return false };
        let low = |band: &Band| band.low.or(band.high).map(|(bound, _)| bound.value);
        let high = |band: &Band| band.high.or(band.low).map(|(bound, _)| bound.value);
        match low(best).cmp(&low(worst)) {
            Ordering::Equal => high(best) < high(worst),
            order => order == Ordering::Less,
        }
    }

    /// Every bound, in order; no rounding may cross them.
    pub fn bounds(&self) -> Vec<Quantity> {
        let bounds: BTreeSet<Quantity> =
            self.all().iter().flat_map(|(_, band)| band.bounds()).map(|bound| bound.value).collect();
        bounds.into_iter().collect()
    }

    /// Each band in words, the best first: `stretch 100%`, `green 90% to below 100%`, `red below 60%`.
    pub fn describe(&self) -> Vec<String> {
        self.all().iter().map(|(rating, band)| format!("{} {}", rating.id(), band.describe())).collect()
    }

    /// Whether any bound is a percentage, and any is none.
    pub fn percent(&self) -> (bool, bool) {
        let bounds: Vec<Bound> = self.all().iter().flat_map(|(_, band)| band.bounds()).collect();
        (bounds.iter().any(|bound| bound.percent), bounds.iter().any(|bound| !bound.percent))
    }

    /// What the bands leave open or claim twice, over every figure the KPI can have: shares from 0% to 100%, whole counts from 0,
    /// or amounts from 0.
    pub fn faults(&self, domain: Domain) -> Vec<BandFault> {
        let mut pieces = self.pieces(domain);
        pieces.retain(|piece| piece.held.len() != 1);
        let mut faults: Vec<BandFault> = Vec::new();
        for piece in pieces {
            match faults.last_mut() {
                // Neighbouring pieces with the same bands are one fault.
                Some(last) if last.rated == piece.held && last.next == piece.index => {
                    last.band.high = piece.band.high;
                    last.next = piece.index + 1;
                }
                _ => faults.push(BandFault { band: piece.band, rated: piece.held, next: piece.index + 1 }),
            }
        }
        faults
    }

    /// The bands that no count can reach, when a share has one of these denominators.
    pub fn out_of_reach(&self, denominators: &BTreeSet<u32>) -> Vec<(Rating, Band)> {
        self.all()
            .into_iter()
            .filter(|(_, band)| {
                !denominators.iter().filter(|of| **of > 0).any(|of| {
                    (0..=*of).any(|number| {
                        band.holds(&Figure::Share { numerator: number.into(), denominator: (*of).into() })
                    })
                })
            })
            .collect()
    }

    /// The domain cut at every bound: single figures and what lies between, in order.
    fn pieces(&self, domain: Domain) -> Vec<Piece> {
        let percent = domain == Domain::Share;
        let bound = |value: Quantity| Bound { value, percent };
        let mut cuts: BTreeSet<Quantity> = self.bounds().into_iter().collect();
        cuts.insert(Decimal::ZERO);
        if percent {
            cuts.insert(Decimal::ONE);
        }
        cuts.retain(|cut| *cut >= Decimal::ZERO && (!percent || *cut <= Decimal::ONE));
        let mut bands: Vec<(Band, Quantity)> = Vec::new();
        if domain == Domain::Count {
            // Whole numbers beside the bounds, and between them what no bound tells apart.
            let numbers: BTreeSet<Quantity> = cuts.iter().flat_map(|cut| [cut.floor(), cut.ceil()]).collect();
            let mut next = Decimal::ZERO;
            for number in numbers {
                if next < number {
                    let last = number - Decimal::ONE;
                    let band = Band { low: Some((bound(next), true)), high: Some((bound(last), true)) };
                    bands.push((band, next));
                }
                bands.push((Band::exactly(bound(number)), number));
                next = number + Decimal::ONE;
            }
            bands.push((Band { low: Some((bound(next), true)), high: None }, next));
        } else {
            let cuts: Vec<Quantity> = cuts.into_iter().collect();
            for (index, cut) in cuts.iter().enumerate() {
                bands.push((Band::exactly(bound(*cut)), *cut));
                match cuts.get(index + 1) {
                    Some(next) => bands.push((
                        Band { low: Some((bound(*cut), false)), high: Some((bound(*next), false)) },
                        (*cut + *next) / Decimal::TWO,
                    )),
                    None if !percent => {
                        bands.push((
                            Band { low: Some((bound(*cut), false)), high: None },
                            *cut + Decimal::ONE,
                        ));
                    }
                    None => {}
                }
            }
        }
        bands
            .into_iter()
            .enumerate()
            .map(|(index, (band, sample))| {
                let held = self
                    .all()
                    .into_iter()
                    .filter(|(_, own)| own.holds(&Figure::Amount(sample)))
                    .map(|(rating, _)| rating)
                    .collect();
                Piece { index, band, held }
            })
            .collect()
    }
}

/// What figures a KPI can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Domain {
    /// Shares from 0% to 100%.
    Share,
    /// Whole numbers from 0.
    Count,
    /// Any amount from 0.
    Amount,
}

struct Piece {
    index: usize,
    band: Band,
    held: Vec<Rating>,
}

/// Figures that no band holds, or more than one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BandFault {
    /// The figures.
    pub band: Band,
    /// The bands that hold them; empty for a gap.
    pub rated: Vec<Rating>,
    next: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Deserialize)]
    struct Case {
        bands: Bands,
    }

    fn bands(text: &str) -> Bands {
        toml::from_str::<Case>(&format!("bands = {{ {text} }}")).map(|case| case.bands).unwrap()
    }

    fn share(numerator: u32, denominator: u32) -> Figure {
        Figure::Share { numerator: numerator.into(), denominator: denominator.into() }
    }

    const OPEN: &str = r#"green = "100%", amber = "90%", red = { below = "80%" }"#;
    const CONTINUOUS: &str = r#"stretch = "100%", green = { from = "90%", below = "100%" }, amber = { from = "60%", below = "90%" }, red = { below = "60%" }"#;
    const COUNTS: &str = "stretch = 0, green = 1, amber = 2, red = { from = 3 }";

    #[test]
    fn table_of_cases() {
        use Rating::{Amber, Green, Red, Stretch};
        let decided = format!(r#"{OPEN}, open = {{ rated = "amber", note = "left open" }}"#);
        for (text, figure, rating, open) in [
            (decided.as_str(), share(6, 6), Some(Green), false),
            (&decided, share(5, 6), Some(Amber), true),
            (&decided, share(6, 7), Some(Amber), true),
            (&decided, share(9, 10), Some(Amber), false),
            (&decided, share(4, 5), Some(Amber), true),
            (&decided, share(799, 1000), Some(Red), false),
            (OPEN, share(5, 6), None, true),
            (CONTINUOUS, share(7, 7), Some(Stretch), false),
            (CONTINUOUS, share(999, 1000), Some(Green), false),
            (CONTINUOUS, share(9, 10), Some(Green), false),
            (CONTINUOUS, share(895, 1000), Some(Amber), false),
            (CONTINUOUS, share(3, 5), Some(Amber), false),
            (CONTINUOUS, share(599, 1000), Some(Red), false),
            (CONTINUOUS, share(0, 7), Some(Red), false),
            (COUNTS, Figure::Amount(0.into()), Some(Stretch), false),
            (COUNTS, Figure::Amount(1.into()), Some(Green), false),
            (COUNTS, Figure::Amount(2.into()), Some(Amber), false),
            (COUNTS, Figure::Amount(3.into()), Some(Red), false),
            (COUNTS, Figure::Amount(30.into()), Some(Red), false),
        ] {
            assert_eq!(bands(text).rate(&figure), Banded { rating, open }, "{text} {figure:?}");
        }
    }

    fn found(text: &str, domain: Domain) -> Vec<String> {
        bands(text)
            .faults(domain)
            .iter()
            .map(|fault| {
                let what = if fault.rated.is_empty() { "gap" } else { "overlap" };
                format!("{what} {}", fault.band.describe())
            })
            .collect()
    }

    #[test]
    fn gaps_and_overlaps_are_found() {
        for (text, domain, expected) in [
            (OPEN, Domain::Share, vec!["gap 80% to below 90%", "gap above 90% to below 100%"]),
            (CONTINUOUS, Domain::Share, vec![]),
            (COUNTS, Domain::Count, vec![]),
            ("green = 1, amber = 2, red = 3", Domain::Count, vec!["gap 0", "gap 4 or more"]),
            ("green = { to = 2 }, red = { from = 1000000000 }", Domain::Count, vec!["gap 3 to 999999999"]),
            ("green = { below = \"2.5\" }, red = { above = \"2.5\" }", Domain::Count, vec![]),
            (
                r#"green = { from = "90%" }, amber = { from = "60%", to = "90%" }, red = { to = "59%" }"#,
                Domain::Share,
                vec!["gap above 59% to below 60%", "overlap 90%"],
            ),
            ("green = { to = 10 }, red = { above = 12 }", Domain::Amount, vec!["gap above 10 to 12"]),
        ] {
            assert_eq!(found(text, domain), expected, "{text}");
        }
    }

    #[test]
    fn a_band_no_count_can_reach_is_found() {
        let reach = |of: &[u32]| {
            bands(OPEN)
                .out_of_reach(&of.iter().copied().collect())
                .into_iter()
                .map(|(rating, _)| rating)
                .collect::<Vec<_>>()
        };
        assert_eq!(reach(&[6, 7]), [Rating::Amber]);
        assert_eq!(reach(&[6, 10]), []);
    }

    #[test]
    fn direction_follows_from_the_bands() {
        assert!(!bands(OPEN).lower_is_better());
        assert!(!bands(CONTINUOUS).lower_is_better());
        assert!(bands(COUNTS).lower_is_better());
    }

    #[test]
    fn bounds_that_hold_nothing_are_refused() {
        for (text, expected) in [
            (r#"green = { from = "90%", below = "90%" }"#, "holds nothing"),
            (r#"green = { from = "90%", above = "80%" }"#, "one of `from` and `above`"),
            ("green = {}", "needs a bound"),
            (r#"green = "most""#, "bounds such as"),
        ] {
            let error = toml::from_str::<Case>(&format!("bands = {{ {text} }}")).map(|case| case.bands);
            assert!(error.unwrap_err().to_string().contains(expected), "{text}");
        }
    }

    proptest! {
        #[test]
        fn more_is_never_worse_where_higher_is_better(a in 0u32..=50, b in 0u32..=50) {
            let rule = bands(CONTINUOUS);
            let (less, more) = (a.min(b), a.max(b));
            prop_assert!(rule.rate(&share(more, 50)).rating <= rule.rate(&share(less, 50)).rating);
        }

        #[test]
        fn bands_without_faults_rate_every_share(n in 0u32..=500, d in 1u32..=500) {
            prop_assume!(n <= d);
            prop_assert!(!bands(CONTINUOUS).rate(&share(n, d)).open);
        }
    }
}
