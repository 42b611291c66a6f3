//! The name an attachment has in a message: plain letters, short, legal on Windows, telling whose return it is.

use crate::domain::text::one_line;
use crate::review::correspondence::Letter;

/// Most characters of the provider's name, of the form's title and of the area.
const LONGEST: [usize; 3] = [36, 36, 24];
/// Letters with marks that English and Welsh names have, by the letter without.
const MARKED: [(char, &str); 14] = [
    ('a', "àáâãäåā"),
    ('A', "ÀÁÂÃÄÅĀ"),
    ('c', "çč"),
    ('e', "èéêëē"),
    ('E', "ÈÉÊËĒ"),
    ('i', "ìíîïī"),
    ('I', "ÌÍÎÏĪ"),
    ('n', "ñń"),
    ('o', "òóôõöøō"),
    ('O', "ÒÓÔÕÖØŌ"),
    ('u', "ùúûüū"),
    ('U', "ÙÚÛÜŪ"),
    ('w', "ŵẁẃẅ"),
    ('y', "ŷýÿỳ"),
];

/// `Harbour Advocacy - Quarterly KPI return - 2025-26 Q1.xlsx`: ASCII, at most 130 characters, never a device of Windows.
pub fn attachment_name(letter: &Letter) -> String {
    let mut parts = vec![plain(&letter.provider, LONGEST[0]), plain(&letter.form_title, LONGEST[1])];
    parts.extend(letter.area.as_ref().map(|area| plain(area, LONGEST[2])));
    parts.push(plain(&letter.period.label(), usize::MAX));
    parts.retain(|part| !part.is_empty());
    format!("{}.xlsx", parts.join(" - "))
}

/// ASCII letters, digits and a few signs alone. No full stop: what stands before one may be a device's name.
fn plain(text: &str, longest: usize) -> String {
    let mut plain = String::new();
    for c in one_line(text).chars() {
        let unmarked = MARKED.iter().find(|(_, marked)| marked.contains(c)).map(|(letter, _)| *letter);
        match unmarked.unwrap_or(c) {
            c if c.is_ascii_alphanumeric() || " -_()&+".contains(c) => plain.push(c),
            '\u{2010}'..='\u{2015}' | '/' | '\\' | ':' => plain.push('-'),
            // Full stops, quotation marks and whatever has no plain letter.
            _ => {}
        }
    }
    let plain = one_line(&plain);
    let cut = match plain.char_indices().nth(longest) {
        None => plain.as_str(),
        // Between words, where the last of them is no story.
        Some((at, _)) => {
            let cut = &plain[..at];
            cut.rsplit_once(' ').map_or(cut, |(head, _)| head)
        }
    };
    cut.trim_matches([' ', '-']).to_string()
}
