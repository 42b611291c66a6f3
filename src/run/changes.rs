//! What changed since the last run: two `results.json` compared.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{BufReader, Read};

use chrono::NaiveDate;
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

#[derive(Deserialize)]
struct Review {
    contract: String,
    provider: String,
    submissions: Vec<Submission>,
    ratings: Vec<Rating>,
    escalations: Vec<Escalation>,
}

#[derive(Deserialize)]
struct Submission {
    form: String,
    period: String,
    area: Option<String>,
    status: String,
    versions: Vec<Version>,
}

#[derive(Deserialize)]
struct Version {
    sha256: String,
}

#[derive(Deserialize)]
struct Rating {
    kpi: String,
    area: Option<String>,
    period: String,
    rating: String,
}

#[derive(Deserialize)]
struct Escalation {
    id: String,
    period: String,
    status: String,
}

#[derive(Deserialize)]
struct Unrecognised {
    file: String,
}

/// What is worth a line, by what it is about; and the as-of date. Areas' ratings follow from the same returns and are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    as_of: String,
    facts: BTreeMap<String, String>,
}

impl Facts {
    /// None yet.
    pub fn new(as_of: NaiveDate) -> Self {
        Self { as_of: as_of.to_string(), facts: BTreeMap::new() }
    }

    /// Those of a `results.json`, read review by review; `None` when it is no result of this program.
    pub fn read(file: impl Read) -> Option<Self> {
        #[derive(Deserialize)]
        struct Results {
            as_of: String,
            reviews: Reviews,
            unrecognised: Vec<Unrecognised>,
        }
        let results: Results = serde_json::from_reader(BufReader::new(file)).ok()?;
        let mut facts = Self { as_of: results.as_of, facts: results.reviews.0 };
        facts.unrecognised(results.unrecognised.iter().map(|own| own.file.as_str()));
        Some(facts)
    }

    /// Adds those of a review as it stands in `results.json`.
    pub fn review(&mut self, json: &[u8]) {
        if let Ok(review) = serde_json::from_slice(json) {
            add(&mut self.facts, &review);
        }
    }

    /// Adds files that are no submissions.
    pub fn unrecognised<'a>(&mut self, files: impl Iterator<Item = &'a str>) {
        self.facts.extend(files.map(|file| (file.to_string(), "unrecognised".to_string())));
    }
}

/// The facts of a list of reviews, of which no more than one is in memory.
struct Reviews(BTreeMap<String, String>);

impl<'de> Deserialize<'de> for Reviews {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneByOne;
        impl<'de> Visitor<'de> for OneByOne {
            type Value = BTreeMap<String, String>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a list of reviews")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut facts = BTreeMap::new();
                while let Some(review) = list.next_element()? {
                    add(&mut facts, &review);
                }
                Ok(facts)
            }
        }
        deserializer.deserialize_seq(OneByOne).map(Reviews)
    }
}

/// A line a change, in order.
pub fn changes(before: &Facts, now: &Facts) -> Vec<String> {
    let mut lines = Vec::new();
    if before.as_of != now.as_of {
        lines.push(format!("The as-of date moved from {} to {}.", before.as_of, now.as_of));
    }
    let (old, new) = (&before.facts, &now.facts);
    for (what, value) in new {
        match old.get(what) {
            None => lines.push(format!("{what}: {value} (new).")),
            Some(earlier) if earlier != value => lines.push(format!("{what}: {earlier} → {value}.")),
            Some(_) => {}
        }
    }
    for (what, value) in old.iter().filter(|(what, _)| !new.contains_key(*what)) {
        lines.push(format!("{what}: {value} (no longer)."));
    }
    lines
}

fn add(facts: &mut BTreeMap<String, String>, review: &Review) {
    let who = format!("{}, {}", review.provider, review.contract);
    for submission in &review.submissions {
        let area = submission.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
        if submission.status != "not-yet-due" || !submission.versions.is_empty() {
            let what = format!("{who}: {} {}{area}", submission.form, submission.period);
            let newest = submission.versions.last().map_or("", |version| &version.sha256);
            let version = match submission.versions.len() {
                0 => String::new(),
                number => format!(", version {number} ({})", newest.get(..8).unwrap_or(newest)),
            };
            facts.insert(what, format!("{}{version}", submission.status));
        }
    }
    for rating in review.ratings.iter().filter(|rating| rating.area.is_none()) {
        facts.insert(format!("{who}: KPI {} {}", rating.kpi, rating.period), rating.rating.clone());
    }
    for escalation in &review.escalations {
        facts.insert(format!("{who}: {} {}", escalation.id, escalation.period), escalation.status.clone());
    }
}
