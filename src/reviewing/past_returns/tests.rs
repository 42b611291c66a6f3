//! Which returns the calendar of a pack shows, and by how many days they are over.

use crate::domain::submission::SubmissionStatus;
use crate::reviewing::fixture::{Return, World, day};

/// Twistlefield from April 2023, with a return for every quarter but one.
fn world() -> World {
    let mut world = World::new("2023-04-01", "2026-05-01");
    for first in
        ["2023-04-01", "2024-04-01", "2024-07-01", "2024-10-01", "2025-01-01", "2025-04-01", "2025-10-01"]
    {
        world.returns.push(Return::of(first).received());
    }
    let mut late = Return::of("2026-01-01").received();
    late.received = day("2026-04-30");
    world.returns.push(late);
    world
}

#[test]
fn two_years_up_to_the_packs_period_are_shown() {
    let world = world();
    for (pack, first, last, number) in [
        ("2026-01-01", "2024-04-01", "2026-01-01", 8),
        ("2025-01-01", "2023-04-01", "2025-01-01", 8),
        ("2023-04-01", "2023-04-01", "2023-04-01", 1),
    ] {
        let pack = world.pack(pack);
        let own: Vec<_> = pack.past_returns.iter().filter(|own| own.area.is_none()).collect();
        assert_eq!(own.first().unwrap().period.from, day(first));
        assert_eq!(own.last().unwrap().period.from, day(last));
        assert_eq!(own.len(), number, "{own:?}");
    }
}

#[test]
fn days_over_are_counted_from_the_date_due() {
    let pack = world().pack("2026-01-01");
    for own in &pack.past_returns {
        let days = |until: &str| u32::try_from((day(until) - own.due).num_days()).ok();
        match own.status {
            SubmissionStatus::Late => assert_eq!(own.days_over, days("2026-04-30")),
            SubmissionStatus::Missing => assert_eq!(own.days_over, days("2026-05-01")),
            _ => assert_eq!(own.days_over, None),
        }
    }
    let missing = pack.past_returns.iter().filter(|own| own.status == SubmissionStatus::Missing).count();
    assert_eq!(missing, 1, "{:?}", pack.past_returns);
}
