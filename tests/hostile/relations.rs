//! Relationships that lead nowhere, elsewhere or back.

use super::package::{RELATIONSHIPS, SHEET, SHEETS, WORKBOOK, workbook};
use super::run::{NO_FORM, NO_FORM_OR_DAMAGED, Sample, each_ends_in_a_line, sample};

fn target(name: &'static str, target: &str, says: &'static [&'static str]) -> Sample {
    let sheets = SHEETS.replace("worksheets/sheet1.xml", target);
    sample(name, workbook(&[("xl/_rels/workbook.xml.rels", sheets.as_bytes())]), says)
}

#[test]
fn sheets_that_are_not_there() {
    let own = r#"<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/table" Target="../worksheets/sheet1.xml"/></Relationships>"#;
    let bare = own.replace("../worksheets/sheet1.xml", "table");
    let twice = WORKBOOK.replace("</sheets>", "<sheet name=\"Again\" sheetId=\"2\" r:id=\"r1\"/></sheets>");
    let lost = WORKBOOK.replace("r:id=\"r1\"", "r:id=\"r7\"");
    each_ends_in_a_line(vec![
        target("missing.xlsx", "worksheets/none.xml", &["its part is missing"]),
        target("climbing.xlsx", "../../../etc/passwd", &["its part is missing"]),
        target("absolute.xlsx", "/etc/passwd", &["its part is missing"]),
        target("web.xlsx", "http://council.example/sheet.xml", &["its part is missing"]),
        target("workbook.xlsx", "workbook.xml", NO_FORM_OR_DAMAGED),
        target("itself.xlsx", "_rels/workbook.xml.rels", NO_FORM_OR_DAMAGED),
        target("empty.xlsx", "", &["its part is missing"]),
        sample(
            "sheet-of-itself.xlsx",
            workbook(&[("xl/worksheets/_rels/sheet1.xml.rels", own.as_bytes())]),
            NO_FORM,
        ),
        sample(
            "no-folder.xlsx",
            workbook(&[("xl/worksheets/_rels/sheet1.xml.rels", bare.as_bytes())]),
            NO_FORM,
        ),
        sample("twice.xlsx", workbook(&[("xl/workbook.xml", twice.as_bytes())]), &["“Again” twice"]),
        sample(
            "lost.xlsx",
            workbook(&[("xl/workbook.xml", lost.as_bytes())]),
            &["leads to no sheet for “KPIs”"],
        ),
    ]);
}

#[test]
fn workbooks_that_are_not_there() {
    let at = |target: &str| {
        let related = RELATIONSHIPS.replace("xl/workbook.xml", target);
        workbook(&[("_rels/.rels", related.as_bytes())])
    };
    each_ends_in_a_line(vec![
        sample("root-itself.xlsx", at("_rels/.rels"), &["is damaged", "no worksheet"]),
        sample("root-sheet.xlsx", at(SHEET), &["is damaged", "no worksheet"]),
        sample("root-none.xlsx", at(""), &["is damaged"]),
        sample("root-elsewhere.xlsx", at("http://council.example/workbook.xml"), &["is damaged"]),
        sample(
            "root-missing.xlsx",
            workbook(&[("_rels/.rels", b"<Relationships/>")]),
            &["names no workbook"],
        ),
        sample(
            "no-sheets.xlsx",
            workbook(&[("xl/workbook.xml", b"<workbook><sheets/></workbook>")]),
            &["no worksheet"],
        ),
    ]);
}
