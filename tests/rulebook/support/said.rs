//! What a run said about the one provider, with lookups that fail loudly.

use quarterday::domain::escalation::{Escalation, EscalationStatus};
use quarterday::domain::finding::Finding;
use quarterday::domain::rating::Rating;
use quarterday::domain::submission::Submission;
use quarterday::review::{ProviderReview, RatedFigure, Results, SubmissionKpi};

pub struct Said {
    pub results: Results,
}

impl Said {
    pub fn new(results: Results) -> Self {
        Self { results }
    }

    pub fn review(&self) -> &ProviderReview {
        assert_eq!(self.results.reviews.len(), 1);
        &self.results.reviews[0]
    }

    /// The rating of a KPI in the newest period that has one; `None` is both councils together.
    pub fn rated(&self, kpi: u32, area: Option<&str>) -> &RatedFigure {
        let own = |figure: &&RatedFigure| figure.kpi == kpi.to_string() && figure.area.as_deref() == area;
        self.review().ratings.iter().rfind(own).unwrap_or_else(|| {
            panic!("KPI {kpi} {area:?} has no rating; unrecognised: {:?}", self.results.unrecognised)
        })
    }

    pub fn rating(&self, kpi: u32, area: Option<&str>) -> Rating {
        self.rated(kpi, area).rating
    }

    /// `19/20` of a KPI.
    pub fn parts(&self, kpi: u32, area: Option<&str>) -> String {
        let figure = self.rated(kpi, area);
        match (figure.numerator, figure.denominator) {
            (Some(numerator), Some(denominator)) => {
                format!("{}/{}", numerator.normalize(), denominator.normalize())
            }
            _ => "none".to_string(),
        }
    }

    /// The submission of a form for the period that starts on this day.
    pub fn submission(&self, form: &str, from: &str, area: Option<&str>) -> &Submission {
        self.review()
            .submissions
            .iter()
            .find(|own| {
                own.form == form && own.period.from.to_string() == from && own.area.as_deref() == area
            })
            .unwrap_or_else(|| panic!("no {form} from {from} for {area:?}"))
    }

    pub fn kpi_return(&self, from: &str) -> &Submission {
        self.submission("quarterly-kpi", from, None)
    }

    pub fn monthly(&self, from: &str) -> &Submission {
        self.submission("monthly-information", from, None)
    }

    /// Every finding of every submission.
    pub fn findings(&self) -> Vec<String> {
        self.review().submissions.iter().flat_map(|own| own.findings.iter()).map(brief).collect()
    }

    /// Findings of a kind: sheet, cell.
    pub fn found(&self, code: &str) -> Vec<(String, String)> {
        self.review()
            .submissions
            .iter()
            .flat_map(|own| &own.findings)
            .filter(|finding| finding.kind.code == code)
            .map(place)
            .collect()
    }

    /// The statuses of an escalation by the label of its period.
    pub fn escalated(&self, id: &str) -> Vec<(String, &'static str)> {
        self.escalations(id).into_iter().map(|own| (own.period.label(), status(own.status))).collect()
    }

    pub fn escalations(&self, id: &str) -> Vec<&Escalation> {
        self.review().escalations.iter().filter(|own| own.id == id).collect()
    }

    /// Timeliness or accuracy of the window between these days.
    pub fn window(&self, id: &str, from: &str, to: &str) -> &SubmissionKpi {
        self.review()
            .submission_kpis
            .iter()
            .find(|own| own.id == id && own.from.to_string() == from && own.to.to_string() == to)
            .unwrap_or_else(|| panic!("no {id} from {from} to {to}"))
    }

    pub fn unrecognised(&self) -> Vec<&str> {
        self.results.unrecognised.iter().map(|file| file.file.as_str()).collect()
    }
}

fn status(status: EscalationStatus) -> &'static str {
    match status {
        EscalationStatus::Triggered => "triggered",
        EscalationStatus::Watch => "watch",
    }
}

/// `code sheet cell: message`.
pub fn brief(finding: &Finding) -> String {
    let (sheet, cell) = place(finding);
    format!("{} {sheet} {cell}: {}", finding.kind.code, finding.message)
}

/// Sheet and cell; empty where it concerns none.
pub fn place(finding: &Finding) -> (String, String) {
    (
        finding.sheet.as_ref().map(ToString::to_string).unwrap_or_default(),
        finding.cell.map(|cell| cell.to_string()).unwrap_or_default(),
    )
}

/// Pairs of text, as `found` gives them.
pub fn at(places: &[(&str, &str)]) -> Vec<(String, String)> {
    places.iter().map(|(sheet, cell)| ((*sheet).to_string(), (*cell).to_string())).collect()
}

/// Escalations as `escalated` gives them.
pub fn periods(expected: &[(&str, &'static str)]) -> Vec<(String, &'static str)> {
    expected.iter().map(|(label, status)| ((*label).to_string(), *status)).collect()
}
