//! The sum of a column over records. Where a record that counts has no figure that can be used there is no sum: a sum of the others
//! would count it as zero.

use super::{AreaFigure, Source, Worth};
use crate::contract::meant::{Kpi, Summed};
use crate::domain::log::{FieldView, RecordView};
use crate::domain::quantity::{Quantity, plain};
use crate::domain::text::{fits, number_of};

/// The sum that `settings` names, over the records of an area.
pub(super) fn sum(source: Source<'_>, kpi: &Kpi, settings: &Summed, area: Option<&str>) -> AreaFigure {
    let counts = |record: &RecordView<'_>| {
        record.area() == area
            && settings.of.as_ref().is_none_or(|(column, entries)| {
                let entry = record.field(column).map_or("", |field| field.shown);
                entries.iter().any(|wanted| fits(wanted, entry))
            })
    };
    let fields: Vec<FieldView<'_>> = source
        .mapped
        .records
        .of_table(&kpi.figure.table)
        .filter(counts)
        .filter_map(|record| record.field(&settings.column))
        .collect();
    let mut figure =
        AreaFigure { cells: fields.iter().map(|field| field.place()).collect(), ..AreaFigure::unusable() };
    if fields.is_empty() {
        figure.notes.push("The table has no row that counts towards it.".to_string());
        return figure;
    }
    let amounts: Vec<Quantity> = fields.iter().filter_map(|field| field.answer.number()).collect();
    let without = fields.len() - amounts.len();
    let sum = amounts.iter().try_fold(Quantity::ZERO, |sum, amount| sum.checked_add(*amount));
    let Some(sum) = sum else { return figure };
    if without > 0 {
        figure.notes.push(format!(
            "{} of {} {} no figure that can be used, so there is no sum; that of the others is {}.",
            without,
            number_of(fields.len(), "row", "rows"),
            if without == 1 { "has" } else { "have" },
            plain(sum)
        ));
        return figure;
    }
    figure.worth = Worth::Amount(sum);
    if let [first, .., last] = fields.as_slice() {
        let cells = format!("{} to {}", first.cell(), last.cell());
        figure.computed = Some(format!("The sum of {} ({cells}).", number_of(fields.len(), "row", "rows")));
    }
    figure
}
