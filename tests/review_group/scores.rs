//! The eight areas: means, local bands, and how scores are written.

use crate::forms::{
    AREAS, AS_OF, Assessment, CONTRACT, FORM, Named, PERIOD, REFERENCES, SHEET, assessment, name, reviewed,
};
use crate::support::book::Cell;

#[test]
fn an_area_is_the_mean_of_its_criteria_in_local_bands() {
    // Whole scores, their mean to four places, and what it is rated.
    let rows: [(&[i32], f64, &str); 24] = [
        (&[1, 1, 1], 1.0, "red"),
        (&[1, 2], 1.5, "red"),
        (&[2, 2, 2], 2.0, "red"),
        (&[2, 2, 3], 2.3333, "red"),
        (&[2, 2, 2, 3, 3], 2.4, "red"),
        (&[1, 1, 4, 4, 2], 2.4, "red"),
        (&[2, 3], 2.5, "amber"),
        (&[2, 2, 3, 3], 2.5, "amber"),
        (&[1, 4], 2.5, "amber"),
        (&[2, 2, 3, 3, 3], 2.6, "amber"),
        (&[2, 3, 3], 2.6667, "amber"),
        (&[3, 3, 3], 3.0, "amber"),
        (&[1, 5], 3.0, "amber"),
        (&[3, 3, 4], 3.3333, "amber"),
        (&[3, 3, 3, 4, 4], 3.4, "amber"),
        (&[2, 3, 3, 4, 5], 3.4, "amber"),
        (&[3, 4], 3.5, "green"),
        (&[3, 3, 4, 4], 3.5, "green"),
        (&[2, 5], 3.5, "green"),
        (&[3, 3, 4, 4, 4], 3.6, "green"),
        (&[3, 4, 4], 3.6667, "green"),
        (&[4, 4, 4], 4.0, "green"),
        (&[4, 5, 5], 4.6667, "green"),
        (&[5, 5, 5], 5.0, "green"),
    ];
    let books: Vec<_> = rows
        .chunks(8)
        .map(|rows| {
            let own = (1..).zip(rows);
            own.fold(assessment(), |own, (area, (scores, ..))| own.scored(area, scores)).book()
        })
        .collect();
    let told = reviewed(&books).told(AS_OF);
    for (number, rows) in rows.chunks(8).enumerate() {
        let contract = name(number);
        let review = told.of(&contract);
        for ((reference, title), (scores, mean, rating)) in REFERENCES.into_iter().zip(AREAS).zip(rows) {
            assert_eq!(review.value(reference, PERIOD), Some(*mean), "{scores:?}");
            assert_eq!(review.rating(reference, PERIOD), *rating, "{scores:?}");
            assert_eq!(review.rated(reference, PERIOD)["title"], title);
            // The bands are nobody's but the council's own.
            let note = review.note(reference, PERIOD).to_lowercase();
            assert!(note.contains("local"), "{scores:?}: {note}");
        }
        assert_eq!(review.complaints(FORM, PERIOD), [], "{contract}");
    }
}

#[test]
fn a_clean_assessment_gives_no_finding() {
    let workspace = reviewed(&[assessment().book(), assessment().all(5).book(), assessment().all(1).book()]);
    let told = workspace.told(AS_OF);
    for number in 0..3 {
        let contract = name(number);
        let review = told.of(&contract);
        assert_eq!(review.findings(FORM, PERIOD), [], "{contract}");
        assert_eq!(review.status(FORM, PERIOD), "on-time", "{contract}");
        assert_eq!(review.submission(FORM, PERIOD)["accurate"], true, "{contract}");
        let own = review.rated("1", PERIOD);
        assert_eq!((&own["from"], &own["to"]), (&"2019-01-01".into(), &"2019-01-31".into()));
    }
    // The profile shows all eight areas, and says whose bands these are.
    let page = workspace.page(&format!("{CONTRACT}/{}/{PERIOD}/pack.html", name(0)));
    for area in AREAS {
        assert!(page.says(area), "no {area}");
    }
    assert!(page.says("local"));
}

#[test]
fn scores_are_written_in_several_ways() {
    let rows: [(Cell, f64); 16] = [
        (3.into(), 3.0),
        (3.0.into(), 3.0),
        ("3".into(), 3.0),
        (" 4 ".into(), 4.0),
        ("\u{a0}4".into(), 4.0),
        ("3 - Developing".into(), 3.0),
        ("3 – Medium".into(), 3.0),
        ("2 - Emerging".into(), 2.0),
        ("5 - Leading".into(), 5.0),
        ("3/5".into(), 3.0),
        ("3 / 5".into(), 3.0),
        ("1/5".into(), 1.0),
        ("5/5".into(), 5.0),
        ("1 - Initial".into(), 1.0),
        (Cell::Formula("=1+2", "3"), 3.0),
        (5.into(), 5.0),
    ];
    // Each stands alone in an area of its own.
    let alone = Assessment { scores: std::array::from_fn(|_| vec![1]), ..assessment() };
    let books: Vec<_> = rows
        .chunks(8)
        .map(|rows| {
            let own = (1..).zip(rows);
            own.fold(alone.book(), |book, (area, (cell, _))| {
                book.with(SHEET, &alone.cell(area, 1, "Score"), cell.clone())
            })
        })
        .collect();
    let told = reviewed(&books).told(AS_OF);
    for (number, rows) in rows.chunks(8).enumerate() {
        let contract = name(number);
        let review = told.of(&contract);
        for (reference, (cell, score)) in REFERENCES.into_iter().zip(rows) {
            assert_eq!(review.value(reference, PERIOD), Some(*score), "{cell:?}");
        }
        assert_eq!(review.errors(FORM, PERIOD), [], "{contract}");
    }
}

#[test]
fn a_band_goes_by_the_mean_of_scores_however_they_are_written() {
    let own = assessment().scored(7, &[3, 3, 4]);
    let book = own
        .book()
        .with(SHEET, &own.cell(7, 1, "Score"), "3/5")
        .with(SHEET, &own.cell(7, 2, "Score"), "4 – High")
        .with(SHEET, &own.cell(7, 3, "Score"), "4");
    let told = reviewed(&[book]).told(AS_OF);
    let review = told.of(&name(0));
    assert_eq!((review.value("7", PERIOD), review.rating("7", PERIOD)), (Some(3.6667), "green"));
}

#[test]
fn an_area_is_named_once_merged_or_beside_each_criterion() {
    let own = (1..).zip([vec![2, 2, 3], vec![3, 4], vec![1, 5, 5, 5], vec![2]]);
    let own = own.fold(assessment(), |own, (area, scores)| own.scored(area, &scores));
    let ways = [Named::Once, Named::Merged, Named::Repeated];
    let books = ways.map(|named| Assessment { named, ..own.clone() }.book());
    let told = reviewed(&books).told(AS_OF);
    for (number, named) in ways.iter().enumerate() {
        let contract = name(number);
        let review = told.of(&contract);
        let values = REFERENCES.map(|reference| review.value(reference, PERIOD).unwrap());
        assert_eq!(values, [2.3333, 3.5, 4.0, 2.0, 3.0, 3.0, 3.0, 3.0], "{named:?}");
        assert_eq!(review.complaints(FORM, PERIOD), [], "{named:?}");
    }
}

#[test]
fn an_area_is_found_by_its_name_and_not_by_its_place() {
    // The areas in the opposite order, named in other cases.
    let own = AREAS.iter().enumerate().fold(assessment(), |own, (number, _)| {
        own.scored(number + 1, &[i32::try_from(number).unwrap() % 5 + 1])
    });
    let mut book = own.book();
    for (number, area) in AREAS.into_iter().enumerate() {
        let opposite = 8 - number;
        book = book.with(SHEET, &own.cell(opposite, 1, "Area"), area.to_uppercase().as_str());
    }
    let told = reviewed(&[book]).told(AS_OF);
    let review = told.of(&name(0));
    for (number, reference) in REFERENCES.into_iter().enumerate() {
        let place = 7 - number;
        let score = f64::from(u32::try_from(place).unwrap() % 5 + 1);
        assert_eq!(review.value(reference, PERIOD), Some(score), "area {reference}");
    }
}
