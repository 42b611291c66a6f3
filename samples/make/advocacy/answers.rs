//! What the provider answers to the council's queries.

use crate::feedback::{Feedback, Query};

/// On the first version of the KPI return for March to May 2026: one figure corrected, one stood by, one line left empty.
const FIRST_VERSION: [Query; 4] = [
    Query {
        severity: "Error",
        place: ["KPIs", "F19"],
        found: "KPI 7, Cheshire East: The result is stated as 83.8%; numerator and denominator give 78.3% (65 of 83).",
        asked: "Correct the stated figure, or what it is computed from.",
        answer: "Figure corrected. The formula had been typed over.",
    },
    Query {
        severity: "Error",
        place: ["KPIs", "G21"],
        found: "KPI 9, Cheshire West and Chester: The numerator is stated as 32; the log gives 22.",
        asked: "Correct the stated figure, or what it is computed from.",
        answer: "We counted feedback by the date of the referral, not by the date on which the case was closed.",
    },
    Query {
        severity: "Error",
        place: ["KPIs", "I21"],
        found: "KPI 9, Cheshire West and Chester: The result is stated as 45.1%; the log gives 31% (22 of 71).",
        asked: "Correct the stated figure, or what it is computed from.",
        answer: "",
    },
    Query {
        severity: "Warning",
        place: ["KPIs", "F19"],
        found: "Percentage of service users that have had their case resolved to the agreed milestones within the time agreed \
                with the Provider, Result, Cheshire East: 83.78% was typed where the form computes: formulas stand in 5 \
                cells of its column.",
        asked: "Put the formula back, or use the form as issued.",
        answer: "See query 1.",
    },
];

/// The feedback on the first version of the return that was corrected twice, as it came back with the second.
pub fn to_first_version(path: &str, bytes: &[u8]) -> Feedback {
    let about =
        ["Quarterly key performance indicators", crate::advocacy::PROVIDER, "2025-26 Q3 (March to May 2026)"];
    Feedback::on(about, path, bytes, &FIRST_VERSION)
}
