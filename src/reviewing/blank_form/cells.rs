//! What a place to fill in takes, and what is said beside it.

use chrono::NaiveDate;

use super::Wanted;
use crate::contract::layout::{Asks, Column, Scale};
use crate::contract::meant::RatingRule;
use crate::domain::period::long_date;
use crate::domain::quantity::Unit;
use crate::domain::rating::Rating;
use crate::domain::text::one_line;
use crate::review::blank_form::{Entry, Takes};

/// The years of the dates a return may hold, both inclusive.
const YEARS: (i32, i32) = (1990, 2100);

/// The heading of a column: its first spelling.
pub(super) fn heading(column: &Column) -> String {
    column.headings.first().cloned().unwrap_or_default()
}

/// Any day a return may hold.
pub(super) fn any_day() -> Takes {
    let (first, last) = YEARS;
    Takes::Date {
        from: NaiveDate::from_ymd_opt(first, 1, 1).unwrap_or(NaiveDate::MIN),
        to: NaiveDate::from_ymd_opt(last, 12, 31).unwrap_or(NaiveDate::MAX),
        expected: false,
    }
}

/// Yes or no, and whether neither may apply.
fn yes_no(may_not_apply: bool) -> Takes {
    let words = if may_not_apply { &["Yes", "No", "N/A"][..] } else { &["Yes", "No"] };
    Takes::Choice(words.iter().map(ToString::to_string).collect())
}

/// The areas of the contract.
pub(super) fn areas(wanted: &Wanted<'_>) -> Takes {
    Takes::Choice(wanted.contract.areas.iter().map(|area| area.name.clone()).collect())
}

/// The ratings a provider may give itself: those that any of the contract's rules gives.
fn own_ratings(wanted: &Wanted<'_>) -> Vec<String> {
    let gives = |rating: Rating| {
        wanted.contract.kpis.iter().filter_map(|kpi| kpi.rule(&wanted.period)).any(|rule| match rule {
            RatingRule::Target(_) => matches!(rating, Rating::Green | Rating::Red),
            RatingRule::Bands(bands) => bands.all().iter().any(|(own, _)| *own == rating),
        })
    };
    let judgements = Rating::ALL.into_iter().filter(|rating| rating.is_judgement());
    judgements.filter(|rating| gives(*rating)).map(|rating| rating.word().to_string()).collect()
}

/// A score of this scale.
pub(super) fn score(scale: Option<Scale>) -> Takes {
    match scale {
        Some(Scale { from, to }) => Takes::Score { from, to },
        None => Takes::WholeNumber,
    }
}

/// What a column takes in a row of this unit; `None` where it asks for nothing.
pub(super) fn takes(wanted: &Wanted<'_>, asks: Asks, unit: Unit, may_not_apply: bool) -> Option<Takes> {
    Some(match asks {
        Asks::Nothing | Asks::Threshold => return None,
        Asks::Figure | Asks::Total | Asks::Numerator | Asks::Denominator | Asks::Result => match unit {
            Unit::Count => Takes::WholeNumber,
            Unit::Percent => Takes::Percentage,
            Unit::Pounds => Takes::Amount,
            Unit::Hours | Unit::Days | Unit::Number | Unit::Score => Takes::Number,
            Unit::Answer => yes_no(may_not_apply),
        },
        Asks::Amount => Takes::Amount,
        Asks::Date => any_day(),
        Asks::YesNo => yes_no(may_not_apply),
        Asks::Area => areas(wanted),
        Asks::Score => score(None),
        Asks::Rating => Takes::Choice(own_ratings(wanted)),
        Asks::Text => Takes::Text,
        Asks::Comment => Takes::Passage,
    })
}

/// A place to fill in, with what is said beside it: what it is for, what it takes, and whether it may be left blank.
pub(super) fn entry(title: &str, what: &str, takes: Takes, required: bool, may_not_apply: bool) -> Entry {
    let mut help = one_line(what);
    let mut say = |sentence: &str| {
        if !help.is_empty() && !sentence.is_empty() {
            if !help.ends_with(['.', '?', '!', ':']) {
                help.push('.');
            }
            help.push(' ');
        }
        help.push_str(sentence);
    };
    say(&hint(&takes));
    if may_not_apply && !matches!(takes, Takes::Choice(_)) {
        say("Write N/A where it does not apply.");
    }
    say(if required { "Required." } else { "May be left blank." });
    Entry { takes, title: one_line(title), help, required, may_not_apply, value: None }
}

/// How to fill in a place.
fn hint(takes: &Takes) -> String {
    match takes {
        Takes::WholeNumber => "A whole number, 0 or more.".into(),
        Takes::Number => "A number, 0 or more; fractions are fine.".into(),
        Takes::Percentage => "A percentage, such as 94%.".into(),
        Takes::Amount => "An amount in pounds, such as 5,000,000.".into(),
        Takes::Date { from, to, expected: true } => {
            format!(
                "A day from {} to {}, such as {}.",
                long_date(*from),
                long_date(*to),
                from.format("%d/%m/%Y")
            )
        }
        Takes::Date { .. } => "A day, written as 14/12/2025.".into(),
        Takes::Score { from, to } => format!("A whole number from {from} to {to}."),
        Takes::Choice(words) => format!("One of: {}.", words.join(", ")),
        Takes::Text => String::new(),
        Takes::Passage => "Alt and Enter begin a new line.".into(),
    }
}

/// Width of a column in characters.
pub(super) fn width(asks: Asks, heading: &str) -> f64 {
    let longest = heading.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0) + 3;
    let content = match asks {
        Asks::Figure
        | Asks::Total
        | Asks::Numerator
        | Asks::Denominator
        | Asks::Result
        | Asks::YesNo
        | Asks::Score
        | Asks::Rating => 12,
        Asks::Date => 13,
        Asks::Amount => 16,
        Asks::Threshold | Asks::Nothing => 14,
        Asks::Area => 26,
        Asks::Text => 28,
        Asks::Comment => 44,
    };
    (content.max(longest) as f64).min(60.0)
}
