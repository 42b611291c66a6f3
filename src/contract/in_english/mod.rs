//! A contract in plain English, clause by clause: what is asked, when it is due, how it is rated and what follows.

mod dates;
mod escalations;
mod forms;
mod kpis;
mod pack;

pub use dates::{Due, next_due};
pub use escalations::conditions;

use chrono::NaiveDate;

use super::Contract;
use super::meant::{CriterionOf, ReportSection, Side, SubmissionKpiId};
use crate::domain::period::{Frequency, Period, long_date};
use crate::domain::quantity::{Unit, plain, show};
use crate::domain::text::{lower, number_of};

/// A part of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passage {
    /// A heading.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// An item of a list, indented by its level, from 0.
    Item(usize, String),
}

/// The whole contract in words; `None` of the dates that come next, which [`next_due`] gives.
pub fn describe(contract: &Contract) -> Vec<Passage> {
    let mut text = Writer::default();
    parties(contract, &mut text);
    forms::describe(contract, &mut text);
    kpis::describe(contract, &mut text);
    overall(contract, &mut text);
    submission(contract, &mut text);
    forms::checks(contract, &mut text);
    notifications(contract, &mut text);
    meetings(contract, &mut text);
    pack::describe(contract, &mut text);
    escalations::describe(contract, &mut text);
    report(contract, &mut text);
    readings(contract, &mut text);
    text.passages
}

#[derive(Default)]
struct Writer {
    passages: Vec<Passage>,
}

impl Writer {
    fn heading(&mut self, text: impl Into<String>) {
        self.passages.push(Passage::Heading(text.into()));
    }

    fn paragraph(&mut self, text: impl Into<String>) {
        self.passages.push(Passage::Paragraph(text.into()));
    }

    fn item(&mut self, level: usize, text: impl Into<String>) {
        self.passages.push(Passage::Item(level, text.into()));
    }

    /// How an open point is read, where it is said.
    fn reading(&mut self, level: usize, reading: Option<&String>) {
        if let Some(reading) = reading {
            self.item(level, format!("How it is read: {reading}"));
        }
    }
}

fn parties(contract: &Contract, text: &mut Writer) {
    text.heading(format!("{} ({})", contract.title, contract.id));
    text.item(0, format!("Councils: {}.", contract.councils.join("; ")));
    let mut dates = format!("It starts on {}", long_date(contract.start));
    if let Some(award) = contract.award {
        dates.push_str(&format!(", was awarded on {}", long_date(award)));
    }
    match contract.end {
        Some(end) => dates.push_str(&format!(" and ends on {}", long_date(end))),
        None => dates.push_str("; no end is given"),
    }
    text.item(0, format!("{dates}. A provider's own start and end stand in the register."));
    let year = Period::containing(contract.start, Frequency::Year, contract.year_starts);
    text.item(
        0,
        format!(
            "Its year starts on 1 {}. Performance is reviewed {}.",
            year.from.format("%B"),
            how_often(contract.review_every)
        ),
    );
    if !contract.areas.is_empty() {
        let names: Vec<&str> = contract.areas.iter().map(|area| area.name.as_str()).collect();
        text.item(0, format!("Figures are told apart for: {}.", names.join("; ")));
    }
    for parameter in &contract.parameters {
        let values: Vec<String> = parameter
            .values
            .all()
            .map(|(from, value)| format!("{value}{}", from_words(from.or(Some(contract.start)))))
            .collect();
        text.item(0, format!("{} (clause {}): {}.", parameter.title, parameter.clause, values.join("; ")));
        text.reading(1, parameter.reading.as_ref());
    }
}

fn overall(contract: &Contract, text: &mut Writer) {
    let Some(overall) = &contract.overall else { return };
    text.heading(format!("The overall rating (clause {})", overall.clause));
    text.item(
        0,
        "The median of the period's ratings, the worse of the two middle ones for an even number; stretch counts as green. KPIs \
         without activity and KPIs with relief are left out.",
    );
    text.reading(0, overall.reading.as_ref());
}

fn submission(contract: &Contract, text: &mut Writer) {
    if contract.submission_kpis.is_empty() {
        return;
    }
    text.heading("Data submission");
    for kpi in &contract.submission_kpis {
        let measure = match kpi.id {
            SubmissionKpiId::Timeliness => "returns received by their due date, of those due",
            SubmissionKpiId::Accuracy => {
                "returns without an error in their first usable version, of those received"
            }
        };
        let targets: Vec<String> = kpi
            .targets
            .all()
            .map(|(from, target)| {
                let target = match target {
                    Some(target) => format!("at least {}", show(*target, Unit::Percent, &[])),
                    None => "no target is set, so that it is shown and not rated".to_string(),
                };
                format!("{target}{}", from_words(from))
            })
            .collect();
        text.item(0, format!("{} (clause {}): {measure}; {}.", kpi.title, kpi.clause, targets.join(", ")));
    }
}

fn notifications(contract: &Contract, text: &mut Writer) {
    if contract.notifications.is_empty() {
        return;
    }
    text.heading("Events the provider notifies");
    for event in &contract.notifications {
        text.item(0, format!("{} (clause {}): {}.", event.kind, event.clause, event.notify.describe()));
    }
}

fn meetings(contract: &Contract, text: &mut Writer) {
    let Some(meeting) = &contract.meeting else { return };
    text.heading(format!("Review meetings (clause {})", meeting.clause));
    if let Some(form) = meeting.after_form.as_ref().and_then(|form| contract.form(form)) {
        text.item(
            0,
            format!(
                "Held {}, on the first working day on or after {} days from the due date of “{}”, or on another day agreed.",
                how_often(contract.review_every),
                meeting.days_after,
                form.title
            ),
        );
    }
    if let Some(counted) = &meeting.counted {
        let annual = counted
            .annual
            .as_ref()
            .map(|annual| format!("; the one that ends a year of twelve months is the “{annual}”"))
            .unwrap_or_default();
        text.item(
            0,
            format!(
                "Held every {} months from the start of the contract with the provider, on the first working day on or after that \
                 day{annual}.",
                counted.months
            ),
        );
    }
    text.reading(0, meeting.reading.as_ref());
    for before in &meeting.before {
        let days = if before.days == 1 { "1 day".to_string() } else { format!("{} days", before.days) };
        text.item(0, format!("{days} before (clause {}): {}.", before.clause, lower(&before.what)));
    }
    for own in &meeting.attendees {
        let side = match own.of {
            Side::Council => "for the council",
            Side::Provider => "for the other side",
        };
        text.item(0, format!("Attends {side} (clause {}): {}.", own.clause, own.role));
    }
    if let Some(minutes) = &meeting.minutes {
        if let Some(days) = minutes.send_within_working_days {
            text.item(
                0,
                format!(
                    "The draft minutes are sent within {} of the meeting (clause {}).",
                    number_of(days as usize, "working day", "working days"),
                    minutes.clause
                ),
            );
        }
        text.item(
            0,
            format!(
                "Minutes (clause {}): the provider has {} working days from the day the draft was sent; silence is agreement.",
                minutes.clause, minutes.working_days
            ),
        );
    }
    if let Some(more) = &meeting.more_often {
        text.item(
            0,
            format!(
                "Once the register records “{}” they are held {} (clause {}).",
                more.notice,
                how_often(more.every),
                more.clause
            ),
        );
    }
    pack::agenda(contract, &meeting.agenda, text);
}

fn report(contract: &Contract, text: &mut Writer) {
    if let Some(priorities) = &contract.priorities {
        text.heading(format!("{} (clause {})", priorities.title, priorities.clause));
        text.item(0, "Providers are ranked by the sum of the register's scores, each with its weight:");
        for criterion in &priorities.criteria {
            text.item(
                1,
                format!(
                    "{}, weight {} ({})",
                    criterion.title,
                    plain(criterion.weight),
                    match &criterion.of {
                        CriterionOf::Column(column) => format!("column {column}"),
                        CriterionOf::EndsWithin { months, score } => {
                            format!("{} where the contract ends within {months} months", plain(*score))
                        }
                        CriterionOf::Audited { months, score } => format!(
                            "{} where it was audited in the last {months} months or an audit is on the timetable",
                            plain(*score)
                        ),
                    }
                ),
            );
        }
        text.reading(0, priorities.reading.as_ref());
    }
    benchmark(contract, text);
    let Some(report) = &contract.report else { return };
    text.heading("The report across providers");
    let sections: Vec<&str> = report
        .sections
        .iter()
        .map(|section| match section {
            ReportSection::Compliance => "who meets what",
            ReportSection::Priorities => "providers ranked by weighted scores",
            ReportSection::Benchmark => "providers compared by their KPIs",
            ReportSection::Alerts => "alerts with their review dates",
            ReportSection::Notifications => "events notified and when",
            ReportSection::Boroughs => "the same borough by borough",
            ReportSection::Profiles => "scores of every area",
            ReportSection::Themes => "the areas that score lowest",
            ReportSection::Movement => "how those reviewed again moved",
            ReportSection::ForwardPlan => "reviews to come",
        })
        .collect();
    text.item(0, format!("{}: {}.", report.title, and(&sections)));
}

fn benchmark(contract: &Contract, text: &mut Writer) {
    let Some(benchmark) = &contract.benchmark else { return };
    text.heading(format!("The market benchmark (clause {})", benchmark.clause));
    text.item(
        0,
        format!(
            "Each KPI that is a figure is compared across the providers, period by period: median, quartiles and rank, where at least \
             {} figures can be compared. Figures for a part of the period, figures that cannot be used and figures with an open error \
             are left out and named as such.",
            benchmark.at_least
        ),
    );
    text.item(
        0,
        "The council sees every provider by name; a provider sees its own place and no other provider's.",
    );
    for kpi in contract.kpis.iter().filter(|kpi| kpi.unit != Unit::Answer && kpi.rules.is_empty()) {
        let which = match kpi.better {
            Some(better) => better.words(),
            None => "ranked from the highest, neither end being the better",
        };
        text.item(1, format!("KPI {}: {which}.", kpi.reference));
    }
    text.reading(0, benchmark.reading.as_ref());
}

fn readings(contract: &Contract, text: &mut Writer) {
    if contract.readings.is_empty() {
        return;
    }
    text.heading("How open points are read");
    for reading in &contract.readings {
        text.item(0, reading.clone());
    }
}

/// ` from 1 January 2023`; nothing for the beginning.
fn from_words(from: Option<NaiveDate>) -> String {
    from.map(|from| format!(" from {}", long_date(from))).unwrap_or_default()
}

/// `monthly`, `quarterly`, `six-monthly`, `every year`.
fn how_often(every: Frequency) -> &'static str {
    match every {
        Frequency::Year => "every year",
        Frequency::Month | Frequency::Quarter | Frequency::HalfYear => every.adverb(),
    }
}

/// `a`, `a and b`, `a, b and c`.
fn and<T: AsRef<str>>(items: &[T]) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match items.split_last() {
        Some((last, [])) => (*last).to_string(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}
