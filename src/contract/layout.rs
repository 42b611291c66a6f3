//! How a form is laid out: tables found by their headings, rows found by their labels; places are never counted.

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use super::promise::Promise;
use crate::domain::period::Frequency;
use crate::domain::quantity::Unit;
use crate::domain::rating::Rating;
use crate::rules::sum_of_records::Part;

/// What a table is made of.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Layout {
    /// Known rows across known columns.
    Grid(Grid),
    /// One record a row, any number of rows.
    Records(Records),
    /// A passage of text per known row.
    Narrative(Narrative),
}

/// Settings of a grid.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Grid {
    /// Column that holds the row's label.
    pub key: String,
    /// Column that holds the row's number, such as `3` or `1a`: by it a row is found whose label is blank or was reworded.
    pub reference: Option<String>,
    /// Column that holds the label of breakdown rows.
    pub breakdown: Option<String>,
    /// Where the area stands.
    #[serde(default)]
    pub area_by: AreaBy,
}

/// Where a grid's area stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AreaBy {
    /// The grid belongs to no area, or the form's label names it.
    #[default]
    None,
    /// One sheet an area.
    Sheet,
    /// A heading above a group of columns.
    ColumnGroup,
    /// The title above each block, where the table is repeated.
    Title,
}

/// Settings of records.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Records {
    /// Column that names the area.
    pub area: Option<String>,
    /// Date columns by which a record belongs to a period; any of them is enough.
    #[serde(default)]
    pub belongs: Vec<String>,
    /// Date column that no other date of a record may precede; dates are not compared without it.
    pub begins: Option<String>,
    /// Columns that together identify a record: one that a later return gives again, or that belongs to an earlier period than
    /// its return, restates that earlier period. None are restated when empty.
    #[serde(default)]
    pub restates: Vec<String>,
    /// Whether the log is complete by itself: with no rows it says that nothing happened, instead of nothing.
    #[serde(default)]
    pub complete: bool,
    /// Whether the table is shown in the pack as it stands.
    #[serde(default)]
    pub shown: bool,
    /// Whether the table may have a total row: it is no record, and each of its figures is compared with the records' sum.
    #[serde(default)]
    pub total: bool,
    /// Whether its lines are about single people, such as the people referred: a draft e-mail with a return that has any says so.
    /// Yes where it is not said.
    #[serde(default = "yes")]
    pub people: bool,
    /// Column that names what a record is about, such as the scheme: a name that stands there twice is a finding.
    pub names: Option<String>,
    /// Column that names the group a record belongs to, one of the table's rows: named once, and blank or merged below.
    pub group: Option<String>,
    /// The evidence that high scores need.
    pub evidenced: Option<Evidenced>,
    /// Which columns say what was promised and what is reported, where the records hold promises.
    pub promise: Option<Box<Promise>>,
}

/// The evidence that high scores need: a score of so much or more with nothing written for it is a finding.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Evidenced {
    /// Column of the score.
    pub score: String,
    /// The least score that needs evidence, inclusive.
    pub from: u32,
    /// Column of the evidence.
    pub by: String,
}

/// The whole numbers that a score may be, both ends inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Scale {
    /// The least.
    pub from: u32,
    /// The most.
    pub to: u32,
}

/// Labels in a form's head that are its own: they go before the field's general words, on this form alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FormLabels {
    /// Who or what the form is from, in all spellings.
    #[serde(default)]
    pub provider: Vec<String>,
    /// The period; a date is the day of the period it lies in.
    #[serde(default)]
    pub period: Vec<String>,
    /// The date on which the form was submitted.
    #[serde(default)]
    pub submitted: Vec<String>,
    /// Who signed the form; where there is such a label, a form that is not signed is an error.
    #[serde(default)]
    pub signed: Vec<String>,
    /// The date on which it was signed; where there is such a label, a form that is not dated is an error.
    #[serde(default)]
    pub signed_on: Vec<String>,
    /// What else stands in the head and is shown as it stands.
    #[serde(default)]
    pub others: Vec<OtherLabel>,
}

/// A label in a form's head whose text is shown as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OtherLabel {
    /// Its id.
    pub id: String,
    /// What it is called where it is shown; its first spelling when left out.
    pub title: Option<String>,
    /// The label, in all spellings.
    pub labels: Vec<String>,
}

impl OtherLabel {
    /// What it is called where it is shown.
    pub fn title(&self) -> &str {
        self.title.as_ref().or(self.labels.first()).unwrap_or(&self.id)
    }
}

/// Settings of a narrative.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Narrative {
    /// Column that holds the row's label.
    pub key: String,
}

/// What a column asks the provider for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asks {
    /// Nothing: it is part of the form.
    #[default]
    Nothing,
    /// A figure: in a grid in the row's unit, in a record in the column's.
    Figure,
    /// An amount in pounds, whatever the row's unit.
    Amount,
    /// The sum of the row's figures.
    Total,
    /// A numerator.
    Numerator,
    /// A denominator.
    Denominator,
    /// The result in the row's unit.
    Result,
    /// Nothing: it repeats the contract's target.
    Threshold,
    /// Free text that may be left blank.
    Comment,
    /// Text.
    Text,
    /// A date.
    Date,
    /// Yes or no.
    YesNo,
    /// An area of the contract.
    Area,
    /// A whole number of the column's scale.
    Score,
    /// The provider's own rating of the row's figure: shown and compared, never used.
    Rating,
}

impl Asks {
    /// What a column asks for that holds this part of a stated figure.
    pub fn of(part: Part) -> Self {
        match part {
            Part::Numerator => Asks::Numerator,
            Part::Denominator => Asks::Denominator,
            Part::Result => Asks::Result,
        }
    }

    /// Whether a row answers it with a value, which is more than words and more than what can be computed from other cells.
    pub fn is_answered(self) -> bool {
        match self {
            Asks::Figure
            | Asks::Amount
            | Asks::Numerator
            | Asks::Denominator
            | Asks::Result
            | Asks::Date
            | Asks::YesNo
            | Asks::Score
            | Asks::Rating => true,
            Asks::Nothing | Asks::Total | Asks::Threshold | Asks::Comment | Asks::Text | Asks::Area => false,
        }
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Column {
    /// Its id.
    pub id: String,
    /// Its heading, and other spellings it is known by.
    pub headings: Vec<String>,
    /// What it asks for.
    #[serde(default)]
    pub asks: Asks,
    /// Whether the table may do without it.
    #[serde(default)]
    pub optional: bool,
    /// Whether every record must fill it in.
    #[serde(default)]
    pub required: bool,
    /// The rating whose threshold it repeats, where it asks for one of several.
    #[serde(default, deserialize_with = "judgement")]
    pub band: Option<Rating>,
    /// Whether its entries are used only once.
    #[serde(default)]
    pub unique: bool,
    /// The areas whose tables have it; all when empty.
    #[serde(default)]
    pub areas: Vec<String>,
    /// Unit of a record's figures; a grid's figures are in the unit of their row.
    #[serde(default = "count")]
    pub unit: Unit,
    /// What a score may be.
    pub scale: Option<Scale>,
    /// Whether it holds the title that the row's block stands below, and is no column of the sheet.
    #[serde(default)]
    pub title: bool,
}

impl Column {
    /// Whether tables of this area have the column.
    pub fn applies_to(&self, area: Option<&str>) -> bool {
        self.areas.is_empty() || area.is_some_and(|area| self.areas.iter().any(|own| own == area))
    }
}

/// A row of a grid or narrative.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// Its label, and other spellings it is known by.
    pub labels: Vec<String>,
    /// Unit of its figures.
    #[serde(default = "count")]
    pub unit: Unit,
    /// Unit of the numerator and denominator of a percentage.
    #[serde(default = "count")]
    pub parts: Unit,
    /// How often it is asked for; with every return when left out.
    pub every: Option<Frequency>,
    /// Of the columns that ask for a figure, an amount, a date or yes or no, those it applies to; all when left out.
    pub columns: Option<Vec<String>>,
    /// Whether it has a figure of its own above its breakdown.
    #[serde(default = "yes")]
    pub total_row: bool,
    /// Whether its figures may be added up across columns.
    #[serde(default = "yes")]
    pub sums_across: bool,
    /// Whether it may be left blank.
    #[serde(default)]
    pub optional: bool,
    /// The row it is a part of, such as `ended in a planned way` of those ended: where that is zero it need not be filled in.
    pub of: Option<String>,
    /// Whether “not applicable” is a full answer, as for the average of nothing.
    #[serde(default)]
    pub may_not_apply: bool,
    /// Its breakdowns.
    #[serde(default)]
    pub breakdowns: Vec<BreakdownRows>,
}

/// A breakdown below a row, such as `Referral source: GP`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BreakdownRows {
    /// Its id.
    pub id: String,
    /// What stands before the colon, in all spellings.
    #[serde(default)]
    pub prefixes: Vec<String>,
    /// Members that stand without a prefix.
    #[serde(default)]
    pub members: Vec<String>,
    /// Whether the members add up to the row's own figure.
    #[serde(default)]
    pub adds_up: bool,
    /// Whether each named member must be filled in.
    #[serde(default)]
    pub required: bool,
    /// Unit, where it differs from the row's.
    pub unit: Option<Unit>,
}

/// A rating that judges; the reasons there is none have no threshold.
fn judgement<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Rating>, D::Error> {
    let rating = Rating::deserialize(deserializer)?;
    if rating.is_judgement() {
        Ok(Some(rating))
    } else {
        Err(D::Error::custom("a band is one of `stretch`, `green`, `amber`, `red`"))
    }
}

fn count() -> Unit {
    Unit::Count
}

fn yes() -> bool {
    true
}
