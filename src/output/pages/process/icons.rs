//! The shapes of an XmR chart: its points, and the icons of variation and assurance, drawn for this program.

use serde::Serialize;

use super::super::scale::rounded;
use crate::review::process::{Assurance, ProcessChart, Towards, Variation};

/// An icon; its words stand beside it.
#[derive(Debug, Serialize)]
pub(super) struct Icon {
    class: &'static str,
    /// Outlines in a box of 48 by 48.
    pub(super) outlines: Vec<&'static str>,
    pub(super) word: &'static str,
    about: &'static str,
}

/// What the shape of a point means.
#[derive(Debug, Serialize)]
pub(super) struct Legend {
    class: &'static str,
    outline: String,
    sign: Option<&'static str>,
    word: &'static str,
}

/// Class, outline and sign of a point.
pub(super) fn look(variation: Variation, x: f64, y: f64) -> (&'static str, String, Option<&'static str>) {
    let diamond = format!(
        "M{x},{}L{},{y}L{x},{}L{},{y}Z",
        rounded(y - 9.0),
        rounded(x + 9.0),
        rounded(y + 9.0),
        rounded(x - 9.0)
    );
    match variation {
        Variation::CommonCause => {
            ("cause-none", format!("M{},{y}a4,4 0 1 0 8,0a4,4 0 1 0 -8,0Z", rounded(x - 4.0)), None)
        }
        Variation::Improvement(_) => ("cause-better", diamond, Some("+")),
        Variation::Concern(_) => ("cause-worse", diamond, Some("!")),
        Variation::Neither(_) => ("cause-neither", diamond, Some("~")),
    }
}

/// The meanings of the shapes that occur.
pub(super) fn legend(chart: &ProcessChart) -> Vec<Legend> {
    [
        (Variation::CommonCause, "Within what chance alone would give"),
        (Variation::Improvement(Towards::High), "Unlikely to be chance, for the better"),
        (Variation::Concern(Towards::High), "Unlikely to be chance, for the worse"),
        (Variation::Neither(Towards::High), "Unlikely to be chance, neither better nor worse"),
    ]
    .into_iter()
    .filter(|(kind, _)| chart.points.iter().any(|point| point.variation.word() == kind.word()))
    .map(|(kind, word)| {
        let (class, outline, sign) = look(kind, 10.0, 10.0);
        Legend { class, outline, sign, word }
    })
    .collect()
}

/// A wave between two lines; an arrow out of them, with a sign, where the figures leave what they do by themselves.
pub(super) fn variation_icon(variation: Variation) -> Icon {
    const LINES: &str = "M7,15H41M7,33H41";
    let arrow = |towards: Towards| match towards {
        Towards::High => "M12,36L30,12M21,13L31,10L31,21",
        Towards::Low => "M12,12L30,36M21,35L31,38L31,27",
    };
    let (class, outlines) = match variation {
        Variation::CommonCause => ("icon-plain", vec![LINES, "M8,24L14,19L20,28L26,20L32,29L40,22"]),
        Variation::Improvement(towards) => ("icon-better", vec![LINES, arrow(towards), "M38,19V29M33,24H43"]),
        Variation::Concern(towards) => ("icon-worse", vec![LINES, arrow(towards), "M39,17V25M39,29V30"]),
        Variation::Neither(towards) => {
            ("icon-plain", vec![LINES, arrow(towards), "M35,25Q37,21 39,24T43,23"])
        }
    };
    Icon { class, outlines, word: variation.word(), about: "Variation" }
}

/// A target of rings: hit in the middle, missed beside, or both.
pub(super) fn assurance_icon(assurance: Assurance) -> Icon {
    const RINGS: &str = "M11,24a13,13 0 1 0 26,0a13,13 0 1 0 -26,0ZM18,24a6,6 0 1 0 12,0a6,6 0 1 0 -12,0Z";
    let (class, outlines) = match assurance {
        Assurance::Hits => ("icon-better", vec![RINGS, "M18,24L23,29L32,18"]),
        Assurance::Misses => ("icon-worse", vec![RINGS, "M34,5L44,15M44,5L34,15"]),
        Assurance::HitAndMiss => ("icon-plain", vec![RINGS, "M18,24L23,29L32,18", "M34,5L44,15M44,5L34,15"]),
    };
    Icon { class, outlines, word: assurance.word(), about: "Assurance" }
}
