//! Writes the shipped sample workspaces: `cargo run --example make-samples`, or with a folder as its argument to write them
//! elsewhere.
//!
//! Same program, same bytes: chance has a fixed seed, and a workbook's creation date is the date its return was sent.

mod advocacy;
mod alliance;
mod dates;
mod feedback;
mod kent;
mod labels;
mod lancashire;
mod mail;
mod random;
mod register_lists;
mod reviews;
mod strangers;
mod style;
mod transport;
mod workspace;

use std::path::{Path, PathBuf};

use anyhow::Result;

/// Writes one workspace into its folder.
type Maker = fn(&Path) -> Result<()>;

/// Each workspace's folder, and what makes it.
const WORKSPACES: &[(&str, Maker)] = &[
    ("cheshire-advocacy", advocacy::make),
    ("home-to-school-transport", transport::make),
    ("kent-contract-review", reviews::make),
    ("kent-regulation-44", kent::make),
    ("lancashire-supported-housing", lancashire::make),
    ("wla-semi-independent", alliance::make),
];

fn main() -> Result<()> {
    let folder = match std::env::args_os().nth(1) {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join("workspaces"),
    };
    WORKSPACES.iter().try_for_each(|(name, make)| make(&folder.join(name)))
}
