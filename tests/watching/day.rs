//! What else happens in the day of a watch: a second one, a run by hand, a register that is wrong for a while, one run for a schedule.

use std::fs;
use std::process::{Command, Output};

use assert_cmd::cargo::cargo_bin;
use quarterday::workspace::lock::RunLock;

use super::support::{Reviews, Watch, kpi_return};

fn quarterday(reviews: &Reviews, arguments: &[&str]) -> Output {
    let (command, others) = arguments.split_first().unwrap();
    Command::new(cargo_bin!("quarterday")).arg(command).arg(reviews.path()).args(others).output().unwrap()
}

#[test]
fn a_second_watch_is_told_who_holds_the_lock_and_a_run_by_hand_is_made() {
    let reviews = Reviews::new();
    let mut watch = Watch::start(&reviews, &["--settle", "1"]);
    watch.until_ran(1);
    let second = quarterday(&reviews, &["watch"]);
    let said = String::from_utf8(second.stderr).unwrap();
    assert_eq!((second.status.code(), second.stdout.as_slice()), (Some(2), &b""[..]), "{said}");
    assert!(
        said.contains("watched already") && said.contains("(process ") && said.contains("since "),
        "{said}"
    );
    // A run under way elsewhere is waited for, and that is said once.
    {
        let _held = RunLock::take(reviews.path()).unwrap();
        fs::write(reviews.returns().join("kpi.xlsx"), kpi_return()).unwrap();
        watch.until("it waits", |own| own.events("waiting").count() == 1);
    }
    watch.until_taken(&["returns/kpi.xlsx"]);
    let by_hand = quarterday(&reviews, &["run"]);
    assert_ne!(by_hand.status.code(), Some(2), "{by_hand:?}");
    let (said, status, _) = watch.stop();
    assert_eq!(status, Some(0));
    assert_eq!(said.iter().filter(|line| line["event"] == "waiting").count(), 1);
    assert_eq!(said.iter().filter(|line| line["event"] == "taken").count(), 1);
    // The next may watch.
    let mut next = Watch::start(&reviews, &["--once", "--settle", "1"]);
    let (said, status, err) = next.ended();
    assert_ne!(status, Some(2), "{err}");
    assert_eq!(said.iter().filter(|line| line["event"] == "ran").count(), 1);
    assert_eq!(said.iter().filter(|line| line["event"] == "taken").count(), 0);
}

#[test]
fn what_fails_is_said_once_and_tried_again_when_something_changes() {
    let reviews = Reviews::new();
    let mut watch = Watch::start(&reviews, &["--settle", "1", "--every", "1"]);
    watch.until_ran(1);
    fs::write(reviews.path().join("register.xlsx"), "no workbook").unwrap();
    watch.until("it fails", |own| own.events("failed").count() == 1);
    assert!(watch.events("failed").next().unwrap()["reason"].as_str().unwrap().contains("register.xlsx"));
    fs::write(reviews.returns().join("kpi.xlsx"), kpi_return()).unwrap();
    reviews.register("Harbour Advocacy");
    watch.until_taken(&["returns/kpi.xlsx"]);
    assert_eq!(watch.events("failed").count(), 1);
    assert_eq!(watch.events("works-again").count(), 1);
    // The register alone is a reason.
    reviews.register("Seabright Advocacy");
    let runs = watch.events("ran").count();
    watch.until_ran(runs + 1);
    let ran = watch.events("ran").last().unwrap();
    assert_eq!((&ran["taken"], &ran["changed"][0]), (&0.into(), &"register.xlsx".into()), "{ran}");
    let lines: Vec<_> = watch.events("not-recognised").map(|line| line["file"].as_str().unwrap()).collect();
    assert_eq!(lines, ["returns/kpi.xlsx"]);
    let (_, status, _) = watch.stop();
    assert_eq!(status, Some(0));
}

#[test]
fn it_stops_in_the_middle_of_a_run_and_the_next_one_is_right() {
    let reviews = Reviews::new();
    for number in 0..300 {
        fs::write(reviews.returns().join(format!("{number}.csv")), format!("a,b\n{number},1\n")).unwrap();
    }
    fs::write(reviews.returns().join("kpi.xlsx"), kpi_return()).unwrap();
    let mut watch = Watch::start(&reviews, &["--settle", "1"]);
    watch.until("it watches", |own| own.events("watching").count() == 1);
    // Copies are kept as files are read: the run is under way.
    while !fs::read_dir(reviews.path().join("originals")).is_ok_and(|kept| kept.count() > 3) {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let (said, status, err) = watch.stop();
    assert_eq!(status, Some(0), "{err}");
    assert_eq!(said.last().unwrap()["event"], "stopped");
    let ran = quarterday(&reviews, &["run", "--json"]);
    assert_ne!(ran.status.code(), Some(2));
    let seen = reviews.seen();
    assert_eq!(seen.len(), 301);
    assert!(seen.values().all(|versions| versions.len() == 1));
}

#[test]
fn a_folder_that_is_none_is_refused() {
    let reviews = Reviews::new();
    fs::remove_dir_all(reviews.returns()).unwrap();
    let refused = quarterday(&reviews, &["watch"]);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(said.contains("there is no folder"), "{said}");
    for arguments in [["watch", "--every", "0"], ["watch", "--settle", "x"]] {
        let refused = quarterday(&reviews, &arguments.iter().map(|own| &**own).collect::<Vec<_>>());
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}");
    }
}
