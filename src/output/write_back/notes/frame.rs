//! What is ours in a note: from one line to another, so that it can be taken out again whoever has saved the file since.

use std::ops::Range;

/// First line of what is ours.
pub const HEADING: &str = "Council feedback";
/// Last line of what is ours.
pub const LAST: &str = "Answer on the sheet “Council feedback”.";
/// The word Excel writes above each reply where it writes a thread as a note.
const REPLY: &str = "Reply:";
/// Longest text of a note, in UTF-16 units, as Excel counts.
const LONGEST: usize = 32_767;
/// A line break as Excel may escape it.
const ESCAPED_BREAK: &str = "_x000d_";

/// What stands between [`HEADING`] and the end of a note of ours: a line break, the note, and [`LAST`]. `None` when behind
/// `before`, the text that stands there already, there is no room for it.
pub fn below_heading(note: &str, before: &str) -> Option<String> {
    let frame = length(HEADING) + length(LAST) + 2;
    let room = LONGEST.checked_sub(length(before) + frame + 1)?;
    let mut body = String::with_capacity(note.len() + LAST.len() + 2);
    let unified = note.replace("\r\n", "\n").replace('\r', "\n");
    for (number, line) in unified.trim().split('\n').enumerate() {
        if number > 0 {
            body.push('\n');
        }
        // A line that looks like the frame's would be taken for it.
        if is_heading(line) || behind_last(line).is_some() {
            body.push_str("– ");
        }
        body.push_str(line);
    }
    Some(format!("\n{}\n{LAST}", shortened(&body, room)))
}

/// The bytes of `text` that are ours, with the empty line before them. A heading without the last line is somebody's own
/// words. Where Excel wrote a thread as a note, the word above our reply goes too.
pub fn find(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    // Whether nothing stands before ours so far.
    let mut is_first = true;
    let (mut heading, mut at) = (None, 0);
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if is_heading(line) {
            heading = Some(start);
        } else if let (Some(first), Some(behind)) = (heading, behind_last(line)) {
            let done = found.last().map_or(0, |last| last.end);
            let own = with_separator(text, done..first, is_first, at - behind.len());
            is_first &= own.start == done;
            found.push(own);
            heading = None;
        }
    }
    found
}

fn is_heading(line: &str) -> bool {
    bare(line) == HEADING
}

/// What stands behind [`LAST`] on its line: nothing but the line break, or the beginning of an answer.
fn behind_last(line: &str) -> Option<&str> {
    let behind = line.trim_start().strip_prefix(LAST)?;
    Some(without_escaped_break(behind).trim_start_matches([' ', '\t', '\r', '\u{a0}']))
}

fn bare(line: &str) -> &str {
    let line = line.trim();
    let cut = line.len().saturating_sub(ESCAPED_BREAK.len());
    match line.get(cut..) {
        Some(end) if end.eq_ignore_ascii_case(ESCAPED_BREAK) => line[..cut].trim_end(),
        _ => line,
    }
}

fn without_escaped_break(text: &str) -> &str {
    match text.get(..ESCAPED_BREAK.len()) {
        Some(start) if start.eq_ignore_ascii_case(ESCAPED_BREAK) => &text[ESCAPED_BREAK.len()..],
        _ => text,
    }
}

/// What is taken out with the lines up to `end`, so that nobody sees that something stood there: `before` are the bytes
/// between the last of ours and this one, `is_first` says that nothing is kept before them.
fn with_separator(text: &str, before: Range<usize>, is_first: bool, end: usize) -> Range<usize> {
    let start = before.start;
    let mut before = &text[before];
    let is_indented = text[start + before.len()..].starts_with([' ', '\t']);
    if is_indented && bare(before.rsplit('\n').nth(1).unwrap_or_default()) == REPLY {
        before = before.trim_end().rsplit_once('\n').map_or("", |(kept, _)| kept);
        return start + before.len()..end;
    }
    for _ in 0..2 {
        let Some(kept) = before.strip_suffix('\n') else { break };
        before = kept.strip_suffix('\r').unwrap_or(kept);
        let cut = before.len().saturating_sub(ESCAPED_BREAK.len());
        if before.get(cut..).is_some_and(|end| end.eq_ignore_ascii_case(ESCAPED_BREAK)) {
            before = &before[..cut];
        }
    }
    if is_first && before.trim().is_empty() {
        // What follows moves up to the first line.
        return start..end + usize::from(text[end..].starts_with('\n'));
    }
    start + before.len()..end
}

fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

fn shortened(text: &str, room: usize) -> String {
    if length(text) <= room {
        return text.to_string();
    }
    let mut left = room;
    let mut kept: String = text
        .chars()
        .take_while(|c| {
            let fits = left > c.len_utf16();
            left = left.saturating_sub(c.len_utf16());
            fits
        })
        .collect();
    kept.truncate(kept.trim_end().len());
    if room > 0 {
        kept.push('…');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::workbook::FEEDBACK_SHEET;

    fn without(text: &str) -> String {
        let mut kept = text.to_string();
        for range in find(text).into_iter().rev() {
            kept.replace_range(range, "");
        }
        kept
    }

    #[test]
    fn the_last_line_names_the_sheet() {
        assert!(LAST.contains(&format!("“{FEEDBACK_SHEET}”")));
    }

    #[test]
    fn what_was_put_in_comes_out() {
        let ours = format!("{HEADING}{}", below_heading("● Green\nKPI 5", "").unwrap());
        assert_eq!(ours, "Council feedback\n● Green\nKPI 5\nAnswer on the sheet “Council feedback”.");
        let windows = ours.replace('\n', "\r\n");
        let escaped = ours.replace('\n', "_x000D_\n");
        for (text, kept) in [
            (ours.clone(), ""),
            (windows, ""),
            (format!("Author:\n\n\n{escaped}"), "Author:\n"),
            (format!("Author_x000D_\n_x000d_\n{escaped}"), "Author"),
            (format!("Author:\nHigh.\n\n{ours}"), "Author:\nHigh."),
            (format!("Author:\nHigh.\n\n\n{ours}"), "Author:\nHigh.\n"),
            (format!("High.\n{ours}"), "High."),
            (format!("High.\n\n{ours}\nOur answer"), "High.\nOur answer"),
            (format!("{ours}\nOur answer\nis this."), "Our answer\nis this."),
            (format!("{ours} Our answer"), "Our answer"),
            (format!("{ours}\n\n{ours}\nDone"), "Done"),
            (format!("High.\n\n{ours}\n\n{ours}"), "High."),
            (format!("{HEADING}\nHigh.\n\n{ours}"), "Council feedback\nHigh."),
            (format!("  {HEADING} \nx\n {LAST}  "), ""),
        ] {
            assert_eq!(without(&text), kept, "{text}");
        }
    }

    #[test]
    fn words_that_only_mention_it_stay() {
        for text in [
            "",
            HEADING,
            LAST,
            "The Council feedback\nsays: Answer on the sheet “Council feedback”.",
            "Council feedback was\nAnswer on the sheet “Council feedback”.",
            "Answer on the sheet “Council feedback”.\nCouncil feedback",
            "Council feedback\nsee: Answer on the sheet “Council feedback”.",
        ] {
            assert!(find(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_reply_goes_with_the_word_above_it() {
        let ours = format!("{HEADING}{}", below_heading("● Green", "").unwrap());
        let thread = "[Threaded comment]\n\nLong words\n\nComment:\n    Why?";
        for (text, kept) in [
            (format!("{thread}\nReply:\n    {ours}"), thread.to_string()),
            (format!("{thread}\nReply:\n    {ours}\nReply:\n    Yes"), format!("{thread}\nReply:\n    Yes")),
            (format!("{thread}\n{ours}"), thread.to_string()),
            (format!("Reply:\n\n{ours}"), "Reply:".to_string()),
        ] {
            assert_eq!(without(&text), kept);
        }
    }

    #[test]
    fn no_note_can_look_like_its_frame() {
        let note = format!("a\r\n {HEADING}\rb\n{LAST} c");
        let ours = format!("{HEADING}{}", below_heading(&note, "").unwrap());
        assert_eq!(without(&ours), "");
        assert!(ours.contains("\n– Answer"));
    }

    #[test]
    fn what_is_too_long_is_cut() {
        let ours = |note: &str, before: &str| below_heading(note, before).map(|ours| length(&ours));
        let most = LONGEST - length(HEADING);
        assert!(ours(&"a".repeat(40_000), "").unwrap() <= most);
        assert!(ours(&"𝄞".repeat(20_000), "").unwrap() <= most);
        assert!(ours(&"a".repeat(40_000), &"b".repeat(32_000)).unwrap() <= most - 32_000);
        assert!(
            below_heading("a", &"b".repeat(32_700))
                .is_some_and(|text| text.contains("…") || text.contains('a'))
        );
        assert_eq!(below_heading("a", &"b".repeat(32_767)), None);
        assert!(below_heading(&"a".repeat(40_000), "").unwrap().ends_with(&format!("…\n{LAST}")));
    }
}
