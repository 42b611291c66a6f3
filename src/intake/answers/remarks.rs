//! One word for an answer with a remark behind it: `Yes - see attached`, `Green (improving)`.
//!
//! The word is certain only where a mark sets the remark apart and nothing in the remark takes it back.

/// What takes an answer back, bounds it or puts it off.
const TAKES_BACK: &[&str] = &[
    "although",
    "apart",
    "applied",
    "applying",
    "arranging",
    "await",
    "awaiting",
    "awaited",
    "barring",
    "booked",
    "but",
    "chasing",
    "could",
    "draft",
    "drafted",
    "due",
    "except",
    "excepting",
    "exception",
    "exceptions",
    "excluding",
    "expect",
    "expected",
    "expire",
    "expired",
    "expires",
    "expiring",
    "failed",
    "however",
    "if",
    "imminent",
    "incomplete",
    "intend",
    "invalid",
    "issue",
    "issues",
    "lapsed",
    "maybe",
    "might",
    "missing",
    "most",
    "mostly",
    "mainly",
    "nearly",
    "almost",
    "only",
    "ongoing",
    "or",
    "other",
    "otherwise",
    "outstanding",
    "overdue",
    "part",
    "partial",
    "partially",
    "partly",
    "pending",
    "perhaps",
    "planned",
    "planning",
    "possibly",
    "prior",
    "probably",
    "progress",
    "refused",
    "rejected",
    "scheduled",
    "shortly",
    "should",
    "some",
    "soon",
    "started",
    "subject",
    "suspended",
    "tba",
    "tbc",
    "tbd",
    "temporarily",
    "though",
    "till",
    "towards",
    "unless",
    "unsure",
    "until",
    "upcoming",
    "waiting",
    "was",
    "were",
    "whether",
    "will",
    "withdrawn",
    "would",
    "yet",
];

/// Words that turn a statement round; they take back a yes and a rating, and bear out a no.
const NEGATES: &[&str] =
    &["cannot", "neither", "never", "no", "nobody", "non", "none", "nor", "not", "nothing", "without"];

/// Words behind a no that answer the other way, or by which the question does not arise.
const UNDOES_NO: &[&str] = &["necessary", "needed", "relevant", "required", "y", "yes"];

/// What stands behind the word for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Remark {
    /// Nothing, or words that leave the answer as it is.
    Agrees,
    /// No mark sets them apart, so they may belong to another sentence.
    RunsOn,
    /// Words that take the answer back, bound it or put it off.
    TakesBack,
}

/// Judges what stands behind an answer, folded; `is_no` where the answer itself is a no.
pub(super) fn remark(behind: &str, is_no: bool) -> Remark {
    let behind = behind.trim_start();
    if behind.chars().all(|c| matches!(c, '.' | '!' | ',' | ';' | ':' | ' ' | '-')) {
        return Remark::Agrees;
    }
    let Some(words) = behind.strip_prefix(['-', ',', ';', ':', '(', '[', '.', '!', '|']) else {
        return Remark::RunsOn;
    };
    if words.contains(['?', '%', '<', '>', '~']) || words.contains("n't") || words.contains("out of") {
        return Remark::TakesBack;
    }
    let takes_back = words.split(|c: char| !(c.is_alphanumeric() || c == '/')).any(|word| {
        TAKES_BACK.contains(&word)
            || matches!(word, "n/a" | "na" | "applicable")
            || (if is_no { UNDOES_NO } else { NEGATES }).contains(&word)
    });
    if takes_back {
        return Remark::TakesBack;
    }
    // `Y: C`, `N.B.` and `Yes - 3` are no answers with a remark.
    let in_words = words.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 1);
    if in_words { Remark::Agrees } else { Remark::RunsOn }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_agrees_runs_on_or_takes_back() {
        for (behind, is_no, judged) in [
            ("", false, Remark::Agrees),
            (".", false, Remark::Agrees),
            (" - see attached", false, Remark::Agrees),
            (" (copy enclosed)", false, Remark::Agrees),
            (", reviewed 12/03/2025", false, Remark::Agrees),
            (", none", true, Remark::Agrees),
            (" - not in place", true, Remark::Agrees),
            (" see attached", false, Remark::RunsOn),
            ("/no", false, Remark::RunsOn),
            (": c", false, Remark::RunsOn),
            (" - 3", false, Remark::RunsOn),
            (".b", true, Remark::RunsOn),
            (" - but one is out of date", false, Remark::TakesBack),
            (" (expired)", false, Remark::TakesBack),
            (" - not in place", false, Remark::TakesBack),
            (" - hasn't arrived", false, Remark::TakesBack),
            (" - for 80% of staff", false, Remark::TakesBack),
            (" - 3 out of 5", false, Remark::TakesBack),
            (" - not applicable", true, Remark::TakesBack),
            (" - not required", true, Remark::TakesBack),
            (" - none required", false, Remark::TakesBack),
            (" - required by the contract", false, Remark::Agrees),
            (" (yes for one site)", true, Remark::TakesBack),
            (" - n/a", false, Remark::TakesBack),
        ] {
            assert_eq!(remark(behind, is_no), judged, "{behind:?} {is_no}");
        }
    }

    #[test]
    fn the_lists_hold_each_word_once() {
        for list in [TAKES_BACK, NEGATES, UNDOES_NO] {
            let mut seen = std::collections::BTreeSet::new();
            assert!(list.iter().all(|word| seen.insert(word) && *word == crate::domain::text::fold(word)));
        }
    }
}
