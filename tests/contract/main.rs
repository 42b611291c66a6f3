//! `quarterday contract` and `quarterday rules` as a lawyer and a councillor meet them: the real binary, on definitions as shipped
//! and on definitions spoilt one point at a time.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "../support/program.rs"]
mod program;
mod scrutiny;

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use program::{quarterday, text};

const SMALL: &str = include_str!("../fixtures/small.toml");

/// The words of a text that was broken into lines.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn spoilt(text: &str, old: &str, new: &str) -> String {
    assert!(text.contains(old), "{old} is not there");
    text.replacen(old, new, 1)
}

/// What is said of a definition, on one line.
fn checked(folder: &TempDir, definition: &str) -> (i32, String) {
    let path = folder.path().join("mine.toml");
    fs::write(&path, definition).unwrap();
    let ran = quarterday(&["contract", "check", text(&path)]);
    (ran.status, one_line(&format!("{}{}", ran.out, ran.err)))
}

#[test]
fn a_sound_definition_has_nothing_to_find() {
    let (status, said) = checked(&TempDir::new().unwrap(), SMALL);
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("Nothing was found. No faults and no notes."), "{said}");
}

#[test]
fn every_built_in_definition_is_without_faults() {
    let ran = quarterday(&["contract", "check"]);
    assert_eq!(ran.status, 0, "{}", ran.out);
    assert!(ran.out.contains("No faults"), "{}", ran.out);
    for definition in fs::read_dir(built_in()).unwrap() {
        let id = definition.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned();
        assert!(ran.out.contains(&format!("{id}: ")), "{id}");
        let explained = quarterday(&["contract", "explain", &id, "--as-of", "2026-01-20"]);
        assert_eq!(explained.status, 0, "{}", explained.err);
        assert!(explained.out.contains("The next due dates, as of 20 January 2026"), "{}", explained.out);
        assert!(explained.out.lines().all(|line| line.chars().count() <= 100), "{}", explained.out);
        // Nothing is left as the definition's own shorthand.
        assert!(!explained.out.contains(['`', '{', '}']), "{}", explained.out);
    }
}

fn built_in() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/contracts")
}

#[test]
fn the_bands_of_a_schedule_as_printed_leave_most_real_months_open() {
    let definition = fs::read_to_string(built_in().join("kent-regulation-44.toml")).unwrap();
    let open = definition.lines().find(|line| line.starts_with("open = ")).unwrap();
    let folder = TempDir::new().unwrap();
    let (status, said) = checked(&folder, &spoilt(&definition, open, ""));
    assert_eq!(status, 1);
    for words in [
        "fault: KPI 1 (clause 3.1)",
        "leave 80% to below 90% and above 90% to below 100% open (5 of 6 (83.3%) and 6 of 7 (85.7%)); a figure there has no rating",
        "Out of 6 or 7, no count reaches the band of amber: 90%.",
        "2 faults",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
    let at = 1 + definition.lines().position(|line| line == "[kpis.rule.bands]").unwrap();
    assert!(said.contains(&format!("mine.toml:{at}:12")), "{said}");

    let (status, said) = checked(&folder, &definition);
    assert_eq!(status, 0);
    assert!(said.contains("note: KPI 1 (clause 3.1)") && said.contains("it is read as amber"), "{said}");
    assert!(said.contains("due before the period they report has ended"), "{said}");
}

#[test]
fn what_cannot_be_read_is_said_with_its_place() {
    let (status, said) =
        checked(&TempDir::new().unwrap(), &spoilt(SMALL, "at-least = 2 }", "at-leest = 2 }"));
    assert_eq!(status, 1);
    assert!(said.contains("mine.toml:") && said.contains("did you mean `at-least`?"), "{said}");
    assert!(said.contains("1 fault and no notes."), "{said}");
}

#[test]
fn what_is_not_there_is_said_with_the_nearest() {
    let known = fs::read_dir(built_in()).unwrap().next().unwrap().unwrap().path();
    let id = known.file_stem().unwrap().to_string_lossy().into_owned();
    let wrong = format!("{id}x");
    for command in ["check", "explain"] {
        let ran = quarterday(&["contract", command, &wrong]);
        assert_eq!(ran.status, 2);
        assert!(ran.err.contains(&format!("did you mean `{id}`?")), "{}", ran.err);
        let ran = quarterday(&["contract", command, "nowhere/mine.toml"]);
        assert_eq!(ran.status, 2);
        assert!(ran.err.contains("the file nowhere/mine.toml does not exist"), "{}", ran.err);
    }
    let ran = quarterday(&["contract", "list", "nowhere"]);
    assert!(ran.status == 2 && ran.err.contains("the folder nowhere does not exist"), "{}", ran.err);
}

#[test]
fn lists_what_is_built_in_and_what_is_the_workspaces_own() {
    let dir = TempDir::new().unwrap();
    let folder = dir.path().join("contracts");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("a.toml"), SMALL).unwrap();
    let list = || quarterday(&["contract", "list", text(dir.path())]);
    let ran = list();
    assert_eq!(ran.status, 0, "{}", ran.err);
    let said = one_line(&ran.out);
    assert!(said.contains("small: Home visits the workspace's own, "), "{said}");
    assert!(said.contains("monthly monthly Monthly return annual annual Annual return"), "{said}");
    assert!(said.contains("built in; "), "{said}");
    assert!(!quarterday(&["contract", "list"]).out.contains("small"));

    fs::write(folder.join("broken.toml"), "id = \n").unwrap();
    let ran = list();
    assert!(ran.status == 1 && ran.out.contains("broken.toml: cannot be used"), "{}", ran.out);
    fs::remove_file(folder.join("broken.toml")).unwrap();

    fs::write(folder.join("twin.toml"), SMALL).unwrap();
    for ran in [list(), quarterday(&["contract", "check", "--dir", text(dir.path())])] {
        assert_eq!(ran.status, 2);
        for words in ["two definitions have the id `small`", "a.toml", "twin.toml"] {
            assert!(ran.err.contains(words), "{}", ran.err);
        }
    }
}

#[test]
fn explains_a_contract_in_plain_english() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("mine.toml");
    fs::write(
        &path,
        spoilt(SMALL, "id = \"monthly\"", "id = \"monthly\"\nlocal = true\none-per-area = true"),
    )
    .unwrap();
    let ran = quarterday(&["contract", "explain", text(&path), "--as-of", "2027-12-01"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let said = one_line(&ran.out);
    for words in [
        "Home visits (small)",
        "starts on 1 April 2025 and ends on 31 March 2028",
        "Figures are told apart for: North; South.",
        "Units to visit (clause 2): 6 from 1 April 2025; 7 from 1 April 2026.",
        "Monthly return, monthly (clause 3; set locally, not by the contract). Due on the 15th of the month after the period; where \
         that is no working day, on the next one.",
        "One return each for: North; South.",
        "People waiting, by Age and Source; Insured.",
        "KPI 1: Units visited (clause 2.1, monthly)",
        "how many different entries stand under “Unit”, out of “Units to visit”",
        "Rated: green 100%; amber 80% to below 100%; red below 80%.",
        "Rated: at least 2 is green, else red.",
        "Rated from 1 April 2026: green 1 or less; amber 2; red 3 or more.",
        "“Dated” of “Insured” lies on or after the day of the certification.",
        "KPI 5: Staff who left (clause 2.5, every year)",
        "Not rated: the contract sets no target.",
        "Safeguarding issue (clause 7): within 1 working day.",
        "Once the register records “Formal warning” they are held monthly (clause 5.1).",
        "Large spend, weight 2 (column Spend)",
        "When the overall rating is red in 3 periods in a row.",
        "A period in which ratings are compared is a month.",
        "Improvement plan (clause 6.1), for “Red three months in a row”.",
        // 15 January 2028 is a Saturday.
        "Mon 17 Jan 2028: Monthly return, North, December 2027 (clause 3). 15 January 2028 is a Saturday; moved to the next \
         working day.",
        "Wed 15 Dec 2027: Monthly return, South, November 2027 (clause 3)",
        // The last year's return comes after the contract's end.
        "Wed 31 May 2028: Annual return, 2027-28 (April 2027 to March 2028) (clause 4)",
    ] {
        assert!(said.contains(words), "{words}\n{}", ran.out);
    }
    // No period that begins after the end is due: five months for two areas and one year.
    assert_eq!(
        ran.out.lines().filter(|line| line.contains(" 2028: ") || line.contains(" 2027: ")).count(),
        11
    );
    let after = quarterday(&["contract", "explain", text(&path), "--as-of", "2029-01-01"]);
    assert!(after.out.contains("No return is due any more."), "{}", after.out);
    let wrong = quarterday(&["contract", "explain", text(&path), "--as-of", "soon"]);
    assert!(wrong.status == 2 && wrong.err.contains("such as 2026-01-20"), "{}", wrong.err);
}

#[test]
fn lists_and_explains_rule_kinds() {
    let all = quarterday(&["rules"]);
    assert_eq!(all.status, 0);
    for words in ["Ratings\n", "Conditions of escalations\n", "  bands ", "  kpis-missed "] {
        assert!(all.out.contains(words), "{words}\n{}", all.out);
    }
    let one = quarterday(&["rules", "Bands"]);
    assert!(one.status == 0 && one.out.contains("Example: `rule = { bands = "), "{}", one.out);
    assert_eq!(one.out, quarterday(&["explain", "bands"]).out);
    let wrong = quarterday(&["rules", "band"]);
    assert!(wrong.status == 2 && wrong.err.contains("did you mean `bands`?"), "{}", wrong.err);
}

#[test]
fn an_explanation_leaves_out_nothing_that_decides_a_figure() {
    for (id, words) in [
        (
            "kent-regulation-44",
            &[
                "that say yes under “Returned by council”, or have a date under “Date returned”",
                "Where no record has a date of the period under “Date of visit”, there was nothing to measure.",
            ][..],
        ),
        ("wla-semi-independent", &["“not applicable” is a full answer there"]),
    ] {
        let explained = one_line(&quarterday(&["contract", "explain", id]).out);
        for own in words {
            assert!(explained.contains(own), "{own}: {explained}");
        }
    }
}
