//! The report on invented providers of an invented contract, case by case.

use super::*;
use crate::assess::records::{Alert, Meeting, Notification};
use crate::calendar::bank_holidays::BankHolidays;
use crate::contract::fixture;
use crate::contract::meant::CriterionOf;
use crate::domain::called::Called;
use crate::domain::period::{Frequency, Period};
use crate::domain::place::CellAddress;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::rating::Rating;
use crate::domain::submission::{Submission, SubmissionStatus};
use crate::review::RatedFigure;
use crate::review::report::{MatrixCell, NotificationRow, Ranking};

const AS_OF: &str = "2026-06-15";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The built-in contract that has a report.
fn alliance() -> Contract {
    fixture::accommodation()
}

fn records(provider: &str) -> Records {
    Records::of(provider, day("2024-04-01"))
}

fn review(provider: &str) -> ProviderReview {
    ProviderReview {
        called: Called::default(),
        standings: Vec::new(),
        contract: "fixture-accommodation".to_string(),
        contract_title: "Accommodation".to_string(),
        provider: provider.to_string(),
        submissions: Vec::new(),
        ratings: Vec::new(),
        overall: Vec::new(),
        submission_kpis: Vec::new(),
        escalations: Vec::new(),
        dates: Vec::new(),
        calendar: Vec::new(),
        breaks_and_ends: Vec::new(),
        actions: Vec::new(),
        packs: Vec::new(),
        committee: Vec::new(),
    }
}

fn quarter(first_day: &str) -> Period {
    Period::containing(day(first_day), Frequency::Quarter, 4)
}

fn year(first_day: &str) -> Period {
    Period::containing(day(first_day), Frequency::Year, 4)
}

fn submission(form: &str, period: Period, status: SubmissionStatus) -> Submission {
    Submission {
        form: form.to_string(),
        form_title: "Form".to_string(),
        period,
        area: None,
        due: day("2026-04-15"),
        due_note: None,
        clause: "5.1".to_string(),
        received: (status == SubmissionStatus::Late).then(|| day("2026-04-20")),
        status,
        status_note: None,
        versions: Vec::new(),
        rated_version: None,
        accurate: None,
        findings: Vec::new(),
        changed: Vec::new(),
        replies: Vec::new(),
    }
}

fn answer(kpi: &str, period: Period, rating: Rating) -> RatedFigure {
    RatedFigure {
        kpi: kpi.to_string(),
        title: "Answer".to_string(),
        area: None,
        period,
        value: None,
        numerator: None,
        denominator: None,
        unit: Unit::Answer,
        target: Vec::new(),
        aim: None,
        thresholds: Vec::new(),
        rating,
        clause: String::new(),
        notes: Vec::new(),
        relief: None,
        cells: Vec::new(),
        comment: None,
        computed: None,
        said: None,
        not_met: false,
        contradicted: false,
        local: false,
        lower_is_better: false,
        partial: None,
        short_of: None,
    }
}

fn escalation(id: &str, period: Period, status: EscalationStatus) -> Escalation {
    Escalation {
        id: id.to_string(),
        title: format!("Condition {id}"),
        clause: "5.2".to_string(),
        status,
        period,
        on: None,
        evidence: Vec::new(),
        in_headline: false,
        caution: None,
        distance: None,
        action: String::new(),
        settled: false,
        by: None,
    }
}

fn reported(contract: &Contract, providers: &[(Records, ProviderReview)]) -> ContractReport {
    let days = WorkingDays::new(BankHolidays::england_and_wales(&[]).unwrap());
    let providers: Vec<_> = providers.iter().map(|(records, review)| (records, review)).collect();
    report(contract, &providers, &[], &days, day(AS_OF)).unwrap()
}

fn matrix(report: &ContractReport) -> &Matrix {
    report
        .sections
        .iter()
        .find_map(|section| match section {
            Section::Compliance(matrix) => Some(matrix),
            _ => None,
        })
        .unwrap()
}

fn ranking(report: &ContractReport) -> &Ranking {
    report
        .sections
        .iter()
        .find_map(|section| match section {
            Section::Priorities(ranking) => Some(ranking),
            _ => None,
        })
        .unwrap()
}

/// The cell of a provider in the column whose title starts so.
fn cell<'a>(report: &'a ContractReport, provider: &str, column: &str) -> &'a MatrixCell {
    let matrix = matrix(report);
    let index = matrix.columns.iter().position(|own| own.title.starts_with(column)).unwrap();
    &matrix.rows.iter().find(|row| row.provider == provider).unwrap().cells[index]
}

#[test]
fn a_contract_without_report_or_without_providers_has_none() {
    let days = WorkingDays::new(BankHolidays::england_and_wales(&[]).unwrap());
    assert_eq!(report(&alliance(), &[], &[], &days, day(AS_OF)), None);
    let silent = Contract { report: None, ..alliance() };
    assert_eq!(report(&silent, &[(&records("A"), &review("A"))], &[], &days, day(AS_OF)), None);
}

#[test]
fn sections_stand_in_the_definitions_order_each_once() {
    let mut contract = alliance();
    contract.report.as_mut().unwrap().sections =
        vec![ReportSection::Alerts, ReportSection::Compliance, ReportSection::Alerts];
    let report = reported(&contract, &[(records("A"), review("A"))]);
    assert!(matches!(report.sections[..], [Section::Alerts(_), Section::Compliance(_)]));
    contract.priorities = None;
    contract.report.as_mut().unwrap().sections = vec![ReportSection::Priorities];
    assert_eq!(reported(&contract, &[(records("A"), review("A"))]).sections, []);
}

#[test]
fn returns_of_the_last_year_stand_by_status() {
    let (last, one_more) = (quarter("2026-01-01"), quarter("2025-01-01"));
    let cases = [
        ("A", SubmissionStatus::OnTime, Compliance::Met, "On time"),
        ("B", SubmissionStatus::Late, Compliance::Partly, "Late"),
        ("C", SubmissionStatus::Unproven, Compliance::Partly, "Date unproven"),
        ("D", SubmissionStatus::Missing, Compliance::NotMet, "Missing"),
    ];
    let mut providers: Vec<_> = cases
        .iter()
        .map(|(name, status, ..)| {
            let mut review = review(name);
            review.submissions = vec![
                submission("quarterly-kpi", one_more, SubmissionStatus::OnTime),
                submission("quarterly-kpi", quarter("2025-04-01"), SubmissionStatus::OnTime),
                submission("quarterly-kpi", quarter("2025-07-01"), SubmissionStatus::OnTime),
                submission("quarterly-kpi", quarter("2025-10-01"), SubmissionStatus::OnTime),
                submission("quarterly-kpi", last, *status),
                submission("quarterly-kpi", last.next(), SubmissionStatus::NotYetDue),
            ];
            (records(name), review)
        })
        .collect();
    let joined = Records { start: day("2026-05-01"), ..records("E") };
    providers.push((joined, review("E")));
    let report = reported(&alliance(), &providers);
    for (name, _, compliance, word) in cases {
        let own = cell(&report, name, "Quarterly KPI form, 2025-26 Q4");
        assert_eq!((own.compliance, own.word.as_str()), (compliance, word), "{name}");
    }
    assert_eq!(
        cell(&report, "B", "Quarterly KPI form, 2025-26 Q4").notes,
        ["Due 15 April 2026, received 20 April 2026."]
    );
    let newcomer = cell(&report, "E", "Quarterly KPI form, 2025-26 Q4");
    assert_eq!((newcomer.compliance, newcomer.word.as_str()), (Compliance::Nothing, "Not due"));
    assert_eq!(newcomer.notes, ["Joined on 1 May 2026."]);
    // Four quarters, and neither the one before them nor the one to come.
    let periods: Vec<&str> = matrix(&report)
        .columns
        .iter()
        .filter_map(|own| own.title.strip_prefix("Quarterly KPI form, "))
        .collect();
    assert_eq!(periods, ["2025-26 Q1", "2025-26 Q2", "2025-26 Q3", "2025-26 Q4"]);
}

#[test]
fn answers_stand_by_their_newest_rating() {
    let (old, new) = (year("2024-04-01"), year("2025-04-01"));
    let contradicted = |own: RatedFigure| RatedFigure { contradicted: true, ..own };
    let relieved = |own: RatedFigure| RatedFigure { relief: Some("Relief: lease".into()), ..own };
    for (newest, compliance, word) in [
        (answer("3", new, Rating::Green), Compliance::Met, "Met"),
        (answer("3", new, Rating::Red), Compliance::NotMet, "Not met"),
        (contradicted(answer("3", new, Rating::Red)), Compliance::NotMet, "Contradicted"),
        (answer("3", new, Rating::NoReturn), Compliance::NotMet, "Not answered"),
        (answer("3", new, Rating::Invalid), Compliance::Partly, "Cannot be used"),
        (answer("3", new, Rating::NoActivity), Compliance::Nothing, "Not applicable"),
        (relieved(answer("3", new, Rating::Red)), Compliance::Partly, "Relief agreed"),
    ] {
        let mut review = review("A");
        review.ratings = vec![answer("3", old, Rating::Red), newest];
        let report = reported(&alliance(), &[(records("A"), review)]);
        let own = cell(&report, "A", "3. Gas safety");
        assert_eq!((own.compliance, own.word.as_str()), (compliance, word));
    }
    let mut behind = review("B");
    behind.ratings = vec![answer("3", old, Rating::Green)];
    let mut ahead = review("A");
    ahead.ratings = vec![answer("3", new, Rating::Green)];
    let report = reported(&alliance(), &[(records("B"), behind), (records("A"), ahead)]);
    assert_eq!(cell(&report, "B", "3. Gas safety").notes, ["For 2024-25."]);
    assert_eq!(cell(&report, "A", "3. Gas safety").notes, Vec::<String>::new());
    let groups: Vec<&str> = matrix(&report).groups().into_iter().map(|(title, _)| title).collect();
    assert_eq!(groups, ["Annual self-certification", "Notifications, meetings and conditions"]);
}

fn notification(kind: &str, event: &str, notified: Option<&str>) -> Notification {
    Notification {
        kind: kind.to_string(),
        service: None,
        event: day(event),
        notified: notified.map(day),
        note: None,
        cell: CellAddress::new(1, 0),
    }
}

#[test]
fn events_have_their_latest_allowed_date_and_status() {
    for (kind, event, notified, last_day, status, compliance) in [
        // Five working days over Christmas.
        ("Change of ownership", "2025-12-18", Some("2025-12-29"), "2025-12-29", "In time", Compliance::Met),
        ("Change of ownership", "2025-12-18", Some("2025-12-30"), "2025-12-29", "Late", Compliance::Partly),
        ("Safeguarding issue", "2026-06-12", None, "2026-06-15", "Not yet due", Compliance::Nothing),
        ("Safeguarding issue", "2026-06-11", None, "2026-06-12", "Not notified", Compliance::NotMet),
        // Notified after the as-of date is not notified as of it.
        (
            "Safeguarding issue",
            "2026-06-11",
            Some("2026-06-16"),
            "2026-06-12",
            "Not notified",
            Compliance::NotMet,
        ),
        ("Intention to close", "2026-03-31", Some("2026-02-17"), "2026-02-17", "In time", Compliance::Met),
        ("Intention to close", "2026-03-31", Some("2026-02-18"), "2026-02-17", "Late", Compliance::Partly),
    ] {
        let mut own = records("A");
        own.notifications =
            vec![notification(kind, event, notified), notification("Kind unknown here", event, None)];
        let report = reported(&alliance(), &[(own, review("A"))]);
        let rows: &Vec<NotificationRow> = report
            .sections
            .iter()
            .find_map(|section| match section {
                Section::Notifications(rows) => Some(rows),
                _ => None,
            })
            .unwrap();
        let [row] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((row.last_day, row.status.as_str()), (day(last_day), status), "{kind} {event}");
        assert_eq!(row.compliance, compliance, "{kind} {event}");
    }
}

#[test]
fn conduct_counts_the_last_twelve_months() {
    let meeting = |date: &str, attended| Meeting {
        date: day(date),
        kind: None,
        attended,
        minutes_sent: None,
        cell: CellAddress::new(1, 0),
    };
    let mut own = records("A");
    own.notifications = vec![
        notification("Change of ownership", "2025-06-15", Some("2025-12-01")),
        notification("Change of ownership", "2025-06-16", Some("2025-06-16")),
        notification("Change of ownership", "2025-12-18", Some("2025-12-30")),
    ];
    own.meetings = vec![
        meeting("2025-06-15", Some(false)),
        meeting("2025-09-01", Some(true)),
        meeting("2025-12-01", Some(false)),
        meeting("2026-03-01", None),
        meeting("2026-06-16", Some(false)),
    ];
    let mut newcomer = Records { start: day("2026-01-01"), ..records("B") };
    newcomer.meetings = vec![meeting("2025-12-01", Some(false))];
    let report = reported(&alliance(), &[(own, review("A")), (newcomer, review("B"))]);
    let events = cell(&report, "A", "Events notified");
    assert_eq!((events.compliance, events.word.as_str()), (Compliance::Partly, "1 of 2 late"));
    let meetings = cell(&report, "A", "Meetings attended");
    assert_eq!((meetings.compliance, meetings.word.as_str()), (Compliance::NotMet, "1 of 2 missed"));
    assert_eq!(cell(&report, "B", "Meetings attended").word, "None recorded");
}

#[test]
fn conditions_hold_in_the_period_that_ended_last_or_since() {
    let met = EscalationStatus::Triggered;
    for (escalations, compliance, word) in [
        (vec![], Compliance::Met, "None holds"),
        (
            vec![escalation("a", quarter("2026-01-01"), EscalationStatus::Watch)],
            Compliance::Met,
            "None holds",
        ),
        (vec![escalation("a", quarter("2025-10-01"), met)], Compliance::Met, "None holds"),
        (vec![escalation("a", quarter("2026-01-01"), met)], Compliance::NotMet, "1 holds"),
        (
            vec![escalation("a", quarter("2026-01-01"), met), escalation("a", quarter("2026-04-01"), met)],
            Compliance::NotMet,
            "1 holds",
        ),
        (
            vec![escalation("a", year("2025-04-01"), met), escalation("b", quarter("2026-04-01"), met)],
            Compliance::NotMet,
            "2 hold",
        ),
    ] {
        let mut review = review("A");
        review.escalations = escalations;
        let report = reported(&alliance(), &[(records("A"), review)]);
        let own = cell(&report, "A", "Conditions");
        assert_eq!((own.compliance, own.word.as_str()), (compliance, word));
    }
}

fn scored(provider: &str, scores: &[(&str, i64)]) -> (Records, ProviderReview) {
    let scores =
        scores.iter().map(|(column, score)| ((*column).to_string(), Some(Quantity::from(*score)))).collect();
    (Records { scores, ..records(provider) }, review(provider))
}

#[test]
fn the_ranking_says_why() {
    let mut newcomer = scored("Cedar", &[("New", 5), ("Risk", 1)]);
    newcomer.0.start = day("2025-10-01");
    newcomer.0.alerts = vec![alert("2026-06-01", None, None)];
    newcomer.1.escalations = vec![escalation("a", quarter("2026-04-01"), EscalationStatus::Triggered)];
    let providers = [
        scored("Birch", &[("Spend", 4), ("Risk", 2)]),
        scored("Alder", &[]),
        newcomer,
        scored("Dogwood", &[("New", 1), ("Concerns", 2), ("Spend", 2), ("Volumes", 2), ("Risk", 2)]),
    ];
    let report = reported(&alliance(), &providers);
    let rows: Vec<(Option<usize>, &str)> =
        ranking(&report).rows.iter().map(|row| (row.rank, row.provider.as_str())).collect();
    assert_eq!(rows, [(Some(1), "Dogwood"), (Some(2), "Birch"), (Some(2), "Cedar"), (None, "Alder")]);
    let reasons =
        |name: &str| ranking(&report).rows.iter().find(|row| row.provider == name).unwrap().reasons.join(" ");
    assert_eq!(reasons("Alder"), "Not scored in the register.");
    assert_eq!(
        reasons("Cedar"),
        "Weighs most: a) New providers or services (5) and e) High risk (1). Not scored: b) Concerns raised, c) Large total spend, \
         d) Large service volumes, f) Strategic priority and g) Geographical area. Joined on 1 October 2025. 1 open alert. \
         Conditions met: Condition a."
    );
    // Equals are all named.
    assert!(reasons("Dogwood").starts_with(
        "Weighs most: b) Concerns raised (2), c) Large total spend (2), d) Large service volumes (2) and e) High risk (2)."
    ));
}

#[test]
fn weights_are_shown_where_they_differ() {
    let mut contract = alliance();
    for criterion in &mut contract.priorities.as_mut().unwrap().criteria {
        let is_risk = criterion.of == CriterionOf::Column("Risk".to_string());
        criterion.weight = if is_risk { 3.into() } else { 1.into() };
    }
    let report = reported(&contract, &[scored("Alder", &[("Spend", 4), ("Risk", 2)])]);
    let row = &ranking(&report).rows[0];
    assert_eq!(row.sum, Some(10.into()));
    assert!(row.reasons[0].starts_with("Weighs most: e) High risk (2 × 3) and c) Large total spend (4)"));
}

fn alert(raised: &str, review: Option<&str>, closed: Option<&str>) -> Alert {
    Alert {
        service: None,
        raised: day(raised),
        reason: raised.to_string(),
        provider_told: None,
        review: review.map(day),
        closed: closed.map(day),
    }
}

#[test]
fn alerts_that_are_due_come_first_and_closed_ones_last() {
    let mut own = records("A");
    own.alerts = vec![
        alert("2026-01-01", Some("2026-02-01"), Some("2026-02-01")),
        alert("2026-01-02", Some("2026-06-16"), None),
        alert("2026-01-03", Some("2026-06-15"), None),
        alert("2026-01-04", None, None),
        // Closed after the as-of date is open as of it.
        alert("2026-01-05", Some("2026-07-01"), Some("2026-06-16")),
        alert("2026-01-06", None, Some("2026-03-01")),
    ];
    let report = reported(&alliance(), &[(own, review("A"))]);
    let alerts = report
        .sections
        .iter()
        .find_map(|section| match section {
            Section::Alerts(alerts) => Some(alerts),
            _ => None,
        })
        .unwrap();
    let order: Vec<(&str, bool, bool)> =
        alerts.iter().map(|own| (own.reason.as_str(), own.due, own.closed.is_some())).collect();
    assert_eq!(
        order,
        [
            ("2026-01-04", true, false),
            ("2026-01-03", true, false),
            ("2026-01-02", false, false),
            ("2026-01-05", false, false),
            ("2026-01-06", false, true),
            ("2026-01-01", false, true),
        ]
    );
    assert_eq!(report.summary.last().unwrap(), "4 open alerts: 2 are due for review.");
}

#[test]
fn boroughs_show_the_providers_they_buy_from() {
    let buys = |name: &str, boroughs: &[&str]| {
        let mut own = records(name);
        own.boroughs = boroughs.iter().map(|name| (*name).to_string()).collect();
        own.alerts = vec![alert("2026-01-01", None, None), alert("2026-01-02", None, Some("2026-02-01"))];
        (own, review(name))
    };
    let providers = [buys("Cedar", &["Harrow", "Brent"]), buys("Alder", &["brent "]), buys("Birch", &[])];
    let report = reported(&alliance(), &providers);
    let boroughs = report
        .sections
        .iter()
        .find_map(|section| match section {
            Section::Boroughs(boroughs) => Some(boroughs),
            _ => None,
        })
        .unwrap();
    let seen: Vec<(&str, Vec<&str>, usize)> = boroughs
        .iter()
        .map(|own| {
            let names = own.matrix.rows.iter().map(|row| row.provider.as_str()).collect();
            (own.name.as_str(), names, own.alerts.len())
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("Brent", vec!["Alder", "Cedar"], 2),
            ("Harrow", vec!["Cedar"], 1),
            ("No borough recorded", vec!["Birch"], 1),
        ]
    );
}

#[test]
fn who_is_suspended_is_said_as_long_as_it_lasts() {
    let standing = |service: Option<&str>, until: Option<&str>| Standing {
        service: service.map(Into::into),
        word: "Suspended".to_string(),
        since: Some(day("2026-05-11")),
        until: until.map(day),
    };
    let mut whole = records("Alder");
    whole.standings = vec![standing(None, None)];
    let mut service = records("Birch");
    service.standings = vec![standing(Some("Ash House"), None), standing(None, Some("2026-06-01"))];
    let report = reported(&alliance(), &[(whole, review("Alder")), (service, review("Birch"))]);
    assert_eq!(report.provider("Alder").unwrap().standings, ["Suspended since 11 May 2026"]);
    assert_eq!(report.provider("Birch").unwrap().standings, ["Ash House: suspended since 11 May 2026"]);
    assert_eq!(
        report.summary[1],
        "No new referrals: Alder (suspended since 11 May 2026) and Ash House of Birch (suspended since 11 May 2026)."
    );
}

#[test]
fn of_many_without_new_referrals_a_few_are_named() {
    for (number, ending) in [
        (6, "E (suspended since 11 May 2026) and F (suspended since 11 May 2026)."),
        (7, "F (suspended since 11 May 2026) and G (suspended since 11 May 2026)."),
        (8, "F (suspended since 11 May 2026) and 2 more, each said under its name below."),
    ] {
        let providers: Vec<_> = ["A", "B", "C", "D", "E", "F", "G", "H"][..number]
            .iter()
            .map(|name| {
                let mut own = records(name);
                own.standings = vec![Standing {
                    service: None,
                    word: "Suspended".to_string(),
                    since: Some(day("2026-05-11")),
                    until: None,
                }];
                (own, review(name))
            })
            .collect();
        let said = reported(&alliance(), &providers).summary.remove(1);
        assert!(said.ends_with(ending), "{said}");
    }
}

#[test]
fn the_summary_counts_providers_by_their_worst_requirement() {
    let with = |name: &str, status| {
        let mut own = review(name);
        own.submissions = vec![submission("quarterly-kpi", quarter("2026-01-01"), status)];
        (records(name), own)
    };
    let providers = [
        with("A", SubmissionStatus::OnTime),
        with("B", SubmissionStatus::Late),
        with("C", SubmissionStatus::Missing),
        with("D", SubmissionStatus::Missing),
    ];
    let report = reported(&alliance(), &providers);
    assert_eq!(
        report.summary,
        [
            "4 providers: 1 meets everything that can be judged, 1 has something late or in question, 2 have something not met."
        ]
    );
}
