//! Workbooks that are not written into, whatever stands in them.

use super::not_safe::NotSafe;
use super::package::{ContentTypes, Package, Relationships, key};

/// How an old binary workbook begins, and any encrypted one.
const CONTAINER: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// How a zip package begins.
const ZIP: &[u8] = b"PK";
/// In the directory of a container around an encrypted package.
const ENCRYPTED: &str = "EncryptedPackage";

/// What workbooks are that can be written into, by the ends of their content types.
const WORKBOOKS: &[&str] = &[
    "spreadsheetml.sheet.main+xml",
    "spreadsheetml.template.main+xml",
    "ms-excel.sheet.macroenabled.main+xml",
    "ms-excel.template.macroenabled.main+xml",
    "ms-excel.addin.macroenabled.main+xml",
];

/// Looks at how a file begins, before it is opened as a package.
///
/// # Errors
///
/// When it is an .xls, encrypted, or no package at all.
pub fn expect_package(bytes: &[u8]) -> Result<(), NotSafe> {
    if bytes.starts_with(CONTAINER) {
        let name: Vec<u8> = ENCRYPTED.encode_utf16().flat_map(u16::to_le_bytes).collect();
        // Entries of the directory are 128 bytes long and stand at multiples of that, their names first.
        let encrypted = bytes.chunks(128).any(|entry| entry.starts_with(&name));
        return Err(NotSafe::Format(if encrypted { "encrypted" } else { "an old workbook (.xls)" }));
    }
    if !bytes.starts_with(ZIP) {
        return Err(NotSafe::Format("not a workbook of Excel 2007 or later"));
    }
    Ok(())
}

/// Looks at what an open package is, and gives the name of its main part.
///
/// # Errors
///
/// When it is digitally signed, an .xlsb or .ods, or no workbook; or when that cannot be told.
pub fn expect_safe(
    package: &Package<'_>,
    types: &ContentTypes,
    of_package: &Relationships,
) -> Result<String, NotSafe> {
    if package.has("mimetype") && package.has("content.xml") {
        return Err(NotSafe::Format("an OpenDocument workbook (.ods)"));
    }
    let is_signature = |part: &str| {
        let part = key(part);
        let kind = types.of(&part).unwrap_or_default();
        // A default type for signatures alone says nothing of there being one.
        part.starts_with("_xmlsignatures/") || kind.contains("digital-signature-")
    };
    if of_package.list().iter().any(|own| own.kind == "origin" || own.kind == "signature")
        || package.parts().any(is_signature)
    {
        return Err(NotSafe::Signed);
    }
    let Some(main) = of_package.of_kind("officeDocument") else {
        return Err(NotSafe::NoPackage("it does not say which part is the workbook".to_string()));
    };
    let kind = types.of(&main.target).unwrap_or_default().to_ascii_lowercase();
    if kind.contains("ms-excel.sheet.binary.") {
        return Err(NotSafe::Format("a binary workbook (.xlsb)"));
    }
    if !WORKBOOKS.iter().any(|own| kind.ends_with(own)) {
        return Err(NotSafe::NoPackage(format!(
            "its main part is {}",
            if kind.is_empty() { "of no kind" } else { &kind }
        )));
    }
    if !package.has(&main.target) {
        return Err(NotSafe::Missing(main.target.clone()));
    }
    Ok(main.target.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::write_back::tests::package_of;

    #[test]
    fn files_that_are_no_package_are_told_by_how_they_begin() {
        let mut encrypted = vec![0u8; 512 + 256];
        encrypted[..8].copy_from_slice(CONTAINER);
        let name: Vec<u8> = ENCRYPTED.encode_utf16().flat_map(u16::to_le_bytes).collect();
        encrypted[640..640 + name.len()].copy_from_slice(&name);
        for (bytes, said) in [
            (encrypted.as_slice(), "it is encrypted"),
            (&encrypted[..600], "it is an old workbook (.xls)"),
            (b"a,b\n1,2", "it is not a workbook of Excel 2007 or later"),
            (b"", "it is not a workbook of Excel 2007 or later"),
        ] {
            assert_eq!(expect_package(bytes).unwrap_err().to_string(), said);
        }
        assert!(expect_package(b"PK\x03\x04").is_ok());
    }

    /// Content types, relationships of the package and further parts.
    fn said_of(types: &str, relationships: &str, parts: &[&str]) -> Result<(), NotSafe> {
        let types = format!("<Types>{types}</Types>");
        let relationships = format!("<Relationships>{relationships}</Relationships>");
        let own = [("[Content_Types].xml", types.as_str()), ("_rels/.rels", relationships.as_str())];
        let bytes = package_of(own.into_iter().chain(parts.iter().map(|name| (*name, "<x/>"))));
        let mut package = Package::open(&bytes)?;
        let types = ContentTypes::read(&mut package)?;
        let of_package = Relationships::read(&mut package, "")?;
        expect_safe(&package, &types, &of_package).map(drop)
    }

    #[test]
    fn packages_that_are_not_written_into_are_told() {
        let main = "<Relationship Id=\"r1\" Type=\"k/officeDocument\" Target=\"xl/workbook.xml\"/>";
        let kind = |kind: &str| {
            format!("<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/{kind}\"/>")
        };
        let sheet = kind("vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml");
        let origin = format!(
            "{main}<Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin\" Target=\"_xmlsignatures/origin.sigs\"/>"
        );
        let typed = format!(
            "{sheet}<Default Extension=\"sigs\" ContentType=\"application/vnd.openxmlformats-package.digital-signature-origin\"/>"
        );
        let workbook = "xl/workbook.xml";
        for (types, relationships, parts, said) in [
            (&sheet, main, vec![workbook], ""),
            (&typed, main, vec![workbook], ""),
            (&kind("vnd.ms-excel.sheet.macroEnabled.main+xml"), main, vec![workbook], ""),
            (&sheet, &origin, vec![workbook], "digitally signed"),
            (&sheet, main, vec![workbook, "_xmlsignatures/sig1.xml"], "digitally signed"),
            (&typed, main, vec![workbook, "other/origin.sigs"], "digitally signed"),
            (&kind("vnd.ms-excel.sheet.binary.macroEnabled.main"), main, vec![workbook], ".xlsb"),
            (
                &kind("vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
                main,
                vec![workbook],
                "no package",
            ),
            (&String::new(), main, vec![workbook], "of no kind"),
            (&sheet, "", vec![workbook], "does not say"),
            (&sheet, main, vec![], "is missing"),
            (&sheet, main, vec![workbook, "mimetype", "content.xml"], ".ods"),
        ] {
            let found = said_of(types, relationships, &parts)
                .err()
                .map(|fault| fault.to_string())
                .unwrap_or_default();
            assert!(found.contains(said) && found.is_empty() == said.is_empty(), "{found} for {said}");
        }
    }
}
