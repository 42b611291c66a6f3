//! A draft as a message: what it says, and how it goes over the wire.
//!
//! The bytes of the body and its attachments are never touched. Of the header `X-Unsent`, `Bcc` and an earlier `Date` are taken out,
//! `Date` and, where there is none, `From` are put in; all other lines stay as they are.

use chrono::{DateTime, FixedOffset};
use lettre::message::header::{From, Headers};
use lettre::message::{Mailbox, Mailboxes};
use mail_parser::{Address, Message, MessageParser, MimeHeaders, PartType};

/// Longest line in bytes, without its end (RFC 5322, 2.1.1).
const LONGEST_LINE: usize = 998;
/// Taken out before a message goes: a mark for Outlook, addressees nobody is to see, and a date before it went.
const TAKEN_OUT: [&str; 3] = ["x-unsent", "bcc", "date"];
/// All that may stand in the header of a draft. Anything else was not put there by this program.
const KNOWN: [&str; 18] = [
    "auto-submitted",
    "bcc",
    "cc",
    "content-disposition",
    "content-language",
    "content-transfer-encoding",
    "content-type",
    "date",
    "from",
    "in-reply-to",
    "message-id",
    "mime-version",
    "references",
    "reply-to",
    "subject",
    "thread-topic",
    "to",
    "x-unsent",
];

/// What a message carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Its name; empty where it has none.
    pub name: String,
    /// Its bytes, decoded.
    pub bytes: Vec<u8>,
}

/// What a draft says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Letter {
    /// Who it is from.
    pub from: Vec<String>,
    /// Addressees.
    pub to: Vec<String>,
    /// Those who get a copy.
    pub cc: Vec<String>,
    /// Where answers go, where that is said.
    pub reply_to: Vec<String>,
    /// Subject, on one line.
    pub subject: String,
    /// Message-ID without angle brackets.
    pub message_id: String,
    /// Everything besides the text of the body, in order.
    pub attachments: Vec<Attached>,
}

/// Who a message is from where it does not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// Name or role.
    pub name: Option<String>,
    /// Address.
    pub email: String,
}

/// Reads a draft.
///
/// # Errors
/// Everything in it that this program does not write, each in words that complete “it …”: a header line of another kind or twice, a
/// line end that is none, a part that cannot be decoded.
pub fn read(bytes: &[u8]) -> Result<Letter, Vec<String>> {
    let mut faults = lines_at_fault(bytes);
    match header(bytes) {
        Some((fields, _)) => faults.extend(fields_at_fault(&fields)),
        None => faults.push("has no header of an e-mail".to_string()),
    }
    let Some(message) = MessageParser::default().parse(bytes).filter(|_| faults.is_empty()) else {
        if faults.is_empty() {
            faults.push("is no e-mail".to_string());
        }
        return Err(faults);
    };
    let letter = Letter {
        from: addresses(message.from()),
        to: addresses(message.to()),
        cc: addresses(message.cc()),
        reply_to: addresses(message.reply_to()),
        subject: message.subject().unwrap_or_default().to_string(),
        message_id: message.message_id().unwrap_or_default().to_string(),
        attachments: attachments(&message, &mut faults),
    };
    if faults.is_empty() { Ok(letter) } else { Err(faults) }
}

/// The draft as it goes over the wire on this moment.
///
/// # Errors
/// It has no header, or the sender's address cannot be written into one.
pub fn on_the_wire(bytes: &[u8], sender: &Sender, date: DateTime<FixedOffset>) -> Result<Vec<u8>, String> {
    let (fields, body) = header(bytes).ok_or("it has no header of an e-mail")?;
    let mut wire = format!("Date: {}\r\n", date.format("%a, %d %b %Y %H:%M:%S %z")).into_bytes();
    if !fields.iter().any(|field| field.is("from")) {
        let address =
            sender.email.parse().map_err(|error| format!("{} is no address: {error}", sender.email))?;
        let mut from = Headers::new();
        from.set(From::from(Mailboxes::from(Mailbox::new(sender.name.clone(), address))));
        wire.extend_from_slice(from.to_string().as_bytes());
    }
    for field in fields.iter().filter(|field| !TAKEN_OUT.iter().any(|name| field.is(name))) {
        wire.extend_from_slice(field.bytes);
    }
    wire.extend_from_slice(b"\r\n");
    wire.extend_from_slice(body);
    Ok(wire)
}

/// A field of the header: its line with those that continue it, line ends included.
struct Field<'a> {
    bytes: &'a [u8],
}

impl Field<'_> {
    /// The name in small letters; `None` where the line has none.
    fn name(&self) -> Option<String> {
        let end = self.bytes.iter().position(|byte| *byte == b':')?;
        let name = self.bytes.get(..end)?;
        let plain = |byte: &u8| byte.is_ascii_graphic();
        (!name.is_empty() && name.iter().all(plain))
            .then(|| String::from_utf8_lossy(name).to_ascii_lowercase())
    }

    fn is(&self, name: &str) -> bool {
        self.name().as_deref() == Some(name)
    }
}

/// The fields of the header, and the body behind the empty line.
fn header(bytes: &[u8]) -> Option<(Vec<Field<'_>>, &[u8])> {
    let mut fields: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    loop {
        let rest = bytes.get(at..)?;
        if let Some(body) = rest.strip_prefix(b"\r\n") {
            let fields =
                fields.into_iter().filter_map(|(from, to)| Some(Field { bytes: bytes.get(from..to)? }));
            return Some((fields.collect(), body));
        }
        let end = at + rest.windows(2).position(|pair| pair == b"\r\n")? + 2;
        match fields.last_mut() {
            Some((_, last)) if rest.starts_with(b" ") || rest.starts_with(b"\t") => *last = end,
            _ => fields.push((at, end)),
        }
        at = end;
    }
}

fn fields_at_fault(fields: &[Field<'_>]) -> Vec<String> {
    let mut faults = Vec::new();
    let names: Vec<Option<String>> = fields.iter().map(Field::name).collect();
    for (at, name) in names.iter().enumerate() {
        match name {
            None => faults.push("has a line in its header that is none of a header".to_string()),
            Some(name) if !KNOWN.contains(&name.as_str()) => {
                faults.push(format!("has a line in its header that this program does not write ({name})"));
            }
            Some(name) if names.iter().take(at).any(|earlier| earlier.as_deref() == Some(name)) => {
                faults.push(format!("has the line {name} in its header twice"));
            }
            Some(_) => {}
        }
    }
    faults
}

/// Line ends that are none, and lines that are too long: what one server takes for the end of a message another does not.
fn lines_at_fault(bytes: &[u8]) -> Vec<String> {
    let mut faults = Vec::new();
    let lone = |at: usize, byte: u8| match byte {
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        b'\n' => at.checked_sub(1).and_then(|before| bytes.get(before)) != Some(&b'\r'),
        byte => byte == 0,
    };
    if bytes.iter().enumerate().any(|(at, byte)| lone(at, *byte)) {
        faults.push("has line ends that are not those of an e-mail".to_string());
    }
    if bytes.split(|byte| *byte == b'\n').any(|line| line.len() > LONGEST_LINE + 1) {
        faults.push(format!("has a line of more than {LONGEST_LINE} bytes"));
    }
    faults
}

fn addresses(own: Option<&Address<'_>>) -> Vec<String> {
    let all = own.into_iter().flat_map(Address::iter);
    all.map(|address| address.address.as_deref().unwrap_or_default().to_string()).collect()
}

fn attachments(message: &Message<'_>, faults: &mut Vec<String>) -> Vec<Attached> {
    let mut attachments = Vec::new();
    let mut texts = 0;
    for part in &message.parts {
        if part.is_encoding_problem {
            faults.push("has a part that cannot be decoded".to_string());
        }
        let disposed = part.content_disposition().is_some_and(|own| own.is_attachment());
        match &part.body {
            PartType::Multipart(_) => {}
            PartType::Text(_) | PartType::Html(_) if !disposed && part.attachment_name().is_none() => {
                texts += 1
            }
            _ => attachments.push(Attached {
                name: part.attachment_name().unwrap_or_default().to_string(),
                bytes: part.contents().to_vec(),
            }),
        }
    }
    // The text, and the same as a page.
    if texts > 2 {
        faults.push("has more text than one letter".to_string());
    }
    attachments
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DRAFT: &str = "X-Unsent: 1\r\nTo: kpi@harbour.example\r\nCc: a@harbour.example,\r\n b@council.example\r\n\
        Bcc: secret@elsewhere.example\r\nSubject: =?utf-8?B?UmV0dXJuIOKAkyB0aGFua3M=?=\r\nMessage-ID: <1@council.example>\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\n\
        Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\nThank you.\r\n..\r\n--b\r\n\
        Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"a.xlsx\"\r\n\
        Content-Transfer-Encoding: base64\r\n\r\nUEsDBA==\r\n--b--\r\n";

    fn sender() -> Sender {
        Sender { name: Some("Contracts – Anyshire".into()), email: "contracts@council.example".into() }
    }

    fn moment() -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2026-07-03T09:05:07+01:00").unwrap()
    }

    #[test]
    fn a_draft_is_read_as_it_was_written() {
        let letter = read(DRAFT.as_bytes()).unwrap();
        assert_eq!(letter.to, ["kpi@harbour.example"]);
        assert_eq!(letter.cc, ["a@harbour.example", "b@council.example"]);
        assert_eq!(letter.subject, "Return – thanks");
        assert_eq!(letter.message_id, "1@council.example");
        assert_eq!(letter.attachments, [Attached { name: "a.xlsx".into(), bytes: b"PK\x03\x04".to_vec() }]);
    }

    #[test]
    fn on_the_wire_the_body_is_the_same_and_the_header_is_made_ready() {
        let wire = on_the_wire(DRAFT.as_bytes(), &sender(), moment()).unwrap();
        let text = String::from_utf8(wire).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert_eq!(body, DRAFT.split_once("\r\n\r\n").unwrap().1);
        assert!(head.starts_with("Date: Fri, 03 Jul 2026 09:05:07 +0100\r\nFrom: "), "{head}");
        assert!(head.contains("<contracts@council.example>"), "{head}");
        assert!(!head.to_lowercase().contains("unsent") && !head.contains("secret"), "{head}");
        for line in
            ["To: kpi@harbour.example", "Cc: a@harbour.example,\r\n b@council.example", "Message-ID: <1@"]
        {
            assert!(head.contains(line), "{line}\n{head}");
        }
        assert!(head.is_ascii());
    }

    #[test]
    fn a_sender_that_stands_there_stays_and_an_old_date_goes() {
        let draft =
            format!("From: Other <o@council.example>\r\nDate: Mon, 1 Jan 2001 00:00:00 +0000\r\n{DRAFT}");
        let text = String::from_utf8(on_the_wire(draft.as_bytes(), &sender(), moment()).unwrap()).unwrap();
        assert!(text.contains("From: Other <o@council.example>\r\n") && !text.contains("2001"), "{text}");
        assert_eq!(text.matches("From: ").count(), 1);
        assert_eq!(text.matches("Date: ").count(), 1);
    }

    #[test]
    fn what_this_program_does_not_write_is_refused() {
        let with = |line: &str| format!("{line}\r\n{DRAFT}");
        for (draft, expected) in [
            (with("To: other@elsewhere.example"), "has the line to in its header twice"),
            (with("Resent-To: other@elsewhere.example"), "does not write (resent-to)"),
            (with("Disposition-Notification-To: x@elsewhere.example"), "does not write"),
            (with("not a header"), "that is none of a header"),
            (with("Reply To: x@elsewhere.example"), "that is none of a header"),
            (DRAFT.replace("Thank you.\r\n", "Thank you.\n"), "line ends"),
            (DRAFT.replace("Thank you.\r\n", "Thank\ryou.\r\n"), "line ends"),
            (DRAFT.replace("Thank", "Tha\0nk"), "line ends"),
            (DRAFT.replace("Thank", &"T".repeat(999)), "more than 998 bytes"),
            ("To: kpi@harbour.example\r\n".to_string(), "no header of an e-mail"),
            (String::new(), "no header of an e-mail"),
        ] {
            let faults = read(draft.as_bytes()).unwrap_err().join("; ");
            assert!(faults.contains(expected), "{expected}: {faults}");
        }
        assert!(read(DRAFT.replace("Thank you.", &"T".repeat(998)).as_bytes()).is_ok());
    }

    proptest! {
        #[test]
        fn whatever_is_added_to_a_header_nothing_taken_out_is_left(name in "[A-Za-z-]{1,12}", value in "[ -~]{0,40}") {
            let draft = format!("{name}: {value}\r\n{DRAFT}");
            let wire = on_the_wire(draft.as_bytes(), &sender(), moment()).unwrap();
            let (fields, _) = header(&wire).unwrap();
            prop_assert!(!fields.iter().any(|field| field.is("bcc") || field.is("x-unsent")));
            prop_assert_eq!(fields.iter().filter(|field| field.is("date")).count(), 1);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = read(&bytes);
        }
    }
}
