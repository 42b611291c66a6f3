//! `quarterday` alone, or with paths in the place of a command: how to start, or what was meant by opening it in the Explorer or by
//! dropping files onto its icon.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::error::ErrorKind;

use super::window::{Window, folder_of_the_program};
use super::{ExitStatus, check, run, screen};
use crate::workspace::nearby::{is_workspace, workspace_around};

/// The three things one does.
const THREE_THINGS: &str = "\
quarterday reads providers' KPI returns, rates them by contract, and writes what goes back to them
and what the meeting needs. The three things one does:

  start a workspace     quarterday init reviews --contract ID   (ids: quarterday contract list)
  run it                quarterday run reviews
  look at one return    quarterday check return.xlsx

To see it on invented returns first: quarterday demo. All there is: quarterday --help and
quarterday help.";

/// How to get to where commands are typed.
const WHERE_TO_TYPE: &str = "\
Commands are typed: in the Explorer open the folder that this program lies in, click into the bar
with its path, type cmd and press Enter. Once there is a workspace, put the program into it and
double-click it there: that runs it. A return dropped onto the program's icon is looked at.";

/// What stands in the place of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Given {
    path: PathBuf,
    kind: Kind,
    /// The workspace it lies in.
    within: Option<PathBuf>,
}

/// What a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Workspace,
    Folder,
    File,
}

/// What is done.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Deed {
    /// Say how to start.
    Welcome,
    /// Say that the current folder is a workspace, and how to start.
    WelcomeHere,
    /// Say how to start, and where commands are typed.
    WelcomeInWindow,
    /// Run the workspace.
    Run(PathBuf),
    /// Look at the files, as of the workspace.
    Check(Vec<PathBuf>, Option<PathBuf>),
    /// Say that the folder is no workspace, and how to start.
    NoWorkspace(PathBuf),
    /// Say which command is meant.
    Suggest(String),
}

/// The paths that stand in the place of a command: where clap knows no command of that name and every argument is a file or folder that
/// is there, or is written like a file.
pub fn paths(error: &clap::Error, arguments: &[OsString]) -> Option<Vec<PathBuf>> {
    if !matches!(error.kind(), ErrorKind::InvalidSubcommand | ErrorKind::UnknownArgument) {
        return None;
    }
    let paths: Vec<PathBuf> = arguments.iter().skip(1).map(PathBuf::from).collect();
    let like_a_path = |path: &PathBuf| path.exists() || path.extension().is_some();
    (!paths.is_empty() && paths.iter().all(like_a_path)).then_some(paths)
}

/// Does what is meant by starting the program with nothing but these paths.
///
/// # Errors
/// See [`run::run`] and [`check::check`].
pub fn start(window: &Window, paths: &[PathBuf]) -> Result<ExitStatus> {
    let given: Vec<Given> = paths.iter().map(|path| Given::at(path)).collect();
    let beside = folder_of_the_program().filter(|folder| is_workspace(folder));
    match deed(window.closes(), &given, is_workspace(Path::new(".")), beside) {
        Deed::Welcome => screen::lines(THREE_THINGS),
        Deed::WelcomeHere => {
            screen::line("This folder is a workspace. To run it: quarterday run");
            screen::line("");
            screen::lines(THREE_THINGS);
        }
        Deed::WelcomeInWindow => {
            screen::lines(THREE_THINGS);
            screen::line("");
            screen::lines(WHERE_TO_TYPE);
        }
        Deed::Run(dir) => return run::run(&dir, None, false),
        Deed::Check(files, dir) => return check::check(&files, dir.as_deref(), false),
        Deed::NoWorkspace(folder) => {
            screen::error(&format!("{} is no workspace and lies in none.", folder.display()));
            screen::lines(THREE_THINGS);
            return Ok(ExitStatus::CouldNotRun);
        }
        Deed::Suggest(what) => {
            screen::error(&what);
            return Ok(ExitStatus::CouldNotRun);
        }
    }
    Ok(ExitStatus::Fine)
}

impl Given {
    fn at(path: &Path) -> Self {
        let kind = match path {
            file if !file.is_dir() => Kind::File,
            folder if is_workspace(folder) => Kind::Workspace,
            _ => Kind::Folder,
        };
        let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        Self { path: path.to_path_buf(), kind, within: workspace_around(&whole) }
    }
}

/// What is done when the program is started with `given` and no command: in a window of its own or not, in a current folder that is a
/// workspace or not, with its file in the workspace `beside`.
fn deed(in_window: bool, given: &[Given], here: bool, beside: Option<PathBuf>) -> Deed {
    match (in_window, given) {
        (false, []) if here => Deed::WelcomeHere,
        (false, []) => Deed::Welcome,
        (true, []) if here => Deed::Run(PathBuf::from(".")),
        (true, []) => beside.map_or(Deed::WelcomeInWindow, Deed::Run),
        (false, given) => Deed::Suggest(suggestion(given)),
        (true, [own]) if own.kind == Kind::Workspace => Deed::Run(own.path.clone()),
        (true, given) => match given.iter().find(|own| own.kind != Kind::File) {
            Some(folder) => match (&folder.within, given) {
                // The folder of returns, or one in it, stands for its workspace.
                (Some(workspace), [_]) => Deed::Run(workspace.clone()),
                _ => Deed::NoWorkspace(folder.path.clone()),
            },
            None => {
                let within = given.iter().find_map(|own| own.within.clone());
                let here = here.then(|| PathBuf::from("."));
                let files = given.iter().map(|own| own.path.clone()).collect();
                Deed::Check(files, within.or(here).or(beside))
            }
        },
    }
}

/// Which command is meant by typing these paths without one.
fn suggestion(given: &[Given]) -> String {
    let typed: Vec<String> = given.iter().map(|own| quoted(&own.path)).collect();
    let typed = typed.join(" ");
    match given {
        [own] if own.kind != Kind::File => format!("to run over a folder: quarterday run {typed}"),
        _ => format!("to look at a return: quarterday check {typed}"),
    }
}

/// The path as a command line takes it.
fn quoted(path: &Path) -> String {
    let shown = path.display().to_string();
    if shown.contains(' ') { format!("\"{shown}\"") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(path: &str, kind: Kind, within: Option<&str>) -> Given {
        Given { path: path.into(), kind, within: within.map(PathBuf::from) }
    }

    #[test]
    fn what_is_done_goes_by_where_it_is_started_and_with_what() {
        let own = |name: &str| Some(PathBuf::from(name));
        let workspace = given("C:/reviews", Kind::Workspace, None);
        let returns = given("C:/reviews/returns", Kind::Folder, Some("C:/reviews"));
        let folder = given("C:/other", Kind::Folder, None);
        let file = given("C:/mail/return.xlsx", Kind::File, None);
        let received = given("C:/reviews/returns/a.xlsx", Kind::File, Some("C:/reviews"));
        let check = |files: &[&Given], dir: Option<&str>| {
            Deed::Check(files.iter().map(|own| own.path.clone()).collect(), dir.map(PathBuf::from))
        };
        for (in_window, given, here, beside, wanted) in [
            // Typed into a terminal.
            (false, vec![], false, None, Deed::Welcome),
            (false, vec![], false, own("C:/reviews"), Deed::Welcome),
            (false, vec![], true, None, Deed::WelcomeHere),
            (
                false,
                vec![&workspace],
                false,
                None,
                Deed::Suggest("to run over a folder: quarterday run C:/reviews".into()),
            ),
            (
                false,
                vec![&file],
                true,
                None,
                Deed::Suggest("to look at a return: quarterday check C:/mail/return.xlsx".into()),
            ),
            // Double-clicked.
            (true, vec![], false, None, Deed::WelcomeInWindow),
            (true, vec![], true, None, Deed::Run(".".into())),
            (true, vec![], true, own("C:/reviews"), Deed::Run(".".into())),
            (true, vec![], false, own("C:/reviews"), Deed::Run("C:/reviews".into())),
            // Dropped onto the icon.
            (true, vec![&workspace], false, None, Deed::Run("C:/reviews".into())),
            (true, vec![&workspace], true, own("D:/else"), Deed::Run("C:/reviews".into())),
            (true, vec![&returns], false, None, Deed::Run("C:/reviews".into())),
            (true, vec![&folder], true, None, Deed::NoWorkspace("C:/other".into())),
            (true, vec![&folder, &returns], false, None, Deed::NoWorkspace("C:/other".into())),
            (true, vec![&file, &workspace], false, None, Deed::NoWorkspace("C:/reviews".into())),
            (true, vec![&file], false, None, check(&[&file], None)),
            (true, vec![&file], true, None, check(&[&file], Some("."))),
            (true, vec![&file], false, own("C:/else"), check(&[&file], Some("C:/else"))),
            (true, vec![&received], true, own("C:/else"), check(&[&received], Some("C:/reviews"))),
            (true, vec![&file, &received], false, None, check(&[&file, &received], Some("C:/reviews"))),
        ] {
            let given: Vec<Given> = given.into_iter().cloned().collect();
            assert_eq!(
                deed(in_window, &given, here, beside.clone()),
                wanted,
                "{in_window} {given:?} {here} {beside:?}"
            );
        }
    }

    #[test]
    fn a_path_with_a_blank_is_quoted_in_what_is_suggested() {
        let own = given("my return.xlsx", Kind::File, None);
        assert_eq!(suggestion(&[own]), "to look at a return: quarterday check \"my return.xlsx\"");
    }

    #[test]
    fn the_three_things_are_ten_lines_that_fit_a_window() {
        assert!(THREE_THINGS.lines().count() <= 10);
        for line in THREE_THINGS.lines().chain(WHERE_TO_TYPE.lines()) {
            assert!(line.chars().count() <= 100, "{line}");
        }
    }
}
