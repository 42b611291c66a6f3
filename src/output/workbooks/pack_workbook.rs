//! `pack.xlsx` and `provider-pack.xlsx`: the pack as a workbook, for those who work in Excel.

use anyhow::Context;
use rust_xlsxwriter::Worksheet;

use super::formats::{self, write_text};
use super::pack_pages::{self, Page};
use super::pack_tables::TablePage;
use super::{
    benchmark, pack_actions, pack_answers, pack_kpis, pack_ladder, pack_months, pack_more, pack_process,
    pack_summary, pack_trends,
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
        pack_actions::next_steps(&pack.next_steps),
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
    let mut book = formats::quick_book();
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
        Some(pack_kpis::kpis(pack.kpis)),
        pack_months::months(pack.kpis),
        pack_months::overall(pack.overall),
    ])
    .collect();
    sheets.extend(tables(vec![Some(pack_kpis::kpi_notes(pack.kpis))]));
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
        pack_actions::action_log(pack.action_log, pack.as_of),
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
            PackSheet::Trends if pack_kpis::are_scores(pack.kpis) => pack_trends::ABOUT_AREAS,
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
    // A single table keeps its headings in sight, on paper too.
    if let [only] = tables.as_slice()
        && !only.rows.is_empty()
    {
        sheet.set_repeat_rows(row + 1, row + 1)?.set_freeze_panes(row + 2, 0)?;
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
mod tests;
