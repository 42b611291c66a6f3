//! What a package carries that no sheet shows: macros, controls, signatures, links to elsewhere, a sensitivity label.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;

use super::package::Package;
use super::refusal::{NotRead, fit_for_showing};
use super::xlsx::parts;
use super::xml::attribute;
use crate::domain::workbook::Carried;

/// What Microsoft's labels are called among a document's own properties: `MSIP_Label_<id>_Name` and others.
const LABEL: &str = "MSIP_Label_";

/// Whether the package carries macros.
pub(super) fn has_macros(package: &Package<'_>) -> bool {
    package.names().any(|name| {
        name.ends_with("vbaproject.bin")
            || name.contains("/macrosheets/")
            || name.starts_with("basic/")
            || name.starts_with("scripts/")
    })
}

/// What else it carries. Nothing of it is needed to read the sheets, so a fault in it is none of the workbook's.
pub(super) fn carried(package: &mut Package<'_>) -> Carried {
    let has = |test: &dyn Fn(&str) -> bool| package.names().any(test);
    let controls = has(&|name| name.starts_with("xl/activex/"));
    let signed =
        has(&|name| name.starts_with("_xmlsignatures/sig") || name == "meta-inf/documentsignatures.xml");
    let links = has(&|name| name.starts_with("xl/externallinks/") || name == "xl/connections.xml");
    let labelled = has(&|name| name == "docmetadata/labelinfo.xml");
    let named = label_name(package).ok().flatten();
    Carried { controls, signed, links, label: named.or_else(|| labelled.then(String::new)) }
}

/// The name of the label among the properties; empty where it has none, `None` where there is no label.
fn label_name(package: &mut Package<'_>) -> Result<Option<String>, NotRead> {
    let part = "docProps/custom.xml";
    if !package.has(part) {
        return Ok(None);
    }
    let mut xml = parts::open(package, part)?;
    let mut label: Option<String> = None;
    let mut is_name = false;
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(element) if element.local_name().as_ref() == "property" => {
                let name = attribute(&element, "name").unwrap_or_default();
                is_name = name.starts_with(LABEL) && name.ends_with("_Name");
                if name.starts_with(LABEL) {
                    label.get_or_insert_default();
                }
            }
            Event::End(element) if element.local_name().as_ref() == "property" => is_name = false,
            event if is_name => {
                let text = label.get_or_insert_default();
                match event {
                    Event::Text(part) => text.push_str(&part.xml10_content()),
                    Event::GeneralRef(entity) => {
                        text.push_str(resolve_predefined_entity(&entity).unwrap_or(" "))
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    Ok(label.map(|label| fit_for_showing(label.trim())))
}
