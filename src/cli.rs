//! Arguments of the program.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Parser, Subcommand};

/// Reads providers' KPI returns, applies each contract's rules and writes back coloured workbooks and review packs.
#[derive(Debug, Parser)]
#[command(
    name = "quarterday",
    version,
    disable_help_subcommand = true,
    max_term_width = 100,
    after_help = "Start with `quarterday` alone. `quarterday help` lists what there is to read: an officer's day, what the words of a \
                  rating mean, a contract of your own in an hour.",
    after_long_help = "Exit status: 0 fine, 1 something needs attention, 2 it could not be done; see `quarterday help \
                       exit-statuses`.\n\nWhere the environment has NO_COLOR, or output goes to a file or another program, nothing is \
                       coloured and nothing moves."
)]
pub struct Arguments {
    /// Say only what needs attention, and errors.
    #[arg(short, long, global = true, display_order = 900)]
    pub quiet: bool,
    /// What to do; without it, how to start.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// How completions are put in place.
const COMPLETIONS: &str = "\
Print what makes a shell complete commands and options when Tab is pressed.

PowerShell: open your profile with `notepad $PROFILE` (where Notepad finds no such path, make it
with `New-Item -Force $PROFILE` first) and put this line at its end:

    quarterday completions powershell | Out-String | Invoke-Expression

Bash: put this line at the end of ~/.bashrc:

    source <(quarterday completions bash)

Then open a new window.

Exit status: 0, or 2 when there is no such shell.";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a workspace: its folders and a blank register with drop-downs and notes.
    ///
    /// What is there already is left alone, and a register is never overwritten. `quarterday contract list` has the contracts' ids.
    ///
    /// Exit status: 0 when it is made, 2 when it could not be.
    Init {
        /// The folder; made when it is not there.
        dir: PathBuf,
        /// A contract to offer in the register, by its id; say it once for each.
        #[arg(long = "contract", value_name = "ID", required = true)]
        contracts: Vec<String>,
        /// Further ids, as in `--contract a b`.
        #[arg(hide = true, value_name = "ID")]
        further: Vec<String>,
    },
    /// Read the returns of a workspace, rate them and write everything under `out`.
    ///
    /// Exit status: 0 when nothing needs attention, 1 when some returns need attention (unreadable, wrong, late or missing),
    /// 2 when the run could not be made. A red KPI is not an error.
    Run {
        /// The workspace: the folder that holds `returns`.
        #[arg(default_value = ".")]
        dir: PathBuf,
        /// Say everything as of this day (2026-01-20) instead of today.
        #[arg(long, value_name = "DATE", value_parser = date)]
        as_of: Option<NaiveDate>,
        /// Print out/results.json instead of the summary.
        #[arg(long)]
        json: bool,
    },
    /// Watch the folder of returns and run when what was dropped in has settled.
    ///
    /// A file is read when its size and time have stood still for two looks and no program keeps it from being opened; changes of the
    /// register, the settings, definitions and templates make a run as well, and so does a new day. Each run is told in a line. One
    /// watch at a time in a workspace; `quarterday run` works beside it. Ctrl-C ends it.
    ///
    /// Exit status: 0 when it is ended; with --once as of `run`; 2 when it could not watch.
    Watch(WatchArguments),
    /// Say on one screen how a workspace stands: what came in, what waits, what is open in Excel, what is due, what to do next.
    ///
    /// Reads as a run would, and writes nothing.
    ///
    /// Exit status: 0 when nothing waits, 1 when something does, 2 when it could not be said.
    Status {
        /// The workspace: the folder that holds `returns`.
        #[arg(default_value = ".")]
        dir: PathBuf,
        /// Say everything as of this day (2026-01-20) instead of today.
        #[arg(long, value_name = "DATE", value_parser = date)]
        as_of: Option<NaiveDate>,
        /// Print it for other programs instead.
        #[arg(long)]
        json: bool,
    },
    /// List what is due for disposal by the table “retention” of quarterday.toml, with what to delete. Deletes nothing.
    ///
    /// Exit status: 0 when nothing is due, 1 when something is, 2 when it could not be listed.
    Retention {
        /// The workspace: the folder that holds `returns`.
        #[arg(default_value = ".")]
        dir: PathBuf,
        /// Say everything as of this day (2026-01-20) instead of today.
        #[arg(long, value_name = "DATE", value_parser = date)]
        as_of: Option<NaiveDate>,
        /// Print the list for other programs instead.
        #[arg(long)]
        json: bool,
        /// Write the list as a table as well, for whoever decides.
        #[arg(short = 'o', long = "output", value_name = "FILE.csv")]
        output: Option<PathBuf>,
    },
    /// Freeze what is sent out of a period, so that it can be shown later what was said, and on what it rested.
    ///
    /// Runs first. For each provider the pack with all that goes with it is copied into the folder `issued`, with the definition in force
    /// and a record of the returns, the register and every figure. Nothing there is ever changed or deleted by the program; when the same
    /// was issued before nothing is written, and what differs makes the next issue. Later runs say which figures have changed since.
    ///
    /// Exit status: 0 when it is issued, now or before; 2 when it could not be.
    Issue(IssueArguments),
    /// Put together, in one folder for a lawyer, what a consequence of a contract rests on for a provider.
    ///
    /// The clause and its condition, every figure and cell, findings, notices and reliefs, the dates and how they are known, copies of
    /// the returns, and the SHA-256 of everything, with how to check it. What is not proven is said. The newest period in which the
    /// condition is met is taken; where it is met in none, the folder says so. Of the register and the ledger only what concerns
    /// the provider is told. The folder may hold lines on single people.
    ///
    /// Exit status: 0 when it is there, 2 when it could not be put together.
    Evidence(EvidenceArguments),
    /// Prove that no record was changed since it was written, and that each recorded file still is what it was. Writes nothing.
    ///
    /// The ledger of receipts is chained: a line changed, removed or put in breaks it. The copies in `originals`, the files in
    /// `returns`, what was issued and folders of evidence are held against their recorded hashes. A chain cannot show its end
    /// cut off: for that its head is printed, to be noted elsewhere and given to `--head` later. All faults are named, with
    /// what to do.
    ///
    /// Exit status: 0 when everything is as recorded, 1 when something is not, 2 when it could not be verified.
    Verify {
        /// The workspace: the folder that holds `returns`.
        #[arg(default_value = ".")]
        dir: PathBuf,
        /// A head noted earlier, as its digits or the file it was noted in; say it once for each.
        #[arg(long = "head", visible_alias = "expect", value_name = "SHA256-or-FILE")]
        heads: Vec<String>,
        /// Print what was found for other programs instead.
        #[arg(long)]
        json: bool,
    },
    /// Say what would differ for a workspace's returns under a changed definition. Records nothing.
    ///
    /// The definition takes the place of the one of its id for this look alone, as if it had applied from the start. Ratings, returns,
    /// timeliness and accuracy, conditions and findings are compared provider by provider.
    ///
    /// Exit status: 0, whether anything would differ or not; 2 when it could not be tried.
    Try {
        /// The changed definition.
        #[arg(value_name = "CONTRACT.toml")]
        definition: PathBuf,
        /// The workspace: the folder that holds `returns`.
        #[arg(default_value = ".")]
        dir: PathBuf,
        /// Say everything as of this day (2026-01-20) instead of today.
        #[arg(long, value_name = "DATE", value_parser = date)]
        as_of: Option<NaiveDate>,
        /// Print what would differ for other programs instead.
        #[arg(long)]
        json: bool,
        /// Write it as a page as well, to print or take to a meeting.
        #[arg(short = 'o', long = "page", value_name = "FILE.html")]
        page: Option<PathBuf>,
    },
    /// Look at workbooks: what each is, what is wrong, how it rates. Writes nothing.
    ///
    /// Exit status: 0 when each is a return without an error, 1 when one is not, 2 when they could not be looked at.
    Check {
        /// The workbooks, or e-mails with workbooks attached (.eml, .msg), as they came.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The workspace whose own contracts and bank holidays are known; the current folder where it is one.
        #[arg(long, value_name = "DIR")]
        dir: Option<PathBuf>,
        /// Print it for other programs instead.
        #[arg(long)]
        json: bool,
    },
    /// Hand the drafts of the last run to the council's mail server, after showing them and asking.
    ///
    /// A draft does not go, and the reason is said, when the workbook in it is not the recipient's, when an address is not in the
    /// register today, or when the draft is not as the run wrote it. What went is written into sent.jsonl, and nothing goes twice.
    /// The server, the sender and the allowed domains are in quarterday.toml, in the tables “mail” and “sender”.
    ///
    /// Exit status: 0 when all went or went before, or you said no; 1 when one was refused, held back, failed or may have gone; 2 when
    /// nothing could be sent.
    Send(SendArguments),
    /// Write a blank return made for filling in, from the contract's definition.
    ///
    /// It has the sheets, headings and rows the contract asks for in that period, drop-downs and checks, the targets, and whatever
    /// is known already; all but the cells to fill in is locked, without a password.
    ///
    /// Exit status: 0 when it is written, 2 when it could not be.
    Template(TemplateArguments),
    /// Explain a finding or a rule kind, or list them all.
    ///
    /// Exit status: 0, or 2 when there is no such finding.
    Explain {
        /// The finding's code, such as total-mismatch, or a rule kind's name, such as target.
        code: Option<String>,
        /// Print it for other programs instead.
        #[arg(long)]
        json: bool,
    },
    /// Say which contracts there are, check their definitions, or put one in plain English.
    ///
    /// Exit status: 0 fine, 1 when a definition is at fault, 2 when it could not be read.
    #[command(disable_help_subcommand = true)]
    Contract {
        /// What to do.
        #[command(subcommand)]
        command: ContractCommand,
    },
    /// List the rule kinds that contract definitions are made of, or explain one.
    ///
    /// Exit status: 0, or 2 when there is no such rule kind.
    Rules {
        /// A rule kind's name, such as bands; all are listed when left out.
        name: Option<String>,
        /// Print it for other programs instead.
        #[arg(long)]
        json: bool,
    },
    /// List the templates of the pages, start one of your own, or list the phrases the pages are worded in.
    ///
    /// Exit status: 0 when it is done, 2 when it could not be.
    #[command(disable_help_subcommand = true)]
    Pages {
        /// What to do.
        #[command(subcommand)]
        command: PagesCommand,
    },
    /// Read files for another process of the program, over standard input and output.
    #[command(name = crate::readers::SUBCOMMAND, hide = true)]
    Reader,
    /// Lay out the shipped samples in a folder, run on them and name the pages to open.
    ///
    /// Exit status: 0 when it is laid out, whatever the samples hold; 2 when it could not be.
    Demo {
        /// The folder; made when it is not there.
        #[arg(default_value = "quarterday-demo")]
        dir: PathBuf,
    },
    /// Print what makes a shell complete commands and options when Tab is pressed.
    #[command(long_about = COMPLETIONS)]
    Completions {
        /// The shell.
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Read on: list the topics, show one, or the help of a command.
    ///
    /// Exit status: 0, or 2 when there is neither a topic nor a command of that name.
    Help {
        /// A topic, such as ratings, or a command, such as `contract check`; all topics are listed when left out.
        #[arg(value_name = "TOPIC")]
        topic: Vec<String>,
    },
}

/// How a folder is watched.
#[derive(Debug, clap::Args)]
pub struct WatchArguments {
    /// The workspace: the folder that holds `returns`.
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Look into the folders at least this often, whether the system tells of changes or not.
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub every: u64,
    /// Take a file when it has stood still for so long; more where copies come over a slow line and pause on the way.
    #[arg(long, value_name = "SECONDS", default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub settle: u64,
    /// Do not ask the system to tell of changes: for network drives that lose them.
    #[arg(long)]
    pub no_events: bool,
    /// Wait until what is being copied has settled, run once and end: for a scheduled task.
    #[arg(long)]
    pub once: bool,
    /// Print what happens for other programs: a JSON object a line.
    #[arg(long)]
    pub json: bool,
}

/// What is issued.
#[derive(Debug, clap::Args)]
pub struct IssueArguments {
    /// The workspace: the folder that holds `returns`.
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// The contract's id.
    #[arg(long, value_name = "ID")]
    pub contract: String,
    /// The review period: "2025-26 Q1".
    #[arg(long, value_name = "PERIOD")]
    pub period: String,
    /// A provider; say it once for each. Without it, all that have a pack for the period.
    #[arg(long = "provider", value_name = "NAME")]
    pub providers: Vec<String>,
    /// Say everything as of this day (2026-01-20) instead of today.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<NaiveDate>,
    /// A note to keep with the issue, such as to whom it was sent.
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// Print the records of the issues made, for other programs, instead of the summary.
    #[arg(long)]
    pub json: bool,
}

/// Which consequence, and where the evidence goes.
#[derive(Debug, clap::Args)]
pub struct EvidenceArguments {
    /// The contract's id.
    pub contract: String,
    /// The provider's name, as in the register.
    pub provider: String,
    /// The id of the consequence, as in the definition and in results.json.
    pub escalation: String,
    /// The workspace: the folder that holds `returns`.
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// The period, such as "2025-26 Q1", or the day of the event.
    #[arg(long, value_name = "P")]
    pub period: Option<String>,
    /// Say everything as of this day (2026-01-20) instead of today.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<NaiveDate>,
    /// The folder to write; in the workspace's folder “evidence” when left out. None is ever overwritten.
    #[arg(short, long, value_name = "FOLDER")]
    pub output: Option<PathBuf>,
    /// Print evidence.json instead of the summary.
    #[arg(long)]
    pub json: bool,
}

/// Which drafts are sent.
#[derive(Debug, clap::Args)]
pub struct SendArguments {
    /// The workspace: the folder that holds `returns`.
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Only drafts of this contract, by its id.
    #[arg(long, value_name = "ID")]
    pub contract: Option<String>,
    /// Only drafts to this provider.
    #[arg(long, value_name = "NAME")]
    pub provider: Option<String>,
    /// Only drafts about this period: "2025-26 Q1", 2025-11.
    #[arg(long, value_name = "P")]
    pub period: Option<String>,
    /// Only drafts of this kind.
    #[arg(long, value_name = "KIND", value_parser = ["thanks", "query", "reminder", "chaser"])]
    pub kind: Option<String>,
    /// Show all that would be sent and open no connection.
    #[arg(long)]
    pub dry_run: bool,
    /// Send without asking.
    #[arg(long, conflicts_with = "dry_run")]
    pub yes: bool,
    /// With --yes, also send what carries lines on single people.
    #[arg(long, requires = "yes")]
    pub client_rows: bool,
    /// A message that may have gone has not, as you have found out: it may go again. Say it once for each.
    #[arg(long, value_name = "MESSAGE-ID")]
    pub again: Vec<String>,
    /// Print what was or would be sent for other programs; without --dry-run it needs --yes.
    #[arg(long)]
    pub json: bool,
}

/// Which blank return, and where it goes.
#[derive(Debug, clap::Args)]
pub struct TemplateArguments {
    /// The contract's id.
    pub contract: String,
    /// The form's id or title.
    pub form: String,
    /// The period, as long as the form's are: "2025-26 Q1", 2025-11, "November 2025", 2025-26.
    #[arg(long, value_name = "PERIOD")]
    pub period: String,
    /// The provider it is for; without it there is a cell to fill in.
    #[arg(long, value_name = "NAME")]
    pub provider: Option<String>,
    /// The council it is for, where each has a return of its own; without it there is a cell to fill in.
    #[arg(long, value_name = "AREA")]
    pub area: Option<String>,
    /// The workspace whose definitions, register and earlier returns are known; the current folder where it is one.
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// The workbook to write, ending in .xlsx, or the folder to put it into.
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Replace a file that is there.
    #[arg(long)]
    pub overwrite: bool,
}

/// What to do with the templates of the pages.
#[derive(Debug, Subcommand)]
pub enum PagesCommand {
    /// List the templates, and which of them the workspace has its own of.
    ///
    /// Exit status: 0, or 2 when the workspace or one of its templates is at fault.
    List {
        /// The workspace; the current folder where it is one.
        #[arg(long, value_name = "DIR")]
        dir: Option<PathBuf>,
    },
    /// Write built-in templates into the workspace's folder of templates, to be changed there. No file is ever overwritten.
    ///
    /// Exit status: 0 when they are written, 2 when they could not be.
    Write {
        /// Templates by name, such as pack/agenda.html.
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
        /// The workspace; the current folder where it is one.
        #[arg(long, value_name = "DIR")]
        dir: Option<PathBuf>,
    },
    /// List the phrases that the table “wording” of quarterday.toml can replace, with where each stands.
    ///
    /// Exit status: 0.
    Wording,
}

/// What to do with contracts.
#[derive(Debug, Subcommand)]
pub enum ContractCommand {
    /// List the contracts: id, title, councils and forms, and whether each is built in or the workspace's own.
    ///
    /// Exit status: 0, 1 when a definition of the workspace is at fault, 2 when the workspace cannot be read.
    List {
        /// A workspace whose own contracts are listed as well; the current folder where it is one.
        dir: Option<PathBuf>,
        /// Print it for other programs instead.
        #[arg(long)]
        json: bool,
    },
    /// Find what a lawyer would find in a definition; all that are known are checked when none is named.
    ///
    /// Looks for ranges that the bands leave open or claim twice, bands and targets that no count can reach or miss, due dates
    /// before their period has ended, dated values that never come into force, conditions that can never be met, references to what
    /// no form or register supplies, and forms that cannot be told apart. Each is named with its place and clause.
    ///
    /// Exit status: 0 with no fault (notes may stand), 1 with a fault, 2 when the check could not be made.
    Check {
        /// Contracts by id, or definitions by file name, ending in .toml.
        #[arg(value_name = "ID-or-FILE.toml")]
        contracts: Vec<String>,
        /// A workspace whose own contracts are known as well; the current folder where it is one.
        #[arg(long, value_name = "DIR")]
        dir: Option<PathBuf>,
        /// Print it for other programs instead.
        #[arg(long)]
        json: bool,
    },
    /// Put a contract in plain English, with its clauses and the next twelve due dates.
    ///
    /// Exit status: 0, or 2 when there is no such contract or its definition is at fault.
    Explain {
        /// The contract's id, or the file name of its definition, ending in .toml.
        #[arg(value_name = "ID-or-FILE.toml")]
        contract: String,
        /// A workspace whose own contracts are known as well; the current folder where it is one.
        #[arg(long, value_name = "DIR")]
        dir: Option<PathBuf>,
        /// Print it for other programs instead.
        #[arg(long)]
        json: bool,
        /// Count due dates from this day (2026-01-20) instead of today.
        #[arg(long, value_name = "DATE", value_parser = date)]
        as_of: Option<NaiveDate>,
    },
}

fn date(text: &str) -> Result<NaiveDate, String> {
    text.parse::<NaiveDate>().map_err(|_| "write the date as year-month-day, such as 2026-01-20".to_string())
}
