//! `quarterday.toml`: who the council is, which days are holidays besides, where things are. All optional.

mod drafts;
mod look;
pub mod mail;
pub mod retention;
pub mod wording;

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

pub use drafts::Drafts;

use super::SETTINGS_FILE;
use super::addresses;
use crate::contract::toml_errors::{self, DefinitionError};
use crate::domain::look::Look;
use crate::domain::wording::Wording;

/// Settings that say nothing yet: every key as a comment, to be filled in.
pub const BLANK: &str = include_str!("../../templates/quarterday.toml");

/// The settings as meant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// The council's name, for pages and drafts.
    pub council: Option<String>,
    /// Who drafts are from.
    pub sender: Sender,
    /// Bank holidays besides those the program knows, in order of date.
    pub bank_holidays: Vec<ExtraBankHoliday>,
    /// Where things are.
    pub folders: Folders,
    /// What the pages say of the council, and in which colours.
    pub look: Look,
    /// The phrases that the council words in its own way, without the others.
    pub wording: Wording,
    /// When draft e-mails are written.
    pub drafts: Drafts,
    /// How long files are kept.
    pub retention: retention::Retention,
    /// The server that drafts are handed to.
    pub mail: mail::Mail,
}

/// Who drafts are from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sender {
    /// Name or role.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
}

/// A bank holiday the built-in table lacks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExtraBankHoliday {
    /// The day.
    pub date: NaiveDate,
    /// What it is called.
    pub name: String,
}

/// Where things are: paths below the workspace, or absolute ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// Providers' workbooks.
    pub returns: PathBuf,
    /// All that is generated.
    pub out: PathBuf,
    /// Copies of every version seen.
    pub originals: PathBuf,
    /// Contract definitions.
    pub contracts: PathBuf,
    /// The register, a file.
    pub register: PathBuf,
    /// Page templates in the place of built-in ones.
    pub templates: PathBuf,
}

impl Default for Folders {
    fn default() -> Self {
        Self {
            returns: "returns".into(),
            out: "out".into(),
            originals: "originals".into(),
            contracts: "contracts".into(),
            register: "register.xlsx".into(),
            templates: "templates".into(),
        }
    }
}

/// The settings as written.
#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Written {
    council: Option<Spanned<String>>,
    sender: WrittenSender,
    bank_holidays: Vec<WrittenHoliday>,
    folders: WrittenFolders,
    pages: look::Written,
    retention: retention::Written,
    wording: BTreeMap<Spanned<String>, Spanned<String>>,
    drafts: drafts::Written,
    mail: mail::Written,
}

#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct WrittenSender {
    name: Option<Spanned<String>>,
    email: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenHoliday {
    date: Spanned<Datetime>,
    name: String,
}

#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct WrittenFolders {
    returns: Option<Spanned<String>>,
    out: Option<Spanned<String>>,
    originals: Option<Spanned<String>>,
    contracts: Option<Spanned<String>>,
    register: Option<Spanned<String>>,
    templates: Option<Spanned<String>>,
}

impl Settings {
    /// Reads the text of `quarterday.toml`.
    ///
    /// # Errors
    /// Every key and value at fault, with line, column and what to do.
    pub fn read(text: &str) -> Result<Self, DefinitionError> {
        let mut faults = Faults { text, errors: Vec::new() };
        look::refuse_colours_of_ratings(&mut faults)?;
        mail::refuse_password(&mut faults)?;
        let written: Written = toml_errors::read(SETTINGS_FILE, text)?;
        let sender = sender(written.sender, &mut faults);
        let mut bank_holidays: Vec<_> = written
            .bank_holidays
            .into_iter()
            .filter_map(|holiday| bank_holiday(holiday, &mut faults))
            .collect();
        bank_holidays.sort();
        bank_holidays.dedup();
        let folders = folders(written.folders, &mut faults);
        let retention = retention::retention(written.retention, &mut faults);
        let wording = wording::own(written.wording, &mut faults)?;
        let council = look::line(written.council, "the council's name", &mut faults);
        let mail = mail::mail(written.mail, &mut faults);
        let look = Look { council: council.clone(), ..look::look(written.pages, &mut faults) };
        let drafts = drafts::drafts(written.drafts, &mut faults);
        DefinitionError::gather(faults.errors)?;
        Ok(Self { council, sender, bank_holidays, folders, look, wording, drafts, retention, mail })
    }
}

/// Faults of meaning, gathered.
struct Faults<'a> {
    text: &'a str,
    errors: Vec<DefinitionError>,
}

impl Faults<'_> {
    fn add<T>(&mut self, at: &Spanned<T>, message: String, help: &str) {
        let help = Some(help.to_string());
        self.errors.push(DefinitionError::at(SETTINGS_FILE, self.text, at.span(), message, help));
    }
}

fn sender(written: WrittenSender, faults: &mut Faults<'_>) -> Sender {
    if let Some(name) = &written.name
        && name.get_ref().chars().any(char::is_control)
    {
        faults.add(name, "the sender's name has a line break".to_string(), "write it on one line");
    }
    let email = written.email.and_then(|email| {
        let address = addresses::email(email.get_ref());
        if address.is_none() {
            let message = format!("`{}` is no e-mail address", email.get_ref().escape_debug());
            faults.add(&email, message, "write one plain address, such as contracts@council.example");
        }
        address
    });
    Sender { name: written.name.map(Spanned::into_inner), email }
}

fn bank_holiday(written: WrittenHoliday, faults: &mut Faults<'_>) -> Option<ExtraBankHoliday> {
    let moment = written.date.get_ref();
    let date = match (moment.date, moment.time, moment.offset) {
        (Some(date), None, None) => {
            NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
        }
        _ => None,
    };
    if date.is_none() {
        faults.add(&written.date, format!("`{moment}` is no day"), "write the day as 2027-05-03");
    }
    Some(ExtraBankHoliday { date: date?, name: written.name })
}

fn folders(written: WrittenFolders, faults: &mut Faults<'_>) -> Folders {
    let known = Folders::default();
    // Generated files may be deleted at any time, so nothing that matters may lie among them.
    if let Some(out) = &written.out {
        let out_path = plain(out.get_ref());
        let kept = [
            ("returns", written.returns.as_ref(), &known.returns),
            ("originals", written.originals.as_ref(), &known.originals),
            ("contracts", written.contracts.as_ref(), &known.contracts),
            ("register", written.register.as_ref(), &known.register),
            ("templates", written.templates.as_ref(), &known.templates),
        ];
        for (key, own, default) in kept {
            let path = own.map_or_else(|| default.clone(), |path| plain(path.get_ref()));
            if path.starts_with(&out_path) || (key != "register" && out_path.starts_with(&path)) {
                let message = format!("`out` and `{key}` lie within one another");
                faults.add(out, message, "give what is generated a folder of its own");
            }
        }
    }
    let mut path = |own: Option<Spanned<String>>, default: PathBuf| match own {
        Some(own) if own.get_ref().trim().is_empty() => {
            faults.add(&own, "the path is empty".to_string(), "name a folder, or remove the line");
            default
        }
        Some(own) => PathBuf::from(own.into_inner()),
        None => default,
    };
    Folders {
        returns: path(written.returns, known.returns),
        out: path(written.out, known.out),
        originals: path(written.originals, known.originals),
        contracts: path(written.contracts, known.contracts),
        register: path(written.register, known.register),
        templates: path(written.templates, known.templates),
    }
}

/// The path without `.` parts, in lower case as Windows compares.
fn plain(path: &str) -> PathBuf {
    Path::new(&path.to_lowercase()).components().filter(|part| *part != Component::CurDir).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_required() {
        assert_eq!(Settings::read("").unwrap(), Settings::default());
    }

    #[test]
    fn reads_all_there_is() {
        let settings = Settings::read(
            r#"
            council = "Cheshire East Council"
            [sender]
            name = "Contract management"
            email = "contracts@council.example"
            [[bank-holidays]]
            date = 2029-05-07
            name = "Early May"
            [[bank-holidays]]
            date = 2027-06-04
            name = "Proclaimed day"
            [folders]
            returns = "S:/returns"
            "#,
        )
        .unwrap();
        assert_eq!(settings.council.as_deref(), Some("Cheshire East Council"));
        assert_eq!(settings.sender.email.as_deref(), Some("contracts@council.example"));
        let days: Vec<_> = settings.bank_holidays.iter().map(|day| day.date.to_string()).collect();
        assert_eq!(days, ["2027-06-04", "2029-05-07"]);
        assert_eq!(settings.folders.returns, PathBuf::from("S:/returns"));
        assert_eq!(settings.folders.out, PathBuf::from("out"));
    }

    #[test]
    fn refuses_what_it_cannot_use_and_names_the_place() {
        for (text, expected) in [
            ("concil = \"A\"", "quarterday.toml:1:1"),
            ("concil = \"A\"", "did you mean `council`"),
            ("[sender]\nemial = \"a@b.example\"", "did you mean `email`"),
            ("[sender]\nemail = \"contracts\"", "quarterday.toml:2:9"),
            ("[sender]\nname = \"A\\nBcc: b@c.example\"", "has a line break"),
            ("[[bank-holidays]]\ndate = 2027-05-03T10:00:00\nname = \"A\"", "write the day as 2027-05-03"),
            ("[[bank-holidays]]\ndate = 2027-02-30\nname = \"A\"", "quarterday.toml:2:"),
            ("[[bank-holidays]]\ndate = 2027-05-03", "the key `name` is missing"),
            ("[folders]\nout = \".\"", "`out` and `returns` lie within one another"),
            ("[folders]\nout = \"Returns/out\"", "`out` and `returns` lie within one another"),
            ("[folders]\nout = \"all\"\nregister = \"all/register.xlsx\"", "`out` and `register`"),
            ("[folders]\nreturns = \" \"", "the path is empty"),
        ] {
            let message = Settings::read(text).unwrap_err().to_string();
            assert!(message.contains(expected), "{text}\n{message}");
        }
    }

    #[test]
    fn gathers_all_faults_of_meaning() {
        let error = Settings::read("[sender]\nemail = \"x\"\n[folders]\nreturns = \"\"\n").unwrap_err();
        assert_eq!(error.faults().len(), 2);
    }
}
