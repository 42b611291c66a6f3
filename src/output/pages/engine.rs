//! Templates to HTML.
//!
//! Templates are embedded, named by their path below `templates/pages/`, and all end in `.html`, because tera
//! escapes only what is so named. A council's own take the place of those of their names. A variable that a view does not have is an
//! error, never a blank. Nothing lets text through unescaped: what is no text, the style and the policy, is put in by [`frame`] after
//! the template has been filled.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use anyhow::{Context as _, anyhow, bail};
use serde::Serialize;
use tera::{Context, ErrorKind, Kwargs, State, Tera};

use super::embedded::{Embedded, OF_MAIL, embedded};
use super::own_templates::{OwnTemplate, TemplateError, check};
use super::parts::Frame;
use super::style::{Sheets, policy};
use crate::domain::look::Look;
use crate::domain::text::nearest;
use crate::domain::wording::{Part, Wording, parts};

/// Everything that makes views into pages: templates, style sheets, the council's look and the wording of fixed phrases. Made once
/// a run.
pub struct Pages {
    engine: Tera,
    /// The templates of e-mails, apart: they are text and escape nothing, so that no page may take one in.
    mail: Tera,
    /// The built-in templates of pages and of e-mails, where the council has some of its own.
    built_in: Option<(Tera, Tera)>,
    sheets: Sheets,
    look: Look,
    wording: Wording,
    /// The phrases as templates name them: `agenda_heading`.
    phrases: BTreeMap<String, String>,
    /// Where the council's own templates are, by name.
    own: BTreeMap<String, OwnTemplate>,
}

impl Pages {
    /// Pages that look like `look`, worded as in `wording`, by the built-in templates and those of `own` that take the place of
    /// one.
    ///
    /// # Errors
    /// Everything that is wrong with the council's own templates, with file, line and column.
    pub fn new(look: Look, wording: Wording, own: Vec<OwnTemplate>) -> Result<Self, TemplateError> {
        let built_in = embedded();
        check(&own, &built_in)?;
        let own: BTreeMap<String, OwnTemplate> =
            own.into_iter().map(|template| (template.name.clone(), template)).collect();
        let engine = compile(&built_in, &own, is_page)?;
        let mail = compile(&built_in, &own, is_mail)?;
        let none = BTreeMap::new();
        let without = || Ok((compile(&built_in, &none, is_page)?, compile(&built_in, &none, is_mail)?));
        let without = (!own.is_empty()).then(without).transpose()?;
        let text = |name: &str| {
            let built_in =
                || built_in.iter().find(|known| known.name == name).map(|known| known.text.clone());
            own.get(name).map(|template| template.text.clone()).or_else(built_in).unwrap_or_default()
        };
        let sheets = Sheets { page: text("style.css"), letter: text("letter.css") };
        let phrases = wording.iter().map(|(key, text)| (key.replace('-', "_"), text.to_string())).collect();
        Ok(Self { engine, mail, built_in: without, sheets, look, wording, phrases, own })
    }

    /// What the pages say of the council.
    pub fn look(&self) -> &Look {
        &self.look
    }

    /// The style sheets.
    pub(super) fn sheets(&self) -> &Sheets {
        &self.sheets
    }

    /// What the council should know of its own templates, in sentences.
    pub fn notes(&self) -> Vec<String> {
        let changed = |known: &Embedded| {
            let own = self.own.get(&known.name).filter(|own| known.has_changed_since(&own.text))?;
            Some(format!(
                "{} was started from an older version of the built-in {}; compare the two, or move it away",
                own.file, known.name
            ))
        };
        embedded().iter().filter_map(changed).collect()
    }

    /// Whether the council has templates of its own.
    pub fn has_own(&self) -> bool {
        self.built_in.is_some()
    }

    /// The phrase of this key; words that are no key are given back as they are.
    pub fn phrase(&self, key: &str) -> String {
        self.wording.get(key).unwrap_or(key).to_string()
    }

    /// Renders `template` with `view` in `frame`.
    ///
    /// # Errors
    /// When a template uses a variable that the view does not have, or makes no page of it.
    pub fn render(&self, template: &str, frame: &Frame, view: &impl Serialize) -> anyhow::Result<String> {
        let mut context =
            Context::from_serialize(view).with_context(|| format!("cannot fill the page {template}"))?;
        context.insert("page", frame);
        context.insert("wording", &self.phrases);
        let built_in = self.built_in.as_ref().map(|(pages, _)| pages);
        self.knows_all(&self.engine, built_in, template, &context)?;
        let html = self.engine.render(template, &context).map_err(|error| self.explain(template, &error))?;
        framed(&html, frame.css()).with_context(|| format!("the page {template} cannot be used"))
    }

    /// Renders the text of an e-mail by `template` with `view`, unescaped: it becomes no page.
    ///
    /// # Errors
    /// When a template uses a variable that the view does not have.
    pub fn text(&self, template: &str, view: &impl Serialize) -> anyhow::Result<String> {
        let context =
            Context::from_serialize(view).with_context(|| format!("cannot fill the text {template}"))?;
        self.knows_all(&self.mail, self.built_in.as_ref().map(|(_, mail)| mail), template, &context)?;
        let text = self.mail.render(template, &context).map_err(|error| self.explain(template, &error))?;
        Ok(text.trim().to_string())
    }

    /// That nothing a template of the council names is unknown to the page, be it in a part that is left out today.
    fn knows_all(
        &self,
        engine: &Tera,
        built_in: Option<&Tera>,
        template: &str,
        context: &Context,
    ) -> anyhow::Result<()> {
        let Some(built_in) = built_in else { return Ok(()) };
        let named = |engine: &'_ Tera| -> anyhow::Result<BTreeSet<String>> {
            let named = engine.get_template_variables(template);
            let named = named.with_context(|| format!("cannot read the page {template}"))?;
            Ok(named.into_iter().map(ToString::to_string).collect())
        };
        // What a part is handed by the template it stands in is no variable of the page, but named in the built-in ones too.
        let known = named(built_in)?;
        let unknown: Vec<String> = named(engine)?
            .into_iter()
            .filter(|name| !known.contains(name) && !context.contains_key(name))
            .collect();
        let places: Vec<String> = unknown.iter().flat_map(|name| self.places(template, name)).collect();
        if places.is_empty() { Ok(()) } else { bail!("{}", places.join("\n")) }
    }

    /// Where templates of the council name a variable that the page does not have.
    fn places(&self, template: &str, name: &str) -> Vec<String> {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let stands = |own: &OwnTemplate| {
            let (at, _) = own.text.match_indices(name).find(|(at, _)| {
                let after = &own.text[at + name.len()..];
                !own.text[..*at].ends_with(|c| is_word(c) || c == '.') && !after.starts_with(is_word)
            })?;
            let line_start = own.text[..at].rfind('\n').map_or(0, |at| at + 1);
            let (line, column) =
                (own.text[..at].matches('\n').count() + 1, own.text[line_start..at].chars().count() + 1);
            Some(format!("{}:{line}:{column}: the page {template} has no variable `{name}`", own.file))
        };
        let places: Vec<String> = self.own.values().filter_map(stands).collect();
        if places.is_empty() { vec![format!("the page {template} has no variable `{name}`")] } else { places }
    }

    fn explain(&self, template: &str, error: &tera::Error) -> anyhow::Error {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let file = self.own.get(report.filename()).map_or(report.filename(), |own| &own.file);
                let at = report.span();
                let message = in_plain_words(report.message());
                anyhow!("{file}:{}:{}: {message} (page {template})", at.start_line, at.start_col + 1)
            }
            _ => anyhow!("{error}").context(format!("cannot fill the page {template}")),
        }
    }
}

/// What tera says of a name that is not known, with the nearest that is; all else as it stands. Tera hands the names over as text
/// alone, so the text is taken apart here.
fn in_plain_words(message: &str) -> String {
    let Some((what, known)) =
        message.split_once(". Available variables: ").or_else(|| message.split_once(". Available fields: "))
    else {
        return message.trim_end_matches('.').to_string();
    };
    let name = what.split('`').nth(1).unwrap_or_default();
    match nearest(name, known.split(", ")) {
        Some(near) => format!("{what}; did you mean `{near}`?"),
        None => format!("{what}; known here: {known}"),
    }
}

/// The engine with the built-in templates and the council's own in their place.
fn compile(
    built_in: &[Embedded],
    own: &BTreeMap<String, OwnTemplate>,
    wanted: fn(&str) -> bool,
) -> Result<Tera, TemplateError> {
    let mut engine = engine();
    let texts = built_in.iter().filter(|known| wanted(&known.name)).map(|known| {
        (known.name.as_str(), own.get(&known.name).map_or(known.text.as_str(), |own| own.text.as_str()))
    });
    engine.add_raw_templates(texts).map_err(|error| TemplateError::of_engine(&error.to_string(), own))?;
    Ok(engine)
}

fn is_page(name: &str) -> bool {
    name.ends_with(".html")
}

fn is_mail(name: &str) -> bool {
    name.starts_with(OF_MAIL)
}

/// What is wrong with the syntax of one template by itself: line and column, both counted from 1, and what.
pub(super) fn syntax(name: &str, text: &str) -> Option<(std::ops::Range<usize>, String)> {
    match engine().add_raw_template(name, text).err()?.kind() {
        ErrorKind::SyntaxError(report) => Some((report.span().range.clone(), report.message().to_string())),
        // What it needs of other templates is looked at with them.
        _ => None,
    }
}

fn engine() -> Tera {
    let mut engine = Tera::new();
    engine.set_escape_fn(escape);
    engine.register_filter("filled", filled);
    // The ways round escaping: to say that a text is none, and to put brackets back into one that was escaped.
    engine.register_filter("safe", |_: &str, _: Kwargs, _: &State| -> tera::TeraResult<String> {
        Err(tera::Error::message("`safe` would let a provider's text through as HTML"))
    });
    engine.register_filter("replace", |text: &str, given: Kwargs, _: &State| -> tera::TeraResult<String> {
        Ok(text.replace(given.must_get::<&str>("from")?, given.must_get::<&str>("to")?))
    });
    engine
}

/// Writes `text` escaped for HTML as tera does, but in runs: tera hands over byte by byte, a third of the time of a page.
fn escape(text: &str, page: &mut dyn Write) -> io::Result<()> {
    let mut rest = text.as_bytes();
    while let Some(at) = rest.iter().position(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'')) {
        page.write_all(&rest[..at])?;
        page.write_all(match rest[at] {
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            b'>' => b"&gt;",
            b'"' => b"&quot;",
            _ => b"&#39;",
        })?;
        rest = &rest[at + 1..];
    }
    page.write_all(rest)
}

/// A phrase with its places filled in.
fn filled(phrase: &str, given: Kwargs, _: &State) -> tera::TeraResult<String> {
    parts(phrase)
        .into_iter()
        .map(|part| match part {
            Part::Text(text) => Ok(text.to_string()),
            Part::Place(name) => given.must_get::<String>(name),
        })
        .collect()
}

/// The page with its policy, before anything else in the head, and its style.
fn framed(html: &str, css: &str) -> anyhow::Result<String> {
    let html = html.trim_start();
    let (before, rest) = html.split_once("<head>").context("page.html has no <head>")?;
    let (head, body) = rest.split_once("</head>").context("page.html has no </head>")?;
    // Anything that stands before the policy would not be held to it.
    let start = before.trim_ascii().to_ascii_lowercase();
    let html_only = start.strip_prefix("<!doctype html>").is_some_and(|rest| {
        rest.trim_ascii_start().starts_with("<html") && rest.matches(['<', '>']).count() == 2
    });
    if !html_only || !start.ends_with('>') {
        bail!(
            "page.html has to begin with <!DOCTYPE html>, <html lang=\"en-GB\"> and <head>, with nothing between them"
        );
    }
    if body.contains("<head>") {
        bail!("page.html has more than one <head>");
    }
    Ok(format!(
        "{before}<head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">{head}<style>{css}</style>\n</head>{body}",
        policy(css)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn text_is_escaped_byte_for_byte_as_by_tera(text in "([&<>\"'a-zé–\u{a0}]|&amp;){0,40}") {
            let (mut own, mut theirs) = (Vec::new(), Vec::new());
            escape(&text, &mut own).unwrap();
            tera::escape_html(&text, &mut theirs).unwrap();
            prop_assert_eq!(own, theirs);
        }
    }
}
