//! What was probably meant by a path that is not there: the name beside it that is spelt most like it, or the workspace below it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use super::SETTINGS_FILE;
use super::Workspace;
use crate::domain::text::nearest;

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A folder.
    Folder,
    /// A file.
    File,
}

/// The path beside `path` whose name is spelt most like its own; `None` where none is near enough.
pub fn nearby(path: &Path, wanted: Wanted) -> Option<PathBuf> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let names = below(parent(path), wanted);
    let near = nearest(&name, names.iter().map(String::as_str)).filter(|near| *near != name)?;
    Some(path.with_file_name(near))
}

/// `did you mean reviews?`, or `advice` where nothing is spelt like it.
pub fn did_you_mean(path: &Path, wanted: Wanted, advice: &str) -> String {
    nearby(path, wanted)
        .map_or_else(|| advice.to_string(), |near| format!("did you mean {}?", near.display()))
}

/// Whether `dir` is a workspace already: it has a folder of returns, and a register or settings. One whose settings are wrong is
/// one too, so that whoever runs it is told what is wrong.
pub fn is_workspace(dir: &Path) -> bool {
    match Workspace::at(dir) {
        Ok(own) => {
            own.returns_dir().is_dir() && (own.register_path().is_file() || own.settings_path().is_file())
        }
        Err(_) => dir.join(SETTINGS_FILE).is_file(),
    }
}

/// The workspace that `path` lies in, at any depth; not `path` itself.
pub fn workspace_around(path: &Path) -> Option<PathBuf> {
    path.ancestors()
        .skip(1)
        .find(|dir| !dir.as_os_str().is_empty() && is_workspace(dir))
        .map(Path::to_path_buf)
}

/// The workspaces right below `dir`, in order of name.
pub fn workspaces_below(dir: &Path) -> Vec<PathBuf> {
    let found = below(dir, Wanted::Folder).into_iter();
    let at = |name: String| if dir == Path::new(".") { PathBuf::from(name) } else { dir.join(name) };
    found.map(at).filter(|own| is_workspace(own)).collect()
}

/// The folder a path stands in.
fn parent(path: &Path) -> &Path {
    path.parent().filter(|own| !own.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The names in `dir`, in order, without those that begin with a full stop or a tilde. A folder that cannot be listed has none.
fn below(dir: &Path, wanted: Wanted) -> Vec<String> {
    let Ok(entries) = fs::read_dir(dir) else { return Vec::new() };
    let hidden = |name: &OsStr| name.to_string_lossy().starts_with(['.', '~']);
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|own| own.path().is_dir() == (wanted == Wanted::Folder) && !hidden(&own.file_name()))
        .map(|own| own.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_what_is_spelt_most_like_it_and_is_of_the_same_kind() {
        let dir = tempfile::tempdir().unwrap();
        for folder in ["reviews", "reviews-old", ".review"] {
            fs::create_dir(dir.path().join(folder)).unwrap();
        }
        for file in ["return.xlsx", "reviewz", "~$retrun.xlsx"] {
            fs::write(dir.path().join(file), "").unwrap();
        }
        for (name, wanted, near) in [
            ("review", Wanted::Folder, Some("reviews")),
            ("Reviews2", Wanted::Folder, Some("reviews")),
            ("reviews-odl", Wanted::Folder, Some("reviews-old")),
            ("contracts", Wanted::Folder, None),
            ("return", Wanted::Folder, None),
            ("retrun.xlsx", Wanted::File, Some("return.xlsx")),
            ("reviews", Wanted::File, Some("reviewz")),
            ("agenda.docx", Wanted::File, None),
        ] {
            let near = near.map(|near| dir.path().join(near));
            assert_eq!(nearby(&dir.path().join(name), wanted), near, "{name}");
        }
        assert_eq!(nearby(&dir.path().join("nowhere/reviews"), Wanted::Folder), None);
        assert_eq!(nearby(Path::new("/"), Wanted::Folder), None);
    }

    #[test]
    fn a_workspace_has_returns_and_a_register_or_settings() {
        for (made, is) in [
            (&["returns/"][..], false),
            (&["register.xlsx"], false),
            (&["returns", "register.xlsx"], false),
            (&["returns/", "register.xlsx"], true),
            (&["returns/", "quarterday.toml"], true),
            (&["returns/", "register.xlsx/"], false),
            (&[], false),
        ] {
            let dir = tempfile::tempdir().unwrap();
            for name in made {
                match name.strip_suffix('/') {
                    Some(folder) => fs::create_dir(dir.path().join(folder)).unwrap(),
                    None => fs::write(dir.path().join(name), "").unwrap(),
                }
            }
            assert_eq!(is_workspace(dir.path()), is, "{made:?}");
        }
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(SETTINGS_FILE), "concil = 1").unwrap();
        assert!(is_workspace(dir.path()), "its settings are wrong, but it is one");
        assert!(!is_workspace(&dir.path().join("nowhere")));
    }

    #[test]
    fn finds_workspaces_around_and_below() {
        let dir = tempfile::tempdir().unwrap();
        let own = dir.path().join("reviews");
        fs::create_dir_all(own.join("returns/2026")).unwrap();
        fs::write(own.join("register.xlsx"), "").unwrap();
        fs::create_dir(dir.path().join("archive")).unwrap();
        assert_eq!(workspace_around(&own.join("returns/2026/a.xlsx")), Some(own.clone()));
        assert_eq!(workspace_around(&own.join("returns")), Some(own.clone()));
        assert_eq!(workspace_around(&own), None);
        assert_eq!(workspaces_below(dir.path()), [own]);
        assert!(workspaces_below(&dir.path().join("archive")).is_empty());
    }
}
