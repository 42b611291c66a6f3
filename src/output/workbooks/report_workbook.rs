//! `report.xlsx`: the report across providers as tables to sort and filter, one a sheet, below a sheet that names them all.

use anyhow::Context;
use rust_xlsxwriter::Worksheet;

use super::benchmark;
use super::formats::{self, write_text};
use super::pack_summary;
use super::pack_tables::{Entry, TablePage};
use super::report_maturity;
use crate::domain::period::long_date;
use crate::domain::place::CellAddress;
use crate::domain::quantity::Unit;
use crate::output::palette;
use crate::review::report::{
    AlertRow, Borough, Compliance, ContractReport, Matrix, MatrixCell, MatrixRow, NotificationRow, Ranking,
    Section,
};

const PROVIDER: (&str, f64) = ("Provider", 30.0);
const STANDING: (&str, f64) = ("Standing", 24.0);
/// Width of a column that holds a status, in characters.
const STATUS_WIDTH: f64 = 18.0;
/// Width of a column of the matrix, in characters: there are many of them.
const MATRIX_WIDTH: f64 = 15.0;
const DATE_WIDTH: f64 = 14.0;
/// Widest part of a sheet that stays in sight, in characters: less than half of a laptop's screen.
const MOST_FROZEN: f64 = 60.0;

/// The report as an .xlsx; created on the as-of date, so that the same report gives the same bytes.
///
/// # Errors
///
/// When a table does not fit on an Excel sheet, named by the sheet.
pub fn report_workbook(report: &ContractReport) -> anyhow::Result<Vec<u8>> {
    let mut book = formats::quick_book();
    let title = format!("{}: {}", report.contract_title, report.title);
    book.set_properties(&formats::properties(&title, &report.contract_title, &report.councils, report.as_of));
    let tables: Vec<(&'static str, TablePage)> =
        report.sections.iter().flat_map(|section| tables(report, section)).collect();
    write_contents(book.add_worksheet(), report, &title, &tables)
        .context("the contents cannot be written")?;
    for (name, table) in &tables {
        let sheet = book.add_worksheet();
        sheet.set_name(*name)?;
        write_table(sheet, report, &title, (name, table))
            .with_context(|| format!("sheet “{name}” cannot be written"))?;
    }
    Ok(book.save_to_buffer()?)
}

/// The row, from zero, in which a sheet's table starts: below its title and its sentence.
const TABLE_ROW: u32 = 2;

fn write_table(
    sheet: &mut Worksheet,
    report: &ContractReport,
    title: &str,
    (name, table): (&str, &TablePage),
) -> anyhow::Result<()> {
    formats::set_page(sheet);
    formats::set_running_head(sheet, title);
    let heading = format!("{name}: {}", report.contract_title);
    write_text(sheet, CellAddress::new(0, 0), &heading, &formats::title())?;
    write_text(sheet, CellAddress::new(1, 0), what_it_holds(name), &formats::sentence())?;
    table.set_widths(sheet)?;
    table.write(sheet, TABLE_ROW, name)?;
    if !table.rows.is_empty() {
        // The heading and the provider's name stay in sight.
        sheet.set_freeze_panes(TABLE_ROW + 1, frozen(table))?.set_repeat_rows(TABLE_ROW, TABLE_ROW)?;
        formats::set_pages_across(sheet, table.width(), table.columns.len())?;
    }
    Ok(())
}

/// The first sheet: what the report is, and the others by name.
fn write_contents(
    sheet: &mut Worksheet,
    report: &ContractReport,
    title: &str,
    tables: &[(&'static str, TablePage)],
) -> anyhow::Result<()> {
    sheet.set_name("Contents")?;
    formats::set_page(sheet);
    formats::set_running_head(sheet, title);
    write_text(sheet, CellAddress::new(0, 0), title, &formats::title())?;
    let of = format!("{}. As of {}.", report.councils.join(", "), long_date(report.as_of));
    write_text(sheet, CellAddress::new(1, 0), &of, &formats::sentence())?;
    let sheets: Vec<(&str, &str)> = tables.iter().map(|(name, _)| (*name, what_it_holds(name))).collect();
    let contents = pack_summary::contents(&sheets, [32.0, 100.0]);
    contents.set_widths(sheet)?;
    contents.write(sheet, TABLE_ROW, "Contents")?;
    sheet.set_repeat_rows(TABLE_ROW, TABLE_ROW)?;
    Ok(())
}

/// What a sheet of the report holds, in a sentence.
fn what_it_holds(sheet: &str) -> &'static str {
    match sheet {
        "Compliance" => "Each requirement of the contract, one row a provider.",
        "Compliance in detail" => {
            "The same, one row for each provider and requirement, with what is to be said of it."
        }
        "Priorities" => "The order in which to look closer, with the score on each criterion and why.",
        "Benchmark" => "Each KPI compared across the providers, by its newest period with a benchmark.",
        "Benchmark over time" => "Median and quartiles of each KPI over the last periods.",
        "Alerts" => "Alerts on record, open and closed.",
        "Notifications" => "Events that had to be notified, and whether they were in time.",
        "Boroughs" => "Each requirement by borough and provider, so that a borough can be picked.",
        "Scores by area" => "The newest scores of each, area by area.",
        "Themes" => "Each area across all reviews: the mean, and where it is lowest.",
        "Movement" => "How scores moved between one review and the next.",
        "Forward plan" => "The reviews to come.",
        _ => "A table of the report.",
    }
}

/// The columns up to the provider's name, where they leave room for others beside them.
fn frozen(table: &TablePage) -> u16 {
    let names = table.columns.iter().position(|(heading, _)| heading == PROVIDER.0).unwrap_or(0);
    let width: f64 = table.columns.iter().take(names + 1).map(|(_, width)| width).sum();
    if width <= MOST_FROZEN { u16::try_from(names + 1).unwrap_or(0) } else { 0 }
}

fn tables(report: &ContractReport, section: &Section) -> Vec<(&'static str, TablePage)> {
    match section {
        Section::Compliance(matrix) => vec![
            ("Compliance", compliance(report, matrix)),
            ("Compliance in detail", in_detail(report, matrix)),
        ],
        Section::Priorities(ranking) => vec![("Priorities", priorities(report, ranking))],
        Section::Benchmark(comparisons) => vec![
            ("Benchmark", benchmark::of_report(comparisons)),
            ("Benchmark over time", benchmark::course(comparisons)),
        ],
        Section::Alerts(alerts) => vec![("Alerts", alert_table(alerts))],
        Section::Notifications(events) => vec![("Notifications", events_table(events))],
        Section::Boroughs(boroughs) => vec![("Boroughs", borough_table(report, boroughs))],
        Section::Profiles(_) | Section::Themes(_) | Section::Movement(_) | Section::ForwardPlan(_) => {
            report_maturity::tables(report, section)
        }
    }
}

fn standing(report: &ContractReport, provider: &str) -> Entry {
    let standings = report.provider(provider).map(|own| own.standings.join("\n")).unwrap_or_default();
    Entry::text(if standings.is_empty() { "Active".to_string() } else { standings })
}

fn status(cell: &MatrixCell) -> Entry {
    Entry::Marked(palette::of_compliance(cell.compliance), cell.word.clone())
}

fn headings(matrix: &Matrix) -> Vec<String> {
    matrix
        .columns
        .iter()
        .map(|own| match own.clause.as_str() {
            "" => own.title.clone(),
            clause => format!("{} (clause {clause})", own.title),
        })
        .collect()
}

fn matrix_table(before: &[(&str, f64)], matrix: &Matrix) -> TablePage {
    let mut table = TablePage::new(before);
    table.columns.extend(headings(matrix).into_iter().map(|heading| (heading, MATRIX_WIDTH)));
    table
}

fn compliance(report: &ContractReport, matrix: &Matrix) -> TablePage {
    let mut table = matrix_table(&[PROVIDER, STANDING], matrix);
    table.rows = matrix.rows.iter().map(|row| matrix_row(report, row)).collect();
    table
}

fn matrix_row(report: &ContractReport, row: &MatrixRow) -> Vec<Entry> {
    let mut entries = vec![Entry::text(&row.provider), standing(report, &row.provider)];
    entries.extend(row.cells.iter().map(status));
    entries
}

/// The same, one row for each provider and requirement, with what is to be said of it.
fn in_detail(report: &ContractReport, matrix: &Matrix) -> TablePage {
    let mut table = TablePage::new(&[
        PROVIDER,
        STANDING,
        ("Part", 26.0),
        ("Requirement", 44.0),
        ("Clause", 18.0),
        ("Mark", STATUS_WIDTH),
        ("Status", STATUS_WIDTH),
        ("More", 70.0),
    ]);
    for row in &matrix.rows {
        for (column, cell) in matrix.columns.iter().zip(&row.cells) {
            table.rows.push(vec![
                Entry::text(&row.provider),
                standing(report, &row.provider),
                Entry::text(&column.group),
                Entry::text(&column.title),
                Entry::text(&column.clause),
                Entry::text(cell.compliance.word()),
                status(cell),
                Entry::text(cell.notes.join("\n")),
            ]);
        }
    }
    table
}

fn priorities(report: &ContractReport, ranking: &Ranking) -> TablePage {
    let mut table =
        TablePage::new(&[("Rank", 8.0), PROVIDER, STANDING, ("Sum", 10.0)]).saying(&[("Sum", "Not scored")]);
    for (title, weight) in &ranking.criteria {
        let weight = crate::domain::quantity::show(*weight, Unit::Count, &[]);
        table.columns.push((format!("{title} (weight {weight})"), 16.0));
    }
    table.columns.push(("Why".to_string(), 80.0));
    table.rows = ranking
        .rows
        .iter()
        .map(|row| {
            let mut entries = vec![
                row.rank.map_or_else(|| Entry::Right("–".to_string()), |rank| Entry::count(rank as u64)),
                Entry::text(&row.provider),
                standing(report, &row.provider),
                Entry::figure(row.sum, Unit::Count, &[]),
            ];
            entries.extend(row.scores.iter().map(|score| match score {
                Some(score) => Entry::figure(Some(*score), Unit::Count, &[]),
                None => Entry::Right("Not scored".to_string()),
            }));
            entries.push(Entry::text(row.reasons.join("\n")));
            entries
        })
        .collect();
    table
}

fn alert_table(alerts: &[AlertRow]) -> TablePage {
    let mut table = TablePage::new(&[
        PROVIDER,
        ("Service", 24.0),
        ("Status", STATUS_WIDTH),
        ("Raised", DATE_WIDTH),
        ("Review date", DATE_WIDTH),
        ("Closed", DATE_WIDTH),
        ("Provider told", 16.0),
        ("Reason", 70.0),
    ])
    .saying(&[("Service", "Whole provider"), ("Review date", "None set"), ("Closed", "Not closed")]);
    table.rows = alerts
        .iter()
        .map(|own| {
            let (compliance, word) = match (own.closed.is_some(), own.due) {
                (true, _) => (Compliance::Nothing, "Closed"),
                (false, true) => (Compliance::NotMet, "Review due"),
                (false, false) => (Compliance::Partly, "Open"),
            };
            let told = match own.provider_told {
                Some(true) => "Yes",
                Some(false) => "No",
                None => "Not recorded",
            };
            vec![
                Entry::text(&own.provider),
                Entry::maybe(own.service.as_ref()),
                Entry::Marked(palette::of_compliance(compliance), word.to_string()),
                Entry::Date(own.raised),
                Entry::date(own.review),
                Entry::date(own.closed),
                Entry::text(told),
                Entry::text(&own.reason),
            ]
        })
        .collect();
    table
}

fn events_table(events: &[NotificationRow]) -> TablePage {
    let mut table = TablePage::new(&[
        PROVIDER,
        ("Service", 24.0),
        ("Event", 30.0),
        ("Clause", 10.0),
        ("Date of event", DATE_WIDTH),
        ("Last day allowed", DATE_WIDTH),
        ("Notified", DATE_WIDTH),
        ("Status", STATUS_WIDTH),
        ("Note", 50.0),
    ])
    .saying(&[("Service", "Whole provider"), ("Notified", "Not notified")]);
    table.rows = events
        .iter()
        .map(|own| {
            vec![
                Entry::text(&own.provider),
                Entry::maybe(own.service.as_ref()),
                Entry::text(&own.kind),
                Entry::text(&own.clause),
                Entry::Date(own.event),
                Entry::Date(own.last_day),
                Entry::date(own.notified),
                Entry::Marked(palette::of_compliance(own.compliance), own.status.clone()),
                Entry::text(&own.note),
            ]
        })
        .collect();
    table
}

/// One row for each borough and provider, so that a borough can be picked.
fn borough_table(report: &ContractReport, boroughs: &[Borough]) -> TablePage {
    let before = [("Borough", 26.0), PROVIDER, STANDING, ("Open alerts", 12.0)];
    let columns = boroughs.first().map(|own| own.matrix.clone()).unwrap_or_default();
    let mut table = matrix_table(&before, &columns);
    for borough in boroughs {
        for row in &borough.matrix.rows {
            let open = borough.alerts.iter().filter(|alert| alert.provider == row.provider).count();
            let mut entries = vec![
                Entry::text(&borough.name),
                Entry::text(&row.provider),
                standing(report, &row.provider),
                Entry::count(open as u64),
            ];
            entries.extend(row.cells.iter().map(status));
            table.rows.push(entries);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use calamine::Data;

    use super::*;
    use crate::domain::place::CellAddress;
    use crate::output::pages::samples;
    use crate::output::workbooks::unpacked::{cells, part, parts};

    fn written() -> Vec<u8> {
        report_workbook(&samples::report()).unwrap()
    }

    fn row(bytes: &[u8], sheet: &str, row: u32) -> Vec<String> {
        let cells: BTreeMap<CellAddress, Data> = cells(bytes, sheet);
        let last = cells.keys().filter(|at| at.row == row).map(|at| at.column).max().unwrap();
        (0..=last)
            .map(|column| cells.get(&CellAddress::new(row, column)).map(Data::to_string).unwrap_or_default())
            .collect()
    }

    #[test]
    fn each_sheet_has_a_title_and_one_table_and_the_first_leads_to_them() {
        let bytes = written();
        for (sheet, number, headings) in [
            ("Contents", 1, vec!["Sheet", "What it holds"]),
            ("Compliance", 2, vec!["Provider", "Standing", "Quarterly form, 2025-26 Q4 (clause 5.1)"]),
            ("Compliance in detail", 3, vec!["Provider", "Standing", "Part", "Requirement"]),
            ("Priorities", 4, vec!["Rank", "Provider", "Standing", "Sum", "a) New (weight 1)"]),
            ("Benchmark", 5, vec!["Ref", "KPI", "Period", "Provider", "Value", "Out of", "Rank"]),
            ("Benchmark over time", 6, vec!["Ref", "KPI", "Period", "Providers compared", "Lower quartile"]),
            ("Alerts", 7, vec!["Provider", "Service", "Status", "Raised", "Review date"]),
            ("Notifications", 8, vec!["Provider", "Service", "Event", "Clause"]),
            ("Boroughs", 9, vec!["Borough", "Provider", "Standing", "Open alerts"]),
        ] {
            assert_eq!(row(&bytes, sheet, TABLE_ROW)[..headings.len()], headings, "{sheet}");
            let text = part(&bytes, &format!("xl/worksheets/sheet{number}.xml"));
            assert_eq!(text.matches("<tablePart ").count(), 1, "{sheet}");
            let frozen = text.contains("state=\"frozen\"") && text.contains("ySplit=\"3\"");
            assert!(frozen || sheet == "Contents", "{sheet}");
            let contents = part(&bytes, "xl/worksheets/sheet1.xml");
            assert!(
                sheet == "Contents" || contents.contains(&format!("location=\"'{sheet}'!A1\"")),
                "{sheet}"
            );
            assert!(!text.contains("<f>") && !text.contains("<mergeCell"), "{sheet}");
        }
        assert!(parts(&bytes).values().all(|text| !text.contains("TargetMode=\"External\"")));
    }

    #[test]
    fn words_stand_with_their_marks_and_text_stays_text() {
        let bytes = written();
        assert_eq!(
            row(&bytes, "Compliance", TABLE_ROW + 1)[1..],
            ["Suspended since 8 June 2026", "■ Missing", "▲ Cannot be used", "▲ Cannot be used", "■ 1 holds"]
        );
        assert_eq!(
            row(&bytes, "Compliance", TABLE_ROW + 2),
            ["Larkspur Row", "Active", "● On time", "● Met", "– Not applicable", "● None holds"]
        );
        assert_eq!(
            row(&bytes, "Compliance in detail", TABLE_ROW + 2)[5..],
            ["Late or in question", "▲ Cannot be used", "=1+1"]
        );
        assert_eq!(row(&bytes, "Alerts", TABLE_ROW + 1)[1..3], ["=Ash House", "■ Review due"]);
        assert_eq!(row(&bytes, "Notifications", TABLE_ROW + 1).last().unwrap(), "@SUM(A1)");
        let ranked = row(&bytes, "Priorities", TABLE_ROW + 1);
        assert_eq!((ranked[0].as_str(), ranked[3].as_str(), ranked[5].as_str()), ("1", "11", "5"));
        let unscored = row(&bytes, "Priorities", TABLE_ROW + 2);
        assert_eq!((unscored[0].as_str(), unscored[4].as_str()), ("–", "Not scored"));
    }

    #[test]
    fn boroughs_can_be_filtered() {
        let bytes = written();
        let boroughs: Vec<(String, String, String)> = (TABLE_ROW + 1..TABLE_ROW + 4)
            .map(|at| {
                let row = row(&bytes, "Boroughs", at);
                (row[0].clone(), row[1].clone(), row[3].clone())
            })
            .collect();
        let brent: Vec<&str> =
            boroughs.iter().filter(|own| own.0 == "Brent").map(|own| own.2.as_str()).collect();
        assert_eq!(brent, ["1", "0"], "open alerts of each");
        assert_eq!(boroughs[2].1, "Larkspur Row");
    }

    #[test]
    fn a_report_without_entries_is_still_a_workbook_and_the_same_gives_the_same_bytes() {
        let mut report = samples::report();
        report.sections = vec![Section::Alerts(Vec::new()), Section::Boroughs(Vec::new())];
        let bytes = report_workbook(&report).unwrap();
        assert_eq!(row(&bytes, "Alerts", TABLE_ROW), ["None."]);
        assert_eq!(written(), written());
    }
}
