//! Comments put into parts of every kind and taken out again.

use super::*;

fn cell(text: &str) -> CellAddress {
    CellAddress::parse(text).unwrap()
}

fn new<'a>(place: &str, note: &'a str) -> New<'a> {
    New { cell: cell(place), note, reply: false }
}

fn with(text: &str, new: &[New<'_>]) -> Result<String, NotSafe> {
    Ok(Comments::read("c", text)?.with("Us & co", new)?.0)
}

const RUN: &str = "<sz val=\"9\"/><color indexed=\"81\"/><rFont val=\"Tahoma\"/><family val=\"2\"/>";

fn runs(separator: &str) -> String {
    format!(
        "<r><rPr><b/>{RUN}</rPr><t xml:space=\"preserve\">{separator}Council feedback</t></r><r><rPr>{RUN}</rPr><t xml:space=\"preserve\">\n● Green\nAnswer on the sheet “Council feedback”.</t></r>"
    )
}

fn comment(number: usize) -> String {
    format!("<comment ref=\"F8\" authorId=\"{number}\" shapeId=\"0\"><text>{}</text></comment>", runs(""))
}

fn prefixed(text: &str) -> String {
    let mut written = String::new();
    for piece in text.split_inclusive('<') {
        written.push_str(piece);
    }
    written.replace("</", "</x:").replace('<', "<x:").replace("<x:/x:", "</x:")
}

#[test]
fn a_comment_is_put_behind_the_others() {
    let ours = "<author>Us &amp; co</author>";
    let theirs = "<comment ref=\"A1\" authorId=\"0\"><text><t>a</t></text></comment>";
    for (before, after) in [
        (
            format!(
                "\u{feff}<comments><authors><author>A</author></authors><commentList>{theirs}</commentList><extLst/></comments>"
            ),
            format!(
                "\u{feff}<comments><authors><author>A</author>{ours}</authors><commentList>{theirs}{}</commentList><extLst/></comments>",
                comment(1)
            ),
        ),
        (
            format!("<comments><authors>{ours}</authors><commentList>{theirs}</commentList></comments>"),
            format!(
                "<comments><authors>{ours}</authors><commentList>{theirs}{}</commentList></comments>",
                comment(0)
            ),
        ),
        (
            "<comments><authors/><commentList/></comments>".to_string(),
            format!(
                "<comments><authors>{ours}</authors><commentList>{}</commentList></comments>",
                comment(0)
            ),
        ),
        (
            "<comments><authors/><extLst/></comments>".to_string(),
            format!(
                "<comments><authors>{ours}</authors><commentList>{}</commentList><extLst/></comments>",
                comment(0)
            ),
        ),
        (
            "<comments><commentList></commentList></comments>".to_string(),
            format!(
                "<comments><authors>{ours}</authors><commentList>{}</commentList></comments>",
                comment(0)
            ),
        ),
        (
            "<comments/>".to_string(),
            format!(
                "<comments><authors>{ours}</authors><commentList>{}</commentList></comments>",
                comment(0)
            ),
        ),
    ] {
        let written = with(&before, &[new("F8", "● Green")]).unwrap();
        assert_eq!(written, after);
        let (left, cells) =
            Comments::read("c", &written).unwrap().without_ours(&TakenOut::default()).unwrap().unwrap();
        assert_eq!(left, after.replace(&comment(1), "").replace(&comment(0), ""));
        assert_eq!(cells, BTreeSet::from([cell("F8")]));
        let own = with(&prefixed(&before), &[new("F8", "● Green")]).unwrap();
        assert_eq!(own, prefixed(&after));
    }
}

#[test]
fn further_runs_follow_what_the_provider_wrote() {
    let part = |text: &str| {
        format!(
            "<comments><authors><author>A</author></authors><commentList><comment ref='$F$8' authorId='0'>{text}<mc:AlternateContent><x/></mc:AlternateContent></comment></commentList></comments>"
        )
    };
    let more = runs("\n\n");
    for (before, after) in [
        ("<text><t>a&amp;b</t></text>", format!("<text><r><t>a&amp;b</t></r>{more}</text>")),
        (
            "<text><t xml:space='preserve'>a </t><r><rPr><b/></rPr><t>b</t></r><rPh sb='0' eb='1'><t>z</t></rPh><phoneticPr fontId='1'/></text>",
            format!(
                "<text><r><t xml:space='preserve'>a </t></r><r><rPr><b/></rPr><t>b</t></r>{more}<rPh sb='0' eb='1'><t>z</t></rPh><phoneticPr fontId='1'/></text>"
            ),
        ),
        ("<text><r><t>a</t></r>\n</text>", format!("<text><r><t>a</t></r>\n{more}</text>")),
        ("<text/>", format!("<text>{}</text>", runs(""))),
        ("<text></text>", format!("<text>{}</text>", runs(""))),
    ] {
        let text = part(before);
        let written = with(&text, &[new("F8", "● Green")]).unwrap();
        assert_eq!(written, part(&after));
        let (left, cells) =
            Comments::read("c", &written).unwrap().without_ours(&TakenOut::default()).unwrap().unwrap();
        match after.contains(&more) {
            true => assert_eq!((left, cells.len()), (part(&after.replace(&more, "")), 0)),
            false => assert_eq!(cells.len(), 1),
        }
    }
}

#[test]
fn ours_is_taken_out_however_the_runs_have_been_split() {
    for (before, after) in [
        (
            "<r><t>High.\n</t></r><r><t>\nCoun</t></r><r><t>cil feedback\n● Green\nAnswer on the sheet</t></r><r><t> “Council feedback”.\nOurs</t></r>",
            "<r><t>High.</t></r><r><t>\nOurs</t></r>",
        ),
        (
            "<t>High &lt; low&#10;&#10;Council feedback&#10;● Green&#10;Answer on the sheet “Council feedback”.</t>",
            "<t>High &lt; low</t>",
        ),
        ("<t>Council feedback\nis what I want</t>", "<t>Council feedback\nis what I want</t>"),
    ] {
        let part = |text: &str| {
            format!(
                "<comments><commentList><comment ref='F8'><text>{text}</text></comment></commentList></comments>"
            )
        };
        let text = part(before);
        let left = Comments::read("c", &text).unwrap().without_ours(&TakenOut::default()).unwrap();
        assert_eq!(left.map_or(text.clone(), |(left, _)| left), part(after));
    }
}

#[test]
fn what_is_not_understood_is_refused() {
    for text in [
        "",
        "<a/>",
        "<comments><b/></comments>",
        "<comments><commentList><b/></commentList></comments>",
        "<comments><commentList/><commentList/></comments>",
        "<comments><authors><b/></authors></comments>",
        "<comments><commentList><comment ref='F8'/></commentList></comments>",
        "<comments><commentList><comment ref='F8'><text><b/></text></comment></commentList></comments>",
        "<comments><commentList><comment ref='F8'><text>bare</text></comment></commentList></comments>",
        "<comments><commentList><comment ref='F8'><text><r><b/></r></text></comment></commentList></comments>",
        "<comments><commentList><comment ref='F8'><text><t><b/></t></text></comment></commentList></comments>",
        "<comments><commentList>",
    ] {
        assert!(with(text, &[new("F8", "a")]).is_err(), "{text}");
    }
    let long = format!(
        "<comments><commentList><comment ref='F8'><text><t>{}</t></text></comment></commentList></comments>",
        "a".repeat(32_760)
    );
    assert!(with(&long, &[new("F8", "a")]).is_err());
    let strange =
        "<comments><commentList><comment ref='F8'><text><b/></text></comment></commentList></comments>";
    assert!(with(strange, &[new("F9", "a")]).is_ok(), "another cell's is no matter");
    let reply = New { reply: true, ..new("F8", "a") };
    assert!(with("<comments/>", &[reply]).is_err(), "a thread without its note");
}
