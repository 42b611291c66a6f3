//! Remarks below the records: a sentence that stands alone is none of them.

use super::Seen;
use super::totals::Kind;

/// Words that a remark begins with.
const OPENINGS: [&str; 3] = ["note", "notes", "please"];

/// Words that a remark begins with where a colon follows, and a name where none does.
const HEADINGS: [&str; 4] = ["nb", "n.b", "key", "source"];

/// Words of names, too, that begin with a small letter.
const JOINING: [&str; 18] = [
    "a", "an", "and", "at", "by", "de", "for", "from", "in", "la", "le", "of", "on", "or", "the", "to",
    "upon", "with",
];

/// Takes for a remark what stands alone below the last record, in a sentence, and farther from it than the records from each other, or
/// below their total. An entry right below the others is a record with the rest left out, and so may be a name.
pub(super) fn tell_from_records(lines: &mut [Seen]) {
    let is_whole = |line: &Seen| line.kind == Kind::Record && !line.is_alone;
    let Some(last) = lines.iter().rposition(is_whole) else { return };
    let mut above = lines.iter().take(last + 1).filter(|line| line.kind == Kind::Record);
    // Where records are called in sentences, one more may be a record: a remark stands farther off.
    let are_sentences = above.any(|line| line.is_sentence);
    let apart = |(above, line): (&Seen, &Seen)| line.row.saturating_sub(above.row);
    let usual = lines.iter().zip(lines.iter().skip(1)).take(last).map(apart).max().unwrap_or(1).max(1);
    let needed = if are_sentences { usual + 1 } else { usual };
    let mut is_over = false;
    let mut above = lines.get(last).map_or(0, |line| line.row);
    for line in lines.iter_mut().skip(last + 1) {
        is_over |= line.row.saturating_sub(above) > needed || (line.kind == Kind::Total && !are_sentences);
        above = line.row;
        if line.kind == Kind::Record && is_over && line.is_alone && line.is_sentence {
            line.kind = Kind::Note;
        }
    }
}

/// Whether a text, here as it is and folded, is a sentence, or the heading of a remark, and no name.
pub(super) fn is_sentence(text: &str, folded: &str) -> bool {
    let is_opened = OPENINGS.iter().any(|word| {
        let rest = folded.strip_prefix(word);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '.', ' ', '-']))
    });
    let is_headed = HEADINGS.iter().any(|word| {
        folded.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '.']))
    });
    if is_opened || is_headed || folded.starts_with('*') {
        return true;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_small = |word: &&&str| {
        word.starts_with(char::is_lowercase)
            && !JOINING.contains(&word.trim_end_matches(|c: char| !c.is_alphanumeric()))
    };
    words.len() >= 4 && words.iter().filter(is_small).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::fold;

    #[test]
    fn sentences_are_told_from_names() {
        for (text, is) in [
            ("Please send the form to the contract team by the date in the schedule.", true),
            ("PLEASE RETURN BY 5 JULY", true),
            ("Hours are those of the rota.", true),
            ("Notes:", true),
            ("Note: hours are rounded", true),
            ("* includes agency staff", true),
            ("Key: G = green", true),
            ("N.B. two vans are hired", true),
            ("NB Care Ltd", false),
            ("Source: rota", true),
            ("The log was kept by hand until May", true),
            ("Notebridge House", false),
            ("Keyworth Lodge", false),
            ("Key Worker Homes", false),
            ("Source Housing", false),
            ("Pleasance Court", false),
            ("Elm House", false),
            ("Elm House (new)", false),
            ("House of the Good Shepherd in the Park", false),
            ("The Old Vicarage Supported Living Service (North)", false),
            ("elm house", false),
            ("the old mill", false),
            ("Overall", false),
            ("", false),
        ] {
            assert_eq!(is_sentence(text, &fold(text)), is, "{text}");
        }
    }
}
