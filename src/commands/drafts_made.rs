//! What a run says of its draft e-mails.

use crate::domain::draft::DraftKind;
use crate::domain::text::number_of;
use crate::run::DraftsMade;

/// The lines: how many of each kind and where they are, of whom there is no address, and which hold lines on single people. None
/// where there are no drafts.
pub fn lines(made: &DraftsMade) -> Vec<String> {
    let of = |kind: DraftKind| made.kinds.get(&kind).copied().unwrap_or_default();
    let to_return = of(DraftKind::Thanks) + of(DraftKind::Query);
    let mut parts = Vec::new();
    if to_return > 0 {
        let queries = match of(DraftKind::Query) {
            0 => String::new(),
            number => format!(" ({number} with queries)"),
        };
        parts.push(format!("{to_return} to return{queries}"));
    }
    for (kind, one, many) in
        [(DraftKind::Reminder, "reminder", "reminders"), (DraftKind::Chaser, "chaser", "chasers")]
    {
        if of(kind) > 0 {
            parts.push(number_of(of(kind), one, many));
        }
    }
    if parts.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![format!(
        "Drafts: {}; nothing is sent. They stand in the folders “drafts” beside the packs, which lead to them.",
        parts.join(", ")
    )];
    if !made.without_address.is_empty() {
        let providers: Vec<String> = made
            .without_address
            .iter()
            .map(|(provider, number)| format!("{provider} ({})", number_of(*number, "draft", "drafts")))
            .collect();
        lines.push(format!(
            "No address in the register, sheet Providers, column E-mail: {}.",
            providers.join("; ")
        ));
    }
    let (attachments, rows) = made.client_rows;
    if attachments > 0 {
        let (holds, them) = if attachments == 1 { ("holds", "it") } else { ("hold", "them") };
        lines.push(format!(
            "{} {holds} {} on single people; send {them} only by a way your council allows (secure e-mail).",
            number_of(attachments, "attachment", "attachments"),
            number_of(rows, "line", "lines")
        ));
    }
    if made.untold > 0 {
        lines.push(format!(
            "Of {} it cannot be told whether there are lines on single people; look before you send.",
            number_of(made.untold, "attachment", "attachments")
        ));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(kinds: &[(DraftKind, usize)]) -> DraftsMade {
        DraftsMade { kinds: kinds.iter().copied().collect(), ..DraftsMade::default() }
    }

    #[test]
    fn what_there_is_is_said_in_a_line() {
        use DraftKind::{Chaser, Query, Reminder, Thanks};
        let end =
            "; nothing is sent. They stand in the folders “drafts” beside the packs, which lead to them.";
        for (kinds, said) in [
            (
                &[(Thanks, 2), (Query, 1), (Reminder, 1), (Chaser, 2)][..],
                "Drafts: 3 to return (1 with queries), 1 reminder, 2 chasers",
            ),
            (&[(Thanks, 1)], "Drafts: 1 to return"),
            (&[(Query, 4)], "Drafts: 4 to return (4 with queries)"),
            (&[(Reminder, 2)], "Drafts: 2 reminders"),
            (&[(Chaser, 1)], "Drafts: 1 chaser"),
        ] {
            assert_eq!(lines(&made(kinds)), [format!("{said}{end}")]);
        }
        assert_eq!(lines(&made(&[])), [""; 0]);
    }

    #[test]
    fn what_needs_care_is_said_after_it() {
        let mut own = made(&[(DraftKind::Query, 2)]);
        own.without_address.insert("Harbour Advocacy".to_string(), 2);
        own.client_rows = (1, 31);
        own.untold = 1;
        assert_eq!(
            lines(&own)[1..],
            [
                "No address in the register, sheet Providers, column E-mail: Harbour Advocacy (2 drafts).",
                "1 attachment holds 31 lines on single people; send it only by a way your council allows (secure e-mail).",
                "Of 1 attachment it cannot be told whether there are lines on single people; look before you send.",
            ]
        );
        own.client_rows = (2, 1);
        assert!(lines(&own)[2].starts_with("2 attachments hold 1 line on single people; send them only"));
    }
}
