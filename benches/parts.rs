//! What the parts of the program cost on one return of 145 kB and one provider's eight, beside the least any program could do:
//! `cargo bench --bench parts`.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark that cannot go on should stop, and prints"
)]

mod bare;
mod fixed;

use std::cell::RefCell;
use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::Criterion;

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

    // The fastest time of each, for the comparison below.
    let fastest: RefCell<Vec<(&str, Duration)>> = RefCell::default();
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    let mut time = |name: &'static str, work: &dyn Fn()| {
        fastest.borrow_mut().push((name, Duration::MAX));
        criterion.bench_function(name, |bencher| {
            bencher.iter_custom(|times| {
                let start = Instant::now();
                (0..times).for_each(|_| work());
                let taken = start.elapsed();
                let each = taken / u32::try_from(times).unwrap();
                if let Some(own) = fastest.borrow_mut().last_mut() {
                    own.1 = own.1.min(each);
                }
                taken
            });
        });
    };
    time("reading", &|| drop(black_box(fixed.read_newest())));
    time("reading, bare", &|| {
        black_box(bare::read(fixed.bytes()));
    });
    time("understanding", &|| drop(black_box(fixed.understand(&book))));
    time("rating of eight", &|| drop(black_box(fixed.rate(&returns))));
    time("pack.xlsx", &|| drop(black_box(fixed.pack_workbook(pack))));
    time("pack.xlsx, bare", &|| drop(black_box(bare::written(&pack_values))));
    time("pack.html", &|| drop(black_box(fixed.pack_page(pack))));
    time("coloured copy", &|| drop(black_box(fixed.coloured_copy(&feedback))));
    time("coloured copy, bare", &|| drop(black_box(bare::copied(&copy))));

    let fastest = fastest.into_inner();
    println!("\n| part | fastest | by the least |\n| --- | ---: | ---: |");
    for (name, taken) in &fastest {
        let least = fastest.iter().find(|(other, _)| *other == format!("{name}, bare"));
        let times = least.map(|(_, least)| format!("{:.2}", taken.as_secs_f64() / least.as_secs_f64()));
        println!("| {name} | {:.3} ms | {} |", taken.as_secs_f64() * 1e3, times.unwrap_or_default());
    }
}
