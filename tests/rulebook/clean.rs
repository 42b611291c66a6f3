//! A clean form gives no warning (8).

use crate::support::workspace::Workspace;

#[test]
fn two_clean_quarters_give_no_finding_at_all() {
    let mut workspace = Workspace::new("2025-09-01");
    workspace.quarter("2025-09-01", &[]);
    workspace.quarter("2025-12-01", &[]);
    let said = workspace.run("2026-03-20");
    assert_eq!(said.findings(), Vec::<String>::new());
    assert_eq!(said.unrecognised(), Vec::<&str>::new());
    assert_eq!(said.review().submissions.iter().filter(|own| own.received.is_some()).count(), 12);
    assert_eq!(said.review().escalations, []);
    let ratings: Vec<_> = said
        .review()
        .ratings
        .iter()
        .map(|figure| figure.rating.id())
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect();
    assert_eq!(ratings, ["green"]);
    assert_eq!(said.review().ratings.len(), 2 * 10 * 3);
}
