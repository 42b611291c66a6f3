//! Scores that are none, evidence that is lacking, and a sign-off that is.

use crate::forms::{
    AS_OF, Assessment, DATE_SIGNED, FORM, PERIOD, REFERENCES, SHEET, SIGNED, assessment, at, name, reviewed,
};
use crate::support::book::{Book, Cell};

#[test]
fn a_score_that_is_none_is_an_error_at_its_cell_and_its_area_is_never_green() {
    let rows: [Option<Cell>; 12] = [
        None,
        Some(3.5.into()),
        Some("3.5".into()),
        Some(0.into()),
        Some(6.into()),
        Some("6".into()),
        Some((-3).into()),
        Some("high".into()),
        Some("N/A".into()),
        Some("0 - None".into()),
        Some("6/5".into()),
        Some("  ".into()),
    ];
    // All the others are at their best.
    let own = assessment().all(5);
    let place = own.cell(6, 2, "Score");
    let books: Vec<Book> = rows
        .iter()
        .map(|cell| match cell {
            Some(cell) => own.book().with(SHEET, &place, cell.clone()),
            None => own.book().without(SHEET, &place),
        })
        .collect();
    let told = reviewed(&books).told(AS_OF);
    for (number, cell) in rows.iter().enumerate() {
        let contract = name(number);
        let review = told.of(&contract);
        assert_eq!(review.errors(FORM, PERIOD), [at(&place)], "{cell:?}");
        assert_eq!(review.submission(FORM, PERIOD)["accurate"], false, "{cell:?}");
        let rating = review.rating("6", PERIOD);
        assert!(!["green", "stretch"].contains(&rating), "{cell:?} is rated {rating}");
        for other in REFERENCES.into_iter().filter(|own| *own != "6") {
            assert_eq!(review.rating(other, PERIOD), "green", "{cell:?}");
        }
    }
}

#[test]
fn an_area_without_any_score_is_not_rated_green_and_each_blank_is_asked_for() {
    let own = assessment().all(4);
    let places = [1, 2, 3].map(|criterion| own.cell(2, criterion, "Score"));
    let book = places.iter().fold(own.book(), |book, place| book.without(SHEET, place));
    let told = reviewed(&[book]).told(AS_OF);
    let review = told.of(&name(0));
    assert_eq!(review.errors(FORM, PERIOD), places.map(|place| at(&place)));
    assert_eq!(review.value("2", PERIOD), None);
    assert!(!["green", "red", "amber"].contains(&review.rating("2", PERIOD)), "nothing is known of it");
}

#[test]
fn a_four_or_a_five_needs_evidence() {
    let rows: [(Cell, bool); 10] = [
        (1.into(), false),
        (2.into(), false),
        (3.into(), false),
        ("3 - Developing".into(), false),
        ("3/5".into(), false),
        (4.into(), true),
        (5.into(), true),
        ("4 - Managed".into(), true),
        ("5/5".into(), true),
        (" 4 ".into(), true),
    ];
    let own = assessment();
    let (score, evidence) = (own.cell(5, 3, "Score"), own.cell(5, 3, "Evidence"));
    // Nothing in the cell, and nothing to see in it.
    for blank in ["", "   "] {
        let books = rows.clone().map(|(cell, _)| {
            let book = own.book().with(SHEET, &score, cell);
            if blank.is_empty() { book.without(SHEET, &evidence) } else { book.with(SHEET, &evidence, blank) }
        });
        let told = reviewed(&books).told(AS_OF);
        for (number, (cell, needed)) in rows.iter().enumerate() {
            let contract = name(number);
            let review = told.of(&contract);
            let found: Vec<_> =
                review.complaints(FORM, PERIOD).into_iter().map(|own| (own.sheet, own.cell)).collect();
            let expected: Vec<_> = needed.then(|| at(&evidence)).into_iter().collect();
            assert_eq!(found, expected, "{cell:?}");
        }
    }
}

#[test]
fn each_score_without_evidence_is_named_at_its_own_cell() {
    let own = assessment().scored(1, &[4, 5, 3]).scored(8, &[5]);
    let places = [own.cell(1, 1, "Evidence"), own.cell(1, 2, "Evidence"), own.cell(8, 1, "Evidence")];
    let book = places.iter().fold(own.book(), |book, place| book.without(SHEET, place));
    let book = book.without(SHEET, &own.cell(1, 3, "Evidence"));
    let told = reviewed(&[book]).told(AS_OF);
    let review = told.of(&name(0));
    let mut found: Vec<_> =
        review.complaints(FORM, PERIOD).into_iter().map(|own| (own.sheet, own.cell)).collect();
    found.sort();
    let mut expected = places.map(|place| at(&place));
    expected.sort();
    assert_eq!(found, expected);
    // What is planned may stay blank.
    let improvement = own.cell(1, 1, "Planned improvement");
    let told = reviewed(&[own.book().without(SHEET, &improvement)]).told(AS_OF);
    assert_eq!(told.of(&name(0)).complaints(FORM, PERIOD), []);
}

#[test]
fn an_assessment_is_signed_and_dated() {
    let own = || assessment().book();
    let books = [
        own(),
        own().with(SHEET, SIGNED, "Yes"),
        own().without(SHEET, SIGNED),
        own().without(SHEET, DATE_SIGNED),
        own().with(SHEET, SIGNED, " "),
        own().without(SHEET, SIGNED).without(SHEET, DATE_SIGNED),
    ];
    let told = reviewed(&books).told(AS_OF);
    for (number, lacking) in [0, 0, 1, 1, 1, 2].into_iter().enumerate() {
        let contract = name(number);
        let review = told.of(&contract);
        let errors = review.errors(FORM, PERIOD);
        assert_eq!(errors.is_empty(), lacking == 0, "{contract}: {errors:?}");
        assert!(errors.len() <= lacking, "each is said once, {contract}: {errors:?}");
        assert_eq!(review.submission(FORM, PERIOD)["accurate"], lacking == 0, "{contract}");
        // It came all the same.
        assert_eq!(review.status(FORM, PERIOD), "on-time", "{contract}");
        assert_eq!(review.value("1", PERIOD), Some(3.0), "{contract}");
    }
}

#[test]
fn signatures_may_stand_below_labels_that_stand_side_by_side() {
    let head = |labels: [&str; 2]| {
        let book = assessment().book().with(SHEET, "A7", labels[0]).with(SHEET, "B7", labels[1]);
        book.without(SHEET, "A8").without(SHEET, "B8")
    };
    let (name_first, date_first) = (["Signed", "Date signed"], ["Date signed", "Signed"]);
    let (owner, date) = ("Head of service", "11 July 2018");
    let books = [
        head(name_first).with(SHEET, "A8", owner).with(SHEET, "B8", date),
        head(date_first).with(SHEET, "A8", date).with(SHEET, "B8", owner),
        // The label beside it is nobody's name, and what stands below the other is not taken for it.
        head(name_first).with(SHEET, "B8", date),
        head(name_first).with(SHEET, "A8", owner),
        head(date_first).with(SHEET, "A8", date),
        head(date_first),
    ];
    let told = reviewed(&books).told(AS_OF);
    let lacking: [&[&str]; 6] = [&[], &[], &["A8"], &["B8"], &["B8"], &["A8", "B8"]];
    for (number, cells) in lacking.into_iter().enumerate() {
        let contract = name(number);
        let mut found = told.of(&contract).errors(FORM, PERIOD);
        found.sort();
        assert_eq!(found, cells.iter().map(|cell| at(cell)).collect::<Vec<_>>(), "{contract}");
    }
}

#[test]
fn an_assessment_without_a_single_score_is_none() {
    let own = assessment();
    let mut book = own.book();
    for area in 1..=8 {
        for criterion in 1..=3 {
            for heading in ["Score", "Evidence", "Planned improvement"] {
                book = book.without(SHEET, &own.cell(area, criterion, heading));
            }
        }
    }
    let book = book.without(SHEET, SIGNED).without(SHEET, DATE_SIGNED);
    let told = reviewed(&[book]).told(AS_OF);
    let review = told.of(&name(0));
    assert_eq!(review.status(FORM, PERIOD), "missing");
    for reference in REFERENCES {
        assert_eq!(review.rating(reference, PERIOD), "invalid", "area {reference}");
    }
}

#[test]
fn an_area_left_out_is_an_error_and_no_rating_of_it() {
    let own = Assessment::of("p", "2019-01-29");
    let mut book = own.book();
    // The last area's three rows.
    for criterion in 1..=3 {
        for heading in ["Criterion", "Score", "Evidence", "Planned improvement"] {
            book = book.without(SHEET, &own.cell(8, criterion, heading));
        }
    }
    let book = book.without(SHEET, &own.cell(8, 1, "Area"));
    let told = reviewed(&[book]).told(AS_OF);
    let review = told.of(&name(0));
    assert!(!review.errors(FORM, PERIOD).is_empty());
    assert!(!["green", "amber", "red"].contains(&review.rating("8", PERIOD)));
    assert_eq!(review.rating("7", PERIOD), "amber");
}
