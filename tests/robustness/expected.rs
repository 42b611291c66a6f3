//! What a habit may change.

use crate::book::Book;
use crate::plain::{Plain, say};

/// What is held of a habit.
#[derive(Debug, Clone, Copy)]
pub enum Expected {
    /// Ratings and figures are the same, and nothing is found but what is worth knowing.
    Same,
    /// Ratings and figures are the same, and one of these is found and nothing else.
    SameWith(&'static [&'static str]),
    /// Ratings and figures are the same, with or without these found.
    SameOr(&'static [&'static str]),
    /// One of these is found, or the file is named as no return; no rating judges otherwise.
    Named(&'static [&'static str]),
    /// No rating judges otherwise; what was read before may be unsaid, since it is.
    Unsaid,
    /// What is lost or judged not at all has a finding; no rating judges otherwise.
    Honest,
}

/// What is wrong with a variant of a plain form; empty when it keeps what is expected.
pub fn faults(plain: &Plain, book: &Book, expected: Expected) -> Vec<String> {
    let said = match say(book, plain.among, plain.received) {
        Ok(said) => said,
        Err(reason) => {
            return match expected {
                Expected::Same | Expected::SameWith(_) | Expected::SameOr(_) => {
                    vec![format!("REFUSED: {reason}")]
                }
                Expected::Named(_) | Expected::Unsaid | Expected::Honest => {
                    if reason.is_empty() {
                        vec!["refused without a reason".into()]
                    } else {
                        Vec::new()
                    }
                }
            };
        }
    };
    let own = &plain.said;
    let mut faults = Vec::new();
    if said.identity != own.identity {
        faults.push(format!("IDENTITY: it was read as {}, and is {}", said.identity, own.identity));
    }
    for otherwise in own.judged_otherwise(&said) {
        let codes = said.codes();
        faults.push(format!("JUDGED OTHERWISE with {codes:?}: {otherwise}"));
    }
    let found = said.codes();
    let is_found = |codes: &[&str]| said.findings.iter().any(|(code, ..)| codes.contains(code));
    let strangers = |allowed: &[&str]| -> Vec<String> {
        let strange =
            said.findings.iter().filter(|(code, ..)| found.contains(code) && !allowed.contains(code));
        strange.map(|(code, _, message)| format!("FOUND {code}: {message}")).collect()
    };
    match expected {
        Expected::Same | Expected::SameWith(_) | Expected::SameOr(_) => {
            let allowed = match expected {
                Expected::SameWith(codes) | Expected::SameOr(codes) => codes,
                _ => &[],
            };
            faults.extend(own.rated_otherwise(&said).into_iter().map(|text| format!("RATED: {text}")));
            faults.extend(own.read_otherwise(&said).into_iter().map(|text| format!("READ: {text}")));
            faults.extend(strangers(allowed));
            if let Expected::SameWith(codes) = expected
                && !is_found(codes)
            {
                faults.push(format!("NOT NAMED: none of {codes:?} among {found:?}"));
            }
        }
        Expected::Named(codes) => {
            if !is_found(codes) {
                faults.push(format!("NOT NAMED: none of {codes:?} among {found:?}"));
            }
        }
        Expected::Unsaid => {}
        Expected::Honest => {
            let mut changed = own.lost(&said);
            changed.extend(own.rated_otherwise(&said));
            if said.findings.is_empty() && !changed.is_empty() {
                faults.push(format!("LOST with nothing found: {changed:?}"));
            }
        }
    }
    faults
}
