//! What every page must keep, checked on its markup.

use std::collections::BTreeSet;

/// A tag as it stands in the page.
struct Element<'a> {
    name: &'a str,
    attributes: &'a str,
    closing: bool,
}

const VOID: [&str; 4] = ["meta", "line", "path", "rect"];

/// The tags of a page in order. Text cannot hold a `<`, because all text is escaped.
fn elements(page: &str) -> impl Iterator<Item = Element<'_>> {
    page.split('<').skip(1).filter(|piece| !piece.starts_with('!')).map(|piece| {
        let tag = piece.split_once('>').expect("a tag that is never closed").0;
        let closing = tag.starts_with('/');
        let tag = tag.trim_start_matches('/').trim_end_matches('/');
        let (name, attributes) = tag.split_once([' ', '\n']).unwrap_or((tag, ""));
        Element { name, attributes, closing }
    })
}

fn attribute<'a>(element: &Element<'a>, name: &str) -> Option<&'a str> {
    let start = format!(" {name}=\"");
    let attributes = element.attributes;
    let from = if attributes.starts_with(&start[1..]) {
        start.len() - 1
    } else {
        attributes.find(&start)? + start.len()
    };
    attributes[from..].split('"').next()
}

/// The values of an attribute of all elements with the given name, in order.
pub fn values(page: &str, element: &str, name: &str) -> Vec<String> {
    elements(page)
        .filter(|found| found.name == element && !found.closing)
        .filter_map(|found| attribute(&found, name).map(str::to_string))
        .collect()
}

/// Fails where a page breaks a promise that all pages make.
pub fn check(page: &str) {
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en-GB\">"));
    closes_what_it_opens(page);
    keeps_headings_in_order(page);
    names_its_tables(page);
    keeps_to_itself(page);
    leads_somewhere(page);
}

fn closes_what_it_opens(page: &str) {
    let mut open: Vec<&str> = Vec::new();
    for element in elements(page) {
        let drawn_empty = VOID.contains(&element.name) || element.name == "polyline";
        match (element.closing, drawn_empty) {
            (false, false) => open.push(element.name),
            (true, false) => assert_eq!(open.pop(), Some(element.name), "inside {open:?}"),
            (closing, true) => assert!(!closing),
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
}

fn keeps_headings_in_order(page: &str) {
    let mut last = 0;
    for element in elements(page).filter(|element| !element.closing) {
        let mut letters = element.name.chars();
        let level = match (letters.next(), letters.next().and_then(|c| c.to_digit(10)), letters.next()) {
            (Some('h'), Some(level), None) => level,
            _ => continue,
        };
        assert!(level <= last + 1, "h{level} follows h{last}");
        assert!(level > 1 || last == 0, "a second h1");
        last = level;
    }
    assert!(last > 0, "no heading at all");
}

fn names_its_tables(page: &str) {
    for table in page.split("<table").skip(1) {
        let table = table.split("</table>").next().unwrap_or_default();
        let caption = table.split_once("<caption>").and_then(|(_, rest)| rest.split("</caption>").next());
        assert!(caption.is_some_and(|caption| !caption.trim().is_empty()), "a table without caption");
        assert!(table.contains("<th scope=\"row\""), "{caption:?}: no row is named");
        for element in elements(table).filter(|element| element.name == "th" && !element.closing) {
            assert!(
                matches!(attribute(&element, "scope"), Some("row" | "col")),
                "{caption:?}: a heading of what?"
            );
        }
        let columns = |row: &str| row.matches("<th ").count() + row.matches("<td").count();
        let mut rows = table.split("<tr").skip(1).map(columns);
        let headings = rows.next();
        assert!(
            rows.all(|row| Some(row) == headings),
            "{caption:?}: a row longer or shorter than its heading"
        );
    }
    for element in elements(page).filter(|element| attribute(element, "role") == Some("region")) {
        assert!(attribute(&element, "aria-label").is_some_and(|label| !label.is_empty()));
        assert_eq!(attribute(&element, "tabindex"), Some("0"));
    }
}

fn keeps_to_itself(page: &str) {
    for forbidden in [
        "<script",
        "<link",
        "<img",
        "<iframe",
        "javascript:",
        "http://",
        "https://",
        " style=\"",
        " onload=",
        " onclick=",
        " onerror=",
    ] {
        let attributes = elements(page).any(|element| {
            !element.closing && format!("<{} {}", element.name, element.attributes).contains(forbidden)
        });
        assert!(!attributes, "{forbidden}");
    }
    assert!(page.contains("Content-Security-Policy"));
}

fn leads_somewhere(page: &str) {
    let mut ids = BTreeSet::new();
    for element in elements(page).filter(|element| !element.closing) {
        if let Some(id) = attribute(&element, "id") {
            assert!(ids.insert(id.to_string()), "{id} twice");
        }
    }
    for element in elements(page).filter(|element| !element.closing) {
        if let Some(target) = attribute(&element, "href").and_then(|href| href.strip_prefix('#')) {
            assert!(ids.contains(target), "#{target} leads nowhere");
        }
        for label in attribute(&element, "aria-labelledby").unwrap_or_default().split_whitespace() {
            assert!(ids.contains(label), "{label} names nothing");
        }
    }
}
