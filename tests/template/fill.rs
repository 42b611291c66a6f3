//! Fills a blank return in with random sound values: what the definition's checks compare agrees.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use quarterday::contract::layout::{Asks, Layout, Records};
use quarterday::contract::meant::{CheckRule, EvidenceAt, EvidenceCell, Stated, Table};
use quarterday::domain::quantity::Quantity;
use quarterday::review::blank_form::{BlankForm, Entered, FormLabel, Line, Place, StandsFor, Takes};
use quarterday::reviewing::blank_form::Wanted;
use quarterday::rules::evidence::Proves;
use quarterday::rules::sum_of_records::Part;

use crate::dice::Dice;

/// The provider of every return.
pub const PROVIDER: &str = "Harbour Advocacy";

/// Filled cells by sheet and address order: what was entered for each place.
pub struct Filling<'a> {
    pub wanted: &'a Wanted<'a>,
    pub submitted: NaiveDate,
    dice: Dice,
    /// What is entered, by place.
    entered: Vec<(Place, Entered)>,
}

/// Fills the form in; `submitted` is the day it is sent.
pub fn fill(form: &mut BlankForm, wanted: &Wanted<'_>, submitted: NaiveDate, seed: u64) {
    let mut filling = Filling { wanted, submitted, dice: Dice::new(seed), entered: Vec::new() };
    filling.decide(form);
    let records: BTreeMap<String, usize> = wanted
        .form
        .tables
        .iter()
        .map(|table| {
            let rests = wanted.contract.kpis.iter().any(|kpi| rests_on_records(&kpi.stated, &table.id));
            let least = usize::from(rests || !table.optional);
            (table.id.clone(), least + filling.dice.up_to(4) as usize)
        })
        .collect();
    let mut all: Vec<(Option<StandsFor>, Takes, bool, Option<Entered>)> = form
        .entries_mut()
        .map(|(_, _, stands_for, entry)| {
            (stands_for.cloned(), entry.takes.clone(), entry.may_not_apply, entry.value.clone())
        })
        .collect();
    let groups = group_lines(wanted, form);
    for (stands_for, takes, _, value) in &mut all {
        *value = match stands_for {
            Some(StandsFor::Label(label)) => filling.label(*label, takes),
            Some(StandsFor::Figure(place)) => match &place.line {
                Line::Record(number) => {
                    let table = wanted.form.table(&place.table).unwrap();
                    let is_grouped = groups.contains_key(&place.table);
                    let is_filled = if is_grouped {
                        groups[&place.table].contains(number)
                    } else {
                        *number < records[&place.table]
                    };
                    if is_filled { filling.field(table, place, takes) } else { None }
                }
                Line::Row(_) | Line::Part { .. } => filling.figure(place),
            },
            Some(StandsFor::Member(place)) => match &place.line {
                Line::Part { number, .. } => Some(named(value.as_ref(), *number)),
                _ => None,
            },
            None => None,
        };
    }
    for ((_, _, _, entry), (_, _, _, value)) in form.entries_mut().zip(all) {
        entry.value = value;
    }
    sum_records(form, wanted);
    form.calculate();
}

/// The lines of each grouped table that are filled in: the first two of each group.
fn group_lines(wanted: &Wanted<'_>, form: &mut BlankForm) -> BTreeMap<String, Vec<usize>> {
    let mut lines: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for table in &wanted.form.tables {
        let Layout::Records(Records { group: Some(_), .. }) = &table.layout else { continue };
        let all: std::collections::BTreeSet<usize> = form
            .entries_mut()
            .filter_map(|(_, _, stands_for, _)| match stands_for {
                Some(StandsFor::Figure(Place { table: own, line: Line::Record(number), .. }))
                    if *own == table.id =>
                {
                    Some(*number)
                }
                _ => None,
            })
            .collect();
        let each = all.len() / table.rows.len();
        lines.insert(table.id.clone(), all.into_iter().filter(|number| number % each < 2).collect());
    }
    lines
}

/// A member's name in the place of the one that stands for none.
fn named(value: Option<&Entered>, number: usize) -> Entered {
    let Some(Entered::Text(text)) = value else { panic!("{value:?}") };
    let (prefix, _) = text.split_once(':').unwrap();
    Entered::Text(format!("{prefix}: Kind {}", number + 1))
}

fn rests_on_records(stated: &Stated, table: &str) -> bool {
    match stated {
        Stated::Certified(certified) => {
            certified.evidence.iter().any(|cell| matches!(&cell.at, EvidenceAt::Records(own) if own == table))
        }
        Stated::Row(_) | Stated::Share { .. } | Stated::Scored(_) | Stated::Summed(_) => false,
    }
}

/// In no record is there more in the column of a part than in that of its whole.
fn no_part_exceeds_its_whole(form: &mut BlankForm, table: &str, part: &str, whole: &str) {
    let mut wholes: BTreeMap<usize, Quantity> = BTreeMap::new();
    for column in [whole, part] {
        for (_, _, stands_for, entry) in form.entries_mut() {
            let Some(StandsFor::Figure(place)) = stands_for else { continue };
            let Line::Record(number) = place.line else { continue };
            let Some(Entered::Number(value)) = entry.value.clone().filter(|_| place.table == table) else {
                continue;
            };
            if place.column != column {
                continue;
            }
            let most = *wholes.entry(number).or_insert(value);
            entry.value = Some(Entered::Number(value.min(most)));
        }
    }
}

/// Stated figures that a check compares with the sum of records are that sum.
fn sum_records(form: &mut BlankForm, wanted: &Wanted<'_>) {
    for check in &wanted.contract.checks {
        let CheckRule::SumOfRecords(rule) = &check.rule else { continue };
        if check.table.form != wanted.form.id {
            continue;
        }
        let stating = wanted.contract.table(&check.table).unwrap();
        for part in rule.figures.iter().filter(|figure| figure.part == Part::Numerator) {
            let whole = rule.figures.iter().find(|own| own.row == part.row && own.part == Part::Denominator);
            if let Some(whole) = whole {
                no_part_exceeds_its_whole(form, &rule.of, &part.column, &whole.column);
            }
        }
        for figure in &rule.figures {
            let mut sum = None;
            for (_, _, stands_for, entry) in form.entries_mut() {
                if let (Some(StandsFor::Figure(place)), Some(Entered::Number(value))) =
                    (stands_for, &entry.value)
                    && place.table == rule.of
                    && place.column == figure.column
                {
                    sum = Some(sum.unwrap_or(Quantity::ZERO) + value);
                }
            }
            let column = &stating.column_asking(Asks::of(figure.part)).unwrap().id;
            for (_, _, stands_for, entry) in form.entries_mut() {
                if let (Some(StandsFor::Figure(place)), Some(sum)) = (stands_for, sum)
                    && place.table == stating.id
                    && place.line == Line::Row(figure.row.clone())
                    && place.column == *column
                {
                    entry.value = Some(Entered::Number(sum));
                }
            }
        }
    }
}

impl Filling<'_> {
    /// Decides every figure of the grids: wholes before their parts, denominators before numerators, totals before breakdowns.
    fn decide(&mut self, form: &mut BlankForm) {
        let places: Vec<(Place, Takes)> = form
            .entries_mut()
            .filter_map(|(_, _, stands_for, entry)| match stands_for {
                Some(StandsFor::Figure(place)) if !matches!(place.line, Line::Record(_)) => {
                    Some((place.clone(), entry.takes.clone()))
                }
                _ => None,
            })
            .collect();
        let asks = |place: &Place| {
            let table = self.wanted.form.table(&place.table).unwrap();
            table.column(&place.column).unwrap().asks
        };
        let order = |(place, _): &(Place, Takes)| {
            let table = self.wanted.form.table(&place.table).unwrap();
            match &place.line {
                Line::Row(row) if table.row(row).unwrap().of.is_some() => 1,
                Line::Row(_) if asks(place) == Asks::Numerator => 1,
                Line::Row(_) => 0,
                Line::Part { .. } | Line::Record(_) => 2,
            }
        };
        let mut ordered = places;
        ordered.sort_by_key(order);
        for (place, takes) in &ordered {
            if let Line::Row(row) = &place.line {
                let value = self.of_row(place, row, takes);
                self.entered.push((place.clone(), value));
            }
        }
        let mut parts: Vec<(Place, Takes)> =
            ordered.into_iter().filter(|(place, _)| matches!(place.line, Line::Part { .. })).collect();
        while let Some((first, _)) = parts.first().cloned() {
            let Line::Part { row, breakdown, .. } = &first.line else { break };
            let is_same = |(place, _): &(Place, Takes)| {
                matches!(&place.line, Line::Part { row: own, breakdown: by, .. } if own == row && by == breakdown)
                    && (&place.table, &place.column, &place.area)
                        == (&first.table, &first.column, &first.area)
            };
            let (own, rest): (Vec<_>, Vec<_>) = parts.into_iter().partition(is_same);
            parts = rest;
            self.parts(&own);
        }
    }

    /// The lines of one breakdown in one column: parts of the row's figure where they add up.
    fn parts(&mut self, own: &[(Place, Takes)]) {
        let (first, takes) = &own[0];
        let Line::Part { row, breakdown, .. } = &first.line else { panic!() };
        let table = self.wanted.form.table(&first.table).unwrap();
        let rows = table.row(row).unwrap();
        let rule = rows.breakdowns.iter().find(|rule| rule.id == *breakdown).unwrap();
        let whole = Place { line: Line::Row(row.clone()), ..first.clone() };
        let values: Vec<Quantity> = match self.number(&whole).filter(|_| rule.adds_up) {
            Some(total) => {
                let used = self.dice.between(1, own.len() as u32) as usize;
                // In halves, as hours are.
                let halves = u32::try_from(total * Quantity::from(2)).unwrap();
                let by = if *takes == Takes::WholeNumber { 1 } else { 2 };
                let split = self.dice.split(halves * by / 2, used);
                split.into_iter().map(|part| Quantity::from(part) / Quantity::from(by)).collect()
            }
            None => own.iter().map(|_| Quantity::from(self.dice.up_to(9))).collect(),
        };
        for ((place, _), value) in own.iter().zip(values) {
            self.entered.push((place.clone(), Entered::Number(value)));
        }
    }

    fn number(&self, at: &Place) -> Option<Quantity> {
        match &self.entered.iter().find(|(place, _)| place == at)?.1 {
            Entered::Number(value) => Some(*value),
            _ => None,
        }
    }

    fn of_row(&mut self, place: &Place, id: &str, takes: &Takes) -> Entered {
        let table = self.wanted.form.table(&place.table).unwrap();
        let column = table.column(&place.column).unwrap();
        let most =
            match column.asks {
                Asks::Numerator => {
                    let denominator = table.column_asking(Asks::Denominator).unwrap();
                    self.number(&Place { column: denominator.id.clone(), ..place.clone() })
                }
                _ => table.row(id).unwrap().of.as_ref().and_then(|whole| {
                    self.number(&Place { line: Line::Row(whole.clone()), ..place.clone() })
                }),
            };
        let proves = self.evidence().find_map(|cell| match &cell.at {
            EvidenceAt::Row(row) if row == id && cell.column == place.column => Some(cell.proves),
            _ => None,
        });
        match (takes, most) {
            (Takes::WholeNumber | Takes::Number, Some(most)) => {
                Entered::Number(self.dice.up_to(u32::try_from(most.trunc()).unwrap()).into())
            }
            // Where there are cases there are hours: a figure that must not be 0 beside others never is.
            (Takes::WholeNumber, None) => Entered::Number(self.dice.between(1, 40).into()),
            (Takes::Number, None) => {
                Entered::Number(Quantity::new(i64::from(self.dice.between(1, 400)) * 5, 1))
            }
            (Takes::Percentage, _) => Entered::Number(Quantity::new(i64::from(self.dice.up_to(100)), 2)),
            _ => self.other(takes, proves.as_ref()),
        }
    }

    /// The evidence that the form's certificates rest on.
    fn evidence(&self) -> impl Iterator<Item = &EvidenceCell> {
        let form = &self.wanted.form.id;
        let own = self.wanted.contract.kpis.iter().filter(move |kpi| kpi.figure.form == *form);
        own.flat_map(|kpi| match &kpi.stated {
            Stated::Certified(certified) => certified.evidence.as_slice(),
            Stated::Row(_) | Stated::Share { .. } | Stated::Scored(_) | Stated::Summed(_) => &[],
        })
    }

    /// What is not decided by other figures.
    fn other(&mut self, takes: &Takes, proves: Option<&Proves>) -> Entered {
        let back = u64::from(self.dice.up_to(20));
        match (takes, proves) {
            (_, Some(Proves::AmountAtLeast(least))) => {
                Entered::Number(least.value + Quantity::from(self.dice.up_to(5)) * Quantity::from(1_000_000))
            }
            (_, Some(Proves::NotExpired)) => Entered::Date(self.submitted + Days::new(back)),
            (Takes::Date { .. }, _) => Entered::Date(self.submitted - Days::new(back)),
            (Takes::Choice(words), _) => Entered::Text(words[0].clone()),
            (Takes::Score { from, to }, _) => Entered::Number(self.dice.between(*from, *to).into()),
            (Takes::Text | Takes::Passage, _) => {
                Entered::Text(format!("Words of no weight, {}.\nAnd more.", self.dice.up_to(99)))
            }
            _ => Entered::Number(self.dice.up_to(40).into()),
        }
    }

    fn figure(&self, at: &Place) -> Option<Entered> {
        self.entered.iter().find(|(place, _)| place == at).map(|(_, value)| value.clone())
    }

    fn label(&mut self, label: FormLabel, takes: &Takes) -> Option<Entered> {
        Some(match label {
            FormLabel::Provider => Entered::Text(PROVIDER.into()),
            FormLabel::Submitted | FormLabel::SignedOn => Entered::Date(self.submitted),
            FormLabel::Period => Entered::Date(self.wanted.period.from + Days::new(9)),
            FormLabel::CompletedBy | FormLabel::Signed | FormLabel::Other(_) => {
                Entered::Text("Service manager".into())
            }
            FormLabel::Area => self.other(takes, None),
            FormLabel::Contract | FormLabel::Version => return None,
        })
    }

    /// Whether a KPI reads a column of a log together with others, such as the day of what it answers.
    fn is_dated(&self, table: &Table, column: &str) -> bool {
        self.wanted.contract.kpis.iter().filter_map(|kpi| kpi.log.as_ref()).any(|log| {
            let columns = log.measure.columns();
            log.table.form == self.wanted.form.id
                && log.table.table == table.id
                && columns.len() > 1
                && columns.contains(&column)
        })
    }

    /// A field of a record.
    fn field(&mut self, table: &Table, place: &Place, takes: &Takes) -> Option<Entered> {
        let Layout::Records(settings) = &table.layout else { return None };
        let Line::Record(number) = place.line else { return None };
        let column = table.column(&place.column).unwrap();
        let proves = self.evidence().find_map(|cell| match &cell.at {
            EvidenceAt::Records(own) if *own == table.id && cell.column == column.id => Some(cell.proves),
            _ => None,
        });
        let identifies = column.unique
            || settings.names.as_ref() == Some(&column.id)
            || settings.restates.first() == Some(&column.id);
        // The same day for every date that says to which period a record belongs; others follow it.
        let base = self.wanted.period.from + Days::new(number as u64);
        Some(match column.asks {
            _ if identifies && column.asks != Asks::Date => Entered::Text(format!("Number {}", number + 1)),
            Asks::Date
                if settings.belongs.contains(&column.id) || settings.begins.as_ref() == Some(&column.id) =>
            {
                Entered::Date(base)
            }
            Asks::Date if settings.begins.is_some() => {
                Entered::Date(base + Days::new(self.dice.up_to(9).into()))
            }
            Asks::Area => {
                let Takes::Choice(areas) = takes else { panic!("{takes:?}") };
                Entered::Text(areas[self.dice.up_to(areas.len() as u32 - 1) as usize].clone())
            }
            // A day beside it says yes.
            Asks::YesNo if self.is_dated(table, &column.id) => Entered::Text("Yes".into()),
            Asks::YesNo if proves.is_none() => {
                Entered::Text(if self.dice.up_to(1) == 0 { "Yes" } else { "No" }.into())
            }
            _ => self.other(takes, proves.as_ref()),
        })
    }
}
