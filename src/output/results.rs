//! `results.json`: everything a run has to say, for other programs.
//!
//! The shape is `quarterday.results/1`, documented in `templates/schemas/results.schema.json`; a change of
//! shape changes that name. Dates are ISO and inclusive, shares are fractions of 1.

use std::borrow::Cow;
use std::io::Write;

use chrono::NaiveDate;
use rust_decimal::prelude::ToPrimitive;
use serde::{Serialize, Serializer};

use crate::domain::escalation::{Escalation, EscalationStatus, Evidence};
use crate::domain::finding::{Finding, Severity};
use crate::domain::place::{CellAddress, CellRef};
use crate::domain::quantity::{Quantity, Unit, round_without_contradiction};
use crate::domain::rating::Rating;
use crate::domain::submission::{Submission, SubmissionStatus, Version};
use crate::review::{DateLine, OverallRating, ProviderReview, RatedFigure, SubmissionKpi, Unrecognised};

/// The JSON Schema of `results.json`, written beside it.
pub const SCHEMA: &str = include_str!("../../templates/schemas/results.schema.json");

/// The name of the shape.
pub const FORMAT: &str = "quarterday.results/1";

/// Decimal places of a value; 0.9545 is 95.45%.
const PLACES: u32 = 4;

/// What [`write_results`] writes of one review.
///
/// # Errors
///
/// When the values cannot be written as JSON, which no value of these types brings about.
pub fn review_json(review: &ProviderReview) -> anyhow::Result<Vec<u8>> {
    inside(&[[ReviewEntry::of(review)]], "[\n  [\n", "\n  ]\n]")
}

/// Writes `results.json`, pretty-printed JSON with a line break at the end, with these reviews, each of [`review_json`], one after the
/// other: no more than one is in memory.
///
/// # Errors
///
/// A review cannot be had, or `file` not be written.
pub fn write_results<'a>(
    file: &mut dyn Write,
    as_of: NaiveDate,
    reviews: impl Iterator<Item = anyhow::Result<Cow<'a, [u8]>>>,
    unrecognised: &[Unrecognised],
) -> anyhow::Result<()> {
    let head = Head { format: FORMAT, as_of, program: env!("CARGO_PKG_VERSION") };
    file.write_all(&inside(&head, "", "\n}")?)?;
    file.write_all(b",\n  \"reviews\": [")?;
    let mut any = false;
    for review in reviews {
        file.write_all(if any { b",\n" } else { b"\n" })?;
        file.write_all(&review?)?;
        any = true;
    }
    file.write_all(if any { b"\n  ]" } else { b"]" })?;
    file.write_all(b",\n  \"unrecognised\": ")?;
    let unrecognised: Vec<UnrecognisedEntry<'_>> = unrecognised
        .iter()
        .map(|file| UnrecognisedEntry { file: &file.file, reason: &file.reason })
        .collect();
    file.write_all(&inside(&[unrecognised], "[\n  ", "\n]")?)?;
    file.write_all(b"\n}\n")?;
    Ok(())
}

/// A value as pretty-printed JSON without what stands around it.
fn inside(value: &impl Serialize, before: &str, after: &str) -> anyhow::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.truncate(bytes.len().saturating_sub(after.len()));
    bytes.drain(..before.len().min(bytes.len()));
    Ok(bytes)
}

/// The figure's value as it stands in results: four decimal places, never across a threshold.
pub fn rounded_value(figure: &RatedFigure) -> Option<Quantity> {
    Some(round_without_contradiction(figure.value?, PLACES, &figure.thresholds).normalize())
}

/// What qualifies the figure, in one text; `None` when nothing does.
pub fn note(figure: &RatedFigure) -> Option<String> {
    let parts: Vec<&str> = figure.notes.iter().chain(&figure.relief).map(String::as_str).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// A number: whole ones without a decimal point.
struct Number(Quantity);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.to_i64() {
            Some(whole) if self.0.is_integer() => serializer.serialize_i64(whole),
            _ => serializer.serialize_f64(self.0.to_f64().unwrap_or(f64::NAN)),
        }
    }
}

#[derive(Serialize)]
struct Head {
    format: &'static str,
    as_of: NaiveDate,
    program: &'static str,
}

#[derive(Serialize)]
struct UnrecognisedEntry<'a> {
    file: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
struct ReviewEntry<'a> {
    contract: &'a str,
    provider: &'a str,
    submissions: Vec<SubmissionEntry<'a>>,
    ratings: Vec<RatingEntry<'a>>,
    overall: Vec<OverallEntry>,
    submission_kpis: Vec<SubmissionKpiEntry<'a>>,
    escalations: Vec<EscalationEntry<'a>>,
    dates: Vec<DateEntry<'a>>,
}

impl<'a> ReviewEntry<'a> {
    fn of(review: &'a ProviderReview) -> Self {
        Self {
            contract: &review.contract,
            provider: &review.provider,
            submissions: review.submissions.iter().map(SubmissionEntry::of).collect(),
            ratings: review.ratings.iter().map(RatingEntry::of).collect(),
            overall: review.overall.iter().map(OverallEntry::of).collect(),
            submission_kpis: review.submission_kpis.iter().map(SubmissionKpiEntry::of).collect(),
            escalations: review.escalations.iter().map(EscalationEntry::of).collect(),
            dates: review.dates.iter().map(DateEntry::of).collect(),
        }
    }
}

#[derive(Serialize)]
struct OverallEntry {
    period: String,
    from: NaiveDate,
    to: NaiveDate,
    rating: &'static str,
}

impl OverallEntry {
    fn of(overall: &OverallRating) -> Self {
        let OverallRating { period, rating, .. } = overall;
        Self { period: period.label(), from: period.from, to: period.to, rating: rating.id() }
    }
}

#[derive(Serialize)]
struct SubmissionEntry<'a> {
    form: &'a str,
    period: String,
    from: NaiveDate,
    to: NaiveDate,
    area: Option<&'a str>,
    due: NaiveDate,
    received: Option<NaiveDate>,
    status: SubmissionStatus,
    versions: Vec<VersionEntry<'a>>,
    accurate: Option<bool>,
    findings: Vec<FindingEntry<'a>>,
}

impl<'a> SubmissionEntry<'a> {
    fn of(submission: &'a Submission) -> Self {
        Self {
            form: &submission.form,
            period: submission.period.label(),
            from: submission.period.from,
            to: submission.period.to,
            area: submission.area.as_deref(),
            due: submission.due,
            received: submission.received,
            status: submission.status,
            versions: submission.versions.iter().map(VersionEntry::of).collect(),
            accurate: submission.accurate,
            findings: submission.evidence().map(FindingEntry::of).collect(),
        }
    }
}

#[derive(Serialize)]
struct VersionEntry<'a> {
    file: &'a str,
    sha256: &'a str,
    received: NaiveDate,
}

impl<'a> VersionEntry<'a> {
    fn of(version: &'a Version) -> Self {
        Self { file: &version.file, sha256: &version.sha256, received: version.received }
    }
}

/// A finding, as it stands in every output for other programs.
#[derive(Serialize)]
pub(super) struct FindingEntry<'a> {
    code: &'static str,
    severity: Severity,
    file: &'a str,
    sheet: Option<&'a str>,
    cell: Option<CellAddress>,
    message: String,
    help: &'a str,
}

impl<'a> FindingEntry<'a> {
    pub(super) fn of(finding: &'a Finding) -> Self {
        Self {
            code: finding.kind.code,
            severity: finding.kind.severity,
            file: &finding.file,
            sheet: finding.sheet.as_deref(),
            cell: finding.cell,
            message: match &finding.accepted {
                Some(reason) => format!("{} (accepted: {reason})", finding.message),
                None => finding.message.clone(),
            },
            help: &finding.help,
        }
    }
}

/// A rating, as it stands in every output for other programs.
#[derive(Serialize)]
pub(super) struct RatingEntry<'a> {
    kpi: &'a str,
    title: &'a str,
    area: Option<&'a str>,
    period: String,
    from: NaiveDate,
    to: NaiveDate,
    value: Option<Number>,
    numerator: Option<Number>,
    denominator: Option<Number>,
    unit: Unit,
    target: Option<String>,
    rating: Rating,
    clause: &'a str,
    note: Option<String>,
    cells: &'a [CellRef],
}

impl<'a> RatingEntry<'a> {
    pub(super) fn of(figure: &'a RatedFigure) -> Self {
        Self {
            kpi: &figure.kpi,
            title: &figure.title,
            area: figure.area.as_deref(),
            period: figure.period.label(),
            from: figure.period.from,
            to: figure.period.to,
            value: rounded_value(figure).map(Number),
            numerator: figure.numerator.map(Number),
            denominator: figure.denominator.map(Number),
            unit: figure.unit,
            target: figure.target_on_a_line(),
            rating: figure.rating,
            clause: &figure.clause,
            note: note(figure),
            cells: &figure.cells,
        }
    }
}

#[derive(Serialize)]
struct SubmissionKpiEntry<'a> {
    id: &'a str,
    from: NaiveDate,
    to: NaiveDate,
    due: u32,
    met: u32,
    value: Option<Number>,
    target: Option<Number>,
    rating: Rating,
}

impl<'a> SubmissionKpiEntry<'a> {
    fn of(kpi: &'a SubmissionKpi) -> Self {
        let bounds: Vec<Quantity> = kpi.target.into_iter().collect();
        let rounded = |value| round_without_contradiction(value, PLACES, &bounds);
        Self {
            id: &kpi.id,
            from: kpi.from,
            to: kpi.to,
            due: kpi.due,
            met: kpi.met,
            value: kpi.value.map(|value| Number(rounded(value))),
            target: kpi.target.map(Number),
            rating: kpi.rating,
        }
    }
}

#[derive(Serialize)]
struct EscalationEntry<'a> {
    id: &'a str,
    clause: &'a str,
    status: EscalationStatus,
    period: String,
    from: NaiveDate,
    to: NaiveDate,
    distance: Option<&'a str>,
    evidence: Vec<String>,
    action: &'a str,
    by: Option<NaiveDate>,
}

impl<'a> EscalationEntry<'a> {
    fn of(escalation: &'a Escalation) -> Self {
        Self {
            id: &escalation.id,
            clause: &escalation.clause,
            status: escalation.status,
            period: escalation.period.label(),
            from: escalation.period.from,
            to: escalation.period.to,
            distance: escalation.distance.as_deref(),
            evidence: escalation.evidence.iter().map(evidence_in_words).collect(),
            action: &escalation.action,
            by: escalation.by,
        }
    }
}

/// The sentence with its cells behind it in brackets.
pub fn evidence_in_words(evidence: &Evidence) -> String {
    if evidence.cells.is_empty() {
        return evidence.text.clone();
    }
    let cells: Vec<String> = evidence.cells.iter().map(CellRef::to_string).collect();
    format!("{} ({})", evidence.text, cells.join("; "))
}

#[derive(Serialize)]
struct DateEntry<'a> {
    date: NaiveDate,
    what: &'a str,
    clause: &'a str,
}

impl<'a> DateEntry<'a> {
    fn of(line: &'a DateLine) -> Self {
        Self { date: line.date, what: &line.what, clause: &line.clause }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::output::example;
    use crate::output::json_schema::check;
    use crate::review::Results;

    fn results_json(results: &Results) -> anyhow::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let entries: Vec<Vec<u8>> = results.reviews.iter().map(review_json).collect::<anyhow::Result<_>>()?;
        let entries = entries.iter().map(|entry| Ok(Cow::Borrowed(entry.as_slice())));
        write_results(&mut bytes, results.as_of, entries, &results.unrecognised)?;
        Ok(bytes)
    }

    fn produced() -> Value {
        serde_json::from_slice(&results_json(&example::results()).unwrap()).unwrap()
    }

    fn schema() -> Value {
        serde_json::from_str(SCHEMA).unwrap()
    }

    fn complaints(value: &Value) -> Vec<String> {
        let (schema, mut wrong) = (schema(), Vec::new());
        check(&schema, &schema, value, "", &mut wrong);
        wrong
    }

    #[test]
    fn what_is_written_follows_the_schema() {
        assert_eq!(complaints(&produced()), Vec::<String>::new());
    }

    #[test]
    fn the_schema_refuses_what_is_wrong() {
        for (pointer, wrong) in [
            ("/format", Value::from("quarterday.results/2")),
            ("/reviews/0/ratings/0/rating", Value::from("Green")),
            ("/reviews/0/ratings/0/from", Value::from("1 September 2025")),
            ("/reviews/0/ratings/0/value", Value::from("0.95")),
            ("/reviews/0/submissions/0/due", Value::Null),
            ("/reviews/0/overall", Value::Null),
            ("/reviews/0/dates/0", serde_json::json!({ "date": "2026-02-14", "what": "a" })),
        ] {
            let mut value = produced();
            *value.pointer_mut(pointer).unwrap() = wrong;
            assert!(!complaints(&value).is_empty(), "{pointer}");
        }
    }

    #[test]
    fn values_are_rounded_but_never_over_their_target() {
        let value = produced();
        let ratings = value["reviews"][0]["ratings"].as_array().unwrap();
        let of = |kpi: &str, area: Option<&str>| {
            ratings.iter().find(|rating| rating["kpi"] == kpi && rating["area"].as_str() == area).unwrap()
        };
        let east = of("5", Some("Cheshire East"));
        assert_eq!(east["value"].to_string(), "0.9545");
        assert_eq!(
            (east["numerator"].to_string(), east["denominator"].to_string()),
            ("21".into(), "22".into())
        );
        let near = of("6", None);
        assert_eq!(near["value"].to_string(), "0.8999", "0.89996 against 90%");
        assert_eq!(of("1", None)["value"].to_string(), "2");
        assert_eq!(of("10", None)["value"], Value::Null);
        assert_eq!(of("10", None)["note"], Value::Null);
        assert_eq!(near["note"], "Counted in calendar days. Relief: the referral system was down.");
    }

    #[test]
    fn numbers_are_whole_or_decimal() {
        for (quantity, json) in
            [("22", "22"), ("22.0", "22"), ("0.5", "0.5"), ("-3", "-3"), ("12.25", "12.25")]
        {
            assert_eq!(serde_json::to_string(&Number(quantity.parse().unwrap())).unwrap(), json);
        }
    }

    #[test]
    fn accepted_findings_say_so_and_evidence_names_its_cells() {
        let value = produced();
        let findings = value["reviews"][0]["submissions"][0]["findings"].as_array().unwrap();
        assert!(findings.iter().any(|finding| {
            finding["message"].as_str().unwrap().ends_with(" (accepted: agreed at the June meeting)")
        }));
        assert!(findings.iter().any(|finding| finding["cell"].is_null() && finding["sheet"].is_null()));
        let evidence = value["reviews"][0]["escalations"][0]["evidence"][0].as_str().unwrap();
        assert!(evidence.ends_with("sheet “KPIs”, cell F8)"), "{evidence}");
    }

    #[test]
    fn keys_stand_in_the_documented_order_and_a_line_break_ends_the_file() {
        let text = String::from_utf8(results_json(&example::results()).unwrap()).unwrap();
        let place = |key: &str| text.find(&format!("\"{key}\"")).unwrap();
        for pair in
            ["format", "as_of", "program", "reviews", "submissions", "ratings", "overall", "dates"].windows(2)
        {
            assert!(place(pair[0]) < place(pair[1]), "{pair:?}");
        }
        assert!(text.ends_with("}\n"));
        assert_eq!(text.as_bytes(), results_json(&example::results()).unwrap());
    }
}
