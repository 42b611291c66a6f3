//! Packages: bombs, lies in the table of contents, names that lead elsewhere.

use super::package::{Entry, by_hand, filler, least, workbook, zipped};
use super::run::{NO_FORM, NO_FORM_OR_DAMAGED, each_ends_in_a_line, sample};

/// The least workbook as entries written by hand, with others after it.
fn beside(others: Vec<Entry>) -> Vec<Entry> {
    least().into_iter().map(|(name, bytes)| Entry::new(name, bytes)).chain(others).collect()
}

fn named(name: &str) -> Vec<u8> {
    by_hand(&beside(vec![Entry::new(name, "x")]), &[])
}

#[test]
fn bombs() {
    let zeros = vec![b'0'; 30 << 20];
    let bomb = workbook(&[("xl/media/a.png", &zeros)]);
    let many: Vec<(String, Vec<u8>)> =
        least().into_iter().chain((0..996).map(|n| (format!("xl/media/{n}"), Vec::new()))).collect();
    let most = filler(150 << 20);
    let heavy: Vec<(String, Vec<u8>)> =
        least().into_iter().chain((0..4).map(|n| (format!("xl/media/{n}"), most.clone()))).collect();
    let large = filler(201 << 20);
    each_ends_in_a_line(vec![
        sample("ratio.xlsx", bomb.clone(), &["unpacks to more than 100 times its size"]),
        sample("nested.xlsx", workbook(&[("xl/media/inner.xlsx", &bomb)]), NO_FORM),
        sample("entries.xlsx", zipped(&many), &["1001 parts, the limit is 1000"]),
        sample("entry.xlsx", workbook(&[("xl/media/a", &large)]), &["unpacks to more than 200 MB"]),
        sample("package.xlsx", zipped(&heavy), &["more than 500 MB together"]),
        sample(
            "gzip.xlsx",
            [b"\x1f\x8b\x08\0\0\0\0\0\0\x03".as_slice(), &zeros[..4096]].concat(),
            &["(.gz)"],
        ),
        sample("large.xlsx", vec![b'P'; (50 << 20) + 1], &["larger than 50 MB"]),
    ]);
}

#[test]
fn lies() {
    let mut short = beside(vec![Entry::new("xl/media/a", "x")]);
    short[5].said = 1 << 30;
    let mut long = beside(vec![Entry::new("xl/media/a", filler(1 << 20))]);
    long[5].said = 1;
    let whole = by_hand(&beside(Vec::new()), &[]);
    let overlapping: Vec<String> = (0..40).map(|n| format!("xl/media/{n}")).collect();
    let overlapping: Vec<&str> = overlapping.iter().map(String::as_str).collect();
    let mut first = beside(Vec::new());
    first.insert(0, Entry::new("xl/media/all", filler(15 << 20)));
    let mut far = whole.clone();
    let offset = far.len() - 6;
    far[offset..offset + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    each_ends_in_a_line(vec![
        sample("size-too-large.xlsx", by_hand(&short, &[]), NO_FORM_OR_DAMAGED),
        sample("size-too-small.xlsx", by_hand(&long, &[]), NO_FORM_OR_DAMAGED),
        sample(
            "overlapping.xlsx",
            by_hand(&first, &overlapping),
            &["is damaged", "500 MB together", "stands in it twice"],
        ),
        sample("truncated.xlsx", whole[..whole.len() / 2].to_vec(), &["is incomplete"]),
        sample("end-only.xlsx", whole[..60].to_vec(), &["is incomplete"]),
        sample("table-elsewhere.xlsx", far, &["is damaged", "is incomplete"]),
    ]);
}

#[test]
fn names() {
    each_ends_in_a_line(vec![
        sample(
            "twice.xlsx",
            by_hand(&beside(vec![Entry::new("xl/workbook.xml", "x")]), &[]),
            &["stands in it twice"],
        ),
        sample("case.xlsx", named("XL/Workbook.XML"), &["stands in it twice"]),
        sample("slashes.xlsx", named("xl\\workbook.xml"), &["stands in it twice"]),
        sample("climbing.xlsx", named("xl/../../evil"), &["climbs out of it"]),
        sample("climbing-back.xlsx", named("..\\evil"), &["climbs out of it"]),
        sample("absolute.xlsx", named("/etc/evil"), &["names a place outside"]),
        sample("drive.xlsx", named("C:\\evil"), &["names a place outside"]),
        sample("share.xlsx", named("\\\\server\\evil"), &["names a place outside"]),
        sample("nul.xlsx", named("xl/evil\0.xml"), &["a control character"]),
        sample("line.xlsx", named("xl/evil\r\nBcc: all@council.example"), &["a control character"]),
        sample("turned.xlsx", named("../\u{202e}xslx.live"), &["climbs out of it"]),
    ]);
}
