//! What is planted in the forms (`samples/README.md` lists it).

use crate::alliance::certification::Certification;
use crate::alliance::form::{Entry, Habits};
use crate::alliance::kpi_form::KpiForm;
use crate::alliance::providers::*;
use crate::dates::day;

const ENDED: usize = 1;
const PLANNED_ENDINGS: usize = 2;
const SESSIONS_HELD: usize = 4;
const INCIDENTS: usize = 5;

/// What strays in the form of a quarter.
pub fn in_form(form: &mut KpiForm, provider: usize, quarter: usize) {
    match (provider, quarter) {
        // Under an alias, with two questions in words of the provider's own.
        (NINEFOLD, 0) => {
            form.provider = "Ninefold Homes CIC".to_string();
            form.questions[0] = "Number of young people placed during the quarter".to_string();
            form.questions[7] = "Of these, in education, employment and training".to_string();
        }
        (NINEFOLD, 1) => form.habits.inserted_column = Some(("Source", "Case system")),
        (NINEFOLD, 2) => {
            form.provider = "\u{a0}Ninefold  Homes ".to_string();
            form.habits =
                Habits { stray_spaces: true, example_row: true, hidden_lists: true, ..Habits::default() };
        }
        (NINEFOLD, 3) => form.habits.moved_by = (3, 1),
        (TALLOW, 2) => form.provider = "TLH".to_string(),
        // Every figure as text.
        (QUILLMARK, 1) => {
            for answer in &mut form.answers {
                if let Entry::Number(number) = answer {
                    *answer = Entry::Text(format!("{number}"));
                }
            }
        }
        (QUILLMARK, 2) => {
            if let Entry::Number(held) = form.answers[SESSIONS_HELD] {
                form.answers[SESSIONS_HELD] = Entry::Text(format!("about {}", (held / 10.0).round() * 10.0));
            }
            form.comments[SESSIONS_HELD] =
                "Recording moved to a new system in November; exact count to follow".to_string();
        }
        // No incidents, said in words.
        (OSPREY, 3) => {
            form.answers[INCIDENTS] = Entry::text("nil");
            form.comments[INCIDENTS].clear();
        }
        // More planned endings than endings.
        (FERNBRAKE, 2) => {
            if let Entry::Number(ended) = form.answers[ENDED] {
                form.answers[PLANNED_ENDINGS] = Entry::Number(ended + 1.0);
            }
            form.comments[PLANNED_ENDINGS].clear();
        }
        // Nobody has left yet.
        (SALTGATE, 2) => {
            form.answers[ENDED] = Entry::text("nil");
            form.answers[PLANNED_ENDINGS] = Entry::text("N/A");
            form.comments[PLANNED_ENDINGS].clear();
        }
        (BRACKENHYTHE, 1) => {
            form.answers[INCIDENTS] = Entry::text("-");
            form.comments[INCIDENTS].clear();
        }
        _ => {}
    }
}

/// The first version of the form that was sent again: more planned endings than endings.
pub fn in_first_version(form: &mut KpiForm) {
    if let Entry::Number(ended) = form.answers[ENDED] {
        form.answers[PLANNED_ENDINGS] = Entry::Number(ended + 1.0);
    }
}

/// What strays in a certification.
pub fn in_certification(form: &mut Certification, provider: usize) {
    match provider {
        NINEFOLD => untidy(form),
        TALLOW => {
            form.habits.inserted_column = Some(("Evidence seen by", "Service manager"));
            form.lines[6].requirement =
                "Data protection (GDPR) policy reviewed in last 12 months".to_string();
            form.lines[0].amount = Entry::text("£10,000,000");
            form.lines[1].amount = Entry::text("£10,000,000.00");
            for line in &mut form.lines {
                if line.answer == Entry::text("Y") {
                    line.answer = Entry::text("Yes");
                }
            }
        }
        OSPREY => against_its_evidence(form),
        FERNBRAKE => honest(form),
        SALTGATE => {
            form.submitted = Entry::date_in_words(form.certified);
            form.lines[2].amount = Entry::Pounds(10_000_000.0);
        }
        BRACKENHYTHE => untouched(form),
        WINDLE => muddled(form),
        _ => {}
    }
}

/// Everything is met, some of it to the day: certified on 1 May 2026.
fn untidy(form: &mut Certification) {
    form.provider = "Ninefold Homes CIC".to_string();
    form.habits = Habits {
        moved_by: (2, 1),
        stray_spaces: true,
        example_row: true,
        hidden_lists: true,
        total_row: true,
        ..Habits::default()
    };
    form.lines[0].amount = Entry::Number(10_000_000.0);
    form.lines[1].amount = Entry::text("£10m");
    form.lines[2].amount = Entry::text("10 million");
    form.lines[0].date = Entry::Date(day(2026, 5, 1));
    form.lines[0].comment = "Renewed from 2 May with the same insurer".to_string();
    form.lines[3].date = Entry::date_in_words(day(2026, 3, 31));
    form.lines[4].date = Entry::Date(day(2025, 5, 1));
    form.lines[5].date = Entry::text("14/01/2026");
    form.submitted = Entry::date_in_words(form.certified);
    let row = &mut form.services[0];
    row.gas = Entry::Date(day(2025, 5, 1));
    row.fire = Entry::text("1 May 2025");
    row.electrical = Entry::Date(day(2021, 5, 4));
    form.services[2].appliances = Entry::text("N/A");
}

/// Yes to everything, certified on 1 May 2026, with four certificates that say otherwise.
fn against_its_evidence(form: &mut Certification) {
    form.lines[0].amount = Entry::text("£10m");
    form.lines[1].amount = Entry::text("£2m");
    form.lines[2].amount = Entry::text("£5,000,000");
    form.lines[2].date = Entry::Date(day(2026, 3, 31));
    form.lines[2].comment = "Renewal with the broker".to_string();
    form.services[1].gas = Entry::Date(day(2025, 3, 28));
    form.services[2].fire = Entry::Date(day(2025, 4, 30));
    form.services[0].hmo_expiry = Entry::Date(day(2026, 5, 1));
}

/// Two requirements not met, and said so.
fn honest(form: &mut Certification) {
    form.lines[0].amount = Entry::text("10 million");
    form.lines[1].amount = Entry::text("£10 million");
    form.lines[6].answer = Entry::text("N");
    form.lines[6].date = Entry::Date(day(2025, 2, 11));
    form.lines[6].comment =
        "Goes to the board on 30 June 2026; overdue because of the new case system".to_string();
    form.lines[11].answer = Entry::text("N");
    form.lines[11].comment = "Hart's Tongue Mews not yet visited; booked for 18 June".to_string();
    form.services[4].inspection = Entry::Blank;
}

/// Sent in as it was sent out: no line answered, no service listed.
fn untouched(form: &mut Certification) {
    for line in &mut form.lines {
        line.answer = Entry::text("< Select >");
        for entry in [&mut line.amount, &mut line.date] {
            if *entry != Entry::Greyed {
                *entry = Entry::Blank;
            }
        }
        line.comment.clear();
    }
    form.services.clear();
}

/// Answers that are none, a blank date, and two that the sheet Services contradicts.
fn muddled(form: &mut Certification) {
    form.lines[0].amount = Entry::text("£10M");
    form.lines[4].answer = Entry::text("Yes - except Loom Yard");
    form.lines[8].answer = Entry::text("< Select >");
    form.services[2].gas = Entry::Blank;
    form.services[1].hmo_expiry = Entry::Date(day(2026, 2, 28));
    form.services[2].checklist = Entry::text("N");
}
