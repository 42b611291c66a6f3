//! What changed since the last run: two `results.json` compared.

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Deserialize)]
struct Results {
    as_of: String,
    reviews: Vec<Review>,
    unrecognised: Vec<Unrecognised>,
}

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

/// A line a change, in order; `None` when what was there before is no result of this program.
pub fn changes(before: &[u8], now: &[u8]) -> Option<Vec<String>> {
    let before: Results = serde_json::from_slice(before).ok()?;
    let now: Results = serde_json::from_slice(now).ok()?;
    let mut lines = Vec::new();
    if before.as_of != now.as_of {
        lines.push(format!("The as-of date moved from {} to {}.", before.as_of, now.as_of));
    }
    let (old, new) = (facts(&before), facts(&now));
    for (what, value) in &new {
        match old.get(what) {
            None => lines.push(format!("{what}: {value} (new).")),
            Some(earlier) if earlier != value => lines.push(format!("{what}: {earlier} → {value}.")),
            Some(_) => {}
        }
    }
    for (what, value) in old.iter().filter(|(what, _)| !new.contains_key(*what)) {
        lines.push(format!("{what}: {value} (no longer)."));
    }
    Some(lines)
}

/// What is worth a line, by what it is about. Areas' ratings follow from the same returns and are left out.
fn facts(results: &Results) -> BTreeMap<String, String> {
    let mut facts = BTreeMap::new();
    for review in &results.reviews {
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
            facts
                .insert(format!("{who}: {} {}", escalation.id, escalation.period), escalation.status.clone());
        }
    }
    for file in &results.unrecognised {
        facts.insert(file.file.clone(), "unrecognised".to_string());
    }
    facts
}
