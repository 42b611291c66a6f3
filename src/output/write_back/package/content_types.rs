//! `[Content_Types].xml`: what each part is.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Package;
use super::names::key;
use crate::output::write_back::not_safe::NotSafe;
use crate::output::write_back::xml::{Scan, Splices, Step, attribute_value};

const PART: &str = "[Content_Types].xml";

/// The content types of a package.
#[derive(Debug)]
pub struct ContentTypes {
    text: String,
    prefix: String,
    end: usize,
    /// Type and the bytes of the whole element, by extension.
    defaults: BTreeMap<String, (String, Range<usize>)>,
    /// Type, the bytes of its value and those of the whole element, by the part's key.
    overrides: BTreeMap<String, Override>,
    splices: Splices,
}

#[derive(Debug)]
struct Override {
    kind: String,
    value: Range<usize>,
    whole: Range<usize>,
}

impl ContentTypes {
    /// Those of the package.
    ///
    /// # Errors
    ///
    /// When there are none, or they cannot be followed.
    pub fn read(package: &mut Package<'_>) -> Result<Self, NotSafe> {
        let text = package.needed(PART)?;
        let (mut prefix, mut end) = (String::new(), 0);
        let (mut defaults, mut overrides) = (BTreeMap::new(), BTreeMap::new());
        let mut scan = Scan::new(PART, &text);
        while let Some(step) = scan.next()? {
            match step {
                Step::Open(open) if open.depth == 0 => {
                    if open.local() != "Types" || open.empty {
                        return Err(scan.not_understood(open.local()));
                    }
                    prefix = open.prefix();
                }
                Step::Open(open) if open.depth == 1 => {
                    let kind = open.attribute("ContentType").unwrap_or_default();
                    let close = scan.skip(&open)?;
                    match open.local() {
                        "Default" => {
                            let extension = open.attribute("Extension").unwrap_or_default();
                            let whole = open.range.start..close.end;
                            defaults.insert(extension.to_lowercase(), (kind, whole));
                        }
                        "Override" => {
                            let name = key(&open.attribute("PartName").unwrap_or_default());
                            let value = open
                                .value_range("ContentType")
                                .ok_or_else(|| scan.not_understood("a part without a content type"))?;
                            let whole = open.range.start..close.end;
                            overrides.insert(name, Override { kind, value, whole });
                        }
                        _ => {}
                    }
                }
                Step::Close { range, depth: 0 } => end = range.start,
                _ => {}
            }
        }
        Ok(Self { text, prefix, end, defaults, overrides, splices: Splices::default() })
    }

    /// What `part` is said to be.
    pub fn of(&self, part: &str) -> Option<&str> {
        let key = key(part);
        match self.overrides.get(&key) {
            Some(own) => Some(&own.kind),
            None => {
                let (_, extension) = key.rsplit_once('.')?;
                self.defaults.get(extension).map(|(kind, _)| kind.as_str())
            }
        }
    }

    /// Whether the part is named, and not only its extension.
    pub fn is_named(&self, part: &str) -> bool {
        self.overrides.contains_key(&key(part))
    }

    /// Says of `part` that it is `kind`.
    pub fn set(&mut self, part: &str, kind: &str) {
        if self.of(part) == Some(kind) {
            return;
        }
        match self.overrides.get_mut(&key(part)) {
            Some(own) if !own.value.is_empty() => {
                self.splices.replace(own.value.clone(), attribute_value(kind));
                own.kind = kind.to_string();
            }
            _ => {
                self.splices.insert(
                    self.end,
                    format!(
                        "<{}Override PartName=\"/{}\" ContentType=\"{}\"/>",
                        self.prefix,
                        attribute_value(&part.replace(' ', "%20")),
                        attribute_value(kind)
                    ),
                );
                let own = Override { kind: kind.to_string(), value: 0..0, whole: 0..0 };
                self.overrides.insert(key(part), own);
            }
        }
    }

    /// Says nothing of `part` any more.
    pub fn remove(&mut self, part: &str) {
        if let Some(own) = self.overrides.remove(&key(part)).filter(|own| !own.whole.is_empty()) {
            self.splices.remove(own.whole);
        }
    }

    /// Says nothing any more of what the parts of an extension are, where it was `kind` and every part that there is
    /// has a type of its own.
    pub fn remove_default(&mut self, package: &Package<'_>, extension: &str, kind: &str) {
        let is_told = self.defaults.get(extension).is_some_and(|(own, _)| own == kind);
        let needed = || {
            package.parts().map(key).any(|part| {
                part.rsplit_once('.').is_some_and(|(_, own)| own == extension)
                    && !self.overrides.contains_key(&part)
            })
        };
        if is_told
            && !needed()
            && let Some((_, whole)) = self.defaults.remove(extension)
        {
            self.splices.remove(whole);
        }
    }

    /// Puts them back into the package, where anything has changed.
    ///
    /// # Errors
    ///
    /// When the changes do not go together.
    pub fn store(self, package: &mut Package<'_>) -> Result<(), NotSafe> {
        if !self.splices.is_empty() {
            let written = self.splices.apply(PART, &self.text)?;
            package.put(PART, written);
        }
        Ok(())
    }
}
