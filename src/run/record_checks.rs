//! What register and definitions show only together: rows about contracts, forms and KPIs that nobody knows, and rows dated
//! outside the contract with the provider.
//!
//! What cannot be right is a fault. What is merely odd is a note: a meeting before the start may be about mobilisation, and a
//! warning may be served after the end.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::lookups::{fault, form, kpi_reference, period, unknown_contract, unknown_kpi};
use crate::contract::Contract;
use crate::contract::meant::Condition;
use crate::domain::period::{Period, long_date};
use crate::domain::place::CellRef;
use crate::domain::text::fold;
use crate::workspace::register::choices::{Choice, NoticeKind};
use crate::workspace::register::{AcceptedSubject, Notice, Provider, Register, RegisterFault, RegisterNote};

/// Help for what stands before the start.
const START_HELP: &str =
    "correct it, or the provider's Start in Providers (where that is blank, the contract's own start counts)";

/// What was found.
#[derive(Debug, Default)]
pub struct Checked {
    /// What stops the run.
    pub faults: Vec<RegisterFault>,
    /// What does not.
    pub notes: Vec<RegisterNote>,
}

/// Checks every list but Providers, whose contracts are checked where they are looked up.
pub fn check(register: &Register, contracts: &BTreeMap<String, Contract>) -> Checked {
    let mut checked = Checked::default();
    let contacts = register.contacts.iter().filter_map(|row| row.contract.as_ref());
    for id in contacts.chain(register.meetings.iter().map(|row| &row.contract)) {
        if !contracts.contains_key(id.as_str()) {
            checked.faults.push(unknown_contract(id, contracts));
        }
    }
    for row in &register.notices {
        if let (Some(contract), Some(kpi)) = (contracts.get(row.contract.as_str()), &row.kpi)
            && !contract.kpis.iter().any(|known| fold(&known.reference) == kpi_reference(kpi))
        {
            checked.faults.push(unknown_kpi(contract, kpi));
        }
    }
    unlisted(register, contracts, &mut checked);
    plans(register, contracts, &mut checked);
    absences(register, &mut checked);
    repeated(register, &mut checked);
    accepted_forms(register, contracts, &mut checked);
    dates(register, contracts, &mut checked);
    periods(register, contracts, &mut checked);
    checked
}

/// Rows about a provider that is not under their contract, though its name stands elsewhere in the register: nothing would take
/// them up.
fn unlisted(register: &Register, contracts: &BTreeMap<String, Contract>, checked: &mut Checked) {
    let contacts =
        register.contacts.iter().filter_map(|row| Some((row.provider.as_ref()?, row.contract.as_ref()?)));
    let pairs = contacts
        .chain(register.extensions.iter().map(|row| (&row.provider, &row.contract)))
        .chain(register.notices.iter().map(|row| (&row.provider, &row.contract)))
        .chain(register.reliefs.iter().map(|row| (&row.provider, &row.contract)))
        .chain(register.meetings.iter().filter_map(|row| Some((row.provider.as_ref()?, &row.contract))))
        .chain(register.actions.iter().map(|row| (&row.provider, &row.contract)));
    for (provider, contract) in pairs {
        let is_listed =
            || register.providers.iter().any(|row| row.is_called(provider) && row.is_under(contract));
        if contracts.contains_key(contract.as_str()) && !is_listed() {
            let message = format!("Providers has no “{provider}” under the contract {contract}");
            let help = "it stands in Reviews alone; correct the contract, or add a row for it to Providers";
            checked.faults.push(fault(&provider.place, message, help.to_string()));
        }
    }
}

/// Whether two rows record one notice.
fn is_same_notice(a: &Notice, b: &Notice) -> bool {
    let kpi = |row: &Notice| row.kpi.as_ref().map(|kpi| kpi_reference(kpi));
    a.kind == b.kind
        && *a.date == *b.date
        && kpi(a) == kpi(b)
        && *a.provider == *b.provider
        && *a.contract == *b.contract
}

/// The same notice twice counts twice; whether it was served twice only the officer can say.
fn repeated(register: &Register, checked: &mut Checked) {
    for (index, row) in register.notices.iter().enumerate() {
        if let Some(earlier) =
            register.notices.iter().take(index).find(|earlier| is_same_notice(earlier, row))
        {
            checked.notes.push(RegisterNote {
                place: row.place.clone(),
                message: format!(
                    "the same notice stands in row {} already, and both count",
                    earlier.place.cell.row + 1
                ),
                help: "remove one of the two if it was served once".to_string(),
            });
        }
    }
}

/// A plan that the contract follows up, without the day on which it is reviewed, would never be followed up.
fn plans(register: &Register, contracts: &BTreeMap<String, Contract>, checked: &mut Checked) {
    for row in register.notices.iter().filter(|row| row.review_date.is_none()) {
        let Some(contract) = contracts.get(row.contract.as_str()) else { continue };
        let followed_up = contract.escalations.iter().flat_map(|own| &own.any).any(
            |condition| matches!(condition, Condition::PlanNotImproved(rule) if rule.plan == row.kind.word()),
        );
        if followed_up {
            checked.notes.push(RegisterNote {
                place: row.place.clone(),
                message: format!(
                    "the {} has no review date, so nothing follows it up",
                    row.kind.word().to_lowercase()
                ),
                help: "enter the day by which it is reviewed".to_string(),
            });
        }
    }
}

/// An absence from a meeting with all providers does not say who was absent.
fn absences(register: &Register, checked: &mut Checked) {
    for row in &register.meetings {
        if row.provider.is_none() && row.attended == Some(false) {
            checked.notes.push(RegisterNote {
                place: row.place.clone(),
                message: "Attended says no without naming a provider, so nobody counts as absent".to_string(),
                help: "enter a row for each provider that did not come".to_string(),
            });
        }
    }
}

/// A form that none of the provider's contracts has would accept nothing, in silence.
fn accepted_forms(register: &Register, contracts: &BTreeMap<String, Contract>, checked: &mut Checked) {
    for row in &register.accepted {
        let AcceptedSubject::Form { provider, form } = &row.subject else { continue };
        let known: Vec<&str> = register
            .providers
            .iter()
            .filter(|row| row.name == *provider)
            .filter_map(|row| contracts.get(row.contract.as_str()))
            .flat_map(|contract| contract.forms.iter().map(|form| form.id.as_str()))
            .collect();
        // Without any, the contract is at fault, and is reported.
        if !known.is_empty() && !known.iter().any(|id| fold(id) == fold(form)) {
            let help = format!("forms {provider} returns: {}", known.join(", "));
            checked.faults.push(fault(&form.place, format!("there is no form “{form}”"), help));
        }
    }
}

/// The days of a contract, both inclusive; of several, from the first to the last of them all.
#[derive(Debug, Clone, PartialEq)]
struct Span {
    /// With whom, in words.
    with: String,
    from: NaiveDate,
    to: Option<NaiveDate>,
}

/// The span of a provider's contract, or of all its contracts where none is named; of all providers under the contract where
/// no provider is named. `None` where nothing is known.
fn span(
    register: &Register,
    contracts: &BTreeMap<String, Contract>,
    provider: Option<&str>,
    contract: Option<&str>,
) -> Option<Span> {
    let rows = register.providers.iter().filter(|row| {
        row.service.is_none()
            && provider.is_none_or(|name| row.name == name)
            && contract.is_none_or(|id| *row.contract == *id)
    });
    let own = |row: &Provider| {
        let contract = contracts.get(row.contract.as_str())?;
        let end = row.end.as_ref().map(|end| end.value).or(contract.end);
        Some((row.start.unwrap_or(contract.start), end))
    };
    let (from, to) = rows.filter_map(own).reduce(|(from, to), (other_from, other_to)| {
        // One contract without an end has none together either.
        (from.min(other_from), to.zip(other_to).map(|(to, other)| to.max(other)))
    })?;
    Some(Span { with: provider.map_or(String::new(), |name| format!(" with {name}")), from, to })
}

fn dates(register: &Register, contracts: &BTreeMap<String, Contract>, checked: &mut Checked) {
    let span = |provider, contract| span(register, contracts, provider, contract);
    for row in register.providers.iter().filter(|row| row.service.is_none() && row.start.is_none()) {
        if let (Some(contract), Some(end)) = (contracts.get(row.contract.as_str()), &row.end)
            && end.value < contract.start
        {
            let start = long_date(contract.start);
            let message = format!(
                "the contract ends before it starts: Start is blank, and the contract's own start is {start}"
            );
            checked.faults.push(fault(&end.place, message, "correct the date, or fill in Start".to_string()));
        }
    }
    for row in &register.notices {
        if let Some(span) = span(Some(&row.provider), Some(&row.contract)) {
            // A provider may hold a mark or an award from before.
            let held = matches!(row.kind, NoticeKind::QualityMarkAchieved | NoticeKind::SocialValueAward);
            checked.date(
                &row.date.place,
                row.date.value,
                &span,
                if held { Before::Fine } else { Before::Fault },
            );
        }
    }
    for row in &register.meetings {
        let provider = row.provider.as_ref().map(|name| name.as_str());
        if let Some(span) = span(provider, Some(&row.contract)) {
            checked.date(&row.place, row.date, &span, Before::Note);
        }
    }
    for row in &register.notifications {
        if let Some(span) = span(Some(&row.provider), None) {
            checked.date(&row.event.place, row.event.value, &span, Before::Note);
        }
    }
    for row in &register.alerts {
        if let Some(span) = span(Some(&row.provider), None) {
            checked.date(&row.raised.place, row.raised.value, &span, Before::Fault);
        }
    }
}

/// Extensions and reliefs are about a period. One that cannot be read is reported where it is used.
fn periods(register: &Register, contracts: &BTreeMap<String, Contract>, checked: &mut Checked) {
    let mut reported = Vec::new();
    for row in &register.extensions {
        let Some(contract) = contracts.get(row.contract.as_str()) else { continue };
        let Some(form) = form(contract, &row.form, &mut reported) else { continue };
        let Some(period) = period(contract, &row.period, Some(form.every), &mut reported) else { continue };
        // An extension gives more time, never less: an earlier date would make a return late that was not.
        if let Some(stated) = form.due.stated(&period)
            && row.due.value < stated
        {
            let message = format!(
                "{} is before the day on which {} for {} is due anyway, {}",
                long_date(row.due.value),
                form.title,
                period.describe(),
                long_date(stated)
            );
            checked.faults.push(fault(&row.due.place, message, "correct the date or the period".to_string()));
        }
        if let Some(span) = span(register, contracts, Some(&row.provider), Some(&row.contract)) {
            checked.period(&row.period.place, &period, &span);
        }
    }
    for row in &register.reliefs {
        let Some(contract) = contracts.get(row.contract.as_str()) else { continue };
        let every = Some(contract.rated_every());
        let Some(period) = period(contract, &row.period, every, &mut reported) else { continue };
        if let Some(span) = span(register, contracts, Some(&row.provider), Some(&row.contract)) {
            checked.period(&row.period.place, &period, &span);
        }
    }
}

/// What a date before the start is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    Fault,
    Note,
    Fine,
}

impl Checked {
    fn date(&mut self, place: &CellRef, day: NaiveDate, span: &Span, before: Before) {
        if day < span.from && before != Before::Fine {
            let message = format!(
                "{} is before the contract{} starts, on {}",
                long_date(day),
                span.with,
                long_date(span.from)
            );
            match before {
                Before::Fault => self.faults.push(fault(place, message, START_HELP.to_string())),
                _ => self.notes.push(fault(place, message, format!("if that is not meant, {START_HELP}"))),
            }
        }
        if let Some(to) = span.to.filter(|to| day > *to) {
            let message =
                format!("{} is after the contract{} ended, on {}", long_date(day), span.with, long_date(to));
            let help = "if that is not meant, correct it, or the provider's End in Providers".to_string();
            self.notes.push(fault(place, message, help));
        }
    }

    fn period(&mut self, place: &CellRef, period: &Period, span: &Span) {
        if period.to < span.from {
            let message = format!(
                "{} is over before the contract{} starts, on {}",
                period.describe(),
                span.with,
                long_date(span.from)
            );
            self.faults.push(fault(place, message, START_HELP.to_string()));
        }
        if let Some(to) = span.to.filter(|to| period.from > *to) {
            let message = format!(
                "{} begins after the contract{} ended, on {}, so nothing is due for it",
                period.describe(),
                span.with,
                long_date(to)
            );
            let help = "correct the period, or the provider's End in Providers".to_string();
            self.notes.push(fault(place, message, help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::fixture;
    use crate::workspace::register::fixture::workbook;

    const ID: &str = "fixture-advocacy";
    const PROVIDERS: &[&[&str]] = &[
        &["Provider", "Contract", "Start", "End"],
        &["Harbour", ID, "01/09/2025", "31/08/2026"],
        &["Haven", ID, "", ""],
    ];

    fn contracts() -> BTreeMap<String, Contract> {
        BTreeMap::from([(ID.to_string(), fixture::advocacy())])
    }

    /// Faults and notes, each as `cell: message; help`.
    fn checked(sheet: &str, rows: &[&[&str]]) -> [Vec<String>; 2] {
        let lists = if sheet == "Providers" {
            vec![(sheet, rows)]
        } else {
            vec![("Providers", PROVIDERS), (sheet, rows)]
        };
        let register = Register::read(&workbook(&lists)).unwrap();
        let checked = check(&register, &contracts());
        [checked.faults, checked.notes].map(|found| {
            found.iter().map(|one| format!("{}: {}; {}", one.place.cell, one.message, one.help)).collect()
        })
    }

    #[track_caller]
    fn assert_found([faults, notes]: [Vec<String>; 2], fault: &str, note: &str) {
        let fits = |found: &[String], expected: &str| match found {
            [] => expected.is_empty(),
            [one] => !expected.is_empty() && one.starts_with(expected),
            _ => false,
        };
        assert!(fits(&faults, fault) && fits(&notes, note), "{fault} | {note}\n{faults:#?}\n{notes:#?}");
    }

    #[test]
    fn dates_lie_in_the_contract_with_the_provider() {
        let early = "31 August 2025 is before the contract with Harbour starts, on 1 September 2025";
        let late = "1 September 2026 is after the contract with Harbour ended, on 31 August 2026";
        let at = |cell: &str, words: &str| format!("{cell}: {words}");
        let notice = |day: &str, kind: &str| {
            checked("Notices", &[&["Provider", "Contract", "Date", "Kind"], &["Harbour", ID, day, kind]])
        };
        assert_found(notice("31/08/2025", "Formal warning"), &at("C2", early), "");
        assert_found(notice("01/09/2025", "Formal warning"), "", "");
        assert_found(notice("31/08/2026", "Formal warning"), "", "");
        assert_found(notice("01/09/2026", "Formal warning"), "", &at("C2", late));
        assert_found(notice("31/08/2025", "Quality mark achieved"), "", "");
        assert_found(notice("31/08/2025", "Social Value Award"), "", "");

        let meeting =
            |day: &str| checked("Meetings", &[&["Provider", "Contract", "Date"], &["Harbour", ID, day]]);
        assert_found(meeting("31/08/2025"), "", &at("C2", early));
        assert_found(meeting("01/09/2026"), "", &at("C2", late));
        let event = |day: &str| {
            let heading: &[&str] = &["Provider", "Kind", "Event date"];
            checked("Notifications", &[heading, &["Harbour", "Safeguarding issue", day]])
        };
        assert_found(event("31/08/2025"), "", &at("C2", early));
        assert_found(event("01/09/2026"), "", &at("C2", late));
        let alert = |day: &str| checked("Alerts", &[&["Provider", "Raised"], &["Harbour", day]]);
        assert_found(alert("31/08/2025"), &at("B2", early), "");
        assert_found(alert("01/09/2026"), "", &at("B2", late));
    }

    #[test]
    fn periods_lie_in_the_contract_with_the_provider() {
        let early = "2024-25 Q4 (June to August 2025) is over before the contract with Harbour starts";
        let late = "2026-27 Q1 (September to November 2026) begins after the contract with Harbour ended";
        let relief = |period: &str| {
            checked("Reliefs", &[&["Provider", "Contract", "KPI", "Period"], &["Harbour", ID, "5", period]])
        };
        assert_found(relief("2024-25 Q4"), &format!("D2: {early}"), "");
        assert_found(relief("2025-26 Q1"), "", "");
        assert_found(relief("2026-27 Q1"), "", &format!("D2: {late}"));
        let extension = |period: &str, due: &str| {
            let heading: &[&str] = &["Provider", "Contract", "Form", "Period", "New due date"];
            checked("Extensions", &[heading, &["Harbour", ID, "quarterly-kpi", period, due]])
        };
        assert_found(extension("2024-25 Q4", "19/09/2025"), &format!("D2: {early}"), "");
        // The last quarter falls due after the end.
        assert_found(extension("2025-26 Q4", "19/09/2026"), "", "");
        assert_found(extension("2026-27 Q1", "19/12/2026"), "", &format!("D2: {late}"));
        assert_found(
            extension("2025-26 Q1", "19/12/2015"),
            "E2: 19 December 2015 is before the day on which",
            "",
        );
    }

    #[test]
    fn a_blank_start_is_the_contracts_own() {
        let start = contracts()[ID].start;
        let before = start.pred_opt().unwrap().format("%d/%m/%Y").to_string();
        let first = start.format("%d/%m/%Y").to_string();
        let alert =
            |provider: &str, day: &str| checked("Alerts", &[&["Provider", "Raised"], &[provider, day]]);
        assert_found(alert("Haven", &before), "B2: ", "");
        assert_found(alert("Haven", &first), "", "");
        assert_found(alert("Haven", "01/09/2090"), "", "");
        let ended = |end: &str| {
            checked("Providers", &[&["Provider", "Contract", "Start", "End"], &["Harbour", ID, "", end]])
        };
        assert_found(ended(&before), "D2: the contract ends before it starts", "");
        assert_found(ended(&first), "", "");
        // A meeting with all providers goes by all their contracts.
        let meeting = |day: &str| checked("Meetings", &[&["Contract", "Date"], &[ID, day]]);
        assert_found(meeting(&before), "", "B2: ");
        assert_found(meeting("01/09/2090"), "", "");
    }

    #[test]
    fn what_nobody_knows_is_a_fault_at_its_cell() {
        assert_found(
            checked("Meetings", &[&["Date", "Contract"], &["01/12/2025", "fixture-advocasy"]]),
            "B2: there is no contract “fixture-advocasy”; did you mean “fixture-advocacy”?",
            "",
        );
        assert_found(
            checked("Contacts", &[&["Contract", "E-mail"], &["roads", "officer@council.example"]]),
            "A2: there is no contract “roads”; known contracts: ",
            "",
        );
        let heading: &[&str] = &["Date", "Provider", "Contract", "Kind", "KPI"];
        let notice =
            |kpi: &str| checked("Notices", &[heading, &["01/12/2025", "Harbour", ID, "Concern", kpi]]);
        assert_found(notice("11"), "E2: there is no KPI “11”; KPIs of the contract: 1, 2", "");
        assert_found(notice("KPI 5"), "", "");
        let accepted = |form: &str| {
            let heading: &[&str] = &["Provider", "Form", "Finding"];
            checked("Accepted", &[heading, &["Harbour", form, "total-mismatch"]])
        };
        assert_found(
            accepted("quartely-kpi"),
            "B2: there is no form “quartely-kpi”; forms Harbour returns: ",
            "",
        );
        assert_found(accepted("Quarterly-KPI"), "", "");
    }
}
