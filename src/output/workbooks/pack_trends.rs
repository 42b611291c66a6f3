//! The sheet of trends: for each KPI its history, a row a period, and a native line chart beside it.
//!
//! Where each history stands is reckoned before anything is written, so that charts and the sparklines of the summary draw from the
//! same cells.

use rust_xlsxwriter::{Sparkline, Worksheet};

use super::formats::{self, PAGE_WIDTH, write_text};
use super::pack_kpis::value;
use super::pack_tables::{Entry, TablePage};
use super::trend_chart;
use crate::domain::place::CellAddress;
use crate::domain::quantity::{Quantity, Unit, show};
use crate::domain::text::{capital, target_in_words};
use crate::output::periods;
use crate::review::{KpiLine, RatedFigure};

/// Name of the sheet.
pub const SHEET: &str = "Trends";
/// What it holds.
pub const ABOUT: &str = "Each KPI's history, the newest period last, with a chart from the second figure on. Cells left blank are \
                         periods without a figure or target: the rating says why.";
/// What it holds where areas are scored.
pub const ABOUT_AREAS: &str = "Each area's history, the newest review last, with a chart from the second score on. Cells left blank \
                               are reviews without a score: the rating says why.";
/// As many periods as a sparkline shows, the newest.
const SPARKLINE_PERIODS: u32 = 12;
/// Rows a chart covers, with one to spare, and their height in points.
const CHART_ROWS: u32 = 17;
const ROW_HEIGHT: f64 = 15.0;
/// What the sheet's title, or a heading and a header of several lines, take beyond that, in points.
const TALL_ROWS: f64 = 35.0;
/// Height of a printed A4 page in landscape within its margins, in points.
const PAGE_HEIGHT: f64 = 500.0;
/// Widths of the columns of period, figure and rating, and of the others.
const WIDTHS: [f64; 3] = [12.0, 11.0, 15.0];
const WIDTH: f64 = 13.0;
/// Width of the empty column between the histories and the charts.
const GAP: f64 = 1.0;
/// The column, from zero, in which the figures stand.
pub const FIGURE_COLUMN: u16 = 1;

/// Where a KPI's history stands on the sheet; rows from zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Block<'a> {
    /// The KPI.
    pub line: &'a KpiLine,
    /// The row of its heading.
    pub heading: u32,
    /// The row of the table's header.
    pub header: u32,
    /// How many periods follow below the header.
    pub periods: u32,
    /// The row below everything of it, one row left free.
    pub below: u32,
    /// The first of the columns that hold thresholds, and how many there are.
    pub thresholds: (u16, u16),
}

impl Block<'_> {
    /// Whether there is a line to draw.
    pub fn is_drawn(&self) -> bool {
        self.line.history.iter().filter(|figure| figure.value.is_some()).count() >= 2
    }

    /// The sparkline of the newest periods; `None` where fewer than two of them have a figure.
    pub fn sparkline(&self) -> Option<Sparkline> {
        let first = self.periods.saturating_sub(SPARKLINE_PERIODS);
        let newest = self.line.history.iter().skip(usize::try_from(first).ok()?);
        if newest.filter(|figure| figure.value.is_some()).count() < 2 {
            return None;
        }
        let (from, to) = (self.header + 1 + first, self.header + self.periods);
        Some(
            Sparkline::new()
                .set_range((SHEET, from, FIGURE_COLUMN, to, FIGURE_COLUMN))
                .set_sparkline_color(trend_chart::FIGURE_LINE)
                .set_line_weight(1.5)
                .show_markers(true)
                .set_markers_color(trend_chart::FIGURE_LINE)
                .show_last_point(true)
                .set_last_point_color(crate::output::palette::INK),
        )
    }
}

/// Where each KPI's history stands when the first begins in `row`.
pub fn blocks(kpis: &[KpiLine], mut row: u32) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    for line in kpis {
        let periods = u32::try_from(line.history.len()).unwrap_or(0);
        let header = row + 1 + u32::try_from(line.sentences.len()).unwrap_or(0);
        let before = if has_parts(line) { 5 } else { 3 };
        let thresholds = (before, u16::try_from(thresholds(line).len()).unwrap_or(0));
        let mut block = Block { line, heading: row, header, periods, below: 0, thresholds };
        let table = header + periods.max(1) + 1;
        block.below = if block.is_drawn() { table.max(header + CHART_ROWS) } else { table } + 1;
        row = block.below;
        blocks.push(block);
    }
    blocks
}

/// Writes the histories and charts from `row` (from zero) on.
///
/// # Errors
///
/// When they do not fit on a sheet.
pub fn write_trends(sheet: &mut Worksheet, kpis: &[KpiLine], row: u32) -> anyhow::Result<()> {
    let blocks = blocks(kpis, row);
    if blocks.is_empty() {
        return write_text(sheet, CellAddress::new(row, 0), "None.", &formats::sentence());
    }
    let tables: Vec<TablePage> = blocks.iter().map(|block| history(block.line)).collect();
    let columns = tables.iter().map(|table| table.columns.len()).max().unwrap_or(0);
    let beside = u16::try_from(columns)?;
    let widths: Vec<f64> = WIDTHS.into_iter().chain(std::iter::repeat(WIDTH)).take(columns).collect();
    for (column, width) in (0u16..).zip(&widths) {
        sheet.set_column_width(column, *width)?;
    }
    sheet.set_column_width(beside, GAP)?;
    let drawn = if blocks.iter().any(Block::is_drawn) { trend_chart::WIDTH_IN_CHARACTERS } else { 0.0 };
    let width = widths.iter().sum::<f64>() + GAP + drawn;
    let scale = (PAGE_WIDTH / width).min(1.0);
    sheet.set_print_scale((scale * 100.0).floor().max(10.0) as u16);
    sheet.set_page_breaks(&page_breaks(&blocks, PAGE_HEIGHT / scale))?;
    for (number, (block, table)) in (1..).zip(blocks.iter().zip(&tables)) {
        write_text(sheet, CellAddress::new(block.heading, 0), &heading(block.line), &formats::heading())?;
        for (below, sentence) in (block.heading + 1..).zip(&block.line.sentences) {
            write_text(sheet, CellAddress::new(below, 0), sentence, &formats::sentence())?;
        }
        table.write(sheet, block.header, &format!("Trend {number}"))?;
        if block.is_drawn() {
            sheet.insert_chart(block.header, beside + 1, &trend_chart::chart(block)?)?;
        }
    }
    Ok(())
}

/// The rows before which a new page begins, so that no history is parted from its chart.
fn page_breaks(blocks: &[Block<'_>], page: f64) -> Vec<u32> {
    let mut breaks = Vec::new();
    let mut filled = TALL_ROWS;
    for block in blocks {
        let height = f64::from(block.below - block.heading) * ROW_HEIGHT + TALL_ROWS;
        if filled + height > page {
            breaks.push(block.heading);
            filled = 0.0;
        }
        filled += height;
    }
    breaks.retain(|row| *row > blocks.first().map_or(0, |first| first.heading));
    breaks
}

fn has_parts(line: &KpiLine) -> bool {
    line.history.iter().any(|figure| figure.denominator.is_some())
}

/// The bounds of each figure by rank, with what the bound is called: one column a bound, one entry a period, `None` where a period has
/// fewer. An answer has none that could be drawn.
fn thresholds(line: &KpiLine) -> Vec<(String, Vec<Option<Quantity>>)> {
    let history = &line.history;
    let most = match line.whole.unit {
        Unit::Answer => 0,
        _ => history.iter().map(|figure| figure.thresholds.len()).max().unwrap_or(0),
    };
    (0..most)
        .map(|rank| {
            let values = history.iter().map(|figure| figure.thresholds.get(rank).copied()).collect();
            (threshold_name(line, rank, most), values)
        })
        .collect()
}

/// `Target: at least 95%`, `Amber 95% to below 98%`: the best band that begins or ends there. Where the target has changed over the
/// periods, no words of today's.
fn threshold_name(line: &KpiLine, rank: usize, of: usize) -> String {
    let whole = &line.whole;
    let same = line.history.iter().all(|figure| {
        figure.target == whole.target
            && (figure.thresholds.is_empty() || figure.thresholds == whole.thresholds)
    });
    let plain = if of == 1 { "Target".to_string() } else { format!("Threshold {}", rank + 1) };
    let Some(bound) = whole.thresholds.get(rank).filter(|_| same) else { return plain };
    match whole.target.as_slice() {
        [] => plain,
        [one] => format!("Target: {}", target_in_words(one)),
        bands => {
            let shown = show(*bound, whole.unit, &[]);
            let own = bands.iter().find(|band| band.split(' ').any(|word| word == shown));
            own.map_or(plain, |band| capital(band))
        }
    }
}

/// The history as a table, the oldest period first.
fn history(line: &KpiLine) -> TablePage {
    let unit = line.whole.unit;
    let figure = if line.whole.is_area() { "Score" } else { "Figure" };
    let mut table = TablePage::new(&[("Period", WIDTHS[0]), (figure, WIDTHS[1]), ("Rating", WIDTHS[2])]);
    if has_parts(line) {
        table.columns.extend(["Numerator", "Denominator"].map(|heading| (heading.to_string(), WIDTH)));
    }
    let thresholds = thresholds(line);
    table.columns.extend(thresholds.iter().map(|(name, _)| (name.clone(), WIDTH)));
    let or_blank = |value: Option<Quantity>, unit| match value {
        Some(value) => Entry::figure(Some(value), unit, &[]),
        None => Entry::Blank,
    };
    let row = |(at, own): (usize, &RatedFigure)| {
        let shown = if own.value.is_none() && own.said.is_none() { Entry::Blank } else { value(own) };
        let mut row = vec![Entry::text(periods::on_axis(&own.period)), shown, Entry::Rating(own.rating)];
        if has_parts(line) {
            row.extend([own.numerator, own.denominator].map(|value| or_blank(value, Unit::Count)));
        }
        row.extend(thresholds.iter().map(|(_, values)| or_blank(values.get(at).copied().flatten(), unit)));
        row
    };
    table.rows = line.history.iter().enumerate().map(row).collect();
    table
}

/// `KPI 5: Referrals allocated`; an area of scores goes by its title.
pub fn heading(line: &KpiLine) -> String {
    match line.whole.is_area() {
        true => line.whole.name(),
        false => format!("{}: {}", line.whole.name(), line.whole.title),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    /// A KPI with these bounds and this target over three periods, the second without a figure.
    fn line(unit: Unit, bounds: &[&str], target: &[&str]) -> KpiLine {
        let mut line = example::pack().kpis.remove(1);
        line.whole.unit = unit;
        line.whole.thresholds = bounds.iter().map(|own| own.parse().unwrap()).collect();
        line.whole.target = target.iter().map(ToString::to_string).collect();
        line.history = vec![line.whole.clone(); 3];
        line.history[1].value = None;
        line
    }

    fn names(line: &KpiLine) -> Vec<String> {
        thresholds(line).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn thresholds_are_named_by_the_best_band_that_begins_or_ends_there() {
        for (unit, bounds, target, expected) in [
            (Unit::Percent, &["0.95"][..], &[">= 95%"][..], &["Target: at least 95%"][..]),
            (
                Unit::Percent,
                &["0.95", "0.98"],
                &["green 98% or more", "amber 95% to below 98%", "red below 95%"],
                &["Amber 95% to below 98%", "Green 98% or more"],
            ),
            (
                Unit::Percent,
                &["0.8", "0.9", "1"],
                &["green 100%", "amber 90%", "red below 80%"],
                &["Red below 80%", "Amber 90%", "Green 100%"],
            ),
            (
                Unit::Count,
                &["0", "1", "2", "3"],
                &["green 0", "amber 1 to 2", "red 3 or more"],
                &["Green 0", "Amber 1 to 2", "Amber 1 to 2", "Red 3 or more"],
            ),
            (Unit::Percent, &["0.5"], &["green 60%", "red below 60%"], &["Target"]),
            (Unit::Percent, &["0.5"], &[], &["Target"]),
            (Unit::Answer, &["1"], &["Yes"], &[]),
        ] {
            assert_eq!(names(&line(unit, bounds, target)), expected, "{target:?}");
        }
    }

    #[test]
    fn a_target_that_changed_has_no_words_of_todays() {
        let mut line = line(Unit::Percent, &["0.95"], &[">= 95%"]);
        line.history[0].target = vec![">= 90%".into()];
        line.history[0].thresholds = vec!["0.9".parse().unwrap()];
        assert_eq!(names(&line), ["Target"]);
        let values = &thresholds(&line)[0].1;
        assert_eq!(values[0], Some("0.9".parse().unwrap()));
    }

    #[test]
    fn a_period_without_a_figure_is_a_blank_cell_with_its_word_beside_it() {
        let table = history(&line(Unit::Percent, &["0.95"], &[">= 95%"]));
        assert_eq!(table.rows[1][1], Entry::Blank);
        assert!(matches!(table.rows[1][2], Entry::Rating(_)));
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
    }

    #[test]
    fn blocks_follow_each_other_and_are_not_parted_by_a_page() {
        let kpis = vec![line(Unit::Percent, &["0.95"], &[">= 95%"]); 6];
        let blocks = blocks(&kpis, 3);
        assert!(blocks.iter().all(|own| own.is_drawn() && own.below >= own.header + CHART_ROWS));
        assert!(blocks.windows(2).all(|own| own[0].below == own[1].heading));
        for page in [300.0, 500.0, 700.0, 5_000.0] {
            let breaks = page_breaks(&blocks, page);
            assert!(breaks.iter().all(|row| blocks.iter().any(|own| own.heading == *row)), "{page}");
            assert_eq!(breaks.is_empty(), page == 5_000.0);
        }
    }

    #[test]
    fn a_sparkline_needs_two_figures_among_the_newest_periods() {
        let mut line = line(Unit::Percent, &["0.95"], &[">= 95%"]);
        let figure = line.whole.clone();
        let none = RatedFigure { value: None, ..figure.clone() };
        for (history, drawn) in [
            (vec![figure.clone(); 2], true),
            (vec![figure.clone(), none.clone()], false),
            ([vec![figure.clone(); 2], vec![none.clone(); 11]].concat(), false),
            ([vec![figure.clone(); 2], vec![none.clone(); 10]].concat(), true),
            (Vec::new(), false),
        ] {
            line.history = history;
            let own = blocks(std::slice::from_ref(&line), 3);
            assert_eq!(own[0].sparkline().is_some(), drawn, "{} periods", line.history.len());
        }
    }
}
