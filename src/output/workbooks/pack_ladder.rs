//! The consequences of the contract in the pack's workbook: every one as it stands, then each entry with its workings.

use super::pack_kpis::places;
use super::pack_pages::Page;
use super::pack_tables::{Entry, TablePage};
use crate::domain::escalation::{Escalation, Evidence};
use crate::output::pages::sources::sources;
use crate::output::periods;
use crate::review::Pack;
use crate::review::ladder::LadderState;

/// A column that is left out where no row has anything in it.
const SO_FAR: &str = "What it rests on so far";

/// Every consequence in the contract's order; `None` where the contract has none.
pub fn consequences(pack: &Pack) -> Option<Page> {
    let mut table = TablePage::new(&[
        ("Consequence", 28.0),
        ("Clause", 9.0),
        ("How it stands", 16.0),
        ("In words", 46.0),
        (SO_FAR, 44.0),
        ("What follows", 44.0),
        ("Act by", 13.0),
    ])
    .saying(&[("Act by", "No date set"), (SO_FAR, "Nothing so far")]);
    table.rows = pack
        .ladder
        .iter()
        .map(|step| {
            // What is met or watched has its workings on the sheet of escalations.
            let so_far: Vec<String> = match step.state {
                LadderState::Near => step.evidence.iter().map(told).collect(),
                _ => Vec::new(),
            };
            vec![
                Entry::text(&step.title),
                Entry::text(&step.clause),
                Entry::text(step.state.word()),
                Entry::text(&step.words),
                Entry::text(so_far.join("\n")),
                Entry::text(&step.action),
                Entry::date(step.by),
            ]
        })
        .collect();
    let table = table.without_empty(&[SO_FAR]);
    let about = "Every consequence of the contract in its order, as it stands at the end of the period.";
    (!table.rows.is_empty()).then_some(Page { name: "Consequences", about, table })
}

/// A piece of evidence with its cells behind it in brackets.
fn told(evidence: &Evidence) -> String {
    match sources(&evidence.cells).join("; ").as_str() {
        "" => evidence.text.clone(),
        cells => format!("{} ({cells})", evidence.text),
    }
}

/// The escalations of this period, then those of earlier ones; one row a piece of evidence.
pub fn escalations(pack: &Pack) -> Page {
    let mut table = TablePage::new(&[
        ("When", 12.0),
        ("Period", 12.0),
        ("Escalation", 30.0),
        ("Clause", 10.0),
        ("Status", 16.0),
        ("Evidence", 70.0),
        ("Where it stands", 60.0),
        ("What is missing", 30.0),
        ("What follows", 44.0),
        ("Act by", 16.0),
    ])
    .saying(&[("Act by", "No date set"), ("What is missing", "Nothing")]);
    let rows = |when: &'static str, escalation: &Escalation| -> Vec<Vec<Entry>> {
        let row = |evidence: &str, places: String| {
            vec![
                Entry::text(when),
                Entry::text(periods::in_table(&escalation.period)),
                Entry::text(&escalation.title),
                Entry::text(&escalation.clause),
                Entry::text(escalation.status.word()),
                Entry::text(evidence),
                Entry::text(places),
                Entry::maybe(escalation.distance.as_deref()),
                Entry::text(&escalation.action),
                Entry::date(escalation.by),
            ]
        };
        match escalation.evidence.as_slice() {
            [] => vec![row("", String::new())],
            pieces => pieces.iter().map(|piece| row(&piece.text, places(&piece.cells))).collect(),
        }
    };
    table.rows = pack
        .escalations
        .iter()
        .flat_map(|escalation| rows("This period", escalation))
        .chain(pack.earlier_escalations.iter().flat_map(|escalation| rows("Earlier", escalation)))
        .collect();
    Page {
        name: "Escalations",
        about: "Contract conditions that are met or near, one row a piece of evidence. Whether to act on them is the council's decision.",
        table,
    }
}
