//! The providers' service development plans.

use crate::lancashire::plan::Action;

const fn action(
    action: &'static str,
    owner: &'static str,
    due: (i32, u32, u32),
    (from, begun): (usize, usize),
    complete: Option<usize>,
    progress: [&'static str; 3],
) -> Action {
    Action { action, owner, due, from, begun, complete, progress }
}

/// Each provider's actions, in the order in which they stand.
pub const PLANS: [&[Action]; 8] = [
    &[
        action(
            "Support plans in the progression model for everyone",
            "Quality and compliance manager",
            (2021, 3, 31),
            (0, 0),
            Some(3),
            [
                "4 of 18 written",
                "11 of 18 written",
                "18 of 18 written and agreed with the people they are about",
            ],
        ),
        action(
            "Assistive technology assessment at every scheme",
            "Technology lead",
            (2021, 6, 30),
            (0, 1),
            Some(4),
            [
                "Tithebarn Court done",
                "Two schemes done",
                "All four schemes done; report shared with the council",
            ],
        ),
        action(
            "People supported take part in recruiting staff",
            "HR business partner",
            (2020, 12, 31),
            (0, 0),
            Some(2),
            [
                "Training for panel members written",
                "Three people trained",
                "A panel member at every interview",
            ],
        ),
        action(
            "Two schemes share night support",
            "Operations director",
            (2022, 3, 31),
            (4, 5),
            None,
            ["Risk assessments begun", "", ""],
        ),
    ],
    &[
        action(
            "Electronic rotas that show actual hours",
            "Area manager",
            (2021, 3, 31),
            (0, 1),
            Some(3),
            ["Supplier chosen", "In use at Bobbin House", "In use at all schemes"],
        ),
        action(
            "Health action plans reviewed with GP practices",
            "Team leader, Shuttle Street",
            (2022, 3, 31),
            (0, 2),
            None,
            ["5 of 12 reviewed", "9 of 12 reviewed", ""],
        ),
        action(
            "Job coach for people who want work",
            "Area manager",
            (2021, 12, 31),
            (3, 4),
            None,
            ["Post advertised with two other providers", "", ""],
        ),
    ],
    &[
        action(
            "Every file checked after taking over the service",
            "Registered manager",
            (2020, 9, 30),
            (0, 0),
            Some(1),
            ["Half of the files checked", "", "All files checked; gaps closed"],
        ),
        action(
            "Own bank of staff instead of agency",
            "Registered manager",
            (2021, 9, 30),
            (0, 1),
            Some(5),
            ["Six people on the bank", "Nine people on the bank", "Twelve people on the bank"],
        ),
        action(
            "Garden at Stile Cottages made accessible",
            "Scheme manager, Stile Cottages",
            (2022, 4, 30),
            (2, 4),
            None,
            ["Landlord has agreed", "Paths laid", ""],
        ),
    ],
    &[
        action(
            "Outcome tool in use for everyone",
            "Contracts and performance lead",
            (2020, 12, 31),
            (0, 0),
            Some(2),
            ["Staff of two schemes trained", "In use at three schemes", "In use at all five schemes"],
        ),
        action(
            "Volunteer co-ordinator in post",
            "Director of operations",
            (2021, 3, 31),
            (0, 1),
            Some(3),
            ["Post advertised", "Interviews held twice", "In post since 1 March 2021"],
        ),
        action(
            "Move-on plans for people ready for a tenancy of their own",
            "Scheme managers",
            (2021, 12, 31),
            (1, 2),
            None,
            ["Four people identified", "Two of four have viewed flats", ""],
        ),
    ],
    &[
        action(
            "Positive behaviour support: one trained lead a scheme",
            "Operations manager",
            (2020, 12, 31),
            (0, 0),
            Some(2),
            ["First lead enrolled", "Two leads trained", "Three leads trained"],
        ),
        action(
            "Sleep-in review with people and their families",
            "Operations manager",
            (2021, 3, 31),
            (0, 1),
            Some(4),
            ["Brickcroft reviewed", "Brickcroft and Kiln Gardens reviewed", "All three schemes reviewed"],
        ),
        action(
            "Peer quality checkers visit every scheme",
            "Involvement worker",
            (2021, 9, 30),
            (0, 1),
            None,
            ["Four checkers recruited", "Training postponed", ""],
        ),
        action(
            "Shared-hours calculation for each scheme agreed with the council",
            "Finance manager",
            (2021, 6, 30),
            (1, 2),
            None,
            ["Marlpit Row drafted", "Marlpit Row drafted; figures for the others awaited", ""],
        ),
        action(
            "Kitchen at Brickcroft adapted",
            "Scheme manager, Brickcroft",
            (2022, 3, 31),
            (4, 5),
            None,
            ["Quotations in", "", ""],
        ),
    ],
    &[
        action(
            "Emergency file for each person",
            "Manager",
            (2020, 9, 30),
            (0, 0),
            Some(1),
            ["3 of 5 done", "", "5 of 5 done"],
        ),
        action(
            "Handover to the next provider",
            "Manager",
            (2021, 6, 30),
            (3, 3),
            Some(4),
            ["Timetable agreed with the council", "", "Handed over on 30 June 2021"],
        ),
    ],
    &[
        action(
            "Induction of staff taken over in October 2020",
            "Service director",
            (2021, 3, 31),
            (2, 2),
            Some(3),
            ["31 of 44 inducted", "", "All inducted"],
        ),
        action(
            "Befriending with the volunteer centre",
            "Scheme manager, Peat House",
            (2021, 12, 31),
            (2, 3),
            None,
            ["Agreement signed", "Four matches made", ""],
        ),
    ],
    &[
        action(
            "Reduce medication errors",
            "Service manager",
            (2021, 6, 30),
            (0, 1),
            Some(4),
            ["Second check at handover", "Errors halved since April 2020", "None since March 2021"],
        ),
        action(
            "Travel training for six people",
            "Deputy manager",
            (2021, 12, 31),
            (0, 2),
            None,
            ["Two began on foot", "Three travel by bus with support", ""],
        ),
    ],
];
