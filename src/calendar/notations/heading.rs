//! The period a column of figures stands for, from the heading rows above it.

use super::scan::{Element, elements};
use super::{LONGEST_LABEL, PeriodReading, parse_period};
use crate::domain::period::Period;
use crate::domain::text::fold;

/// More heading rows than this are no headings.
const MOST_PARTS: usize = 12;

/// The period that the headings over a column name together, from the top: `Financial year 2024 to 2025` over `(Jul to Sep)`. The
/// contract's year starts in month `year_starts` (1 to 12).
///
/// Parts that say nothing of periods (`Actual`, `Numerator`) do not count, and the same part twice counts once. A date stands for its
/// month. `Total` under a year names that year; `Grand total`, `Beyond 2025/26` and `to date` name no period. `None` whenever
/// more than one period could be meant; [`reading_of_heading`] says why.
pub fn period_of_heading(parts: &[&str], year_starts: u32) -> Option<Period> {
    reading_of_heading(parts, year_starts).found()
}

/// As [`period_of_heading`], with what is open or disagrees: `Jan` alone is [`PeriodReading::Incomplete`], and
/// [`PeriodReading::completed`] by the period of the return.
pub fn reading_of_heading(parts: &[&str], year_starts: u32) -> PeriodReading {
    if parts.len() > MOST_PARTS {
        return PeriodReading::None;
    }
    let mut saying: Vec<String> = Vec::new();
    for part in parts {
        match said_of_periods(part) {
            Says::Nothing => {}
            Says::NoOnePeriod => return PeriodReading::None,
            Says::Something(text) if saying.contains(&text) => {}
            Says::Something(text) => saying.push(text),
        }
    }
    // A short year says nothing alone, `25` and `26` might be anything.
    if let [only] = saying.as_slice()
        && short_year(only).is_some()
    {
        return PeriodReading::None;
    }
    let saying: Vec<String> = saying.into_iter().map(|text| short_year(&text).unwrap_or(text)).collect();
    let together = parse_period(&saying.join(", "), year_starts, None);
    match together {
        PeriodReading::Ambiguous { .. } | PeriodReading::None if saying.len() > 1 => {
            innermost(&saying, year_starts).map_or(together, PeriodReading::Found)
        }
        together => together,
    }
}

/// What one part of a heading says.
enum Says {
    /// Nothing of periods.
    Nothing,
    /// That the column is about more or less than one period.
    NoOnePeriod,
    /// Something, folded.
    Something(String),
}

fn said_of_periods(part: &str) -> Says {
    let text = fold(part);
    if short_year(&text).is_some() {
        return Says::Something(text);
    }
    let elements = if text.len() > LONGEST_LABEL { Vec::new() } else { elements(&text) };
    if elements.contains(&Element::NoPeriod) || text.contains("grand total") {
        return Says::NoOnePeriod;
    }
    let names = |element: &Element| {
        !matches!(
            element,
            Element::Unit(_)
                | Element::Dash
                | Element::To
                | Element::Ending
                | Element::Starting
                | Element::Word
                | Element::Number
        )
    };
    match (elements.iter().any(names), elements.contains(&Element::Number)) {
        (true, true) => Says::NoOnePeriod,
        (true, false) => Says::Something(text),
        (false, _) => Says::Nothing,
    }
}

/// `25/26` as `2025/26`.
fn short_year(folded: &str) -> Option<String> {
    let (first, second) = folded.split_once(['/', '-'])?;
    let two_digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !(two_digits(first) && two_digits(second)) {
        return None;
    }
    let (first, second) = (first.parse::<u32>().ok()?, second.parse::<u32>().ok()?);
    (second == (first + 1) % 100).then(|| format!("20{first:02}/{second:02}"))
}

/// The shortest period named, where each lies within the longer ones: the month below its quarter below its year.
fn innermost(parts: &[String], year_starts: u32) -> Option<Period> {
    let readings: Vec<PeriodReading> =
        parts.iter().map(|part| parse_period(part, year_starts, None)).collect();
    let outermost =
        readings.iter().filter_map(PeriodReading::found).max_by_key(|period| period.frequency.months())?;
    let periods: Option<Vec<Period>> = readings
        .iter()
        .map(|reading| reading.completed(&outermost).filter(|period| outermost.covers(period)))
        .collect();
    let mut periods = periods?;
    periods.sort_by_key(|period| period.frequency.months());
    let nested = periods.windows(2).all(|pair| matches!(pair, [inner, outer] if outer.covers(inner)));
    periods.first().copied().filter(|_| nested)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::period::Frequency;
    use proptest::prelude::*;

    fn label(parts: &[&str], year_starts: u32) -> String {
        match reading_of_heading(parts, year_starts) {
            PeriodReading::Found(period) => period.label(),
            PeriodReading::Incomplete { frequency, first_month, .. } => {
                format!("{frequency:?} from {first_month}")
            }
            PeriodReading::Contradictory { .. } => "contradictory".into(),
            PeriodReading::Ambiguous { .. } => "ambiguous".into(),
            PeriodReading::None => "none".into(),
        }
    }

    #[test]
    fn the_rows_over_a_column_name_one_period() {
        for (parts, year_starts, read) in [
            (&["Financial year 2024 to 2025", "(Jul to Sep)"][..], 4, "2024-25 Q2"),
            (&["Financial year 2024 to 2025", "(Jan to Mar)", "Actual"], 4, "2024-25 Q4"),
            (&["Financial Year 2020/21 (\u{a3}s)", "H1 (Apr-Sep)"], 4, "2020-21 H1"),
            (&["Financial Year 2020/21", "", "H2 (Oct-Mar)", "Forecast"], 4, "2020-21 H2"),
            (&["Apr-24"], 4, "2024-04"),
            (&["1 April 2024"], 4, "2024-04"),
            (&["2024-04-01 00:00:00"], 4, "2024-04"),
            (&["2024/25", "Q1"], 4, "2024-25 Q1"),
            (&["2024/25", "Q1"], 9, "2024-25 Q1"),
            (&["24/25", "Q1"], 4, "2024-25 Q1"),
            (&["24/25", "Apr\u{2013}Jun"], 4, "2024-25 Q1"),
            (&["2024/25", "Q1", "May"], 4, "2024-05"),
            (&["2024/25", "Q1 (Apr-Jun)", "May 2024"], 4, "2024-05"),
            (&["Q1 2024/25", "April"], 4, "2024-04"),
            (&["2024/25", "JAN"], 4, "2025-01"),
            (&["2025", "Jan"], 4, "2025-01"),
            (&["Jan", "2025"], 4, "2025-01"),
            (&["2025", "Apr-Jun"], 4, "2025-26 Q1"),
            (&["2024/25", "2024/25"], 4, "2024-25"),
            (&["Apr-Jun", "Numerator", "2024/25"], 4, "2024-25 Q1"),
            (&["Number of referrals (KPI 3)", "Nov 2025", "Target 95%"], 9, "2025-11"),
            (&["Quarter ending 30 June 2025"], 4, "2025-26 Q1"),
            (&["October 2023 to March 2024"], 4, "2023-24 H2"),
            (&["Financial year 2024 to 2025", "Total"], 4, "2024-25"),
        ] {
            assert_eq!(label(parts, year_starts), read, "{parts:?}");
        }
    }

    #[test]
    fn what_is_not_one_certain_period_is_none() {
        for (parts, year_starts, read) in [
            (&[][..], 4, "none"),
            (&["", "\u{a0}"], 4, "none"),
            (&["Total"], 4, "none"),
            (&["Grand total"], 4, "none"),
            (&["Financial year 2024 to 2025", "Grand Total"], 4, "none"),
            (&["Beyond 25/26"], 4, "none"),
            (&["Beyond 25/26 (\u{a3}s)"], 4, "none"),
            (&["Beyond April 2026", "TOTAL"], 4, "none"),
            (&["April 2027 and after", "Total"], 4, "none"),
            (&["April 2027 onwards"], 4, "none"),
            (&["Before 2020/21"], 4, "none"),
            (&["Pre 2020/21"], 4, "none"),
            (&["Prior to April 2024"], 4, "none"),
            (&["Total cumulative outputs to date", "(Up to and including Mar 2024)", "Actual"], 4, "none"),
            (&["Up to Mar 2024"], 4, "none"),
            (&["2024/25", "Year to date"], 4, "none"),
            (&["2024/25", "YTD"], 4, "none"),
            (&["Rolling 12 months to March 2025"], 4, "none"),
            (&["24/25"], 4, "none"),
            (&["Unit", "Denominator"], 4, "none"),
            (&["2024/25", "12 visits in May"], 4, "none"),
            (&["w/c 04/08/2025"], 4, "none"),
            (&["Jan"], 4, "Month from 1"),
            (&["H1 (Apr-Sep)", "Actual"], 4, "HalfYear from 4"),
            (&["2025", "Q1"], 4, "ambiguous"),
            (&["Nov 2025", "Dec 2025"], 4, "ambiguous"),
            (&["2024/25", "Q1", "(Jul to Sep)"], 4, "contradictory"),
            (&["2024/25", "May 2025"], 4, "contradictory"),
            (&["2024/25", "Q5"], 4, "contradictory"),
            (&["H1 (Apr-Sep)", "2024/25"], 9, "contradictory"),
        ] {
            assert_eq!(label(parts, year_starts), read, "{parts:?}");
            assert_eq!(period_of_heading(parts, year_starts), None, "{parts:?}");
        }
    }

    proptest! {
        #[test]
        fn a_period_below_its_year_reads_back(offset in 0i64..38_000, length in 0usize..3, year_starts in 2u32..=12) {
            let day = chrono::NaiveDate::from_ymd_opt(1992, 1, 1).unwrap() + chrono::Duration::days(offset);
            let frequency = [Frequency::Month, Frequency::Quarter, Frequency::HalfYear][length];
            let period = Period::containing(day, frequency, year_starts);
            let year = Period::containing(day, Frequency::Year, year_starts).label();
            let last = if frequency == Frequency::Month { period.from } else { period.to };
            let months = format!("{} to {}", period.from.format("%b"), last.format("%b"));
            let months = if frequency == Frequency::Month { period.from.format("%B").to_string() } else { months };
            prop_assert_eq!(period_of_heading(&[&year, &months, "Actual"], year_starts), Some(period));
            prop_assert_eq!(period_of_heading(&[&year.to_uppercase(), "", &months.to_uppercase()], year_starts), Some(period));
        }

        #[test]
        fn no_heading_panics(parts in prop::collection::vec("[0-9QHqh/.:a-c£ -]{0,12}|\\PC{0,12}", 0..14), year_starts in 0u32..=13) {
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            let _ = reading_of_heading(&parts, year_starts);
        }
    }
}
