//! What is special about a workbook that was read: what it carries besides its sheets, and what that means for the copy that goes back.

use crate::domain::finding::Finding;
use crate::domain::finding_kinds::{
    WORKBOOK_HAS_MACROS, WORKBOOK_LABELLED, WORKBOOK_LINKS_ELSEWHERE, WORKBOOK_SIGNED,
};
use crate::domain::text::one_line;
use crate::domain::workbook::Workbook;

/// One remark for each thing it carries, about the whole file.
pub(super) fn remarks(workbook: &Workbook) -> Vec<Finding> {
    let carried = &workbook.carried;
    let mut remarks = Vec::new();
    let mut remark = |kind, message: String| {
        remarks.push(Finding::in_file(kind, &workbook.file, message));
    };
    let mut programs = Vec::new();
    if workbook.macros {
        programs.push("macros");
    }
    if carried.controls {
        programs.push("ActiveX controls");
    }
    if !programs.is_empty() {
        let programs = programs.join(" and ");
        let message =
            format!("The workbook has {programs}. They were not run, and the copy that goes back has none.");
        remark(&WORKBOOK_HAS_MACROS, message);
    }
    if let Some(label) = &carried.label {
        let named = match one_line(label).as_str() {
            "" => "a sensitivity label".to_string(),
            name => format!("the sensitivity label “{name}”"),
        };
        let message = format!("The workbook carries {named}. The copy that goes back does not.");
        remark(&WORKBOOK_LABELLED, message);
    }
    if carried.links {
        let message = "The workbook takes values from other workbooks or sources of data. They were read as last saved in it; nothing \
                       was looked up, and the copy that goes back has no links."
            .to_string();
        remark(&WORKBOOK_LINKS_ELSEWHERE, message);
    }
    if carried.signed {
        let message = "The workbook is digitally signed. The signature was not checked, and it does not hold for the copy that goes back."
            .to_string();
        remark(&WORKBOOK_SIGNED, message);
    }
    remarks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::workbook::Carried;
    use crate::intake::testing::book;

    fn said(macros: bool, carried: Carried) -> Vec<(&'static str, String)> {
        let workbook = Workbook { macros, carried, ..book(Vec::new()) };
        remarks(&workbook).into_iter().map(|finding| (finding.kind.code, finding.message)).collect()
    }

    #[test]
    fn an_ordinary_workbook_needs_no_word() {
        assert_eq!(said(false, Carried::default()), []);
    }

    #[test]
    fn each_thing_carried_is_said_once() {
        let all = Carried { controls: true, signed: true, links: true, label: Some("OFFICIAL".into()) };
        let said = said(true, all);
        let codes: Vec<&str> = said.iter().map(|(code, _)| *code).collect();
        assert_eq!(
            codes,
            ["workbook-has-macros", "workbook-labelled", "workbook-links-elsewhere", "workbook-signed"]
        );
        assert!(said[0].1.contains("macros and ActiveX controls"), "{}", said[0].1);
        assert!(said[1].1.contains("label “OFFICIAL”"), "{}", said[1].1);
    }

    #[test]
    fn plain_macros_and_nameless_labels() {
        assert!(said(true, Carried::default())[0].1.starts_with("The workbook has macros."));
        let label = Carried { label: Some(String::new()), ..Carried::default() };
        assert!(said(false, label)[0].1.starts_with("The workbook carries a sensitivity label."));
    }
}
