//! Times things with criterion and gives the fastest time of each, to be compared.

use std::cell::Cell;
use std::time::{Duration, Instant};

use criterion::Criterion;

/// The fastest time of each, in their order.
pub fn fastest(parts: &[(&'static str, &dyn Fn())]) -> Vec<(&'static str, Duration)> {
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    let mut timed = |(name, work): &(&'static str, &dyn Fn())| {
        let fastest = Cell::new(Duration::MAX);
        criterion.bench_function(name, |bencher| {
            bencher.iter_custom(|times| {
                let start = Instant::now();
                (0..times).for_each(|_| work());
                let taken = start.elapsed();
                fastest.set(fastest.get().min(taken / u32::try_from(times).unwrap()));
                taken
            });
        });
        (*name, fastest.get())
    };
    parts.iter().map(&mut timed).collect()
}
