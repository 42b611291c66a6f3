//! The actions agreed with a provider, carried from meeting to meeting until they are done.

use chrono::NaiveDate;

use super::ActionRow;
use crate::domain::text::{fold, number_of, one_line};

/// Longer texts are cut where they stand beside a date; the pack has them whole.
pub const LONGEST: usize = 160;
/// Words that say an action is done, folded.
const DONE: [&str; 6] = ["done", "closed", "complete", "completed", "finished", "no longer needed"];
/// Words that stand for the provider's side, folded.
const PROVIDERS: [&str; 6] =
    ["provider", "contractor", "both", "council and provider", "provider and council", "all"];

/// An action as the register has it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RecordedAction {
    /// What it is about and what is done.
    pub row: ActionRow,
    /// Whose it is, as written; empty when blank.
    pub owner: String,
    /// The day by which it is to be done, where the timescale is one; inclusive.
    pub due: Option<NaiveDate>,
    /// How far it is, as written; empty when blank.
    pub status: String,
    /// The day it was agreed.
    pub agreed_on: Option<NaiveDate>,
    /// The day it was closed.
    pub closed_on: Option<NaiveDate>,
}

impl RecordedAction {
    /// How it stands on `day`.
    pub fn state(&self, day: NaiveDate) -> ActionState {
        if self.closed_on.is_some() || DONE.contains(&fold(&self.status).as_str()) {
            ActionState::Closed
        } else if self.due.is_some_and(|due| due < day) {
            ActionState::Overdue
        } else {
            ActionState::Open
        }
    }

    /// What it is, on one line and cut where it is long: `Action on KPI 5: Recruit a second advocate`.
    pub fn words(&self) -> String {
        let row = &self.row;
        let about = if row.kpi.is_empty() { String::new() } else { format!(" on KPI {}", row.kpi) };
        let text = [&row.action, &row.issue, &row.outcomes].into_iter().find(|text| !text.trim().is_empty());
        match text {
            Some(text) => format!("Action{about}: {}", cut(&one_line(text))),
            None => format!("Action{about}"),
        }
    }

    /// How it stands on `day`, in words: `In progress: 21 days overdue`.
    pub fn standing(&self, day: NaiveDate) -> String {
        let status = self.status.trim();
        match self.state(day) {
            ActionState::Closed => match self.closed_on {
                Some(closed) => format!("Closed on {}", crate::domain::period::long_date(closed)),
                None if fold(status) == "closed" => "Closed".to_string(),
                None => format!("Closed: {}", status.to_lowercase()),
            },
            ActionState::Overdue => {
                let days = self.due.map_or(0, |due| (day - due).num_days());
                let late = number_of(usize::try_from(days).unwrap_or_default(), "day", "days");
                match fold(status).as_str() {
                    "" | "open" => format!("{late} overdue"),
                    _ => format!("{status}, {late} overdue"),
                }
            }
            ActionState::Open if status.is_empty() => "Open".to_string(),
            ActionState::Open => status.to_string(),
        }
    }

    /// Whether the provider may see it: what is its own or joint; where the register names no owner, what was agreed on a KPI and so
    /// stood in its action plan.
    pub fn is_for(&self, provider: &str) -> bool {
        let side = self.owner.split([':', ',', ';', '(', '–', '-', '/']).next().unwrap_or_default();
        match fold(side).as_str() {
            "" => fold(&self.owner).is_empty() && !self.row.kpi.trim().is_empty(),
            side => {
                PROVIDERS.contains(&side) || side == fold(provider) || fold(&self.owner) == fold(provider)
            }
        }
    }
}

fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_string();
    }
    let kept: String = text.chars().take(LONGEST).collect();
    let words = kept.rsplit_once(' ').map_or(kept.as_str(), |(words, _)| words);
    format!("{words} …")
}

/// How an action stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActionState {
    /// Not done, and its day has passed.
    Overdue,
    /// Not done.
    Open,
    /// Done, or given up.
    Closed,
}

impl ActionState {
    /// The word shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Overdue => "Overdue",
            Self::Open => "Open",
            Self::Closed => "Closed",
        }
    }
}

/// The log as a pack shows it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ActionLog {
    /// The last meeting before the pack's own, where one is recorded; what was closed before it is left out.
    pub since: Option<NaiveDate>,
    /// The actions: overdue ones first, then open ones, then what was closed since.
    pub actions: Vec<RecordedAction>,
    /// How many were closed before that.
    pub closed_earlier: usize,
}

impl ActionLog {
    /// The same with what the provider may see.
    #[must_use]
    pub fn for_provider(&self, provider: &str) -> Self {
        Self {
            since: self.since,
            actions: self.actions.iter().filter(|own| own.is_for(provider)).cloned().collect(),
            // How many others there were is the council's.
            closed_earlier: 0,
        }
    }

    /// How many stand so on `day`.
    pub fn count(&self, state: ActionState, day: NaiveDate) -> usize {
        self.actions.iter().filter(|own| own.state(day) == state).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn action(owner: &str, kpi: &str) -> RecordedAction {
        RecordedAction {
            row: ActionRow { kpi: kpi.to_string(), ..ActionRow::default() },
            owner: owner.to_string(),
            ..RecordedAction::default()
        }
    }

    #[test]
    fn an_action_is_overdue_from_the_day_after_its_day() {
        let as_of = day("2026-09-21");
        for (due, status, closed, state, words) in [
            (None, "", None, ActionState::Open, "Open"),
            (None, "In progress", None, ActionState::Open, "In progress"),
            (Some("2026-09-22"), "Open", None, ActionState::Open, "Open"),
            (Some("2026-09-21"), "Open", None, ActionState::Open, "Open"),
            (Some("2026-09-20"), "Open", None, ActionState::Overdue, "1 day overdue"),
            (Some("2026-08-31"), "In progress", None, ActionState::Overdue, "In progress, 21 days overdue"),
            (Some("2026-08-31"), "Done", None, ActionState::Closed, "Closed: done"),
            (Some("2026-08-31"), " CLOSED ", None, ActionState::Closed, "Closed"),
            (
                Some("2026-08-31"),
                "In progress",
                Some("2026-09-01"),
                ActionState::Closed,
                "Closed on 1 September 2026",
            ),
        ] {
            let own = RecordedAction {
                due: due.map(day),
                status: status.to_string(),
                closed_on: closed.map(day),
                ..RecordedAction::default()
            };
            assert_eq!((own.state(as_of), own.standing(as_of).as_str()), (state, words));
        }
    }

    #[test]
    fn a_provider_sees_what_is_its_own() {
        for (owner, kpi, seen) in [
            ("", "5", true),
            ("", "", false),
            ("Provider", "", true),
            ("provider: registered manager", "", true),
            ("Both", "", true),
            ("Harbour Advocacy", "", true),
            ("Council", "5", false),
            ("Council: provider relations officer", "5", false),
            ("Provider relations officer", "5", false),
            ("Contract officer", "5", false),
            ("Harbour", "5", false),
            (": provider", "", false),
        ] {
            assert_eq!(action(owner, kpi).is_for("Harbour Advocacy"), seen, "{owner} {kpi}");
        }
    }
}
