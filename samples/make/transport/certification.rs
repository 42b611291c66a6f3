//! The yearly certification: a declaration, the people and the vehicles.

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::Workbook;

use super::CONTRACT;
use super::operators::{BRINDLE, FOXGLOVE, MARLPIT, OPERATORS};
use super::performance::headed;
use crate::dates::{before, day};
use crate::labels::{DAY, Labels, Value};
use crate::random::Random;
use crate::style;
use crate::workspace::Returned;

const REQUIREMENTS: [&str; 6] = [
    "Every driver and passenger assistant holds an enhanced DBS certificate issued within three years",
    "Every driver and passenger assistant was trained in safeguarding within three years",
    "Every driver holds a valid licence or badge",
    "The operator's licence is valid",
    "Public liability insurance of at least £5m",
    "Every vehicle has a valid MOT certificate and vehicle licence",
];

/// A driver or assistant.
struct Person {
    number: String,
    drives: bool,
    dbs: NaiveDate,
    trained: NaiveDate,
    licence: NaiveDate,
}

/// A vehicle.
struct Vehicle {
    number: String,
    seats: u32,
    mot: NaiveDate,
    licence: NaiveDate,
}

/// Every certification.
///
/// # Errors
/// When a workbook can't be written.
pub fn certifications() -> Result<Vec<Returned>> {
    [BRINDLE, FOXGLOVE, MARLPIT].into_iter().map(certification).collect()
}

/// The day an operator certified.
fn certified(operator: usize) -> NaiveDate {
    match operator {
        BRINDLE => day(2026, 9, 21),
        FOXGLOVE => day(2026, 9, 30),
        _ => day(2026, 9, 28),
    }
}

fn certification(operator: usize) -> Result<Returned> {
    let on = certified(operator);
    let name = OPERATORS[operator].name;
    let mut people = people(operator, on);
    let mut vehicles = vehicles(operator, on);
    let mut cover = "£10m";
    match operator {
        // One certificate a day older than three years; another issued three years ago to the day.
        FOXGLOVE => {
            people[1].dbs = day(2023, 9, 29);
            people[2].dbs = day(2023, 9, 30);
        }
        // Half the cover asked for, and a car whose MOT ran out on the day before.
        MARLPIT => {
            cover = "£2.5m";
            vehicles[1].mot = day(2026, 9, 27);
        }
        _ => {}
    }
    let mut workbook = style::workbook("Yearly certification", name, on)?;
    declaration(&mut workbook, operator, on, cover)?;
    people_sheet(&mut workbook, &people)?;
    vehicle_sheet(&mut workbook, &vehicles)?;
    let file = match operator {
        BRINDLE => "Brindle Coaches certification 2025-26",
        FOXGLOVE => "FMB_certification_2025_26",
        _ => "marlpit yearly certification",
    };
    let path = format!("returns/Certification/{file}.xlsx");
    Ok(Returned { path, bytes: workbook.save_to_buffer()?, received: Some(on) })
}

fn people(operator: usize, on: NaiveDate) -> Vec<Person> {
    let letter = OPERATORS[operator].name.chars().take(1).collect::<String>();
    let routes = OPERATORS[operator].routes;
    let assistants = routes.iter().filter(|(_, assisted)| *assisted).count();
    (0..routes.len() + 1 + assistants)
        .map(|index| {
            let mut random = Random::stream(41, (operator * 100 + index) as u64, 0);
            let mut ago = |least, most| before(on, random.between(least, most) as u64);
            let drives = index <= routes.len();
            Person {
                number: format!("{letter}{:03}", index * 7 + 11),
                drives,
                dbs: ago(60, 1000),
                trained: ago(60, 1000),
                licence: crate::dates::after(on, 90 + 120 * index as u64),
            }
        })
        .collect()
}

fn vehicles(operator: usize, on: NaiveDate) -> Vec<Vehicle> {
    let seats = match operator {
        BRINDLE => 53,
        FOXGLOVE => 16,
        _ => 6,
    };
    (0..OPERATORS[operator].routes.len() + 1)
        .map(|index| Vehicle {
            number: format!("{}", 100 * (operator + 1) + index),
            seats,
            mot: crate::dates::after(on, 40 + 55 * index as u64),
            licence: crate::dates::after(on, 70 + 45 * index as u64),
        })
        .collect()
}

fn declaration(workbook: &mut Workbook, operator: usize, on: NaiveDate, cover: &str) -> Result<()> {
    let sheet = workbook.add_worksheet().set_name("Certification")?;
    let note = "For the school year ended. The operator certifies that what is said here holds on the date submitted.";
    style::titles(sheet, (0, 0), "Yearly safeguarding and licence certification", note)?;
    let labels = Labels::usual(
        OPERATORS[operator].name,
        CONTRACT,
        ("School year:", Value::text(if operator == MARLPIT { "2025/26" } else { "2025-26" })),
        ("Completed by (role):", OPERATORS[operator].role),
        Value::Date(on, DAY),
        "v1 (July 2025)",
    );
    let heading = 1 + labels.down(sheet, 3, 0, 1)?;
    let columns = [
        ("No.", 22.0),
        ("Requirement", 60.0),
        ("Answer", 14.0),
        ("Amount", 16.0),
        ("Date", 16.0),
        ("Comment", 40.0),
    ];
    for (column, (text, width)) in (0..).zip(columns) {
        sheet.set_column_width(column, width)?;
        sheet.write_with_format(heading, column, text, &style::heading())?;
    }
    sheet.set_freeze_panes(heading + 1, 0)?;
    style::print_setup(sheet, heading, heading)?;
    for (row, (number, requirement)) in (heading + 1..).zip((1_u32..).zip(REQUIREMENTS)) {
        sheet.set_row_height(row, 30)?;
        sheet.write_with_format(row, 0, number, &style::centred())?;
        sheet.write_with_format(row, 1, requirement, &style::printed())?;
        sheet.write_with_format(row, 2, "Yes", &style::answer())?;
        match number {
            5 => sheet.write_with_format(row, 3, cover, &style::answer())?,
            _ => sheet.write_blank(row, 3, &style::greyed())?,
        };
        match number {
            4 => sheet.write_with_format(row, 4, &day(2028, 3, 31), &style::date())?,
            5 => sheet.write_with_format(row, 4, &day(2027, 3, 31), &style::date())?,
            _ => sheet.write_blank(row, 4, &style::greyed())?,
        };
        sheet.write_blank(row, 5, &style::typed())?;
    }
    Ok(())
}

fn people_sheet(workbook: &mut Workbook, people: &[Person]) -> Result<()> {
    let sheet = workbook.add_worksheet().set_name("People")?;
    let columns =
        ["Staff no.", "Role", "DBS issued", "Safeguarding training", "Drives", "Licence or badge expires"];
    let first = headed(
        sheet,
        "Drivers and passenger assistants",
        "By staff number, never by name.",
        columns.into_iter(),
    )?;
    for (row, person) in (first..).zip(people) {
        let role = if person.drives { "Driver" } else { "Passenger assistant" };
        sheet.write_with_format(row, 0, person.number.as_str(), &style::centred())?;
        sheet.write_with_format(row, 1, role, &style::centred())?;
        sheet.write_with_format(row, 2, &person.dbs, &style::date())?;
        sheet.write_with_format(row, 3, &person.trained, &style::date())?;
        sheet.write_with_format(row, 4, if person.drives { "Yes" } else { "No" }, &style::centred())?;
        if person.drives {
            sheet.write_with_format(row, 5, &person.licence, &style::date())?;
        } else {
            sheet.write_with_format(row, 5, "N/A", &style::centred())?;
        }
    }
    Ok(())
}

fn vehicle_sheet(workbook: &mut Workbook, vehicles: &[Vehicle]) -> Result<()> {
    let sheet = workbook.add_worksheet().set_name("Vehicles")?;
    let columns = ["Fleet no.", "Seats", "MOT expires", "Vehicle licence expires"];
    let first = headed(sheet, "Vehicles", "Every vehicle used under the contract.", columns.into_iter())?;
    for (row, vehicle) in (first..).zip(vehicles) {
        sheet.write_with_format(row, 0, vehicle.number.as_str(), &style::centred())?;
        sheet.write_with_format(row, 1, vehicle.seats, &style::whole(false))?;
        sheet.write_with_format(row, 2, &vehicle.mot, &style::date())?;
        sheet.write_with_format(row, 3, &vehicle.licence, &style::date())?;
    }
    Ok(())
}
