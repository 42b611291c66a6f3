//! Rows of months written as letters, one provider each, so that one run holds many of them.

use crate::forms::{Counts, Return, afterwards, later, provider_for, send};
use crate::support::book::Cell;
use crate::support::workspace::Workspace;

/// The return of a month; `None` when none is sent.
///
/// | letter | KPI 1 | KPI 2 | KPI 3 | overall |
/// | --- | --- | --- | --- | --- |
/// | `G` | green | stretch | green | green |
/// | `A` | green | amber | amber | amber |
/// | `R` | green | red | red | red |
/// | `a` | green | amber | stretch | green |
/// | `b` | green | stretch | amber | green |
/// | `c` | amber | stretch | stretch | green |
/// | `r` | green | red | stretch | green |
/// | `s` | green | stretch | red | green |
/// | `t` | red | stretch | stretch | green |
/// | `q` | green | red | amber | amber |
/// | `n` | nothing applies | | | |
/// | `x` | not to be used | | | |
/// | `-` | no return | | | |
fn of(provider: &str, month: &str, letter: char) -> Option<Return> {
    let units = if month < "2023" { 6 } else { 7 };
    let full = Counts { units, visited: units, visits: units, in_time: units, sent_back: 0 };
    let with = |in_time, sent_back| Counts { in_time, sent_back, ..full };
    let less = |visited| Counts { visited, visits: visited, in_time: visited, ..full };
    let counts = match letter {
        'G' => with(units, 1),
        'A' => with(units - 1, 2),
        'R' => with(0, 3),
        'a' => with(units - 1, 0),
        'b' => with(units, 2),
        'c' => less(units - 1),
        'r' => with(0, 0),
        's' => with(units, 3),
        't' => less(4),
        'q' => with(0, 2),
        'n' => return Some(Return::stated(provider, month, ["N/A"; 3].map(Cell::from))),
        'x' => return Some(Return::stated(provider, month, ["to follow"; 3].map(Cell::from))),
        '-' => return None,
        _ => panic!("no month is written {letter}"),
    };
    Some(Return::of(provider, month, counts))
}

/// Sends the months from `first` on, each after its end; the contract ends with the last.
pub fn send_row(workspace: &mut Workspace, provider: &str, start: &str, first: &str, letters: &str) {
    let before = (0..).find(|months| later(start, *months) == first).unwrap();
    provider_for(workspace, provider, start, before + u32::try_from(letters.len()).unwrap());
    for (number, letter) in (0..).zip(letters.chars()) {
        let month = later(first, number);
        if let Some(own) = of(provider, &month, letter) {
            send(workspace, &own, &afterwards(&month));
        }
    }
}
