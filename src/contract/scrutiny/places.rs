//! Where in a definition's text something stands, by its way through tables and lists.

use std::ops::Range;

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One step of the way.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step<'a> {
    /// To the value of a key.
    Key(&'a str),
    /// To an entry of a list, from 0.
    Item(usize),
}

/// The places of a definition.
pub(super) struct Places<'t> {
    root: Option<Spanned<DeTable<'t>>>,
}

impl<'t> Places<'t> {
    /// The places in `text`; none where it is no TOML.
    pub fn of(text: &'t str) -> Self {
        Self { root: DeTable::parse(text).ok() }
    }

    /// Where the end of the way stands, in bytes: a key where the last step leads to one, else the entry. Where the way does not
    /// lead all the way, the last place on it.
    pub fn at(&self, way: &[Step<'_>]) -> Range<usize> {
        let mut place = 0..0;
        let mut table = self.root.as_ref().map(Spanned::get_ref);
        let mut value: Option<&DeValue<'_>> = None;
        for step in way {
            let found = match step {
                Step::Key(key) => {
                    let own = table.and_then(|table| table.iter().find(|(name, _)| name.get_ref() == key));
                    own.map(|(name, value)| (name.span(), value))
                }
                Step::Item(index) => value
                    .and_then(DeValue::as_array)
                    .and_then(|list| list.get(*index))
                    .map(|entry| (entry.span(), entry)),
            };
            let Some((span, next)) = found else { break };
            place = span;
            value = Some(next.get_ref());
            table = next.get_ref().as_table();
        }
        place
    }

    /// The dates that the entries of the list at the end of the way carry under `key`, as written; `None` for one without.
    pub fn dates(&self, way: &[Step<'_>], key: &str) -> Vec<Option<NaiveDate>> {
        let Some(list) = self.value(way).and_then(DeValue::as_array) else { return Vec::new() };
        list.iter()
            .map(|entry| {
                let date = entry.get_ref().get(key)?.get_ref().as_datetime()?.date?;
                NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
            })
            .collect()
    }

    fn value(&self, way: &[Step<'_>]) -> Option<&DeValue<'t>> {
        let mut steps = way.iter();
        let Some(Step::Key(first)) = steps.next() else { return None };
        let root = self.root.as_ref()?.get_ref();
        let mut value = root.iter().find(|(name, _)| name.get_ref() == first)?.1.get_ref();
        for step in steps {
            value = match step {
                Step::Key(key) => value.get(*key)?.get_ref(),
                Step::Item(index) => value.get(*index)?.get_ref(),
            };
        }
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::Step::{Item, Key};
    use super::*;

    const TEXT: &str = "id = \"a\"\n\n[[kpis]]\nref = \"1\"\n\n[kpis.rule.bands]\ngreen = 1\n\n[[kpis]]\nref = \"2\"\n\
                        values = [{ value = 6 }, { value = 7, from = 2023-01-01 }]\n";

    #[test]
    fn finds_keys_and_entries_and_stops_where_the_way_ends() {
        let places = Places::of(TEXT);
        let at = |way: &[Step<'_>]| TEXT[places.at(way)].to_string();
        assert_eq!(at(&[Key("id")]), "id");
        assert_eq!(at(&[Key("kpis"), Item(0), Key("rule"), Key("bands"), Key("green")]), "green");
        assert_eq!(at(&[Key("kpis"), Item(0), Key("rule"), Key("bands"), Key("red")]), "bands");
        assert_eq!(at(&[Key("kpis"), Item(1), Key("values"), Item(0)]), "{ value = 6 }");
        assert!(at(&[Key("kpis"), Item(1)]).starts_with("[[kpis]]"));
        assert_eq!(at(&[Key("forms")]), "");
        assert_eq!(Places::of("= nothing").at(&[Key("id")]), 0..0);
    }

    #[test]
    fn gives_the_dates_as_written() {
        let dates = Places::of(TEXT).dates(&[Key("kpis"), Item(1), Key("values")], "from");
        assert_eq!(dates, [None, "2023-01-01".parse().ok()]);
        assert!(Places::of(TEXT).dates(&[Key("kpis"), Item(0), Key("values")], "from").is_empty());
    }
}
