//! The relationships of a part.

use std::ops::Range;

use super::Package;
use super::names::{relationships_of, relative, resolve};
use crate::output::write_back::not_safe::NotSafe;
use crate::output::write_back::xml::{Scan, Splices, Step, attribute_value};

/// Where the kinds of relationships of ordinary packages begin.
pub const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The same for strict packages.
pub const STRICT: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";
const NAMESPACE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// One relationship.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relationship {
    /// Its id.
    pub id: String,
    /// The last word of its kind, such as `worksheet`.
    pub kind: String,
    /// The part it leads to; for an external one the target as written.
    pub target: String,
    /// Whether it leads out of the package.
    pub external: bool,
    range: Range<usize>,
}

/// The relationships of one part.
#[derive(Debug)]
pub struct Relationships {
    source: String,
    part: String,
    text: String,
    end: usize,
    prefix: String,
    list: Vec<Relationship>,
    splices: Splices,
}

impl Relationships {
    /// Those of `source`, none when it has no part for them; those of the package itself for an empty name.
    ///
    /// # Errors
    ///
    /// When they cannot be followed.
    pub fn read(package: &mut Package<'_>, source: &str) -> Result<Self, NotSafe> {
        let part = relationships_of(source);
        let mut text = package.text(&part)?.unwrap_or_else(|| {
            format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"{NAMESPACE}\"></Relationships>")
        });
        let mut list = Vec::new();
        let (mut end, mut prefix, mut empty_root) = (0, String::new(), None);
        let mut scan = Scan::new(&part, &text);
        while let Some(step) = scan.next()? {
            match step {
                Step::Open(open) if open.depth == 0 => {
                    if open.local() != "Relationships" {
                        return Err(scan.not_understood(open.local()));
                    }
                    prefix = open.prefix();
                    empty_root =
                        open.empty.then(|| (open.range.end, open.element.name().as_ref().to_string()));
                }
                Step::Open(open) if open.depth == 1 && open.local() == "Relationship" => {
                    let external = open
                        .attribute("TargetMode")
                        .is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
                    let target = open.attribute("Target").unwrap_or_default();
                    let target = match external {
                        true => target,
                        false => resolve(source, &target)
                            .ok_or_else(|| scan.not_understood("a target outside of the package"))?,
                    };
                    let close = scan.skip(&open)?;
                    list.push(Relationship {
                        id: open.attribute("Id").unwrap_or_default(),
                        kind: last_word(&open.attribute("Type").unwrap_or_default()),
                        target,
                        external,
                        range: open.range.start..close.end,
                    });
                }
                Step::Close { range, depth: 0 } => end = range.start,
                _ => {}
            }
        }
        if let Some((behind, name)) = empty_root {
            // `<Relationships/>` becomes a pair of tags, so that there is a place between them.
            text.replace_range(behind - 2..behind, &format!("></{name}>"));
            end = behind - 1;
        }
        Ok(Self { source: source.to_string(), part, text, end, prefix, list, splices: Splices::default() })
    }

    /// All that were there.
    pub fn list(&self) -> &[Relationship] {
        &self.list
    }

    /// The first part inside the package that a relationship of that kind leads to.
    pub fn of_kind(&self, kind: &str) -> Option<&Relationship> {
        self.list.iter().find(|own| own.kind == kind && !own.external)
    }

    /// Adds one to `target` and gives its id. `kind` is the whole kind.
    pub fn add(&mut self, kind: &str, target: &str) -> String {
        let mut number = self.list.len() + 1;
        let mut id = format!("rId{number}");
        while self.list.iter().any(|own| own.id.eq_ignore_ascii_case(&id)) {
            number += 1;
            id = format!("rId{number}");
        }
        let written = format!(
            "<{}Relationship Id=\"{id}\" Type=\"{}\" Target=\"{}\"/>",
            self.prefix,
            attribute_value(kind),
            attribute_value(&relative(&self.source, target).replace(' ', "%20"))
        );
        self.list.push(Relationship {
            id: id.clone(),
            kind: last_word(kind),
            target: target.to_string(),
            external: false,
            range: 0..0,
        });
        self.splices.insert(self.end, written);
        id
    }

    /// Takes out those that `unwanted` names.
    pub fn remove(&mut self, unwanted: impl Fn(&Relationship) -> bool) {
        let (gone, kept) = std::mem::take(&mut self.list).into_iter().partition(|own| unwanted(own));
        self.list = kept;
        let gone: Vec<Relationship> = gone;
        for own in gone.iter().filter(|own| !own.range.is_empty()) {
            self.splices.remove(own.range.clone());
        }
    }

    /// Puts them back into the package, where anything has changed.
    ///
    /// # Errors
    ///
    /// When the changes do not go together.
    pub fn store(self, package: &mut Package<'_>) -> Result<(), NotSafe> {
        if !self.splices.is_empty() {
            let written = self.splices.apply(&self.part, &self.text)?;
            package.put(&self.part, written);
        }
        Ok(())
    }
}

fn last_word(kind: &str) -> String {
    kind.rsplit('/').next().unwrap_or_default().to_string()
}
