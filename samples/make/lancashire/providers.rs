//! The eight providers and their schemes, all invented.

/// Clean throughout; received one return on the day it was due.
pub const NORTHGATE: usize = 0;
/// A total that does not add up, a return late by a day, the last one never sent.
pub const PENDLEWICK: usize = 1;
/// Joined on 11 May 2020, inside a quarter.
pub const HAWKSCLOUGH: usize = 2;
/// More hours than commissioned; an offer that shrank.
pub const SALLOWBECK: usize = 3;
/// A value that does not follow from its figures; a plan that drifts.
pub const MARLPIT: usize = 4;
/// Small; left on 30 June 2021.
pub const TWISTLEFIELD: usize = 5;
/// Joined on 1 October 2020; the last return never sent.
pub const RAVENMOSS: usize = 6;
/// Rows missing and blank; the last return empty.
pub const OAKENSHADE: usize = 7;

/// A scheme of a provider.
#[derive(Debug, Clone, Copy)]
pub struct Scheme {
    /// Name.
    pub name: &'static str,
    /// People who live there.
    pub users: i64,
    /// Hours commissioned a week.
    pub weekly_hours: i64,
    /// Average headcount, in quarters of a post.
    pub headcount: i64,
}

/// What a provider offered against the selection criteria.
#[derive(Debug, Clone, Copy)]
pub struct Offers {
    /// Hours of support by volunteers, at least, a quarter.
    pub volunteer_hours: i64,
    /// Percentage of hours by qualified staff, at least.
    pub qualified: i64,
    /// Percentage of hours by agency staff, at most.
    pub agency: i64,
    /// People matched with a befriender, at least.
    pub befriended: i64,
}

/// A provider.
#[derive(Debug, Clone, Copy)]
pub struct Provider {
    /// Name as in the register.
    pub name: &'static str,
    /// Name as it stands on its forms.
    pub typed: &'static str,
    /// Who fills in the forms.
    pub role: &'static str,
    /// Offers.
    pub offers: Offers,
    /// Schemes.
    pub schemes: &'static [Scheme],
}

const fn scheme(name: &'static str, users: i64, weekly_hours: i64, headcount: i64) -> Scheme {
    Scheme { name, users, weekly_hours, headcount }
}

const fn offers(volunteer_hours: i64, qualified: i64, agency: i64, befriended: i64) -> Offers {
    Offers { volunteer_hours, qualified, agency, befriended }
}

/// The providers, in the order of the constants above.
pub const PROVIDERS: [Provider; 8] = [
    Provider {
        name: "Northgate Supported Living",
        typed: "Northgate Supported Living",
        role: "Quality and compliance manager",
        offers: offers(100, 80, 5, 12),
        schemes: &[
            scheme("Tithebarn Court", 6, 312, 42),
            scheme("Weavers Gate", 4, 246, 33),
            scheme("Quarry Fold", 5, 268, 36),
            scheme("Larch Terrace", 3, 168, 25),
        ],
    },
    Provider {
        name: "Pendlewick Support",
        typed: "Pendlewick Support",
        role: "Area manager",
        offers: offers(60, 75, 8, 6),
        schemes: &[
            scheme("Shuttle Street", 4, 224, 31),
            scheme("Bobbin House", 5, 287, 38),
            scheme("Heald Lane", 3, 182, 26),
        ],
    },
    Provider {
        name: "Hawksclough Living",
        typed: "Hawksclough Living",
        role: "Registered manager",
        offers: offers(40, 80, 5, 5),
        schemes: &[scheme("Clough View", 5, 276, 37), scheme("Stile Cottages", 3, 154, 22)],
    },
    Provider {
        name: "Sallowbeck Care",
        typed: "Sallowbeck Care",
        role: "Contracts and performance lead",
        offers: offers(160, 85, 4, 10),
        schemes: &[
            scheme("Beckside", 6, 334, 45),
            scheme("Osier Yard", 4, 238, 32),
            scheme("Withy Mews", 4, 219, 30),
            scheme("Sluice House", 5, 291, 39),
            scheme("Kingcup Row", 2, 126, 18),
        ],
    },
    Provider {
        name: "Marlpit Row Support",
        typed: "Marlpit Row",
        role: "Operations manager",
        offers: offers(80, 80, 6, 8),
        schemes: &[
            scheme("Marlpit Row", 7, 386, 52),
            scheme("Brickcroft", 4, 231, 31),
            scheme("Kiln Gardens", 4, 207, 29),
        ],
    },
    Provider {
        name: "Twistlefield Homes and Support",
        typed: "Twistlefield Homes & Support",
        role: "Manager",
        offers: offers(20, 75, 10, 2),
        schemes: &[scheme("Rush Cottages", 3, 148, 21), scheme("Bent Lane", 2, 98, 14)],
    },
    Provider {
        name: "Ravenmoss Care",
        typed: "Ravenmoss Care",
        role: "Service director",
        offers: offers(50, 80, 6, 6),
        schemes: &[
            scheme("Peat House", 5, 263, 35),
            scheme("Cottongrass Court", 4, 217, 30),
            scheme("Turf Lane", 3, 171, 24),
        ],
    },
    Provider {
        name: "Oakenshade Living",
        typed: "Oakenshade Living",
        role: "Service manager",
        offers: offers(60, 75, 6, 6),
        schemes: &[
            scheme("Acorn Fold", 5, 258, 35),
            scheme("Mast House", 3, 176, 25),
            scheme("Gall Street", 4, 212, 29),
        ],
    },
];
