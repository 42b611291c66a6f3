//! The pack of one area: its own figures as the whole, and nothing of another area but the joint figure, named as such.

use std::collections::BTreeSet;

use super::supplied::Supplied;
use super::{
    Reader, action_plan, agenda, annual, counts, head, headline, information, kpi_lines, narrative,
    past_returns, promises, sentences, summary,
};
use crate::assess::Case;
use crate::assess::submissions::Slot;
use crate::contract::Contract;
use crate::contract::layout::Layout;
use crate::contract::meant::Table;
use crate::domain::escalation::{Escalation, Evidence};
use crate::domain::finding::Finding;
use crate::domain::log::RecordView;
use crate::domain::place::{CellAddress, CellRef};
use crate::domain::reply::Response;
use crate::domain::submission::{ChangedCell, Submission, Version};
use crate::domain::text::fold;
use crate::review::action_log::ActionLog;
use crate::review::ladder::LadderStep;
use crate::review::on_record::OnRecord;
use crate::review::{ActionRow, InformationTable, Pack, ProviderReview, RatedFigure, SubmissionKpi};

/// What is said after the title of what holds for the contract as a whole.
const WHOLE: &str = "(whole contract)";

/// The figure of the whole contract as it stands beside an area's: what it was made of belongs to the other areas too.
pub fn joint(figure: &RatedFigure) -> RatedFigure {
    RatedFigure {
        area: Some("All areas together".to_string()),
        notes: Vec::new(),
        cells: Vec::new(),
        comment: None,
        computed: None,
        ..figure.clone()
    }
}

/// Whether a record belongs to the area; without one, every record does. Where a table tells areas apart, a record that names none
/// may be another area's.
pub fn is_of(area: Option<&str>, table: &Table, record: RecordView<'_>) -> bool {
    let told_apart = matches!(&table.layout, Layout::Records(records) if records.area.is_some());
    area.is_none() || record.area() == area || (record.area().is_none() && !told_apart)
}

/// The pack of `area` beside the pack of the whole contract; `actions` are the register's that belong to the pack.
pub fn of_area(
    case: &Case<'_>,
    review: &ProviderReview,
    slots: &[Slot<'_>],
    whole: &Pack,
    actions: &[ActionRow],
    area: &str,
) -> Pack {
    let period = whole.period;
    let desk = Desk::new(case.contract, area);
    let own: Vec<&Slot<'_>> = slots
        .iter()
        .filter(|slot| period.contains(slot.submission.period.to))
        .filter(|slot| slot.submission.area.is_none() || slot.submission.area.as_deref() == Some(area))
        .collect();
    let actions: Vec<ActionRow> =
        actions.iter().filter(|action| desk.is_silent_row(action)).cloned().collect();
    let mut kpis = kpi_lines(case, review, &period, Some(area));
    for line in &mut kpis {
        let figures = std::iter::once(&mut line.whole).chain(&mut line.within).chain(&mut line.history);
        figures.for_each(|figure| desk.own_words(&own, figure));
    }
    let mut left_out = 0;
    let submissions: Vec<Submission> = own.iter().map(|slot| desk.submission(slot, &mut left_out)).collect();
    let mut pack = Pack {
        area: Some(area.to_string()),
        head: head(&own),
        counts: counts(&kpis),
        changes: sentences::changes(&kpis),
        action_plan: action_plan(&actions, &kpis),
        kpis,
        overall: Vec::new(),
        escalations: whole.escalations.iter().map(|own| desk.escalation(own)).collect(),
        earlier_escalations: whole.earlier_escalations.iter().map(|own| desk.escalation(own)).collect(),
        ladder: whole.ladder.iter().map(|step| desk.step(step)).collect(),
        papers: Vec::new(),
        submissions,
        past_returns: past_returns::past_returns(case, slots, &period, Some(area)),
        submission_kpis: whole.submission_kpis.iter().map(|kpi| desk.submission_kpi(kpi)).collect(),
        information: information::tables(case, &own, &period, Some(area))
            .into_iter()
            .map(named_joint)
            .collect(),
        narrative: narrative::passages(case, &own),
        promises: promises::promises(case, slots, &period, Some(area)),
        annual: annual::annual(case, review, slots, &period, Some(area)),
        on_record: OnRecord {
            notices: whole
                .on_record
                .notices
                .iter()
                .filter(|own| desk.is_silent(&own.words))
                .cloned()
                .collect(),
            actions: whole.on_record.actions.iter().filter(|own| desk.is_silent_row(own)).cloned().collect(),
        },
        agenda: Vec::new(),
        meeting_papers: None,
        action_log: ActionLog {
            actions: whole
                .action_log
                .actions
                .iter()
                .filter(|own| desk.is_silent_row(&own.row) && desk.is_silent(&own.owner))
                .cloned()
                .collect(),
            // Of how many, and whose, is told in the pack of the whole contract.
            closed_earlier: 0,
            ..whole.action_log.clone()
        },
        issued: None,
        dates: whole.dates.iter().filter(|line| desk.is_silent(&line.what)).cloned().collect(),
        of_areas: Vec::new(),
        next_steps: Vec::new(),
        ..whole.clone()
    };
    if let Some(annual) = &mut pack.annual {
        annual.concerns.retain(|words| desk.is_silent(words));
    }
    pack.headline = format!("{area}: {}", headline::headline(&pack, Reader::Council));
    pack.summary = summary::summary(&pack, Reader::Council);
    pack.cautions = sentences::cautions(case, &pack, Reader::Council);
    pack.cautions.retain(|caution| desk.is_silent(caution));
    if left_out > 0 {
        pack.cautions.push(
            "Queries and changed cells on shared returns that concern another area, or cannot be told apart, are left out here; \
             they stand in the pack of the whole contract."
                .to_string(),
        );
    }
    pack.provider_headline = String::new();
    pack.provider_summary = Vec::new();
    pack.provider_cautions = Vec::new();
    let supplied = Supplied { case, slots: &own, area: Some(area) };
    pack.agenda = agenda::agenda(case, &pack, supplied);
    pack
}

/// A table that no area has for itself is the joint one.
fn named_joint(table: InformationTable) -> InformationTable {
    match table.area {
        Some(_) => table,
        None => InformationTable { title: format!("{} {WHOLE}", table.title), ..table },
    }
}

/// What tells the area's own from the others'.
struct Desk<'a> {
    area: &'a str,
    /// Names and aliases of the other areas, folded.
    others: Vec<String>,
    /// Names and aliases of the area, folded, the longest first.
    names: Vec<String>,
}

impl<'a> Desk<'a> {
    fn new(contract: &Contract, area: &'a str) -> Self {
        let names = |own: bool| -> Vec<String> {
            let areas = contract.areas.iter().filter(|other| (other.name == area) == own);
            areas
                .flat_map(|area| std::iter::once(&area.name).chain(&area.aliases))
                .map(|name| fold(name))
                .collect()
        };
        let mut own = names(true);
        own.sort_by_key(|name| std::cmp::Reverse(name.len()));
        Self { area, others: names(false), names: own }
    }

    /// Whether a text names no other area.
    fn is_silent(&self, text: &str) -> bool {
        let mut text = fold(text);
        for name in &self.names {
            text = text.replace(name.as_str(), "");
        }
        !self.others.iter().any(|other| text.contains(other.as_str()))
    }

    fn is_silent_row(&self, row: &ActionRow) -> bool {
        [&row.current, &row.issue, &row.action, &row.outcomes].into_iter().all(|text| self.is_silent(text))
    }

    fn is_silent_place(&self, place: &CellRef) -> bool {
        self.is_silent(&place.sheet) && self.is_silent(&place.file)
    }

    /// Leaves of the provider's comment only what stands beside the area's own figures.
    fn own_words(&self, slots: &[&Slot<'_>], figure: &mut RatedFigure) {
        let of_area = figure.comment.as_ref().filter(|_| {
            slots
                .iter()
                .filter_map(|slot| slot.rated())
                .flat_map(|version| &version.mapped.observations)
                .any(|o| o.area.as_deref() == Some(self.area) && Some(&o.shown) == figure.comment.as_ref())
        });
        figure.comment = of_area.filter(|text| self.is_silent(text)).cloned();
        figure.notes.retain(|note| self.is_silent(note));
    }

    /// What concerns the area or the contract as a whole; that there is more is said.
    fn evidence(&self, evidence: &[Evidence]) -> Vec<Evidence> {
        let mut own: Vec<Evidence> = evidence
            .iter()
            .filter(|own| self.is_silent(&own.text))
            .map(|own| Evidence {
                text: own.text.clone(),
                cells: own.cells.iter().filter(|place| self.is_silent_place(place)).cloned().collect(),
            })
            .collect();
        if own.len() < evidence.len() {
            let text = "What concerns another area stands in the pack of the whole contract.".to_string();
            own.push(Evidence { text, cells: Vec::new() });
        }
        own
    }

    fn escalation(&self, own: &Escalation) -> Escalation {
        Escalation {
            title: format!("{} {WHOLE}", own.title),
            evidence: self.evidence(&own.evidence),
            distance: own.distance.clone().filter(|words| self.is_silent(words)),
            caution: own.caution.clone().filter(|words| self.is_silent(words)),
            ..own.clone()
        }
    }

    fn step(&self, own: &LadderStep) -> LadderStep {
        let words = if self.is_silent(&own.words) { own.words.clone() } else { String::new() };
        LadderStep {
            title: format!("{} {WHOLE}", own.title),
            words,
            evidence: self.evidence(&own.evidence),
            ..own.clone()
        }
    }

    fn submission_kpi(&self, own: &SubmissionKpi) -> SubmissionKpi {
        SubmissionKpi {
            title: format!("{} {WHOLE}", own.title),
            missed: own.missed.iter().filter(|words| self.is_silent(words)).cloned().collect(),
            provisional: own.provisional.clone().filter(|words| self.is_silent(words)),
            ..own.clone()
        }
    }

    /// A return with what concerns the area alone; `left_out` counts what does not.
    fn submission(&self, slot: &Slot<'_>, left_out: &mut usize) -> Submission {
        let mut own = slot.submission.clone();
        if own.area.is_some() {
            return own;
        }
        let cells = OtherCells::of(self, slot);
        let keeps = |finding: &Finding| {
            let place = finding.place();
            let places = place.iter().chain(&finding.involved);
            let sheet = finding.sheet.as_deref().is_none_or(|sheet| self.is_silent(sheet));
            sheet && self.is_silent(&finding.message) && !places.clone().any(|place| cells.holds(place))
        };
        let had_errors =
            own.first_usable().is_some_and(|version| version.findings.iter().any(Finding::counts));
        *left_out += own.findings.iter().filter(|finding| !keeps(finding)).count();
        own.findings.retain(keeps);
        for version in &mut own.versions {
            version.findings.retain(keeps);
        }
        let changed = own.changed.len();
        own.changed.retain(|change| self.is_silent_place(&change.place) && !cells.holds(&change.place));
        *left_out += changed - own.changed.len();
        for reply in &mut own.replies {
            let all = reply.queries.len() + reply.plan.len();
            let is_kept =
                |change: &ChangedCell| self.is_silent_place(&change.place) && !cells.holds(&change.place);
            let says_nothing = |own: &Response| self.is_silent(&own.text);
            reply.queries.retain(|own| {
                keeps(&own.finding)
                    && own.still.as_ref().is_none_or(keeps)
                    && own.response.as_ref().is_none_or(says_nothing)
                    && own.changed.iter().all(is_kept)
            });
            reply.plan.retain(|own| {
                [&own.kpi, &own.issue, &own.action, &own.outcomes, &own.timescale]
                    .into_iter()
                    .all(|text| self.is_silent(text))
            });
            *left_out += all - reply.queries.len() - reply.plan.len();
        }
        own.replies.retain(|reply| !reply.queries.is_empty() || !reply.plan.is_empty());
        let has_errors = |version: &Version| version.findings.iter().any(Finding::counts);
        if had_errors && !own.first_usable().is_some_and(has_errors) {
            own.accurate = None;
        }
        own
    }
}

/// The cells of a shared return that are another area's, or cannot be told apart.
struct OtherCells<'a> {
    /// Those of figures.
    figures: BTreeSet<(&'a str, CellAddress)>,
    area: &'a str,
    slot: &'a Slot<'a>,
}

impl<'a> OtherCells<'a> {
    fn of(desk: &Desk<'a>, slot: &'a Slot<'a>) -> Self {
        let observed = slot.versions.iter().flat_map(|version| &version.mapped.observations);
        let figures = observed
            .filter(|own| own.area.as_deref().is_some_and(|area| area != desk.area))
            .map(|own| (&*own.place.sheet, own.place.cell))
            .collect();
        Self { figures, area: desk.area, slot }
    }

    fn holds(&self, place: &CellRef) -> bool {
        let is_other = |record: RecordView<'_>| {
            let table = self.slot.form.table(record.table());
            table.is_some_and(|table| !is_of(Some(self.area), table, record))
        };
        let logs = || self.slot.versions.iter().map(|version| &version.mapped.records);
        self.figures.contains(&(&*place.sheet, place.cell))
            || logs().any(|log| log.at(&place.sheet, place.cell).any(is_other))
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Return, World};
    use super::*;
    use crate::contract::fixture;
    use crate::domain::rating::Rating;

    /// 19 of 20 in the north, 67 of 80 in the south, and a query on each.
    fn world() -> World {
        let mut world = World::new("2020-04-01", "2020-11-01");
        world.contract = fixture::supported_by_area();
        world.returns = ["2020-04-01", "2020-07-01"]
            .map(|first| {
                Return::of(first)
                    .checks(Some("North"), 19, 20)
                    .checks(Some("South"), 67, 80)
                    .queried("North", "19 is not 18.")
                    .queried("South", "67 is not 66.")
                    .received()
            })
            .into();
        world
    }

    fn of(area: &str) -> Pack {
        let pack = world().pack("2020-07-01");
        pack.of_areas.into_iter().find(|own| own.area.as_deref() == Some(area)).unwrap()
    }

    #[test]
    fn an_areas_figures_are_the_whole_of_its_pack() {
        let north = of("North");
        let line = &north.kpis[0];
        assert_eq!((line.whole.shown(), line.whole.rating), ("95%".to_string(), Rating::Green));
        assert_eq!(line.history.len(), 2);
        assert_eq!(north.counts, [(Rating::Green, 1)]);
        assert_eq!(north.headline, "North: The one target is met.");
        assert_eq!(of("South").counts, [(Rating::Red, 1)]);
        assert_eq!(of("South").action_plan.len(), 1);
    }

    #[test]
    fn the_joint_figure_stands_beside_it_by_name_and_nothing_else_of_the_other() {
        let north = of("North");
        let beside = &north.kpis[0].areas[0];
        assert_eq!(
            (beside.area.as_deref(), beside.out_of().as_deref()),
            (Some("All areas together"), Some("86 of 100"))
        );
        let all = format!("{north:?}");
        assert!(
            !all.contains("67 of 80") && !all.contains("83.8%") && !all.contains("67 is not 66"),
            "{all}"
        );
        assert!(!all.contains("South"), "{all}");
        assert!(all.contains("19 is not 18"), "its own query stays");
        let south = format!("{:?}", of("South"));
        assert!(south.contains("67 is not 66") && !south.contains("19 is not 18"));
        assert!(north.cautions.iter().any(|caution| caution.contains("are left out here")));
    }

    #[test]
    fn consequences_are_those_of_the_whole_contract() {
        let mut world = world();
        world.notice("Concern", "2020-07-10");
        world.notice("Concern", "2020-07-20");
        let north = &world.pack("2020-07-01").of_areas[0];
        assert_eq!(north.escalations[0].title, "Two concerns (whole contract)");
        assert_eq!(north.ladder[0].title, "Two concerns (whole contract)");
    }

    #[test]
    fn what_names_another_area_is_told_from_what_does_not() {
        let world = world();
        let desk = Desk::new(&world.contract, "North");
        for (text, silent) in [
            ("Late in the north", true),
            ("KPI 2, SOUTH: 67 of 80", false),
            ("as in The  south", false),
            ("", true),
        ] {
            assert_eq!(desk.is_silent(text), silent, "{text}");
        }
    }

    #[test]
    fn without_the_setting_there_are_no_packs_of_areas() {
        let mut world = world();
        world.contract.pack_per_area = false;
        assert!(world.pack("2020-07-01").of_areas.is_empty());
    }
}
