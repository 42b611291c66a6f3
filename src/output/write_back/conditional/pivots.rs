//! Conditional formats that a pivot table says of itself, by the priority they have in the sheet.

use super::{priority, raise};
use crate::output::write_back::not_safe::NotSafe;
use crate::output::write_back::package::{Package, Relationships};
use crate::output::write_back::xml::{Scan, Splices, Step};

/// Raises the priorities in the pivot tables of a sheet as those of the sheet were raised: they name its rules by them.
///
/// # Errors
///
/// When a pivot table cannot be followed.
pub fn raise_in_pivot_tables(
    package: &mut Package<'_>,
    of_sheet: &Relationships,
    by: usize,
) -> Result<(), NotSafe> {
    for own in of_sheet.list().iter().filter(|own| own.kind == "pivotTable" && !own.external) {
        let text = package.needed(&own.target)?;
        if let Some(written) = raised(&own.target, &text, by)? {
            package.put(&own.target, written);
        }
    }
    Ok(())
}

fn raised(part: &str, text: &str, by: usize) -> Result<Option<String>, NotSafe> {
    if by == 0 || !text.contains("conditionalFormat") {
        return Ok(None);
    }
    let mut priorities = Vec::new();
    let mut scan = Scan::new(part, text);
    while let Some(step) = scan.next()? {
        if let Step::Open(open) = step
            && open.local() == "conditionalFormat"
        {
            priorities.extend(priority(&open));
        }
    }
    let mut splices = Splices::default();
    raise(&priorities, by, &mut splices);
    if splices.is_empty() { Ok(None) } else { splices.apply(part, text).map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn priorities_of_a_pivot_table_are_raised() {
        let text = "<p><conditionalFormats count=\"2\"><conditionalFormat priority=\"3\"/><conditionalFormat scope='data' priority='1'></conditionalFormat></conditionalFormats><x priority=\"1\"/></p>";
        assert_eq!(
            raised("p", text, 2).unwrap().unwrap(),
            "<p><conditionalFormats count=\"2\"><conditionalFormat priority=\"5\"/><conditionalFormat scope='data' priority='3'></conditionalFormat></conditionalFormats><x priority=\"1\"/></p>"
        );
        assert_eq!(raised("p", "<p/>", 2).unwrap(), None);
        assert_eq!(raised("p", text, 0).unwrap(), None);
    }
}
