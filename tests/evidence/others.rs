//! Nothing of another provider stands in a folder of evidence.

use std::fs;

use quarterday::domain::escalation::Escalation;
use quarterday::readers::Readers;
use quarterday::run::Request;
use quarterday::run::evidence::{Asked, evidence};
use quarterday::samples;

use crate::folder::content;

#[test]
fn no_other_provider_is_named_in_a_folder() {
    let sample = samples::all().into_iter().find(|sample| sample.name == "wla-semi-independent").unwrap();
    let dir = tempfile::tempdir().unwrap();
    for file in sample.files() {
        let path = dir.path().join(file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file.bytes).unwrap();
    }
    let request = Request { as_of: sample.as_of, today: sample.as_of };
    let outcome = quarterday::run::run(dir.path(), request, &|_| {}).unwrap();
    let reviews = &outcome.results.reviews;
    let with_cells = |own: &&Escalation| own.evidence.iter().any(|evidence| !evidence.cells.is_empty());
    let review = reviews.iter().rfind(|own| own.escalations.iter().any(|own| with_cells(&own))).unwrap();
    let escalation = review.escalations.iter().rfind(|own| with_cells(own)).unwrap();
    let others: Vec<&str> =
        reviews.iter().map(|own| own.provider.as_str()).filter(|name| *name != review.provider).collect();
    assert!(others.len() > 2);
    let asked = Asked {
        contract: review.contract.clone(),
        provider: review.provider.clone(),
        escalation: escalation.id.clone(),
        period: Some(escalation.period.label()),
        output: None,
    };
    let made = evidence(dir.path(), &asked, request, &Readers::in_process()).unwrap();
    let content = content(&made.folder);
    assert!(content.len() > 9);
    for (name, bytes) in
        content.iter().filter(|(name, _)| !name.starts_with("files/") && !name.ends_with(".xlsx"))
    {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        for other in &others {
            assert!(!text.contains(&other.to_lowercase()), "{name} names {other}");
        }
    }
    // What it was made of stays as it was: the ledger has no line for it.
    let again = evidence(dir.path(), &asked, request, &Readers::in_process()).unwrap();
    assert!(again.already);
    assert_eq!(again.folder, made.folder);
}
