//! The visits as they took place, month by month, and the officer's copy of the story: what each month comes to.
//!
//! Reports are written as working days after the visit; those that are in time are drawn by chance unless the story
//! needs them on a certain day.

/// The short-break units, in the order of the visitor's round; the last from January 2023.
pub const UNITS: [&str; 7] = [
    "Applebourne House",
    "Rookwood Lodge",
    "Sallowfield",
    "Oast Court",
    "Tern Cottage",
    "Pippin Lodge",
    "Larkmead",
];

/// When a report reached the council and Ofsted, in working days after the visit.
#[derive(Debug, Clone, Copy)]
pub enum Reports {
    /// Both by the fifth, on days of chance.
    InTime,
    /// On these; `None` is never.
    On(i64, Option<i64>),
}

/// One visit.
#[derive(Debug, Clone, Copy)]
pub struct Visit {
    /// Index into [`UNITS`].
    pub unit: usize,
    /// Day of the month.
    pub day: u32,
    /// When its report came.
    pub reports: Reports,
    /// When and why the council sent the report back: month after that of the visit (0 or 1), day, reason.
    pub sent_back: Option<(usize, u32, &'static str)>,
}

impl Visit {
    const fn back(self, day: u32, reason: &'static str) -> Self {
        Self { sent_back: Some((0, day, reason)), ..self }
    }

    const fn back_next_month(self, day: u32, reason: &'static str) -> Self {
        Self { sent_back: Some((1, day, reason)), ..self }
    }
}

const fn visit(unit: usize, day: u32) -> Visit {
    Visit { unit, day, reports: Reports::InTime, sent_back: None }
}

const fn reported(unit: usize, day: u32, council: i64, ofsted: i64) -> Visit {
    Visit { unit, day, reports: Reports::On(council, Some(ofsted)), sent_back: None }
}

/// What a month comes to once every return that tells of it has come in.
#[derive(Debug, Clone, Copy)]
pub struct Outcome {
    /// Units visited.
    pub visited: usize,
    /// Units to visit.
    pub units: usize,
    /// Visits whose reports came in time.
    pub in_time: usize,
    /// Visits that count for the reports.
    pub visits: usize,
    /// Reports sent back.
    pub sent_back: usize,
    /// Ratings of KPIs 1 to 3 and overall, by first letter.
    pub ratings: &'static str,
}

const fn outcome(
    visited: usize,
    units: usize,
    in_time: usize,
    visits: usize,
    sent_back: usize,
    ratings: &'static str,
) -> Option<Outcome> {
    Some(Outcome { visited, units, in_time, visits, sent_back, ratings })
}

/// One month.
#[derive(Debug)]
pub struct Month {
    /// Its visits, by date.
    pub visits: &'static [Visit],
    /// What it comes to; `None` for the month without a return.
    pub outcome: Option<Outcome>,
}

const OMITTED: &str = "No record of the conversations with the children";
const INACCURATE: &str = "Staffing figures are those of the month before";
const UNSIGNED: &str = "Opinion on safeguarding is left blank";
const POOR: &str = "Recommendations copied from the last report without follow-up";
const WRONG_UNIT: &str = "Two paragraphs describe another unit";

/// By month, from April 2022.
pub const COURSE: [Month; super::dates::MONTHS] = [
    Month {
        visits: &[visit(0, 5), visit(1, 6), visit(2, 7), visit(3, 12), visit(4, 13), visit(5, 20)],
        outcome: outcome(6, 6, 6, 6, 0, "GSSG"),
    },
    // The reports of the last two are still to come when the return goes out; two days are holidays.
    Month {
        visits: &[
            visit(0, 5),
            visit(1, 9).back(20, INACCURATE),
            visit(2, 11),
            visit(3, 17),
            reported(4, 24, 4, 5),
            reported(5, 26, 4, 5),
        ],
        outcome: outcome(6, 6, 6, 6, 1, "GSGG"),
    },
    Month {
        visits: &[visit(0, 7), visit(1, 8), visit(2, 9), visit(3, 13), visit(4, 14), visit(5, 16)],
        outcome: outcome(6, 6, 6, 6, 0, "GSSG"),
    },
    // The last visit is made the day after the return went out.
    Month {
        visits: &[
            visit(0, 5),
            visit(1, 6),
            visit(2, 11),
            visit(3, 13),
            reported(4, 19, 4, 5),
            reported(5, 29, 3, 5),
        ],
        outcome: outcome(6, 6, 6, 6, 0, "GSSG"),
    },
    // Oast Court twice.
    Month {
        visits: &[
            visit(0, 3),
            visit(1, 4),
            visit(2, 9),
            visit(3, 10),
            visit(4, 11),
            visit(5, 16),
            reported(3, 18, 3, 4),
        ],
        outcome: outcome(6, 6, 7, 7, 0, "GSSG"),
    },
    // Fri 16 September: in time on Mon 26, because of the bank holiday.
    Month {
        visits: &[visit(0, 6), visit(1, 7), visit(2, 8), visit(3, 13), reported(4, 16, 4, 5)],
        outcome: outcome(5, 6, 5, 5, 0, "ASSG"),
    },
    Month {
        visits: &[
            visit(0, 4),
            visit(1, 5).back(18, OMITTED),
            visit(2, 6),
            visit(3, 11).back(21, UNSIGNED),
            visit(4, 13),
            visit(5, 18),
        ],
        outcome: outcome(6, 6, 6, 6, 2, "GSAG"),
    },
    Month {
        visits: &[visit(0, 2), visit(1, 3), visit(2, 8), visit(3, 9), visit(4, 15), visit(5, 17)],
        outcome: outcome(6, 6, 6, 6, 0, "GSSG"),
    },
    // Tue 20 December: in time on Thu 29.
    Month {
        visits: &[
            visit(0, 1),
            reported(1, 6, 5, 7),
            visit(2, 8).back(19, POOR),
            visit(3, 14),
            reported(4, 20, 4, 5),
        ],
        outcome: outcome(5, 6, 4, 5, 1, "AAGA"),
    },
    Month {
        visits: &[
            visit(0, 5).back(17, OMITTED),
            reported(1, 10, 7, 8),
            visit(2, 11).back(23, POOR),
            reported(3, 12, 5, 9),
            visit(6, 18),
        ],
        outcome: outcome(5, 7, 3, 5, 2, "RAAA"),
    },
    Month {
        visits: &[
            visit(0, 1).back(10, INACCURATE),
            reported(1, 2, 6, 8),
            visit(2, 6).back(14, OMITTED),
            reported(3, 7, 8, 8).back(21, WRONG_UNIT),
            visit(4, 8).back(16, UNSIGNED),
            reported(5, 9, 7, 9),
            visit(6, 14).back(23, POOR),
        ],
        outcome: outcome(7, 7, 4, 7, 5, "GRRR"),
    },
    // No report of 8 March ever reaches Ofsted.
    Month {
        visits: &[
            reported(0, 2, 8, 9).back(17, OMITTED),
            reported(1, 7, 6, 7).back(21, POOR),
            Visit { unit: 2, day: 8, reports: Reports::On(5, None), sent_back: None },
            visit(3, 14),
            reported(4, 16, 7, 8).back(30, WRONG_UNIT),
            visit(6, 21),
        ],
        outcome: outcome(6, 7, 2, 6, 3, "ARRR"),
    },
    // The only visit that anyone hears of stands in the return for March, which went out that day.
    Month {
        visits: &[Visit { unit: 5, day: 3, reports: Reports::On(4, Some(4)), sent_back: None }],
        outcome: None,
    },
    // The report of 16 May is sent back in June.
    Month {
        visits: &[
            visit(0, 3).back(12, INACCURATE),
            reported(2, 9, 6, 7).back(24, OMITTED),
            reported(3, 11, 7, 8),
            visit(4, 16).back_next_month(6, UNSIGNED),
            reported(6, 17, 5, 6),
        ],
        outcome: outcome(5, 7, 2, 5, 2, "RRAR"),
    },
    Month {
        visits: &[visit(0, 1), reported(1, 6, 6, 8), visit(2, 7), visit(3, 13), visit(4, 15), visit(6, 20)],
        outcome: outcome(6, 7, 5, 6, 1, "AAGA"),
    },
    Month {
        visits: &[
            visit(0, 4),
            visit(1, 5),
            visit(2, 6),
            visit(3, 11),
            reported(4, 12, 5, 7),
            visit(5, 13),
            visit(6, 19),
        ],
        outcome: outcome(7, 7, 6, 7, 0, "GASG"),
    },
    Month {
        visits: &[
            visit(0, 1),
            visit(1, 2),
            visit(2, 3),
            visit(3, 8),
            visit(4, 9),
            visit(5, 10),
            visit(6, 15),
        ],
        outcome: outcome(7, 7, 7, 7, 0, "GSSG"),
    },
    // The reports of 27 September are still to come.
    Month {
        visits: &[
            visit(0, 5),
            visit(1, 6),
            visit(2, 7),
            visit(3, 12),
            visit(4, 14),
            visit(5, 19),
            reported(6, 27, 3, 4),
        ],
        outcome: outcome(7, 7, 6, 6, 0, "GSSG"),
    },
];
