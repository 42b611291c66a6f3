//! Forms on which a habit does not come out yet as it should: what is expected stands with the habit, why it fails stands here.

/// A habit, the forms it fails on, and why.
const KNOWN: &[(&str, &[&str], &str)] = &[
    (
        "sheets_joined_into_one",
        &["home-to-school-transport/monthly-return", "home-to-school-transport/certification"],
        "records do not end where the headings of the next table begin",
    ),
    (
        "subtotal_within_records",
        &[
            "cheshire-advocacy/quarterly-kpi",
            "wla-semi-independent/self-certification",
            "home-to-school-transport/monthly-return",
            "home-to-school-transport/certification",
        ],
        "a subtotal is a record where the table has no total of its own",
    ),
    (
        "note_below_the_table",
        &[
            "cheshire-advocacy/quarterly-kpi",
            "lancashire-supported-housing/quarterly-kpi",
            "wla-semi-independent/self-certification",
            "home-to-school-transport/monthly-return",
            "home-to-school-transport/certification",
        ],
        "a sentence alone below the records is one of them",
    ),
    (
        "row_labels_repeated_on_every_line",
        &["cheshire-advocacy/monthly-information"],
        "a label that stands on each line of its breakdown loses those lines where the row has no figure of its own",
    ),
    (
        "second_copy_of_a_sheet",
        &["lancashire-supported-housing/quarterly-kpi"],
        "a heading on a sheet whose table is not read is taken for the label of the provider",
    ),
    (
        "values_below_their_labels",
        &["kent-contract-review/maturity"],
        "a name below its label is taken only where labels stand side by side",
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
