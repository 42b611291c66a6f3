//! The lists of the register: which sheets and columns there are, and what belongs into them. The reader
//! goes by this table, and so does whoever writes a blank register.

use super::choices::{Addressing, Choice, NoticeKind, NotificationKind, ProviderStatus, YesNo};
use ColumnKind::{Contract, Date, Email, Form, Kpi, Number, Period, Provider, Text};

/// What belongs into a column.
#[derive(Debug, Clone, Copy)]
pub enum ColumnKind {
    /// Text, or a number taken as text.
    Text,
    /// A provider's name or alias, as in Providers.
    Provider,
    /// A contract's id.
    Contract,
    /// A form's id.
    Form,
    /// A KPI's reference.
    Kpi,
    /// A period as text; a cell Excel made a month of is taken as that month.
    Period,
    /// A date.
    Date,
    /// One e-mail address.
    Email,
    /// One of a few words.
    Choice(fn() -> Vec<&'static str>),
    /// Text; these words are usual, and offered.
    Usual(&'static [&'static str]),
    /// A number the officer gives as a score.
    Number,
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its heading in row 1.
    pub heading: &'static str,
    /// What belongs into it.
    pub kind: ColumnKind,
    /// Whether a row means nothing without it.
    pub required: bool,
    /// A note for the officer.
    pub note: &'static str,
    /// Whether a blank register has it; what it lacks is read where someone made the column.
    pub in_blank: bool,
}

/// A list: one sheet.
#[derive(Debug, Clone, Copy)]
pub struct List {
    /// The sheet's name.
    pub sheet: &'static str,
    /// Its columns, in the order a blank register has them.
    pub columns: &'static [Column],
}

const fn required(heading: &'static str, kind: ColumnKind, note: &'static str) -> Column {
    Column { heading, kind, required: true, note, in_blank: true }
}

const fn optional(heading: &'static str, kind: ColumnKind, note: &'static str) -> Column {
    Column { heading, kind, required: false, note, in_blank: true }
}

/// Another way to write what a column of a blank register holds.
const fn alternative(heading: &'static str, kind: ColumnKind, note: &'static str) -> Column {
    Column { heading, kind, required: false, note, in_blank: false }
}

const YES_NO: ColumnKind = ColumnKind::Choice(YesNo::words);
const PROVIDER: Column = required("Provider", Provider, "The name, or an alias, as in Providers.");
const CONTRACT: Column =
    required("Contract", Contract, "The contract's id, such as stands first in its definition.");
const KPI: Column = optional("KPI", Kpi, "The KPI's reference, such as 5.");

/// Providers.
pub const PROVIDERS: List = List {
    sheet: "Providers",
    columns: &[
        required("Provider", Text, "The name as it should stand in packs."),
        optional(
            "Aliases",
            Text,
            "Other names the provider goes by in its returns, separated by semicolons.",
        ),
        CONTRACT,
        optional(
            "Start",
            Date,
            "First day of the contract with this provider; blank where it is the contract's own.",
        ),
        optional("Break", Date, "Day on which the contract can be broken."),
        optional(
            "End",
            Date,
            "Last day of the contract with this provider; blank where it is the contract's own.",
        ),
        optional("E-mail", Email, "Where drafts are addressed to."),
        optional("Service", Text, "One service of the provider; blank is the whole provider."),
        optional("Status", ColumnKind::Choice(ProviderStatus::words), "Blank is Active."),
        optional("Status since", Date, "First day of the status."),
        optional("Boroughs", Text, "Boroughs that buy, separated by semicolons."),
    ],
};

/// Contacts.
pub const CONTACTS: List = List {
    sheet: "Contacts",
    columns: &[
        optional(
            "Provider",
            Provider,
            "The name, or an alias, as in Providers; blank for the council's own officer.",
        ),
        optional("Contract", Contract, "The contract's id; blank for all contracts."),
        optional("Role", Text, "The contact's role."),
        required("E-mail", Email, "The address."),
        optional("To or Cc", ColumnKind::Choice(Addressing::words), "Blank is To."),
    ],
};

/// Receipts.
pub const RECEIPTS: List = List {
    sheet: "Receipts",
    columns: &[
        required("File", Text, "The file's name, or its path below returns."),
        required("Received", Date, "The day it came in."),
    ],
};

/// Ignored files.
pub const IGNORED: List = List {
    sheet: "Ignored",
    columns: &[
        required("File", Text, "The file's name, or its path below returns."),
        required("Reason", Text, "Why it is left out; shown."),
    ],
};

/// Extensions of due dates.
pub const EXTENSIONS: List = List {
    sheet: "Extensions",
    columns: &[
        PROVIDER,
        CONTRACT,
        required("Form", Form, "The form's id, such as quarterly-kpi."),
        required("Period", Period, "The period it is for."),
        required("New due date", Date, "The last day in time."),
        optional("Reason", Text, "Why; shown."),
    ],
};

/// Accepted findings.
pub const ACCEPTED: List = List {
    sheet: "Accepted",
    columns: &[
        optional(
            "File or provider and form",
            Text,
            "A file, or the provider's name and the form's id, as in: Harbour Advocacy, quarterly-kpi.",
        ),
        alternative("File", Text, "The file, where it has a column of its own."),
        alternative("Provider", Provider, "The provider, where it has a column of its own."),
        alternative("Form", Form, "The form's id, where it has a column of its own."),
        optional("Sheet", Text, "Blank for all sheets."),
        optional("Cell", Text, "Such as D7; blank for all cells."),
        required(
            "Finding",
            Text,
            "The finding's code, such as total-mismatch; the page of the review names it, and `quarterday explain` lists them all.",
        ),
        optional("Reason", Text, "Why; shown."),
        optional("Date", Date, "The day it was accepted."),
    ],
};

/// Notices and other records about a provider.
pub const NOTICES: List = List {
    sheet: "Notices",
    columns: &[
        required("Date", Date, "The day the provider received it."),
        PROVIDER,
        CONTRACT,
        required("Kind", ColumnKind::Choice(NoticeKind::words), "What it is."),
        KPI,
        optional("Review date", Date, "The day by which the plan is reviewed."),
        optional("Note", Text, "Anything else."),
    ],
};

/// Reliefs.
pub const RELIEFS: List = List {
    sheet: "Reliefs",
    columns: &[
        PROVIDER,
        CONTRACT,
        required("KPI", Kpi, "The KPI's reference, such as 5."),
        required("Period", Period, "The period it is for."),
        optional("Reason", Text, "Why; shown."),
        optional("Agreed on", Date, "The day it was agreed."),
    ],
};

/// Meetings.
pub const MEETINGS: List = List {
    sheet: "Meetings",
    columns: &[
        required("Date", Date, "The day of the meeting."),
        optional(
            "Provider",
            Provider,
            "The name, or an alias, as in Providers; blank for a meeting with all providers.",
        ),
        CONTRACT,
        optional("Kind", Text, "Such as Quarterly review."),
        optional("Attended", YES_NO, "Whether the provider came; blank until it is held."),
        optional("Minutes sent", Date, "The day the draft minutes went out."),
        optional("Note", Text, "Anything else."),
    ],
};

/// Actions agreed.
pub const ACTIONS: List = List {
    sheet: "Actions",
    columns: &[
        PROVIDER,
        CONTRACT,
        KPI,
        optional("Current Performance Level", Text, "Where the KPI stands."),
        optional("Issue / reason identified", Text, "Why."),
        optional("Action to be taken", Text, "What is done about it."),
        optional("Expected outcomes", Text, "What it should bring."),
        optional("Timescale", Text, "By when; a day, such as 31 May 2026, so that what is overdue is told."),
        optional(
            "Status",
            ColumnKind::Usual(&["Open", "In progress", "Done"]),
            "How far it is; what is Done, Closed or Complete is no longer chased.",
        ),
        optional(
            "Owner",
            ColumnKind::Usual(&["Provider", "Council", "Both"]),
            "Whose action it is, by side and perhaps role, as in: Provider: registered manager. The provider sees what is its own.",
        ),
        optional("Agreed on", Date, "The day it was agreed, such as that of the meeting."),
        optional("Closed on", Date, "The day it was done or given up; blank while it is open."),
    ],
};

/// Notifications of events.
pub const NOTIFICATIONS: List = List {
    sheet: "Notifications",
    columns: &[
        PROVIDER,
        optional("Service", Text, "The service it concerns."),
        required("Kind", ColumnKind::Choice(NotificationKind::words), "What happened."),
        required("Event date", Date, "The day of the event; for a closure the day of closing."),
        optional("Notified on", Date, "The day the provider told the council; blank until it does."),
        optional("Note", Text, "Anything else."),
    ],
};

/// Alerts.
pub const ALERTS: List = List {
    sheet: "Alerts",
    columns: &[
        PROVIDER,
        optional("Service", Text, "The service it concerns."),
        required("Raised", Date, "The day it was raised."),
        optional("Reason", Text, "Why."),
        optional("Provider told", YES_NO, "Whether the provider knows."),
        optional("Review date", Date, "The day it is reviewed."),
        optional("Closed", Date, "The day it was closed."),
    ],
};

/// Priorities for strategic meetings.
pub const PRIORITIES: List = List {
    sheet: "Priorities",
    columns: &[
        PROVIDER,
        optional(
            "New",
            Number,
            "A provider or service that is new, or has newly joined: a score; blank is not scored.",
        ),
        optional(
            "Concerns",
            Number,
            "Concerns raised about the provider or its services: a score; blank is not scored.",
        ),
        optional("Spend", Number, "How much is spent with the provider: a score; blank is not scored."),
        optional("Volumes", Number, "How much of the service it provides: a score; blank is not scored."),
        optional(
            "Risk",
            Number,
            "How high the risk of the provider or its services is deemed: a score; blank is not scored.",
        ),
        optional("Strategic", Number, "Strategic priority: a score; blank is not scored."),
        optional(
            "Area",
            Number,
            "Where the provider or its services are based: a score; blank is not scored.",
        ),
    ],
};

/// The forward plan of contract reviews.
pub const REVIEWS: List = List {
    sheet: "Reviews",
    columns: &[
        required("Contract", Text, "The contract reviewed, as its self-assessment names it."),
        optional("Lead officer", Text, "The role of the lead officer."),
        optional("Value", Number, "Value of the contract: a score; blank is not scored."),
        optional("Complexity", Number, "What makes it hard to manage: a score; blank is not scored."),
        optional("Risk", Number, "Inherent risk of the service: a score; blank is not scored."),
        optional("Contract end", Date, "Last day of the contract."),
        optional("Last audit", Date, "The day of the last audit."),
        optional("Next audit", Date, "The day of the next audit on the timetable."),
        optional("Strategic", Number, "Strategic importance: a score; blank is not scored."),
        optional("Requested by", Text, "A committee that asked for the review."),
        optional("Planned date", Date, "The day of the meeting."),
    ],
};

/// Files disposed of on purpose.
pub const DISPOSALS: List = List {
    sheet: "Disposals",
    columns: &[
        required("File", Text, "The file's name, or its path below returns."),
        required("Disposed on", Date, "The day it was deleted, with its copy in originals."),
        optional("By", Text, "Whose decision it was: a role."),
        optional(
            "Provider",
            Provider,
            "Of a return: the name, or an alias, as in Providers; blank for any other file.",
        ),
        optional("Contract", Contract, "Of a return: the contract's id."),
        optional("Form", Form, "Of a return: the form's id, such as quarterly-kpi."),
        optional("Period", Period, "Of a return: the period it was for."),
        optional("Area", Text, "Of a return for one area: the area; blank is every area."),
    ],
};

/// Every list, in the order of the sheets of a blank register.
pub const ALL: [&List; 15] = [
    &PROVIDERS,
    &CONTACTS,
    &RECEIPTS,
    &IGNORED,
    &EXTENSIONS,
    &ACCEPTED,
    &NOTICES,
    &RELIEFS,
    &MEETINGS,
    &ACTIONS,
    &NOTIFICATIONS,
    &ALERTS,
    &PRIORITIES,
    &REVIEWS,
    &DISPOSALS,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::fold;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_unique_and_every_column_is_explained() {
        let sheets: BTreeSet<_> = ALL.iter().map(|list| fold(list.sheet)).collect();
        assert_eq!(sheets.len(), ALL.len());
        for list in ALL {
            let headings: BTreeSet<_> = list.columns.iter().map(|column| fold(column.heading)).collect();
            assert_eq!(headings.len(), list.columns.len(), "{}", list.sheet);
            assert!(list.columns.iter().all(|column| column.note.ends_with('.')), "{}", list.sheet);
        }
    }
}
