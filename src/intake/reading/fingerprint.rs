//! Whether two workbooks hold the same, whatever they look like.

use chrono::{Datelike, NaiveDateTime, Timelike};
use sha2::{Digest, Sha256};

use crate::domain::council_feedback::is_ours;
use crate::domain::quantity;
use crate::domain::workbook::{Content, Workbook};

/// As many bytes are hashed at once.
const HASHED_AT_ONCE: usize = 1 << 12;

/// SHA-256, in hexadecimal, over the names of the sheets, their order and what stands in their cells; looks, formulas
/// behind values and the sheet that the program adds ([`is_ours`]) do not count. The program's own coloured copy of a return,
/// unchanged, has the fingerprint of the original: it is no resubmission (rulebook 7).
///
/// Numbers count as Excel shows them (15 digits), line endings in texts do not differ, empty texts are blank.
pub fn fingerprint(workbook: &Workbook) -> String {
    let mut hash = Sha256::new();
    // Little by little it would take longer than the hashing itself.
    let mut said: Vec<u8> = Vec::with_capacity(2 * HASHED_AT_ONCE);
    for sheet in workbook.sheets.iter().filter(|sheet| !is_ours(sheet)) {
        field(&mut said, b's', &sheet.name);
        for (address, cell) in &sheet.cells {
            let made: String;
            let (kind, value) = match &cell.content {
                Content::Blank => continue,
                Content::Number(value) => {
                    made = quantity::from_float(*value).map_or_else(|| format!("{value:e}"), quantity::plain);
                    (b'n', made.as_str())
                }
                Content::Text(text) if text.contains('\r') => {
                    made = text.replace("\r\n", "\n").replace('\r', "\n");
                    (b't', made.as_str())
                }
                Content::Text(text) => (b't', &**text),
                Content::Date(moment) => {
                    made = moment_as_text(moment);
                    (b'd', made.as_str())
                }
                Content::Boolean(value) => (b'b', if *value { "true" } else { "false" }),
                Content::Error(error) => (b'e', &**error),
            };
            if value.is_empty() {
                continue;
            }
            said.extend_from_slice(&address.row.to_le_bytes());
            said.extend_from_slice(&address.column.to_le_bytes());
            field(&mut said, kind, value);
            if said.len() >= HASHED_AT_ONCE {
                hash.update(&said);
                said.clear();
            }
        }
        // Ends the sheet: no row has this number.
        said.extend_from_slice(&u32::MAX.to_le_bytes());
    }
    hash.update(&said);
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A moment as ISO 8601 has it, with the fraction of its second only where it has one.
fn moment_as_text(moment: &NaiveDateTime) -> String {
    let (date, time) = (moment.date(), moment.time());
    if !(0..=9999).contains(&date.year()) || time.nanosecond() != 0 {
        return moment.format("%Y-%m-%dT%H:%M:%S%.f").to_string();
    }
    let mut text = String::with_capacity(19);
    let year = date.year().unsigned_abs();
    for (before, number) in [
        ("", year / 100),
        ("", year % 100),
        ("-", date.month()),
        ("-", date.day()),
        ("T", time.hour()),
        (":", time.minute()),
        (":", time.second()),
    ] {
        text.push_str(before);
        text.extend([number / 10 % 10, number % 10].into_iter().filter_map(|own| char::from_digit(own, 10)));
    }
    text
}

/// A kind and a value with its length before it, so that no two lists of fields read the same.
fn field(said: &mut Vec<u8>, kind: u8, value: &str) {
    said.push(kind);
    said.extend_from_slice(&(value.len() as u64).to_le_bytes());
    said.extend_from_slice(value.as_bytes());
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::NaiveDate;

    use super::*;
    use crate::domain::place::CellAddress;
    use crate::domain::workbook::{Cell, FEEDBACK_SHEET, Look, Sheet};

    fn sheet(name: &str, cells: &[(u32, u32, Content)]) -> Sheet {
        let cell =
            |content: &Content| Cell { content: content.clone(), formula: false, look: Arc::default() };
        Sheet {
            name: name.into(),
            cells: cells
                .iter()
                .map(|(row, column, content)| (CellAddress::new(*row, *column), cell(content)))
                .collect(),
            ..Sheet::default()
        }
    }

    fn of(sheets: Vec<Sheet>) -> String {
        fingerprint(&Workbook { sheets, ..Workbook::default() })
    }

    fn one(content: Content) -> String {
        of(vec![sheet("KPIs", &[(0, 0, content)])])
    }

    #[test]
    fn overlooks_what_is_not_content() {
        let plain = one(Content::Number(7.0));
        assert_eq!(plain.len(), 64);
        assert_eq!(plain, one(Content::Number(7.000000000000001)));
        let mut coloured = sheet("KPIs", &[(0, 0, Content::Number(7.0)), (4, 4, Content::Blank)]);
        for cell in coloured.cells.values_mut() {
            cell.look = Arc::new(Look { fill: Some(0xff0000), ..Look::default() });
            cell.formula = true;
        }
        coloured.hidden = true;
        let text = |text: &str| Content::Text(text.into());
        let columns = ["No.", "What was found", "Provider response"];
        let mut feedback = vec![(0, 0, text("Council feedback: KPIs, Harbour, September 2025"))];
        feedback.extend((0..).zip(columns).map(|(column, heading)| (4, column, text(heading))));
        let own = sheet(FEEDBACK_SHEET, &[(0, 0, text("Late"))]);
        assert_ne!(plain, of(vec![coloured.clone(), own]), "a sheet of the provider's that has the name");
        assert_eq!(plain, of(vec![coloured, sheet("Council feedback (2)", &feedback)]));
        assert_eq!(one(Content::Text("a\r\nb".into())), one(Content::Text("a\nb".into())));
        assert_eq!(one(Content::Text("".into())), one(Content::Blank));
    }

    #[test]
    fn words_a_moment_as_it_always_did() {
        for (year, month, day) in [(2025, 9, 1), (900, 12, 31), (9999, 1, 1), (12_000, 2, 3), (-5, 4, 5)] {
            let date = NaiveDate::from_ymd_opt(year, month, day).unwrap();
            for nanoseconds in [0, 5_000_000, 123_456_789, 1_500_000_000] {
                let moment = date.and_hms_nano_opt(13, 4, 59, nanoseconds).unwrap();
                assert_eq!(moment_as_text(&moment), moment.format("%Y-%m-%dT%H:%M:%S%.f").to_string());
            }
        }
    }

    #[test]
    fn sees_every_difference_of_content() {
        let noon = NaiveDate::from_ymd_opt(2025, 9, 1).unwrap().and_hms_opt(12, 0, 0).unwrap();
        let text = |text: &str| Content::Text(text.into());
        let fingerprints = [
            one(Content::Blank),
            one(Content::Number(7.0)),
            one(Content::Number(7.1)),
            one(text("7")),
            one(text("#REF!")),
            one(text("true")),
            one(Content::Error("#REF!".into())),
            one(Content::Boolean(true)),
            one(Content::Boolean(false)),
            one(Content::Date(noon)),
            one(Content::Date(noon.date().and_hms_opt(0, 0, 0).unwrap())),
            of(vec![sheet("Other", &[(0, 0, Content::Number(7.0))])]),
            of(vec![sheet("KPIs", &[(0, 1, Content::Number(7.0))])]),
            of(vec![sheet("KPIs", &[(1, 0, Content::Number(7.0))])]),
            of(vec![sheet("KPIs", &[(0, 0, Content::Number(7.0))]), sheet("More", &[])]),
            of(vec![sheet("More", &[]), sheet("KPIs", &[(0, 0, Content::Number(7.0))])]),
        ];
        for (position, fingerprint) in fingerprints.iter().enumerate() {
            assert!(!fingerprints[..position].contains(fingerprint), "{position}");
        }
    }
}
