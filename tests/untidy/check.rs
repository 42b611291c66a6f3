//! `quarterday check`: looks, says, writes nothing.

use std::fs;
use std::path::Path;

use super::support::{Said, quarterday, sample, text, tree};

fn check(file: &Path) -> Said {
    quarterday(["check", text(file)])
}

fn sample_return(name: &str) -> Said {
    check(&sample().join("returns").join(name))
}

/// A file with these bytes, checked; the folder holds nothing else afterwards.
fn check_bytes(name: &str, bytes: &[u8]) -> Said {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join(name), bytes).unwrap();
    let said = check(&dir.path().join(name));
    assert_eq!(tree(dir.path()).into_iter().collect::<Vec<_>>(), [(name.to_string(), bytes.to_vec())]);
    said
}

#[test]
fn a_good_return() {
    let said = sample_return("2024-25/Q1/Harbour Advocacy KPI return Q1 2024-25.xlsx");
    assert_eq!(said.status, 0, "{said:#?}");
    assert!(
        said.out.contains(
            "Quarterly key performance indicators of Statutory advocacy services, Harbour Advocacy"
        )
    );
    assert!(said.out.contains("Nothing wrong was found."), "{}", said.out);
    assert!(said.out.contains("Red          KPI 9   whole contract: "), "{}", said.out);
}

#[test]
fn a_faulty_return_names_cells_and_what_to_do() {
    let said = sample_return("2025-26/Q2/HA_KPI_Q2_2025-26.xlsx");
    assert_eq!(said.status, 1);
    for cell in ["KPIs!D17", "KPIs!G17"] {
        assert!(said.out.contains(&format!("Error        {cell}: ")), "{cell}\n{}", said.out);
    }
    assert!(said.out.contains("[stated-differs-from-computed]"));
}

#[test]
fn a_warning_alone_needs_no_attention() {
    let said = sample_return("2025-26/Q4/HA_KPI_Q4_2025-26.xlsx");
    assert_eq!(said.status, 0, "{said:#?}");
    assert!(said.out.contains("Warning") && said.out.contains("[column-inserted]"), "{}", said.out);
}

#[test]
fn a_workbook_cut_off_in_the_middle() {
    let whole = fs::read(sample().join("returns/2025-26/Q4/HA_MI_2026-06.xlsx")).unwrap();
    let said = check_bytes("return.xlsx", &whole[..whole.len() / 2]);
    assert_eq!(said.status, 1);
    assert!(said.out.contains("Not a return"), "{}", said.out);
}

/// A contract of one's own is known in its workspace, from within and with `--dir`.
#[test]
fn a_return_of_a_contract_of_ones_own() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/workspaces/home-to-school-transport");
    let file = workspace.join("returns/2026-07/Brindle Coaches return July 2026.xlsx");
    assert!(check(&file).out.contains("Not recognised"));
    let named = quarterday(["check", text(&file), "--dir", text(&workspace)]);
    assert!(named.out.contains("Brindle Coaches, July 2026"), "{named:#?}");
    let within = assert_cmd::Command::cargo_bin("quarterday")
        .unwrap()
        .args(["check", text(&file)])
        .current_dir(&workspace)
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(within.stdout).unwrap(), named.out);
    let nowhere = quarterday(["check", text(&file), "--dir", text(&workspace.join("nowhere"))]);
    assert_eq!(nowhere.status, 2, "{nowhere:#?}");
}

#[test]
fn one_bad_file_among_good_ones_stops_none() {
    let good = sample().join("returns/2024-25/Q1/Harbour Advocacy KPI return Q1 2024-25.xlsx");
    let bad = sample().join("returns/2025-26/Q3/Training rota.xlsx");
    let said = quarterday(["check", text(&bad), text(&good)]);
    assert_eq!(said.status, 1);
    assert!(said.out.contains("Not recognised") && said.out.contains("Nothing wrong was found."));
}
