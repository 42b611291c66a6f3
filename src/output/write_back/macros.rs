//! A macro-enabled workbook without its macros: mail gateways stop them, and the council sends nobody a program.
//!
//! The project goes with its signatures, the ribbon goes whose buttons call it, and what points to a macro is emptied.
//! Nothing else is touched; a workbook that carries no macros and may carry none keeps every byte.

mod pointers;
mod reach;

use std::collections::BTreeSet;

use super::not_safe::NotSafe;
use super::package::{ContentTypes, Package, Relationships, key, relationships_of};
use reach::Graph;

/// What an ordinary workbook is.
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
/// What a template is.
const TEMPLATE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml";
const PROJECT: &str = "application/vnd.ms-office.vbaProject";

/// Kinds of the workbook's relationships that lead to macros: the project, toolbars of old whose buttons call it.
const OF_WORKBOOK: &[&str] = &["vbaProject", "attachedToolbars"];
/// Kinds of the package's relationships that lead to ribbons and toolbars.
const OF_PACKAGE: &[&str] = &["extensibility", "userCustomization"];
/// Kinds that lead to sheets of Excel 4.0 macros.
const MACRO_SHEETS: &[&str] = &["xlMacrosheet", "xlIntlMacrosheet"];

/// Takes the macros out and makes the package that of an ordinary workbook; whether there were any.
///
/// A template becomes an ordinary workbook too, macros or not: it would be opened as a copy without a name.
/// A ribbon without macros in a workbook that may carry none calls nothing of it, and stays.
///
/// # Errors
///
/// When the workbook has Excel 4.0 macros, which are sheets and names of its own, or a part cannot be followed.
pub fn remove(
    package: &mut Package<'_>,
    types: &mut ContentTypes,
    main_part: &str,
    of_package: &mut Relationships,
    of_workbook: &mut Relationships,
) -> Result<bool, NotSafe> {
    let macro_sheet = |part: &str| types.of(part).is_some_and(|kind| kind.ends_with("macrosheet+xml"));
    if of_workbook.list().iter().any(|own| MACRO_SHEETS.contains(&own.kind.as_str()))
        || package.parts().any(macro_sheet)
    {
        return Err(NotSafe::Format("a workbook with a sheet of Excel 4.0 macros"));
    }
    let mut kind = types.of(main_part).unwrap_or_default().to_string();
    kind.make_ascii_lowercase();
    let may_carry_macros = kind.contains("macroenabled");
    if may_carry_macros || kind == TEMPLATE {
        types.set(main_part, WORKBOOK);
    }
    let project = package.parts().any(is_project);
    let led_to = of_workbook.list().iter().any(|own| OF_WORKBOOK.contains(&own.kind.as_str()));
    if !may_carry_macros && !project && !led_to {
        return Ok(false);
    }
    let parts = remove_parts(package, types, main_part, of_package, of_workbook)?;
    let pointers = pointers::remove(package, types, main_part)?;
    Ok(parts || pointers)
}

/// Whether a part is the project or a signature of it, by the name that Excel gives them.
fn is_project(part: &str) -> bool {
    let key = key(part);
    let name = key.rsplit('/').next().unwrap_or_default();
    name == "vbaproject.bin" || (name.starts_with("vbaprojectsignature") && name.ends_with(".bin"))
}

/// Takes out the parts that are macros or call them, and what nothing else leads to; whether there were any.
fn remove_parts(
    package: &mut Package<'_>,
    types: &mut ContentTypes,
    main_part: &str,
    of_package: &mut Relationships,
    of_workbook: &mut Relationships,
) -> Result<bool, NotSafe> {
    let unwanted = |source: &str, kind: &str| {
        (source.is_empty() && OF_PACKAGE.contains(&kind))
            || (source == key(main_part) && OF_WORKBOOK.contains(&kind))
    };
    let graph = Graph::read(package, main_part, of_package, of_workbook)?;
    let mut seeds: BTreeSet<String> =
        package.parts().filter(|part| is_project(part) || types.of(part) == Some(PROJECT)).map(key).collect();
    // A default type for `bin` may be wrong of printer settings.
    seeds.retain(|part| is_project(part) || types.is_named(part));
    for edge in graph.edges().iter().filter(|edge| unwanted(&edge.source, &edge.kind)) {
        seeds.insert(edge.target.clone());
    }
    for edge in graph.edges().iter().filter(|edge| seeds.contains(&edge.target)) {
        let is_project = edge.kind.starts_with("vbaProject");
        if !unwanted(&edge.source, &edge.kind) && !seeds.contains(&edge.source) && !is_project {
            let what = format!("a relationship that makes “{}” both a macro and another part", edge.target);
            return Err(NotSafe::not_understood(&relationships_of(&edge.source), what));
        }
    }
    let gone = graph.only_through(&seeds);
    if gone.contains(&key(main_part)) {
        return Err(NotSafe::not_understood(main_part, "a workbook that is its own macro project"));
    }
    let leads_there =
        |source: &str, kind: &str, target: &str| unwanted(source, kind) || gone.contains(&key(target));
    of_package.remove(|own| leads_there("", &own.kind, &own.target));
    of_workbook.remove(|own| leads_there(&key(main_part), &own.kind, &own.target));
    let sources: BTreeSet<&str> = graph
        .edges()
        .iter()
        .filter(|edge| gone.contains(&edge.target) && !gone.contains(&edge.source))
        .map(|edge| edge.source.as_str())
        .filter(|source| !source.is_empty() && *source != key(main_part))
        .collect();
    for source in sources {
        let mut relationships = Relationships::read(package, source)?;
        relationships.remove(|own| !own.external && gone.contains(&key(&own.target)));
        relationships.store(package)?;
    }
    for part in &gone {
        for part in [part.clone(), relationships_of(part)] {
            package.remove(&part);
            types.remove(&part);
        }
    }
    types.remove_default(package, "bin", PROJECT);
    Ok(!gone.is_empty())
}

#[cfg(test)]
mod tests;
