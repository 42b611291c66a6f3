//! Stated KPI figures and repeated targets against what is computed and agreed.

use crate::assess::Case;
use crate::assess::figures::{self, Figures, NoDay, Source};
use crate::assess::submissions::ReceivedReturn;
use crate::contract::Contract;
use crate::contract::layout::Asks;
use crate::contract::meant::{Form, Kpi, RatingRule, Stated};
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::{DATE_SUBMITTED_IMPOSSIBLE, DATE_SUBMITTED_MISSING, THRESHOLD_EDITED};
use crate::domain::period::{Period, long_date};
use crate::domain::quantity::Quantity;
use crate::domain::text::one_line;
use crate::intake::mapped::Mapped;
use crate::rules::target::Target;

/// Every KPI of the form, in each area; `earlier` are the returns of earlier periods that were there before it. Gives their figures.
pub fn kpis(
    case: &Case<'_>,
    form: &Form,
    version: &ReceivedReturn,
    period: &Period,
    earlier: &[&ReceivedReturn],
    findings: &mut Vec<Finding>,
) -> Figures {
    let mut figures = Figures::default();
    for kpi in case.contract.kpis.iter().filter(|kpi| kpi.figure.form == form.id) {
        let source = Source::of(case, version, period, earlier);
        let areas: Vec<Option<&str>> = if case.contract.areas.is_empty() {
            vec![None]
        } else {
            case.contract.areas.iter().map(|area| Some(area.name.as_str())).collect()
        };
        for area in areas {
            let own = figures.add(source, kpi, area);
            findings.extend(own.into_iter().map(|mut finding| {
                let area = area.map(|area| format!(", {area}")).unwrap_or_default();
                finding.message = format!("KPI {}{area}: {}", kpi.reference, finding.message);
                finding
            }));
        }
        threshold(case.contract, kpi, period, &version.mapped, findings);
    }
    date_submitted(case, form, version, period, findings);
    figures
}

/// The day certificates are judged on, where the form's answers rest on one.
fn date_submitted(
    case: &Case<'_>,
    form: &Form,
    version: &ReceivedReturn,
    period: &Period,
    findings: &mut Vec<Finding>,
) {
    let needs_day = case.contract.kpis.iter().filter(|kpi| kpi.figure.form == form.id).any(|kpi| match &kpi
        .stated
    {
        Stated::Certified(certified) => certified.evidence.iter().any(|evidence| evidence.proves.needs_day()),
        Stated::Row(_) | Stated::Share { .. } | Stated::Scored(_) | Stated::Summed(_) => false,
    });
    if !needs_day || !version.mapped.usable {
        return;
    }
    let place = version.mapped.submitted.as_ref().map(|field| &field.place);
    let (kind, message) = match figures::submitted(&version.mapped, period, version.received) {
        Ok(_) => return,
        Err(NoDay::NotGiven) => (
            &DATE_SUBMITTED_MISSING,
            "“Date submitted” is not given or is no date, so the age of what it certifies cannot be judged."
                .to_string(),
        ),
        Err(NoDay::Impossible(day)) => (
            &DATE_SUBMITTED_IMPOSSIBLE,
            format!(
                "“Date submitted” is {}, which is not between the first day of the period and the day the form was received, {}: \
                 the age of what it certifies cannot be judged.",
                long_date(day),
                long_date(version.received)
            ),
        ),
    };
    findings.push(match place {
        Some(place) => Finding::at(kind, place, message),
        None => Finding::in_file(kind, &version.file.as_str().into(), message),
    });
}

/// What the form repeats of the contract's target or bands, against the contract.
fn threshold(contract: &Contract, kpi: &Kpi, period: &Period, mapped: &Mapped, findings: &mut Vec<Finding>) {
    let (Some(rule), Some(table)) = (kpi.rule(period), contract.table(&kpi.figure)) else { return };
    let rows = kpi.stated.rows();
    for column in table.columns.iter().filter(|column| column.asks == Asks::Threshold) {
        let stated = mapped
            .observations
            .iter()
            .find(|o| o.table == kpi.figure.table && rows.contains(&o.row.as_str()) && o.column == column.id);
        let Some(stated) = stated.filter(|stated| !stated.shown.trim().is_empty()) else { continue };
        let (agrees, agreed) = match (rule, column.band) {
            (RatingRule::Target(target), _) => {
                (names_target(&stated.shown, target), target.bound.to_string())
            }
            (RatingRule::Bands(bands), Some(band)) => {
                let own = bands.all().into_iter().find(|(rating, _)| *rating == band).map(|(_, band)| band);
                let printed = bands.printed(band).map(ToString::to_string);
                let described = own.map_or("none".to_string(), |band| band.describe());
                let agrees = printed.iter().any(|printed| says_the_same(&stated.shown, printed))
                    || own.is_some_and(|band| says_the_same(&stated.shown, &band.describe()));
                (agrees, printed.unwrap_or(described))
            }
            (RatingRule::Bands(_), None) => continue,
        };
        if !agrees {
            let heading = column.headings.first().map_or("", String::as_str);
            let message = format!(
                "KPI {}: the form says “{}” under “{heading}”; the contract says {agreed}.",
                kpi.reference,
                one_line(&stated.shown)
            );
            findings.push(Finding::at(&THRESHOLD_EDITED, &stated.place, message));
        }
    }
}

/// Whether the text names the target, or no number at all.
fn names_target(text: &str, target: &Target) -> bool {
    let numbers: Vec<Quantity> = text
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter_map(|text| text.trim_matches('.').parse().ok())
        .collect();
    let is_target = |number: &Quantity| {
        *number == target.bound.value
            || (target.bound.percent && *number == target.bound.value * Quantity::ONE_HUNDRED)
    };
    numbers.is_empty() || numbers.iter().any(is_target)
}

/// Whether two texts of a threshold say the same: the same numbers, a fraction and its percentage being one, and the same sign.
fn says_the_same(shown: &str, printed: &str) -> bool {
    let numbers = |text: &str| -> Vec<Quantity> {
        let is_percent = text.contains('%');
        text.split(|c: char| !c.is_ascii_digit() && c != '.')
            .filter_map(|part| part.trim_matches('.').parse::<Quantity>().ok())
            .map(|number| if is_percent { number / Quantity::ONE_HUNDRED } else { number })
            .map(|number| number.normalize())
            .collect()
    };
    let sign = |text: &str| -> Option<char> { text.chars().find(|c| "<>≤≥".contains(*c)) };
    let (own, other) = (numbers(shown), numbers(printed));
    let signs_agree = match (sign(shown), sign(printed)) {
        (Some(own), Some(other)) => own == other,
        (None, _) | (_, None) => true,
    };
    own == other && signs_agree
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_say_the_same_in_other_words() {
        for (shown, printed, same) in [
            ("100%", "100%", true),
            ("1", "100%", true),
            ("100.0%", "100%", true),
            ("<80%", "<80%", true),
            ("< 80 %", "<80%", true),
            ("60% - 89%", "60%-89%", true),
            ("60 to 89%", "60%-89%", true),
            ("N/A", "N/A", true),
            ("75%", "90%", false),
            (">=75%", "90%", false),
            ("<70%", "<80%", false),
            (">80%", "<80%", false),
            ("60%", "60%-89%", false),
            ("90%", "N/A", false),
        ] {
            assert_eq!(says_the_same(shown, printed), same, "{shown} {printed}");
        }
    }
}
