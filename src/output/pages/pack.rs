//! `pack.html`: one provider, one review period, for people who were not there.

use serde::Serialize;

use crate::domain::period::long_date;
use crate::review::Pack;

use super::engine::render;
use super::escalations::{EarlierPeriod, EscalationCard, cards, earlier};
use super::information::{Information, Topic, topics};
use super::kpis::{KpiSection, kpi_section};
use super::links::{Anchor, PackLinks};
use super::parts::{Entry, Frame, LegendRow, legend};
use super::returns::{ChangeTable, QueryTable, ReturnSection, change_tables, query_tables, return_section};
use super::words;

#[derive(Debug, Serialize)]
struct PackView {
    page: Frame,
    provider: String,
    contract: String,
    period: String,
    as_of: String,
    headline: String,
    summary: Vec<String>,
    cautions: Vec<String>,
    links: Links,
    kpis: Option<KpiSection>,
    changes: Vec<String>,
    escalations: Vec<EscalationCard>,
    earlier: Vec<EarlierPeriod>,
    returns: Option<ReturnSection>,
    queries: Vec<QueryTable>,
    changed: Vec<ChangeTable>,
    information: Vec<Information>,
    narrative: Vec<Topic>,
    agenda: Option<Agenda>,
    action_plan: Vec<PlanRow>,
    dates: Vec<DateRow>,
    readings: Vec<String>,
    legend: Vec<LegendRow>,
}

#[derive(Debug, Serialize)]
struct Links {
    portfolio: Anchor,
    workbook: Anchor,
    previous: Option<Anchor>,
    next: Option<Anchor>,
    returned: Vec<Anchor>,
}

#[derive(Debug, Serialize)]
struct Agenda {
    meeting: Option<String>,
    /// Whether that day lies before the as-of date.
    past: bool,
    items: Vec<Item>,
}

#[derive(Debug, Serialize)]
struct Item {
    title: String,
    points: Vec<String>,
}

#[derive(Debug, Serialize)]
struct PlanRow {
    kpi: String,
    current: String,
    issue: String,
    action: String,
    outcomes: String,
    timescale: String,
}

#[derive(Debug, Serialize)]
struct DateRow {
    date: String,
    what: String,
    clause: String,
}

/// The page of one pack. `links` are paths from the page's own folder.
///
/// # Errors
/// When a template is at fault; never because of what a return says.
pub fn pack_page(pack: &Pack, links: &PackLinks) -> anyhow::Result<String> {
    render("pack.html", &view(pack, links))
}

fn view(pack: &Pack, links: &PackLinks) -> PackView {
    let mut view = PackView {
        page: frame(pack, Vec::new()),
        provider: pack.provider.clone(),
        contract: pack.contract_title.clone(),
        period: pack.period.describe(),
        as_of: long_date(pack.as_of),
        headline: pack.headline.clone(),
        summary: pack.summary.clone(),
        cautions: pack.cautions.clone(),
        links: Links {
            portfolio: Anchor::new("All contracts and providers", &links.portfolio),
            workbook: Anchor::new("This pack as a workbook", &links.pack_workbook),
            previous: links.previous.as_ref().map(Anchor::from),
            next: links.next.as_ref().map(Anchor::from),
            returned: links.returned.iter().map(Anchor::from).collect(),
        },
        kpis: kpi_section(pack),
        changes: pack.changes.clone(),
        escalations: cards(pack),
        earlier: earlier(pack),
        returns: return_section(pack),
        queries: query_tables(pack),
        changed: change_tables(pack),
        information: pack.information.iter().map(Information::from).collect(),
        narrative: topics(&pack.narrative),
        agenda: agenda(pack),
        action_plan: plan(pack),
        dates: pack
            .dates
            .iter()
            .map(|line| DateRow {
                date: words::day_and_date(line.date),
                what: line.what.clone(),
                clause: line.clause.clone(),
            })
            .collect(),
        readings: pack.readings.clone(),
        legend: legend(),
    };
    view.page = frame(pack, contents(&view));
    view
}

fn frame(pack: &Pack, contents: Vec<Entry>) -> Frame {
    Frame::new(
        format!("{}: {}, {}", pack.provider, pack.contract_title, pack.period.label()),
        if pack.councils.is_empty() { pack.contract_title.clone() } else { words::list(&pack.councils) },
        &format!("{}, {}", pack.provider, pack.period.label()),
        &format!("As at {}", long_date(pack.as_of)),
        contents,
    )
}

/// The sections the page has, in the order of the template.
fn contents(view: &PackView) -> Vec<Entry> {
    [
        (view.kpis.is_some(), "summary", "Summary of ratings"),
        (!view.changes.is_empty(), "changes", "What changed since the last period"),
        (
            !view.escalations.is_empty() || !view.earlier.is_empty(),
            "escalations",
            "Escalations under the contract",
        ),
        (view.agenda.is_some(), "agenda", "Agenda of the review meeting"),
        (!view.action_plan.is_empty(), "action-plan", "Action plan"),
        (!view.dates.is_empty(), "dates", "Next dates"),
        (view.kpis.is_some(), "kpis", "Each KPI in turn"),
        (view.returns.is_some(), "returns", "Returns received and due"),
        (!view.queries.is_empty(), "queries", "Queries on the returns"),
        (!view.changed.is_empty(), "changed", "Cells changed between versions"),
        (!view.narrative.is_empty(), "narrative", "The provider’s narrative"),
        (!view.information.is_empty(), "information", "Information tables"),
        (!view.readings.is_empty(), "readings", "How open points of the schedule were read"),
        (true, "how-to-read", "How to read this page"),
    ]
    .into_iter()
    .filter(|(present, _, _)| *present)
    .map(|(_, id, label)| Entry::new(id, label))
    .collect()
}

fn agenda(pack: &Pack) -> Option<Agenda> {
    if pack.agenda.is_empty() {
        return None;
    }
    Some(Agenda {
        meeting: pack.meeting.map(words::day_and_date),
        past: pack.meeting.is_some_and(|day| day < pack.as_of),
        items: pack
            .agenda
            .iter()
            .map(|item| Item { title: item.title.clone(), points: item.points.clone() })
            .collect(),
    })
}

fn plan(pack: &Pack) -> Vec<PlanRow> {
    pack.action_plan
        .iter()
        .map(|row| PlanRow {
            kpi: row.kpi.clone(),
            current: row.current.clone(),
            issue: row.issue.clone(),
            action: row.action.clone(),
            outcomes: row.outcomes.clone(),
            timescale: row.timescale.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::pages::{markup, samples};
    use proptest::prelude::*;

    fn page() -> String {
        let page = pack_page(&samples::pack(), &samples::pack_links()).unwrap();
        samples::keep("pack.html", &page);
        page
    }

    #[test]
    fn the_page_is_sound() {
        markup::check(&page());
    }

    #[test]
    fn what_a_provider_wrote_stays_text() {
        let page = page();
        assert!(!page.contains("<script>"), "a planted element came through");
        for escaped in
            ["&lt;script&gt;alert(1)&lt;/script&gt;", "Smith &amp; Sons", "&lt;b&gt;bold&lt;/b&gt;"]
        {
            assert!(page.contains(escaped), "{escaped}");
        }
    }

    #[test]
    fn the_same_pack_gives_the_same_bytes() {
        assert_eq!(page(), page());
    }

    #[test]
    fn a_bare_pack_has_only_the_sections_it_can_fill() {
        let page = pack_page(&samples::bare_pack(), &PackLinks::default()).unwrap();
        samples::keep("bare.html", &page);
        markup::check(&page);
        for id in ["summary", "escalations", "kpis", "narrative", "agenda", "action-plan", "cautions"] {
            assert!(!page.contains(&format!("id=\"{id}\"")), "{id}");
        }
    }

    #[test]
    fn every_section_stands_in_the_contents_and_in_their_order() {
        let page = page();
        let ids = markup::values(&page, "section", "id");
        let listed: Vec<String> = contents(&view(&samples::pack(), &samples::pack_links()))
            .into_iter()
            .map(|entry| format!("{entry:?}"))
            .collect();
        let sections: Vec<&String> = ids.iter().filter(|id| *id != "cautions").collect();
        assert_eq!(sections.len(), listed.len());
        for (id, entry) in sections.iter().zip(&listed) {
            assert!(entry.contains(&format!("id: \"{id}\"")), "{id} against {entry}");
        }
    }

    #[test]
    fn figures_name_their_cell_and_ratings_their_clause() {
        let page = page();
        assert!(page.contains("returns/harbour/KPI return Q1.xlsx, sheet “KPIs”, cell F9"));
        assert!(page.contains("Clause 2.2"));
    }

    #[test]
    fn a_relief_is_said_beside_its_figure() {
        let page = page();
        assert!(page.contains("Relief agreed</span>"));
        assert!(page.contains("Relief in the register, shown and not counted: the referral line was down"));
    }

    #[test]
    fn escalations_say_how_far_off_or_by_when() {
        let page = page();
        assert!(page.contains("<dt>How far off</dt><dd>One more late monthly return would meet it.</dd>"));
        assert!(page.contains("<dt>Act by</dt><dd><strong>31 January 2026</strong></dd>"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn no_text_of_a_return_breaks_the_page(text in "[<>\"'&{}%/#\\\\ a-z\u{a0}é–]{1,40}") {
            let mut pack = samples::pack();
            pack.provider.clone_from(&text);
            pack.headline.clone_from(&text);
            pack.kpis[0].whole.title.clone_from(&text);
            pack.kpis[1].whole.comment = Some(text.clone());
            pack.kpis[1].whole.clause.clone_from(&text);
            pack.information[0].title = format!("Table {text}");
            pack.narrative[0].paragraphs = vec![text.clone()];
            pack.submissions[0].findings[0].message.clone_from(&text);
            let mut links = samples::pack_links();
            links.returned[0].href = format!("returned/{text}");
            markup::check(&pack_page(&pack, &links).unwrap());
        }
    }

    #[test]
    fn addresses_are_encoded() {
        let page = page();
        assert!(page.contains("href=\"returned/KPI%20return%20Q1.xlsx\""));
    }

    #[test]
    fn nothing_is_said_to_be_one_returns() {
        let page = page();
        for wrong in [" 1 returns", " 1 queries", " 1 cells", " 1 errors", " 1 versions", " 1 periods"] {
            assert!(!page.contains(wrong), "{wrong}");
        }
    }
}
