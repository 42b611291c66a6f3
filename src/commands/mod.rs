//! One file per command. The only place that reads the clock and prints.

mod ask;
mod check;
mod clock;
mod contract;
mod demo;
mod explain;
mod init;
mod issue;
mod pages;
mod reader;
mod rules;
mod run;
mod screen;
mod send;
mod surroundings;
mod template;
mod try_definition;

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
    let arguments = Arguments::parse();
    let status = match arguments.command {
        Command::Init { dir, contracts, further } => init::init(&dir, &[contracts, further].concat()),
        Command::Run { dir, as_of, json } => run::run(&dir, as_of, json),
        Command::Issue(asked) => issue::issue(&asked),
        Command::Try { definition, dir, as_of, json, page } => {
            try_definition::try_definition(&definition, &dir, as_of, json, page.as_deref())
        }
        Command::Check { files, dir } => check::check(&files, dir.as_deref()),
        Command::Send(asked) => send::send(&asked),
        Command::Template(asked) => template::template(&asked),
        Command::Explain { code } => explain::explain(code.as_deref()),
        Command::Contract { command } => contract::contract(command),
        Command::Pages { command } => pages::pages(command),
        Command::Rules { name } => rules::rules(name.as_deref()),
        Command::Demo { dir } => demo::demo(&dir),
        Command::Reader => reader::reader(limit_memory),
    };
    match status {
        Ok(status) => status.into(),
        Err(error) => {
            screen::error(&format!("{error:#}"));
            ExitStatus::CouldNotRun.into()
        }
    }
}
