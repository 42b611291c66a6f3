//! The quarterly return of supported housing, clean, as the formats page lays it out.

use crate::support::book::{Book, Cell, Sheet, address};
use crate::support::day;
use crate::support::results::Told;
use crate::support::workspace::Workspace;

pub const CONTRACT: &str = "lancashire-supported-housing";
pub const FORM: &str = "quarterly-kpi";
pub const KPIS: &str = "KPI return";
pub const SCHEMES: &str = "Schemes";
pub const REPORT: &str = "Management report";
pub const CRITERIA: &str = "Selection criteria";
pub const PLAN: &str = "Service development plan";

/// Start of the contract.
pub const START: &str = "2020-04-01";

/// The quarters of the first year: as forms have them, as results name them, a day on which a return is in time.
pub const QUARTERS: [(&str, &str, &str); 4] = [
    ("Q1 2020-21", "2020-21 Q1", "2020-07-10"),
    ("Q2 2020-21", "2020-21 Q2", "2020-10-09"),
    ("Q3 2020-21", "2020-21 Q3", "2021-01-11"),
    ("Q4 2020-21", "2020-21 Q4", "2021-04-09"),
];

/// The KPIs that every quarter asks for.
pub const QUARTERLY: [&str; 5] = ["2", "3a", "3b", "5", "6"];

/// Row of the headings of the KPI table, from zero: labels stand above.
const HEADING: u32 = 6;
const KPI_COLUMNS: [&str; 8] = [
    "Ref",
    "Title",
    "Providing Organisation",
    "Collection Interval",
    "Numerator",
    "Denominator",
    "Value",
    "Commentary",
];
pub const SCHEME_COLUMNS: [&str; 13] = [
    "Scheme",
    "Service users",
    "Commissioned hours",
    "Delivered hours",
    "Volunteer hours",
    "Agency hours",
    "Hours by qualified staff",
    "Spot checks planned",
    "Spot checks completed",
    "Complaints",
    "Concerns",
    "Leavers",
    "Average headcount",
];

/// Every return has two schemes; the total stands below them.
pub const HOUSES: [&str; 2] = ["Alder Court", "Birch View"];
/// The row of the totals, counted as schemes are.
pub const TOTAL: u32 = 2;

/// What a return says: parts and wholes of the shares, and the counts.
#[derive(Debug, Clone, Copy)]
pub struct Figures {
    /// Outcomes achieved, due for review.
    pub outcomes: (f64, f64),
    /// Spot checks completed, planned.
    pub checks: (f64, f64),
    pub complaints: f64,
    pub concerns: f64,
    /// People supported into or in work, wanting work.
    pub work: (f64, f64),
    /// Hours delivered, commissioned.
    pub hours: (f64, f64),
    /// Leavers, average headcount.
    pub leavers: (f64, f64),
}

/// A return without anything to say of it.
pub const CLEAN: Figures = Figures {
    outcomes: (18.0, 20.0),
    checks: (22.0, 24.0),
    complaints: 3.0,
    concerns: 2.0,
    work: (6.0, 8.0),
    hours: (1140.0, 1200.0),
    leavers: (2.0, 16.0),
};

impl Figures {
    /// The part and the whole of a share; a count has none.
    pub fn parts(&self, kpi: &str) -> Option<(f64, f64)> {
        match kpi {
            "1" => Some(self.outcomes),
            "2" => Some(self.checks),
            "4" => Some(self.work),
            "5" => Some(self.hours),
            "6" => Some(self.leavers),
            _ => None,
        }
    }

    fn count(&self, kpi: &str) -> f64 {
        if kpi == "3a" { self.complaints } else { self.concerns }
    }

    /// The figures of a row of the schemes: half of each total and the rest of it, in whole numbers where totals are.
    fn scheme(&self, row: u32) -> [f64; 12] {
        let hours = |share: f64| (self.hours.0 * share).floor();
        let totals = [
            14.0,
            self.hours.1,
            self.hours.0,
            hours(0.05),
            hours(0.1),
            hours(0.8),
            self.checks.1,
            self.checks.0,
            self.complaints,
            self.concerns,
            self.leavers.0,
            self.leavers.1,
        ];
        totals.map(|total| match row {
            0 => (total / 2.0).floor(),
            1 => total - (total / 2.0).floor(),
            _ => total,
        })
    }
}

/// The KPIs whose rows stand in the return of a quarter, in the order of the form.
pub fn rows_of(quarter: &str) -> Vec<&'static str> {
    ["1", "2", "3a", "3b", "4", "5", "6"]
        .into_iter()
        .filter(|kpi| match *kpi {
            "1" => quarter.starts_with("Q2") || quarter.starts_with("Q4"),
            "4" => quarter.starts_with("Q4"),
            _ => true,
        })
        .collect()
}

fn title(kpi: &str) -> (&'static str, &'static str) {
    match kpi {
        "1" => ("Service User outcome measures (Outcomes being achieved)", "Six Monthly"),
        "2" => ("Spot check visits", "Quarterly"),
        "3a" => ("Complaints and Concerns: complaints", "Quarterly"),
        "3b" => ("Complaints and Concerns: concerns", "Quarterly"),
        "4" => ("Supporting people to obtain or retain employment", "Annually"),
        "5" => ("Delivery of Commissioned Hours", "Quarterly"),
        _ => ("Staff turnover", "Quarterly"),
    }
}

/// The return of a quarter (`Q1 2020-21`).
pub fn quarterly(provider: &str, quarter: &str, figures: &Figures) -> Book {
    Book {
        sheets: vec![
            kpi_return(provider, quarter, figures),
            schemes(figures),
            management_report(),
            selection_criteria(),
            development_plan(),
        ],
    }
}

fn kpi_return(provider: &str, quarter: &str, figures: &Figures) -> Sheet {
    let mut sheet = Sheet::new(KPIS);
    sheet.row(0, ["Provider".into(), provider.into()]);
    sheet.row(1, ["Quarter".into(), quarter.into()]);
    sheet.row(2, ["Completed by".into(), "Registered manager".into()]);
    sheet.row(3, ["Template version".into(), "1.0".into()]);
    sheet.row(HEADING, KPI_COLUMNS.map(Cell::from));
    for (row, kpi) in (HEADING + 1..).zip(rows_of(quarter)) {
        let (title, interval) = title(kpi);
        sheet.row(row, [format!("KPI {kpi}").as_str(), title, "Provider", interval].map(Cell::from));
        match figures.parts(kpi) {
            Some((part, whole)) => {
                sheet.put(row, 4, part);
                sheet.put(row, 5, whole);
                if whole != 0.0 {
                    sheet.put(row, 6, Cell::Percent(part / whole));
                }
            }
            None => sheet.put(row, 6, figures.count(kpi)),
        }
    }
    sheet
}

fn schemes(figures: &Figures) -> Sheet {
    let mut sheet = Sheet::new(SCHEMES);
    sheet.row(0, SCHEME_COLUMNS.map(Cell::from));
    for (row, name) in (0..).zip([HOUSES[0], HOUSES[1], "Total"]) {
        sheet.put(row + 1, 0, name);
        for (column, figure) in (1..).zip(figures.scheme(row)) {
            sheet.put(row + 1, column, figure);
        }
    }
    sheet
}

/// The sub-items of item 4 of the agenda and the items 5 to 11.
pub const ITEMS: [&str; 14] = [
    "Validation of schemes in contract schedule",
    "Hours of support provided by volunteers",
    "Hours of support provided by agency",
    "Percentage of service delivery (in hours) that is provided by staff trained to qualification levels in line with item 4.3 in the specification",
    "Provision of, or support to access, a befriending scheme or programme for Service Users",
    "The use of technology to reduce support hours",
    "Action to address the risks of social isolation of Service Users",
    "Annual Service Development Plan update",
    "Staff recruitment & training",
    "Complaints/Compliments",
    "Safeguarding",
    "Information Governance",
    "Finance",
    "Any Other Business",
];

fn management_report() -> Sheet {
    let mut sheet = Sheet::new(REPORT);
    sheet.row(0, ["Agenda item", "Update"].map(Cell::from));
    for (row, (number, item)) in (1..).zip((1..).zip(ITEMS)) {
        sheet.put(row, 0, item);
        sheet.put(row, 1, update(number).as_str());
    }
    sheet
}

/// The words of the report on an item, by its number from 1.
pub fn update(number: u32) -> String {
    format!("Update number {number} as agreed.")
}

/// The cell of the update on an item of the management report, by its number from 1.
pub fn update_cell(number: u32) -> String {
    address(number, 1)
}

fn selection_criteria() -> Sheet {
    let mut sheet = Sheet::new(CRITERIA);
    sheet.row(0, ["Criterion", "Offered", "This quarter", "Comments"].map(Cell::from));
    let own = ["Social value", "Two apprenticeships a year", "One apprentice started", "Second in autumn"];
    sheet.row(1, own.map(Cell::from));
    sheet
}

fn development_plan() -> Sheet {
    let mut sheet = Sheet::new(PLAN);
    sheet.row(0, ["Action", "Owner", "Due", "Progress", "Status"].map(Cell::from));
    sheet.row(
        1,
        [
            "Roll out medication training".into(),
            "Training lead".into(),
            day("2020-12-31").into(),
            "Nine of twelve trained".into(),
            "On track".into(),
        ],
    );
    sheet
}

/// A cell of the KPI table of a quarter by KPI and heading.
pub fn kpi_cell(quarter: &str, kpi: &str, heading: &str) -> String {
    let row = rows_of(quarter).iter().position(|own| *own == kpi).unwrap();
    let column = KPI_COLUMNS.iter().position(|own| *own == heading).unwrap();
    address(HEADING + 1 + u32::try_from(row).unwrap(), u16::try_from(column).unwrap())
}

/// A cell of the schemes by row, from 0, and heading.
pub fn scheme_cell(row: u32, heading: &str) -> String {
    let column = SCHEME_COLUMNS.iter().position(|own| *own == heading).unwrap();
    address(1 + row, u16::try_from(column).unwrap())
}

/// The period of a quarter as results name it: `Q1 2020-21` is `2020-21 Q1`.
pub fn period(quarter: &str) -> String {
    let (number, year) = quarter.split_once(' ').unwrap();
    format!("{year} {number}")
}

/// The day of 2020-21 on which a return for the quarter is in time.
pub fn in_time(quarter: &str) -> &'static str {
    QUARTERS.iter().find(|(own, ..)| *own == quarter).unwrap().2
}

/// The name of the provider of a row of a table of cases.
pub fn name(number: usize) -> String {
    format!("Provider {number}")
}

/// Sends the return of a quarter of 2020-21 in time.
pub fn send(workspace: &mut Workspace, provider: &str, quarter: &str, book: &Book) {
    workspace.receive(&format!("{provider}/{quarter}.xlsx"), in_time(quarter), book);
}

/// The return of one quarter from each of these, in time, and a run ten days after it came.
pub fn told_of(quarter: &str, books: &[Book]) -> Told {
    workspace_of(quarter, books).told(after(quarter))
}

/// A workspace in which each of these is the return of a provider for the quarter; its labels are put right.
pub fn workspace_of(quarter: &str, books: &[Book]) -> Workspace {
    let mut workspace = Workspace::default();
    for (number, book) in books.iter().enumerate() {
        let provider = name(number);
        workspace.provider(CONTRACT, &provider, START);
        send(&mut workspace, &provider, quarter, &book.clone().with(KPIS, "B1", provider.as_str()));
    }
    workspace
}

/// A day soon after the returns of a quarter of 2020-21 were due.
pub fn after(quarter: &str) -> &'static str {
    match quarter {
        "Q1 2020-21" => "2020-07-20",
        "Q2 2020-21" => "2020-10-20",
        "Q3 2020-21" => "2021-01-25",
        _ => "2021-04-20",
    }
}

/// A place as errors are told.
pub fn at(sheet: &str, cell: &str) -> (String, String) {
    (sheet.to_string(), cell.to_string())
}
