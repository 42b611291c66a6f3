//! The consequences of the contract in the pack's workbook: every one as it stands, then each entry with its workings.

use super::pack_pages::Page;
use super::pack_tables::{Entry, TablePage};
use crate::domain::escalation::{Escalation, Evidence};
use crate::output::pages::sources::sources;
use crate::review::Pack;

/// Every consequence in the contract's order; `None` where the contract has none.
pub fn consequences(pack: &Pack) -> Option<Page> {
    let mut table = TablePage::new(&[
        ("Consequence", 34.0),
        ("Clause", 9.0),
        ("How it stands", 16.0),
        ("In words", 60.0),
        ("What it rests on", 80.0),
        ("What follows", 50.0),
        ("Act by", 16.0),
    ]);
    table.rows = pack
        .ladder
        .iter()
        .map(|step| {
            vec![
                Entry::text(&step.title),
                Entry::text(&step.clause),
                Entry::text(step.state.word()),
                Entry::text(&step.words),
                Entry::text(all_told(&step.evidence)),
                Entry::text(&step.action),
                Entry::date(step.by),
            ]
        })
        .collect();
    let about = "Every consequence of the contract in its order, as it stands at the end of the period.";
    (!table.rows.is_empty()).then_some(Page { name: "Consequences", about, table })
}

fn all_told(evidence: &[Evidence]) -> String {
    evidence.iter().map(told).collect::<Vec<_>>().join("\n")
}

/// A piece of evidence with its cells behind it in brackets.
fn told(evidence: &Evidence) -> String {
    match sources(&evidence.cells).join("; ").as_str() {
        "" => evidence.text.clone(),
        cells => format!("{} ({cells})", evidence.text),
    }
}

/// The escalations of this period, then those of earlier ones.
pub fn escalations(pack: &Pack) -> Page {
    let mut table = TablePage::new(&[
        ("When", 12.0),
        ("Period", 12.0),
        ("Escalation", 24.0),
        ("Clause", 9.0),
        ("Status", 15.0),
        ("Evidence", 80.0),
        ("What is missing", 26.0),
        ("What follows", 34.0),
        ("Act by", 14.0),
    ]);
    let row = |when: &str, escalation: &Escalation| {
        vec![
            Entry::text(when),
            Entry::text(escalation.period.label()),
            Entry::text(&escalation.title),
            Entry::text(&escalation.clause),
            Entry::text(escalation.status.word()),
            Entry::text(all_told(&escalation.evidence)),
            Entry::maybe(escalation.distance.as_deref()),
            Entry::text(&escalation.action),
            Entry::date(escalation.by),
        ]
    };
    table.rows = pack
        .escalations
        .iter()
        .map(|escalation| row("This period", escalation))
        .chain(pack.earlier_escalations.iter().map(|escalation| row("Earlier", escalation)))
        .collect();
    Page {
        name: "Escalations",
        about: "Contract conditions that are met or near. Whether to act on them is the council's decision.",
        table,
    }
}
