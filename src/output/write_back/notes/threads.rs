//! Threads of comments: Excel shows them in the place of the notes, and writes the notes anew from them.

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::frame::{self, HEADING};
use super::persons::Persons;
use super::words::Words;
use crate::domain::place::CellAddress;
use crate::output::write_back::not_safe::NotSafe;
use crate::output::write_back::xml::{Open, Scan, Splices, Step, attribute_value, string_text};

/// The threads of a sheet.
#[derive(Debug)]
pub struct Threads<'a> {
    part: &'a str,
    text: &'a str,
    /// In the part's order: each thread's first entry and its replies.
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    cell: Option<CellAddress>,
    id: String,
    parent: Option<String>,
    person: String,
    time: String,
    prefix: String,
    range: Range<usize>,
    /// What is written, where it is written as text.
    words: Option<Words>,
}

/// What has been taken out of the threads.
#[derive(Debug, Default)]
pub struct TakenOut {
    /// The part as it is now, where anything has changed.
    pub written: Option<String>,
    /// Those whose thread was ours alone and is gone.
    pub gone: BTreeSet<CellAddress>,
    /// Those whose thread hangs on a first entry of ours and stays.
    pub kept: BTreeSet<CellAddress>,
}

impl<'a> Threads<'a> {
    /// Those of a part.
    ///
    /// # Errors
    ///
    /// When it cannot be followed, or holds what is no thread.
    pub fn read(part: &'a str, text: &'a str) -> Result<Self, NotSafe> {
        let mut scan = Scan::new(part, text);
        let mut entries = Vec::new();
        while let Some(step) = scan.next()? {
            let Step::Open(open) = step else { continue };
            match (open.depth, open.local()) {
                (0, "ThreadedComments") => {}
                (1, "threadedComment") => entries.push(Entry::read(&mut scan, &open)?),
                (1, "extLst") => {
                    scan.skip(&open)?;
                }
                (_, other) => return Err(scan.not_understood(other)),
            }
        }
        Ok(Self { part, text, entries })
    }

    /// The cells that have a thread.
    pub fn cells(&self) -> BTreeSet<CellAddress> {
        self.entries.iter().filter_map(|entry| entry.cell).collect()
    }

    /// The part with a reply in the thread of each of the cells.
    ///
    /// # Errors
    ///
    /// When a thread is not understood.
    pub fn with<'n>(
        &self,
        replies: impl Iterator<Item = (CellAddress, &'n str)>,
        person: &str,
        as_of: NaiveDate,
    ) -> Result<String, NotSafe> {
        let mut ids: BTreeSet<String> = self.entries.iter().map(|entry| entry.id.to_uppercase()).collect();
        let mut splices = Splices::default();
        for (cell, note) in replies {
            let not_understood = || NotSafe::not_understood(self.part, format!("the thread at {cell}"));
            let own: Vec<&Entry> = self.entries.iter().filter(|entry| entry.cell == Some(cell)).collect();
            let mut firsts = own.iter().filter(|entry| entry.parent.is_none());
            let first = firsts.next().filter(|entry| !entry.id.is_empty()).ok_or_else(not_understood)?;
            let strays =
                own.iter().any(|entry| entry.parent.as_ref().is_some_and(|parent| *parent != first.id));
            let last =
                own.last().filter(|_| firsts.next().is_none() && !strays).ok_or_else(not_understood)?;
            let below = frame::below_heading(note, "").ok_or_else(not_understood)?;
            let id = free_id(&[self.part, &cell.to_string(), note], &mut ids);
            // Never before what it replies to.
            let midnight = format!("{}T00:00:00.00", as_of.format("%Y-%m-%d"));
            let time = own.iter().map(|entry| entry.time.as_str()).fold(midnight.as_str(), Ord::max);
            let p = &first.prefix;
            splices.insert(
                last.range.end,
                format!(
                    "<{p}threadedComment ref=\"{cell}\" dT=\"{}\" personId=\"{}\" id=\"{id}\" parentId=\"{}\"><{p}text>{}</{p}text></{p}threadedComment>",
                    attribute_value(time),
                    attribute_value(person),
                    attribute_value(&first.id),
                    string_text(&format!("{HEADING}{below}")),
                ),
            );
        }
        splices.apply(self.part, self.text)
    }

    /// The threads without what is ours.
    ///
    /// # Errors
    ///
    /// When the changes do not go together.
    pub fn without_ours(&self, persons: &Persons<'_>) -> Result<TakenOut, NotSafe> {
        let mut own = TakenOut::default();
        let mut splices = Splices::default();
        for entry in self.entries.iter().filter(|entry| persons.is_local(&entry.person)) {
            let (Some(cell), Some(words)) = (entry.cell, &entry.words) else { continue };
            let gone = frame::find(&words.text);
            if gone.is_empty() {
                continue;
            }
            let mut left = words.text.clone();
            for range in gone.iter().rev() {
                left.replace_range(range.clone(), "");
            }
            let is_alone = || self.entries.iter().filter(|other| other.cell == Some(cell)).count() == 1;
            if !left.trim().is_empty() {
                words.cut(self.text, &gone, &mut splices);
            } else if entry.parent.is_some() {
                splices.remove(entry.range.clone());
            } else if is_alone() {
                // A note that somebody has made a thread of.
                splices.remove(entry.range.clone());
                own.gone.insert(cell);
            } else {
                own.kept.insert(cell);
            }
        }
        if !splices.is_empty() {
            own.written = Some(splices.apply(self.part, self.text)?);
        }
        Ok(own)
    }
}

impl Entry {
    fn read(scan: &mut Scan<'_>, entry: &Open<'_>) -> Result<Self, NotSafe> {
        let (mut words, mut end) = (None, entry.range.end);
        while !entry.empty
            && let Some(step) = scan.next()?
        {
            match step {
                Step::Open(open) if open.local() == "text" && words.is_none() => {
                    let mut own = Words::default();
                    own.read(scan, &open)?;
                    words = Some(own);
                }
                Step::Open(open) => {
                    scan.skip(&open)?;
                }
                Step::Close { range, .. } => {
                    end = range.end;
                    break;
                }
                Step::Text { .. } => {}
            }
        }
        let attribute = |name| entry.attribute(name).unwrap_or_default();
        Ok(Self {
            cell: CellAddress::parse(&attribute("ref")),
            id: attribute("id"),
            parent: entry.attribute("parentId").filter(|parent| !parent.is_empty()),
            person: attribute("personId"),
            time: attribute("dT"),
            prefix: entry.prefix(),
            range: entry.range.start..end,
            words,
        })
    }
}

/// An id of what is said, which is none of `taken`, and is then.
pub fn free_id(said: &[&str], taken: &mut BTreeSet<String>) -> String {
    let mut number = 0usize;
    loop {
        let mut hash = Sha256::new();
        for part in said {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        hash.update(number.to_string().as_bytes());
        let hex: String = hash.finalize().iter().take(16).map(|byte| format!("{byte:02X}")).collect();
        // Of the kind that is made from a name or at random; its fourth group tells the variant.
        let id =
            format!("{{{}-{}-8{}-A{}-{}}}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..]);
        if taken.insert(id.clone()) {
            return id;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERSONS: &str = "<personList><person displayName=\"Council\" id=\"{C}\" userId=\"Council\" providerId=\"None\"/>\
                           <person displayName=\"A\" id=\"{A}\" userId=\"S::a\" providerId=\"AD\"/></personList>";

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 4, 30).unwrap()
    }

    fn part(entries: &str) -> String {
        format!("<x:ThreadedComments xmlns:x=\"urn:x\">{entries}<x:extLst/></x:ThreadedComments>")
    }

    fn entry(place: &str, id: &str, parent: &str, person: &str, words: &str) -> String {
        let parent = if parent.is_empty() { String::new() } else { format!(" parentId=\"{parent}\"") };
        format!(
            "<x:threadedComment ref=\"{place}\" dT=\"2026-04-30T09:00:00.00\" personId=\"{person}\" id=\"{id}\"{parent}><x:text>{words}</x:text><x:mentions/></x:threadedComment>"
        )
    }

    fn ours(words: &str) -> String {
        format!("{HEADING}{}", frame::below_heading(words, "").unwrap())
    }

    fn removed(text: &str) -> TakenOut {
        let persons = Persons::read("p", PERSONS).unwrap();
        Threads::read("t", text).unwrap().without_ours(&persons).unwrap()
    }

    #[test]
    fn a_reply_follows_its_thread_and_goes_again() {
        let cell = CellAddress::parse("F8").unwrap();
        let text = part(&format!(
            "{}{}{}",
            entry("F8", "{1}", "", "{A}", "Why?"),
            entry("F8", "{2}", "{1}", "{A}", "Yes"),
            entry("G8", "{3}", "", "{A}", "No")
        ));
        let threads = Threads::read("t", &text).unwrap();
        assert_eq!(threads.cells().len(), 2);
        let reply = || [(cell, "● Green & good")].into_iter();
        let written = threads.with(reply(), "{C}", day()).unwrap();
        assert_eq!(written, threads.with(reply(), "{C}", day()).unwrap(), "same input, same bytes");
        let at = written.find("personId=\"{C}\"").unwrap();
        assert!(written[..at].contains("Yes") && !written[..at].contains("\"G8\""));
        assert!(
            written[..at].ends_with("ref=\"F8\" dT=\"2026-04-30T09:00:00.00\" "),
            "not before what it replies to"
        );
        assert!(written[at..].contains("parentId=\"{1}\"") && written.contains("● Green &amp; good"));
        let twice = Threads::read("t", &written).unwrap().with(reply(), "{C}", day()).unwrap();
        let ids: Vec<&str> =
            twice.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 5, "{ids:?}");
        assert_eq!(removed(&twice).written.unwrap(), text);
    }

    #[test]
    fn only_what_is_ours_is_taken_out() {
        let first = entry("F8", "{1}", "", "{A}", "Why?");
        for (said, entries, left) in [
            ("another's words", entry("F8", "{2}", "{1}", "{A}", &ours("a")), None),
            ("words that mention it", entry("F8", "{2}", "{1}", "{C}", HEADING), None),
            (
                "an answer behind it",
                entry("F8", "{2}", "{1}", "{C}", &format!("{}\nDone &amp; sent", ours("a"))),
                Some(entry("F8", "{2}", "{1}", "{C}", "Done &amp; sent")),
            ),
        ] {
            let own = removed(&part(&format!("{first}{entries}")));
            assert_eq!(own.written, left.map(|left| part(&format!("{first}{left}"))), "{said}");
            assert!(own.gone.is_empty() && own.kept.is_empty());
        }
        let made_a_thread = entry("F8", "{1}", "", "{C}", &ours("a"));
        let own = removed(&part(&made_a_thread));
        assert_eq!((own.written, own.gone.len()), (Some(part("")), 1));
        let answered = format!("{made_a_thread}{}", entry("F8", "{2}", "{1}", "{A}", "Yes"));
        let own = removed(&part(&answered));
        assert_eq!((own.written, own.kept.len()), (None, 1), "their answer hangs on it");
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        let cell = CellAddress::parse("F8").unwrap();
        let reply = || [(cell, "a")].into_iter();
        for entries in [
            String::new(),
            entry("F8", "{2}", "{1}", "{A}", "no first"),
            entry("F8", "", "", "{A}", "no id"),
            format!("{}{}", entry("F8", "{1}", "", "{A}", "a"), entry("F8", "{2}", "", "{A}", "two")),
            format!("{}{}", entry("F8", "{1}", "", "{A}", "a"), entry("F8", "{2}", "{9}", "{A}", "stray")),
        ] {
            let text = part(&entries);
            assert!(Threads::read("t", &text).unwrap().with(reply(), "{C}", day()).is_err(), "{entries}");
        }
        for text in ["<a/>", "<ThreadedComments><b/></ThreadedComments>", "<ThreadedComments>"] {
            assert!(Threads::read("t", text).is_err(), "{text}");
        }
    }

    #[test]
    fn ids_are_made_of_what_is_said() {
        let mut taken = BTreeSet::new();
        let id = free_id(&["a", "b"], &mut taken);
        assert_eq!(id.len(), 38);
        assert_eq!(free_id(&["a", "b"], &mut BTreeSet::new()), id);
        assert_ne!(free_id(&["a", "b"], &mut taken), id);
        assert_ne!(free_id(&["ab", ""], &mut BTreeSet::new()), id);
    }
}
