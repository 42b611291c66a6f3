//! Files disposed of on purpose: so that nobody looks for them, and the return counts neither as missing nor as late.

use chrono::NaiveDate;

use super::cells::{Findings, Row};
use super::file_names::FileName;
use super::placed::Placed;
use super::providers::Known;
use crate::domain::place::CellRef;

/// A file that was disposed of.
#[derive(Debug, Clone, PartialEq)]
pub struct Disposal {
    /// Where the row stands.
    pub place: CellRef,
    /// File as written.
    pub file: String,
    /// The day it was disposed of.
    pub on: NaiveDate,
    /// By whom: a role.
    pub by: Option<String>,
    /// The return it was; `None` for a file that was none.
    pub of: Option<DisposedReturn>,
    pub(super) name: FileName,
}

/// The return that was disposed of.
#[derive(Debug, Clone, PartialEq)]
pub struct DisposedReturn {
    /// Provider's name as in Providers.
    pub provider: Placed<String>,
    /// Contract id in lower case.
    pub contract: Placed<String>,
    /// Form as written.
    pub form: Placed<String>,
    /// Period as written.
    pub period: Placed<String>,
    /// The area it was for; `None` is every area.
    pub area: Option<String>,
}

pub(super) fn disposal(row: &Row<'_>, known: &Known<'_>, findings: &mut Findings) -> Option<Disposal> {
    let (file, on) = (row.text("File", findings), row.date("Disposed on", findings));
    let by = row.text("By", findings);
    // Of a return all four are told; of any other file none.
    const RETURN: [&str; 4] = ["Provider", "Contract", "Form", "Period"];
    let blank: Vec<&str> =
        RETURN.into_iter().filter(|heading| row.text(heading, findings).is_none()).collect();
    let of = if blank.len() == RETURN.len() {
        None
    } else {
        for heading in &blank {
            let help = "name provider, contract, form and period of a return; leave all four blank for any other file";
            findings.fault(row.place(heading), format!("“{heading}” is blank"), help);
        }
        if !blank.is_empty() {
            return None;
        }
        let names = known.name_and_contract(row, findings);
        let (form, period) = (row.placed_text("Form", findings), row.period("Period", findings));
        let area = row.text("Area", findings);
        let (provider, contract) = names?;
        Some(DisposedReturn { provider, contract, form: form?, period: period?, area })
    };
    let file = file?;
    Some(Disposal { place: row.place("File"), name: FileName::new(&file), file, on: on?, by, of })
}

#[cfg(test)]
mod tests {
    use super::super::Register;
    use super::super::fixture::{PROVIDERS, assert_fault, workbook};

    const HEADINGS: &[&str] = &["File", "Disposed on", "Provider", "Contract", "Form", "Period"];

    #[test]
    fn a_row_is_a_return_or_any_other_file() {
        let rows: &[&[&str]] = &[
            HEADINGS,
            &["a.xlsx", "2026-09-01", "HA Ltd", "fixture-advocacy", "monthly", "2023-11"],
            &["q1/letter.pdf", "2026-09-02", "", "", "", ""],
        ];
        let register = Register::read(&workbook(&[("Providers", PROVIDERS), ("Disposals", rows)])).unwrap();
        let of: Vec<Option<String>> = register
            .disposals
            .iter()
            .map(|own| own.of.as_ref().map(|of| format!("{} {} {}", *of.provider, *of.form, *of.period)))
            .collect();
        assert_eq!(of, [Some("Harbour Advocacy monthly 2023-11".to_string()), None]);
        for (file, day) in [
            ("returns/any/A.xlsx", Some("2026-09-01")),
            ("returns/q1/letter.pdf", Some("2026-09-02")),
            ("returns/q2/letter.pdf", None),
        ] {
            let found = register.disposed_of(file).map(|day| day.to_string());
            assert_eq!(found.as_deref(), day, "{file}");
        }
    }

    #[test]
    fn half_a_return_is_a_fault() {
        for (row, cell, expected) in [
            (
                ["a.xlsx", "2026-09-01", "Harbour Advocacy", "fixture-advocacy", "", "2023-11"],
                "E2",
                "“Form” is blank",
            ),
            (
                ["a.xlsx", "2026-09-01", "Harbour Advocacy", "fixture-advocacy", "monthly", ""],
                "F2",
                "“Period” is blank",
            ),
            (["a.xlsx", "2026-09-01", "Nobody", "fixture-advocacy", "monthly", "2023-11"], "C2", "Nobody"),
            (["a.xlsx", "soon", "", "", "", ""], "B2", "soon"),
        ] {
            assert_fault("Disposals", &[HEADINGS, &row], cell, expected);
        }
    }
}
