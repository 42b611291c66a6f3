//! Boxes put into drawings of every kind and taken out again.

use super::*;

const ROOT: &str = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\">";

fn cell(text: &str) -> CellAddress {
    CellAddress::parse(text).unwrap()
}

fn with(text: &str, cells: &[&str], taken: &[u64]) -> Result<String, NotSafe> {
    let notes: Vec<(CellAddress, u32)> = cells.iter().map(|own| (cell(own), 100)).collect();
    Drawing::read("d", text)?.with(&Grid::of(""), &notes, || Ok(taken.iter().copied().collect()))
}

fn note(id: &str, row: u32, column: u32) -> String {
    format!(
        "<v:shape id=\"{id}\" type='#_x0000_t202'><x:ClientData ObjectType=\"Note\"><x:Anchor>\n 1, 2</x:Anchor><x:Row>\n{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
}

/// A button of Excel's, whose words are no XML.
const BUTTON: &str = "<v:shape id=\"_x0000_s2049\" o:spid=\"_x0000_s2050\"><v:textbox><div style='text-align:left'><font face=Calibri size=220>One<br>\ntwo &nbsp; & three</font></div></v:textbox><x:ClientData ObjectType=\"Button\"><x:Row>7</x:Row><x:Column>5</x:Column></x:ClientData></v:shape>";

#[test]
fn boxes_are_put_behind_what_is_there() {
    let map = |data: &str| {
        format!("<o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{data}\"/></o:shapelayout>")
    };
    for (text, head, ids) in [
        (EMPTY.to_string(), format!("{ROOT}{}", map("1")), ["_x0000_s1025", "_x0000_s1026"]),
        (
            format!("\u{feff}{ROOT}{}{}\n</xml>\n", map("2"), note("_x0000_s2050", 0, 0)),
            format!("\u{feff}{ROOT}{}{}\n", map("2"), note("_x0000_s2050", 0, 0)),
            ["_x0000_s2049", "_x0000_s2051"],
        ),
        (
            format!("{ROOT}{}{BUTTON}</xml>", map("2")),
            format!("{ROOT}{}{BUTTON}", map("2")),
            ["_x0000_s2051", "_x0000_s2052"],
        ),
        (
            format!("{ROOT}<o:shapelayout v:ext='edit'></o:shapelayout>{}</xml>", note("shape_0", 0, 0)),
            format!(
                "{ROOT}<o:shapelayout v:ext='edit'><o:idmap v:ext=\"edit\" data=\"1\"/></o:shapelayout>{}",
                note("shape_0", 0, 0)
            ),
            ["_x0000_s1025", "_x0000_s1026"],
        ),
    ] {
        let written = with(&text, &["F8", "G9"], &[]).unwrap();
        assert!(written.starts_with(&head), "{written}\n{head}");
        let behind = &written[head.len()..];
        assert!(behind.starts_with("<v:shapetype id=\"_x0000_t202\""), "{behind}");
        assert!(ids.iter().all(|id| behind.contains(&format!("<v:shape id=\"{id}\""))), "{behind}");
        let own = Drawing::read("d", &written).unwrap();
        let cells = own.cells();
        assert!(cells.contains(&cell("F8")) && cells.contains(&cell("G9")));
        assert!(own.has_shape_type);
        let more = with(&written, &["H1"], &[]).unwrap();
        assert_eq!(more.matches("shapetype").count(), written.matches("shapetype").count(), "once");
        let again = own.without(&BTreeSet::from([cell("F8"), cell("G9")])).unwrap().unwrap();
        assert!(!again.contains("Council") && Drawing::read("d", &again).unwrap().cells().len() <= 1);
        let left = Drawing::read("d", &again).unwrap();
        assert_eq!(left.without(&BTreeSet::from([cell("F8")])).unwrap(), None, "a button is no note");
    }
}

#[test]
fn numbers_are_those_of_no_other_drawing() {
    let written = with(EMPTY, &["A1"], &[1, 2, 4]).unwrap();
    assert!(written.contains("data=\"3\"") && written.contains("_x0000_s3073"));
    let full: String = (1025..2048).map(|id| format!("<v:shape id='_x0000_s{id}'></v:shape>")).collect();
    let text = format!("{ROOT}<o:shapelayout><o:idmap v:ext='edit' data='1'/></o:shapelayout>{full}</xml>");
    let written = with(&text, &["A1"], &[1, 2]).unwrap();
    assert!(written.contains("data='1,3'") && written.contains("id=\"_x0000_s3073\""));
    let many: Vec<(CellAddress, u32)> = (0..2_100).map(|row| (CellAddress::new(row, 0), 50)).collect();
    let drawing = Drawing::read("d", EMPTY).unwrap();
    let written = drawing.with(&Grid::of(""), &many, || Ok(BTreeSet::new())).unwrap();
    assert!(written.contains("data=\"1,2,3\"") && !written.contains("\"_x0000_s2048\""));
    assert_eq!(Drawing::read("d", &written).unwrap().numbers.len(), 2_100);
    assert_eq!(blocks(&text), BTreeSet::from([1]));
    assert_eq!(
        blocks("<o:idmap data='3, 7'/><x id=\"_x0000_s9217\"/> _x0000_s idmap"),
        BTreeSet::from([3, 7, 9])
    );
}

#[test]
fn other_prefixes_are_used_or_our_own_declared() {
    let others = "<xml xmlns:a=\"urn:schemas-microsoft-com:office:office\" xmlns=\"urn:schemas-microsoft-com:vml\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"></xml>";
    let written = with(others, &["A1"], &[]).unwrap();
    assert!(
        written.contains("<a:idmap xmlns:v=\"urn:schemas-microsoft-com:vml\" v:ext=\"edit\" data=\"1\"/>")
    );
    assert!(written.contains("<v:shape xmlns:v=\"urn:schemas-microsoft-com:vml\" id="), "{written}");
    let mut reader = quick_xml::NsReader::from_str(&written);
    loop {
        match reader.read_resolved_event().unwrap() {
            (quick_xml::name::ResolveResult::Unknown(prefix), _) => panic!("{prefix:?} is not declared"),
            (_, quick_xml::events::Event::Eof) => break,
            _ => {}
        }
    }
}

#[test]
fn a_drawing_whose_end_cannot_be_found_is_refused() {
    for text in [
        "",
        "<a/>",
        "<xml/>",
        "<xml>",
        "<xml></xml><v:shape/>",
        "<xml></xml>more",
        "<xml><v:shape></xml>",
        "<xml></v:shape></xml>",
        "<xml><v:shape><v:shape></v:shape></xml>",
        "<xml><o:idmap data='x'/></xml>",
        "<xml><o:idmap data='99999999999'/></xml>",
        "<xml><o:idmap v:ext=edit data='1'/><!-- </xml>",
        "<!DOCTYPE xml><xml></xml>",
        "<?xml version='1.0' encoding='windows-1252'?><xml></xml>",
    ] {
        assert!(with(text, &["A1"], &[]).is_err(), "{text}");
    }
}
