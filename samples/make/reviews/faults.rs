//! What is wrong in the self-assessments (`samples/README.md` lists it).

use super::course::{ABUSE_2018, FACILITIES_2018, SCHOOLS_2018, WASTE_2018};
use super::form::{Assessment, Line, Score};
use crate::labels::{Labels, Value};

/// Index of an area.
const RELATIONSHIPS: usize = 3;
const PERFORMANCE: usize = 4;
const PAYMENT: usize = 5;
const RISK: usize = 6;
const DEVELOPMENT: usize = 7;

/// Plants what is wrong in a review's form.
pub fn plant(form: &mut Assessment, index: usize) {
    match index {
        // Domestic abuse support, under its alias: the 5 has no evidence.
        ABUSE_2018 => {
            label(&mut form.labels, "Contract:", &Value::text("Domestic abuse support services"));
            at(form, RELATIONSHIPS, 1, |line| line.evidence.clear());
        }
        // Facilities management: a word for a score, and a half.
        FACILITIES_2018 => {
            at(form, RELATIONSHIPS, 2, |line| line.score = Score::Text("high".to_string()));
            at(form, RISK, 3, |line| line.score = Score::Number(3.5));
        }
        // Waste transfer: a score missing, a 4 without evidence.
        WASTE_2018 => {
            at(form, PERFORMANCE, 3, |line| line.evidence.clear());
            at(form, DEVELOPMENT, 1, |line| line.score = Score::Blank);
        }
        // School building: nobody signed; a nought.
        SCHOOLS_2018 => {
            at(form, PAYMENT, 0, |line| line.score = Score::Number(0.0));
            label(&mut form.signed, "Signed:", &Value::text(""));
        }
        _ => {}
    }
}

/// Highways, first version: a 6, and no date beside the signature.
pub fn in_first_version(form: &mut Assessment) {
    at(form, PERFORMANCE, 3, |line| line.score = Score::Text("6".to_string()));
    label(&mut form.signed, "Date signed:", &Value::text(""));
}

/// Writes the date of the signature.
pub fn sign(form: &mut Assessment, date: &Value) {
    label(&mut form.signed, "Date signed:", date);
}

fn at(form: &mut Assessment, area: usize, criterion: usize, change: impl FnOnce(&mut Line)) {
    if let Some(line) = form.areas.get_mut(area).and_then(|(_, lines)| lines.get_mut(criterion)) {
        change(line);
    }
}

fn label(labels: &mut Labels, name: &str, to: &Value) {
    for (_, value) in labels.0.iter_mut().filter(|(of, _)| of == name) {
        *value = to.clone();
    }
}
