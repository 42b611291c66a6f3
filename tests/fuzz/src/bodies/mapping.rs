//! A workbook of any sheets and cells, recognised and mapped under every contract.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use quarterday::contract::meant::Form;
use quarterday::contract::{self, Contract};
use quarterday::domain::answer::Answer;
use quarterday::domain::finding::Finding;
use quarterday::domain::observation::Field;
use quarterday::domain::place::CellRef;
use quarterday::domain::quantity::{Quantity, from_float};
use quarterday::domain::workbook::{Content, Look, Workbook};
use quarterday::intake::mapped::{Asked, Mapped};
use quarterday::intake::mapping::map;
use quarterday::intake::reading::fingerprint;
use quarterday::intake::recognise::{KnownProvider, Providers, recognise};

use super::sheets;

static CONTRACTS: LazyLock<Vec<Contract>> = LazyLock::new(|| {
    contract::built_in().into_values().map(|(file, text)| contract::read(&file, text).unwrap()).collect()
});

/// Name of a provider whom the register lists.
const PROVIDER: &str = "Harbour";

static KNOWN: LazyLock<Providers> = LazyLock::new(|| {
    let known = CONTRACTS.iter().map(|contract| KnownProvider {
        name: format!("{PROVIDER} Advocacy"),
        aliases: vec![PROVIDER.to_string()],
        contract: contract.id.clone(),
    });
    Providers::Known(known.collect())
});

/// Maps the workbook that the text describes: mapping it again gives the same, every place lies in it, a figure is what stands
/// in its cell, and what cannot be read is no figure and has a finding.
pub fn mapping(data: &[u8]) {
    let book = sheets::workbook(&String::from_utf8_lossy(data)).without_feedback();
    overlooks_looks(&book);
    // Those that the register lists, or anyone: recognition is what takes the time here.
    let is_listed = book
        .sheets
        .iter()
        .flat_map(|sheet| sheet.cells.values())
        .any(|cell| matches!(&cell.content, Content::Text(text) if text.contains(PROVIDER)));
    let providers = if is_listed { &*KNOWN } else { &Providers::Anyone };
    match recognise(&book, CONTRACTS.iter(), providers) {
        Ok(recognised) => {
            lie_in(&book, &recognised.findings);
            let contract = CONTRACTS.iter().find(|contract| contract.id == recognised.contract).unwrap();
            let form = contract.form(&recognised.form).unwrap();
            let area = recognised.area.as_deref();
            assert_eq!(recognised.period.frequency, form.every);
            maps(&book, Asked { contract, form, period: recognised.period, area });
        }
        Err(reason) => {
            assert!(!reason.is_empty());
            for contract in CONTRACTS.iter() {
                contract.forms.iter().for_each(|form| maps_as(&book, contract, form));
            }
        }
    }
}

fn maps_as(book: &Workbook, contract: &Contract, form: &Form) {
    let period = contract.period("2025-11-30".parse().unwrap(), form.every);
    let area = contract.areas.first().filter(|_| form.one_per_area).map(|area| area.name.as_str());
    maps(book, Asked { contract, form, period, area });
}

fn maps(book: &Workbook, asked: Asked<'_>) {
    let mapped = map(book, asked);
    assert_eq!(mapped, map(book, asked));
    lie_in(book, &mapped.findings);
    // What is kept grows with what stands in the file, never with how far apart it stands.
    let cells: usize = book.sheets.iter().map(|sheet| sheet.cells.len()).sum();
    let kept = mapped.observations.len() + mapped.records.len() + mapped.findings.len();
    assert!(kept <= 1_000 + 100 * cells, "{kept} of {cells} cells");
    let records = mapped.records.iter().flat_map(|record| record.fields().map(|(_, field)| field.to_field()));
    let totals = mapped.totals.iter().flat_map(|record| record.fields.values().cloned());
    for field in records.chain(totals).chain(mapped.submitted.clone()) {
        says_what_stands_there(book, &field.place, &field.answer);
    }
    for observation in &mapped.observations {
        says_what_stands_there(book, &observation.place, &observation.answer);
    }
    for entry in &mapped.labelled {
        is_in(book, &entry.place);
    }
    for table in &mapped.tables {
        assert!(asked.form.table(table).is_some(), "{table}");
    }
    is_reported(&mapped);
}

/// What cannot be read has a finding, unless the whole return is refused.
fn is_reported(mapped: &Mapped) {
    if !mapped.usable {
        return;
    }
    let reported: BTreeSet<CellRef> = mapped
        .findings
        .iter()
        .flat_map(|finding| finding.place().into_iter().chain(finding.involved.iter().cloned()))
        .collect();
    let unreadable = |answer: &Answer| matches!(answer, Answer::Unreadable { .. });
    for observation in mapped.observations.iter().filter(|observation| unreadable(&observation.answer)) {
        assert!(reported.contains(&observation.place), "nothing is said of {observation:?}");
    }
    let fields = mapped.records.iter().flat_map(|record| record.fields().map(|(_, field)| field.to_field()));
    for field in fields.filter(|field: &Field| unreadable(&field.answer)) {
        assert!(reported.contains(&field.place), "nothing is said of {field:?}");
    }
}

fn lie_in(book: &Workbook, findings: &[Finding]) {
    for finding in findings {
        assert_eq!(finding.file, book.file);
        assert!(!finding.message.is_empty(), "{finding:?}");
        if let Some(name) = &finding.sheet {
            assert!(book.sheets.iter().any(|sheet| sheet.name == *name), "{finding:?}");
        }
        finding.place().iter().chain(&finding.involved).for_each(|place| is_in(book, place));
    }
}

fn is_in(book: &Workbook, place: &CellRef) {
    assert_eq!(place.file, book.file);
    assert!(book.sheets.iter().any(|sheet| sheet.name == place.sheet), "{place}");
    assert!(place.cell.row < 1_048_576 && place.cell.column < 16_384, "{place}");
}

/// A figure is the number of its cell, or one written in its text; nothing else becomes a figure.
fn says_what_stands_there(book: &Workbook, place: &CellRef, answer: &Answer) {
    is_in(book, place);
    let (Answer::Number(figure) | Answer::PlainPercentage(figure)) = answer else { return };
    let sheet = book.sheets.iter().find(|sheet| sheet.name == place.sheet).unwrap();
    let content = sheet.cell(place.cell).map_or(&Content::Blank, |cell| &cell.content);
    let is_so = match content {
        Content::Number(number) => from_float(*number)
            .is_some_and(|number| [number, number / Quantity::ONE_HUNDRED].contains(figure)),
        Content::Text(text) => text.chars().any(char::is_numeric),
        Content::Blank | Content::Date(_) | Content::Boolean(_) | Content::Error(_) => false,
    };
    assert!(is_so, "{place}: {figure} of {content:?}");
}

/// The fingerprint goes by content alone.
fn overlooks_looks(book: &Workbook) {
    let mut plain = book.clone();
    let look = Arc::new(Look::default());
    for cell in plain.sheets.iter_mut().flat_map(|sheet| sheet.cells.values_mut()) {
        cell.look = look.clone();
    }
    assert_eq!(fingerprint(book), fingerprint(&plain));
}
