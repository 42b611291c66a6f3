//! The password of the server that takes mail: from an environment variable or a file, never from an argument or the settings.

use std::path::Path;

use anyhow::{Result, bail};

use super::files;
use super::settings::mail::PasswordFrom;
use crate::domain::relay::Password;

/// Longest password, in bytes; a longer file is another.
const LONGEST: usize = 1_000;

/// The password, without the line end behind it. A relative path is one below `dir`.
///
/// # Errors
/// The variable is not set, the file cannot be read, or what is there is no password. What it says is in no message.
pub fn read(dir: &Path, from: &PasswordFrom) -> Result<Password> {
    let (text, place) = match from {
        PasswordFrom::Variable(name) => {
            let Some(value) = std::env::var_os(name) else {
                bail!(
                    "the environment variable {name}, which `password-env` names, is not set; set it and open the window anew, or \
                     use `password-file`"
                );
            };
            (value.into_string().ok(), format!("the environment variable {name}"))
        }
        PasswordFrom::File(path) => {
            let path = dir.join(path);
            let bytes = files::read(&path)?;
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes).to_vec();
            (String::from_utf8(bytes).ok(), path.display().to_string())
        }
    };
    let text = text.as_deref().map(|text| text.trim_end_matches(['\r', '\n']));
    match text {
        Some("") => bail!("{place} is empty; it is to hold the password of the mail server"),
        Some(text) if text.len() <= LONGEST && !text.chars().any(char::is_control) => {
            Ok(Password::new(text.to_string()))
        }
        _ => bail!("{place} holds no password: it is to be one line of text (UTF-8) with nothing else"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_without_its_line_end() {
        let dir = tempfile::tempdir().unwrap();
        let from = PasswordFrom::File("mail.txt".into());
        for (bytes, expected) in [
            (&b"swordfish"[..], Ok("swordfish")),
            (b"swordfish\r\n", Ok("swordfish")),
            (b" sword fish \n", Ok(" sword fish ")),
            (b"\xef\xbb\xbfswordfish\n", Ok("swordfish")),
            ("Füße".as_bytes(), Ok("Füße")),
            (b"", Err("is empty")),
            (b"\n", Err("is empty")),
            (b"swordfish\nuser", Err("holds no password")),
            (b"s\0w\0o\0r\0d", Err("holds no password")),
            (b"\xff\xfes\0", Err("holds no password")),
        ] {
            std::fs::write(dir.path().join("mail.txt"), bytes).unwrap();
            match (read(dir.path(), &from), expected) {
                (Ok(password), Ok(expected)) => assert_eq!(password.reveal(), expected),
                (Err(error), Err(expected)) => {
                    let message = format!("{error:#}");
                    assert!(message.contains(expected) && message.contains("mail.txt"), "{message}");
                    assert!(!message.contains("word\n") && !message.contains("swordfish"), "{message}");
                }
                (read, _) => panic!("{bytes:?}: {read:?}"),
            }
        }
        std::fs::remove_file(dir.path().join("mail.txt")).unwrap();
        assert!(format!("{:#}", read(dir.path(), &from).unwrap_err()).contains("cannot read"));
    }

    #[test]
    fn a_variable_that_is_not_set_is_named() {
        let from = PasswordFrom::Variable("QUARTERDAY_NEVER_SET".to_string());
        let message = read(Path::new("."), &from).unwrap_err().to_string();
        assert!(message.contains("QUARTERDAY_NEVER_SET") && message.contains("not set"), "{message}");
    }
}
