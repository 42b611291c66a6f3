//! Findings that say the same of one cell after another: the first of them stand each for itself, the last of those for all the rest.
//!
//! This comes after everything is judged and counted: no rating, no accuracy and no acceptance goes by it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::finding::{Finding, FindingKind};
use crate::domain::submission::Submission;
use crate::review::{Pack, ProviderReview};

/// Most findings of one kind that stand by themselves in a column or a row of a sheet.
const EACH: usize = 20;

/// Draws together what is alike in every return of the review and its packs.
pub(super) fn draw_together(review: &mut ProviderReview) {
    review.submissions.iter_mut().for_each(submission);
    review.packs.iter_mut().for_each(pack);
}

fn pack(own: &mut Pack) {
    own.submissions.iter_mut().for_each(submission);
    own.of_areas.iter_mut().for_each(pack);
}

fn submission(own: &mut Submission) {
    own.findings = drawn_together(std::mem::take(&mut own.findings));
    for version in &mut own.versions {
        version.findings = drawn_together(std::mem::take(&mut version.findings));
    }
}

/// A finding and how many it stands for besides itself.
struct Standing {
    finding: Finding,
    besides: usize,
}

/// Kind, whether it is accepted, file, sheet, and the column or row.
type Group = (&'static FindingKind, bool, Arc<str>, Option<Arc<str>>, u32);

/// Findings with those drawn together that are alike.
pub(super) fn drawn_together(findings: Vec<Finding>) -> Vec<Finding> {
    if findings.len() <= EACH {
        return findings;
    }
    let all = findings.into_iter().map(|finding| Standing { finding, besides: 0 }).collect();
    let by_column = by(all, |finding| finding.cell.map(|cell| cell.column));
    let by_row = by(by_column, |finding| finding.cell.map(|cell| cell.row));
    by_row.into_iter().map(worded).collect()
}

fn by(findings: Vec<Standing>, line: impl Fn(&Finding) -> Option<u32>) -> Vec<Standing> {
    // How many there are of each group, and the place of the last that stands for itself.
    let mut groups: BTreeMap<Group, (usize, usize)> = BTreeMap::new();
    let mut kept: Vec<Standing> = Vec::new();
    for own in findings {
        let Some(line) = line(&own.finding) else {
            kept.push(own);
            continue;
        };
        let Finding { kind, accepted, file, sheet, .. } = &own.finding;
        let group = (*kind, accepted.is_some(), file.clone(), sheet.clone(), line);
        let (count, last) = groups.entry(group).or_insert((0, 0));
        *count += 1;
        match kept.get_mut(*last).filter(|_| *count > EACH) {
            Some(last) => {
                last.besides += 1 + own.besides;
                last.finding.involved.extend(own.finding.place());
                last.finding.involved.extend(own.finding.involved);
            }
            None => {
                *last = kept.len();
                kept.push(own);
            }
        }
    }
    kept
}

fn worded(own: Standing) -> Finding {
    let Standing { mut finding, besides } = own;
    if besides > 0 {
        finding.involved.sort();
        finding.involved.dedup();
        finding.message.push_str(&format!(" And {besides} more like it."));
    }
    finding
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::finding_kinds::{
        COLUMN_INSERTED, EMPTY_RETURN, FIGURE_IMPOSSIBLE, FIGURE_NOT_A_NUMBER,
    };
    use crate::domain::place::{CellAddress, CellRef};

    fn at(kind: &'static FindingKind, row: u32, column: u32) -> Finding {
        let cell = CellAddress::new(row, column);
        let place = CellRef { file: "returns/a.xlsx".into(), sheet: "Log".into(), cell };
        Finding::at(kind, &place, format!("{cell} is wrong."))
    }

    #[test]
    fn few_stand_each_for_itself() {
        let findings: Vec<Finding> = (0..20)
            .flat_map(|row| [at(&FIGURE_IMPOSSIBLE, row, 0), at(&FIGURE_NOT_A_NUMBER, row, 0)])
            .chain((0..20).map(|row| at(&FIGURE_IMPOSSIBLE, row, 1)))
            .collect();
        assert_eq!(drawn_together(findings.clone()), findings);
    }

    #[test]
    fn many_of_a_column_become_a_few_and_name_every_cell() {
        let whole = Finding::in_file(&EMPTY_RETURN, &"returns/a.xlsx".into(), "Empty.".into());
        let findings: Vec<Finding> =
            std::iter::once(whole).chain((0..100_000).map(|row| at(&FIGURE_IMPOSSIBLE, row, 3))).collect();
        let drawn = drawn_together(findings);
        assert_eq!(drawn.len(), 21);
        assert_eq!(drawn[19].message, "D19 is wrong.");
        assert_eq!(drawn[20].message, "D20 is wrong. And 99980 more like it.");
        assert_eq!(drawn[20].involved.len(), 99_980);
    }

    #[test]
    fn many_of_a_row_and_of_a_block_too() {
        let row: Vec<Finding> = (0..16_000).map(|column| at(&COLUMN_INSERTED, 5, column)).collect();
        let drawn = drawn_together(row);
        assert_eq!((drawn.len(), drawn[19].message.ends_with("And 15980 more like it.")), (20, true));
        let block = (0..100).flat_map(|row| (0..100).map(move |column| at(&FIGURE_IMPOSSIBLE, row, column)));
        let drawn = drawn_together(block.collect());
        assert_eq!(drawn.len(), 400);
        let named: usize = drawn.iter().map(|finding| 1 + finding.involved.len()).sum();
        assert_eq!(named, 10_000);
    }

    #[test]
    fn what_is_accepted_does_not_stand_for_what_is_not() {
        let findings: Vec<Finding> = (0..60)
            .map(|row| {
                let accepted = (row < 30).then(|| "agreed".to_string());
                Finding { accepted, ..at(&FIGURE_IMPOSSIBLE, row, 0) }
            })
            .collect();
        let drawn = drawn_together(findings);
        assert_eq!(drawn.iter().filter(|finding| finding.counts()).count(), 20);
        assert_eq!(drawn.len(), 40);
    }
}
