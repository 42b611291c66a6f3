//! Each list of the register, row by row. A row with a fault is left out; the faults stop the run.

use std::collections::BTreeMap;

use super::cells::{self, Findings, Row};
use super::choices::YesNo;
use super::file_names::FileName;
use super::lists::{self, List};
use super::{
    Accepted, AcceptedSubject, Action, Contact, Extension, Ignored, Meeting, Notice, Provider, Receipt,
    Register, RegisterError, Relief,
};
use crate::domain::place::CellAddress;
use crate::domain::text::{fold, nearest};
use crate::domain::workbook::Workbook;

/// Endings by which a cell of Accepted is told to be a file.
const WORKBOOK_ENDINGS: [&str; 7] = [".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".eml"];

pub(super) fn register(workbook: &Workbook) -> Result<Register, RegisterError> {
    let mut findings = Findings::default();
    let sheets = cells::sheets(workbook, &mut findings);
    let tables: BTreeMap<&'static str, cells::Columns> = sheets
        .iter()
        .filter_map(|(name, sheet)| {
            let list = lists::ALL.iter().find(|list| list.sheet == *name)?;
            Some((*name, cells::columns(workbook, sheet, list, &mut findings)))
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

    let f = &mut findings;
    let providers = each(rows(&lists::PROVIDERS), f, provider);
    check_providers(&providers, f);
    let known = Known { providers: &providers };
    let register = Register {
        contacts: each(rows(&lists::CONTACTS), f, |row, f| contact(row, &known, f)),
        receipts: receipts(&rows(&lists::RECEIPTS), f),
        ignored: each(rows(&lists::IGNORED), f, ignored),
        extensions: each(rows(&lists::EXTENSIONS), f, |row, f| extension(row, &known, f)),
        accepted: each(rows(&lists::ACCEPTED), f, |row, f| accepted(row, &known, f)),
        notices: each(rows(&lists::NOTICES), f, |row, f| notice(row, &known, f)),
        reliefs: each(rows(&lists::RELIEFS), f, |row, f| relief(row, &known, f)),
        meetings: each(rows(&lists::MEETINGS), f, |row, f| meeting(row, &known, f)),
        actions: each(rows(&lists::ACTIONS), f, |row, f| action(row, &known, f)),
        notes: std::mem::take(&mut f.notes),
        providers: Vec::new(),
    };
    if !findings.faults.is_empty() {
        findings.faults.sort();
        findings.faults.dedup();
        return Err(RegisterError { faults: findings.faults });
    }
    Ok(Register { providers, ..register })
}

/// The providers other lists may name.
struct Known<'a> {
    providers: &'a [Provider],
}

impl Known<'_> {
    /// The provider a row names, by its name in Providers. One that is not there is a fault: a notice must
    /// not get lost over a slip of the pen.
    fn name(&self, row: &Row<'_>, contract: Option<&str>, f: &mut Findings) -> Option<String> {
        let written = row.text("Provider", f)?;
        let under = |provider: &&Provider| contract.is_none_or(|contract| provider.is_under(contract));
        let found = self.providers.iter().filter(under).find(|provider| provider.is_called(&written));
        if found.is_none() {
            let names = self.providers.iter().filter(under).map(|provider| provider.name.as_str());
            let help = match nearest(&written, names) {
                Some(name) => format!("did you mean “{name}”?"),
                None => "add the provider or the alias to Providers, or correct the name".to_string(),
            };
            let message = match contract {
                Some(contract) => format!("Providers has no “{written}” under the contract {contract}"),
                None => format!("Providers has no “{written}”"),
            };
            f.fault(row.place("Provider"), message, help);
        }
        found.map(|provider| provider.name.clone())
    }

    fn name_and_contract(&self, row: &Row<'_>, f: &mut Findings) -> Option<(String, String)> {
        match row.id("Contract", f) {
            Some(contract) => self.name(row, Some(&contract), f).map(|name| (name, contract)),
            None => {
                // The contract is reported as blank; a provider that is blank or unknown is reported with it.
                self.name(row, None, f);
                None
            }
        }
    }
}

fn provider(row: &Row<'_>, f: &mut Findings) -> Option<Provider> {
    let (name, contract) = (row.text("Provider", f), row.id("Contract", f));
    let (start, end) = (row.date("Start", f), row.date("End", f));
    if let (Some(start), Some(end)) = (start, end)
        && end < start
    {
        f.fault(
            row.place("End"),
            "the contract ends before it starts".to_string(),
            "correct one of the two dates",
        );
    }
    // Read before name and contract are asked for, so that every fault of the row is reported.
    let provider = Provider {
        place: row.place("Provider"),
        name: String::new(),
        contract: String::new(),
        aliases: row.texts("Aliases", f),
        start,
        break_date: row.date("Break", f),
        end,
        email: row.email("E-mail", f),
        service: row.text("Service", f),
        status: row.choice("Status", f).unwrap_or_default(),
        status_since: row.date("Status since", f),
        boroughs: row.texts("Boroughs", f),
    };
    Some(Provider { name: name?, contract: contract?, ..provider })
}

/// A name must mean one provider under each contract, and a row one thing.
fn check_providers(providers: &[Provider], f: &mut Findings) {
    let key = |provider: &Provider| (fold(&provider.name), provider.contract.clone());
    for (index, row) in providers.iter().enumerate() {
        let earlier = || providers[..index].iter().filter(|other| other.contract == row.contract);
        let service = |provider: &Provider| provider.service.as_deref().map(fold);
        if let Some(twin) = earlier().find(|other| key(other) == key(row) && service(other) == service(row)) {
            let message = format!(
                "“{}” under the contract {} stands in row {} already",
                row.name,
                row.contract,
                twin.place.cell.row + 1
            );
            f.fault(row.place.clone(), message, "keep one of the two rows");
        }
        for name in std::iter::once(&row.name).chain(&row.aliases) {
            if let Some(other) = earlier().find(|other| key(other) != key(row) && other.is_called(name)) {
                let message = format!(
                    "“{name}” means two providers under the contract {}: “{}” in row {} and “{}”",
                    row.contract,
                    other.name,
                    other.place.cell.row + 1,
                    row.name
                );
                f.fault(row.place.clone(), message, "let each name and alias belong to one provider");
            }
        }
        if row.service.is_some()
            && !providers.iter().any(|other| key(other) == key(row) && other.service.is_none())
        {
            let message = format!("“{}” has a row for a service but none for the whole provider", row.name);
            f.fault(row.place.clone(), message, "add a row with Service blank");
        }
    }
}

fn contact(row: &Row<'_>, known: &Known<'_>, f: &mut Findings) -> Option<Contact> {
    let contract = row.id("Contract", f);
    let written = row.text("Provider", f).is_some();
    let provider = if written { known.name(row, contract.as_deref(), f) } else { None };
    let email = row.email("E-mail", f);
    let (role, addressing) = (row.text("Role", f), row.choice("To or Cc", f).unwrap_or_default());
    Some(Contact { place: row.place("Provider"), provider, contract, role, email: email?, addressing })
}

fn receipts(rows: &[Row<'_>], f: &mut Findings) -> Vec<Receipt> {
    let mut receipts: Vec<Receipt> = Vec::new();
    for row in rows {
        let (Some(file), Some(received)) = (row.text("File", f), row.date("Received", f)) else { continue };
        let name = FileName::new(&file);
        let other = receipts
            .iter()
            .find(|other| (other.name.means(&name) || name.means(&other.name)) && other.received != received);
        if let Some(other) = other {
            let message =
                format!("“{file}” has another date in row {} (“{}”)", other.place.cell.row + 1, other.file);
            let help = "keep the right one; files of the same name in different folders need their paths";
            f.fault(row.place("Received"), message, help);
        }
        receipts.push(Receipt { place: row.place("File"), file, received, name });
    }
    receipts
}

fn ignored(row: &Row<'_>, f: &mut Findings) -> Option<Ignored> {
    let (file, reason) = (row.text("File", f), row.text("Reason", f));
    let file = file?;
    Some(Ignored { place: row.place("File"), name: FileName::new(&file), file, reason: reason? })
}

fn extension(row: &Row<'_>, known: &Known<'_>, f: &mut Findings) -> Option<Extension> {
    let names = known.name_and_contract(row, f);
    let (form, period) = (row.text("Form", f), row.period("Period", f));
    let (due, reason) = (row.date("New due date", f), row.text("Reason", f));
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

fn accepted(row: &Row<'_>, known: &Known<'_>, f: &mut Findings) -> Option<Accepted> {
    let subject = subject(row, known, f);
    let cell_text = row.text("Cell", f);
    let cell = cell_text.as_deref().and_then(CellAddress::parse);
    if let (Some(text), None) = (&cell_text, cell) {
        f.fault(row.place("Cell"), format!("“{text}” is no cell"), "write one cell, such as D7");
    }
    let (sheet, finding) = (row.text("Sheet", f), row.text("Finding", f));
    let (reason, date) = (row.text("Reason", f).unwrap_or_default(), row.date("Date", f));
    let place = row.place("Finding");
    Some(Accepted { place, subject: subject?, sheet, cell, finding: finding?, reason, date })
}

/// What an accepted finding is about: in columns of their own, or in one.
fn subject(row: &Row<'_>, known: &Known<'_>, f: &mut Findings) -> Option<AcceptedSubject> {
    const ONE: &str = "File or provider and form";
    if let Some(file) = row.text("File", f) {
        return Some(AcceptedSubject::File(file));
    }
    if row.text("Provider", f).is_some() {
        let provider = known.name(row, None, f);
        let form = row.text("Form", f);
        if form.is_none() {
            f.fault(
                row.place("Form"),
                "“Form” is blank".to_string(),
                "write the form's id, such as quarterly-kpi",
            );
        }
        return Some(AcceptedSubject::Form { provider: provider?, form: form? });
    }
    let Some(text) = row.text(ONE, f) else {
        let message = "the row names neither a file nor a provider and form".to_string();
        f.fault(row.place(ONE), message, "name what the finding is in");
        return None;
    };
    let folded = fold(&text);
    if WORKBOOK_ENDINGS.iter().any(|ending| folded.ends_with(ending)) {
        return Some(AcceptedSubject::File(text));
    }
    // The longest name first, so that a name that begins another does not win.
    let named = known
        .providers
        .iter()
        .flat_map(|provider| {
            std::iter::once(&provider.name).chain(&provider.aliases).map(move |n| (fold(n), provider))
        })
        .filter_map(|(name, provider)| Some((name.len(), folded.strip_prefix(name.as_str())?, provider)))
        .max_by_key(|(length, _, _)| *length);
    let separators = [' ', ',', ';', ':', '/', '|', '\u{b7}', '-'];
    match named.map(|(_, rest, provider)| (rest, rest.trim_start_matches(separators), provider)) {
        Some((rest, form, provider)) if rest.starts_with(separators) && !form.is_empty() => {
            Some(AcceptedSubject::Form { provider: provider.name.clone(), form: form.to_string() })
        }
        _ => {
            let message = format!("“{text}” is neither a file nor a provider of Providers with a form");
            f.fault(row.place(ONE), message, "write a file, or as in: Harbour Advocacy, quarterly-kpi");
            None
        }
    }
}

fn notice(row: &Row<'_>, known: &Known<'_>, f: &mut Findings) -> Option<Notice> {
    let (date, names, kind) = (row.date("Date", f), known.name_and_contract(row, f), row.choice("Kind", f));
    let (kpi, review_date, note) = (row.text("KPI", f), row.date("Review date", f), row.text("Note", f));
    let (provider, contract) = names?;
    let place = row.place("Kind");
    Some(Notice { place, date: date?, provider, contract, kind: kind?, kpi, review_date, note })
}

fn relief(row: &Row<'_>, known: &Known<'_>, f: &mut Findings) -> Option<Relief> {
    let names = known.name_and_contract(row, f);
    let (kpi, period) = (row.text("KPI", f), row.period("Period", f));
    let (reason, agreed_on) = (row.text("Reason", f).unwrap_or_default(), row.date("Agreed on", f));
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

fn meeting(row: &Row<'_>, known: &Known<'_>, f: &mut Findings) -> Option<Meeting> {
    let (date, contract) = (row.date("Date", f), row.id("Contract", f));
    let written = row.text("Provider", f).is_some();
    let provider = if written { known.name(row, contract.as_deref(), f) } else { None };
    let attended = row.choice("Attended", f).map(|answer: YesNo| answer == YesNo::Yes);
    let (kind, minutes_sent, note) = (row.text("Kind", f), row.date("Minutes sent", f), row.text("Note", f));
    let place = row.place("Date");
    Some(Meeting { place, date: date?, provider, contract: contract?, kind, attended, minutes_sent, note })
}

fn action(row: &Row<'_>, known: &Known<'_>, f: &mut Findings) -> Option<Action> {
    let names = known.name_and_contract(row, f);
    let kpi = row.text("KPI", f);
    let mut text = |heading: &str| row.text(heading, f).unwrap_or_default();
    let (current, issue) = (text("Current Performance Level"), text("Issue / reason identified"));
    let (action, outcomes) = (text("Action to be taken"), text("Expected outcomes"));
    let (timescale, status) = (text("Timescale"), text("Status"));
    let (provider, contract) = names?;
    let place = row.place("Provider");
    Some(Action { place, provider, contract, kpi, current, issue, action, outcomes, timescale, status })
}

#[cfg(test)]
mod tests {
    use super::super::choices::{Addressing, NoticeKind, ProviderStatus};
    use super::super::fixture::workbook;
    use super::*;
    use crate::domain::workbook::{Cell, Content};

    const PROVIDERS: &[&[&str]] = &[
        &["Provider", "Aliases", "Contract"],
        &["Harbour Advocacy", "Harbour; HA Ltd", "cheshire-advocacy"],
        &["Northgate Supported Living", "", "lancashire-supported-housing"],
    ];

    fn faults(sheets: &[(&str, &[&[&str]])]) -> Vec<String> {
        match Register::read(&workbook(sheets)) {
            Ok(_) => Vec::new(),
            Err(error) => error.faults.iter().map(ToString::to_string).collect(),
        }
    }

    #[track_caller]
    fn assert_fault(sheet: &str, rows: &[&[&str]], cell: &str, expected: &str) {
        let mut sheets = vec![(sheet, rows)];
        if sheet != "Providers" {
            sheets.insert(0, ("Providers", PROVIDERS));
        }
        let found = faults(&sheets);
        let place = format!("register.xlsx, sheet “{sheet}”, cell {cell}: ");
        assert!(
            found.len() == 1 && found[0].starts_with(&place) && found[0].contains(expected),
            "{place}…{expected}\n{found:#?}"
        );
    }

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
                        "cheshire-advocacy",
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
                        "cheshire-advocacy",
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
                    &["HA Ltd", "cheshire-advocacy", "Manager", "manager@harbour.example", "Cc"],
                    &["", "", "Contract officer", "officer@council.example", ""],
                ],
            ),
            ("Receipts", &[&["File", "Received"], &["a.xlsx", "12/12/2025"]]),
            ("Ignored", &[&["File", "Reason"], &["b.xlsx", "A draft"]]),
            (
                "Extensions",
                &[
                    &["Provider", "Contract", "Form", "Period", "New due date", "Reason"],
                    &["harbour", "cheshire-advocacy", "quarterly-kpi", "2025-26 Q1", "19/12/2025", "Flood"],
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
                        "cheshire-advocacy",
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
                    &["Harbour", "cheshire-advocacy", "5", "2025-26 Q1", "Flood", "01/12/2025"],
                ],
            ),
            (
                "Meetings",
                &[
                    &["Date", "Provider", "Contract", "Kind", "Attended", "Minutes sent", "Note"],
                    &[
                        "21/12/2025",
                        "Harbour",
                        "cheshire-advocacy",
                        "Review",
                        "yes",
                        "22/12/2025",
                        "At County Hall",
                    ],
                    &["05/01/2026", "", "cheshire-advocacy", "", "", "", ""],
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
                        "cheshire-advocacy",
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

        let provider = register.provider(" ha  LTD", "cheshire-advocacy").unwrap();
        assert_eq!(
            (provider.name.as_str(), provider.place.to_string().as_str()),
            ("Harbour Advocacy", "register.xlsx, sheet “Providers”, cell A2")
        );
        assert_eq!(provider.start.unwrap().to_string(), "2025-09-01");
        assert_eq!(provider.break_date.unwrap().to_string(), "2027-09-01");
        assert_eq!(provider.end.unwrap().to_string(), "2028-08-31");
        assert_eq!(provider.email.as_deref(), Some("kpi@harbour.example"));
        assert_eq!((provider.status, provider.status_since.is_some()), (ProviderStatus::Suspended, true));
        assert_eq!(provider.boroughs, ["Brent", "Ealing"]);
        let services: Vec<_> = register.services("Harbour Advocacy", "cheshire-advocacy").collect();
        assert_eq!(
            (services[0].service.as_deref(), services[0].status),
            (Some("Quay House"), ProviderStatus::Barred)
        );

        assert_eq!(register.contacts[0].provider.as_deref(), Some("Harbour Advocacy"));
        assert_eq!(register.contacts[0].contract.as_deref(), Some("cheshire-advocacy"));
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

        assert_eq!(register.accepted[0].subject, AcceptedSubject::File("a.xlsx".to_string()));
        assert_eq!(register.accepted[0].cell, CellAddress::parse("D7"));
        assert_eq!(
            (register.accepted[0].sheet.as_deref(), register.accepted[0].date.is_some()),
            (Some("KPIs"), true)
        );
        let form =
            AcceptedSubject::Form { provider: "Harbour Advocacy".into(), form: "quarterly-kpi".into() };
        assert_eq!((&register.accepted[1].subject, register.accepted[1].cell), (&form, None));

        let notice = &register.notices[0];
        assert_eq!((notice.kind, notice.kpi.as_deref()), (NoticeKind::FormalWarning, Some("5")));
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
        assert_eq!(action.kpi.as_deref(), Some("5"));
    }

    #[test]
    fn an_empty_register_is_a_register() {
        assert_eq!(Register::read(&workbook(&[])), Ok(Register::default()));
        let headings_only: &[(&str, &[&[&str]])] = &[("Notices", &[&["Date"]]), ("Receipts", &[])];
        assert_eq!(Register::read(&workbook(headings_only)), Ok(Register::default()));
    }

    #[test]
    fn blank_rows_and_spaces_are_passed_over() {
        let register = Register::read(&workbook(&[(
            "receipts ",
            &[&["FILE", "", "Received:"], &[], &[" ", "", ""], &["a.xlsx", "", "12/12/2025"]],
        )]))
        .unwrap();
        assert_eq!(register.receipts.len(), 1);
        assert_eq!(register.receipts[0].place.cell.to_string(), "A4");
    }

    #[test]
    fn what_is_unknown_is_noted() {
        let register = Register::read(&workbook(&[
            ("Providers", &[&["Provider", "Contract", "Alises", "Room"], &["Harbour", "a", "x", "1"]]),
            ("Notice", &[&["Date"]]),
            ("Scribbles", &[&["Milk"]]),
            ("Alerts", &[&["Provider", "Raised"], &["Harbour", "12/12/2025"]]),
        ]))
        .unwrap();
        let notes: Vec<_> = register.notes.iter().map(ToString::to_string).collect();
        assert_eq!(
            notes,
            [
                "register.xlsx, sheet “Notice”, cell A1: the sheet Notice is none of the register's; \
                 did you mean “Notices”? Until it is renamed it is not read",
                "register.xlsx, sheet “Scribbles”, cell A1: the sheet Scribbles is none of the register's; \
                 it is not read",
                "register.xlsx, sheet “Providers”, cell C1: the column “Alises” is none of this list's; \
                 did you mean “Aliases”? Until it is renamed it is not read",
                "register.xlsx, sheet “Providers”, cell D1: the column “Room” is none of this list's; it is not read",
            ]
        );
    }

    #[test]
    fn what_cannot_be_read_is_a_fault_at_its_cell() {
        let notices: &[&str] = &["Date", "Provider", "Contract", "Kind"];
        for (row, cell, expected) in [
            (["soon", "Harbour", "cheshire-advocacy", "Concern"], "A2", "“soon” is no date"),
            (["12/14/2025", "Harbour", "cheshire-advocacy", "Concern"], "A2", "type the day as 14/12/2025"),
            (["", "Harbour", "cheshire-advocacy", "Concern"], "A2", "“Date” is blank"),
            (
                ["01/12/2025", "Harbor", "cheshire-advocacy", "Concern"],
                "B2",
                "has no “Harbor” under the contract",
            ),
            (
                ["01/12/2025", "Harbour", "lancashire-supported-housing", "Concern"],
                "B2",
                "has no “Harbour” under",
            ),
            (["01/12/2025", "", "cheshire-advocacy", "Concern"], "B2", "“Provider” is blank"),
            (["01/12/2025", "Harbour", "", "Concern"], "C2", "“Contract” is blank"),
            (
                ["01/12/2025", "Harbour", "cheshire-advocacy", "Formal warnings"],
                "D2",
                "did you mean “Formal warning”?",
            ),
            (["01/12/2025", "Harbour", "cheshire-advocacy", ""], "D2", "“Kind” is blank"),
        ] {
            assert_fault("Notices", &[notices, &row], cell, expected);
        }
        assert_fault(
            "Notices",
            &[&["Date", "Provider", "Contract"], &["01/12/2025", "Harbour", "cheshire-advocacy"]],
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
        let accepted: &[&str] = &["File or provider and form", "Cell", "Finding"];
        for (row, cell, expected) in [
            (["a.xlsx", "D7:E9", "x"], "B2", "is no cell"),
            (["", "D7", "x"], "A2", "names neither"),
            (["Harbour", "", "x"], "A2", "is neither a file nor"),
            (["Harbourquarterly-kpi", "", "x"], "A2", "is neither a file nor"),
            (["Elsewhere, quarterly-kpi", "", "x"], "A2", "is neither a file nor"),
        ] {
            assert_fault("Accepted", &[accepted, &row], cell, expected);
        }
    }

    #[test]
    fn a_name_means_one_provider_under_each_contract() {
        let heading: &[&str] = &["Provider", "Aliases", "Contract", "Service", "Start", "End"];
        let check = |second: &[&str], cell: &str, expected: &str| {
            assert_fault(
                "Providers",
                &[heading, &["Harbour", "HA", "a", "", "", ""], second],
                cell,
                expected,
            );
        };
        check(&["HARBOUR", "", "a", "", "", ""], "A3", "stands in row 2 already");
        check(&["Northgate", "ha", "a", "", "", ""], "A3", "“ha” means two providers");
        check(&["HA", "", "a", "", "", ""], "A3", "“HA” means two providers");
        check(&["Northgate", "", "a", "Quay House", "", ""], "A3", "none for the whole provider");
        check(&["Northgate", "", "a", "", "02/01/2025", "01/01/2025"], "F3", "ends before it starts");
        for fine in [
            ["Northgate", "HA", "b", "", "", ""],
            ["Harbour", "HA", "b", "", "", ""],
            ["Harbour", "", "a", "Quay House", "", ""],
            ["Northgate", "", "a", "", "01/01/2025", "01/01/2025"],
        ] {
            let rows: &[&[&str]] = &[heading, &["Harbour", "HA", "a", "", "", ""], &fine];
            assert_eq!(faults(&[("Providers", rows)]), [""; 0], "{fine:?}");
        }
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

    #[test]
    fn takes_what_excel_makes_of_a_month_and_refuses_error_values() {
        let mut book = workbook(&[
            ("Providers", PROVIDERS),
            (
                "Reliefs",
                &[
                    &["Provider", "Contract", "KPI", "Period", "Agreed on"],
                    &["Harbour", "cheshire-advocacy", "5", "x", ""],
                ],
            ),
        ]);
        let mut put = |cell: &str, content: Content| {
            let cell = CellAddress::parse(cell).unwrap();
            let look = Default::default();
            book.sheets[1].cells.insert(cell, Cell { content, formula: false, look });
            Register::read(&book)
        };
        let january = chrono::NaiveDate::from_ymd_opt(2024, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap();
        assert_eq!(put("D2", Content::Date(january)).unwrap().reliefs[0].period, "January 2024");
        assert_eq!(put("C2", Content::Number(5.0)).unwrap().reliefs[0].kpi, "5");
        let number = put("E2", Content::Number(46005.0)).unwrap_err().to_string();
        assert!(number.contains("give the cell a date format"), "{number}");
        let error = put("E2", Content::Error("#REF!".to_string())).unwrap_err().to_string();
        assert!(error.contains("the cell shows #REF!"), "{error}");
    }
}
