//! `quarterday try` on a shipped sample: what it says against ratings worked out here, and against a run under the changed
//! definition.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use crate::folder::{contents, laid_out};

const SAMPLE: &str = "kent-regulation-44";
const TEXT: &str = include_str!("../../templates/contracts/kent-regulation-44.toml");

/// The definition with each old passage, which stands in it once, made new.
fn changed(passages: &[(&str, &str)]) -> String {
    passages.iter().fold(TEXT.to_string(), |text, (old, new)| {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        text.replace(old, new)
    })
}

/// KPI 2 green from 80% instead of 90%.
fn easier() -> String {
    changed(&[
        ("green = { from = \"90%\", below = \"100%\" }", "green = { from = \"80%\", below = \"100%\" }"),
        ("amber = { from = \"60%\", below = \"90%\" }", "amber = { from = \"60%\", below = \"80%\" }"),
    ])
}

/// The sample, with the definition beside it.
struct Tried {
    dir: TempDir,
    beside: TempDir,
    as_of: String,
}

impl Tried {
    fn new(definition: &str) -> Self {
        let (dir, sample) = laid_out(SAMPLE);
        let beside = tempfile::tempdir().unwrap();
        std::fs::write(beside.path().join("variation.toml"), definition).unwrap();
        Self { dir, beside, as_of: sample.as_of.to_string() }
    }

    fn program(arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_quarterday")).args(arguments).output().unwrap()
    }

    /// Tries it, with more arguments, and makes sure that not a byte of the workspace is another.
    fn tried(&self, more: &[&str]) -> Output {
        let before = contents(self.dir.path());
        let file = self.beside.path().join("variation.toml");
        let mut arguments = vec!["try", text(&file), text(self.dir.path()), "--as-of", &self.as_of];
        arguments.extend(more);
        let output = Self::program(&arguments);
        assert_eq!(contents(self.dir.path()), before);
        output
    }

    fn json(&self) -> Value {
        let output = self.tried(&["--json"]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    fn printed(&self) -> String {
        let output = self.tried(&[]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// What is said where it could not be tried.
    fn refused(&self) -> String {
        let output = self.tried(&[]);
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty());
        String::from_utf8(output.stderr).unwrap()
    }

    /// `results.json` of a run on another copy, under the workspace's own definition where one is given.
    fn ran(&self, own: Option<&str>) -> Value {
        let (dir, _) = laid_out(SAMPLE);
        if let Some(definition) = own {
            std::fs::create_dir(dir.path().join("contracts")).unwrap();
            std::fs::write(dir.path().join("contracts/own.toml"), definition).unwrap();
        }
        let output = Self::program(&["run", text(dir.path()), "--as-of", &self.as_of, "--json"]);
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn word(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_string()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("no list {key}"))
}

/// Rows of all reviews of a run by what names them, each with what is compared.
fn rows(run: &Value, of: &str, names: &[&str], compared: &[&str]) -> BTreeMap<Vec<String>, Vec<String>> {
    let mut rows = BTreeMap::new();
    for review in list(run, "reviews") {
        for row in list(review, of) {
            let mut name = vec![word(review, "provider")];
            name.extend(names.iter().map(|key| word(row, key)));
            rows.insert(name, compared.iter().map(|key| word(row, key)).collect());
        }
    }
    rows
}

/// Names of rows that differ between two runs, or stand in one alone.
fn differing(
    before: &Value,
    after: &Value,
    of: &str,
    names: &[&str],
    compared: &[&str],
) -> BTreeSet<Vec<String>> {
    let (before, after) = (rows(before, of, names, compared), rows(after, of, names, compared));
    let all: BTreeSet<&Vec<String>> = before.keys().chain(after.keys()).collect();
    all.into_iter().filter(|name| before.get(*name) != after.get(*name)).cloned().collect()
}

/// Names of rows that the comparison tells.
fn told(tried: &Value, of: &str, names: &[&str]) -> BTreeSet<Vec<String>> {
    let mut told = BTreeSet::new();
    for provider in list(tried, "providers") {
        for row in list(provider, of) {
            let mut name = vec![word(provider, "provider")];
            name.extend(names.iter().map(|key| word(row, key)));
            assert!(told.insert(name.clone()), "told twice: {name:?}");
        }
    }
    told
}

/// The comparison tells the very differences there are between two runs.
fn assert_agrees(tried: &Value, before: &Value, after: &Value) {
    for (of, names, compared) in [
        ("ratings", &["kpi", "area", "period"][..], &["rating"][..]),
        ("overall", &["period"], &["rating"]),
        ("submissions", &["form", "area", "period"], &["due", "status"]),
        ("escalations", &["id", "period"], &["status", "by"]),
    ] {
        assert_eq!(told(tried, of, names), differing(before, after, of, names, compared), "{of}");
    }
}

#[test]
fn another_target_changes_the_ratings_it_must_and_no_others() {
    let workspace = Tried::new(&easier());
    let (tried, before) = (workspace.json(), workspace.ran(None));
    let mut expected = BTreeSet::new();
    for review in list(&before, "reviews") {
        for own in list(review, "ratings") {
            let parts = own["numerator"].as_u64().zip(own["denominator"].as_u64());
            // From 80% to below 90%, in whole numbers.
            if own["kpi"] == "2" && parts.is_some_and(|(met, all)| met * 10 >= all * 8 && met * 10 < all * 9)
            {
                assert_eq!(own["rating"], "amber");
                expected.insert(vec![
                    word(review, "provider"),
                    "2".into(),
                    word(own, "area"),
                    word(own, "period"),
                ]);
            }
        }
    }
    assert!(expected.len() > 1, "{expected:?}");
    assert_eq!(told(&tried, "ratings", &["kpi", "area", "period"]), expected);
    for own in list(&tried, "providers").iter().flat_map(|provider| list(provider, "ratings")) {
        assert_eq!(
            (word(&own["before"], "rating"), word(&own["after"], "rating")),
            ("amber".into(), "green".into())
        );
        assert_eq!(own["before"]["value"], own["after"]["value"]);
        assert!(word(&own["before"], "target").contains("90%"), "{own}");
        assert!(word(&own["after"], "target").contains("80%"), "{own}");
        assert_eq!(own["after"]["clause"], "3.1");
    }
    assert_eq!(tried["counts"]["ratings_differ"], expected.len());
    assert_eq!(tried["differs"], true);
    let after = workspace.ran(Some(&easier()));
    assert_agrees(&tried, &before, &after);
    assert!(!told(&tried, "overall", &["period"]).is_empty());
    assert!(!told(&tried, "escalations", &["id", "period"]).is_empty());
    // The change itself, before and after.
    let [terms] = list(&tried, "terms") else { panic!("{}", tried["terms"]) };
    assert!(word(terms, "within").starts_with("KPI 2"), "{terms}");
    assert!(
        terms["before"].to_string().contains("90%") && terms["after"].to_string().contains("80%"),
        "{terms}"
    );
    let total = list(&before, "reviews").iter().map(|review| list(review, "ratings").len()).sum::<usize>();
    let printed = workspace.printed();
    assert!(
        printed.starts_with(&format!("{} of {total} ratings would differ; ", expected.len())),
        "{printed}"
    );
    assert!(printed.contains("Amber → Green") && printed.contains("Nothing was written"), "{printed}");
}

#[test]
fn another_due_date_moves_the_returns_it_must() {
    let definition = changed(&[(
        "due = { last-weekday = { weekday = \"Friday\", roll = true } }",
        "due = { day-of-following-month = { day = 14 } }",
    )]);
    let workspace = Tried::new(&definition);
    let (tried, before) = (workspace.json(), workspace.ran(None));
    let moved = told(&tried, "submissions", &["form", "area", "period"]);
    let expected: BTreeSet<Vec<String>> =
        rows(&before, "submissions", &["form", "area", "period"], &[]).into_keys().collect();
    assert!(!moved.is_empty() && moved.is_subset(&expected));
    for own in list(&tried, "providers").iter().flat_map(|provider| list(provider, "submissions")) {
        assert!(word(&own["after"], "due").ends_with("-14"), "{own}");
    }
    // The extension in the register ends before the new day, and gives no time any more.
    let [left_aside] = list(&tried, "register") else { panic!("{}", tried["register"]) };
    assert!(left_aside.as_str().unwrap().contains("Extensions"), "{left_aside}");
    for own in list(&tried, "providers").iter().flat_map(|provider| list(provider, "submissions")) {
        let (before, after) = (&own["before"], &own["after"]);
        assert!(word(before, "due") < word(after, "due"), "{own}");
        // More time makes nothing late that was not.
        assert!(before["status"] == after["status"] || after["status"] != "late", "{own}");
    }
}

#[test]
fn an_unchanged_definition_changes_nothing() {
    let workspace = Tried::new(TEXT);
    let tried = workspace.json();
    assert_eq!(tried["differs"], false);
    assert_eq!(tried["terms"], Value::Array(Vec::new()));
    for provider in list(&tried, "providers") {
        for (key, value) in provider.as_object().unwrap() {
            assert!(value.is_string() || value.as_array().unwrap().is_empty(), "{key}: {value}");
        }
    }
    let printed = workspace.printed();
    assert!(printed.starts_with("Nothing would differ: "), "{printed}");
    assert!(printed.contains("the two definitions say the same"), "{printed}");
}

#[test]
fn a_kpi_that_one_definition_alone_has_is_not_compared() {
    let start = TEXT.find("[[kpis]]\nref = \"3\"").unwrap();
    let end = TEXT[start..].find("# -----").unwrap() + start;
    let without = format!("{}{}", &TEXT[..start], &TEXT[end..]);
    // Nothing else may name it.
    let without = without.replace("counts-no-people = [\"3\"]", "counts-no-people = []");
    let workspace = Tried::new(&without);
    let tried = workspace.json();
    assert_eq!(told(&tried, "ratings", &["kpi"]), BTreeSet::new());
    let before = workspace.ran(None);
    for provider in list(&tried, "providers") {
        let gone = list(provider, "not_compared");
        let [gone] = gone else { panic!("{gone:?}") };
        assert!(word(gone, "what").starts_with("KPI 3, "), "{gone}");
        assert_eq!(gone["under"], "before");
        assert_eq!(gone["why"], "the changed definition does not have the KPI");
        let own = rows(&before, "ratings", &["kpi", "period"], &[]).into_keys();
        let own = own.filter(|name| name[0] == word(provider, "provider") && name[1] == "3").count();
        assert_eq!(gone["number"], own);
    }
}

#[test]
fn the_page_is_written_where_it_is_asked_for() {
    let workspace = Tried::new(&easier());
    let page = workspace.beside.path().join("variation.html");
    let output = workspace.tried(&["-o", text(&page)]);
    assert_eq!(output.status.code(), Some(0));
    let written = std::fs::read_to_string(&page).unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.ends_with(&format!("Open {}\n", page.display())), "{printed}");
    assert!(written.contains(printed.lines().next().unwrap()), "{printed}");
    assert!(!written.contains(text(workspace.beside.path())), "the page names a folder");
    let elsewhere = workspace.tried(&["-o", text(&workspace.dir.path().join("register.xlsx"))]);
    assert_eq!(elsewhere.status.code(), Some(2));
}

#[test]
fn what_cannot_be_tried_is_said() {
    let id = format!("id = \"{SAMPLE}\"");
    let refused = Tried::new(&changed(&[(&id, "id = \"kent-regulation-45\"")])).refused();
    assert!(refused.contains("did you mean `kent-regulation-44`?"), "{refused}");

    // Errors in the words of `contract check`.
    let workspace = Tried::new(&changed(&[("review-every", "reveiw-every")]));
    let refused = workspace.refused();
    let file = workspace.beside.path().join("variation.toml");
    let checked = Tried::program(&["contract", "check", text(&file)]);
    let checked = String::from_utf8(checked.stdout).unwrap();
    let (fault, _) = checked.split_once("\n\nNo ").or_else(|| checked.rsplit_once("\n\n")).unwrap();
    assert!(refused.contains("did you mean `review-every`?"), "{refused}");
    assert!(refused.contains(fault), "{refused}\n{fault}");
}
