//! KPIs that no form supplies: the cell in which the figure would stand is none that the provider is asked to fill in.

use super::Step::{Item, Key};
use super::{About, Desk, and};
use crate::contract::layout::{Asks, Layout, Row};
use crate::contract::meant::{Kpi, Stated, Table};

pub(super) fn scrutinise(desk: &mut Desk<'_>) {
    let contract = desk.contract;
    for (index, kpi) in contract.kpis.iter().enumerate() {
        let Some(table) = contract.table(&kpi.figure) else { continue };
        let about = About::clause(format!("KPI {}", kpi.reference), &kpi.clause);
        let place = if matches!(kpi.stated, Stated::Certified(_)) { "certified" } else { "figure" };
        let way = [Key("kpis"), Item(index), Key(place), Key("table")];
        let path = format!("{}/{}", kpi.figure.form, kpi.figure.table);
        let blank = not_asked(kpi, table);
        if !blank.is_empty() {
            desk.fault(
                &way,
                &about,
                format!("No form supplies it: `{path}` does not ask for {}.", and(&blank)),
                "Let a column that applies to the row ask for it (`asks`), or name another table or row.",
            );
        } else if table.optional && kpi.log.is_none() {
            desk.note(
                &way,
                &about,
                format!("A return may do without the table `{path}` in which it is stated."),
                "Remove `optional` from the table, where every return has to have it.",
            );
        }
    }
}

/// What is not asked for, in words.
fn not_asked(kpi: &Kpi, table: &Table) -> Vec<String> {
    let mut missing = Vec::new();
    let grid = matches!(table.layout, Layout::Grid(_));
    let asks = |row: &Row, what: Asks| {
        let column = table.column_asking(what);
        grid && column.is_some_and(|column| row.columns.as_ref().is_none_or(|own| own.contains(&column.id)))
    };
    if let Stated::Scored(scored) = &kpi.stated {
        let is_scored = table.column(&scored.column).is_some_and(|column| column.asks == Asks::Score);
        if !is_scored {
            missing.push(format!("a score in its column `{}`", scored.column));
        }
        return missing;
    }
    for id in kpi.stated.rows() {
        let Some(row) = table.row(id) else { continue };
        let amount = row.total_row && (asks(row, Asks::Result) || asks(row, Asks::Figure));
        let supplied = match &kpi.stated {
            Stated::Row(_) => {
                amount
                    || (table.column_asking(Asks::Numerator).is_some()
                        && table.column_asking(Asks::Denominator).is_some())
            }
            Stated::Share { .. } => amount,
            Stated::Certified(_) => asks(row, Asks::YesNo),
            Stated::Scored(_) | Stated::Summed(_) => true,
        };
        if !supplied {
            let what = if matches!(kpi.stated, Stated::Certified(_)) { "an answer" } else { "a figure" };
            missing.push(format!("{what} in its row `{id}`"));
        }
    }
    missing
}
