//! The pages of the pack's workbook on promises, the annual review and what is on record.

use rust_xlsxwriter::Worksheet;

use super::formats::{self, write_text};
use super::pack_kpis;
use super::pack_pages::{self, Page};
use super::pack_tables::{Entry, TablePage};
use crate::domain::place::CellAddress;
use crate::domain::rating::Rating;
use crate::output::periods;
use crate::review::RatedFigure;
use crate::review::annual::{AnnualLine, AnnualReview};
use crate::review::on_record::OnRecord;
use crate::review::promises::PromiseTable;

/// Name of the sheet of promises.
pub const PROMISES: &str = "Promises";
/// What it holds.
pub const PROMISES_ABOUT: &str =
    "What was promised beside what is reported, and where it moved against earlier returns.";
/// Name of the sheet of the annual review.
pub const ANNUAL: &str = "Annual review";
/// What it holds.
pub const ANNUAL_ABOUT: &str =
    "The periods of the year side by side, with the year's figure where there is one.";
/// What stands where a period has no figure.
const NO_FIGURE: &str = "No figure";
/// Width of a column of a promise, in characters.
const PROMISE_WIDTH: f64 = 44.0;

/// Writes each table of promises with how it stands, from `row` (from zero) on.
///
/// # Errors
///
/// When they do not fit on a sheet.
pub fn write_promises(sheet: &mut Worksheet, promises: &[PromiseTable], mut row: u32) -> anyhow::Result<()> {
    let columns = promises.iter().map(|own| own.table.headings.len()).max().unwrap_or(1);
    for column in 0..u16::try_from(columns)? {
        sheet.set_column_width(column, PROMISE_WIDTH)?;
    }
    for (index, own) in promises.iter().enumerate() {
        let area = own.table.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
        let heading = format!("{}{area}", own.table.title);
        write_text(sheet, CellAddress::new(row, 0), &heading, &formats::heading())?;
        row += 1;
        for sentence in std::iter::once(&own.standing).chain(&own.moved) {
            write_text(sheet, CellAddress::new(row, 0), sentence, &formats::sentence())?;
            row += 1;
        }
        if own.table.rows.is_empty() {
            row += 1;
            continue;
        }
        let mut table = pack_pages::information(&own.table);
        table.columns.iter_mut().for_each(|(_, width)| *width = PROMISE_WIDTH);
        row = table.write(sheet, row, &format!("{PROMISES} {}", index + 1))? + 1;
    }
    Ok(())
}

/// Writes the year's table, then what is said of the year, from `row` (from zero) on.
///
/// # Errors
///
/// When they do not fit on a sheet.
pub fn write_annual(sheet: &mut Worksheet, annual: &AnnualReview, row: u32) -> anyhow::Result<()> {
    let table = year(annual);
    table.set_widths(sheet)?;
    write_text(sheet, CellAddress::new(row, 0), &annual.note, &formats::sentence())?;
    if !table.rows.is_empty() {
        sheet.set_repeat_rows(row + 1, row + 1)?;
    }
    formats::set_pages_across(sheet, table.width(), table.columns.len())?;
    let mut row = table.write(sheet, row + 1, ANNUAL)? + 1;
    for (heading, sentences) in [
        ("Returns over the year", &annual.submissions),
        ("Promises over the year", &annual.promises),
        ("On record over the year", &annual.concerns),
    ] {
        if sentences.is_empty() {
            continue;
        }
        write_text(sheet, CellAddress::new(row, 0), heading, &formats::heading())?;
        row += 1;
        for sentence in sentences {
            write_text(sheet, CellAddress::new(row, 0), sentence, &formats::sentence())?;
            row += 1;
        }
        row += 1;
    }
    Ok(())
}

fn year(annual: &AnnualReview) -> TablePage {
    let mut table = TablePage::new(&[("Ref", 8.0), ("KPI", 36.0)]);
    for period in &annual.periods {
        let label = periods::in_table(period);
        table.columns.push((label.clone(), 14.0));
        table.columns.push((format!("{label}: of what"), 22.0));
    }
    table.columns.extend([
        ("Year".to_string(), 14.0),
        ("Year: of what".to_string(), 16.0),
        ("How the year's figure was made".to_string(), 50.0),
    ]);
    table.rows = annual.lines.iter().map(row_of).collect();
    table
}

fn row_of(line: &AnnualLine) -> Vec<Entry> {
    let mut row = vec![Entry::text(&line.kpi), Entry::text(&line.title)];
    for figures in &line.within {
        match figures.as_slice() {
            [] => row.extend([Entry::Right(NO_FIGURE.to_string()), Entry::text("")]),
            [figure] => row.extend([figure_or_word(figure), Entry::text(qualified(figure).join("; "))]),
            several => {
                let each = |figure: &RatedFigure| {
                    let parts = [vec![figure.shown()], qualified(figure)].concat().join("; ");
                    format!("{}: {parts}", periods::in_table(&figure.period))
                };
                let words: Vec<String> = several.iter().map(each).collect();
                row.extend([Entry::Right("Several".to_string()), Entry::text(words.join("\n"))]);
            }
        }
    }
    let unit = line.within.iter().flatten().next().map(|figure| figure.unit);
    row.push(match unit {
        Some(unit) => Entry::figure(line.year.value, unit, &[]),
        None => Entry::text(&line.year.shown),
    });
    row.push(Entry::maybe(line.year.out_of()));
    row.push(Entry::text(&line.year.words));
    row
}

fn figure_or_word(figure: &RatedFigure) -> Entry {
    match figure.value.is_none() && figure.said.is_none() {
        true => Entry::Right(NO_FIGURE.to_string()),
        false => pack_kpis::value(figure),
    }
}

/// What stands beside a figure: of what it is, its rating or why there is none, a partial period, relief.
fn qualified(figure: &RatedFigure) -> Vec<String> {
    let rating = (figure.rating != Rating::NotRated).then(|| figure.rating.word().to_string());
    let partial = figure.partial.as_ref().map(|_| "partial period".to_string());
    let relief = figure.relief.as_ref().map(|_| "relief agreed".to_string());
    figure.out_of().into_iter().chain(rating).chain(partial).chain(relief).collect()
}

/// What the officer has on record; `None` where nothing is.
pub fn on_record(own: &OnRecord) -> Option<Page> {
    let mut table = TablePage::new(&[
        ("What", 12.0),
        ("Date", 16.0),
        ("Kind", 24.0),
        ("KPI", 10.0),
        ("In words", 70.0),
        ("Expected outcomes", 40.0),
        ("Review or timescale", 20.0),
    ])
    .saying(&[
        ("KPI", "No one KPI"),
        ("Date", "None given"),
        ("Kind", "Action"),
        ("Review or timescale", "None given"),
    ]);
    table.rows = own
        .notices
        .iter()
        .map(|notice| {
            vec![
                Entry::text("Notice"),
                Entry::Date(notice.date),
                Entry::text(&notice.kind),
                Entry::maybe(notice.kpi.as_deref()),
                Entry::text(&notice.words),
                Entry::text(""),
                Entry::date(notice.review),
            ]
        })
        .collect();
    table.rows.extend(own.actions.iter().map(|row| {
        let words: Vec<&str> = [&row.issue, &row.action]
            .into_iter()
            .map(String::as_str)
            .filter(|text| !text.is_empty())
            .collect();
        vec![
            Entry::text("Action"),
            Entry::text(""),
            Entry::text(""),
            Entry::text(&row.kpi),
            Entry::text(words.join("\n")),
            Entry::text(&row.outcomes),
            Entry::text(&row.timescale),
        ]
    }));
    let about =
        "Notices of the last twelve months that no condition tells of, and actions beside the action plan.";
    (!table.rows.is_empty()).then_some(Page { name: "On record", about, table })
}
