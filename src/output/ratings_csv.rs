//! `results.csv`: the ratings, one row each, for Power BI and pivot tables; and the same rows parted by contract and period, for
//! programs that put many workspaces together.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use anyhow::Context;
use chrono::NaiveDate;
use serde::Serialize;

use super::results::{note, rounded_value};
use crate::domain::quantity::{Quantity, Unit, plain};
use crate::review::{ProviderReview, RatedFigure};

/// The columns, in order. `value` is as in `results.json`, shares as fractions of 1; both dates are inclusive;
/// file, sheet and cell are those of the first cell.
pub const COLUMNS: [&str; 19] = [
    "contract",
    "provider",
    "period",
    "from",
    "to",
    "kpi",
    "title",
    "area",
    "value",
    "numerator",
    "denominator",
    "unit",
    "target",
    "rating",
    "clause",
    "note",
    "file",
    "sheet",
    "cell",
];

/// Path below `out/` of the file that says as of when the partitions are.
pub const ABOUT: &str = "results/about.json";
/// What the files of `results` are; a change of columns changes it.
const FORMAT: &str = "quarterday.ratings/1";
/// Folder of the partitions below `out/`.
const PARTITIONS: &str = "results";
/// File name of each partition.
const PARTITION: &str = "ratings.csv";

type Writer = csv::Writer<Vec<u8>>;

/// The line of headings of `results.csv`: comma-separated values in UTF-8 with a byte order mark and CRLF, as Excel reads them best.
/// Text that Excel would take for a formula has an apostrophe in front.
///
/// # Errors
///
/// When a row cannot be written into memory, which no value of these types brings about.
pub fn heading() -> anyhow::Result<Vec<u8>> {
    let mut writer = writer(b"\xef\xbb\xbf".to_vec());
    writer.write_record(COLUMNS)?;
    finished(writer)
}

/// The rows of a review: of each period its label and its rows, in the order of the ratings.
///
/// # Errors
///
/// As of [`heading`].
pub fn rows_by_period(review: &ProviderReview) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let of_periods = review.ratings.chunk_by(|one, other| one.period == other.period);
    let rows = of_periods.map(|figures| {
        let mut writer = writer(Vec::new());
        for figure in figures {
            writer.write_record(row(review, figure)).with_context(|| {
                format!("{}, {}: KPI {} cannot be written", review.contract, review.provider, figure.kpi)
            })?;
        }
        let period = figures.first().map(|figure| figure.period.label()).unwrap_or_default();
        Ok((period, finished(writer)?))
    });
    rows.collect()
}

#[derive(Serialize)]
struct About {
    format: &'static str,
    as_of: NaiveDate,
    program: &'static str,
}

/// What stands beside the partitions as [`ABOUT`]: their format, the day as of which they are, and the program's version.
///
/// # Errors
///
/// When it cannot be written as JSON, which no value of these types brings about.
pub fn about_json(as_of: NaiveDate) -> anyhow::Result<Vec<u8>> {
    let about = About { format: FORMAT, as_of, program: env!("CARGO_PKG_VERSION") };
    let mut bytes = serde_json::to_vec_pretty(&about)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The rows of `results.csv` in one file a contract and period, under folders named as DuckDB, Spark and others
/// know them: `results/contract=ID/period=2025-26 Q3/ratings.csv`. The period is the rating's own, so a monthly indicator's
/// is a month.
#[derive(Debug, Default)]
pub struct Partitions {
    /// By path below `out/`, with forward slashes.
    files: BTreeMap<String, Vec<u8>>,
}

impl Partitions {
    /// Adds the rows of a review, of [`rows_by_period`]. `contract_folder` is the contract's id as a legal name, the same for every
    /// review of the contract and another contract's never. Rows stand in the order in which they are added.
    ///
    /// # Errors
    ///
    /// As of [`heading`].
    pub fn add(&mut self, contract_folder: &str, rows: &[(String, Vec<u8>)]) -> anyhow::Result<()> {
        for (period, rows) in rows {
            // Labels are digits, letters, hyphens and spaces.
            let path = format!("{PARTITIONS}/contract={contract_folder}/period={period}/{PARTITION}");
            let file = match self.files.entry(path) {
                Entry::Occupied(own) => own.into_mut(),
                Entry::Vacant(free) => free.insert(heading()?),
            };
            file.extend(rows);
        }
        Ok(())
    }

    /// Each file in order of path, which is below `out/` with forward slashes.
    pub fn files(self) -> impl Iterator<Item = (String, Vec<u8>)> {
        self.files.into_iter()
    }
}

fn writer(start: Vec<u8>) -> Writer {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(start)
}

fn finished(writer: Writer) -> anyhow::Result<Vec<u8>> {
    writer.into_inner().context("the ratings cannot be written")
}

fn row(review: &ProviderReview, figure: &RatedFigure) -> [String; COLUMNS.len()] {
    let number = |value: Option<Quantity>| value.map(plain).unwrap_or_default();
    let cell = figure.cells.first();
    [
        guarded(&review.contract),
        guarded(&review.provider),
        figure.period.label(),
        figure.period.from.to_string(),
        figure.period.to.to_string(),
        guarded(&figure.kpi),
        guarded(&figure.title),
        guarded(figure.area.as_deref().unwrap_or_default()),
        number(rounded_value(figure)),
        number(figure.numerator),
        number(figure.denominator),
        unit_id(figure.unit).to_string(),
        guarded(&figure.target_on_a_line().unwrap_or_default()),
        figure.rating.id().to_string(),
        guarded(&figure.clause),
        guarded(&note(figure).unwrap_or_default()),
        guarded(cell.map_or("", |place| &place.file)),
        guarded(cell.map_or("", |place| &place.sheet)),
        cell.map(|place| place.cell.to_string()).unwrap_or_default(),
    ]
}

/// The unit as it stands in `results.json`.
fn unit_id(unit: Unit) -> &'static str {
    match unit {
        Unit::Percent => "percent",
        Unit::Count => "count",
        Unit::Hours => "hours",
        Unit::Pounds => "pounds",
        Unit::Days => "days",
        Unit::Answer => "answer",
        Unit::Score => "score",
        Unit::Number => "number",
    }
}

/// Text that Excel cannot take for a formula. White space and quotation marks before the sign do not hide it:
/// spreadsheet programs differ in what they pass over. The full-width signs count, some take them for the others.
pub(super) fn guarded(text: &str) -> String {
    let control = text.starts_with(['\t', '\r', '\n']);
    let sign = text
        .trim_start_matches(|c: char| c.is_whitespace() || c == '"' || c == '\u{feff}')
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if control || sign { format!("'{text}") } else { text.to_string() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::output::example;
    use crate::review::Results;

    fn ratings_csv(results: &Results) -> anyhow::Result<Vec<u8>> {
        let mut bytes = heading()?;
        for review in &results.reviews {
            rows_by_period(review)?.into_iter().for_each(|(_, rows)| bytes.extend(rows));
        }
        Ok(bytes)
    }

    fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(&bytes[3..])
            .records()
            .map(|record| record.unwrap().iter().map(str::to_string).collect())
            .collect()
    }

    #[test]
    fn one_row_for_each_rating_under_the_documented_columns() {
        let results = example::results();
        let bytes = ratings_csv(&results).unwrap();
        assert_eq!(&bytes[..3], b"\xef\xbb\xbf");
        let text = std::str::from_utf8(&bytes).unwrap();
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        let rows = rows(&bytes);
        assert_eq!(rows[0], COLUMNS);
        let ratings: usize = results.reviews.iter().map(|review| review.ratings.len()).sum();
        assert_eq!(rows.len(), 1 + ratings);
        let east = rows.iter().find(|row| row[5] == "5" && row[7] == "Cheshire East").unwrap();
        assert_eq!(
            east[..15],
            [
                "fixture-advocacy",
                "Harbour Advocacy",
                "2025-26 Q1",
                "2025-09-01",
                "2025-11-30",
                "5",
                "Referrals triaged and allocated within 2 working days",
                "Cheshire East",
                "0.9545",
                "21",
                "22",
                "percent",
                ">= 95%",
                "green",
                "2.2"
            ]
        );
        assert_eq!(east[16..], ["returns/q1/harbour-q1.xlsx", "KPIs", "F8"]);
        let none = rows.iter().find(|row| row[5] == "10" && row[7].is_empty()).unwrap();
        assert_eq!((none[8].as_str(), none[13].as_str()), ("", "no-activity"));
    }

    #[test]
    fn partitions_hold_the_same_rows_by_contract_and_period() {
        let mut results = example::results();
        // A second provider of the contract, with a figure of another period, and a second contract.
        let mut other = results.reviews[0].clone();
        other.provider = "=Another".to_string();
        other.ratings[0].period = other.ratings[0].period.previous();
        let mut third = other.clone();
        third.contract = "other".to_string();
        results.reviews.extend([other, third]);
        let mut partitions = Partitions::default();
        for review in &results.reviews {
            let folder = review.contract.replace("fixture", "legal");
            partitions.add(&folder, &rows_by_period(review).unwrap()).unwrap();
        }
        let files: Vec<(String, Vec<u8>)> = partitions.files().collect();
        assert!(files.is_sorted_by_key(|(path, _)| path.clone()));

        let mut all = Vec::new();
        for (path, bytes) in &files {
            assert_eq!(&bytes[..3], b"\xef\xbb\xbf");
            let rows = rows(bytes);
            assert_eq!(rows[0], COLUMNS, "{path}");
            assert!(rows.len() > 1, "{path}: no file without a row");
            for row in &rows[1..] {
                let contract = row[0].replace("fixture", "legal");
                assert_eq!(*path, format!("results/contract={contract}/period={}/ratings.csv", row[2]));
            }
            all.extend(rows.into_iter().skip(1));
        }
        let mut whole = rows(&ratings_csv(&results).unwrap());
        whole.remove(0);
        assert!(whole.iter().any(|row| row[1] == "'=Another"));
        all.sort();
        whole.sort();
        assert_eq!(all, whole);
        // Providers of one contract share its files, and the other contract has its own.
        let shared = files.iter().filter(|(path, _)| path.contains("contract=legal-advocacy/")).count();
        assert_eq!(files.len(), 2 * shared);
        assert!(shared > 1, "the example has several periods");
    }

    #[test]
    fn nothing_rated_is_no_partition() {
        let mut results = example::results();
        results.reviews[0].ratings.clear();
        let mut partitions = Partitions::default();
        partitions.add("any", &rows_by_period(&results.reviews[0]).unwrap()).unwrap();
        assert_eq!(partitions.files().count(), 0);
    }

    #[test]
    fn text_that_looks_like_a_formula_is_kept_from_being_one() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("+44", "'+44"),
            ("-", "'-"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            (" =1+1", "' =1+1"),
            ("\"=1\"", "'\"=1\""),
            ("＝1", "'＝1"),
            ("a=1", "a=1"),
            (">= 95%", ">= 95%"),
            ("", ""),
        ] {
            assert_eq!(guarded(text), written, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_guarded_text_starts_like_a_formula(text in "[ \t\r=+@\"a-]{0,6}") {
            let written = guarded(&text);
            prop_assert!(!written.starts_with(['=', '+', '-', '@', '\t', '\r']));
            prop_assert_eq!(written.strip_prefix('\'').unwrap_or(&written), &text);
        }
    }
}
