//! What providers answer on the council's feedback, where the readme says so.

use quarterday::domain::reply::{QueryState, Reply};

use crate::{pack, results, review};

/// Number, cell, state, and whether there is an answer, of each query.
fn told(reply: &Reply) -> Vec<(Option<usize>, String, QueryState, bool)> {
    let queries = reply.queries.iter();
    queries
        .map(|own| {
            let cell = own.finding.cell.map(|cell| cell.to_string()).unwrap_or_default();
            (own.number, cell, own.state, own.response.is_some())
        })
        .collect()
}

#[test]
fn answers_stand_beside_their_queries() {
    let results = results("cheshire-advocacy");
    let submissions = &review(&results, "Harbour Advocacy").submissions;
    let replies: Vec<&Reply> = submissions.iter().flat_map(|own| &own.replies).collect();
    assert_eq!(replies.len(), 1);
    assert_eq!(&*replies[0].file, "returns/2025-26/Q3/HA_KPI_Q3_2025-26 (resubmitted).xlsx");
    assert_eq!(
        told(replies[0]),
        [
            (Some(1), "F19".into(), QueryState::Settled, true),
            (Some(2), "G21".into(), QueryState::Answered, true),
            (Some(3), "I21".into(), QueryState::NoAnswer, false),
            (Some(4), "F19".into(), QueryState::Settled, true),
        ]
    );
    let settled = |at: usize| replies[0].queries[at].settled_since.map(|day| day.to_string());
    assert_eq!(
        [settled(0), settled(1), settled(2)],
        [None, Some("2026-06-23".into()), Some("2026-06-23".into())]
    );
    let asked = &replies[0].queries[1].response.as_ref().unwrap().text;
    assert!(asked.starts_with("We counted feedback by the date of the referral"));
}

#[test]
fn the_pack_of_an_area_has_the_answers_on_its_own_figures_alone() {
    let results = results("cheshire-advocacy");
    let pack = pack(&results, "Harbour Advocacy", "2025-26 Q3");
    let cells: Vec<(Option<&str>, Vec<String>)> = pack
        .of_areas
        .iter()
        .map(|own| {
            let replies = own.submissions.iter().flat_map(|own| &own.replies);
            let cells = replies.flat_map(told).map(|(_, cell, ..)| cell);
            (own.area.as_deref(), cells.collect())
        })
        .collect();
    let of = |cells: [&str; 2]| cells.map(String::from).to_vec();
    assert_eq!(
        cells,
        [
            (Some("Cheshire East"), of(["F19", "F19"])),
            (Some("Cheshire West and Chester"), of(["G21", "I21"]))
        ]
    );
}

#[test]
fn an_answer_that_leaves_a_query_open_is_remembered() {
    let results = results("kent-regulation-44");
    let submissions = &review(&results, "Lanternhill Independent Visiting").submissions;
    let own = submissions.iter().find(|own| !own.replies.is_empty()).unwrap();
    assert_eq!(
        told(&own.replies[0]),
        [
            (Some(1), "C12".into(), QueryState::Settled, true),
            (Some(2), "B5".into(), QueryState::Answered, true)
        ]
    );
    let open = own.findings.iter().find(|own| own.kind.code == "date-outside-period").unwrap();
    let (day, said) = own.said_to(open).unwrap();
    assert_eq!(day.to_string(), "2023-07-05");
    assert!(said.text.starts_with("The visit was in May."));
}
