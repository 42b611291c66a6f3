//! Cell formats as the domain words them.

use std::sync::Arc;

use calamine::{Color, HorizontalAlignment, Style};

use crate::domain::workbook::Look;

/// The looks of a workbook by style number, each shared by the cells that have it.
pub(super) struct Looks {
    looks: Vec<Arc<Look>>,
    plain: Arc<Look>,
}

impl Looks {
    pub(super) fn new(styles: &[Style]) -> Self {
        let plain = Arc::new(Look { number_format: "General".to_string(), ..Look::default() });
        Self { looks: styles.iter().map(|style| Arc::new(look(style))).collect(), plain }
    }

    /// The look of a style; plain where there is no such style.
    pub(super) fn get(&self, style: usize) -> Arc<Look> {
        self.looks.get(style).unwrap_or(&self.plain).clone()
    }
}

/// Whether a blank cell of this look tells something: greyed out, framed for filling in, or meant for a kind of number.
pub(in crate::intake::reading) fn matters_when_blank(look: &Look) -> bool {
    look.fill.is_some() || look.border || look.number_format != "General"
}

fn look(style: &Style) -> Look {
    let font = style.font.as_ref();
    Look {
        number_format: style
            .number_format
            .as_ref()
            .map_or_else(|| "General".to_string(), |format| format.format_code.clone()),
        bold: font.is_some_and(|font| font.is_bold()),
        italic: font.is_some_and(|font| font.is_italic()),
        wrap: style.alignment.as_ref().is_some_and(|alignment| alignment.wrap_text),
        fill: style.fill.as_ref().filter(|fill| fill.is_visible()).and_then(|fill| fill.get_color()).map(rgb),
        font_colour: font.and_then(|font| font.color).map(rgb),
        border: style.borders.as_ref().is_some_and(|borders| borders.has_visible_borders()),
        centred: style
            .alignment
            .as_ref()
            .is_some_and(|alignment| alignment.horizontal == HorizontalAlignment::Center),
    }
}

fn rgb(colour: Color) -> u32 {
    colour.to_argb() & 0x00ff_ffff
}
