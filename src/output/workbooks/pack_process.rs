//! The sheet of process charts: for each KPI with enough figures its XmR chart, with mean, limits, target and the figures that are
//! unlikely to be chance, and below it the table it draws from, a row a period.

use rust_xlsxwriter::{
    Chart, ChartEmptyCells, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType,
    ChartMarker, ChartMarkerType, Color, Worksheet,
};

use super::formats::{self, PAGE_WIDTH, fitting, write_text};
use super::pack_tables::{Entry, TablePage};
use super::pack_trends::heading;
use super::trend_chart::{self, FIGURE_LINE};
use crate::domain::place::CellAddress;
use crate::domain::quantity::{Quantity, Unit, show};
use crate::output::palette::INK;
use crate::output::periods;
use crate::review::KpiLine;
use crate::review::process::{ProcessChart, ProcessPoint, SpecialCause, Variation};

/// Name of the sheet.
pub const SHEET: &str = "Process charts";
/// What it holds.
pub const ABOUT: &str = "KPIs with enough figures to tell chance from change: an XmR chart each. Cells left blank are periods \
                         without a point, or points with nothing special about them.";
/// Rows a chart covers, with one to spare.
const CHART_ROWS: u32 = 19;
const CHART_HEIGHT: u32 = 340;
const WIDTH: f64 = 12.0;
/// Width of the column of words.
const WIDE: f64 = 34.0;
/// Longest title or text of a chart.
const LONGEST_TITLE: usize = 110;
const LONGEST_TEXT: usize = 255;
/// The columns, from zero, in which the figures stand, and the first of the lines.
const FIGURE_COLUMN: u16 = 2;
const LINES_COLUMN: u16 = 4;

/// The KPIs that have a process chart.
pub fn charted(kpis: &[KpiLine]) -> impl Iterator<Item = (&KpiLine, &ProcessChart)> {
    kpis.iter().filter_map(|line| Some((line, line.process.as_ref()?)))
}

/// Writes a table and a chart for each KPI that has one, from `row` (from zero) on.
///
/// # Errors
///
/// When they do not fit on a sheet.
pub fn write_process(sheet: &mut Worksheet, kpis: &[KpiLine], mut row: u32) -> anyhow::Result<()> {
    let mut tables: Vec<Table<'_>> = charted(kpis).map(|(line, chart)| Table::of(line, chart)).collect();
    let mut pages: Vec<TablePage> =
        tables.iter_mut().map(|own| std::mem::replace(&mut own.page, TablePage::new(&[]))).collect();
    TablePage::share_widths(&mut pages);
    let Some(widest) = pages.iter().max_by_key(|page| page.columns.len()) else { return Ok(()) };
    widest.set_widths(sheet)?;
    sheet.set_print_scale((PAGE_WIDTH / widest.width() * 100.0).floor().clamp(10.0, 100.0) as u16);
    let mut breaks = Vec::new();
    for (number, (own, page)) in (1..).zip(tables.iter().zip(&pages)) {
        // Chart and table fill a printed page.
        if number > 1 {
            breaks.push(row);
        }
        write_text(sheet, CellAddress::new(row, 0), &heading(own.line), &formats::heading())?;
        row += 1;
        for sentence in own.chart.sentences.iter().chain(&own.chart.cautions) {
            write_text(sheet, CellAddress::new(row, 0), sentence, &formats::sentence())?;
            row += 1;
        }
        let header = row + CHART_ROWS;
        sheet.insert_chart(row, 0, &own.drawn(header, u32::try_from(page.rows.len())?))?;
        let above = CellAddress::new(header - 1, 0);
        write_text(sheet, above, "The figures that the chart draws from:", &formats::sentence())?;
        row = page.write(sheet, header, &format!("Process {number}"))? + 1;
    }
    sheet.set_page_breaks(&breaks)?;
    Ok(())
}

/// A KPI's table, and which of its columns are drawn as what.
struct Table<'a> {
    line: &'a KpiLine,
    chart: &'a ProcessChart,
    page: TablePage,
    /// The columns of mean, limits and target.
    lines: u16,
    /// What the columns of special points hold.
    special: Vec<Variation>,
}

impl<'a> Table<'a> {
    fn of(line: &'a KpiLine, chart: &'a ProcessChart) -> Self {
        let mut special: Vec<Variation> = Vec::new();
        for point in chart.points.iter().filter(|point| point.variation.is_special()) {
            if !special.iter().any(|own| own.word() == point.variation.word()) {
                special.push(point.variation);
            }
        }
        let limit = if chart.trial { "Trial lower limit" } else { "Lower limit" };
        let upper = if chart.trial { "Trial upper limit" } else { "Upper limit" };
        let mut columns = vec![
            ("Period", WIDTH),
            ("What it says", WIDE),
            ("Figure", WIDTH),
            ("Moving range", WIDTH),
            ("Mean", WIDTH),
            (limit, WIDTH),
            (upper, WIDTH),
        ];
        columns.extend(chart.target.iter().map(|_| ("Target", WIDTH)));
        let lines = if chart.target.is_some() { 4 } else { 3 };
        columns.extend(special.iter().map(|own| (own.word(), WIDTH)));
        let mut page = TablePage::new(&columns);
        let mut rows: Vec<(_, Vec<Entry>)> = chart
            .points
            .iter()
            .map(|point| (point.period, row(chart, &special, &point.period, Some(point), says(point))))
            .chain(
                chart
                    .gaps
                    .iter()
                    .map(|gap| (gap.period, row(chart, &special, &gap.period, None, gap.why.clone()))),
            )
            .collect();
        rows.sort_by_key(|(period, _)| period.from);
        page.rows = rows.into_iter().map(|(_, row)| row).collect();
        Self { line, chart, page, lines, special }
    }

    fn drawn(&self, header: u32, rows: u32) -> Chart {
        let down = |column: u16| (SHEET, header + 1, column, header + rows, column);
        let mut chart = Chart::new_line();
        chart.set_width(860).set_height(CHART_HEIGHT);
        chart.set_name(format!("Process chart of {}", fitting(&self.line.whole.name(), LONGEST_TITLE)));
        chart.set_alt_text(self.in_words());
        let title = fitting(&format!("XmR chart, {}", heading(self.line)), LONGEST_TITLE);
        chart.title().set_name(title.as_str()).set_font(ChartFont::new().set_size(12));
        let mut series = |column: u16, line: Option<(u32, f64, ChartLineDashType)>, marker: ChartMarker| {
            let mut drawn = ChartLine::new();
            match line {
                Some((colour, width, dash)) => {
                    drawn.set_color(Color::RGB(colour)).set_width(width).set_dash_type(dash);
                }
                None => {
                    drawn.set_hidden(true);
                }
            }
            chart
                .add_series()
                .set_name((SHEET, header, column))
                .set_categories(down(0))
                .set_values(down(column))
                .set_format(ChartFormat::new().set_line(&drawn))
                .set_marker(&marker);
        };
        let none = ChartMarker::new().set_none().clone();
        let dot = ChartMarker::new().set_type(ChartMarkerType::Circle).set_size(6).clone();
        series(FIGURE_COLUMN, Some((FIGURE_LINE, 2.0, ChartLineDashType::Solid)), dot);
        let dashes = [
            ChartLineDashType::Solid,
            ChartLineDashType::Dash,
            ChartLineDashType::Dash,
            ChartLineDashType::RoundDot,
        ];
        for (column, dash) in (LINES_COLUMN..LINES_COLUMN + self.lines).zip(dashes) {
            series(column, Some((INK, 1.25, dash)), none.clone());
        }
        for (column, variation) in (LINES_COLUMN + self.lines..).zip(&self.special) {
            series(column, None, special_marker(*variation));
        }
        // Said in so many words: programs differ in what they do where it is not.
        chart.show_empty_cells_as(ChartEmptyCells::Gaps);
        chart.legend().set_position(ChartLegendPosition::Bottom);
        let (unit, format) = trend_chart::axis(self.chart.unit);
        let font = ChartFont::new().set_size(10).clone();
        chart.x_axis().set_name("Period").set_name_font(&font);
        chart.y_axis().set_name(unit).set_name_font(&font).set_num_format(format);
        let shares = self.chart.points.iter().all(|point| point.value <= Quantity::ONE);
        if self.chart.unit == Unit::Percent && shares {
            chart.y_axis().set_max(1.0);
        }
        chart
    }

    /// The chart for those who do not see it.
    fn in_words(&self) -> String {
        let shown = |value: Quantity| show(value, self.chart.unit, &[]);
        let assurance = self.chart.assurance.map(|own| format!(" {}.", own.word())).unwrap_or_default();
        fitting(
            &format!(
                "XmR chart of {}: {} figures, mean {}, {} limits {} and {}. {}.{assurance}",
                self.line.whole.name(),
                self.chart.points.len(),
                shown(self.chart.mean),
                if self.chart.trial { "trial" } else { "process" },
                shown(self.chart.lower.value),
                shown(self.chart.upper.value),
                self.chart.variation.word(),
            ),
            LONGEST_TEXT,
        )
    }
}

fn row(
    chart: &ProcessChart,
    special: &[Variation],
    period: &crate::domain::period::Period,
    point: Option<&ProcessPoint>,
    says: String,
) -> Vec<Entry> {
    let figure = |value: Quantity| Entry::figure(Some(value), chart.unit, &[]);
    let or_blank = |value: Option<Quantity>| value.map_or(Entry::Blank, figure);
    let bounds: Vec<Quantity> = chart.target.iter().map(|target| target.value).collect();
    let mut row = vec![
        Entry::text(periods::on_axis(period)),
        Entry::Text(says),
        point.map_or(Entry::Blank, |own| Entry::figure(Some(own.value), chart.unit, &bounds)),
        or_blank(point.and_then(|own| own.moving_range)),
        figure(chart.mean),
        figure(chart.lower.value),
        figure(chart.upper.value),
    ];
    row.extend(chart.target.iter().map(|target| figure(target.value)));
    row.extend(
        special.iter().map(|kind| {
            or_blank(point.filter(|own| own.variation.word() == kind.word()).map(|own| own.value))
        }),
    );
    row
}

/// What a point says: that it is chance, or why it is not.
fn says(point: &ProcessPoint) -> String {
    let causes: Vec<&str> = point
        .causes
        .iter()
        .map(|cause| match cause {
            SpecialCause::Outside => "outside the limits",
            SpecialCause::Trend => "one of six or more that rise or fall",
            SpecialCause::CloseToLimit => "two of three close to a limit",
            SpecialCause::Run => "one of seven or more on one side of the mean",
        })
        .collect();
    let relieved = if point.relieved { "; relief agreed" } else { "" };
    match causes.is_empty() {
        true => format!("{}{relieved}", point.variation.word()),
        false => format!("{}: {}{relieved}", point.variation.word(), causes.join("; ")),
    }
}

/// A shape of its own for each kind of special cause.
fn special_marker(variation: Variation) -> ChartMarker {
    let (shape, colour) = match variation {
        Variation::Improvement(_) => (ChartMarkerType::Triangle, 0x00_3078),
        Variation::Concern(_) => (ChartMarkerType::Diamond, 0xF4_7738),
        Variation::Neither(_) | Variation::CommonCause => (ChartMarkerType::Square, 0x4C_2C92),
    };
    let mut format = ChartFormat::new();
    format.set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(Color::RGB(colour)));
    format.set_border(ChartLine::new().set_color(Color::RGB(INK)));
    ChartMarker::new().set_type(shape).set_size(10).set_format(&mut format).clone()
}
