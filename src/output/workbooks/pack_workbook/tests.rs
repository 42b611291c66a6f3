//! The pack's workbook taken apart again.

use std::collections::BTreeSet;

use calamine::Data;
use proptest::prelude::*;

use super::*;
use crate::domain::period::{Frequency, Period};
use crate::domain::quantity::{Quantity, Unit};
use crate::output::example;
use crate::output::workbooks::unpacked::{cells, part, parts};
use crate::review::KpiLine;
use crate::review::process::{
    Assurance, ProcessChart, ProcessGap, ProcessLimit, ProcessPoint, ProcessTarget, SpecialCause, Towards,
    Variation,
};

fn written() -> Vec<u8> {
    pack_workbook(&example::pack()).unwrap()
}

/// The texts of the row that starts with `first`, and the row's number from zero.
fn row(bytes: &[u8], sheet: &str, column: u32, first: &str) -> Vec<String> {
    let cells = cells(bytes, sheet);
    let found = cells
        .iter()
        .find(|(at, data)| at.column == column && **data == Data::String(first.into()))
        .unwrap_or_else(|| panic!("{first} is not in column {column} of {sheet}"));
    let row = found.0.row;
    let last = cells.keys().filter(|at| at.row == row).map(|at| at.column).max().unwrap();
    (0..=last)
        .map(|column| cells.get(&CellAddress::new(row, column)).map(Data::to_string).unwrap_or_default())
        .collect()
}

#[test]
fn every_sheet_has_its_title_and_the_summary_leads_to_it() {
    let bytes = written();
    let summary = part(&bytes, "xl/worksheets/sheet1.xml");
    let pack = example::pack();
    let council = vec![pack_ladder::escalations(&pack)];
    let sheets = sheets(&Common::from(&pack), council);
    for sheet in &sheets {
        let name = sheet.name();
        assert!(name.len() <= 31);
        let title = cells(&bytes, name)[&CellAddress::new(0, 0)].to_string();
        assert_eq!(title, format!("{name}: Harbour Advocacy, 2025-26 Q1"));
        assert!(summary.contains(&format!("location=\"'{name}'!A1\"")), "{name}");
    }
    let names: Vec<&str> = sheets.iter().map(PackSheet::name).collect();
    assert_eq!(
        names,
        [
            "KPIs",
            "KPI notes",
            "Trends",
            "Escalations",
            "Submissions",
            "Changed cells",
            "Timeliness and accuracy",
            "Queries",
            "Answers",
            "Plan filled in",
            "Information",
            "Narrative",
            "Agenda",
            "Action plan",
            "Dates",
            "Readings"
        ]
    );
}

#[test]
fn figures_are_numbers_and_ratings_are_words_with_a_shape() {
    let bytes = written();
    let east = row(&bytes, "KPIs", 2, "Cheshire East");
    assert_eq!(east[4..9], ["0.9545454545454546", "21", "22", "at least 95%", "● Green"]);
    let near = row(&bytes, "KPIs", 0, "6");
    assert_eq!((near[4].as_str(), near[8].as_str()), ("0.899", "■ Red"), "not shown as 90.0%");
    let comment = &row(&bytes, "KPI notes", 0, "1")[5];
    assert!(comment.starts_with("=HYPERLINK("), "the provider's words stay words");
    let timely = row(&bytes, "Timeliness and accuracy", 0, "Returns received by their due date");
    assert_eq!(timely[3..8], ["6", "5", "0.8333333333333334", "0.95", "■ Red"]);
    let information = row(&bytes, "Information", 0, "New referrals");
    assert_eq!(information[1..], ["1234.5", "0.955", "N/A"]);
    assert_eq!(row(&bytes, "Information", 0, "=Referral source: GP")[1..], ["-3", "007", "=1+1"]);
    assert_eq!(
        row(&bytes, "Information", 0, "Data required"),
        ["Data required", "IMCA", "Total", "Total (2)"]
    );
}

/// The cells a formula of a chart or sparkline names, such as `Trends!$B$8:$B$11` of one column.
fn in_range(bytes: &[u8], formula: &str) -> Vec<Option<Data>> {
    let (sheet, range) = formula.rsplit_once('!').unwrap();
    let range = range.replace('$', "");
    let (first, last) = range.split_once(':').unwrap_or((&range, &range));
    let [first, last] = [first, last].map(|cell| CellAddress::parse(cell).unwrap());
    assert_eq!(first.column, last.column, "{formula}");
    let cells = cells(bytes, sheet.trim_matches('\''));
    let of = |row| cells.get(&CellAddress::new(row, first.column)).filter(|own| **own != Data::Empty);
    (first.row..=last.row).map(|row| of(row).cloned()).collect()
}

fn all_between<'t>(text: &'t str, from: &str, to: &str) -> Vec<&'t str> {
    text.split(from).skip(1).map(|rest| rest.split_once(to).unwrap().0).collect()
}

/// The parts of this kind, in the order of their numbers.
fn parts_named(bytes: &[u8], start: &str) -> Vec<String> {
    let mut own: Vec<(usize, String)> = parts(bytes)
        .into_iter()
        .filter_map(|(name, text)| {
            Some((name.strip_prefix(start)?.strip_suffix(".xml")?.parse().ok()?, text))
        })
        .collect();
    own.sort();
    own.into_iter().map(|(_, text)| text).collect()
}

#[test]
fn each_chart_draws_the_figures_of_its_kpi_and_names_its_axes() {
    let bytes = written();
    let pack = example::pack();
    let drawn: Vec<&KpiLine> = pack
        .kpis
        .iter()
        .filter(|line| line.history.iter().filter(|own| own.value.is_some()).count() >= 2)
        .collect();
    let charts = parts_named(&bytes, "xl/charts/chart");
    assert_eq!(charts.len(), drawn.len());
    assert_eq!(charts.len(), 2, "KPIs 5 and 6; 1 and 10 have one figure or none");
    for (chart, line) in charts.iter().zip(drawn) {
        let values: Vec<&str> = all_between(chart, "<c:val><c:numRef><c:f>", "</c:f>");
        let figures: Vec<Option<f64>> = in_range(&bytes, values[0])
            .iter()
            .map(|data| data.as_ref().map(|own| own.to_string().parse().unwrap()))
            .collect();
        let history: Vec<Option<f64>> = line
            .history
            .iter()
            .map(|own| own.value.map(|value| value.to_string().parse::<f64>().unwrap()))
            .collect();
        for (figure, value) in figures.iter().zip(&history) {
            assert!((figure.unwrap_or(-1.0) - value.unwrap_or(-1.0)).abs() < 0.001, "{figure:?} {value:?}");
        }
        assert_eq!(figures.len(), history.len());
        let target = in_range(&bytes, values[1]);
        assert!(target.iter().all(Option::is_some), "{target:?}");
        let names = all_between(chart, "<c:tx><c:strRef><c:f>", "</c:f>");
        let target_name = in_range(&bytes, names[1]).remove(0).unwrap().to_string();
        assert!(target_name.starts_with("Target"), "{target_name}");
        for words in ["<a:t>Period</a:t>", "<a:t>Per cent</a:t>", "<c:dispBlanksAs val=\"gap\"/>"] {
            assert!(chart.contains(words), "{words}");
        }
    }
    let drawing = part(&bytes, "xl/drawings/drawing1.xml");
    assert!(
        drawing.contains("descr=\"Line chart of KPI 5, target at least 95%: 97.7% in 2024-25 Q2"),
        "{drawing}"
    );
}

#[test]
fn sparklines_draw_from_the_trends_and_stand_beside_words() {
    let bytes = written();
    let summary = part(&bytes, "xl/worksheets/sheet1.xml");
    let ranges = all_between(&summary, "<xm:f>", "</xm:f>");
    assert_eq!(ranges.len(), 2);
    for range in &ranges {
        assert!(range.starts_with("Trends!"), "{range}");
        assert_eq!(in_range(&bytes, range).len(), 4, "{range}");
    }
    let glance = row(&bytes, "Summary", 0, "KPI 10: IMCA reports that meet the legislation");
    assert_eq!(glance[2..], ["– No activity", "No trend yet"]);
}

#[test]
fn no_table_has_a_heading_twice_or_none() {
    for bytes in [written(), pack_workbook(&crate::output::pages::samples::pack()).unwrap()] {
        let tables = parts_named(&bytes, "xl/tables/table");
        assert!(tables.len() > 10);
        for table in tables {
            let names: Vec<String> =
                all_between(&table, "<tableColumn ", "/>").iter().map(|own| own.to_lowercase()).collect();
            let headings: BTreeSet<&str> =
                names.iter().map(|own| all_between(own, "name=\"", "\"")[0]).collect();
            assert_eq!(headings.len(), names.len(), "{table}");
            assert!(!headings.contains(""), "{table}");
        }
    }
}

#[test]
fn nothing_of_another_provider_stands_in_the_providers_workbook() {
    use crate::output::pages::samples;
    let pack = samples::pack();
    let named = |bytes: &[u8], name: &str| parts(bytes).values().any(|text| text.contains(name));
    let (council, provider) =
        (pack_workbook(&pack).unwrap(), provider_workbook(&ProviderPack::of(&pack)).unwrap());
    for name in &samples::OTHERS[1..] {
        assert!(named(&council, name) && !named(&provider, name), "{name}");
    }
}

#[test]
fn a_contract_review_has_areas_and_scores() {
    let mut pack = example::pack();
    for line in &mut pack.kpis {
        let figures = std::iter::once(&mut line.whole).chain(&mut line.areas).chain(&mut line.history);
        figures.for_each(|figure| figure.unit = crate::domain::quantity::Unit::Score);
    }
    let bytes = pack_workbook(&pack).unwrap();
    assert_eq!(row(&bytes, "Areas", 0, "Ref")[..2], ["Ref", "Area"]);
    assert_eq!(row(&bytes, "Area notes", 0, "Ref")[5], "Comment");
    assert_eq!(row(&bytes, "Summary", 0, "Rating")[1], "Areas");
    let summary: Vec<String> = cells(&bytes, "Summary").values().map(Data::to_string).collect();
    assert!(summary.contains(&"Areas at a glance".to_string()));
    assert!(!summary.contains(&"KPIs".to_string()) && !summary.contains(&"KPIs at a glance".to_string()));
}

#[test]
fn a_process_chart_has_its_limits_and_its_special_points_as_lines_of_their_own() {
    let mut pack = example::pack();
    pack.kpis[1].process = Some(process());
    let bytes = pack_workbook(&pack).unwrap();
    let headings = row(&bytes, "Process charts", 0, "Period");
    assert_eq!(
        headings,
        [
            "Period",
            "What it says",
            "Figure",
            "Moving range",
            "Mean",
            "Trial lower limit",
            "Trial upper limit",
            "Target",
            "Special cause: concern"
        ]
    );
    let last = row(&bytes, "Process charts", 0, "Dec 2025");
    assert_eq!(last[1], "Special cause: concern: outside the limits");
    assert_eq!(last[2..], ["0.5", "0.02", "0.9", "0.8", "1", "0.95", "0.5"]);
    let gap = row(&bytes, "Process charts", 0, "Jun 2025");
    assert_eq!((gap[1].as_str(), gap[2].as_str()), ("No return", ""));
    let charts = parts_named(&bytes, "xl/charts/chart");
    let chart = charts.iter().find(|own| own.contains("XmR chart")).unwrap();
    assert_eq!(chart.matches("<c:ser>").count(), 6);
    assert_eq!(in_range(&bytes, all_between(chart, "<c:val><c:numRef><c:f>", "</c:f>")[0]).len(), 12);
}

/// Eleven figures of 2025 and a month without one; the last is far too low.
fn process() -> ProcessChart {
    let d = |text: &str| text.parse::<Quantity>().unwrap();
    let month = |month| Period::containing(example::day(2025, month, 1), Frequency::Month, 4);
    let point = |at: u32, value: &str| {
        let special = value == "0.5";
        ProcessPoint {
            period: month(at),
            value: d(value),
            shown: value.into(),
            moving_range: Some(d("0.02")),
            causes: if special { vec![SpecialCause::Outside] } else { Vec::new() },
            variation: if special { Variation::Concern(Towards::Low) } else { Variation::CommonCause },
            relieved: false,
        }
    };
    let mut points: Vec<ProcessPoint> = (1..12).filter(|at| *at != 6).map(|at| point(at, "0.9")).collect();
    points.push(point(12, "0.5"));
    let limit = |value: &str| ProcessLimit { value: d(value), reckoned: d(value) };
    ProcessChart {
        unit: Unit::Percent,
        points,
        gaps: vec![ProcessGap { period: month(6), why: "No return".into() }],
        mean: d("0.9"),
        mean_range: d("0.02"),
        lower: limit("0.8"),
        upper: limit("1"),
        trial: true,
        target: Some(ProcessTarget {
            value: d("0.95"),
            included: true,
            lower_is_better: false,
            words: "at least 95%".into(),
        }),
        variation: Variation::Concern(Towards::Low),
        assurance: Some(Assurance::HitAndMiss),
        sentences: vec!["The newest figure lies below the lower limit.".into()],
        cautions: Vec::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn what_a_provider_writes_is_text_whatever_it_begins_with(
        start in "[=+@-]",
        rest in "[A-Za-z0-9 ()!:,.'\"&<>=+@-]{0,40}",
    ) {
        let written = format!("{start}{rest}");
        let mut pack = example::pack();
        pack.kpis[0].whole.comment = Some(written.clone());
        pack.narrative[0].paragraphs = vec![written.clone()];
        pack.information[0].rows[0].label = written.clone();
        let bytes = pack_workbook(&pack).unwrap();
        for (name, text) in parts(&bytes) {
            prop_assert!(!name.starts_with("xl/worksheets/") || !text.contains("<f>"), "{}", name);
        }
        for sheet in ["KPI notes", "Narrative", "Information"] {
            let found = cells(&bytes, sheet).values().any(|data| *data == Data::String(written.clone()));
            prop_assert!(found, "{} in {}", written, sheet);
        }
    }
}

#[test]
fn no_formula_no_link_out_no_merged_cell() {
    for (name, text) in parts(&written()) {
        let sheet = name.starts_with("xl/worksheets/sheet");
        assert!(!sheet || !(text.contains("<f>") || text.contains("<mergeCell")), "{name}");
        assert!(!text.contains("TargetMode=\"External\""), "{name}");
    }
}

#[test]
fn an_empty_pack_is_still_a_workbook() {
    let full = example::pack();
    let pack = Pack {
        counts: Vec::new(),
        kpis: Vec::new(),
        escalations: Vec::new(),
        submissions: Vec::new(),
        submission_kpis: Vec::new(),
        information: Vec::new(),
        narrative: Vec::new(),
        agenda: Vec::new(),
        action_plan: Vec::new(),
        dates: Vec::new(),
        readings: Vec::new(),
        ..full
    };
    let bytes = pack_workbook(&pack).unwrap();
    assert_eq!(cells(&bytes, "KPIs")[&CellAddress::new(TABLE_ROW, 0)], Data::String("None.".into()));
}

#[test]
fn the_same_pack_gives_the_same_bytes() {
    assert_eq!(written(), written());
    let core = part(&written(), "docProps/core.xml");
    assert!(core.contains("<dc:title>Review pack: Harbour Advocacy, 2025-26 Q1"), "{core}");
}

#[test]
fn months_overall_ratings_and_consequences_have_a_sheet_each_where_there_are_any() {
    let pack = example::monthly_pack();
    let bytes = pack_workbook(&pack).unwrap();
    let september = row(&bytes, "KPIs by month", 2, "September 2025");
    assert_eq!(september[3..8], ["0.8333333333333334", "5", "6", "green 100%; red below 80%", "▲ Amber"]);
    assert_eq!(row(&bytes, "Overall ratings", 0, "October 2025")[1..], ["■ Red", "KPI 5 red", "6.6"]);
    let met = row(&bytes, "Consequences", 0, "Performance improvement");
    assert_eq!(met[2..4], ["Condition met", "Met in October 2025."]);
    let workings = row(&bytes, "Escalations", 2, "Performance improvement");
    assert_eq!(workings[5], "KPI 5 is missed: 40 of 43.");
    assert_eq!(workings[6], "returns/q1/harbour-q1.xlsx, sheet “KPIs”, cell F8");
}

#[test]
fn the_providers_workbook_has_nothing_the_council_weighs() {
    let pack = example::monthly_pack();
    let bytes = provider_workbook(&ProviderPack::of(&pack)).unwrap();
    let all: String = parts(&bytes).into_values().collect();
    assert!(all.contains("For Harbour Advocacy"));
    assert!(all.contains("KPIs by month") && all.contains("Overall ratings"));
    for kept in ["Consequences", "Escalations", "Performance improvement", "Why did KPI 5 fall?"] {
        assert!(!all.contains(kept), "{kept}");
    }
}

#[test]
fn promises_the_year_the_record_and_items_below_items_have_their_sheets() {
    use crate::output::pages::samples;
    let pack = samples::pack();
    let bytes = pack_workbook(&pack).unwrap();
    assert_eq!(row(&bytes, "Agenda", 1, "Hours of support provided by volunteers")[0], "2.1");
    let isolation = row(&bytes, "Agenda", 1, "Social isolation");
    assert_eq!(isolation[2], "Not supplied.");
    let headings = row(&bytes, "Promises", 0, "Action");
    assert_eq!(headings, ["Action", "Promised: Offered", "Reported: Progress", "Due"]);
    let year = row(&bytes, "Annual review", 0, "4");
    assert_eq!(
        year[8..13],
        ["0.95", "19 of 20", "0.95", "19 of 20", "The one figure of the year, 2025-26 Q1."]
    );
    let missing = row(&bytes, "Annual review", 0, "5");
    assert_eq!(
        missing[2..6],
        ["0.9756097560975611", "40 of 41; Green; partial period", "No figure", "No return"]
    );
    assert_eq!(row(&bytes, "On record", 0, "Action")[4], "Visit the office in Crewe");
    let provider = provider_workbook(&ProviderPack::of(&pack)).unwrap();
    let all: String = parts(&provider).into_values().collect();
    assert!(
        all.contains("Promised: Offered") && !all.contains("On record") && !all.contains("Visit the office")
    );
}

#[test]
fn an_answer_stands_in_its_own_words() {
    let mut pack = example::pack();
    let figure = &mut pack.kpis[0].whole;
    (figure.value, figure.unit, figure.target) =
        (None, crate::domain::quantity::Unit::Answer, vec!["Yes".into()]);
    figure.said = Some("Yes, contradicted by its evidence".into());
    let answer = row(&pack_workbook(&pack).unwrap(), "KPIs", 0, "1");
    assert_eq!((answer[4].as_str(), answer[7].as_str()), ("Yes, contradicted by its evidence", "Yes"));
}
