//! What differs, counted, and the sentences that say so.

use crate::domain::text::number_of;
use crate::review::replay::{ChangedFile, ChangedTerms, Counts, ReplayedProvider, Turn};

use super::{Pair, matched};

/// Adds one provider.
pub(super) fn count(counts: &mut Counts, pair: &Pair<'_>, provider: &ReplayedProvider) {
    counts.ratings += pair.ratings().both.len();
    let moved = provider.ratings.iter().filter(|own| own.before.rating != own.after.rating).count();
    counts.ratings_differ += moved;
    counts.figures_differ += provider.ratings.len() - moved;
    counts.overall += matched(&pair.before.overall, &pair.after.overall, |own| own.period).both.len();
    counts.overall_differ += provider.overall.len();
    let submissions = matched(&pair.before.submissions, &pair.after.submissions, |own| {
        (own.period, own.form.clone(), own.area.clone())
    });
    counts.submissions += submissions.both.len();
    counts.submissions_differ += provider.submissions.len();
    counts.submission_kpis_differ += provider.submission_kpis.len();
    for own in &provider.escalations {
        *match own.turn() {
            Turn::WouldBeMet => &mut counts.newly_met,
            Turn::NoLongerMet => &mut counts.no_longer_met,
            Turn::WouldBeWatched => &mut counts.newly_watched,
            Turn::NoLongerWatched => &mut counts.no_longer_watched,
            Turn::OtherDay => &mut counts.other_day,
        } += 1;
    }
    counts.not_compared += provider.not_compared.iter().map(|own| own.number).sum::<usize>();
    counts.findings_came += provider.findings.iter().map(|own| own.came).sum::<usize>();
    counts.findings_went += provider.findings.iter().map(|own| own.went).sum::<usize>();
}

/// The headline, and what else differs.
pub(super) fn summary(
    counts: &Counts,
    terms: &[ChangedTerms],
    register: &[String],
    files: &[ChangedFile],
) -> Vec<String> {
    let mut summary = Vec::new();
    if !counts.anything() && files.is_empty() {
        summary.push(format!(
            "Nothing would differ: {} compared.",
            number_of(counts.ratings, "rating", "ratings")
        ));
    } else {
        let ratings = format!(
            "{} of {} would differ",
            counts.ratings_differ,
            number_of(counts.ratings, "rating", "ratings")
        );
        summary.push(format!("{ratings}; {}.", conditions(counts)));
    }
    if terms.is_empty() {
        summary.push("In plain English the two definitions say the same.".to_string());
    }
    let mut say = |number: usize, one: &str, many: &str| {
        if number > 0 {
            summary.push(format!("{}.", number_of(number, one, many)));
        }
    };
    say(
        counts.figures_differ,
        "figure would differ under the same rating",
        "figures would differ under the same rating",
    );
    say(counts.overall_differ, "overall rating would differ", "overall ratings would differ");
    say(
        counts.submissions_differ,
        "return would have another due date or status",
        "returns would have another due date or status",
    );
    say(
        counts.submission_kpis_differ,
        "figure of timeliness or accuracy would differ",
        "figures of timeliness or accuracy would differ",
    );
    say(
        counts.newly_watched,
        "condition would be watched that is not",
        "conditions would be watched that are not",
    );
    say(
        counts.no_longer_watched,
        "condition would no longer be watched",
        "conditions would no longer be watched",
    );
    say(
        counts.other_day,
        "condition would have another day to act by",
        "conditions would have another day to act by",
    );
    say(
        counts.not_compared,
        "result stands under one of the two definitions alone and cannot be compared",
        "results stand under one of the two definitions alone and cannot be compared",
    );
    say(counts.findings_came, "finding would be made that is not", "findings would be made that are not");
    say(counts.findings_went, "finding would no longer be made", "findings would no longer be made");
    say(
        register.len(),
        "entry of the register does not fit the changed definition",
        "entries of the register do not fit the changed definition",
    );
    say(files.len(), "file would be read otherwise", "files would be read otherwise");
    summary
}

fn conditions(counts: &Counts) -> String {
    let met = number_of(
        counts.newly_met,
        "condition would be met that is not",
        "conditions would be met that are not",
    );
    match (counts.newly_met, counts.no_longer_met) {
        (0, 0) => "no condition would be met or no longer be".to_string(),
        (_, 0) => met,
        (0, gone) => number_of(gone, "condition would no longer be met", "conditions would no longer be met"),
        (_, gone) => format!("{met}, {gone} would no longer be"),
    }
}
