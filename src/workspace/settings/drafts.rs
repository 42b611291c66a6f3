//! The table `[drafts]` of the settings: when draft e-mails are written.

use serde::Deserialize;
use toml::Spanned;

use super::Faults;

/// How long before a due date a reminder is written, unless the council says otherwise.
const REMIND_DAYS: u32 = 7;
/// The longest that makes sense: a reminder earlier than a quarter ahead reminds of nothing.
const LONGEST: i64 = 92;

/// When draft e-mails are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drafts {
    /// A return due within so many days of the as-of date, and not received, gets a reminder; none does where it is 0.
    pub remind_days: u32,
}

impl Default for Drafts {
    fn default() -> Self {
        Self { remind_days: REMIND_DAYS }
    }
}

/// The table as written.
#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct Written {
    remind_days: Option<Spanned<i64>>,
}

/// The table as meant.
pub(super) fn drafts(written: Written, faults: &mut Faults<'_>) -> Drafts {
    let Some(days) = written.remind_days else { return Drafts::default() };
    match u32::try_from(*days.get_ref()) {
        Ok(remind_days) if *days.get_ref() <= LONGEST => Drafts { remind_days },
        _ => {
            let message = format!("`remind-days` is {}", days.get_ref());
            faults.add(&days, message, "write a number of days from 0 (no reminders) to 92");
            Drafts::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Settings;
    use super::*;

    #[test]
    fn days_are_few_or_none() {
        for (text, days) in [
            ("", 7),
            ("[drafts]", 7),
            ("[drafts]\nremind-days = 0", 0),
            ("[drafts]\nremind-days = 1", 1),
            ("[drafts]\nremind-days = 92", 92),
        ] {
            assert_eq!(Settings::read(text).unwrap().drafts, Drafts { remind_days: days }, "{text}");
        }
        for (text, expected) in [
            ("[drafts]\nremind-days = -1", "`remind-days` is -1"),
            ("[drafts]\nremind-days = 93", "from 0 (no reminders) to 92"),
            ("[drafts]\nremind-days = 93", "quarterday.toml:2:15"),
            ("[drafts]\nremind-days = \"7\"", "wrong kind of value"),
            ("[drafts]\nremind-day = 7", "did you mean `remind-days`"),
        ] {
            let message = Settings::read(text).unwrap_err().to_string();
            assert!(message.contains(expected), "{text}\n{message}");
        }
    }
}
