//! A KPI's history as a line chart of Excel's own: figures, what they are held against, gaps where there is no figure.

use rust_xlsxwriter::{
    Chart, ChartEmptyCells, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType,
    ChartMarker, ChartMarkerType, Color,
};

use super::formats::fitting;
use super::pack_trends::{Block, FIGURE_COLUMN, SHEET, heading};
use crate::domain::quantity::{Quantity, Unit};
use crate::output::palette::INK;
use crate::output::periods;
use crate::review::KpiLine;

/// Line colour of the figures.
pub const FIGURE_LINE: u32 = 0x1D_70B8;
/// Size in pixels.
const SIZE: (u32, u32) = (520, 300);
/// Its width in characters of a cell's text, with a little to spare.
pub const WIDTH_IN_CHARACTERS: f64 = 80.0;
/// The longest text Excel takes for a picture or chart.
const LONGEST_TEXT: usize = 255;
/// The longest title that fits on two lines.
const LONGEST_TITLE: usize = 100;
/// Thresholds are told apart by their dashes, from the lowest on.
const DASHES: [ChartLineDashType; 4] = [
    ChartLineDashType::Dash,
    ChartLineDashType::RoundDot,
    ChartLineDashType::DashDot,
    ChartLineDashType::LongDash,
];
/// A count's axis has a line for each whole number up to this.
const EACH_NUMBER: i64 = 10;

/// The chart of a block.
///
/// # Errors
///
/// When it has more columns than a sheet.
pub fn chart(block: &Block<'_>) -> anyhow::Result<Chart> {
    let line = block.line;
    let (first, last) = (block.header + 1, block.header + block.periods);
    let down = |column: u16| (SHEET, first, column, last, column);
    let mut chart = Chart::new_line();
    chart.set_width(SIZE.0).set_height(SIZE.1);
    chart.set_name(format!("Chart of {}", fitting(&line.whole.name(), LONGEST_TITLE)));
    chart.set_alt_text(in_words(line));
    chart
        .title()
        .set_name(fitting(&heading(line), LONGEST_TITLE).as_str())
        .set_font(ChartFont::new().set_size(12));
    chart
        .add_series()
        .set_name((SHEET, block.header, FIGURE_COLUMN))
        .set_categories(down(0))
        .set_values(down(FIGURE_COLUMN))
        .set_format(
            ChartFormat::new().set_line(ChartLine::new().set_color(Color::RGB(FIGURE_LINE)).set_width(2.25)),
        )
        .set_marker(ChartMarker::new().set_type(ChartMarkerType::Circle).set_size(7));
    let (from, number) = block.thresholds;
    for (column, dash) in (from..from + number).zip(DASHES.into_iter().cycle()) {
        let mut dashed = ChartLine::new();
        dashed.set_color(Color::RGB(INK)).set_width(1.25).set_dash_type(dash);
        chart
            .add_series()
            .set_name((SHEET, block.header, column))
            .set_categories(down(0))
            .set_values(down(column))
            .set_format(ChartFormat::new().set_line(&dashed))
            .set_marker(ChartMarker::new().set_none());
    }
    // Said in so many words: programs differ in what they do where it is not.
    chart.show_empty_cells_as(ChartEmptyCells::Gaps);
    chart.legend().set_position(ChartLegendPosition::Bottom);
    let (unit, format) = axis(line.whole.unit);
    let font = ChartFont::new().set_size(10).clone();
    chart.x_axis().set_name("Period").set_name_font(&font);
    chart.y_axis().set_name(unit).set_name_font(&font).set_num_format(format);
    let drawn = || line.history.iter().flat_map(|own| own.value.iter().chain(&own.thresholds));
    match line.whole.unit {
        // Left to itself, Excel draws an axis up to 120%.
        Unit::Percent if drawn().all(|value| *value <= Quantity::ONE) => {
            chart.y_axis().set_max(1.0);
        }
        Unit::Count if drawn().all(|value| *value <= EACH_NUMBER.into()) => {
            chart.y_axis().set_min(0.0).set_major_unit(1.0);
        }
        _ => {}
    }
    Ok(chart)
}

/// The name and the number format of the axis of values.
pub fn axis(unit: Unit) -> (&'static str, &'static str) {
    match unit {
        Unit::Percent => ("Per cent", "0%"),
        Unit::Pounds => ("Pounds", "\"£\"#,##0"),
        Unit::Hours => ("Hours", "General"),
        Unit::Days => ("Days", "General"),
        Unit::Score => ("Score", "0.0"),
        Unit::Count | Unit::Number | Unit::Answer => ("Number", "General"),
    }
}

/// The chart for those who do not see it.
pub fn in_words(line: &KpiLine) -> String {
    let figures: Vec<String> = line
        .history
        .iter()
        .map(|figure| format!("{} in {}", figure.shown(), periods::in_table(&figure.period)))
        .collect();
    let aim = line.whole.aim.as_ref().map(|aim| format!(", target {aim}")).unwrap_or_default();
    let of = format!("Line chart of {}{aim}", line.whole.name());
    let all = format!("{of}: {}.", figures.join(", "));
    match (figures.first(), figures.last()) {
        // Excel takes no longer text; every figure stands in the table beside the chart.
        (Some(first), Some(last)) if all.encode_utf16().count() > LONGEST_TEXT => fitting(
            &format!(
                "{of}: {} periods, from {first} to {last}; the figures stand in the table beside it.",
                figures.len()
            ),
            LONGEST_TEXT,
        ),
        _ => fitting(&all, LONGEST_TEXT),
    }
}
