//! Rules of ours from an earlier time, known again by their formula whoever saved the file since.

use std::ops::Range;

use super::{ELEMENT, FORMULA};
use crate::output::write_back::not_safe::NotSafe;
use crate::output::write_back::xml::{Scan, Splices, Step};

/// Elements that say nothing when nothing is left in them.
const HOLDERS: &[&str] = &[ELEMENT, "conditionalFormattings", "ext", "extLst"];
/// What stands beside the rules in a conditional format.
const BESIDE: &[&str] = &["sqref", "extLst"];

/// Whether a rule's formula is ours, whatever its case and spaces.
pub fn is_ours(formula: &str) -> bool {
    let bare = |text: &str| -> String {
        text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
    };
    let formula = bare(formula);
    // LibreOffice has written formulas with the sign they begin with in a cell.
    formula.trim_start_matches('=') == bare(FORMULA)
}

/// An element that is open, and what has been found in it.
struct Holder {
    local: String,
    start: usize,
    /// Elements in it that stay.
    kept: usize,
    /// Elements in it that go.
    gone: Vec<Range<usize>>,
}

/// The sheet, whose rows end at byte `cells_end`, without rules of ours and without what held them alone; `None` when it has none.
///
/// # Errors
///
/// When the sheet cannot be followed.
pub fn remove_ours(part: &str, text: &str, cells_end: usize) -> Result<Option<String>, NotSafe> {
    if !text.contains(ELEMENT) || !text.contains("ouncil feedback") {
        return Ok(None);
    }
    let mut splices = Splices::default();
    let mut open_ones: Vec<Holder> = Vec::new();
    let mut scan = Scan::inside_root(part, text, cells_end);
    while let Some(step) = scan.next()? {
        match step {
            Step::Open(open) if open.local() == "cfRule" && !open.empty => {
                let (end, ours) = rule(&mut scan, open.depth)?;
                if let Some(holder) = open_ones.last_mut() {
                    match ours {
                        true => holder.gone.push(open.range.start..end),
                        false => holder.kept += 1,
                    }
                } else if ours {
                    splices.remove(open.range.start..end);
                }
            }
            Step::Open(open) if !open.empty && HOLDERS.contains(&open.local()) => {
                open_ones.push(Holder {
                    local: open.local().to_string(),
                    start: open.range.start,
                    kept: 0,
                    gone: Vec::new(),
                });
            }
            Step::Open(open) => {
                let beside = open_ones.last().is_some_and(|own| own.local == ELEMENT)
                    && BESIDE.contains(&open.local());
                scan.skip(&open)?;
                if let Some(holder) = open_ones.last_mut().filter(|_| !beside) {
                    holder.kept += 1;
                }
            }
            Step::Close { range, .. } => {
                let Some(holder) = open_ones.pop() else { continue };
                let beside = open_ones.last().is_some_and(|own| own.local == ELEMENT);
                let empty = holder.kept == 0 && !holder.gone.is_empty();
                let mut gone = holder.gone;
                if empty {
                    gone.clear();
                    gone.push(holder.start..range.end);
                }
                match open_ones.last_mut() {
                    Some(outer) => {
                        outer.kept += usize::from(!empty && !beside);
                        outer.gone.extend(gone);
                    }
                    None => gone.into_iter().for_each(|range| splices.remove(range)),
                }
            }
            Step::Text { .. } => {}
        }
    }
    if splices.is_empty() { Ok(None) } else { splices.apply(part, text).map(Some) }
}

/// Where the rule that has just been opened ends, and whether it is ours.
fn rule(scan: &mut Scan<'_>, depth: usize) -> Result<(usize, bool), NotSafe> {
    let mut formula: Option<String> = None;
    let mut formulas = 0usize;
    let mut inside = false;
    while let Some(step) = scan.next()? {
        match step {
            // In the extensions of newer Excels a formula is called `f`.
            Step::Open(open) if matches!(open.local(), "formula" | "f") && !open.empty => {
                inside = true;
                formulas += 1;
            }
            Step::Text { text, .. } if inside => formula.get_or_insert_default().push_str(&text),
            Step::Close { range, depth: own } if own == depth => {
                let ours = formulas == 1 && formula.is_some_and(|formula| is_ours(&formula));
                return Ok((range.end, ours));
            }
            Step::Close { .. } => inside = false,
            _ => {}
        }
    }
    Err(scan.damaged("it ends too early"))
}
