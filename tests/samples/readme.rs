//! Tables of `samples/README.md`, so that what it says is what is held.

const README: &str = include_str!("../../samples/README.md");

/// The rows of the table in the chapter whose headings begin with these, each cell trimmed, the heading row first.
pub fn table(chapter: &str, headings: &[&str]) -> Vec<Vec<&'static str>> {
    let rows: Vec<Vec<&'static str>> = README
        .lines()
        .skip_while(|line| *line != format!("# `{chapter}`"))
        .skip(1)
        .take_while(|line| !line.starts_with("# "))
        .skip_while(|line| !cells(line).starts_with(headings))
        .take_while(|line| line.starts_with('|'))
        .map(cells)
        .filter(|row| !row.iter().all(|cell| cell.chars().all(|sign| sign == '-') && cell.len() > 1))
        .collect();
    assert!(rows.len() > 1, "{chapter} has no table with {headings:?} in the README");
    rows
}

fn cells(line: &'static str) -> Vec<&'static str> {
    match line.strip_prefix('|').and_then(|line| line.strip_suffix('|')) {
        Some(inner) => inner.split('|').map(str::trim).collect(),
        None => Vec::new(),
    }
}
