//! The command as an officer types it.

use assert_cmd::Command;
use serde_json::Value;

use crate::forms::CONTRACT;
use crate::quarter::{AS_OF, FOLDER, PERIOD, PROVIDER, correct_may, quarter};
use crate::support::workspace::Workspace;

struct Ran {
    status: i32,
    out: String,
    err: String,
}

fn quarterday(workspace: &Workspace, arguments: &[&str]) -> Ran {
    workspace.write_register();
    let (command, rest) = arguments.split_first().unwrap();
    let output = Command::cargo_bin("quarterday")
        .unwrap()
        .arg(command)
        .arg(workspace.path())
        .args(rest)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

#[test]
fn issue_says_what_it_wrote_and_run_what_has_changed() {
    let mut workspace = quarter();
    let issue =
        ["issue", "--contract", CONTRACT, "--period", PERIOD, "--as-of", AS_OF, "--note", "Sent by post"];
    let first = quarterday(&workspace, &issue);
    assert_eq!((first.status, first.err.as_str()), (0, ""));
    for words in [PROVIDER, "(issue 1), as of 20 July 2023", "issued/kent-regulation-44"] {
        assert!(first.out.contains(words), "{words}\n{}", first.out);
    }
    let again = quarterday(&workspace, &issue);
    assert!(again.status == 0 && again.out.starts_with("Nothing written for"), "{}", again.out);

    correct_may(&mut workspace, "2023-07-21");
    let run = quarterday(&workspace, &["run", "--as-of", "2023-07-24"]);
    assert!(run.out.contains("Changed since they were issued:"), "{}", run.out);
    assert!(
        run.out.contains("KPI 2, 2023-05 was 100% (stretch) when issued, now 57.1% (red)."),
        "{}",
        run.out
    );
    // The results keep their shape.
    let results: Value =
        serde_json::from_slice(&std::fs::read(workspace.path().join("out/results.json")).unwrap()).unwrap();
    let keys: Vec<&String> = results.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["as_of", "format", "program", "reviews", "unrecognised"]);

    let mut second = issue.to_vec();
    second[6] = "2023-07-24";
    second.push("--json");
    let second = quarterday(&workspace, &second);
    let records: Value = serde_json::from_str(&second.out).unwrap();
    assert_eq!((records[0]["number"].as_u64(), records[0]["note"].as_str()), (Some(2), Some("Sent by post")));

    let page = workspace.path().join("issued").join(FOLDER).join("issue-1/pack.xlsx");
    let (gone, moved) = (page.clone(), page.with_extension("moved"));
    std::fs::rename(gone, moved).unwrap();
    let run = quarterday(&workspace, &["run", "--as-of", "2023-07-24"]);
    assert!(run.out.contains("Warning: what was issued is not as it was:"), "{}", run.out);
    assert!(
        run.out.contains("issue-1/pack.xlsx is gone") || run.out.contains("pack.xlsx is\n"),
        "{}",
        run.out
    );
}

#[test]
fn what_cannot_be_issued_ends_with_status_2_and_the_nearest() {
    let workspace = quarter();
    for (arguments, words) in [
        (["--contract", "kent", "--period", PERIOD], "there is no contract `kent`"),
        (["--contract", CONTRACT, "--period", "2023-24 Q7"], "the nearest with a pack is 2023-24 Q1"),
    ] {
        let mut all = vec!["issue"];
        all.extend(arguments);
        all.extend(["--as-of", AS_OF]);
        let ran = quarterday(&workspace, &all);
        assert_eq!(ran.status, 2);
        assert!(ran.err.contains(words), "{}", ran.err);
    }
}
