//! The KPIs of a pack: the summary table, then each in turn with its history.

use serde::Serialize;

use crate::domain::quantity::{Unit, show};
use crate::domain::rating::Rating;
use crate::output::common::Common;
use crate::output::periods;
use crate::output::targets;
use crate::review::ladder::NextStep;
use crate::review::{KpiLine, RatedFigure};

use super::charts::{Chart, chart};
use super::months::{Months, Overall, has_months, months, overall};
use super::parts::Tag;
use super::sources::{addresses, one_sheet, sources};
use super::words;

/// Periods of a KPI's history that a page shows: a year of months and the month it is compared with.
const PERIODS_SHOWN: usize = 13;

/// All KPIs of a pack.
#[derive(Debug, Serialize)]
pub struct KpiSection {
    counts: Vec<Tag>,
    /// `KPI`, or `Area` for the areas of a self-assessment.
    noun: &'static str,
    /// Whether they are the areas of a self-assessment.
    of_areas: bool,
    /// Key of the heading of the table of all.
    #[serde(skip)]
    about: &'static str,
    /// Key of the heading of the part on each.
    #[serde(skip)]
    each: &'static str,
    /// Heading of the column of changes.
    since: &'static str,
    /// Whether there is more to say of any than that nothing came.
    any_told: bool,
    /// The target of all in a sentence, where they share one; it stands once then.
    one_target: Option<String>,
    /// The clause of all, where they share one.
    one_clause: Option<String>,
    overall: Vec<Overall>,
    /// The KPIs with several periods in the pack's.
    months: Option<Months>,
    /// Whether any KPI has one period alone.
    any_single: bool,
    /// Heading of the column for the contract as a whole.
    whole_heading: String,
    /// Headings of the columns for each area.
    area_headings: Vec<String>,
    /// Whether any KPI has a period before this one.
    compared: bool,
    lines: Vec<Line>,
}

/// One KPI.
#[derive(Debug, Serialize)]
struct Line {
    id: String,
    reference: String,
    name: String,
    /// `KPI 5: Referrals allocated`, or the area.
    heading: String,
    title: String,
    /// The target by its parts, one a line.
    target: Vec<String>,
    /// The target in a sentence.
    target_words: String,
    /// Whether the target is agreed locally.
    local: bool,
    clause: String,
    /// The period the figure is for, where it is not the pack's.
    other_period: Option<String>,
    whole: Figure,
    /// The figures of every period within the pack's, where there are several.
    months: Vec<Figure>,
    /// In the order of the section's area headings; `None` where there is no figure for the area.
    areas: Vec<Option<Figure>>,
    change: Change,
    sentences: Vec<String>,
    chart: Option<Chart>,
    history: Vec<Past>,
    older: Option<String>,
    comments: Vec<Comment>,
    notes: Vec<String>,
    /// Whether any of its figures has a numerator.
    shares: bool,
    /// The file and sheet of all its figures of this period, where they share one; their cells stand alone then.
    source: Option<String>,
}

/// A figure with all that made it.
#[derive(Debug, Serialize)]
struct Figure {
    /// Whose it is.
    area: String,
    value: Option<String>,
    numerator: Option<String>,
    denominator: Option<String>,
    tag: Tag,
    /// Whether the register relieves the provider of it.
    relieved: bool,
    /// What it was computed from, in a sentence, where it was.
    computed: Option<String>,
    sources: Vec<String>,
}

/// What the figure was in the period before.
#[derive(Debug, Serialize)]
struct Change {
    words: String,
    /// The rating then, where it was another.
    tag: Option<Tag>,
}

/// A figure of an earlier period.
#[derive(Debug, Serialize)]
struct Past {
    period: String,
    value: Option<String>,
    out_of: Option<String>,
    tag: Tag,
    sources: Vec<String>,
}

/// The provider's words beside a figure.
#[derive(Debug, Serialize)]
struct Comment {
    /// Whose it is, or of which month, where there are several.
    of: Option<String>,
    text: String,
}

/// The KPIs of `pack`; `None` when it has none.
pub fn kpi_section(pack: &Common<'_>) -> Option<KpiSection> {
    if pack.kpis.is_empty() {
        return None;
    }
    let single = || pack.kpis.iter().filter(|line| !has_months(line));
    let mut area_headings: Vec<String> = Vec::new();
    for area in single().flat_map(|line| &line.areas).filter_map(|figure| figure.area.as_ref()) {
        if !area_headings.contains(area) {
            area_headings.push(area.clone());
        }
    }
    let whole_heading = match (pack.area, area_headings.is_empty(), pack.councils.len()) {
        (Some(area), _, _) => area,
        (None, true, _) => "Figure",
        (None, false, 2) => "Both councils",
        (None, false, _) => "Whole contract",
    };
    let areas_of_scores = pack.kpis.iter().all(|line| line.whole.is_area());
    let (noun, about, each, since) = match areas_of_scores {
        true => ("Area", "area-summary-heading", "areas-heading", "Since the review before"),
        false => ("KPI", "summary-heading", "kpis-heading", "Since the last period"),
    };
    let with_ids: Vec<(&KpiLine, String)> =
        (1usize..).zip(pack.kpis).map(|(number, line)| (line, format!("kpi-{number}"))).collect();
    Some(KpiSection {
        counts: counted(pack.counts),
        noun,
        of_areas: areas_of_scores,
        about,
        each,
        since,
        any_told: pack.kpis.iter().any(is_told),
        one_target: one_for_all(pack.kpis, targets::of_all),
        one_clause: one_for_all(pack.kpis, |figure| figure.clause.clone())
            .filter(|clause| !clause.is_empty()),
        overall: overall(pack.overall),
        months: months(&with_ids),
        any_single: single().next().is_some(),
        whole_heading: whole_heading.to_string(),
        compared: single().any(|line| earlier(line).is_some()),
        lines: with_ids
            .into_iter()
            .map(|(line, id)| kpi_line(pack, line, id, whole_heading, &area_headings))
            .collect(),
        area_headings,
    })
}

impl KpiSection {
    /// Says of each KPI what a miss in the next period would lead to.
    pub fn lead_to(&mut self, next_steps: &[NextStep]) {
        for line in &mut self.lines {
            let own = next_steps.iter().filter(|step| step.kpis.contains(&line.reference));
            line.sentences.extend(own.filter_map(|step| step.of_one.clone()));
        }
    }

    /// Keys of the headings of the table of all and of the part on each.
    pub fn headings(&self) -> (&'static str, &'static str) {
        (self.about, self.each)
    }

    /// Whether there is more to say of any than that nothing came.
    pub fn is_told(&self) -> bool {
        self.any_told
    }
}

/// Whether a KPI has anything but its name: a return in the pack's period, or a figure before it.
fn is_told(line: &KpiLine) -> bool {
    line.whole.rating != Rating::NoReturn
        || !line.whole.cells.is_empty()
        || line.whole.relief.is_some()
        || line
            .areas
            .iter()
            .chain(&line.within)
            .chain(&line.history)
            .any(|own| own.rating != Rating::NoReturn)
}

/// What is the same of all of several KPIs.
fn one_for_all(kpis: &[KpiLine], of: fn(&RatedFigure) -> String) -> Option<String> {
    let first = of(&kpis.first()?.whole);
    (kpis.len() > 1 && kpis.iter().all(|line| of(&line.whole) == first)).then_some(first)
}

/// A tag for each rating that occurs.
pub fn counted(counts: &[(Rating, usize)]) -> Vec<Tag> {
    counts
        .iter()
        .filter(|(_, number)| *number > 0)
        .map(|(rating, number)| Tag::counted(*rating, *number))
        .collect()
}

fn kpi_line(pack: &Common<'_>, line: &KpiLine, id: String, whole_heading: &str, areas: &[String]) -> Line {
    let name = line.whole.name();
    let heading = match line.whole.is_area() {
        true => name.clone(),
        false => format!("{name}: {}", line.whole.title),
    };
    let history = &line.history[line.history.len().saturating_sub(PERIODS_SHOWN)..];
    let within: &[RatedFigure] = if has_months(line) { &line.within } else { &[] };
    let figures: Vec<&RatedFigure> = match within {
        [] => std::iter::once(&line.whole).chain(&line.areas).collect(),
        months => months.iter().chain(&line.areas).collect(),
    };
    let source = one_sheet(figures.iter().flat_map(|figure| &figure.cells));
    let in_one_sheet = source.is_some();
    let first = within.first().unwrap_or(&line.whole).period;
    Line {
        reference: line.whole.kpi.clone(),
        title: line.whole.title.clone(),
        target: targets::parts(&line.whole),
        target_words: targets::sentence(&line.whole),
        local: line.whole.local,
        clause: line.whole.clause.clone(),
        other_period: (line.whole.period != pack.period).then(|| line.whole.period.describe()),
        // Beside no areas the one row is told by its period.
        whole: match areas {
            [] => shown(&line.whole, &periods::in_table(&line.whole.period), in_one_sheet),
            _ => shown(&line.whole, whole_heading, in_one_sheet),
        },
        months: within
            .iter()
            .map(|figure| shown(figure, &periods::in_table(&figure.period), in_one_sheet))
            .collect(),
        areas: areas
            .iter()
            .map(|area| {
                let own = line.areas.iter().find(|figure| figure.area.as_ref() == Some(area));
                own.map(|figure| shown(figure, area, in_one_sheet))
            })
            .collect(),
        change: change(line),
        sentences: line.sentences.clone(),
        chart: chart(&format!("{id}-chart"), &name, history),
        // The figures of this period stand in the table above it.
        history: history.iter().rev().filter(|figure| figure.period.from < first.from).map(past).collect(),
        source,
        older: (line.history.len() > history.len())
            .then(|| format!("The newest {PERIODS_SHOWN} of {} periods are shown.", line.history.len())),
        comments: comments(&figures, !within.is_empty()),
        notes: notes(&figures, within.len()),
        shares: figures.iter().any(|figure| figure.numerator.is_some()),
        id,
        name,
        heading,
    }
}

/// Whose figure it is, or of which month where there are several; `None` for the one figure of the whole contract.
fn of_whom(figure: &RatedFigure, several: bool) -> Option<String> {
    match &figure.area {
        Some(area) => Some(area.clone()),
        None => several.then(|| periods::in_table(&figure.period)),
    }
}

/// The provider's words, each once.
fn comments(figures: &[&RatedFigure], several: bool) -> Vec<Comment> {
    let mut comments: Vec<Comment> = Vec::new();
    for figure in figures {
        if let Some(text) = figure.comment.as_ref().filter(|text| !text.trim().is_empty())
            && !comments.iter().any(|comment| &comment.text == text)
        {
            comments.push(Comment { of: of_whom(figure, several), text: text.clone() });
        }
    }
    comments
}

/// What qualifies the figures, each note once: as it stands where it holds for the whole contract throughout, else with the
/// months or the area it holds for. `months` is how many months the pack has of the KPI, 0 where it has one figure.
fn notes(figures: &[&RatedFigure], months: usize) -> Vec<String> {
    let mut told: Vec<(String, Vec<Option<String>>)> = Vec::new();
    for figure in figures {
        let relief = figure
            .relief
            .as_ref()
            .map(|reason| format!("Relief in the register, shown and not counted: {reason}"));
        for note in figure.notes.iter().cloned().chain(relief) {
            let of = of_whom(figure, months > 0);
            match told.iter_mut().find(|(known, _)| *known == note) {
                Some((_, whose)) if !whose.contains(&of) => whose.push(of),
                Some(_) => {}
                None => told.push((note, vec![of])),
            }
        }
    }
    told.into_iter()
        .map(|(note, whose)| {
            let named: Vec<String> = whose.iter().flatten().cloned().collect();
            let throughout = whose.contains(&None) || (months > 0 && named.len() >= months);
            if throughout { note } else { format!("{}: {note}", words::list(&named)) }
        })
        .collect()
}

fn shown(figure: &RatedFigure, area: &str, in_one_sheet: bool) -> Figure {
    let number = |value| show(value, Unit::Count, &[]);
    Figure {
        area: area.to_string(),
        value: words::value(figure),
        numerator: figure.numerator.map(number),
        denominator: figure.denominator.map(number),
        tag: figure.rating.into(),
        relieved: figure.relief.is_some(),
        computed: figure.computed.clone(),
        sources: match in_one_sheet && !figure.cells.is_empty() {
            true => vec![addresses(&figure.cells)],
            false => sources(&figure.cells),
        },
    }
}

fn past(figure: &RatedFigure) -> Past {
    Past {
        period: periods::in_table(&figure.period),
        value: words::value(figure),
        out_of: figure.out_of(),
        tag: figure.rating.into(),
        sources: sources(&figure.cells),
    }
}

/// The figure of the period before the one shown.
fn earlier(line: &KpiLine) -> Option<&RatedFigure> {
    line.history.iter().rev().find(|figure| figure.period.to < line.whole.period.from)
}

fn change(line: &KpiLine) -> Change {
    let Some(before) = earlier(line) else {
        return Change { words: "First period".to_string(), tag: None };
    };
    let tag = (before.rating != line.whole.rating).then(|| before.rating.into());
    let words = match (before.value, line.whole.value) {
        (Some(then), Some(now)) if then == now => format!("Same as before ({})", before.shown()),
        (Some(then), Some(now)) if now > then => format!("Up from {}", before.shown()),
        (Some(_), Some(_)) => format!("Down from {}", before.shown()),
        (Some(_), None) => format!("Was {}", before.shown()),
        (None, _) => match (&before.said, &line.whole.said) {
            (Some(then), Some(now)) if then == now => format!("Same as before ({then})"),
            (Some(then), _) => format!("Was {then}"),
            (None, _) => "No figure before".to_string(),
        },
    };
    Change { words, tag }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::pages::samples::figure;

    fn line(figures: &[RatedFigure]) -> KpiLine {
        KpiLine {
            whole: figures.last().unwrap().clone(),
            within: vec![figures.last().unwrap().clone()],
            areas: Vec::new(),
            history: figures.to_vec(),
            sentences: Vec::new(),
        }
    }

    #[test]
    fn the_change_is_told_from_the_period_before() {
        let green = figure("5", 0, Some((19, 20)), Rating::Green);
        let red = figure("5", 1, Some((18, 20)), Rating::Red);
        let same = figure("5", 1, Some((38, 40)), Rating::Green);
        let up = figure("5", 1, Some((20, 20)), Rating::Green);
        let gap = figure("5", 0, None, Rating::NoReturn);
        let none = figure("5", 1, None, Rating::NoReturn);
        for (figures, words, tag) in [
            (vec![green.clone()], "First period", None),
            (vec![green.clone(), red.clone()], "Down from 95%", Some(Rating::Green)),
            (vec![green.clone(), same], "Same as before (95%)", None),
            (vec![green.clone(), up], "Up from 95%", None),
            (vec![gap, red], "No figure before", Some(Rating::NoReturn)),
            (vec![green, none], "Was 95%", Some(Rating::Green)),
        ] {
            let change = change(&line(&figures));
            assert_eq!(change.words, words);
            assert_eq!(change.tag, tag.map(Tag::from));
        }
    }

    #[test]
    fn only_ratings_that_occur_are_counted() {
        assert_eq!(counted(&[(Rating::Red, 0), (Rating::Green, 2)]), [Tag::counted(Rating::Green, 2)]);
    }
}
