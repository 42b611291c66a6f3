//! Where two definitions differ, in plain English: their descriptions held against each other line by line.

use crate::contract::Contract;
use crate::contract::in_english::{Passage, describe};
use crate::review::replay::ChangedTerms;

/// A line of a description with where it stands.
struct Line {
    heading: String,
    /// The item it belongs to.
    within: Option<String>,
    text: String,
}

/// The passages that differ, in the order of the changed definition.
pub(super) fn changed(before: &Contract, after: &Contract) -> Vec<ChangedTerms> {
    compared(&lines(&describe(before)), &lines(&describe(after)))
}

fn lines(passages: &[Passage]) -> Vec<Line> {
    let mut heading = String::new();
    // The last item of each level.
    let mut items: Vec<String> = Vec::new();
    let mut lines = Vec::new();
    for passage in passages {
        let (within, text) = match passage {
            Passage::Heading(text) => {
                heading.clone_from(text);
                items.clear();
                (None, text)
            }
            Passage::Paragraph(text) => {
                items.clear();
                (None, text)
            }
            Passage::Item(level, text) => {
                items.truncate(*level);
                let within = items.last().cloned();
                items.push(text.clone());
                (within, text)
            }
        };
        lines.push(Line { heading: heading.clone(), within, text: text.clone() });
    }
    lines
}

/// Runs of lines that only one of the two has, by the longest text they have in common.
fn compared(before: &[Line], after: &[Line]) -> Vec<ChangedTerms> {
    let common = common_lengths(before, after);
    let at = |b: usize, a: usize| common.get(b).and_then(|row| row.get(a)).copied().unwrap_or_default();
    let mut changed = Vec::new();
    let (mut b, mut a) = (0, 0);
    // Whether the last line was one of both.
    let mut apart = true;
    loop {
        let (earlier, later) = (before.get(b), after.get(a));
        let is_earlier = match (earlier, later) {
            (None, None) => return changed,
            (Some(earlier), Some(later)) if earlier.text == later.text => {
                (b, a, apart) = (b + 1, a + 1, true);
                continue;
            }
            (Some(_), Some(_)) => at(b + 1, a) >= at(b, a + 1),
            (earlier, _) => earlier.is_some(),
        };
        let Some(line) = (if is_earlier { earlier } else { later }) else { return changed };
        put(&mut changed, line, is_earlier, apart);
        apart = false;
        if is_earlier {
            b += 1;
        } else {
            a += 1;
        }
    }
}

/// Adds the line to the passage under way, or begins another where it stands elsewhere.
fn put(changed: &mut Vec<ChangedTerms>, line: &Line, is_earlier: bool, apart: bool) {
    let same = changed
        .last_mut()
        .filter(|last| !apart && last.heading == line.heading && last.within == line.within);
    let passage = match same {
        Some(last) => last,
        None => {
            changed.push(ChangedTerms {
                heading: line.heading.clone(),
                within: line.within.clone(),
                before: Vec::new(),
                after: Vec::new(),
            });
            let Some(last) = changed.last_mut() else { return };
            last
        }
    };
    let own = if is_earlier { &mut passage.before } else { &mut passage.after };
    own.push(line.text.clone());
}

/// How many lines the two have in common from each pair of places on.
fn common_lengths(before: &[Line], after: &[Line]) -> Vec<Vec<usize>> {
    let mut rows = vec![vec![0; after.len() + 1]];
    for earlier in before.iter().rev() {
        let below = rows.last().cloned().unwrap_or_default();
        let mut row = vec![0; after.len() + 1];
        let mut right = 0;
        for (index, later) in after.iter().enumerate().rev() {
            let at = |index: usize| below.get(index).copied().unwrap_or_default();
            right = if earlier.text == later.text { at(index + 1) + 1 } else { right.max(at(index)) };
            if let Some(cell) = row.get_mut(index) {
                *cell = right;
            }
        }
        rows.push(row);
    }
    rows.reverse();
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{fixture, read};

    fn changed_by(old: &str, new: &str) -> Vec<ChangedTerms> {
        let text = fixture::TEXT.replacen(old, new, 1);
        assert_ne!(text, fixture::TEXT);
        changed(&fixture::advocacy(), &read(fixture::FILE, &text).unwrap())
    }

    #[test]
    fn what_is_the_same_is_not_said() {
        assert_eq!(changed(&fixture::advocacy(), &fixture::advocacy()), []);
    }

    #[test]
    fn a_target_is_told_with_its_kpi_before_and_after() {
        let [own] = &changed_by("\"95%\"", "\"97%\"")[..] else { panic!() };
        assert!(own.within.as_ref().unwrap().starts_with("KPI "), "{own:?}");
        assert!(own.before[0].contains("95%") && own.after[0].contains("97%"), "{own:?}");
        assert_eq!((own.before.len(), own.after.len()), (1, 1));
    }

    #[test]
    fn the_longest_common_text_is_left_out() {
        let all = |texts: &[&str]| -> Vec<Line> {
            let line = |text: &&str| Line { heading: "H".into(), within: None, text: (*text).to_string() };
            texts.iter().map(line).collect()
        };
        for (before, after, expected) in [
            (&["a", "b", "c"][..], &["a", "x", "c"][..], &[("b", "x")][..]),
            (&["a", "b"], &["a", "b", "c"], &[("", "c")]),
            (&["a", "b", "c"], &["c"], &[("a b", "")]),
            (&["a", "b", "c", "d"], &["b", "x", "d"], &[("a", ""), ("c", "x")]),
            (&[], &["a"], &[("", "a")]),
        ] {
            let found = compared(&all(before), &all(after));
            let found: Vec<(String, String)> =
                found.iter().map(|own| (own.before.join(" "), own.after.join(" "))).collect();
            let expected: Vec<(String, String)> =
                expected.iter().map(|(before, after)| (before.to_string(), after.to_string())).collect();
            assert_eq!(found, expected, "{before:?} {after:?}");
        }
    }
}
