//! Two or three habits at once, as they come.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use crate::dice::Dice;
use crate::expected::{Expected, faults};
use crate::habits::{self, Habit};
use crate::matrix::seeds;
use crate::plain::plain;

/// Whatever comes together, what is lost or judged not at all has a finding, and nothing is judged otherwise.
#[test]
fn habits_that_come_together_lose_nothing_silently() {
    let plain = plain(0..1);
    let habits: Vec<&Habit> = habits::all().collect();
    let cases = u32::try_from(seeds()).unwrap() * 60;
    let config = Config {
        cases,
        rng_seed: RngSeed::Fixed(2026),
        max_shrink_iters: 0,
        failure_persistence: None,
        ..Config::default()
    };
    let wrong = std::cell::RefCell::new(Vec::new());
    let which = (0..plain.len(), proptest::collection::vec(0..habits.len(), 2..=3), any::<u64>());
    TestRunner::new(config)
        .run(&which, |(form, chosen, seed)| {
            let form = &plain[form];
            let mut book = form.book.clone();
            let mut put_on = Vec::new();
            let mut expected = Expected::Honest;
            for habit in chosen.iter().map(|index| habits[*index]) {
                if (habit.put_on)(&mut book, &mut Dice::new(seed)) {
                    put_on.push(habit.name);
                    // What was taken out of the form that the form can do without is no fault.
                    if matches!(habit.expected, Expected::Unsaid) {
                        expected = Expected::Unsaid;
                    }
                }
            }
            let faults = faults(form, &book, expected);
            if !faults.is_empty() {
                let what = format!("{put_on:?} / {} {seed}:\n    {}", form.name, faults.join("\n    "));
                wrong.borrow_mut().push(what);
            }
            Ok(())
        })
        .unwrap();
    let wrong = wrong.into_inner();
    assert!(wrong.is_empty(), "{} variants:\n{}", wrong.len(), wrong.join("\n"));
}
