//! The shared strings: new ones are appended, those that are there keep their numbers.

use std::collections::BTreeMap;
use std::ops::Range;

use memchr::memmem;

use super::book::Root;
use super::not_safe::NotSafe;
use super::package::Package;
use super::xml::{DECLARATION, Element, Open, Scan, Splices, Step, string_text};

/// The shared strings of a workbook, and those that are added.
#[derive(Debug)]
pub struct SharedStrings {
    part: String,
    text: String,
    prefix: String,
    root: Element,
    /// The bytes of each item.
    there: Vec<Range<usize>>,
    count: Option<usize>,
    unique: Option<usize>,
    added: Vec<String>,
    known: BTreeMap<String, usize>,
    uses: usize,
    /// Where extensions begin, which stay last.
    extensions: Option<usize>,
}

impl SharedStrings {
    /// Reads the part; one that is not there yet is made, in that namespace, when they are stored.
    ///
    /// # Errors
    ///
    /// When it cannot be followed.
    pub fn read(package: &mut Package<'_>, part: &str, namespace: &str) -> Result<Self, NotSafe> {
        let text = package.text(part)?.unwrap_or_else(|| {
            format!("{DECLARATION}<sst xmlns=\"{namespace}\" count=\"0\" uniqueCount=\"0\"></sst>")
        });
        let mut scan = Scan::new(part, &text);
        let (mut root, mut there) = (None, Vec::new());
        let (mut first, mut extensions) = (None, None);
        while let Some(step) = scan.next()? {
            match step {
                Step::Open(open) if open.depth == 0 => {
                    let own = Root::of(&scan, &open)?;
                    if open.local() != "sst" {
                        return Err(scan.not_understood(open.local()));
                    }
                    if open.empty {
                        root = Some(open.place(&(open.range.end..open.range.end)));
                    }
                    // Most parts hold nothing but items, thousands of them, and need not be followed tag by tag.
                    if let Some((items, close)) = items_alone(&text, &open, &own.prefix) {
                        there = items;
                        root = Some(open.place(&close));
                        first = Some((open, own.prefix));
                        break;
                    }
                    first = Some((open, own.prefix));
                }
                Step::Open(open) if open.depth == 1 && open.local() == "si" => {
                    let close = scan.skip(&open)?;
                    there.push(open.range.start..close.end);
                }
                Step::Open(open) if open.depth == 1 => {
                    if open.local() != "extLst" {
                        return Err(scan.not_understood(open.local()));
                    }
                    extensions.get_or_insert(open.range.start);
                }
                Step::Close { range, depth: 0 } => root = first.as_ref().map(|(open, _)| open.place(&range)),
                _ => {}
            }
        }
        let (Some((open, prefix)), Some(root)) = (first, root) else {
            return Err(NotSafe::not_understood(part, "no shared strings"));
        };
        let (count, unique) = (open.number("count"), open.number("uniqueCount"));
        Ok(Self {
            part: part.to_string(),
            prefix,
            root,
            there,
            count,
            unique,
            added: Vec::new(),
            known: BTreeMap::new(),
            uses: 0,
            extensions,
            text,
        })
    }

    /// An item that was there before, as written.
    pub fn item(&self, number: usize) -> Option<&str> {
        self.text.get(self.there.get(number)?.clone())
    }

    /// The number of a text, which is added where it has not been added yet.
    pub fn add(&mut self, text: &str) -> usize {
        let p = &self.prefix;
        self.add_item(format!("<{p}si><{p}t xml:space=\"preserve\">{}</{p}t></{p}si>", string_text(text)))
    }

    /// The number of a whole item, which is added where it has not been added yet.
    pub fn add_item(&mut self, item: String) -> usize {
        self.uses += 1;
        if let Some(known) = self.known.get(&item) {
            return *known;
        }
        let index = self.there.len() + self.added.len();
        self.known.insert(item.clone(), index);
        self.added.push(item);
        index
    }

    /// Puts the part back into the package, where anything was added.
    ///
    /// # Errors
    ///
    /// When the changes do not go together.
    pub fn store(self, package: &mut Package<'_>) -> Result<(), NotSafe> {
        if self.added.is_empty() {
            return Ok(());
        }
        let mut splices = Splices::default();
        // Wrong numbers are the provider's own; they are put right, as Excel does on saving.
        if let Some(count) = self.count {
            splices.set_attribute_of(&self.root, "count", &count.saturating_add(self.uses).to_string());
        }
        if self.unique.is_some() {
            let unique = self.there.len() + self.added.len();
            splices.set_attribute_of(&self.root, "uniqueCount", &unique.to_string());
        }
        match self.extensions {
            Some(at) => splices.insert(at, self.added.concat()),
            None => splices.append_to(&self.root, self.added.concat()),
        }
        let written = splices.apply(&self.part, &self.text)?;
        package.put(&self.part, written);
        Ok(())
    }
}

/// The items and the closing tag of a part that holds nothing else, neither comments, sections nor extensions; `None` where that
/// cannot be told at a glance.
fn items_alone(text: &str, open: &Open<'_>, prefix: &str) -> Option<(Vec<Range<usize>>, Range<usize>)> {
    let inside = text.get(open.range.end..)?.as_bytes();
    if open.empty || memmem::find(inside, b"<!").is_some() || memmem::find(inside, b"<?").is_some() {
        return None;
    }
    let item = format!("<{prefix}si");
    let item_end = format!("</{prefix}si>");
    let close = format!("</{prefix}sst>");
    let end_of_item = memmem::Finder::new(item_end.as_bytes());
    let mut items = Vec::new();
    let mut at = open.range.end;
    loop {
        let rest = text.get(at..)?;
        let start = at + (rest.len() - rest.trim_start().len());
        let rest = text.get(start..)?;
        if rest.starts_with(&close) {
            let end = start + close.len();
            return text.get(end..)?.trim().is_empty().then_some((items, start..end));
        }
        let tag = rest.strip_prefix(&item)?;
        at = if tag.starts_with("/>") {
            start + item.len() + 2
        } else if tag.starts_with('>') {
            start + end_of_item.find(rest.as_bytes())? + item_end.len()
        } else {
            return None;
        };
        items.push(start..at);
    }
}
