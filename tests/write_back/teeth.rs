//! The comparison itself: what is not permitted is found.

use super::base::{KPIS, STRINGS, STYLES, base};
use super::compare::{Comparison, compare};
use super::feedback::{Marked, rated};
use super::package::Package;
use quarterday::domain::rating::Rating;

fn said(returned: &Package, marked: &[Marked]) -> String {
    let (original, returned) = (base().zip(), returned.zip());
    compare(&Comparison { original: &original, returned: &returned, marked, macros: false }, &[]).join("\n")
}

#[test]
fn what_is_not_permitted_is_found() {
    let marked = [rated("KPIs", "D4", Rating::Green)];
    let cases: &[(&str, Package, &str)] = &[
        (
            "a value",
            base().change(KPIS, "<v>21</v></c><c r=\"C4\">", "<v>22</v></c><c r=\"C4\">"),
            "sheet2.xml: in worksheet",
        ),
        (
            "a format of another cell",
            base().change(KPIS, "<c r=\"B5\">", "<c r=\"B5\" s=\"3\">"),
            "sheet2.xml: in worksheet",
        ),
        ("a formula gone", base().change(KPIS, "<f>B4/C4</f>", ""), "sheet2.xml: in worksheet"),
        ("white space", base().change(KPIS, "<c r=\"B5\">", "<c  r=\"B5\">"), "sheet2.xml: in worksheet"),
        (
            "a new cell that is not marked",
            base().change(KPIS, "<c r=\"B5\">", "<c r=\"B5\"/><c r=\"B5\">"),
            "sheet2.xml: in worksheet",
        ),
        (
            "a format before others",
            base().change(STYLES, "<cellXfs count=\"6\">", "<cellXfs count=\"6\"><xf numFmtId=\"9\"/>"),
            "styles.xml: in styleSheet/cellXfs",
        ),
        (
            "a text before others",
            base().change(STRINGS, "<si><t>Measure</t></si>", "<si><t>x</t></si><si><t>Measure</t></si>"),
            "sharedStrings.xml: in sst",
        ),
        (
            "a sheet that has no mark",
            base().change("xl/worksheets/sheet3.xml", "2.5", "2.6"),
            "sheet3.xml is changed",
        ),
        ("a part gone", base().remove("docProps/app.xml"), "docProps/app.xml is lost"),
        ("a part nobody knows", base().put("xl/new.xml", "<a/>"), "xl/new.xml is new"),
        ("no colour", base(), "it does not have the colour of its rating"),
        ("no note", base(), "KPIs D4 has no note"),
        ("no sheet of the council's", base(), "the last sheet is not the council's"),
        (
            "another namespace",
            base().change(STYLES, "</cellXfs>", "<xf xmlns=\"urn:x\"/></cellXfs>"),
            "styles.xml: in styleSheet/cellXfs",
        ),
    ];
    for (what, returned, fault) in cases {
        let said = said(returned, &marked);
        assert!(said.contains(fault), "{what}: {said}");
    }
}

#[test]
fn what_is_permitted_is_not() {
    let marked = [rated("KPIs", "D4", Rating::Green), rated("KPIs", "H9", Rating::Red)];
    let returned = base()
        .change(KPIS, "<c r=\"D4\" s=\"3\">", "<c r=\"D4\" s=\"6\">")
        .change(KPIS, "</row></sheetData>", "</row><row r=\"9\"><c r=\"H9\" s=\"6\"/></row></sheetData>")
        .change(KPIS, "A1:F7", "A1:H9")
        .change(STYLES, "<cellXfs count=\"6\">", "<cellXfs count=\"7\">")
        .change(STYLES, "</cellXfs>", "<xf numFmtId=\"10\"/></cellXfs>")
        .change(STRINGS, "</sst>", "<si><t>x</t></si></sst>");
    let said = said(&returned, &marked);
    assert!(!said.contains(".xml"), "{said}");
}
