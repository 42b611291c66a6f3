//! Escalations with their conditions, and the papers drafted for them.

use super::super::Contract;
use super::{Writer, and};
use crate::domain::period::Frequency;

pub(super) fn describe(contract: &Contract, text: &mut Writer) {
    if !contract.escalations.is_empty() {
        text.heading("What follows from poor performance");
        text.paragraph(format!(
            "The program says that a condition is met, with its evidence; the decision is the council's. Where several conditions are \
             listed, any one is enough. A period in which ratings are compared is a {}.",
            length(contract.rated_every())
        ));
    }
    for escalation in &contract.escalations {
        let aim = if escalation.watch_only { "; an aim, only ever watched" } else { "" };
        text.item(0, format!("{} (clause {}{aim})", escalation.title, escalation.clause));
        for condition in &escalation.any {
            text.item(1, format!("When {}.", in_titles(contract, &condition.rule().describe())));
        }
        text.item(1, format!("Then: {}", escalation.action));
        if let Some(caution) = &escalation.caution {
            text.item(1, format!("Said on the first page: {caution}"));
        }
    }
    if !contract.papers.is_empty() {
        text.heading("Papers that are drafted, for legal review");
    }
    for paper in &contract.papers {
        let titles: Vec<String> = paper
            .escalations
            .iter()
            .filter_map(|id| contract.escalations.iter().find(|own| own.id == *id))
            .map(|escalation| format!("“{}”", escalation.title))
            .collect();
        let parts: Vec<String> =
            paper.parts.iter().map(|part| part.heading.replace('{', "[").replace('}', "]")).collect();
        text.item(0, format!("{} (clause {}), for {}.", paper.title, paper.clause, and(&titles)));
        text.item(1, format!("Its parts: {}.", parts.join("; ")));
    }
}

/// The conditions of the escalation with this id, any of which is enough, each in words that begin with a small letter.
pub fn conditions(contract: &Contract, id: &str) -> Vec<String> {
    let own = contract.escalations.iter().find(|own| own.id == id);
    own.into_iter()
        .flat_map(|own| &own.any)
        .map(|condition| in_titles(contract, &condition.rule().describe()))
        .collect()
}

fn length(every: Frequency) -> &'static str {
    match every {
        Frequency::Month => "month",
        Frequency::Quarter => "quarter",
        Frequency::HalfYear => "half-year",
        Frequency::Year => "year",
    }
}

/// Ids in backquotes as the titles of what they name.
fn in_titles(contract: &Contract, words: &str) -> String {
    words
        .split('`')
        .enumerate()
        .map(|(index, part)| {
            if index % 2 == 0 {
                return part.to_string();
            }
            let form = contract.form(part).map(|form| &form.title);
            let escalation = contract.escalations.iter().find(|own| own.id == part).map(|own| &own.title);
            format!("“{}”", form.or(escalation).map_or(part, String::as_str))
        })
        .collect()
}
