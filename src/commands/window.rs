//! The window the program was started in: one of its own, which closes when the program ends, where it was opened in the Explorer (a
//! double click, a file dropped onto its icon, a shortcut); else the terminal it was typed into.

use std::ffi::OsString;
use std::path::PathBuf;

use sysinfo::{ProcessRefreshKind, ProcessesToUpdate, System};

use super::screen;

/// The window. One that would close is kept open until Enter is pressed when this is dropped, whatever happened before.
#[derive(Debug)]
pub struct Window {
    closes: bool,
}

impl Window {
    /// The window of a process that another program started.
    pub fn of_a_program() -> Self {
        Self { closes: false }
    }

    /// The window of this process.
    pub fn of_this_program() -> Self {
        Self { closes: parent().is_some_and(|name| is_explorer(&name)) }
    }

    /// Whether it closes when the program ends, so that whoever opened it types nothing into it.
    pub fn closes(&self) -> bool {
        self.closes
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        if self.closes {
            screen::line("");
            screen::line("Press Enter to close this window.");
            let _ = std::io::stdin().read_line(&mut String::new());
        }
    }
}

/// What the program was started with, its own name first.
pub fn arguments() -> Vec<OsString> {
    std::env::args_os().collect()
}

/// The folder the program's own file lies in.
pub fn folder_of_the_program() -> Option<PathBuf> {
    Some(std::env::current_exe().ok()?.parent()?.to_path_buf())
}

/// Whether a process of this name is Windows' Explorer.
fn is_explorer(name: &str) -> bool {
    name.eq_ignore_ascii_case("explorer.exe") || name.eq_ignore_ascii_case("explorer")
}

/// The name of the process that started this one; `None` where it cannot be told.
fn parent() -> Option<String> {
    let own = sysinfo::get_current_pid().ok()?;
    let mut system = System::new();
    let mut look = |pid| {
        system.refresh_processes_specifics(
            ProcessesToUpdate::Some(&[pid]),
            false,
            ProcessRefreshKind::nothing(),
        );
        let process = system.process(pid)?;
        Some((process.parent(), process.name().to_string_lossy().into_owned()))
    };
    let parent = look(own)?.0?;
    Some(look(parent)?.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_explorer_by_name() {
        for (name, is) in [
            ("explorer.exe", true),
            ("Explorer.EXE", true),
            ("explorer", true),
            ("iexplorer.exe", false),
            ("explorer.exe.exe", false),
            ("cmd.exe", false),
            ("powershell.exe", false),
            ("WindowsTerminal.exe", false),
            ("", false),
        ] {
            assert_eq!(is_explorer(name), is, "{name}");
        }
    }

    #[test]
    fn this_process_was_started_by_one_that_has_a_name() {
        assert!(parent().is_some_and(|name| !name.is_empty()));
    }
}
