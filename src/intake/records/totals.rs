//! Total rows among records: no record is counted twice, and what is passed over is said.

use chrono::Datelike;

use super::lines::{Entered, Line};
use super::{Seen, notes};
use crate::contract::layout::{Asks, Records};
use crate::contract::meant::Table;
use crate::domain::answer::Answer;
use crate::domain::text::fold;

/// What a line of a table of records is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A record.
    Record,
    /// The total of all records.
    Total,
    /// The total of some of them.
    Subtotal,
    /// Words below or between the records.
    Note,
}

/// What lines are once all are known.
pub(super) fn settle(settings: &Records, lines: &mut [Seen]) {
    let totals = lines.iter().filter(|line| line.kind == Kind::Total).count();
    let first_total = lines.iter().position(|line| line.kind == Kind::Total);
    let first_record = lines.iter().position(|line| line.kind == Kind::Record);
    let last_record = lines.iter().rposition(|line| line.kind == Kind::Record);
    for (index, line) in lines.iter_mut().enumerate() {
        let is_below = |other: Option<usize>| other.is_some_and(|other| other < index);
        match line.kind {
            // Of several, one with records above and below totals those above it alone.
            Kind::Total if totals > 1 && is_below(first_record) && last_record > Some(index) => {
                line.kind = Kind::Subtotal;
            }
            // Below the total stand remarks.
            Kind::Record if settings.total && is_below(first_total) && line.is_words => {
                line.kind = Kind::Note;
            }
            _ => {}
        }
    }
    notes::tell_from_records(lines);
}

/// What a line is by itself; `opening` is its own, folded.
pub(super) fn kind(table: &Table, settings: &Records, line: &Line<'_>, opening: Option<&str>) -> Kind {
    if settings.total {
        let labels = line.labels.iter().map(|text| fold(text));
        if let Some(kind) = labels.filter_map(|label| total_words(&label)).next() {
            return kind;
        }
        // What has no name and only adds up is the total of a table whose total row has no label.
        let name = settings.names.as_ref().and_then(|id| line.field(id));
        if name.is_some_and(|name| name.said.answer.is_blank()) && line.is_computed {
            return Kind::Total;
        }
    } else if let Some(kind) = opening.and_then(|label| of_no_record(table, line, label)) {
        return kind;
    }
    // A form that goes by groups may reckon their means in rows of their own.
    let is_mean = |text: &&str| {
        let folded = fold(text);
        let of = ["average", "mean", "overall", "total"].iter().any(|word| folded.starts_with(word));
        let only = folded
            .split(' ')
            .all(|word| ["average", "mean", "overall", "total", "area", "group", "score"].contains(&word));
        only && (of || folded == "area score" || folded == "area average")
    };
    if settings.group.is_some() && line.labels.iter().any(is_mean) {
        return Kind::Subtotal;
    }
    let is_remark = || {
        let opens = line.labels.first().map(|text| fold(text)).unwrap_or_default();
        ["note", "notes", "source"].iter().any(|word| {
            let rest = opens.strip_prefix(word);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([':', ' ', '.', '-']))
        })
    };
    if settings.names.is_some() && is_remark() && is_words(table, settings, line) {
        return Kind::Note;
    }
    Kind::Record
}

/// Whether nothing but words stands in the line, where its table asks for figures.
pub(super) fn is_words(table: &Table, settings: &Records, line: &Line<'_>) -> bool {
    let mut figures = table.columns.iter().filter(|column| column.asks.is_answered()).peekable();
    settings.names.is_some()
        && figures.peek().is_some()
        && figures.all(|column| line.field(&column.id).is_none_or(|field| field.said.shown.is_empty()))
}

/// Whether a label is that of a row that adds up the others: it is no record.
pub(in crate::intake) fn is_total(label: &str) -> bool {
    total_words(&fold(label)) == Some(Kind::Total)
}

/// What a line is called a total of, where its table has none of its own and nothing in the line speaks against it.
fn of_no_record(table: &Table, line: &Line<'_>, label: &str) -> Option<Kind> {
    let kind = total_words(label)?;
    let others = || {
        table.columns.iter().filter_map(|column| {
            let field = line.field(&column.id)?;
            (!field.said.shown.is_empty() && fold(&field.said.shown) != label).then_some((column.asks, field))
        })
    };
    if others().any(|(asks, field)| is_of_one(asks, field)) {
        return None;
    }
    // What is called so may still be somebody's name: it is a total where it adds up, and has words for nothing.
    let is_figure = |field: &Entered<'_>| field.said.shown.chars().any(|c| c.is_ascii_digit());
    let adds_up = others().any(|(_, field)| is_figure(field))
        && others().all(|(asks, field)| {
            asks == Asks::Comment || is_figure(field) || !field.said.shown.chars().any(char::is_alphabetic)
        });
    (is_nobodys_name(label) || adds_up).then_some(kind)
}

/// Whether a line that opens so is called as a total is, in words that are nobody's name.
pub(super) fn is_called_total(folded: &str) -> bool {
    is_nobodys_name(folded) && total_words(folded).is_some()
}

/// Whether the entry is one that a single record has and no total: a day, a yes or a no.
fn is_of_one(asks: Asks, field: &Entered<'_>) -> bool {
    match field.said.answer {
        // A number in a cell that shows dates is one of the first years of the calendar.
        Answer::Date(day) => asks == Asks::Date && day.year() >= 1950,
        Answer::Yes | Answer::No => true,
        _ => false,
    }
}

/// Whether a label that says total may stand for nothing else; `Overall` and `North total` may.
fn is_nobodys_name(folded: &str) -> bool {
    ["total", "grand total", "overall total", "sub-total", "subtotal", "sub total"]
        .iter()
        .any(|word| folded.starts_with(word))
}

/// What a label says of a total. `Total Care` is a name, `Total for all schemes` a total, `North total` one of some.
fn total_words(folded: &str) -> Option<Kind> {
    let whole = ["grand total", "overall total", "totals", "total", "overall", "sum"];
    let joins = ["all", "for", "of", "across", "hours", "figures", "this", "schemes"];
    let is_whole = whole.iter().any(|word| {
        folded.strip_prefix(word).is_some_and(|rest| {
            let rest = rest.trim_start_matches(['s', ' ', ':', '-']);
            rest.is_empty()
                || rest.starts_with('(')
                || (*word != "sum"
                    && *word != "overall"
                    && joins.iter().any(|own| rest.split(' ').next() == Some(own)))
        })
    });
    if is_whole {
        return Some(Kind::Total);
    }
    let is_part = ["sub-total", "subtotal", "sub total"].iter().any(|word| folded.starts_with(word))
        || [" total", " totals", " subtotal", " sub-total", " sub total"]
            .iter()
            .any(|word| folded.ends_with(word));
    is_part.then_some(Kind::Subtotal)
}

/// Whether a column's entries may hold the word for a total.
pub(super) fn may_name(asks: Asks) -> bool {
    !asks.is_answered() && asks != Asks::Comment
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_totals_are_told_from_names() {
        for (label, kind) in [
            ("Total", Some(Kind::Total)),
            ("TOTALS:", Some(Kind::Total)),
            ("Grand total", Some(Kind::Total)),
            ("Total (all schemes)", Some(Kind::Total)),
            ("Total for the quarter", Some(Kind::Total)),
            ("Total all schemes", Some(Kind::Total)),
            ("Sub-total", Some(Kind::Subtotal)),
            ("Subtotal: North", Some(Kind::Subtotal)),
            ("North total", Some(Kind::Subtotal)),
            ("Total Care House", None),
            ("Totally Local", None),
            ("Overall Road", None),
            ("Summer Lane", None),
            ("Ash House", None),
            ("", None),
        ] {
            assert_eq!(total_words(&fold(label)), kind, "{label}");
        }
    }
}
