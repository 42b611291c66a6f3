//! Which of the register's actions are open and say by when: what is due, and what is overdue.

use chrono::NaiveDate;

use crate::calendar::notations::{parse_date, parse_period};
use crate::domain::period::Frequency;
use crate::domain::text::fold;
use crate::review::DateLine;
use crate::review::action_log::{ActionState, RecordedAction};

/// Words that may stand before a day or a month, each with the space after it. “Before” is none: its day is not the last.
const BEFORE: [&str; 8] = ["by ", "due ", "until ", "no later than ", "the ", "end of ", "end ", "on "];

/// The actions that are open and whose timescale is a day or a month, in order of date; all others have no date to go by.
pub(super) fn dated(actions: &[RecordedAction], as_of: NaiveDate) -> Vec<DateLine> {
    let mut lines: Vec<DateLine> = actions
        .iter()
        .filter(|own| own.state(as_of) != ActionState::Closed)
        .filter_map(|own| Some(line(own.due?, own)))
        .collect();
    lines.sort();
    lines
}

/// The last day a timescale allows: `31 March 2026`, `By 31/03/2026`, `end of March 2026`; the last of a month where it names no day.
pub(super) fn last_day(timescale: &str) -> Option<NaiveDate> {
    let folded = fold(timescale);
    let mut text = folded.as_str();
    while let Some(rest) = BEFORE.iter().find_map(|words| text.strip_prefix(words)) {
        text = rest;
    }
    if let Some(day) = parse_date(text) {
        return Some(day);
    }
    // A month and a year, and nothing else.
    let month = parse_period(text, 1, Some(Frequency::Month)).found();
    let of_two_words = text.split([' ', '-', '/']).count() == 2;
    month.filter(|own| of_two_words && own.frequency == Frequency::Month).map(|own| own.to)
}

fn line(date: NaiveDate, action: &RecordedAction) -> DateLine {
    DateLine { date, what: action.words(), clause: String::new(), for_provider: true }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::ActionRow;
    use crate::review::action_log::LONGEST;
    use proptest::prelude::*;

    fn as_of() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 15).unwrap()
    }

    fn action(timescale: &str, status: &str, text: &str) -> RecordedAction {
        let row = ActionRow { kpi: "5".into(), action: text.into(), ..ActionRow::default() };
        let due = last_day(timescale);
        RecordedAction { row, due, status: status.to_string(), ..RecordedAction::default() }
    }

    #[test]
    fn a_timescale_is_a_day_or_the_last_of_a_month() {
        for (timescale, day) in [
            ("31 March 2026", Some("2026-03-31")),
            ("31/03/2026", Some("2026-03-31")),
            ("2026-03-31", Some("2026-03-31")),
            ("By 31st March 2026.", Some("2026-03-31")),
            ("due by Tuesday 31 March 2026", Some("2026-03-31")),
            ("March 2026", Some("2026-03-31")),
            ("by the end of February 2024", Some("2024-02-29")),
            ("End Feb 2026", Some("2026-02-28")),
            ("no later than 1 April 2026", Some("2026-04-01")),
            ("", None),
            ("3 months", None),
            ("Ongoing", None),
            ("before March 2026", None),
            ("31 March", None),
            ("Q4 2025-26", None),
            ("March 2026 to May 2026", None),
            ("Next meeting, 31 March 2026", None),
            ("31 February 2026", None),
        ] {
            assert_eq!(last_day(timescale).map(|day| day.to_string()).as_deref(), day, "{timescale}");
        }
    }

    #[test]
    fn open_actions_stand_in_order_of_date() {
        let actions = [
            action("31 March 2026", "Open", "Recruit a second advocate"),
            action("1 March 2026", "", " "),
            action("1 February 2026", "Closed", "Train"),
            action("Soon", "Open", "Train"),
        ];
        let lines: Vec<(String, String)> =
            dated(&actions, as_of()).into_iter().map(|line| (line.date.to_string(), line.what)).collect();
        let told =
            [("2026-03-01", "Action on KPI 5"), ("2026-03-31", "Action on KPI 5: Recruit a second advocate")];
        assert_eq!(lines, told.map(|(date, what)| (date.to_string(), what.to_string())));
    }

    proptest! {
        #[test]
        fn no_text_is_too_long_or_too_strange(timescale in "\\PC{0,60}", text in "\\PC{0,400}") {
            let actions = [action(&timescale, "", &text), action("1 March 2026", "", &text)];
            for line in dated(&actions, as_of()) {
                prop_assert!(line.what.chars().count() <= LONGEST + 40);
            }
        }
    }
}
