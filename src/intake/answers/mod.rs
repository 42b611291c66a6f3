//! What a provider put into a cell, read as what the form asks for.
//!
//! Zero, nil, not applicable, not recorded, unanswered and blank are kept apart; what is not certain is
//! [`Answer::Unreadable`] with the reason, and never a number.

mod numbers;
mod percentages;
pub mod rating;
mod remarks;
mod scores;
mod yes_no;

pub use percentages::{PercentAnswer, read_percent};

use std::sync::Arc;

use crate::calendar::notations::parse_date;
use crate::contract::layout::Scale;
use crate::domain::answer::Answer;
use crate::domain::number_format::{PercentSign, adds_thousands, hides_day, percent_sign};
use crate::domain::period::long_date;
use crate::domain::quantity::{Unit, from_float};
use crate::domain::text::fold;
use crate::domain::workbook::{Cell, Content, own_text_or, shown};
use chrono::Datelike;
use numbers::{Written, number_in};

/// As much of a cell's text as a message shows.
const LONGEST_SHOWN: usize = 80;

/// What the form asks for in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// A number in this unit. For percentages see [`read_percent`] as well.
    Number(Unit),
    /// A date.
    Date,
    /// Yes or no.
    YesNo,
    /// Words.
    Text,
    /// A whole number of this scale.
    Score(Scale),
}

/// Reads a cell as what is asked for; `None` is a cell that is not there.
///
/// A percentage that could be a share or a number of hundredths is [`Answer::Unreadable`] here; where numerator and
/// denominator are known, use [`read_percent`] and [`PercentAnswer::settled`].
pub fn read(cell: Option<&Cell>, asked: Asked) -> Answer {
    if asked == Asked::Number(Unit::Percent) {
        return read_percent(cell).settled(None);
    }
    let Some(cell) = cell else { return Answer::Blank };
    if let Some(answer) = common(cell, asked) {
        return answer;
    }
    match asked {
        Asked::Number(unit) => number(cell, unit),
        Asked::Date => date(cell),
        Asked::YesNo => yes_no::yes_or_no(cell),
        Asked::Text => Answer::Text(words(cell)),
        Asked::Score(scale) => scores::score(cell, scale),
    }
}

/// Whether nothing was answered in a cell, whatever is asked for.
pub fn is_blank(cell: &Cell) -> bool {
    common(cell, Asked::Text).is_some_and(|answer| answer.is_blank())
}

/// What reads the same whatever is asked for: blanks, untouched drop-downs, errors, and words for nothing.
fn common(cell: &Cell, asked: Asked) -> Option<Answer> {
    let text = match &cell.content {
        Content::Blank if cell.formula => {
            return Some(unreadable(
                cell,
                "its formula has no calculated result; open the file in Excel and save it",
            ));
        }
        Content::Blank => return Some(Answer::Blank),
        Content::Error(_) => return Some(unreadable(cell, "it is an error, not a value")),
        Content::Text(text) => text,
        _ => return None,
    };
    let folded = fold(text);
    if folded.is_empty() && text.chars().all(|c| !matches!(c, ':' | '*' | '.')) {
        return Some(Answer::Blank);
    }
    if is_placeholder(&folded) {
        return Some(Answer::Unanswered);
    }
    match folded.as_str() {
        "n/a" | "na" | "n.a" | "n\\a" | "n / a" | "not applicable" => Some(Answer::NotApplicable),
        "not recorded" | "not known" | "unknown" | "not available" | "no data" | "n/k" | "n/r" => {
            Some(Answer::NotRecorded)
        }
        dashes if dashes.chars().all(|c| c == '-') && !dashes.is_empty() => Some(Answer::NotRecorded),
        // None is no score, and no answer of yes or no.
        "nil" | "none" | "nil return" if !matches!(asked, Asked::YesNo | Asked::Score(_)) => {
            Some(Answer::Nil)
        }
        "#ref!" | "#n/a" | "#div/0!" | "#value!" | "#name?" | "#num!" | "#null!" | "#spill!" | "#calc!" => {
            Some(unreadable(cell, "it is an error, not a value"))
        }
        _ => None,
    }
}

/// Whether the text is what an untouched drop-down or a template's prompt shows.
fn is_placeholder(folded: &str) -> bool {
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let framed = folded.starts_with(['<', '[', '{']) && folded.ends_with(['>', ']', '}']);
    let prompts = ["select", "please", "choose", "enter", "insert", "click", "type", "pick"];
    let prompt = || bare.split(' ').next().is_some_and(|first| prompts.contains(&first));
    let known = matches!(
        bare,
        "select"
            | "select one"
            | "select an option"
            | "select option"
            | "select an item"
            | "select from list"
            | "select from the list"
            | "select from drop-down"
            | "select from dropdown"
            | "select answer"
            | "please select"
            | "please select one"
            | "please select an option"
            | "please select from list"
            | "please select from the list"
            | "please choose"
            | "choose"
            | "choose one"
            | "choose an item"
            | "choose an option"
            | "click or tap to enter text"
            | "click or tap here to enter text"
            | "click or tap to enter a date"
    );
    known || (framed && prompt())
}

fn number(cell: &Cell, unit: Unit) -> Answer {
    match &cell.content {
        Content::Number(value) if percent_sign(&cell.look.number_format, *value) != PercentSign::Absent => {
            unreadable(cell, "it is a percentage where none is asked for")
        }
        Content::Number(value) if *value != 0.0 && adds_thousands(&cell.look.number_format) => unreadable(
            cell,
            "its format shows it in thousands or millions, which the number behind it is not",
        ),
        Content::Number(value) => match from_float(*value) {
            Some(value) => Answer::Number(value),
            None => unreadable(cell, "it is too large"),
        },
        Content::Text(text) => match number_in(text, unit) {
            Ok(Written::Plain(value) | Written::Percentage(value)) => Answer::Number(value),
            Err(why) => unreadable(cell, why),
        },
        Content::Date(moment) if (1990..=2100).contains(&moment.date().year()) => unreadable(
            cell,
            &format!(
                "it is the date {}, as a spreadsheet makes of 3/5, where a number is asked for",
                long_date(moment.date())
            ),
        ),
        Content::Date(_) => unreadable(cell, "it is a date or a time where a number is asked for"),
        Content::Boolean(_) => unreadable(cell, "it is TRUE or FALSE where a number is asked for"),
        Content::Blank | Content::Error(_) => unreadable(cell, "it holds no value"),
    }
}

fn date(cell: &Cell) -> Answer {
    match &cell.content {
        Content::Date(_) if hides_day(&cell.look.number_format) => {
            unreadable(cell, "it is shown as a month or a year, without its day")
        }
        Content::Date(moment) => {
            let day = moment.date();
            if (1990..=2100).contains(&day.year()) {
                Answer::Date(day)
            } else {
                unreadable(cell, "its year is not between 1990 and 2100")
            }
        }
        Content::Text(text) => match parse_date(text) {
            Some(day) => Answer::Date(day),
            None => unreadable(cell, "it is not one certain date in the order day, month, year"),
        },
        Content::Number(_) => {
            unreadable(cell, "it is a number where a date is asked for; format the cell as a date")
        }
        Content::Boolean(_) => unreadable(cell, "it is TRUE or FALSE where a date is asked for"),
        Content::Blank | Content::Error(_) => unreadable(cell, "it holds no value"),
    }
}

/// A cell as words. A date shown as a month is the month: its day is the first or meaningless.
fn words(cell: &Cell) -> Arc<str> {
    match &cell.content {
        Content::Date(moment) if hides_day(&cell.look.number_format) => {
            moment.format("%B %Y").to_string().into()
        }
        content => own_text_or(content, || shown(content)),
    }
}

fn unreadable(cell: &Cell, why: &str) -> Answer {
    let whole = shown(&cell.content);
    let mut found: String = whole.chars().take(LONGEST_SHOWN).collect();
    if found.len() < whole.len() {
        found.push('\u{2026}');
    }
    Answer::Unreadable { found, why: why.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use crate::domain::workbook::Look;

    pub(super) fn cell(content: Content, number_format: &str) -> Cell {
        let look = Look { number_format: number_format.to_string(), ..Look::default() };
        Cell { content, formula: false, look: Arc::new(look) }
    }

    fn text(text: &str) -> Cell {
        cell(Content::Text(text.into()), "General")
    }

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    fn moment(y: i32, m: u32, d: u32) -> Content {
        Content::Date(day(y, m, d).and_hms_opt(0, 0, 0).unwrap())
    }

    const COUNT: Asked = Asked::Number(Unit::Count);
    const SCORE: Asked = Asked::Score(Scale { from: 1, to: 5 });
    const ALL: [Asked; 7] = [
        COUNT,
        Asked::Number(Unit::Percent),
        Asked::Number(Unit::Pounds),
        Asked::Date,
        Asked::YesNo,
        Asked::Text,
        SCORE,
    ];

    fn is_unreadable(answer: &Answer) -> bool {
        matches!(answer, Answer::Unreadable { .. })
    }

    #[test]
    fn keeps_the_ways_of_saying_nothing_apart() {
        for asked in ALL {
            assert_eq!(read(None, asked), Answer::Blank);
            assert_eq!(read(Some(&cell(Content::Blank, "0%")), asked), Answer::Blank);
            for (written, answer) in [
                ("", Answer::Blank),
                (" \u{a0}\n", Answer::Blank),
                ("\u{200b}", Answer::Blank),
                ("< Select >", Answer::Unanswered),
                ("Please select", Answer::Unanswered),
                ("Select\u{2026}", Answer::Unanswered),
                ("Select...", Answer::Unanswered),
                ("-- Select --", Answer::Unanswered),
                ("Choose an item.", Answer::Unanswered),
                ("[Enter date]", Answer::Unanswered),
                ("<please choose Yes or No>", Answer::Unanswered),
                ("N/A", Answer::NotApplicable),
                ("na", Answer::NotApplicable),
                ("n.a.", Answer::NotApplicable),
                ("Not applicable", Answer::NotApplicable),
                ("-", Answer::NotRecorded),
                ("\u{2013}", Answer::NotRecorded),
                ("--", Answer::NotRecorded),
                ("Not recorded", Answer::NotRecorded),
                ("not known", Answer::NotRecorded),
            ] {
                assert_eq!(read(Some(&text(written)), asked), answer, "{written:?} {asked:?}");
            }
        }
        for asked in [COUNT, Asked::Number(Unit::Percent), Asked::Date, Asked::Text] {
            assert_eq!(read(Some(&text("Nil")), asked), Answer::Nil);
            assert_eq!(read(Some(&text("none")), asked), Answer::Nil);
        }
        assert!(is_unreadable(&read(Some(&text("None")), Asked::YesNo)));
        assert_eq!(read(Some(&text("0")), COUNT), Answer::Number(0.into()));
        assert_eq!(read(Some(&cell(Content::Number(-0.0), "0")), COUNT), Answer::Number(0.into()));
    }

    #[test]
    fn errors_and_formulas_without_a_result_are_never_values() {
        let uncalculated = Cell { formula: true, ..cell(Content::Blank, "0") };
        let empty_text = Cell { formula: true, ..text("") };
        for asked in ALL {
            assert!(is_unreadable(&read(Some(&uncalculated), asked)));
            assert!(is_unreadable(&read(Some(&cell(Content::Error("#REF!".into()), "0")), asked)));
            assert!(is_unreadable(&read(Some(&text("#N/A")), asked)));
            assert_eq!(read(Some(&empty_text), asked), Answer::Blank);
        }
    }

    #[test]
    fn reads_numbers() {
        for (content, format, asked, value) in [
            (Content::Number(7.000000000000001), "General", COUNT, "7"),
            (Content::Number(12.5), "0", Asked::Number(Unit::Hours), "12.5"),
            (Content::Text("1,234".into()), "General", COUNT, "1234"),
            (Content::Text(" 12 ".into()), "@", COUNT, "12"),
            (Content::Text("\u{a3}10m".into()), "General", Asked::Number(Unit::Pounds), "10000000"),
            (Content::Text("10 million".into()), "General", Asked::Number(Unit::Pounds), "10000000"),
            (Content::Text("12 hrs".into()), "General", Asked::Number(Unit::Hours), "12"),
            (Content::Text("94%".into()), "General", Asked::Number(Unit::Percent), "0.94"),
            (Content::Number(0.94), "0%", Asked::Number(Unit::Percent), "0.94"),
            (Content::Number(1.2), "0.0%", Asked::Number(Unit::Percent), "1.2"),
        ] {
            let answer = read(Some(&cell(content.clone(), format)), asked);
            assert_eq!(answer, Answer::Number(value.parse().unwrap()), "{content:?} {asked:?}");
        }
        for (content, format, asked) in [
            (moment(2026, 3, 31), "dd/mm/yyyy", COUNT),
            (moment(2026, 3, 31), "dd/mm/yyyy", Asked::Number(Unit::Percent)),
            (Content::Boolean(true), "General", COUNT),
            (Content::Boolean(true), "General", Asked::Number(Unit::Percent)),
            (Content::Number(0.94), "0%", COUNT),
            (Content::Number(f64::INFINITY), "General", COUNT),
            (Content::Number(1e300), "0%", Asked::Number(Unit::Percent)),
            (Content::Number(0.94), "General", Asked::Number(Unit::Percent)),
            (Content::Text("2-3".into()), "General", COUNT),
            (Content::Text("<5%".into()), "General", Asked::Number(Unit::Percent)),
        ] {
            assert!(
                is_unreadable(&read(Some(&cell(content.clone(), format)), asked)),
                "{content:?} {asked:?}"
            );
        }
    }

    #[test]
    fn reads_dates() {
        for (content, date) in [
            (moment(2026, 4, 3), Some(day(2026, 4, 3))),
            (Content::Text("03/04/2026".into()), Some(day(2026, 4, 3))),
            (Content::Text("31st March 2026".into()), Some(day(2026, 3, 31))),
            (moment(1990, 1, 1), Some(day(1990, 1, 1))),
            (moment(2100, 12, 31), Some(day(2100, 12, 31))),
            (moment(1989, 12, 31), None),
            (moment(2101, 1, 1), None),
            (Content::Number(46112.0), None),
            (Content::Boolean(false), None),
            (Content::Text("March 2026".into()), None),
            (Content::Text("04/31/2026".into()), None),
            (Content::Text("ongoing".into()), None),
        ] {
            let answer = read(Some(&cell(content.clone(), "General")), Asked::Date);
            assert_eq!(answer.date(), date, "{content:?}");
            assert_eq!(is_unreadable(&answer), date.is_none(), "{content:?}");
        }
    }

    #[test]
    fn reads_yes_and_no() {
        for (written, answer) in [
            ("Yes", Some(Answer::Yes)),
            ("y", Some(Answer::Yes)),
            (" YES. ", Some(Answer::Yes)),
            ("\u{2713}", Some(Answer::Yes)),
            ("true", Some(Answer::Yes)),
            ("No", Some(Answer::No)),
            ("N", Some(Answer::No)),
            ("no!", Some(Answer::No)),
            ("FALSE", Some(Answer::No)),
            ("x", None),
            ("Yes - but one is out of date", None),
            ("Y?", None),
            ("partly", None),
        ] {
            let read = read(Some(&text(written)), Asked::YesNo);
            match answer {
                Some(answer) => assert_eq!(read, answer, "{written}"),
                None => assert!(is_unreadable(&read), "{written}"),
            }
        }
        assert_eq!(read(Some(&cell(Content::Boolean(true), "General")), Asked::YesNo), Answer::Yes);
        assert_eq!(read(Some(&cell(Content::Boolean(false), "General")), Asked::YesNo), Answer::No);
        assert!(is_unreadable(&read(Some(&cell(Content::Number(1.0), "General")), Asked::YesNo)));
    }

    #[test]
    fn words_stay_as_written() {
        for written in
            ["Select committee attended", "None of the staff left", "Please see below", "12", "***"]
        {
            assert_eq!(read(Some(&text(written)), Asked::Text), Answer::Text(written.into()));
        }
        assert_eq!(read(Some(&cell(Content::Number(3.0), "0")), Asked::Text), Answer::Text("3".into()));
        assert_eq!(
            read(Some(&cell(moment(2026, 3, 31), "d")), Asked::Text),
            Answer::Text("31 March 2026".into())
        );
    }

    #[test]
    fn a_message_shows_no_whole_story() {
        let Answer::Unreadable { found, .. } = read(Some(&text(&"\u{e9}word ".repeat(60))), COUNT) else {
            panic!()
        };
        assert_eq!(found.chars().count(), LONGEST_SHOWN + 1);
        let Answer::Unreadable { found, .. } = read(Some(&text("twelve")), COUNT) else { panic!() };
        assert_eq!(found, "twelve");
    }

    fn any_content() -> impl Strategy<Value = Content> {
        let words = "[0-9<>~%\u{a3}.,?()m -]{0,12}";
        prop_oneof![
            Just(Content::Blank),
            any::<f64>().prop_map(Content::Number),
            "\\PC{0,40}".prop_map(|text| Content::Text(text.into())),
            words.prop_map(|text| Content::Text(text.into())),
            any::<bool>().prop_map(Content::Boolean),
            "#[A-Z/0!?]{0,8}".prop_map(|error| Content::Error(error.into())),
            (-90_000_000i64..90_000_000).prop_map(|days| {
                let day = NaiveDate::MIN.checked_add_days(chrono::Days::new(days.unsigned_abs()));
                Content::Date(day.unwrap_or(NaiveDate::MAX).and_hms_opt(1, 2, 3).unwrap())
            }),
        ]
    }

    proptest! {
        #[test]
        fn no_content_panics_and_only_numbers_are_numbers(
            content in any_content(), formula: bool, format in "[0%\"\\\\;#A-Za-z]{0,8}", computed in prop::option::of(-9i32..9),
        ) {
            let cell = Cell { formula, ..cell(content.clone(), &format) };
            for asked in ALL {
                let answer = read(Some(&cell), asked);
                let is_number = matches!(answer, Answer::Number(_) | Answer::Nil);
                prop_assert_eq!(answer.number().is_some(), is_number);
                if is_number {
                    prop_assert!(matches!(content, Content::Number(_) | Content::Text(_)));
                }
                let fits = match asked {
                    Asked::Number(_) => !matches!(answer, Answer::Date(_) | Answer::Yes | Answer::No | Answer::Text(_)),
                    Asked::Date => !matches!(answer, Answer::Number(_) | Answer::Yes | Answer::No | Answer::Text(_)),
                    Asked::YesNo => !matches!(answer, Answer::Number(_) | Answer::Nil | Answer::Date(_) | Answer::Text(_)),
                    Asked::Score(_) => !matches!(answer, Answer::Date(_) | Answer::Yes | Answer::No | Answer::Text(_)),
                    Asked::Text => !matches!(answer, Answer::Number(_) | Answer::Date(_) | Answer::Yes | Answer::No),
                };
                prop_assert!(fits, "{:?} {:?}", asked, answer);
            }
            let _ = read_percent(Some(&cell)).settled(computed.map(Into::into));
        }
    }
}
