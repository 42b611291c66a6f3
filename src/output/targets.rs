//! The target of a figure in words: one target, a set of bands, an answer, a local one, or none.

use crate::domain::quantity::Unit;
use crate::domain::text::target_in_words;
use crate::review::RatedFigure;

/// What is said where neither the contract nor the council sets one.
pub const NONE: &str = "No target is set";

/// The target by its parts, one a line: `at least 95%`, or a line a band.
pub fn parts(figure: &RatedFigure) -> Vec<String> {
    if figure.target.is_empty() {
        return vec![NONE.to_string()];
    }
    figure.target.iter().map(|part| target_in_words(part)).collect()
}

/// `Target: at least 95%.`, `Bands: green 100%; amber 90%; red below 80%.`, `Required: Yes.`, `No target is set.`
pub fn sentence(figure: &RatedFigure) -> String {
    let parts = parts(figure);
    let what = match (figure.unit, figure.target.len()) {
        (_, 0) => return format!("{NONE}."),
        (Unit::Answer, _) => "Required",
        (_, 1) => "Target",
        _ => "Bands",
    };
    let local = if figure.local { ", agreed locally" } else { "" };
    format!("{what}{local}: {}.", parts.join("; "))
}

/// The target that several figures share, in a sentence.
pub fn of_all(figure: &RatedFigure) -> String {
    match figure.target.is_empty() {
        true => format!("{NONE} for any of them."),
        false => sentence(figure),
    }
}

/// The target for a cell of a table, on one line, with the word `local` where it is.
pub fn in_a_cell(figure: &RatedFigure) -> String {
    let local = if figure.local { " (local target)" } else { "" };
    format!("{}{local}", parts(figure).join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn a_target_is_told_by_what_it_is() {
        let of = |target: &[&str], unit: Unit, local: bool| RatedFigure {
            target: target.iter().map(ToString::to_string).collect(),
            unit,
            local,
            ..example::ratio("5", "Referrals", None, 19, 20, 95, "F8")
        };
        for (figure, sentence, cell) in [
            (of(&[">= 95%"], Unit::Percent, false), "Target: at least 95%.", "at least 95%"),
            (
                of(&[">= 95%"], Unit::Percent, true),
                "Target, agreed locally: at least 95%.",
                "at least 95% (local target)",
            ),
            (
                of(&["green 100%", "red below 80%"], Unit::Percent, false),
                "Bands: green 100%; red below 80%.",
                "green 100%; red below 80%",
            ),
            (of(&["Yes"], Unit::Answer, false), "Required: Yes.", "Yes"),
            (of(&[], Unit::Count, false), "No target is set.", "No target is set"),
        ] {
            assert_eq!(super::sentence(&figure), sentence);
            assert_eq!(in_a_cell(&figure), cell);
        }
    }
}
