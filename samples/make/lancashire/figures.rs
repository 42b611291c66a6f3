//! The course behind all figures: what each scheme brought in each quarter. Totals, KPIs, texts and criteria are worked
//! out from it, so that they agree wherever nothing is planted.

use crate::lancashire::providers::{HAWKSCLOUGH, NORTHGATE, PROVIDERS, SALLOWBECK, TWISTLEFIELD};
use crate::random::Random;

/// Weeks of a quarter.
const WEEKS: i64 = 13;
/// Days of April to June 2020, and those of them on which Hawksclough Living was there: from 11 May.
const FIRST_QUARTER: (i64, i64) = (91, 51);

/// Columns of figures on the sheet Schemes.
pub const COLUMNS: usize = 12;
/// Those of them that hold hours.
pub const HOURS: [usize; 5] = [1, 2, 3, 4, 5];
/// Position of the hours commissioned.
pub const COMMISSIONED: usize = 1;
/// Position of the hours delivered.
pub const DELIVERED: usize = 2;
/// Position of the hours by volunteers.
pub const VOLUNTEER: usize = 3;
/// Position of the hours by agency staff.
pub const AGENCY: usize = 4;
/// Position of the hours by qualified staff.
pub const QUALIFIED: usize = 5;
/// Position of the spot checks planned.
pub const CHECKS_PLANNED: usize = 6;
/// Position of the spot checks completed.
pub const CHECKS_COMPLETED: usize = 7;
/// Position of the complaints.
pub const COMPLAINTS: usize = 8;
/// Position of the concerns.
pub const CONCERNS: usize = 9;
/// Position of the leavers.
pub const LEAVERS: usize = 10;
/// Position of the average headcount.
pub const HEADCOUNT: usize = 11;

/// The figures of a row of the sheet Schemes, in quarters of one, so that sums are exact.
pub type Quarters = [i64; COLUMNS];

/// A figure as it is written.
pub fn written(quarters: i64) -> f64 {
    quarters as f64 / 4.0
}

/// What a quarter brought a provider.
#[derive(Debug, Clone)]
pub struct Quarter {
    /// By scheme.
    pub schemes: Vec<Quarters>,
    /// Outcomes achieved and due for review, in the half-year that ends with the quarter.
    pub outcomes: (i64, i64),
    /// People supported into or in work and people wanting work, in the year that ends with the quarter.
    pub employment: (i64, i64),
    /// People matched with a befriender.
    pub befriended: i64,
}

impl Quarter {
    /// The sum over the schemes.
    pub fn totals(&self) -> Quarters {
        std::array::from_fn(|column| self.schemes.iter().map(|scheme| scheme[column]).sum())
    }

    /// A column's total as it is written.
    pub fn total(&self, column: usize) -> f64 {
        written(self.totals()[column])
    }

    /// A column's total as a fraction of the hours delivered.
    pub fn share_of_delivered(&self, column: usize) -> f64 {
        self.total(column) / self.total(DELIVERED)
    }
}

/// What quarter `quarter` brought `provider`.
pub fn quarter(provider: usize, quarter: usize) -> Quarter {
    let schemes = (0..PROVIDERS[provider].schemes.len())
        .map(|scheme| scheme_figures(provider, scheme, quarter))
        .collect();
    let users: i64 = PROVIDERS[provider].schemes.iter().map(|scheme| scheme.users).sum();
    let mut random = Random::stream(41, provider as u64, quarter as u64);
    // Two or three outcomes a person are due for review in a half-year.
    let due = users * 5 / 2 + random.between(-3, 3);
    let due = if is_partial(provider, quarter, 2) { due * 3 / 4 } else { due };
    let wanting = if provider == TWISTLEFIELD { 0 } else { users / 3 + random.between(-1, 2) };
    let offered = PROVIDERS[provider].offers.befriended;
    Quarter {
        schemes,
        outcomes: (due * random.between(68, 93) / 100, due),
        employment: (wanting * random.between(35, 75) / 100, wanting),
        befriended: (offered + random.between(-2, 2)).max(0),
    }
}

/// Whether a provider was there for only part of the `periods` quarters that end with `quarter`.
fn is_partial(provider: usize, quarter: usize, periods: usize) -> bool {
    provider == HAWKSCLOUGH && quarter < periods
}

fn scheme_figures(provider: usize, scheme: usize, quarter: usize) -> Quarters {
    let own = PROVIDERS[provider].schemes[scheme];
    let mut random = Random::stream(40, (provider * 8 + scheme) as u64, quarter as u64);
    let partial = is_partial(provider, quarter, 1);
    let part = |figure: i64| if partial { figure * FIRST_QUARTER.1 / FIRST_QUARTER.0 } else { figure };
    let spring = quarter == 0;
    // Packages change a little from quarter to quarter.
    let commissioned = part(own.weekly_hours * WEEKS * 4 + random.between(-30, 30) * 2);
    let permille = match (provider, quarter) {
        (SALLOWBECK, 2) => random.between(1012, 1034),
        (NORTHGATE, _) => random.between(968, 996),
        (_, 0) => random.between(905, 955),
        _ => random.between(932, 990),
    };
    let delivered = commissioned * permille / 1000;
    let volunteer = part(if spring { random.between(20, 90) } else { random.between(60, 170) });
    let agency = delivered * random.between(8, if quarter == 2 || quarter == 3 { 75 } else { 48 }) / 1000;
    let qualified = delivered * random.between(745, 905) / 1000;
    let planned = part(random.between(3, 6)).max(2);
    let missed = if spring { random.between(0, 2) } else { i64::from(random.chance(30)) };
    let few = |random: &mut Random, most: i64, percent: i64| {
        if random.chance(percent) { random.between(1, most) } else { 0 }
    };
    let complaints = few(&mut random, 2, 30);
    let concerns = few(&mut random, 3, 45);
    let leavers = few(&mut random, 2, 50);
    let headcount = own.headcount + random.between(-2, 2);
    [
        own.users * 4,
        commissioned,
        delivered,
        volunteer,
        agency,
        qualified,
        planned * 4,
        (planned - missed) * 4,
        complaints * 4,
        concerns * 4,
        leavers * 4,
        headcount,
    ]
}
