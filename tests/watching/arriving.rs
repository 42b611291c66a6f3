//! Files that arrive slowly, by halves, under other names, and without a word from the system.

use std::fs::{self, File};
use std::io::Write;
use std::thread;
use std::time::Duration;

use super::support::{Reviews, Watch, kpi_return, sha256};

#[test]
fn without_events_each_version_is_taken_once_and_whole() {
    let reviews = Reviews::new();
    let returns = reviews.returns();
    fs::write(returns.join("early.csv"), "a,b\n1,2\n").unwrap();
    // Far longer than the pauses below, so that no hiccup of the computer counts as standing still.
    let mut watch = Watch::start(&reviews, &["--no-events", "--every", "5", "--settle", "5"]);
    watch.until_taken(&["returns/early.csv"]);

    // Written in pieces.
    let workbook = kpi_return();
    let slow = returns.join("slow.xlsx");
    let whole = workbook.clone();
    let writing = thread::spawn(move || {
        let mut file = File::create(slow).unwrap();
        for piece in whole.chunks(whole.len() / 60 + 1) {
            file.write_all(piece).unwrap();
            thread::sleep(Duration::from_millis(200));
        }
    });
    // Downloaded under another name for as long, then renamed.
    fs::write(returns.join("new.csv.crdownload"), "a,b\n3,4\n").unwrap();
    fs::write(returns.join("~$slow.xlsx"), "pat").unwrap();
    writing.join().unwrap();
    fs::rename(returns.join("new.csv.crdownload"), returns.join("new.csv")).unwrap();
    watch.until_taken(&["returns/slow.xlsx", "returns/new.csv"]);
    assert_eq!(watch.taken()["returns/slow.xlsx"], [sha256(&workbook)]);

    // Put over an earlier one, renamed, touched, deleted.
    fs::write(returns.join("new.csv"), "a,b\n5,6\n").unwrap();
    fs::rename(returns.join("slow.xlsx"), returns.join("renamed.xlsx")).unwrap();
    fs::write(returns.join("early.csv"), "a,b\n1,2\n").unwrap();
    watch.until_taken(&["returns/renamed.xlsx"]);
    watch.until("it is replaced", |own| own.taken()["returns/new.csv"].len() == 2);
    fs::remove_file(returns.join("early.csv")).unwrap();
    watch.until("it is gone", |own| own.events("ran").any(|ran| ran["gone"][0] == "returns/early.csv"));

    let taken = watch.taken();
    let newness = |file: &str| -> Vec<String> {
        let lines = watch.events("taken").filter(|line| line["file"] == file);
        lines.map(|line| line["newness"].as_str().unwrap().to_string()).collect()
    };
    assert_eq!(newness("returns/new.csv"), ["new", "replaced"]);
    assert_eq!(newness("returns/renamed.xlsx"), ["same-bytes"]);
    assert_eq!(newness("returns/early.csv"), ["new"]);
    assert_eq!(taken["returns/new.csv"], [sha256(b"a,b\n3,4\n"), sha256(b"a,b\n5,6\n")]);
    assert_eq!(taken, reviews.seen());
    assert_eq!(watch.events("failed").count(), 0);
    let (_, status, err) = watch.stop();
    assert_eq!((status, err.as_str()), (Some(0), ""));
}
