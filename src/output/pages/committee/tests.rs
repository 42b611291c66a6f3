//! The page of an invented paper, and the workbook beside it.

use super::*;
use crate::domain::quantity::Quantity;
use crate::output::pages::{markup, samples};
use crate::output::workbooks::committee_workbook::committee_workbook;
use crate::review::committee::{CommitteeCondition, CommitteeReturn, CommitteeReturnKpi, Instead};

pub fn paper() -> CommitteePack {
    let figure = |number, parts, rating| samples::figure("5", number, Some(parts), rating);
    let whole = |own: &RatedFigure| CommitteeFigure::whole(own);
    let hidden = |own: &RatedFigure, rating| CommitteeFigure::suppressed(own, Instead::Suppressed, rating);
    let now = figure(2, (173, 190), Rating::Red);
    let history = vec![
        whole(&figure(0, (181, 190), Rating::Green)),
        hidden(&figure(1, (187, 190), Rating::Green), true),
        whole(&now),
    ];
    let area = |name: &str, parts| RatedFigure { area: Some(name.into()), ..figure(2, parts, Rating::Red) };
    let pack = samples::pack();
    CommitteePack {
        contract_title: pack.contract_title.clone(),
        councils: pack.councils.clone(),
        provider: pack.provider.clone(),
        called: pack.called.clone(),
        period: samples::quarter(2),
        as_of: pack.as_of,
        headline: "1 of 1 target was missed: KPI 5.".into(),
        summary: vec!["All 3 reports due came on time.".into()],
        counts: vec![(Rating::Red, 1)],
        withheld: 1,
        overall: Vec::new(),
        kpis: vec![CommitteeKpi {
            whole: whole(&now),
            within: vec![whole(&now)],
            areas: vec![hidden(&area("East <b>", (83, 86)), true), hidden(&area("West", (90, 104)), false)],
            history,
            bands: Vec::new(),
            change: Some("Was green".into()),
            sentences: vec!["The target of at least 95% was missed.".into()],
        }],
        changes: vec!["KPI 5: from green to red.".into()],
        conditions: vec![CommitteeCondition {
            title: "Improvement plan".into(),
            clause: "2.2".into(),
            when: vec!["a KPI misses its target".into(), "a return is late".into()],
            periods: vec![samples::quarter(2)],
        }],
        conditions_left_out: Some("Some are left out.".into()),
        returns: vec![CommitteeReturn {
            form: "Quarterly KPIs".into(),
            period: samples::quarter(2),
            area: None,
            due: samples::day(2025, 6, 14),
            extended: true,
            received: None,
            status: SubmissionStatus::Missing,
        }],
        return_kpis: vec![CommitteeReturnKpi {
            title: "Timeliness".into(),
            clause: "5 a".into(),
            from: samples::day(2025, 3, 1),
            to: samples::day(2025, 5, 31),
            due: 6,
            met: 5,
            value: Some(Quantity::new(8333, 4)),
            target: Some(Quantity::new(95, 2)),
            rating: Rating::Red,
            provisional: true,
        }],
        below: 5,
        suppressed: vec!["KPI 5: East and West.".into()],
        reasons: vec!["Small numbers are not shown.".into()],
    }
}

fn page() -> String {
    let page = committee_page(samples::pages(), &paper()).unwrap();
    samples::keep("committee-pack.html", &page);
    page
}

#[test]
fn the_page_is_sound_and_leads_nowhere_else() {
    let page = page();
    markup::check(&page);
    for href in markup::values(&page, "a", "href") {
        assert!(href.starts_with('#'), "{href}");
    }
    assert!(page.contains("East &lt;b&gt;") && !page.contains("East <b>"));
}

#[test]
fn a_suppressed_number_is_on_the_page_in_no_form() {
    let page = page();
    for text in ["173 of 190", "91.1%", "Suppressed", "Rating withheld", "Extended by the council"] {
        assert!(page.contains(text), "{text}");
    }
    for hidden in ["187 of 190", "98.4%", "83 of 86", "96.5%", "90 of 104", "86.5%", "0.984"] {
        assert!(!page.contains(hidden), "{hidden}");
    }
    let held = format!("{:?}", paper().kpis[0].areas);
    for number in ["83", "86", "104"] {
        assert!(!held.contains(number), "{number} in {held}");
    }
}

#[test]
fn a_paper_with_nothing_in_it_is_still_a_page_and_a_workbook() {
    let bare = CommitteePack {
        summary: Vec::new(),
        counts: Vec::new(),
        withheld: 0,
        kpis: Vec::new(),
        changes: Vec::new(),
        conditions: Vec::new(),
        conditions_left_out: None,
        returns: Vec::new(),
        return_kpis: Vec::new(),
        suppressed: Vec::new(),
        reasons: Vec::new(),
        ..paper()
    };
    let page = committee_page(samples::pages(), &bare).unwrap();
    markup::check(&page);
    assert!(page.contains("No figure of this period had to be left out"));
    assert!(!committee_workbook(&bare).unwrap().is_empty());
    assert_eq!(committee_workbook(&paper()).unwrap(), committee_workbook(&paper()).unwrap());
}
