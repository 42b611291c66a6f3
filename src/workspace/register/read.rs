//! Each list of the register, row by row. A row with a fault is left out; the faults stop the run.

use std::collections::BTreeMap;

use super::accepted::accepted;
use super::cells::{self, Findings, Row};
use super::choices::YesNo;
use super::disposals;
use super::file_names::FileName;
use super::framework;
use super::lists::{self, List};
use super::providers::{self, Known};
use super::{Action, Contact, Extension, Ignored, Meeting, Notice, Receipt, Register, RegisterError, Relief};
use crate::domain::workbook::Workbook;

pub(super) fn register(workbook: &Workbook) -> Result<Register, RegisterError> {
    let mut gathered = Findings::default();
    let sheets = cells::sheets(workbook, &mut gathered);
    let tables: BTreeMap<&'static str, cells::Columns> = sheets
        .iter()
        .filter_map(|(name, sheet)| {
            let list = lists::ALL.iter().find(|list| list.sheet == *name)?;
            Some((*name, cells::columns(workbook, sheet, list, &mut gathered)))
        })
        .collect();
    let rows = |list: &'static List| match (sheets.get(list.sheet), tables.get(list.sheet)) {
        (Some(sheet), Some(columns)) => cells::rows(workbook, sheet, list, columns),
        _ => Vec::new(),
    };
    fn each<T>(
        rows: Vec<Row<'_>>,
        findings: &mut Findings,
        read: impl Fn(&Row<'_>, &mut Findings) -> Option<T>,
    ) -> Vec<T> {
        rows.iter().filter_map(|row| read(row, findings)).collect()
    }

    let findings = &mut gathered;
    let listed = each(rows(&lists::PROVIDERS), findings, providers::provider);
    providers::check_providers(&listed, findings);
    let reviews = each(rows(&lists::REVIEWS), findings, framework::review);
    let known = Known { providers: &listed, reviewed: &reviews };
    let register = Register {
        contacts: each(rows(&lists::CONTACTS), findings, |row, findings| contact(row, &known, findings)),
        receipts: receipts(&rows(&lists::RECEIPTS), findings),
        ignored: each(rows(&lists::IGNORED), findings, ignored),
        extensions: each(rows(&lists::EXTENSIONS), findings, |row, findings| {
            extension(row, &known, findings)
        }),
        accepted: each(rows(&lists::ACCEPTED), findings, |row, findings| accepted(row, &known, findings)),
        notices: each(rows(&lists::NOTICES), findings, |row, findings| notice(row, &known, findings)),
        reliefs: each(rows(&lists::RELIEFS), findings, |row, findings| relief(row, &known, findings)),
        meetings: each(rows(&lists::MEETINGS), findings, |row, findings| meeting(row, &known, findings)),
        actions: each(rows(&lists::ACTIONS), findings, |row, findings| action(row, &known, findings)),
        notifications: each(rows(&lists::NOTIFICATIONS), findings, |row, findings| {
            framework::notification(row, &known, findings)
        }),
        alerts: each(rows(&lists::ALERTS), findings, |row, findings| framework::alert(row, &known, findings)),
        disposals: each(rows(&lists::DISPOSALS), findings, |row, findings| {
            disposals::disposal(row, &known, findings)
        }),
        priorities: framework::priorities(&rows(&lists::PRIORITIES), &known, findings),
        notes: std::mem::take(&mut findings.notes),
        reviews: Vec::new(),
        providers: Vec::new(),
    };
    if !gathered.faults.is_empty() {
        gathered.faults.sort();
        gathered.faults.dedup();
        return Err(RegisterError { faults: gathered.faults });
    }
    Ok(Register { providers: listed, reviews, ..register })
}

fn contact(row: &Row<'_>, known: &Known<'_>, findings: &mut Findings) -> Option<Contact> {
    let contract = row.id("Contract", findings);
    let provider = known.maybe_name(row, contract.as_ref(), findings);
    let email = row.email("E-mail", findings);
    let (role, addressing) =
        (row.text("Role", findings), row.choice("To or Cc", findings).unwrap_or_default());
    Some(Contact { place: row.place("Provider"), provider, contract, role, email: email?, addressing })
}

fn receipts(rows: &[Row<'_>], findings: &mut Findings) -> Vec<Receipt> {
    let mut receipts: Vec<Receipt> = Vec::new();
    for row in rows {
        let (Some(file), Some(received)) = (row.text("File", findings), row.date("Received", findings))
        else {
            continue;
        };
        let name = FileName::new(&file);
        let other = receipts
            .iter()
            .find(|other| (other.name.means(&name) || name.means(&other.name)) && other.received != received);
        if let Some(other) = other {
            let message =
                format!("“{file}” has another date in row {} (“{}”)", other.place.cell.row + 1, other.file);
            let help = "keep the right one; files of the same name in different folders need their paths";
            findings.fault(row.place("Received"), message, help);
        }
        receipts.push(Receipt { place: row.place("File"), file, received, name });
    }
    receipts
}

fn ignored(row: &Row<'_>, findings: &mut Findings) -> Option<Ignored> {
    let (file, reason) = (row.text("File", findings), row.text("Reason", findings));
    let file = file?;
    Some(Ignored { place: row.place("File"), name: FileName::new(&file), file, reason: reason? })
}

fn extension(row: &Row<'_>, known: &Known<'_>, findings: &mut Findings) -> Option<Extension> {
    let names = known.name_and_contract(row, findings);
    let (form, period) = (row.placed_text("Form", findings), row.period("Period", findings));
    let (due, reason) = (row.placed_date("New due date", findings), row.text("Reason", findings));
    let (provider, contract) = names?;
    Some(Extension {
        place: row.place("Provider"),
        provider,
        contract,
        form: form?,
        period: period?,
        due: due?,
        reason,
    })
}

fn notice(row: &Row<'_>, known: &Known<'_>, findings: &mut Findings) -> Option<Notice> {
    let (date, names, kind) = (
        row.placed_date("Date", findings),
        known.name_and_contract(row, findings),
        row.choice("Kind", findings),
    );
    let (kpi, review_date, note) = (
        row.placed_text("KPI", findings),
        row.placed_date("Review date", findings),
        row.text("Note", findings),
    );
    let (provider, contract) = names?;
    let (place, date) = (row.place("Kind"), date?);
    if let Some(review) = review_date.as_ref().filter(|review| review.value <= date.value) {
        let message = "the review date is not after the date of the notice".to_string();
        findings.fault(review.place.clone(), message, "correct one of the two dates");
    }
    let review_date = review_date.map(|review| review.value);
    Some(Notice { place, date, provider, contract, kind: kind?, kpi, review_date, note })
}

fn relief(row: &Row<'_>, known: &Known<'_>, findings: &mut Findings) -> Option<Relief> {
    let names = known.name_and_contract(row, findings);
    let (kpi, period) = (row.placed_text("KPI", findings), row.period("Period", findings));
    let (reason, agreed_on) =
        (row.text("Reason", findings).unwrap_or_default(), row.date("Agreed on", findings));
    let (provider, contract) = names?;
    Some(Relief {
        place: row.place("KPI"),
        provider,
        contract,
        kpi: kpi?,
        period: period?,
        reason,
        agreed_on,
    })
}

fn meeting(row: &Row<'_>, known: &Known<'_>, findings: &mut Findings) -> Option<Meeting> {
    let (date, contract) = (row.date("Date", findings), row.id("Contract", findings));
    let provider = known.maybe_name(row, contract.as_ref(), findings);
    let attended = row.choice("Attended", findings).map(|answer: YesNo| answer == YesNo::Yes);
    let (kind, minutes_sent, note) =
        (row.text("Kind", findings), row.date("Minutes sent", findings), row.text("Note", findings));
    let place = row.place("Date");
    Some(Meeting { place, date: date?, provider, contract: contract?, kind, attended, minutes_sent, note })
}

fn action(row: &Row<'_>, known: &Known<'_>, findings: &mut Findings) -> Option<Action> {
    let names = known.name_and_contract(row, findings);
    let kpi = row.placed_text("KPI", findings);
    let mut text = |heading: &str| row.text(heading, findings).unwrap_or_default();
    let (current, issue) = (text("Current Performance Level"), text("Issue / reason identified"));
    let (action, outcomes) = (text("Action to be taken"), text("Expected outcomes"));
    let (timescale, status, owner) = (text("Timescale"), text("Status"), text("Owner"));
    let (agreed_on, closed_on) = (row.date("Agreed on", findings), row.date("Closed on", findings));
    let (provider, contract) = names?;
    Some(Action {
        place: row.place("Provider"),
        provider,
        contract,
        kpi,
        current,
        issue,
        action,
        outcomes,
        timescale,
        status,
        owner,
        agreed_on,
        closed_on,
    })
}

#[cfg(test)]
mod tests {
    use super::super::choices::{Addressing, NoticeKind, ProviderStatus};
    use super::super::fixture::{about, assert_fault, faults, workbook};
    use super::*;
    use crate::domain::place::CellAddress;

    #[test]
    fn reads_every_column_of_every_list() {
        let register = Register::read(&workbook(&[
            (
                "Providers",
                &[
                    &[
                        "Provider",
                        "Aliases",
                        "Contract",
                        "Start",
                        "Break",
                        "End",
                        "E-mail",
                        "Service",
                        "Status",
                        "Status since",
                        "Boroughs",
                    ],
                    &[
                        "Harbour Advocacy",
                        "Harbour; HA Ltd",
                        "fixture-advocacy",
                        "01/09/2025",
                        "2027-09-01",
                        "31 August 2028",
                        "kpi@harbour.example",
                        "",
                        "suspended",
                        "01/11/2025",
                        "Brent; Ealing",
                    ],
                    &[
                        "Harbour Advocacy",
                        "",
                        "fixture-advocacy",
                        "",
                        "",
                        "",
                        "",
                        "Quay House",
                        "Barred",
                        "",
                        "",
                    ],
                ],
            ),
            (
                "Contacts",
                &[
                    &["Provider", "Contract", "Role", "E-mail", "To or Cc"],
                    &["HA Ltd", "fixture-advocacy", "Manager", "manager@harbour.example", "Cc"],
                    &["", "", "Contract officer", "officer@council.example", ""],
                ],
            ),
            ("Receipts", &[&["File", "Received"], &["a.xlsx", "12/12/2025"]]),
            ("Ignored", &[&["File", "Reason"], &["b.xlsx", "A draft"]]),
            (
                "Extensions",
                &[
                    &["Provider", "Contract", "Form", "Period", "New due date", "Reason"],
                    &["harbour", "fixture-advocacy", "quarterly-kpi", "2025-26 Q1", "19/12/2025", "Flood"],
                ],
            ),
            (
                "Accepted",
                &[
                    &["File or provider and form", "Sheet", "Cell", "Finding", "Reason", "Date"],
                    &["a.xlsx", "KPIs", "D7", "total-mismatch", "Rounding", "15/12/2025"],
                    &["Harbour Advocacy, quarterly-kpi", "", "", "heading-renamed", "", ""],
                ],
            ),
            (
                "Notices",
                &[
                    &["Date", "Provider", "Contract", "Kind", "KPI", "Review date", "Note"],
                    &[
                        "10/06/2025",
                        "Harbour",
                        "fixture-advocacy",
                        "Formal warning",
                        "5",
                        "10/09/2025",
                        "By post",
                    ],
                ],
            ),
            (
                "Reliefs",
                &[
                    &["Provider", "Contract", "KPI", "Period", "Reason", "Agreed on"],
                    &["Harbour", "fixture-advocacy", "5", "2025-26 Q1", "Flood", "01/12/2025"],
                ],
            ),
            (
                "Meetings",
                &[
                    &["Date", "Provider", "Contract", "Kind", "Attended", "Minutes sent", "Note"],
                    &[
                        "21/12/2025",
                        "Harbour",
                        "fixture-advocacy",
                        "Review",
                        "yes",
                        "22/12/2025",
                        "At County Hall",
                    ],
                    &["05/01/2026", "", "fixture-advocacy", "", "", "", ""],
                ],
            ),
            (
                "Actions",
                &[
                    &[
                        "Provider",
                        "Contract",
                        "KPI",
                        "Current Performance Level",
                        "Issue / reason identified",
                        "Action to be taken",
                        "Expected outcomes",
                        "Timescale",
                        "Status",
                    ],
                    &[
                        "Harbour",
                        "fixture-advocacy",
                        "5",
                        "90%",
                        "Vacancy",
                        "Recruit",
                        "95%",
                        "March",
                        "Open",
                    ],
                ],
            ),
        ]))
        .unwrap();
        assert_eq!(register.notes, []);

        let provider = register.provider(" ha  LTD", "fixture-advocacy").unwrap();
        assert_eq!(
            (provider.name.as_str(), provider.place.to_string().as_str()),
            ("Harbour Advocacy", "register.xlsx, sheet “Providers”, cell A2")
        );
        assert_eq!(provider.start.unwrap().to_string(), "2025-09-01");
        assert_eq!(provider.break_date.unwrap().to_string(), "2027-09-01");
        assert_eq!(provider.end.as_ref().unwrap().to_string(), "2028-08-31");
        assert_eq!(provider.email.as_deref(), Some("kpi@harbour.example"));
        assert_eq!((provider.status, provider.status_since.is_some()), (ProviderStatus::Suspended, true));
        assert_eq!(provider.boroughs, ["Brent", "Ealing"]);
        let services: Vec<_> = register.services("Harbour Advocacy", "fixture-advocacy").collect();
        assert_eq!(
            (services[0].service.as_deref(), services[0].status),
            (Some("Quay House"), ProviderStatus::Barred)
        );

        assert_eq!(
            register.contacts[0].provider.as_ref().map(|name| name.as_str()),
            Some("Harbour Advocacy")
        );
        assert_eq!(register.contacts[0].contract.as_ref().map(|id| id.as_str()), Some("fixture-advocacy"));
        assert_eq!(register.contacts[0].role.as_deref(), Some("Manager"));
        assert_eq!(register.contacts[0].addressing, Addressing::Cc);
        assert_eq!(
            (register.contacts[1].provider.as_ref(), register.contacts[1].addressing),
            (None, Addressing::To)
        );
        assert_eq!(register.received("returns/q1/A.xlsx").unwrap().to_string(), "2025-12-12");
        assert_eq!(register.ignored("returns/b.xlsx"), Some("A draft"));

        let extension = &register.extensions[0];
        assert_eq!(
            (extension.provider.as_str(), extension.form.as_str()),
            ("Harbour Advocacy", "quarterly-kpi")
        );
        assert_eq!(
            (extension.period.as_str(), extension.due.to_string().as_str()),
            ("2025-26 Q1", "2025-12-19")
        );
        assert_eq!(extension.reason.as_deref(), Some("Flood"));

        assert_eq!(about(&register.accepted[0]), "file a.xlsx");
        assert_eq!(register.accepted[0].cell, CellAddress::parse("D7"));
        assert_eq!(
            (register.accepted[0].sheet.as_deref(), register.accepted[0].date.is_some()),
            (Some("KPIs"), true)
        );
        assert_eq!(about(&register.accepted[1]), "Harbour Advocacy + quarterly-kpi");
        assert_eq!(register.accepted[1].cell, None);

        let notice = &register.notices[0];
        assert_eq!(
            (notice.kind, notice.kpi.as_ref().map(|kpi| kpi.as_str())),
            (NoticeKind::FormalWarning, Some("5"))
        );
        assert_eq!((notice.date.to_string(), notice.review_date.is_some()), ("2025-06-10".to_string(), true));
        assert_eq!(notice.note.as_deref(), Some("By post"));
        let relief = &register.reliefs[0];
        assert_eq!(
            (relief.kpi.as_str(), relief.reason.as_str(), relief.agreed_on.is_some()),
            ("5", "Flood", true)
        );
        let meeting = &register.meetings[0];
        assert_eq!((meeting.attended, meeting.minutes_sent.is_some()), (Some(true), true));
        assert_eq!(
            (meeting.kind.as_deref(), meeting.note.as_deref()),
            (Some("Review"), Some("At County Hall"))
        );
        assert_eq!((register.meetings[1].attended, register.meetings[1].provider.as_ref()), (None, None));
        let action = &register.actions[0];
        assert_eq!(
            [
                &action.current,
                &action.issue,
                &action.action,
                &action.outcomes,
                &action.timescale,
                &action.status
            ],
            ["90%", "Vacancy", "Recruit", "95%", "March", "Open"]
        );
        assert_eq!(action.kpi.as_ref().map(|kpi| kpi.as_str()), Some("5"));
    }

    #[test]
    fn an_empty_register_is_a_register() {
        assert_eq!(Register::read(&workbook(&[])), Ok(Register::default()));
        let headings_only: &[(&str, &[&[&str]])] = &[("Notices", &[&["Date"]]), ("Receipts", &[])];
        assert_eq!(Register::read(&workbook(headings_only)), Ok(Register::default()));
    }
    #[test]
    fn what_cannot_be_read_is_a_fault_at_its_cell() {
        let notices: &[&str] = &["Date", "Provider", "Contract", "Kind"];
        for (row, cell, expected) in [
            (["soon", "Harbour", "fixture-advocacy", "Concern"], "A2", "“soon” is no date"),
            (["12/14/2025", "Harbour", "fixture-advocacy", "Concern"], "A2", "type the day as 14/12/2025"),
            (["", "Harbour", "fixture-advocacy", "Concern"], "A2", "“Date” is blank"),
            (
                ["01/12/2025", "Harbor", "fixture-advocacy", "Concern"],
                "B2",
                "has no “Harbor”; did you mean “Harbour”?",
            ),
            (["01/12/2025", "Harbour", "fixture-housing", "Concern"], "B2", "has no “Harbour” under"),
            (["01/12/2025", "", "fixture-advocacy", "Concern"], "B2", "“Provider” is blank"),
            (["01/12/2025", "Harbour", "", "Concern"], "C2", "“Contract” is blank"),
            (
                ["01/12/2025", "Harbour", "fixture-advocacy", "Formal warnings"],
                "D2",
                "did you mean “Formal warning”?",
            ),
            (["01/12/2025", "Harbour", "fixture-advocacy", ""], "D2", "“Kind” is blank"),
        ] {
            assert_fault("Notices", &[notices, &row], cell, expected);
        }
        assert_fault(
            "Notices",
            &[&["Date", "Provider", "Contract"], &["01/12/2025", "Harbour", "fixture-advocacy"]],
            "A1",
            "there is no column “Kind” in row 1",
        );
        assert_fault("Notices", &[&["Date", "Provider", "Contract", "Kind", "Date"]], "E1", "stands twice");
        assert_fault("Contacts", &[&["E-mail"], &["a@b.example; c@d.example"]], "A2", "is no e-mail address");
        assert_fault("Contacts", &[&["E-mail", "To or Cc"], &["a@b.example", "Bcc"]], "B2", "To, Cc");
        assert_fault(
            "Meetings",
            &[&["Date", "Contract", "Attended"], &["01/12/2025", "a", "maybe"]],
            "C2",
            "Yes, No",
        );
    }

    #[test]
    fn a_file_has_one_date() {
        let check = |second: &[&str]| {
            faults(&[("Receipts", &[&["File", "Received"], &["q1/a.xlsx", "12/12/2025"], second])])
        };
        assert!(check(&["returns\\Q1\\A.xlsx", "13/12/2025"])[0].contains("has another date in row 2"));
        assert!(check(&["a.xlsx", "13/12/2025"])[0].contains("cell B3"));
        assert_eq!(check(&["a.xlsx", "12/12/2025"]), [""; 0]);
        assert_eq!(check(&["q2/a.xlsx", "13/12/2025"]), [""; 0]);
    }

    #[test]
    fn all_faults_are_reported_at_once() {
        let found = faults(&[
            ("Receipts", &[&["File", "Received"], &["a.xlsx", "soon"], &["", "later"]]),
            ("Notices", &[&["Date"], &["never"]]),
        ]);
        let cells: Vec<_> = found.iter().map(|fault| fault.split(": ").next().unwrap()).collect();
        assert_eq!(
            cells,
            [
                "register.xlsx, sheet “Notices”, cell A1",
                "register.xlsx, sheet “Notices”, cell A1",
                "register.xlsx, sheet “Notices”, cell A1",
                "register.xlsx, sheet “Notices”, cell A2",
                "register.xlsx, sheet “Receipts”, cell B2",
                "register.xlsx, sheet “Receipts”, cell A3",
                "register.xlsx, sheet “Receipts”, cell B3",
            ]
        );
    }
}
