//! The officer's register: its lists, a sheet and a table each, and how a sample's are written down.
//!
//! A sample says its lists as text (`register.txt`): `# ` and the sheet's name, then a line a row, its cells divided by
//! `|`; an empty line between two lists. Nobody types the contract, which is the same in every row, nor the receipts, which follow from the returns.

use anyhow::{Context, Result, ensure};
use chrono::NaiveDate;
use rust_xlsxwriter::{Format, FormatAlign, Table, TableColumn, TableStyle, Worksheet};

use crate::style;
use crate::workspace::Returned;

/// What a column holds.
#[derive(Debug, Clone, Copy)]
enum Holds {
    Text,
    /// A date; in a sample's text as year, month and day.
    Date,
    Score,
    Contract,
    Form,
    /// One of these words.
    Choice(&'static [&'static str]),
}
use Holds::{Choice, Contract, Date, Form, Score, Text};

/// Heading, width in characters, and what the column holds.
type Column = (&'static str, f64, Holds);

const PROVIDER: Column = ("Provider", 34.0, Text);
const CONTRACT: Column = ("Contract", 23.0, Contract);
const SERVICE: Column = ("Service", 22.0, Text);
const KPI: Column = ("KPI", 8.0, Text);
const FILE: Column = ("File", 70.0, Text);
const REASON: Column = ("Reason", 60.0, Text);
const DATE: Column = ("Date", 12.0, Date);
const REVIEW_DATE: Column = ("Review date", 13.0, Date);
const NOTE: Column = ("Note", 64.0, Text);
const YES_OR_NO: Holds = Choice(&["Yes", "No"]);
const NOTICE_KINDS: Holds = Choice(&[
    "Formal warning",
    "Remediation notice",
    "Improvement plan",
    "Plan not engaged",
    "Repeated breach",
    "Concern",
    "Underperformance",
    "Referrals suspended",
    "Referrals resumed",
    "Quality mark achieved",
    "Quality mark reassessment failed",
    "Social Value Award",
]);
const NOTIFICATION_KINDS: Holds = Choice(&[
    "Change of ownership",
    "Change of safeguarding lead",
    "Safeguarding issue",
    "Intention to close",
]);

/// The list that follows from the returns.
const RECEIPTS: &str = "Receipts";

/// Each sheet with its columns.
const SHEETS: &[(&str, &[Column])] = &[
    (
        "Providers",
        &[
            PROVIDER,
            ("Aliases", 40.0, Text),
            CONTRACT,
            ("Start", 12.0, Date),
            ("Break", 12.0, Date),
            ("End", 12.0, Date),
            ("E-mail", 32.0, Text),
            SERVICE,
            ("Status", 12.0, Choice(&["Active", "Suspended", "Barred"])),
            ("Status since", 13.0, Date),
            ("Boroughs", 40.0, Text),
        ],
    ),
    (
        "Contacts",
        &[
            PROVIDER,
            CONTRACT,
            ("Role", 38.0, Text),
            ("E-mail", 40.0, Text),
            ("To or Cc", 10.0, Choice(&["To", "Cc"])),
        ],
    ),
    (RECEIPTS, &[FILE, ("Received", 14.0, Date)]),
    ("Ignored", &[FILE, REASON]),
    (
        "Extensions",
        &[
            PROVIDER,
            CONTRACT,
            ("Form", 22.0, Form),
            ("Period", 18.0, Text),
            ("New due date", 14.0, Date),
            REASON,
        ],
    ),
    ("Accepted", &[FILE, ("Sheet", 26.0, Text), ("Cell", 8.0, Text), ("Finding", 22.0, Text), REASON, DATE]),
    ("Notices", &[DATE, PROVIDER, CONTRACT, ("Kind", 28.0, NOTICE_KINDS), KPI, REVIEW_DATE, NOTE]),
    ("Reliefs", &[PROVIDER, CONTRACT, KPI, ("Period", 14.0, Text), REASON, ("Agreed on", 13.0, Date)]),
    (
        "Meetings",
        &[
            DATE,
            PROVIDER,
            CONTRACT,
            ("Kind", 40.0, Text),
            ("Attended", 10.0, YES_OR_NO),
            ("Minutes sent", 13.0, Date),
            NOTE,
        ],
    ),
    (
        "Actions",
        &[
            PROVIDER,
            CONTRACT,
            KPI,
            ("Current Performance Level", 18.0, Text),
            ("Issue / reason identified", 40.0, Text),
            ("Action to be taken", 46.0, Text),
            ("Expected outcomes", 34.0, Text),
            ("Timescale", 18.0, Text),
            ("Status", 12.0, Choice(&["Open", "In progress", "Done"])),
            ("Owner", 30.0, Text),
            ("Agreed on", 13.0, Date),
            ("Closed on", 13.0, Date),
        ],
    ),
    (
        "Notifications",
        &[
            PROVIDER,
            SERVICE,
            ("Kind", 28.0, NOTIFICATION_KINDS),
            ("Event date", 13.0, Date),
            ("Notified on", 13.0, Date),
            NOTE,
        ],
    ),
    (
        "Alerts",
        &[
            PROVIDER,
            SERVICE,
            ("Raised", 12.0, Date),
            REASON,
            ("Provider told", 13.0, YES_OR_NO),
            REVIEW_DATE,
            ("Closed", 12.0, Date),
        ],
    ),
    (
        "Priorities",
        &[
            PROVIDER,
            ("New", 11.0, Score),
            ("Concerns", 11.0, Score),
            ("Spend", 11.0, Score),
            ("Volumes", 11.0, Score),
            ("Risk", 11.0, Score),
            ("Strategic", 11.0, Score),
            ("Area", 11.0, Score),
        ],
    ),
    (
        "Reviews",
        &[
            ("Contract", 36.0, Text),
            ("Lead officer", 38.0, Text),
            ("Value", 12.0, Score),
            ("Complexity", 13.0, Score),
            ("Risk", 11.0, Score),
            ("Contract end", 14.0, Date),
            ("Last audit", 12.0, Date),
            ("Next audit", 12.0, Date),
            ("Strategic", 12.0, Score),
            ("Requested by", 32.0, Text),
            ("Planned date", 14.0, Date),
        ],
    ),
];

/// The register of a sample.
#[derive(Debug, Clone, Copy)]
pub struct Register {
    /// Id of the contract.
    pub contract: &'static str,
    /// Ids of its forms.
    pub forms: &'static [&'static str],
    /// The day the register was last written.
    pub written: NaiveDate,
    /// The lists as text.
    pub lists: &'static str,
}

impl Register {
    /// The workbook, with the dates of receipt that the officer wrote down for `files`.
    ///
    /// # Errors
    /// When the text names a list there is none of, a row does not go with its columns, or the workbook can't be
    /// written.
    pub fn workbook(&self, files: &[Returned]) -> Result<Vec<u8>> {
        let mut workbook = style::workbook("Register", "Contract officer", self.written)?;
        for list in self.lists.split("\n\n") {
            let mut lines = list.lines();
            let name =
                lines.next().and_then(|line| line.strip_prefix("# ")).context("a list without a name")?;
            let (name, columns) =
                SHEETS.iter().find(|(sheet, _)| *sheet == name).with_context(|| format!("list {name}"))?;
            let mut rows = Vec::new();
            if *name == RECEIPTS {
                rows.extend(files.iter().filter_map(Returned::receipt).map(Vec::from));
            }
            for line in lines {
                rows.push(self.row(columns, line)?);
            }
            self.list(workbook.add_worksheet(), name, columns, &rows)
                .with_context(|| format!("list {name}"))?;
        }
        Ok(workbook.save_to_buffer()?)
    }

    /// The cells of a line. A line may end before the last columns.
    fn row(&self, columns: &[Column], line: &str) -> Result<Vec<String>> {
        let mut typed = line.split('|').map(|cell| cell.trim().to_string());
        let row = columns
            .iter()
            .map_while(|(_, _, holds)| match holds {
                Contract => Some(self.contract.to_string()),
                _ => typed.next(),
            })
            .collect();
        ensure!(typed.next().is_none(), "more cells than columns: {line}");
        Ok(row)
    }

    fn list(
        &self,
        sheet: &mut Worksheet,
        name: &str,
        columns: &[Column],
        rows: &[Vec<String>],
    ) -> Result<()> {
        sheet.set_name(name)?;
        let wrapped = Format::new()
            .set_font_name("Arial")
            .set_font_size(10)
            .set_text_wrap()
            .set_align(FormatAlign::Top);
        let dated = wrapped.clone().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Left);
        let scored = wrapped.clone().set_align(FormatAlign::Center);
        // A column that no row reaches is left out, as in a register begun before the column was asked for.
        let reached = rows.iter().map(Vec::len).max().unwrap_or(columns.len());
        let columns: Vec<&Column> = columns.iter().take(reached).collect();
        let headers: Vec<TableColumn> = columns
            .iter()
            .map(|(heading, _, _)| {
                TableColumn::new().set_header(*heading).set_header_format(style::heading())
            })
            .collect();
        let table =
            Table::new().set_name(format!("{name}List")).set_columns(&headers).set_style(TableStyle::Medium2);
        let last = u32::try_from(rows.len())?;
        sheet.add_table(0, 0, last.max(1), u16::try_from(columns.len() - 1)?, &table)?;
        for (row, cells) in (1..).zip(rows) {
            let lines =
                columns.iter().zip(cells).map(|((_, width, _), cell)| cell.chars().count() as f64 / width);
            sheet.set_row_height(row, lines.fold(1.0, |most, lines| lines.ceil().max(most)) * 13.0 + 2.0)?;
            for (column, ((_, _, holds), cell)) in (0..).zip(columns.iter().zip(cells)) {
                match holds {
                    _ if cell.is_empty() => sheet.write_blank(row, column, &wrapped)?,
                    Date => sheet.write_with_format(row, column, &cell.parse::<NaiveDate>()?, &dated)?,
                    Score => sheet.write_with_format(row, column, cell.parse::<u32>()?, &scored)?,
                    _ => sheet.write_with_format(row, column, cell, &wrapped)?,
                };
            }
        }
        for (column, (_, width, holds)) in (0..).zip(columns) {
            sheet.set_column_width(column, *width)?;
            let words = match holds {
                Contract => &[self.contract],
                Form => self.forms,
                Choice(words) => words,
                Text | Date | Score => continue,
            };
            sheet.add_data_validation(1, column, last + 200, column, &style::drop_down(words)?)?;
        }
        sheet.set_row_height(0, 30)?.set_freeze_panes(1, 0)?;
        style::print_setup(sheet, 0, 0)?;
        Ok(())
    }
}
