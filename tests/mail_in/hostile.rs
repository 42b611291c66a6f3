//! E-mails that are odd, broken or made to do harm: each is named, and the sound return beside it is read.

use std::io::Write;

use super::*;

/// What a run says of this e-mail beside a sound return.
fn beside_a_sound_return(bytes: &[u8]) -> Told {
    let workspace = workspace();
    workspace.drop_bytes("sound.eml", &september("2025-10-13", ADDRESS));
    workspace.drop_bytes("odd.eml", bytes);
    let told = run(&workspace, "2025-12-12");
    assert_eq!(told.state(), "2025-10-13 on-time 1");
    told
}

#[test]
fn what_is_no_workbook_is_named_as_a_dropped_file_is() {
    let head = headers("2025-10-10", ADDRESS);
    let tnef = b"\x78\x9f\x3e\x22\x01\x00".as_slice();
    let told =
        beside_a_sound_return(&mail(&head, "x", &[("winmail.dat", tnef), ("letter.pdf", b"%PDF-1.7 x")]));
    let said = told.unrecognised();
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(said[0].starts_with("returns/odd.eml/letter.pdf: this is a PDF document"), "{}", said[0]);
    assert!(
        said[1].starts_with("returns/odd.eml/winmail.dat: ") && said[1].contains("not as Rich Text"),
        "{}",
        said[1]
    );
    let said = beside_a_sound_return(&mail(&head, "No attachment.", &[])).unrecognised();
    assert!(
        said.len() == 1 && said[0].starts_with("returns/odd.eml: this e-mail has no attachment"),
        "{said:?}"
    );
    assert!(said[0].contains("download the workbook"));
}

#[test]
fn names_made_to_mislead_lead_nowhere() {
    let workspace = workspace();
    let book = workbook();
    let names = [
        "../../register.xlsx",
        "C:\\Windows\\a.xlsx",
        "CON.xlsx",
        "slx.\u{202e}xslx.exe",
        "a\r\nb.xlsx",
        "a.xlsx",
        "A.XLSX",
    ];
    let attached: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, book.as_slice())).collect();
    workspace.drop_bytes("a.eml", &mail(&headers("2025-10-13", ADDRESS), "x", &attached));
    workspace.write_register();
    let before = std::fs::read(workspace.path().join("register.xlsx")).unwrap();
    let told = run(&workspace, "2025-12-12");
    assert_eq!(told.state(), "2025-10-13 on-time 1");
    let ledger = std::fs::read_to_string(workspace.path().join("receipts.jsonl")).unwrap();
    let seen: Vec<String> = ledger
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .filter_map(|line| Some(line["file"].as_str()?.to_string()))
        .collect();
    assert_eq!(
        seen,
        [
            "returns/a.eml",
            "returns/a.eml/A (3).XLSX",
            "returns/a.eml/_CON.xlsx",
            "returns/a.eml/a (2).xlsx",
            "returns/a.eml/a b.xlsx",
            "returns/a.eml/a.xlsx",
            "returns/a.eml/register.xlsx",
            "returns/a.eml/slx.xslx.exe",
        ]
    );
    assert_eq!(std::fs::read_dir(workspace.path().join("returns")).unwrap().count(), 1);
    // The register was written anew with the same content, and by nobody else.
    assert_eq!(before.len(), std::fs::read(workspace.path().join("register.xlsx")).unwrap().len());
}

#[test]
fn a_forwarded_e_mail_counts_from_when_it_was_sent_on() {
    let workspace = workspace();
    let inner = september("2025-10-13", ADDRESS);
    let outer =
        mail(&headers("2025-10-15", "officer@council.example"), "Forwarded.", &[("KPI return.eml", &inner)]);
    workspace.drop_bytes("fw.eml", &outer);
    let told = run(&workspace, "2025-12-12");
    assert_eq!(told.state(), "2025-10-15 late 1");
    assert!(told.findings("sender-not-in-register").is_empty(), "the attached e-mail is the provider's");
    assert_eq!(told.unrecognised(), Vec::<String>::new());
    // Both in the folder: the earlier one is when it came.
    workspace.drop_bytes("first.eml", &inner);
    assert_eq!(run(&workspace, "2025-12-12").state(), "2025-10-13 on-time 1");
    // Two levels deep it is named.
    let deeper = mail(&headers("2025-10-16", ADDRESS), "x", &[("outer.eml", &outer)]);
    let said = beside_a_sound_return(&deeper).unrecognised();
    assert!(
        said.len() == 1 && said[0].contains("returns/odd.eml/KPI return.eml: this is an e-mail"),
        "{said:?}"
    );
}

#[test]
fn a_bomb_attached_costs_nobody_else() {
    let mut package = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    package.start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default()).unwrap();
    for _ in 0..200 {
        package.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let bomb = package.finish().unwrap().into_inner();
    let said = beside_a_sound_return(&mail(&headers("2025-10-10", ADDRESS), "x", &[("bomb.xlsx", &bomb)]))
        .unrecognised();
    assert!(said.len() == 1 && said[0].starts_with("returns/odd.eml/bomb.xlsx: "), "{said:?}");
}

#[test]
fn an_e_mail_nested_without_end_is_named() {
    let head = headers("2025-10-10", ADDRESS);
    for part in
        ["Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", "Content-Type: message/rfc822\r\n\r\n"]
    {
        let bytes = format!("{head}{}", part.repeat(10_000));
        let said = beside_a_sound_return(bytes.as_bytes()).unrecognised();
        assert!(said.len() == 1 && said[0].contains("more than 500 parts within parts"), "{said:?}");
    }
}

#[test]
fn what_cannot_be_taken_apart_is_named_with_what_to_do() {
    for (file, bytes) in [
        ("broken.eml", b"From: a\r\nMIME-Version: 1.0\r\nSubject: nothing\r\n\r\n".to_vec()),
        (
            "sealed.eml",
            [headers("2025-10-10", ADDRESS).as_bytes(), b"Content-Type: application/pkcs7-mime\r\n\r\nAAAA"]
                .concat(),
        ),
    ] {
        let workspace = workspace();
        workspace.drop_bytes(file, &bytes);
        let said = run(&workspace, "2025-12-12").unrecognised();
        assert!(
            said.len() == 1 && said[0].contains("save the attached workbook into the folder"),
            "{said:?}"
        );
    }
}

#[test]
fn an_ignored_e_mail_is_left_alone() {
    for file in ["September.eml", "September.eml/HA September 2025.xlsx"] {
        let mut workspace = workspace();
        workspace.drop_bytes("September.eml", &september("2025-10-13", ADDRESS));
        workspace.record("Ignored", [("File", file.into()), ("Reason", "Sent by mistake".into())]);
        let told = run(&workspace, "2025-12-12");
        assert_eq!(told.state(), "none missing 0", "{file}");
        assert_eq!(told.unrecognised().len(), 0, "{file}: {:?}", told.unrecognised());
    }
}

#[test]
fn an_e_mail_of_outlook_is_read_likewise() {
    let workspace = workspace();
    let mut container = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    let mut put = |path: &str, bytes: &[u8]| container.create_stream(path).unwrap().write_all(bytes).unwrap();
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    put("/__properties_version1.0", &[0; 32]);
    put("/__substg1.0_007D001F", &utf16(&headers("2025-10-15", ADDRESS)));
    container.create_storage("/__attach_version1.0_#00000000").unwrap();
    let mut put = |path: &str, bytes: &[u8]| container.create_stream(path).unwrap().write_all(bytes).unwrap();
    put("/__attach_version1.0_#00000000/__substg1.0_3707001F", &utf16("HA September 2025.xlsx"));
    put("/__attach_version1.0_#00000000/__substg1.0_37010102", &workbook());
    workspace.drop_bytes("September.msg", &container.into_inner().into_inner());
    let told = run(&workspace, "2025-12-12");
    assert_eq!(told.state(), "2025-10-15 late 1");
    assert_eq!(told.september()["versions"][0]["file"], "returns/September.msg/HA September 2025.xlsx");
    // Cut short it is named, with how to save it otherwise.
    let whole = std::fs::read(workspace.path().join("returns/September.msg")).unwrap();
    workspace.drop_bytes("September.msg", &whole[..whole.len() / 2]);
    let said = run(&workspace, "2025-12-12").unrecognised();
    assert!(said.len() == 1 && said[0].contains("as .eml"), "{said:?}");
}
