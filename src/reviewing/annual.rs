//! The annual review: the periods of a year side by side, in the pack of the period in which a year since the provider's start ends.

use chrono::{Months, NaiveDate};

use super::promises::promises;
use super::sentences::{in_short, list};
use crate::assess::Case;
use crate::assess::submissions::Slot;
use crate::contract::meant::Kpi;
use crate::domain::period::{Period, long_date};
use crate::domain::quantity::{Quantity, Unit, share, show};
use crate::domain::rating::Rating;
use crate::domain::submission::{Submission, SubmissionStatus};
use crate::domain::text::number_of;
use crate::review::annual::{AnnualLine, AnnualReview, YearFigure};
use crate::review::{ProviderReview, RatedFigure};

/// The annual review in the pack of `period`, of one area where it is given; `None` where no year ends in it.
pub fn annual(
    case: &Case<'_>,
    review: &ProviderReview,
    slots: &[Slot<'_>],
    period: &Period,
    area: Option<&str>,
) -> Option<AnnualReview> {
    let settings = case.contract.annual_review.as_ref()?;
    let (from, to) = year_ending_in(case.records.start, period)?;
    if case.records.end.is_some_and(|end| end < to) {
        return None;
    }
    let number = 12 / period.frequency.months();
    let mut periods: Vec<Period> = std::iter::successors(Some(*period), |period| Some(period.previous()))
        .take(number as usize)
        .collect();
    periods.reverse();
    let lines = case
        .contract
        .kpis
        .iter()
        .map(|kpi| {
            let own: Vec<&RatedFigure> = review
                .ratings
                .iter()
                .filter(|figure| figure.kpi == kpi.reference && figure.area.as_deref() == area)
                .collect();
            AnnualLine {
                kpi: kpi.reference.clone(),
                title: kpi.title.clone(),
                within: periods
                    .iter()
                    .map(|period| {
                        own.iter()
                            .filter(|own| period.contains(own.period.to))
                            .map(|own| (*own).clone())
                            .collect()
                    })
                    .collect(),
                year: year_figure(kpi.unit, kpi.averaged_denominator, &due(case, kpi, &periods, &own)),
            }
        })
        .collect();
    Some(AnnualReview {
        title: settings.title.clone(),
        clause: settings.clause.clone(),
        from,
        to,
        note: format!(
            "This is also the time of the annual review ({}): besides the last period, performance over the year from {} to {} is \
             reflected on; see “{}”.",
            settings.clause,
            long_date(from),
            long_date(to),
            settings.title
        ),
        lines,
        submissions: submissions(&review.submissions, &periods, area),
        promises: promised(case, slots, &periods, area),
        concerns: concerns(case, from, to.max(period.to)),
        periods,
    })
}

/// First and last day of the year, counted from `start`, whose last day lies in `period`.
fn year_ending_in(start: NaiveDate, period: &Period) -> Option<(NaiveDate, NaiveDate)> {
    let after = |years: u32| start.checked_add_months(Months::new(12 * years));
    (0..)
        .map_while(|years| Some((after(years)?, after(years + 1)?.pred_opt()?)))
        .take_while(|(_, to)| *to <= period.to)
        .find(|(_, to)| period.contains(*to))
}

/// Each of a KPI's periods that end within the year's, from the provider's start on, with its figure where there is one.
fn due<'a>(
    case: &Case<'_>,
    kpi: &Kpi,
    periods: &[Period],
    figures: &[&'a RatedFigure],
) -> Vec<(Period, Option<&'a RatedFigure>)> {
    let (Some(first), Some(last)) = (periods.first(), periods.last()) else { return Vec::new() };
    let every = case.contract.form(&kpi.figure.form).map_or(kpi.every, |form| kpi.every.max(form.every));
    let began = case.contract.period(first.from, every);
    std::iter::successors(Some(began), |period| Some(period.next()))
        .take_while(|period| period.to <= last.to)
        .filter(|period| period.to >= first.from && period.to >= case.records.start)
        .map(|period| (period, figures.iter().copied().find(|figure| figure.period == period)))
        .collect()
}

/// The year's figure: numerators over denominators, sums of amounts; none where a figure is missing, cannot be used or is of a kind
/// that is not added up. A denominator that is a level is averaged.
fn year_figure(unit: Unit, averaged: bool, due: &[(Period, Option<&RatedFigure>)]) -> YearFigure {
    let without = |words: String| YearFigure { words, ..YearFigure::default() };
    if due.is_empty() {
        return without("Not due in the year.".into());
    }
    let mut missing: Vec<String> = Vec::new();
    for (period, figure) in due {
        let why = match figure.map(|figure| figure.rating) {
            None => "is not in yet",
            Some(Rating::NoReturn) => "was not returned",
            Some(Rating::Invalid) => "cannot be used",
            Some(_) => continue,
        };
        missing.push(format!("{} {why}", in_short(period)));
    }
    if !missing.is_empty() {
        return without(format!("No figure for the year: {}.", list(&missing)));
    }
    let figures: Vec<&RatedFigure> =
        due.iter().filter_map(|(_, figure)| *figure).filter(|own| own.rating != Rating::NoActivity).collect();
    if figures.is_empty() {
        return without("No activity in the year.".into());
    }
    let qualified = qualified(due);
    if let ([only], [_]) = (figures.as_slice(), due) {
        return YearFigure {
            value: only.value,
            numerator: only.numerator,
            denominator: only.denominator,
            shown: only.shown(),
            words: format!("The one figure of the year, {}.{qualified}", in_short(&only.period)),
        };
    }
    let sum = |of: fn(&RatedFigure) -> Option<Quantity>| -> Option<Quantity> {
        figures.iter().map(|figure| of(figure)).sum()
    };
    let number = number_of(figures.len(), "figure", "figures");
    let denominator = sum(|own| own.denominator).and_then(|sum| match averaged {
        true => sum.checked_div(Quantity::from(figures.len())),
        false => Some(sum),
    });
    if let (Some(numerator), Some(denominator)) = (sum(|own| own.numerator), denominator)
        && let Some(value) = share(numerator, denominator)
    {
        return YearFigure {
            value: Some(value),
            numerator: Some(numerator),
            denominator: Some(denominator),
            shown: show(value, unit, &[]),
            words: if averaged {
                format!("Numerators over the average denominator of {number}.{qualified}")
            } else {
                format!("Numerators over denominators of {number}.{qualified}")
            },
        };
    }
    match (unit, sum(|own| own.value)) {
        (Unit::Count | Unit::Hours | Unit::Pounds, Some(value)) => YearFigure {
            value: Some(value),
            shown: show(value, unit, &[]),
            words: format!("Sum of {number}.{qualified}"),
            ..YearFigure::default()
        },
        (Unit::Percent, _) => without(
            "No figure for the year: shares without numerator and denominator are not added up.".into(),
        ),
        (Unit::Score, _) => without("No figure for the year: scores are not added up.".into()),
        (Unit::Answer, _) => without("No figure for the year: answers of yes or no are not added up.".into()),
        _ => without("No figure for the year: figures of this kind are not added up.".into()),
    }
}

/// What qualifies a year's figure: partial periods, and those without activity.
fn qualified(due: &[(Period, Option<&RatedFigure>)]) -> String {
    let those = |is: fn(&RatedFigure) -> bool| -> Vec<String> {
        due.iter().filter(|(_, own)| own.is_some_and(is)).map(|(period, _)| in_short(period)).collect()
    };
    let mut words = String::new();
    let partial = those(|own| own.partial.is_some());
    if !partial.is_empty() {
        words.push_str(&format!(" {} for a part of the period alone.", counted(&partial)));
    }
    let idle = those(|own| own.rating == Rating::NoActivity);
    if !idle.is_empty() {
        words.push_str(&format!(" No activity in {}.", list(&idle)));
    }
    words
}

fn counted(periods: &[String]) -> String {
    format!("{} {}", list(periods), if periods.len() == 1 { "counts" } else { "count" })
}

/// Form by form, when its returns came and how accurate they were.
fn submissions(all: &[Submission], periods: &[Period], area: Option<&str>) -> Vec<String> {
    let due: Vec<&Submission> = all
        .iter()
        .filter(|own| periods.iter().any(|period| period.contains(own.period.to)))
        .filter(|own| own.status != SubmissionStatus::NotYetDue)
        .filter(|own| area.is_none() || own.area.is_none() || own.area.as_deref() == area)
        .collect();
    let mut forms: Vec<(&str, Option<&str>)> = Vec::new();
    for own in &due {
        let form = (own.form_title.as_str(), own.area.as_deref());
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms
        .into_iter()
        .map(|(title, of)| {
            let own: Vec<&&Submission> =
                due.iter().filter(|own| own.form_title == title && own.area.as_deref() == of).collect();
            let mut parts = Vec::new();
            for (status, words) in [
                (SubmissionStatus::OnTime, "on time"),
                (SubmissionStatus::Late, "late"),
                (SubmissionStatus::Missing, "missing"),
                (SubmissionStatus::Unproven, "with no proof of when it came"),
            ] {
                let periods: Vec<String> =
                    own.iter().filter(|own| own.status == status).map(|own| in_short(&own.period)).collect();
                match (status, periods.len()) {
                    (SubmissionStatus::OnTime, number) => parts.push(format!("{number} {words}")),
                    (_, 0) => {}
                    (_, number) => parts.push(format!("{number} {words} ({})", list(&periods))),
                }
            }
            let judged: Vec<bool> = own.iter().filter_map(|own| own.accurate).collect();
            if !judged.is_empty() {
                let accurate = judged.iter().filter(|accurate| **accurate).count();
                parts.push(format!("{accurate} of {} accurate in the first version", judged.len()));
            }
            let area = of.map(|of| format!(", {of}")).unwrap_or_default();
            format!("{title}{area}: {} due; {}.", own.len(), parts.join("; "))
        })
        .collect()
}

/// How the promises stand at the year's end, and how each moved over the year, each movement once.
fn promised(case: &Case<'_>, slots: &[Slot<'_>], periods: &[Period], area: Option<&str>) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    let mut sentences = Vec::new();
    for period in periods {
        for table in promises(case, slots, period, area) {
            for moved in table.moved {
                if !told.contains(&moved) {
                    sentences.push(format!("{}: {moved}", in_short(period)));
                    told.push(moved);
                }
            }
        }
    }
    let standing = periods.last().map(|last| promises(case, slots, last, area)).unwrap_or_default();
    let standing = standing.into_iter().map(|own| format!("{}, {}", own.table.title, own.standing));
    standing.chain(sentences).collect()
}

/// The notices on record in the year.
fn concerns(case: &Case<'_>, from: NaiveDate, to: NaiveDate) -> Vec<String> {
    let own = case.records.notices.iter().filter(|notice| notice.date >= from && notice.date <= to);
    own.map(|notice| notice.words.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::period::Frequency;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn quarter(first: &str) -> Period {
        Period::containing(day(first), Frequency::Quarter, 4)
    }

    fn figure(first: &str, rating: Rating, parts: Option<(i64, i64)>) -> RatedFigure {
        RatedFigure {
            kpi: "2".into(),
            title: "Spot checks".into(),
            area: None,
            period: quarter(first),
            value: parts.and_then(|(met, of)| share(met.into(), of.into())),
            numerator: parts.map(|(met, _)| met.into()),
            denominator: parts.map(|(_, of)| of.into()),
            unit: Unit::Percent,
            target: Vec::new(),
            aim: None,
            short_of: None,
            thresholds: Vec::new(),
            rating,
            clause: String::new(),
            notes: Vec::new(),
            relief: None,
            cells: Vec::new(),
            comment: None,
            computed: None,
            said: None,
            not_met: false,
            contradicted: false,
            local: false,
            lower_is_better: false,
            partial: None,
        }
    }

    const QUARTERS: [&str; 4] = ["2020-04-01", "2020-07-01", "2020-10-01", "2021-01-01"];

    fn year(figures: &[Option<RatedFigure>], unit: Unit) -> YearFigure {
        let due: Vec<(Period, Option<&RatedFigure>)> =
            QUARTERS.iter().zip(figures).map(|(first, own)| (quarter(first), own.as_ref())).collect();
        year_figure(unit, false, &due)
    }

    #[test]
    fn the_year_ends_in_the_period_that_holds_its_last_day() {
        for (start, in_period, expected) in [
            ("2020-04-01", "2021-01-01", Some(("2020-04-01", "2021-03-31"))),
            ("2020-04-01", "2021-04-01", None),
            ("2020-04-01", "2020-04-01", None),
            ("2020-05-20", "2021-01-01", None),
            ("2020-05-20", "2021-04-01", Some(("2020-05-20", "2021-05-19"))),
            ("2020-05-20", "2022-04-01", Some(("2021-05-20", "2022-05-19"))),
        ] {
            let expected = expected.map(|(from, to)| (day(from), day(to)));
            assert_eq!(year_ending_in(day(start), &quarter(in_period)), expected, "{start} in {in_period}");
        }
    }

    #[test]
    fn a_level_is_averaged_over_the_year() {
        let parts = [(1, 20), (2, 22), (0, 24), (3, 26)];
        let figures: Vec<RatedFigure> = QUARTERS
            .iter()
            .zip(parts)
            .map(|(first, parts)| figure(first, Rating::NotRated, Some(parts)))
            .collect();
        let due: Vec<(Period, Option<&RatedFigure>)> =
            figures.iter().map(|own| (own.period, Some(own))).collect();
        let year = year_figure(Unit::Percent, true, &due);
        assert_eq!((year.numerator, year.denominator), (Some(6.into()), Some(23.into())));
        assert_eq!(
            (year.shown.as_str(), year.words.as_str()),
            ("26.1%", "Numerators over the average denominator of 4 figures.")
        );
    }

    #[test]
    fn shares_are_added_up_by_their_parts_and_never_averaged() {
        let parts = [(1, 2), (9, 10), (3, 4), (7, 8)];
        let figures: Vec<Option<RatedFigure>> = QUARTERS
            .iter()
            .zip(parts)
            .map(|(first, parts)| Some(figure(first, Rating::NotRated, Some(parts))))
            .collect();
        let year = year(&figures, Unit::Percent);
        assert_eq!((year.numerator, year.denominator), (Some(20.into()), Some(24.into())));
        assert_eq!(
            (year.shown.as_str(), year.words.as_str()),
            ("83.3%", "Numerators over denominators of 4 figures.")
        );
    }

    #[test]
    fn a_quarter_that_is_missing_or_unusable_leaves_the_year_without_a_figure() {
        let mut figures: Vec<Option<RatedFigure>> =
            QUARTERS.iter().map(|first| Some(figure(first, Rating::NotRated, Some((1, 2))))).collect();
        figures[1] = Some(figure(QUARTERS[1], Rating::NoReturn, None));
        figures[2] = Some(figure(QUARTERS[2], Rating::Invalid, None));
        let found = year(&figures, Unit::Percent);
        assert_eq!(found.value, None);
        assert_eq!(
            found.words,
            "No figure for the year: 2020-21 Q2 was not returned and 2020-21 Q3 cannot be used."
        );
        figures[1] = Some(figure(QUARTERS[1], Rating::NoActivity, Some((0, 0))));
        figures[2] = Some(RatedFigure {
            partial: Some("x".into()),
            ..figure(QUARTERS[2], Rating::NotRated, Some((1, 2)))
        });
        let found = year(&figures, Unit::Percent);
        assert_eq!(found.shown, "50%");
        assert_eq!(
            found.words,
            "Numerators over denominators of 3 figures. 2020-21 Q3 counts for a part of the period alone. No activity in 2020-21 Q2."
        );
    }

    #[test]
    fn counts_are_added_and_scores_and_answers_are_not() {
        let counted: Vec<Option<RatedFigure>> = QUARTERS
            .iter()
            .map(|first| {
                Some(RatedFigure {
                    value: Some(Quantity::TWO),
                    unit: Unit::Count,
                    ..figure(first, Rating::NotRated, None)
                })
            })
            .collect();
        assert_eq!(year(&counted, Unit::Count).shown, "8");
        assert_eq!(year(&counted, Unit::Score).value, None);
        assert_eq!(year(&counted, Unit::Answer).value, None);
        assert_eq!(year(&counted, Unit::Percent).value, None, "shares without their parts");
        let one = year_figure(Unit::Count, false, &[(quarter(QUARTERS[3]), counted[3].as_ref())]);
        assert_eq!(
            (one.shown.as_str(), one.words.as_str()),
            ("2", "The one figure of the year, 2020-21 Q4.")
        );
        assert_eq!(year_figure(Unit::Count, false, &[]).words, "Not due in the year.");
    }

    #[test]
    fn the_pack_of_the_period_in_which_the_year_ends_has_the_year() {
        use super::super::fixture::{Return, World};
        let quarters = [QUARTERS[0], QUARTERS[1], QUARTERS[2], QUARTERS[3], "2021-04-01"];
        let world = |start: &str| {
            let mut world = World::new(start, "2021-07-20");
            world.returns = quarters.map(|first| Return::of(first).received()).into();
            world
        };
        let whole = world("2020-04-01");
        assert!(whole.pack(QUARTERS[2]).annual.is_none() && whole.pack("2021-04-01").annual.is_none());
        let annual = whole.pack(QUARTERS[3]).annual.unwrap();
        assert_eq!(annual.lines[0].year.shown, "90%");
        assert_eq!(annual.lines[0].year.out_of().unwrap(), "36 of 40");
        assert_eq!(
            annual.submissions,
            ["Quarterly return: 4 due; 4 on time; 4 of 4 accurate in the first version."]
        );
        assert!(annual.note.contains("from 1 April 2020 to 31 March 2021"), "{}", annual.note);

        let late = world("2020-05-20");
        assert!(late.pack(QUARTERS[3]).annual.is_none());
        let annual = late.pack("2021-04-01").annual.unwrap();
        assert_eq!((annual.from, annual.to), (day("2020-05-20"), day("2021-05-19")));
        assert_eq!(annual.periods[0], quarter(QUARTERS[1]), "the four that end with the pack's");
    }

    #[test]
    fn a_missing_quarter_is_said_and_what_moved_over_the_year_is_told_once() {
        use super::super::fixture::{Return, World};
        let mut world = World::new("2020-04-01", "2021-04-20");
        let plan = |offer: &str| ["Open a café", offer, "2021-12-01", "x", ""].map(str::to_string);
        for (first, offer) in [(QUARTERS[0], "Daily"), (QUARTERS[1], "Weekly"), (QUARTERS[3], "Weekly")] {
            world.returns.push(Return::of(first).plan(plan(offer).each_ref().map(String::as_str)).received());
        }
        let annual = world.pack(QUARTERS[3]).annual.unwrap();
        assert_eq!(annual.lines[0].year.value, None);
        assert_eq!(annual.lines[0].year.words, "No figure for the year: 2020-21 Q3 was not returned.");
        assert!(annual.submissions[0].contains("1 missing (2020-21 Q3)"), "{:?}", annual.submissions);
        assert_eq!(
            annual.promises,
            [
                "Development plan, 1 entry: none reported as complete; none past the due date and not reported as complete.",
                "2020-21 Q2: “Open a café”: “Offered” reads otherwise than in 2020-21 Q1: “Daily”.",
            ]
        );
    }
}
