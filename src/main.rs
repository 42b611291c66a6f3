//! The `quarterday` program: a thin shell around the library.

use std::alloc::System;
use std::process::ExitCode;

use cap::Cap;

/// Counts memory, so that a process that reads a file nobody vouches for can be held to so much of it.
#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

fn main() -> ExitCode {
    quarterday::commands::main(|bytes| {
        // Refused only where more is in use already, which a process that has just started has not.
        let _ = MEMORY.set_limit(bytes);
    })
}
