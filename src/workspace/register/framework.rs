//! The lists for many providers at once: notifications of events, alerts, scores for strategic meetings, and the plan of
//! reviews.

use super::cells::{Findings, Row};
use super::choices::YesNo;
use super::providers::Known;
use super::{Alert, Notification, PlannedReview, Priority};

pub(super) fn notification(
    row: &Row<'_>,
    known: &Known<'_>,
    findings: &mut Findings,
) -> Option<Notification> {
    let (provider, kind) = (known.name(row, None, findings), row.choice("Kind", findings));
    // Neither date bounds the other: a change may be notified in advance, and a closure has to be.
    let (event, notified) =
        (row.placed_date("Event date", findings), row.placed_date("Notified on", findings));
    let (service, note) = (row.text("Service", findings), row.text("Note", findings));
    let place = row.place("Provider");
    Some(Notification { place, provider: provider?, service, kind: kind?, event: event?, notified, note })
}

pub(super) fn alert(row: &Row<'_>, known: &Known<'_>, findings: &mut Findings) -> Option<Alert> {
    let (provider, raised) = (known.name(row, None, findings), row.placed_date("Raised", findings));
    let (review_date, closed) =
        (row.placed_date("Review date", findings), row.placed_date("Closed", findings));
    let told = row.choice("Provider told", findings).map(|answer: YesNo| answer == YesNo::Yes);
    let (service, reason) = (row.text("Service", findings), row.text("Reason", findings));
    let raised = raised?;
    for (date, message) in [
        (&review_date, "the alert is reviewed before it is raised"),
        (&closed, "the alert is closed before it is raised"),
    ] {
        if let Some(date) = date.as_ref().filter(|date| date.value < raised.value) {
            findings.fault(date.place.clone(), message.to_string(), "correct one of the two dates");
        }
    }
    let (place, closed) = (row.place("Provider"), closed.map(|date| date.value));
    Some(Alert { place, provider: provider?, service, raised, reason, told, review_date, closed })
}

/// The scores, one row a provider: two would rank it twice.
pub(super) fn priorities(rows: &[Row<'_>], known: &Known<'_>, findings: &mut Findings) -> Vec<Priority> {
    let mut priorities: Vec<Priority> = Vec::new();
    for row in rows {
        let provider = known.name(row, None, findings);
        let mut score = |heading: &str| row.score(heading, findings);
        let (new, concerns, spend) = (score("New"), score("Concerns"), score("Spend"));
        let (volumes, risk) = (score("Volumes"), score("Risk"));
        let (strategic, area) = (score("Strategic"), score("Area"));
        let Some(provider) = provider else { continue };
        if let Some(twin) = priorities.iter().find(|other| *other.provider == *provider) {
            let message = format!("“{provider}” is scored in row {} already", twin.place.cell.row + 1);
            findings.fault(provider.place.clone(), message, "keep one of the two rows");
        }
        let place = row.place("Provider");
        priorities.push(Priority { place, provider, new, concerns, spend, volumes, risk, strategic, area });
    }
    priorities
}

pub(super) fn review(row: &Row<'_>, findings: &mut Findings) -> Option<PlannedReview> {
    let contract = row.placed_text("Contract", findings);
    let (lead_officer, requested_by) =
        (row.text("Lead officer", findings), row.text("Requested by", findings));
    let mut score = |heading: &str| row.score(heading, findings);
    let (value, complexity, risk, strategic) =
        (score("Value"), score("Complexity"), score("Risk"), score("Strategic"));
    let mut date = |heading: &str| row.date(heading, findings);
    let (contract_end, planned) = (date("Contract end"), date("Planned date"));
    let (last_audit, next_audit) = (date("Last audit"), date("Next audit"));
    Some(PlannedReview {
        place: row.place("Contract"),
        contract: contract?,
        lead_officer,
        value,
        complexity,
        risk,
        contract_end,
        last_audit,
        next_audit,
        strategic,
        requested_by,
        planned,
    })
}

#[cfg(test)]
mod tests {
    use super::super::Register;
    use super::super::choices::NotificationKind;
    use super::super::fixture::{PROVIDERS, assert_fault, faults, workbook};
    use crate::domain::quantity::Quantity;

    const NOTIFICATIONS: &[&str] = &["Provider", "Service", "Kind", "Event date", "Notified on", "Note"];
    const ALERTS: &[&str] =
        &["Provider", "Service", "Raised", "Reason", "Provider told", "Review date", "Closed"];
    const PRIORITIES: &[&str] =
        &["Provider", "New", "Concerns", "Spend", "Volumes", "Risk", "Strategic", "Area"];
    const REVIEWS: &[&str] = &[
        "Contract",
        "Lead officer",
        "Value",
        "Complexity",
        "Risk",
        "Contract end",
        "Last audit",
        "Next audit",
        "Strategic",
        "Requested by",
        "Planned date",
    ];

    #[test]
    fn reads_every_column() {
        let register = Register::read(&workbook(&[
            ("Providers", PROVIDERS),
            (
                "Notifications",
                &[
                    NOTIFICATIONS,
                    &["HA Ltd", "Quay House", "Intention to close", "01/03/2026", "05/01/2026", "By e-mail"],
                    &["Harbour", "", "safeguarding ISSUE", "02/03/2026", "", ""],
                ],
            ),
            (
                "Alerts",
                &[
                    ALERTS,
                    &[
                        "Harbour",
                        "Quay House",
                        "02/03/2026",
                        "Safeguarding",
                        "No",
                        "02/04/2026",
                        "02/03/2026",
                    ],
                    &["Harbour", "", "02/03/2026", "", "", "", ""],
                ],
            ),
            ("Priorities", &[PRIORITIES, &["Harbour", "0", "1", "2.5", "3", "4", "5", ""]]),
            (
                "Reviews",
                &[
                    REVIEWS,
                    &[
                        "Street lighting",
                        "Head of highways",
                        "1",
                        "2",
                        "3",
                        "31/03/2028",
                        "01/02/2025",
                        "01/02/2027",
                        "4",
                        "Audit committee",
                        "09/06/2026",
                    ],
                ],
            ),
        ]))
        .unwrap();
        assert_eq!(register.notes, []);

        let [closing, issue] = register.notifications.as_slice() else { panic!() };
        assert_eq!(
            (closing.provider.as_str(), closing.provider.place.cell.to_string()),
            ("Harbour Advocacy", "A2".into())
        );
        assert_eq!(
            (closing.service.as_deref(), closing.kind),
            (Some("Quay House"), NotificationKind::IntentionToClose)
        );
        assert_eq!(
            (closing.event.to_string(), closing.event.place.cell.to_string()),
            ("2026-03-01".into(), "D2".into())
        );
        assert_eq!(closing.notified.as_ref().unwrap().to_string(), "2026-01-05");
        assert_eq!(closing.note.as_deref(), Some("By e-mail"));
        assert_eq!(
            (issue.kind, &issue.service, &issue.notified),
            (NotificationKind::SafeguardingIssue, &None, &None)
        );

        let [closed, open] = register.alerts.as_slice() else { panic!() };
        assert_eq!((closed.told, closed.reason.as_deref()), (Some(false), Some("Safeguarding")));
        assert_eq!(closed.service.as_deref(), Some("Quay House"));
        assert_eq!(closed.raised.to_string(), "2026-03-02");
        assert_eq!(closed.review_date.as_ref().unwrap().to_string(), "2026-04-02");
        assert_eq!(closed.closed.unwrap().to_string(), "2026-03-02");
        assert_eq!((open.told, &open.review_date, open.closed), (None, &None, None));

        let scores = &register.priorities[0];
        let number = |text: &str| Some(text.parse::<Quantity>().unwrap());
        assert_eq!((scores.new, scores.concerns, scores.spend), (number("0"), number("1"), number("2.5")));
        assert_eq!((scores.volumes, scores.risk, scores.strategic), (number("3"), number("4"), number("5")));
        // Blank is not scored; 0 is a score.
        assert_eq!(scores.area, None);

        let review = &register.reviews[0];
        assert_eq!(
            (review.contract.as_str(), review.lead_officer.as_deref()),
            ("Street lighting", Some("Head of highways"))
        );
        assert_eq!((review.value, review.complexity), (number("1"), number("2")));
        assert_eq!((review.risk, review.strategic), (number("3"), number("4")));
        let days = [review.contract_end, review.last_audit, review.next_audit, review.planned];
        assert_eq!(
            days.map(|day| day.unwrap().to_string()),
            ["2028-03-31", "2025-02-01", "2027-02-01", "2026-06-09"]
        );
        assert_eq!(review.requested_by.as_deref(), Some("Audit committee"));
    }

    #[test]
    fn an_unknown_provider_is_named_with_its_cell_and_what_to_do() {
        for (sheet, heading, row) in [
            ("Notifications", NOTIFICATIONS, &["Harbor", "", "Safeguarding issue", "02/03/2026"][..]),
            ("Alerts", ALERTS, &["Harbor", "", "02/03/2026"]),
            ("Priorities", PRIORITIES, &["Harbor", "1"]),
        ] {
            assert_fault(sheet, &[heading, row], "A2", "Providers has no “Harbor”; did you mean “Harbour”?");
        }
    }

    #[test]
    fn what_cannot_be_read_is_a_fault_at_its_cell() {
        let alert = |review: &str, closed: &str, cell: &str, expected: &str| {
            assert_fault(
                "Alerts",
                &[ALERTS, &["Harbour", "", "02/03/2026", "", "", review, closed]],
                cell,
                expected,
            );
        };
        alert("", "01/03/2026", "G2", "closed before it is raised");
        alert("01/03/2026", "", "F2", "reviewed before it is raised");
        assert_fault("Alerts", &[ALERTS, &["Harbour", "", "", ""]], "C2", "“Raised” is blank");
        assert_fault("Alerts", &[ALERTS, &["Harbour", "", "02/03/2026", "", "perhaps"]], "E2", "Yes, No");
        let event = |kind: &str, day: &str, cell: &str, expected: &str| {
            assert_fault("Notifications", &[NOTIFICATIONS, &["Harbour", "", kind, day]], cell, expected);
        };
        event("Safeguarding", "02/03/2026", "C2", "is not known under “Kind”");
        event("Safeguarding issue", "", "D2", "“Event date” is blank");
        assert_fault(
            "Priorities",
            &[PRIORITIES, &["Harbour", "high"]],
            "B2",
            "“high” under “New” is no number",
        );
        assert_fault(
            "Priorities",
            &[PRIORITIES, &["Harbour", "1"], &["HA Ltd", "2"]],
            "A3",
            "scored in row 2 already",
        );
        assert_fault("Reviews", &[REVIEWS, &["", "Head of highways"]], "A2", "“Contract” is blank");
        assert_fault("Reviews", &[REVIEWS, &["Roads", "", "3/5"]], "C2", "“3/5” under “Value” is no number");
    }

    #[test]
    fn a_name_of_two_providers_is_not_guessed() {
        let providers: &[&[&str]] = &[
            &["Provider", "Aliases", "Contract"],
            &["Harbour", "HA", "a"],
            &["Haven", "HA", "b"],
            &["Harbour", "", "c"],
        ];
        let alerts = |name: &str| {
            let rows: &[&[&str]] = &[ALERTS, &[name, "", "02/03/2026"]];
            faults(&[("Providers", providers), ("Alerts", rows)])
        };
        assert!(
            alerts("HA")[0].contains("cell A2: “HA” means two providers: “Harbour” and “Haven”"),
            "{:?}",
            alerts("HA")
        );
        assert_eq!(alerts("Harbour"), [""; 0]);
    }
}
