//! The contracts whose owners assessed themselves.

/// One contract.
#[derive(Debug)]
pub struct Contract {
    /// Its name, as in the register.
    pub name: &'static str,
    /// Role of its owner.
    pub owner: &'static str,
    /// Directorate.
    pub directorate: &'static str,
    /// Annual value, as written.
    pub value: &'static str,
    /// Last day: year, month and day.
    pub end: (i32, u32, u32),
    /// What the council calls the other side.
    pub party: &'static str,
    /// The board the owner answers to.
    pub board: &'static str,
}

/// Index of a contract in [`CONTRACTS`].
pub const CUSTOMER: usize = 0;
/// See [`CUSTOMER`].
pub const EQUIPMENT: usize = 1;
/// See [`CUSTOMER`].
pub const ABUSE: usize = 2;
/// See [`CUSTOMER`].
pub const OLDER: usize = 3;
/// See [`CUSTOMER`].
pub const HIGHWAYS: usize = 4;
/// See [`CUSTOMER`].
pub const FACILITIES: usize = 5;
/// See [`CUSTOMER`].
pub const WASTE: usize = 6;
/// See [`CUSTOMER`].
pub const SCHOOLS: usize = 7;
/// See [`CUSTOMER`].
pub const SEXUAL_HEALTH: usize = 8;

const ADULTS: &str = "Adult social care and health";
const GROWTH: &str = "Growth, environment and transport";
const STRATEGIC: &str = "Strategic and corporate services";

/// The contracts.
pub const CONTRACTS: [Contract; 9] = [
    Contract {
        name: "Customer contact and digital services",
        owner: "Head of customer services",
        directorate: STRATEGIC,
        value: "£8,400,000",
        end: (2021, 12, 8),
        party: "contractor",
        board: "corporate commissioning board",
    },
    Contract {
        name: "Community equipment store",
        owner: "Commissioning manager, community support",
        directorate: ADULTS,
        value: "£6.2m",
        end: (2022, 3, 31),
        party: "provider",
        board: "adults commissioning board",
    },
    Contract {
        name: "Domestic abuse support",
        owner: "Commissioning manager, prevention",
        directorate: ADULTS,
        value: "£2.9m",
        end: (2022, 3, 31),
        party: "provider",
        board: "adults commissioning board",
    },
    Contract {
        name: "Older persons residential care",
        owner: "Head of older people's commissioning",
        directorate: ADULTS,
        value: "£61.5 million",
        end: (2020, 3, 31),
        party: "provider",
        board: "adults commissioning board",
    },
    Contract {
        name: "Highways term maintenance",
        owner: "Head of highways",
        directorate: GROWTH,
        value: "£26m",
        end: (2023, 8, 31),
        party: "contractor",
        board: "highways contract board",
    },
    Contract {
        name: "Facilities management",
        owner: "Head of property operations",
        directorate: STRATEGIC,
        value: "£14.2m",
        end: (2020, 10, 31),
        party: "contractor",
        board: "property board",
    },
    Contract {
        name: "Waste transfer and haulage",
        owner: "Waste services manager",
        directorate: GROWTH,
        value: "£9.8m a year",
        end: (2024, 11, 30),
        party: "contractor",
        board: "waste programme board",
    },
    Contract {
        name: "School building programme",
        owner: "Head of capital projects",
        directorate: "Children, young people and education",
        value: "about £45m",
        end: (2021, 8, 31),
        party: "contractor",
        board: "property board",
    },
    Contract {
        name: "Sexual health outreach",
        owner: "Public health specialist",
        directorate: "Public health",
        value: "£1.1m",
        end: (2020, 3, 31),
        party: "provider",
        board: "public health board",
    },
];
