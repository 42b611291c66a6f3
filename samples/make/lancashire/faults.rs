//! What is planted in the returns (`samples/README.md` lists it).

use crate::lancashire::entry::Entry;
use crate::lancashire::figures::{self, AGENCY, COMMISSIONED, DELIVERED};
use crate::lancashire::form::{Form, KpiLine};
use crate::lancashire::providers::*;
use crate::lancashire::report_texts::LONG_COMMENTARY;

/// Hours by which Pendlewick Support's total of agency hours is above its schemes.
const TOTAL_ABOVE: f64 = 12.5;
/// Hours by which Sallowbeck Care's numerator of KPI 5 is above its schemes.
const DELIVERED_ABOVE: f64 = 36.25;

/// What strays in the return of a quarter.
pub fn in_form(form: &mut Form, provider: usize, quarter: usize) {
    habits(form, provider);
    match (provider, quarter) {
        (PENDLEWICK, 0) => comment(form, "2", LONG_COMMENTARY),
        // The total of an earlier draft.
        (PENDLEWICK, 1) => raise(&mut form.totals[AGENCY], TOTAL_ABOVE),
        (HAWKSCLOUGH, 3) => form.habits.inserted_column = Some(("Data source", "Rota system")),
        (SALLOWBECK, 2) => comment(
            form,
            "5",
            "More than commissioned: extra support for people who stayed at home in November, agreed with social workers.",
        ),
        (SALLOWBECK, 3) => {
            if let Some(line) = form.line("5") {
                raise(&mut line.numerator, DELIVERED_ABOVE);
                value_follows(line);
            }
        }
        // The value of the quarter before, left standing.
        (MARLPIT, 2) => {
            if let Some(line) = form.line("5") {
                let before = figures::quarter(provider, quarter - 1);
                line.value = Entry::Share(before.total(DELIVERED) / before.total(COMMISSIONED));
            }
        }
        // Nobody wants work.
        (TWISTLEFIELD, 3) => {
            if let Some(line) = form.line("4") {
                line.value = Entry::Text("N/A".to_string());
                line.commentary =
                    "Both tenants able to work are in jobs they chose before and want no other.".to_string();
            }
        }
        (TWISTLEFIELD, 2) => form.habits.heading = Some((7, "Spot check completed")),
        (OAKENSHADE, 1) => form.lines.retain(|line| line.kpi != "1"),
        (OAKENSHADE, 2) => form.habits.first_sheet = "KPI data",
        (OAKENSHADE, 4) => {
            if let Some(line) = form.line("6") {
                line.numerator = Entry::Blank;
                line.denominator = Entry::Blank;
                line.value = Entry::Blank;
                line.commentary.clear();
            }
        }
        (OAKENSHADE, 5) => empty(form),
        _ => {}
    }
}

/// How each provider always does it.
fn habits(form: &mut Form, provider: usize) {
    let habits = &mut form.habits;
    match provider {
        NORTHGATE => habits.formulas = true,
        // Values as text; nothing is calculated.
        PENDLEWICK => {
            for line in &mut form.lines {
                if let Entry::Share(share) = line.value {
                    line.value = Entry::Text(format!("{:.1}%", share * 100.0));
                }
            }
        }
        // Everything lower and to the right; values as plain numbers.
        HAWKSCLOUGH => {
            habits.moved_by = (4, 1);
            habits.labels_across = true;
            habits.merged_title = true;
            for line in &mut form.lines {
                if let Entry::Share(share) = line.value {
                    line.value = Entry::Number((share * 1000.0).round() / 10.0);
                }
            }
        }
        // Hours with their unit.
        SALLOWBECK => {
            habits.hidden_lists = true;
            for (_, figures) in &mut form.schemes {
                figures.iter_mut().for_each(with_unit);
            }
            form.totals.iter_mut().for_each(with_unit);
        }
        MARLPIT => {
            habits.stray_spaces = true;
            habits.merged_title = true;
            for line in &mut form.lines {
                line.reference = format!(" {}", line.reference.replacen(' ', "\u{a0}", 1));
            }
        }
        TWISTLEFIELD => {
            habits.empty_column = true;
            for line in &mut form.lines {
                line.reference = line.kpi.to_string();
                match line.kpi {
                    "3a" => line.title = "Complaints".to_string(),
                    "3b" => line.title = "Concerns".to_string(),
                    _ => {}
                }
            }
        }
        RAVENMOSS => {
            habits.moved_by = (1, 2);
            habits.formulas = true;
            habits.note_below =
                Some("Hours taken from the rota system on the last working day of the quarter");
        }
        OAKENSHADE => {
            for line in &mut form.lines {
                if line.kpi.starts_with('3') {
                    line.title = "Complaints and Concerns".to_string();
                }
            }
        }
        _ => {}
    }
}

fn comment(form: &mut Form, kpi: &str, commentary: &str) {
    if let Some(line) = form.line(kpi) {
        line.commentary = commentary.to_string();
    }
}

fn raise(entry: &mut Entry, hours: f64) {
    if let Entry::Hours(figure) = entry {
        *figure += hours;
    }
}

fn value_follows(line: &mut KpiLine) {
    if let (Some(numerator), Some(denominator)) = (line.numerator.number(), line.denominator.number()) {
        line.value = Entry::Share(numerator / denominator);
    }
}

/// `1,234.5 hrs` for 1234.5; whole numbers and headcounts stay as they are.
fn with_unit(entry: &mut Entry) {
    let Entry::Hours(hours) = *entry else { return };
    if hours < 100.0 {
        return;
    }
    let text = format!("{hours}");
    let (whole, fraction) = text
        .split_once('.')
        .map_or((text.as_str(), String::new()), |(whole, fraction)| (whole, format!(".{fraction}")));
    let grouped = match whole.len() {
        4.. => format!("{},{}", &whole[..whole.len() - 3], &whole[whole.len() - 3..]),
        _ => whole.to_string(),
    };
    *entry = Entry::Text(format!("{grouped}{fraction} hrs"));
}

/// The form as it was sent out: nothing but the provider's name and the quarter.
fn empty(form: &mut Form) {
    for line in &mut form.lines {
        line.organisation.clear();
        line.commentary.clear();
        for entry in [&mut line.numerator, &mut line.denominator, &mut line.value] {
            if *entry != Entry::Greyed {
                *entry = Entry::Blank;
            }
        }
    }
    form.schemes.clear();
    form.totals = std::array::from_fn(|_| Entry::Blank);
    form.report.iter_mut().for_each(|row| row[1] = Entry::Blank);
    form.criteria.clear();
    form.plan.clear();
}
