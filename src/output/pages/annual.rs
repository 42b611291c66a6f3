//! The annual review, as templates get it: the periods of the year side by side.

use serde::Serialize;

use crate::domain::period::long_date;
use crate::domain::rating::Rating;
use crate::output::periods;
use crate::review::RatedFigure;
use crate::review::annual::AnnualReview;

use super::parts::Tag;
use super::words;

/// The annual review.
#[derive(Debug, Serialize)]
pub struct Annual {
    title: String,
    clause: String,
    from: String,
    to: String,
    headings: Vec<String>,
    lines: Vec<Line>,
    submissions: Vec<String>,
    promises: Vec<String>,
    concerns: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Line {
    reference: String,
    title: String,
    /// In the order of the headings; the figures of the periods that end in each.
    cells: Vec<Vec<Cell>>,
    year: String,
    year_out_of: Option<String>,
    words: String,
}

#[derive(Debug, Serialize)]
struct Cell {
    /// The period, where it is not the column's.
    period: Option<String>,
    value: Option<String>,
    out_of: Option<String>,
    /// The rating where there is one, or why there is no figure.
    tag: Option<Tag>,
    partial: bool,
    relieved: bool,
}

impl From<&AnnualReview> for Annual {
    fn from(own: &AnnualReview) -> Self {
        Self {
            title: own.title.clone(),
            clause: own.clause.clone(),
            from: long_date(own.from),
            to: long_date(own.to),
            headings: own.periods.iter().map(periods::in_table).collect(),
            lines: own
                .lines
                .iter()
                .map(|line| Line {
                    reference: line.kpi.clone(),
                    title: line.title.clone(),
                    cells: line
                        .within
                        .iter()
                        .zip(&own.periods)
                        .map(|(figures, period)| {
                            let cell = |figure: &RatedFigure| {
                                let other =
                                    (figure.period != *period).then(|| periods::in_table(&figure.period));
                                Cell {
                                    period: other,
                                    value: words::value(figure),
                                    out_of: figure.out_of(),
                                    tag: (figure.rating != Rating::NotRated).then(|| figure.rating.into()),
                                    partial: figure.partial.is_some(),
                                    relieved: figure.relief.is_some(),
                                }
                            };
                            figures.iter().map(cell).collect()
                        })
                        .collect(),
                    year: line.year.shown.clone(),
                    year_out_of: line.year.out_of(),
                    words: line.year.words.clone(),
                })
                .collect(),
            submissions: own.submissions.clone(),
            promises: own.promises.clone(),
            concerns: own.concerns.clone(),
        }
    }
}
