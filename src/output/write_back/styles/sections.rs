//! The lists of which a styles part is made.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::output::write_back::not_safe::NotSafe;
use crate::output::write_back::package::Package;
use crate::output::write_back::xml::{Element, Scan, Splices, Step};

/// The lists in the order in which they have to stand, with what each is a list of.
const ORDER: &[(&str, &str)] = &[
    ("numFmts", "numFmt"),
    ("fonts", "font"),
    ("fills", "fill"),
    ("borders", "border"),
    ("cellStyleXfs", "xf"),
    ("cellXfs", "xf"),
    ("cellStyles", "cellStyle"),
    ("dxfs", "dxf"),
    ("tableStyles", ""),
    ("colors", ""),
    ("extLst", ""),
];

/// The lists of one part and what is added to them.
#[derive(Debug)]
pub(super) struct Sections {
    part: String,
    text: String,
    prefix: String,
    root: Element,
    /// By name.
    there: BTreeMap<&'static str, Section>,
    added: BTreeMap<&'static str, Vec<String>>,
}

#[derive(Debug)]
struct Section {
    element: Element,
    members: Vec<Range<usize>>,
}

impl Sections {
    pub(super) fn read(part: &str, text: String) -> Result<Self, NotSafe> {
        let mut scan = Scan::new(part, &text);
        let (mut root, mut there) = (None, BTreeMap::new());
        let mut open_root = None;
        while let Some(step) = scan.next()? {
            match step {
                Step::Open(open) if open.depth == 0 => {
                    if open.local() != "styleSheet" || open.empty {
                        return Err(scan.not_understood(open.local()));
                    }
                    open_root = Some(open);
                }
                Step::Open(open) if open.depth == 1 => {
                    let Some((name, member)) = ORDER.iter().find(|(name, _)| *name == open.local()) else {
                        return Err(scan.not_understood(open.local()));
                    };
                    let mut members = Vec::new();
                    let close = if open.empty {
                        open.range.end..open.range.end
                    } else if member.is_empty() {
                        scan.skip(&open)?
                    } else {
                        read_members(&mut scan, member, &mut members)?
                    };
                    let section = Section { element: open.place(&close), members };
                    if there.insert(*name, section).is_some() {
                        return Err(scan.not_understood(format!("a second list {name}")));
                    }
                }
                Step::Close { range, depth: 0 } => {
                    root = open_root.as_ref().map(|open| (open.place(&range), open.prefix()));
                }
                _ => {}
            }
        }
        let (root, prefix) = root.ok_or_else(|| NotSafe::not_understood(part, "no styles"))?;
        Ok(Self { part: part.to_string(), prefix, root, there, added: BTreeMap::new(), text })
    }

    /// The prefix of the part's elements, with its colon.
    pub(super) fn prefix(&self) -> &str {
        &self.prefix
    }

    pub(super) fn part(&self) -> &str {
        &self.part
    }

    /// How many members a list has now.
    pub(super) fn count(&self, list: &'static str) -> usize {
        self.there.get(list).map_or(0, |own| own.members.len()) + self.added.get(list).map_or(0, Vec::len)
    }

    /// The member of that number as written.
    pub(super) fn member(&self, list: &'static str, index: usize) -> Option<&str> {
        let there = self.there.get(list).map_or(&[][..], |own| own.members.as_slice());
        match there.get(index) {
            Some(range) => self.text.get(range.clone()),
            None => self.added.get(list)?.get(index - there.len()).map(String::as_str),
        }
    }

    /// All members of a list, as written.
    pub(super) fn members(&self, list: &'static str) -> impl Iterator<Item = &str> {
        (0..self.count(list)).filter_map(move |index| self.member(list, index))
    }

    /// The number of a member that is added; one that was added before is not added twice.
    pub(super) fn add(&mut self, list: &'static str, member: String) -> usize {
        let before = self.there.get(list).map_or(0, |own| own.members.len());
        let added = self.added.entry(list).or_default();
        let index = added.iter().position(|own| *own == member).unwrap_or_else(|| {
            added.push(member);
            added.len() - 1
        });
        before + index
    }

    pub(super) fn store(self, package: &mut Package<'_>) -> Result<(), NotSafe> {
        let mut splices = Splices::default();
        for (position, (list, _)) in ORDER.iter().enumerate() {
            let Some(added) = self.added.get(list).filter(|added| !added.is_empty()) else { continue };
            let count = self.count(list);
            if let Some(own) = self.there.get(list) {
                splices.set_attribute_of(&own.element, "count", &count.to_string());
                splices.append_to(&own.element, added.concat());
            } else {
                let behind = ORDER.iter().skip(position + 1);
                let next =
                    behind.filter_map(|(name, _)| self.there.get(name)).map(|own| own.element.range.start);
                let at = next.min().unwrap_or(self.root.close);
                let tag = format!("{}{list}", self.prefix);
                splices.insert(at, format!("<{tag} count=\"{count}\">{}</{tag}>", added.concat()));
            }
        }
        if !splices.is_empty() {
            let written = splices.apply(&self.part, &self.text)?;
            package.put(&self.part, written);
        }
        Ok(())
    }
}

fn read_members(
    scan: &mut Scan<'_>,
    member: &str,
    members: &mut Vec<Range<usize>>,
) -> Result<Range<usize>, NotSafe> {
    loop {
        match scan.next()? {
            Some(Step::Open(open)) => {
                if open.local() != member {
                    return Err(scan.not_understood(open.local()));
                }
                let close = scan.skip(&open)?;
                members.push(open.range.start..close.end);
            }
            Some(Step::Close { range, depth: 1 }) => return Ok(range),
            Some(_) => {}
            None => return Err(scan.damaged("it ends too early")),
        }
    }
}
