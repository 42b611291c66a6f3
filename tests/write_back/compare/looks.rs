//! The look of marked cells: the colour of the rating or the pattern of a question, and all else as it was.

use std::collections::BTreeMap;

use quarterday::domain::place::CellAddress;
use quarterday::domain::rating::Rating;
use quarterday::output::palette::swatch;
use roxmltree::{Document, Node};

use super::whole::{Book, first_of_merged};
use crate::feedback::Marked;

/// A cell format with what it points to.
#[derive(Debug, Clone, Default, PartialEq)]
struct Format {
    number_format: String,
    /// Alignment and protection as written.
    rest: Vec<String>,
    /// The font's properties without its colour.
    font: Vec<String>,
    font_colour: String,
    pattern: String,
    colour: String,
    borders: Vec<String>,
}

/// Checks every marked cell.
pub fn compare(old: &Book, new: &Book, marked: &[Marked], faults: &mut Vec<String>) {
    let (before, after) = (formats(old), formats(new));
    let mut all: BTreeMap<(String, CellAddress), (Option<Rating>, bool)> = BTreeMap::new();
    for own in marked {
        let cell = first_of_merged(old, &own.sheet, own.address());
        let mark = all.entry((own.sheet.clone(), cell)).or_default();
        mark.0 = mark.0.or(own.rating);
        mark.1 |= own.in_question;
    }
    let mut sheets: BTreeMap<String, (String, String)> = BTreeMap::new();
    for ((sheet, cell), (rating, in_question)) in &all {
        let (old_text, new_text) = sheets
            .entry(sheet.clone())
            .or_insert_with(|| (old.xml(old.sheet(sheet)), new.xml(new.sheet(sheet))));
        let was = format_of(old_text, *cell).unwrap_or(0);
        let Some(is) = own_format(new_text, *cell) else {
            faults.push(format!("{sheet} {cell} has no format of its own"));
            continue;
        };
        // A format that was never there is as good as the first.
        let plain = Format { number_format: "0".to_string(), ..Format::default() };
        let was = before.get(was).or(before.first()).unwrap_or(&plain);
        let Some(is) = after.get(is) else {
            faults.push(format!("{sheet} {cell} has a format that is not there"));
            continue;
        };
        let mut say = |what: &str| faults.push(format!("{sheet} {cell}: {what}\n  was {was:?}\n  is {is:?}"));
        // Where there were no formats at all, the first one comes with them.
        if !before.is_empty()
            && (&was.number_format, &was.rest, &was.font) != (&is.number_format, &is.rest, &is.font)
        {
            say("more of its format has changed than its colours");
        }
        match rating.and_then(|rating| swatch(rating).fill.map(|fill| (fill, swatch(rating).text))) {
            Some((fill, text)) => {
                if is.pattern != "solid" || !is.colour.eq_ignore_ascii_case(&format!("FF{fill:06X}")) {
                    say("it does not have the colour of its rating");
                }
                if !is.font_colour.eq_ignore_ascii_case(&format!("FF{text:06X}")) {
                    say("its text is not in the colour that can be read on its fill");
                }
                if *in_question && was.borders == is.borders {
                    say("nothing shows that it is in question");
                }
            }
            None if rating.is_none() && ["", "none", "solid"].contains(&is.pattern.as_str()) => {
                say("it has no pattern");
            }
            None if rating.is_some()
                && (is.pattern.as_str(), is.colour.as_str()) != ("solid", "FFFFFFFF") =>
            {
                say("it is not white");
            }
            None if was == is => say("it looks as it did"),
            None => {}
        }
    }
    for ((sheet, cell), (rating, _)) in &all {
        if rating.is_some_and(|rating| swatch(rating).fill.is_some())
            && let Some(fault) = hidden(&sheets[sheet].0, &sheets[sheet].1, *cell)
        {
            faults.push(format!("{sheet} {cell}: {fault}"));
        }
    }
}

/// Whether a conditional format of the provider would hide the colour.
fn hidden(old: &str, new: &str, cell: CellAddress) -> Option<String> {
    rules(old, cell).iter().map(|rule| rule.0).min()?;
    let now = rules(new, cell);
    let first = now.iter().min_by_key(|rule| rule.0)?;
    let ties = now.iter().filter(|rule| rule.0 == first.0).count();
    (!first.1 || ties > 1).then(|| format!("a conditional format stands before the colour: {now:?}"))
}

/// Priority of the rules over a cell, and whether they stop those behind them and change nothing.
fn rules(sheet: &str, cell: CellAddress) -> Vec<(i64, bool)> {
    let document = Document::parse(sheet).unwrap();
    let mut all = Vec::new();
    for own in document.descendants().filter(|node| node.tag_name().name() == "conditionalFormatting") {
        let inner =
            own.children().find(|node| node.tag_name().name() == "sqref").and_then(|node| node.text());
        let cells = own.attribute("sqref").or(inner).unwrap_or_default();
        if !cells.split_whitespace().any(|area| holds(area, cell)) {
            continue;
        }
        for rule in own.children().filter(|node| node.tag_name().name() == "cfRule") {
            // The extended half of a data bar goes by the priority of its other half.
            let Some(priority) = rule.attribute("priority").and_then(|text| text.parse().ok()) else {
                continue;
            };
            let stops =
                rule.attribute("stopIfTrue") == Some("1") && rule.attribute("type") == Some("expression");
            all.push((priority, stops));
        }
    }
    all
}

fn holds(area: &str, cell: CellAddress) -> bool {
    let (first, last) = area.split_once(':').unwrap_or((area, area));
    let (Some(first), Some(last)) = (CellAddress::parse(first), CellAddress::parse(last)) else {
        return false;
    };
    (first.row..=last.row).contains(&cell.row) && (first.column..=last.column).contains(&cell.column)
}

/// The format that the cell itself names.
fn own_format(sheet: &str, cell: CellAddress) -> Option<usize> {
    let document = Document::parse(sheet).unwrap();
    let data = document.descendants().find(|node| node.tag_name().name() == "sheetData")?;
    let found = cells(data).into_iter().find(|(at, _)| *at == cell)?.1;
    Some(found.attribute("s").and_then(|text| text.parse().ok()).unwrap_or(0))
}

/// The format that a cell has, or would have if it were there.
fn format_of(sheet: &str, cell: CellAddress) -> Option<usize> {
    if let Some(own) = own_format(sheet, cell) {
        return Some(own);
    }
    let document = Document::parse(sheet).unwrap();
    let number =
        |node: Node<'_, '_>, name: &str| node.attribute(name).and_then(|text| text.parse::<usize>().ok());
    let data = document.descendants().find(|node| node.tag_name().name() == "sheetData")?;
    let row = rows(data).into_iter().find(|(row, _)| *row == cell.row).map(|(_, node)| node);
    if let Some(row) = row.filter(|row| matches!(row.attribute("customFormat"), Some("1" | "true"))) {
        return Some(number(row, "s").unwrap_or(0));
    }
    let mut columns = document.descendants().filter(|node| node.tag_name().name() == "col");
    let column = columns.find(|node| {
        let at = cell.column as usize + 1;
        number(*node, "min").is_some_and(|min| min <= at) && number(*node, "max").is_some_and(|max| at <= max)
    })?;
    number(column, "style")
}

fn rows<'a, 'i>(data: Node<'a, 'i>) -> Vec<(u32, Node<'a, 'i>)> {
    let mut at = 0u32;
    let all = data.children().filter(|node| node.tag_name().name() == "row");
    all.map(|node| {
        at = node.attribute("r").and_then(|text| text.parse().ok()).unwrap_or(at + 1);
        (at - 1, node)
    })
    .collect()
}

fn cells<'a, 'i>(data: Node<'a, 'i>) -> Vec<(CellAddress, Node<'a, 'i>)> {
    let mut all = Vec::new();
    for (row, node) in rows(data) {
        let mut column = 0;
        for cell in node.children().filter(|node| node.tag_name().name() == "c") {
            let at =
                cell.attribute("r").and_then(CellAddress::parse).unwrap_or(CellAddress::new(row, column));
            column = at.column + 1;
            all.push((at, cell));
        }
    }
    all
}

fn formats(book: &Book) -> Vec<Format> {
    let Some(part) = book.related(&book.workbook, "styles").into_iter().next() else { return Vec::new() };
    let text = book.xml(&part);
    let document = Document::parse(&text).unwrap();
    let list = |name: &str| -> Vec<Node<'_, '_>> {
        let found = document.root_element().children().find(|node| node.tag_name().name() == name);
        found.map(|list| list.children().filter(Node::is_element).collect()).unwrap_or_default()
    };
    let (fonts, fills, borders) = (list("fonts"), list("fills"), list("borders"));
    let source = |node: Node<'_, '_>| text[node.range()].to_string();
    let codes: BTreeMap<&str, &str> = list("numFmts")
        .into_iter()
        .filter_map(|node| Some((node.attribute("numFmtId")?, node.attribute("formatCode")?)))
        .collect();
    list("cellXfs")
        .into_iter()
        .map(|own| {
            let number =
                |name: &str| own.attribute(name).and_then(|text| text.parse::<usize>().ok()).unwrap_or(0);
            let font = fonts.get(number("fontId")).or(fonts.first()).copied();
            let properties = |node: Node<'_, '_>| -> Vec<String> {
                let kept =
                    node.children().filter(|node| node.is_element() && node.tag_name().name() != "color");
                kept.map(source).collect()
            };
            let colour = font.and_then(|font| font.children().find(|node| node.tag_name().name() == "color"));
            let fill = fills.get(number("fillId")).and_then(|fill| fill.first_element_child());
            let foreground =
                fill.and_then(|fill| fill.children().find(|node| node.tag_name().name() == "fgColor"));
            let sides = borders
                .get(number("borderId"))
                .map(|border| border.children().filter(Node::is_element).map(source).collect());
            Format {
                number_format: code(own.attribute("numFmtId").unwrap_or("0"), &codes),
                rest: own.children().filter(Node::is_element).map(source).collect(),
                font: font.map(properties).unwrap_or_default(),
                font_colour: colour.and_then(|node| node.attribute("rgb")).unwrap_or_default().to_string(),
                pattern: fill.and_then(|fill| fill.attribute("patternType")).unwrap_or_default().to_string(),
                colour: foreground.and_then(|node| node.attribute("rgb")).unwrap_or_default().to_string(),
                borders: sides.unwrap_or_default(),
            }
        })
        .collect()
}

/// The number format without the colours it gives to text, which would be unreadable on a fill.
fn code(id: &str, codes: &BTreeMap<&str, &str>) -> String {
    let plain = |code: &str| {
        let colours = ["Red", "Black", "Blue", "Green", "White", "Yellow", "Cyan", "Magenta"];
        let mut code = code.to_string();
        for colour in colours {
            for name in [colour.to_string(), colour.to_uppercase(), colour.to_lowercase()] {
                code = code.replace(&format!("[{name}]"), "");
            }
        }
        code
    };
    match (codes.get(id), id) {
        (Some(code), _) => plain(code),
        (None, "6") => "5".to_string(),
        (None, "8") => "7".to_string(),
        (None, "38") => "37".to_string(),
        (None, "40") => "39".to_string(),
        (None, _) => id.to_string(),
    }
}
