//! Letters to a provider about its returns, in facts alone: no addresses, no wording, no message.
//!
//! They are decided from a [`Correspondent`], which holds what the provider may see of itself and nothing the council weighs.

use chrono::NaiveDate;

use super::ProviderReview;
use super::readers::ProviderPack;
use crate::domain::draft::DraftKind;
use crate::domain::period::{Frequency, Period};
use crate::domain::quantity::Quantity;
use crate::domain::rating::Rating;
use crate::domain::submission::Submission;

/// How many review periods back the returns that came in are written about.
const REVIEWS: usize = 2;

/// Who drafts are addressed to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recipients {
    /// Addressees, each once.
    pub to: Vec<String>,
    /// Those who get a copy, each once, and none who is an addressee.
    pub cc: Vec<String>,
}

impl Recipients {
    /// The addresses in their order, each once whatever its letter case; an addressee gets no copy besides.
    pub fn new(to: impl IntoIterator<Item = String>, cc: impl IntoIterator<Item = String>) -> Self {
        let mut own = Self::default();
        for address in to {
            if !own.has(&address) {
                own.to.push(address);
            }
        }
        for address in cc {
            if !own.has(&address) {
                own.cc.push(address);
            }
        }
        own
    }

    fn has(&self, address: &str) -> bool {
        let wanted = address.to_lowercase();
        self.to.iter().chain(&self.cc).any(|own| own.to_lowercase() == wanted)
    }
}

/// A provider to write to, as it may see itself.
#[derive(Debug)]
pub struct Correspondent<'a> {
    contract: &'a str,
    contract_title: &'a str,
    provider: &'a str,
    councils: &'a [String],
    review_every: Frequency,
    as_of: NaiveDate,
    last_day: Option<NaiveDate>,
    returns: &'a [Submission],
    packs: Vec<ProviderPack>,
    timeliness: Option<Timeliness>,
}

impl<'a> Correspondent<'a> {
    /// The provider of `review`. `last_day` is the last on which it has to do with the contract, inclusive, where there is one.
    pub fn of(
        review: &'a ProviderReview,
        councils: &'a [String],
        review_every: Frequency,
        as_of: NaiveDate,
        last_day: Option<NaiveDate>,
    ) -> Self {
        let with_returns =
            review.packs.iter().filter(|pack| pack.submissions.iter().any(|own| own.goes_back().is_some()));
        let newest = review.packs.last().map(ProviderPack::of);
        Self {
            contract: &review.contract,
            contract_title: &review.contract_title,
            provider: &review.provider,
            councils,
            review_every,
            as_of,
            last_day,
            returns: &review.submissions,
            packs: with_returns.rev().take(REVIEWS).map(ProviderPack::of).collect(),
            timeliness: newest.as_ref().and_then(Timeliness::of),
        }
    }

    /// Contract id.
    pub fn contract(&self) -> &str {
        self.contract
    }

    /// Contract title.
    pub fn contract_title(&self) -> &str {
        self.contract_title
    }

    /// Provider's name as in the register.
    pub fn provider(&self) -> &str {
        self.provider
    }

    /// The councils party to the contract.
    pub fn councils(&self) -> &[String] {
        self.councils
    }

    /// The review period in which a return falls.
    pub fn review_of(&self, submission: &Submission) -> Period {
        let period = submission.period;
        Period::containing(period.to, self.review_every, period.year_starts)
    }

    /// The as-of date.
    pub fn as_of(&self) -> NaiveDate {
        self.as_of
    }

    /// The last day on which it has to do with the contract, inclusive.
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.last_day
    }

    /// Every return due from it, in order of period.
    pub fn returns(&self) -> &[Submission] {
        self.returns
    }

    /// Its packs of the newest two review periods for which returns came in, the newest first.
    pub fn packs(&self) -> &[ProviderPack] {
        &self.packs
    }

    /// How the contract measures that returns come in time, where it does.
    pub fn timeliness(&self) -> Option<&Timeliness> {
        self.timeliness.as_ref()
    }
}

/// How a contract measures that returns come in time.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeliness {
    /// What it calls that.
    pub title: String,
    /// The clause.
    pub clause: String,
    /// The target as a fraction of 1, where it sets one.
    pub target: Option<Quantity>,
}

impl Timeliness {
    fn of(pack: &ProviderPack) -> Option<Self> {
        let own = pack.submission_kpis().iter().find(|kpi| kpi.id == "timeliness")?;
        Some(Self { title: own.title.clone(), clause: own.clause.clone(), target: own.target })
    }
}

/// A letter about one return.
#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    /// Contract id.
    pub contract: String,
    /// Contract title.
    pub contract_title: String,
    /// The councils party to the contract.
    pub councils: Vec<String>,
    /// Provider's name as in the register.
    pub provider: String,
    /// The review period in which the return falls.
    pub review_period: Period,
    /// The form's id.
    pub form: String,
    /// The form's title.
    pub form_title: String,
    /// The period of the return.
    pub period: Period,
    /// The area it is for, where it is for one.
    pub area: Option<String>,
    /// Date due, inclusive.
    pub due: NaiveDate,
    /// Why the due date is not the contract's: an extension, or a day that is no working day.
    pub due_note: Option<String>,
    /// Clause that sets the due date; empty when none.
    pub clause: String,
    /// The as-of date.
    pub as_of: NaiveDate,
    /// What it says.
    pub content: Content,
}

impl Letter {
    /// What it is for.
    pub fn kind(&self) -> DraftKind {
        match &self.content {
            Content::Returned(own) if own.usable && own.queries.is_empty() => DraftKind::Thanks,
            Content::Returned(_) => DraftKind::Query,
            Content::DueSoon => DraftKind::Reminder,
            Content::Overdue(_) => DraftKind::Chaser,
        }
    }
}

/// What a letter says.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// The return came in, and its coloured copy goes back.
    Returned(Returned),
    /// It is due soon, and has not come in.
    DueSoon,
    /// It was due, and has not come in.
    Overdue(Overdue),
}

/// A return that came in.
#[derive(Debug, Clone, PartialEq)]
pub struct Returned {
    /// SHA-256 of the version that goes back, in hexadecimal.
    pub sha256: String,
    /// Name of its file, without folders.
    pub file_name: String,
    /// Whether anything in it could be used.
    pub usable: bool,
    /// Whether it came in time; `None` where nothing proves it, or nothing usable came.
    pub in_time: Option<bool>,
    /// The day its first usable version came in, where that is on record and not merely when it was first seen.
    pub received: Option<NaiveDate>,
    /// The figures that are coloured in the copy, counted by rating.
    pub ratings: Vec<(Rating, usize)>,
    /// What is asked, in the order of the sheet of feedback.
    pub queries: Vec<Query>,
    /// How many more are on the sheet alone.
    pub further: usize,
}

/// Something asked of the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Its number on the sheet of feedback, from 1.
    pub number: usize,
    /// The sheet of the return; `None` for the whole file.
    pub sheet: Option<String>,
    /// The cell, as in `D7`.
    pub cell: Option<String>,
    /// What was found.
    pub found: String,
    /// What to send.
    pub asked: String,
    /// The day on which an answer of the provider came.
    pub answered: Option<NaiveDate>,
}

/// A return that did not come in.
#[derive(Debug, Clone, PartialEq)]
pub struct Overdue {
    /// Whole days since the due date.
    pub days: i64,
    /// Working days since the due date.
    pub working_days: u32,
    /// How the contract measures that returns come in time, where it does.
    pub timeliness: Option<Timeliness>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn addresses(text: &str) -> Vec<String> {
        text.split_whitespace().map(ToString::to_string).collect()
    }

    #[test]
    fn an_address_stands_once_and_among_the_addressees_first() {
        for (to, cc, expected_to, expected_cc) in [
            ("", "", "", ""),
            ("a@x.example", "", "a@x.example", ""),
            ("a@x.example A@X.example", "", "a@x.example", ""),
            ("a@x.example b@x.example", "c@x.example", "a@x.example b@x.example", "c@x.example"),
            ("a@x.example", "A@x.example b@x.example B@x.example", "a@x.example", "b@x.example"),
            ("", "a@x.example", "", "a@x.example"),
        ] {
            let own = Recipients::new(addresses(to), addresses(cc));
            assert_eq!((own.to, own.cc), (addresses(expected_to), addresses(expected_cc)), "{to} / {cc}");
        }
    }

    proptest! {
        #[test]
        fn nobody_gets_a_letter_twice(
            to in prop::collection::vec("[aAbBcC]@x.example", 0..6),
            cc in prop::collection::vec("[aAbBcC]@x.example", 0..6),
        ) {
            let own = Recipients::new(to.clone(), cc.clone());
            let mut all: Vec<String> = own.to.iter().chain(&own.cc).map(|own| own.to_lowercase()).collect();
            let mut given: Vec<String> = to.iter().chain(&cc).map(|own| own.to_lowercase()).collect();
            all.sort();
            given.sort();
            given.dedup();
            prop_assert_eq!(all, given);
            let addressees: Vec<String> = own.to.iter().map(|own| own.to_lowercase()).collect();
            prop_assert!(to.iter().all(|own| addressees.contains(&own.to_lowercase())));
        }
    }
}
