//! A council's own templates: what may stand in them, checked before any is used.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::embedded::{Embedded, OF_MAIL};
use super::engine::syntax;
use crate::domain::rating::Rating;
use crate::domain::text::nearest;
use crate::output::palette;

/// A template or style sheet in the place of a built-in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnTemplate {
    /// Its path below the folder of templates, with forward slashes: `pack/kpis.html`.
    pub name: String,
    /// The file, for messages.
    pub file: String,
    /// Its text.
    pub text: String,
}

/// Everything that is wrong with a council's own templates, in words, with file, line and column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError(String);

impl TemplateError {
    /// What the engine says of templates put together. It names templates; the files stand in their place.
    pub(super) fn of_engine(message: &str, own: &BTreeMap<String, OwnTemplate>) -> Self {
        let mut message = message.to_string();
        for own in own.values() {
            message = message.replace(&format!("--> {}:", own.name), &format!("--> {}:", own.file));
        }
        Self(message)
    }
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TemplateError {}

/// What may not stand in a template, and why.
const NOT_IN_HTML: [(&str, &str); 10] = [
    ("<script", "a page runs no script: its policy would stop it; take it out"),
    ("<style", "a page has the style sheet style.css alone; write it there"),
    (" style=", "a page has the style sheet style.css alone; use a class, and write its style there"),
    ("http-equiv", "the program writes the page's policy itself; take it out"),
    ("<link", "a page fetches nothing; write the style into style.css"),
    ("<base", "links of a page start from its own folder; take it out"),
    ("<iframe", "a page holds no other page; take it out"),
    ("<object", "a page holds no other file; take it out"),
    ("<embed", "a page holds no other file; take it out"),
    ("={{", "put quotation marks round the value, so that a text cannot end it"),
];
/// What may not stand in a style sheet, and why.
const NOT_IN_CSS: [(&str, &str); 2] = [
    ("@import", "a page fetches nothing; copy the rules here"),
    ("<", "a style sheet stands inside the page, where this would end it; take it out"),
];

/// Checks all of `own` against what there is to take the place of.
///
/// # Errors
/// Every fault of every template, in order.
pub(super) fn check(own: &[OwnTemplate], built_in: &[Embedded]) -> Result<(), TemplateError> {
    let mut faults = Vec::new();
    for template in own {
        if built_in.iter().any(|known| known.name == template.name) {
            look_at(template, &mut faults);
        } else {
            let near = nearest(&template.name, built_in.iter().map(|known| known.name.as_str()));
            let near = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
            faults.push(format!(
                "error: {} takes the place of no template; {near}`quarterday pages list` names them all",
                template.file
            ));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(TemplateError(faults.join("\n\n"))) }
}

fn look_at(template: &OwnTemplate, faults: &mut Vec<String>) {
    let mut at = |span: Range<usize>, message: &str, help: &str| {
        faults.push(fault(template, span, message, help));
    };
    let lower = template.text.to_ascii_lowercase();
    let each = |what: &str| -> Vec<Range<usize>> {
        lower.match_indices(what).map(|(start, found)| start..start + found.len()).collect()
    };
    if template.name.ends_with(".css") {
        for (what, why) in NOT_IN_CSS {
            each(what).into_iter().for_each(|span| at(span, &format!("`{what}` in a style sheet"), why));
        }
        for span in each("url(") {
            if !lower[span.end..].trim_start_matches(['"', '\'', ' ']).starts_with("data:") {
                at(
                    span,
                    "a style sheet that fetches something",
                    "a page fetches nothing; write it as a data: address",
                );
            }
        }
        for class in Rating::ALL.map(|rating| palette::swatch(rating).class) {
            for span in [format!(".tag-{class}"), format!(".mark-{class}")].iter().flat_map(|own| each(own)) {
                let ends = !lower[span.end..]
                    .starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_');
                if ends {
                    at(
                        span,
                        "the look of a rating cannot be changed",
                        "a rating looks the same in every pack and workbook, in colours that everyone can read",
                    );
                }
            }
        }
        return;
    }
    // The text of an e-mail is no page: nothing in it runs or fetches.
    for (what, why) in NOT_IN_HTML.into_iter().filter(|_| !template.name.starts_with(OF_MAIL)) {
        each(what).into_iter().for_each(|span| at(span, &format!("`{}` in a template", what.trim()), why));
    }
    for span in unescaped(&template.text) {
        at(
            span,
            "`safe` would let a provider's text through as HTML",
            "take it out: text is shown as it was written",
        );
    }
    if let Some((span, message)) = syntax(&template.name, &template.text) {
        at(span, &message, "look at the built-in one: `quarterday pages write NAME`");
    }
}

/// Where the filter `safe` is used: after a bar or the word `filter`, between the marks of an expression.
fn unescaped(text: &str) -> Vec<Range<usize>> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices("safe")
        .filter(|(at, word)| {
            let (before, after) = (&text[..*at], &text[at + word.len()..]);
            let head = before.trim_end();
            let is_filter = head.ends_with('|')
                || (head.len() < before.len()
                    && head.strip_suffix("filter").is_some_and(|head| !head.ends_with(is_word)));
            let opens = before.rfind("{{").max(before.rfind("{%"));
            let closes = before.rfind("}}").max(before.rfind("%}"));
            is_filter && !after.starts_with(is_word) && opens > closes
        })
        .map(|(at, word)| at..at + word.len())
        .collect()
}

fn fault(template: &OwnTemplate, span: Range<usize>, message: &str, help: &str) -> String {
    let end = template.text.len();
    let span = span.start.min(end)..span.end.min(end);
    let snippet =
        Snippet::source(&template.text).path(&template.file).annotation(AnnotationKind::Primary.span(span));
    let group = Level::ERROR.primary_title(message).element(snippet).element(Level::HELP.message(help));
    Renderer::plain().render(&[group])
}
