//! Figures computed from a log.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::entries::{Entry, entries, missing_column};
use super::stated::{StatedCells, compare_result};
use super::{AreaFigure, Source, Worth, is_same_for_all, records_of};
use crate::contract::meant::{Kpi, LogFigure, LogMeasure};
use crate::domain::answer::Answer;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::{FIGURE_IMPOSSIBLE, LOG_FIELD_UNREADABLE, STATED_DIFFERS};
use crate::domain::log::{FieldView, RecordView};
use crate::domain::period::long_date;
use crate::domain::place::CellRef;
use crate::domain::quantity::{Quantity, plain};
use crate::rules::figure::Figure;
use crate::rules::log_number::{Different, Distinct, Number, OutOf};
use crate::rules::log_share::{Met, Outcome};

/// Whether a record belongs to the period and area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Belongs {
    Yes,
    No,
    /// It cannot be told.
    Perhaps,
}

/// One count over a log.
struct Count<'a> {
    source: Source<'a>,
    kpi: &'a Kpi,
    log: &'a LogFigure,
    area: Option<&'a str>,
    entries: Vec<Entry<'a>>,
    /// The cells that decided the first and the last entry counted.
    first: Option<FieldView<'a>>,
    last: Option<FieldView<'a>>,
    counted: usize,
    /// Entries that cannot be told.
    unknown: u32,
    /// Whether a further column than the first placed an entry.
    by_further_column: bool,
    /// Entries dated after their return was received.
    planned: usize,
    /// How many entries later returns give, by what each is.
    restated: BTreeMap<String, usize>,
}

/// The figure of `kpi` from `log`, and whether what is stated agrees.
pub fn computed<'a>(
    source: Source<'a>,
    kpi: &'a Kpi,
    log: &'a LogFigure,
    area: Option<&'a str>,
    stated: &StatedCells<'_>,
    figure: &mut AreaFigure,
) {
    let mut count = Count {
        source,
        kpi,
        log,
        area,
        entries: entries(source, log),
        first: None,
        last: None,
        counted: 0,
        unknown: 0,
        by_further_column: false,
        planned: 0,
        restated: BTreeMap::new(),
    };
    // What was read from one place has the same columns.
    let mut seen: Option<RecordView<'_>> = None;
    let missing = count.entries.iter().map(|entry| entry.record).find_map(|record| {
        let is_new = !seen.replace(record).is_some_and(|seen| seen.is_beside(record));
        is_new.then(|| missing_column(source, log, record)).flatten()
    });
    if let Some(missing) = missing.and_then(|column| column.headings.first()) {
        figure.notes.push(format!("The log has no column “{missing}”, on which the figure depends."));
        return;
    }
    match &log.measure {
        LogMeasure::Share(met) => count.share(met, stated, figure),
        LogMeasure::Distinct(rule) => count.distinct(rule, stated, figure),
        LogMeasure::Number(rule) => count.number(rule, stated, figure),
    }
}

/// Says where later returns tell of the period, although its own return has no log to count them with.
pub fn told_later(source: Source<'_>, log: &LogFigure, figure: &mut AreaFigure) {
    for entry in entries(source, log) {
        let dated = log.in_period.iter().find_map(|id| entry.answer(id).date());
        let Some(later) = entry.restated_by.filter(|_| dated.is_some_and(|day| source.period.contains(day)))
        else {
            continue;
        };
        let note = format!(
            "The return for {} lists entries of this period ({}). They are not counted: this return has no log.",
            later.recognised.period.describe(),
            later.file
        );
        if !figure.notes.contains(&note) {
            figure.notes.push(note);
        }
    }
}

impl<'a> Count<'a> {
    fn belongs(&self, entry: &Entry<'_>) -> (Belongs, bool) {
        let goes_by_area = !self.source.contract.areas.is_empty();
        if goes_by_area && entry.record.area().is_some_and(|own| Some(own) != self.area) {
            return (Belongs::No, false);
        }
        let placed = !goes_by_area || entry.record.area().is_some();
        for (index, id) in self.log.in_period.iter().enumerate() {
            let is_last = index + 1 == self.log.in_period.len();
            match entry.answer(id) {
                Answer::Date(day) if self.source.period.contains(*day) => {
                    return (if placed { Belongs::Yes } else { Belongs::Perhaps }, index > 0);
                }
                Answer::Date(_) => return (Belongs::No, false),
                Answer::Unreadable { .. } | Answer::Unanswered => return (Belongs::Perhaps, false),
                // A required date that is blank: the record belongs to some period, perhaps this one.
                Answer::Blank if is_last && self.is_required(id) => return (Belongs::Perhaps, false),
                _ => {}
            }
        }
        (Belongs::No, false)
    }

    fn is_required(&self, column: &str) -> bool {
        let table = self.source.contract.table(&self.log.table);
        table.and_then(|table| table.column(column)).is_some_and(|column| column.required)
    }

    fn add(&mut self, field: Option<FieldView<'a>>) {
        self.first = self.first.or(field);
        self.last = field.or(self.last);
        self.counted += 1;
    }

    /// Each entry that belongs to the period, or may.
    fn each(&mut self, mut visit: impl FnMut(&mut Self, &Entry<'a>, Belongs)) {
        for entry in std::mem::take(&mut self.entries) {
            let (belongs, by_further_column) = self.belongs(&entry);
            if belongs == Belongs::No {
                continue;
            }
            let dated = self.log.in_period.iter().find_map(|id| entry.answer(id).date());
            self.planned += usize::from(dated.is_some_and(|day| day > entry.received));
            if let Some(other) = entry.restated_by {
                let name = format!("the return for {} ({})", other.recognised.period.describe(), other.file);
                *self.restated.entry(name).or_default() += 1;
            }
            let before = self.counted;
            visit(self, &entry, belongs);
            self.by_further_column |= by_further_column && self.counted > before;
        }
    }

    fn share(&mut self, met: &Met, stated: &StatedCells<'_>, figure: &mut AreaFigure) {
        let reference = self.reference();
        let working_days = self.source.working_days;
        let (mut met_by, mut not_met) = (0_u32, 0_u32);
        let mut pending: Vec<(String, NaiveDate)> = Vec::new();
        let decisive = met.columns().last().map(ToString::to_string);
        self.each(|count, entry, belongs| {
            if belongs == Belongs::Perhaps {
                count.unknown += 1;
                return;
            }
            let place = decisive.as_deref().and_then(|id| entry.field(id));
            count.add(place);
            match met.judge(|id| entry.answer(id), entry.received, working_days) {
                Outcome::Met => met_by += 1,
                Outcome::NotMet => not_met += 1,
                Outcome::Unknown => count.unknown += 1,
                Outcome::Pending(day) => {
                    let name = reference.as_deref().and_then(|id| entry.field(id));
                    pending.push((name.map(|field| field.shown.to_string()).unwrap_or_default(), day));
                }
            }
        });
        self.say_planned(figure);
        let numerator = Quantity::from(met_by);
        let denominator = Quantity::from(met_by + not_met + self.unknown);
        self.say_where(plain(denominator), denominator == Quantity::ONE, figure);
        if self.unknown > 0 && !denominator.is_zero() {
            let share = |numerator, denominator| Figure::Share { numerator, denominator };
            // Records that may not belong here at all could also leave the denominator.
            let certain = denominator - Quantity::from(self.unknown);
            let mut figures = vec![
                share(numerator, denominator),
                share(numerator + Quantity::from(self.unknown), denominator),
            ];
            if !certain.is_zero() {
                figures.push(share(numerator, certain));
            }
            if !self.is_told(&figures, figure) {
                return;
            }
        }
        for (name, day) in &pending {
            figure.notes.push(format!(
                "{} pending: its last day on time, {}, had not passed when the return was received.",
                if name.is_empty() { "One record is".to_string() } else { format!("{name} is") },
                long_date(*day)
            ));
        }
        figure.worth = Worth::Share { numerator, denominator };
        let slack = Quantity::from(pending.len()) + Quantity::from(self.unknown);
        self.compare_share(stated, numerator, denominator, slack, figure);
    }

    fn distinct(&mut self, rule: &Distinct, stated: &StatedCells<'_>, figure: &mut AreaFigure) {
        let parameter = self.source.contract.parameter(&rule.of);
        let Some(of) = parameter.and_then(|parameter| parameter.values.on(self.source.period.from)) else {
            return;
        };
        let mut different = Different::default();
        self.each(|count, entry, belongs| {
            let field = entry.field(&rule.column).filter(|field| !field.shown.trim().is_empty());
            let (Belongs::Yes, Some(field)) = (belongs, field) else {
                different.unknown += 1;
                return;
            };
            count.add(Some(field));
            different.take(field.shown);
        });
        self.unknown = different.unknown;
        self.say_planned(figure);
        let entries = self.counted;
        self.say_where(entries.to_string(), entries == 1, figure);
        let (least, most) = match different.out_of(*of) {
            OutOf::Between { least, most } => (Quantity::from(least), Quantity::from(most)),
            OutOf::TooMany(named) => {
                if let Some(last) = self.last.map(FieldView::place) {
                    let message = format!(
                        "{named} different entries stand in the log, of {of} there are: check their spelling."
                    );
                    figure.notes.push(message.clone());
                    figure.findings.push(Finding::at(&FIGURE_IMPOSSIBLE, &last, message));
                }
                return;
            }
        };
        let (numerator, denominator) = (least, Quantity::from(*of));
        if self.unknown > 0 {
            let share = |numerator| Figure::Share { numerator, denominator };
            if !self.is_told(&[share(numerator), share(most)], figure) {
                return;
            }
        }
        let newest = self.source.later.iter().map(|later| later.received).chain([self.source.received]).max();
        if numerator < denominator && newest.is_some_and(|newest| newest < self.source.period.to) {
            figure.notes.push(format!(
                "Provisional: received on {}, before the end of the period, with {} of {} still to come.",
                long_date(self.source.received),
                plain(denominator - numerator),
                plain(denominator)
            ));
        }
        figure.worth = Worth::Share { numerator, denominator };
        self.compare_share(stated, numerator, denominator, most - numerator, figure);
    }

    fn number(&mut self, rule: &Number, stated: &StatedCells<'_>, figure: &mut AreaFigure) {
        let working_days = self.source.working_days;
        let decisive = rule.met.columns().last().map(ToString::to_string);
        let period = self.source.period;
        let nothing = rule.nothing_without.as_ref().is_some_and(|id| {
            !self.entries.iter().any(|entry| match entry.answer(id) {
                Answer::Date(day) => period.contains(*day),
                Answer::Unreadable { .. } => true,
                _ => false,
            })
        });
        let mut number = 0_u32;
        let mut unclear: Vec<CellRef> = Vec::new();
        self.each(|count, entry, belongs| match met_or_not(&rule.met, entry, working_days) {
            Outcome::NotMet | Outcome::Pending(_) => {}
            Outcome::Met if belongs == Belongs::Yes => {
                number += 1;
                let place = decisive.as_deref().and_then(|id| entry.field(id));
                count.add(place);
            }
            Outcome::Met => count.unknown += 1,
            Outcome::Unknown => {
                count.unknown += 1;
                let place = decisive.as_deref().and_then(|id| entry.field(id));
                let place = place.filter(|own| entry.restated_by.is_none() && *own.answer == Answer::No);
                unclear.extend(place.map(FieldView::place));
            }
        });
        for place in &unclear {
            let message = "This says no, but the date beside it says that it was.".to_string();
            figure.findings.push(Finding::at(&LOG_FIELD_UNREADABLE, place, message));
        }
        let value = Quantity::from(number);
        if number > 0 {
            self.say_where(plain(value), number == 1, figure);
        } else {
            self.say_restated(figure);
        }
        let most = value + Quantity::from(self.unknown);
        if self.unknown > 0 && !self.is_told(&[Figure::Amount(value), Figure::Amount(most)], figure) {
            return;
        }
        figure.worth = if nothing { Worth::Nothing } else { Worth::Amount(value) };
        let Some(result) = stated.result else { return };
        let differs = match (result.answer.number(), &result.answer) {
            (Some(stated), _) => stated < value || stated > most,
            (None, Answer::NotApplicable) => !nothing,
            _ => false,
        };
        if differs {
            let message = format!(
                "The number is stated as {}; the log gives {}.",
                crate::domain::text::one_line(&result.shown),
                plain(value)
            );
            figure.findings.push(Finding::at(&STATED_DIFFERS, &result.place, message));
        }
    }

    /// The column that names a record.
    fn reference(&self) -> Option<String> {
        let table = self.source.contract.table(&self.log.table)?;
        let named = table.columns.iter().find(|column| column.unique).map(|column| column.id.clone());
        named.or_else(|| records_of(Some(table))?.restates.first().cloned())
    }

    /// Whether the rating is the same whatever the entries are that cannot be told; says which.
    fn is_told(&self, figures: &[Figure], figure: &mut AreaFigure) -> bool {
        let records =
            if self.unknown == 1 { "1 entry".to_string() } else { format!("{} entries", self.unknown) };
        if is_same_for_all(self.kpi.rule(self.source.period), figures) {
            figure.notes.push(format!(
                "{records} could not be read and not counted as met; the rating is the same either way."
            ));
            return true;
        }
        figure.notes.push(format!("{records} of the log could not be read, and the rating depends on it."));
        false
    }

    fn say_where(&self, number: String, is_one: bool, figure: &mut AreaFigure) {
        if let (Some(first), Some(last)) = (self.first.map(FieldView::place), self.last.map(FieldView::place))
        {
            let entries = if is_one { "entry" } else { "entries" };
            let to = if first == last { String::new() } else { format!(" to {}", last.cell) };
            figure.computed = Some(format!(
                "Computed from {number} {entries} of the log, {} {}{to}.",
                first.sheet, first.cell
            ));
            let is_one = first == last;
            figure.cells.push(first);
            if !is_one {
                figure.cells.push(last);
            }
        }
        if self.by_further_column {
            figure.notes.extend(self.log.reading_without_first.clone());
        }
        self.say_restated(figure);
    }

    fn say_planned(&self, figure: &mut AreaFigure) {
        if self.planned > 0 {
            let are = if self.planned == 1 { "1 entry is" } else { &format!("{} entries are", self.planned) };
            figure.notes.push(format!("{are} dated after the return was received, and counted as given."));
        }
    }

    fn say_restated(&self, figure: &mut AreaFigure) {
        for (name, number) in &self.restated {
            let entries = if *number == 1 { "1 entry" } else { &format!("{number} entries") };
            figure.notes.push(format!("Restated: {entries} of the period stands in {name}."));
        }
    }

    fn compare_share(
        &self,
        stated: &StatedCells<'_>,
        numerator: Quantity,
        denominator: Quantity,
        slack: Quantity,
        figure: &mut AreaFigure,
    ) {
        // A later return says what could not be known when this one was sent.
        if !self.restated.is_empty() {
            return;
        }
        let unknown = Quantity::from(self.unknown);
        let parts = [
            (stated.numerator, numerator, numerator + slack, "numerator"),
            (stated.denominator, denominator - unknown, denominator + slack, "denominator"),
        ];
        let mut parts_agree = true;
        for (observation, least, most, what) in parts {
            let Some(observation) = observation else { continue };
            let Some(value) = observation.answer.number() else { continue };
            if value < least || value > most {
                parts_agree = false;
                let message = format!(
                    "The {what} is stated as {}; the log gives {}.",
                    plain(value),
                    if least == most { plain(least) } else { format!("{} to {}", plain(least), plain(most)) }
                );
                figure.findings.push(Finding::at(&STATED_DIFFERS, &observation.place, message));
            }
        }
        let Some(result) = stated.result else { return };
        let own_parts = stated
            .numerator
            .and_then(|o| o.answer.number())
            .zip(stated.denominator.and_then(|o| o.answer.number()));
        if slack.is_zero() || (!parts_agree && own_parts.is_some()) {
            compare_result(result, numerator, denominator, "the log gives", figure);
        } else if let Some((n, d)) = own_parts {
            compare_result(result, n, d, "numerator and denominator give", figure);
        }
    }
}

fn met_or_not(
    met: &Met,
    entry: &Entry<'_>,
    working_days: &crate::calendar::working_days::WorkingDays,
) -> Outcome {
    met.judge(|id| entry.answer(id), entry.received, working_days)
}
