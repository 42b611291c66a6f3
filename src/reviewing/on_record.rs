//! What the officer has on record: notices that no condition shown already tells of, and the actions agreed.

use chrono::Months;

use crate::assess::Case;
use crate::domain::escalation::Evidence;
use crate::review::on_record::{OnRecord, RecordedNotice};
use crate::review::{ActionRow, Pack};

/// What is on record for the twelve months to the end of the pack's period; in the newest pack also what has come since. `actions`
/// are the register's that belong to the pack.
pub fn on_record(case: &Case<'_>, pack: &Pack, actions: &[ActionRow]) -> OnRecord {
    let is_newest = pack.period.next().to >= case.as_of;
    let last = if is_newest { case.as_of.max(pack.period.to) } else { pack.period.to };
    let first = pack.period.next().from - Months::new(12);
    let evidence: Vec<&Evidence> = pack
        .escalations
        .iter()
        .chain(&pack.earlier_escalations)
        .flat_map(|escalation| &escalation.evidence)
        .chain(pack.ladder.iter().flat_map(|step| &step.evidence))
        .collect();
    let is_told = |words: &str| evidence.iter().any(|evidence| evidence.text.contains(words));
    let mut notices: Vec<RecordedNotice> = case
        .records
        .notices
        .iter()
        .filter(|notice| notice.date >= first && notice.date <= last && !is_told(&notice.words))
        .map(|notice| RecordedNotice {
            date: notice.date,
            kind: notice.kind.clone(),
            kpi: notice.kpi.clone(),
            words: notice.words.clone(),
            review: notice.review_date,
        })
        .collect();
    notices.reverse();
    let in_plan = |action: &ActionRow| {
        pack.action_plan.iter().any(|row| ActionRow { kpi: String::new(), ..row.clone() } == bare(action))
    };
    OnRecord { notices, actions: actions.iter().filter(|action| !in_plan(action)).cloned().collect() }
}

/// An action without the KPI's name, which the action plan writes in full.
fn bare(action: &ActionRow) -> ActionRow {
    ActionRow { kpi: String::new(), ..action.clone() }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Return, World};
    use crate::review::ActionRow;
    use crate::review::readers::ProviderPack;

    fn dates(world: &World, first: &str) -> Vec<String> {
        world.pack(first).on_record.notices.iter().map(|notice| notice.date.to_string()).collect()
    }

    fn world(as_of: &str) -> World {
        let mut world = World::new("2020-04-01", as_of);
        let quarters = ["2020-04-01", "2020-07-01", "2020-10-01", "2021-01-01", "2021-04-01"];
        world.returns = quarters.map(|first| Return::of(first).received()).into();
        world.returns.retain(|own| own.received <= world.as_of);
        world
    }

    #[test]
    fn notices_of_the_twelve_months_stand_newest_first() {
        let mut world = world("2021-08-01");
        for date in ["2020-06-30", "2020-07-01", "2021-06-30", "2021-07-01"] {
            world.notice("Other", date);
        }
        assert_eq!(dates(&world, "2021-01-01"), ["2020-07-01", "2020-06-30"]);
        let newest = dates(&world, "2021-04-01");
        assert_eq!(newest, ["2021-07-01", "2021-06-30", "2020-07-01"], "with what has come since");
    }

    #[test]
    fn what_a_condition_tells_of_is_not_told_twice() {
        let mut world = world("2021-04-20");
        world.notice("Concern", "2021-01-10");
        assert_eq!(dates(&world, "2021-01-01"), [""; 0], "the condition is one step away and names it");
        world.contract.escalations.clear();
        assert_eq!(dates(&world, "2021-01-01"), ["2021-01-10"]);
    }

    #[test]
    fn actions_stand_where_no_action_plan_has_them_and_none_of_it_is_for_the_provider() {
        let mut world = world("2021-04-20");
        world.notice("Other", "2021-01-10");
        world.records.actions = vec![ActionRow { action: "Visit the office".into(), ..ActionRow::default() }];
        let pack = world.pack("2021-01-01");
        assert_eq!(pack.on_record.actions, world.records.actions);
        let annual = pack.annual.as_ref().unwrap();
        assert_eq!(annual.concerns, ["Other, 2021-01-10 (register)."]);
        let shown = format!("{:?}", ProviderPack::of(&pack));
        assert!(!shown.contains("Other, 2021-01-10") && !shown.contains("Visit the office"), "{shown}");
    }
}
