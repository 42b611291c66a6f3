//! Cases of bands by figure, and that no band says another rating than the rule gives.

use proptest::prelude::*;
use serde::Deserialize;

use super::*;

#[derive(Deserialize)]
struct Case {
    rule: RatingRule,
}

fn rule(text: &str) -> RatingRule {
    toml::from_str::<Case>(&format!("rule = {{ {text} }}")).map(|case| case.rule).unwrap()
}

fn told(text: &str, unit: Unit) -> Vec<String> {
    rule(text)
        .by_figure(unit)
        .iter()
        .map(|band| format!("{} {}", band.rating.word(), band.words(unit)))
        .collect()
}

#[test]
fn table_of_cases() {
    for (text, unit, bands) in [
        ("target = { at-least = '95%' }", Unit::Percent, vec!["Red below 95%", "Green 95% and over"]),
        ("target = { at-least = '100%' }", Unit::Percent, vec!["Red below 100%", "Green 100%"]),
        ("target = { at-most = '5%' }", Unit::Percent, vec!["Green 5% and under", "Red over 5%"]),
        ("target = { at-most = '0%' }", Unit::Percent, vec!["Green 0%", "Red over 0%"]),
        ("target = { at-least = '0%' }", Unit::Percent, vec!["Green any figure"]),
        (
            "target = { at-least = '95%', amber-margin = '5%' }",
            Unit::Percent,
            vec!["Red below 90%", "Amber 90% to below 95%", "Green 95% and over"],
        ),
        (
            "target = { at-most = '5%', amber-margin = '5%' }",
            Unit::Percent,
            vec!["Green 5% and under", "Amber over 5% to 10%", "Red over 10%"],
        ),
        ("target = { at-least = 2 }", Unit::Count, vec!["Red below 2", "Green 2 and over"]),
        ("target = { at-least = 1 }", Unit::Count, vec!["Red 0", "Green 1 and over"]),
        ("target = { at-most = 3 }", Unit::Count, vec!["Green 3 and under", "Red 4 and over"]),
        ("target = { at-most = 0 }", Unit::Count, vec!["Green 0", "Red 1 and over"]),
        ("target = { at-most = 3 }", Unit::Days, vec!["Green 3 and under", "Red over 3"]),
        ("target = { at-least = 0 }", Unit::Pounds, vec!["Red below £0", "Green £0 and over"]),
        (
            "bands = { stretch = '100%', green = { from = '90%', below = '100%' }, \
             amber = { from = '60%', below = '90%' }, red = { below = '60%' } }",
            Unit::Percent,
            vec!["Red below 60%", "Amber 60% to below 90%", "Green 90% to below 100%", "Stretch 100%"],
        ),
        (
            "bands = { green = '100%', amber = '90%', red = { below = '80%' }, \
             open = { rated = 'amber', note = 'n' } }",
            Unit::Percent,
            vec!["Red below 80%", "Amber 80% to below 100%", "Green 100%"],
        ),
        // Nothing is decided of what the bands leave open: no band says anything of it.
        (
            "bands = { green = '100%', red = { below = '80%' } }",
            Unit::Percent,
            vec!["Red below 80%", "Green 100%"],
        ),
        (
            "bands = { green = { to = '5%' }, amber = { above = '5%', to = '10%' }, red = { above = '10%' } }",
            Unit::Percent,
            vec!["Green 5% and under", "Amber over 5% to 10%", "Red over 10%"],
        ),
        (
            "bands = { green = 0, amber = { from = 1, to = 2 }, red = { from = 3 } }",
            Unit::Count,
            vec!["Green 0", "Amber 1 to 2", "Red 3 and over"],
        ),
        // Where bands overlap the worse one is given.
        (
            "bands = { green = { from = '80%' }, red = { to = '80%' } }",
            Unit::Percent,
            vec!["Red 80% and under", "Green over 80%"],
        ),
        // Better in the middle.
        (
            "bands = { green = { from = '40%', to = '60%' }, amber = { below = '40%' }, red = { above = '60%' } }",
            Unit::Percent,
            vec!["Amber below 40%", "Green 40% to 60%", "Red over 60%"],
        ),
    ] {
        assert_eq!(told(text, unit), bands, "{text}");
    }
}

proptest! {
    #[test]
    fn no_band_says_another_rating_than_the_rule(
        green in 1u32..=100, margin in 1u32..=40, from in any::<bool>(), lower in any::<bool>(), n in 0u32..=300,
    ) {
        let amber = if lower { green + margin } else { green.saturating_sub(margin) };
        let (green_key, red_key) = match (lower, from) {
            (false, true) => ("from", "below"),
            (false, false) => ("above", "to"),
            (true, true) => ("to", "above"),
            (true, false) => ("below", "from"),
        };
        let text = format!(
            "bands = {{ green = {{ {green_key} = '{green}%' }}, red = {{ {red_key} = '{amber}%' }}, \
             open = {{ rated = 'amber', note = 'n' }} }}"
        );
        let rule = rule(&text);
        for unit in [Unit::Percent, Unit::Days, Unit::Number] {
            let figure = Quantity::new(i64::from(n), 0) / Quantity::new(3, 0) / Decimal::ONE_HUNDRED;
            let rating = rule.rate(&Figure::Amount(figure)).rating;
            if unit == Unit::Percent && figure > Decimal::ONE {
                continue;
            }
            let held: Vec<Rating> =
                rule.by_figure(unit).iter().filter(|band| band.holds(figure)).map(|band| band.rating).collect();
            prop_assert_eq!(held, vec![rating], "{} {}", text, figure);
        }
    }

    #[test]
    fn every_whole_number_has_the_band_of_its_rating(bound in 0i64..20, most in any::<bool>(), n in 0i64..40) {
        let rule = rule(&format!("target = {{ {} = {bound} }}", if most { "at-most" } else { "at-least" }));
        let rating = rule.rate(&Figure::Amount(n.into())).rating;
        let held: Vec<Rating> = rule
            .by_figure(Unit::Count)
            .iter()
            .filter(|band| band.holds(n.into()))
            .map(|band| band.rating)
            .collect();
        prop_assert_eq!(held, vec![rating]);
    }
}
