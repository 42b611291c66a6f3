//! One part of the program, once, for counting its instructions: `counts PART`. `count.py` runs it.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark that cannot go on should stop, and prints"
)]

#[path = "../fixed/mod.rs"]
mod fixed;

use std::hint::black_box;

use fixed::Fixed;

/// What is counted is what happens in here.
#[inline(never)]
fn counted<T>(part: impl FnOnce() -> T) {
    black_box(part());
}

fn main() {
    let part = std::env::args().nth(1).unwrap_or_default();
    let fixed = Fixed::new();
    match part.as_str() {
        "reading" => return counted(|| fixed.read_newest()),
        "understanding" => {
            let book = fixed.read_newest();
            return counted(|| fixed.understand(&book));
        }
        _ => {}
    }
    let returns = fixed.returns();
    if part == "rating" {
        return counted(|| fixed.rate(&returns));
    }
    let review = fixed.rate(&returns);
    let pack = Fixed::newest(&review);
    let feedback = fixed.additions(pack);
    match part.as_str() {
        "pack.xlsx" => counted(|| fixed.pack_workbook(pack)),
        "pack.html" => counted(|| fixed.pack_page(pack)),
        "coloured copy" => counted(|| fixed.coloured_copy(&feedback)),
        _ => println!("counts PART: reading, understanding, rating, pack.xlsx, pack.html or coloured copy"),
    }
}
