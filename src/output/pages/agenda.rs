//! The agenda of the review meeting, items below items, as templates get it.

use serde::Serialize;

use crate::output::common::Common;
use crate::review::AgendaItem;
use crate::review::meeting::DaySet;

use super::words;

/// The agenda.
#[derive(Debug, Serialize)]
pub struct Agenda {
    meeting: Option<String>,
    /// Whether the register has that day, and it is no mere proposal.
    recorded: bool,
    /// Whether that day lies before the as-of date.
    past: bool,
    /// That the annual review falls in the period, in a sentence.
    annual: Option<String>,
    items: Vec<Item>,
}

#[derive(Debug, Serialize)]
struct Item {
    /// `4.1` for an item below another; the list numbers the others.
    number: Option<String>,
    title: String,
    told: Vec<Told>,
    facts: Vec<String>,
    points: Vec<String>,
    items: Vec<Item>,
}

/// The provider's words on an item.
#[derive(Debug, Serialize)]
struct Told {
    of: Option<String>,
    paragraphs: Vec<String>,
    source: Option<String>,
}

/// The agenda of `pack`; `None` where it has none.
pub fn agenda(pack: &Common<'_>) -> Option<Agenda> {
    if pack.agenda.is_empty() {
        return None;
    }
    let recorded = pack.meeting_papers.filter(|own| own.set == DaySet::Recorded).and_then(|own| own.date);
    let meeting = recorded.or(pack.meeting);
    Some(Agenda {
        meeting: meeting.map(words::day_and_date),
        recorded: recorded.is_some(),
        past: meeting.is_some_and(|day| day < pack.as_of),
        annual: pack.annual.map(|annual| annual.note.clone()),
        items: (1usize..)
            .zip(pack.agenda)
            .map(|(number, own)| Item {
                items: (1usize..)
                    .zip(&own.items)
                    .map(|(below, own)| item(own, Some(format!("{number}.{below}"))))
                    .collect(),
                ..item(own, None)
            })
            .collect(),
    })
}

fn item(item: &AgendaItem, number: Option<String>) -> Item {
    Item {
        number,
        title: item.title.clone(),
        told: item
            .told
            .iter()
            .map(|told| Told {
                of: told.of.clone(),
                paragraphs: told.paragraphs.clone(),
                // The file stands with the narrative; beside every item it would drown the words.
                source: told
                    .place
                    .as_ref()
                    .map(|place| format!("Sheet “{}”, cell {}", place.sheet, place.cell)),
            })
            .collect(),
        facts: item.facts.clone(),
        points: item.points.clone(),
        items: Vec::new(),
    }
}
