//! What a coloured copy of a return costs, beside the other ways to one and what any way costs at least:
//! `cargo bench --bench write_back`.
//!
//! The return is one of 145 kB: a cover, a table of KPIs, a matrix, a log of 1,500 rows and a narrative.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark that cannot go on should stop, and prints"
)]

#[allow(dead_code, reason = "shared with the other benches")]
mod bare;
#[path = "fixed/dice.rs"]
mod dice;
mod fastest;
#[path = "../tests/write_back/feedback.rs"]
#[allow(dead_code, reason = "shared with the tests")]
mod feedback;

use std::hint::black_box;
use std::time::Duration;

use quarterday::domain::rating::Rating;
use quarterday::intake::reading::read;
use quarterday::output::workbooks::returned::returned_workbook;
use quarterday::output::write_back::write_back;
use rust_xlsxwriter::{Format, Formula, Note, Workbook};

use dice::Dice;
use fastest::fastest;
use feedback::{Marked, asked, both, rated, today};

/// Most a copy may take.
const MOST: Duration = Duration::from_millis(2);
/// Least number of times that the return made anew takes longer.
const TIMES: f64 = 10.0;

/// The return.
fn workbook() -> Vec<u8> {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut book = Workbook::new();
    let heading = Format::new().set_bold().set_background_color(0x001F_4E79).set_font_color(0x00FF_FFFF);
    let percent = Format::new().set_num_format("0.0%").set_border(rust_xlsxwriter::FormatBorder::Thin);
    let date = Format::new().set_num_format("dd/mm/yyyy");

    let cover = book.add_worksheet().set_name("Cover").unwrap();
    for row in 0..12 {
        cover.write_with_format(row, 0, dice.sentence(2), &heading).unwrap();
        cover.write(row, 1, dice.sentence(4)).unwrap();
    }
    let kpis = book.add_worksheet().set_name("KPIs").unwrap();
    for row in 0..20 {
        kpis.write(row, 0, dice.sentence(8)).unwrap();
        kpis.write(row, 1, u32::try_from(dice.below(90)).unwrap()).unwrap();
        kpis.write(row, 2, u32::try_from(90 + dice.below(9)).unwrap()).unwrap();
        let share = Formula::new(format!("=B{0}/C{0}", row + 1)).set_result("0.95");
        kpis.write_with_format(row, 3, share, &percent).unwrap();
        kpis.write(row, 4, dice.sentence(12)).unwrap();
    }
    kpis.insert_note(2, 0, &Note::new("As agreed in June.")).unwrap();
    let matrix = book.add_worksheet().set_name("Matrix").unwrap();
    for row in 0..40 {
        for column in 0..14 {
            matrix.write(row, column, u32::try_from(dice.below(500)).unwrap()).unwrap();
        }
    }
    let log = book.add_worksheet().set_name("Log").unwrap();
    for row in 0..1_500 {
        log.write(row, 0, format!("R{:05}", dice.below(99_999))).unwrap();
        let day = u32::try_from(45_000 + dice.below(365)).unwrap();
        log.write_with_format(row, 1, day, &date).unwrap();
        log.write_with_format(row, 2, day + 2, &date).unwrap();
        for column in 3..7 {
            log.write(row, column, dice.word()).unwrap();
        }
        log.write(row, 7, if dice.below(3) == 0 { "No" } else { "Yes" }).unwrap();
        log.write(row, 8, u32::try_from(dice.below(40)).unwrap()).unwrap();
    }
    let narrative = book.add_worksheet().set_name("Narrative").unwrap();
    for row in 0..15 {
        narrative.write(row, 0, dice.sentence(6)).unwrap();
        narrative.write(row, 1, dice.sentence(390)).unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// A rating a KPI and some questions.
fn marks() -> Vec<Marked> {
    let ratings = [Rating::Green, Rating::Amber, Rating::Red];
    let mut marked: Vec<Marked> =
        (0..20).map(|row| rated("KPIs", &format!("D{}", row + 1), ratings[row % 3])).collect();
    marked.extend([both("Matrix", "C7", Rating::Red), asked("Matrix", "N40")]);
    marked
}

/// The same, and questions up and down the log, whose part is the largest of all.
fn marks_in_log() -> Vec<Marked> {
    let mut marked = marks();
    marked.extend((1..=6).map(|number| asked("Log", &format!("B{}", number * 240))));
    marked
}

fn main() {
    let bytes = workbook();
    let words = feedback::feedback(&marks());
    let book = read("returns/a.xlsx", &bytes).unwrap();
    let written = write_back(&bytes, &words, None, today()).unwrap().bytes;
    println!("a return of {} bytes, {} marks, a copy of {} bytes", bytes.len(), marks().len(), written.len());

    let in_log = feedback::feedback(&marks_in_log());
    let fastest = fastest(&[
        ("written back", &|| drop(black_box(write_back(&bytes, &words, None, today()).unwrap()))),
        ("the log too", &|| drop(black_box(write_back(&bytes, &in_log, None, today()).unwrap()))),
        ("made anew", &|| {
            drop(black_box(returned_workbook(&book, &words, "it is compared", today()).unwrap()))
        }),
        ("package copied", &|| drop(black_box(bare::copied(&bytes)))),
        ("copy read again", &|| drop(black_box(read("returns/a.xlsx", &written).unwrap()))),
    ]);
    let in_place = fastest[0].1;
    println!("\n{:<16} {:>10} {:>18}", "", "fastest", "of written back");
    for (name, taken) in &fastest {
        println!(
            "{name:<16} {:>7.3} ms {:>17.2}×",
            taken.as_secs_f64() * 1e3,
            taken.as_secs_f64() / in_place.as_secs_f64()
        );
    }
    let times = fastest[2].1.as_secs_f64() / in_place.as_secs_f64();
    let kept = in_place <= MOST && times >= TIMES;
    println!(
        "at most 2 ms, and at most a tenth of what making it anew takes: {}",
        if kept { "kept" } else { "NOT KEPT" }
    );
}
