//! The differences that a coloured copy may have from its original, part by part. Whatever is not listed here is a fault.

use std::collections::BTreeSet;

use quarterday::domain::place::CellAddress;

use super::difference::{Permitted, Seen};
use crate::tokens::{Kind, Token, text};

/// Whether an element new in a part is of the namespace it stands in, so that programs see it at all.
fn is_of_its_place(seen: &Seen<'_>) -> bool {
    seen.open.namespace == seen.around
}

fn number(token: &Token, name: &str) -> u64 {
    token.attribute(name).and_then(|value| value.trim().parse().ok()).unwrap_or_default()
}

/// Content types: those of new parts; the workbook's own where macros go.
pub fn content_types(old: &[Token], macros: bool) -> Permitted<'_> {
    let of_macros = |seen: &Seen<'_>| {
        let is_macro =
            |value: &str| ["vbaProject", "vbaProjectSignature"].iter().any(|word| value.contains(word));
        seen.open.attribute("ContentType").is_some_and(is_macro)
    };
    let is_of_new_part = move |seen: &Seen<'_>, name: &'static str| {
        let of = seen.open.attribute(name);
        is_of_its_place(seen)
            && old.iter().all(|token| token.attribute(name).is_none() || token.attribute(name) != of)
    };
    Permitted::default()
        .new_element("Types/Override", move |seen| is_of_new_part(seen, "PartName"))
        .new_element("Types/Default", move |seen| is_of_new_part(seen, "Extension"))
        .gone_element("Types/Override", move |seen| macros && of_macros(seen))
        .gone_element("Types/Default", move |seen| macros && of_macros(seen))
        .attribute("Types/Override", "ContentType", move |old, new| {
            let main = |token: &Token, word: &str| {
                token.attribute("ContentType").is_some_and(|value| value.contains(word))
            };
            macros && main(old, "macroEnabled.main+xml") && main(new, "spreadsheetml.sheet.main+xml")
        })
}

/// Relationships: new ones last; those to macros gone.
pub fn relationships<'a>(macros: bool) -> Permitted<'a> {
    let of_macros = |seen: &Seen<'_>| {
        let kind = seen.open.attribute("Type").unwrap_or_default();
        ["/vbaProject", "/vbaProjectSignature", "/ui/extensibility", "/ui/userCustomization", "/wordVbaData"]
            .iter()
            .any(|end| kind.ends_with(end))
    };
    Permitted::default()
        .new_element("Relationships/Relationship", |seen| seen.is_last && is_of_its_place(seen))
        .gone_element("Relationships/Relationship", move |seen| macros && of_macros(seen))
}

/// The workbook: one sheet more, the last.
pub fn workbook<'a>(macros: bool) -> Permitted<'a> {
    Permitted::default()
        .new_element("workbook/sheets/sheet", |seen| {
            seen.is_last
                && is_of_its_place(seen)
                && seen.open.attribute("name").is_some_and(|name| name.starts_with("Council feedback"))
        })
        .gone_element("workbook/definedNames/definedName", move |seen| {
            macros && seen.open.attribute("vbProcedure").is_some_and(|value| matches!(value, "1" | "true"))
        })
}

/// Styles: further fonts, fills, borders and cell formats behind those there are, whose numbers stay what they are.
pub fn styles<'a>() -> Permitted<'a> {
    let mut permitted = Permitted::default();
    for (list, path, one) in [
        ("numFmts", "styleSheet/numFmts", "styleSheet/numFmts/numFmt"),
        ("fonts", "styleSheet/fonts", "styleSheet/fonts/font"),
        ("fills", "styleSheet/fills", "styleSheet/fills/fill"),
        ("borders", "styleSheet/borders", "styleSheet/borders/border"),
        ("cellStyleXfs", "styleSheet/cellStyleXfs", "styleSheet/cellStyleXfs/xf"),
        ("cellXfs", "styleSheet/cellXfs", "styleSheet/cellXfs/xf"),
        ("cellStyles", "styleSheet/cellStyles", "styleSheet/cellStyles/cellStyle"),
        ("dxfs", "styleSheet/dxfs", "styleSheet/dxfs/dxf"),
    ] {
        permitted = permitted
            // A list that there is not yet.
            .new_element(path, move |seen| seen.open.local == list && is_of_its_place(seen))
            .new_element(one, |seen| seen.is_last && is_of_its_place(seen))
            .attribute(path, "count", |_, _| true);
    }
    permitted
}

/// Shared texts: further ones behind those there are, and how many there are.
pub fn shared_texts<'a>() -> Permitted<'a> {
    Permitted::default()
        .new_element("sst/si", |seen| seen.is_last && is_of_its_place(seen))
        .attribute("sst", "count", |_, _| true)
        .attribute("sst", "uniqueCount", |_, _| true)
}

/// A sheet: the formats of marked cells, marked cells and rows that were not there, what depends on the extent, where the notes'
/// boxes are, one conditional format that keeps others off the marked cells, and the order of the others behind it.
pub fn sheet(marked: &BTreeSet<CellAddress>, macros: bool) -> Permitted<'_> {
    let is_marked = move |token: &Token| {
        token.place.is_some_and(|(row, column)| marked.contains(&CellAddress::new(row, column)))
    };
    let in_marked_row =
        move |token: &Token| token.place.is_some_and(|(row, _)| marked.iter().any(|cell| cell.row == row));
    // A cell that was not there holds nothing but its address and its format.
    let is_blank = move |token: &Token| {
        is_marked(token) && token.attributes.iter().all(|(name, _)| matches!(name.as_str(), "r" | "s"))
    };
    Permitted::default()
        .attribute("worksheet/sheetData/row/c", "s", move |_, new| is_marked(new))
        .rewritten("worksheet/sheetData/row/c", move |old, new| is_marked(&old[0]) && is_same_text(old, new))
        .new_element("worksheet/sheetData/row/c", move |seen| {
            is_blank(seen.open) && seen.all.len() == 2 && is_of_its_place(seen)
        })
        .new_element("worksheet/sheetData/row", move |seen| {
            let cells = || seen.all[1..seen.all.len() - 1].iter();
            let attributes = seen.open.attributes.iter();
            in_marked_row(seen.open)
                && is_of_its_place(seen)
                && attributes.into_iter().all(|(name, _)| matches!(name.as_str(), "r" | "spans"))
                && cells().all(|token| token.local == "c" && (token.kind == Kind::Close || is_blank(token)))
        })
        .attribute("worksheet/sheetData/row", "spans", move |_, new| in_marked_row(new))
        .attribute("worksheet/dimension", "ref", |_, _| true)
        .new_element("worksheet/legacyDrawing", |seen| !marked.is_empty() && is_of_its_place(seen))
        .new_element("worksheet/conditionalFormatting", |seen| {
            keeps_others_off(seen) && is_of_its_place(seen)
        })
        .attribute("worksheet/conditionalFormatting/cfRule", "priority", is_raised)
        .attribute(
            "worksheet/extLst/ext/conditionalFormattings/conditionalFormatting/cfRule",
            "priority",
            is_raised,
        )
        .attribute(
            "worksheet/AlternateContent/Choice/controls/AlternateContent/Choice/control/controlPr",
            "macro",
            move |_, new| macros && new.attribute("macro").is_none_or(str::is_empty),
        )
}

fn is_raised(old: &Token, new: &Token) -> bool {
    number(new, "priority") > number(old, "priority")
}

/// Whether a cell has but another format, and a text without the colours it had inside. That it is the same text is seen where
/// values are compared.
fn is_same_text(old: &[Token], new: &[Token]) -> bool {
    if old[0].without("s") != new[0].without("s") || old[0].place != new[0].place {
        return false;
    }
    let plain = |all: &[Token]| -> String {
        all[1..].iter().filter(|token| token.local != "color").map(|token| token.raw.as_str()).collect()
    };
    match old[0].attribute("t") {
        Some("s") => {
            old.len() == new.len() && old.iter().zip(new).skip(1).all(|(old, new)| old.kind == new.kind)
        }
        Some("inlineStr") => plain(old) == plain(new),
        _ => false,
    }
}

/// One rule that is always true, changes nothing and stops the rules behind it.
fn keeps_others_off(seen: &Seen<'_>) -> bool {
    let rules: Vec<&Token> =
        seen.all.iter().filter(|token| token.kind == Kind::Open && token.local == "cfRule").collect();
    text(seen.all).contains("Council feedback")
        && rules.len() == 1
        && rules[0].attribute("stopIfTrue") == Some("1")
        && rules[0].attribute("type") == Some("expression")
}

/// Notes: those of marked cells, new or added to, and who writes them.
pub fn notes(marked: &BTreeSet<CellAddress>) -> Permitted<'_> {
    let is_marked = move |token: &Token| {
        let cell = token.attribute("ref").and_then(CellAddress::parse);
        cell.is_some_and(|cell| marked.contains(&cell))
    };
    Permitted::default()
        .new_element("comments/authors/author", |seen| seen.is_last && is_of_its_place(seen))
        .new_element("comments/commentList/comment", move |seen| {
            is_marked(seen.open) && is_of_its_place(seen)
        })
        .rewritten("comments/commentList/comment", move |old, new| {
            let said = text(old);
            is_marked(&old[0])
                && old[0].attribute("ref") == new[0].attribute("ref")
                && text(new).contains(&said)
        })
}

/// Threads: a reply to those of marked cells.
pub fn threads(marked: &BTreeSet<CellAddress>) -> Permitted<'_> {
    Permitted::default().new_element("ThreadedComments/threadedComment", move |seen| {
        let cell = seen.open.attribute("ref").and_then(CellAddress::parse);
        cell.is_some_and(|cell| marked.contains(&cell))
            && seen.open.attribute("parentId").is_some()
            && is_of_its_place(seen)
    })
}

/// Who writes in threads: one more.
pub fn persons<'a>() -> Permitted<'a> {
    Permitted::default().new_element("personList/person", |seen| seen.is_last && is_of_its_place(seen))
}

/// The boxes of notes: those of marked cells.
pub fn boxes(marked: &BTreeSet<CellAddress>, macros: bool) -> Permitted<'_> {
    let is_marked = move |all: &[Token]| {
        let value = |name: &str| {
            let at = all.iter().position(|token| token.kind == Kind::Open && token.local == name)?;
            all.get(at + 1)?.raw.trim().parse::<u32>().ok()
        };
        value("Row")
            .zip(value("Column"))
            .is_some_and(|(row, column)| marked.contains(&CellAddress::new(row, column)))
    };
    Permitted::default()
        .new_element("xml/shapelayout", |_| true)
        .new_element("xml/shape", move |seen| is_marked(seen.all))
        .new_element("xml/shapetype", |seen| seen.open.namespace == "urn:schemas-microsoft-com:vml")
        .rewritten("xml/shape", move |old, new| is_marked(old) && is_marked(new))
        .attribute("xml/shapelayout/idmap", "data", |_, _| true)
        .gone_element("xml/shape/ClientData/FmlaMacro", move |_| macros)
}

/// Drawings: a shape keeps all but the macro it called.
pub fn drawing<'a>(macros: bool) -> Permitted<'a> {
    let mut permitted = Permitted::default();
    for path in [
        "wsDr/twoCellAnchor/sp",
        "wsDr/oneCellAnchor/sp",
        "wsDr/absoluteAnchor/sp",
        "wsDr/twoCellAnchor/pic",
        "wsDr/oneCellAnchor/pic",
        "wsDr/twoCellAnchor/graphicFrame",
        "wsDr/twoCellAnchor/cxnSp",
        "wsDr/twoCellAnchor/grpSp/sp",
        "wsDr/twoCellAnchor/grpSp/pic",
        "wsDr/AlternateContent/Choice/twoCellAnchor/sp",
    ] {
        permitted = permitted.attribute(path, "macro", move |_, new| {
            macros && new.attribute("macro").is_none_or(str::is_empty)
        });
    }
    permitted
}

/// The properties of a form's control: all but the macro it called.
pub fn control<'a>(macros: bool) -> Permitted<'a> {
    Permitted::default().attribute("formControlPr", "fmlaMacro", move |_, new| {
        macros && new.attribute("fmlaMacro").is_none_or(str::is_empty)
    })
}

/// A pivot table: the order of the sheet's conditional formats that it speaks of.
pub fn pivot_table<'a>() -> Permitted<'a> {
    Permitted::default().attribute(
        "pivotTableDefinition/conditionalFormats/conditionalFormat",
        "priority",
        is_raised,
    )
}
