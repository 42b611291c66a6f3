//! KPIs: where their figures stand, and how they are rated.

use rust_decimal::Decimal;
use toml::Spanned;

use super::Reading;
use crate::contract::layout::{Asks, Column, Layout};
use crate::contract::meant::{
    Certified, Dated, EvidenceAt, EvidenceCell, Form, Kpi, LogFigure, LogMeasure, Parameter, RatingRule,
    Scored, Stated, Summed, Table, TablePath,
};
use crate::contract::written;
use crate::domain::better::Better;
use crate::domain::period::Frequency;
use crate::domain::quantity::Unit;

/// A KPI as meant.
pub(super) fn kpi(
    reading: &mut Reading<'_>,
    kpi: written::Kpi,
    forms: &[Form],
    parameters: &[Parameter],
) -> Kpi {
    let unit = match (&kpi.unit, &kpi.certified) {
        _ if kpi.scored.is_some() => Unit::Score,
        (Some(unit), _) => *unit,
        (None, Some(_)) => Unit::Answer,
        (None, None) => {
            reading.fault(&kpi.reference, "a KPI needs a unit".into(), None);
            Unit::Count
        }
    };
    let (figure, stated) = match (kpi.figure, kpi.certified, kpi.scored, kpi.summed) {
        (Some(figure), None, None, None) => stated(reading, figure, forms),
        (None, Some(own), None, None) => certified(reading, own, forms),
        (None, None, Some(own), None) => scored(reading, own, forms),
        (None, None, None, Some(own)) => summed(reading, own, forms),
        _ => {
            let help = "name one of `figure`, `certified`, `scored` and `summed`";
            reading.fault(&kpi.reference, "a KPI has one place where it is stated".into(), Some(help.into()));
            (TablePath { form: String::new(), table: String::new() }, Stated::Row(String::new()))
        }
    };
    let log = kpi.log.and_then(|log| log_figure(reading, log, &figure, forms, parameters));
    let mut rules = match kpi.rule {
        Some(rule) => Dated::always(rule),
        None => Dated::never(),
    };
    for varied in kpi.variations {
        let from = reading.date(&varied.from);
        rules = rules.and_from(Some(from), varied.rule);
    }
    if unit == Unit::Answer && !rules.is_empty() {
        reading.fault(&kpi.reference, "an answer of yes or no needs no rule: yes is green".into(), None);
    }
    if let Some(better) = &kpi.better {
        let why = match unit {
            Unit::Answer => Some("an answer of yes or no is not compared"),
            _ if rules
                .all()
                .any(|(_, rule)| rule.lower_is_better() != (*better.get_ref() == Better::Lower)) =>
            {
                Some("the rule says otherwise: a KPI that is rated knows by it which figures are better")
            }
            _ => None,
        };
        if let Some(why) = why {
            reading.fault(better, why.into(), Some("leave `better` out".into()));
        }
    }
    for (_, rule) in rules.all() {
        check_bounds(reading, &kpi.reference, unit, rule);
    }
    let every = every(&figure, &stated, forms);
    if kpi.averaged_denominator && unit != Unit::Percent {
        reading.fault(&kpi.reference, "only a share has a denominator".into(), None);
    }
    if kpi.may_exceed_whole && unit != Unit::Percent {
        reading.fault(&kpi.reference, "only a share can exceed the whole".into(), None);
    }
    Kpi {
        reference: kpi.reference.into_inner(),
        title: kpi.title,
        clause: kpi.clause,
        unit,
        figure,
        stated,
        every,
        may_exceed_whole: kpi.may_exceed_whole,
        averaged_denominator: kpi.averaged_denominator,
        log,
        rules,
        better: kpi.better.map(Spanned::into_inner),
        local: kpi.local,
        reading: kpi.reading,
    }
}

fn check_bounds(reading: &mut Reading<'_>, at: &Spanned<String>, unit: Unit, rule: &RatingRule) {
    let (percent, plain) = match rule {
        RatingRule::Target(target) => (target.bound.percent, !target.bound.percent),
        RatingRule::Bands(bands) => bands.percent(),
    };
    if (unit == Unit::Percent && plain) || (unit != Unit::Percent && percent) {
        let message = match unit {
            Unit::Percent => "a KPI in percent needs a target in percent, such as \"95%\"",
            _ => "a KPI that is no percentage needs a plain number as its target",
        };
        reading.fault(at, message.into(), None);
    }
    if unit == Unit::Percent
        && rule.bounds().iter().any(|bound| !(Decimal::ZERO..=Decimal::ONE).contains(bound))
    {
        reading.fault(at, "a target in percent lies between 0% and 100%".into(), None);
    }
}

fn table<'f>(path: &TablePath, forms: &'f [Form]) -> Option<&'f Table> {
    forms.iter().find(|form| form.id == path.form)?.table(&path.table)
}

fn known_row(reading: &mut Reading<'_>, row: &Spanned<String>, table: Option<&Table>) {
    if let Some(table) = table
        && table.row(row.get_ref()).is_none()
    {
        reading.unknown(row, "row", table.rows.iter().map(|row| row.id.as_str()));
    }
}

fn stated(reading: &mut Reading<'_>, figure: written::StatedFigure, forms: &[Form]) -> (TablePath, Stated) {
    let path = reading.table_path(&figure.table, forms);
    let table = table(&path, forms);
    for row in [&figure.row, &figure.numerator, &figure.denominator].into_iter().flatten() {
        known_row(reading, row, table);
    }
    let stated = match (figure.row, figure.numerator, figure.denominator) {
        (Some(row), None, None) => Stated::Row(row.into_inner()),
        (None, Some(numerator), Some(denominator)) => {
            Stated::Share { numerator: numerator.into_inner(), denominator: denominator.into_inner() }
        }
        _ => {
            let help = "name either `row`, or `numerator` and `denominator`";
            reading.fault(&figure.table, "it is not clear where the figure stands".into(), Some(help.into()));
            Stated::Row(String::new())
        }
    };
    (path, stated)
}

/// How often a figure is asked for: as its rows are, else as its form is.
fn every(path: &TablePath, stated: &Stated, forms: &[Form]) -> Frequency {
    let rows = table(path, forms).into_iter().flat_map(|table| {
        stated.rows().into_iter().filter_map(|id| table.row(id)).filter_map(|row| row.every)
    });
    let form = forms.iter().find(|form| form.id == path.form).map(|form| form.every);
    rows.chain(form).max().unwrap_or(Frequency::Month)
}

fn scored(reading: &mut Reading<'_>, own: written::Scored, forms: &[Form]) -> (TablePath, Stated) {
    let path = reading.table_path(&own.table, forms);
    let table = table(&path, forms);
    known_row(reading, &own.group, table);
    if let Some(table) = table {
        for column in [Some(&own.column), own.evidence.as_ref()].into_iter().flatten() {
            if table.column(column.get_ref()).is_none() {
                reading.unknown(column, "column", table.columns.iter().map(|column| column.id.as_str()));
            }
        }
    }
    let stated = Scored {
        group: own.group.into_inner(),
        column: own.column.into_inner(),
        evidence: own.evidence.map(Spanned::into_inner),
    };
    (path, Stated::Scored(stated))
}

fn summed(reading: &mut Reading<'_>, own: written::Summed, forms: &[Form]) -> (TablePath, Stated) {
    let path = reading.table_path(&own.table, forms);
    if let Some(table) = table(&path, forms) {
        let known = || table.columns.iter().map(|column| column.id.as_str());
        for column in [Some(&own.column), own.of.as_ref().map(|of| &of.column)].into_iter().flatten() {
            if table.column(column.get_ref()).is_none() {
                reading.unknown(column, "column", known());
            }
        }
        let is_added = |column: &Column| matches!(column.asks, Asks::Figure | Asks::Amount);
        if table.column(own.column.get_ref()).is_some_and(|column| !is_added(column)) {
            let help = "name a column with `asks = \"figure\"` or `asks = \"amount\"`";
            reading.fault(&own.column, "what is added up is a figure or an amount".into(), Some(help.into()));
        }
        if !matches!(table.layout, Layout::Records(_)) {
            let help = "name the row instead: `figure = { table = …, row = … }`";
            reading.fault(&own.table, "only records are added up".into(), Some(help.into()));
        }
    }
    let of = own.of.map(|of| (of.column.into_inner(), of.is));
    (path, Stated::Summed(Summed { column: own.column.into_inner(), of }))
}

fn certified(reading: &mut Reading<'_>, own: written::Certified, forms: &[Form]) -> (TablePath, Stated) {
    let path = reading.table_path(&own.table, forms);
    let answers_table = table(&path, forms);
    for row in &own.answers {
        known_row(reading, row, answers_table);
    }
    let mut evidence = Vec::new();
    for spanned in own.evidence {
        let item = spanned.get_ref();
        let (at, its_table) = match (&item.row, &item.table) {
            (Some(row), None) => {
                if !own.answers.iter().any(|answer| answer.get_ref() == row) {
                    reading.fault(&spanned, format!("`{row}` is none of the answers"), None);
                }
                (EvidenceAt::Row(row.clone()), answers_table)
            }
            (None, Some(name)) => {
                let (form, id) = name.split_once('/').unwrap_or((name, ""));
                let found = table(&TablePath { form: form.into(), table: id.into() }, forms);
                if found.is_none() || form != path.form {
                    reading.fault(&spanned, format!("the form has no table `{name}`"), None);
                }
                (EvidenceAt::Records(id.to_string()), found)
            }
            _ => {
                reading.fault(&spanned, "evidence stands in a `row` or in a `table`".into(), None);
                continue;
            }
        };
        for column in std::iter::once(&item.column).chain(&item.only_where) {
            if let Some(table) = its_table
                && table.column(column).is_none()
            {
                let known: Vec<&str> = table.columns.iter().map(|column| column.id.as_str()).collect();
                reading.fault(
                    &spanned,
                    format!("the table has no column `{column}`"),
                    Some(format!("columns of the table: {}", known.join(", "))),
                );
            }
        }
        let item = spanned.into_inner();
        evidence.push(EvidenceCell {
            at,
            column: item.column,
            proves: item.proves,
            only_where: item.only_where,
            may_be_blank: item.may_be_blank,
            may_not_apply: item.may_not_apply,
        });
    }
    let answers = own.answers.into_iter().map(Spanned::into_inner).collect();
    (path, Stated::Certified(Certified { answers, evidence }))
}

fn log_figure(
    reading: &mut Reading<'_>,
    log: written::LogFigure,
    figure: &TablePath,
    forms: &[Form],
    parameters: &[Parameter],
) -> Option<LogFigure> {
    let path = reading.table_path(&log.table, forms);
    let span = log.in_period.clone();
    let measure = match (log.met, log.distinct, log.number) {
        (Some(met), None, None) => LogMeasure::Share(met.into_inner()),
        (None, Some(distinct), None) => {
            let of = &distinct.get_ref().of;
            if !parameters.iter().any(|parameter| parameter.id == *of) {
                let known: Vec<&str> = parameters.iter().map(|parameter| parameter.id.as_str()).collect();
                let help = format!("parameters of the contract: {}", known.join(", "));
                reading.fault(&distinct, format!("there is no parameter `{of}`"), Some(help));
            }
            LogMeasure::Distinct(distinct.into_inner())
        }
        (None, None, Some(number)) => LogMeasure::Number(number.into_inner()),
        _ => {
            let help = "name one of `met`, `distinct` and `number`";
            reading.fault(&log.table, "a figure from a log is of one kind".into(), Some(help.into()));
            return None;
        }
    };
    let in_period: Vec<String> = span.get_ref().names().map(Into::into).collect();
    if let Some(table) = table(&path, forms) {
        let columns = table.columns.iter().map(|column| column.id.as_str());
        for name in in_period.iter().map(String::as_str).chain(measure.columns()) {
            if table.column(name).is_none() {
                let near = crate::domain::text::nearest(name, columns.clone());
                let known = columns.clone().collect::<Vec<_>>().join(", ");
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("columns of the log: {known}"),
                };
                reading.fault(&span, format!("the log has no column `{name}`"), Some(help));
            }
        }
    }
    if path.form != figure.form {
        reading.fault(&log.table, "the log must stand in the same form as the stated figure".into(), None);
    }
    Some(LogFigure { table: path, in_period, reading_without_first: log.reading_without_first, measure })
}
