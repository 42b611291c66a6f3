//! A part's elements with their byte ranges.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::output::write_back::not_safe::NotSafe;

/// An opening or empty tag.
#[derive(Debug, Clone)]
pub struct Open<'a> {
    /// The tag.
    pub element: BytesStart<'a>,
    /// Its bytes, from `<` to `>` inclusive.
    pub range: Range<usize>,
    /// Whether it closes itself.
    pub empty: bool,
    /// How many elements it stands in; 0 is the root.
    pub depth: usize,
}

impl Open<'_> {
    /// The name without its prefix.
    pub fn local(&self) -> &str {
        self.element.local_name().into_inner()
    }

    /// The prefix with its colon, empty where there is none.
    pub fn prefix(&self) -> String {
        self.element.name().prefix().map_or_else(String::new, |prefix| format!("{}:", prefix.as_ref()))
    }

    /// The value of the attribute written so, its prefix included, with entities resolved.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.element.attributes();
        let found = attributes.with_checks(false).flatten().find(|own| own.key.as_ref() == name)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }

    /// The value of the first attribute of that local name, whatever its prefix.
    pub fn any_attribute(&self, local: &str) -> Option<String> {
        let mut attributes = self.element.attributes();
        let found =
            attributes.with_checks(false).flatten().find(|own| own.key.local_name().as_ref() == local)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }

    /// The number in an attribute without prefix.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// Whether an attribute holds an XML Schema truth.
    pub fn is_true(&self, name: &str) -> bool {
        matches!(self.attribute(name).as_deref().map(str::trim), Some("1" | "true"))
    }

    /// The bytes of an attribute's value, between its quotes.
    pub fn value_range(&self, name: &str) -> Option<Range<usize>> {
        self.attribute_ranges().find(|(own, _, _)| *own == name).map(|(_, _, value)| value)
    }

    /// The bytes of a whole attribute with the white space before it.
    pub fn attribute_range(&self, name: &str) -> Option<Range<usize>> {
        self.attribute_ranges().find(|(own, _, _)| *own == name).map(|(_, whole, _)| whole)
    }

    /// Where a further attribute is put.
    pub fn attributes_end(&self) -> usize {
        let raw = self.element.attributes_raw();
        self.attributes_start() + raw.trim_end().len()
    }

    fn attributes_start(&self) -> usize {
        self.range.start + 1 + self.element.name().as_ref().len()
    }

    /// Name, whole range and value range of each attribute, as written.
    fn attribute_ranges(&self) -> impl Iterator<Item = (&str, Range<usize>, Range<usize>)> {
        let raw = self.element.attributes_raw();
        let start = self.attributes_start();
        let mut at = 0;
        std::iter::from_fn(move || {
            let rest = raw.get(at..)?;
            let name_at = at + (rest.len() - rest.trim_start().len());
            let equals = name_at + raw.get(name_at..)?.find('=')?;
            let name = raw.get(name_at..equals)?.trim_end();
            let behind = raw.get(equals + 1..)?;
            let quote_at = equals + 1 + (behind.len() - behind.trim_start().len());
            let quote = raw.get(quote_at..)?.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let value_end = quote_at + 1 + raw.get(quote_at + 1..)?.find(quote)?;
            let whole = start + at..start + value_end + 1;
            at = value_end + 1;
            Some((name, whole, start + quote_at + 1..start + value_end))
        })
    }

    /// Its place, with that of its closing tag.
    pub fn place(&self, close: &Range<usize>) -> Element {
        Element {
            range: self.range.clone(),
            empty: self.empty,
            name: self.element.name().as_ref().to_string(),
            close: close.start,
            end: close.end,
            values: self.attribute_ranges().map(|(name, _, value)| (name.to_string(), value)).collect(),
            attributes_end: self.attributes_end(),
        }
    }

    /// The prefix with its colon that the element binds to one of `namespaces`; empty for the default namespace.
    pub fn prefix_bound_to(&self, namespaces: &[&str]) -> Option<String> {
        self.element.attributes().with_checks(false).flatten().find_map(|own| {
            let key = own.key.as_ref();
            let prefix = match key.strip_prefix("xmlns:") {
                Some(prefix) => format!("{prefix}:"),
                None if key == "xmlns" => String::new(),
                None => return None,
            };
            namespaces.contains(&own.value.as_ref()).then_some(prefix)
        })
    }
}

/// An element's place, kept when the walk is over.
#[derive(Debug, Clone)]
pub struct Element {
    /// Its opening or empty tag.
    pub range: Range<usize>,
    /// Whether it closes itself.
    pub empty: bool,
    /// Its name, the prefix included.
    pub name: String,
    /// Where its closing tag begins; the end of the tag when it closes itself.
    pub close: usize,
    /// Where the whole element ends.
    pub end: usize,
    values: Vec<(String, Range<usize>)>,
    attributes_end: usize,
}

impl Element {
    /// The whole element.
    pub fn whole(&self) -> Range<usize> {
        self.range.start..self.end
    }

    pub(super) fn value_range(&self, name: &str) -> Option<Range<usize>> {
        self.values.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone())
    }

    pub(super) fn attributes_end(&self) -> usize {
        self.attributes_end
    }
}

/// What comes next in a part.
#[derive(Debug, Clone)]
pub enum Step<'a> {
    /// An element begins; an empty one ends with it, and no [`Step::Close`] follows.
    Open(Open<'a>),
    /// An element ends.
    Close {
        /// Its closing tag.
        range: Range<usize>,
        /// As in [`Open::depth`].
        depth: usize,
    },
    /// Text between tags, entities resolved.
    Text {
        /// The text.
        text: Cow<'a, str>,
        /// Its bytes as written.
        range: Range<usize>,
    },
}

/// A walk over a part.
pub struct Scan<'a> {
    reader: Reader<&'a [u8]>,
    /// What is walked, and where it begins in the part.
    text: &'a str,
    text_start: usize,
    part: String,
    /// Where what the reader was given begins in the part.
    start: usize,
    depth: usize,
    /// Whether HTML stands in it, whose `<br>` has no end.
    html: bool,
}

impl<'a> Scan<'a> {
    /// A walk over the whole of `text`, which may begin with a byte order mark.
    pub fn new(part: &str, text: &'a str) -> Self {
        let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self::within(part, text.get(start..).unwrap_or_default(), start)
    }

    /// A walk over a drawing in VML, whose texts are HTML: Excel writes `<br>` in them and never ends it.
    pub fn vml(part: &str, text: &'a str) -> Self {
        let mut scan = Self::new(part, text);
        scan.reader.config_mut().check_end_names = !text.contains("<br");
        scan.html = true;
        scan
    }

    /// A walk over what follows byte `at` of `text`, which is inside the root element and of no other; for parts whose begin is
    /// long and of no interest.
    pub fn inside_root(part: &str, text: &'a str, at: usize) -> Self {
        let mut scan = Self::within(part, text.get(at..).unwrap_or_default(), at);
        scan.reader.config_mut().allow_unmatched_ends = true;
        scan.depth = 1;
        scan
    }

    /// A walk over `text`, which begins at byte `start` of the part with a whole element; ranges count from the part's beginning.
    pub fn within(part: &str, text: &'a str, start: usize) -> Self {
        let part = part.to_string();
        Self { reader: reader(text), text, text_start: start, part, start, depth: 0, html: false }
    }

    /// The name of the part.
    pub fn part(&self) -> &str {
        &self.part
    }

    /// What comes next; `None` at the end. Comments, declarations and processing instructions are passed over.
    ///
    /// # Errors
    ///
    /// When the part is not well-formed, holds a document type definition or says that it is not in UTF-8.
    #[allow(clippy::should_implement_trait, reason = "each step can fail")]
    pub fn next(&mut self) -> Result<Option<Step<'a>>, NotSafe> {
        loop {
            let start = self.position();
            let event = self.reader.read_event().map_err(|error| self.damaged(error))?;
            let range = start..self.position();
            let step = match event {
                Event::Eof if self.depth > 0 => return Err(self.damaged("it ends too early")),
                Event::Eof => return Ok(None),
                Event::Start(element) if self.html && element.name().as_ref() == "br" => {
                    Step::Open(Open { element, range, empty: true, depth: self.depth })
                }
                Event::End(element) if self.html && element.name().as_ref() == "br" => continue,
                Event::Start(element) => {
                    self.depth += 1;
                    Step::Open(Open { element, range, empty: false, depth: self.depth - 1 })
                }
                Event::Empty(element) => Step::Open(Open { element, range, empty: true, depth: self.depth }),
                Event::End(_) => {
                    self.depth = self.depth.checked_sub(1).ok_or_else(|| self.damaged("an end too many"))?;
                    Step::Close { range, depth: self.depth }
                }
                Event::Text(text) => Step::Text { text: text.xml10_content(), range },
                Event::CData(text) => Step::Text { text: text.xml10_content(), range },
                Event::GeneralRef(entity) => {
                    let character = entity.resolve_char_ref().map_err(|error| self.damaged(error))?;
                    let text = match character {
                        Some(character) => character.to_string(),
                        // `&nbsp;` and others of HTML.
                        None if self.html => resolve_predefined_entity(&entity).unwrap_or(" ").to_string(),
                        None => resolve_predefined_entity(&entity)
                            .ok_or_else(|| self.damaged("an entity that XML does not know"))?
                            .to_string(),
                    };
                    Step::Text { text: text.into(), range }
                }
                Event::DocType(_) => return Err(NotSafe::Doctype(self.part.clone())),
                Event::Decl(declaration) => {
                    let encoding = declaration.encoding().and_then(Result::ok);
                    if encoding.is_some_and(|encoding| {
                        !["utf-8", "utf8", "us-ascii"].contains(&encoding.to_lowercase().as_str())
                    }) {
                        return Err(NotSafe::Encoding(self.part.clone()));
                    }
                    continue;
                }
                Event::Comment(_) | Event::PI(_) => continue,
            };
            return Ok(Some(step));
        }
    }

    /// Passes over the inside of an element that has just been opened; where its closing tag begins and ends.
    ///
    /// # Errors
    ///
    /// As [`Self::next`].
    pub fn skip(&mut self, open: &Open<'_>) -> Result<Range<usize>, NotSafe> {
        if open.empty {
            return Ok(open.range.end..open.range.end);
        }
        while let Some(step) = self.next()? {
            if let Step::Close { range, depth } = step
                && depth == open.depth
            {
                return Ok(range);
            }
        }
        Err(self.damaged("it ends too early"))
    }

    /// As [`Self::skip`], of an element that holds no other of its name: its end is looked for as text, which takes a tenth of the
    /// time, where nothing inside could hide another. What stands inside need not be well-formed.
    ///
    /// # Errors
    ///
    /// As [`Self::next`].
    pub fn skip_at_a_glance(&mut self, open: &Open<'_>) -> Result<Range<usize>, NotSafe> {
        match self.end_at_a_glance(open) {
            Some(close) => {
                let rest = self.text.get(close.end - self.text_start..).unwrap_or_default();
                let mut reader = reader(rest);
                reader.config_mut().allow_unmatched_ends = true;
                (self.reader, self.start, self.depth) = (reader, close.end, open.depth);
                Ok(close)
            }
            None => self.skip(open),
        }
    }

    fn end_at_a_glance(&self, open: &Open<'_>) -> Option<Range<usize>> {
        if open.empty || self.html || self.position() != open.range.end {
            return None;
        }
        let name = open.element.name();
        let rest = self.text.get(open.range.end - self.text_start..)?;
        let closing = format!("</{}", name.as_ref());
        let at = memmem::find(rest.as_bytes(), closing.as_bytes())?;
        let inside = rest.get(..at)?.as_bytes();
        let another = format!("<{}", name.as_ref());
        let hides = |what: &[u8]| memmem::find(inside, what).is_some();
        if hides(b"<!") || hides(b"<?") || hides(another.as_bytes()) {
            return None;
        }
        let behind = rest.get(at + closing.len()..)?;
        let space = behind.len() - behind.trim_start().len();
        behind.get(space..)?.starts_with('>').then(|| {
            let start = open.range.end + at;
            start..start + closing.len() + space + 1
        })
    }

    /// The part cannot be followed.
    pub fn damaged(&self, detail: impl std::fmt::Display) -> NotSafe {
        NotSafe::Damaged { part: self.part.clone(), detail: detail.to_string() }
    }

    /// What stands here is not understood.
    pub fn not_understood(&self, what: impl Into<String>) -> NotSafe {
        NotSafe::not_understood(&self.part, what)
    }

    fn position(&self) -> usize {
        self.start + usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_comments = false;
    reader
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_range_is_that_of_its_bytes() {
        let text = "\u{feff}<?xml version=\"1.0\" encoding='UTF-8'?>\n<!-- no --><x:a é='1'><b c = \"&amp;2\"/>t&lt;&#65;<![CDATA[<u>]]></x:a>";
        let mut scan = Scan::new("a", text);
        let mut said = Vec::new();
        while let Some(step) = scan.next().unwrap() {
            said.push(match step {
                Step::Open(open) => format!("{} {}", &text[open.range.clone()], open.depth),
                Step::Close { range, depth } => format!("{} {depth}", &text[range]),
                Step::Text { text: own, range } => format!("{}={own}", &text[range]),
            });
        }
        assert_eq!(
            said,
            [
                "\n=\n",
                "<x:a é='1'> 0",
                "<b c = \"&amp;2\"/> 1",
                "t=t",
                "&lt;=<",
                "&#65;=A",
                "<![CDATA[<u>]]>=<u>",
                "</x:a> 0"
            ]
        );
    }

    #[test]
    fn attributes_are_found_as_written() {
        let text = "<x:a xmlns:x=\"urn:1\" xmlns = 'urn:2'  b='&lt;' r:id=\"r1\" />";
        let mut scan = Scan::new("a", text);
        let Some(Step::Open(open)) = scan.next().unwrap() else { panic!() };
        assert_eq!((open.local(), open.prefix().as_str()), ("a", "x:"));
        assert_eq!(open.attribute("b").as_deref(), Some("<"));
        assert_eq!(&text[open.value_range("b").unwrap()], "&lt;");
        assert_eq!(&text[open.attribute_range("b").unwrap()], "  b='&lt;'");
        assert_eq!(open.any_attribute("id").as_deref(), Some("r1"));
        assert_eq!(&text[open.attributes_end()..], " />");
        assert_eq!(open.prefix_bound_to(&["urn:2"]).as_deref(), Some(""));
        assert_eq!(open.prefix_bound_to(&["urn:9", "urn:1"]).as_deref(), Some("x:"));
        assert_eq!(open.prefix_bound_to(&["urn:3"]), None);
    }

    #[test]
    fn a_line_break_in_a_drawing_needs_no_end() {
        let text = "<xml><font>a<br>b<br/>c<br></br></font>&nbsp;<x:A/></xml>";
        let mut scan = Scan::vml("p", text);
        let mut said = Vec::new();
        while let Some(step) = scan.next().unwrap() {
            match step {
                Step::Open(open) => said.push(format!("{} {}", &text[open.range.clone()], open.depth)),
                Step::Close { range, depth } => said.push(format!("{} {depth}", &text[range])),
                Step::Text { .. } => {}
            }
        }
        assert_eq!(
            said,
            ["<xml> 0", "<font> 1", "<br> 2", "<br/> 2", "<br> 2", "</font> 1", "<x:A/> 1", "</xml> 0"]
        );
        assert!(Scan::vml("p", "<xml></font>").next().unwrap().is_some());
    }

    #[test]
    fn a_walk_can_begin_inside_the_root() {
        let text = "<a><b/><c>1</c></a>";
        let mut scan = Scan::inside_root("p", text, 7);
        let Some(Step::Open(open)) = scan.next().unwrap() else { panic!() };
        assert_eq!((&text[open.range.clone()], open.depth), ("<c>", 1));
        assert_eq!(scan.skip(&open).unwrap(), 11..15);
        assert!(matches!(scan.next().unwrap(), Some(Step::Close { depth: 0, .. })));
        assert!(scan.next().unwrap().is_none());
    }

    #[test]
    fn an_end_found_at_a_glance_is_the_end_that_a_walk_finds() {
        for text in [
            "<r><a><b/>x</a><c/></r>",
            "\u{feff}<r>\n<a x='1'></a ><c/></r>",
            "<r><a/><c/></r>",
            "<r><a><!-- </a> --></a><c/></r>",
            "<r><a><![CDATA[</a>]]></a><c/></r>",
            "<r><a><a/></a><c/></r>",
            "<r><a></ab></a><c/></r>",
        ] {
            let walk = |glance: bool| {
                let mut scan = Scan::new("p", text);
                let mut seen = Vec::new();
                while let Some(step) = scan.next()? {
                    match step {
                        Step::Open(open) if open.local() == "a" => {
                            let end = if glance { scan.skip_at_a_glance(&open) } else { scan.skip(&open) }?;
                            seen.push((end, open.depth));
                        }
                        Step::Open(open) => seen.push((open.range, open.depth)),
                        Step::Close { range, depth } => seen.push((range, depth)),
                        Step::Text { .. } => {}
                    }
                }
                Ok::<_, NotSafe>(seen)
            };
            match (walk(true), walk(false)) {
                (Ok(glance), Ok(walked)) => assert_eq!(glance, walked, "{text}"),
                // An end of nothing stands inside.
                (glance, walked) => assert!(glance.is_err() && walked.is_err(), "{text}"),
            }
        }
    }

    #[test]
    fn what_is_not_safe_is_refused() {
        for (text, said) in [
            ("<a><b></a>", "cannot be followed"),
            ("<a>", "cannot be followed"),
            ("<a>&nope;</a>", "cannot be followed"),
            ("<!DOCTYPE a><a/>", "document type"),
            ("<?xml version='1.0' encoding='UTF-16'?><a/>", "not written in UTF-8"),
        ] {
            let mut scan = Scan::new("p", text);
            let fault = loop {
                match scan.next() {
                    Ok(Some(_)) => {}
                    Ok(None) => panic!("{text} passed"),
                    Err(fault) => break fault,
                }
            };
            assert!(fault.to_string().contains(said), "{fault}");
        }
    }
}
