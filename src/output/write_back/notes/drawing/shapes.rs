//! What is written into a drawing.

use crate::domain::place::CellAddress;
use crate::output::workbooks::marks::NOTE_WIDTH;
use crate::output::write_back::notes::boxes::Grid;
use crate::output::write_back::xml::Open;

const VML: &str = "urn:schemas-microsoft-com:vml";
const OFFICE: &str = "urn:schemas-microsoft-com:office:office";
const EXCEL: &str = "urn:schemas-microsoft-com:office:excel";
/// The type of the boxes of notes.
pub const NOTE_SHAPE_TYPE: &str = "_x0000_t202";
/// How Excel names the shapes of a drawing: this and a number.
pub const SHAPE: &str = "_x0000_s";

/// The prefixes of a drawing, and what declares those that its root does not.
pub struct Prefixes {
    vml: String,
    office: String,
    excel: String,
    declared: String,
}

impl Prefixes {
    /// Those of the drawing with this root.
    pub fn of(root: &Open<'_>) -> Self {
        let mut declared = String::new();
        let mut prefix = |namespace: &str, usual: &str| {
            // Attributes need a prefix: a default namespace is of no use.
            root.prefix_bound_to(&[namespace]).filter(|prefix| !prefix.is_empty()).unwrap_or_else(|| {
                declared.push_str(&format!(" xmlns:{usual}=\"{namespace}\""));
                format!("{usual}:")
            })
        };
        let (vml, office, excel) = (prefix(VML, "v"), prefix(OFFICE, "o"), prefix(EXCEL, "x"));
        Self { vml, office, excel, declared }
    }

    /// The layout of a drawing, with its map.
    pub fn layout(&self, map: &str) -> String {
        let Self { vml: v, office: o, declared, .. } = self;
        format!("<{o}shapelayout{declared} {v}ext=\"edit\">{map}</{o}shapelayout>")
    }

    /// A map of the blocks of numbers a drawing uses.
    pub fn map(&self, data: &str) -> String {
        let Self { vml: v, office: o, declared, .. } = self;
        format!("<{o}idmap{declared} {v}ext=\"edit\" data=\"{data}\"/>")
    }

    /// The type of the boxes of notes.
    pub fn shape_type(&self) -> String {
        let Self { vml: v, office: o, declared, .. } = self;
        format!(
            "<{v}shapetype{declared} id=\"{NOTE_SHAPE_TYPE}\" coordsize=\"21600,21600\" {o}spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">\
             <{v}stroke joinstyle=\"miter\"/><{v}path gradientshapeok=\"t\" {o}connecttype=\"rect\"/></{v}shapetype>"
        )
    }

    /// The box of a note, `height` pixels high.
    pub fn note(&self, grid: &Grid, cell: CellAddress, height: u32, number: u64) -> String {
        let Self { vml: v, office: o, excel: x, declared } = self;
        let anchor = grid.anchor(cell, height);
        let (width, height) = (points(NOTE_WIDTH), points(height));
        let (row, column) = (cell.row, cell.column);
        format!(
            "<{v}shape{declared} id=\"{SHAPE}{number}\" type=\"#{NOTE_SHAPE_TYPE}\" style=\"position:absolute;margin-left:59.25pt;margin-top:1.5pt;width:{width}pt;height:{height}pt;z-index:1;visibility:hidden\" fillcolor=\"#ffffe1\" {o}insetmode=\"auto\">\
             <{v}fill color2=\"#ffffe1\"/><{v}shadow on=\"t\" color=\"black\" obscured=\"t\"/><{v}path {o}connecttype=\"none\"/>\
             <{v}textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></{v}textbox>\
             <{x}ClientData ObjectType=\"Note\"><{x}MoveWithCells/><{x}SizeWithCells/><{x}Anchor>{anchor}</{x}Anchor>\
             <{x}AutoFill>False</{x}AutoFill><{x}Row>{row}</{x}Row><{x}Column>{column}</{x}Column></{x}ClientData></{v}shape>"
        )
    }
}

fn points(pixels: u32) -> f64 {
    f64::from(pixels) * 0.75
}
