//! What was promised and what came of it, and the words of the management report.

use std::collections::BTreeSet;

use quarterday::review::promises::PromiseTable;
use quarterday::review::{AgendaItem, InformationRow};

use super::{QUARTERS, SAMPLE, named};
use crate::pack;
use crate::readme::table;

fn promises(provider: &str, quarter: &str, title: &str) -> &'static PromiseTable {
    let pack = pack(&SAMPLE, named(provider), quarter);
    pack.promises.iter().find(|own| own.table.title == title).unwrap()
}

/// Cell and text of a row's value under the heading that ends so.
fn under<'r>(promises: &'r PromiseTable, row: &'r InformationRow, heading: &str) -> (String, &'r str) {
    let column = promises.table.headings.iter().position(|own| own.ends_with(heading)).unwrap();
    let (text, place) = &row.values[column - 1];
    (place.as_ref().map(|place| place.cell.to_string()).unwrap_or_default(), text)
}

#[test]
fn a_criterion_is_short_of_its_offer_where_the_readme_says() {
    let mut expected: BTreeSet<String> = BTreeSet::new();
    for row in &table("lancashire-supported-housing", &["return", "1"])[1..] {
        let (provider, quarter) = row[0].split_once(" 20").unwrap();
        for (criterion, reported) in (1..).zip(&row[1..]).filter(|(_, reported)| !reported.is_empty()) {
            expected.insert(format!("{} 20{quarter}: {criterion} {reported}", named(provider)));
        }
    }
    let mut found = BTreeSet::new();
    for review in &SAMPLE.reviews {
        for pack in &review.packs {
            for own in pack.promises.iter().filter(|own| own.table.title == "Selection criteria") {
                for (criterion, row) in (1..).zip(&own.table.rows) {
                    let comment = under(own, row, "Comments").1;
                    if ["Short of the offer", "Above the offer"].iter().any(|say| comment.starts_with(say)) {
                        let reported = under(own, row, "This quarter").1;
                        let of = format!("{} {}", review.provider, pack.period.label());
                        found.insert(format!("{of}: {criterion} {reported}"));
                    }
                }
            }
        }
    }
    assert_eq!(found, expected);
}

#[test]
fn an_offer_that_is_lowered_is_said() {
    for (quarter, offered, reported) in [
        ("2020-21 Q4", "At least 160 hours a quarter", ""),
        ("2021-22 Q1", "At least 100 hours a quarter", "143.25 hours"),
        ("2021-22 Q2", "At least 100 hours a quarter", "149.75 hours"),
    ] {
        let own = promises("Sallowbeck", quarter, "Selection criteria");
        let row = &own.table.rows[0];
        assert_eq!(under(own, row, "Offered"), ("B5".to_string(), offered), "{quarter}");
        if reported.is_empty() {
            assert!(own.moved.is_empty(), "{:?}", own.moved);
        } else {
            assert_eq!(under(own, row, "This quarter").1, reported);
            let [said] = &own.moved[..] else { panic!("{:?}", own.moved) };
            assert!(said.contains("“Support by volunteers”: “Offered” reads otherwise"), "{said}");
            assert!(said.contains("At least 160 hours a quarter"), "{said}");
        }
    }
}

#[test]
fn a_plan_that_slips_is_said() {
    let said = |quarter: &str| &promises("Marlpit", quarter, "Service development plan").moved;
    let moved = "due date moved from 31 March 2021 (2020-21 Q3) to 30 June 2021";
    let gone = "“Peer quality checkers visit every scheme” is no longer in the return; it stood there last in 2020-21 Q4.";
    let overdue = "was due on 30 June 2021 and is not reported as complete";
    let new = "“Kitchen at Brickcroft adapted” is new in this return.";
    for (quarter, words) in [
        ("2020-21 Q3", &[][..]),
        ("2020-21 Q4", &[moved]),
        ("2021-22 Q1", &[moved, overdue, new, gone]),
        ("2021-22 Q2", &[moved, overdue, gone]),
    ] {
        for word in words {
            assert!(said(quarter).iter().any(|own| own.contains(word)), "{quarter}: {:?}", said(quarter));
        }
        assert_eq!(said(quarter).len(), words.len(), "{quarter}: {:?}", said(quarter));
    }
    let own = promises("Marlpit", "2020-21 Q4", "Service development plan");
    assert_eq!(under(own, &own.table.rows[1], "Due"), ("C6".to_string(), "30 June 2021"));
    // Nobody else's plan moves or is overdue; an action may be new.
    for review in SAMPLE.reviews.iter().filter(|review| review.provider != named("Marlpit")) {
        for own in review.packs.iter().flat_map(|pack| &pack.promises) {
            if own.table.title == "Service development plan" {
                let only_new = own.moved.iter().all(|said| said.ends_with("is new in this return."));
                assert!(only_new, "{}: {:?}", review.provider, own.moved);
            }
        }
    }
}

/// Cells of the management report that say nothing, with the files they stand in.
fn silent() -> BTreeSet<String> {
    fn of(item: &AgendaItem, cells: &mut BTreeSet<String>) {
        // Without a return there is no place to name.
        let silent = item.told.iter().filter(|told| told.paragraphs.is_empty());
        for place in silent.filter_map(|told| told.place.as_ref()) {
            assert_eq!(&*place.sheet, "Management report");
            cells.insert(format!("{} {}", place.file.strip_prefix("returns/").unwrap(), place.cell));
        }
        item.items.iter().for_each(|item| of(item, cells));
    }
    let mut cells = BTreeSet::new();
    for pack in SAMPLE.reviews.iter().flat_map(|review| &review.packs) {
        pack.agenda.iter().for_each(|item| of(item, &mut cells));
    }
    cells
}

#[test]
fn items_without_a_word_are_not_supplied() {
    let mut expected = BTreeSet::new();
    for (provider, cells) in [("Pendlewick", ["B10", "B18"]), ("Twistlefield", ["B9", "B17"])] {
        for quarter in QUARTERS {
            let submissions = &crate::review(&SAMPLE, named(provider)).submissions;
            for own in submissions.iter().filter(|own| own.period.label() == quarter) {
                for version in &own.versions {
                    let file = version.file.strip_prefix("returns/").unwrap();
                    expected.extend(cells.iter().map(|cell| format!("{file} {cell}")));
                }
            }
        }
    }
    for (file, cells) in [
        ("2020-21/Q3/Ravenmoss Oct-Dec 2020.xlsx", &["D13"][..]),
        ("2020-21/Q4/Sallowbeck Care - Quarter 4 2020-21.xlsx", &["B6"]),
        ("2021-22/Q1/Oakenshade return Q1 21-22.xlsx", &["B9", "B10", "B11"]),
        ("2021-22/Q2/Marlpit Row Q2 2021-22 FINAL.xlsx", &["B11", "B16"]),
    ] {
        expected.extend(cells.iter().map(|cell| format!("{file} {cell}")));
    }
    assert_eq!(silent(), expected);
}

#[test]
fn long_texts_are_shown_whole() {
    let quarter = pack(&SAMPLE, named("Sallowbeck"), "2020-21 Q3");
    let items = AgendaItem::numbered(&quarter.agenda);
    let isolation = items.iter().find(|(number, _)| number == "4.7").unwrap().1;
    let told = isolation.told[0].paragraphs.concat();
    assert_eq!(told.chars().count(), 604);
    let quarter = pack(&SAMPLE, named("Pendlewick"), "2020-21 Q1");
    let checks = quarter.kpis.iter().find(|line| line.whole.kpi == "2").unwrap();
    assert_eq!(checks.whole.comment.as_ref().unwrap().chars().count(), 385);
}
