//! Text made fit for a part.

/// Text of a string or a note: escaped, with characters that XML cannot hold in Excel's own way, `_x0007_`.
pub fn string_text(text: &str) -> String {
    escaped(text, true)
}

/// Text of an attribute in double quotes. Characters that XML cannot hold are left out.
pub fn attribute_value(text: &str) -> String {
    escaped(text, false)
}

fn escaped(text: &str, is_string: bool) -> String {
    let mut written = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices() {
        match c {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' if !is_string => written.push_str("&quot;"),
            '\n' | '\t' if !is_string => written.push_str(&format!("&#{};", u32::from(c))),
            // What only looks like an escaped character has to be escaped itself.
            '_' if is_string && is_escape(&text[at..]) => written.push_str("_x005F_"),
            c if allowed(c) => written.push(c),
            c if is_string => written.push_str(&format!("_x{:04X}_", u32::from(c))),
            _ => {}
        }
    }
    written
}

fn is_escape(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7 && bytes[1] == b'x' && bytes[6] == b'_' && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
}

/// Whether XML 1.0 holds the character as it is. A carriage return would be read as a line feed.
fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_comes_back_as_it_was() {
        for (text, string, attribute) in [
            ("plain £ é", "plain £ é", "plain £ é"),
            ("a & b < c > \"d\"", "a &amp; b &lt; c &gt; \"d\"", "a &amp; b &lt; c &gt; &quot;d&quot;"),
            ("two\nlines\t", "two\nlines\t", "two&#10;lines&#9;"),
            ("\u{7}\r\u{ffff}", "_x0007__x000D__xFFFF_", ""),
            ("_x000D_ _x00_ _", "_x005F_x000D_ _x00_ _", "_x000D_ _x00_ _"),
        ] {
            assert_eq!(string_text(text), string);
            assert_eq!(attribute_value(text), attribute);
        }
    }
}
