//! What the parts of the program cost on one return of 145 kB and one provider's eight, beside the least any program could do:
//! `cargo bench --bench parts`.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark that cannot go on should stop, and prints"
)]

mod bare;
mod fastest;
mod fixed;

use std::hint::black_box;

use fastest::fastest;
use fixed::Fixed;

fn main() {
    let fixed = Fixed::new();
    let book = fixed.read_newest();
    let returns = fixed.returns();
    let review = fixed.rate(&returns);
    let pack = Fixed::newest(&review);
    let feedback = fixed.additions(pack);
    let pack_values = bare::values(&fixed.pack_workbook(pack));
    let copy = fixed.coloured_copy(&feedback);
    println!("a return of {} bytes, its copy of {} bytes", fixed.bytes().len(), copy.len());

    let fastest = fastest(&[
        ("reading", &|| drop(black_box(fixed.read_newest()))),
        ("reading, bare", &|| {
            black_box(bare::read(fixed.bytes()));
        }),
        ("understanding", &|| drop(black_box(fixed.understand(&book)))),
        ("rating of eight", &|| drop(black_box(fixed.rate(&returns)))),
        ("pack.xlsx", &|| drop(black_box(fixed.pack_workbook(pack)))),
        ("pack.xlsx, bare", &|| drop(black_box(bare::written(&pack_values)))),
        ("pack.html", &|| drop(black_box(fixed.pack_page(pack)))),
        ("coloured copy", &|| drop(black_box(fixed.coloured_copy(&feedback)))),
        ("coloured copy, bare", &|| drop(black_box(bare::copied(&copy)))),
    ]);
    println!("\n| part | fastest | by the least |\n| --- | ---: | ---: |");
    for (name, taken) in &fastest {
        let least = fastest.iter().find(|(other, _)| *other == format!("{name}, bare"));
        let times = least.map(|(_, least)| format!("{:.2}", taken.as_secs_f64() / least.as_secs_f64()));
        println!("| {name} | {:.3} ms | {} |", taken.as_secs_f64() * 1e3, times.unwrap_or_default());
    }
}
