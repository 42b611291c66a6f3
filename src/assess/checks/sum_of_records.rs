//! Stated figures against the sums over the records of another table of the same return.

use super::{Checked, label};
use crate::contract::layout::Asks;
use crate::contract::meant::Table;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::TOTAL_MISMATCH;
use crate::domain::log::FieldView;
use crate::domain::quantity::{Unit, show};
use crate::domain::text::one_line;
use crate::rules::sum_of_records::{SumOfRecords, other_sum};

/// Figure by figure; `table` is the one that states them.
pub fn check(checked: Checked<'_>, table: &Table, rule: &SumOfRecords) -> Vec<Finding> {
    let records = checked.slot.form.table(&rule.of);
    let heading = |id: &str| {
        let column = records.and_then(|records| records.column(id));
        column.and_then(|column| column.headings.first()).map_or(id.to_string(), |heading| one_line(heading))
    };
    let mut findings = Vec::new();
    for figure in &rule.figures {
        let Some(column) = table.column_asking(Asks::of(figure.part)) else { continue };
        let fields: Vec<Option<FieldView<'_>>> =
            checked.mapped.records.of_table(&rule.of).map(|record| record.field(&figure.column)).collect();
        let values: Vec<_> = fields.iter().map(|field| field.and_then(|own| own.answer.number())).collect();
        let stated = checked.mapped.observations.iter().filter(|o| {
            o.table == table.id && o.row == figure.row && o.breakdown.is_none() && o.column == column.id
        });
        for own in stated {
            let Some(value) = own.answer.number() else { continue };
            let Some(sum) = other_sum(value, &values) else { continue };
            let number = |value| show(value, Unit::Hours, &[]);
            let message = format!(
                "{}, {}: {} is stated; “{}” comes to {} over the {} rows of “{}”.",
                one_line(label(table, &figure.row)),
                figure.part.word(),
                number(value),
                heading(&figure.column),
                number(sum),
                values.len(),
                records.map_or(rule.of.as_str(), |records| records.title.as_str())
            );
            let cells = fields.iter().flatten().map(|field| field.place());
            findings.push(Finding::at(&TOTAL_MISMATCH, &own.place, message).involving(cells));
        }
    }
    findings
}
