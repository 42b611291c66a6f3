//! Forms, their tables and due dates, and the checks of their figures.

use chrono::Weekday;

use super::super::Contract;
use super::{Writer, and, how_often};
use crate::calendar::due::{Due, DueRule, Rolling};
use crate::contract::layout::{Asks, Layout, Records, Row};
use crate::contract::meant::{CheckRule, Form, Table};
use crate::domain::period::{Period, long_date};
use crate::domain::text::ordinal;

pub(super) fn describe(contract: &Contract, text: &mut Writer) {
    text.heading("What providers send");
    for form in &contract.forms {
        let local = if form.local { "; set locally, not by the contract" } else { "" };
        text.item(
            0,
            format!(
                "{}, {} (clause {}{local}). Due {}.",
                form.title,
                how_often(form.every),
                form.clause,
                due_words(form)
            ),
        );
        if form.one_per_area {
            let names: Vec<&str> = contract.areas.iter().map(|area| area.name.as_str()).collect();
            text.item(1, format!("One return each for: {}.", names.join("; ")));
        }
        if !form.labels.signed.is_empty() || !form.labels.signed_on.is_empty() {
            let asked: Vec<String> = [&form.labels.signed, &form.labels.signed_on]
                .into_iter()
                .filter_map(|labels| Some(format!("“{}”", labels.first()?)))
                .collect();
            text.item(1, format!("It is not complete without {}.", and(&asked)));
        }
        if let Due::Every { printed, .. } = &form.due
            && !printed.is_empty()
        {
            let dates: Vec<String> = printed
                .iter()
                .map(|own| {
                    let period = Period::containing(own.from, form.every, contract.year_starts);
                    format!("{} for {}", long_date(own.due), period.describe())
                })
                .collect();
            text.item(1, format!("Due dates as printed go before that: {}.", and(&dates)));
        }
        let versions: Vec<String> = form
            .versions
            .all()
            .map(|(from, version)| match from {
                Some(day) => format!("{version} for periods from {}", long_date(day)),
                None => version.clone(),
            })
            .collect();
        if !versions.is_empty() {
            text.item(1, format!("Version of the template: {}.", and(&versions)));
        }
        text.reading(1, form.reading.as_ref());
        for table in &form.tables {
            text.item(1, table_words(table));
        }
    }
}

/// When a form is due: `on the 14th of the month after the period`.
fn due_words(form: &Form) -> String {
    let rule = match &form.due {
        Due::Every { rule, .. } => *rule,
        Due::BeforeMeeting { working_days: 1 } => {
            return "on the working day before the meeting planned in the register".to_string();
        }
        Due::BeforeMeeting { working_days } => {
            return format!("{working_days} working days before the meeting planned in the register");
        }
    };
    let (day, rolling) = match rule {
        DueRule::DayOfFollowingMonth { months, day, rolling } => {
            let month = match months {
                0 => "the period's last month".to_string(),
                1 => "the month after the period".to_string(),
                more => format!("the {} month after the period", ordinal(more)),
            };
            (format!("on the {} of {month}", ordinal(day)), rolling)
        }
        DueRule::LastWeekday { weekday, rolling } => {
            (format!("on the last {} of the period's last month", weekday_words(weekday)), rolling)
        }
    };
    match rolling {
        Rolling::Stands => format!("{day}, whether that is a working day or not"),
        Rolling::NextWorkingDay => format!("{day}; where that is no working day, on the next one"),
    }
}

fn weekday_words(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

fn table_words(table: &Table) -> String {
    let optional = if table.optional { " (may be left out)" } else { "" };
    let headings: Vec<String> = table
        .columns
        .iter()
        .filter(|column| {
            !matches!(column.asks, Asks::Nothing | Asks::Threshold | Asks::Total | Asks::Comment)
        })
        .filter_map(|column| {
            let heading = column.headings.first()?;
            let only = match column.areas.as_slice() {
                [] => String::new(),
                areas => format!(" ({} alone)", areas.join("; ")),
            };
            let scale = match column.scale {
                Some(scale) => format!(" (a score from {} to {})", scale.from, scale.to),
                None => String::new(),
            };
            let own = if column.asks == Asks::Rating {
                " (the provider's own rating: shown and compared, never used)"
            } else {
                ""
            };
            Some(format!("{heading}{scale}{own}{only}"))
        })
        .collect();
    let labels: Vec<String> = table.rows.iter().map(row_words).collect();
    let what = match &table.layout {
        Layout::Grid(_) => {
            format!("for each of {} rows it asks for {}: {}", labels.len(), and(&headings), labels.join("; "))
        }
        Layout::Records(settings) => {
            format!(
                "one row for each record, with {}{}",
                and(&headings),
                records_words(table, settings, &labels)
            )
        }
        Layout::Narrative(_) => format!("in the provider's own words: {}", labels.join("; ")),
    };
    format!("Table “{}”{optional}{}: {what}.", table.title, placed_words(table))
}

/// Where the table stands, where that is more than a sheet.
fn placed_words(table: &Table) -> String {
    let placed = &table.placed;
    let titles: Vec<String> = placed.below.iter().map(|title| format!("“{title}”")).collect();
    let mut words = match (titles.as_slice(), placed.repeated) {
        ([], _) => String::new(),
        (_, false) => format!(", below {}", and(&titles)),
        (_, true) => format!(", once below each {}", and(&titles)),
    };
    if placed.periods_across {
        words.push_str(", with a column a period");
    }
    words
}

/// What a table of records is held to besides its columns.
fn records_words(table: &Table, settings: &Records, groups: &[String]) -> String {
    let heading = |id: &String| {
        let heading = table.column(id).and_then(|column| column.headings.first());
        format!("“{}”", heading.unwrap_or(id))
    };
    let mut words = String::new();
    if let Some(group) = &settings.group {
        words.push_str(&format!(
            "; {} names the group, and each has a row: {}",
            heading(group),
            groups.join("; ")
        ));
    }
    if let Some(evidenced) = &settings.evidenced {
        let (score, by) = (heading(&evidenced.score), heading(&evidenced.by));
        words.push_str(&format!("; {score} of {} or more needs {by}", evidenced.from));
    }
    if settings.total {
        words.push_str("; a total row is compared with the sums");
    }
    if settings.people {
        words.push_str("; its lines are about single people");
    }
    words
}

/// A row by its label, with its breakdowns and how often it is asked where that differs from the form.
fn row_words(row: &Row) -> String {
    let mut words = row.labels.first().unwrap_or(&row.id).trim_end_matches('.').to_string();
    let by: Vec<&str> = row
        .breakdowns
        .iter()
        .filter_map(|breakdown| breakdown.prefixes.first().or(breakdown.members.first()))
        .map(String::as_str)
        .collect();
    if !by.is_empty() {
        words.push_str(&format!(", by {}", and(&by)));
    }
    if let Some(every) = row.every {
        words.push_str(&format!(" ({})", how_often(every)));
    }
    words
}

/// What is checked beyond sums and percentages.
pub(super) fn checks(contract: &Contract, text: &mut Writer) {
    text.heading("What is checked in every return");
    text.item(
        0,
        "Breakdowns add up to their totals, percentages agree with their numerators and denominators, nothing required is blank, \
         counts are whole numbers and nothing is below zero.",
    );
    for check in &contract.checks {
        let Some(table) = contract.table(&check.table) else { continue };
        let row = |id: &String| {
            let label = table.row(id).and_then(|row| row.labels.first());
            format!("“{}”", label.unwrap_or(id))
        };
        let rows = |ids: &[String]| and(&ids.iter().map(row).collect::<Vec<_>>());
        let words = match &check.rule {
            CheckRule::CarriedForward(rule) => {
                let mut words = format!("{} is that of the period before", row(&rule.item));
                if !rule.plus.is_empty() {
                    words.push_str(&format!(" plus {}", rows(&rule.plus)));
                }
                if !rule.minus.is_empty() {
                    words.push_str(&format!(" less {}", rows(&rule.minus)));
                }
                words
            }
            CheckRule::Activity(rule) => {
                format!(
                    "{} is more than zero where there is any of {}",
                    row(&rule.item),
                    rows(&rule.where_any)
                )
            }
            CheckRule::SumOfPeriods(rule, _) => {
                let without = if rule.may_leave_out.is_empty() {
                    String::new()
                } else {
                    format!(", with or without {}", rows(&rule.may_leave_out))
                };
                let kpis: Vec<&str> = rule.kpis.iter().map(String::as_str).collect();
                format!(
                    "the denominator of KPI {} is the sum of {} over its period{without}",
                    and(&kpis),
                    row(&rule.item)
                )
            }
            CheckRule::SumOfRecords(rule) => {
                let records = contract.form(&check.table.form).and_then(|form| form.table(&rule.of));
                let figures: Vec<String> = rule
                    .figures
                    .iter()
                    .map(|figure| {
                        let heading = records
                            .and_then(|records| records.column(&figure.column))
                            .and_then(|column| column.headings.first());
                        let row = row(&figure.row);
                        format!(
                            "the {} of {row} of “{}”",
                            figure.part.word(),
                            heading.unwrap_or(&figure.column)
                        )
                    })
                    .collect();
                let title = records.map_or(rule.of.as_str(), |records| records.title.as_str());
                format!("stated figures are the sums over the records of “{title}”: {}", and(&figures))
            }
            CheckRule::Unusual(rule) => format!(
                "{} is asked about where it lies further than {} median deviations from at least {} earlier periods",
                rows(&rule.items),
                rule.deviations,
                rule.periods
            ),
        };
        text.item(0, format!("Clause {}: {words}.", check.clause));
    }
}
