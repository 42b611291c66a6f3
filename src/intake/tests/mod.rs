//! What forms look like when they come back, against what is read from them: each variation must give the plain form's figures, and
//! a finding where something had to be taken from elsewhere.

mod among;
mod answered;
mod scored;
mod summed;
mod visited;

use std::collections::BTreeMap;

use super::mapped::{Asked, Mapped};
use super::mapping::map;
use super::recognise::{KnownProvider, Providers, recognise};
use super::testing::{book, sheet};
use crate::contract::{Contract, fixture};
use crate::domain::period::{Frequency, Period};
use crate::domain::place::CellAddress;
use crate::domain::workbook::{Area, Sheet, Workbook};

fn contract() -> Contract {
    fixture::advocacy()
}

fn providers() -> Providers {
    Providers::Known(vec![KnownProvider {
        name: "Harbour Advocacy".into(),
        aliases: vec!["Harbour".into()],
        contract: "fixture-advocacy".into(),
    }])
}

const KPI: &str = "Percentage of IMCA reports produced that meet legislative requirements";

/// A KPI return with two of its rows.
fn kpi_rows() -> Vec<Vec<&'static str>> {
    vec![
        vec!["Provider", "Harbour Advocacy"],
        vec!["Quarter", "Q1 2025-26"],
        vec![],
        vec![
            "KPI",
            "Target",
            "Reporting frequency",
            "Fenshire East",
            "",
            "",
            "Fenshire West and Fenton",
            "",
            "",
            "Comments",
        ],
        vec!["", "", "", "Numerator", "Denominator", "Result", "Numerator", "Denominator", "Result", ""],
        vec![
            "Number of service briefings delivered at local authority team meetings",
            "Minimum 2 per quarter",
            "Quarterly",
            "",
            "",
            "3",
            "",
            "",
            "2",
            "",
        ],
        vec![KPI, "100%", "Quarterly", "9", "10", "90%", "7", "7", "100%", "One late"],
    ]
}

fn as_sheet(name: &str, rows: &[Vec<&str>]) -> Sheet {
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    sheet(name, &rows)
}

fn merged(mut sheet: Sheet, areas: &[(&str, &str)]) -> Sheet {
    for (first, last) in areas {
        let area =
            Area { first: CellAddress::parse(first).unwrap(), last: CellAddress::parse(last).unwrap() };
        sheet.merged.push(area);
    }
    sheet
}

fn read(workbook: &Workbook, form: &str, day: &str) -> Mapped {
    let contract = contract();
    let form = contract.form(form).unwrap();
    let period = Period::containing(day.parse().unwrap(), form.every, 9);
    map(workbook, Asked { contract: &contract, form, period, area: None })
}

/// Figures by row, area and column.
fn figures(mapped: &Mapped) -> BTreeMap<(String, String, String), String> {
    mapped
        .observations
        .iter()
        .filter(|o| o.answer.number().is_some())
        .map(|o| {
            let value = o.answer.number().unwrap().normalize().to_string();
            let row = match &o.breakdown {
                Some(breakdown) => format!("{} {}={}", o.row, breakdown.id, breakdown.member),
                None => o.row.clone(),
            };
            ((row, o.area.clone().unwrap_or_default(), o.column.clone()), value)
        })
        .collect()
}

fn codes(mapped: &Mapped) -> Vec<(&'static str, Option<String>)> {
    mapped
        .findings
        .iter()
        .filter(|finding| finding.kind.code != "row-missing")
        .map(|finding| (finding.kind.code, finding.cell.map(|cell| cell.to_string())))
        .collect()
}

#[test]
fn a_kpi_return_reads_the_same_however_it_is_laid_out() {
    let plain = read(&book(vec![as_sheet("KPIs", &kpi_rows())]), "quarterly-kpi", "2025-09-01");
    let expected = figures(&plain);
    assert_eq!(codes(&plain), []);
    assert_eq!(expected.len(), 8, "{expected:?}");
    let key = |row: &str, area: &str, column: &str| (row.to_string(), area.to_string(), column.to_string());
    assert_eq!(expected[&key("10", "Fenshire East", "result")], "0.9");
    assert_eq!(expected[&key("1", "Fenshire West and Fenton", "result")], "2");

    let change = |edit: &dyn Fn(&mut Vec<Vec<&'static str>>)| {
        let mut rows = kpi_rows();
        edit(&mut rows);
        as_sheet("KPIs", &rows)
    };
    let lower = |rows: &mut Vec<Vec<&'static str>>| {
        for _ in 0..9 {
            rows.insert(2, vec![]);
        }
    };
    let right = |rows: &mut Vec<Vec<&'static str>>| {
        for row in rows.iter_mut().skip(3) {
            row.insert(0, "");
            row.insert(0, "");
        }
    };
    let headings_above = |rows: &mut Vec<Vec<&'static str>>| {
        for (column, text) in ["KPI", "Target", "Reporting frequency"].into_iter().enumerate() {
            rows[3][column] = "";
            rows[4][column] = text;
        }
    };
    let one_heading_row = |rows: &mut Vec<Vec<&'static str>>| {
        rows.remove(3);
        rows[3] = vec![
            "KPI",
            "Target",
            "Reporting frequency",
            "Fenshire East Numerator",
            "Fenshire East – Denominator",
            "Result (Fenshire East)",
            "FWaF Numerator",
            "FWaF: Denominator",
            "FWaF Result",
            "Comments",
        ];
    };
    let numbered = |rows: &mut Vec<Vec<&'static str>>| {
        rows[5][0] = "1. Number of service briefings delivered at local authority team meetings";
        rows[6][0] = "KPI 10";
    };
    let spaced = |rows: &mut Vec<Vec<&'static str>>| {
        rows[4][3] = " Numerator\u{a0}";
        rows[5][0] = "Number of service briefings\ndelivered at local authority  team meetings";
    };
    for (what, sheet) in [
        ("further down", change(&lower)),
        ("further right", change(&right)),
        ("headings in the lower row", change(&headings_above)),
        ("one heading row", change(&one_heading_row)),
        ("numbered", change(&numbered)),
        ("spaces", change(&spaced)),
        (
            "merged headings",
            merged(change(&|_| ()), &[("D4", "F4"), ("G4", "I4"), ("A4", "A5"), ("B4", "B5")]),
        ),
    ] {
        let mapped = read(&book(vec![sheet]), "quarterly-kpi", "2025-09-01");
        assert_eq!(figures(&mapped), expected, "{what}");
        assert_eq!(codes(&mapped), [], "{what}");
    }
}

#[test]
fn drift_is_read_and_reported() {
    let expected = figures(&read(&book(vec![as_sheet("KPIs", &kpi_rows())]), "quarterly-kpi", "2025-09-01"));
    for (row, column, written, cell) in [
        (4, 6, "Numartor", "G5"),
        (6, 0, "Percentage of IMCA reports produced that meet legislative requirement", "A7"),
    ] {
        let mut rows = kpi_rows();
        rows[row][column] = written;
        let mapped = read(&book(vec![as_sheet("KPIs", &rows)]), "quarterly-kpi", "2025-09-01");
        assert_eq!(figures(&mapped), expected, "{written}");
        assert_eq!(codes(&mapped), [("heading-renamed", Some(cell.to_string()))]);
    }
    let mut rows = kpi_rows();
    for row in rows.iter_mut().skip(4) {
        row.insert(3, "");
    }
    rows[3].insert(3, "");
    rows[4][3] = "Data source";
    let mapped = read(&book(vec![as_sheet("KPIs", &rows)]), "quarterly-kpi", "2025-09-01");
    assert_eq!(codes(&mapped), [("column-inserted", Some("D5".into()))]);
    let mapped = read(&book(vec![as_sheet("Key indicators", &kpi_rows())]), "quarterly-kpi", "2025-09-01");
    assert_eq!(codes(&mapped), [("sheet-renamed", None)]);
}

#[test]
fn what_cannot_be_a_figure_is_a_finding_and_never_a_zero() {
    for (written, code) in [
        ("", "required-figure-missing"),
        ("N/A", "required-figure-missing"),
        ("not recorded", "required-figure-missing"),
        ("< Select >", "required-figure-missing"),
        ("about 9", "figure-not-a-number"),
        ("<5", "figure-not-a-number"),
        ("#REF!", "figure-not-a-number"),
        ("2025-10-09", "figure-not-a-number"),
        ("-9", "figure-impossible"),
        ("9.5", "figure-impossible"),
        ("99999999999999999999999999", "figure-not-a-number"),
        ("1e26", "figure-not-a-number"),
    ] {
        let mut rows = kpi_rows();
        rows[6][3] = written;
        let mapped = read(&book(vec![as_sheet("KPIs", &rows)]), "quarterly-kpi", "2025-09-01");
        assert_eq!(codes(&mapped), [(code, Some("D7".into()))], "{written:?}");
        let key = ("10".to_string(), "Fenshire East".to_string(), "numerator".to_string());
        assert!(!figures(&mapped).contains_key(&key), "{written:?}");
    }
    for (written, value) in [("0", "0"), ("nil", "0"), ("none", "0"), (" 9 ", "9"), ("1,009", "1009")] {
        let mut rows = kpi_rows();
        rows[6][3] = written;
        let mapped = read(&book(vec![as_sheet("KPIs", &rows)]), "quarterly-kpi", "2025-09-01");
        let key = ("10".to_string(), "Fenshire East".to_string(), "numerator".to_string());
        assert_eq!((codes(&mapped), figures(&mapped)[&key].as_str()), (vec![], value), "{written:?}");
    }
}

#[test]
fn of_nothing_there_is_no_share_and_that_is_no_fault() {
    for (denominator, result, expected) in [
        ("0", "N/A", vec![]),
        ("0", "-", vec![]),
        ("0", "", vec![]),
        ("0", "#DIV/0!", vec![]),
        ("0", "0%", vec![]),
        ("10", "N/A", vec![("required-figure-missing", Some("F7".to_string()))]),
        ("10", "#DIV/0!", vec![("figure-not-a-number", Some("F7".to_string()))]),
    ] {
        let mut rows = kpi_rows();
        rows[6][3] = "0";
        rows[6][4] = denominator;
        rows[6][5] = result;
        let mapped = read(&book(vec![as_sheet("KPIs", &rows)]), "quarterly-kpi", "2025-09-01");
        assert_eq!(codes(&mapped), expected, "{result:?} of {denominator}");
    }
}

/// One council's sheet with two of its items.
fn monthly_rows() -> Vec<Vec<&'static str>> {
    vec![
        vec!["Provider:", "Harbour Advocacy"],
        vec!["Month:", "October 2025"],
        vec![
            "Data required",
            "Additional information breakdown",
            "Reporting frequency",
            "IMCA",
            "RPR",
            "IMHA",
            "Care Act",
            "Continuing Healthcare",
            "Total",
        ],
        vec!["Number of new referrals", "", "Monthly", "3", "1", "2", "4", "0", "10"],
        vec!["", "Referral source: GP", "", "1", "0", "1", "2", "0", "4"],
        vec!["", "Referral source: Social worker", "", "2", "1", "1", "2", "0", "6"],
        vec!["Number of cases closed", "", "Monthly", "1", "0", "0", "2", "nil", "3"],
    ]
}

#[test]
fn a_matrix_reads_the_same_however_its_items_are_written() {
    let monthly = |rows: &[Vec<&str>], areas: &[(&str, &str)]| {
        read(&book(vec![merged(as_sheet("Fenshire East", rows), areas)]), "monthly-information", "2025-10-01")
    };
    let expected = figures(&monthly(&monthly_rows(), &[]));
    assert_eq!(expected.len(), 24, "{expected:?}");
    let key = |row: &str| (row.to_string(), "Fenshire East".to_string(), "total".to_string());
    assert_eq!(expected[&key("new-referrals source=Social worker")], "6");
    let change = |edit: &dyn Fn(&mut Vec<Vec<&'static str>>)| {
        let mut rows = monthly_rows();
        edit(&mut rows);
        rows
    };
    for (what, rows) in [
        (
            "label on every row",
            change(&|rows| rows[4..6].iter_mut().for_each(|row| row[0] = "Number of new referrals")),
        ),
        ("total row says so", change(&|rows| rows[3][1] = "Total")),
        ("the schedule's words", change(&|rows| rows[6][1] = "In reporting period")),
        ("a dash for the colon", change(&|rows| rows[4][1] = "Referral source - GP")),
        ("case and spaces", change(&|rows| rows[5][1] = "referral  SOURCE:  Social worker ")),
    ] {
        assert_eq!(figures(&monthly(&rows, &[])), expected, "{what}");
    }
    assert_eq!(figures(&monthly(&monthly_rows(), &[("A4", "A6")])), expected, "merged");
}

/// No line with figures is passed over without a word, nor taken for the row's own.
#[test]
fn a_line_of_a_matrix_that_is_not_read_is_named() {
    let with = |edit: &dyn Fn(&mut Vec<Vec<&'static str>>)| {
        let mut rows = monthly_rows();
        edit(&mut rows);
        let mapped = read(&book(vec![as_sheet("Fenshire East", &rows)]), "monthly-information", "2025-10-01");
        let total = figures(&mapped).remove(&(
            "new-referrals".to_string(),
            "Fenshire East".to_string(),
            "total".to_string(),
        ));
        let found: Vec<_> = mapped
            .findings
            .iter()
            .filter(|finding| finding.kind.code != "row-missing" && finding.kind.code != "sheet-missing")
            .map(|finding| (finding.kind.code, finding.cell.map(|cell| cell.to_string()).unwrap_or_default()))
            .collect();
        (total, found)
    };
    let ten = Some("10".to_string());
    let unknown = |code: &'static str, cell: &str| (ten.clone(), vec![(code, cell.to_string())]);
    assert_eq!(with(&|_| ()), (ten.clone(), vec![]));
    assert_eq!(with(&|rows| rows[4][1] = "GPs and nurses"), unknown("row-unknown", "B5"));
    assert_eq!(with(&|rows| rows[4][1] = ""), unknown("row-unknown", "B5"));
    assert_eq!(with(&|rows| rows[4][1] = "Kind of case: new"), unknown("breakdown-unknown", "B5"));
    // On the item's own line it is no total either.
    let own_line = with(&|rows| rows[3][1] = "Kind of case: new");
    assert_eq!(own_line, (None, vec![("breakdown-unknown", "B4".to_string())]));
    for total in ["Total", "Total: all referrals", "All", "In reporting period"] {
        assert_eq!(with(&|rows| rows[3][1] = total), (ten.clone(), vec![]), "{total}");
    }
    // The same with the label on every line.
    let again = |rows: &mut Vec<Vec<&'static str>>, text: &'static str| {
        rows[4][0] = "Number of new referrals";
        rows[4][1] = text;
    };
    assert_eq!(with(&|rows| again(rows, "GPs and nurses")), unknown("row-unknown", "B5"));
    assert_eq!(with(&|rows| again(rows, "Kind of case: new")), unknown("breakdown-unknown", "B5"));
    assert_eq!(with(&|rows| again(rows, "")), unknown("row-repeated", "B5"));
    // Rows that are not the form's: a total of all may go, another may not.
    let last = |label: &'static str| {
        with(&|rows| rows.push(vec![label, "", "Monthly", "4", "1", "2", "6", "0", "13"]))
    };
    assert_eq!(last("Total"), (ten.clone(), vec![]));
    assert_eq!(last("Total cases at the hospital"), unknown("row-unknown", "A8"));
    // Nothing stands in it.
    assert_eq!(with(&|rows| rows.push(vec!["", "see overleaf"])), (ten.clone(), vec![]));
}

#[test]
fn a_return_is_recognised_by_its_labels() {
    let contract = contract();
    let find = |workbook: &Workbook| recognise(workbook, [&contract], &providers());
    let found = find(&book(vec![as_sheet("KPIs", &kpi_rows())])).unwrap();
    assert_eq!((found.form.as_str(), found.period.label().as_str()), ("quarterly-kpi", "2025-26 Q1"));
    assert!(found.findings.is_empty());

    for (label, period, expected) in [
        ("Period", "September - November 2025", Ok("2025-26 Q1")),
        ("Reporting period", "Quarter 1 (September to November) 2025-26", Ok("2025-26 Q1")),
        ("Quarter:", "1 September 2025 to 30 November 2025", Ok("2025-26 Q1")),
        ("Quarter", "Q1 2025", Err("period is not certain")),
        ("Quarter", "Q1 2025/26: Jan 2026 - Mar 2026", Err("period is not certain")),
        ("Remark", "Q1 2025-26", Err("names no period")),
    ] {
        let mut rows = kpi_rows();
        rows[1] = vec![label, period];
        let found = find(&book(vec![as_sheet("KPIs", &rows)]));
        match expected {
            Ok(expected) => assert_eq!(found.unwrap().period.label(), expected, "{period}"),
            Err(reason) => {
                assert!(found.clone().is_err_and(|why| why.contains(reason)), "{period}: {found:?}")
            }
        }
    }

    for (provider, expected) in [
        ("harbour  advocacy", None),
        ("HARBOUR", None),
        ("Harbour Advocacyy", Some("not in the register")),
        ("Seabright Advocacy", Some("not in the register")),
    ] {
        let mut rows = kpi_rows();
        rows[0] = vec!["Provider", provider];
        let found = find(&book(vec![as_sheet("KPIs", &rows)]));
        match expected {
            None => assert_eq!(found.unwrap().provider, "Harbour Advocacy"),
            Some(reason) => assert!(found.is_err_and(|why| why.contains(reason)), "{provider}"),
        }
    }
}

#[test]
fn a_label_with_an_addition_in_brackets_is_a_label_and_no_value_of_the_one_beside_it() {
    let contract = contract();
    for (addition, beside) in [
        ("Completed by (role):", "Service manager"),
        ("Version [of the template]", "3"),
        ("Date completed (dd/mm/yyyy)", "2025-12-10"),
    ] {
        let mut rows = kpi_rows();
        rows[0] = vec!["Provider (as in the contract):", "Harbour Advocacy"];
        rows[1] = vec!["Reporting period:", addition, beside];
        rows[2] = vec!["Q1 2025-26"];
        let found = recognise(&book(vec![as_sheet("KPIs", &rows)]), [&contract], &providers());
        let found = found.unwrap_or_else(|reason| panic!("{addition}: {reason}"));
        assert_eq!(found.period.label(), "2025-26 Q1", "{addition}");
    }
}

#[test]
fn names_of_files_help_where_labels_are_silent_and_are_compared_where_they_speak() {
    let contract = contract();
    let named = |file: &str, rows: &[Vec<&str>]| {
        let workbook = Workbook { file: file.into(), ..book(vec![as_sheet("KPIs", rows)]) };
        let found = recognise(&workbook, [&contract], &providers()).unwrap();
        (found.period, found.findings.iter().map(|finding| finding.kind.code).collect::<Vec<_>>())
    };
    let quarter = |day: &str| Period::containing(day.parse().unwrap(), Frequency::Quarter, 9);
    let mut silent = kpi_rows();
    silent[0] = vec![];
    silent[1] = vec![];
    assert_eq!(
        named("returns/Harbour Advocacy KPIs Q2 2025-26.xlsx", &silent),
        (quarter("2025-12-01"), vec!["provider-from-name", "period-from-name"])
    );
    assert_eq!(
        named("returns/Harbour KPIs Q2 2025-26.xlsx", &kpi_rows()),
        (quarter("2025-09-01"), vec!["period-disagrees"])
    );
    assert_eq!(named("returns/Harbour KPIs Q1 2025-26.xlsx", &kpi_rows()), (quarter("2025-09-01"), vec![]));
}

#[test]
fn an_untouched_form_is_empty_and_one_filled_with_formulas_is_not() {
    let mut rows = kpi_rows();
    for row in rows.iter_mut().skip(5) {
        for cell in row.iter_mut().skip(3) {
            *cell = "";
        }
    }
    let mapped = read(&book(vec![as_sheet("KPIs", &rows)]), "quarterly-kpi", "2025-09-01");
    assert!(!mapped.usable);
    assert_eq!(codes(&mapped), [("empty-return", None)]);

    let mut computed = as_sheet("KPIs", &kpi_rows());
    for cell in computed.cells.values_mut() {
        cell.formula = true;
    }
    assert!(read(&book(vec![computed]), "quarterly-kpi", "2025-09-01").usable);
}

#[test]
fn a_file_named_after_another_provider_is_said_and_the_form_goes_before() {
    let contract = contract();
    let known = |name: &str, aliases: &[&str]| KnownProvider {
        name: name.into(),
        aliases: aliases.iter().map(ToString::to_string).collect(),
        contract: "fixture-advocacy".into(),
    };
    let providers = Providers::Known(vec![
        known("Harbour Advocacy", &["Harbour", "HA"]),
        known("Elm Advocacy", &["EA"]),
        known("Harbour Advocacy North", &[]),
    ]);
    for (file, disagrees) in [
        ("returns/Harbour Advocacy KPIs.xlsx", false),
        ("returns/Elm Advocacy KPIs.xlsx", true),
        ("returns/Elm_Advocacy-KPIs.xlsx", true),
        ("returns/EA KPIs.xlsx", true),
        ("returns/Elm Advocacy/kpis.xlsx", true),
        ("returns/Elm Advocacy/Harbour kpis.xlsx", false),
        ("returns/Harbour Advocacy North.xlsx", true),
        ("returns/Harbour and Elm Advocacy.xlsx", false),
        ("returns/KPIs of the East area.xlsx", false),
    ] {
        let workbook = Workbook { file: file.into(), ..book(vec![as_sheet("KPIs", &kpi_rows())]) };
        let found = recognise(&workbook, [&contract], &providers).unwrap();
        assert_eq!(found.provider, "Harbour Advocacy", "{file}");
        let codes: Vec<&str> = found.findings.iter().map(|finding| finding.kind.code).collect();
        assert_eq!(codes, if disagrees { vec!["provider-disagrees"] } else { vec![] }, "{file}");
    }
}

#[test]
fn what_the_labels_do_not_say_for_certain_is_named_with_its_cell() {
    let contract = contract();
    let recognised = |provider: &'static str, quarter: &'static str, more: &[&'static str]| {
        let mut rows = kpi_rows();
        rows[0][1] = provider;
        rows[1][1] = quarter;
        rows[2] = more.to_vec();
        let workbook = Workbook { file: "returns/kpis.xlsx".into(), ..book(vec![as_sheet("KPIs", &rows)]) };
        recognise(&workbook, [&contract], &providers()).map(|found| {
            (found.period.label(), found.findings.iter().map(|f| f.kind.code).collect::<Vec<_>>())
        })
    };
    let harbour = "Harbour Advocacy";
    for (provider, quarter, more, says) in [
        (
            "#REF!",
            "Q1 2025-26",
            &[][..],
            "names no provider (“#REF!”, KPIs, B1: it is an error, not a value)",
        ),
        ("< Select >", "Q1 2025-26", &[], "names no provider; fill in"),
        ("N/A", "Q1 2025-26", &[], "names no provider; fill in"),
        (harbour, "#N/A", &[], "(KPIs, B2): it is an error, not a value"),
        (harbour, "2025-26", &[], "(KPIs, B2): it is longer than a period of this form, which is quarterly"),
        (harbour, "Quarter 2025-26", &[], "it does not say which quarter of the year it is"),
        (harbour, "see above", &[], "“see above” (KPIs, B2): it names no period"),
        (harbour, "Q2 (Sep to Nov)", &[], "(KPIs, B2): its months are not those of the quarter it names"),
        (harbour, "< Select >", &[], "names no period; fill in"),
    ] {
        let said = recognised(provider, quarter, more).unwrap_err();
        assert!(said.contains(says), "{provider} {quarter}: {said}");
    }
    for (quarter, more, codes) in [
        ("Q1 2025-26", &[][..], &[][..]),
        ("Q1", &["Period", "2025/26"], &[]),
        ("30/11/2025", &[], &[]),
        ("30 November 2025", &[], &[]),
        ("15 November 2025", &[], &["period-disagrees"]),
        ("Q1 2025-26", &["Period", "Q1 2025/26: Jan 2026 - Mar 2026"], &["period-disagrees"]),
    ] {
        let found = recognised(harbour, quarter, more);
        assert_eq!(found, Ok(("2025-26 Q1".to_string(), codes.to_vec())), "{quarter} {more:?}");
    }
}
