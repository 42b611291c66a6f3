//! What the formats that are added look like.

use std::ops::Range;

use super::respliced;
use super::sections::Sections;
use crate::domain::rating::Rating;
use crate::output::palette::{HEADING_FILL, INK, PAPER, QUERY_FILL, swatch};
use crate::output::workbooks::formats::{LINK, QUERY_LINE, TABLE_LINE};
use crate::output::write_back::not_safe::NotSafe;
use crate::output::write_back::readable;
use crate::output::write_back::xml::{Scan, Splices, Step, attribute_value};

/// First number of a number format that is a workbook's own.
const FIRST_OWN_NUMBER_FORMAT: usize = 164;
/// Excel's own number formats that show negative numbers in red.
const RED_NUMBER_FORMATS: [(usize, &str); 4] = [
    (6, "\"£\"#,##0;[Red]\\-\"£\"#,##0"),
    (8, "\"£\"#,##0.00;[Red]\\-\"£\"#,##0.00"),
    (38, "#,##0;[Red]\\-#,##0"),
    (40, "#,##0.00;[Red]\\-#,##0.00"),
];

/// How a marked cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MarkLook {
    /// The rating whose colours the cell has.
    pub rating: Option<Rating>,
    /// Whether it is in question.
    pub in_question: bool,
}

/// How a cell of the feedback sheet looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SheetLook {
    /// The title.
    Title,
    /// The heading above a table.
    Heading,
    /// A sentence that runs on.
    Sentence,
    /// A cell of a header row.
    Header,
    /// A cell of a table.
    Body,
    /// A cell that leads to another.
    Link,
    /// A cell in the colours of a rating.
    Rating(Rating),
    /// An empty cell to be filled in.
    Response,
}

impl MarkLook {
    /// Fill of the cell as 0xRRGGBB, of its first colour where it has a pattern.
    pub fn fill(self) -> u32 {
        match self.rating {
            Some(rating) => swatch(rating).fill.unwrap_or(PAPER),
            None => QUERY_LINE,
        }
    }

    /// Colour of its text.
    pub fn text(self) -> u32 {
        self.rating.map_or(INK, |rating| swatch(rating).text)
    }

    /// Whether it has a border of its own.
    pub fn covers_border(self) -> bool {
        self.line().is_some()
    }

    /// Its border's style and colour; `None` leaves the cell's own.
    pub(super) fn line(self) -> Option<(&'static str, u32)> {
        match (self.rating, self.in_question) {
            (Some(_), true) => Some(("thick", QUERY_LINE)),
            (None, _) => Some(("medium", QUERY_LINE)),
            (Some(rating), false) => swatch(rating).fill.is_none().then_some(("dashed", INK)),
        }
    }
}

/// The first members, which every list has to have.
pub(super) fn set_defaults(sections: &mut Sections) {
    let p = sections.prefix().to_string();
    let defaults: [(&'static str, Vec<String>); 6] = [
        (
            "fonts",
            vec![format!(
                "<{p}font><{p}sz val=\"11\"/><{p}name val=\"Calibri\"/><{p}family val=\"2\"/></{p}font>"
            )],
        ),
        (
            "fills",
            ["none", "gray125"]
                .map(|kind| format!("<{p}fill><{p}patternFill patternType=\"{kind}\"/></{p}fill>"))
                .to_vec(),
        ),
        (
            "borders",
            vec![format!("<{p}border><{p}left/><{p}right/><{p}top/><{p}bottom/><{p}diagonal/></{p}border>")],
        ),
        ("cellStyleXfs", vec![format!("<{p}xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>")]),
        (
            "cellXfs",
            vec![format!("<{p}xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>")],
        ),
        ("cellStyles", vec![format!("<{p}cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/>")]),
    ];
    for (list, members) in defaults {
        if sections.count(list) == 0 {
            for member in members {
                sections.add(list, member);
            }
        }
    }
}

/// The format `base` with the look of a mark; all else of it stays.
pub(super) fn marked(sections: &mut Sections, base: usize, look: MarkLook) -> Result<String, NotSafe> {
    let part = sections.part().to_string();
    // A number beyond the list is read as the plain format by Excel.
    let own = sections.member("cellXfs", base).or_else(|| sections.member("cellXfs", 0)).unwrap_or_default();
    let own = own.to_string();
    let mut ids = [0; 3];
    let mut number_format = 0;
    respliced(&part, &own, |open, _| {
        ids = ["fontId", "fillId", "borderId"].map(|name| open.number(name).unwrap_or(0));
        number_format = open.number("numFmtId").unwrap_or(0);
    })?;
    let font = sections.member("fonts", ids[0]).or_else(|| sections.member("fonts", 0)).unwrap_or_default();
    let font = coloured_font(&part, font, look.text())?;
    let font = sections.add("fonts", font);
    let fill = sections.add("fills", fill(sections.prefix(), look));
    let border = match look.line() {
        Some((style, colour)) => {
            let own = sections.member("borders", ids[2]).map(str::to_string);
            let diagonal = match &own {
                Some(own) => child(&part, own, "diagonal")?.map(|range| own[range].to_string()),
                None => None,
            };
            let border = border(sections.prefix(), style, colour, diagonal);
            Some(sections.add("borders", border))
        }
        None => None,
    };
    let number_format = uncoloured(sections, number_format)?;
    respliced(&part, &own, |open, splices| {
        let mut set = |name: &str, id: usize, applies: &str| {
            splices.set_attribute(open, name, &id.to_string());
            splices.set_attribute(open, applies, "1");
        };
        set("fontId", font, "applyFont");
        set("fillId", fill, "applyFill");
        if let Some(border) = border {
            set("borderId", border, "applyBorder");
        }
        if let Some(number_format) = number_format {
            set("numFmtId", number_format, "applyNumberFormat");
        }
    })
}

/// A number format like this one that has no colours of its own; `None` when it has none.
fn uncoloured(sections: &mut Sections, id: usize) -> Result<Option<usize>, NotSafe> {
    let code = number_format_code(sections, id)?;
    match code.and_then(|code| readable::without_colours(&code)) {
        Some(plain) => number_format(sections, &plain).map(Some),
        None => Ok(None),
    }
}

/// The code of a number format; `None` of Excel's own, but for those that show negative numbers in red.
pub(super) fn number_format_code(sections: &Sections, id: usize) -> Result<Option<String>, NotSafe> {
    for member in sections.members("numFmts") {
        let mut scan = Scan::new(sections.part(), member);
        if let Some(Step::Open(open)) = scan.next()?
            && open.number("numFmtId") == Some(id)
        {
            return Ok(open.attribute("formatCode"));
        }
    }
    // What a workbook says of Excel's own numbers, such as another currency, comes before what they usually stand for.
    Ok(RED_NUMBER_FORMATS.iter().find(|(red, _)| *red == id).map(|(_, code)| (*code).to_string()))
}

/// The number of the number format with that code, which is added where it is not there.
pub(super) fn number_format(sections: &mut Sections, code: &str) -> Result<usize, NotSafe> {
    let mut red = RED_NUMBER_FORMATS.iter().find(|(_, own)| *own == code).map(|(red, _)| *red);
    let mut highest = FIRST_OWN_NUMBER_FORMAT - 1;
    for member in sections.members("numFmts") {
        let mut scan = Scan::new(sections.part(), member);
        if let Some(Step::Open(open)) = scan.next()? {
            let own = open.number("numFmtId").unwrap_or(0);
            if open.attribute("formatCode").as_deref() == Some(code) {
                return Ok(own);
            }
            red = red.filter(|red| *red != own);
            highest = highest.max(own);
        }
    }
    if let Some(red) = red {
        return Ok(red);
    }
    let id = highest.saturating_add(1);
    let p = sections.prefix().to_string();
    let code = attribute_value(code);
    sections.add("numFmts", format!("<{p}numFmt numFmtId=\"{id}\" formatCode=\"{code}\"/>"));
    Ok(id)
}

pub(super) fn rgb(colour: u32) -> String {
    format!("FF{:06X}", colour & 0xFF_FFFF)
}

/// The font with that colour.
fn coloured_font(part: &str, font: &str, colour: u32) -> Result<String, NotSafe> {
    let mut scan = Scan::new(part, font);
    let Some(Step::Open(root)) = scan.next()? else {
        return Err(scan.not_understood("no font where one was expected"));
    };
    let written = format!("<{}color rgb=\"{}\"/>", root.prefix(), rgb(colour));
    let mut splices = Splices::default();
    if root.empty {
        splices.append(&root, 0, written);
        return splices.apply(part, font);
    }
    if let Some(range) = child(part, font, "color")? {
        splices.replace(range, written);
    } else {
        // Excel writes the size, then the colour, then the name.
        let at = match (child(part, font, "sz")?, child(part, font, "name")?) {
            (Some(size), _) => size.end,
            (None, Some(name)) => name.start,
            (None, None) => root.range.end,
        };
        splices.insert(at, written);
    }
    splices.apply(part, font)
}

/// The bytes of the first child of that name.
pub(super) fn child(part: &str, element: &str, name: &str) -> Result<Option<Range<usize>>, NotSafe> {
    let mut scan = Scan::new(part, element);
    while let Some(step) = scan.next()? {
        if let Step::Open(open) = step
            && open.depth == 1
        {
            let close = scan.skip(&open)?;
            if open.local() == name {
                return Ok(Some(open.range.start..close.end));
            }
        }
    }
    Ok(None)
}

fn fill(p: &str, look: MarkLook) -> String {
    match look.rating {
        Some(_) => solid(p, look.fill()),
        None => format!(
            "<{p}fill><{p}patternFill patternType=\"gray0625\"><{p}fgColor rgb=\"{}\"/><{p}bgColor rgb=\"{}\"/>\
             </{p}patternFill></{p}fill>",
            rgb(QUERY_LINE),
            rgb(QUERY_FILL)
        ),
    }
}

fn solid(p: &str, colour: u32) -> String {
    format!(
        "<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"{}\"/><{p}bgColor indexed=\"64\"/>\
         </{p}patternFill></{p}fill>",
        rgb(colour)
    )
}

fn border(p: &str, style: &str, colour: u32, diagonal: Option<String>) -> String {
    let side =
        |name: &str| format!("<{p}{name} style=\"{style}\"><{p}color rgb=\"{}\"/></{p}{name}>", rgb(colour));
    let diagonal = diagonal.unwrap_or_else(|| format!("<{p}diagonal/>"));
    format!("<{p}border>{}{diagonal}</{p}border>", ["left", "right", "top", "bottom"].map(side).concat())
}

/// What a conditional format shows so that the mark's colours win.
pub(super) fn differential(p: &str, look: MarkLook) -> String {
    // In differential formats a solid fill is its background colour.
    let pattern = match look.rating {
        Some(_) => format!(
            "<{p}patternFill patternType=\"solid\"><{p}bgColor rgb=\"{}\"/></{p}patternFill>",
            rgb(look.fill())
        ),
        None => format!(
            "<{p}patternFill patternType=\"gray0625\"><{p}fgColor rgb=\"{}\"/><{p}bgColor rgb=\"{}\"/></{p}patternFill>",
            rgb(QUERY_LINE),
            rgb(QUERY_FILL)
        ),
    };
    format!(
        "<{p}dxf><{p}font><{p}color rgb=\"{}\"/></{p}font><{p}fill>{pattern}</{p}fill></{p}dxf>",
        rgb(look.text())
    )
}

/// A format of the feedback sheet.
pub(super) fn of_sheet(sections: &mut Sections, look: SheetLook, quoted: bool) -> String {
    let p = sections.prefix().to_string();
    let (size, bold, underlined, colour) = match look {
        SheetLook::Title => (18, true, false, INK),
        SheetLook::Heading => (14, true, false, INK),
        SheetLook::Header => (11, true, false, INK),
        SheetLook::Link => (11, false, true, LINK),
        SheetLook::Rating(rating) => (11, false, false, swatch(rating).text),
        SheetLook::Sentence | SheetLook::Body | SheetLook::Response => (11, false, false, INK),
    };
    let mark = |is: bool, text: &str| if is { format!("<{p}{text}/>") } else { String::new() };
    let font = sections.add(
        "fonts",
        format!(
            "<{p}font>{}{}<{p}sz val=\"{size}\"/><{p}color rgb=\"{}\"/><{p}name val=\"Calibri\"/><{p}family val=\"2\"/></{p}font>",
            mark(bold, "b"),
            mark(underlined, "u"),
            rgb(colour)
        ),
    );
    let fill = match look {
        SheetLook::Header => Some(HEADING_FILL),
        SheetLook::Rating(rating) => swatch(rating).fill,
        _ => None,
    };
    let fill = fill.map_or(0, |colour| sections.add("fills", solid(&p, colour)));
    let border_of = match look {
        SheetLook::Title | SheetLook::Heading | SheetLook::Sentence => None,
        SheetLook::Rating(rating) if swatch(rating).fill.is_none() => Some(("dashed", INK)),
        _ => Some(("thin", TABLE_LINE)),
    };
    let border =
        border_of.map_or(0, |(style, colour)| sections.add("borders", border(&p, style, colour, None)));
    let named = match look {
        SheetLook::Title => named_style(sections, 15, "Title", font),
        SheetLook::Heading => named_style(sections, 16, "Heading 1", font),
        _ => 0,
    };
    let inside = match look {
        SheetLook::Title | SheetLook::Heading | SheetLook::Sentence => String::new(),
        SheetLook::Header => format!("<{p}alignment vertical=\"center\" wrapText=\"1\"/>"),
        SheetLook::Response => {
            format!("<{p}alignment vertical=\"top\" wrapText=\"1\"/><{p}protection locked=\"0\"/>")
        }
        _ => format!("<{p}alignment vertical=\"top\" wrapText=\"1\"/>"),
    };
    let quote = if quoted { " quotePrefix=\"1\"" } else { "" };
    format!(
        "<{p}xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{border}\" xfId=\"{named}\"{quote} \
         applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\" applyProtection=\"1\">{inside}</{p}xf>"
    )
}

/// The named style of Excel's that says what a heading is, to those who cannot see its size; made where it is not there.
fn named_style(sections: &mut Sections, builtin: usize, name: &str, font: usize) -> usize {
    let part = sections.part().to_string();
    let mut found = None;
    let mut taken = false;
    for member in sections.members("cellStyles") {
        let read = respliced(&part, member, |open, _| {
            if open.number("builtinId") == Some(builtin) {
                found = open.number("xfId");
            }
            taken |= open.attribute("name").is_some_and(|own| own.eq_ignore_ascii_case(name));
        });
        if read.is_err() {
            return 0;
        }
    }
    match found {
        Some(style) => style,
        // A style of the provider's own has that name; its looks are not ours.
        None if taken => 0,
        None => {
            let p = sections.prefix().to_string();
            let style = sections.add(
                "cellStyleXfs",
                format!(
                    "<{p}xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"0\" borderId=\"0\" applyNumberFormat=\"0\" \
                     applyFill=\"0\" applyBorder=\"0\" applyAlignment=\"0\" applyProtection=\"0\"/>"
                ),
            );
            sections.add(
                "cellStyles",
                format!("<{p}cellStyle name=\"{name}\" xfId=\"{style}\" builtinId=\"{builtin}\"/>"),
            );
            style
        }
    }
}
