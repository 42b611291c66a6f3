//! The contract as a whole: its id, areas, events to be notified, ranking, papers, report, and clauses that are not cited.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Step::{Item, Key};
use super::{About, Desk, Offered, Step, or};
use crate::calendar::due::Due;
use crate::contract::meant::{CriterionOf, Form, Kpi, ReportSection, Stated};
use crate::domain::quantity::{Unit, show};
use crate::domain::text::{fold, nearest};
use crate::rules::benchmark::AT_LEAST;

/// The words in braces a paper may hold.
const PLACEHOLDERS: &[&str] = &["provider", "contract", "period", "by", "clause"];

pub(super) fn scrutinise(desk: &mut Desk<'_>, offered: &Offered) {
    let contract = desk.contract;
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if contract.id.is_empty() || !contract.id.chars().all(plain) {
        desk.fault(
            &[Key("id")],
            &About::contract(),
            format!("The id `{}` names folders and stands in the register.", contract.id),
            "Use lower-case letters, digits and hyphens alone, such as `advocacy-2026`.",
        );
    }
    areas(desk);
    events(desk, offered);
    ranking(desk, offered);
    papers(desk);
    benchmark(desk);
    report(desk);
    submission(desk);
    clauses(desk);
}

fn areas(desk: &mut Desk<'_>) {
    let contract = desk.contract;
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for (index, area) in contract.areas.iter().enumerate() {
        for name in std::iter::once(&area.name).chain(&area.aliases) {
            if let Some(other) = seen.insert(fold(name), &area.name)
                && other != area.name
            {
                desk.fault(
                    &[Key("areas"), Item(index)],
                    &About { what: format!("area {}", area.name), clause: None },
                    format!("“{name}” names the area {other} as well."),
                    "A name belongs to one area: take it from the other.",
                );
            }
        }
    }
}

fn unknown(kind: &str, offered: &[&str]) -> String {
    let near = nearest(kind, offered.iter().copied());
    let near = near.map(|near| format!("Did you mean “{near}”? ")).unwrap_or_default();
    format!("{near}It offers {}.", or(offered))
}

fn events(desk: &mut Desk<'_>, offered: &Offered) {
    let contract = desk.contract;
    for (index, event) in contract.notifications.iter().enumerate() {
        let way = [Key("notifications"), Item(index), Key("kind")];
        let about = About::clause("notifications", &event.clause);
        if !offered.notifications.contains(&event.kind.as_str()) {
            desk.fault(
                &way,
                &about,
                format!(
                    "The register cannot record the event “{}”. {}",
                    event.kind,
                    unknown(&event.kind, &offered.notifications)
                ),
                "Name a kind of event as the register's sheet Notifications offers it.",
            );
        }
        if contract.notifications.iter().take(index).any(|earlier| earlier.kind == event.kind) {
            let what = format!("The event “{}” stands here twice.", event.kind);
            desk.fault(&way, &about, what, "Keep one of the two: the first alone is applied.");
        }
    }
}

fn ranking(desk: &mut Desk<'_>, offered: &Offered) {
    let contract = desk.contract;
    let Some(priorities) = &contract.priorities else { return };
    let about = About::clause("priorities", &priorities.clause);
    let reviewing = contract.forms.iter().any(|form| matches!(form.due, Due::BeforeMeeting { .. }));
    let columns = if reviewing { &offered.reviews } else { &offered.criteria };
    for (index, criterion) in priorities.criteria.iter().enumerate() {
        let way = [Key("priorities"), Key("criteria"), Item(index)];
        let column = match &criterion.of {
            CriterionOf::Column(column) => Some(column),
            CriterionOf::EndsWithin { .. } | CriterionOf::Audited { .. } => None,
        };
        if let Some(column) = column.filter(|column| !columns.contains(&column.as_str())) {
            desk.fault(
                &way,
                &about,
                format!("The register has no scores “{column}”. {}", unknown(column, columns)),
                "Name a column of scores.",
            );
        }
        if criterion.weight.is_zero() {
            let what = format!("“{}” has the weight 0 and decides nothing.", criterion.title);
            desk.note(&way, &about, what, "Give it a weight, or remove it.");
        }
        if let Some(column) = column
            && priorities.criteria.iter().take(index).any(|earlier| earlier.of == criterion.of)
        {
            let what = format!("The column “{column}” is scored twice.");
            desk.fault(&way, &about, what, "Keep one of the two, with the weight of both.");
        }
    }
}

fn papers(desk: &mut Desk<'_>) {
    let contract = desk.contract;
    for (index, paper) in contract.papers.iter().enumerate() {
        let about = About::clause(format!("paper {}", paper.id), &paper.clause);
        if paper.escalations.is_empty() {
            desk.fault(
                &[Key("papers"), Item(index), Key("for")],
                &about,
                "It is for no escalation and will never be drafted.".to_string(),
                "Name the escalations it is drafted for, or remove it.",
            );
        }
        for (number, part) in paper.parts.iter().enumerate() {
            let way = [Key("papers"), Item(index), Key("parts"), Item(number), Key("text")];
            for word in part.text.iter().chain([&part.heading]).flat_map(|text| in_braces(text)) {
                if !PLACEHOLDERS.contains(&word) {
                    desk.fault(
                        &way,
                        &about,
                        format!("`{{{word}}}` is filled in with nothing and would be printed as it stands."),
                        "Known are {provider}, {contract}, {period}, {by} and {clause}.",
                    );
                }
            }
        }
    }
}

/// What stands between braces.
fn in_braces(text: &str) -> Vec<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(word, _)| word).collect()
}

/// A benchmark that compares nothing, that could tell one provider's figure to another, or that cannot say what is better.
fn benchmark(desk: &mut Desk<'_>) {
    let contract = desk.contract;
    let compared = |kpi: &Kpi| kpi.unit != Unit::Answer;
    let Some(benchmark) = &contract.benchmark else {
        for (index, kpi) in contract.kpis.iter().enumerate().filter(|(_, kpi)| kpi.better.is_some()) {
            desk.note(
                &[Key("kpis"), Item(index), Key("better")],
                &About::clause(format!("KPI {}", kpi.reference), &kpi.clause),
                "It says which figures are better, and the contract has no `benchmark` that would go by it."
                    .to_string(),
                "Add a `benchmark`, or leave it out.",
            );
        }
        return;
    };
    let about = About::clause("benchmark", &benchmark.clause);
    if !contract.kpis.iter().any(compared) {
        let what = "No KPI of the contract is a figure: nothing can be compared.".to_string();
        desk.fault(&[Key("benchmark")], &about, what, "Leave it out.");
    }
    if benchmark.at_least < AT_LEAST {
        desk.note(
            &[Key("benchmark"), Key("at-least")],
            &about,
            format!(
                "With {} figures a provider that knows its own could work out another's from median and quartiles.",
                benchmark.at_least
            ),
            "Compare 5 figures at the least, or leave it out: 5 is what holds without it.",
        );
    }
    if benchmark.clause.trim().is_empty() {
        desk.fault(
            &[Key("benchmark"), Key("clause")],
            &about,
            "It cites no clause.".to_string(),
            "Cite the clause it rests on, or “local” where it is agreed locally.",
        );
    }
    for (index, kpi) in contract.kpis.iter().enumerate().filter(|(_, kpi)| compared(kpi)) {
        if kpi.rules.is_empty() && kpi.better.is_none() {
            desk.note(
                &[Key("kpis"), Item(index), Key("ref")],
                &About::clause(format!("KPI {}", kpi.reference), &kpi.clause),
                "It is not rated and does not say which figures are better: the benchmark ranks it from the highest and calls \
                 neither end the better."
                    .to_string(),
                "Add `better = \"higher\"` or `better = \"lower\"` where one end is.",
            );
        }
    }
}

fn report(desk: &mut Desk<'_>) {
    let contract = desk.contract;
    let Some(report) = &contract.report else { return };
    for section in &report.sections {
        let (empty, key) = match section {
            ReportSection::Priorities => (contract.priorities.is_none(), "priorities"),
            ReportSection::Benchmark => (contract.benchmark.is_none(), "benchmark"),
            ReportSection::Notifications => (contract.notifications.is_empty(), "notifications"),
            ReportSection::Profiles | ReportSection::Themes | ReportSection::Movement => {
                let scored = |kpi: &Kpi| matches!(kpi.stated, Stated::Scored(_));
                (!contract.kpis.iter().any(scored), "scored")
            }
            ReportSection::ForwardPlan => {
                let planned = |form: &Form| matches!(form.due, Due::BeforeMeeting { .. });
                (!contract.forms.iter().any(planned), "working-days-before-meeting")
            }
            ReportSection::Compliance | ReportSection::Alerts | ReportSection::Boroughs => continue,
        };
        if empty {
            desk.fault(
                &[Key("report"), Key("sections")],
                &About { what: "report".to_string(), clause: None },
                format!("The section `{key}` will be empty: the contract has no `{key}`."),
                "Supply them, or leave the section out.",
            );
        }
    }
}

fn submission(desk: &mut Desk<'_>) {
    let contract = desk.contract;
    for (index, kpi) in contract.submission_kpis.iter().enumerate() {
        if contract.submission_kpis.iter().take(index).any(|earlier| earlier.id == kpi.id) {
            desk.fault(
                &[Key("submission-kpis"), Item(index), Key("id")],
                &About::clause(format!("data submission KPI “{}”", kpi.title), &kpi.clause),
                "It measures what another one measures already.".to_string(),
                "Keep one of the two; `variations` give it targets by date.",
            );
        }
        for target in kpi.targets.all().filter_map(|(_, target)| *target) {
            let never = if target > Decimal::ONE {
                "meet"
            } else if target <= Decimal::ZERO {
                "miss"
            } else {
                continue;
            };
            desk.fault(
                &[Key("submission-kpis"), Item(index), Key("target")],
                &About::clause(format!("data submission KPI “{}”", kpi.title), &kpi.clause),
                format!("No returns can {never} the target of {}.", show(target, Unit::Percent, &[])),
                "Give a percentage above 0% and no more than 100%, such as \"95%\", or none.",
            );
        }
    }
}

/// Local points without a reading, and points of the contract that cite no clause.
fn clauses(desk: &mut Desk<'_>) {
    let contract = desk.contract;
    for (index, kpi) in contract.kpis.iter().enumerate() {
        if kpi.local && kpi.reading.is_none() {
            desk.note(
                &[Key("kpis"), Item(index), Key("local")],
                &About::clause(format!("KPI {}", kpi.reference), &kpi.clause),
                "Its target is agreed locally, and no `reading` says why or by whom.".to_string(),
                "Add a `reading`: it is printed with the KPI.",
            );
        }
    }
    let mut silent: Vec<(Vec<Step<'_>>, String)> = Vec::new();
    for (index, form) in contract.forms.iter().enumerate().filter(|(_, form)| form.clause.trim().is_empty()) {
        silent.push((vec![Key("forms"), Item(index), Key("clause")], format!("form {}", form.id)));
    }
    for (index, kpi) in contract.kpis.iter().enumerate().filter(|(_, kpi)| kpi.clause.trim().is_empty()) {
        silent.push((vec![Key("kpis"), Item(index), Key("clause")], format!("KPI {}", kpi.reference)));
    }
    for (index, own) in
        contract.escalations.iter().enumerate().filter(|(_, own)| own.clause.trim().is_empty())
    {
        silent.push((vec![Key("escalations"), Item(index), Key("clause")], format!("escalation {}", own.id)));
    }
    for (way, what) in silent {
        desk.fault(
            &way,
            &About { what, clause: None },
            "It cites no clause.".to_string(),
            "Cite the clause it rests on, or “local” where it is agreed locally.",
        );
    }
}
