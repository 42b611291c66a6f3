//! Every habit on every form.

use std::env;

use crate::dice::Dice;
use crate::expected::faults;
use crate::habits;
use crate::plain::plain;

/// How many seeds each pair of a habit and a form is tried with.
pub fn seeds() -> u64 {
    env::var("QUARTERDAY_SEEDS").ok().map_or(1, |seeds| seeds.parse().unwrap())
}

#[test]
fn each_form_with_each_habit_says_the_same_or_names_the_difference() {
    // The habits whose name holds this; all without it.
    let only = env::var("QUARTERDAY_HABIT").unwrap_or_default();
    let (mut wrong, mut never) = (Vec::new(), Vec::new());
    let plain = plain(0..seeds());
    for habit in habits::all().filter(|habit| habit.name.contains(&only)) {
        let mut tried = 0;
        for (index, form) in plain.iter().enumerate() {
            let mut book = form.book.clone();
            if !(habit.put_on)(&mut book, &mut Dice::new(index as u64 * 7919 + 11)) {
                continue;
            }
            tried += 1;
            let faults = faults(form, &book, habit.expected);
            if !faults.is_empty() {
                wrong.push(format!("{} / {} {index}:\n    {}", habit.name, form.name, faults.join("\n    ")));
            }
        }
        if tried == 0 {
            never.push(habit.name);
        }
    }
    assert!(wrong.is_empty(), "{} variants:\n{}", wrong.len(), wrong.join("\n"));
    assert!(never.is_empty(), "no form can have these: {never:?}");
}
