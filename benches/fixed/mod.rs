//! One provider's eight returns, and the parts of the program that do something with them. What is measured is called here alone.

mod dice;
mod workbook;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use quarterday::assess::Case;
use quarterday::assess::records::Records;
use quarterday::assess::submissions::ReceivedReturn;
use quarterday::calendar::working_days::WorkingDays;
use quarterday::contract::{self, Contract};
use quarterday::domain::look::Look;
use quarterday::domain::period::{Frequency, Period};
use quarterday::domain::submission::ReceivedBy;
use quarterday::domain::workbook::Workbook;
use quarterday::intake::mapped::{Asked, Mapped};
use quarterday::intake::mapping::map_located;
use quarterday::intake::reading::{self, fingerprint};
use quarterday::intake::recognise::{KnownProvider, Providers, Recognised, recognise_and_locate};
use quarterday::output::pages::{PackLinks, Pages, pack_page};
use quarterday::output::workbooks::additions::Additions;
use quarterday::output::workbooks::feedback::Feedback;
use quarterday::output::workbooks::pack_workbook::pack_workbook;
use quarterday::output::write_back::write_back;
use quarterday::review::readers::ProviderPack;
use quarterday::review::{Pack, ProviderReview};
use quarterday::reviewing::review;
use quarterday::run::working_days;
use quarterday::workspace::settings::wording;

const CONTRACT: &str = "community-support";
const PROVIDER: &str = "Alder Advocacy";
const RETURNS: usize = 8;

/// The returns, with what each part starts from.
pub struct Fixed {
    contracts: BTreeMap<String, Contract>,
    providers: Providers,
    records: Records,
    working_days: WorkingDays,
    as_of: NaiveDate,
    pages: Pages,
    files: Vec<(String, Vec<u8>)>,
}

impl Fixed {
    pub fn new() -> Self {
        let text = include_str!("../scale/contract.toml")
            .replace("{id}", CONTRACT)
            .replace("{title}", "Community support");
        let contract = contract::read("contract.toml", &text).unwrap();
        let start = NaiveDate::from_ymd_opt(2024, 4, 1).unwrap();
        let mut period = Period::containing(start, Frequency::Quarter, 4);
        let mut files = Vec::new();
        for _ in 0..RETURNS {
            let file = format!("returns/{}/{PROVIDER}.xlsx", period.from);
            files.push((file, workbook::workbook(CONTRACT, PROVIDER, period)));
            period = period.next();
        }
        let known = KnownProvider { name: PROVIDER.into(), aliases: Vec::new(), contract: CONTRACT.into() };
        Self {
            contracts: BTreeMap::from([(CONTRACT.to_string(), contract)]),
            providers: Providers::Known(vec![known]),
            records: Records::of(PROVIDER, start),
            working_days: working_days(None).unwrap(),
            as_of: NaiveDate::from_ymd_opt(2026, 5, 29).unwrap(),
            pages: Pages::new(Look::default(), wording::standard().unwrap(), Vec::new()).unwrap(),
            files,
        }
    }

    /// The eight returns, read and understood.
    pub fn returns(&self) -> Vec<ReceivedReturn> {
        (0..RETURNS).map(|index| self.received(index)).collect()
    }

    fn received(&self, index: usize) -> ReceivedReturn {
        let book = self.read(index);
        let (recognised, mapped) = self.understand(&book);
        ReceivedReturn {
            file: self.files[index].0.clone(),
            sha256: format!("{index:064x}"),
            fingerprint: fingerprint(&book),
            received: recognised.period.to + Days::new(10),
            received_by: ReceivedBy::Register,
            sequence: index,
            superseded: false,
            looked_in_vain: Vec::new(),
            recognised,
            mapped: Arc::new(mapped),
        }
    }

    /// The newest return, of which the parts are measured.
    pub fn bytes(&self) -> &[u8] {
        &self.files[RETURNS - 1].1
    }

    fn read(&self, index: usize) -> Workbook {
        let (file, bytes) = &self.files[index];
        reading::read(file, bytes).unwrap()
    }

    /// Reads the newest return.
    pub fn read_newest(&self) -> Workbook {
        self.read(RETURNS - 1)
    }

    /// Tells what return it is, and takes out what it says.
    pub fn understand(&self, book: &Workbook) -> (Recognised, Mapped) {
        let found = recognise_and_locate(book, self.contracts.values(), &self.providers);
        let (recognised, places) = found.unwrap();
        let contract = &self.contracts[CONTRACT];
        let form = contract.form(&recognised.form).unwrap();
        let asked = Asked { contract, form, period: recognised.period, area: recognised.area.as_deref() };
        let mapped = map_located(book, asked, places);
        (recognised, mapped)
    }

    /// Rates and reviews returns.
    pub fn rate(&self, returns: &[ReceivedReturn]) -> ProviderReview {
        let case = Case {
            contract: &self.contracts[CONTRACT],
            records: &self.records,
            accepts: &|_, _| None,
            working_days: &self.working_days,
            as_of: self.as_of,
        };
        review(&case, returns)
    }

    /// The pack of the newest quarter that a return came in for.
    pub fn newest(review: &ProviderReview) -> &Pack {
        review
            .packs
            .iter()
            .rfind(|pack| pack.submissions.iter().any(|own| own.goes_back().is_some()))
            .unwrap()
    }

    pub fn pack_workbook(&self, pack: &Pack) -> Vec<u8> {
        pack_workbook(pack).unwrap()
    }

    pub fn pack_page(&self, pack: &Pack) -> String {
        pack_page(&self.pages, pack, &PackLinks::default()).unwrap()
    }

    /// What is said in the coloured copy of the newest return.
    pub fn additions(&self, pack: &Pack) -> Additions {
        let own = ProviderPack::of(pack);
        let submission = pack.submissions.iter().rfind(|own| own.goes_back().is_some()).unwrap();
        Additions::of(&Feedback::of(&own, submission, submission.goes_back().unwrap()))
    }

    pub fn coloured_copy(&self, additions: &Additions) -> Vec<u8> {
        write_back(self.bytes(), additions, None, self.as_of).unwrap().bytes
    }
}
