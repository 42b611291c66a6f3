//! What points to macros: buttons, shapes and names.

use crate::output::write_back::not_safe::NotSafe;
use crate::output::write_back::package::{ContentTypes, Package, Relationships, key};
use crate::output::write_back::xml::{Open, Scan, Splices, Step};

/// Functions of Excel 4.0 that only names can call, and only in a workbook that may carry macros.
const EXCEL_4: &[&str] = &[
    "GET.CELL(",
    "GET.WORKBOOK(",
    "GET.WORKSPACE(",
    "GET.DOCUMENT(",
    "GET.WINDOW(",
    "GET.FORMULA(",
    "GET.NAME(",
    "GET.NOTE(",
    "GET.OBJECT(",
    "ACTIVE.CELL(",
    "EVALUATE(",
    "FILES(",
    "DOCUMENTS(",
    "DIRECTORY(",
    "LINKS(",
    "REGISTER(",
    "EXEC(",
    "CALL(",
];

/// A kind of part that may point to macros.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Sheet,
    Drawing,
    Control,
    Vml,
}

impl Kind {
    fn of(part: &str, types: &ContentTypes) -> Option<Self> {
        let kind = types.of(part).unwrap_or_default().to_ascii_lowercase();
        if kind.ends_with("vmldrawing") || key(part).ends_with(".vml") {
            Some(Self::Vml)
        } else if kind.ends_with("worksheet+xml")
            || kind.ends_with("chartsheet+xml")
            || kind.ends_with("dialogsheet+xml")
        {
            Some(Self::Sheet)
        } else if kind.ends_with("drawing+xml") || kind.ends_with("chartshapes+xml") {
            Some(Self::Drawing)
        } else if kind.ends_with("controlproperties+xml") {
            Some(Self::Control)
        } else {
            None
        }
    }
}

/// Takes out what points to macros; whether there was any.
pub(super) fn remove(
    package: &mut Package<'_>,
    types: &ContentTypes,
    main_part: &str,
) -> Result<bool, NotSafe> {
    let parts: Vec<(String, Kind)> =
        package.parts().filter_map(|part| Some((part.to_string(), Kind::of(part, types)?))).collect();
    let mut any = false;
    for (part, kind) in parts {
        if kind == Kind::Sheet && !has_controls(package, &part)? {
            continue;
        }
        let text = package.needed(&part)?;
        // Most parts hold none and are not walked.
        if text.contains("macro") || text.contains("Macro") {
            any |= store(package, &part, &text, of_part(&part, &text, kind)?)?;
        }
    }
    let text = package.needed(main_part)?;
    if text.contains("definedName") {
        any |= store(package, main_part, &text, names(main_part, &text)?)?;
    }
    Ok(any)
}

/// Whether a sheet has controls or objects; each has a relationship. Sheets can be large, and few have any.
fn has_controls(package: &mut Package<'_>, part: &str) -> Result<bool, NotSafe> {
    let relationships = Relationships::read(package, part)?;
    let kinds = ["ctrlProp", "control", "oleObject", "package"];
    Ok(relationships.list().iter().any(|own| kinds.contains(&own.kind.as_str())))
}

fn store(package: &mut Package<'_>, part: &str, text: &str, splices: Splices) -> Result<bool, NotSafe> {
    if splices.is_empty() {
        return Ok(false);
    }
    let written = splices.apply(part, text)?;
    package.put(part, written);
    Ok(true)
}

/// The changes in a part that is no workbook.
fn of_part(part: &str, text: &str, kind: Kind) -> Result<Splices, NotSafe> {
    let mut splices = Splices::default();
    let mut scan = if kind == Kind::Vml { Scan::vml(part, text) } else { Scan::new(part, text) };
    while let Some(step) = scan.next()? {
        let Step::Open(open) = step else { continue };
        match (kind, open.local()) {
            (Kind::Vml, "FmlaMacro") => {
                let close = scan.skip(&open)?;
                splices.remove(open.range.start..close.end);
            }
            (Kind::Sheet, "controlPr" | "objectPr") => remove_attribute(&open, "macro", &mut splices),
            (Kind::Control, "formControlPr") => remove_attribute(&open, "fmlaMacro", &mut splices),
            // Shapes of every kind have the attribute, and Excel writes it where it is empty.
            (Kind::Drawing, _) => {
                if let Some(value) = open.value_range("macro").filter(|value| !value.is_empty()) {
                    splices.remove(value);
                }
            }
            _ => {}
        }
    }
    Ok(splices)
}

fn remove_attribute(open: &Open<'_>, name: &str, splices: &mut Splices) {
    if let Some(range) = open.attribute_range(name) {
        splices.remove(range);
    }
}

/// The changes in the workbook: its names of macros and of functions in the project.
fn names(part: &str, text: &str) -> Result<Splices, NotSafe> {
    let mut splices = Splices::default();
    let mut list: Option<Open<'_>> = None;
    let mut unwanted = Vec::new();
    let mut kept = 0usize;
    let mut scan = Scan::new(part, text);
    while let Some(step) = scan.next()? {
        match step {
            Step::Open(open) if open.depth == 1 && open.local() == "definedNames" && !open.empty => {
                list = Some(open);
            }
            Step::Open(open) if open.depth == 2 && list.is_some() && open.local() == "definedName" => {
                let close = scan.skip(&open)?;
                if ["vbProcedure", "xlm", "function"].iter().any(|name| open.is_true(name)) {
                    unwanted.push(open.range.start..close.end);
                    continue;
                }
                kept += 1;
                let formula = text.get(open.range.end..close.start).unwrap_or_default().to_uppercase();
                if EXCEL_4.iter().any(|function| calls(&formula, function)) {
                    return Err(NotSafe::Format("a workbook with names that call Excel 4.0 macro functions"));
                }
            }
            Step::Close { range, depth: 1 } => {
                if let Some(list) = list.take() {
                    match kept {
                        0 if !unwanted.is_empty() => splices.remove(list.range.start..range.end),
                        _ => {
                            std::mem::take(&mut unwanted).into_iter().for_each(|range| splices.remove(range))
                        }
                    }
                }
            }
            _ => {}
        }
    }
    Ok(splices)
}

/// Whether a formula calls a function and not one whose name only ends like it.
fn calls(formula: &str, function: &str) -> bool {
    formula.match_indices(function).any(|(at, _)| {
        let before = formula.get(..at).and_then(|before| before.chars().next_back());
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '!' | '\\'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_points_to_a_macro_is_emptied_and_nothing_else() {
        for (kind, before, after) in [
            (
                Kind::Drawing,
                "<xdr:wsDr xmlns:xdr=\"u\"><xdr:sp macro=\"[0]!Go\" textlink=\"\"/><xdr:pic macro=''/><xdr:cxnSp  macro = 'A'></xdr:cxnSp><xdr:graphicFrame macro=\"B\"/><xdr:grpSp macro=\"C\"><xdr:t>macro=\"D\"</xdr:t></xdr:grpSp></xdr:wsDr>",
                "<xdr:wsDr xmlns:xdr=\"u\"><xdr:sp macro=\"\" textlink=\"\"/><xdr:pic macro=''/><xdr:cxnSp  macro = ''></xdr:cxnSp><xdr:graphicFrame macro=\"\"/><xdr:grpSp macro=\"\"><xdr:t>macro=\"D\"</xdr:t></xdr:grpSp></xdr:wsDr>",
            ),
            (
                Kind::Control,
                "<formControlPr xmlns=\"u\" objectType=\"Button\" fmlaMacro=\"[0]!Go\" lockText=\"1\"/>",
                "<formControlPr xmlns=\"u\" objectType=\"Button\" lockText=\"1\"/>",
            ),
            (
                Kind::Sheet,
                "\u{feff}<x:worksheet><x:sheetData><x:c macro='no'/></x:sheetData><x:controls><x:control><x:controlPr macro='[0]!Go' print=\"0\"><x:anchor/></x:controlPr></x:control></x:controls><objectPr macro=\"A\"/></x:worksheet>",
                "\u{feff}<x:worksheet><x:sheetData><x:c macro='no'/></x:sheetData><x:controls><x:control><x:controlPr print=\"0\"><x:anchor/></x:controlPr></x:control></x:controls><objectPr/></x:worksheet>",
            ),
            (
                Kind::Vml,
                "<xml><v:shape><font>a<br>b&nbsp;</font><x:ClientData ObjectType=\"Button\">\n <x:FmlaMacro>[0]!Go</x:FmlaMacro>\n <y:FmlaMacro/><x:TextHAlign/></x:ClientData></v:shape></xml>",
                "<xml><v:shape><font>a<br>b&nbsp;</font><x:ClientData ObjectType=\"Button\">\n \n <x:TextHAlign/></x:ClientData></v:shape></xml>",
            ),
        ] {
            let written = of_part("p", before, kind).unwrap().apply("p", before).unwrap();
            assert_eq!(written, after);
        }
    }

    #[test]
    fn names_of_macros_are_taken_out() {
        for (before, after) in [
            (
                "<w><definedNames><definedName name=\"a\">S!$A$1</definedName><definedName name=\"b\" hidden=\"1\" function=\"1\" vbProcedure=\"true\">b</definedName><definedName name=\"c\" xlm='1'/></definedNames><calcPr/></w>",
                "<w><definedNames><definedName name=\"a\">S!$A$1</definedName></definedNames><calcPr/></w>",
            ),
            (
                "<x:w><x:definedNames><x:definedName vbProcedure=\"1\" name=\"b\">b</x:definedName></x:definedNames><x:calcPr/></x:w>",
                "<x:w><x:calcPr/></x:w>",
            ),
            (
                "<w><definedNames/><ext><a><definedName xlm=\"1\"/></a></ext></w>",
                "<w><definedNames/><ext><a><definedName xlm=\"1\"/></a></ext></w>",
            ),
            (
                "<w><definedNames><definedName name=\"c\" xlm=\"0\">MyEvaluate(1)+files</definedName></definedNames></w>",
                "<w><definedNames><definedName name=\"c\" xlm=\"0\">MyEvaluate(1)+files</definedName></definedNames></w>",
            ),
        ] {
            let written = names("p", before).unwrap().apply("p", before).unwrap();
            assert_eq!(written, after);
        }
    }

    #[test]
    fn a_name_that_is_a_program_is_not_safe() {
        for formula in ["GET.CELL(63,A1)", "1+get.workbook(1)", "EVALUATE(A1)", "FILES(\"*\")"] {
            let text = format!(
                "<w><definedNames><definedName name=\"a\">{formula}</definedName></definedNames></w>"
            );
            assert!(names("p", &text).unwrap_err().to_string().contains("Excel 4.0"), "{formula}");
        }
    }
}
