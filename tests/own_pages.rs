//! A council's own pages as an officer makes them: templates, colours and wording in a workspace, through the real binary.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "support/program.rs"]
mod program;

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use program::{Ran, quarterday, text};

const AS_OF: &str = "2021-11-01";

/// A workspace of one of the shipped samples, without anything generated.
fn workspace() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let sample =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/workspaces/lancashire-supported-housing");
    let workspace = folder.path().join("reviews");
    copy(&sample, &workspace);
    (folder, workspace)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &to) } else { fs::copy(&path, to).map(|_| ()).unwrap() }
    }
}

fn run(workspace: &Path) -> Ran {
    quarterday(&["run", text(workspace), "--as-of", AS_OF])
}

/// Every page of this name below `out`, with its text, in order.
fn pages(workspace: &Path, name: &str) -> Vec<(PathBuf, String)> {
    let mut folders = vec![workspace.join("out")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.ends_with(name) {
                found.push((path.clone(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "no {name}");
    found
}

#[test]
fn a_council_changes_a_section_its_colour_and_its_words_and_every_page_shows_it() {
    let (_folder, workspace) = workspace();
    let written = quarterday(&["pages", "write", "pack/how-to-read.html", "--dir", text(&workspace)]);
    assert_eq!(written.status, 0, "{}", written.err);
    let template = workspace.join("templates/pack/how-to-read.html");
    let own = fs::read_to_string(&template).unwrap();
    assert!(own.starts_with("{# Started from pack/how-to-read.html, version "), "{own}");
    fs::write(&template, own.replace("</section>", "<p>Ask {{ provider }} first.</p>\r\n</section>"))
        .unwrap();
    let settings = "council = \"Anyshire County Council\"\n[pages]\nservice = \"Housing\"\ncolour = \"#1d4f91\"\n\
                    [wording]\nhow-to-read-heading = \"What all this means\"\n";
    fs::write(workspace.join("quarterday.toml"), settings).unwrap();

    let ran = run(&workspace);
    assert!(ran.status < 2, "{}", ran.err);
    assert!(!ran.out.contains("older version"), "{}", ran.out);
    let first = pages(&workspace, "pack.html");
    for (path, page) in first.iter().chain(&pages(&workspace, "provider-pack.html")) {
        let shown = path.display();
        assert!(page.contains("<p>Ask ") && page.contains(" first.</p>"), "{shown}");
        assert!(page.contains("<h2 id=\"how-to-read-heading\">What all this means</h2>"), "{shown}");
        assert!(page.contains("<a href=\"#how-to-read\">What all this means</a>"), "{shown}");
    }
    for name in ["pack.html", "provider-pack.html", "report.html", "index.html"] {
        for (path, page) in pages(&workspace, name) {
            let shown = path.display();
            let band = "<p>Anyshire County Council<span class=\"service\">Housing</span></p>";
            assert!(page.contains(band) && page.contains("--band: #1d4f91;"), "{shown}");
            assert!(
                page.contains("@bottom-left { content: \"Anyshire County Council\\2c  Housing\"; }"),
                "{shown}"
            );
        }
    }
    // The same again, byte for byte.
    fs::remove_dir_all(workspace.join("out")).unwrap();
    assert!(run(&workspace).status < 2);
    assert!(first == pages(&workspace, "pack.html"));

    let listed = quarterday(&["pages", "list", "--dir", text(&workspace)]);
    assert!(listed.out.contains("pack/how-to-read.html        the workspace's own\n"), "{}", listed.out);
    let older = own.replacen(", version ", ", version 0", 1);
    fs::write(&template, older).unwrap();
    let listed = quarterday(&["pages", "list", "--dir", text(&workspace)]);
    assert!(listed.out.contains("the built-in one has changed since"), "{}", listed.out);
    assert!(
        run(&workspace)
            .out
            .contains("was started from an older version of the built-in pack/how-to-read.html")
    );
}

#[test]
fn what_is_wrong_with_a_template_stops_the_run_before_anything_is_written() {
    let (_folder, workspace) = workspace();
    let templates = workspace.join("templates");
    fs::create_dir(&templates).unwrap();
    let put = |name: &str, text: &str| fs::write(templates.join(name), text).unwrap();
    for (name, text, expected) in [
        ("pakc.html", "", "did you mean `pack.html`?"),
        ("report.html", "{{ title | safe }}", "report.html:1:12"),
        ("letter.html", "{% if %}", "letter.html:1:"),
        ("style.css", ".tag-red { color: pink }", "the look of a rating cannot be changed"),
    ] {
        put(name, text);
        let ran = run(&workspace);
        assert_eq!(ran.status, 2);
        assert!(ran.err.contains(expected), "{name}\n{}", ran.err);
        assert!(!workspace.join("out").exists() && !workspace.join("receipts.jsonl").exists(), "{name}");
        fs::remove_file(templates.join(name)).unwrap();
    }
}

/// Whatever page a fault shows on, no other is written either.
#[test]
fn a_variable_that_is_not_there_stops_the_run_before_any_page_is_written() {
    let (_folder, workspace) = workspace();
    let templates = workspace.join("templates");
    fs::create_dir(&templates).unwrap();
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/pages");
    for name in ["pack.html", "provider-pack.html", "report.html", "portfolio.html"] {
        let page = fs::read_to_string(built_in.join(name)).unwrap();
        fs::write(templates.join(name), page.replace("{{ as_of }}", "{{ as_off }}")).unwrap();
    }
    let ran = run(&workspace);
    assert_eq!(ran.status, 2, "{}", ran.out);
    for name in ["pack.html", "provider-pack.html", "report.html", "portfolio.html"] {
        assert!(ran.err.contains(&format!("the page {name} has no variable `as_off`")), "{}", ran.err);
    }
    assert!(ran.err.contains("nothing was written"), "{}", ran.err);
    let out = fs::read_dir(workspace.join("out")).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(
        out.collect::<Vec<_>>(),
        [".cache"],
        "what was read is kept for the next run, and nothing else"
    );
}

#[test]
fn settings_at_fault_are_named_with_their_place() {
    let (_folder, workspace) = workspace();
    for (settings, expected) in [
        ("[pages]\ncolour = \"#ffcc00\"\n", "has a contrast of 1.51 to 1 with white"),
        ("[pages]\ngreen = \"#00ff00\"\n", "the colour of the rating `green` cannot be changed"),
        ("[wording]\nagenda-haeding = \"A\"\n", "did you mean `agenda-heading`"),
    ] {
        fs::write(workspace.join("quarterday.toml"), settings).unwrap();
        let ran = run(&workspace);
        assert_eq!(ran.status, 2);
        assert!(ran.err.contains(expected) && ran.err.contains("quarterday.toml:2:"), "{}", ran.err);
    }
}

#[test]
fn a_template_is_written_to_start_from_and_never_over_a_file() {
    let (_folder, workspace) = workspace();
    let write = |names: &[&str]| {
        let mut arguments = vec!["pages", "write"];
        arguments.extend(names);
        arguments.extend(["--dir", text(&workspace)]);
        quarterday(&arguments)
    };
    assert_eq!(write(&["style.css", "pack\\kpis.html"]).status, 0);
    let style = fs::read_to_string(workspace.join("templates/style.css")).unwrap();
    assert!(style.starts_with("/* Started from style.css, version "), "{style}");
    // What cannot be written whole is not begun.
    for (names, expected) in [
        (&["page.html", "style.css"][..], "there is a template already"),
        (&["page.html", "pakc.html"][..], "did you mean `pack.html`?"),
    ] {
        let ran = write(names);
        assert_eq!(ran.status, 2);
        assert!(ran.err.contains(expected), "{}", ran.err);
        assert!(!workspace.join("templates/page.html").exists());
    }
    // What was written and not changed gives the same pages.
    let listed = quarterday(&["pages", "list"]);
    let all: Vec<&str> =
        listed.out.lines().filter(|name| !["style.css", "pack/kpis.html"].contains(name)).collect();
    assert!(all.contains(&"pack.html"));
    assert_eq!(write(&all).status, 0);
    assert!(run(&workspace).status < 2);
    let own = pages(&workspace, "index.html");
    let own_packs = pages(&workspace, "pack.html");
    fs::remove_dir_all(workspace.join("templates")).unwrap();
    assert!(run(&workspace).status < 2);
    let without = |pages: Vec<(PathBuf, String)>| -> Vec<String> {
        // The first line of a style sheet says what it was started from, and its hash changes with it.
        let plain = |page: String| page.split_once("</head>").unwrap().1.replace('\n', "");
        pages.into_iter().map(|(_, page)| plain(page)).collect()
    };
    assert!(without(own) == without(pages(&workspace, "index.html")));
    assert!(without(own_packs) == without(pages(&workspace, "pack.html")));
}

#[test]
fn the_phrases_are_listed_with_where_they_stand() {
    let listed = quarterday(&["pages", "wording"]);
    assert_eq!(listed.status, 0);
    assert!(listed.out.contains("agenda-heading = \"Agenda of the review meeting\""));
    let table: toml::Table = listed.out.parse().unwrap();
    assert!(table.len() > 60);
}
