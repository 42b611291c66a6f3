//! The habits of those who fill in returns, one function each.

mod answers;
mod dates;
mod labels;
mod layout;
mod numbers;
mod places;
mod sheets;
mod wording;

use crate::book::Book;
use crate::dice::Dice;
use crate::expected::Expected;

/// A habit.
pub struct Habit {
    pub name: &'static str,
    /// Puts it on a return; false where the form has nothing it could be put on.
    pub put_on: fn(&mut Book, &mut Dice) -> bool,
    /// What may come of it.
    pub expected: Expected,
}

/// Names a habit after its function.
macro_rules! habits {
    ($( $name:ident => $expected:expr ),* $(,)?) => {
        /// The habits of this file.
        pub const HABITS: &[crate::habits::Habit] = &[$(
            crate::habits::Habit { name: stringify!($name), put_on: $name, expected: $expected },
        )*];
    };
}
pub(crate) use habits;

/// Every habit.
pub fn all() -> impl Iterator<Item = &'static Habit> {
    [
        wording::HABITS,
        places::HABITS,
        labels::HABITS,
        numbers::HABITS,
        dates::HABITS,
        answers::HABITS,
        layout::HABITS,
        sheets::HABITS,
    ]
    .into_iter()
    .flatten()
}
