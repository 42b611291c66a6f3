//! Named looks of an OpenDocument spreadsheet: cell, row, column and table styles, and the number formats they use.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};

use super::codes::Code;
use crate::domain::workbook::Look;
use crate::intake::reading::number_format::{Meaning, meaning};
use crate::intake::reading::refusal::{Limit, NotRead};
use crate::intake::reading::xml::{Xml, attribute, attributes};
use crate::intake::reading::{MAX_FORMAT_TEXT, MAX_FORMATS};

/// Most styles one leads to by its parents; real ones have two or three.
const DEEPEST: usize = 16;

/// A cell format, with what it makes of a number.
pub(super) type Format = (Arc<Look>, Meaning);

/// A style as written: what it does not say, its parent says.
#[derive(Debug, Clone, Default)]
struct Style {
    parent: Option<String>,
    code: Option<String>,
    bold: Option<bool>,
    italic: Option<bool>,
    wrap: Option<bool>,
    centred: Option<bool>,
    border: Option<bool>,
    /// Within: none for a transparent one.
    fill: Option<Option<u32>>,
    font_colour: Option<u32>,
}

/// The styles of both parts of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    codes: BTreeMap<String, String>,
    cells: BTreeMap<String, Style>,
    default: Style,
    /// Tables that are not shown.
    hidden_tables: BTreeMap<String, bool>,
    /// Height in points where it is set by hand.
    rows: BTreeMap<String, f64>,
    /// Width in points.
    columns: BTreeMap<String, f64>,
    looks: BTreeMap<String, Format>,
}

/// The style whose elements are being read.
enum Open {
    Cell(String, Style),
    Default(Style),
    Row(String, Option<f64>, bool),
    Column(String),
    Table(String),
    Other,
}

impl Styles {
    /// Reads a part, or a part's beginning up to its body, which it says is there.
    pub(super) fn read<R: BufRead>(&mut self, xml: &mut Xml<R>) -> Result<bool, NotRead> {
        let mut open = Open::Other;
        let mut code: Option<(String, Code)> = None;
        let mut fault = None;
        while let Some(event) = xml.next()? {
            match event {
                Event::Start(element) => {
                    let name = element.local_name();
                    let name = name.as_ref();
                    match (name, &mut code) {
                        ("spreadsheet", _) => return Ok(true),
                        ("style", None) => open = opened(&element),
                        ("default-style", None) => {
                            let of_cells = attribute(&element, "family").as_deref() == Some("table-cell");
                            open = if of_cells { Open::Default(Style::default()) } else { Open::Other };
                        }
                        (_, None) => {
                            if let Some(begun) = Code::begin(name, &element) {
                                code = Some((attribute(&element, "name").unwrap_or_default(), begun));
                            } else if name.ends_with("-properties") {
                                self.properties(&mut open, name, &element);
                            }
                        }
                        (name, Some((_, code))) => code.element(name, &element),
                    }
                }
                Event::Text(text) => {
                    if let Some((_, code)) = &mut code {
                        code.text(&text.xml10_content());
                    }
                }
                Event::GeneralRef(entity) => {
                    if let Some((_, code)) = &mut code {
                        code.text(&super::text::entity(&entity));
                    }
                }
                Event::End(element) => match element.local_name().as_ref() {
                    "style" | "default-style" if code.is_none() => {
                        self.close(std::mem::replace(&mut open, Open::Other));
                    }
                    name if Code::is_kind(name) => {
                        if let Some((name, code)) = code.take() {
                            let written = code.finish(&self.codes);
                            if written.len() > MAX_FORMAT_TEXT {
                                fault = Some(Limit::FormatText);
                            }
                            self.codes.insert(name, written);
                        }
                    }
                    name => {
                        if let Some((_, code)) = &mut code {
                            code.end(name);
                        }
                    }
                },
                _ => {}
            }
            if let Some(limit) = fault.take() {
                return Err(NotRead::TooLarge(limit));
            }
            let most = [self.codes.len(), self.cells.len(), self.rows.len(), self.columns.len()];
            if most.into_iter().any(|count| count > MAX_FORMATS) {
                return Err(NotRead::TooLarge(Limit::Formats));
            }
        }
        Ok(false)
    }

    fn properties(&mut self, open: &mut Open, name: &str, element: &BytesStart) {
        match (open, name) {
            (Open::Cell(_, style) | Open::Default(style), _) => style.properties(element),
            (Open::Row(_, height, by_hand), "table-row-properties") => {
                for (name, value) in attributes(element) {
                    match name {
                        "row-height" => *height = points(&value),
                        "use-optimal-row-height" => *by_hand = value == "false",
                        _ => {}
                    }
                }
            }
            (Open::Column(name), "table-column-properties") => {
                if let Some(width) = attribute(element, "column-width").as_deref().and_then(points) {
                    self.columns.insert(name.clone(), width);
                }
            }
            (Open::Table(name), "table-properties") => {
                let hidden = attribute(element, "display").as_deref() == Some("false");
                self.hidden_tables.insert(name.clone(), hidden);
            }
            _ => {}
        }
    }

    fn close(&mut self, open: Open) {
        match open {
            Open::Cell(name, style) => {
                self.cells.insert(name, style);
            }
            Open::Default(style) => self.default = style,
            Open::Row(name, Some(height), true) => {
                self.rows.insert(name, height);
            }
            _ => {}
        }
    }

    /// The look of cells of that style.
    pub(super) fn look(&mut self, name: &str) -> Format {
        if let Some(format) = self.looks.get(name) {
            return format.clone();
        }
        let format = self.resolve(name);
        self.looks.insert(name.to_string(), format.clone());
        format
    }

    fn resolve(&self, name: &str) -> Format {
        let mut chain = Vec::new();
        let mut next = Some(name);
        while let Some(style) = next.and_then(|name| self.cells.get(name)).filter(|_| chain.len() < DEEPEST) {
            chain.push(style);
            next = style.parent.as_deref();
        }
        chain.push(&self.default);
        let first =
            |of: fn(&Style) -> Option<bool>| chain.iter().find_map(|style| of(style)).unwrap_or(false);
        let code = chain.iter().find_map(|style| self.codes.get(style.code.as_deref()?));
        let code = code.map_or("General", String::as_str);
        let look = Look {
            number_format: code.to_string(),
            bold: first(|style| style.bold),
            italic: first(|style| style.italic),
            wrap: first(|style| style.wrap),
            fill: chain.iter().find_map(|style| style.fill).flatten(),
            font_colour: chain.iter().find_map(|style| style.font_colour),
            border: first(|style| style.border),
            centred: first(|style| style.centred),
        };
        (Arc::new(look), meaning(code))
    }

    /// Whether tables of that style are not shown.
    pub(super) fn hides_table(&self, name: &str) -> bool {
        self.hidden_tables.get(name).copied().unwrap_or_default()
    }

    /// Height in points of rows of that style, where it is set by hand.
    pub(super) fn row_height(&self, name: &str) -> Option<f64> {
        self.rows.get(name).copied()
    }

    /// Width in characters of columns of that style.
    pub(super) fn column_width(&self, name: &str) -> Option<f64> {
        // A character of Excel's usual font is 7 pixels of 0.75 points wide.
        self.columns.get(name).map(|width| width / 5.25)
    }
}

impl Style {
    fn properties(&mut self, element: &BytesStart) {
        for (name, value) in attributes(element) {
            match name {
                "font-weight" => {
                    self.bold = Some(value == "bold" || value.parse().is_ok_and(|weight: u32| weight >= 600))
                }
                "font-style" => self.italic = Some(value == "italic" || value == "oblique"),
                "color" => self.font_colour = colour(&value),
                "background-color" => self.fill = Some(colour(&value)),
                "wrap-option" => self.wrap = Some(value == "wrap"),
                "text-align" => self.centred = Some(value == "center"),
                "border" | "border-top" | "border-bottom" | "border-left" | "border-right" => {
                    let visible = !matches!(&*value, "none" | "hidden");
                    // One visible side makes a border, whatever the others say.
                    self.border = Some(visible || (name != "border" && self.border == Some(true)));
                }
                _ => {}
            }
        }
    }
}

fn opened(element: &BytesStart) -> Open {
    let name = attribute(element, "name").unwrap_or_default();
    match attribute(element, "family").as_deref() {
        Some("table-cell") => {
            let style = Style {
                parent: attribute(element, "parent-style-name"),
                code: attribute(element, "data-style-name"),
                ..Style::default()
            };
            Open::Cell(name, style)
        }
        Some("table-row") => Open::Row(name, None, false),
        Some("table-column") => Open::Column(name),
        Some("table") => Open::Table(name),
        _ => Open::Other,
    }
}

fn colour(written: &str) -> Option<u32> {
    let digits = written.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    u32::from_str_radix(digits, 16).ok()
}

/// A length in points.
fn points(written: &str) -> Option<f64> {
    let unit = written.find(|mark: char| mark.is_ascii_alphabetic())?;
    let (number, unit) = written.split_at(unit);
    let size = match unit {
        "pt" => 1.0,
        "in" => 72.0,
        "cm" => 72.0 / 2.54,
        "mm" => 72.0 / 25.4,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * size)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn styles(inner: &str) -> Styles {
        let part = format!("<office:document-styles>{inner}</office:document-styles>");
        let mut styles = Styles::default();
        styles.read(&mut Xml::new(part.as_bytes(), "styles.xml")).unwrap();
        styles
    }

    #[test]
    fn a_style_says_what_its_parents_say() {
        let mut styles = styles(
            "<style:default-style style:family=\"table-cell\"><style:text-properties fo:font-style=\"italic\"/></style:default-style>\
             <number:percentage-style style:name=\"N1\"><number:number number:decimal-places=\"1\" number:min-integer-digits=\"1\"/><number:text>%</number:text></number:percentage-style>\
             <style:style style:name=\"Default\" style:family=\"table-cell\"><style:table-cell-properties fo:background-color=\"#ffc000\"/></style:style>\
             <style:style style:name=\"ce1\" style:family=\"table-cell\" style:parent-style-name=\"Default\" style:data-style-name=\"N1\">\
               <style:table-cell-properties fo:border-left=\"0.5pt solid #000000\" fo:border-right=\"none\" fo:wrap-option=\"wrap\"/>\
               <style:text-properties fo:font-weight=\"bold\"/></style:style>\
             <style:style style:name=\"ce2\" style:family=\"table-cell\" style:parent-style-name=\"ce1\"><style:table-cell-properties fo:background-color=\"transparent\"/></style:style>\
             <style:style style:name=\"loop\" style:family=\"table-cell\" style:parent-style-name=\"loop\"/>",
        );
        let (look, meaning) = styles.look("ce1");
        assert_eq!((look.number_format.as_str(), meaning), ("0.0%", Meaning::Number));
        assert!(look.bold && look.italic && look.wrap && look.border && !look.centred);
        assert_eq!(look.fill, Some(0xffc000));
        assert_eq!(styles.look("ce2").0.fill, None);
        assert!(styles.look("ce2").0.percent_sign(0.5) == crate::domain::number_format::PercentSign::Scaling);
        assert_eq!(styles.look("loop").0.number_format, "General");
        assert_eq!(styles.look("unknown").0.number_format, "General");
    }

    #[test]
    fn measures_rows_columns_and_tables() {
        let styles = styles(
            "<style:style style:name=\"ro1\" style:family=\"table-row\"><style:table-row-properties style:row-height=\"1in\" style:use-optimal-row-height=\"false\"/></style:style>\
             <style:style style:name=\"ro2\" style:family=\"table-row\"><style:table-row-properties style:row-height=\"1in\" style:use-optimal-row-height=\"true\"/></style:style>\
             <style:style style:name=\"co1\" style:family=\"table-column\"><style:table-column-properties style:column-width=\"2.54cm\"/></style:style>\
             <style:style style:name=\"ta1\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>",
        );
        assert_eq!((styles.row_height("ro1"), styles.row_height("ro2")), (Some(72.0), None));
        assert_eq!(styles.column_width("co1"), Some(72.0 / 5.25));
        assert!(styles.hides_table("ta1") && !styles.hides_table("ta2"));
    }
}
