//! Templates to HTML.
//!
//! Templates are embedded, named by their path below `templates/pages/`, and all end in `.html`, because tera
//! escapes only what is so named. A variable that a view does not have is an error, never a blank.

use std::sync::LazyLock;

use anyhow::{Context as _, anyhow};
use include_dir::{Dir, include_dir};
use serde::Serialize;
use tera::{Context, Tera};

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates/pages");

static ENGINE: LazyLock<Result<Tera, String>> = LazyLock::new(|| {
    let mut engine = Tera::new();
    let templates = template_texts();
    engine.add_raw_templates(templates).map_err(|error| error.to_string())?;
    Ok(engine)
});

/// Name and text of every template. Line ends are made `\n`, so that a checkout with Windows line ends gives the
/// same pages.
fn template_texts() -> Vec<(String, String)> {
    let mut folders = vec![&TEMPLATES];
    let mut texts = Vec::new();
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let name = file.path().to_string_lossy().replace('\\', "/");
            if let (true, Some(text)) = (name.ends_with(".html"), file.contents_utf8()) {
                texts.push((name, text.replace("\r\n", "\n")));
            }
        }
    }
    texts
}

/// Renders `template` with `view`.
///
/// # Errors
/// When a template cannot be read, or uses a variable that the view does not have.
pub fn render(template: &str, view: &impl Serialize) -> anyhow::Result<String> {
    let engine = ENGINE.as_ref().map_err(|error| anyhow!("the page templates cannot be read: {error}"))?;
    let context =
        Context::from_serialize(view).with_context(|| format!("cannot fill the page {template}"))?;
    engine.render(template, &context).with_context(|| format!("cannot render the page {template}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Nothing {}

    #[test]
    fn every_template_is_of_a_kind_that_is_escaped() {
        let names: Vec<String> = template_texts().into_iter().map(|(name, _)| name).collect();
        assert!(names.contains(&"pack.html".to_string()), "{names:?}");
        for folder in [&TEMPLATES] {
            for file in folder.files() {
                let name = file.path().to_string_lossy();
                assert!(name.ends_with(".html") || name.ends_with(".css"), "{name}");
            }
        }
    }

    #[test]
    fn only_the_generated_style_is_let_through_unescaped() {
        for (name, text) in template_texts() {
            let unescaped: Vec<&str> = text.lines().filter(|line| line.contains("safe")).collect();
            let allowed = name == "page.html" && unescaped == ["<style>{{ page.style | safe }}</style>"];
            assert!(unescaped.is_empty() || allowed, "{name}: {unescaped:?}");
        }
    }

    #[test]
    fn a_variable_that_is_missing_is_an_error() {
        let error = format!("{:#}", render("pack.html", &Nothing {}).unwrap_err());
        assert!(error.contains("pack.html"), "{error}");
    }
}
