//! What the portfolio comes to, in a few sentences: how many are red, what is to be decided, what turned, what is missing.

use super::Contract;
use super::row::Row;
use crate::output::pages::{called, words};

/// So many providers are named in a sentence; with more, the rest are counted.
const NAMED: usize = 3;

/// One sentence or two: who there is, who is red, where something is to be decided.
pub(super) fn headline(contracts: &[Contract]) -> String {
    if contracts.is_empty() {
        return "No provider has a review yet. Enter providers in the register and put their workbooks into the returns folder."
            .to_string();
    }
    let all = rows(contracts).count();
    let red = rows(contracts).filter(|(_, row)| row.reds.red > 0).count();
    let met = rows(contracts).filter(|(_, row)| !row.escalations.is_empty()).count();
    let kpi = if contracts.iter().any(|own| own.called.are_providers()) { "KPI" } else { "rating" };
    let people = called::how_many(contracts.iter().map(|own| (&own.called, own.rows.len())));
    let reds = match rows(contracts).any(|(_, row)| row.reds.rated > 0) {
        true => of_them(red, all, &format!("red {kpi}"), "a"),
        // Nobody is red where nothing is held against a target.
        false => format!("no {kpi} is rated"),
    };
    format!("{people}: {reds}, {}.", of_them(met, all, "escalation to decide on", "an"),)
}

/// `none has a red KPI`, `1 has a red KPI`, `2 have a red KPI`, `all 8 have a red KPI`; of one alone: `no red KPI`.
fn of_them(number: usize, all: usize, what: &str, article: &str) -> String {
    match (number, all) {
        (0, 1) => format!("no {what}"),
        (1, 1) => format!("{article} {what}"),
        (0, _) => format!("none has {article} {what}"),
        (1, _) => format!("1 has {article} {what}"),
        (2, 2) => format!("both have {article} {what}"),
        (number, all) if number == all => format!("all {all} have {article} {what}"),
        (number, _) => format!("{number} have {article} {what}"),
    }
}

/// What changed since the ratings before, and what is not in: a sentence each.
pub(super) fn summary(contracts: &[Contract], unrecognised: usize) -> Vec<String> {
    if contracts.is_empty() && unrecognised == 0 {
        return Vec::new();
    }
    let mut sentences = Vec::new();
    sentences.extend(turned(contracts));
    let sum = |of: fn(&Row) -> usize| -> (usize, Vec<&str>) {
        let own: Vec<(usize, &str)> = rows(contracts)
            .map(|(_, row)| (of(row), row.provider.as_str()))
            .filter(|(number, _)| *number > 0)
            .collect();
        (own.iter().map(|(number, _)| number).sum(), own.into_iter().map(|(_, name)| name).collect())
    };
    let (missing, from) = sum(|row| row.missing);
    if missing > 0 {
        let returns = words::count(missing, "return is", "returns are");
        sentences.push(format!("{returns} missing: from {}.", named(&from)));
    }
    if unrecognised > 0 {
        sentences.push(format!("{} not recognised.", words::count(unrecognised, "file was", "files were")));
    }
    sentences
}

fn rows(contracts: &[Contract]) -> impl Iterator<Item = (&Contract, &Row)> {
    contracts.iter().flat_map(|contract| contract.rows.iter().map(move |row| (contract, row)))
}

/// What turned red and what recovered; nothing where nobody was rated before.
fn turned(contracts: &[Contract]) -> Option<String> {
    // Those with the most are named.
    let who = |of: fn(&Row) -> usize| -> Vec<&str> {
        let mut own: Vec<&Row> = rows(contracts).map(|(_, row)| row).filter(|row| of(row) > 0).collect();
        own.sort_by_key(|row| std::cmp::Reverse(of(row)));
        own.into_iter().map(|row| row.provider.as_str()).collect()
    };
    let sum = |of: fn(&Row) -> usize| rows(contracts).map(|(_, row)| of(row)).sum::<usize>();
    let (turned_red, recovered) = (sum(|row| row.reds.turned_red), sum(|row| row.reds.recovered));
    if sum(|row| row.reds.rated_before) == 0 {
        return None;
    }
    let (one, many) = match contracts.iter().any(|own| own.called.are_providers()) {
        true => ("KPI", "KPIs"),
        false => ("rating", "ratings"),
    };
    let newly = match turned_red {
        0 => format!("no {one} turned red"),
        number => format!(
            "{} turned red ({})",
            words::count(number, one, many),
            named(&who(|row| row.reds.turned_red))
        ),
    };
    let better = match recovered {
        0 => "none recovered from red".to_string(),
        number => format!(
            "{} recovered from red ({})",
            if turned_red == 0 { words::count(number, one, many) } else { number.to_string() },
            named(&who(|row| row.reds.recovered))
        ),
    };
    Some(format!("Since the ratings before, {newly} and {better}."))
}

/// `A`, `A and B`, `A, B, C and 4 more`; a name that stands twice is said once.
fn named(names: &[&str]) -> String {
    let mut own: Vec<&str> = Vec::new();
    for name in names {
        if !own.contains(name) {
            own.push(name);
        }
    }
    let more = own.len().saturating_sub(NAMED);
    // One more takes no more room than to say so.
    if more <= 1 {
        return words::list(&own);
    }
    own.truncate(NAMED);
    format!("{} and {more} more", own.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_them_are_said_as_an_officer_would() {
        for (number, all, words) in [
            (0, 1, "no red KPI"),
            (1, 1, "a red KPI"),
            (0, 2, "none has a red KPI"),
            (1, 2, "1 has a red KPI"),
            (2, 2, "both have a red KPI"),
            (2, 3, "2 have a red KPI"),
            (3, 3, "all 3 have a red KPI"),
            (199, 200, "199 have a red KPI"),
        ] {
            assert_eq!(of_them(number, all, "red KPI", "a"), words);
        }
    }

    #[test]
    fn a_few_are_named_and_the_rest_counted() {
        for (names, words) in [
            (&["A"][..], "A"),
            (&["A", "A"], "A"),
            (&["A", "B"], "A and B"),
            (&["A", "B", "C"], "A, B and C"),
            (&["A", "B", "C", "D"], "A, B, C and D"),
            (&["A", "B", "C", "D", "E"], "A, B, C and 2 more"),
        ] {
            assert_eq!(named(names), words);
        }
    }
}
