//! Reads a written return back the way the program reads any return, and says what was found.

use std::sync::Arc;

use chrono::NaiveDate;
use quarterday::assess::Case;
use quarterday::assess::records::Records;
use quarterday::assess::submissions::ReceivedReturn;
use quarterday::calendar::bank_holidays::BankHolidays;
use quarterday::calendar::working_days::WorkingDays;
use quarterday::contract::Contract;
use quarterday::contract::meant::Form;
use quarterday::domain::answer::Answer;
use quarterday::domain::finding::Finding;
use quarterday::domain::place::CellAddress;
use quarterday::domain::submission::ReceivedBy;
use quarterday::intake::mapped::{Asked, Mapped};
use quarterday::intake::recognise::{KnownProvider, Providers, Recognised, recognise};
use quarterday::intake::{mapping, reading};
use quarterday::review::ProviderReview;
use quarterday::reviewing;

use crate::fill::PROVIDER;

/// What a workbook was read as.
pub struct ReadBack {
    pub recognised: Recognised,
    pub mapped: Arc<Mapped>,
    pub review: ProviderReview,
}

/// Reads the workbook among these contracts, received on a day.
pub fn read_back(bytes: &[u8], contracts: &[Contract], received: NaiveDate) -> Result<ReadBack, String> {
    read_named("returns/a.xlsx", bytes, contracts, received)
}

/// The same of a file with a name of its own.
pub fn read_named(
    file: &str,
    bytes: &[u8],
    contracts: &[Contract],
    received: NaiveDate,
) -> Result<ReadBack, String> {
    let workbook = reading::read(file, bytes).map_err(|error| error.to_string())?;
    let known = contracts.iter().map(|contract| KnownProvider {
        name: PROVIDER.into(),
        aliases: Vec::new(),
        contract: contract.id.clone(),
    });
    let recognised = recognise(&workbook, contracts, &Providers::Known(known.collect()))?;
    let contract = contracts.iter().find(|contract| contract.id == recognised.contract).unwrap();
    let form = contract.form(&recognised.form).unwrap();
    let asked = Asked { contract, form, period: recognised.period, area: recognised.area.as_deref() };
    let mapped = Arc::new(mapping::map(&workbook, asked));
    let review = review(contract, form, &recognised, &mapped, received);
    Ok(ReadBack { recognised, mapped, review })
}

/// A review of the one return.
fn review(
    contract: &Contract,
    form: &Form,
    recognised: &Recognised,
    mapped: &Arc<Mapped>,
    received: NaiveDate,
) -> ProviderReview {
    let version = ReceivedReturn {
        file: "returns/a.xlsx".into(),
        sha256: "bytes".into(),
        fingerprint: "values".into(),
        received,
        received_by: ReceivedBy::Register,
        sequence: 1,
        superseded: false,
        looked_in_vain: Vec::new(),
        recognised: recognised.clone(),
        mapped: mapped.clone(),
    };
    let records = Records::of(&recognised.provider, recognised.period.from);
    let working_days = WorkingDays::new(BankHolidays::england_and_wales(&[]).unwrap());
    let accepts = |_: &str, _: &Finding| None;
    let case =
        Case { contract, records: &records, accepts: &accepts, working_days: &working_days, as_of: received };
    assert!(contract.form(&form.id).is_some());
    reviewing::review(&case, &[version])
}

impl ReadBack {
    /// Everything found in it, by reading and by checking.
    pub fn findings(&self) -> Vec<String> {
        let own = self.review.submissions.iter().find(|own| {
            own.form == self.recognised.form
                && own.period == self.recognised.period
                && own.area == self.recognised.area
        });
        let own = own.expect("the return is due");
        assert!(own.rated_version.is_some(), "the return was taken");
        let found = own.findings.iter().chain(&self.mapped.findings).chain(&self.recognised.findings);
        found
            .map(|finding| {
                format!("{} {:?} {:?}: {}", finding.kind.code, finding.sheet, finding.cell, finding.message)
            })
            .collect()
    }

    /// What was read in a cell of a table.
    pub fn answer(&self, sheet: &str, cell: CellAddress) -> Option<&Answer> {
        let observed = self.mapped.observations.iter();
        let observed = observed.map(|own| ((&*own.place.sheet, own.place.cell), &own.answer));
        observed
            .into_iter()
            .find(|(at, _)| *at == (sheet, cell))
            .map(|(_, answer)| answer)
            .or_else(|| self.mapped.records.field_at(sheet, cell).map(|field| field.answer))
    }
}
