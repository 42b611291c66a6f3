//! Why a file is not read, in words an officer can act on.

use crate::domain::place::CellAddress;

/// Why a file was set aside. The text says what the file is and what to do; it does not repeat the file's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotRead {
    /// `~$name.xlsx`.
    #[error(
        "this is Excel's lock file, not a return: Excel keeps it beside a workbook while somebody has that \
         workbook open. Close the workbook and it goes; if it stays, delete it"
    )]
    LockFile,
    /// No bytes.
    #[error(
        "the file is empty (0 bytes). Copy it into the folder again, or ask the provider to send it again"
    )]
    Empty,
    /// Nothing but zero bytes, as a broken copy or synchronisation leaves it.
    #[error(
        "the file has a size but no content: it was not copied or synchronised to the end. Copy it into the folder \
         again, or ask the provider to send it again"
    )]
    Hollow,
    /// Encrypted package, with a password or by rights management.
    #[error(
        "the workbook is protected with a password or a sensitivity label, so it cannot be read. Open it in \
         Excel, remove the password (File > Info > Protect Workbook > Encrypt with Password, empty the box) or the \
         label, and save it again as .xlsx"
    )]
    Protected,
    /// A spreadsheet in a format that is not read.
    #[error(
        "this is {what}, which is not read. Open it in Excel and save it as .xlsx (File > Save As > Excel Workbook)"
    )]
    OtherSpreadsheet {
        /// The format, with its article.
        what: &'static str,
    },
    /// Something else than a spreadsheet.
    #[error("this is {what}, not a workbook. {advice}")]
    NotASpreadsheet {
        /// What it is, with its article.
        what: &'static str,
        /// What to do, a sentence without the full stop.
        advice: &'static str,
    },
    /// A zip folder with one workbook in it.
    #[error(
        "this is a zip folder with the workbook “{name}” in it. Unpack it and put the workbook itself into the folder"
    )]
    PackedWorkbook {
        /// Name of the workbook in the folder.
        name: String,
    },
    /// A zip folder with several workbooks in it.
    #[error(
        "this is a zip folder with {count} workbooks in it, and which of them are returns is for a person to say. Unpack it and \
         put those that are into the folder"
    )]
    PackedWorkbooks {
        /// How many.
        count: usize,
    },
    /// None of the known kinds of file.
    #[error(
        "the file is not a workbook, and what it is cannot be told from its content. Ask the provider to send the \
         return as an Excel workbook (.xlsx)"
    )]
    Unknown,
    /// A package that begins well and has no end.
    #[error(
        "the workbook is incomplete: its end is missing, so it was cut short while it was copied or sent. Copy it \
         again, or ask the provider to send it again"
    )]
    Truncated,
    /// A package or a part of it that cannot be read.
    #[error(
        "the workbook is damaged: {what} cannot be read ({detail}). Open it in Excel; if Excel opens or repairs it, \
         save it as a new .xlsx, else ask the provider to send it again"
    )]
    Damaged {
        /// The part at fault, in words.
        what: String,
        /// What was found, for whoever helps the officer.
        detail: String,
    },
    /// A package made to mislead whoever unpacks it.
    #[error(
        "the file holds an entry “{entry}” that {fault}, which no program for spreadsheets writes. Do not open it; \
         show it to your IT service and ask the provider for a new copy"
    )]
    Suspicious {
        /// Name of the entry, made fit for showing.
        entry: String,
        /// What is wrong with it.
        fault: &'static str,
    },
    /// An Excel 4.0 macro sheet.
    #[error(
        "the workbook holds the sheet “{sheet}” of Excel 4.0 macros, an old kind of program, and is not read for that \
         reason. Open it in Excel, delete that sheet and save the workbook as .xlsx"
    )]
    MacroSheet {
        /// The sheet's name.
        sheet: String,
    },
    /// A limit exceeded.
    #[error(
        "the workbook is too large to be read safely: {0}. Ask the provider for a copy with nothing but the return in it"
    )]
    TooLarge(Limit),
    /// Chart sheets only, or nothing.
    #[error("the workbook has no worksheet. Ask the provider to send the workbook with the return in it")]
    NoWorksheets,
}

impl NotRead {
    /// A part that cannot be read, with what was found.
    pub(super) fn damaged(what: impl Into<String>, detail: impl std::fmt::Display) -> Self {
        NotRead::Damaged { what: what.into(), detail: fit_for_showing(&detail.to_string()) }
    }
}

/// The limit a file exceeds. Each is far above what a return holds and below what would harm the run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Limit {
    /// [`super::MAX_FILE`].
    #[error("the file is larger than {} MB", super::MAX_FILE >> 20)]
    File,
    /// [`super::MAX_ENTRIES`].
    #[error("it is made of {found} parts, the limit is {}", super::MAX_ENTRIES)]
    Entries {
        /// Parts in the package.
        found: usize,
    },
    /// [`super::MAX_ENTRY`].
    #[error("its part “{part}” unpacks to more than {} MB", super::MAX_ENTRY >> 20)]
    Entry {
        /// Name of the part.
        part: String,
    },
    /// [`super::MAX_PACKAGE`].
    #[error("its parts unpack to more than {} MB together", super::MAX_PACKAGE >> 20)]
    Package,
    /// [`super::MIN_RATIO`].
    #[error("its part “{part}” unpacks to more than {} times its size", (1.0 / super::MIN_RATIO).round())]
    Compression {
        /// Name of the part.
        part: String,
    },
    /// [`super::MAX_CELLS`].
    #[error("it holds more than {} million filled cells", super::MAX_CELLS / 1_000_000)]
    Cells,
    /// [`super::MAX_CELL_TEXT`].
    #[error("the text in sheet “{sheet}”, cell {cell} is longer than {} characters", super::MAX_CELL_TEXT)]
    CellText {
        /// The sheet's name.
        sheet: String,
        /// The cell.
        cell: CellAddress,
    },
    /// [`super::MAX_TEXT`].
    #[error("its cells hold more than {} million characters of text", super::MAX_TEXT / 1_000_000)]
    Text,
    /// [`super::MAX_FORMATS`].
    #[error("it defines more than {} cell formats", super::MAX_FORMATS)]
    Formats,
    /// [`super::MAX_FORMAT_TEXT`].
    #[error("a cell format in it has a name or code of more than {} characters", super::MAX_FORMAT_TEXT)]
    FormatText,
    /// [`super::MAX_MERGED`].
    #[error("sheet “{sheet}” has more than {} merged areas", super::MAX_MERGED)]
    Merged {
        /// The sheet's name.
        sheet: String,
    },
}

/// A name out of a file nobody trusts, fit for one line of a message.
pub(super) fn fit_for_showing(text: &str) -> String {
    const LONGEST: usize = 120;
    let mut shown: String =
        text.chars().map(|c| if is_misleading(c) { '\u{fffd}' } else { c }).take(LONGEST).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

/// Whether a character breaks a line, turns it around or cannot be seen: a name with it looks like another.
pub(super) fn is_misleading(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_limit_and_what_to_do() {
        for (limit, part) in [
            (Limit::File, "larger than 50 MB"),
            (Limit::Entries { found: 1001 }, "1001 parts, the limit is 1000"),
            (Limit::Entry { part: "xl/a.xml".into() }, "“xl/a.xml” unpacks to more than 200 MB"),
            (Limit::Package, "more than 500 MB together"),
            (Limit::Compression { part: "xl/a.xml".into() }, "more than 100 times its size"),
            (Limit::Cells, "more than 5 million filled cells"),
            (
                Limit::CellText { sheet: "KPIs".into(), cell: CellAddress::new(6, 3) },
                "cell D7 is longer than 32767",
            ),
        ] {
            let text = NotRead::TooLarge(limit).to_string();
            assert!(text.contains(part), "{text}");
            assert!(text.contains("Ask the provider"), "{text}");
        }
    }

    #[test]
    fn tames_names_out_of_hostile_files() {
        assert_eq!(fit_for_showing("xl/a.xml"), "xl/a.xml");
        assert_eq!(fit_for_showing("a\u{1b}[31m\nb"), "a\u{fffd}[31m\u{fffd}b");
        assert_eq!(fit_for_showing("a\u{202e}xslx.exe\u{200b}"), "a\u{fffd}xslx.exe\u{fffd}");
        assert_eq!(fit_for_showing(&"x".repeat(120)).chars().count(), 120);
        assert_eq!(fit_for_showing(&"x".repeat(121)).chars().count(), 121);
    }
}
