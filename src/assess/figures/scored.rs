//! The mean of the scores of a group of criteria. Where a score is missing or cannot be used there is no mean: a mean of the others
//! would rate what was not scored.

use super::{AreaFigure, Source, Worth};
use crate::contract::meant::{Kpi, Scored};
use crate::domain::log::RecordView;
use crate::domain::quantity::{Quantity, Unit, show};

/// The mean score of the group that `settings` names.
pub fn mean(source: Source<'_>, kpi: &Kpi, settings: &Scored, area: Option<&str>) -> AreaFigure {
    let records: Vec<RecordView<'_>> = source
        .mapped
        .records
        .of_table(&kpi.figure.table)
        .filter(|record| record.area() == area && record.group() == Some(settings.group.as_str()))
        .collect();
    let fields = || records.iter().filter_map(|record| record.field(&settings.column));
    let scores: Vec<Quantity> = fields().filter_map(|field| field.answer.number()).collect();
    let mut figure =
        AreaFigure { cells: fields().map(|field| field.place()).collect(), ..AreaFigure::unusable() };
    let sum: Quantity = scores.iter().copied().sum();
    let Some(mean) = sum.checked_div(Quantity::from(scores.len())) else {
        figure.notes.push("No criterion has a score that can be used.".to_string());
        return figure;
    };
    if scores.len() < records.len() {
        figure.notes.push(format!(
            "{} of {} criteria {} no score that can be used, so there is no mean; the mean of the others is {}.",
            records.len() - scores.len(),
            records.len(),
            if records.len() - scores.len() == 1 { "has" } else { "have" },
            show(mean, Unit::Score, &[])
        ));
        return figure;
    }
    figure.worth = Worth::Amount(mean);
    let each: Vec<String> = scores.iter().map(|score| score.normalize().to_string()).collect();
    figure.computed = Some(format!("The mean of {} scores: {}.", scores.len(), each.join(", ")));
    figure
}
