//! Sheets with conditional formats, and what becomes of them.

use super::*;

fn cell(text: &str) -> CellAddress {
    CellAddress::parse(text).unwrap()
}

const SHEET: &str = concat!(
    "<worksheet xmlns=\"m\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>conditionalFormatting &lt;/sheetData></v></c></row></sheetData>",
    "<mergeCells/><conditionalFormatting sqref=\"B2:C4 F9\"><cfRule type=\"cellIs\" dxfId=\"0\" priority=\"2\" operator=\"equal\"><formula>1</formula></cfRule>",
    "<cfRule type=\"dataBar\" priority='1'><dataBar/></cfRule></conditionalFormatting>",
    "<conditionalFormatting sqref=\"H1\" pivot=\"1\"><cfRule type=\"x\" priority=\"\"/><cfRule type=\"y\"/></conditionalFormatting>",
    "<extLst><ext uri=\"u\"><x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type=\"expression\" priority=\"3\" id=\"i\"><xm:f>A1&amp;B2</xm:f></x14:cfRule>",
    "<x14:cfRule type=\"dataBar\" id=\"j\"/><xm:sqref>J1 K1:K3</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>"
);

/// Where the rows of a sheet end.
fn cells_end(text: &str) -> usize {
    let ends = ["</sheetData>", "</x:sheetData>", "<sheetData/>", "<x:sheetData/>"];
    ends.iter().find_map(|end| Some(text.rfind(end)? + end.len())).unwrap()
}

fn removed(text: &str) -> Option<String> {
    remove_ours("p", text, cells_end(text)).unwrap()
}

fn overridden(text: &str, rules: &[(u32, Vec<CellAddress>)], otherwise: (usize, &str)) -> String {
    let mut splices = Splices::default();
    ConditionalFormats::read("p", text, cells_end(text)).unwrap().override_at(rules, otherwise, &mut splices);
    splices.apply("p", text).unwrap()
}

#[test]
fn covered_cells_are_known() {
    let formats = ConditionalFormats::read("p", SHEET, cells_end(SHEET)).unwrap();
    for (address, covered) in [
        ("B2", true),
        ("C4", true),
        ("F9", true),
        ("H1", true),
        ("J1", true),
        ("K2", true),
        ("A1", false),
        ("D4", false),
        ("K4", false),
    ] {
        assert_eq!(formats.covers(cell(address)), covered, "{address}");
    }
    let bare = "<worksheet><sheetData/></worksheet>";
    assert!(!ConditionalFormats::read("p", bare, cells_end(bare)).unwrap().covers(cell("A1")));
}

#[test]
fn rules_of_ours_come_first_and_the_others_after_them() {
    let rules = [(7, vec![cell("B2"), cell("J1")]), (8, vec![]), (9, vec![cell("F9")])];
    let written = overridden(SHEET, &rules, (0, ""));
    let rule = |cells: &str, format: u32, priority: u32| {
        format!(
            "<conditionalFormatting sqref=\"{cells}\"><cfRule type=\"expression\" dxfId=\"{format}\" priority=\"{priority}\" stopIfTrue=\"1\"><formula>N(&quot;Council feedback&quot;)=0</formula></cfRule></conditionalFormatting>"
        )
    };
    let expected = SHEET
        .replace("<mergeCells/>", &format!("<mergeCells/>{}{}", rule("B2 J1", 7, 1), rule("F9", 9, 2)))
        .replace("dxfId=\"0\" priority=\"2\"", "dxfId=\"0\" priority=\"4\"")
        .replace("priority='1'", "priority='3'")
        .replace("priority=\"3\" id=\"i\"", "priority=\"5\" id=\"i\"");
    assert_eq!(written, expected);
    assert_eq!(removed(&written).unwrap().len(), SHEET.len());
    assert_eq!(overridden(SHEET, &[], (0, "")), SHEET);
}

#[test]
fn a_sheet_with_formats_of_newer_excels_alone_is_given_the_place() {
    let text = "\u{feff}<x:worksheet><x:sheetData/><x:pageMargins/><x:extLst><x14:conditionalFormatting><x14:cfRule priority=\"1\"/><xm:sqref>A1</xm:sqref></x14:conditionalFormatting></x:extLst></x:worksheet>";
    let at = text.find("<x:pageMargins").unwrap();
    let written = overridden(text, &[(0, vec![cell("A1")])], (at, "x:"));
    assert!(written.contains("<x:sheetData/><x:conditionalFormatting sqref=\"A1\"><x:cfRule type=\"expression\" dxfId=\"0\" priority=\"1\" stopIfTrue=\"1\"><x:formula>N("), "{written}");
    assert!(written.contains("<x14:cfRule priority=\"2\"/>"));
    assert_eq!(removed(&written).unwrap(), text.replace("priority=\"1\"", "priority=\"2\""));
}

#[test]
fn a_prefix_is_that_of_the_first_format() {
    let text = "<x:worksheet><x:sheetData></x:sheetData><x:conditionalFormatting sqref=\"A1\"><x:cfRule priority=\"1\"/></x:conditionalFormatting></x:worksheet>";
    let written = overridden(text, &[(0, vec![cell("A1")])], (0, ""));
    assert!(
        written.contains("</x:sheetData><x:conditionalFormatting sqref=\"A1\"><x:cfRule type=\"expression\"")
    );
    assert!(written.contains("</x:formula></x:cfRule></x:conditionalFormatting><x:conditionalFormatting"));
}

#[test]
fn priorities_that_cannot_be_raised_stay() {
    for priority in ["2147483647", "-1", "1.5", "", "99999999999999"] {
        let text = format!(
            "<w><sheetData/><conditionalFormatting sqref=\"A1\"><cfRule priority=\"{priority}\"/></conditionalFormatting></w>"
        );
        let written = overridden(&text, &[(0, vec![cell("A1")])], (0, ""));
        assert!(written.contains(&format!("<cfRule priority=\"{priority}\"/>")), "{written}");
    }
}

#[test]
fn rules_of_ours_are_known_again_however_they_were_saved() {
    let around = |inside: &str| format!("<w><sheetData><row/></sheetData>{inside}<pageMargins/></w>");
    let theirs = "<cfRule type=\"cellIs\" priority=\"2\"><formula>\"Council feedback\"</formula></cfRule>";
    for (before, after) in [
        // As Excel saves it.
        (
            "<conditionalFormatting sqref=\"F8:F9\"><cfRule type=\"expression\" dxfId=\"3\" priority=\"1\" stopIfTrue=\"1\"><formula>N(\"Council feedback\")=0</formula></cfRule></conditionalFormatting>",
            Some(""),
        ),
        // As LibreOffice saves it.
        (
            "<conditionalFormatting sqref=\"F8\"><cfRule type=\"expression\" priority=\"2\" aboveAverage=\"0\" equalAverage=\"0\" bottom=\"0\" percent=\"0\" rank=\"0\" text=\"\" dxfId=\"3\"><formula>n( &quot;Council feedback&quot; ) = 0</formula></cfRule></conditionalFormatting>",
            Some(""),
        ),
        // Merged with rules of the provider's.
        (
            "<x:conditionalFormatting sqref=\"F8\"><x:cfRule type=\"cellIs\"/><x:cfRule stopIfTrue='1' type='expression'><x:formula><![CDATA[N(\"Council feedback\")=0]]></x:formula></x:cfRule><x:extLst><x:ext/></x:extLst></x:conditionalFormatting>",
            Some(
                "<x:conditionalFormatting sqref=\"F8\"><x:cfRule type=\"cellIs\"/><x:extLst><x:ext/></x:extLst></x:conditionalFormatting>",
            ),
        ),
        (&format!("<conditionalFormatting sqref=\"A1\">{theirs}</conditionalFormatting>"), None),
        (
            "<conditionalFormatting sqref=\"A1\"><cfRule><formula>N(\"Council feedback\")=0</formula><formula>2</formula></cfRule></conditionalFormatting>",
            None,
        ),
        // Moved into the extensions, alone and beside others.
        (
            "<extLst><ext uri=\"a\"><x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule><xm:f>N(\"Council feedback\")=0</xm:f><x14:dxf/></x14:cfRule><xm:sqref>F8</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>",
            Some(""),
        ),
        (
            "<extLst><ext uri=\"a\"><x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule><xm:f>N(\"Council feedback\")=0</xm:f></x14:cfRule><xm:sqref>F8</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext><ext uri=\"b\"><x14:slicerList/></ext></extLst>",
            Some("<extLst><ext uri=\"b\"><x14:slicerList/></ext></extLst>"),
        ),
    ] {
        let found = removed(&around(before));
        assert_eq!(found, after.map(around), "{before}");
    }
}
