//! What the register records that bears on a consequence, with its cells. Rows of other providers are never told.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::contract::Contract;
use crate::domain::period::long_date;
use crate::domain::place::CellRef;
use crate::domain::text::fold;
use crate::review::evidence::{Entry, Return};
use crate::run::lookups::kpi_reference;
use crate::workspace::register::choices::Choice;
use crate::workspace::register::{AcceptedSubject, Register};

/// What is looked for.
pub(super) struct Bearing<'a> {
    pub(super) contract: &'a Contract,
    pub(super) provider: &'a str,
    pub(super) as_of: NaiveDate,
    /// The KPIs of the figures.
    pub(super) kpis: BTreeSet<String>,
    /// The returns involved.
    pub(super) returns: &'a [Return],
    /// The codes of what was found in them.
    pub(super) codes: BTreeSet<String>,
}

/// The entries, in order of the register's sheets.
pub(super) fn entries(register: &Register, bearing: &Bearing<'_>) -> Vec<Entry> {
    let mut all: Vec<Entry> = Vec::new();
    let mut tell = |place: &CellRef, words: String| {
        let entry = Entry { sheet: place.sheet.to_string(), cell: place.cell.to_string(), words };
        if !all.contains(&entry) {
            all.push(entry);
        }
    };
    let Bearing { contract, provider, as_of, kpis, returns, codes } = bearing;
    let own = |name: &str, id: &str| name == *provider && id == contract.id;
    let because = |reason: &str| if reason.is_empty() { String::new() } else { format!(": {reason}") };
    let on = |word: &str, day: Option<NaiveDate>| {
        day.map(|day| format!(", {word} {}", long_date(day))).unwrap_or_default()
    };

    for row in register.providers.iter().filter(|row| own(&row.name, &row.contract)) {
        let service = row.service.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
        let status = format!("{}{}", row.status.word(), on("since", row.status_since));
        tell(
            &row.place,
            format!("{provider}{service}: {}{}", status.to_lowercase(), on("contract from", row.start)),
        );
    }
    let files: BTreeSet<&str> =
        returns.iter().flat_map(|own| &own.versions).map(|own| own.file.as_str()).collect();
    for file in files {
        if let Some(row) = register.receipt(file) {
            tell(&row.place, format!("{} received on {}", row.file, long_date(row.received)));
        }
    }
    let forms: BTreeSet<String> =
        returns.iter().flat_map(|own| [fold(&own.form), fold(&own.title)]).collect();
    for row in register.extensions.iter().filter(|row| own(&row.provider, &row.contract)) {
        if forms.contains(&fold(&row.form)) {
            let reason = because(row.reason.as_deref().unwrap_or_default());
            tell(
                &row.place,
                format!(
                    "Due date of {} for {} put off to {}{reason}",
                    *row.form,
                    *row.period,
                    long_date(*row.due)
                ),
            );
        }
    }
    for row in register.accepted.iter().filter(|row| codes.contains(&fold(&row.finding))) {
        let concerns = match &row.subject {
            AcceptedSubject::File(_) => returns
                .iter()
                .flat_map(|own| &own.versions)
                .any(|version| Register::is_named_by(row, &version.file)),
            AcceptedSubject::Form { provider: name, form } => {
                fold(name) == fold(provider) && forms.contains(&fold(form))
            }
        };
        if concerns {
            tell(
                &row.place,
                format!("{} accepted{}{}", *row.finding, on("on", row.date), because(&row.reason)),
            );
        }
    }
    for row in register.notices.iter().filter(|row| own(&row.provider, &row.contract) && *row.date <= *as_of)
    {
        let kpi = row.kpi.as_ref().map(|kpi| format!(", KPI {kpi}")).unwrap_or_default();
        let note = because(row.note.as_deref().unwrap_or_default());
        let review = on("to be reviewed by", row.review_date);
        tell(&row.place, format!("{}{kpi}, {}{review}{note}", row.kind.word(), long_date(*row.date)));
    }
    for row in register.reliefs.iter().filter(|row| own(&row.provider, &row.contract)) {
        let known = kpis.iter().any(|kpi| fold(kpi) == kpi_reference(&row.kpi));
        if known && row.agreed_on.is_none_or(|day| day <= *as_of) {
            let agreed = on("agreed on", row.agreed_on);
            tell(
                &row.place,
                format!("Relief from KPI {} for {}{agreed}{}", *row.kpi, *row.period, because(&row.reason)),
            );
        }
    }
    let meetings = register.meetings.iter().filter(|row| {
        *row.contract == contract.id
            && row.provider.as_ref().is_some_and(|name| **name == *provider)
            && row.date <= *as_of
    });
    for row in meetings {
        let came = match row.attended {
            Some(true) => ", attended",
            Some(false) => ", not attended",
            None => "",
        };
        tell(
            &row.place,
            format!("{}, {}{came}", row.kind.as_deref().unwrap_or("Meeting"), long_date(row.date)),
        );
    }
    if !contract.notifications.is_empty() {
        for row in
            register.notifications.iter().filter(|row| *row.provider == *provider && *row.event <= *as_of)
        {
            let service = row.service.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
            let told = match &row.notified {
                Some(day) => format!("notified on {}", long_date(**day)),
                None => "not notified".to_string(),
            };
            tell(&row.place, format!("{}{service}, {}: {told}", row.kind.word(), long_date(*row.event)));
        }
    }
    all
}
