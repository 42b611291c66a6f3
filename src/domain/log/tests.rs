//! A log held as rows of numbers says what its records said one by one.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::domain::shared::sharing;

/// A record of the table `log` in a row of the sheet `Log`: texts in the columns from A on.
fn record(row: u32, texts: &[(&str, &str)]) -> LogRecord {
    let fields = (0u32..).zip(texts).map(|(column, (id, text))| {
        let answer = match (text.is_empty(), text.parse()) {
            (true, _) => Answer::Blank,
            (_, Ok(day)) => Answer::Date(day),
            _ => Answer::Text((*text).into()),
        };
        ((*id).to_string(), field(row, column, answer, text))
    });
    LogRecord {
        table: "log".into(),
        area: None,
        group: None,
        fields: fields.collect(),
        other_periods: Vec::new(),
    }
}

fn field(row: u32, column: u32, answer: Answer, shown: &str) -> Field {
    let place =
        CellRef { file: "returns/a.xlsx".into(), sheet: "Log".into(), cell: CellAddress::new(row, column) };
    Field { answer, place, shown: shown.to_string() }
}

fn writer(columns: &[(&str, Stands)]) -> Writer {
    let columns = columns.iter().map(|(id, stands)| ((*id).to_string(), *stands));
    Writer::new("log", Arc::from("returns/a.xlsx"), Arc::from("Log"), columns)
}

/// Everything that is told of a record, as it would be laid out.
fn laid_out(record: RecordView<'_>) -> LogRecord {
    LogRecord {
        table: record.table().into(),
        area: record.area().map(Into::into),
        group: record.group().map(Into::into),
        fields: record.fields().map(|(id, field)| (id.to_string(), field.to_field())).collect(),
        other_periods: record.other_periods().to_vec(),
    }
}

#[test]
fn a_record_comes_back_as_it_was_with_what_stands_above_it() {
    let mut own = record(7, &[("name", "Ash"), ("due", "2026-01-02"), ("note", "")]);
    own.fields.insert("project".into(), field(2, 0, Answer::Text("Project 1".into()), "Project 1: north"));
    own.area = Some("East".into());
    own.group = Some("adults".into());
    let period =
        Period::containing("2025-04-01".parse().unwrap(), crate::domain::period::Frequency::Month, 4);
    own.other_periods.push(("due".into(), period, field(7, 9, Answer::Nil, "nil")));
    let mut log = Log::default();
    log.push(own.clone());
    assert_eq!(log.iter().map(laid_out).collect::<Vec<_>>(), [own]);
    assert!(log.has("log") && !log.has("other"));
    let at = |row, column| log.at("Log", CellAddress::new(row, column)).count();
    assert_eq!((at(7, 0), at(2, 0), at(7, 5), at(3, 0)), (1, 1, 0, 0));
    assert_eq!(log.field_at("Log", CellAddress::new(2, 0)).unwrap().shown, "Project 1: north");
    assert!(log.field_at("Other", CellAddress::new(7, 0)).is_none());
}

#[test]
fn equal_texts_with_different_answers_stay_apart() {
    let mut own = writer(&[("share", Stands::In(1))]);
    let number = |text: &str| Answer::Number(text.parse().unwrap());
    for (row, answer) in [(1, "0.94"), (2, "0.9400001"), (3, "0.94")] {
        own.push(row, [(number(answer), "94%".to_string())], Vec::new());
        own.belongs(None, None);
    }
    let mut log = Log::default();
    log.append(own);
    let answers: Vec<&Answer> = log.iter().map(|own| own.field("share").unwrap().answer).collect();
    assert_eq!(answers, [&number("0.94"), &number("0.9400001"), &number("0.94")]);
}

#[test]
fn an_answer_is_put_into_one_field_alone() {
    let mut own = writer(&[("hours", Stands::In(0))]);
    for row in 0..3 {
        own.push(row, [(Answer::Number((-1).into()), "-1".to_string())], Vec::new());
    }
    own.answer_instead(1, "hours", Answer::NotRecorded);
    own.retain(&[false, true, true]);
    (0..2).for_each(|_| own.belongs(Some("East"), None));
    let mut log = Log::default();
    log.append(own);
    let told: Vec<_> = log.iter().map(|own| (own.field("hours").unwrap(), own.area())).collect();
    assert_eq!(told.len(), 2);
    assert_eq!((told[0].0.answer, told[0].0.shown, told[0].1), (&Answer::NotRecorded, "-1", Some("East")));
    assert_eq!((told[1].0.answer, told[1].0.cell().row), (&Answer::Number((-1).into()), 2));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Whatever the number of different entries, and so the bytes a number takes.
    #[test]
    fn what_is_kept_of_many_lines_is_what_was_written(
        texts in prop::collection::vec((0u32..70_000, any::<bool>()), 1..600),
        different in prop::sample::select(vec![3_u32, 300, 70_000]),
        others in 0u32..70_000,
    ) {
        let mut own = writer(&[("id", Stands::In(0)), ("title", Stands::At(CellAddress::new(0, 0)))]);
        let entry = |number: u32| format!("{}", number % different);
        let title = || (Answer::Text("t".into()), "t".to_string());
        let lines: Vec<(u32, bool)> = (0..others).map(|at| (at, false)).chain(texts).collect();
        for (row, (number, _)) in (1_u32..).zip(&lines) {
            own.push(row, [(Answer::Text(entry(*number).into()), entry(*number)), title()], Vec::new());
        }
        own.retain(&lines.iter().map(|(_, keep)| *keep).collect::<Vec<_>>());
        let kept: Vec<(u32, String)> =
            (1_u32..).zip(&lines).filter(|(_, own)| own.1).map(|(row, own)| (row, entry(own.0))).collect();
        kept.iter().for_each(|_| own.belongs(None, Some("g")));
        let mut log = Log::default();
        log.append(own);
        let packed = sharing(|| serde_json::to_string(&log)).unwrap();
        let log: Log = sharing(|| serde_json::from_str(&packed)).unwrap();
        prop_assert_eq!(log.len(), kept.len());
        for (record, (row, text)) in log.iter().zip(kept) {
            let field = record.field("id").unwrap();
            prop_assert_eq!((field.cell().row, field.shown), (row, text.as_str()));
            prop_assert_eq!(record.field("title").unwrap().cell(), CellAddress::new(0, 0));
            prop_assert_eq!(record.group(), Some("g"));
        }
    }
}

#[test]
fn numbers_that_name_no_entry_are_no_field() {
    let mut log = Log::default();
    log.push(record(3, &[("name", "Ash")]));
    let broken = serde_json::to_string(&log).unwrap().replace("{\"Small\":[0]},\"", "{\"Small\":[9]},\"");
    let broken = broken.replace("\"numbers\":{\"Small\":[0]}}],", "\"numbers\":{\"Small\":[9]}}],");
    let broken: Log = serde_json::from_str(&broken).unwrap();
    assert!(broken.iter().all(|own| own.has("name") && own.field("name").is_none()));
}
