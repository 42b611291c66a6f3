//! The style of a page: one sheet, the palette's colours, and the running heads of its print.

use sha2::{Digest, Sha256};

use crate::domain::look::Look;
use crate::domain::rating::Rating;
use crate::output::palette;

/// The style sheets as they are written, before colours and running heads.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheets {
    /// Of pages.
    pub page: String,
    /// Of letters.
    pub letter: String,
}

/// The style sheet of a page whose print says `left` and `right` at the head of every sheet of paper, and whose it is at the foot.
pub fn sheet(sheets: &Sheets, look: &Look, left: &str, right: &str) -> String {
    // A browser hashes the style after making its line ends `\n`.
    let mut css = sheets.page.replace("\r\n", "\n");
    css.push_str(&format!(
        ":root {{ --ink: {}; --paper: {}; --heading: {}; --query: {}; }}\n",
        palette::css(palette::INK),
        palette::css(palette::PAPER),
        palette::css(palette::HEADING_FILL),
        palette::css(palette::QUERY_FILL),
    ));
    for rating in Rating::ALL {
        let swatch = palette::swatch(rating);
        let fill = palette::css(swatch.fill.unwrap_or(palette::PAPER));
        let border = if swatch.fill.is_some() { "solid transparent" } else { "dashed currentcolor" };
        css.push_str(&format!(
            ".tag-{class} {{ color: {text}; background: {fill}; border: 1px {border}; }}\n\
             .mark-{class} {{ fill: {fill}; stroke: var(--ink); }}\n",
            class = swatch.class,
            text = palette::css(swatch.text),
        ));
    }
    if let Some(colour) = look.colour {
        // A link on the fill of a heading or of the row in question keeps the contrast it has on white.
        css.push_str(&format!(
            ":root {{ --band: {colour}; --headings: {colour}; --link: {colour}; --accent: {colour}; }}\n\
             thead a, tr.own a, .scroll:focus-visible a {{ color: var(--ink); }}\n"
        ));
    }
    if let Some(accent) = look.accent {
        css.push_str(&format!(
            ":root {{ --accent: {accent}; }}\n.band {{ border-bottom: 0.25rem solid {accent}; }}\n"
        ));
    }
    css.push_str(&heads(look, left, right));
    css
}

/// The style sheet of a letter.
pub fn letter_sheet(sheets: &Sheets, look: &Look, left: &str, right: &str) -> String {
    let mut css = sheets.letter.replace("\r\n", "\n");
    // Word processors know no variables.
    if let Some(colour) = look.colour {
        css.push_str(&format!(
            ".band, h1, h2 {{ color: {colour}; }}\n.band p {{ border-color: {colour}; }}\n"
        ));
    }
    css.push_str(&heads(look, left, right));
    css
}

fn heads(look: &Look, left: &str, right: &str) -> String {
    let sender = look.sender().map(|sender| format!(" @bottom-left {{ content: {}; }}", quoted(&sender)));
    format!(
        "@page {{ @top-left {{ content: {}; }} @top-right {{ content: {}; }}{} }}\n",
        quoted(left),
        quoted(right),
        sender.unwrap_or_default()
    )
}

/// What the page allows the browser: its own style, known by its hash, and nothing else.
pub fn policy(css: &str) -> String {
    let hash = base64(&Sha256::digest(css.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
}

/// Text as a string of a style sheet. All but letters, digits and spaces is escaped by number, so that nothing in
/// a name can end the string, the sheet or the element it stands in.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || c == ' ' {
            quoted.push(c);
        } else {
            // The space ends the number and is no part of the text.
            quoted.push_str(&format!("\\{:x} ", c as u32));
        }
    }
    quoted.push('"');
    quoted
}

/// Base64 with padding (RFC 4648, section 4), the form a content policy wants its hashes in.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            if place <= chunk.len() {
                text.push(char::from(LETTERS[(group >> (18 - 6 * place) & 63) as usize]));
            } else {
                text.push('=');
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::pages::samples;

    #[test]
    fn base64_agrees_with_the_standard() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn a_name_cannot_leave_its_string() {
        assert_eq!(quoted("A \"</style>é"), "\"A \\22 \\3c \\2f style\\3e \\e9 \"");
    }

    #[test]
    fn every_rating_has_its_colours() {
        let css = sheet(samples::pages().sheets(), &Look::default(), "Left", "Right");
        for rating in Rating::ALL {
            assert!(css.contains(&format!(".tag-{} {{", palette::swatch(rating).class)));
            assert!(css.contains(&format!(".mark-{} {{", palette::swatch(rating).class)));
        }
        assert!(!css.contains('<') && !css.contains("http") && !css.contains("url("));
    }
}
