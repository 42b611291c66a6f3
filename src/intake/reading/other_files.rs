//! Files that are no spreadsheets, told by their first bytes or words, with what to do about each.

use super::refusal::{NotRead, fit_for_showing};

/// What to do with a file that is not a spreadsheet.
pub(super) const SEND_THE_WORKBOOK: &str = "Ask the provider to send the return as an Excel workbook (.xlsx)";
/// What to do with an e-mail.
pub(super) const SAVE_THE_ATTACHMENT: &str = "Open the e-mail and save the attached workbook into the folder";
/// What an e-mail is called.
pub(super) const MAIL: &str = "an e-mail";
/// What to do with the packet in which Outlook hides attachments.
const SEND_AGAIN: &str = "Ask the sender to send the e-mail again as HTML or plain text, not as Rich Text, or to send the workbook by \
                          itself; where Outlook shows the attachment, it can be saved into the folder from there";
/// What to do with a packed file.
const UNPACK: &str = "Unpack it and put the workbook that is in it into the folder";
/// What to do with a file that only says where something lies.
const FETCH: &str = "It holds nothing but the place of another file: open it, download or copy the workbook itself and put that \
                     into the folder";

/// What the bytes of a file that is no text begin with.
const SIGNATURES: &[(&[u8], &str, &str)] = &[
    (b"PK\x05\x06", "an empty zip folder", SEND_THE_WORKBOOK),
    (b"PK", "a damaged or divided zip folder", SEND_THE_WORKBOOK),
    (b"{\\rtf", "a text document (.rtf)", SEND_THE_WORKBOOK),
    (b"Rar!", "a packed folder (.rar)", UNPACK),
    (b"7z\xbc\xaf", "a packed folder (.7z)", UNPACK),
    (b"\x1f\x8b", "a packed file (.gz)", UNPACK),
    (b"BZh", "a packed file (.bz2)", UNPACK),
    (b"\xfd7zXZ\0", "a packed file (.xz)", UNPACK),
    (b"\x89PNG", "a picture", SEND_THE_WORKBOOK),
    (b"\xff\xd8\xff", "a picture", SEND_THE_WORKBOOK),
    (b"GIF8", "a picture", SEND_THE_WORKBOOK),
    (b"II*\0", "a picture", SEND_THE_WORKBOOK),
    (b"MM\0*", "a picture", SEND_THE_WORKBOOK),
    (b"MZ", "a program", "Do not open it; show it to your IT service"),
    (b"L\0\0\0\x01\x14\x02\0", "a shortcut of Windows (.lnk)", FETCH),
    (b"bplist00", "a link or placeholder of a Mac (.webloc, .icloud)", FETCH),
    (b"\x78\x9f\x3e\x22", "an attachment of Outlook (winmail.dat) that hides what was attached", SEND_AGAIN),
    (b"\x76\xe8\x04\x60", "a protected e-mail (.rpmsg)", SAVE_THE_ATTACHMENT),
    (b"\0\x01\0\0Standard ", "an Access database", SEND_THE_WORKBOOK),
];

/// What the file is by its first bytes; `None` where they tell nothing.
pub(super) fn by_signature(bytes: &[u8]) -> Option<NotRead> {
    let named = |what, advice| Some(NotRead::NotASpreadsheet { what, advice });
    if let Some((_, what, advice)) = SIGNATURES.iter().find(|(start, ..)| bytes.starts_with(start)) {
        return named(what, advice);
    }
    // Pictures that say their kind after a length: of phones, of web pages.
    if matches!(bytes.get(4..12), Some(b"ftypheic" | b"ftypheix" | b"ftypmif1" | b"ftypavif"))
        || (bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"))
        || is_bitmap(bytes)
    {
        return named("a picture", SEND_THE_WORKBOOK);
    }
    if bytes.get(..1024).unwrap_or(bytes).windows(5).any(|part| part == b"%PDF-") {
        return named("a PDF document", SEND_THE_WORKBOOK);
    }
    None
}

/// `BM`, and the size of the file.
fn is_bitmap(bytes: &[u8]) -> bool {
    let size = bytes.get(2..6).and_then(|size| <[u8; 4]>::try_from(size).ok());
    bytes.starts_with(b"BM") && size.map(u32::from_le_bytes) == u32::try_from(bytes.len()).ok()
}

/// What a text in lower case, without blanks before it, is besides a table, a page or XML; `None` where it tells nothing.
pub(super) fn by_words(lower: &str) -> Option<NotRead> {
    let named = |what, advice| Some(NotRead::NotASpreadsheet { what, advice });
    if lower.starts_with("[internetshortcut]") || lower.starts_with("[{000214a0-") {
        return named("a shortcut to a page (.url)", FETCH);
    }
    if lower.starts_with("<?xml") && lower.contains("<plist") && lower.contains("<key>url</key>") {
        return named("a link of a Mac (.webloc)", FETCH);
    }
    if lower.starts_with('{')
        && ["docs.google.com", "\"doc_id\"", "\"resource_id\""].iter().any(|sign| lower.contains(sign))
    {
        return named(
            "a link to a document of Google (.gsheet)",
            "It holds nothing but the place of the document: open it, download it as a workbook (File > Download > Microsoft \
             Excel) and put that into the folder",
        );
    }
    if lower.starts_with('<')
        && lower.contains("<html")
        && ["login.microsoftonline", "sign in to your account", "accounts.google.com/"]
            .iter()
            .any(|sign| lower.contains(sign))
    {
        return named(
            "a page that asks to sign in, saved in place of the workbook",
            "Open the link in the e-mail again, sign in, and download the workbook itself",
        );
    }
    if lower.starts_with("<svg") || (lower.starts_with("<?xml") && lower.contains("<svg")) {
        return named("a picture", SEND_THE_WORKBOOK);
    }
    if is_mail(lower) {
        // Those of the whole: a picture in the text of an e-mail is related to it too.
        let headers = lower.split_once("\n\n").map_or(lower, |(headers, _)| headers);
        let headers = headers.split_once("\r\n\r\n").map_or(headers, |(headers, _)| headers);
        let is_page = ["content-type: multipart/related", "snapshot-content-location:", "x-document-type: workbook"]
                .iter()
                .any(|sign| headers.contains(sign))
                && !headers.contains("\nto:")
                // No server hands a page on.
                && !headers.starts_with("received:")
                && !headers.contains("\nreceived:");
        return if is_page {
            named(
                "a web archive (.mht)",
                "Open it in Excel and save it as .xlsx (File > Save As > Excel Workbook), or ask the provider for the workbook",
            )
        } else {
            named(MAIL, SAVE_THE_ATTACHMENT)
        };
    }
    lower.starts_with("-----begin pkcs7").then_some(NotRead::NotASpreadsheet {
        what: "a signed or encrypted e-mail",
        advice: SAVE_THE_ATTACHMENT,
    })
}

/// Two header lines of a mail before its first blank line.
fn is_mail(lower: &str) -> bool {
    const HEADERS: [&str; 9] = [
        "from:",
        "to:",
        "received:",
        "return-path:",
        "mime-version:",
        "message-id:",
        "delivered-to:",
        "content-type:",
        "subject:",
    ];
    lower
        .lines()
        .take_while(|line| !line.trim().is_empty())
        .filter(|line| HEADERS.iter().any(|header| line.starts_with(header)))
        .count()
        >= 2
}

/// What a document of the OpenDocument family is that is no spreadsheet, by its `mimetype`.
pub(super) fn open_document(mimetype: &str) -> NotRead {
    let kind = mimetype.trim_start_matches("application/vnd.oasis.opendocument.");
    let what = match kind.split(['-', '\r', '\n', ' ']).next() {
        Some("text") => "an OpenDocument text (.odt)",
        Some("presentation") => "an OpenDocument presentation (.odp)",
        Some("graphics" | "image") => "an OpenDocument drawing (.odg)",
        _ => "an OpenDocument document",
    };
    NotRead::NotASpreadsheet { what, advice: SEND_THE_WORKBOOK }
}

/// A zip folder that is no document of its own, by the names in it.
pub(super) fn zip_folder<'a>(names: impl Iterator<Item = &'a str>) -> NotRead {
    const WORKBOOKS: [&str; 6] = [".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv"];
    let mut workbooks = names.filter(|name| {
        let lower = name.to_lowercase();
        let own = lower.rsplit(['/', '\\']).next().unwrap_or(&lower);
        // Packing on a Mac leaves a shadow of every file.
        !own.starts_with('.')
            && !own.starts_with("~$")
            && WORKBOOKS.iter().any(|ending| own.ends_with(ending))
    });
    match (workbooks.next(), workbooks.count()) {
        (Some(name), 0) => NotRead::PackedWorkbook { name: fit_for_showing(name) },
        (Some(_), more) => NotRead::PackedWorkbooks { count: more + 1 },
        (None, _) => NotRead::NotASpreadsheet {
            what: "a zip folder without a workbook in it",
            advice: SEND_THE_WORKBOOK,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bitmap() -> Vec<u8> {
        let mut bytes = vec![0; 64];
        bytes[..6].copy_from_slice(b"BM\x40\0\0\0");
        bytes
    }

    #[test]
    fn tells_files_by_their_first_bytes() {
        for (bytes, part) in [
            (b"L\0\0\0\x01\x14\x02\0\0\0".to_vec(), "shortcut of Windows"),
            (b"bplist00\xd1".to_vec(), ".webloc"),
            (b"\0\0\0\x18ftypheic\0\0".to_vec(), "picture"),
            (b"RIFF\x10\0\0\0WEBPVP8 ".to_vec(), "picture"),
            (bitmap(), "picture"),
            (b"\x78\x9f\x3e\x22\x01".to_vec(), "winmail.dat"),
            (b"\0\x01\0\0Standard ACE DB\0".to_vec(), "Access"),
            (b"\n%PDF-1.7".to_vec(), "PDF"),
        ] {
            let refusal = by_signature(&bytes).unwrap().to_string();
            assert!(refusal.contains(part), "{refusal} <- {part}");
        }
        for bytes in [&b"BM, as agreed"[..], b"RIFF", b"", b"KPI,Value"] {
            assert_eq!(by_signature(bytes), None);
        }
    }

    #[test]
    fn tells_texts_by_their_words() {
        for (text, part) in [
            ("[internetshortcut]\r\nurl=https://council.example/", ".url"),
            ("<?xml version=\"1.0\"?><!doctype plist><plist><dict><key>url</key>", ".webloc"),
            ("{\"url\": \"https://docs.google.com/open?id=1\", \"doc_id\": \"1\"}", ".gsheet"),
            ("<!doctype html><html><title>sign in to your account</title>", "sign in"),
            ("from: a@provider.example\nsubject: return\n\nhello", "an e-mail"),
            ("mime-version: 1.0\ncontent-type: multipart/related; boundary=\"a\"\n\nsee", "web archive"),
            ("from: a\nto: b\ncontent-type: multipart/related\n\nx", "an e-mail"),
            ("<svg xmlns=\"\">", "picture"),
        ] {
            let refusal = by_words(text).unwrap().to_string();
            assert!(refusal.contains(part), "{refusal} <- {part}");
        }
        for text in ["kpi,value\n1,2", "{\"a\": 1}", "<html><table>", "from: here, to: there\n"] {
            assert_eq!(by_words(text), None, "{text}");
        }
    }

    #[test]
    fn says_what_a_zip_folder_holds() {
        for (names, part) in [
            (
                &["Returns/March.xlsx", "__MACOSX/Returns/._March.xlsx", "note.txt"][..],
                "“Returns/March.xlsx”",
            ),
            (&["a.xlsx", "b/B.XLS", "c.csv"], "3 workbooks"),
            (&["a.docx"], "without a workbook"),
            (&[], "without a workbook"),
        ] {
            let refusal = zip_folder(names.iter().copied()).to_string();
            assert!(refusal.contains(part), "{refusal} <- {part}");
        }
    }

    #[test]
    fn names_documents_of_the_open_document_family() {
        for (kind, part) in [("text", ".odt"), ("presentation-template", ".odp"), ("formula", "document")] {
            let refusal = open_document(&format!("application/vnd.oasis.opendocument.{kind}")).to_string();
            assert!(refusal.contains(part), "{refusal} <- {part}");
        }
    }
}
