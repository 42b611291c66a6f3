//! The table `[pages]` of the settings: what the pages say of the council, and in which colours.

use serde::Deserialize;
use toml::Spanned;
use toml::de::DeTable;

use super::Faults;
use crate::contract::toml_errors::DefinitionError;
use crate::domain::colour::{Colour, LEAST_CONTRAST, shown};
use crate::domain::look::Look;

/// Keys that somebody might try in order to change the colour of a rating.
const OF_RATINGS: [&str; 4] = ["red", "amber", "green", "stretch"];
/// Longest line in characters.
const LONGEST: usize = 300;

/// The table as written.
#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct Written {
    service: Option<Spanned<String>>,
    colour: Option<Spanned<String>>,
    accent: Option<Spanned<String>>,
    footer: Option<Spanned<String>>,
    contact: Option<Spanned<String>>,
}

/// The table as meant, without the council's name, which stands above it.
pub(super) fn look(written: Written, faults: &mut Faults<'_>) -> Look {
    Look {
        council: None,
        service: line(written.service, "the service's name", faults),
        colour: written.colour.and_then(|own| readable(&own, faults)),
        accent: written.accent.and_then(|own| colour(&own, faults)),
        footer: line(written.footer, "the footer", faults),
        contact: line(written.contact, "the contact line", faults),
    }
}

/// One line of text; `what` names it in messages.
pub(super) fn line(own: Option<Spanned<String>>, what: &str, faults: &mut Faults<'_>) -> Option<String> {
    let own = own?;
    let text = own.get_ref();
    if text.trim().is_empty() {
        faults.add(&own, format!("{what} is empty"), "write it out, or remove the line");
    } else if text.chars().any(char::is_control) {
        faults.add(&own, format!("{what} has a line break"), "write it on one line");
    } else if text.chars().count() > LONGEST {
        faults.add(&own, format!("{what} is longer than {LONGEST} characters"), "say it more briefly");
    }
    Some(own.into_inner().trim().to_string())
}

/// A colour in which text can be read on white, and white text on it.
fn readable(own: &Spanned<String>, faults: &mut Faults<'_>) -> Option<Colour> {
    let colour = colour(own, faults)?;
    if !colour.is_readable_on_white() {
        let message = format!(
            "`{colour}` has a contrast of {} to 1 with white, and headings, links and the band need at least {LEAST_CONTRAST} to 1",
            shown(colour.contrast(Colour::WHITE))
        );
        let help = format!(
            "take a darker shade, such as \"{}\"; a light colour can be the `accent`",
            colour.made_readable()
        );
        faults.add(own, message, &help);
    }
    Some(colour)
}

fn colour(own: &Spanned<String>, faults: &mut Faults<'_>) -> Option<Colour> {
    let colour = Colour::read(own.get_ref());
    if colour.is_none() {
        let message = format!("`{}` is no colour", own.get_ref().escape_debug());
        faults.add(own, message, "write it with six digits, such as \"#1d4f91\"");
    }
    colour
}

/// Refuses the colours of ratings with the reason, before they are unknown keys like any other.
///
/// # Errors
/// Each key that names one.
pub(super) fn refuse_colours_of_ratings(faults: &mut Faults<'_>) -> Result<(), DefinitionError> {
    let (table, _) = DeTable::parse_recoverable(faults.text);
    let Some(pages) = table.get_ref().get("pages").and_then(|pages| pages.get_ref().as_table()) else {
        return Ok(());
    };
    for (key, _) in pages {
        if OF_RATINGS.contains(&key.get_ref().as_ref()) {
            let message = format!("the colour of the rating `{}` cannot be changed", key.get_ref());
            faults.add(
                key,
                message,
                "a rating looks the same in every pack and workbook, in colours that everyone can read; remove the line",
            );
        }
    }
    DefinitionError::gather(std::mem::take(&mut faults.errors))
}

#[cfg(test)]
mod tests {
    use super::super::Settings;

    #[test]
    fn reads_all_there_is() {
        let settings = Settings::read(
            "council = \"Anyshire County Council\"\n[pages]\nservice = \"Adult commissioning\"\ncolour = \"#1d4f91\"\n\
             accent = \"#ffcc00\"\nfooter = \"Official – sensitive\"\ncontact = \"contracts@council.example\"\n",
        )
        .unwrap();
        let look = &settings.look;
        assert_eq!(look.sender().unwrap(), "Anyshire County Council, Adult commissioning");
        assert_eq!(look.colour.unwrap().to_string(), "#1d4f91");
        assert_eq!(look.accent.unwrap().to_string(), "#ffcc00");
        assert_eq!(look.footer.as_deref(), Some("Official – sensitive"));
        assert_eq!(look.contact.as_deref(), Some("contracts@council.example"));
    }

    #[test]
    fn refuses_what_it_cannot_use_and_says_what_to_do() {
        for (text, expected) in [
            ("[pages]\ncolour = \"#777777\"", "has a contrast of 4.47 to 1 with white"),
            ("[pages]\ncolour = \"#777777\"", "quarterday.toml:2:10"),
            ("[pages]\ncolour = \"#ffcc00\"", "take a darker shade, such as \"#"),
            ("[pages]\ncolour = \"blue\"", "`blue` is no colour"),
            ("[pages]\naccent = \"#fc0\"", "write it with six digits"),
            ("[pages]\nred = \"#ff0000\"", "the colour of the rating `red` cannot be changed"),
            ("[pages]\nred = \"#ff0000\"", "quarterday.toml:2:1"),
            ("[pages]\namber = 3", "looks the same in every pack"),
            ("[pages]\ncolor = \"#1d4f91\"", "did you mean `colour`"),
            ("[pages]\nservice = \" \"", "the service's name is empty"),
            ("[pages]\nfooter = \"a\\nb\"", "the footer has a line break"),
            ("council = \"\"", "the council's name is empty"),
        ] {
            let message = Settings::read(text).unwrap_err().to_string();
            assert!(message.contains(expected), "{text}\n{message}");
        }
        assert!(Settings::read("[pages]\ncolour = \"#767676\"").is_ok());
        assert!(Settings::read(&format!("[pages]\ncontact = \"{}\"", "a".repeat(301))).is_err());
    }

    #[test]
    fn the_colours_of_all_ratings_are_named_at_once() {
        let error = Settings::read("[pages]\nred = \"#f00\"\ngreen = \"#0f0\"\n").unwrap_err();
        assert_eq!(error.faults().len(), 2);
    }
}
