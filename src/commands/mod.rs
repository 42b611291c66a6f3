//! One file per command. The only place that reads the clock and prints.

mod ask;
mod check;
mod clock;
mod completions;
mod contract;
mod demo;
mod drafts_made;
mod evidence;
mod explain;
pub mod help;
mod init;
mod interrupt;
mod issue;
mod pages;
mod reader;
mod retention;
mod rules;
mod run;
mod screen;
mod send;
mod start;
mod status;
mod surroundings;
mod template;
mod try_definition;
mod verify;
mod watch;
mod window;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::{Arguments, Command};

/// How the program ends; the numbers are part of its interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitStatus {
    /// Nothing needs attention.
    Fine = 0,
    /// Some returns need attention.
    NeedsAttention = 1,
    /// It could not run.
    CouldNotRun = 2,
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        ExitCode::from(status as u8)
    }
}

/// Runs the program with the arguments it was started with. `limit_memory` bounds the memory of the process, in bytes, from when it is
/// called.
pub fn main(limit_memory: fn(usize)) -> ExitCode {
    let given = window::arguments();
    let parsed = Arguments::try_parse_from(&given);
    // A worker is started for every few files, never by a person: it is asked nothing.
    let is_reader = matches!(&parsed, Ok(own) if matches!(own.command, Some(Command::Reader)));
    let window = if is_reader { window::Window::of_a_program() } else { window::Window::of_this_program() };
    let status = match parsed {
        Ok(Arguments { quiet, command }) => {
            if quiet {
                screen::be_quiet();
            }
            match command {
                Some(command) => done(command, limit_memory),
                None => start::start(&window, &[]),
            }
        }
        Err(error) => match start::paths(&error, &given) {
            Some(paths) => start::start(&window, &paths),
            None => {
                let _ = error.print();
                return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
            }
        },
    };
    match status {
        Ok(status) => status.into(),
        Err(error) => {
            screen::error(&format!("{error:#}"));
            ExitStatus::CouldNotRun.into()
        }
    }
}

/// Does what a command says.
fn done(command: Command, limit_memory: fn(usize)) -> anyhow::Result<ExitStatus> {
    match command {
        Command::Init { dir, contracts, further } => init::init(&dir, &[contracts, further].concat()),
        Command::Run { dir, as_of, json } => run::run(&dir, as_of, json),
        Command::Watch(asked) => watch::watch(&asked),
        Command::Status { dir, as_of, json } => status::status(&dir, as_of, json),
        Command::Retention { dir, as_of, json, output } => {
            retention::retention(&dir, as_of, json, output.as_deref())
        }
        Command::Issue(asked) => issue::issue(&asked),
        Command::Evidence(asked) => evidence::evidence(&asked),
        Command::Verify { dir, heads, json } => verify::verify(&dir, &heads, json),
        Command::Try { definition, dir, as_of, json, page } => {
            try_definition::try_definition(&definition, &dir, as_of, json, page.as_deref())
        }
        Command::Check { files, dir, json } => check::check(&files, dir.as_deref(), json),
        Command::Send(asked) => send::send(&asked),
        Command::Template(asked) => template::template(&asked),
        Command::Explain { code, json } => explain::explain(code.as_deref(), json),
        Command::Contract { command } => contract::contract(command),
        Command::Pages { command } => pages::pages(command),
        Command::Rules { name, json } => rules::rules(name.as_deref(), json),
        Command::Demo { dir } => demo::demo(&dir),
        Command::Completions { shell } => completions::completions(shell),
        Command::Help { topic } => help::help(&topic),
        Command::Reader => reader::reader(limit_memory),
    }
}
