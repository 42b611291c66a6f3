//! What one case is: the words of the schedule's columns, rows and reasons.

use chrono::NaiveDate;

/// A council that buys the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Council {
    /// Cheshire East.
    East,
    /// Cheshire West and Chester.
    West,
}

impl Council {
    /// Both, in the order of the forms.
    pub const BOTH: [Council; 2] = [Council::East, Council::West];

    /// The name on the forms.
    pub fn name(self) -> &'static str {
        match self {
            Council::East => "Cheshire East",
            Council::West => "Cheshire West and Chester",
        }
    }

    /// Position in tables by council.
    pub fn index(self) -> usize {
        match self {
            Council::East => 0,
            Council::West => 1,
        }
    }

    /// Advocacy types the council buys; Exception Advocacy is for Cheshire West only.
    pub fn types(self) -> usize {
        match self {
            Council::East => 5,
            Council::West => 6,
        }
    }
}

/// Advocacy types, in the order of the columns.
pub const TYPES: [&str; 6] =
    ["IMCA", "RPR", "IMHA", "Care Act", "Continuing Healthcare", "Exception Advocacy"];
/// Position of IMCA among [`TYPES`].
pub const IMCA: usize = 0;
/// Position of RPR among [`TYPES`].
pub const RPR: usize = 1;
/// Position of IMHA among [`TYPES`].
pub const IMHA: usize = 2;
/// Position of Care Act among [`TYPES`].
pub const CARE_ACT: usize = 3;
/// Position of Continuing Healthcare among [`TYPES`].
pub const CONTINUING_HEALTHCARE: usize = 4;
/// Position of Exception Advocacy among [`TYPES`].
pub const EXCEPTION: usize = 5;

/// Age bands; 16 to 18 stands apart because the schedule asks for it.
pub const AGES: [&str; 7] =
    ["16 to 18", "19 to 24", "25 to 44", "45 to 64", "65 to 74", "75 to 84", "85 and over"];
/// Referral sources.
pub const SOURCES: [&str; 9] = [
    "social care team",
    "hospital",
    "GP",
    "mental health team",
    "care home or supported living",
    "DoLS team",
    "family or friend",
    "self",
    "other",
];
/// Reasons why a referral is rejected.
pub const REJECTION_REASONS: [&str; 6] = [
    "out of area",
    "not eligible",
    "duplicate referral",
    "consent not given",
    "appropriate person available",
    "not enough information",
];
/// Where rejected referrals are referred on to.
pub const REFERRED_ON: [&str; 4] =
    ["another advocacy provider", "adult social care", "advice or helpline", "not referred on"];
/// Reasons why the service is withdrawn.
pub const WITHDRAWAL_REASONS: [&str; 5] =
    ["person declined", "person died", "contact lost", "moved out of area", "capacity regained"];

/// What became of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Still open.
    Open,
    /// Rejected at triage: index of the reason, index of where it was referred on to.
    Rejected(usize, usize),
    /// Closed on a date.
    Closed(NaiveDate),
    /// Service withdrawn on a date: index of the reason.
    Withdrawn(NaiveDate, usize),
}

/// One referral and the case it became.
#[derive(Debug, Clone)]
pub struct Case {
    /// The provider's reference.
    pub reference: String,
    /// Council.
    pub council: Council,
    /// Index of the advocacy type.
    pub kind: usize,
    /// Index of the referral source.
    pub source: usize,
    /// Index of the age band.
    pub age: usize,
    /// The person; one person may have several cases.
    pub person: usize,
    /// Date of referral.
    pub received: NaiveDate,
    /// Date triaged and allocated.
    pub allocated: NaiveDate,
    /// Date the person was first contacted.
    pub contacted: NaiveDate,
    /// What became of it.
    pub outcome: Outcome,
    /// Quarter-hours spent, by month index.
    pub hours: Vec<(usize, i64)>,
    /// Whether the case was resolved to its milestones in the agreed time.
    pub resolved_in_time: bool,
    /// Whether the referrer gave feedback.
    pub referrer_feedback: bool,
    /// Whether the person gave feedback.
    pub user_feedback: bool,
}

impl Case {
    /// The date the case ended, unless it is open or was never taken on.
    pub fn ended(&self) -> Option<NaiveDate> {
        match self.outcome {
            Outcome::Closed(date) | Outcome::Withdrawn(date, _) => Some(date),
            Outcome::Open | Outcome::Rejected(..) => None,
        }
    }

    /// The date the case was closed, service withdrawn apart.
    pub fn closed(&self) -> Option<NaiveDate> {
        match self.outcome {
            Outcome::Closed(date) => Some(date),
            _ => None,
        }
    }

    /// Whether it was taken on.
    pub fn accepted(&self) -> bool {
        !matches!(self.outcome, Outcome::Rejected(..))
    }

    /// Whether it was an open case at the start of `date`.
    pub fn open_at(&self, date: NaiveDate) -> bool {
        self.accepted() && self.received < date && self.ended().is_none_or(|ended| ended >= date)
    }

    /// Whether it was an open case on some day from `from` to `to`, both inclusive.
    pub fn active_within(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.accepted() && self.received <= to && self.ended().is_none_or(|ended| ended >= from)
    }

    /// Quarter-hours spent in a month.
    pub fn quarter_hours(&self, month: usize) -> i64 {
        self.hours.iter().filter(|(spent, _)| *spent == month).map(|(_, hours)| hours).sum()
    }
}
