//! A look without a change: the results of a run, and not a byte written.

use chrono::{Days, NaiveDate};
use quarterday::readers::Readers;
use quarterday::review::Results;
use quarterday::run::look::look;
use quarterday::run::{Request, run};

use crate::folder::{contents, laid_out};

const SAMPLE: &str = "kent-regulation-44";

fn looked(dir: &std::path::Path, request: Request) -> Results {
    let before = contents(dir);
    let results = look(dir, request, None, &Readers::in_process(), &|_| {}).unwrap().results;
    assert_eq!(contents(dir), before);
    results
}

fn ran(dir: &std::path::Path, request: Request) -> Results {
    run(dir, request, &|_| {}).unwrap().results
}

#[test]
fn a_look_says_what_a_run_says_and_writes_nothing() {
    let (dir, sample) = laid_out(SAMPLE);
    // Today is later: what is first seen is seen on the as-of date.
    let request = |as_of: NaiveDate| Request { as_of, today: as_of + Days::new(3) };
    let first = looked(dir.path(), request(sample.as_of));
    assert!(first.reviews.iter().any(|review| !review.ratings.is_empty()));
    assert_eq!(first, ran(dir.path(), request(sample.as_of)));
    // After a run the ledger knows them all.
    assert_eq!(first, looked(dir.path(), request(sample.as_of)));

    // A later version over an earlier one, and a return that is gone: both are read from their copies.
    let files: Vec<_> = sample.files().into_iter().filter(|file| file.path.starts_with("returns")).collect();
    let (overwritten, other) = (&files[0], &files[1]);
    std::fs::write(dir.path().join(overwritten.path), other.bytes).unwrap();
    std::fs::remove_file(dir.path().join(other.path)).unwrap();
    std::fs::remove_file(dir.path().join(files[2].path)).unwrap();
    let later = request(sample.as_of + Days::new(40));
    let second = looked(dir.path(), later);
    assert_ne!(first, second);
    assert_eq!(second, ran(dir.path(), later));
}

#[test]
fn what_was_seen_can_be_worked_on() {
    let (dir, sample) = laid_out(SAMPLE);
    let request = Request { as_of: sample.as_of, today: sample.as_of };
    let plain = looked(dir.path(), request);
    let looked = look(dir.path(), request, None, &Readers::in_process(), &|_| {}).unwrap();
    assert_eq!(looked.results, plain);
    let counted: usize =
        plain.reviews.iter().flat_map(|own| &own.submissions).map(|own| own.versions.len()).sum();
    assert!(counted > 0);
    let laid_out = plain.reviews.iter().map(|own| (own.contract.clone(), own.provider.clone()));
    assert_eq!(laid_out.map(|key| looked.returns(&key).unwrap().len()).sum::<usize>(), counted);
    assert!(
        plain
            .reviews
            .iter()
            .all(|own| looked.records.contains_key(&(own.contract.clone(), own.provider.clone())))
    );
}
