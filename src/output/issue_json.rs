//! `issue.json`: the record of an issue, written once beside what was sent out and read again by later runs.
//!
//! The shape is `quarterday.issue/1`, documented in `templates/schemas/issue.schema.json`; a change of shape changes that name. Dates
//! are ISO and inclusive; figures are exact text, shares as fractions of 1.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::quantity::{Quantity, Unit, plain};
use crate::domain::submission::Submission;
use crate::review::{Pack, ProviderReview, RatedFigure};

/// The JSON Schema of `issue.json`, written beside it.
pub const SCHEMA: &str = include_str!("../../templates/schemas/issue.schema.json");

/// The name of the shape.
pub const FORMAT: &str = "quarterday.issue/1";

/// The record of an issue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IssueRecord {
    /// The name of the shape.
    pub format: String,
    /// The number of the issue, from 1.
    pub number: u32,
    /// Contract id.
    pub contract: String,
    /// Contract title.
    pub contract_title: String,
    /// Provider's name as in the register.
    pub provider: String,
    /// The review period's label.
    pub period: String,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// The day as of which everything is said.
    pub as_of: NaiveDate,
    /// The day of the issue, by the clock.
    pub issued_on: NaiveDate,
    /// The officer's note.
    pub note: Option<String>,
    /// Version of the program.
    pub program: String,
    /// The definition in force, a copy of which is among the files.
    pub definition: DefinitionEntry,
    /// The register; `None` where there was none.
    pub register: Option<FileEntry>,
    /// The settings; `None` where there were none.
    pub settings: Option<FileEntry>,
    /// The record of the issue before.
    pub previous: Option<PreviousEntry>,
    /// What differs from the issue before, in sentences.
    pub differs: Vec<String>,
    /// The files of the issue beside this record, in order of path.
    pub files: Vec<FileEntry>,
    /// What the pack says.
    #[serde(flatten)]
    pub facts: Facts,
}

/// A definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefinitionEntry {
    /// Contract id.
    pub id: String,
    /// Name of its file.
    pub file: String,
    /// Whether the program brings it along.
    pub built_in: bool,
    /// SHA-256 of its text.
    pub sha256: String,
}

/// A file with its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Its path with forward slashes.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// The issue before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousEntry {
    /// Its number.
    pub number: u32,
    /// SHA-256 of its record.
    pub sha256: String,
}

/// What a pack says, as far as issues are compared by it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// Returns for periods up to the pack's, every version.
    pub inputs: Vec<InputEntry>,
    /// Returns due in the pack's period.
    pub submissions: Vec<SubmissionEntry>,
    /// Every rated figure of the pack's period.
    pub figures: Vec<FigureEntry>,
    /// Overall ratings of the pack's period.
    pub overall: Vec<OverallEntry>,
    /// Conditions of the contract in the pack's period.
    pub conditions: Vec<ConditionEntry>,
    /// The log of actions.
    pub actions: Vec<ActionEntry>,
    /// What the officer has on record besides, in words.
    pub on_record: Vec<String>,
}

/// An action of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionEntry {
    /// KPI as the register writes it; empty where it is about none.
    pub kpi: String,
    /// What is done.
    pub action: String,
    /// Whose it is; empty where the register does not say.
    pub owner: String,
    /// By when, as the register writes it.
    pub timescale: String,
    /// How far it is, as the register writes it.
    pub status: String,
    /// The day it was closed.
    pub closed_on: Option<NaiveDate>,
}

/// A version of a return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputEntry {
    /// Form id.
    pub form: String,
    /// Form title.
    pub title: String,
    /// The period's label.
    pub period: String,
    /// Area; `None` is the whole contract.
    pub area: Option<String>,
    /// Path below the workspace.
    pub file: String,
    /// SHA-256 of its bytes, by which a copy is kept among the originals.
    pub sha256: String,
    /// The day it was received.
    pub received: NaiveDate,
}

/// A return due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmissionEntry {
    /// Form id.
    pub form: String,
    /// Form title.
    pub title: String,
    /// The period's label.
    pub period: String,
    /// Area; `None` is the whole contract.
    pub area: Option<String>,
    /// The day it was due.
    pub due: NaiveDate,
    /// The day it was received.
    pub received: Option<NaiveDate>,
    /// Status, as in results.
    pub status: String,
    /// How many queries on it are open: errors and warnings that are not accepted.
    pub open_queries: usize,
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureEntry {
    /// The rulebook's reference.
    pub kpi: String,
    /// Title.
    pub title: String,
    /// Area; `None` is the whole contract.
    pub area: Option<String>,
    /// The period's label.
    pub period: String,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// The exact value as text.
    pub value: Option<String>,
    /// The numerator as exact text.
    pub numerator: Option<String>,
    /// The denominator as exact text.
    pub denominator: Option<String>,
    /// What the value counts in.
    pub unit: Unit,
    /// The value as pages show it.
    pub shown: String,
    /// The target, on a line.
    pub target: Option<String>,
    /// Rating, as in results.
    pub rating: String,
    /// Whether a relief is agreed, so that it is shown and not counted.
    pub relief: bool,
}

/// An overall rating.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverallEntry {
    /// The period's label.
    pub period: String,
    /// Rating, as in results.
    pub rating: String,
}

/// A condition of the contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionEntry {
    /// Its id in the definition.
    pub id: String,
    /// Title.
    pub title: String,
    /// Clause.
    pub clause: String,
    /// The label of the period in which it holds.
    pub period: String,
    /// Status, as in results.
    pub status: String,
}

/// What `pack` of `review` says.
pub fn facts(review: &ProviderReview, pack: &Pack) -> Facts {
    let up_to = review.submissions.iter().filter(|own| own.period.to <= pack.period.to);
    let inputs = up_to.flat_map(|own| {
        own.versions.iter().map(|version| InputEntry {
            form: own.form.clone(),
            title: own.form_title.clone(),
            period: own.period.label(),
            area: own.area.as_ref().map(ToString::to_string),
            file: version.file.to_string(),
            sha256: version.sha256.clone(),
            received: version.received,
        })
    });
    Facts {
        inputs: inputs.collect(),
        submissions: pack.submissions.iter().map(submission).collect(),
        figures: review
            .ratings
            .iter()
            .filter(|own| pack.period.contains(own.period.to))
            .map(figure)
            .collect(),
        overall: pack
            .overall
            .iter()
            .map(|own| OverallEntry { period: own.period.label(), rating: own.rating.id().to_string() })
            .collect(),
        conditions: pack
            .escalations
            .iter()
            .map(|own| ConditionEntry {
                id: own.id.clone(),
                title: own.title.clone(),
                clause: own.clause.clone(),
                period: own.period.label(),
                status: own.status.id().to_string(),
            })
            .collect(),
        actions: pack
            .action_log
            .actions
            .iter()
            .map(|own| ActionEntry {
                kpi: own.row.kpi.clone(),
                action: own.row.action.clone(),
                owner: own.owner.clone(),
                timescale: own.row.timescale.clone(),
                status: own.status.clone(),
                closed_on: own.closed_on,
            })
            .collect(),
        on_record: pack.on_record.notices.iter().map(|notice| notice.words.clone()).collect(),
    }
}

fn submission(own: &Submission) -> SubmissionEntry {
    SubmissionEntry {
        form: own.form.clone(),
        title: own.form_title.clone(),
        period: own.period.label(),
        area: own.area.as_ref().map(ToString::to_string),
        due: own.due,
        received: own.received,
        status: own.status.id().to_string(),
        open_queries: own.findings.iter().filter(|finding| finding.asks()).count(),
    }
}

fn figure(own: &RatedFigure) -> FigureEntry {
    let text = |value: Option<Quantity>| value.map(plain);
    FigureEntry {
        kpi: own.kpi.clone(),
        title: own.title.clone(),
        area: own.area.clone(),
        period: own.period.label(),
        from: own.period.from,
        to: own.period.to,
        value: text(own.value),
        numerator: text(own.numerator),
        denominator: text(own.denominator),
        unit: own.unit,
        shown: own.shown(),
        target: own.target_on_a_line(),
        rating: own.rating.id().to_string(),
        relief: own.relief.is_some(),
    }
}

/// The record as pretty-printed JSON with a line break at the end.
///
/// # Errors
/// When the values cannot be written as JSON, which no value of these types brings about.
pub fn record_json(record: &IssueRecord) -> anyhow::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(record)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The record in `bytes`.
///
/// # Errors
/// They are no record of this shape; in words.
pub fn read_record(bytes: &[u8]) -> Result<IssueRecord, String> {
    #[derive(Deserialize)]
    struct Named {
        format: String,
    }
    match serde_json::from_slice::<Named>(bytes) {
        Ok(named) if named.format != FORMAT => {
            return Err(format!("it is of the shape {}, and this program knows {FORMAT}", named.format));
        }
        _ => {}
    }
    serde_json::from_slice(bytes).map_err(|error| format!("it is no record of an issue: {error}"))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::output::example;
    use crate::output::json_schema::check;

    fn record() -> IssueRecord {
        let results = example::results();
        let review = &results.reviews[0];
        let pack = example::pack();
        let entry = |file: &str| FileEntry { file: file.to_string(), sha256: "0".repeat(64) };
        IssueRecord {
            format: FORMAT.to_string(),
            number: 2,
            contract: review.contract.clone(),
            contract_title: review.contract_title.clone(),
            provider: review.provider.clone(),
            period: pack.period.label(),
            from: pack.period.from,
            to: pack.period.to,
            as_of: pack.as_of,
            issued_on: pack.as_of,
            note: Some("Sent to \"both\" <councils>".to_string()),
            program: "0.1.0".to_string(),
            definition: DefinitionEntry {
                id: review.contract.clone(),
                file: "a.toml".to_string(),
                built_in: true,
                sha256: "0".repeat(64),
            },
            register: Some(entry("register.xlsx")),
            settings: None,
            previous: Some(PreviousEntry { number: 1, sha256: "1".repeat(64) }),
            differs: vec!["KPI 5 was 95% (green) when issued, now 90% (red).".to_string()],
            files: vec![entry("pack.html")],
            facts: facts(review, &pack),
        }
    }

    fn complaints(value: &Value) -> Vec<String> {
        let (schema, mut wrong) = (serde_json::from_str(SCHEMA).unwrap(), Vec::new());
        check(&schema, &schema, value, "", &mut wrong);
        wrong
    }

    fn produced() -> Value {
        serde_json::from_slice(&record_json(&record()).unwrap()).unwrap()
    }

    #[test]
    fn what_is_written_follows_the_schema_and_reads_back() {
        assert_eq!(complaints(&produced()), Vec::<String>::new());
        assert_eq!(read_record(&record_json(&record()).unwrap()).unwrap(), record());
        for list in ["inputs", "submissions", "figures", "conditions"] {
            assert!(!produced()[list].as_array().unwrap().is_empty(), "{list}");
        }
        let empty = IssueRecord { register: None, previous: None, note: None, ..record() };
        let empty = serde_json::from_slice(&record_json(&empty).unwrap()).unwrap();
        assert_eq!(complaints(&empty), Vec::<String>::new());
    }

    #[test]
    fn the_schema_refuses_what_is_wrong() {
        for (pointer, wrong) in [
            ("/format", Value::from("quarterday.issue/2")),
            ("/number", Value::from("1")),
            ("/figures/0/value", Value::from(0.95)),
            ("/figures/0/rating", Value::from("Green")),
            ("/submissions/0/status", Value::from("On time")),
            ("/issued_on", Value::from("20 January 2026")),
            ("/files/0", serde_json::json!({ "file": "pack.html" })),
            ("/definition", Value::Null),
        ] {
            let mut value = produced();
            *value.pointer_mut(pointer).unwrap() = wrong;
            assert!(!complaints(&value).is_empty(), "{pointer}");
        }
    }

    #[test]
    fn a_record_of_another_shape_is_named_as_such() {
        for (text, why) in [
            ("{\"format\": \"quarterday.issue/2\"}", "the shape quarterday.issue/2, and this program knows"),
            ("{\"format\": \"quarterday.issue/1\"}", "it is no record of an issue"),
            ("half", "it is no record of an issue"),
        ] {
            let told = read_record(text.as_bytes()).unwrap_err();
            assert!(told.contains(why), "{told}");
        }
    }

    #[test]
    fn figures_are_exact_text() {
        let record = record();
        let near = record.facts.figures.iter().find(|own| own.kpi == "6" && own.area.is_none()).unwrap();
        assert_eq!(near.value.as_deref(), Some("0.89996"));
    }
}
