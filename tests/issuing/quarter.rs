//! A quarter of clean monthly returns of one provider, and how it is issued.

use std::path::PathBuf;

use quarterday::readers::Readers;
use quarterday::run::Request;
use quarterday::run::issue::{Asked, Issuing, issue};
use serde_json::Value;

use crate::forms::{CONTRACT, Counts, Return, afterwards, provider_for, send, send_version};
use crate::support::day;
use crate::support::workspace::Workspace;

pub const PROVIDER: &str = "Lanternhill Visiting";
pub const PERIOD: &str = "2023-24 Q1";
pub const AS_OF: &str = "2023-07-20";
/// The quarter's folder below `out/` and `issued/`.
pub const FOLDER: &str = "kent-regulation-44/Lanternhill Visiting/2023-24 Q1";

/// Seven visits, so many reports in time.
pub fn counts(in_time: u32) -> Counts {
    Counts { units: 7, visited: 7, visits: 7, in_time, sent_back: 0 }
}

/// The returns of April to June 2023, all green or better.
pub fn quarter() -> Workspace {
    let mut workspace = Workspace::default();
    provider_for(&mut workspace, PROVIDER, "2023-04-01", 24);
    for month in ["2023-04-01", "2023-05-01", "2023-06-01"] {
        send(&mut workspace, &Return::of(PROVIDER, month, counts(7)), &afterwards(month));
    }
    workspace
}

/// A second version of the return for May, with reports late.
pub fn correct_may(workspace: &mut Workspace, received: &str) {
    send_version(workspace, &Return::of(PROVIDER, "2023-05-01", counts(4)), received, " corrected");
}

pub fn asked() -> Asked {
    Asked { contract: CONTRACT.into(), period: PERIOD.into(), providers: Vec::new(), note: None }
}

/// Issues, as of the day and on it.
pub fn issued(workspace: &Workspace, asked: &Asked, on: &str) -> Result<Issuing, String> {
    workspace.write_register();
    let request = Request { as_of: day(on), today: day(on) };
    issue(workspace.path(), asked, request, &Readers::in_process(), &|_| {})
        .map_err(|error| format!("{error:#}"))
}

/// The folder of an issue of the quarter.
pub fn folder(workspace: &Workspace, number: u32) -> PathBuf {
    workspace.path().join("issued").join(FOLDER).join(format!("issue-{number}"))
}

/// The record of an issue of the quarter.
pub fn record(workspace: &Workspace, number: u32) -> Value {
    serde_json::from_slice(&std::fs::read(folder(workspace, number).join("issue.json")).unwrap()).unwrap()
}
