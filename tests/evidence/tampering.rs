//! Each way to tamper with the records, and what is said of it.

use std::fs;
use std::path::{Path, PathBuf};

use quarterday::readers::Readers;
use quarterday::review::verification::{Verification, Whereabouts};
use quarterday::run::verify::verify;
use quarterday::workspace::sha256;

use crate::quarter::{AS_OF, asked, correct_may, issued, quarter};
use crate::support::workspace::Workspace;

/// Three returns seen on one day, a fourth four days later.
fn recorded() -> Workspace {
    let mut workspace = quarter();
    workspace.told(AS_OF);
    correct_may(&mut workspace, "2023-07-21");
    workspace.told("2023-07-24");
    workspace
}

fn ledger(workspace: &Workspace) -> PathBuf {
    workspace.path().join("receipts.jsonl")
}

fn verified(workspace: &Workspace, heads: &[&str]) -> Verification {
    let heads: Vec<String> = heads.iter().map(ToString::to_string).collect();
    verify(workspace.path(), &heads, &Readers::in_process()).unwrap()
}

fn head(workspace: &Workspace) -> String {
    verified(workspace, &[]).chains[0].head.clone()
}

/// The lines of the ledger at fault.
fn faulty(verified: &Verification) -> Vec<usize> {
    verified
        .faults
        .iter()
        .filter(|fault| fault.file == "receipts.jsonl")
        .filter_map(|fault| fault.line)
        .collect()
}

fn lines(workspace: &Workspace) -> Vec<String> {
    fs::read_to_string(ledger(workspace)).unwrap().lines().map(str::to_string).collect()
}

fn rewrite(workspace: &Workspace, lines: &[String]) {
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    fs::write(ledger(workspace), text).unwrap();
}

fn messages(verified: &Verification) -> String {
    verified.faults.iter().map(|fault| format!("{}: {}\n", fault.file, fault.message)).collect()
}

fn files_below(dir: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn untouched_records_are_proven_and_nothing_is_written() {
    let workspace = recorded();
    let before: Vec<(PathBuf, Vec<u8>)> = files_below(workspace.path(), "")
        .into_iter()
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    let own = verified(&workspace, &[]);
    assert!(own.proven, "{}", messages(&own));
    assert_eq!((own.chains[0].lines, own.versions.len()), (6, 4));
    assert!(own.versions.iter().all(|version| version.copy && version.whereabouts == Whereabouts::There));
    let after: Vec<(PathBuf, Vec<u8>)> = files_below(workspace.path(), "")
        .into_iter()
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    assert!(before == after);
}

#[test]
fn each_line_changed_removed_swapped_or_put_in_shows() {
    let workspace = recorded();
    let whole = lines(&workspace);
    let known = head(&workspace);
    for at in 0..whole.len() {
        let last = at + 1 == whole.len();
        let mut changed = whole.clone();
        changed[at] = changed[at].replace("2023-07-2", "2023-06-2");
        rewrite(&workspace, &changed);
        let own = verified(&workspace, &[]);
        assert_eq!(faulty(&own), if last { vec![] } else { vec![at + 2] }, "line {} changed", at + 1);
        assert!(!verified(&workspace, &[&known]).proven, "line {} changed", at + 1);

        let mut removed = whole.clone();
        removed.remove(at);
        rewrite(&workspace, &removed);
        assert_eq!(faulty(&verified(&workspace, &[])).is_empty(), last, "line {} removed", at + 1);
        assert!(!verified(&workspace, &[&known]).proven, "line {} removed", at + 1);

        let mut twice = whole.clone();
        twice.insert(at, whole[at].clone());
        rewrite(&workspace, &twice);
        assert!(!faulty(&verified(&workspace, &[])).is_empty(), "line {} put in twice", at + 1);

        if !last {
            let mut swapped = whole.clone();
            swapped.swap(at, at + 1);
            rewrite(&workspace, &swapped);
            assert!(
                !faulty(&verified(&workspace, &[])).is_empty(),
                "lines {} and {} swapped",
                at + 1,
                at + 2
            );
        }
    }
    rewrite(&workspace, &whole);
    assert!(verified(&workspace, &[&known, &known[..16]]).proven);
}

#[test]
fn an_end_cut_off_shows_by_a_head_or_by_copies_no_line_names() {
    let workspace = recorded();
    let (whole, known) = (lines(&workspace), head(&workspace));
    // The last line records a look alone, the one before it a return.
    for (left, shows_by_itself) in [(6, false), (5, false), (4, true), (3, true), (0, true)] {
        rewrite(&workspace, &whole[..left]);
        let own = verified(&workspace, &[]);
        assert_eq!(!own.proven, shows_by_itself, "{left} lines left: {}", messages(&own));
        assert_eq!(messages(&own).contains("no line of the ledger names it"), shows_by_itself);
        let own = verified(&workspace, &[&known]);
        assert_eq!(own.proven, left == 6);
        assert_eq!(messages(&own).contains("stands in no line"), left < 6);
    }
    fs::remove_file(ledger(&workspace)).unwrap();
    assert!(messages(&verified(&workspace, &[])).contains("the ledger of receipts is gone"));
}

#[test]
fn an_issue_knows_how_far_the_ledger_had_come() {
    let workspace = quarter();
    issued(&workspace, &asked(), AS_OF).unwrap();
    let own = verified(&workspace, &[]);
    assert!(own.proven && own.issues == 1 && own.heads.len() == 1, "{}", messages(&own));
    assert_eq!(own.heads[0].line, Some(4));
    let whole = lines(&workspace);
    rewrite(&workspace, &whole[..3]);
    assert!(messages(&verified(&workspace, &[])).contains("the end was cut off: issued/"));
    let mut last = whole.clone();
    last[3] = last[3].replace("2023-07-20", "2023-07-19");
    rewrite(&workspace, &last);
    assert!(messages(&verified(&workspace, &[])).contains("was changed, or written anew, since issued/"));
    rewrite(&workspace, &whole);
    let page = files_below(&workspace.path().join("issued"), "pack.html").remove(0);
    let mut permissions = fs::metadata(&page).unwrap().permissions();
    #[expect(clippy::permissions_set_readonly_false, reason = "the file is thrown away with the test")]
    permissions.set_readonly(false);
    fs::set_permissions(&page, permissions).unwrap();
    fs::write(&page, "changed").unwrap();
    assert!(messages(&verified(&workspace, &[])).contains("is not what was issued"));
}

#[test]
fn copies_gone_or_changed_are_named_all_of_them() {
    let workspace = recorded();
    let copies = files_below(&workspace.path().join("originals"), ".xlsx");
    fs::remove_file(&copies[0]).unwrap();
    fs::write(&copies[1], "changed").unwrap();
    let own = verified(&workspace, &[]);
    assert_eq!(own.faults.len(), 2, "{}", messages(&own));
    assert!(
        messages(&own).contains("the copy of returns/")
            && messages(&own).contains("it is not what was received")
    );
    assert_eq!(own.versions.iter().filter(|version| !version.copy).count(), 2);
    let stray = format!("originals/{}.xlsx", "0".repeat(64));
    fs::write(workspace.path().join(&stray), "put in").unwrap();
    assert!(verified(&workspace, &[]).faults.iter().any(|fault| fault.file == stray));
}

#[test]
fn returns_may_be_moved_renamed_or_gone_and_only_a_change_is_a_fault() {
    let workspace = recorded();
    let returns = workspace.path().join("returns");
    let files = files_below(&returns, ".xlsx");
    let whereabouts = |file: &Path| {
        let name = format!("returns/{}", file.strip_prefix(&returns).unwrap().to_string_lossy());
        let own = verified(&workspace, &[]);
        let at = own.versions.iter().find(|version| version.file == name).unwrap().whereabouts.clone();
        (own.proven, at)
    };
    let moved = returns.join("elsewhere.xlsx");
    fs::rename(&files[0], &moved).unwrap();
    assert_eq!(
        whereabouts(&files[0]),
        (true, Whereabouts::Moved { to: "returns/elsewhere.xlsx".to_string() })
    );
    assert_eq!(verified(&workspace, &[]).not_yet_recorded, ["returns/elsewhere.xlsx"]);
    fs::remove_file(&moved).unwrap();
    assert_eq!(whereabouts(&files[0]), (true, Whereabouts::Gone));

    let shouted = files[1].with_file_name(files[1].file_name().unwrap().to_string_lossy().to_uppercase());
    fs::rename(&files[1], &shouted).unwrap();
    let (proven, at) = whereabouts(&files[1]);
    let to = format!("returns/{}", shouted.strip_prefix(&returns).unwrap().to_string_lossy());
    assert_eq!((proven, at), (true, Whereabouts::Moved { to }));

    fs::write(&files[2], "changed").unwrap();
    assert_eq!(whereabouts(&files[2]), (false, Whereabouts::Changed));
    fs::copy(&files[3], &files[2]).unwrap();
    assert_eq!(whereabouts(&files[2]).1, Whereabouts::Changed, "other recorded bytes, but never seen here");
}

#[test]
fn what_was_sent_is_a_chain_like_the_ledger() {
    let workspace = recorded();
    let line = |number: usize, previous: &str| {
        format!("{{\"sequence\":{number},\"to\":[\"a@harbour.example\"],\"previous\":\"{previous}\"}}")
    };
    let first = line(1, &"0".repeat(64));
    let second = line(2, &sha256(first.as_bytes()));
    let journal = workspace.path().join("sent.jsonl");
    fs::write(&journal, format!("{first}\n{second}\n")).unwrap();
    let own = verified(&workspace, &[&sha256(second.as_bytes())]);
    assert!(own.proven, "{}", messages(&own));
    assert_eq!((own.chains[1].file.as_str(), own.chains[1].lines), ("sent.jsonl", 2));
    assert_eq!(own.heads[0].file.as_deref(), Some("sent.jsonl"));
    fs::write(&journal, format!("{}\n{second}\n", first.replace("harbour", "other"))).unwrap();
    let own = verified(&workspace, &[]);
    assert_eq!(own.faults.len(), 1);
    assert_eq!((own.faults[0].file.as_str(), own.faults[0].line), ("sent.jsonl", Some(2)));
}

#[test]
fn an_attachment_is_proven_by_its_e_mail() {
    let workspace = recorded();
    let whole = lines(&workspace);
    // The e-mail and its attachment as a run would record them.
    let (mail, attachment) = (b"From: a@harbour.example".to_vec(), b"workbook".to_vec());
    let mut lines = whole.clone();
    for (file, bytes) in [("returns/m.eml", &mail), ("returns/m.eml/kpi.xlsx", &attachment)] {
        let line = format!(
            "{{\"kind\":\"seen\",\"sequence\":{},\"file\":\"{file}\",\"sha256\":\"{}\",\"date\":\"2023-07-25\",\"previous\":\"{}\"}}",
            lines.len() + 1,
            sha256(bytes),
            sha256(lines.last().unwrap().as_bytes())
        );
        lines.push(line);
        let ending = file.rsplit('.').next().unwrap();
        fs::write(workspace.path().join(format!("originals/{}.{ending}", sha256(bytes))), bytes).unwrap();
    }
    rewrite(&workspace, &lines);
    fs::write(workspace.path().join("returns/m.eml"), &mail).unwrap();
    let own = verified(&workspace, &[]);
    assert!(own.proven, "{}", messages(&own));
    let inside = Whereabouts::InsideMail { mail: "returns/m.eml".to_string() };
    assert_eq!(own.versions.last().unwrap().whereabouts, inside);
    fs::write(workspace.path().join("returns/m.eml"), "changed").unwrap();
    assert!(messages(&verified(&workspace, &[])).contains("returns/m.eml: what lies there is no version"));
}
