//! `calendar.ics`: due dates, meetings and reviews as all-day entries (RFC 5545), to be imported or subscribed to.
//!
//! An entry's identity (UID) is made of what it is of, never of its day or its words, and its sequence number grows with the
//! as-of date: importing a later calendar moves what has moved and adds what is new. What the contract sets for all its providers
//! on one day is one entry that names them; a provider for whom the day was moved gets an entry of its own. Entries take no time
//! (TRANSP) and ring no bell: who wants to be reminded sets that in the calendar they are imported into.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate};
use icalendar::{Calendar, Component, Event, Property};
use sha2::{Digest, Sha256};

use crate::domain::period::long_date;
use crate::domain::text::one_line;
use crate::review::calendar_date::{CalendarDate, DateKind, Whose};
use crate::review::outline::{Outline, Portfolio};

/// File name of the calendar.
pub const CALENDAR: &str = "calendar.ics";
/// Who made it, as the standard asks.
const MADE_BY: &str = "-//quarterday//Contract dates//EN";
/// Octets of a content line without its end (RFC 5545, section 3.1).
const LONGEST_LINE: usize = 75;
/// With more providers than this on one entry, they are counted in its title and named below it.
const NAMES_SHOWN: usize = 3;
/// Sequence numbers are the days since 1 January 2020, which is so many days after the beginning of the common era.
const FIRST_DAY: i32 = 737_425;

/// What makes two dates one entry: contract, provider where it is the provider's own, kind and subject.
type Identity<'a> = (&'a str, Option<&'a str>, DateKind, &'a [String]);

/// One entry: a day, and the providers it concerns with what became of it for each.
struct Entry<'a> {
    first: &'a CalendarDate,
    contract_title: &'a str,
    /// What those are called who are under the contract.
    called: &'a str,
    providers: Vec<(&'a str, Option<&'a str>)>,
}

/// The calendar of every contract, or of `contract` alone; `None` where there is no date to put into it, for a calendar without
/// entries is none.
pub fn calendar_ics(portfolio: &Portfolio, contract: Option<&str>) -> Option<Vec<u8>> {
    let reviews: Vec<&Outline> = portfolio
        .reviews
        .iter()
        .map(Arc::as_ref)
        .filter(|review| contract.is_none_or(|contract| review.contract == contract))
        .collect();
    let entries = entries(&reviews);
    if entries.is_empty() {
        return None;
    }
    let name = match (contract, reviews.first()) {
        (Some(_), Some(review)) => format!("{}: dates", plain(&review.contract_title)),
        _ => "Contract dates".to_string(),
    };
    let mut calendar = Calendar::new();
    calendar.properties = Property::from_array([
        ("VERSION", "2.0"),
        ("PRODID", MADE_BY),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("X-WR-CALNAME", name.as_str()),
    ]);
    let mut ordered: Vec<(&Identity<'_>, &Entry<'_>)> = entries.iter().collect();
    ordered.sort_by_key(|(identity, entry)| (entry.first.date, **identity));
    for (identity, entry) in ordered {
        calendar.push(event(identity, entry, portfolio.as_of));
    }
    Some(folded(&calendar.to_string()).into_bytes())
}

/// The content lines broken so that none is longer than the standard allows. The library breaks them too, but its last piece may
/// be one octet too long.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for line in text.replace("\r\n ", "").split_terminator("\r\n") {
        let mut length = 0;
        for character in line.chars() {
            if length + character.len_utf8() > LONGEST_LINE {
                folded.push_str("\r\n ");
                length = 1;
            }
            folded.push(character);
            length += character.len_utf8();
        }
        folded.push_str("\r\n");
    }
    folded
}

/// The dates by identity.
fn entries<'a>(reviews: &[&'a Outline]) -> BTreeMap<Identity<'a>, Entry<'a>> {
    let mut providers: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for review in reviews {
        providers.entry(&review.contract).or_default().insert(&review.provider);
    }
    let mut entries: BTreeMap<Identity<'a>, Entry<'a>> = BTreeMap::new();
    for review in reviews {
        let is_alone = providers.get(review.contract.as_str()).is_none_or(|own| own.len() == 1);
        for date in &review.calendar {
            // Where there is one provider, what was common and is moved stays the same entry.
            let shared = match date.whose {
                Whose::Own => false,
                Whose::Moved => is_alone,
                Whose::Common => true,
            };
            let of = (!shared).then_some(review.provider.as_str());
            let entry = entries
                .entry((review.contract.as_str(), of, date.kind, date.subject.as_slice()))
                .or_insert_with(|| Entry {
                    first: date,
                    contract_title: &review.contract_title,
                    called: &review.called.many,
                    providers: Vec::new(),
                });
            entry.providers.push((&review.provider, date.done.as_deref()));
        }
    }
    entries
}

fn event(identity: &Identity<'_>, entry: &Entry<'_>, as_of: NaiveDate) -> Event {
    let day = entry.first.date;
    let after = day.checked_add_days(Days::new(1)).unwrap_or(day);
    let stamp = format!("{}T000000Z", basic(as_of));
    let sequence = (as_of.num_days_from_ce() - FIRST_DAY).max(0).to_string();
    let mut event = Event::new();
    event
        .uid(&uid(identity))
        .add_property("DTSTAMP", &stamp)
        .add_property("LAST-MODIFIED", &stamp)
        .add_property("SEQUENCE", sequence)
        .add_property("SUMMARY", summary(entry, as_of))
        .add_property("DESCRIPTION", description(entry, as_of))
        .add_property("CATEGORIES", entry.first.kind.category())
        .add_property("TRANSP", "TRANSPARENT")
        .append_property(day_of("DTSTART", day))
        .append_property(day_of("DTEND", after));
    event.done()
}

fn day_of(key: &str, day: NaiveDate) -> Property {
    Property::new(key, basic(day)).add_parameter("VALUE", "DATE").done()
}

/// `20260214`.
fn basic(day: NaiveDate) -> String {
    format!("{:04}{:02}{:02}", day.year().clamp(0, 9999), day.month(), day.day())
}

/// `return-due-0123456789abcdef0123456789abcdef@quarterday`.
fn uid((contract, provider, kind, subject): &Identity<'_>) -> String {
    let mut digest = Sha256::new();
    let fixed = [*contract, provider.unwrap_or_default()];
    for part in fixed.into_iter().chain(subject.iter().map(String::as_str)) {
        // With its length before it, so that no two lists of parts read alike.
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part.as_bytes());
    }
    let hash: String = digest.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{hash}@quarterday", kind.id())
}

/// `Harbour Advocacy: Quarterly KPI return for 2025-26 Q1 (September to November 2025) due`, and what became of it.
fn summary(entry: &Entry<'_>, as_of: NaiveDate) -> String {
    let what = plain(&entry.first.what);
    let open = entry.providers.iter().filter(|(_, done)| done.is_none()).count();
    let overdue = entry.first.date < as_of && entry.first.kind.can_be_overdue();
    if entry.providers.len() > NAMES_SHOWN {
        let all = entry.providers.len();
        return match open {
            0 => format!("{what}: all {all} in"),
            _ if overdue => format!("{what}: {open} of {all} overdue"),
            _ if open == all => format!("{what}: {all} {}", plain(entry.called)),
            _ => format!("{what}: {open} of {all} to come"),
        };
    }
    let names: Vec<String> = entry.providers.iter().map(|(name, _)| plain(name)).collect();
    let became = match entry.providers.as_slice() {
        [(_, Some(done))] => format!(" – {}", plain(done)),
        several if open == 0 && several.len() > 1 => " – all in".to_string(),
        _ if overdue => " – overdue".to_string(),
        _ => String::new(),
    };
    format!("{}: {what}{became}", names.join(", "))
}

/// The contract, the clause, and each provider with what became of it.
fn description(entry: &Entry<'_>, as_of: NaiveDate) -> String {
    let mut lines = vec![plain(entry.contract_title)];
    if !entry.first.clause.is_empty() {
        lines.push(format!("Clause {}", plain(&entry.first.clause)));
    }
    if entry.providers.len() > 1 {
        lines.extend(entry.providers.iter().map(|(name, done)| match done {
            Some(done) => format!("{}: {}", plain(name), plain(done)),
            None => format!("{}: open", plain(name)),
        }));
    }
    lines.push(format!("As of {}", long_date(as_of)));
    lines.join("\n")
}

/// On one line and without control characters.
fn plain(text: &str) -> String {
    one_line(text).chars().filter(|own| !own.is_control()).collect()
}

#[cfg(test)]
mod tests;
