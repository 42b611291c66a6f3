//! A return of some 145 kB on the form of `benches/scale/contract.toml`: a cover, a table of KPIs, a matrix, a log of 1,500 rows and a
//! narrative. The same bytes every time.

use chrono::{Datelike, Days, NaiveDate};
use quarterday::domain::period::Period;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatBorder, Formula, Workbook};

use super::dice::Dice;

const COUNCILS: [&str; 2] = ["Northmoor", "Southmoor"];
const KPIS: [(&str, &str); 8] = [
    ("Briefings given to council teams", "Minimum 2 per quarter"),
    ("Briefings given to health partners", "Minimum 2 per quarter"),
    ("Referrals allocated within 2 working days", "95%"),
    ("Referrals contacted within 5 days", "90%"),
    ("Closed cases with feedback from the referrer", "75%"),
    ("Closed cases with feedback from the person", "30%"),
    ("Staff with up-to-date safeguarding training", "90%"),
    ("Complaints answered in time", "80%"),
];
/// A breakdown: its prefix and its members.
type Breakdown = (&'static str, &'static [&'static str]);
const MATRIX: [(&str, &[Breakdown]); 4] = [
    (
        "New referrals",
        &[
            ("Source", &["Self", "GP", "Hospital", "Social worker"]),
            ("Age", &["18-25", "26-64", "65 and over"]),
        ],
    ),
    ("Hours used", &[("Case", &["New cases", "Carried forward cases"])]),
    ("Cases carried forward", &[]),
    ("Cases closed", &[("Reason", &["Complete", "Withdrawn", "Moved away"])]),
];
const LOG: [&str; 9] = [
    "Reference",
    "Council",
    "Support asked for",
    "Date received",
    "Date allocated",
    "Date first contact",
    "Date closed",
    "Referrer feedback",
    "Person’s feedback",
];
const NARRATIVE: [&str; 8] = [
    "Referrals and cases",
    "Service delivery issues",
    "Partnership working",
    "Outcomes for people",
    "Risks",
    "Continuous improvement",
    "Volunteers",
    "Social value",
];

/// One row of the log.
struct Line {
    reference: String,
    council: usize,
    support: String,
    received: NaiveDate,
    allocated: NaiveDate,
    contacted: NaiveDate,
    closed: Option<NaiveDate>,
    feedback: [bool; 2],
}

fn lines(dice: &mut Dice, period: Period) -> Vec<Line> {
    let of_quarter = u64::try_from((period.to - period.from).num_days()).unwrap();
    (0..1_500)
        .map(|row| {
            let received = period.from + Days::new(dice.below(of_quarter - 20));
            let allocated = if dice.below(100) < 97 { dice.below(2) } else { 8 };
            let contacted = if dice.below(100) < 94 { dice.below(6) } else { 9 };
            let closed = period.to.min(received + Days::new(10 + dice.below(50)));
            Line {
                reference: format!("{:08X}-{row}", dice.below(1 << 31)),
                council: usize::try_from(dice.below(2)).unwrap(),
                support: dice.sentence(2),
                received,
                allocated: received + Days::new(allocated),
                contacted: received + Days::new(contacted),
                closed: (dice.below(10) < 7).then_some(closed),
                feedback: [dice.below(10) < 8, dice.below(10) < 4],
            }
        })
        .collect()
}

/// Numerators and denominators of the KPIs that the log bears out.
fn shares(lines: &[Line], council: usize) -> [(usize, usize); 4] {
    let own = || lines.iter().filter(|line| line.council == council);
    let days = |from: NaiveDate, to: NaiveDate| (to - from).num_days();
    let closed = || own().filter(|line| line.closed.is_some());
    [
        (own().filter(|line| days(line.received, line.allocated) <= 2).count(), own().count()),
        (own().filter(|line| days(line.received, line.contacted) <= 5).count(), own().count()),
        (closed().filter(|line| line.feedback[0]).count(), closed().count()),
        (closed().filter(|line| line.feedback[1]).count(), closed().count()),
    ]
}

struct Formats {
    bold: Format,
    day: Format,
    percent: Format,
    wrap: Format,
}

/// The return of `provider` for a quarter.
pub fn workbook(contract: &str, provider: &str, period: Period) -> Vec<u8> {
    let mut dice = Dice(u64::try_from(period.from.num_days_from_ce()).unwrap());
    let formats = Formats {
        bold: Format::new().set_bold().set_background_color(0x001F_4E79).set_font_color(0x00FF_FFFF),
        day: Format::new().set_num_format("dd/mm/yyyy"),
        percent: Format::new().set_num_format("0.0%").set_border(FormatBorder::Thin),
        wrap: Format::new().set_text_wrap(),
    };
    let lines = lines(&mut dice, period);
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2024, 4, 1).unwrap();
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    cover(&mut book, &formats, [contract, provider], period);
    kpis(&mut book, &formats, &lines, &mut dice);
    matrix(&mut book, &formats, &mut dice);
    log(&mut book, &formats, &lines);
    let sheet = book.add_worksheet().set_name("Narrative").unwrap();
    sheet.write_row_with_format(0, 0, ["Subject", "Update"], &formats.bold).unwrap();
    for (row, subject) in (1..).zip(NARRATIVE) {
        sheet.write(row, 0, subject).unwrap();
        sheet.write_with_format(row, 1, dice.sentence(700), &formats.wrap).unwrap();
    }
    book.save_to_buffer().unwrap()
}

fn cover(book: &mut Workbook, formats: &Formats, [contract, provider]: [&str; 2], period: Period) {
    let sheet = book.add_worksheet().set_name("Cover").unwrap();
    sheet.write_with_format(0, 0, "Quarterly return", &formats.bold).unwrap();
    let quarter = format!("{} to {}", period.from.format("%B %Y"), period.to.format("%B %Y"));
    for (row, (label, value)) in (2..).zip([
        ("Provider:", provider),
        ("Contract reference:", contract),
        ("Quarter:", quarter.as_str()),
        ("Completed by:", "Performance manager"),
    ]) {
        sheet.write_with_format(row, 0, label, &formats.bold).unwrap();
        sheet.write(row, 1, value).unwrap();
    }
    sheet.write_with_format(6, 0, "Date submitted:", &formats.bold).unwrap();
    sheet.write_datetime_with_format(6, 1, period.to + Days::new(9), &formats.day).unwrap();
}

fn kpis(book: &mut Workbook, formats: &Formats, lines: &[Line], dice: &mut Dice) {
    let sheet = book.add_worksheet().set_name("KPIs").unwrap();
    for (column, heading) in [(0, "KPI"), (1, "Target"), (8, "Comments")] {
        sheet.merge_range(0, column, 1, column, heading, &formats.bold).unwrap();
    }
    for (first, council) in [2, 5].into_iter().zip(COUNCILS) {
        sheet.merge_range(0, first, 0, first + 2, council, &formats.bold).unwrap();
        let headings = ["Numerator", "Denominator", "Result"];
        sheet.write_row_with_format(1, first, headings, &formats.bold).unwrap();
    }
    for (row, (label, target)) in (2..).zip(KPIS) {
        sheet.write_with_format(row, 0, label, &formats.wrap).unwrap();
        sheet.write(row, 1, target).unwrap();
        sheet.write_with_format(row, 8, dice.sentence(12), &formats.wrap).unwrap();
    }
    for (first, council) in [(2, 0), (5, 1)] {
        for row in 2..4 {
            sheet.write(row, first + 2, u32::try_from(1 + dice.below(4)).unwrap()).unwrap();
        }
        let [a, b, c, d] = shares(lines, council);
        let stated = [
            (42 + usize::try_from(dice.below(8)).unwrap(), 50),
            (7 + usize::try_from(dice.below(4)).unwrap(), 10),
        ];
        for (row, (met, of)) in (4_u32..).zip([a, b, c, d].into_iter().chain(stated)) {
            sheet.write(row, first, u32::try_from(met).unwrap()).unwrap();
            sheet.write(row, first + 1, u32::try_from(of).unwrap()).unwrap();
            let [met_at, of_at] = if first == 2 { ["C", "D"] } else { ["F", "G"] };
            let share = Formula::new(format!("={met_at}{0}/{of_at}{0}", row + 1));
            let share = share.set_result((met as f64 / of as f64).to_string());
            sheet.write_with_format(row, first + 2, share, &formats.percent).unwrap();
        }
    }
}

fn matrix(book: &mut Workbook, formats: &Formats, dice: &mut Dice) {
    let sheet = book.add_worksheet().set_name("Matrix").unwrap();
    let headings = ["Item", "Breakdown", "Children", "Adults", "Older people", "Carers", "Total"];
    sheet.write_row_with_format(0, 0, headings, &formats.bold).unwrap();
    let mut next = 1;
    let mut row = |item: &str, breakdown: &str, figures: [u32; 4]| {
        for (column, text) in [(0, item), (1, breakdown)].into_iter().filter(|(_, text)| !text.is_empty()) {
            sheet.write(next, column, text).unwrap();
        }
        sheet.write_row(next, 2, figures).unwrap();
        let total = Formula::new(format!("=SUM(C{0}:F{0})", next + 1));
        sheet.write(next, 6, total.set_result(figures.iter().sum::<u32>().to_string())).unwrap();
        next += 1;
    };
    for (item, breakdowns) in MATRIX {
        let totals = [0; 4].map(|_| 40 + u32::try_from(dice.below(360)).unwrap());
        row(item, "", totals);
        for (prefix, members) in breakdowns {
            let mut left = totals;
            for (index, member) in members.iter().enumerate() {
                let last = index + 1 == members.len();
                let part = left.map(|left| if last { left } else { left / 3 });
                left = [0, 1, 2, 3].map(|at| left[at] - part[at]);
                row("", &format!("{prefix}: {member}"), part);
            }
        }
    }
}

fn log(book: &mut Workbook, formats: &Formats, lines: &[Line]) {
    let sheet = book.add_worksheet().set_name("Referral log").unwrap();
    sheet.write_row_with_format(0, 0, LOG, &formats.bold).unwrap();
    for (row, line) in (1..).zip(lines) {
        for (column, text) in
            [(0, line.reference.as_str()), (1, COUNCILS[line.council]), (2, line.support.as_str())]
        {
            sheet.write(row, column, text).unwrap();
        }
        let dates = [Some(line.received), Some(line.allocated), Some(line.contacted), line.closed];
        for (column, date) in (3..).zip(dates) {
            if let Some(date) = date {
                sheet.write_datetime_with_format(row, column, date, &formats.day).unwrap();
            }
        }
        if line.closed.is_some() {
            let word = |given: bool| if given { "Yes" } else { "No" };
            sheet.write_row(row, 7, line.feedback.map(word)).unwrap();
        }
    }
}
