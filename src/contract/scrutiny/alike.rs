//! Forms, of one contract or of several, that look alike: a workbook on one of them can be read as the other.

use super::Step::{Item, Key};
use super::{About, Desk, Remark, Text};
use crate::contract::meant::{Form, Table};
use crate::domain::text::fold;

/// A form among all that are known.
struct Known<'a> {
    definition: Text<'a>,
    index: usize,
    form: &'a Form,
}

/// What is found among the forms of all definitions together, in order of file and place: each pair is said once within one
/// contract, at both forms where they are of two.
pub fn alike(definitions: &[Text<'_>]) -> Vec<Remark> {
    let known: Vec<Known<'_>> = definitions
        .iter()
        .flat_map(|definition| {
            definition.contract.forms.iter().enumerate().map(|(index, form)| Known {
                definition: *definition,
                index,
                form,
            })
        })
        .collect();
    let mut remarks = Vec::new();
    for (number, second) in known.iter().enumerate() {
        for first in known.iter().take(number) {
            if !look_alike(first.form, second.form) {
                continue;
            }
            if first.definition.contract.id == second.definition.contract.id {
                remarks.extend(within(first, second));
            } else {
                remarks.extend(across(first, second).into_iter().chain(across(second, first)));
            }
        }
    }
    remarks.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
    remarks
}

/// Every table the one form needs could be a table of the other, both ways round.
fn look_alike(one: &Form, other: &Form) -> bool {
    let covers = |one: &Form, other: &Form| {
        let mut needed = one.tables.iter().filter(|table| !table.optional).peekable();
        needed.peek().is_some() && needed.all(|table| other.tables.iter().any(|own| tables_alike(table, own)))
    };
    covers(one, other) && covers(other, one)
}

fn tables_alike(one: &Table, other: &Table) -> bool {
    let needs = |one: &Table, other: &Table| {
        one.columns.iter().filter(|column| !column.optional).all(|column| {
            other
                .columns
                .iter()
                .any(|own| own.headings.iter().any(|a| column.headings.iter().any(|b| fold(a) == fold(b))))
        })
    };
    needs(one, other) && needs(other, one)
}

fn headings(form: &Form) -> String {
    let names: Vec<String> = form
        .tables
        .iter()
        .filter(|table| !table.optional)
        .flat_map(|table| &table.columns)
        .filter(|column| !column.optional)
        .filter_map(|column| column.headings.first())
        .map(|heading| format!("“{heading}”"))
        .collect();
    super::and(&names)
}

fn within(first: &Known<'_>, second: &Known<'_>) -> Vec<Remark> {
    let mut desk = Desk::of(second.definition);
    let way = [Key("forms"), Item(second.index), Key("id")];
    let about = About::clause(format!("form {}", second.form.id), &second.form.clause);
    let what = format!(
        "It has the headings of the form `{}` ({}), so that a workbook on one can be read as the other",
        first.form.id,
        headings(second.form)
    );
    if first.form.every == second.form.every {
        desk.fault(
            &way,
            &about,
            format!("{what}; nothing tells them apart, as both are {}.", second.form.every.adverb()),
            "Give one of the two a heading of its own.",
        );
    } else {
        desk.note(
            &way,
            &about,
            format!(
                "{what}; the period alone tells them apart: the one is {}, the other {}.",
                first.form.every.adverb(),
                second.form.every.adverb()
            ),
            "Nothing, where every return names its period clearly.",
        );
    }
    desk.remarks
}

fn across(other: &Known<'_>, own: &Known<'_>) -> Vec<Remark> {
    let mut desk = Desk::of(own.definition);
    let way = [Key("forms"), Item(own.index), Key("id")];
    let about = About::clause(format!("form {}", own.form.id), &own.form.clause);
    let period = if other.form.every == own.form.every {
        "A provider with both contracts cannot send either: such a workbook is refused as one that could be both.".to_string()
    } else {
        format!(
            "For a provider with both contracts the period tells them apart: the one is {}, the other {}.",
            own.form.every.adverb(),
            other.form.every.adverb()
        )
    };
    desk.note(
        &way,
        &about,
        format!(
            "It has the headings of the form `{}` of `{}` ({}). The provider's contract in the register tells them apart. {period}",
            other.form.id,
            other.definition.contract.id,
            headings(own.form)
        ),
        "Nothing, where no provider has both contracts; else give one of the two a heading of its own.",
    );
    desk.remarks
}
