//! The contract's consequences: every one in its order with how it stands, then the workings of those met or watched.

use serde::Serialize;

use crate::domain::escalation::{Escalation, EscalationStatus, Evidence};
use crate::domain::period::{Period, long_date};
use crate::output::periods;
use crate::review::Pack;
use crate::review::ladder::{LadderState, LadderStep};

use super::links::{Anchor, Link};
use super::parts::Tag;
use super::sources::sources;
use super::words;

/// More pieces of evidence than this are folded away, the newest left in sight.
const EVIDENCE_SHOWN: usize = 6;

/// All consequences of the contract.
#[derive(Debug, Serialize)]
pub struct Ladder {
    steps: Vec<Step>,
    /// What a miss in the period that comes next would lead to.
    next: Vec<String>,
    cards: Vec<Card>,
    drafts: Vec<Anchor>,
    earlier: Vec<EarlierPeriod>,
}

/// One consequence, in a line.
#[derive(Debug, Serialize)]
struct Step {
    title: String,
    /// The card with its workings, where it has one.
    card: Option<String>,
    clause: String,
    tag: Tag,
    words: String,
    /// What it rests on so far, where one more event would meet it.
    so_far: Vec<EvidenceLine>,
    by: Option<By>,
}

/// The date to act by.
#[derive(Debug, Serialize)]
struct By {
    date: String,
    /// Whether that day lies before the as-of date.
    past: bool,
}

/// One consequence met or watched, in full.
#[derive(Debug, Serialize)]
struct Card {
    id: String,
    title: String,
    tag: Tag,
    clause: String,
    action: String,
    newest: Entry,
    /// The other periods of the pack in which it is met or watched, newest first.
    others: Vec<Entry>,
}

/// A consequence in one period.
#[derive(Debug, Serialize)]
struct Entry {
    /// The period, where it is not the pack's.
    period: Option<String>,
    tag: Tag,
    evidence: Vec<EvidenceLine>,
    /// Evidence before that, folded away.
    older: Vec<EvidenceLine>,
    distance: Option<String>,
    by: Option<By>,
}

#[derive(Debug, Serialize)]
struct EvidenceLine {
    text: String,
    sources: Vec<String>,
}

/// The escalations of one earlier period; their workings are in its own pack.
#[derive(Debug, Serialize)]
struct EarlierPeriod {
    period: String,
    met: Vec<String>,
    watched: Vec<String>,
}

/// The consequences of `pack`, with links to the papers drafted; `None` where the contract has none.
pub fn ladder(pack: &Pack, drafts: &[Link]) -> Option<Ladder> {
    let mut steps: Vec<Step> = Vec::new();
    let mut cards: Vec<Card> = Vec::new();
    for step in &pack.ladder {
        let entries: Vec<&Escalation> = of(&step.id, pack);
        let card = card(cards.len() + 1, &entries, pack);
        steps.push(Step {
            title: step.title.clone(),
            card: card.as_ref().map(|card| card.id.clone()),
            clause: step.clause.clone(),
            tag: step.state.into(),
            words: if entries.is_empty() { step.words.clone() } else { when(&entries) },
            so_far: if step.state == LadderState::Near { lines(&step.evidence) } else { Vec::new() },
            by: by(step, pack),
        });
        cards.extend(card);
    }
    let earlier = earlier(pack);
    let is_empty = steps.is_empty() && earlier.is_empty() && drafts.is_empty();
    let next = pack.next_steps.iter().map(|step| step.words.clone()).collect();
    (!is_empty).then(|| Ladder {
        steps,
        next,
        cards,
        drafts: drafts.iter().map(Anchor::from).collect(),
        earlier,
    })
}

/// The pack's entries of one consequence, oldest first.
fn of<'a>(id: &str, pack: &'a Pack) -> Vec<&'a Escalation> {
    let mut entries: Vec<&Escalation> =
        pack.escalations.iter().filter(|escalation| escalation.id == id).collect();
    entries.sort_by_key(|escalation| escalation.period.to);
    entries
}

/// `Met in April 2023 and June 2023; watched in May 2023.`
fn when(entries: &[&Escalation]) -> String {
    let periods = |status: EscalationStatus| -> Vec<String> {
        entries
            .iter()
            .filter(|entry| entry.status == status)
            .map(|entry| periods::in_table(&entry.period))
            .collect()
    };
    let (met, watched) = (periods(EscalationStatus::Triggered), periods(EscalationStatus::Watch));
    let newest = entries.iter().rev().find_map(|entry| entry.distance.as_ref());
    match (met.is_empty(), watched.is_empty()) {
        (false, true) => format!("Met in {}.", words::list(&met)),
        (false, false) => format!("Met in {}; watched in {}.", words::list(&met), words::list(&watched)),
        (true, _) => match newest {
            Some(distance) => words::sentence(&format!("{}: {distance}", words::list(&watched))),
            None => format!("Watched in {}.", words::list(&watched)),
        },
    }
}

fn by(step: &LadderStep, pack: &Pack) -> Option<By> {
    step.by.map(|day| By { date: long_date(day), past: day < pack.as_of })
}

fn card(number: usize, entries: &[&Escalation], pack: &Pack) -> Option<Card> {
    // What is met comes before what is watched, the newest of each first.
    let mut ordered: Vec<&Escalation> = entries.iter().rev().copied().collect();
    ordered.sort_by_key(|entry| entry.status);
    let (first, others) = ordered.split_first()?;
    Some(Card {
        id: format!("consequence-{number}"),
        title: first.title.clone(),
        tag: first.status.into(),
        clause: first.clause.clone(),
        action: first.action.clone(),
        newest: entry(first, pack),
        others: others.iter().map(|other| entry(other, pack)).collect(),
    })
}

fn entry(escalation: &Escalation, pack: &Pack) -> Entry {
    let mut older = lines(&escalation.evidence);
    let evidence = older.split_off(older.len().saturating_sub(EVIDENCE_SHOWN));
    Entry {
        period: (escalation.period != pack.period).then(|| escalation.period.describe()),
        tag: escalation.status.into(),
        evidence,
        older,
        distance: escalation.distance.as_deref().map(words::sentence),
        by: escalation.by.map(|day| By { date: long_date(day), past: day < pack.as_of }),
    }
}

fn lines(evidence: &[Evidence]) -> Vec<EvidenceLine> {
    evidence
        .iter()
        .map(|piece| EvidenceLine { text: piece.text.clone(), sources: sources(&piece.cells) })
        .collect()
}

/// The escalations of earlier periods, newest period first.
fn earlier(pack: &Pack) -> Vec<EarlierPeriod> {
    let mut periods: Vec<(Period, EarlierPeriod)> = Vec::new();
    for escalation in &pack.earlier_escalations {
        let index = match periods.iter().position(|(period, _)| *period == escalation.period) {
            Some(index) => index,
            None => {
                let period = periods::in_table(&escalation.period);
                let line = EarlierPeriod { period, met: Vec::new(), watched: Vec::new() };
                periods.push((escalation.period, line));
                periods.len() - 1
            }
        };
        let name = match escalation.clause.as_str() {
            "" => escalation.title.clone(),
            clause => format!("{} (clause {clause})", escalation.title),
        };
        let line = &mut periods[index].1;
        match escalation.status {
            EscalationStatus::Triggered => line.met.insert(0, name),
            EscalationStatus::Watch => line.watched.insert(0, name),
        }
    }
    periods.into_iter().map(|(_, line)| line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::period::Frequency;
    use crate::output::pages::samples;

    fn in_month(month: u32, status: EscalationStatus) -> Escalation {
        let met = samples::pack().escalations[0].clone();
        Escalation {
            status,
            period: Period::containing(samples::day(2025, month, 1), Frequency::Month, 9),
            distance: (status == EscalationStatus::Watch).then(|| "met if October is red".to_string()),
            ..met
        }
    }

    #[test]
    fn the_months_in_which_a_condition_is_met_are_all_named() {
        use EscalationStatus::{Triggered, Watch};
        for (months, words) in [
            (vec![(9, Triggered)], "Met in September 2025."),
            (vec![(9, Triggered), (11, Triggered)], "Met in September 2025 and November 2025."),
            (vec![(9, Triggered), (10, Watch)], "Met in September 2025; watched in October 2025."),
            (vec![(11, Watch)], "November 2025: met if October is red."),
        ] {
            let entries: Vec<Escalation> =
                months.into_iter().map(|(month, status)| in_month(month, status)).collect();
            assert_eq!(when(&entries.iter().collect::<Vec<_>>()), words);
        }
    }

    #[test]
    fn a_card_opens_on_the_newest_month_in_which_it_is_met() {
        use EscalationStatus::{Triggered, Watch};
        let mut pack = samples::pack();
        pack.escalations = vec![in_month(9, Triggered), in_month(10, Triggered), in_month(11, Watch)];
        let ladder = ladder(&pack, &[]).unwrap();
        let card = &ladder.cards[0];
        assert_eq!(card.newest.period.as_deref(), Some("October 2025"));
        let others: Vec<Option<&str>> = card.others.iter().map(|entry| entry.period.as_deref()).collect();
        assert_eq!(others, [Some("September 2025"), Some("November 2025")]);
        assert_eq!(ladder.steps[0].card.as_deref(), Some("consequence-1"));
    }

    #[test]
    fn long_evidence_keeps_the_newest_in_sight() {
        let mut pack = samples::pack();
        let piece = pack.escalations[0].evidence[0].clone();
        pack.escalations[0].evidence =
            (1..=9).map(|number| Evidence { text: format!("Piece {number}"), ..piece.clone() }).collect();
        let ladder = ladder(&pack, &[]).unwrap();
        let entry = &ladder.cards[0].newest;
        assert_eq!(entry.older.len(), 3);
        assert_eq!(entry.evidence[0].text, "Piece 4");
    }
}
