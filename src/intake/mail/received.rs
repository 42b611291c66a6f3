//! The date in a Received header (RFC 5322 section 3.6.7): what follows its last semicolon.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::{Undated, short};
use crate::calendar::uk_time::uk_date;

/// Zones that are written in letters, and what they mean. Others are not certain: letters have been given to several zones.
const ZONES: &[(&str, &str)] = &[
    ("GMT", "+0000"),
    ("UT", "+0000"),
    ("UTC", "+0000"),
    ("Z", "+0000"),
    ("BST", "+0100"),
    ("WET", "+0000"),
    ("WEST", "+0100"),
    ("CET", "+0100"),
    ("CEST", "+0200"),
    ("EST", "-0500"),
    ("EDT", "-0400"),
    ("PST", "-0800"),
    ("PDT", "-0700"),
];

/// Years in which an e-mail may have been received.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2199;

/// The day by the value of the topmost Received header, folded as it stands in the file; `None` is no such header.
pub(super) fn received(topmost: Option<&str>) -> Result<NaiveDate, Undated> {
    let value = topmost.ok_or(Undated::NoHeader)?;
    let bare = without_comments(value);
    let date = bare.as_deref().unwrap_or(value).rsplit_once(';').map(|(_, date)| date);
    date.and_then(instant).map(uk_date).ok_or_else(|| {
        let end = value.rsplit_once(';').map_or(value, |(_, date)| date);
        Undated::Unreadable(short(end))
    })
}

/// `Tue, 9 Dec 2025 16:40:12 +0000`, the day of the week being left aside: it proves nothing, and some servers get it wrong.
fn instant(text: &str) -> Option<DateTime<Utc>> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = match text.split_once(',') {
        Some((day, rest)) if day.trim().chars().all(char::is_alphabetic) => rest.trim().to_string(),
        _ => text,
    };
    let (date, zone) = text.rsplit_once(' ')?;
    let letters = ZONES.iter().find(|(letters, _)| letters.eq_ignore_ascii_case(zone));
    let zone = letters.map_or(zone, |(_, offset)| offset);
    let numeric = zone.len() == 5
        && zone.starts_with(['+', '-'])
        && zone[1..].bytes().all(|byte| byte.is_ascii_digit())
        && zone[1..3] <= *"14";
    if !numeric {
        return None;
    }
    let instant = DateTime::parse_from_rfc2822(&format!("{date} {zone}")).ok()?.with_timezone(&Utc);
    YEARS.contains(&instant.year()).then_some(instant)
}

/// Without what stands in round brackets, which may be nested and may hold semicolons; `None` where they do not match.
fn without_comments(text: &str) -> Option<String> {
    let mut bare = String::with_capacity(text.len());
    let mut depth = 0usize;
    let mut quoted = false;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' if quoted || depth > 0 => {
                let next = chars.next();
                if depth == 0 {
                    bare.push(c);
                    bare.extend(next);
                }
            }
            '"' if depth == 0 => {
                quoted = !quoted;
                bare.push(c);
            }
            '(' if !quoted => depth += 1,
            ')' if !quoted => {
                depth = depth.checked_sub(1)?;
                bare.push(' ');
            }
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    (depth == 0 && !quoted).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_the_date_behind_the_last_semicolon() {
        for (header, date) in [
            ("from a by b with SMTP id 1; Tue, 9 Dec 2025 16:40:12 +0000", "2025-12-09"),
            (
                "from a (a [192.0.2.1])\r\n\tby b (1.2; 3) with ESMTPS\r\n\tid 1;\r\n Tue, 9 Dec\r\n 2025 16:40:12 +0000 (GMT)",
                "2025-12-09",
            ),
            ("by b; 9 Dec 2025 16:40 +0000", "2025-12-09"),
            ("by b; 09 Dec 25 16:40:00 GMT", "2025-12-09"),
            // The weekday is wrong; it proves nothing either way.
            ("by b; Mon, 9 Dec 2025 16:40:00 +0000", "2025-12-09"),
            ("by b; Tue, 09 dec 2025 16:40:00 +0000", "2025-12-09"),
            // The day in the United Kingdom, wherever the server stands.
            ("by b; Tue, 9 Dec 2025 23:59:59 +0000", "2025-12-09"),
            ("by b; Tue, 9 Dec 2025 23:59:59 -0001", "2025-12-10"),
            ("by b; Tue, 9 Dec 2025 16:40:12 -0800 (PST)", "2025-12-10"),
            ("by b; Wed, 10 Dec 2025 00:59:59 +0100", "2025-12-09"),
            ("by b; Tue, 14 Jul 2026 23:30:00 +0000", "2026-07-15"),
            ("by b; Wed, 15 Jul 2026 00:30:00 +0100", "2026-07-15"),
            ("by b; Wed, 15 Jul 2026 00:30:00 BST", "2026-07-15"),
            ("by b; Wed, 15 Jul 2026 00:30:00 +0200", "2026-07-14"),
            ("by b; Wed, 15 Jul 2026 09:30:00 +1400", "2026-07-14"),
            ("by b; Sun, 29 Mar 2026 23:30:00 UT", "2026-03-30"),
            ("by b; Sun, 25 Oct 2026 23:30:00 Z", "2026-10-25"),
            ("by b; Thu, 29 Feb 2024 12:00:00 EST", "2024-02-29"),
            ("by b (c (d; e) \\) f); Tue, 9 Dec 2025 16:40:12 +0000 (a (b) c)", "2025-12-09"),
            ("by \"b; (\"; Tue, 9 Dec 2025 16:40:12 +0000", "2025-12-09"),
            ("by b; Mon, 1 Jan 2024 00:00:00 +0000; Tue, 9 Dec 2025 16:40:12 +0000", "2025-12-09"),
        ] {
            assert_eq!(received(Some(header)).map(|day| day.to_string()).as_deref(), Ok(date), "{header}");
        }
    }

    #[test]
    fn a_date_that_is_not_certain_is_none() {
        assert_eq!(received(None), Err(Undated::NoHeader));
        for header in [
            "",
            ";",
            "from a by b",
            "from a by b;",
            "by b; yesterday",
            "by b; Tue, 9 Dec 2025 16:40:12",
            "by b; Tue, 9 Dec 2025 16:40:12 XYZ",
            "by b; Tue, 9 Dec 2025 16:40:12 IST",
            "by b; Tue, 9 Dec 2025 16:40:12 +1500",
            "by b; Tue, 9 Dec 2025 16:40:12 +00:00",
            "by b; Tue, 31 Feb 2025 16:40:12 +0000",
            "by b; Tue, 9 Dec 2025 25:40:12 +0000",
            "by b; Tue, 9 Dec 1970 16:40:12 +0000",
            "by b; Tue, 9 Dec 9999 16:40:12 +0000",
            "by b; 2025-12-09T16:40:12Z",
            "by b; 12/09/2025 16:40:12 +0000",
            "by b; Tue, 9 Dec 2025 16:40:12 +é000",
            // A date within a comment is none.
            "by b (for c; Tue, 9 Dec 2025 16:40:12 +0000)",
        ] {
            assert!(matches!(received(Some(header)), Err(Undated::Unreadable(_))), "{header}");
        }
    }

    #[test]
    fn a_bracket_that_is_never_closed_does_not_hide_the_date() {
        let header = "from a (b by c; Tue, 9 Dec 2025 16:40:12 +0000";
        assert_eq!(received(Some(header)).unwrap().to_string(), "2025-12-09");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,60};\\PC{0,40}") {
            let _ = received(Some(&text));
        }

        #[test]
        fn every_day_is_read_back(seconds in 700_000_000i64..4_000_000_000, offset in -720i32..=840) {
            let zone = chrono::FixedOffset::east_opt(offset * 60).unwrap();
            let instant = DateTime::from_timestamp(seconds, 0).unwrap();
            let header = format!("by b (c; d); {} (e)", instant.with_timezone(&zone).to_rfc2822());
            prop_assert_eq!(received(Some(&header)), Ok(uk_date(instant)));
        }
    }
}
