//! All returns of the eight providers, with what is planted in them.

use anyhow::{Result, ensure};

use crate::lancashire::dates::{QUARTERS, ends_half_year, ends_year};
use crate::lancashire::entry::Entry;
use crate::lancashire::faults;
use crate::lancashire::figures::{
    self, CHECKS_COMPLETED, CHECKS_PLANNED, COMMISSIONED, COMPLAINTS, CONCERNS, DELIVERED, HEADCOUNT, HOURS,
    LEAVERS, Quarter, Quarters, written,
};
use crate::lancashire::form::{Form, Habits, KpiLine};
use crate::lancashire::providers::*;
use crate::lancashire::submissions::{UNPROVEN, is_sent, path, quarter_typed, received};
use crate::lancashire::{criteria, management_report, plan};
use crate::random::Random;
use crate::workspace::Returned;

/// Every return.
///
/// # Errors
/// When a workbook can't be written, or more is out of the ordinary than what is planted.
pub fn returns() -> Result<Vec<Returned>> {
    let mut files = Vec::new();
    for quarter in 0..QUARTERS {
        for provider in (0..PROVIDERS.len()).filter(|provider| is_sent(*provider, quarter)) {
            let figures = figures::quarter(provider, quarter);
            let above = figures.total(DELIVERED) > figures.total(COMMISSIONED);
            ensure!(above == ((provider, quarter) == (SALLOWBECK, 2)), "hours above those commissioned");
            let mut form = form(provider, quarter, &figures)?;
            faults::in_form(&mut form, provider, quarter);
            let written_down = !UNPROVEN.contains(&(provider, quarter));
            files.push(Returned {
                path: path(provider, quarter),
                bytes: form.workbook()?,
                received: written_down.then(|| received(provider, quarter)),
            });
        }
    }
    Ok(files)
}

/// The return of a quarter as it should be.
///
/// # Errors
/// When the provider's plan is not what the story says it is.
pub fn form(provider: usize, quarter: usize, figures: &Quarter) -> Result<Form> {
    let own = PROVIDERS[provider];
    let entries = |quarters: &Quarters| {
        std::array::from_fn(|column| match column {
            _ if HOURS.contains(&column) || column == HEADCOUNT => Entry::Hours(written(quarters[column])),
            _ => Entry::Number(written(quarters[column])),
        })
    };
    Ok(Form {
        provider: own.typed.to_string(),
        quarter: quarter_typed(provider, quarter),
        role: own.role,
        submitted: received(provider, quarter),
        lines: lines(provider, quarter, figures),
        schemes: own
            .schemes
            .iter()
            .zip(&figures.schemes)
            .map(|(scheme, quarters)| (scheme.name, entries(quarters)))
            .collect(),
        totals: entries(&figures.totals()),
        report: management_report::report(provider, quarter, figures),
        criteria: criteria::criteria(provider, quarter, figures),
        plan: plan::plan(provider, quarter)?,
        habits: Habits::default(),
    })
}

fn lines(provider: usize, quarter: usize, figures: &Quarter) -> Vec<KpiLine> {
    let total = |column| figures.total(column);
    let line = |kpi: &'static str, title: &str, interval, entries: [Entry; 3]| {
        let [numerator, denominator, value] = entries;
        KpiLine {
            kpi,
            reference: format!("KPI {kpi}"),
            title: title.to_string(),
            organisation: PROVIDERS[provider].typed.to_string(),
            interval,
            commentary: commentary(provider, quarter, kpi, &value),
            numerator,
            denominator,
            value,
        }
    };
    let shared = |part: Entry, whole: Entry| {
        let share = part.number().unwrap_or(0.0) / whole.number().unwrap_or(0.0);
        [part, whole, Entry::Share(share)]
    };
    let counts = |(part, whole): (i64, i64)| shared(Entry::Number(part as f64), Entry::Number(whole as f64));
    let counted = |column| [Entry::Greyed, Entry::Greyed, Entry::Number(total(column))];
    let mut lines = Vec::new();
    if ends_half_year(quarter) {
        let title = "Service User outcome measures (Outcomes being achieved)";
        lines.push(line("1", title, "Six Monthly", counts(figures.outcomes)));
    }
    let checks = shared(Entry::Number(total(CHECKS_COMPLETED)), Entry::Number(total(CHECKS_PLANNED)));
    lines.push(line("2", "Spot check visits", "Quarterly", checks));
    lines.push(line("3a", "Complaints and Concerns: complaints", "Quarterly", counted(COMPLAINTS)));
    lines.push(line("3b", "Complaints and Concerns: concerns", "Quarterly", counted(CONCERNS)));
    if ends_year(quarter) {
        let title = "Supporting people to obtain or retain employment";
        lines.push(line("4", title, "Annually", counts(figures.employment)));
    }
    let hours = shared(Entry::Hours(total(DELIVERED)), Entry::Hours(total(COMMISSIONED)));
    lines.push(line("5", "Delivery of Commissioned Hours", "Quarterly", hours));
    let leavers = shared(Entry::Number(total(LEAVERS)), Entry::Hours(total(HEADCOUNT)));
    lines.push(line("6", "Staff turnover", "Quarterly", leavers));
    lines
}

/// What a provider writes beside a KPI; most are blank.
fn commentary(provider: usize, quarter: usize, kpi: &str, value: &Entry) -> String {
    let mut random = Random::stream(43, (provider * 8 + quarter) as u64, u64::from(kpi.as_bytes()[0]));
    let share = value.number().unwrap_or(0.0);
    let texts: [&str; 3] = match kpi {
        "2" if share < 1.0 && quarter == 0 => [
            "Visits to schemes kept to what was needed in April and May.",
            "Checks by video call are not counted.",
            "Missed checks made up in July.",
        ],
        "2" if share < 1.0 => [
            "Postponed because of self-isolation at the scheme.",
            "Postponed at the wish of the people who live there.",
            "Made up in the first week of the next quarter.",
        ],
        "5" if share < 0.96 => [
            "Hospital stays and time with families.",
            "Day support offered and declined while day services were closed.",
            "Vacancies; people were told which visits would be shorter.",
        ],
        "6" if share > 0.02 => [
            "Reasons given: travel and shift patterns.",
            "Some left within their first three months; induction is being changed.",
            "Exit talks offered to all.",
        ],
        _ => return String::new(),
    };
    texts[random.index(texts.len())].to_string()
}
