//! All self-assessments, in each owner's way of filling the form in.

use anyhow::Result;
use chrono::{Datelike, NaiveDate};

use super::contracts::CONTRACTS;
use super::course::{
    ABUSE_2018, CUSTOMER_2016, CUSTOMER_2018, EQUIPMENT_2018, EQUIPMENT_2019, FACILITIES_2018, HIGHWAYS_2018,
    OLDER_2018, OLDER_2019, REVIEWS, Review, SCHOOLS_2018, SEXUAL_HEALTH_2019, WASTE_2018,
};
use super::criteria::{Criterion, areas};
use super::faults;
use super::form::{AreaCells, Assessment, Habits, LEVELS, Line, Score};
use crate::dates::day;
use crate::labels::{DAY, Labels, Value};
use crate::workspace::Returned;

/// Every self-assessment.
///
/// # Errors
/// When a workbook can't be written.
pub fn returns() -> Result<Vec<Returned>> {
    let mut files = Vec::new();
    for (index, review) in REVIEWS.iter().enumerate() {
        let mut form = assessment(index)?;
        faults::plant(&mut form, index);
        let path = format!("returns/{}.xlsx", review.file);
        if index == HIGHWAYS_2018 {
            let mut first = form.clone();
            faults::in_first_version(&mut first);
            files.push(Returned { path, bytes: first.workbook()?, received: Some(review.received()) });
            let again = day(2018, 7, 16);
            form.written = again;
            faults::sign(&mut form, &written(index, again));
            let path = format!("returns/{} (signed).xlsx", review.file);
            files.push(Returned { path, bytes: form.workbook()?, received: Some(again) });
        } else {
            files.push(Returned { path, bytes: form.workbook()?, received: Some(review.received()) });
        }
    }
    Ok(files)
}

/// A review's form as it should be.
///
/// # Errors
/// When the criteria can't be read.
pub fn assessment(index: usize) -> Result<Assessment> {
    let review = &REVIEWS[index];
    let contract = &CONTRACTS[review.contract];
    let (year, month, of_month) = contract.end;
    let labels = [
        ("Contract:", Value::text(contract.name)),
        ("Contract owner:", Value::text(contract.owner)),
        ("Directorate:", Value::text(contract.directorate)),
        ("Annual value:", Value::text(contract.value)),
        ("Contract end:", written(index, day(year, month, of_month))),
        ("Review date:", written(index, review.on_form())),
    ];
    let signed =
        [("Signed:", Value::text(contract.owner)), ("Date signed:", written(index, review.received()))];
    Ok(Assessment {
        author: contract.owner,
        written: review.received(),
        labels: block(&labels),
        signed: block(&signed),
        areas: answered(index, review)?,
        area_cells: match index {
            OLDER_2018 | OLDER_2019 | ABUSE_2018 | SEXUAL_HEALTH_2019 | CUSTOMER_2016 => AreaCells::Once,
            FACILITIES_2018 => AreaCells::Repeated,
            _ => AreaCells::Merged,
        },
        habits: habits(index),
    })
}

/// Labels of a block.
pub fn block(labels: &[(&str, Value)]) -> Labels {
    Labels(labels.iter().map(|(label, value)| ((*label).to_string(), value.clone())).collect())
}

/// A date as each owner writes it.
fn written(index: usize, date: NaiveDate) -> Value {
    let text = |shown: &str| Value::Text(date.format(shown).to_string());
    match index {
        CUSTOMER_2016 => text("%d/%m/%Y"),
        EQUIPMENT_2018 | SCHOOLS_2018 => Value::Date(date, "d mmmm yyyy"),
        ABUSE_2018 => text("%d.%m.%y"),
        OLDER_2018 | OLDER_2019 => Value::Text(in_words(date)),
        HIGHWAYS_2018 => text("%A %-d %B %Y"),
        WASTE_2018 => text("%-d %b %Y"),
        SEXUAL_HEALTH_2019 => text("%Y-%m-%d"),
        _ => Value::Date(date, DAY),
    }
}

/// `14th June 2018`.
fn in_words(date: NaiveDate) -> String {
    let ending = match date.day() {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    };
    format!("{}{ending} {}", date.day(), date.format("%B %Y"))
}

fn habits(index: usize) -> Habits {
    let mut habits = Habits::default();
    match index {
        CUSTOMER_2018 => habits.guide = true,
        ABUSE_2018 => habits.labels_across = true,
        HIGHWAYS_2018 => habits.hidden_lists = true,
        FACILITIES_2018 => habits.total_row = true,
        WASTE_2018 => habits.signed_below = true,
        SCHOOLS_2018 => habits.heading = Some((2, "Scores")),
        OLDER_2019 => habits.moved_by = (2, 1),
        SEXUAL_HEALTH_2019 => habits.example_row = true,
        _ => {}
    }
    habits
}

fn answered(index: usize, review: &Review) -> Result<Vec<(String, Vec<Line>)>> {
    let mut answered = Vec::new();
    let mut number = 0;
    for (at, area) in areas()?.iter().enumerate() {
        let mut lines = Vec::new();
        for (of_area, (criterion, score)) in area.criteria.iter().zip(review.scores(at)).enumerate() {
            let remark = review.remarks.iter().find(|(area, which, _)| (*area, *which) == (at, of_area));
            let mut line = line(index, number, criterion, score);
            if let Some((_, _, text)) = remark {
                line.evidence = (*text).to_string();
            }
            lines.push(line);
            number += 1;
        }
        answered.push((area.name.to_string(), lines));
    }
    Ok(answered)
}

/// A criterion with its score; `number` is its place on the form.
fn line(index: usize, number: usize, criterion: &Criterion, score: u8) -> Line {
    let contract = &CONTRACTS[REVIEWS[index].contract];
    let of = |text: &str| text.replace("{party}", contract.party).replace("{board}", contract.board);
    let level = match score {
        ..=2 => 0,
        3 => 1,
        _ => 2,
    };
    // Nothing is asked for below 4, and some owners leave it at that.
    let evidence =
        if score <= 3 && (number + index).is_multiple_of(7) { "" } else { criterion.evidence[level] };
    let improvement = if score > 3 || (number + index) % 4 == 1 { "" } else { criterion.improvement };
    Line {
        criterion: criterion.text,
        score: notation(index, number, score),
        evidence: of(evidence),
        improvement: of(improvement),
    }
}

/// A score as each owner writes it.
fn notation(index: usize, number: usize, score: u8) -> Score {
    let level = LEVELS[usize::from(score) - 1];
    let way = match index {
        CUSTOMER_2016 => 2,
        EQUIPMENT_2018 => 3,
        EQUIPMENT_2019 => 5,
        HIGHWAYS_2018 => 1,
        OLDER_2019 | WASTE_2018 => 4,
        SEXUAL_HEALTH_2019 => 2,
        // Whatever came to hand.
        FACILITIES_2018 | SCHOOLS_2018 => number % 6,
        _ => 0,
    };
    Score::Text(match way {
        0 => return Score::Number(f64::from(score)),
        1 => score.to_string(),
        2 => format!("{score} - {level}"),
        3 => format!("{score} – {level}"),
        4 => format!("{score}/5"),
        _ => format!(" {score} "),
    })
}
