//! The name an attachment has in a message: plain letters, short, legal on Windows, telling whose return it is.

use crate::domain::text::one_line;
use crate::review::correspondence::Letter;

/// Most characters of the whole: a longer one would be parted over several lines of the header, which not every program puts together
/// again.
const LONGEST: usize = 60;
/// Most characters of the area.
const LONGEST_AREA: usize = 14;
/// So many characters of the form's title are kept at least.
const LEAST_OF_FORM: usize = 10;
/// What stands between the parts.
const BETWEEN: &str = " - ";
/// What the name ends with.
const EXTENSION: &str = ".xlsx";
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

/// `Harbour Advocacy - Quarterly KPI return - 2025-26 Q1.xlsx`: ASCII, at most 60 characters, never a device of Windows.
pub fn attachment_name(letter: &Letter) -> String {
    let period = plain(&letter.period.label(), LONGEST / 3);
    let area = letter.area.as_ref().map(|area| plain(area, LONGEST_AREA));
    let last: Vec<String> = area.into_iter().chain([period]).filter(|part| !part.is_empty()).collect();
    let taken: usize = last.iter().map(|part| BETWEEN.len() + part.len()).sum();
    let room = LONGEST.saturating_sub(taken + EXTENSION.len() + BETWEEN.len());
    // The form gives way first: a provider's name that is cut may be another's.
    let form = plain(&letter.form_title, LEAST_OF_FORM.min(room));
    let provider = plain(&letter.provider, room.saturating_sub(form.len()));
    let form = plain(&letter.form_title, room.saturating_sub(provider.len()));
    let first = [provider, form].into_iter().filter(|part| !part.is_empty());
    let parts: Vec<String> = first.chain(last).collect();
    format!("{}{EXTENSION}", parts.join(BETWEEN))
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
