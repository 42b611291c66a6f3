//! Whose workbook is attached. Two things have to say that it is the recipient's: the title of the sheet the program added, and the
//! form itself, recognised as a return is. What cannot be told does not go.

use std::collections::BTreeMap;

use crate::contract::Contract;
use crate::domain::council_feedback::{hash, is_ours, is_title, texts, title};
use crate::domain::draft::{Draft, DraftAttachment, DraftKind};
use crate::domain::text::fold;
use crate::domain::workbook::Workbook;
use crate::intake::recognise::Recognised;
use crate::readers::{Knowing, Readers};
use crate::workspace::ledger::{Entry, Ledger};
use crate::workspace::sha256;

/// Ending of the only kind of workbook that goes out: one without macros.
const ENDING: &str = ".xlsx";

/// What attachments are held against.
pub(super) struct Checks<'a> {
    pub readers: &'a Readers,
    pub knowing: Knowing<'a>,
    pub contracts: &'a BTreeMap<String, Contract>,
    pub ledger: &'a Ledger,
}

impl Checks<'_> {
    /// What the attachment holds, as a hash of its cells.
    ///
    /// # Errors
    /// Every reason why it does not go to the draft's provider.
    pub(super) fn holds(
        &self,
        draft: &Draft,
        attachment: &DraftAttachment,
        bytes: Vec<u8>,
    ) -> Result<String, Vec<String>> {
        let name = &attachment.name;
        let untold =
            |why: &str| vec![format!("whose workbook {name} is cannot be told, so it goes to nobody: {why}")];
        let workbook =
            self.readers.read(name, bytes.clone()).map_err(|unread| untold(&unread.to_string()))?;
        let mut faults = Vec::new();
        if workbook.macros || !name.to_lowercase().ends_with(ENDING) {
            faults.push(format!(
                "{name} may carry macros, which mail systems stop; only workbooks that end in {ENDING} and have none go out"
            ));
        }
        // Under the name the return came in by: where the form names no provider, that is what told it.
        let came_as = came_as(&workbook, self.ledger).unwrap_or(name);
        match self.knowing.understand(came_as, bytes) {
            Ok(understood) => {
                faults.extend(differs(draft, name, &understood.recognised));
                faults.extend(self.titled(draft, name, &understood.recognised, &workbook));
            }
            Err(unread) => faults.extend(untold(&unread.to_string())),
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(sha256(cells(&workbook).as_bytes()))
    }

    /// What the sheets that the program added say besides what they have to.
    fn titled(&self, draft: &Draft, name: &str, recognised: &Recognised, workbook: &Workbook) -> Vec<String> {
        let form = self.contracts.get(&draft.contract).and_then(|contract| contract.form(&draft.form));
        let form = form.map(|form| form.title.as_str()).unwrap_or_default();
        let area = draft.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
        let period = format!("{}{area}", recognised.period.describe());
        let expected = title(form, &draft.provider, &period);
        let ours: Vec<_> = workbook.sheets.iter().filter(|sheet| is_ours(sheet)).collect();
        if ours.is_empty() && matches!(draft.kind, DraftKind::Thanks | DraftKind::Query) {
            return vec![format!(
                "{name} has no sheet of feedback that says whose it is; run `quarterday run` again"
            )];
        }
        let titles = ours.iter().map(|sheet| texts(sheet).map(|(_, text)| text).find(|text| is_title(text)));
        titles
            .filter(|title| title.is_none_or(|title| fold(title) != fold(&expected)))
            .map(|found| match found {
                Some(found) => {
                    format!("{name} is headed “{found}” and not “{expected}”: it is not the recipient's")
                }
                None => format!("the sheet of feedback in {name} has no title that says whose it is"),
            })
            .collect()
    }
}

/// The name of each sheet and what stands in its cells, as one text: the same for a copy made anew on another day.
fn cells(workbook: &Workbook) -> String {
    let mut text = String::new();
    for sheet in &workbook.sheets {
        text.push_str(&format!("{:?}\n", sheet.name));
        for (address, cell) in &sheet.cells {
            text.push_str(&format!("{address} {:?}\n", cell.content));
        }
    }
    text
}

/// The path by which the return that the copy was made of came in, as the ledger has it.
fn came_as<'l>(workbook: &Workbook, ledger: &'l Ledger) -> Option<&'l str> {
    let hash = workbook.sheets.iter().filter(|sheet| is_ours(sheet)).find_map(hash)?;
    ledger.entries().iter().find_map(|entry| match entry {
        Entry::Seen(seen) if seen.sha256 == hash => Some(seen.file.as_str()),
        _ => None,
    })
}

/// In what the form itself differs from what the draft is about.
fn differs(draft: &Draft, name: &str, recognised: &Recognised) -> Vec<String> {
    let mut faults = Vec::new();
    if recognised.provider != draft.provider {
        faults.push(format!(
            "the form in {name} is that of {}, and the draft goes to {}",
            recognised.provider, draft.provider
        ));
    }
    let about = |contract: &str, form: &str, period: &str, area: Option<&str>| {
        let area = area.map(|area| format!(", {area}")).unwrap_or_default();
        format!("{form} of {contract} for {period}{area}")
    };
    let own = about(&draft.contract, &draft.form, &draft.period, draft.area.as_deref());
    let found =
        about(&recognised.contract, &recognised.form, &recognised.period.label(), recognised.area.as_deref());
    if own != found {
        faults.push(format!("{name} is {found}, and the draft is about {own}"));
    }
    faults
}
