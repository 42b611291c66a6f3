//! Workbooks with macros, part by part.

use super::*;
use crate::output::write_back::tests::package_of;

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MICROSOFT: &str = "http://schemas.microsoft.com/office/2006/relationships";

fn package(parts: &[(&str, String)]) -> Vec<u8> {
    package_of(parts.iter().map(|(name, text)| (*name, text.as_str())))
}

fn relationships(list: &[(&str, &str)]) -> String {
    let list: String = list
        .iter()
        .enumerate()
        .map(|(id, (kind, target))| {
            format!("<Relationship Id=\"r{id}\" Type=\"{kind}\" Target=\"{target}\"/>")
        })
        .collect();
    format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{list}</Relationships>"
    )
}

fn types(defaults: &[(&str, &str)], overrides: &[(&str, &str)]) -> String {
    let defaults: String = defaults
        .iter()
        .map(|(extension, kind)| format!("<Default Extension=\"{extension}\" ContentType=\"{kind}\"/>"))
        .collect();
    let overrides: String = overrides
        .iter()
        .map(|(part, kind)| format!("<Override PartName=\"/{part}\" ContentType=\"{kind}\"/>"))
        .collect();
    format!(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">{defaults}{overrides}</Types>"
    )
}

/// Whether there were macros, all parts by name, the names of those that were touched.
type Removed = (bool, Vec<(String, String)>, Vec<String>);

/// What `remove` makes of a package.
fn removed(bytes: &[u8]) -> Result<Removed, NotSafe> {
    let mut package = Package::open(bytes)?;
    let mut types = ContentTypes::read(&mut package)?;
    let mut of_package = Relationships::read(&mut package, "")?;
    let main_part = of_package.of_kind("officeDocument").unwrap().target.clone();
    let mut of_workbook = Relationships::read(&mut package, &main_part)?;
    let any = remove(&mut package, &mut types, &main_part, &mut of_package, &mut of_workbook)?;
    types.store(&mut package)?;
    of_package.store(&mut package)?;
    of_workbook.store(&mut package)?;
    let touched = package.touched();
    let names: Vec<String> = package.parts().map(str::to_string).collect();
    let parts = names.into_iter().map(|name| (name.clone(), package.needed(&name).unwrap())).collect();
    Ok((any, parts, touched))
}

const MACRO_ENABLED: &str = "application/vnd.ms-excel.sheet.macroEnabled.main+xml";
const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";

/// A workbook with everything that macros bring with them.
fn with_macros() -> Vec<(&'static str, String)> {
    let project_types = [
        ("xl/workbook.xml", MACRO_ENABLED),
        ("xl/worksheets/sheet1.xml", SHEET),
        ("xl/drawings/drawing1.xml", "application/vnd.openxmlformats-officedocument.drawing+xml"),
        ("xl/ctrlProps/ctrlProp1.xml", "application/vnd.ms-excel.controlproperties+xml"),
        (
            "xl/printerSettings/printerSettings1.bin",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings",
        ),
        ("xl/vbaProjectSignature.bin", "application/vnd.ms-office.vbaProjectSignature"),
    ];
    let kind = |word: &str| format!("{RELATIONSHIPS}/{word}");
    let of_microsoft = |word: &str| format!("{MICROSOFT}/{word}");
    vec![
        (
            "[Content_Types].xml",
            types(
                &[
                    ("bin", PROJECT),
                    ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
                    ("xml", "application/xml"),
                    ("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing"),
                    ("png", "image/png"),
                ],
                &project_types,
            ),
        ),
        (
            "_rels/.rels",
            relationships(&[
                (&kind("officeDocument"), "xl/workbook.xml"),
                (&of_microsoft("ui/extensibility"), "customUI/customUI.xml"),
                ("http://schemas.microsoft.com/office/2007/relationships/ui/extensibility", "customUI/customUI14.xml"),
                (&of_microsoft("ui/userCustomization"), "userCustomization/customUI.xml"),
            ]),
        ),
        (
            "xl/workbook.xml",
            "<workbook xmlns=\"m\"><workbookPr codeName=\"ThisWorkbook\"/><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"r0\"/></sheets><definedNames><definedName name=\"Go\" function=\"1\" vbProcedure=\"1\">Go</definedName><definedName name=\"Kept\">A!$A$1</definedName></definedNames></workbook>".into(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relationships(&[
                (&kind("worksheet"), "worksheets/sheet1.xml"),
                (&of_microsoft("vbaProject"), "vbaProject.bin"),
                (&of_microsoft("attachedToolbars"), "attachedToolbars.bin"),
            ]),
        ),
        ("xl/vbaProject.bin", "any bytes".into()),
        ("xl/_rels/vbaProject.bin.rels", relationships(&[(&of_microsoft("vbaProjectSignature"), "vbaProjectSignature.bin")])),
        ("xl/vbaProjectSignature.bin", "any bytes".into()),
        ("xl/attachedToolbars.bin", "any bytes".into()),
        (
            "xl/worksheets/sheet1.xml",
            "<worksheet xmlns=\"m\"><sheetPr codeName=\"Sheet1\"/><sheetData/><drawing r:id=\"r0\"/><legacyDrawing r:id=\"r1\"/><controls><control shapeId=\"1\" r:id=\"r2\"><controlPr macro=\"[0]!Go\"/></control></controls></worksheet>".into(),
        ),
        (
            "xl/worksheets/_rels/sheet1.xml.rels",
            relationships(&[
                (&kind("drawing"), "../drawings/drawing1.xml"),
                (&kind("vmlDrawing"), "../drawings/vmlDrawing1.vml"),
                (&kind("ctrlProp"), "../ctrlProps/ctrlProp1.xml"),
                (&kind("printerSettings"), "../printerSettings/printerSettings1.bin"),
            ]),
        ),
        ("xl/printerSettings/printerSettings1.bin", "any bytes".into()),
        ("xl/drawings/drawing1.xml", "<xdr:wsDr><xdr:sp macro=\"[0]!Go\" textlink=\"\"/></xdr:wsDr>".into()),
        ("xl/drawings/_rels/drawing1.xml.rels", relationships(&[(&kind("image"), "../media/shared.png")])),
        ("xl/drawings/vmlDrawing1.vml", "<xml><x:ClientData><x:FmlaMacro>[0]!Go</x:FmlaMacro></x:ClientData></xml>".into()),
        ("xl/ctrlProps/ctrlProp1.xml", "<formControlPr objectType=\"Button\"/>".into()),
        ("customUI/customUI.xml", "<customUI/>".into()),
        (
            "customUI/_rels/customUI.xml.rels",
            relationships(&[(&kind("image"), "images/own.png"), (&kind("image"), "../xl/media/shared.png")]),
        ),
        ("customUI/images/own.png", "png".into()),
        ("xl/media/shared.png", "png".into()),
        ("customUI/customUI14.xml", "<customUI/>".into()),
        ("userCustomization/customUI.xml", "<customUI/>".into()),
    ]
}

#[test]
fn macros_are_gone_with_all_that_led_to_them_and_nothing_else() {
    let original = with_macros();
    let (any, parts, touched) = removed(&package(&original)).unwrap();
    assert!(any);
    let gone: Vec<&str> = original
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| !parts.iter().any(|(kept, _)| kept == name))
        .collect();
    assert_eq!(
        gone,
        [
            "xl/vbaProject.bin",
            "xl/_rels/vbaProject.bin.rels",
            "xl/vbaProjectSignature.bin",
            "xl/attachedToolbars.bin",
            "customUI/customUI.xml",
            "customUI/_rels/customUI.xml.rels",
            "customUI/images/own.png",
            "customUI/customUI14.xml",
            "userCustomization/customUI.xml",
        ]
    );
    // Every permitted difference of a part that stays.
    for (name, text) in &original {
        let Some((_, written)) = parts.iter().find(|(own, _)| own == name) else { continue };
        let mut expected = text.clone();
        let differences: &[(&str, &str)] = match *name {
            "[Content_Types].xml" => &[
                ("<Default Extension=\"bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/>", ""),
                (MACRO_ENABLED, WORKBOOK),
                (
                    "<Override PartName=\"/xl/vbaProjectSignature.bin\" ContentType=\"application/vnd.ms-office.vbaProjectSignature\"/>",
                    "",
                ),
            ],
            "_rels/.rels" => &[
                (
                    "<Relationship Id=\"r1\" Type=\"http://schemas.microsoft.com/office/2006/relationships/ui/extensibility\" Target=\"customUI/customUI.xml\"/>",
                    "",
                ),
                (
                    "<Relationship Id=\"r2\" Type=\"http://schemas.microsoft.com/office/2007/relationships/ui/extensibility\" Target=\"customUI/customUI14.xml\"/>",
                    "",
                ),
                (
                    "<Relationship Id=\"r3\" Type=\"http://schemas.microsoft.com/office/2006/relationships/ui/userCustomization\" Target=\"userCustomization/customUI.xml\"/>",
                    "",
                ),
            ],
            "xl/workbook.xml" => {
                &[("<definedName name=\"Go\" function=\"1\" vbProcedure=\"1\">Go</definedName>", "")]
            }
            "xl/_rels/workbook.xml.rels" => &[
                (
                    "<Relationship Id=\"r1\" Type=\"http://schemas.microsoft.com/office/2006/relationships/vbaProject\" Target=\"vbaProject.bin\"/>",
                    "",
                ),
                (
                    "<Relationship Id=\"r2\" Type=\"http://schemas.microsoft.com/office/2006/relationships/attachedToolbars\" Target=\"attachedToolbars.bin\"/>",
                    "",
                ),
            ],
            "xl/worksheets/sheet1.xml" => &[(" macro=\"[0]!Go\"", "")],
            "xl/drawings/drawing1.xml" => &[("[0]!Go", "")],
            "xl/drawings/vmlDrawing1.vml" => &[("<x:FmlaMacro>[0]!Go</x:FmlaMacro>", "")],
            _ => &[],
        };
        for (before, after) in differences {
            assert!(expected.contains(before), "{name}: {before}");
            expected = expected.replace(before, after);
        }
        assert_eq!(*written, expected, "{name}");
        assert_eq!(touched.iter().any(|own| own == name), !differences.is_empty(), "{name}");
    }
}

/// The workbook with one part's text changed.
fn with(name: &str, before: &str, after: &str) -> Vec<u8> {
    let mut parts = with_macros();
    let (_, text) = parts.iter_mut().find(|(own, _)| *own == name).unwrap();
    assert!(text.contains(before));
    *text = text.replace(before, after);
    package(&parts)
}

#[test]
fn a_workbook_without_macros_keeps_every_byte() {
    let plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    let mut parts = with_macros();
    // A ribbon that calls another program, a shape that calls another workbook's macro.
    parts.retain(|(name, _)| !name.contains("vbaProject") && !name.contains("Toolbars"));
    for (name, text) in &mut parts {
        *text = text.replace(MACRO_ENABLED, plain);
        if *name == "xl/_rels/workbook.xml.rels" {
            *text = relationships(&[(&format!("{RELATIONSHIPS}/worksheet"), "worksheets/sheet1.xml")]);
        }
    }
    let (any, _, touched) = removed(&package(&parts)).unwrap();
    assert!(!any);
    assert!(touched.is_empty(), "{touched:?}");
}

#[test]
fn a_template_becomes_a_workbook() {
    for (kind, any) in [
        (TEMPLATE, true),
        ("application/vnd.ms-excel.template.macroEnabled.main+xml", true),
        ("application/vnd.ms-excel.addin.macroEnabled.main+xml", true),
        ("application/vnd.ms-excel.sheet.MacroEnabled.main+xml", true),
    ] {
        let (found, parts, _) = removed(&with("[Content_Types].xml", MACRO_ENABLED, kind)).unwrap();
        let (_, types) = &parts[0];
        assert!(
            types.contains(&format!("<Override PartName=\"/xl/workbook.xml\" ContentType=\"{WORKBOOK}\"/>"))
        );
        assert_eq!(found, any);
    }
    let parts = [
        ("[Content_Types].xml", types(&[("xml", TEMPLATE)], &[])),
        ("_rels/.rels", relationships(&[(&format!("{RELATIONSHIPS}/officeDocument"), "w.xml")])),
        ("w.xml", "<workbook/>".into()),
    ];
    let (any, parts, touched) = removed(&package(&parts)).unwrap();
    assert!(!any && touched == ["[Content_Types].xml"]);
    assert!(
        parts[0].1.contains(&format!("<Override PartName=\"/w.xml\" ContentType=\"{WORKBOOK}\"/></Types>"))
    );
}

#[test]
fn what_is_not_safe_is_refused() {
    for (name, before, after, said) in [
        (
            "xl/_rels/workbook.xml.rels",
            "relationships/attachedToolbars",
            "relationships/xlMacrosheet",
            "Excel 4.0",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "relationships/attachedToolbars",
            "relationships/xlIntlMacrosheet",
            "Excel 4.0",
        ),
        ("[Content_Types].xml", SHEET, "application/vnd.ms-excel.macrosheet+xml", "Excel 4.0"),
        ("xl/workbook.xml", "A!$A$1", "GET.CELL(63,A!$A$1)", "Excel 4.0"),
        (
            "xl/_rels/workbook.xml.rels",
            "\"attachedToolbars.bin\"",
            "\"worksheets/sheet1.xml\"",
            "both a macro and another part",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "\"attachedToolbars.bin\"",
            "\"workbook.xml\"",
            "both a macro and another part",
        ),
        ("xl/drawings/drawing1.xml", "<xdr:wsDr>", "<!DOCTYPE x><xdr:wsDr>", "document type definition"),
    ] {
        let fault = removed(&with(name, before, after)).unwrap_err().to_string();
        assert!(fault.contains(said), "{fault}");
    }
}

#[test]
fn a_project_that_nothing_names_is_gone_too() {
    let bytes = with(
        "xl/_rels/workbook.xml.rels",
        "<Relationship Id=\"r1\" Type=\"http://schemas.microsoft.com/office/2006/relationships/vbaProject\" Target=\"vbaProject.bin\"/>",
        "",
    );
    let (any, parts, _) = removed(&bytes).unwrap();
    assert!(any && !parts.iter().any(|(name, _)| name.contains("vbaProject")));
}
