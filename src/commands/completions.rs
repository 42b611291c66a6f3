//! `quarterday completions`: what makes a shell complete commands and options.

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;

use super::{ExitStatus, screen};
use crate::cli::Arguments;
use crate::readers;

/// Prints the completions for `shell`.
///
/// # Errors
/// None; the signature is that of every command.
pub fn completions(shell: Shell) -> Result<ExitStatus> {
    screen::bytes(&script(shell));
    Ok(ExitStatus::Fine)
}

/// The completions of every command a person may want.
fn script(shell: Shell) -> Vec<u8> {
    let all = Arguments::command();
    let wanted = all.get_subcommands().filter(|own| own.get_name() != readers::SUBCOMMAND).cloned();
    // Commands cannot be taken out of a command, so a new one gets those that are wanted.
    let mut offered = clap::Command::new("quarterday")
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_subcommand(true)
        .args(all.get_arguments().cloned())
        .subcommands(wanted);
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut offered, "quarterday", &mut script);
    script
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_completed_but_the_hidden_one() {
        for shell in [Shell::PowerShell, Shell::Bash, Shell::Zsh, Shell::Fish] {
            let script = String::from_utf8(script(shell)).unwrap();
            for own in Arguments::command().get_subcommands() {
                let hidden = own.is_hide_set();
                let there = script.lines().any(|line| {
                    line.split(|c: char| !c.is_alphanumeric() && c != '-').any(|word| word == own.get_name())
                });
                assert_eq!(there, !hidden, "{shell}: {}", own.get_name());
            }
            assert!(script.contains("as-of") && script.contains("quiet"), "{shell}");
        }
    }
}
