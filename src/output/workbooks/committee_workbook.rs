//! `committee-pack.xlsx`: the tables of a committee's paper, for those who work in Excel.
//!
//! Made of a [`CommitteePack`] alone: what is suppressed there is a word here, never a hidden number.

use anyhow::Context;
use rust_xlsxwriter::Worksheet;

use super::formats::{self, write_text};
use super::pack_summary::contents;
use super::pack_tables::{Entry, TablePage};
use crate::domain::period::long_date;
use crate::domain::place::CellAddress;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::rating::Rating;
use crate::domain::text::capital;
use crate::output::periods;
use crate::output::targets;
use crate::review::committee::{CommitteeFigure, CommitteePack};

/// The row, from zero, in which a sheet's table starts: below its title and its sentence.
const TABLE_ROW: u32 = 2;
/// Name of the first sheet.
const SUMMARY: &str = "Summary";
/// Widths of its columns, in characters.
const SUMMARY_WIDTHS: [f64; 2] = [28.0, 110.0];

/// The paper's tables as an .xlsx; created on the as-of date, so that the same paper gives the same bytes.
///
/// # Errors
///
/// When a table does not fit on an Excel sheet, named by the sheet.
pub fn committee_workbook(pack: &CommitteePack) -> anyhow::Result<Vec<u8>> {
    let mut book = formats::quick_book();
    let title = format!("For the committee: {}, {}", pack.provider, pack.period.describe());
    book.set_properties(&formats::properties(&title, &pack.contract_title, &pack.councils, pack.as_of));
    let sheets: Vec<(&str, &str, TablePage)> = [
        ("Measures", "Each measure in the period, with its target and rating.", measures(pack)),
        ("Trends", "Each measure for the whole contract, period by period.", trends(pack)),
        ("Conditions", "Conditions of the contract that are met.", conditions(pack)),
        ("Reports", "What was due to be reported, and when it came.", returns(pack)),
        ("Punctuality", "How punctual and how accurate the reports are.", return_kpis(pack)),
        ("Not shown", "What is not shown, and why.", suppressed(pack)),
    ]
    .into_iter()
    .filter(|(_, _, table)| !table.rows.is_empty())
    .collect();
    let named: Vec<(&str, &str)> = sheets.iter().map(|(name, about, _)| (*name, *about)).collect();
    let own = summary(pack);
    let contents = contents(&named, [SUMMARY_WIDTHS[0], SUMMARY_WIDTHS[1]]);
    let sheet = book.add_worksheet();
    sheet.set_name(SUMMARY)?;
    let about = "This sheet has 2 tables, one below the other: what the figures of the period come to, and the contents.";
    head(sheet, &title, &title, about)?;
    own.set_widths(sheet)?;
    let below = own.write(sheet, TABLE_ROW, SUMMARY).context("the summary cannot be written")?;
    write_text(sheet, CellAddress::new(below + 1, 0), "Contents", &formats::heading())?;
    contents.write(sheet, below + 2, "Contents").context("the list of sheets cannot be written")?;
    for (name, about, table) in &sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name)?;
        head(sheet, &title, &format!("{name}: {}", pack.provider), about)?;
        table.set_widths(sheet)?;
        table.write(sheet, TABLE_ROW, name).with_context(|| format!("sheet “{name}” cannot be written"))?;
        sheet.set_repeat_rows(TABLE_ROW, TABLE_ROW)?.set_freeze_panes(TABLE_ROW + 1, 0)?;
        formats::set_pages_across(sheet, table.width(), table.columns.len())?;
    }
    Ok(book.save_to_buffer()?)
}

/// Page set-up, title and the sentence below it.
fn head(sheet: &mut Worksheet, of_workbook: &str, title: &str, about: &str) -> anyhow::Result<()> {
    formats::set_page(sheet);
    formats::set_running_head(sheet, of_workbook);
    write_text(sheet, CellAddress::new(0, 0), title, &formats::title())?;
    write_text(sheet, CellAddress::new(1, 0), about, &formats::sentence())?;
    Ok(())
}

fn summary(pack: &CommitteePack) -> TablePage {
    let mut table = TablePage::new(&[("What", SUMMARY_WIDTHS[0]), ("In words", SUMMARY_WIDTHS[1])]);
    let mut say = |what: &str, words: &str| table.rows.push(vec![Entry::text(what), Entry::text(words)]);
    say("Headline", &pack.headline);
    pack.summary.iter().for_each(|sentence| say("Summary", sentence));
    pack.changes.iter().for_each(|sentence| say("What changed", sentence));
    say("Contract", &pack.contract_title);
    if !pack.councils.is_empty() {
        say("Councils", &pack.councils.join(", "));
    }
    say(&capital(&pack.called.one), &pack.provider);
    say("Period", &pack.period.describe());
    say("As of", &long_date(pack.as_of));
    table
}

fn rating(rating: Option<Rating>) -> Entry {
    rating.map_or_else(|| Entry::text("Rating withheld"), Entry::Rating)
}

fn value(figure: &CommitteeFigure) -> Entry {
    let shown = figure.shown();
    match (figure.value(), figure.words()) {
        (Some(value), _) => Entry::figure(Some(value), shown.unit, &shown.thresholds),
        (None, Some(words)) => Entry::Right(capital(&words)),
        (None, None) => Entry::text(""),
    }
}

fn part(figure: &CommitteeFigure, part: Option<Quantity>) -> Entry {
    Entry::figure(figure.value().and(part), Unit::Count, &[])
}

fn columns(first: &[(&str, f64)]) -> TablePage {
    let figures = [("Figure", 16.0), ("Numerator", 14.0), ("Denominator", 14.0), ("Rating", 20.0)];
    TablePage::new(&[first, &figures].concat())
}

fn of_figure(figure: &CommitteeFigure) -> [Entry; 4] {
    let shown = figure.shown();
    [value(figure), part(figure, shown.numerator), part(figure, shown.denominator), rating(figure.rating())]
}

fn measures(pack: &CommitteePack) -> TablePage {
    let mut table = columns(&[
        ("No.", 8.0),
        ("Measure", 44.0),
        ("Area", 26.0),
        ("Period", 18.0),
        ("Target", 32.0),
        ("Clause", 14.0),
    ]);
    for line in &pack.kpis {
        for figure in line.within.iter().chain(&line.areas) {
            let shown = figure.shown();
            let mut row = vec![
                Entry::text(&shown.kpi),
                Entry::text(&shown.title),
                Entry::text(shown.area.as_deref().unwrap_or("All")),
                Entry::text(periods::in_table(&shown.period)),
                Entry::text(targets::in_a_cell(shown)),
                Entry::text(&shown.clause),
            ];
            row.extend(of_figure(figure));
            table.rows.push(row);
        }
    }
    table
}

fn trends(pack: &CommitteePack) -> TablePage {
    let mut table = columns(&[("No.", 8.0), ("Measure", 44.0), ("Period", 18.0)]);
    for line in &pack.kpis {
        for figure in &line.history {
            let shown = figure.shown();
            let mut row = vec![
                Entry::text(&shown.kpi),
                Entry::text(&shown.title),
                Entry::text(periods::in_table(&shown.period)),
            ];
            row.extend(of_figure(figure));
            table.rows.push(row);
        }
    }
    table
}

fn conditions(pack: &CommitteePack) -> TablePage {
    let mut table =
        TablePage::new(&[("Under the contract", 40.0), ("Clause", 16.0), ("When", 80.0), ("Period", 30.0)]);
    table.rows = pack
        .conditions
        .iter()
        .map(|own| {
            let periods: Vec<String> = own.periods.iter().map(periods::in_table).collect();
            vec![
                Entry::text(&own.title),
                Entry::text(&own.clause),
                Entry::text(own.when.join("; or ")),
                Entry::text(periods.join(", ")),
            ]
        })
        .collect();
    if let Some(left_out) = &pack.conditions_left_out {
        table.rows.push(vec![
            Entry::text("Not told"),
            Entry::text("None"),
            Entry::text(left_out),
            Entry::text("None"),
        ]);
    }
    table
}

fn returns(pack: &CommitteePack) -> TablePage {
    let mut table = TablePage::new(&[
        ("Report", 44.0),
        ("For", 18.0),
        ("Area", 26.0),
        ("Due", 14.0),
        ("Received", 14.0),
        ("Status", 18.0),
    ]);
    table.rows = pack
        .returns
        .iter()
        .map(|own| {
            vec![
                Entry::text(&own.form),
                Entry::text(periods::in_table(&own.period)),
                Entry::text(own.area.as_deref().unwrap_or("All")),
                Entry::Date(own.due),
                Entry::date(own.received),
                Entry::text(own.status.word()),
            ]
        })
        .collect();
    table
}

fn return_kpis(pack: &CommitteePack) -> TablePage {
    let mut table = TablePage::new(&[
        ("Measure", 50.0),
        ("Clause", 16.0),
        ("From", 14.0),
        ("To", 14.0),
        ("Reports that met it", 14.0),
        ("Reports that count", 14.0),
        ("Share", 12.0),
        ("Target", 12.0),
        ("Rating", 20.0),
    ]);
    table.rows = pack
        .return_kpis
        .iter()
        .map(|own| {
            let target: Vec<Quantity> = own.target.into_iter().collect();
            vec![
                Entry::text(&own.title),
                Entry::text(&own.clause),
                Entry::Date(own.from),
                Entry::Date(own.to),
                Entry::count(own.met),
                Entry::count(own.due),
                Entry::figure(own.value, Unit::Percent, &target),
                Entry::figure(own.target, Unit::Percent, &[]),
                Entry::Rating(own.rating),
            ]
        })
        .collect();
    table
}

fn suppressed(pack: &CommitteePack) -> TablePage {
    let mut table = TablePage::new(&[("What", 28.0), ("In words", 110.0)]);
    let of = |what: &'static str| move |words: &String| vec![Entry::text(what), Entry::text(words)];
    table.rows = pack.suppressed.iter().map(of("Not shown")).collect();
    table.rows.extend(pack.reasons.iter().map(of("Why")));
    table
}
