//! What is due for disposal, one row each, for whoever decides on it.

use anyhow::Context;

use super::ratings_csv::guarded;
use crate::review::disposal::{Disposal, Disposals};

/// The columns, in order; the last two are for the decision.
pub const COLUMNS: [&str; 13] = [
    "contract",
    "provider",
    "form",
    "period",
    "file",
    "delete",
    "sha256",
    "rule",
    "kept_for",
    "counted_from",
    "kept_until",
    "decision",
    "disposed_on",
];

/// The list as comma-separated values: UTF-8 with a byte order mark and CRLF, as Excel reads it best. Text that Excel would take for
/// a formula has an apostrophe in front.
///
/// # Errors
/// A row cannot be written into memory.
pub fn disposals_csv(disposals: &Disposals) -> anyhow::Result<Vec<u8>> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xef\xbb\xbf".to_vec());
    writer.write_record(COLUMNS)?;
    for own in &disposals.due {
        writer.write_record(row(own)).with_context(|| format!("{} cannot be written", own.file))?;
    }
    writer.into_inner().context("the list cannot be written")
}

fn row(own: &Disposal) -> [String; COLUMNS.len()] {
    [
        guarded(&own.contract),
        guarded(&own.provider),
        guarded(&own.form),
        own.period.clone(),
        guarded(&own.file),
        guarded(&own.delete.join("; ")),
        own.sha256.clone(),
        own.rule.key().to_string(),
        own.length.clone(),
        own.from.to_string(),
        own.kept_until.to_string(),
        String::new(),
        String::new(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::disposal::Rule;

    #[test]
    fn a_row_names_the_rule_and_what_to_delete_and_is_no_formula() {
        let day = |text: &str| text.parse().unwrap();
        let own = Disposal {
            contract: "small".into(),
            provider: "=HYPERLINK(1)".into(),
            form: "Monthly, return".into(),
            period: "2025-11".into(),
            file: "returns/a.xlsx".into(),
            delete: vec!["returns/a.xlsx".into(), "originals/ab.xlsx".into()],
            sha256: "ab".into(),
            rule: Rule::Returns,
            length: "6 years".into(),
            from: day("2020-08-31"),
            kept_until: day("2026-08-31"),
        };
        let list = Disposals {
            format: "quarterday.retention/1",
            as_of: day("2026-09-01"),
            settled: true,
            due: vec![own],
            next: None,
            without_end: Vec::new(),
        };
        let text = String::from_utf8(disposals_csv(&list).unwrap()).unwrap();
        let mut lines = text.strip_prefix('\u{feff}').unwrap().split("\r\n");
        assert_eq!(lines.next().unwrap(), COLUMNS.join(","));
        assert_eq!(
            lines.next().unwrap(),
            "small,'=HYPERLINK(1),\"Monthly, return\",2025-11,returns/a.xlsx,returns/a.xlsx; originals/ab.xlsx,ab,\
             returns,6 years,2020-08-31,2026-08-31,,"
        );
    }
}
