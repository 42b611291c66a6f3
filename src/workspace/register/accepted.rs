//! The list of accepted findings, and what each row is about.

use super::cells::{Findings, Row};
use super::providers::Known;
use super::{Accepted, AcceptedSubject};
use crate::domain::place::CellAddress;
use crate::domain::text::fold;

/// Endings by which a cell of Accepted is told to be a file.
const WORKBOOK_ENDINGS: [&str; 7] = [".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".eml"];

pub(super) fn accepted(row: &Row<'_>, known: &Known<'_>, findings: &mut Findings) -> Option<Accepted> {
    let subject = subject(row, known, findings);
    let cell_text = row.text("Cell", findings);
    let cell = cell_text.as_deref().and_then(CellAddress::parse);
    if let (Some(text), None) = (&cell_text, cell) {
        findings.fault(row.place("Cell"), format!("“{text}” is no cell"), "write one cell, such as D7");
    }
    let (sheet, finding) = (row.text("Sheet", findings), row.placed_text("Finding", findings));
    let (reason, date) = (row.text("Reason", findings).unwrap_or_default(), row.date("Date", findings));
    let place = row.place("Finding");
    Some(Accepted { place, subject: subject?, sheet, cell, finding: finding?, reason, date })
}

/// What an accepted finding is about: in columns of their own, or in one.
fn subject(row: &Row<'_>, known: &Known<'_>, findings: &mut Findings) -> Option<AcceptedSubject> {
    const ONE: &str = "File or provider and form";
    if let Some(file) = row.text("File", findings) {
        return Some(AcceptedSubject::File(file));
    }
    if row.text("Provider", findings).is_some() {
        let provider = known.name(row, None, findings);
        let form = row.placed_text("Form", findings);
        if form.is_none() {
            findings.fault(
                row.place("Form"),
                "“Form” is blank".to_string(),
                "write the form's id, such as quarterly-kpi",
            );
        }
        return Some(AcceptedSubject::Form { provider: provider?.value, form: form? });
    }
    let Some(text) = row.text(ONE, findings) else {
        let message = "the row names neither a file nor a provider and form".to_string();
        findings.fault(row.place(ONE), message, "name what the finding is in");
        return None;
    };
    let folded = fold(&text);
    if WORKBOOK_ENDINGS.iter().any(|ending| folded.ends_with(ending)) {
        return Some(AcceptedSubject::File(text));
    }
    // The longest name first, so that a name that begins another does not win.
    let named = known
        .providers
        .iter()
        .flat_map(|provider| {
            std::iter::once(&provider.name).chain(&provider.aliases).map(move |n| (fold(n), &provider.name))
        })
        .chain(known.reviewed.iter().map(|review| (fold(&review.contract), &review.contract.value)))
        .filter_map(|(name, provider)| Some((name.len(), folded.strip_prefix(name.as_str())?, provider)))
        .max_by_key(|(length, _, _)| *length);
    let separators = [' ', ',', ';', ':', '/', '|', '\u{b7}', '-'];
    match named.map(|(_, rest, provider)| (rest, rest.trim_start_matches(separators), provider)) {
        Some((rest, form, provider)) if rest.starts_with(separators) && !form.is_empty() => {
            let form = row.placed(ONE, form.to_string());
            Some(AcceptedSubject::Form { provider: provider.clone(), form })
        }
        _ => {
            let message = format!("“{text}” is neither a file nor a provider of Providers with a form");
            findings.fault(
                row.place(ONE),
                message,
                "write a file, or as in: Harbour Advocacy, quarterly-kpi",
            );
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Register;
    use super::super::fixture::{PROVIDERS, about, assert_fault, workbook};

    #[test]
    fn a_row_names_a_file_or_a_provider_and_form() {
        for (text, expected) in [
            ("q1/a.XLSX", "file q1/a.XLSX"),
            ("Harbour Advocacy, quarterly-kpi", "Harbour Advocacy + quarterly-kpi"),
            ("harbour - monthly-information", "Harbour Advocacy + monthly-information"),
            ("HA Ltd: maturity", "Harbour Advocacy + maturity"),
        ] {
            let rows: &[&[&str]] = &[&["File or provider and form", "Finding"], &[text, "x"]];
            let register =
                Register::read(&workbook(&[("Providers", PROVIDERS), ("Accepted", rows)])).unwrap();
            assert_eq!(about(&register.accepted[0]), expected, "{text}");
        }
        let rows: &[&[&str]] = &[&["File", "Provider", "Form", "Finding"], &["", "HA Ltd", "maturity", "x"]];
        let register = Register::read(&workbook(&[("Providers", PROVIDERS), ("Accepted", rows)])).unwrap();
        assert_eq!(about(&register.accepted[0]), "Harbour Advocacy + maturity");
    }

    #[test]
    fn what_a_row_is_about_is_not_guessed() {
        let accepted: &[&str] = &["File or provider and form", "Cell", "Finding"];
        for (row, cell, expected) in [
            (["a.xlsx", "D7:E9", "x"], "B2", "is no cell"),
            (["", "D7", "x"], "A2", "names neither"),
            (["Harbour", "", "x"], "A2", "is neither a file nor"),
            (["Harbourquarterly-kpi", "", "x"], "A2", "is neither a file nor"),
            (["Elsewhere, quarterly-kpi", "", "x"], "A2", "is neither a file nor"),
        ] {
            assert_fault("Accepted", &[accepted, &row], cell, expected);
        }
        let columns: &[&str] = &["Provider", "Form", "Finding"];
        assert_fault("Accepted", &[columns, &["Harbour", "", "x"]], "B2", "“Form” is blank");
        assert_fault("Accepted", &[columns, &["Harbor", "maturity", "x"]], "A2", "Providers has no “Harbor”");
    }
}
