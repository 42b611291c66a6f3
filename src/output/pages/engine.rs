//! Templates to HTML.
//!
//! Templates are embedded, named by their path below `templates/pages/`, and all end in `.html`, because tera
//! escapes only what is so named. A council's own take the place of those of their names. A variable that a view does not have is an
//! error, never a blank. Nothing lets text through unescaped: what is no text, the style and the policy, is put in by [`frame`] after
//! the template has been filled.

use std::collections::BTreeMap;

use anyhow::{Context as _, anyhow, bail};
use serde::Serialize;
use tera::{Context, ErrorKind, Kwargs, State, Tera};

use super::embedded::{Embedded, embedded};
use super::own_templates::{OwnTemplate, TemplateError, check};
use super::parts::Frame;
use super::style::{Sheets, policy};
use crate::domain::look::Look;
use crate::domain::wording::{Part, Wording, parts};

/// Everything that makes views into pages: templates, style sheets, the council's look and the wording of fixed phrases. Made once
/// a run.
pub struct Pages {
    engine: Tera,
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
        let engine = compile(&built_in, &own)?;
        let text = |name: &str| {
            let built_in =
                || built_in.iter().find(|known| known.name == name).map(|known| known.text.clone());
            own.get(name).map(|template| template.text.clone()).or_else(built_in).unwrap_or_default()
        };
        let sheets = Sheets { page: text("style.css"), letter: text("letter.css") };
        let phrases = wording.iter().map(|(key, text)| (key.replace('-', "_"), text.to_string())).collect();
        Ok(Self { engine, sheets, look, wording, phrases, own })
    }

    /// What the pages say of the council.
    pub fn look(&self) -> &Look {
        &self.look
    }

    /// The style sheets.
    pub(super) fn sheets(&self) -> &Sheets {
        &self.sheets
    }

    /// Whether the council has templates of its own.
    pub fn has_own(&self) -> bool {
        !self.own.is_empty()
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
        self.knows_all(template, &context)?;
        let html = self.engine.render(template, &context).map_err(|error| self.explain(template, &error))?;
        framed(&html, frame.css()).with_context(|| format!("the page {template} cannot be used"))
    }

    /// That nothing a template of the council names is unknown to the page, be it in a part that is left out today.
    fn knows_all(&self, template: &str, context: &Context) -> anyhow::Result<()> {
        if !self.has_own() {
            return Ok(());
        }
        let named = self.engine.get_template_variables(template);
        let named = named.with_context(|| format!("cannot read the page {template}"))?;
        let mut unknown: Vec<&str> = named.into_iter().filter(|name| !context.contains_key(name)).collect();
        unknown.sort_unstable();
        let Some(first) = unknown.first() else { return Ok(()) };
        let own: Vec<&str> =
            self.own.values().filter(|own| own.text.contains(first)).map(|own| own.file.as_str()).collect();
        let names: Vec<String> = unknown.iter().map(|name| format!("`{name}`")).collect();
        bail!("{}: {template} has no variable {}", own.join(", "), names.join(", "))
    }

    fn explain(&self, template: &str, error: &tera::Error) -> anyhow::Error {
        let context = format!("cannot render the page {template}");
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let file = self.own.get(report.filename()).map_or(report.filename(), |own| &own.file);
                let at = report.span();
                anyhow!("{file}:{}:{}: {}", at.start_line, at.start_col + 1, report.message())
                    .context(context)
            }
            _ => anyhow!("{error}").context(context),
        }
    }
}

/// The engine with the built-in templates and the council's own in their place.
fn compile(built_in: &[Embedded], own: &BTreeMap<String, OwnTemplate>) -> Result<Tera, TemplateError> {
    let mut engine = engine();
    let texts = built_in.iter().filter(|known| known.name.ends_with(".html")).map(|known| {
        (known.name.as_str(), own.get(&known.name).map_or(known.text.as_str(), |own| own.text.as_str()))
    });
    engine.add_raw_templates(texts).map_err(|error| TemplateError::of_engine(&error.to_string(), own))?;
    Ok(engine)
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
