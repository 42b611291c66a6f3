//! The `quarterday` program: a thin shell around the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    quarterday::commands::main()
}
