//! What a file is, by its first bytes and its content, never by its extension: returns come as web pages named .xls and
//! as e-mails named .xlsx.

use serde::{Deserialize, Serialize};

use super::csv;
use super::other_files::{self, SAVE_THE_ATTACHMENT, SEND_THE_WORKBOOK};
use super::refusal::NotRead;

/// What delimited text is called until it is read.
const DELIMITED: &str = "delimited text (.csv)";
/// What an e-mail of Outlook is called.
const OUTLOOK: &str = "an Outlook e-mail (.msg)";
/// What a text is called that is nothing else.
const PLAIN_TEXT: &str = "a plain text file";
const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// How a file that may be a workbook is wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrapping {
    /// A zip package.
    Package,
    /// An OLE container with the workbook stream of Excel 5.0 to 2003.
    Container,
    /// That stream alone, as some programs write it.
    Stream,
    /// Delimited text.
    Text,
}

/// What a package holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packaged {
    /// A workbook of Excel 2007 and later.
    Xlsx,
    /// The same in binary parts.
    Xlsb,
    /// An OpenDocument spreadsheet.
    Ods,
}

/// How an e-mail is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MailFormat {
    /// As it goes over the wire (`.eml`).
    Internet,
    /// As Outlook for Windows saves it (`.msg`).
    Outlook,
}

/// How the e-mail in `bytes` is saved; `None` where they are none. What its headers do not tell in their first lines, the ending
/// `.eml` of its name does.
pub fn mail_format(file: &str, bytes: &[u8]) -> Option<MailFormat> {
    if bytes.starts_with(b"PK") {
        return None;
    }
    if bytes.starts_with(OLE) {
        let outlook = matches!(compound_document(bytes), Err(NotRead::NotASpreadsheet { what: OUTLOOK, .. }));
        return outlook.then_some(MailFormat::Outlook);
    }
    let named = file.get(file.len().saturating_sub(4)..).is_some_and(|end| end.eq_ignore_ascii_case(".eml"));
    // Its words go before signatures: a short e-mail may carry a PDF near its beginning.
    match text(bytes) {
        Some(NotRead::NotASpreadsheet { what: other_files::MAIL, .. }) => Some(MailFormat::Internet),
        None
        | Some(
            NotRead::NotASpreadsheet { what: PLAIN_TEXT, .. } | NotRead::OtherSpreadsheet { what: DELIMITED },
        ) if named && other_files::by_signature(bytes).is_none() && bytes.iter().any(|byte| *byte != 0) => {
            Some(MailFormat::Internet)
        }
        _ => None,
    }
}

/// How the file is wrapped, by its first bytes; else why it cannot be a workbook that is read.
pub(super) fn wrapping(bytes: &[u8]) -> Result<Wrapping, NotRead> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Ok(Wrapping::Package);
    }
    // A stream begins with the record that says which Excel wrote it: 5 and 7 (5.0, 95) or 8 (97 and later).
    if let [0x09, 0x08, _, 0x00, 0x00, 0x05 | 0x06, ..] = bytes {
        return Ok(Wrapping::Stream);
    }
    if bytes.starts_with(OLE) {
        return compound_document(bytes);
    }
    match refuse(bytes) {
        NotRead::OtherSpreadsheet { what: DELIMITED } => Ok(Wrapping::Text),
        refusal => Err(refusal),
    }
}

fn refuse(bytes: &[u8]) -> NotRead {
    if bytes.is_empty() {
        return NotRead::Empty;
    }
    if bytes.iter().all(|byte| *byte == 0) {
        return NotRead::Hollow;
    }
    if let Some(refusal) = other_files::by_signature(bytes) {
        return refusal;
    }
    // A bare BIFF stream of Excel 2 to 4, without a container.
    if let [0x09, 0x00 | 0x02 | 0x04 | 0x08, _, 0x00, ..] = bytes {
        return NotRead::OtherSpreadsheet { what: "a workbook of an Excel before 5.0 (.xls)" };
    }
    text(bytes).unwrap_or(NotRead::Unknown)
}

/// An OLE container: old Office documents, Outlook messages and every encrypted Office document.
fn compound_document(bytes: &[u8]) -> Result<Wrapping, NotRead> {
    let streams = streams(bytes);
    let has = |name: &str| streams.iter().any(|stream| stream.eq_ignore_ascii_case(name));
    Err(if has("EncryptedPackage") || has("EncryptionInfo") {
        NotRead::Protected
    } else if has("Workbook") || has("Book") {
        return Ok(Wrapping::Container);
    } else if has("WordDocument") {
        NotRead::NotASpreadsheet { what: "a Word document (.doc)", advice: SEND_THE_WORKBOOK }
    } else if has("PowerPoint Document") {
        NotRead::NotASpreadsheet { what: "a PowerPoint presentation (.ppt)", advice: SEND_THE_WORKBOOK }
    } else if has("__properties_version1.0") {
        NotRead::NotASpreadsheet { what: OUTLOOK, advice: SAVE_THE_ATTACHMENT }
    } else if is_cut_off(bytes) {
        NotRead::Truncated
    } else {
        NotRead::Unknown
    })
}

/// Whether the container's directory begins beyond the end of the file. Its header says in which sector, of 512 or 4,096 bytes.
fn is_cut_off(bytes: &[u8]) -> bool {
    let word = |at: usize| bytes.get(at..at + 2).map(|word| u16::from_le_bytes([word[0], word[1]]));
    let (Some(shift @ (9 | 12)), Some(low), Some(high)) = (word(30), word(48), word(50)) else {
        return false;
    };
    let sector = u64::from(high) << 16 | u64::from(low);
    (sector + 1) << shift >= bytes.len() as u64
}

/// The names in the container's directory. Entries of 128 bytes always stand at multiples of 128, so they are found
/// without following the allocation tables, which a damaged file may have lost.
fn streams(bytes: &[u8]) -> Vec<String> {
    bytes
        .chunks_exact(128)
        .filter_map(|entry| {
            let length = usize::from(u16::from_le_bytes([entry[64], entry[65]]));
            let kind = entry[66];
            if !(4..=64).contains(&length) || length % 2 != 0 || !matches!(kind, 1 | 2) {
                return None;
            }
            let units: Vec<u16> = entry[..length - 2]
                .chunks_exact(2)
                .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
                .collect();
            let ended = entry[length - 2..length] == [0, 0];
            if ended { String::from_utf16(&units).ok() } else { None }
        })
        .collect()
}

/// Web pages, e-mails, XML and delimited text; `None` when the bytes are no text.
fn text(bytes: &[u8]) -> Option<NotRead> {
    const LOOKED_AT: usize = 8192;
    let start = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    let text = match start {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        // Other encodings (Windows-1252) keep ASCII, which is all that is looked at.
        _ => String::from_utf8_lossy(start).into_owned(),
    };
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.chars().any(|c| c.is_control() && !c.is_whitespace()) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    if let Some(refusal) = other_files::by_words(&lower) {
        return Some(refusal);
    }
    let refusal =
        if lower.contains("urn:schemas-microsoft-com:office:spreadsheet") && lower.starts_with("<?xml") {
            NotRead::OtherSpreadsheet { what: "an XML spreadsheet of Excel 2003" }
        } else if ["<!doctype html", "<html", "<head", "<meta", "<body", "<table", "<style"]
            .iter()
            .any(|tag| lower.starts_with(tag))
            || (lower.starts_with('<') && lower.contains("<html"))
        {
            NotRead::OtherSpreadsheet { what: "a web page, perhaps named like a workbook" }
        } else if lower.starts_with("<?xml") {
            NotRead::NotASpreadsheet { what: "an XML file", advice: SEND_THE_WORKBOOK }
        } else if csv::is_delimited(text) {
            NotRead::OtherSpreadsheet { what: DELIMITED }
        } else {
            NotRead::NotASpreadsheet { what: PLAIN_TEXT, advice: SEND_THE_WORKBOOK }
        };
    Some(refusal)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

/// What a sound package is for, by its content types or its OpenDocument `mimetype`, and by the names in it.
pub(super) fn expect_workbook<'a>(
    content_types: &str,
    mimetype: &str,
    names: impl Iterator<Item = &'a str> + Clone,
) -> Result<Packaged, NotRead> {
    let has = |what: &str| content_types.contains(what);
    if has("spreadsheetml.sheet.main+xml")
        || has("spreadsheetml.template.main+xml")
        || has("ms-excel.sheet.macroEnabled.main+xml")
        || has("ms-excel.template.macroEnabled.main+xml")
        || has("ms-excel.addin.macroEnabled.main+xml")
    {
        return Ok(Packaged::Xlsx);
    }
    if has("ms-excel.sheet.binary.macroEnabled.main") {
        return Ok(Packaged::Xlsb);
    }
    for (sign, what) in [
        ("wordprocessingml.", "a Word document (.docx)"),
        ("ms-word.", "a Word document (.docm)"),
        ("presentationml.", "a PowerPoint presentation (.pptx)"),
        ("ms-powerpoint.", "a PowerPoint presentation (.pptm)"),
    ] {
        if has(sign) {
            return Err(NotRead::NotASpreadsheet { what, advice: SEND_THE_WORKBOOK });
        }
    }
    if mimetype.starts_with("application/vnd.oasis.opendocument.spreadsheet") {
        return Ok(Packaged::Ods);
    }
    if mimetype.starts_with("application/vnd.oasis.opendocument.") {
        return Err(other_files::open_document(mimetype));
    }
    if names.clone().any(|name| name.eq_ignore_ascii_case("Index/Document.iwa")) {
        return Err(NotRead::NotASpreadsheet {
            what: "an Apple Numbers spreadsheet",
            advice: "Ask the provider to export it to Excel (File > Export To > Excel)",
        });
    }
    Err(other_files::zip_folder(names))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn container(stream: &str) -> Vec<u8> {
        let mut bytes = vec![0; 1024];
        bytes[..8].copy_from_slice(OLE);
        let name: Vec<u8> = stream.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        bytes[640..640 + name.len()].copy_from_slice(&name);
        bytes[704..706].copy_from_slice(&(name.len() as u16).to_le_bytes());
        bytes[706] = 2;
        bytes
    }

    #[test]
    fn names_what_is_no_package() {
        for (bytes, part) in [
            (Vec::new(), "0 bytes"),
            (vec![0; 4096], "not copied or synchronised"),
            (container("EncryptedPackage"), "password"),
            (container("WordDocument"), "Word document"),
            (container("__properties_version1.0"), "Outlook e-mail"),
            (container("Something"), "cannot be told"),
            (OLE.to_vec(), "cannot be told"),
            (b"%PDF-1.7\n".to_vec(), "PDF"),
            (b"\n\n<html><table>".to_vec(), "web page"),
            (b"\xef\xbb\xbf<!DOCTYPE html>".to_vec(), "web page"),
            (
                b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">"
                    .to_vec(),
                "Excel 2003",
            ),
            (b"From: a@b.example\r\nSubject: Return\r\n\r\nHello".to_vec(), "an e-mail"),
            (b"From: here, to: there\n".to_vec(), "plain text"),
            (b"The March return, as agreed, comes on Friday.\n".to_vec(), "plain text"),
            (b"Sorry, the file is late;\nmore, I hope, tomorrow.\n".to_vec(), "plain text"),
            (b"Hello".to_vec(), "plain text"),
            (b"# Notes\nOne, two, three.\n".to_vec(), "plain text"),
            (b"\n\n".to_vec(), "plain text"),
            (b"{\\rtf1".to_vec(), ".rtf"),
            (b"PK\x05\x06".to_vec(), "empty zip"),
            (b"\x09\x04\x06\x00\x00\x04".to_vec(), "before 5.0 (.xls)"),
            (b"{\"a\": 1,\n\"b\": 2,\n\"c\": 3}\n".to_vec(), "plain text"),
            (b"\x01\x02\x03\x04".to_vec(), "cannot be told"),
        ] {
            let refusal = wrapping(&bytes).unwrap_err().to_string();
            assert!(refusal.contains(part), "{refusal} <- {part}");
        }
        let utf16: Vec<u8> =
            [0xff, 0xfe].into_iter().chain("KPI\tValue".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for (bytes, expected) in [
            (b"PK\x03\x04rest".to_vec(), Wrapping::Package),
            (container("Workbook"), Wrapping::Container),
            (container("Book"), Wrapping::Container),
            (b"\x09\x08\x10\x00\x00\x05".to_vec(), Wrapping::Stream),
            (b"KPI;Value;Note\n1;95%;fine, as agreed\n".to_vec(), Wrapping::Text),
            (b"KPI,Value\n1,95%\n".to_vec(), Wrapping::Text),
            (b"\xa3,Value\n".to_vec(), Wrapping::Text),
            (b"sep=;\r\nKPI return\r\n".to_vec(), Wrapping::Text),
            (b"KPI return,,\n,\"long,\nnote\",\nKPI,Value,Note\n".to_vec(), Wrapping::Text),
            (b"KPI return\nKPI,Value\n1,95%\n".to_vec(), Wrapping::Text),
            (utf16, Wrapping::Text),
        ] {
            assert_eq!(wrapping(&bytes), Ok(expected));
        }
    }

    #[test]
    fn tells_workbooks_from_other_packages() {
        let main = |kind: &str| format!("<Override PartName=\"/a\" ContentType=\"application/vnd.{kind}\"/>");
        let judge = |types: &str, mimetype: &str, names: &[&str]| {
            expect_workbook(types, mimetype, names.iter().copied()).map_err(|refusal| refusal.to_string())
        };
        for kind in [
            "openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "openxmlformats-officedocument.spreadsheetml.template.main+xml",
            "ms-excel.sheet.macroEnabled.main+xml",
        ] {
            assert_eq!(judge(&main(kind), "", &[]), Ok(Packaged::Xlsx), "{kind}");
        }
        assert_eq!(judge(&main("ms-excel.sheet.binary.macroEnabled.main"), "", &[]), Ok(Packaged::Xlsb));
        assert_eq!(judge("", "application/vnd.oasis.opendocument.spreadsheet", &[]), Ok(Packaged::Ods));
        for (types, mimetype, names, part) in [
            (main("openxmlformats-officedocument.wordprocessingml.document.main+xml"), "", &[][..], ".docx"),
            (main("openxmlformats-officedocument.presentationml.presentation.main+xml"), "", &[], ".pptx"),
            (String::new(), "application/vnd.oasis.opendocument.text", &[], ".odt"),
            (String::new(), "", &["Index/Document.iwa"], "Numbers"),
            (String::new(), "", &["return.xlsx"], "Unpack it"),
            (String::new(), "", &["return.xlsx", "another.xlsx"], "2 workbooks"),
        ] {
            let refusal = judge(&types, mimetype, names).unwrap_err();
            assert!(refusal.contains(part), "{refusal} <- {part}");
        }
    }
}
