//! Whether a table of shared texts has got more of them behind the others, and is else what it was.

use memchr::memmem;
use quick_xml::events::Event;
use quick_xml::reader::Reader;

use super::super::xml::attributes;
use crate::intake::reading::MAX_CELLS;

/// What the root may say otherwise: how many texts there are.
const COUNTS: &[&str] = &["count", "uniqueCount"];

/// How many texts there are in `copy`, where those of `original` come first, each under its own number; `None` where that cannot be
/// shown. A part that is not there is empty.
pub(super) fn appended(original: &str, copy: &str) -> Option<usize> {
    let after = Table::of(copy)?;
    if !original.is_empty() && original != copy {
        let before = Table::of(original)?;
        let same_root = before.prolog == after.prolog && before.root == after.root;
        let rest = after.inside.strip_prefix(before.items)?;
        let added = rest.strip_suffix(before.end)?;
        if !same_root || !items_alone(added, after.prefix) {
            return None;
        }
    }
    let found = after.count();
    // As far off as a reader takes it: see `parts::check_texts`.
    (found <= MAX_CELLS && after.said <= found as u64 * 2 + 100_000).then_some(found)
}

/// The part of a table of texts, in pieces.
struct Table<'t> {
    /// What stands before the root.
    prolog: &'t str,
    /// The root's name and attributes, but for the numbers of texts.
    root: Vec<String>,
    /// The prefix of its elements, with its colon.
    prefix: &'t str,
    /// How many texts it says there are.
    said: u64,
    /// All that stands behind the root's opening tag.
    inside: &'t str,
    /// The items.
    items: &'t str,
    /// The root's closing tag.
    end: &'t str,
}

impl<'t> Table<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let mut reader = Reader::from_str(text);
        let (start, root) = loop {
            let start = usize::try_from(reader.buffer_position()).ok()?;
            match reader.read_event().ok()? {
                Event::Start(root) => break (start, root),
                Event::Empty(_) | Event::Eof | Event::DocType(_) => return None,
                _ => {}
            }
        };
        let inside = text.get(usize::try_from(reader.buffer_position()).ok()?..)?;
        // Where one of these stands, what looks like an item need be none.
        if root.local_name().as_ref() != "sst" || inside.contains("<!") || inside.contains("<?") {
            return None;
        }
        let name = text.get(start + 1..)?.split([' ', '\t', '\r', '\n', '>']).next()?;
        let prefix = name.strip_suffix("sst")?;
        let (items, end) = inside.split_at(inside.rfind("</")?);
        if end.trim_end() != format!("</{name}>") {
            return None;
        }
        let mut said = 0;
        let mut own = vec![name.to_string()];
        for (name, value) in attributes(&root) {
            match name {
                "uniqueCount" => said = value.parse().unwrap_or(0),
                name if COUNTS.contains(&name) => {}
                name => own.push(format!("{name}={value}")),
            }
        }
        Some(Self { prolog: text.get(..start)?, root: own, prefix, said, inside, items, end })
    }

    fn count(&self) -> usize {
        let item = format!("<{}si", self.prefix);
        let is_whole = |at: usize| {
            let behind = self.inside.as_bytes().get(at + item.len());
            behind.is_some_and(|byte| matches!(byte, b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n'))
        };
        memmem::find_iter(self.inside.as_bytes(), item.as_bytes()).filter(|at| is_whole(*at)).count()
    }
}

/// Whether `text` is a list of whole items and nothing else.
fn items_alone(text: &str, prefix: &str) -> bool {
    let item = format!("{prefix}si");
    let mut reader = Reader::from_str(text);
    let mut depth = 0usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                if depth == 0 && element.name().as_ref() != item {
                    return false;
                }
                depth += 1;
            }
            Ok(Event::End(_)) => match depth.checked_sub(1) {
                Some(outer) => depth = outer,
                None => return false,
            },
            Ok(Event::Empty(element)) if depth > 0 || element.name().as_ref() == item => {}
            Ok(Event::Text(_) | Event::GeneralRef(_)) if depth > 0 => {}
            Ok(Event::Eof) => return depth == 0,
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str = "<?xml version=\"1.0\"?>\n<sst xmlns=\"m\" count=\"3\" uniqueCount=\"2\"><si><t>a</t></si><si/></sst>";

    fn copied(from: &str, to: &str) -> Option<usize> {
        assert!(BEFORE.contains(from), "{from}");
        appended(BEFORE, &BEFORE.replace(from, to))
    }

    #[test]
    fn texts_behind_all_others_are_counted() {
        assert_eq!(appended(BEFORE, BEFORE), Some(2));
        assert_eq!(copied("</sst>", "<si><t>b &amp; c</t></si></sst>"), Some(3));
        assert_eq!(copied("count=\"3\" uniqueCount=\"2\"", "count=\"9\" uniqueCount=\"3\""), Some(2));
        assert_eq!(appended("", "<sst xmlns=\"m\"><si><t>a</t></si></sst>"), Some(1));
        let prefixed = "<x:sst xmlns:x=\"m\"><x:si><x:t>a</x:t></x:si></x:sst>";
        let more = prefixed.replace("</x:sst>", "<x:si><x:t>b</x:t></x:si></x:sst>");
        assert_eq!(appended(prefixed, &more), Some(2));
    }

    #[test]
    fn anything_else_is_not_shown() {
        for (from, to) in [
            ("<t>a</t>", "<t>b</t>"),
            ("<si><t>a</t></si>", ""),
            ("<si><t>a</t></si>", "<si><t>b</t></si><si><t>a</t></si>"),
            ("</sst>", "<si><t>b</t></sst>"),
            ("</sst>", "</sst><sst></sst>"),
            ("</sst>", "<extLst/></sst>"),
            ("</sst>", "<!-- <si> --></sst>"),
            ("</sst>", "<si><t>b</t></si>"),
            ("xmlns=\"m\"", "xmlns=\"n\""),
            ("version=\"1.0\"", "version=\"1.1\""),
            ("uniqueCount=\"2\"", "uniqueCount=\"200000\""),
            ("<sst ", "<sst a=\"1\" "),
        ] {
            assert_eq!(copied(from, to), None, "{to}");
        }
        assert_eq!(appended(BEFORE, ""), None);
    }
}
