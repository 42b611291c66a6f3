//! `results.json` of a run, with lookups that fail loudly.

use chrono::NaiveDate;
use quarterday::run::InFull;
use serde_json::Value;

use super::day;

/// What a run told, for other programs and in its own values.
pub struct Told {
    pub outcome: InFull,
    json: Value,
}

/// One provider's part.
#[derive(Clone, Copy)]
pub struct Review<'a> {
    json: &'a Value,
    whole: &'a Value,
}

/// A finding: code, severity, sheet and cell; empty where it concerns none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    pub code: String,
    pub severity: String,
    pub sheet: String,
    pub cell: String,
}

/// An escalation of one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Escalated {
    pub id: String,
    pub clause: String,
    pub period: String,
    pub status: String,
    pub by: Option<NaiveDate>,
    /// What is missing for the condition to be met.
    pub distance: String,
    /// Its pieces of evidence, one a line.
    pub evidence: String,
}

impl Told {
    pub fn new(outcome: InFull) -> Self {
        let json = serde_json::from_slice(&outcome.results_json).unwrap();
        Self { outcome, json }
    }

    #[track_caller]
    pub fn of(&self, provider: &str) -> Review<'_> {
        let found = list(&self.json, "reviews").iter().find(|review| text(review, "provider") == provider);
        let Some(json) = found else { panic!("no review of {provider}") };
        Review { json, whole: &self.json }
    }
}

impl<'a> Review<'a> {
    /// The rating of a KPI in a period, as the file has it.
    #[track_caller]
    pub fn rated(&self, kpi: &str, period: &str) -> &'a Value {
        let own = |rating: &&Value| {
            text(rating, "kpi") == kpi && text(rating, "period") == period && rating["area"].is_null()
        };
        let Some(found) = list(self.json, "ratings").iter().find(own) else {
            panic!("KPI {kpi} has no rating in {period}; {}", self.what_there_is())
        };
        found
    }

    /// The periods in which a KPI has a rating for the whole contract, in order.
    pub fn periods_of(&self, kpi: &str) -> Vec<&'a str> {
        let own = |rating: &&Value| text(rating, "kpi") == kpi && rating["area"].is_null();
        let mut periods: Vec<&str> =
            list(self.json, "ratings").iter().filter(own).map(|rating| text(rating, "period")).collect();
        periods.sort_unstable();
        periods
    }

    #[track_caller]
    pub fn rating(&self, kpi: &str, period: &str) -> &'a str {
        text(self.rated(kpi, period), "rating")
    }

    /// `5/6`.
    #[track_caller]
    pub fn parts(&self, kpi: &str, period: &str) -> String {
        let rated = self.rated(kpi, period);
        format!("{}/{}", rated["numerator"], rated["denominator"])
    }

    /// The value, a share as a fraction of 1.
    #[track_caller]
    pub fn value(&self, kpi: &str, period: &str) -> Option<f64> {
        self.rated(kpi, period)["value"].as_f64()
    }

    /// What qualifies the rating; empty when nothing does.
    #[track_caller]
    pub fn note(&self, kpi: &str, period: &str) -> &'a str {
        self.rated(kpi, period)["note"].as_str().unwrap_or_default()
    }

    /// The overall rating of a period.
    #[track_caller]
    pub fn overall(&self, period: &str) -> &'a str {
        let Some(found) = list(self.json, "overall").iter().find(|own| text(own, "period") == period) else {
            panic!("no overall rating in {period}; {}", self.what_there_is())
        };
        text(found, "rating")
    }

    /// The submission of a form for a period.
    #[track_caller]
    pub fn submission(&self, form: &str, period: &str) -> &'a Value {
        let own =
            |submission: &&Value| text(submission, "form") == form && text(submission, "period") == period;
        let Some(found) = list(self.json, "submissions").iter().find(own) else {
            panic!("no {form} for {period}; {}", self.what_there_is())
        };
        found
    }

    #[track_caller]
    pub fn due(&self, form: &str, period: &str) -> &'a str {
        text(self.submission(form, period), "due")
    }

    #[track_caller]
    pub fn status(&self, form: &str, period: &str) -> &'a str {
        text(self.submission(form, period), "status")
    }

    /// The findings of the submission of a form for a period, in order.
    #[track_caller]
    pub fn findings(&self, form: &str, period: &str) -> Vec<Found> {
        let part = |value: &Value| value.as_str().unwrap_or_default().to_string();
        let mut found: Vec<Found> = list(self.submission(form, period), "findings")
            .iter()
            .map(|own| Found {
                code: part(&own["code"]),
                severity: part(&own["severity"]),
                sheet: part(&own["sheet"]),
                cell: part(&own["cell"]),
            })
            .collect();
        found.sort();
        found
    }

    /// Those of them that are more than information.
    #[track_caller]
    pub fn complaints(&self, form: &str, period: &str) -> Vec<Found> {
        self.findings(form, period).into_iter().filter(|own| own.severity != "info").collect()
    }

    /// Sheet and cell of its errors, in order.
    #[track_caller]
    pub fn errors(&self, form: &str, period: &str) -> Vec<(String, String)> {
        let found = self.findings(form, period).into_iter().filter(|own| own.severity == "error");
        let mut places: Vec<(String, String)> = found.map(|own| (own.sheet, own.cell)).collect();
        places.sort();
        places
    }

    /// The periods for which a form is due or came, in order.
    pub fn submitted(&self, form: &str) -> Vec<&'a str> {
        let own = |submission: &&Value| text(submission, "form") == form;
        list(self.json, "submissions").iter().filter(own).map(|own| text(own, "period")).collect()
    }

    /// Sheet and cell of the findings of one kind.
    #[track_caller]
    pub fn places(&self, form: &str, period: &str, code: &str) -> Vec<(String, String)> {
        let found = self.findings(form, period);
        found.into_iter().filter(|own| own.code == code).map(|own| (own.sheet, own.cell)).collect()
    }

    /// Timeliness or accuracy of the window between these days.
    #[track_caller]
    pub fn window(&self, id: &str, from: &str, to: &str) -> &'a Value {
        let own = |kpi: &&Value| text(kpi, "id") == id && text(kpi, "from") == from && text(kpi, "to") == to;
        let Some(found) = list(self.json, "submission_kpis").iter().find(own) else {
            panic!("no {id} from {from} to {to}")
        };
        found
    }

    pub fn escalations(&self) -> Vec<Escalated> {
        list(self.json, "escalations")
            .iter()
            .map(|own| Escalated {
                id: text(own, "id").to_string(),
                clause: text(own, "clause").to_string(),
                period: text(own, "period").to_string(),
                status: text(own, "status").to_string(),
                by: own["by"].as_str().map(day),
                distance: own["distance"].as_str().unwrap_or_default().to_string(),
                evidence: list(own, "evidence")
                    .iter()
                    .map(|line| line.as_str().unwrap())
                    .collect::<Vec<_>>()
                    .join("\n"),
            })
            .collect()
    }

    /// Those of one id.
    pub fn escalated(&self, id: &str) -> Vec<Escalated> {
        self.escalations().into_iter().filter(|own| own.id == id).collect()
    }

    /// `2025-09 triggered` of one id, in order.
    pub fn met(&self, id: &str) -> Vec<String> {
        let mut met: Vec<String> =
            self.escalated(id).into_iter().map(|own| format!("{} {}", own.period, own.status)).collect();
        met.sort();
        met
    }

    /// The status of an escalation in a period; empty where it has none.
    pub fn state(&self, id: &str, period: &str) -> String {
        let own = self.escalated(id).into_iter().filter(|own| own.period == period);
        own.map(|own| own.status).collect::<Vec<_>>().join(", ")
    }

    /// Dates that matter: day, what, clause.
    pub fn dates(&self) -> Vec<(NaiveDate, &'a str, &'a str)> {
        list(self.json, "dates")
            .iter()
            .map(|own| (day(text(own, "date")), text(own, "what"), text(own, "clause")))
            .collect()
    }

    fn what_there_is(&self) -> String {
        let submissions: Vec<String> = list(self.json, "submissions")
            .iter()
            .map(|own| format!("{} {} {}", text(own, "form"), text(own, "period"), text(own, "status")))
            .collect();
        format!("submissions: {submissions:?}; unrecognised: {}", self.whole["unrecognised"])
    }
}

#[track_caller]
fn list<'a>(value: &'a Value, key: &str) -> &'a Vec<Value> {
    value[key].as_array().unwrap_or_else(|| panic!("no list {key}"))
}

#[track_caller]
fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("no text {key} in {value}"))
}

/// A finding as `findings` gives it.
pub fn found(code: &str, severity: &str, sheet: &str, cell: &str) -> Found {
    let text = str::to_string;
    Found { code: text(code), severity: text(severity), sheet: text(sheet), cell: text(cell) }
}
