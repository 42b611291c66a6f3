//! The first sheet of the pack's workbook: what it says in sentences, the ratings counted, each KPI at a glance with a sparkline, and
//! the other sheets by name.

use rust_xlsxwriter::Worksheet;

use super::formats::{self, write_text};
use super::pack_kpis::are_scores;
use super::pack_tables::{Entry, TablePage};
use super::pack_trends::{Block, heading};
use crate::domain::period::long_date;
use crate::domain::place::CellAddress;
use crate::domain::text::number_of;
use crate::output::common::Common;

/// Name of the sheet.
pub const SHEET: &str = "Summary";
/// Widths of the columns, in characters; of several tables' columns these are the first ones.
const WIDTHS: [f64; 4] = [32.0, 90.0, 16.0, 26.0];
/// Why cells are blank.
const ON_SPARKLINES: &str = "Cells left blank under “Trend” hold small charts of the last twelve periods; the words beside them say the same.";
/// Height at which a sparkline can be made out, in points.
const SPARKLINE_HEIGHT: f64 = 32.0;
/// The column, from zero, that holds the sparklines.
const TREND_COLUMN: u16 = 3;

/// What the pack says in sentences, each with what it is about.
fn in_sentences(pack: &Common<'_>) -> TablePage {
    let mut table = TablePage::new(&[("About", WIDTHS[0]), ("What this pack says", WIDTHS[1])]);
    let mut say = |about: &str, text: &str| table.rows.push(vec![Entry::text(about), Entry::text(text)]);
    say("Headline", pack.headline);
    pack.cautions.iter().for_each(|text| say("Know before you read on", text));
    pack.summary.iter().for_each(|text| say("Summary", text));
    pack.changes.iter().for_each(|text| say("What changed", text));
    say("Contract", pack.contract_title);
    if !pack.councils.is_empty() {
        say("Councils", &pack.councils.join(", "));
    }
    let own = if pack.called.are_providers() { "Provider" } else { "Contract reviewed" };
    say(own, pack.provider);
    for line in pack.head {
        say(&line.title, if line.shown.is_empty() { "Not given" } else { &line.shown });
    }
    if let Some(area) = pack.area {
        say("Area", area);
    }
    say("Period", &pack.period.describe());
    say("As of", &long_date(pack.as_of));
    if let Some(annual) = pack.annual {
        say("Annual review", &annual.note);
    }
    if let Some(meeting) = pack.meeting {
        say("Review meeting proposed", &long_date(meeting));
    }
    table
}

/// What is counted in the ratings: KPIs, areas, or figures where KPIs have several months.
fn counted(pack: &Common<'_>, all: usize) -> &'static str {
    match (are_scores(pack.kpis), all == pack.kpis.len()) {
        (true, _) => "Areas",
        (false, true) => "KPIs",
        (false, false) => "Figures",
    }
}

fn ratings(pack: &Common<'_>) -> TablePage {
    let all: usize = pack.counts.iter().map(|(_, count)| count).sum();
    let mut table = TablePage::new(&[("Rating", WIDTHS[0]), (counted(pack, all), WIDTHS[1])]);
    table.rows = pack
        .counts
        .iter()
        .map(|(rating, count)| vec![Entry::Rating(*rating), Entry::text(format!("{count} of {all}"))])
        .collect();
    table
}

/// Each KPI with what is said of it, its rating, and room for its sparkline.
fn at_a_glance(pack: &Common<'_>, trends: &[Block<'_>]) -> TablePage {
    let what = if are_scores(pack.kpis) { "Area" } else { "KPI" };
    let mut table = TablePage::new(&[
        (what, WIDTHS[0]),
        ("In words", WIDTHS[1]),
        ("Rating", WIDTHS[2]),
        ("Trend", WIDTHS[3]),
    ])
    .saying(&[("In words", "Nothing to say")]);
    table.rows = trends
        .iter()
        .map(|block| {
            vec![
                Entry::text(heading(block.line)),
                Entry::text(block.line.sentences.join(" ")),
                Entry::Rating(block.line.whole.rating),
                if block.sparkline().is_some() { Entry::Blank } else { Entry::text("No trend yet") },
            ]
        })
        .collect();
    table
}

/// The other sheets by name, each a link to it.
pub fn contents(sheets: &[(&str, &str)], widths: [f64; 2]) -> TablePage {
    let mut table = TablePage::new(&[("Sheet", widths[0]), ("What it holds", widths[1])]);
    table.rows = sheets
        .iter()
        .map(|(name, about)| vec![Entry::Link((*name).to_string()), Entry::text(*about)])
        .collect();
    table
}

/// Writes the sheet; `trends` tells where each KPI's history stands, and `sheets` are the others with what they hold.
///
/// # Errors
///
/// When it does not fit on a sheet.
pub fn write(
    sheet: &mut Worksheet,
    pack: &Common<'_>,
    title: &str,
    trends: &[Block<'_>],
    sheets: &[(&str, &str)],
) -> anyhow::Result<()> {
    sheet.set_name(SHEET)?;
    formats::set_page(sheet);
    formats::set_running_head(sheet, title);
    for (column, width) in (0u16..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    write_text(sheet, CellAddress::new(0, 0), title, &formats::title())?;
    let glance = (!trends.is_empty()).then(|| at_a_glance(pack, trends));
    let ratings = ratings(pack);
    let about = about(!ratings.rows.is_empty(), glance.as_ref().map(|_| are_scores(pack.kpis)), sheets.len());
    write_text(sheet, CellAddress::new(1, 0), &about, &formats::sentence())?;
    let mut row = in_sentences(pack).write(sheet, 2, SHEET)? + 1;

    if !ratings.rows.is_empty() {
        let ratings_of = format!("Ratings of {}", pack.area.unwrap_or("the whole contract"));
        write_text(sheet, CellAddress::new(row, 0), &ratings_of, &formats::heading())?;
        row = ratings.write(sheet, row + 1, "Ratings")? + 1;
    }
    if let Some(glance) = glance {
        write_text(sheet, CellAddress::new(row, 0), glance_heading(pack), &formats::heading())?;
        write_text(sheet, CellAddress::new(row + 1, 0), ON_SPARKLINES, &formats::sentence())?;
        row += 2;
        let first = row + 1;
        let below = glance.write(sheet, row, "At a glance")?;
        for (at, block) in (first..).zip(trends) {
            if let Some(sparkline) = block.sparkline() {
                let text = glance.row_height((at - first) as usize);
                sheet.set_row_height(at, text.max(SPARKLINE_HEIGHT))?;
                sheet.add_sparkline(at, TREND_COLUMN, &sparkline)?;
            }
        }
        row = below + 1;
    }
    write_text(sheet, CellAddress::new(row, 0), "Contents", &formats::heading())?;
    contents(sheets, [WIDTHS[0], WIDTHS[1]]).write(sheet, row + 1, "Contents")?;
    Ok(())
}

fn glance_heading(pack: &Common<'_>) -> &'static str {
    if are_scores(pack.kpis) { "Areas at a glance" } else { "KPIs at a glance" }
}

/// How many tables the sheet has and what they are; `glance` tells whether KPIs stand there, and whether they are areas.
fn about(ratings: bool, glance: Option<bool>, sheets: usize) -> String {
    let tables = 2 + usize::from(ratings) + usize::from(glance.is_some());
    let mut parts = vec!["what this pack says"];
    if ratings {
        parts.push("the ratings");
    }
    parts.extend(glance.map(|areas| if areas { "each area at a glance" } else { "each KPI at a glance" }));
    format!(
        "This sheet has {}, one below the other: {} and the contents, with {}.",
        number_of(tables, "table", "tables"),
        parts.join(", "),
        number_of(sheets, "more sheet", "more sheets")
    )
}
