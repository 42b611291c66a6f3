//! The council's own page templates, as files.

use std::path::Path;

use anyhow::{Result, bail};

use super::files;

/// Most bytes of a template; the longest built-in one has a tenth of it.
const LARGEST: u64 = 256 * 1024;
/// Most files in the folder of templates.
const MOST: usize = 200;

/// A template as it stands in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFile {
    /// Its path below the folder of templates, with forward slashes.
    pub name: String,
    /// The file, for messages.
    pub file: String,
    /// Its text, with line ends made `\n` and without the mark some editors put before it.
    pub text: String,
}

/// The templates in the folder `dir`, in order of name; none where there is no such folder. Files whose names begin with a full stop
/// or `~`, which programs leave behind, are passed over.
///
/// # Errors
/// Every file that is a link, too large or no UTF-8 text; or the folder cannot be listed.
pub fn read(dir: &Path) -> Result<Vec<TemplateFile>> {
    if !dir.is_dir() {
        if dir.exists() {
            bail!("{} is a file, and should be the folder of page templates; move it away", dir.display());
        }
        return Ok(Vec::new());
    }
    let found: Vec<files::Walked> =
        files::walk(dir)?.into_iter().filter(|file| !is_left_behind(file)).collect();
    if found.len() > MOST {
        bail!(
            "{} holds more than {MOST} files; keep the page templates in a folder of their own",
            dir.display()
        );
    }
    let mut templates = Vec::new();
    let mut faults = Vec::new();
    for file in found {
        match template(&file) {
            Ok(template) => templates.push(template),
            Err(error) => faults.push(format!("{error:#}")),
        }
    }
    if !faults.is_empty() {
        bail!("the page templates cannot be read:\n{}", faults.join("\n"));
    }
    Ok(templates)
}

fn template(file: &files::Walked) -> Result<TemplateFile> {
    let shown = file.path.display();
    if file.link {
        bail!("{shown} is a link to elsewhere; put the template itself there");
    }
    if file.size > LARGEST {
        bail!("{shown} has {} bytes, and a template no more than {LARGEST}; is it one?", file.size);
    }
    let text = files::utf8(&file.path, files::read(&file.path)?)?;
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    Ok(TemplateFile { name: file.relative.clone(), file: shown.to_string(), text })
}

fn is_left_behind(file: &files::Walked) -> bool {
    file.relative.split('/').any(|part| part.starts_with(['.', '~']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        dir
    }

    #[test]
    fn what_there_is_is_read_in_order() {
        let dir = folder(&[
            ("pack/kpis.html", b"\xef\xbb\xbf<p>\r\n"),
            ("letter.css", b"p {}"),
            (".DS_Store", &[0xff]),
            ("~$pack.html", &[0xff]),
        ]);
        let read = read(dir.path()).unwrap();
        let read: Vec<(&str, &str)> = read.iter().map(|own| (own.name.as_str(), own.text.as_str())).collect();
        assert_eq!(read, [("letter.css", "p {}"), ("pack/kpis.html", "<p>\n")]);
        assert_eq!(super::read(&dir.path().join("none")).unwrap(), []);
    }

    #[test]
    fn what_is_no_template_is_named_all_at_once() {
        let large = vec![b'a'; 256 * 1024 + 1];
        let dir = folder(&[("pack.html", &[0xff]), ("report.html", &large), ("style.css", b"p {}")]);
        let message = read(dir.path()).unwrap_err().to_string();
        for part in [
            "pack.html is not UTF-8 text",
            "report.html has 262145 bytes, and a template no more than 262144",
        ] {
            assert!(message.contains(part), "{message}");
        }
        assert!(!message.contains("style.css"), "{message}");
        let file = dir.path().join("style.css");
        assert!(read(&file).unwrap_err().to_string().contains("should be the folder of page templates"));
        let right = folder(&[("report.html", &large[1..])]);
        assert_eq!(read(right.path()).unwrap().len(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let dir = folder(&[("elsewhere.html", b"<p>")]);
        let templates = folder(&[]);
        std::os::unix::fs::symlink(dir.path().join("elsewhere.html"), templates.path().join("pack.html"))
            .unwrap();
        assert!(read(templates.path()).unwrap_err().to_string().contains("pack.html is a link to elsewhere"));
    }
}
