//! KPIs: what is measured, and how it is rated.

use super::super::Contract;
use super::{Writer, and, from_words, how_often};
use crate::contract::meant::{
    Certified, EvidenceAt, EvidenceCell, Kpi, LogFigure, LogMeasure, RatingRule, Stated, Table,
};
use crate::domain::quantity::{Unit, show};
use crate::domain::rating::Rating;
use crate::domain::text::target_in_words;
use crate::rules::evidence::Proves;
use crate::rules::log_share::{Met, Within};

pub(super) fn describe(contract: &Contract, text: &mut Writer) {
    text.heading("Key performance indicators");
    text.paragraph(
        "The exact figure decides, never a rounded one. A band such as “90% to below 100%” includes 90% and leaves 100% out.",
    );
    for kpi in &contract.kpis {
        let every = format!(", {}", how_often(kpi.every));
        text.item(0, format!("KPI {}: {} (clause {}{every})", kpi.reference, kpi.title, kpi.clause));
        for measure in measure(contract, kpi) {
            text.item(1, measure);
        }
        if kpi.may_exceed_whole {
            text.item(1, "It may be more than 100%.");
        }
        if kpi.averaged_denominator {
            text.item(1, "Over several periods its denominator is averaged, not added up.");
        }
        rated(kpi, text);
        text.reading(1, kpi.reading.as_ref());
    }
}

fn label(table: &Table, row: &str) -> String {
    let label = table.row(row).and_then(|row| row.labels.first());
    format!("“{}”", label.map_or(row, String::as_str).trim_end_matches('.'))
}

fn heading(table: &Table, column: &str) -> String {
    let heading = table.column(column).and_then(|column| column.headings.first());
    format!("“{}”", heading.map_or(column, String::as_str))
}

/// Where the figure comes from, in sentences.
fn measure(contract: &Contract, kpi: &Kpi) -> Vec<String> {
    let Some(table) = contract.table(&kpi.figure) else { return Vec::new() };
    let mut words = match &kpi.stated {
        Stated::Row(row) => vec![format!("Stated in the table “{}”: {}.", table.title, label(table, row))],
        Stated::Share { numerator, denominator } => vec![format!(
            "Computed from the table “{}”: {} divided by {}.",
            table.title,
            label(table, numerator),
            label(table, denominator)
        )],
        Stated::Certified(certified) => self::certified(contract, kpi, table, certified),
        Stated::Scored(scored) => vec![format!(
            "The mean of {} over the rows of {} in the table “{}”.",
            heading(table, &scored.column),
            label(table, &scored.group),
            table.title
        )],
        Stated::Summed(summed) => {
            let of = summed.of.iter().map(|(column, entries)| {
                let entries: Vec<String> = entries.iter().map(|entry| format!("“{entry}”")).collect();
                format!(" where {} is {}", heading(table, column), entries.join(" or "))
            });
            let column = heading(table, &summed.column);
            vec![format!("The sum of {column} in the table “{}”{}.", table.title, of.collect::<String>())]
        }
    };
    if let Some(log) = &kpi.log {
        words.extend(from_log(contract, log));
    }
    words
}

fn certified(contract: &Contract, kpi: &Kpi, table: &Table, certified: &Certified) -> Vec<String> {
    let answers: Vec<String> = certified.answers.iter().map(|row| label(table, row)).collect();
    let mut words = vec![format!("Answered yes or no in the table “{}”: {}.", table.title, and(&answers))];
    let other = |id: &str| contract.form(&kpi.figure.form).and_then(|form| form.table(id));
    for cell in &certified.evidence {
        let place = match &cell.at {
            EvidenceAt::Row(row) => format!("{} of {}", heading(table, &cell.column), label(table, row)),
            EvidenceAt::Records(id) => match other(id) {
                Some(records) => records_words(records, cell),
                None => continue,
            },
        };
        let blank = if cell.may_be_blank { "; a blank needs no question" } else { "" };
        let not = if cell.may_not_apply { "; “not applicable” is a full answer there" } else { "" };
        words.push(format!("A Yes is borne out where {place} {}{blank}{not}.", proves(&cell.proves)));
    }
    words
}

fn records_words(records: &Table, cell: &EvidenceCell) -> String {
    let only = cell
        .only_where
        .as_ref()
        .map(|column| format!(" that says yes under {}", heading(records, column)))
        .unwrap_or_default();
    format!("{} in every row of “{}”{only}", heading(records, &cell.column), records.title)
}

fn proves(proves: &Proves) -> String {
    match proves {
        Proves::IssuedWithin(within) => {
            format!("lies no more than {} months before the certification", within.months)
        }
        Proves::NotExpired => "lies on or after the day of the certification".to_string(),
        Proves::AmountAtLeast(bound) => format!("is at least {}", show(bound.value, Unit::Pounds, &[])),
        Proves::SaysYes => "says yes".to_string(),
        Proves::Dated => "is dated on or before the day of the certification".to_string(),
    }
}

fn from_log(contract: &Contract, log: &LogFigure) -> Vec<String> {
    let Some(table) = contract.table(&log.table) else { return Vec::new() };
    let belongs: Vec<String> = log.in_period.iter().map(|column| heading(table, column)).collect();
    let what = match &log.measure {
        LogMeasure::Share(met) => format!("the share of records {}", met_words(table, met)),
        LogMeasure::Distinct(distinct) => {
            let of = contract.parameter(&distinct.of).map_or(&distinct.of, |parameter| &parameter.title);
            format!(
                "how many different entries stand under {}, out of “{of}”",
                heading(table, &distinct.column)
            )
        }
        LogMeasure::Number(number) => format!("the number of records {}", met_words(table, &number.met)),
    };
    let mut words = vec![format!(
        "Computed from the table “{}” where it is filled in: {what}; a record belongs to the period by {}.",
        table.title,
        belongs.join(", else ")
    )];
    if let LogMeasure::Number(number) = &log.measure
        && let Some(column) = &number.nothing_without
    {
        words.push(format!(
            "Where no record has a date of the period under {}, there was nothing to measure.",
            heading(table, column)
        ));
    }
    words.extend(log.reading_without_first.clone());
    words
}

fn met_words(table: &Table, met: &Met) -> String {
    let dates = |within: &Within, days: &str| {
        let to: Vec<String> = within.to.names().map(|column| heading(table, column)).collect();
        let all = if to.len() > 1 { "are each" } else { "is" };
        format!("whose {} {all} within {} {days} of {}", and(&to), within.days, heading(table, &within.from))
    };
    match met {
        Met::WithinDays(within) => dates(within, "calendar days"),
        Met::WithinWorkingDays(within) => dates(within, "working days"),
        Met::Yes(yes) => {
            let dated =
                yes.dated.as_ref().map(|column| format!(", or have a date under {}", heading(table, column)));
            format!("that say yes under {}{}", heading(table, &yes.column), dated.unwrap_or_default())
        }
    }
}

fn rated(kpi: &Kpi, text: &mut Writer) {
    let local = if kpi.local { " (agreed locally, not set by the contract)" } else { "" };
    if matches!(kpi.stated, Stated::Certified(_)) {
        text.item(1, format!("Yes is green; No, or a Yes its evidence contradicts, is red{local}."));
        return;
    }
    if kpi.rules.is_empty() {
        text.item(1, "Not rated: the contract sets no target.");
        return;
    }
    for (from, rule) in kpi.rules.all() {
        let when = from_words(from);
        match rule {
            RatingRule::Target(target) => {
                let margin = if target.amber_margin.is_zero() {
                    String::new()
                } else {
                    let unit = if target.bound.percent { Unit::Percent } else { kpi.unit };
                    let of = show(target.amber_margin, unit, &[]);
                    format!("; missed by no more than {of}, it is amber")
                };
                let words = target_in_words(&target.describe());
                text.item(1, format!("Rated{when}{local}: {words} is green, else red{margin}."));
            }
            RatingRule::Bands(bands) => {
                let words: Vec<String> = bands
                    .all()
                    .iter()
                    .map(|(rating, band)| format!("{} {}", rating.id(), band.describe()))
                    .collect();
                text.item(1, format!("Rated{when}{local}: {}.", words.join("; ")));
                if let Some(open) = &bands.open {
                    let rating = Rating::from(open.rated).id();
                    text.item(1, format!("What lies in no band is rated {rating}: {}", open.note));
                }
            }
        }
    }
}
