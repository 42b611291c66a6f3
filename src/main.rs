//! The `quarterday` program.

fn main() {}
