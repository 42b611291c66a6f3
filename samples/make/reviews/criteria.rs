//! The council's template: eight areas with three to five criteria each, and what owners write beside a score.

use anyhow::{Context, Result};

/// Areas of the framework.
pub const AREAS: usize = 8;
/// Criteria an area had in the first template.
pub const FIRST_TEMPLATE: usize = 3;

/// One criterion.
#[derive(Debug, Clone, Copy)]
pub struct Criterion {
    /// As the template words it.
    pub text: &'static str,
    /// What owners write beside a score of 1 or 2, of 3, and of 4 or 5.
    pub evidence: [&'static str; 3],
    /// What they plan to do about it.
    pub improvement: &'static str,
}

/// One area.
#[derive(Debug)]
pub struct Area {
    /// Name.
    pub name: &'static str,
    /// Its criteria, in the order of the template.
    pub criteria: Vec<Criterion>,
}

/// The areas, in the order of the template.
///
/// # Errors
/// When `criteria.txt` is not laid out as it should be.
pub fn areas() -> Result<Vec<Area>> {
    include_str!("criteria.txt").trim_end().split("\n\n").map(area).collect()
}

fn area(block: &'static str) -> Result<Area> {
    let mut lines = block.lines();
    let name = lines.next().and_then(|line| line.strip_prefix("# ")).context("an area without a name")?;
    let criteria = lines.map(criterion).collect::<Result<_>>()?;
    Ok(Area { name, criteria })
}

fn criterion(line: &'static str) -> Result<Criterion> {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let [text, low, middle, high, improvement] = cells[..] else {
        anyhow::bail!("a criterion has five cells: {line}");
    };
    Ok(Criterion { text, evidence: [low, middle, high], improvement })
}
