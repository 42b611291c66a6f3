//! The operators, and how their year went.

/// A complaint of a month.
#[derive(Debug, Clone, Copy)]
pub struct Complaint {
    /// Day of the month it was received.
    pub day: u32,
    /// What about.
    pub about: &'static str,
    /// Working days until it was answered.
    pub answered_after: i64,
    /// Whether it was upheld.
    pub upheld: bool,
}

/// How a month went.
#[derive(Debug, Clone, Copy, Default)]
pub struct Month {
    /// Journeys that ran late.
    pub late: usize,
    /// Journeys that did not run.
    pub missed: usize,
    /// Journeys with another vehicle than the one specified.
    pub other_vehicle: usize,
    /// Journeys without the assistant specified.
    pub unassisted: usize,
    /// Daily vehicle checks nobody recorded.
    pub unchecked: usize,
    /// Complaints received.
    pub complaints: &'static [Complaint],
}

/// An operator.
#[derive(Debug)]
pub struct Operator {
    /// Name.
    pub name: &'static str,
    /// What its files begin with.
    pub file: &'static str,
    /// Role of who fills in the return.
    pub role: &'static str,
    /// Routes, and whether the risk assessment of each specifies a passenger assistant.
    pub routes: &'static [(&'static str, bool)],
    /// The months.
    pub months: [Month; super::calendar::MONTHS],
}

/// Index of an operator in [`OPERATORS`].
pub const BRINDLE: usize = 0;
/// See [`BRINDLE`].
pub const FOXGLOVE: usize = 1;
/// See [`BRINDLE`].
pub const MARLPIT: usize = 2;

const fn late(late: usize) -> Month {
    Month { late, missed: 0, other_vehicle: 0, unassisted: 0, unchecked: 0, complaints: &[] }
}

const fn complaint(day: u32, about: &'static str, answered_after: i64, upheld: bool) -> Complaint {
    Complaint { day, about, answered_after, upheld }
}

/// The operators.
pub const OPERATORS: [Operator; 3] = [
    Operator {
        name: "Brindle Coaches",
        file: "Brindle Coaches return",
        role: "Contracts manager",
        routes: &[("B11", false), ("B12", false), ("B14", false), ("B20", false)],
        months: [
            late(2),
            Month {
                unchecked: 1,
                complaints: &[complaint(14, "Coach full, pupils standing at the stop", 6, false)],
                ..late(1)
            },
            late(2),
            Month { missed: 1, ..late(0) },
            Month {
                complaints: &[
                    complaint(8, "Late in the snow", 4, false),
                    complaint(9, "Late in the snow", 4, false),
                    complaint(21, "Driver did not wait at the stop", 7, true),
                ],
                ..late(9)
            },
            late(1),
            Month {
                complaints: &[complaint(27, "Stop moved without a word to parents", 9, false)],
                ..late(2)
            },
            late(1),
            late(4),
            late(2),
            late(0),
            late(0),
        ],
    },
    Operator {
        name: "Foxglove Minibuses",
        file: "FMB_performance",
        role: "Operations manager",
        routes: &[("F3", true), ("F5", true), ("F8", true)],
        months: [
            late(1),
            late(2),
            Month {
                complaints: &[
                    complaint(12, "Late home three days running", 8, true),
                    complaint(20, "Seat belt hard to fasten", 3, false),
                ],
                ..late(5)
            },
            Month { complaints: &[complaint(10, "Late to school", 7, true)], ..late(4) },
            late(4),
            Month {
                missed: 1,
                complaints: &[
                    complaint(5, "Did not come, nobody rang", 8, true),
                    complaint(11, "Late to school", 14, true),
                    complaint(25, "Heating", 5, false),
                ],
                ..late(4)
            },
            Month {
                complaints: &[
                    complaint(4, "Late to school", 9, true),
                    complaint(9, "Late to school", 8, true),
                    complaint(17, "Late home", 10, true),
                    complaint(19, "Other children on the bus", 6, false),
                ],
                ..late(8)
            },
            late(4),
            late(2),
            late(1),
            late(0),
            late(0),
        ],
    },
    Operator {
        name: "Marlpit Cars",
        file: "marlpit",
        role: "Proprietor",
        routes: &[("M1", false), ("M2", true)],
        months: [
            late(1),
            Month {
                unassisted: 1,
                complaints: &[complaint(
                    8,
                    "Assistant did not come; driver left alone with the child",
                    2,
                    true,
                )],
                ..late(0)
            },
            Month { other_vehicle: 2, ..late(1) },
            late(0),
            late(1),
            late(0),
            Month {
                missed: 3,
                complaints: &[
                    complaint(11, "Car did not come", 5, true),
                    complaint(12, "Car did not come again", 4, false),
                ],
                ..late(1)
            },
            late(0),
            late(1),
            late(0),
            late(0),
            late(0),
        ],
    },
];
