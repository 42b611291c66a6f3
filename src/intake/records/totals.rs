//! Total rows among records: no record is counted twice, and what is passed over is said.

use super::Line;
use crate::contract::layout::{Asks, Records};
use crate::contract::meant::Table;
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

/// What each line is, in the lines' order.
pub(super) fn kinds(table: &Table, settings: &Records, lines: &[Line]) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = lines.iter().map(|line| kind(table, settings, line)).collect();
    let totals = kinds.iter().filter(|kind| **kind == Kind::Total).count();
    let first_total = kinds.iter().position(|kind| *kind == Kind::Total);
    let first_record = kinds.iter().position(|kind| *kind == Kind::Record);
    let last_record = kinds.iter().rposition(|kind| *kind == Kind::Record);
    for (index, kind) in kinds.iter_mut().enumerate() {
        let is_below = |other: Option<usize>| other.is_some_and(|other| other < index);
        match kind {
            // Of several, one with records above and below totals those above it alone.
            Kind::Total if totals > 1 && is_below(first_record) && last_record > Some(index) => {
                *kind = Kind::Subtotal;
            }
            // Below the total stand remarks.
            Kind::Record if is_below(first_total) && is_words(table, settings, &lines[index]) => {
                *kind = Kind::Note;
            }
            _ => {}
        }
    }
    kinds
}

fn kind(table: &Table, settings: &Records, line: &Line) -> Kind {
    if settings.total {
        let labels = line.labels.iter().map(|text| fold(text));
        if let Some(kind) = labels.filter_map(|label| total_words(&label)).next() {
            return kind;
        }
        // What has no name and only adds up is the total of a table whose total row has no label.
        let name = settings.names.as_ref().and_then(|id| line.fields.get(id));
        if name.is_some_and(|name| name.answer.is_blank()) && line.is_computed {
            return Kind::Total;
        }
    }
    // A form that goes by groups may reckon their means in rows of their own.
    let is_mean = |text: &String| {
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
    let opens = line.labels.first().map(|text| fold(text)).unwrap_or_default();
    let is_remark = ["note", "notes", "source"].iter().any(|word| {
        opens.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', ' ', '.', '-']))
    });
    if settings.names.is_some() && is_remark && is_words(table, settings, line) {
        return Kind::Note;
    }
    Kind::Record
}

/// Whether nothing but words stands in the line, where its table asks for figures.
fn is_words(table: &Table, settings: &Records, line: &Line) -> bool {
    let mut figures = table.columns.iter().filter(|column| column.asks.is_answered()).peekable();
    settings.names.is_some()
        && figures.peek().is_some()
        && figures.all(|column| line.fields.get(&column.id).is_none_or(|field| field.shown.is_empty()))
}

/// Whether a label is that of a row that adds up the others: it is no record.
pub(super) fn is_total(label: &str) -> bool {
    total_words(&fold(label)) == Some(Kind::Total)
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
