//! All forms of the nine providers, with what is planted in them.

use anyhow::Result;

use crate::alliance::certificates;
use crate::alliance::dates::QUARTERS;
use crate::alliance::faults;
use crate::alliance::figures;
use crate::alliance::form::{Entry, Habits};
use crate::alliance::kpi_form::{KpiForm, QUESTIONS};
use crate::alliance::providers::{PROVIDERS, QUILLMARK};
use crate::alliance::submissions::{
    RESUBMITTED, UNPROVEN, certification_path, certification_received, is_sent, path, quarter_typed, received,
};
use crate::dates::day;
use crate::workspace::Returned;

/// Every form.
///
/// # Errors
/// When a workbook can't be written.
pub fn returns() -> Result<Vec<Returned>> {
    let mut files = Vec::new();
    for quarter in 0..QUARTERS {
        for provider in (0..PROVIDERS.len()).filter(|provider| is_sent(*provider, quarter)) {
            quarterly(provider, quarter, &mut files)?;
        }
    }
    for provider in (0..PROVIDERS.len()).filter(|provider| *provider != QUILLMARK) {
        let mut form = certificates::certification(provider);
        faults::in_certification(&mut form, provider);
        files.push(Returned {
            path: certification_path(provider),
            bytes: form.workbook()?,
            received: Some(certification_received(provider)),
        });
    }
    Ok(files)
}

/// The form of a quarter as it should be.
pub fn form(provider: usize, quarter: usize) -> KpiForm {
    let figures = figures::quarters(provider)[quarter];
    KpiForm {
        provider: PROVIDERS[provider].name.to_string(),
        quarter: quarter_typed(provider, quarter),
        role: PROVIDERS[provider].role,
        submitted: received(provider, quarter),
        questions: QUESTIONS.map(String::from),
        answers: figures.figures().map(|figure| Entry::Number(figure as f64)),
        comments: figures::comments(provider, quarter, &figures),
        habits: Habits::default(),
    }
}

fn quarterly(provider: usize, quarter: usize, files: &mut Vec<Returned>) -> Result<()> {
    let mut form = form(provider, quarter);
    faults::in_form(&mut form, provider, quarter);
    let path = path(provider, quarter);
    let first = received(provider, quarter);
    if (provider, quarter) == RESUBMITTED {
        let mut wrong = form.clone();
        faults::in_first_version(&mut wrong);
        files.push(Returned { path: path.clone(), bytes: wrong.workbook()?, received: Some(first) });
        form.submitted = day(2025, 10, 27);
        let path = path.replace(".xlsx", " corrected.xlsx");
        files.push(Returned { path, bytes: form.workbook()?, received: Some(form.submitted) });
    } else {
        let written_down = ((provider, quarter) != UNPROVEN).then_some(first);
        files.push(Returned { path, bytes: form.workbook()?, received: written_down });
    }
    Ok(())
}
