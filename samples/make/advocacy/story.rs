//! How the provider performs over the two years: steady at first, slipping from autumn 2025, recovering in summer 2026.

/// Shares of a quarter's cases for which each percentage KPI is met, both councils together, as fractions of 1.
#[derive(Debug)]
pub struct Shares {
    /// KPI 5: allocated within two working days.
    pub allocated: f64,
    /// KPI 6: contacted within two days.
    pub contacted: f64,
    /// KPI 7: resolved to the agreed milestones in time.
    pub resolved: f64,
    /// KPI 8: referrer feedback.
    pub referrer_feedback: f64,
    /// KPI 9: service user feedback.
    pub user_feedback: f64,
}

const fn shares(
    allocated: f64,
    contacted: f64,
    resolved: f64,
    referrer_feedback: f64,
    user_feedback: f64,
) -> Shares {
    Shares { allocated, contacted, resolved, referrer_feedback, user_feedback }
}

/// By quarter.
pub const SHARES: [Shares; 8] = [
    shares(0.971, 0.940, 0.860, 0.785, 0.276),
    shares(0.966, 0.928, 0.841, 0.797, 0.284),
    shares(0.975, 0.938, 0.780, 0.773, 0.331),
    shares(0.969, 0.946, 0.852, 0.802, 0.362),
    shares(0.936, 0.921, 0.834, 0.774, 0.352),
    shares(0.924, 0.913, 0.817, 0.716, 0.324),
    shares(0.961, 0.879, 0.774, 0.765, 0.315),
    shares(0.972, 0.934, 0.851, 0.791, 0.371),
];

/// KPIs 1 to 4 by quarter, for Cheshire East and Cheshire West and Chester.
pub const EVENTS: [[[u32; 2]; 4]; 8] = [
    [[3, 2], [2, 2], [2, 3], [4, 3]],
    [[2, 3], [2, 1], [2, 2], [1, 0]],
    [[3, 3], [2, 2], [3, 2], [5, 4]],
    [[2, 2], [3, 2], [2, 2], [6, 4]],
    [[3, 2], [2, 2], [1, 2], [4, 4]],
    [[2, 2], [1, 2], [0, 1], [2, 2]],
    [[2, 3], [2, 2], [2, 1], [3, 3]],
    [[3, 3], [3, 2], [2, 3], [6, 5]],
];

/// The KPIs missed by both councils together in each quarter; the program stops when the cases say otherwise.
pub const MISSED: [&[usize]; 8] = [&[9], &[4, 9], &[7], &[], &[5], &[3, 5, 8], &[6, 7], &[]];
