//! The self-assessment of one contract, clean, as the formats page lays it out, and the register's list of reviews.

use crate::support::book::{Book, Cell, Sheet, address};
use crate::support::day;
use crate::support::workspace::Workspace;

pub const CONTRACT: &str = "kent-contract-review";
pub const FORM: &str = "maturity";
pub const SHEET: &str = "Self-assessment";

/// The areas in the order of their references, 1 to 8.
pub const AREAS: [&str; 8] = [
    "Planning and governance",
    "People",
    "Administration",
    "Managing relationships",
    "Managing performance",
    "Payment and incentives",
    "Risk",
    "Contract development",
];
pub const REFERENCES: [&str; 8] = ["1", "2", "3", "4", "5", "6", "7", "8"];

const LABELS: u32 = 8;
/// Row of the headings, from zero: labels and a blank row stand above.
const HEADING: u32 = LABELS + 1;
const COLUMNS: [&str; 5] = ["Area", "Criterion", "Score", "Evidence", "Planned improvement"];

/// Cells of the labels' values.
pub const REVIEW_DATE: &str = "B6";
pub const SIGNED: &str = "B7";
pub const DATE_SIGNED: &str = "B8";

/// How an area is named beside its criteria.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    Once,
    Merged,
    Repeated,
}

/// A self-assessment: the scores of each area's criteria.
#[derive(Debug, Clone)]
pub struct Assessment {
    pub contract: String,
    pub review_date: String,
    pub scores: [Vec<i32>; 8],
    pub named: Named,
}

impl Assessment {
    /// All at three of five, three criteria an area.
    pub fn of(contract: &str, review_date: &str) -> Self {
        Self {
            contract: contract.to_string(),
            review_date: review_date.to_string(),
            scores: std::array::from_fn(|_| vec![3, 3, 3]),
            named: Named::Once,
        }
    }

    /// The same with these scores in an area, by its reference from 1.
    pub fn scored(mut self, area: usize, scores: &[i32]) -> Self {
        self.scores[area - 1] = scores.to_vec();
        self
    }

    /// The same with one score for every criterion of every area.
    pub fn all(mut self, score: i32) -> Self {
        self.scores = std::array::from_fn(|_| vec![score; 3]);
        self
    }

    pub fn book(&self) -> Book {
        let mut sheet = Sheet::new(SHEET);
        let labels: [(&str, Cell); LABELS as usize] = [
            ("Contract", self.contract.as_str().into()),
            ("Contract owner", "Head of service".into()),
            ("Directorate", "Growth, Environment and Transport".into()),
            ("Annual value", 2_400_000.into()),
            ("Contract end", day("2022-03-31").into()),
            ("Review date", day(&self.review_date).into()),
            ("Signed", "Head of service".into()),
            ("Date signed", day(&self.review_date).pred_opt().unwrap().into()),
        ];
        for (row, (label, value)) in (0..).zip(labels) {
            sheet.row(row, [label.into(), value]);
        }
        sheet.row(HEADING, COLUMNS.map(Cell::from));
        let mut row = HEADING + 1;
        for (area, scores) in AREAS.into_iter().zip(&self.scores) {
            for (number, score) in scores.iter().enumerate() {
                match self.named {
                    Named::Repeated => sheet.put(row, 0, area),
                    Named::Once if number == 0 => sheet.put(row, 0, area),
                    Named::Merged if number == 0 && scores.len() > 1 => {
                        sheet.put(row, 0, Cell::Down(area.to_string(), u32::try_from(scores.len()).unwrap()));
                    }
                    Named::Merged if number == 0 => sheet.put(row, 0, area),
                    Named::Once | Named::Merged => {}
                }
                sheet.put(row, 1, format!("{area}: criterion {}", number + 1).as_str());
                sheet.put(row, 2, *score);
                sheet.put(row, 3, "Minutes and plans on file");
                sheet.put(row, 4, "Review in spring");
                row += 1;
            }
        }
        Book { sheets: vec![sheet] }
    }

    /// A cell of a criterion: area by its reference and criterion, both from 1, and heading.
    pub fn cell(&self, area: usize, criterion: usize, heading: &str) -> String {
        let above: usize = self.scores[..area - 1].iter().map(Vec::len).sum();
        let column = COLUMNS.iter().position(|own| *own == heading).unwrap();
        let row = HEADING + u32::try_from(above + criterion).unwrap();
        address(row, u16::try_from(column).unwrap())
    }
}

/// A contract on the list of reviews, with its planned date where it has one.
pub fn plan(workspace: &mut Workspace, contract: &str, planned: &str) {
    workspace.record(
        "Reviews",
        [
            ("Contract", contract.into()),
            ("Lead officer", "Head of commissioning".into()),
            ("Value", 3.into()),
            ("Complexity", 3.into()),
            ("Risk", 3.into()),
            ("Strategic", 3.into()),
            ("Planned date", if planned.is_empty() { "".into() } else { day(planned).into() }),
        ],
    );
}

/// A contract that the register lists and plans a review of.
pub fn listed(workspace: &mut Workspace, contract: &str, planned: &str) {
    workspace.provider(CONTRACT, contract, "2018-01-01");
    plan(workspace, contract, planned);
}

/// The name of the contract of a row of a table of cases.
pub fn name(number: usize) -> String {
    format!("Contract {number}")
}

/// The month of a day as results name it.
pub fn month(date: &str) -> String {
    date[..7].to_string()
}

/// A place as findings are told.
pub fn at(cell: &str) -> (String, String) {
    (SHEET.to_string(), cell.to_string())
}

/// The day these reviews are planned for, and a day in time for them.
pub const PLANNED: &str = "2019-01-29";
pub const IN_TIME: &str = "2019-01-25";
pub const PERIOD: &str = "2019-01";
pub const AS_OF: &str = "2019-02-04";

/// A workspace in which each of these is the assessment of a contract reviewed on the day, sent in time.
pub fn reviewed(books: &[Book]) -> Workspace {
    let mut workspace = Workspace::default();
    for (number, book) in books.iter().enumerate() {
        let contract = name(number);
        listed(&mut workspace, &contract, PLANNED);
        let book = book.clone().with(SHEET, "B1", contract.as_str());
        workspace.receive(&format!("{contract}/assessment.xlsx"), IN_TIME, &book);
    }
    workspace
}

/// An assessment of the day these reviews are planned for.
pub fn assessment() -> Assessment {
    Assessment::of("p", PLANNED)
}
