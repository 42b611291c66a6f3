//! What the operators write in their reports.

use super::operators::{BRINDLE, FOXGLOVE, MARLPIT};

/// Safeguarding and incidents; drivers and passenger assistants; routes and schools.
pub fn report(operator: usize, month: usize) -> [&'static str; 3] {
    match (operator, month) {
        (_, 11) => {
            ["No journeys.", "Training and licence checks for the new year.", "Routes of September received."]
        }
        (BRINDLE, 0) => ["None.", "Two new drivers, both inducted.", "Passes checked from the second week."],
        (BRINDLE, 3) => ["None.", "One journey not run on the 11th: flat tyre, parents told by text.", ""],
        (BRINDLE, 4) => [
            "None.",
            "Snow on five mornings; all journeys ran, later than planned.",
            "Gritting list asked for.",
        ],
        (BRINDLE, _) => ["None.", "All posts filled.", ""],
        (FOXGLOVE, 2 | 3) => [
            "None.",
            "One driver short; relief drivers do not know the routes.",
            "Road works on the F5 until January.",
        ],
        (FOXGLOVE, 4) => {
            ["None.", "Plan agreed with the Council: routes timed anew, relief driver trained.", ""]
        }
        (FOXGLOVE, 5) => [
            "None.",
            "Vacancy still open. A minibus broke down on the F8; one journey did not run.",
            "F5 timed anew.",
        ],
        (FOXGLOVE, 6) => [
            "A child left the bus at the wrong stop on 11 March and was met by a neighbour; told to the Council on the 12th.",
            "Vacancy still open.",
            "",
        ],
        (FOXGLOVE, 7 | 8) => {
            ["None.", "New driver from 20 April; all three routes timed with the driver.", ""]
        }
        (FOXGLOVE, _) => ["None.", "All posts filled.", ""],
        (MARLPIT, 1) => [
            "Assistant did not come on one morning; the driver took the child to school. Told to the Council on the 14th.",
            "Stand-in assistant found.",
            "",
        ],
        (MARLPIT, 2) => ["None.", "None.", "Larger car in the garage for one day; a smaller one was used."],
        (MARLPIT, 6) => {
            ["None.", "Driver ill for two days, three journeys not run.", "A second driver is wanted."]
        }
        _ => ["None.", "No change.", ""],
    }
}
