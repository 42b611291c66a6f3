//! What is wrong with a TOML file, said so that its author can put it right: file, line, column, the
//! line itself with a mark below it, and the nearest known name.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::de::DeserializeOwned;

use crate::domain::text::nearest;

/// One thing wrong in one place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DefinitionFault {
    /// The file's name as given.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// What to do, where that is known.
    pub help: Option<String>,
    excerpt: String,
}

/// Everything wrong with a definition or settings file; at least one fault, in order of file and place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinitionError {
    faults: Vec<DefinitionFault>,
}

impl DefinitionError {
    /// A fault at a known place: `span` is the byte range in `text`, as [`toml::Spanned`] has it. A span
    /// beyond the text is drawn in to its end; of a span over several lines the first is shown.
    pub fn at(file: &str, text: &str, span: Range<usize>, message: String, help: Option<String>) -> Self {
        let start = boundary(text, span.start);
        let line_end = text[start..].find(['\r', '\n']).map_or(text.len(), |length| start + length);
        let end = boundary(text, span.end).clamp(start, line_end);
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let fault = DefinitionFault {
            file: file.to_string(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().filter(|c| *c != '\u{feff}').count() + 1,
            excerpt: excerpt(file, text, start..end, &message, help.as_deref()),
            message,
            help,
        };
        Self { faults: vec![fault] }
    }

    /// All of `errors` as one.
    ///
    /// # Errors
    /// The faults of all errors together, in order of place; none when there is no error.
    pub fn gather(errors: impl IntoIterator<Item = DefinitionError>) -> Result<(), DefinitionError> {
        let mut faults: Vec<_> = errors.into_iter().flat_map(|error| error.faults).collect();
        faults.sort();
        faults.dedup();
        if faults.is_empty() { Ok(()) } else { Err(Self { faults }) }
    }

    /// The faults, in order of place.
    pub fn faults(&self) -> &[DefinitionFault] {
        &self.faults
    }
}

impl fmt::Display for DefinitionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.faults.iter().enumerate() {
            if index > 0 {
                f.write_str("\n\n")?;
            }
            f.write_str(&fault.excerpt)?;
        }
        Ok(())
    }
}

impl std::error::Error for DefinitionError {}

/// Reads `text`, the content of `file`, as `T`. The file's name is for messages alone.
///
/// # Errors
/// Every fault of syntax there is; when there is none, the first key or value that does not fit `T`.
pub fn read<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, DefinitionError> {
    let (_, syntax) = toml::de::DeTable::parse_recoverable(text);
    DefinitionError::gather(syntax.iter().map(|error| explain(file, text, error)))?;
    toml::from_str(text).map_err(|error| explain(file, text, &error))
}

fn explain(file: &str, text: &str, error: &toml::de::Error) -> DefinitionError {
    let (message, help) = in_plain_words(error.message());
    DefinitionError::at(file, text, error.span().unwrap_or(0..0), message, help)
}

/// What serde says in its own words, in ours. Serde hands over unknown and missing names as text alone,
/// so the text is taken apart here; what is not known to this function is passed on as it stands.
fn in_plain_words(message: &str) -> (String, Option<String>) {
    let first_line = message.lines().next().unwrap_or_default();
    for (start, what) in [("unknown field `", "key"), ("unknown variant `", "value")] {
        if let Some((found, rest)) = first_line.strip_prefix(start).and_then(|rest| rest.split_once('`')) {
            let known: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
            let list = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let help = match nearest(found, known.iter().copied()) {
                Some(name) if known.len() > 1 => format!("did you mean `{name}`? Known here: {list}"),
                Some(name) => format!("did you mean `{name}`?"),
                None if known.is_empty() => format!("no {what} is known here; remove it"),
                None => format!("known here: {list}"),
            };
            return (format!("unknown {what} `{found}`"), Some(help));
        }
    }
    if let Some(rest) = first_line.strip_prefix("missing field `") {
        let name = rest.trim_end_matches('`');
        return (format!("the key `{name}` is missing"), Some(format!("add a line `{name} = …` here")));
    }
    if let Some(rest) = first_line.strip_prefix("invalid type: ") {
        return (format!("wrong kind of value: {rest}"), None);
    }
    (message.lines().collect::<Vec<_>>().join(", "), None)
}

fn excerpt(file: &str, text: &str, span: Range<usize>, message: &str, help: Option<&str>) -> String {
    let snippet = Snippet::source(text).path(file).annotation(AnnotationKind::Primary.span(span));
    let mut group: Group<'_> = Level::ERROR.primary_title(message).element(snippet);
    if let Some(help) = help {
        group = group.element(Level::HELP.message(help));
    }
    Renderer::plain().render(&[group])
}

/// The nearest place at or before `at` where a character starts.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields, rename_all = "kebab-case")]
    struct Definition {
        title: String,
        #[serde(default)]
        kpi: Vec<Kpi>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields, rename_all = "kebab-case")]
    struct Kpi {
        unit: Unit,
        better: Option<Better>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "kebab-case")]
    enum Unit {
        Percent,
        Count,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "kebab-case")]
    enum Better {
        AtLeast(f64),
    }

    fn message(text: &str) -> String {
        read::<Definition>("contracts/a.toml", text).unwrap_err().to_string()
    }

    #[test]
    fn an_unknown_key_names_the_nearest_known_one() {
        insta::assert_snapshot!(message("title = \"A\"\n\n[[kpi]]\nunti = \"percent\"\n"), @r#"
        error: unknown key `unti`
         --> contracts/a.toml:4:1
          |
        4 | unti = "percent"
          | ^^^^
          |
          = help: did you mean `unit`? Known here: `unit`, `better`
        "#);
    }

    #[test]
    fn an_unknown_value_names_the_nearest_known_one() {
        insta::assert_snapshot!(message("title = \"A\"\n[[kpi]]\nunit = \"percnt\"\n"), @r#"
        error: unknown value `percnt`
         --> contracts/a.toml:3:8
          |
        3 | unit = "percnt"
          |        ^^^^^^^^
          |
          = help: did you mean `percent`? Known here: `percent`, `count`
        "#);
    }

    #[test]
    fn an_unknown_key_far_from_all_lists_what_is_known() {
        insta::assert_snapshot!(message("title = \"A\"\ncolour = 1\n"), @r#"
        error: unknown key `colour`
         --> contracts/a.toml:2:1
          |
        2 | colour = 1
          | ^^^^^^
          |
          = help: known here: `title`, `kpi`
        "#);
    }

    #[test]
    fn a_missing_key_is_named_at_its_table() {
        insta::assert_snapshot!(message("title = \"A\"\n[[kpi]]\nbetter.at-least = 1.0\n"), @r#"
        error: the key `unit` is missing
         --> contracts/a.toml:2:1
          |
        2 | [[kpi]]
          | ^^^^^^^
          |
          = help: add a line `unit = …` here
        "#);
        insta::assert_snapshot!(message("kpi = []\n"), @r#"
        error: the key `title` is missing
         --> contracts/a.toml:1:1
          |
        1 | kpi = []
          | ^
          |
          = help: add a line `title = …` here
        "#);
    }

    #[test]
    fn a_wrong_kind_of_value_is_shown() {
        insta::assert_snapshot!(message("title = 3\n"), @r#"
        error: wrong kind of value: integer `3`, expected a string
         --> contracts/a.toml:1:9
          |
        1 | title = 3
          |         ^
        "#);
        insta::assert_snapshot!(message("title = \"A\"\n[[kpi]]\nunit = \"count\"\nbetter.at-last = 1.0\n"), @r#"
        error: unknown value `at-last`
         --> contracts/a.toml:4:8
          |
        4 | better.at-last = 1.0
          |        ^^^^^^^
          |
          = help: did you mean `at-least`?
        "#);
    }

    #[test]
    fn every_fault_of_syntax_is_reported() {
        insta::assert_snapshot!(message("title = \nunit = \"a\nx = 1\nx = 2\n"), @r#"
        error: string values must be quoted, expected literal string
         --> contracts/a.toml:1:9
          |
        1 | title = 
          |         ^

        error: invalid basic string, expected `"`
         --> contracts/a.toml:2:10
          |
        2 | unit = "a
          |          ^

        error: duplicate key
         --> contracts/a.toml:4:1
          |
        4 | x = 2
          | ^
        "#);
    }

    #[test]
    fn a_fault_of_meaning_stands_at_its_place() {
        let text = "title = \"Ä\"\r\nfrom = 2025-01-01\r\nto = 2024-01-01\r\n";
        let at = text.find("2024").unwrap();
        let error = DefinitionError::at(
            "contracts/a.toml",
            text,
            at..at + 10,
            "`to` is before `from`".to_string(),
            Some("swap the two dates".to_string()),
        );
        let fault = &error.faults()[0];
        assert_eq!((fault.line, fault.column), (3, 6));
        insta::assert_snapshot!(error, @r#"
        error: `to` is before `from`
         --> contracts/a.toml:3:6
          |
        3 | to = 2024-01-01
          |      ^^^^^^^^^^
          |
          = help: swap the two dates
        "#);
    }

    #[test]
    fn gathers_all_faults_in_order_of_place() {
        let text = "a = 1\nb = 2\n";
        let at = |from: usize| DefinitionError::at("a.toml", text, from..from + 1, "wrong".to_string(), None);
        let error = DefinitionError::gather([at(6), at(0), at(6)]).unwrap_err();
        assert_eq!(error.faults().iter().map(|fault| fault.line).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(DefinitionError::gather([]), Ok(()));
    }

    #[test]
    fn what_notepad_writes_is_read() {
        let read = read::<Definition>("a.toml", "\u{feff}title = \"A\"\r\n").unwrap();
        assert_eq!(read, Definition { title: "A".to_string(), kpi: vec![] });
    }

    proptest! {
        #[test]
        fn any_span_of_any_text_makes_a_message(text in "\\PC{0,20}[\r\n\t]{0,2}\\PC{0,20}", from in 0usize..60, length in 0usize..60) {
            let error = DefinitionError::at("a.toml", &text, from..from + length, "wrong".to_string(), None);
            prop_assert!(error.to_string().starts_with("error: wrong"));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[a-z=\\[\\]\"'\n .0-9#{}é]{0,60}") {
            if let Err(error) = read::<Definition>("a.toml", &text) {
                prop_assert!(!error.faults().is_empty());
            }
        }
    }
}
