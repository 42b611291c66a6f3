//! From a definition as written to what it means: references resolved, bounds checked, every fault with its place.

mod checks;
mod escalations;
mod forms;
mod kpis;
mod pack;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use toml::Spanned;
use toml::value::Datetime;

use super::meant::{
    Area, Benchmark, Contract, CountedMeetings, Criterion, CriterionOf, Dated, Form, Kpi, Meeting, MoreOften,
    Notification, Overall, Paper, Parameter, Priorities, Report, Source, SubmissionKpi, TablePath,
};
use super::toml_errors::DefinitionError;
use super::written;
use crate::domain::text::nearest;
use crate::rules::benchmark::{AT_LEAST, FEWEST};

struct Reading<'a> {
    file: &'a str,
    text: &'a str,
    faults: Vec<DefinitionError>,
}

impl Reading<'_> {
    fn fault<T>(&mut self, at: &Spanned<T>, message: String, help: Option<String>) {
        self.faults.push(DefinitionError::at(self.file, self.text, at.span(), message, help));
    }

    fn unknown<'n>(
        &mut self,
        at: &Spanned<String>,
        what: &str,
        known: impl Iterator<Item = &'n str> + Clone,
    ) {
        let name = at.get_ref();
        let list = known.clone().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let help = match nearest(name, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known here: {list}"),
        };
        self.fault(at, format!("there is no {what} `{name}`"), Some(help));
    }

    fn date(&mut self, at: &Spanned<Datetime>) -> NaiveDate {
        let value = at.get_ref();
        let day = value.date.filter(|_| value.time.is_none()).and_then(|date| {
            NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
        });
        if day.is_none() {
            self.fault(at, "this is no date".into(), Some("write a date such as 2024-09-01".into()));
        }
        day.unwrap_or_default()
    }

    fn table_path(&mut self, at: &Spanned<String>, forms: &[Form]) -> TablePath {
        let paths: Vec<String> = forms
            .iter()
            .flat_map(|form| form.tables.iter().map(move |table| format!("{}/{}", form.id, table.id)))
            .collect();
        if !paths.contains(at.get_ref()) {
            self.unknown(at, "table", paths.iter().map(String::as_str));
        }
        let (form, table) = at.get_ref().split_once('/').unwrap_or((at.get_ref(), ""));
        TablePath { form: form.into(), table: table.into() }
    }

    fn distinct<'n>(&mut self, ids: impl Iterator<Item = &'n Spanned<String>>, what: &str) {
        let mut seen = BTreeSet::new();
        for id in ids {
            if !seen.insert(id.get_ref().as_str()) {
                self.fault(id, format!("the {what} `{}` stands here twice", id.get_ref()), None);
            }
        }
    }
}

/// Makes of a definition as written what it means.
///
/// # Errors
/// Every reference that leads nowhere and every value out of bounds, with its place.
pub(super) fn understand(
    file: &str,
    text: &str,
    written: written::Contract,
) -> Result<Contract, DefinitionError> {
    let mut reading = Reading { file, text, faults: Vec::new() };
    reading.distinct(written.forms.iter().map(|form| &form.id), "form");
    reading.distinct(written.kpis.iter().map(|kpi| &kpi.reference), "KPI");
    reading.distinct(written.parameters.iter().map(|parameter| &parameter.id), "parameter");
    reading.distinct(written.papers.iter().map(|paper| &paper.id), "paper");
    reading.distinct(written.escalations.iter().map(|escalation| &escalation.id), "escalation");
    let start = reading.date(&written.start);
    let award = written.award.as_ref().map(|date| reading.date(date));
    let end = written.end.as_ref().map(|date| reading.date(date));
    if let (Some(end), Some(at)) = (end, &written.end)
        && end < start
    {
        reading.fault(at, "the contract ends before it starts".into(), None);
    }
    let areas: Vec<Area> =
        written.areas.into_iter().map(|area| Area { name: area.name, aliases: area.aliases }).collect();
    let parameters: Vec<Parameter> =
        written.parameters.into_iter().map(|parameter| parameter_of(&mut reading, parameter)).collect();
    let forms: Vec<Form> = written
        .forms
        .into_iter()
        .map(|form| forms::form(&mut reading, form, &areas, written.year_starts as u32))
        .collect();
    let kpis: Vec<Kpi> =
        written.kpis.into_iter().map(|kpi| kpis::kpi(&mut reading, kpi, &forms, &parameters)).collect();
    let checks = written
        .checks
        .into_iter()
        .filter_map(|check| checks::check(&mut reading, check, &forms, &kpis))
        .collect();
    let meeting = written.meeting.map(|meeting| meeting_of(&mut reading, meeting, &forms));
    let pack_per_area = pack::per_area(&mut reading, &written.pack, &areas);
    let committee = pack::committee(&mut reading, written.committee, &kpis);
    let benchmark = written.benchmark.map(|own| benchmark_of(&mut reading, own));
    let escalations = escalations::escalations(&mut reading, written.escalations, &forms);
    let papers = written
        .papers
        .into_iter()
        .map(|paper| {
            for id in &paper.escalations {
                if !escalations.iter().any(|own| own.id == *id.get_ref()) {
                    reading.unknown(id, "escalation", escalations.iter().map(|own| own.id.as_str()));
                }
            }
            Paper {
                id: paper.id.into_inner(),
                title: paper.title,
                clause: paper.clause,
                escalations: paper.escalations.into_iter().map(Spanned::into_inner).collect(),
                parts: paper.parts,
            }
        })
        .collect();
    let submission_kpis = written
        .submission_kpis
        .into_iter()
        .map(|kpi| {
            let targets = kpi.variations.iter().fold(
                Dated::always(kpi.target.map(|bound| bound.value)),
                |targets, varied| {
                    targets.and_from(Some(reading.date(&varied.from)), varied.target.map(|bound| bound.value))
                },
            );
            SubmissionKpi { id: kpi.id, title: kpi.title, clause: kpi.clause, targets }
        })
        .collect();
    let priorities = written.priorities.map(|own| Priorities {
        title: own.title,
        clause: own.clause,
        reading: own.reading,
        criteria: own.criteria.into_iter().filter_map(|own| criterion(&mut reading, own)).collect(),
    });
    let contract = Contract {
        id: written.id.into_inner(),
        title: written.title,
        councils: written.councils,
        called: written.called,
        start,
        award,
        end,
        year_starts: written.year_starts as u32,
        review_every: written.review_every,
        readings: written.readings,
        areas,
        parameters,
        overall: written.overall.map(|overall| {
            let written::Overall::Median(settings) = overall;
            Overall { clause: settings.clause, reading: settings.reading }
        }),
        meeting,
        annual_review: written.annual_review.map(pack::annual_review),
        pack_per_area,
        committee,
        notifications: written
            .notifications
            .into_iter()
            .map(|own| Notification { kind: own.kind, clause: own.clause, notify: own.notify })
            .collect(),
        priorities,
        benchmark,
        papers,
        report: written.report.map(|own| Report {
            title: own.title,
            sections: own.sections,
            months: own.months.unwrap_or(12),
            held_at: own.held_at,
        }),
        forms,
        kpis,
        checks,
        submission_kpis,
        escalations,
        source: Source { file: file.into(), text: text.into() },
    };
    DefinitionError::gather(reading.faults)?;
    Ok(contract)
}

/// A criterion of a ranking: a column of the register, or what follows from the contract's dates.
fn criterion(reading: &mut Reading<'_>, own: Spanned<written::WrittenCriterion>) -> Option<Criterion> {
    let criterion = own.get_ref();
    let score = criterion.score.map(|bound| bound.value);
    let of = match (&criterion.column, criterion.ends_within_months, criterion.audited_within_months, score) {
        (Some(column), None, None, None) => CriterionOf::Column(column.clone()),
        (None, Some(months), None, Some(score)) => CriterionOf::EndsWithin { months, score },
        (None, None, Some(months), Some(score)) => CriterionOf::Audited { months, score },
        _ => {
            let help = "name `column`, or `ends-within-months` or `audited-within-months` with the `score` it is worth";
            reading.fault(&own, "it is not clear what the criterion scores".into(), Some(help.into()));
            return None;
        }
    };
    Some(Criterion { of, title: criterion.title.clone(), weight: criterion.weight.value })
}

fn parameter_of(reading: &mut Reading<'_>, parameter: written::Parameter) -> Parameter {
    if parameter.values.get_ref().is_empty() {
        reading.fault(&parameter.values, "a parameter needs a value".into(), None);
    }
    let mut values = Dated::never();
    for own in parameter.values.into_inner() {
        let from = own.from.as_ref().map(|from| reading.date(from));
        values = values.and_from(from, own.value);
    }
    Parameter {
        id: parameter.id.into_inner(),
        title: parameter.title,
        clause: parameter.clause,
        values,
        reading: parameter.reading,
    }
}

fn benchmark_of(reading: &mut Reading<'_>, own: written::Benchmark) -> Benchmark {
    if let Some(at_least) = own.at_least.as_ref().filter(|at_least| *at_least.get_ref() < FEWEST) {
        let message = format!("{} figures are too few for quartiles", at_least.get_ref());
        reading.fault(at_least, message, Some(format!("compare {FEWEST} figures at the least")));
    }
    Benchmark {
        clause: own.clause,
        at_least: own.at_least.map_or(AT_LEAST, Spanned::into_inner),
        reading: own.reading,
    }
}

fn meeting_of(reading: &mut Reading<'_>, meeting: written::Meeting, forms: &[Form]) -> Meeting {
    if let Some(after) = &meeting.after_form
        && !forms.iter().any(|form| form.id == *after.get_ref())
    {
        reading.unknown(after, "form", forms.iter().map(|form| form.id.as_str()));
    }
    let counted = meeting.counted.map(|counted| {
        let own = counted.get_ref();
        if own.months == 0 || (own.annual.is_some() && 12 % own.months != 0) {
            let message = match own.months {
                0 => "meetings are at least a month apart".to_string(),
                months => format!("counted every {months} months, no meeting ends a year of twelve"),
            };
            reading.fault(&counted, message, None);
        }
        if let Some(after) = &meeting.after_form {
            let help = "keep one of `after-form` and `counted`";
            reading.fault(after, "a meeting is proposed in one way".into(), Some(help.into()));
        }
        let own = counted.into_inner();
        CountedMeetings { months: own.months.max(1), annual: own.annual }
    });
    Meeting {
        counted,
        clause: meeting.clause,
        after_form: meeting.after_form.map(Spanned::into_inner),
        days_after: meeting.days_after,
        reading: meeting.reading,
        attendees: meeting.attendees,
        minutes: meeting.minutes,
        more_often: meeting.more_often.map(|own| MoreOften {
            notice: own.notice,
            every: own.every,
            clause: own.clause,
        }),
        before: meeting.before,
        agenda: pack::agenda(reading, meeting.agenda, forms),
    }
}
