//! A year of nine providers of accommodation.

use crate::{escalations, ratings, results};

#[test]
fn a_year_of_the_alliance() {
    let results = results("wla-semi-independent");
    let expected: &[(&str, &str, &[&str])] = &[
        (
            "Brackenhythe Futures",
            "iiiiiiii",
            &[
                "2025-26 Q3 kpi-form-not-returned triggered",
                "2025-26 Q3 meeting-missed triggered",
                "2025-26 Q3 notified-late triggered",
                "2025-26 Q4 kpi-form-not-returned triggered",
                "2025-26 not-certified triggered",
                "2026-27 Q1 meeting-missed triggered",
            ],
        ),
        ("Fernbrake Lodge Care", "grggggrg", &["2025-26 standard-not-met triggered"]),
        ("Larkspur Row Supported Living", "gggggggg", &[]),
        ("Ninefold Homes", "gggggggg", &[]),
        ("Osprey Wharf Support", "rgrgrggg", &["2025-26 certificate-contradicted triggered"]),
        (
            "Quillmark Young People's Services",
            "xxxxxxxx",
            &["2025-26 Q4 meeting-missed triggered", "2025-26 not-certified triggered"],
        ),
        ("Saltgate Pathways", "gggggggg", &[]),
        (
            "Tallow Lane Housing",
            "ggggg-gg",
            &[
                "2025-26 Q2 kpi-form-not-returned triggered",
                "2025-26 Q4 notified-late triggered",
                "2026-27 Q1 notified-late triggered",
            ],
        ),
        (
            "Windle Court Accommodation",
            "gigigrgr",
            &["2025-26 certificate-contradicted triggered", "2026-27 Q1 notified-late triggered"],
        ),
    ];
    assert_eq!(results.reviews.len(), expected.len());
    for (review, (provider, answers, met)) in results.reviews.iter().zip(expected) {
        assert_eq!(review.provider, *provider);
        assert_eq!(ratings(review, "2025-26"), *answers, "{provider}");
        assert_eq!(escalations(review), *met, "{provider}");
    }
}
