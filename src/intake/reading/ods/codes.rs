//! The number formats of OpenDocument, which are elements, as the codes that Excel has for them.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use crate::intake::reading::MAX_FORMAT_TEXT;
use crate::intake::reading::xml::{attribute, attributes, is_true};

/// A number format while its element is open.
#[derive(Debug)]
pub(super) struct Code {
    code: String,
    /// Whether hours may pass a day's.
    counts_on: bool,
    in_text: bool,
    /// Whether it shows hundredths: elsewhere a sign of percent is a mark like any other.
    percent: bool,
    /// The format that holds for the values before those of this one: the first of several.
    first: Option<String>,
}

impl Code {
    /// Whether an element of that name is a number format.
    pub(super) fn is_kind(name: &str) -> bool {
        matches!(
            name,
            "number-style"
                | "percentage-style"
                | "currency-style"
                | "date-style"
                | "time-style"
                | "boolean-style"
                | "text-style"
        )
    }

    pub(super) fn begin(name: &str, element: &BytesStart) -> Option<Self> {
        let counts_on = attribute(element, "truncate-on-overflow").as_deref() == Some("false");
        Code::is_kind(name).then(|| Self {
            code: String::new(),
            counts_on,
            in_text: false,
            percent: name == "percentage-style",
            first: None,
        })
    }

    pub(super) fn element(&mut self, name: &str, element: &BytesStart) {
        // What is longer is refused in the end.
        if self.code.len() > MAX_FORMAT_TEXT {
            return;
        }
        let long = attribute(element, "style").as_deref() == Some("long");
        let pick = |short: &str, other: &str| if long { other.to_string() } else { short.to_string() };
        let part = match name {
            "number" | "scientific-number" => number(name, element),
            "fraction" => "# ?/?".to_string(),
            "boolean" => "General".to_string(),
            "text-content" => "@".to_string(),
            "day" => pick("d", "dd"),
            "day-of-week" => pick("ddd", "dddd"),
            "month" => {
                let textual = attribute(element, "textual").is_some_and(|value| is_true(&value));
                if textual { pick("mmm", "mmmm") } else { pick("m", "mm") }
            }
            "year" => pick("yy", "yyyy"),
            "hours" if self.counts_on => pick("[h]", "[hh]"),
            "hours" => pick("h", "hh"),
            // Without hours it is the minutes that count on.
            "minutes" if self.counts_on && !self.code.contains('[') => pick("[m]", "[mm]"),
            "minutes" => pick("m", "mm"),
            "seconds" => pick("s", "ss"),
            "am-pm" => "AM/PM".to_string(),
            "text" | "currency-symbol" => {
                self.in_text = true;
                String::new()
            }
            "map" => {
                if self.first.is_none() {
                    self.first = attribute(element, "apply-style-name");
                }
                String::new()
            }
            _ => String::new(),
        };
        self.code.push_str(&part);
    }

    /// Text between the parts.
    pub(super) fn text(&mut self, text: &str) {
        if !self.in_text || self.code.len() > MAX_FORMAT_TEXT {
            return;
        }
        for mark in text.chars() {
            let stands_for_itself =
                matches!(mark, ' ' | '/' | '-' | ':' | '(' | ')') || (mark == '%' && self.percent);
            if !stands_for_itself {
                self.code.push('\\');
            }
            self.code.push(mark);
        }
    }

    pub(super) fn end(&mut self, name: &str) {
        if matches!(name, "text" | "currency-symbol") {
            self.in_text = false;
        }
    }

    /// The code. Of several for values of several ranges, that of the first range, which is that of positive values,
    /// as it tells percentages and dates from numbers.
    pub(super) fn finish(self, known: &BTreeMap<String, String>) -> String {
        let first = self.first.and_then(|name| known.get(&name).cloned());
        let code = first.unwrap_or(self.code);
        if code.is_empty() { "General".to_string() } else { code }
    }
}

fn number(name: &str, element: &BytesStart) -> String {
    let (mut decimals, mut integers, mut grouped) = (None, 1, false);
    for (name, value) in attributes(element) {
        match name {
            "decimal-places" => decimals = value.parse::<usize>().ok(),
            "min-integer-digits" => integers = value.parse::<usize>().unwrap_or(1),
            "grouping" => grouped = is_true(&value),
            _ => {}
        }
    }
    let Some(decimals) = decimals else {
        // The number as it is, unless it is grouped.
        return if grouped { "#,##0".to_string() } else { "General".to_string() };
    };
    let mut code = String::from(if grouped { "#,##" } else { "" });
    code.push_str(&if integers == 0 { "#".to_string() } else { "0".repeat(integers.min(30)) });
    if decimals > 0 {
        code.push('.');
        code.push_str(&"0".repeat(decimals.min(30)));
    }
    if name == "scientific-number" {
        code.push_str("E+00");
    }
    code
}

#[cfg(test)]
mod tests {
    use super::super::styles::Styles;
    use crate::intake::reading::xml::Xml;

    /// The code of the style `N` among those.
    fn code(styles: &str) -> String {
        let part = format!(
            "<styles>{styles}<style:style style:name=\"c\" style:family=\"table-cell\" style:data-style-name=\"N\"/></styles>"
        );
        let mut found = Styles::default();
        found.read(&mut Xml::new(part.as_bytes(), "styles.xml")).unwrap();
        found.look("c").0.number_format.clone()
    }

    #[test]
    fn writes_formats_as_excel_does() {
        for (style, expected) in [
            (
                "<number:number-style style:name=\"N\"><number:number number:min-integer-digits=\"1\"/></number:number-style>",
                "General",
            ),
            (
                "<number:number-style style:name=\"N\"><number:number number:decimal-places=\"2\" number:min-integer-digits=\"1\" number:grouping=\"true\"/></number:number-style>",
                "#,##0.00",
            ),
            (
                "<number:percentage-style style:name=\"N\"><number:number number:decimal-places=\"0\"/><number:text>%</number:text></number:percentage-style>",
                "0%",
            ),
            (
                "<number:number-style style:name=\"N\"><number:number number:decimal-places=\"0\"/><number:text>%</number:text></number:number-style>",
                "0\\%",
            ),
            (
                "<number:date-style style:name=\"N\"><number:day number:style=\"long\"/><number:text>/</number:text><number:month number:style=\"long\"/><number:text>/</number:text><number:year number:style=\"long\"/></number:date-style>",
                "dd/mm/yyyy",
            ),
            (
                "<number:date-style style:name=\"N\"><number:month number:textual=\"true\"/><number:text>-</number:text><number:year/></number:date-style>",
                "mmm-yy",
            ),
            (
                "<number:time-style style:name=\"N\" number:truncate-on-overflow=\"false\"><number:hours/><number:text>:</number:text><number:minutes number:style=\"long\"/></number:time-style>",
                "[h]:mm",
            ),
            (
                "<number:currency-style style:name=\"NP0\"><number:currency-symbol>\u{a3}</number:currency-symbol><number:number number:decimal-places=\"0\"/></number:currency-style>\
                 <number:currency-style style:name=\"N\"><number:text>-</number:text><style:map style:condition=\"value()&gt;=0\" style:apply-style-name=\"NP0\"/></number:currency-style>",
                "\\£0",
            ),
            ("<number:text-style style:name=\"N\"><number:text-content/></number:text-style>", "@"),
        ] {
            assert_eq!(code(style), expected);
        }
    }
}
