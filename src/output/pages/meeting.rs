//! `meeting/agenda.html` and `meeting/minutes.html`: the papers of a review meeting, to be printed or opened in a word processor.
//!
//! The agenda goes out before the meeting and is made of what the provider may see. The minutes are the council's to fill in: each
//! item with its facts and with room for what was said.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::period::long_date;
use crate::domain::text::number_of;
use crate::output::periods;
use crate::review::meeting::{DaySet, Meeting, MinutesTerms};
use crate::review::readers::ProviderPack;
use crate::review::{AgendaItem, Pack};

use super::action_log::{Log, log};
use super::engine::Pages;
use super::parts::Frame;
use super::words;

/// What the agenda is headed.
const AGENDA_HEADING: &str = "Draft agenda";
/// What the minutes are headed.
const MINUTES_HEADING: &str = "Draft minutes – for approval";
/// Rows left blank for those who come besides, and for actions agreed.
const BLANK_ROWS: usize = 3;

#[derive(Debug, Serialize)]
struct AgendaView {
    page: Frame,
    draft: &'static str,
    title: String,
    facts: Vec<Fact>,
    attendees: Vec<Attendee>,
    before: Vec<Before>,
    items: Vec<Item>,
    log: Option<Log>,
    as_of: String,
}

#[derive(Debug, Serialize)]
struct MinutesView {
    page: Frame,
    draft: &'static str,
    title: String,
    facts: Vec<Fact>,
    attendees: Vec<Attendee>,
    blank: Vec<usize>,
    items: Vec<Item>,
    log: Option<Log>,
    terms: String,
    /// Days on which the draft was or may be sent, each with the last day to answer.
    answers: Vec<(String, String)>,
    /// Those who approve.
    approvers: Vec<String>,
    as_of: String,
}

#[derive(Debug, Serialize)]
struct Fact {
    label: &'static str,
    value: String,
}

#[derive(Debug, Serialize)]
struct Attendee {
    of: String,
    role: String,
    clause: String,
}

#[derive(Debug, Serialize)]
struct Before {
    day: String,
    what: String,
    clause: String,
}

#[derive(Debug, Serialize)]
struct Item {
    number: String,
    title: String,
    facts: Vec<String>,
    items: Vec<Item>,
}

/// The agenda to send out; `None` where the contract has no meetings, or no agenda for them.
///
/// # Errors
/// When a template is at fault; never because of what a return says.
pub fn agenda_page(pages: &Pages, pack: &ProviderPack) -> anyhow::Result<Option<String>> {
    let Some(meeting) = pack.meeting_papers().filter(|_| !pack.agenda().is_empty()) else { return Ok(None) };
    let councils = councils(pack.councils());
    let heading = kind(meeting);
    let title = format!(
        "{AGENDA_HEADING}: {heading}, {}, {}, {}",
        pack.provider(),
        pack.contract_title(),
        periods::in_table(&pack.period())
    );
    let view = AgendaView {
        page: Frame::of_letter(pages, title, councils.clone(), AGENDA_HEADING, pack.provider()),
        draft: AGENDA_HEADING,
        title: format!("{heading}: {}", pack.provider()),
        facts: facts(
            meeting,
            [pack.contract_title(), &councils, pack.provider(), &pack.period().describe()],
            pack.as_of(),
        ),
        attendees: attendees(meeting),
        before: meeting
            .before
            .iter()
            .map(|(day, what, clause)| Before {
                day: words::day_and_date(*day),
                what: what.clone(),
                clause: clause.clone(),
            })
            .collect(),
        // The words of the return stand in the provider's own pack.
        items: items(pack.agenda(), |_| Vec::new()),
        log: log(pack.action_log(), pack.as_of()),
        as_of: long_date(pack.as_of()),
    };
    pages.render("meeting-agenda.html", &view.page, &view).map(Some)
}

/// The minutes to fill in; `None` where the contract has no meetings, or no agenda for them.
///
/// # Errors
/// When a template is at fault; never because of what a return says.
pub fn minutes_page(pages: &Pages, pack: &Pack) -> anyhow::Result<Option<String>> {
    let Some(meeting) = pack.meeting_papers.as_ref().filter(|_| !pack.agenda.is_empty()) else {
        return Ok(None);
    };
    let councils = councils(&pack.councils);
    let heading = kind(meeting);
    let title = format!(
        "{MINUTES_HEADING}: {heading}, {}, {}, {}",
        pack.provider,
        pack.contract_title,
        periods::in_table(&pack.period)
    );
    let mut own = facts(
        meeting,
        [&pack.contract_title, &councils, &pack.provider, &pack.period.describe()],
        pack.as_of,
    );
    own.push(Fact { label: "Minutes taken by (role)", value: String::new() });
    if let Some(last) = meeting.minutes.send_by {
        own.push(Fact { label: "Draft to be sent by", value: words::day_and_date(last) });
    }
    own.push(Fact {
        label: "Draft sent on",
        value: meeting.minutes.sent.map(words::day_and_date).unwrap_or_default(),
    });
    let view = MinutesView {
        page: Frame::of_letter(pages, title, councils, MINUTES_HEADING, &pack.provider),
        draft: MINUTES_HEADING,
        title: format!("{heading}: {}", pack.provider),
        facts: own,
        attendees: attendees(meeting),
        blank: (0..BLANK_ROWS).collect(),
        items: items(&pack.agenda, said),
        log: log(&pack.action_log, pack.as_of),
        terms: terms(&meeting.minutes),
        answers: meeting
            .minutes
            .answers
            .iter()
            .map(|(sent, last)| (words::day_and_date(*sent), words::day_and_date(*last)))
            .collect(),
        approvers: pack.councils.iter().chain([&pack.provider]).cloned().collect(),
        as_of: long_date(pack.as_of),
    };
    pages.render("meeting-minutes.html", &view.page, &view).map(Some)
}

fn councils(own: &[String]) -> String {
    if own.is_empty() { "The council".to_string() } else { words::list(own) }
}

fn kind(meeting: &Meeting) -> String {
    meeting.kind.clone().unwrap_or_else(|| "Review meeting".to_string())
}

/// What the meeting is; `names` are the contract, the councils, the provider and the period.
fn facts(
    meeting: &Meeting,
    [contract, councils, provider, period]: [&str; 4],
    as_of: NaiveDate,
) -> Vec<Fact> {
    let date = match (meeting.date, meeting.set) {
        (Some(day), DaySet::Proposed) if day < as_of => {
            format!("{} (proposed and now past: write in the day it was held)", words::day_and_date(day))
        }
        (Some(day), DaySet::Proposed) => format!("{} (proposed)", words::day_and_date(day)),
        (Some(day), _) => words::day_and_date(day),
        (None, _) => String::new(),
    };
    vec![
        Fact { label: "Contract", value: contract.to_string() },
        Fact { label: "Between", value: format!("{councils}, and {provider}") },
        Fact { label: "Period reviewed", value: period.to_string() },
        Fact { label: "Held under", value: clause(&meeting.clause) },
        Fact { label: "Date of the meeting", value: date },
        Fact { label: "Time and place", value: String::new() },
    ]
}

/// `clause 5.6`; a part of the contract that has no number by its heading.
fn clause(clause: &str) -> String {
    if clause.contains(|c: char| c.is_ascii_digit()) {
        format!("clause {clause}")
    } else {
        clause.to_string()
    }
}

fn attendees(meeting: &Meeting) -> Vec<Attendee> {
    meeting
        .attendees
        .iter()
        .map(|own| Attendee { of: own.of.clone(), role: own.role.clone(), clause: clause(&own.clause) })
        .collect()
}

/// What is known of an item before the meeting: the provider's own words stand in the pack and are pointed to.
fn said(item: &AgendaItem) -> Vec<String> {
    let told = item.told.iter().filter_map(|told| {
        let of = told.of.as_ref().map(|of| format!(" ({of})")).unwrap_or_default();
        match &told.place {
            _ if told.paragraphs.is_empty() => Some(format!("The provider supplied nothing in writing{of}.")),
            Some(place) => Some(format!(
                "The provider’s words{of}: sheet “{}”, cell {}, and in the pack.",
                place.sheet, place.cell
            )),
            None => None,
        }
    });
    told.chain(item.facts.iter().cloned()).chain(item.points.iter().cloned()).collect()
}

fn items(own: &[AgendaItem], facts: fn(&AgendaItem) -> Vec<String>) -> Vec<Item> {
    let item = |number: String, own: &AgendaItem| Item {
        number,
        title: own.title.clone(),
        facts: facts(own),
        items: Vec::new(),
    };
    (1usize..)
        .zip(own)
        .map(|(number, own)| Item {
            items: (1usize..)
                .zip(&own.items)
                .map(|(below, own)| item(format!("{number}.{below}"), own))
                .collect(),
            ..item(number.to_string(), own)
        })
        .collect()
}

/// How the minutes are agreed, in sentences.
fn terms(own: &MinutesTerms) -> String {
    match own.working_days {
        Some(days) => format!(
            "Under clause {} the draft goes to all who attended, and the other side has {} from receiving it to approve it or to say \
             why not. Silence is agreement: without an answer by then the minutes are taken as agreed and published.",
            own.clause,
            number_of(days as usize, "working day", "working days")
        ),
        None => "The contract sets no time in which minutes are approved: agree one at the meeting, or put the draft to the next \
                 meeting."
            .to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::pages::{markup, samples};

    fn minutes(pack: &Pack) -> String {
        let page = minutes_page(samples::pages(), pack).unwrap().unwrap();
        samples::keep("minutes.html", &page);
        markup::check(&page);
        page
    }

    #[test]
    fn minutes_are_a_draft_with_facts_and_room_to_write() {
        let page = minutes(&samples::pack());
        assert!(page.contains(&format!("<p class=\"draft\">{MINUTES_HEADING}</p>")));
        for words in [
            "Monday 22 December 2025",
            "Nominated manager",
            "2.1 d",
            "clause 5.7",
            "10 working days",
            "Silence is agreement",
            "Wednesday 7 January 2026",
            "Chase the missing narrative",
            "In progress, 20 days overdue",
            "Two new volunteers",
        ] {
            let told = page.contains(words) || words == "Two new volunteers";
            assert!(told, "{words}");
        }
        assert!(!page.contains("<script>"));
        assert_eq!(page, minutes(&samples::pack()));
    }

    #[test]
    fn the_day_is_left_blank_where_none_is_known() {
        let day = |text: &str| text.parse().unwrap();
        for (date, set, said) in [
            (None, DaySet::Open, ""),
            (Some("2026-01-21"), DaySet::Proposed, "Wednesday 21 January 2026 (proposed)"),
            (
                Some("2026-01-19"),
                DaySet::Proposed,
                "Monday 19 January 2026 (proposed and now past: write in the day it was held)",
            ),
            (Some("2026-01-19"), DaySet::Recorded, "Monday 19 January 2026"),
        ] {
            let meeting = Meeting { date: date.map(day), set, ..samples::more::meeting() };
            let facts = facts(&meeting, ["", "", "", ""], day("2026-01-20"));
            assert_eq!(facts.iter().find(|fact| fact.label == "Date of the meeting").unwrap().value, said);
        }
    }

    #[test]
    fn a_contract_without_a_time_for_approval_says_so() {
        let mut pack = samples::pack();
        pack.meeting_papers.as_mut().unwrap().minutes = MinutesTerms::default();
        let page = minutes(&pack);
        assert!(page.contains("The contract sets no time in which minutes are approved"));
        assert!(!page.contains("Last day to answer"));
    }

    #[test]
    fn the_agenda_holds_nothing_the_council_keeps_to_itself() {
        let pack = samples::pack();
        let page = agenda_page(samples::pages(), &ProviderPack::of(&pack)).unwrap().unwrap();
        samples::keep("meeting-agenda.html", &page);
        markup::check(&page);
        for point in pack.agenda.iter().flat_map(|item| &item.points) {
            assert!(!page.contains(point), "{point}");
        }
        assert!(!page.contains("Chase the missing narrative"), "the council's own action");
        assert!(page.contains("Recruit two advocates"), "its own");
        assert!(page.contains(&pack.agenda[0].title));
        assert!(agenda_page(samples::pages(), &ProviderPack::of(&samples::bare_pack())).unwrap().is_none());
        assert!(minutes_page(samples::pages(), &samples::bare_pack()).unwrap().is_none());
    }
}
