//! Percentages: a share of 1 or hundredths, told apart by what is certain and never by size.

use rust_decimal::Decimal;

use super::numbers::{Written, number_in};
use super::{Asked, common, number, unreadable};
use crate::domain::answer::Answer;
use crate::domain::number_format::{PercentSign, percent_sign};
use crate::domain::quantity::{Quantity, Unit, from_float, plain};
use crate::domain::workbook::{Cell, Content};

/// A percentage as read: certain, or open between a share of 1 and hundredths.
#[derive(Debug, Clone, PartialEq)]
pub enum PercentAnswer {
    /// There is one way to read it.
    Certain(Answer),
    /// A bare number without percent sign or percent format: `0.94` and `94` can each be either. Size alone does
    /// not tell, since real percentages run above 100%.
    Either {
        /// The number taken as a fraction of 1.
        as_share: Quantity,
        /// The number taken as hundredths, as a fraction of 1.
        as_percent: Quantity,
    },
}

impl PercentAnswer {
    /// The answer once `computed` (numerator ÷ denominator, as a fraction of 1) is known: the reading that agrees
    /// with it to half a percentage point, when only one does. Else an open one is unreadable.
    pub fn settled(self, computed: Option<Quantity>) -> Answer {
        let (as_share, as_percent) = match self {
            PercentAnswer::Certain(answer) => return answer,
            PercentAnswer::Either { as_share, as_percent } => (as_share, as_percent),
        };
        let half_a_point = Decimal::new(5, 3);
        let agrees = |value: Quantity| {
            computed
                .and_then(|computed| computed.checked_sub(value))
                .is_some_and(|difference| difference.abs() <= half_a_point)
        };
        match (agrees(as_share), agrees(as_percent)) {
            (true, false) => Answer::Number(as_share),
            (false, true) => Answer::Number(as_percent),
            _ => Answer::Unreadable {
                found: plain(as_share),
                why: format!(
                    "it can mean {0}% or {1}%, and nothing beside it tells which; write it with a percent sign",
                    plain(as_percent.saturating_mul(Decimal::ONE_HUNDRED)),
                    plain(as_share.saturating_mul(Decimal::ONE_HUNDRED)),
                ),
            },
        }
    }
}

/// Reads a percentage. A percent sign, in the text or in the number format, makes it certain, and so does zero.
pub fn read_percent(cell: Option<&Cell>) -> PercentAnswer {
    let Some(cell) = cell else { return PercentAnswer::Certain(Answer::Blank) };
    let asked = Asked::Number(Unit::Percent);
    if let Some(answer) = common(cell, asked) {
        return PercentAnswer::Certain(answer);
    }
    let certain = |answer| PercentAnswer::Certain(answer);
    let bare = match &cell.content {
        Content::Number(value) => {
            let sign = percent_sign(&cell.look.number_format, *value);
            let Some(value) = from_float(*value) else { return certain(unreadable(cell, "it is too large")) };
            match sign {
                PercentSign::Scaling => return certain(Answer::Number(value)),
                PercentSign::Literal => return certain(Answer::Number(value / Decimal::ONE_HUNDRED)),
                PercentSign::Absent => value,
            }
        }
        Content::Text(text) => match number_in(text, Unit::Percent) {
            Ok(Written::Percentage(value)) => return certain(Answer::Number(value)),
            Ok(Written::Plain(value)) => value,
            Err(why) => return certain(unreadable(cell, why)),
        },
        _ => return certain(number(cell, Unit::Percent)),
    };
    if bare.is_zero() {
        return certain(Answer::Number(Decimal::ZERO));
    }
    PercentAnswer::Either { as_share: bare, as_percent: bare / Decimal::ONE_HUNDRED }
}

#[cfg(test)]
mod tests {
    use super::super::tests::cell;
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn either(as_share: &str, as_percent: &str) -> PercentAnswer {
        PercentAnswer::Either { as_share: d(as_share), as_percent: d(as_percent) }
    }

    fn certain(value: &str) -> PercentAnswer {
        PercentAnswer::Certain(Answer::Number(d(value)))
    }

    #[test]
    fn a_sign_or_zero_is_certain_and_a_bare_number_is_open() {
        for (content, format, answer) in [
            (Content::Number(0.94), "0%", certain("0.94")),
            (Content::Number(94.0), "0%", certain("94")),
            (Content::Number(0.94), "0.00%;[Red]-0.00%", certain("0.94")),
            (Content::Number(94.0), "0\"%\"", certain("0.94")),
            (Content::Number(94.0), "0\\%", certain("0.94")),
            (Content::Number(94.0), "0;0%", either("94", "0.94")),
            (Content::Number(0.94), "General", either("0.94", "0.0094")),
            (Content::Number(94.0), "General", either("94", "0.94")),
            (Content::Number(1.0), "0", either("1", "0.01")),
            (Content::Number(0.0), "General", certain("0")),
            (Content::Text("94%".into()), "General", certain("0.94")),
            (Content::Text("94%".into()), "0%", certain("0.94")),
            (Content::Text("112.5%".into()), "General", certain("1.125")),
            (Content::Text("0.94".into()), "General", either("0.94", "0.0094")),
            (Content::Text("94".into()), "General", either("94", "0.94")),
            (Content::Text("0".into()), "General", certain("0")),
            (Content::Text("nil".into()), "General", PercentAnswer::Certain(Answer::Nil)),
            (Content::Blank, "0%", PercentAnswer::Certain(Answer::Blank)),
        ] {
            assert_eq!(read_percent(Some(&cell(content.clone(), format))), answer, "{content:?} {format}");
        }
        assert_eq!(read_percent(None), PercentAnswer::Certain(Answer::Blank));
    }

    #[test]
    fn numerator_and_denominator_decide() {
        for (open, computed, settled) in [
            (either("0.94", "0.0094"), Some("0.9412"), Some("0.94")),
            (either("94", "0.94"), Some("0.9412"), Some("0.94")),
            (either("94", "0.94"), Some("0.945"), Some("0.94")),
            (either("94", "0.94"), Some("0.9451"), None),
            (either("94", "0.94"), None, None),
            (either("1", "0.01"), Some("1"), Some("1")),
            (either("1", "0.01"), Some("0.011"), Some("0.01")),
            (either("1.2", "0.012"), Some("1.2"), Some("1.2")),
            (either("0.005", "0.00005"), Some("0.004"), None),
            (certain("0.5"), Some("0.9"), Some("0.5")),
        ] {
            let answer = open.clone().settled(computed.map(d));
            assert_eq!(answer.number(), settled.map(d), "{open:?} {computed:?}");
        }
    }

    #[test]
    fn an_open_one_says_both_readings() {
        let Answer::Unreadable { found, why } = either("94", "0.94").settled(None) else { panic!() };
        assert_eq!(found, "94");
        assert!(why.contains("94% or 9400%"), "{why}");
    }
}
