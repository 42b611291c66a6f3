//! The sheet of trends: for each KPI its history with periods across, and a native line chart below it.

use rust_xlsxwriter::{
    Chart, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType,
    Color, Worksheet,
};

use super::formats::{self, write_text};
use super::pack_pages::value;
use super::pack_tables::{Entry, TablePage};
use crate::domain::place::CellAddress;
use crate::domain::quantity::{Quantity, Unit};
use crate::output::palette::INK;
use crate::output::periods;
use crate::review::{KpiLine, RatedFigure};

/// Name of the sheet.
pub const SHEET: &str = "Trends";
/// What it holds.
pub const ABOUT: &str = "Each KPI's history for the whole contract, with a chart from the second figure on.";
/// Line colour of the figures.
const FIGURE_LINE: u32 = 0x1D_70B8;
/// Height of a chart in pixels, and the rows it covers with one to spare.
const CHART_HEIGHT: u32 = 300;
const CHART_ROWS: u32 = 17;
const LABEL_WIDTH: f64 = 34.0;
const PERIOD_WIDTH: f64 = 16.0;

/// Writes the histories and charts from `row` (from zero) on.
///
/// # Errors
///
/// When they do not fit on a sheet.
pub fn write_trends(sheet: &mut Worksheet, kpis: &[KpiLine], mut row: u32) -> anyhow::Result<()> {
    sheet.set_column_width(0, LABEL_WIDTH)?;
    let periods = kpis.iter().map(|line| line.history.len()).max().unwrap_or(0);
    for column in 1..=u16::try_from(periods)? {
        sheet.set_column_width(column, PERIOD_WIDTH)?;
    }
    for (index, line) in kpis.iter().enumerate() {
        let heading = heading(line);
        write_text(sheet, CellAddress::new(row, 0), &heading, &formats::heading())?;
        row += 1;
        for sentence in &line.sentences {
            write_text(sheet, CellAddress::new(row, 0), sentence, &formats::sentence())?;
            row += 1;
        }
        let bounds = bounds_over_time(&line.history);
        let below = history(line, &bounds).write(sheet, row, &format!("Trend {}", index + 1))?;
        let drawn = line.history.iter().filter(|figure| figure.value.is_some()).count() >= 2;
        if drawn {
            let chart = chart(line, row, bounds.len())?;
            sheet.insert_chart(below + 1, 0, &chart)?;
        }
        row = below + 1 + if drawn { CHART_ROWS } else { 0 };
    }
    Ok(())
}

/// The bounds of each figure by rank: one row a bound, one entry a period; `None` where a period has fewer.
fn bounds_over_time(history: &[RatedFigure]) -> Vec<Vec<Option<Quantity>>> {
    let most = history.iter().map(|figure| figure.thresholds.len()).max().unwrap_or(0);
    (0..most)
        .map(|rank| history.iter().map(|figure| figure.thresholds.get(rank).copied()).collect())
        .collect()
}

fn bound_name(rank: usize, of: usize) -> String {
    if of == 1 { "Target".to_string() } else { format!("Threshold {}", rank + 1) }
}

fn history(line: &KpiLine, bounds: &[Vec<Option<Quantity>>]) -> TablePage {
    let unit = line.whole.unit;
    let labels = line.history.iter().map(|figure| (periods::on_axis(&figure.period), PERIOD_WIDTH));
    let row = |name: String, entries: Vec<Entry>| std::iter::once(Entry::Text(name)).chain(entries).collect();
    let mut rows: Vec<Vec<Entry>> = Vec::new();
    if !line.history.is_empty() {
        rows.push(row("Figure".into(), line.history.iter().map(value).collect()));
        for (rank, values) in bounds.iter().enumerate() {
            let entries = values.iter().map(|value| Entry::figure(*value, unit, &[])).collect();
            rows.push(row(bound_name(rank, bounds.len()), entries));
        }
        rows.push(row(
            "Rating".into(),
            line.history.iter().map(|figure| Entry::Rating(figure.rating)).collect(),
        ));
        if line.history.iter().any(|figure| figure.denominator.is_some()) {
            let counts = |of: fn(&RatedFigure) -> Option<Quantity>| {
                line.history.iter().map(|figure| Entry::figure(of(figure), Unit::Count, &[])).collect()
            };
            rows.push(row("Numerator".into(), counts(|figure| figure.numerator)));
            rows.push(row("Denominator".into(), counts(|figure| figure.denominator)));
        }
    }
    TablePage { columns: std::iter::once(("Measure".to_string(), LABEL_WIDTH)).chain(labels).collect(), rows }
}

/// The chart of a history whose header stands in `header` (from zero), with `bounds` rows below the figures.
fn chart(line: &KpiLine, header: u32, bounds: usize) -> anyhow::Result<Chart> {
    let last = u16::try_from(line.history.len())?;
    let across = |row: u32| (SHEET, row, 1, row, last);
    let mut chart = Chart::new_line();
    chart.set_width(900).set_height(CHART_HEIGHT).set_alt_text(in_words(line));
    chart.title().set_name(heading(line).as_str());
    chart
        .add_series()
        .set_name((SHEET, header + 1, 0))
        .set_categories(across(header))
        .set_values(across(header + 1))
        .set_format(
            ChartFormat::new().set_line(ChartLine::new().set_color(Color::RGB(FIGURE_LINE)).set_width(2.25)),
        )
        .set_marker(ChartMarker::new().set_type(ChartMarkerType::Circle).set_size(7));
    for rank in 0..u32::try_from(bounds)? {
        let bound = header + 2 + rank;
        let mut dashed = ChartLine::new();
        dashed.set_color(Color::RGB(INK)).set_width(1.25).set_dash_type(ChartLineDashType::Dash);
        chart
            .add_series()
            .set_name((SHEET, bound, 0))
            .set_categories(across(header))
            .set_values(across(bound))
            .set_format(ChartFormat::new().set_line(&dashed))
            .set_marker(ChartMarker::new().set_none());
    }
    chart.legend().set_position(ChartLegendPosition::Bottom);
    if line.whole.unit == Unit::Percent {
        chart.y_axis().set_num_format("0%");
        // Left to itself, Excel draws an axis up to 120%.
        if line.history.iter().all(|figure| figure.value.is_none_or(|value| value <= Quantity::ONE)) {
            chart.y_axis().set_max(1.0);
        }
    }
    Ok(chart)
}

/// The longest text Excel takes for a picture or chart.
const LONGEST_TEXT: usize = 255;

/// The chart for those who do not see it.
fn in_words(line: &KpiLine) -> String {
    let figures: Vec<String> = line
        .history
        .iter()
        .map(|figure| format!("{} in {}", figure.shown(), periods::in_table(&figure.period)))
        .collect();
    let aim = line.whole.aim.as_ref().map(|aim| format!(", target {aim}")).unwrap_or_default();
    let all = format!("Line chart of {}{aim}: {}.", line.whole.name(), figures.join(", "));
    match (figures.first(), figures.last()) {
        // Excel takes no longer text; every figure stands in the table beside the chart.
        (Some(first), Some(last)) if all.chars().count() > LONGEST_TEXT => format!(
            "Line chart of {}{aim}: {} periods, from {first} to {last}; the figures stand in the table beside it.",
            line.whole.name(),
            figures.len()
        ),
        _ => all,
    }
}
/// `KPI 5: Referrals allocated`; an area of scores goes by its title.
fn heading(line: &KpiLine) -> String {
    match line.whole.is_area() {
        true => line.whole.name(),
        false => format!("{}: {}", line.whole.name(), line.whole.title),
    }
}
