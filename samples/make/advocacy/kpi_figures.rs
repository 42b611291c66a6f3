//! The quarter's KPI figures and referral log, from the cases.

use anyhow::{Result, bail};
use chrono::NaiveDate;

use crate::advocacy::cases::{Case, Council, IMCA, TYPES};
use crate::advocacy::dates::{quarter_end, quarter_label, quarter_start};
use crate::advocacy::simulation::Simulation;
use crate::advocacy::story;

/// What the provider states as the result.
#[derive(Debug, Clone, PartialEq)]
pub enum Stated {
    /// A formula over numerator and denominator.
    Formula,
    /// A figure typed over it: a count, or a fraction of 1 shown as a percentage.
    Typed(f64),
    /// Text, such as `94%`.
    Text(String),
}

/// One council's cells of one KPI.
#[derive(Debug, Clone)]
pub struct Cells {
    /// Numerator and denominator; `None` for counts.
    pub share: Option<(u32, u32)>,
    /// Result.
    pub stated: Stated,
}

/// One KPI.
#[derive(Debug, Clone)]
pub struct Kpi {
    /// By council.
    pub councils: [Cells; 2],
    /// The provider's comment.
    pub comment: String,
}

/// One line of the referral log.
#[derive(Debug, Clone)]
pub struct LogLine {
    /// Reference.
    pub reference: String,
    /// Council.
    pub council: &'static str,
    /// Advocacy type.
    pub advocacy_type: &'static str,
    /// Date received.
    pub received: NaiveDate,
    /// Date allocated.
    pub allocated: NaiveDate,
    /// Date of first contact.
    pub contacted: NaiveDate,
    /// Date closed, when within the quarter.
    pub closed: Option<NaiveDate>,
    /// `Yes`, `No` or whatever stands there.
    pub referrer_feedback: String,
    /// `Yes`, `No` or whatever stands there.
    pub user_feedback: String,
}

/// KPIs 1 to 10 of a quarter.
///
/// # Errors
/// When the cases don't meet and miss the targets as [`story::MISSED`] tells.
pub fn kpis(simulation: &Simulation, quarter: usize) -> Result<Vec<Kpi>> {
    let mut kpis = Vec::new();
    for (index, counts) in story::EVENTS[quarter].iter().enumerate() {
        let councils = counts.map(|count| Cells { share: None, stated: Stated::Typed(f64::from(count)) });
        kpis.push(Kpi { councils, comment: comment(quarter, index + 1) });
    }
    for number in 5..=10 {
        let councils = Council::BOTH.map(|council| Cells {
            share: Some(share(simulation, quarter, number, council)),
            stated: Stated::Formula,
        });
        kpis.push(Kpi { councils, comment: comment(quarter, number) });
    }
    let missed: Vec<usize> = (1..=10).filter(|number| missed(&kpis[number - 1], *number)).collect();
    if missed != story::MISSED[quarter] {
        bail!(
            "{}: the cases miss {missed:?}, the story {:?}",
            quarter_label(quarter),
            story::MISSED[quarter]
        );
    }
    Ok(kpis)
}

fn missed(kpi: &Kpi, number: usize) -> bool {
    let [east, west] = &kpi.councils;
    match (east.share, west.share, &east.stated, &west.stated) {
        (Some((met, of)), Some((also_met, also_of)), ..) => {
            let percent = [95, 90, 80, 75, 30, 100][number - 5];
            (met + also_met) * 100 < (of + also_of) * percent
        }
        (_, _, Stated::Typed(east), Stated::Typed(west)) => east + west < 2.0,
        _ => true,
    }
}

fn share(simulation: &Simulation, quarter: usize, number: usize, council: Council) -> (u32, u32) {
    let (from, to) = (quarter_start(quarter), quarter_end(quarter));
    let within = |date: NaiveDate| from <= date && date <= to;
    let of = |case: &&Case| {
        case.council == council
            && match number {
                5 | 6 => within(case.received),
                10 => case.kind == IMCA && case.closed().is_some_and(within),
                _ => case.closed().is_some_and(within),
            }
    };
    let met = |case: &&Case| match number {
        5 => case.allocated <= crate::dates::working_days_after(case.received, 2),
        6 => case.contacted <= crate::dates::after(case.received, 2),
        7 => case.resolved_in_time,
        8 => case.referrer_feedback,
        9 => case.user_feedback,
        _ => true,
    };
    let all: Vec<&Case> = simulation.cases.iter().filter(of).collect();
    let met = all.iter().filter(|case| met(case)).count();
    (u32::try_from(met).unwrap_or(0), u32::try_from(all.len()).unwrap_or(0))
}

/// The referrals received in the quarter and the cases closed in it.
pub fn log(simulation: &Simulation, quarter: usize) -> Vec<LogLine> {
    let (from, to) = (quarter_start(quarter), quarter_end(quarter));
    let within = |date: NaiveDate| from <= date && date <= to;
    simulation
        .cases
        .iter()
        .filter(|case| within(case.received) || case.closed().is_some_and(within))
        .map(|case| log_line(case, to))
        .collect()
}

/// The line of one case as it stood at the end of `to`.
pub fn log_line(case: &Case, to: NaiveDate) -> LogLine {
    let closed = case.closed().filter(|date| *date <= to);
    let answer = |given: bool| match (closed, given) {
        (None, _) => String::new(),
        (Some(_), true) => "Yes".to_string(),
        (Some(_), false) => "No".to_string(),
    };
    LogLine {
        reference: case.reference.clone(),
        council: case.council.name(),
        advocacy_type: TYPES[case.kind],
        received: case.received,
        allocated: case.allocated,
        contacted: case.contacted,
        closed,
        referrer_feedback: answer(case.referrer_feedback),
        user_feedback: answer(case.user_feedback),
    }
}

fn comment(quarter: usize, kpi: usize) -> String {
    let comment = match (quarter, kpi) {
        (0, 9) => {
            "Feedback forms only went out from October. Easy-read version and freepost envelope now in use."
        }
        (1, 2) => "West: January briefing moved to March at the hospital's request.",
        (1, 4) => {
            "Both January roadshows cancelled: venues closed by snow and not available again before the end of the \
             quarter. Rebooked for March and April."
        }
        (1, 9) => "Improving slowly. Volunteers will telephone people a fortnight after their case closes.",
        (2, 7) => {
            "Fourteen RPR reviews slipped behind rescheduled DoLS assessments; milestones agreed again in June."
        }
        (2, 4) => "Includes a stall at two carers' week events.",
        (3, 9) => "Call-back by volunteers is working.",
        (4, 3) => "East: partner forum in October cancelled by the host.",
        (4, 5) => {
            "Two advocates left in September and triage was covered by managers. Recruitment under way."
        }
        (5, 2) => "East: one of two briefings fell through because of winter pressures at the hospital.",
        (5, 3) => "Partner briefings paused while the team concentrated on the waiting list.",
        (5, 5) => {
            "See narrative: three vacancies and sickness in triage. Recovery plan shared with both councils."
        }
        (5, 8) => {
            "Referrer questionnaire was not sent for cases closed between 8 and 26 January (system upgrade)."
        }
        (6, 6) => "Allocation has recovered but first contact has not: new advocates still in induction.",
        (6, 7) => "Cases opened during the winter backlog ran past their milestones.",
        (6, 3) => "West: second briefing held on 2 June, will count next quarter.",
        (7, 5) => "Full team in post since May.",
        (7, 9) => "Text-message survey introduced in June.",
        (_, 10) => "All reports peer reviewed before sending.",
        _ => "",
    };
    comment.to_string()
}
