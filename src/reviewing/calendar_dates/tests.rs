//! Dates keep their identity while days pass, due dates are put off and meetings are set.

use std::collections::BTreeMap;

use chrono::Duration;
use proptest::prelude::*;

use super::*;
use crate::assess::records::{Disposed, Extension};
use crate::contract::fixture;
use crate::domain::place::CellAddress;
use crate::reviewing::fixture::{World, day};

type Identity = (DateKind, Vec<String>);

fn dates(world: &World) -> BTreeMap<Identity, CalendarDate> {
    let all = world.review().calendar;
    let number = all.len();
    let dates: BTreeMap<Identity, CalendarDate> =
        all.into_iter().map(|own| ((own.kind, own.subject.clone()), own)).collect();
    assert_eq!(dates.len(), number, "no two have the same identity");
    dates
}

/// The first date of this kind after the as-of date that is not in yet.
fn next(world: &World, kind: DateKind) -> CalendarDate {
    let all = dates(world);
    let mut later: Vec<_> =
        all.into_values().filter(|own| own.kind == kind && own.date > world.as_of).collect();
    later.sort();
    later.into_iter().next().unwrap()
}

#[test]
fn an_extension_moves_a_due_date_and_nothing_else() {
    let mut world = World::new("2025-04-01", "2026-01-20");
    let before = dates(&world);
    let due = next(&world, DateKind::ReturnDue);
    let form = world.contract.forms.iter().find(|form| form.id == due.subject[0]).unwrap();
    let period = world.contract.period(day(&due.subject[1]), form.every);
    let extension = Extension {
        form: form.id.clone(),
        period,
        due: due.date + Duration::days(14),
        reason: String::new(),
    };
    world.records.extensions.push(extension);
    let after = dates(&world);
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (identity, own) in &after {
        let moved = own.kind == DateKind::ReturnDue && own.subject[..3] == due.subject[..3];
        let days = if moved { 14 } else { 0 };
        assert_eq!(own.date - before[identity].date, Duration::days(days), "{identity:?}");
        assert_eq!(own.what, before[identity].what);
        if moved {
            assert_eq!((before[identity].whose, own.whose), (Whose::Common, Whose::Moved));
        }
    }
}

#[test]
fn a_meeting_that_is_set_takes_the_place_of_the_proposed_one() {
    let mut world = World::new("2025-09-01", "2026-01-20");
    world.contract = fixture::advocacy();
    let proposed = next(&world, DateKind::Meeting);
    let meetings = |all: &BTreeMap<Identity, CalendarDate>| {
        all.values().filter(|own| own.kind == DateKind::Meeting).count()
    };
    let before = meetings(&dates(&world));
    world.records.meetings.push(Recorded {
        date: proposed.date + Duration::days(1),
        kind: Some("Review meeting".to_string()),
        attended: None,
        minutes_sent: None,
        cell: CellAddress::new(1, 1),
    });
    let after = dates(&world);
    let own = &after[&(DateKind::Meeting, proposed.subject)];
    assert_eq!((own.date, own.what.as_str()), (proposed.date + Duration::days(1), "Review meeting"));
    assert_eq!(meetings(&after), before);
}

#[test]
fn a_return_that_was_disposed_of_is_not_missing() {
    let mut world = World::new("2025-04-01", "2026-01-20");
    let review = world.review();
    let missing = review.submissions.iter().find(|own| own.received.is_none()).unwrap().clone();
    for (on, disposed) in [("2026-01-20", true), ("2025-12-01", true)] {
        world.records.disposed =
            vec![Disposed { form: missing.form.clone(), period: missing.period, area: None, on: day(on) }];
        let review = world.review();
        let is_it = |own: &&Submission| own.form == missing.form && own.period == missing.period;
        assert!(review.submissions.iter().filter(is_it).all(|own| own.is_disposed_of() == disposed), "{on}");
    }
}

proptest! {
    #[test]
    fn days_pass_and_dates_stand(first in 0i64..900, later in 0i64..120) {
        let at = |days: i64| {
            let as_of = day("2025-04-01") + Duration::days(days);
            World::new("2025-04-01", &as_of.to_string())
        };
        let (before, after) = (at(first), at(first + later));
        for world in [&before, &after] {
            let span = Span::around(world.as_of);
            prop_assert!(dates(world).values().all(|own| (span.first..=span.last).contains(&own.date)));
        }
        let (old, new) = (dates(&before), dates(&after));
        let span = Span::around(after.as_of);
        for (identity, own) in &old {
            if own.kind == DateKind::ToAct {
                continue;
            }
            match new.get(identity) {
                Some(now) => prop_assert_eq!((now.date, &now.what), (own.date, &own.what)),
                None => prop_assert!(own.date < span.first, "{:?} of {} is gone", identity, own.date),
            }
        }
    }
}
