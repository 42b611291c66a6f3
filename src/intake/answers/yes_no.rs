//! Yes and no: the words, ticks, and either with a remark behind it that leaves it standing.

use super::remarks::{Remark, remark};
use super::unreadable;
use crate::domain::answer::Answer;
use crate::domain::text::fold;
use crate::domain::workbook::{Cell, Content};

/// Reads a cell as yes or no.
pub(super) fn yes_or_no(cell: &Cell) -> Answer {
    match &cell.content {
        Content::Boolean(true) => Answer::Yes,
        Content::Boolean(false) => Answer::No,
        Content::Text(text) => match yes_or_no_in(text) {
            Ok(answer) => answer,
            Err(why) => unreadable(cell, why),
        },
        _ => unreadable(cell, "it is neither Yes nor No"),
    }
}

/// `Yes`, `y`, ✓, `No - none held`; `Err` says in plain words why the text is no certain answer.
fn yes_or_no_in(text: &str) -> Result<Answer, &'static str> {
    // A tick may be drawn as a picture, which is a mark of its own behind it.
    let folded = fold(&text.replace('\u{fe0f}', ""));
    if is_choice(&folded) {
        return Ok(Answer::Unanswered);
    }
    let end = folded.find(|c: char| !c.is_alphabetic()).unwrap_or(folded.len());
    let (word, behind) = match folded.chars().next() {
        Some(c) if !c.is_alphabetic() => folded.split_at(c.len_utf8()),
        _ => folded.split_at(end),
    };
    let is_no = match word {
        "yes" | "y" | "true" | "\u{2713}" | "\u{2714}" | "\u{2611}" | "\u{2705}" => false,
        "no" | "n" | "false" | "\u{274c}" => true,
        "x" | "\u{2717}" | "\u{2718}" | "\u{2612}" | "\u{2715}" | "\u{2716}" | "\u{d7}"
            if behind.is_empty() =>
        {
            return Err("a cross can mean No, or a box that is ticked");
        }
        _ => return Err("it is neither Yes nor No"),
    };
    // `Y: Other` is an entry of a list, `N.B.` an abbreviation.
    if word.len() == 1 && behind.len() > 1 && behind.starts_with([':', '.']) {
        return Err("it says more than Yes or No");
    }
    match remark(behind, is_no) {
        Remark::Agrees if is_no => Ok(Answer::No),
        Remark::Agrees => Ok(Answer::Yes),
        Remark::RunsOn => Err("it says more than Yes or No"),
        Remark::TakesBack if is_no => Err("it says No, and words that may take that back"),
        Remark::TakesBack => Err("it says Yes, and words that may take that back"),
    }
}

/// Whether the text is the form's own choice, left as it is: `Yes/No`, `Y / N / N/A (delete as appropriate)`.
fn is_choice(folded: &str) -> bool {
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let bare = ["(delete as appropriate", "delete as appropriate", "(delete as applicable", "(please delete"]
        .iter()
        .find_map(|words| bare.strip_suffix(words))
        .unwrap_or(bare);
    let tight: String = bare.chars().filter(|c| *c != ' ').collect();
    matches!(
        tight.as_str(),
        "yes/no"
            | "y/n"
            | "yes/no/n/a"
            | "y/n/n/a"
            | "yes/no/na"
            | "y/n/na"
            | "yesorno"
            | "yorn"
            | "yes/no/notapplicable"
            | "no/yes"
    )
}

#[cfg(test)]
mod tests {
    use super::super::{Asked, read};
    use super::*;
    use crate::intake::testing::cell;
    use proptest::prelude::*;

    fn read_text(text: &str) -> Answer {
        let content = Content::Text(text.into());
        read(Some(&Cell { content, ..cell("x").unwrap() }), Asked::YesNo)
    }

    #[test]
    fn a_remark_that_leaves_the_answer_standing_is_read_past() {
        for (text, answer) in [
            ("Yes", Answer::Yes),
            ("YES!", Answer::Yes),
            ("Yes - see attached", Answer::Yes),
            ("Yes \u{2013} copy enclosed", Answer::Yes),
            ("Y (copy enclosed)", Answer::Yes),
            ("yes, reviewed 12/03/2025", Answer::Yes),
            ("Yes. Policy attached.", Answer::Yes),
            ("Yes\u{a0}-\u{202f}attached", Answer::Yes),
            ("\u{2713}", Answer::Yes),
            ("\u{2714}\u{fe0f}", Answer::Yes),
            ("\u{2611} attached", Answer::Unreadable { found: String::new(), why: String::new() }),
            ("\u{2705} (attached)", Answer::Yes),
            ("True", Answer::Yes),
            ("No", Answer::No),
            ("n.", Answer::No),
            ("No, none", Answer::No),
            ("No - not in place", Answer::No),
            ("N - see plan", Answer::No),
            ("\u{274c}", Answer::No),
            ("Yes/No", Answer::Unanswered),
            ("Y / N", Answer::Unanswered),
            ("Yes / No / N/A", Answer::Unanswered),
            ("YES/NO (delete as appropriate)", Answer::Unanswered),
        ] {
            let read = read_text(text);
            match answer {
                Answer::Unreadable { .. } => assert!(matches!(read, Answer::Unreadable { .. }), "{text}"),
                answer => assert_eq!(read, answer, "{text}"),
            }
        }
    }

    #[test]
    fn what_may_be_taken_back_stays_open() {
        for (text, why) in [
            ("Yes - but one is out of date", "it says Yes, and words that may take that back"),
            ("Yes, except one site", "it says Yes, and words that may take that back"),
            ("Yes - not yet reviewed", "it says Yes, and words that may take that back"),
            ("Yes, until May", "it says Yes, and words that may take that back"),
            ("Yes (expired)", "it says Yes, and words that may take that back"),
            ("Yes - partly", "it says Yes, and words that may take that back"),
            ("Yes - renewal pending", "it says Yes, and words that may take that back"),
            ("Yes - hasn\u{2019}t been tested", "it says Yes, and words that may take that back"),
            ("Yes (80%)", "it says Yes, and words that may take that back"),
            ("Y - N/A", "it says Yes, and words that may take that back"),
            ("No - but due in May", "it says No, and words that may take that back"),
            ("No - not applicable", "it says No, and words that may take that back"),
            ("No, not required", "it says No, and words that may take that back"),
            ("Yes and no", "it says more than Yes or No"),
            ("Yes see attached", "it says more than Yes or No"),
            ("Y?", "it says more than Yes or No"),
            ("N.B. see below", "it says more than Yes or No"),
            ("Y: Other accommodation", "it says more than Yes or No"),
            ("n=12", "it says more than Yes or No"),
            ("x", "a cross can mean No, or a box that is ticked"),
            ("\u{2717}", "a cross can mean No, or a box that is ticked"),
            ("partly", "it is neither Yes nor No"),
            ("Nope", "it is neither Yes nor No"),
            ("none", "it is neither Yes nor No"),
            ("1", "it is neither Yes nor No"),
            ("\u{2610}", "it is neither Yes nor No"),
        ] {
            assert_eq!(read_text(text), Answer::Unreadable { found: text.into(), why: why.into() }, "{text}");
        }
    }

    proptest! {
        #[test]
        fn case_and_kind_of_space_do_not_matter(
            text in "(yes|no|y|n|true)?( ?[-,(;] ?)?(see attached|but|not|policy 3|n/a)?[.)!]?",
        ) {
            let kind = |answer: Answer| match answer {
                Answer::Unreadable { why, .. } => Answer::Unreadable { found: String::new(), why },
                answer => answer,
            };
            let read = kind(read_text(&text));
            prop_assert_eq!(kind(read_text(&text.to_uppercase())), read.clone());
            prop_assert_eq!(kind(read_text(&format!("\u{202f}{}\u{a0}", text.replace(' ', "\u{2009}")))), read);
        }

        #[test]
        fn what_is_taken_back_is_never_an_answer(
            word in "(yes|no|y|n)", mark in "( - | \\(|, |; )", before in "[a-z]{0,8}",
            takes_back in prop::sample::select(vec!["but", "except", "until", "expired", "partly", "n/a", "pending"]),
        ) {
            let read = read_text(&format!("{word}{mark}{before} {takes_back} it"));
            let is_unreadable = matches!(read, Answer::Unreadable { .. });
            prop_assert!(is_unreadable);
        }
    }
}
