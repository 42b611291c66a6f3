//! The nine providers and their services. All invented: their postcodes end in letters that no postcode ends in.

/// Clean throughout.
pub const LARKSPUR: usize = 0;
/// Clean, in untidy forms.
pub const NINEFOLD: usize = 1;
/// A KPI form never sent, another late.
pub const TALLOW: usize = 2;
/// Never certified; suspended.
pub const QUILLMARK: usize = 3;
/// Certified against its own evidence; one service suspended.
pub const OSPREY: usize = 4;
/// An honest No.
pub const FERNBRAKE: usize = 5;
/// Joined on 1 October 2025.
pub const SALTGATE: usize = 6;
/// Barred at the end.
pub const BRACKENHYTHE: usize = 7;
/// A muddled certification.
pub const WINDLE: usize = 8;

/// A service of a provider.
#[derive(Debug, Clone, Copy)]
pub struct Service {
    /// Name.
    pub name: &'static str,
    /// Postcode.
    pub postcode: &'static str,
    /// Boroughs that place there.
    pub boroughs: &'static str,
    /// Whether it is a house in multiple occupation that needs a licence.
    pub hmo: bool,
    /// Whether there is gas.
    pub gas: bool,
}

/// A provider.
#[derive(Debug, Clone, Copy)]
pub struct Provider {
    /// Name as in the register.
    pub name: &'static str,
    /// Who fills in the forms.
    pub role: &'static str,
    /// Young people in placement when the year begins.
    pub placed_before: i64,
    /// Services at the end of the year.
    pub services: &'static [Service],
}

const fn service(
    name: &'static str,
    postcode: &'static str,
    boroughs: &'static str,
    hmo: bool,
    gas: bool,
) -> Service {
    Service { name, postcode, boroughs, hmo, gas }
}

/// The providers, in the order of the constants above.
pub const PROVIDERS: [Provider; 9] = [
    Provider {
        name: "Larkspur Row Supported Living",
        role: "Registered manager",
        placed_before: 17,
        services: &[
            service("Larkspur House", "W5 1CM", "Ealing", true, true),
            service("Row Mews", "W13 2KO", "Ealing; Hounslow", false, true),
            service("Chapel Yard Flats", "TW3 4VC", "Hounslow", false, false),
        ],
    },
    Provider {
        name: "Ninefold Homes",
        role: "Operations director",
        placed_before: 14,
        services: &[
            service("Ninefold Villa", "NW10 3IK", "Brent", true, true),
            service("Spinney House", "HA9 5OM", "Brent; Harrow", true, true),
            service("The Old Dairy", "NW9 6CV", "Barnet", false, true),
        ],
    },
    Provider {
        name: "Tallow Lane Housing",
        role: "Service manager",
        placed_before: 9,
        services: &[
            service("Tallow Lane Cottages", "UB8 1MK", "Hillingdon", false, true),
            service("Lock Keeper's House", "UB8 2OC", "Hillingdon", false, true),
        ],
    },
    Provider {
        name: "Quillmark Young People's Services",
        role: "Quality lead",
        placed_before: 12,
        services: &[
            service("Quillmark Gate", "NW10 7VM", "Brent", true, true),
            service("Inkwell Court", "UB1 3CK", "Ealing", false, true),
        ],
    },
    Provider {
        name: "Osprey Wharf Support",
        role: "Director of care",
        placed_before: 22,
        services: &[
            service("Quayside House", "TW8 1OV", "Hounslow", true, true),
            service("Heron Court", "UB4 2KC", "Hillingdon; Ealing", true, true),
            service("Towpath Flats", "TW7 3MI", "Hounslow", false, true),
            service("Basin Lodge", "UB2 4VO", "Ealing", false, false),
        ],
    },
    Provider {
        name: "Fernbrake Lodge Care",
        role: "Compliance manager",
        placed_before: 31,
        services: &[
            service("Fernbrake Lodge", "HA1 1MO", "Harrow", true, true),
            service("Bracken View", "HA2 2CI", "Harrow; Brent", true, true),
            service("Adder's Tongue House", "W6 3KV", "Hammersmith and Fulham", true, true),
            service("Spleenwort Place", "W3 4OM", "Ealing", false, true),
            service("Hart's Tongue Mews", "HA0 5VK", "Brent", false, false),
        ],
    },
    Provider {
        name: "Saltgate Pathways",
        role: "Registered manager",
        placed_before: 0,
        services: &[
            service("Saltgate House", "W6 8IC", "Hammersmith and Fulham", true, true),
            service("Panhouse Flats", "W4 7MV", "Hounslow", false, false),
        ],
    },
    Provider {
        name: "Brackenhythe Futures",
        role: "Manager",
        placed_before: 11,
        services: &[
            service("Hythe House", "NW9 8KM", "Barnet", true, true),
            service("Ferry Road Flats", "NW2 9CO", "Brent; Barnet", false, true),
        ],
    },
    Provider {
        name: "Windle Court Accommodation",
        role: "Housing and support manager",
        placed_before: 10,
        services: &[
            service("Windle Court", "UB10 1VI", "Hillingdon", true, true),
            service("Shuttle House", "HA5 2OK", "Harrow; Hillingdon", true, true),
            service("Loom Yard", "UB7 3CM", "Hillingdon", false, false),
        ],
    },
];
