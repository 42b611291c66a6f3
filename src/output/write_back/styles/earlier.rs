//! Formats that an earlier copy of ours was given, told by their looks, and what they were before.

use std::collections::BTreeMap;
use std::ops::Range;

use super::looks::{self, MarkLook, child, rgb};
use super::sections::Sections;
use super::{Styles, respliced};
use crate::domain::rating::Rating;
use crate::output::palette::QUERY_FILL;
use crate::output::write_back::not_safe::NotSafe;
use crate::output::write_back::readable;
use crate::output::write_back::xml::{Open, Scan, Splices, Step};

/// What a format of ours covered up in a cell, as the part it was read from writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Covered {
    fill: Option<String>,
    font_colour: Option<String>,
    border: Option<String>,
    number_format: Option<String>,
}

impl Covered {
    /// Whether there is no fill, no border and no colour of text.
    #[cfg(test)]
    pub fn is_plain(&self) -> bool {
        let says = |text: &Option<String>, word: &str| text.as_ref().is_some_and(|own| own.contains(word));
        self.font_colour.is_none() && !says(&self.fill, "rgb=") && !says(&self.border, "style=")
    }
}

impl Styles {
    /// The formats that have the looks of ours, whichever program has saved them since.
    ///
    /// # Errors
    ///
    /// When a format cannot be followed.
    pub fn with_looks_of_ours(&self) -> Result<BTreeMap<usize, MarkLook>, NotSafe> {
        let looks: Vec<(MarkLook, Seen)> = every_look().map(|look| (look, Seen::of(look))).collect();
        let mut known: BTreeMap<[usize; 3], Option<MarkLook>> = BTreeMap::new();
        let mut ours = BTreeMap::new();
        for index in 0..self.sections.count("cellXfs") {
            let ids = self.ids(index)?;
            let look = match known.get(&ids) {
                Some(look) => *look,
                None => {
                    let seen = self.seen(ids)?;
                    let look = looks.iter().find(|(_, own)| own.shows(&seen)).map(|(look, _)| *look);
                    known.insert(ids, look);
                    look
                }
            };
            if let Some(look) = look {
                ours.insert(index, look);
            }
        }
        Ok(ours)
    }

    /// What a format shows where one of ours would cover it.
    ///
    /// # Errors
    ///
    /// When the format cannot be followed.
    pub fn covered(&self, format: usize) -> Result<Covered, NotSafe> {
        let part = self.sections.part();
        let [font, fill, border] = self.ids(format)?;
        let font_colour = match self.sections.member("fonts", font) {
            Some(font) => child(part, font, "color")?.map(|range| font[range].to_string()),
            None => None,
        };
        Ok(Covered {
            fill: self.sections.member("fills", fill).map(str::to_string),
            font_colour,
            border: self.sections.member("borders", border).map(str::to_string),
            number_format: looks::number_format_code(&self.sections, self.number_format(format)?)?,
        })
    }

    /// The format `index`, which has the look of ours, as it was before.
    ///
    /// # Errors
    ///
    /// When a format cannot be followed, or there is no room for one more.
    pub fn uncovered(&mut self, index: usize, look: MarkLook, before: &Covered) -> Result<usize, NotSafe> {
        let part = self.sections.part().to_string();
        let prefix = self.sections.prefix().to_string();
        let own = |text: &Option<String>| match text {
            Some(text) => reprefixed(&part, text, &prefix).map(Some),
            None => Ok(None),
        };
        let fill = own(&before.fill)?.map_or(0, |fill| self.sections.add("fills", fill));
        let border = match look.covers_border() {
            true => Some(own(&before.border)?.map_or(0, |border| self.sections.add("borders", border))),
            false => None,
        };
        let font = self.sections.member("fonts", self.ids(index)?[0]).unwrap_or_default().to_string();
        let mut splices = Splices::default();
        if let Some(range) = child(&part, &font, "color")? {
            splices.replace(range, own(&before.font_colour)?.unwrap_or_default());
        }
        let font = splices.apply(&part, &font)?;
        let font = self.sections.add("fonts", font);
        // The number format without its colours is the provider's own only in so far as it was made of one with them.
        let own_code = looks::number_format_code(&self.sections, self.number_format(index)?)?;
        let number_format = match &before.number_format {
            Some(code) if own_code.is_some() && readable::without_colours(code) == own_code => {
                Some(looks::number_format(&mut self.sections, code)?)
            }
            _ => None,
        };
        let format = self.sections.member("cellXfs", index).unwrap_or_default().to_string();
        let format = respliced(&part, &format, |open, splices| {
            splices.set_attribute(open, "fontId", &font.to_string());
            splices.set_attribute(open, "fillId", &fill.to_string());
            if let Some(border) = border {
                splices.set_attribute(open, "borderId", &border.to_string());
            }
            if let Some(number_format) = number_format {
                splices.set_attribute(open, "numFmtId", &number_format.to_string());
            }
        })?;
        self.add_format(format)
    }

    /// The numbers of a format's font, fill and border.
    fn ids(&self, format: usize) -> Result<[usize; 3], NotSafe> {
        let mut ids = [0; 3];
        if let Some(own) = self.sections.member("cellXfs", format) {
            respliced(self.sections.part(), own, |open, _| {
                ids = ["fontId", "fillId", "borderId"].map(|name| open.number(name).unwrap_or(0));
            })?;
        }
        Ok(ids)
    }

    fn number_format(&self, format: usize) -> Result<usize, NotSafe> {
        let mut id = 0;
        if let Some(own) = self.sections.member("cellXfs", format) {
            respliced(self.sections.part(), own, |open, _| id = open.number("numFmtId").unwrap_or(0))?;
        }
        Ok(id)
    }

    fn seen(&self, [font, fill, border]: [usize; 3]) -> Result<Seen, NotSafe> {
        Seen::read(&self.sections, font, fill, border)
    }
}

fn every_look() -> impl Iterator<Item = MarkLook> {
    // The one with a border of its own comes first: without, any border would do.
    let rated = Rating::ALL
        .into_iter()
        .flat_map(|rating| [true, false].map(|in_question| MarkLook { rating: Some(rating), in_question }));
    rated.chain([MarkLook { rating: None, in_question: true }])
}

/// As much of a format as tells whose it is.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    pattern: String,
    front: Option<String>,
    back: Option<String>,
    text: Option<String>,
    line: Option<(String, Option<String>)>,
}

impl Seen {
    fn of(look: MarkLook) -> Self {
        let (pattern, back) = match look.rating {
            Some(_) => ("solid", None),
            None => ("gray0625", Some(rgb(QUERY_FILL))),
        };
        Self {
            pattern: pattern.to_string(),
            front: Some(rgb(look.fill())),
            back,
            text: Some(rgb(look.text())),
            line: look.line().map(|(style, colour)| (style.to_string(), Some(rgb(colour)))),
        }
    }

    fn read(sections: &Sections, font: usize, fill: usize, border: usize) -> Result<Self, NotSafe> {
        let part = sections.part();
        let mut seen = Self { pattern: String::new(), front: None, back: None, text: None, line: None };
        let each = |element: Option<&str>, with: &mut dyn FnMut(&Open<'_>)| -> Result<(), NotSafe> {
            let mut scan = Scan::new(part, element.unwrap_or_default());
            while let Some(step) = scan.next()? {
                if let Step::Open(open) = step {
                    with(&open);
                }
            }
            Ok(())
        };
        let colour = |open: &Open<'_>| open.attribute("rgb").map(|own| own.to_uppercase());
        each(sections.member("fills", fill), &mut |open| match open.local() {
            "patternFill" => seen.pattern = open.attribute("patternType").unwrap_or_default(),
            "fgColor" => seen.front = colour(open),
            "bgColor" => seen.back = colour(open),
            _ => {}
        })?;
        each(sections.member("fonts", font), &mut |open| {
            if open.local() == "color" {
                seen.text = colour(open);
            }
        })?;
        let mut in_left = false;
        each(sections.member("borders", border), &mut |open| match open.local() {
            "left" | "start" => {
                in_left = true;
                seen.line = open.attribute("style").map(|style| (style, None));
            }
            "color" if in_left => {
                if let Some((_, own)) = &mut seen.line {
                    *own = colour(open);
                }
                in_left = false;
            }
            _ => in_left = false,
        })?;
        Ok(seen)
    }

    /// Whether `other` has all that this look gives a cell.
    fn shows(&self, other: &Seen) -> bool {
        self.pattern == other.pattern
            && self.front == other.front
            && (self.back.is_none() || self.back == other.back)
            && self.text == other.text
            && (self.line.is_none() || self.line == other.line)
    }
}

/// An element with another prefix on all its names.
fn reprefixed(part: &str, element: &str, prefix: &str) -> Result<String, NotSafe> {
    let mut scan = Scan::new(part, element);
    let mut splices = Splices::default();
    let mut name = |start: usize, written: &str| {
        let own = written.split_once(':').map_or(0, |(own, _)| own.len() + 1);
        splices.replace(start..start + own, prefix);
    };
    while let Some(step) = scan.next()? {
        match step {
            Step::Open(open) => name(open.range.start + 1, open.element.name().as_ref()),
            Step::Close { range, .. } => {
                let Range { start, end } = range;
                name(start + 2, element.get(start + 2..end).unwrap_or_default());
            }
            Step::Text { .. } => {}
        }
    }
    splices.apply(part, element)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::write_back::book::SPREADSHEET;

    fn styles(formats: &str) -> Styles {
        let text = format!("<styleSheet xmlns=\"{SPREADSHEET}\">{formats}</styleSheet>");
        Styles::of_text("xl/styles.xml", text).unwrap()
    }

    #[test]
    fn every_look_of_ours_is_known_again_and_taken_off() {
        let provider = "<fonts count=\"2\"><font><sz val=\"11\"/></font><font><b/><sz val=\"9\"/><color theme=\"1\"/></font></fonts>\
             <fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>\
             <fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF00FF00\"/></patternFill></fill></fills>\
             <borders count=\"2\"><border><left/></border><border><left style=\"thin\"><color auto=\"1\"/></left></border></borders>\
             <cellXfs count=\"2\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>\
             <xf numFmtId=\"10\" fontId=\"1\" fillId=\"2\" borderId=\"1\" applyNumberFormat=\"1\"><alignment horizontal=\"center\"/></xf></cellXfs>";
        for look in every_look() {
            for base in [0, 1] {
                let mut own = styles(provider);
                assert!(own.with_looks_of_ours().unwrap().is_empty());
                let before = own.covered(base).unwrap();
                let format = own.marked(base, look).unwrap();
                let found = own.with_looks_of_ours().unwrap();
                let as_seen = *found.get(&format).unwrap_or_else(|| panic!("{look:?}"));
                assert_eq!(as_seen.fill(), look.fill());
                let restored = own.uncovered(format, look, &before).unwrap();
                assert_eq!(own.covered(restored).unwrap().fill, before.fill, "{look:?}");
                assert_eq!(own.covered(restored).unwrap().font_colour, before.font_colour);
                assert_eq!(own.covered(restored).unwrap().border, before.border);
                let written = own.sections.member("cellXfs", restored).unwrap();
                assert_eq!(written.contains("horizontal=\"center\""), base == 1, "all else stays");
            }
        }
    }

    #[test]
    fn prefixes_are_those_of_the_part() {
        for (element, prefix, written) in [
            ("<x:fill><x:patternFill a='1'/></x:fill>", "", "<fill><patternFill a='1'/></fill>"),
            ("<fill><patternFill/></fill>", "y:", "<y:fill><y:patternFill/></y:fill>"),
        ] {
            assert_eq!(reprefixed("a", element, prefix).unwrap(), written);
        }
    }
}
