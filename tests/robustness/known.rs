//! Forms on which a habit does not come out yet as it should: what is expected stands with the habit, why it fails stands here.

/// A habit, the forms it fails on, and why.
const KNOWN: &[(&str, &[&str], &str)] = &[
    (
        "column_doubled",
        &["wla-semi-independent/self-certification"],
        "of two columns with one heading the left one is taken and judged by",
    ),
    (
        "table_twice_side_by_side",
        &[
            "cheshire-advocacy/monthly-information",
            "kent-contract-review/maturity",
            "kent-regulation-44/monthly-kpi",
            "lancashire-supported-housing/quarterly-kpi",
            "wla-semi-independent/quarterly-kpi",
            "wla-semi-independent/self-certification",
            "home-to-school-transport/monthly-return",
            "home-to-school-transport/certification",
        ],
        "columns right of the table are not looked at",
    ),
    (
        "second_copy_of_a_sheet_with_other_figures",
        &["cheshire-advocacy/monthly-information"],
        "where each area has a sheet, a further sheet of an area is not looked at",
    ),
    (
        "older_copy_of_a_sheet_first",
        &["cheshire-advocacy/monthly-information"],
        "where each area has a sheet, a further sheet of an area is not looked at",
    ),
    (
        "heading_misspelt",
        &["cheshire-advocacy/quarterly-narrative"],
        "a table of two columns is not found by one of them",
    ),
];

/// Every habit with a form it fails on.
pub fn pairs() -> impl Iterator<Item = (&'static str, &'static str)> {
    KNOWN.iter().flat_map(|(habit, forms, _)| forms.iter().map(|form| (*habit, *form)))
}

/// Whether a habit is known to fail on a form.
pub fn fails(habit: &str, form: &str) -> bool {
    pairs().any(|pair| pair == (habit, form))
}
