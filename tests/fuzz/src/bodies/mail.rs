//! Bytes as an e-mail, in either format.

use quarterday::intake::mail::{self, MAX_ATTACHMENTS, MailFormat};
use quarterday::intake::reading::MAX_FILE;

/// Takes the bytes apart as an e-mail of each format: what comes out keeps to the limits, and the same bytes give the same.
pub fn mail(data: &[u8]) {
    let _ = mail::format("returns/a.eml", data);
    for format in [MailFormat::Internet, MailFormat::Outlook] {
        let Ok(read) = mail::read(format, data) else { continue };
        assert!(read.attachments.len() <= MAX_ATTACHMENTS);
        let size: usize = read.attachments.iter().map(|own| own.bytes.len()).sum();
        assert!(size <= MAX_FILE, "{size} bytes");
        for sender in read.senders.iter().chain(read.attachments.iter().flat_map(|own| &own.senders)) {
            assert!(
                !sender.contains(char::is_control) && !sender.contains(char::is_whitespace),
                "{sender:?}"
            );
        }
        assert!(!read.subject.contains(['\r', '\n']));
        assert_eq!(mail::read(format, data).as_ref(), Ok(&read));
    }
}
