//! `pack.xlsx` and `provider-pack.xlsx`: the pack as a workbook, for those who work in Excel.

use anyhow::Context;
use rust_xlsxwriter::{Workbook, Worksheet};

use super::formats::{self, write_text};
use super::pack_pages::{self, Page};
use super::pack_tables::TablePage;
use super::{
    benchmark, pack_answers, pack_ladder, pack_months, pack_more, pack_process, pack_summary, pack_trends,
};
use crate::domain::place::CellAddress;
use crate::output::common::Common;
use crate::output::periods;
use crate::review::readers::ProviderPack;
use crate::review::{InformationTable, Pack};

const INFORMATION: &str = "Information";
const INFORMATION_ABOUT: &str = "Tables of the returns as they stand.";
/// The row, from zero, in which a sheet's table starts: below its title and its sentence.
const TABLE_ROW: u32 = 2;

/// The council's pack as an .xlsx; created on the as-of date, so that the same pack gives the same bytes.
///
/// # Errors
///
/// When a table does not fit on an Excel sheet, named by the sheet.
pub fn pack_workbook(pack: &Pack) -> anyhow::Result<Vec<u8>> {
    let common = Common::from(pack);
    let council = [
        benchmark::of_pack(pack),
        pack_ladder::consequences(pack),
        Some(pack_ladder::escalations(pack)),
        pack_more::on_record(&pack.on_record),
    ];
    let area = pack.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
    let title = format!("Review pack: {}{area}, {}", pack.provider, pack.period.describe());
    workbook(&common, &title, council.into_iter().flatten().collect())
}

/// What a provider sees of its pack as an .xlsx; created on the as-of date.
///
/// # Errors
///
/// When a table does not fit on an Excel sheet, named by the sheet.
pub fn provider_workbook(pack: &ProviderPack) -> anyhow::Result<Vec<u8>> {
    let common = Common::from(pack);
    let title = format!("For {}: review of {}", common.provider, common.period.describe());
    workbook(&common, &title, benchmark::of_provider(pack).into_iter().collect())
}

/// A workbook of what both readerships have, with the reader's own pages after the trends.
fn workbook(pack: &Common<'_>, title: &str, readers_own: Vec<Page>) -> anyhow::Result<Vec<u8>> {
    let mut book = Workbook::new();
    book.set_properties(&formats::properties(title, pack.contract_title, pack.councils, pack.as_of));
    let sheets = sheets(pack, readers_own);
    let contents: Vec<(&str, &str)> = sheets.iter().map(|sheet| (sheet.name(), sheet.about(pack))).collect();
    let trends = pack_trends::blocks(pack.kpis, TABLE_ROW + 1);
    pack_summary::write(book.add_worksheet(), pack, title, &trends, &contents)
        .context("the summary cannot be written")?;
    for sheet in &sheets {
        let page = book.add_worksheet();
        page.set_name(sheet.name())?;
        formats::set_running_head(page, title);
        sheet.write(page, pack).with_context(|| format!("sheet “{}” cannot be written", sheet.name()))?;
    }
    Ok(book.save_to_buffer()?)
}

/// A sheet after the summary.
enum PackSheet {
    OneTable(Page),
    Trends,
    Process,
    Information,
    Promises,
    Annual,
}

fn sheets(pack: &Common<'_>, readers_own: Vec<Page>) -> Vec<PackSheet> {
    let tables = |pages: Vec<Option<Page>>| pages.into_iter().flatten().map(PackSheet::OneTable);
    let mut sheets: Vec<PackSheet> = tables(vec![
        Some(pack_pages::kpis(pack.kpis)),
        pack_months::months(pack.kpis),
        pack_months::overall(pack.overall),
    ])
    .collect();
    sheets.extend(tables(vec![Some(pack_pages::kpi_notes(pack.kpis))]));
    sheets.push(PackSheet::Trends);
    if pack_process::charted(pack.kpis).next().is_some() {
        sheets.push(PackSheet::Process);
    }
    if pack.annual.is_some() {
        sheets.push(PackSheet::Annual);
    }
    sheets.extend(readers_own.into_iter().map(PackSheet::OneTable));
    if !pack.promises.is_empty() {
        sheets.push(PackSheet::Promises);
    }
    sheets.extend(tables(vec![
        Some(pack_pages::submissions(pack.submissions, pack.as_of)),
        pack_pages::changed_cells(pack.submissions),
        Some(pack_pages::submission_kpis(pack.submission_kpis)),
        Some(pack_pages::queries(pack.submissions)),
        pack_answers::answers(pack.submissions),
        pack_answers::plans(pack.submissions),
    ]));
    sheets.push(PackSheet::Information);
    sheets.extend(tables(vec![
        Some(pack_pages::narrative(pack.narrative)),
        Some(pack_pages::agenda(pack.agenda)),
        Some(pack_pages::action_plan(pack.action_plan)),
        Some(pack_pages::dates(pack.dates)),
        Some(pack_pages::readings(pack.readings)),
    ]));
    sheets
}

impl PackSheet {
    fn name(&self) -> &'static str {
        match self {
            PackSheet::OneTable(page) => page.name,
            PackSheet::Trends => pack_trends::SHEET,
            PackSheet::Process => pack_process::SHEET,
            PackSheet::Information => INFORMATION,
            PackSheet::Promises => pack_more::PROMISES,
            PackSheet::Annual => pack_more::ANNUAL,
        }
    }

    fn about(&self, pack: &Common<'_>) -> &'static str {
        match self {
            PackSheet::OneTable(page) => page.about,
            PackSheet::Trends if pack_pages::are_scores(pack.kpis) => pack_trends::ABOUT_AREAS,
            PackSheet::Trends => pack_trends::ABOUT,
            PackSheet::Process => pack_process::ABOUT,
            PackSheet::Information => INFORMATION_ABOUT,
            PackSheet::Promises => pack_more::PROMISES_ABOUT,
            PackSheet::Annual => pack_more::ANNUAL_ABOUT,
        }
    }

    fn write(&self, sheet: &mut Worksheet, pack: &Common<'_>) -> anyhow::Result<()> {
        formats::set_page(sheet);
        let area = pack.area.map(|area| format!(", {area}")).unwrap_or_default();
        let heading =
            format!("{}: {}{area}, {}", self.name(), pack.provider, periods::in_table(&pack.period));
        write_text(sheet, CellAddress::new(0, 0), &heading, &formats::title())?;
        write_text(sheet, CellAddress::new(1, 0), self.about(pack), &formats::sentence())?;
        match self {
            PackSheet::OneTable(page) => {
                page.table.set_widths(sheet)?;
                page.table.write(sheet, TABLE_ROW, page.name)?;
                if !page.table.rows.is_empty() {
                    sheet.set_repeat_rows(TABLE_ROW, TABLE_ROW)?.set_freeze_panes(TABLE_ROW + 1, 0)?;
                    formats::set_pages_across(sheet, page.table.width(), page.table.columns.len())?;
                }
            }
            PackSheet::Trends => pack_trends::write_trends(sheet, pack.kpis, TABLE_ROW + 1)?,
            PackSheet::Process => pack_process::write_process(sheet, pack.kpis, TABLE_ROW + 1)?,
            PackSheet::Information => write_information(sheet, pack.information, TABLE_ROW + 1)?,
            PackSheet::Promises => pack_more::write_promises(sheet, pack.promises, TABLE_ROW + 1)?,
            PackSheet::Annual => {
                if let Some(annual) = pack.annual {
                    pack_more::write_annual(sheet, annual, TABLE_ROW)?;
                }
            }
        }
        Ok(())
    }
}

fn write_information(
    sheet: &mut Worksheet,
    information: &[InformationTable],
    mut row: u32,
) -> anyhow::Result<()> {
    if information.is_empty() {
        return write_text(sheet, CellAddress::new(row, 0), "None.", &formats::sentence());
    }
    let mut tables: Vec<TablePage> = information.iter().map(pack_pages::information).collect();
    TablePage::share_widths(&mut tables);
    if let Some(widest) = tables.iter().max_by_key(|table| table.columns.len()) {
        widest.set_widths(sheet)?;
        formats::set_pages_across(sheet, widest.width(), widest.columns.len())?;
    }
    for (index, (own, table)) in information.iter().zip(&tables).enumerate() {
        let area = own.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
        let heading = format!("{}{area}", own.title);
        write_text(sheet, CellAddress::new(row, 0), &heading, &formats::heading())?;
        row = table.write(sheet, row + 1, &format!("{INFORMATION} {}", index + 1))? + 1;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use calamine::Data;

    use super::*;
    use crate::output::example;
    use crate::output::workbooks::unpacked::{cells, part, parts};

    fn written() -> Vec<u8> {
        pack_workbook(&example::pack()).unwrap()
    }

    /// The texts of the row that starts with `first`, and the row's number from zero.
    fn row(bytes: &[u8], sheet: &str, column: u32, first: &str) -> Vec<String> {
        let cells = cells(bytes, sheet);
        let found = cells
            .iter()
            .find(|(at, data)| at.column == column && **data == Data::String(first.into()))
            .unwrap_or_else(|| panic!("{first} is not in column {column} of {sheet}"));
        let row = found.0.row;
        let last = cells.keys().filter(|at| at.row == row).map(|at| at.column).max().unwrap();
        (0..=last)
            .map(|column| cells.get(&CellAddress::new(row, column)).map(Data::to_string).unwrap_or_default())
            .collect()
    }

    #[test]
    fn every_sheet_has_its_title_and_the_summary_leads_to_it() {
        let bytes = written();
        let summary = part(&bytes, "xl/worksheets/sheet1.xml");
        let pack = example::pack();
        let council = vec![pack_ladder::escalations(&pack)];
        let sheets = sheets(&Common::from(&pack), council);
        for sheet in &sheets {
            let name = sheet.name();
            assert!(name.len() <= 31);
            let title = cells(&bytes, name)[&CellAddress::new(0, 0)].to_string();
            assert_eq!(title, format!("{name}: Harbour Advocacy, 2025-26 Q1"));
            assert!(summary.contains(&format!("location=\"'{name}'!A1\"")), "{name}");
        }
        let names: Vec<&str> = sheets.iter().map(PackSheet::name).collect();
        assert_eq!(
            names,
            [
                "KPIs",
                "Trends",
                "Escalations",
                "Submissions",
                "Changed cells",
                "Timeliness and accuracy",
                "Queries",
                "Answers",
                "Plan filled in",
                "Information",
                "Narrative",
                "Agenda",
                "Action plan",
                "Dates",
                "Readings"
            ]
        );
    }

    #[test]
    fn figures_are_numbers_and_ratings_are_words_with_a_shape() {
        let bytes = written();
        let east = row(&bytes, "KPIs", 2, "Cheshire East");
        assert_eq!(east[4..9], ["0.9545454545454546", "21", "22", "at least 95%", "● Green"]);
        let near = row(&bytes, "KPIs", 0, "6");
        assert_eq!((near[4].as_str(), near[8].as_str()), ("0.899", "■ Red"), "not shown as 90.0%");
        let comment = &row(&bytes, "KPIs", 0, "1")[11];
        assert!(comment.starts_with("=HYPERLINK("), "the provider's words stay words");
        let timely = row(&bytes, "Timeliness and accuracy", 0, "Returns received by their due date");
        assert_eq!(timely[3..8], ["6", "5", "0.8333333333333334", "0.95", "■ Red"]);
        let information = row(&bytes, "Information", 0, "New referrals");
        assert_eq!(information[1..], ["1234.5", "0.955", "N/A"]);
        assert_eq!(row(&bytes, "Information", 0, "=Referral source: GP")[1..], ["-3", "007", "=1+1"]);
        assert_eq!(
            row(&bytes, "Information", 0, "Data required"),
            ["Data required", "IMCA", "Total", "Total (2)"]
        );
    }

    #[test]
    fn trends_have_the_periods_across_and_a_chart_where_there_is_a_line_to_draw() {
        let bytes = written();
        let figures = row(&bytes, "Trends", 1, "2024-25 Q2");
        assert_eq!(figures, ["Measure", "2024-25 Q2", "2024-25 Q3", "2024-25 Q4", "2025-26 Q1"]);
        let charts: Vec<String> = parts(&bytes)
            .into_iter()
            .filter(|(name, _)| name.starts_with("xl/charts/"))
            .map(|(_, text)| text)
            .collect();
        assert_eq!(charts.len(), 2, "KPIs 5 and 6; 1 and 10 have one figure or none");
        for chart in charts {
            assert!(chart.contains("<c:lineChart>") && chart.matches("<c:ser>").count() == 2);
        }
        let drawing = part(&bytes, "xl/drawings/drawing1.xml");
        assert!(
            drawing.contains("descr=\"Line chart of KPI 5, target at least 95%: 97.7% in 2024-25 Q2"),
            "{drawing}"
        );
    }

    #[test]
    fn no_formula_no_link_out_no_merged_cell() {
        for (name, text) in parts(&written()) {
            let sheet = name.starts_with("xl/worksheets/sheet");
            assert!(!sheet || !(text.contains("<f>") || text.contains("<mergeCell")), "{name}");
            assert!(!text.contains("TargetMode=\"External\""), "{name}");
        }
    }

    #[test]
    fn an_empty_pack_is_still_a_workbook() {
        let full = example::pack();
        let pack = Pack {
            counts: Vec::new(),
            kpis: Vec::new(),
            escalations: Vec::new(),
            submissions: Vec::new(),
            submission_kpis: Vec::new(),
            information: Vec::new(),
            narrative: Vec::new(),
            agenda: Vec::new(),
            action_plan: Vec::new(),
            dates: Vec::new(),
            readings: Vec::new(),
            ..full
        };
        let bytes = pack_workbook(&pack).unwrap();
        assert_eq!(cells(&bytes, "KPIs")[&CellAddress::new(TABLE_ROW, 0)], Data::String("None.".into()));
    }

    #[test]
    fn the_same_pack_gives_the_same_bytes() {
        assert_eq!(written(), written());
        let core = part(&written(), "docProps/core.xml");
        assert!(core.contains("<dc:title>Review pack: Harbour Advocacy, 2025-26 Q1"), "{core}");
    }

    #[test]
    fn months_overall_ratings_and_consequences_have_a_sheet_each_where_there_are_any() {
        let pack = example::monthly_pack();
        let bytes = pack_workbook(&pack).unwrap();
        let september = row(&bytes, "KPIs by month", 2, "September 2025");
        assert_eq!(september[3..8], ["0.8333333333333334", "5", "6", "green 100%; red below 80%", "▲ Amber"]);
        assert_eq!(row(&bytes, "Overall ratings", 0, "October 2025")[1..], ["■ Red", "KPI 5 red", "6.6"]);
        let met = row(&bytes, "Consequences", 0, "Performance improvement");
        assert_eq!(met[2..4], ["Condition met", "Met in October 2025."]);
        let workings = row(&bytes, "Escalations", 2, "Performance improvement");
        assert_eq!(workings[5], "KPI 5 is missed: 40 of 43.");
        assert_eq!(workings[6], "returns/q1/harbour-q1.xlsx, sheet “KPIs”, cell F8");
    }

    #[test]
    fn the_providers_workbook_has_nothing_the_council_weighs() {
        let pack = example::monthly_pack();
        let bytes = provider_workbook(&ProviderPack::of(&pack)).unwrap();
        let all: String = parts(&bytes).into_values().collect();
        assert!(all.contains("For Harbour Advocacy"));
        assert!(all.contains("KPIs by month") && all.contains("Overall ratings"));
        for kept in ["Consequences", "Escalations", "Performance improvement", "Why did KPI 5 fall?"] {
            assert!(!all.contains(kept), "{kept}");
        }
    }

    #[test]
    fn promises_the_year_the_record_and_items_below_items_have_their_sheets() {
        use crate::output::pages::samples;
        let pack = samples::pack();
        let bytes = pack_workbook(&pack).unwrap();
        assert_eq!(row(&bytes, "Agenda", 1, "Hours of support provided by volunteers")[0], "2.1");
        let isolation = row(&bytes, "Agenda", 1, "Social isolation");
        assert_eq!(isolation[2], "Not supplied.");
        let headings = row(&bytes, "Promises", 0, "Action");
        assert_eq!(headings, ["Action", "Promised: Offered", "Reported: Progress", "Due"]);
        let year = row(&bytes, "Annual review", 0, "4");
        assert_eq!(
            year[8..13],
            ["0.95", "19 of 20", "0.95", "19 of 20", "The one figure of the year, 2025-26 Q1."]
        );
        let missing = row(&bytes, "Annual review", 0, "5");
        assert_eq!(missing[2..6], ["0.9756097560975611", "40 of 41; Green; partial period", "", "No return"]);
        assert_eq!(row(&bytes, "On record", 0, "Action")[4], "Visit the office in Crewe");
        let provider = provider_workbook(&ProviderPack::of(&pack)).unwrap();
        let all: String = parts(&provider).into_values().collect();
        assert!(
            all.contains("Promised: Offered")
                && !all.contains("On record")
                && !all.contains("Visit the office")
        );
    }

    #[test]
    fn an_answer_stands_in_its_own_words() {
        let mut pack = example::pack();
        let figure = &mut pack.kpis[0].whole;
        (figure.value, figure.unit, figure.target) =
            (None, crate::domain::quantity::Unit::Answer, vec!["Yes".into()]);
        figure.said = Some("Yes, contradicted by its evidence".into());
        let answer = row(&pack_workbook(&pack).unwrap(), "KPIs", 0, "1");
        assert_eq!((answer[4].as_str(), answer[7].as_str()), ("Yes, contradicted by its evidence", "Yes"));
    }
}
