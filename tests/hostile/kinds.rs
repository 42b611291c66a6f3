//! Files of other kinds, broken: old and binary workbooks, delimited text, and what is no workbook at all.

use super::package::{filler, workbook};
use super::run::{each_ends_in_a_line, sample};

/// A container of old Office documents with a stream of this name, whose allocation table runs in a circle.
fn container(stream: &str) -> Vec<u8> {
    let mut bytes = vec![0; 512 * 4];
    bytes[..8].copy_from_slice(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    for (at, value) in [(24, 0x003e_u16), (26, 3), (28, 0xfffe), (30, 9), (32, 6)] {
        bytes[at..at + 2].copy_from_slice(&value.to_le_bytes());
    }
    let far = u32::MAX - 1;
    for (at, value) in [(44, 1_u32), (48, 1), (56, 4096), (60, far), (64, 0), (68, far), (72, 0), (76, 0)] {
        bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
    }
    for at in (80..512).step_by(4) {
        bytes[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    }
    // The table: itself, the directory after the directory, the stream after the stream.
    for (sector, next) in [(0, u32::MAX - 2), (1, 1), (2, 2)] {
        bytes[512 + sector * 4..516 + sector * 4].copy_from_slice(&u32::to_le_bytes(next));
    }
    for (place, (name, kind, start)) in [("Root Entry", 5, far), (stream, 2, 2)].into_iter().enumerate() {
        let entry = 1024 + place * 128;
        let name: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        bytes[entry..entry + name.len()].copy_from_slice(&name);
        bytes[entry + 64..entry + 66].copy_from_slice(&(name.len() as u16).to_le_bytes());
        bytes[entry + 66] = kind;
        bytes[entry + 68..entry + 80].fill(0xff);
        bytes[entry + 116..entry + 120].copy_from_slice(&start.to_le_bytes());
        bytes[entry + 120..entry + 124].copy_from_slice(&0x7fff_ffff_u32.to_le_bytes());
    }
    bytes
}

fn binary(workbook_part: &[u8]) -> Vec<u8> {
    let types = br#"<Types><Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>"#;
    let related = br#"<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.bin"/></Relationships>"#;
    workbook(&[("[Content_Types].xml", types), ("_rels/.rels", related), ("xl/workbook.bin", workbook_part)])
}

#[test]
fn other_spreadsheets_that_are_broken() {
    let xls = &["old Excel (.xls)", "damaged", "incomplete"];
    let mut line = b"KPI,".to_vec();
    line.extend(filler(60 << 20));
    each_ends_in_a_line(vec![
        sample("circle.xls", container("Workbook"), xls),
        sample("circle-book.xls", container("Book"), xls),
        sample(
            "cut.xls",
            container("Workbook")[..1200].to_vec(),
            &["old Excel (.xls)", "damaged", "incomplete", "cannot be told"],
        ),
        sample("records.xlsb", binary(&[0x9c, 0x01, 0xff, 0xff, 0xff, 0x7f, 0x00]), &["(.xlsb)", "damaged"]),
        sample("empty.xlsb", binary(b""), &["(.xlsb)", "damaged", "no worksheet"]),
        sample("line.csv", line, &["larger than 50 MB"]),
    ]);
}

#[test]
fn what_is_no_workbook_is_named() {
    let zip = |names: &[&str]| {
        let parts: Vec<(String, Vec<u8>)> =
            names.iter().map(|name| ((*name).to_string(), b"x".to_vec())).collect();
        super::package::zipped(&parts)
    };
    each_ends_in_a_line(vec![
        sample("password.xlsx", container("EncryptedPackage"), &["protected with a password"]),
        sample("mail.xlsx", container("__properties_version1.0"), &["an e-mail that cannot be taken apart"]),
        sample(
            "mail.eml",
            b"From: a@provider.example\r\nTo: b@council.example\r\nSubject: Return\r\n\r\nHere.".to_vec(),
            &["this e-mail has no attachment"],
        ),
        sample(
            "page.mht",
            b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related\r\n\r\n"
                .to_vec(),
            &["(.mht)"],
        ),
        sample(
            "shortcut.lnk",
            b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0F".to_vec(),
            &["a shortcut of Windows"],
        ),
        sample(
            "return.url",
            b"[InternetShortcut]\r\nURL=https://provider.example/return.xlsx\r\n".to_vec(),
            &["(.url)"],
        ),
        sample(
            "return.gsheet",
            b"{\"url\":\"https://docs.google.com/open?id=1\",\"doc_id\":\"1\"}".to_vec(),
            &["(.gsheet)"],
        ),
        sample("one.zip", zip(&["March.xlsx", "readme.txt"]), &["with the workbook “March.xlsx” in it"]),
        sample("several.zip", zip(&["March.xlsx", "April.xls"]), &["2 workbooks"]),
        sample("none.zip", zip(&["readme.txt"]), &["without a workbook"]),
        sample("letter.pdf", b"%PDF-1.7\n".to_vec(), &["a PDF document"]),
        sample("scan.png", b"\x89PNG\r\n\x1a\n".to_vec(), &["a picture"]),
        sample("letter.odt", zip_with_type(), &["(.odt)"]),
        sample("empty.xlsx", Vec::new(), &["0 bytes"]),
        sample("hollow.xlsx", vec![0; 9000], &["not copied or synchronised to the end"]),
        sample("~$return.xlsx", b"\x05Clerk".to_vec(), &["lock file of Excel"]),
        sample("return.xlsx.crdownload", b"PK\x03\x04".to_vec(), &["unfinished download"]),
    ]);
}

fn zip_with_type() -> Vec<u8> {
    super::package::zipped(&[("mimetype".to_string(), b"application/vnd.oasis.opendocument.text".to_vec())])
}
