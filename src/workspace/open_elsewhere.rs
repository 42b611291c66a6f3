//! Workbooks that somebody has open: Excel and LibreOffice lay a lock file beside a workbook while it is, with the user's name in it.
//! One may be left behind when the program crashed; nothing in it tells.

use std::path::Path;

use anyhow::Result;

use super::{Workspace, files};
use crate::domain::text::one_line;

/// A lock file is no longer than this, in bytes; Excel's has 165.
const LONGEST_LOCK: u64 = 4096;
/// Where in Excel's lock file the name in UTF-16 begins, after its length in two bytes.
const WIDE_NAME: usize = 55;
/// Longest name that is shown, in characters.
const LONGEST_NAME: usize = 60;

/// A workbook that is open.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpenWorkbook {
    /// Path of the workbook below the workspace, with forward slashes.
    pub file: String,
    /// Who has it open, as far as the lock file tells.
    pub by: Option<String>,
}

/// The workbooks that are open among the returns, the register, and what is generated, each in order of path.
///
/// # Errors
/// A folder cannot be listed.
pub fn open_workbooks(workspace: &Workspace) -> Result<Vec<OpenWorkbook>> {
    let mut open = Vec::new();
    if let (Some(folder), Some(name)) =
        (workspace.register_path().parent(), workspace.register_path().file_name())
    {
        let name = name.to_string_lossy();
        for lock in [format!("~${name}"), format!(".~lock.{name}#")] {
            let path = folder.join(&lock);
            if path.is_file() {
                open.push(OpenWorkbook { file: name.to_string(), by: user(&path, &lock) });
            }
        }
    }
    for (below, dir) in [("returns", workspace.returns_dir()), ("out", workspace.out_dir())] {
        if !dir.is_dir() {
            continue;
        }
        for found in files::walk(&dir)? {
            let (folder, name) = found.relative.rsplit_once('/').unwrap_or(("", &found.relative));
            let Some(workbook) = locked(name).filter(|_| !found.link && found.size <= LONGEST_LOCK) else {
                continue;
            };
            let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
            open.push(OpenWorkbook {
                file: format!("{below}/{folder}{workbook}"),
                by: user(&found.path, name),
            });
        }
    }
    open.dedup();
    Ok(open)
}

/// The workbook that a lock file of this name belongs to.
pub fn locked(name: &str) -> Option<&str> {
    let of_libre_office = name.strip_prefix(".~lock.").and_then(|rest| rest.strip_suffix('#'));
    of_libre_office.or_else(|| name.strip_prefix("~$")).filter(|workbook| !workbook.is_empty())
}

fn user(path: &Path, name: &str) -> Option<String> {
    // Excel may hold the file so that it cannot be read; then nobody knows.
    let bytes = files::read(path).ok()?;
    let user = if name.starts_with("~$") { of_excel(&bytes) } else { of_libre_office(&bytes) }?;
    let user: String = one_line(&user).chars().filter(|own| !own.is_control()).take(LONGEST_NAME).collect();
    (!user.is_empty()).then_some(user)
}

/// The name in a lock file of Excel: in UTF-16 behind its length, else in plain letters at the beginning.
fn of_excel(bytes: &[u8]) -> Option<String> {
    let wide = bytes.get(WIDE_NAME..WIDE_NAME + 2).and_then(|length| {
        let length = usize::from(u16::from_le_bytes([length[0], length[1]]));
        let name = bytes.get(WIDE_NAME + 2..WIDE_NAME + 2 + 2 * length)?;
        let units: Vec<u16> = name.chunks_exact(2).map(|own| u16::from_le_bytes([own[0], own[1]])).collect();
        String::from_utf16(&units).ok().filter(|name| !name.trim().is_empty())
    });
    wide.or_else(|| {
        let length = usize::from(*bytes.first()?);
        let name = bytes.get(1..=length)?;
        name.is_ascii().then(|| String::from_utf8_lossy(name).into_owned())
    })
}

/// The name in a lock file of LibreOffice: the first of its fields, else the name of the account.
fn of_libre_office(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    text.split(',').take(2).map(str::trim).find(|field| !field.is_empty()).map(ToString::to_string)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A lock file as Excel writes it.
    fn excel(name: &str) -> Vec<u8> {
        let mut bytes = vec![u8::try_from(name.chars().count()).unwrap()];
        bytes.extend(name.chars().map(|own| if own.is_ascii() { own as u8 } else { b'?' }));
        bytes.resize(WIDE_NAME, b' ');
        let units: Vec<u16> = name.encode_utf16().collect();
        bytes.extend((units.len() as u16).to_le_bytes());
        bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
        while bytes.len() < 165 {
            bytes.extend([b' ', 0]);
        }
        bytes
    }

    #[test]
    fn a_lock_file_names_its_workbook_and_who_has_it_open() {
        for (name, workbook) in [
            ("~$register.xlsx", Some("register.xlsx")),
            (".~lock.register.xlsx#", Some("register.xlsx")),
            ("register.xlsx", None),
            ("~register.xlsx", None),
            ("~$", None),
            (".~lock.#", None),
        ] {
            assert_eq!(locked(name), workbook, "{name}");
        }
        for (bytes, name) in [
            (excel("Contract Officer"), Some("Contract Officer")),
            (excel("Zoë Ó"), Some("Zoë Ó")),
            (b"\x07Officer".to_vec(), Some("Officer")),
            (b"\x07Off".to_vec(), None),
            (Vec::new(), None),
        ] {
            assert_eq!(of_excel(&bytes).as_deref(), name, "{bytes:?}");
        }
        for (text, name) in [
            (",officer,PC1,01.02.2026 10:00,file:///;", Some("officer")),
            ("Contract Officer,officer,PC1,;", Some("Contract Officer")),
            ("", None),
        ] {
            assert_eq!(of_libre_office(text.as_bytes()).as_deref(), name, "{text}");
        }
    }

    #[test]
    fn what_is_open_is_found_wherever_the_officer_works() {
        let dir = tempfile::tempdir().unwrap();
        files::create_dir(&dir.path().join("returns/Q1")).unwrap();
        files::create_dir(&dir.path().join("out")).unwrap();
        for (file, bytes) in [
            ("~$register.xlsx", excel("Contract Officer")),
            ("returns/Q1/~$kpi.xlsx", b"?".to_vec()),
            ("returns/Q1/kpi.xlsx", b"kpi".to_vec()),
            ("out/.~lock.pack.xlsx#", b",officer,PC1,;".to_vec()),
            ("~$elsewhere.xlsx", excel("Nobody")),
        ] {
            std::fs::write(dir.path().join(file), bytes).unwrap();
        }
        let workspace = Workspace::open(dir.path()).unwrap();
        let open = open_workbooks(&workspace).unwrap();
        let told: Vec<(&str, Option<&str>)> =
            open.iter().map(|own| (own.file.as_str(), own.by.as_deref())).collect();
        assert_eq!(
            told,
            [
                ("register.xlsx", Some("Contract Officer")),
                ("returns/Q1/kpi.xlsx", None),
                ("out/pack.xlsx", Some("officer"))
            ]
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_name_or_none(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            of_excel(&bytes);
            of_libre_office(&bytes);
        }
    }
}
