//! Names of sheets that Excel takes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::feedback::SHEET_NAME;
use super::formats::fitting;
use crate::domain::council_feedback::is_ours;
use crate::domain::workbook::Workbook;

/// Longest name, in UTF-16 units.
const LONGEST: usize = 31;

/// The name each sheet gets: its own, made legal where another format allowed more. Earlier feedback of the council's is left out;
/// a sheet of the provider's that merely has its name is not.
pub fn sheet_names(original: &Workbook) -> BTreeMap<Arc<str>, String> {
    let mut taken = BTreeSet::new();
    let mut names = BTreeMap::new();
    for sheet in original.sheets.iter().filter(|sheet| !is_ours(sheet)) {
        let legal: String = sheet
            .name
            .chars()
            .map(|c| if c.is_control() || "[]:*?/\\".contains(c) { ' ' } else { c })
            .collect::<String>()
            .trim_matches(['\'', ' '])
            .to_string();
        // Excel keeps “History” for itself.
        let legal = match legal.as_str() {
            "" => "Sheet".to_string(),
            word if word.eq_ignore_ascii_case("history") => format!("{word}_"),
            word => fitting(word, LONGEST),
        };
        let mut name = legal.clone();
        let mut number = 2;
        while !taken.insert(name.to_lowercase()) {
            let suffix = format!(" ({number})");
            name = format!("{}{suffix}", fitting(&legal, LONGEST - suffix.len()));
            number += 1;
        }
        names.insert(sheet.name.clone(), name);
    }
    names
}

/// The name of the feedback sheet beside sheets of these names.
pub fn feedback_name<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let taken: BTreeSet<String> = names.map(str::to_lowercase).collect();
    let mut name = SHEET_NAME.to_string();
    let mut number = 2;
    while taken.contains(&name.to_lowercase()) {
        name = format!("{SHEET_NAME} ({number})");
        number += 1;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::workbook::Sheet;

    #[test]
    fn names_become_legal_and_stay_apart() {
        let long = "a".repeat(32);
        let given = [
            "KPIs",
            "kpis",
            "Q1/Q2",
            "'quoted'",
            "[]",
            "History",
            &long,
            "Council feedback:",
            &"a".repeat(31),
        ];
        let sheets = given.iter().map(|name| Sheet { name: (*name).into(), ..Sheet::default() }).collect();
        let names = sheet_names(&Workbook { sheets, ..Workbook::default() });
        let of = |name: &str| names.get(name).map(String::as_str);
        for (name, legal) in [
            ("KPIs", Some("KPIs")),
            ("kpis", Some("kpis (2)")),
            ("Q1/Q2", Some("Q1 Q2")),
            ("'quoted'", Some("quoted")),
            ("[]", Some("Sheet")),
            ("History", Some("History_")),
            (&long, Some(format!("{}…", "a".repeat(30)).as_str())),
            (&"a".repeat(31), Some("a".repeat(31).as_str())),
            ("Council feedback:", Some("Council feedback")),
        ] {
            assert_eq!(of(name), legal, "{name}");
        }
        assert_eq!(feedback_name(names.values().map(String::as_str)), "Council feedback (2)");
        assert_eq!(feedback_name(std::iter::empty()), "Council feedback");
    }
}
