//! E-mails made in memory, as mail programs, gateways and strangers write them.

use std::io::Write;

use proptest::prelude::*;

use super::*;

const WORKBOOK: &[u8] = b"PK\x03\x04 not looked into here \x00\xff\x1a";

/// Base64 in lines of 76 letters.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for (index, three) in bytes.chunks(3).enumerate() {
        if index > 0 && index % 19 == 0 {
            text.push_str("\r\n");
        }
        let word =
            three.iter().fold(0u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            text.push(if place <= three.len() {
                char::from(LETTERS[(word >> (18 - 6 * place)) as usize & 63])
            } else {
                '='
            });
        }
    }
    text
}

/// A part with its headers.
fn part(headers: &str, body: &str) -> String {
    format!("{headers}\r\n\r\n{body}\r\n")
}

fn workbook_part(name: &str) -> String {
    part(
        &format!(
            "Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;\r\n\tname=\"{name}\"\r\n\
             Content-Disposition: attachment; filename=\"{name}\"\r\nContent-Transfer-Encoding: base64"
        ),
        &base64(WORKBOOK),
    )
}

const HEADERS: &str = "Received: from mx.council.example (192.0.2.7) by mail.council.example\r\n (192.0.2.1; local) with ESMTPS id 7;\r\n\
     \tTue, 9 Dec 2025 16:40:12 +0000 (UTC)\r\n\
     Received: from harbour.example by mx.council.example; Mon, 1 Dec 2025 09:00:00 +0000\r\n\
     Date: Mon, 1 Dec 2025 08:59:00 +0000\r\nFrom: Returns <KPI@harbour.example>\r\nSubject: KPI\r\n return\r\n\
     MIME-Version: 1.0";

fn mixed(headers: &str, parts: &[String]) -> Vec<u8> {
    let mut text =
        format!("{headers}\r\nContent-Type: multipart/mixed; boundary=\"=_b\"\r\n\r\nA preamble.\r\n");
    for part in parts {
        text.push_str("--=_b\r\n");
        text.push_str(part);
    }
    text.push_str("--=_b--\r\n");
    text.into_bytes()
}

fn opened(bytes: &[u8]) -> Mail {
    read(MailFormat::Internet, bytes).unwrap()
}

fn names(mail: &Mail) -> Vec<&str> {
    mail.attachments.iter().map(|own| own.name.as_str()).collect()
}

#[test]
fn takes_apart_what_a_mail_program_sends() {
    let alternative = "Content-Type: multipart/related; boundary=r\r\n\r\n--r\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n\
         --a\r\nContent-Type: text/plain\r\n\r\nPlease find attached.\r\n--a\r\nContent-Type: text/html\r\n\r\n<p>Please</p>\r\n--a--\r\n\
         --r\r\nContent-Type: image/png; name=\"image001.png\"\r\nContent-ID: <image001.png@01DC>\r\n\
         Content-Disposition: inline; filename=\"image001.png\"\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--r--\r\n"
        .to_string();
    let card = part(
        "Content-Type: text/x-vcard; name=me.vcf\r\nContent-Disposition: attachment; filename=me.vcf",
        "BEGIN:VCARD",
    );
    let footer = part(
        "Content-Type: text/plain; name=ATT00001.txt\r\nContent-Disposition: attachment; filename=ATT00001.txt",
        "Private.",
    );
    let letter = part(
        "Content-Type: application/pdf; name=letter.pdf\r\nContent-Disposition: attachment; filename=letter.pdf",
        "%PDF-1.7",
    );
    let scan = part(
        "Content-Type: image/png; name=scan.png\r\nContent-Disposition: attachment; filename=scan.png",
        "x",
    );
    let bytes = mixed(HEADERS, &[alternative, workbook_part("kpi.xlsx"), card, letter, scan, footer]);
    assert_eq!(format("returns/a", &bytes), Some(MailFormat::Internet));
    let mail = opened(&bytes);
    assert_eq!(names(&mail), ["kpi.xlsx", "letter.pdf", "scan.png"]);
    assert_eq!(mail.attachments[0].bytes, WORKBOOK);
    assert_eq!(
        (mail.senders, mail.subject.as_str()),
        (vec!["kpi@harbour.example".to_string()], "KPI return")
    );
    assert_eq!(mail.received.unwrap().to_string(), "2025-12-09", "the topmost, not the one below or Date");
}

#[test]
fn names_are_decoded_as_they_are_coded() {
    for (disposition, name) in [
        ("attachment; filename*=UTF-8''KPI%20%E2%80%93%20Q1.xlsx", "KPI – Q1.xlsx"),
        (
            "attachment;\r\n filename*0*=UTF-8''KPI%20;\r\n filename*1*=%E2%80%93%20Q1;\r\n filename*2=\".xlsx\"",
            "KPI – Q1.xlsx",
        ),
        ("attachment; filename=\"=?utf-8?B?S1BJIOKAkyBRMS54bHN4?=\"", "KPI – Q1.xlsx"),
        ("attachment; filename=\"=?iso-8859-1?Q?Caf=E9.xlsx?=\"", "Café.xlsx"),
        ("attachment; filename=kpi.xlsx", "kpi.xlsx"),
        ("attachment", "attachment"),
    ] {
        let headers = format!(
            "Content-Type: application/octet-stream\r\nContent-Disposition: {disposition}\r\nContent-Transfer-Encoding: base64"
        );
        let mail = opened(&mixed(HEADERS, &[part(&headers, &base64(WORKBOOK))]));
        assert_eq!(names(&mail), [name], "{disposition}");
    }
}

#[test]
fn what_is_attached_keeps_its_bytes() {
    // A CSV of Windows-1252 must not become UTF-8.
    let csv = b"KPI;Caf\xe9\r\n1;\xa3 2\r\n";
    for (encoding, body) in
        [("base64", base64(csv)), ("quoted-printable", "KPI;Caf=E9\r\n1;=A3 2=0D=0A=\r\n".to_string())]
    {
        let headers = format!(
            "Content-Type: text/csv; charset=windows-1252; name=a.csv\r\nContent-Disposition: attachment; filename=a.csv\r\n\
             Content-Transfer-Encoding: {encoding}"
        );
        assert_eq!(opened(&mixed(HEADERS, &[part(&headers, &body)])).attachments[0].bytes, csv, "{encoding}");
    }
}

#[test]
fn an_e_mail_that_is_nothing_but_its_workbook_is_read() {
    let bytes = format!("{HEADERS}\r\n{}", workbook_part("kpi.xlsx"));
    assert_eq!(opened(bytes.as_bytes()).attachments[0].bytes, WORKBOOK);
}

#[test]
fn a_forwarded_e_mail_is_opened_one_level_deep() {
    let inner_headers = "Received: from x by y; Fri, 5 Dec 2025 10:00:00 +0000\r\nFrom: data@harbour.example\r\nSubject: Inner\r\n\
                         MIME-Version: 1.0";
    let forwarded = |inner: &[u8]| part("Content-Type: message/rfc822", std::str::from_utf8(inner).unwrap());
    let inner = mixed(&inner_headers.replace("=_b", "=_i"), &[workbook_part("kpi.xlsx")]);
    let inner = String::from_utf8(inner).unwrap().replace("=_b", "=_i").into_bytes();
    let outer = mixed(HEADERS, &[forwarded(&inner), workbook_part("other.xlsx")]);
    let mail = opened(&outer);
    assert_eq!(names(&mail), ["kpi.xlsx", "other.xlsx"]);
    assert_eq!(mail.attachments[0].bytes, WORKBOOK);
    assert_eq!(mail.attachments[0].senders, ["data@harbour.example", "kpi@harbour.example"]);
    assert_eq!(mail.attachments[1].senders, ["kpi@harbour.example"]);
    assert_eq!(mail.received.as_ref().unwrap().to_string(), "2025-12-09", "the outer one's");
    // As a file, coded.
    let coded = part(
        "Content-Type: application/octet-stream; name=fw.eml\r\nContent-Disposition: attachment; filename=fw.eml\r\n\
         Content-Transfer-Encoding: base64",
        &base64(&inner),
    );
    assert_eq!(names(&opened(&mixed(HEADERS, std::slice::from_ref(&coded)))), ["kpi.xlsx"]);
    // Two levels: what is deeper goes on whole, to be named as an e-mail.
    let middle = String::from_utf8(mixed(inner_headers, &[coded])).unwrap().replace("=_b", "=_m");
    let mail = opened(&mixed(HEADERS, &[forwarded(middle.as_bytes())]));
    assert_eq!(names(&mail), ["fw.eml"]);
    assert_eq!(format("fw.eml", &mail.attachments[0].bytes), Some(MailFormat::Internet));
}

#[test]
fn who_sent_it_and_when_may_not_be_known() {
    let body = "MIME-Version: 1.0";
    for (headers, senders, dated) in [
        (format!("From: a@x.example, b@x.example\r\n{body}"), vec!["a@x.example", "b@x.example"], false),
        (
            format!("From: \"Kpi, Team\" <a@x.example>\r\nSender: c@x.example\r\n{body}"),
            vec!["a@x.example"],
            false,
        ),
        (format!("Sender: c@x.example\r\n{body}"), vec!["c@x.example"], false),
        (format!("From: nobody\r\n{body}"), vec![], false),
        (format!("Received: by x; Tue, 9 Dec 2025 16:40:12 +0000\r\n{body}"), vec![], true),
        (format!("X-Received: by x; Tue, 9 Dec 2025 16:40:12 +0000\r\n{body}"), vec![], false),
        (
            format!("Date: Tue, 9 Dec 2025 16:40:12 +0000\r\nFrom: a@x.example\r\n{body}"),
            vec!["a@x.example"],
            false,
        ),
        // The topmost counts even where it says nothing that can be used.
        (
            format!(
                "Received: by y\r\nReceived: by x; Tue, 9 Dec 2025 16:40:12 +0000\r\nFrom: a@x.example\r\n{body}"
            ),
            vec!["a@x.example"],
            false,
        ),
    ] {
        let mail = opened(&mixed(&headers, &[workbook_part("kpi.xlsx")]));
        assert_eq!(mail.senders, senders, "{headers}");
        assert_eq!(mail.received.is_ok(), dated, "{headers}");
    }
}

#[test]
fn what_is_no_e_mail_is_not_taken_for_one() {
    for (file, bytes, expected) in [
        ("a.eml", WORKBOOK.to_vec(), None),
        ("a.eml", Vec::new(), None),
        ("a.eml", b"%PDF-1.7".to_vec(), None),
        ("a.csv", b"KPI;Value\r\n1;2\r\n".to_vec(), None),
        ("a.eml", b"X-First: 1\r\nFrom: a@x.example\r\n\r\nText".to_vec(), Some(MailFormat::Internet)),
        ("a.txt", b"From: a@x.example\r\nTo: b@x.example\r\n\r\nText".to_vec(), Some(MailFormat::Internet)),
        (
            "a.mht",
            b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary=a\r\n\r\n".to_vec(),
            None,
        ),
        ("é.eml", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), None),
    ] {
        assert_eq!(format(file, &bytes), expected, "{file} {bytes:?}");
    }
    for bytes in [&b""[..], b"\r\n\r\n", b"no header here", b"\0\xff\0", b"Subject: x\r\n\r\ny"] {
        assert!(matches!(read(MailFormat::Internet, bytes), Err(NotOpened::Damaged(_))), "{bytes:?}");
        assert!(matches!(read(MailFormat::Outlook, bytes), Err(NotOpened::Damaged(_))), "{bytes:?}");
    }
}

#[test]
fn sealed_e_mails_are_named() {
    let bytes = format!(
        "{HEADERS}\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n\
         Content-Transfer-Encoding: base64\r\n\r\nAAAA\r\n"
    );
    assert_eq!(read(MailFormat::Internet, bytes.as_bytes()), Err(NotOpened::Sealed));
    // A signature beside open parts seals nothing.
    let signature = part(
        "Content-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Disposition: attachment; filename=smime.p7s",
        "AAAA",
    );
    assert_eq!(names(&opened(&mixed(HEADERS, &[workbook_part("kpi.xlsx"), signature]))), ["kpi.xlsx"]);
}

#[test]
fn limits_are_kept() {
    let many = vec![workbook_part("kpi.xlsx"); MAX_ATTACHMENTS + 1];
    assert_eq!(opened(&mixed(HEADERS, &many[1..])).attachments.len(), MAX_ATTACHMENTS);
    assert!(matches!(read(MailFormat::Internet, &mixed(HEADERS, &many)), Err(NotOpened::TooMuch(_))));
    for kind in
        ["multipart/mixed; boundary=b", "message/rfc822", "Message/Global", "multipart/digest; boundary=b"]
    {
        let deep = format!("{HEADERS}\r\n{}", format!("Content-Type: {kind}\r\n\r\n--b\r\n").repeat(10_000));
        assert!(matches!(read(MailFormat::Internet, deep.as_bytes()), Err(NotOpened::TooMuch(_))), "{kind}");
        // As deep as is let through.
        let deep = format!(
            "{HEADERS}\r\n{}",
            format!("Content-Type: {kind}\r\n\r\n--b\r\n").repeat(MAX_NESTING / 2)
        );
        let _ = read(MailFormat::Internet, deep.as_bytes());
    }
}

/// An e-mail of Outlook: its properties, and what is attached.
fn outlook(headers: &str, attached: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut container = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    message(&mut container, "", headers, attached);
    container.into_inner().into_inner()
}

type Making = cfb::CompoundFile<std::io::Cursor<Vec<u8>>>;

fn message(container: &mut Making, at: &str, headers: &str, attached: &[(&str, &str, &[u8])]) {
    put(container, &format!("{at}/__properties_version1.0"), &[0; 32]);
    text(container, at, "0037", "KPI return");
    text(container, at, "0C1F", "/O=EXCHANGE/CN=KPI");
    text(container, at, "5D01", "Backup@harbour.example");
    if !headers.is_empty() {
        text(container, at, "007D", headers);
    }
    for (number, (name, kind, bytes)) in attached.iter().enumerate() {
        let own = format!("{at}/__attach_version1.0_#{number:08X}");
        container.create_storage(&own).unwrap();
        text(container, &own, "3707", name);
        if kind.starts_with('<') {
            text(container, &own, "3712", kind);
        }
        put(container, &format!("{own}/__substg1.0_37010102"), bytes);
    }
}

fn put(container: &mut Making, path: &str, bytes: &[u8]) {
    container.create_stream(path).unwrap().write_all(bytes).unwrap();
}

fn text(container: &mut Making, at: &str, tag: &str, text: &str) {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    put(container, &format!("{at}/__substg1.0_{tag}001F"), &units);
}

#[test]
fn takes_apart_an_e_mail_of_outlook() {
    let attached: &[(&str, &str, &[u8])] = &[
        ("KPI – Q1.xlsx", "", WORKBOOK),
        ("image001.png", "<image001@01DC>", b"x"),
        ("letter.pdf", "", b"%PDF-1.7"),
    ];
    let bytes = outlook(HEADERS, attached);
    assert_eq!(format("returns/a.msg", &bytes), Some(MailFormat::Outlook));
    let mail = read(MailFormat::Outlook, &bytes).unwrap();
    assert_eq!(names(&mail), ["KPI – Q1.xlsx", "letter.pdf"]);
    assert_eq!(mail.attachments[0].bytes, WORKBOOK);
    assert_eq!((mail.senders[0].as_str(), mail.subject.as_str()), ("kpi@harbour.example", "KPI return"));
    assert_eq!(mail.received.unwrap().to_string(), "2025-12-09");
    // Sent within one organisation it has no headers.
    let mail = read(MailFormat::Outlook, &outlook("", attached)).unwrap();
    assert_eq!((mail.senders[0].as_str(), mail.received), ("backup@harbour.example", Err(Undated::NoHeader)));
}

#[test]
fn what_is_attached_to_a_forwarded_e_mail_of_outlook_is_kept_apart() {
    let mut container = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    message(&mut container, "", HEADERS, &[("outer.xlsx", "", b"PK\x03\x04 outer")]);
    let own = "/__attach_version1.0_#00000001";
    container.create_storage(own).unwrap();
    let inner = format!("{own}/__substg1.0_3701000D");
    container.create_storage(&inner).unwrap();
    message(
        &mut container,
        &inner,
        "From: data@harbour.example\r\nTo: x@council.example\r\n\r\n",
        &[("inner.xlsx", "", WORKBOOK)],
    );
    let mail = read(MailFormat::Outlook, &container.into_inner().into_inner()).unwrap();
    assert_eq!(names(&mail), ["outer.xlsx", "inner.xlsx"]);
    assert_eq!(
        (mail.attachments[0].bytes.as_slice(), mail.attachments[1].bytes.as_slice()),
        (&b"PK\x03\x04 outer"[..], WORKBOOK)
    );
    assert_eq!(mail.attachments[1].senders, ["data@harbour.example", "kpi@harbour.example"]);
}

proptest! {
    #[test]
    fn any_bytes_are_taken_apart_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for format in [MailFormat::Internet, MailFormat::Outlook] {
            let _ = reading::quietly(|| read(format, &bytes)).expect("no panic");
        }
    }

    #[test]
    fn a_sound_e_mail_with_any_byte_changed_is_taken_apart_or_refused(
        at in 0usize..2_000, byte in any::<u8>(), cut in 0usize..4_000, is_outlook in any::<bool>()
    ) {
        let mut bytes = if is_outlook {
            outlook(HEADERS, &[("kpi.xlsx", "", WORKBOOK)])
        } else {
            let inner = part("Content-Type: message/rfc822", "From: a@x.example\r\nSubject: b\r\n\r\nText");
            mixed(HEADERS, &[workbook_part("kpi.xlsx"), inner])
        };
        let length = bytes.len();
        bytes[at % length] = byte;
        bytes.truncate(length.saturating_sub(cut % length));
        let format = if is_outlook { MailFormat::Outlook } else { MailFormat::Internet };
        let _ = reading::quietly(|| read(format, &bytes)).expect("no panic");
    }

    #[test]
    fn any_workbook_comes_out_as_it_went_in(content in prop::collection::vec(any::<u8>(), 1..300)) {
        let mut bytes = b"PK\x03\x04".to_vec();
        bytes.extend(content);
        let sent = part(
            "Content-Type: application/octet-stream; name=a.xlsx\r\nContent-Disposition: attachment; filename=a.xlsx\r\n\
             Content-Transfer-Encoding: base64",
            &base64(&bytes),
        );
        prop_assert_eq!(&opened(&mixed(HEADERS, &[sent])).attachments[0].bytes, &bytes);
        let mail = read(MailFormat::Outlook, &outlook(HEADERS, &[("a.xlsx", "", &bytes)])).unwrap();
        prop_assert_eq!(&mail.attachments[0].bytes, &bytes);
    }
}
