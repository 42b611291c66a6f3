//! Heads of the ledger that were noted earlier, as an officer gives them.

use std::path::Path;

use anyhow::{Result, bail};

use crate::workspace::chain::{Chain, Head};
use crate::workspace::files;

/// Fewest digits by which a line is told from all others.
const FEWEST: usize = 16;
/// Digits of a whole SHA-256.
const WHOLE: usize = 64;

/// A head as noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Noted {
    /// Where: a file, or the argument.
    pub(super) place: String,
    /// Its digits, or the first of them, in lower case.
    pub(super) digits: String,
}

/// The heads in `given`: each the first 16 digits or more of a SHA-256, or a file such as a saved e-mail that holds whole ones.
///
/// # Errors
/// One is neither, or the file holds none.
pub(super) fn noted(given: &[String]) -> Result<Vec<Noted>> {
    let mut found = Vec::new();
    for own in given {
        let digits: String = own.chars().filter(|c| !c.is_whitespace()).collect();
        if digits.len() >= FEWEST && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            found.push(Noted { place: "--head".to_string(), digits: digits.to_ascii_lowercase() });
            continue;
        }
        let path = Path::new(own);
        if !path.is_file() {
            bail!(
                "“{own}” is no file, and no SHA-256: give the {WHOLE} digits that were noted, the first {FEWEST} at least, or the file \
                 they were noted in"
            );
        }
        let digits = in_text(&files::read(path)?);
        if digits.is_empty() {
            bail!(
                "{} holds no SHA-256: {WHOLE} digits and letters a to f in a row; save the note as text",
                path.display()
            );
        }
        found.extend(digits.into_iter().map(|digits| Noted { place: own.clone(), digits }));
    }
    Ok(found)
}

/// Every whole SHA-256 in a note, each once. Notes come as plain text, as text of two bytes a letter, and as e-mails whose long lines
/// are broken with `=`.
fn in_text(bytes: &[u8]) -> Vec<String> {
    let text: String =
        String::from_utf8_lossy(&bytes.iter().copied().filter(|byte| *byte != 0).collect::<Vec<u8>>())
            .into_owned();
    let text = text.replace("=\r\n", "").replace("=\n", "");
    let mut found: Vec<String> = Vec::new();
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()) {
        let word = word.to_ascii_lowercase();
        if word.len() == WHOLE && word.bytes().all(|byte| byte.is_ascii_hexdigit()) && !found.contains(&word)
        {
            found.push(word);
        }
    }
    found
}

/// Why a head that `place` records is not held by the chain.
pub(super) fn lost<T>(chain: &Chain<T>, head: &Head, place: &str) -> String {
    if chain.lines.len() < head.lines {
        format!(
            "the end was cut off: {place} records that there were {} lines, and there are {}",
            head.lines,
            chain.lines.len()
        )
    } else {
        format!(
            "it was changed, or written anew, since {place} was made: that records another SHA-256 of this line"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_found_however_it_was_noted() {
        let hash = "0123456789abcdef".repeat(4);
        let (first, last) = hash.split_at(40);
        let wide: Vec<u8> = hash.bytes().flat_map(|byte| [byte, 0]).collect();
        for (note, found) in [
            (format!("Head: line 54, SHA-256 {hash}.\r\n").into_bytes(), true),
            (format!("SHA-256 {first}=\r\n{last}").into_bytes(), true),
            (hash.to_ascii_uppercase().into_bytes(), true),
            (wide, true),
            (format!("{hash}0").into_bytes(), false),
            (first.as_bytes().to_vec(), false),
            (hash.replace('a', "g").into_bytes(), false),
        ] {
            assert_eq!(in_text(&note), if found { vec![hash.clone()] } else { Vec::new() });
        }
        assert_eq!(in_text(format!("{hash} {hash}").as_bytes()).len(), 1);
    }

    #[test]
    fn an_argument_is_digits_or_a_file() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("note.txt");
        std::fs::write(&file, "nothing").unwrap();
        let told = |given: &str| noted(&[given.to_string()]).unwrap_err().to_string();
        assert!(told(file.to_str().unwrap()).contains("holds no SHA-256"));
        for few in ["0123456789abcde", "zzzz456789abcdef", ""] {
            assert!(told(few).contains("is no file, and no SHA-256"), "{few}");
        }
        let sixteen = noted(&["0123 4567 89AB CDEF".to_string()]).unwrap();
        assert_eq!(sixteen[0].digits, "0123456789abcdef");
    }
}
