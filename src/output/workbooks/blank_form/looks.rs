//! How the cells of a blank return look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatPattern};

use crate::output::palette::INK;
use crate::output::workbooks::formats;
use crate::review::blank_form::{CellKind, Entry, Formula, Takes};

/// Fill of what is locked.
const LOCKED_FILL: u32 = 0xF3_F2F1;
/// Lines of the pattern over what is not asked.
const PATTERN_LINE: u32 = 0xB1_B4B6;

/// The look of a cell.
pub(super) fn of(kind: &CellKind) -> Format {
    match kind {
        CellKind::Title(_) => formats::title(),
        CellKind::Sentence(_) => formats::sentence(),
        CellKind::Passage(_) => formats::sentence().set_text_wrap().set_align(FormatAlign::Top),
        CellKind::Label(_) => fixed().set_bold(),
        CellKind::Heading(_) => formats::header(),
        // Centred over its columns without merging them.
        CellKind::GroupHeading(..) => {
            formats::header().unset_text_wrap().set_align(FormatAlign::CenterAcross)
        }
        CellKind::RowLabel(_) | CellKind::Fixed(_) => fixed(),
        CellKind::NotAsked => {
            fixed().set_pattern(FormatPattern::LightUp).set_foreground_color(Color::RGB(PATTERN_LINE))
        }
        CellKind::Entry(entry) => {
            further(entry).set_border(FormatBorder::Thin).set_border_color(Color::RGB(INK))
        }
        CellKind::Computed(computed) => {
            let format = fixed().set_bold().set_align(FormatAlign::Right);
            match computed.formula {
                Formula::Share { .. } => format.set_num_format("0.0%"),
                Formula::Sum(_) => format,
            }
        }
    }
}

fn fixed() -> Format {
    formats::body().set_background_color(Color::RGB(LOCKED_FILL))
}

/// The look of the cells below a place to fill in that take the same.
pub(super) fn further(entry: &Entry) -> Format {
    let format = Format::new().set_font_color(Color::RGB(INK)).set_align(FormatAlign::Top).set_unlocked();
    match &entry.takes {
        Takes::WholeNumber | Takes::Number | Takes::Score { .. } => format,
        Takes::Percentage => format.set_num_format("0.0%"),
        Takes::Amount => format.set_num_format("£#,##0.00"),
        Takes::Date { .. } => format.set_num_format("dd/mm/yyyy").set_align(FormatAlign::Left),
        Takes::Choice(_) | Takes::Passage => format.set_text_wrap(),
        // Excel makes neither a date nor a formula of what is typed as text.
        Takes::Text => format.set_num_format("@").set_text_wrap(),
    }
}
