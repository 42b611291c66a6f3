//! The registry of all findings. Each is explained by `quarterday explain CODE`.

use super::finding::{FindingKind, Severity};

macro_rules! kinds {
    ($( $name:ident = $code:literal, $severity:ident, $counts:literal, $summary:literal, $explanation:literal, $remedy:literal; )*) => {
        $(
            #[doc = $summary]
            pub static $name: FindingKind = FindingKind {
                code: $code,
                severity: Severity::$severity,
                counts_against_accuracy: $counts,
                summary: $summary,
                explanation: $explanation,
                remedy: $remedy,
            };
        )*
        /// Every kind of finding, by code.
        pub static ALL: &[&FindingKind] = &[$( &$name, )*];
    };
}

kinds! {
    ANSWER_PLACEHOLDER = "answer-placeholder", Warning, false,
        "A drop-down was left untouched.",
        "The cell still holds the text the form was sent out with, such as “< Select >” or “Please select”. That is no answer, so nothing is counted from it. Where the figure is required, the finding is required-figure-missing instead.",
        "Choose an answer from the list, or clear the cell.";
    ANSWER_UNREADABLE = "answer-unreadable", Error, true,
        "An answer is not what was asked for.",
        "Yes, No or a date is asked for and the cell holds something else (“partly”, “Yes – but one is out of date”, “last spring”). Nothing is guessed from it: it counts neither as Yes nor as No, and a date that is not certain proves nothing.",
        "Choose Yes, No or N/A from the list, or enter the date as day, month and year; put the explanation under Comment.";
    ANSWER_WITH_REMARK = "answer-with-remark", Info, false,
        "An answer was read out of a cell that says more.",
        "“Yes – see attached” is taken as Yes, because nothing behind the word takes it back. What stands there was not judged.",
        "Read the words; where they mean something else, ask the provider to choose from the list and to put the words under Comment.";
    AREA_UNKNOWN = "area-unknown", Error, true,
        "A row names no council of the contract.",
        "Each row of a log belongs to one of the contract's councils. This one is blank or names another, so the row cannot be counted for either; every figure computed from the log is at risk.",
        "Enter the council exactly as in the form's list.";
    BREAKDOWN_UNKNOWN = "breakdown-unknown", Info, false,
        "A breakdown the form does not have.",
        "The words before the colon name none of the form's breakdowns of this item, so the row is shown as it stands but not added up to any total.",
        "Use the form's own words before the colon.";
    CARRIED_FORWARD_MISMATCH = "carried-forward-mismatch", Warning, false,
        "Cases carried forward do not follow from the month before.",
        "Cases carried forward should be those of the month before, plus its new referrals, less those rejected, closed and withdrawn. Whether rejected referrals lie within new ones and withdrawn cases within closed ones is not laid down, so this is a question, never an error.",
        "Confirm the opening figure, or say which of the month's movements was different.";
    COLUMN_INSERTED = "column-inserted", Warning, false,
        "A column that the form does not have stands in the table.",
        "The table was found and read by its headings, with a column between them that the form does not know. What stands in it is not read.",
        "Use the form as issued, or agree the extra column with the council.";
    COLUMN_MISSING = "column-missing", Error, true,
        "A column the form asks for is not there.",
        "The heading could not be found, nor one like it, so none of its figures could be read. They are treated as not supplied, never as zero.",
        "Put the column back with its heading as issued, and send the form again.";
    COLUMN_REPEATED = "column-repeated", Error, true,
        "A column of the form stands in the table more than once, with different entries.",
        "Two columns have the same heading and hold different entries. Which of them is meant is not known, so where they differ nothing is read from either: neither counts, and neither is zero. The cells of both are named. Where both say the same in a row, that is read.",
        "Delete the column that is not meant, or give it a heading of its own, and send the form again.";
    COLUMN_REPEATED_ALIKE = "column-repeated-alike", Info, false,
        "A column of the form stands in the table more than once, with the same entries.",
        "Two columns have the same heading and hold the same entries, or only one of them is filled in. That one was read; no figure depends on which.",
        "Delete the column that is not needed.";
    COUNCIL_DISAGREES = "council-disagrees", Warning, false,
        "The council named on the form is not the one expected.",
        "The label for the council names somebody who is no party to the contract, such as a neighbouring council, or another of its councils than the sheet it stands on. The figures are read as they stand, and may be about somebody else.",
        "Correct the council, or send this contract's own form. Where the name is one of the contract's, add it to the definition: to its councils, or as an alias of an area.";
    DATE_SUBMITTED_IMPOSSIBLE = "date-submitted-impossible", Error, true,
        "The form was submitted on a day that cannot be right.",
        "The age of certificates and policies is counted to the day in the label “Date submitted”. Here it lies before the period the form is for, or after the day on which the form was received, so the evidence is not judged by it: answers that rest on it have no rating.",
        "Correct the date and send the form again.";
    DATE_SUBMITTED_MISSING = "date-submitted-missing", Error, true,
        "The form does not say when it was submitted, so the age of its certificates cannot be judged.",
        "Whether a certificate, policy or insurance was in date is judged on the day the form was submitted, which is the one typed date that is used. It is blank, or not one certain date. Nothing whose age depends on it is counted as met.",
        "Enter the date beside “Date submitted” as day, month and year.";
    DENOMINATOR_NOT_SUM_OF_MONTHS = "denominator-not-sum-of-months", Warning, false,
        "A quarter's closed cases differ from those of its three months.",
        "The denominator of this indicator is the number of cases closed in the quarter, which the three monthly returns also give. The two differ.",
        "Say which of the figures is right and correct the other.";
    EARLIER_PERIOD_RESTATED = "earlier-period-restated", Warning, false,
        "A figure for an earlier period is another one than in its own return.",
        "The form has a column for each period, and what it says of an earlier one differs from what was returned for it. Each period is rated by its own return, whose rating stands.",
        "Say which figure is right; where it is the new one, send the return of that period again.";
    EMPTY_RETURN = "empty-return", Error, true,
        "Nothing is filled in.",
        "The form is the right one but holds no figures or text of the provider's. An empty return is not a return: it is kept as evidence and stays missing until a completed one arrives.",
        "Complete the form and send it again.";
    EVIDENCE_CONTRADICTS = "evidence-contradicts", Error, true,
        "A “Yes” is contradicted by its evidence.",
        "The standard was answered with Yes, and a date or an amount given for it shows otherwise: a certificate that is too old, a licence or an insurance that has run out, cover below what the contract asks for. The standard counts as not met.",
        "Send the current certificate's date or the right amount, or answer No and say when it will be met.";
    EVIDENCE_MISSING = "evidence-missing", Warning, false,
        "The evidence that the form asks for is not given.",
        "A standard was answered with Yes, or a criterion scored so high that the form asks for evidence, and the cell for the date, the amount or the words that show it is blank. The answer is taken as it stands, unchecked.",
        "Enter the date of the certificate, policy or inspection, the amount of cover, or what bears the score out.";
    FIGURE_IMPOSSIBLE = "figure-impossible", Error, true,
        "A figure cannot be right.",
        "The figure is negative, a fraction where whole things are counted, or a part larger than its whole. It is not used: what depends on it is shown as invalid, never as zero.",
        "Correct the figure.";
    FIGURE_NOT_A_NUMBER = "figure-not-a-number", Error, true,
        "A number is asked for and something else was given.",
        "The cell holds text, a date, an error value or a number with a doubt attached (“<5”, “about 840”). Nothing is guessed from it and it never counts as zero.",
        "Enter the number alone. Write 0 where there were none.";
    FIGURE_UNUSUAL = "figure-unusual", Warning, false,
        "A figure is far from the provider's own history.",
        "The figure lies more than three median absolute deviations from the median of the provider's earlier periods (six or more). It may well be right; the warning asks for a comment.",
        "Confirm the figure and say in a sentence what is behind it.";
    FORMULA_NOT_CALCULATED = "formula-not-calculated", Warning, false,
        "A formula carries no result.",
        "The workbook was saved by a program that does not calculate. A formula without a stored result is not a figure and is not read as zero. In a required figure the finding is figure-not-a-number.",
        "Open the workbook in Excel, let it calculate, save and send it again.";
    FORMULA_OVERWRITTEN = "formula-overwritten", Warning, false,
        "A value was typed where the form computes.",
        "The form computes this cell, as the cells beside it or the provider's return before this one show, and here a number was typed over the formula: it no longer follows from what it is made of. The number is read, and compared with its parts where they are given.",
        "Put the formula back, or use the form as issued.";
    GROUP_UNKNOWN = "group-unknown", Error, true,
        "A row belongs to none of the form's groups.",
        "The rows of the table stand in groups, each named once in a column of its own. The name here is none of the form's, or there is none at all, so what stands in the rows below it counts for no group.",
        "Enter the group's name as issued, in its first row.";
    HEADING_RENAMED = "heading-renamed", Warning, false,
        "A heading or label is written differently from the form's.",
        "The nearest heading or label was taken, and is named here so that a person can see whether it is what was meant. This does not count against accuracy.",
        "Use the heading as issued.";
    HOURS_WITHOUT_ACTIVITY = "active-cases-without-hours", Error, true,
        "Active cases but no hours.",
        "Cases were carried forward or newly referred, and yet no hours were used on them. One of the figures is wrong.",
        "Correct the hours or the cases.";
    LABEL_MISPLACED = "label-misplaced", Info, false,
        "The provider or the period stands below the table.",
        "The labels at the form's head do not say it, and one label below the table does, alone in its row with its value. It was read from there.",
        "Fill in the labels at the form's head.";
    LOG_DATE_OUTSIDE_PERIOD = "date-outside-period", Warning, false,
        "A case lies outside the period.",
        "Neither of the dates by which a case belongs to a period lies in this one, so the row counts for nothing here.",
        "Correct the date, or move the case to the return of its own period.";
    LOG_DATES_OUT_OF_ORDER = "dates-out-of-order", Error, true,
        "Something is dated before it can have happened.",
        "A step of a case is dated before the case was received. The row cannot be relied on and what depends on it is not counted as met.",
        "Correct the dates.";
    LOG_DUPLICATE = "duplicate-reference", Warning, false,
        "A reference stands in the log more than once.",
        "References are meant to be used once. The rows are counted as they stand.",
        "Remove the repeated row or correct its reference.";
    LOG_FIELD_UNREADABLE = "log-entry-unreadable", Error, true,
        "An entry in a log is missing or cannot be read.",
        "A date or an answer on which an indicator depends is required and blank, or is not what was asked for. The row is not counted as met; where that could decide the rating, the rating is invalid.",
        "Enter the date as day, month and year, or the answer from the list.";
    LOG_RECORD_REPEATED = "record-repeated", Warning, false,
        "The same record stands in the log twice.",
        "Two rows of the log name the same thing on the same day, such as one visit listed twice. It is counted once, as the later row has it.",
        "Remove the repeated row, or correct what tells the two apart.";
    NARRATIVE_MISSING = "narrative-missing", Error, true,
        "A required part of the narrative is empty.",
        "The contract asks for each of the areas. This one has no text.",
        "Write a sentence or two; “nothing to report this quarter” is an answer.";
    NOT_SIGNED = "not-signed", Error, true,
        "The form is not signed and dated.",
        "The form asks for the name of the person who signs that it is accurate, and for the date. One of the two is blank, still holds the form's placeholder, is no date, or the label is gone. What the form says is read, but nobody has vouched for it.",
        "Type the name beside “Signed” and the day, month and year beside the date; a drawn signature cannot be read.";
    OWN_RATING_DIFFERS = "own-rating-differs", Warning, false,
        "The provider rates itself differently.",
        "The form asks the provider to rate its own figure, and what it chose is not what the contract's rule gives for that figure. The contract's rating is the one that counts; the provider's is shown and never used.",
        "Compare the figure with the contract's bands, and correct the figure or the rating.";
    OWN_RATING_UNCLEAR = "own-rating-unclear", Info, false,
        "The provider's own rating cannot be told.",
        "The form asks the provider to rate its own figure, and the cell holds no word for a rating. It is shown as it stands and compared with nothing.",
        "Choose one of the ratings from the list.";
    PERCENTAGE_AMBIGUOUS = "percentage-ambiguous", Error, true,
        "A percentage that could be read two ways.",
        "The cell holds a plain number without a percent format, and there is no numerator and denominator to tell whether 0.9 means 90% or 0.9%. The size of a number alone is no proof, so it is not used.",
        "Give numerator and denominator, or write the percent sign.";
    PERIOD_DISAGREES = "period-disagrees", Warning, false,
        "The period in one place differs from that in another.",
        "The form's own label was taken. The file's or sheet's name says otherwise.",
        "Check that the right period's form was used and name the file accordingly.";
    PERIOD_FROM_NAME = "period-from-name", Info, false,
        "The period is known only from the file's or sheet's name.",
        "The form has no readable period of its own.",
        "Fill in the period on the form.";
    PROVIDER_DISAGREES = "provider-disagrees", Warning, false,
        "The file's name or folder names another provider than the form.",
        "The form's own label was taken. A file may lie in the wrong folder, or a form may have been filled in under another provider's name; figures of one provider must not be judged as another's.",
        "Check whose figures these are; correct the label on the form, or name and file the workbook accordingly.";
    PROVIDER_FROM_NAME = "provider-from-name", Info, false,
        "The provider is known only from the file's name or folder.",
        "The form has no readable provider of its own.",
        "Fill in the provider on the form.";
    QUARTER_NOT_SUM_OF_MONTHS = "quarter-not-sum-of-months", Error, true,
        "A quarter's figure differs from its three months.",
        "The quarterly figure cannot be made from the three monthly returns that cover the same quarter.",
        "Say which of the figures is right and correct the other.";
    RECORD_CALLED_TOTAL = "record-called-total", Warning, false,
        "A record is called as a total is.",
        "The row's label is that of a total, such as “Total” or “Subtotal”, but a date, a Yes or a No stands in it, which no total has. It is read as a record.",
        "Check whether the row is a record; give it its own name, or take the row out where it only adds up the others.";
    REQUIRED_FIGURE_MISSING = "required-figure-missing", Error, true,
        "A required figure or answer is blank.",
        "The contract asks for this figure or answer and the cell is blank, still holds the form's placeholder, or says not applicable or not recorded. It is not counted as zero: what depends on it is invalid.",
        "Enter the figure, 0 where there were none, or choose the answer.";
    RESPONSE_MISPLACED = "response-misplaced", Warning, false,
        "Words on the council's feedback that stand in no place for an answer.",
        "On the sheet “Council feedback” the provider answers in the column “Provider response”, on the line of the query. These words stand elsewhere among the queries, so it is not certain what they answer: they are shown here and not taken for an answer to any query.",
        "Read the words on the sheet. Answers are taken from the column “Provider response”, each on the line of its query.";
    RESPONSE_TO_ANOTHER_RETURN = "response-to-another-return", Warning, false,
        "Answers to queries on another return.",
        "The workbook came back with the council's feedback on another return in it: of another period, form or provider, as when last quarter's copy was filled in again. The answers on it were not matched to any query of this return, nor to those of the other.",
        "Answer the queries on the feedback that came with this return. To fill in a new return, start from the form as issued.";
    RESPONSE_UNMATCHED = "response-unmatched", Warning, false,
        "An answer to a query that was not put.",
        "The feedback that came back is about this return, but the line of this answer has neither the words nor the cell of any query that was put, as when the line was typed over or copied. The answer is shown here and was not matched.",
        "Read the answer on the sheet. Leave the lines of the queries as they are and answer beside them.";
    RESTATED = "restated", Warning, false,
        "Figures that had been reported were changed.",
        "A later version of the return, received on a later day and after the due date, gives other figures than the version before it, in rows in which nothing had been queried. The newest version is rated; the period may already have been reviewed on the earlier one.",
        "Say what was wrong with the earlier figures.";
    ROW_MISSING = "row-missing", Error, true,
        "A row the form asks for is not there.",
        "No row with this label, or one like it, was found in the table. Its figures are treated as not supplied, never as zero.",
        "Put the row back with its label as issued, and send the form again.";
    ROW_NOT_DUE = "row-not-due", Info, false,
        "A row is filled in that this return does not ask for.",
        "The row is asked for half-yearly or once a year, with the return that ends the half-year or year, and this is another one. What stands in it is read as it stands and nothing is asked about it.",
        "Nothing, unless the figure was meant for another row.";
    ROW_REPEATED = "row-repeated", Warning, false,
        "A row stands in the table twice.",
        "Two rows carry the same label. The first is read.",
        "Remove the row that is not meant.";
    ROW_UNKNOWN = "row-unknown", Info, false,
        "A row the form does not have.",
        "The row's label is none of the form's, or says that the row only adds up others or is a remark. It is not read.",
        "Use the form as issued.";
    SAME_AS_LAST_PERIOD = "same-as-last-period", Warning, false,
        "The figures are those of an earlier period.",
        "Every figure of the return, or every passage of a narrative, is that of the same provider's return for an earlier period, and there are too many of them for that to be chance. The return before may have been sent again with another period on it. The figures are read as they stand.",
        "Check that the right file was sent; confirm the figures, or send those of this period.";
    SCORE_IMPOSSIBLE = "score-impossible", Error, true,
        "A score is not one of the scale.",
        "Scores are whole numbers of the form's scale, such as 1 to 5. The cell holds another number, a fraction, a date or words, so that no score can be read from it; it is left out of the mean.",
        "Enter one whole number of the scale. What a spreadsheet took for a date, such as 3/5, is to be typed as 3.";
    SCORE_MISSING = "score-missing", Error, true,
        "A criterion is not scored.",
        "Every criterion is to be scored, and the cell is blank, still holds the form's placeholder, or says that the score is not applicable or not known. It is left out of the mean, never counted as zero.",
        "Enter the score, and say under the evidence why it is what it is.";
    SENDER_NOT_IN_REGISTER = "sender-not-in-register", Warning, false,
        "The return came by e-mail from an address that the register does not have for the provider.",
        "The sender of the e-mail is compared with the provider's addresses in the register: E-mail on the sheet Providers, and Contacts. This one is none of them; it may be a colleague, an address of another provider, the council's own officer sending the e-mail on (whose e-mail then dates from when it was sent on), or somebody who is no part of it. The address is the sender's own word. The figures are rated as they stand. Only the council sees this: it is no question to the provider. Where the register has no address for the provider, nothing is compared.",
        "Make sure that the return is the provider's. If it is, add the address to the register's sheet Contacts; if not, list the file under Ignored files.";
    SENT_AGAIN = "sent-again", Warning, false,
        "A file of another name holds the same return.",
        "A second file has the same content as this return, and its name speaks of another period. It is no return for that period: what the form itself says counts, and nothing new was sent.",
        "Send the return of the period that the file's name speaks of, with its period on the form.";
    SHEET_HIDDEN = "sheet-hidden", Info, false,
        "A hidden sheet was passed over.",
        "Hidden sheets hold helpers such as lists for drop-downs and are not read as data.",
        "Nothing, unless the sheet was meant to be read: then unhide it.";
    SHEET_MISSING = "sheet-missing", Error, true,
        "A sheet the form asks for is not there.",
        "None of the visible sheets holds this table. Its figures are treated as not supplied, never as zero.",
        "Send the form with all its sheets.";
    SHEET_RENAMED = "sheet-renamed", Warning, false,
        "A sheet is named differently from the form's.",
        "The table was found by its headings on a sheet of another name.",
        "Use the sheet's name as issued.";
    STATED_DIFFERS = "stated-differs-from-computed", Error, true,
        "A stated figure differs from the one computed.",
        "The return holds both the figure and what it is made of (a log, or a numerator and a denominator), and they do not agree. The computed one is rated.",
        "Correct the stated figure, or what it is computed from.";
    TEMPLATE_OLDER = "template-older", Warning, false,
        "The form is not the version in use.",
        "The label for the template's version names another version than the definition has for this period. It was read all the same, by its headings and labels; a row or column that is new may be missing.",
        "Use the form as issued for the period.";
    THRESHOLD_EDITED = "threshold-edited", Warning, false,
        "A target on the form is not the contract's.",
        "The form repeats the contract's target. On this one it reads differently. The contract's target is the one applied.",
        "Use the form as issued.";
    TABLE_REPEATED = "table-repeated", Warning, false,
        "A table stands in the workbook more than once.",
        "Two sheets hold the same table with the same headings, such as a sheet and its copy, or it stands on one sheet twice side by side. One of them was read, the other was not; which one is named.",
        "Send the form with one such table, or say which of them counts.";
    TOTAL_MISMATCH = "total-mismatch", Error, true,
        "A total differs from its parts.",
        "A total was compared with the sum of the parts given for it, or a breakdown with the figure it breaks down. They differ.",
        "Correct the total or the part that is wrong.";
    WORKBOOK_HAS_MACROS = "workbook-has-macros", Info, false,
        "A workbook carries programs.",
        "It holds macros or ActiveX controls. They were neither run nor looked into; the values are those that were saved with the workbook. The copy that goes back to the provider is made without them.",
        "Nothing, where the form is issued with macros. Otherwise do not enable its content when Excel asks, and show the file to your IT service.";
    WORKBOOK_LABELLED = "workbook-labelled", Info, false,
        "A workbook carries a sensitivity label.",
        "The label was put on by the organisation that saved the workbook and says how it is to be handled. It did not keep the workbook from being read. The copy that goes back to the provider is a new workbook without it.",
        "Handle the return and its copies as the label asks.";
    WORKBOOK_LINKS_ELSEWHERE = "workbook-links-elsewhere", Info, false,
        "A workbook takes values from elsewhere.",
        "Formulas in it refer to other workbooks, or it is connected to another source of data. Neither can be reached from here, nor is it tried: the values are those that were last saved with the workbook, and may be older than their source.",
        "Ask for a copy without links (Data > Edit Links > Break Link) where a figure looks out of date.";
    WORKBOOK_SIGNED = "workbook-signed", Info, false,
        "A workbook is digitally signed.",
        "The signature covers the workbook as it was received, which is kept unchanged under originals. Whether it holds was not checked. The copy that goes back to the provider is another workbook, for which it does not hold.",
        "Open the file as received in Excel where the signature matters, and see who signed it.";
}

/// The kind with this code.
pub fn find(code: &str) -> Option<&'static FindingKind> {
    ALL.iter().copied().find(|kind| kind.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_sorted_by_name_and_well_formed() {
        let mut codes: Vec<&str> = ALL.iter().map(|kind| kind.code).collect();
        assert!(codes.iter().all(|code| code.chars().all(|c| c.is_ascii_lowercase() || c == '-')));
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ALL.len());
    }

    #[test]
    fn each_is_explained_and_has_a_remedy() {
        for kind in ALL {
            assert!(
                kind.summary.ends_with('.') && kind.explanation.len() > 40 && kind.remedy.ends_with('.'),
                "{}",
                kind.code
            );
        }
    }

    #[test]
    fn only_errors_count_against_accuracy_and_all_errors_do() {
        for kind in ALL {
            assert_eq!(kind.counts_against_accuracy, kind.severity == Severity::Error, "{}", kind.code);
        }
    }
}
