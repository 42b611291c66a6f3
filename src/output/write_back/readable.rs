//! What beats a cell's font colour: colours in its number format and in the runs of its text.

use super::not_safe::NotSafe;
use super::xml::{Scan, Splices, Step};

/// The colours a number format can name; others have numbers.
const COLOURS: &[&str] = &["black", "blue", "cyan", "green", "magenta", "red", "white", "yellow"];

/// A number format without the colours of its sections, such as `[Red]-0.0`; `None` when it has none.
///
/// Conditions, currencies and elapsed times stay. A section that is nothing but a colour keeps it: without, it would
/// show nothing.
pub fn without_colours(code: &str) -> Option<String> {
    let mut written = String::with_capacity(code.len());
    let mut changed = false;
    let sections = sections(code);
    for (index, section) in sections.iter().enumerate() {
        if index > 0 {
            written.push(';');
        }
        let bare = without_colours_of_section(section);
        if bare.len() == section.len() {
            written.push_str(section);
        } else if bare.trim().is_empty() && sections.len() == 1 {
            // What Excel makes of it when it is typed.
            written.push_str("General");
            changed = true;
        } else if bare.trim().is_empty() {
            written.push_str(section);
        } else {
            written.push_str(&bare);
            changed = true;
        }
    }
    changed.then_some(written)
}

/// A piece of a number format.
enum Piece<'a> {
    /// What stands in square brackets, the brackets included.
    Bracket(&'a str),
    /// The sign between two sections.
    Semicolon,
    /// Quoted text, a character that is escaped or stands for a width, or any other.
    Other(&'a str),
}

/// The pieces of a number format in their order; together they are all of it.
fn pieces(code: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = code;
    std::iter::from_fn(move || {
        let mut characters = rest.chars();
        let first = characters.next()?;
        let length = match first {
            '"' => rest[1..].find('"').map_or(rest.len(), |end| end + 2),
            '\\' | '_' | '*' => 1 + characters.next().map_or(0, char::len_utf8),
            '[' => rest.find(']').map_or(rest.len(), |end| end + 1),
            c => c.len_utf8(),
        };
        let (piece, behind) = rest.split_at(length);
        rest = behind;
        Some(match first {
            '[' => Piece::Bracket(piece),
            ';' => Piece::Semicolon,
            _ => Piece::Other(piece),
        })
    })
}

fn sections(code: &str) -> Vec<String> {
    let mut sections = vec![String::new()];
    for piece in pieces(code) {
        match (piece, sections.last_mut()) {
            (Piece::Bracket(text) | Piece::Other(text), Some(section)) => section.push_str(text),
            _ => sections.push(String::new()),
        }
    }
    sections
}

fn without_colours_of_section(section: &str) -> String {
    pieces(section)
        .filter_map(|piece| match piece {
            Piece::Bracket(text) if is_colour(text) => None,
            Piece::Bracket(text) | Piece::Other(text) => Some(text),
            Piece::Semicolon => None,
        })
        .collect()
}

fn is_colour(bracket: &str) -> bool {
    let Some(name) = bracket.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else { return false };
    let name = name.trim().to_ascii_lowercase();
    let is_numbered = name.strip_prefix("color").is_some_and(|number| {
        let number = number.trim();
        !number.is_empty() && number.len() <= 2 && number.bytes().all(|digit| digit.is_ascii_digit())
    });
    is_numbered || COLOURS.contains(&name.as_str())
}

/// A string's element, `<si>` or `<is>`, without the font colours of its runs; `None` when they have none.
///
/// # Errors
///
/// When the element cannot be followed.
pub fn without_run_colours(part: &str, item: &str) -> Result<Option<String>, NotSafe> {
    if !item.contains("color") {
        return Ok(None);
    }
    let mut splices = Splices::default();
    let mut properties = None;
    let mut scan = Scan::new(part, item);
    while let Some(step) = scan.next()? {
        match step {
            Step::Open(open) if open.local() == "rPr" && !open.empty => properties = Some(open.depth),
            Step::Open(open)
                if open.local() == "color" && properties.is_some_and(|depth| open.depth == depth + 1) =>
            {
                let close = scan.skip(&open)?;
                splices.remove(open.range.start..close.end);
            }
            Step::Close { depth, .. } if properties == Some(depth) => properties = None,
            _ => {}
        }
    }
    if splices.is_empty() { Ok(None) } else { splices.apply(part, item).map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_of_sections_are_taken_out() {
        for (code, bare) in [
            ("0.00;[Red]-0.00", Some("0.00;-0.00")),
            ("[Color10]0%;[color 3]-0%;[BLUE]0%;@", Some("0%;-0%;0%;@")),
            ("[Red][<1]0.0%;[Green][>=1]0.0%", Some("[<1]0.0%;[>=1]0.0%")),
            ("[<1][Red]0.0%;0", Some("[<1]0.0%;0")),
            ("#,##0_);[Red]\\(#,##0\\)", Some("#,##0_);\\(#,##0\\)")),
            ("[Red]", Some("General")),
            ("0;[Red];[Blue]0", Some("0;[Red];0")),
            ("[$£-809]#,##0.00;[Red]-[$£-809]#,##0.00", Some("[$£-809]#,##0.00;-[$£-809]#,##0.00")),
            ("\"a;b[Red]\"[Red]0", Some("\"a;b[Red]\"0")),
            ("[h]:mm:ss", None),
            ("[mm]:ss", None),
            ("\"[Red]\"0", None),
            ("\\[Red]0", None),
            ("_[Red]0", None),
            ("*[Red]0", None),
            ("[Reddish]0", None),
            ("[Color]0", None),
            ("[Color100]0", None),
            ("[DBNum1]0", None),
            ("[Red", None),
            ("0;;", None),
            ("\\", None),
            ("\"open [Red]", None),
            ("\\é[Red]é0", Some("\\éé0")),
            ("", None),
        ] {
            assert_eq!(without_colours(code).as_deref(), bare, "{code}");
        }
    }

    #[test]
    fn colours_of_runs_are_taken_out() {
        for (item, bare) in [
            (
                "<si><r><rPr><b/><color rgb=\"FFFF0000\"/><sz val=\"11\"/></rPr><t>a color</t></r><r><t>b</t></r></si>",
                Some("<si><r><rPr><b/><sz val=\"11\"/></rPr><t>a color</t></r><r><t>b</t></r></si>"),
            ),
            (
                "<x:is><x:r><x:rPr><x:color theme='1'></x:color></x:rPr><x:t xml:space=\"preserve\"> a</x:t></x:r></x:is>",
                Some("<x:is><x:r><x:rPr></x:rPr><x:t xml:space=\"preserve\"> a</x:t></x:r></x:is>"),
            ),
            ("<si><t>a color</t></si>", None),
            ("<si><r><rPr><b/></rPr><t>&lt;color/></t></r></si>", None),
            ("<si><r><rPr/><t>a</t></r><color/></si>", None),
        ] {
            assert_eq!(without_run_colours("p", item).unwrap().as_deref(), bare);
        }
        assert!(without_run_colours("p", "<si><color").is_err());
    }
}
