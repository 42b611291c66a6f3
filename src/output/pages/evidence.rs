//! `evidence.html`: what one consequence of a contract rests on, for a lawyer to read and print.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::period::long_date;
use crate::review::evidence::{
    Entry as RegisterEntry, EvidenceFile, Figure, Found, Return, ShownCell, Span, Standing, Version,
};

use super::engine::Pages;
use super::links::Anchor;
use super::parts::{Entry, Frame, Tag};
use super::words;

#[derive(Debug, Serialize)]
struct EvidenceView {
    #[serde(skip)]
    page: Frame,
    title: String,
    provider: String,
    contract: String,
    clause: String,
    as_of: String,
    standing: Tag,
    lead: String,
    facts: Vec<Fact>,
    conditions: Vec<String>,
    definition: Vec<String>,
    workings: Vec<WorkingView>,
    figures: Vec<FigureView>,
    cells: Vec<CellView>,
    returns: Vec<ReturnView>,
    versions: Vec<VersionView>,
    findings: Vec<FoundView>,
    register: Vec<EntryView>,
    register_hash: Option<String>,
    ledger: Vec<LineView>,
    ledger_lines: usize,
    ledger_head: String,
    not_proven: Vec<String>,
    readings: Vec<String>,
    files: Vec<Anchor>,
}

#[derive(Debug, Serialize)]
struct Fact {
    label: &'static str,
    value: String,
}

#[derive(Debug, Serialize)]
struct WorkingView {
    number: usize,
    text: String,
    of: Option<String>,
    cells: Vec<String>,
}

#[derive(Debug, Serialize)]
struct FigureView {
    kpi: String,
    title: String,
    period: String,
    clause: String,
    value: String,
    parts: String,
    target: String,
    tag: String,
    remarks: Vec<String>,
}

#[derive(Debug, Serialize)]
struct CellView {
    file: String,
    sheet: String,
    cell: String,
    shown: String,
    hash: String,
}

#[derive(Debug, Serialize)]
struct ReturnView {
    form: String,
    period: String,
    due: String,
    clause: String,
    received: String,
    status: String,
    remarks: Vec<String>,
}

#[derive(Debug, Serialize)]
struct VersionView {
    file: String,
    copy: Option<Anchor>,
    of: String,
    hash: String,
    received: String,
    known: String,
    first_seen: String,
    line: String,
    remarks: Vec<String>,
}

#[derive(Debug, Serialize)]
struct FoundView {
    place: String,
    code: String,
    weight: String,
    message: String,
    remarks: Vec<String>,
}

#[derive(Debug, Serialize)]
struct EntryView {
    place: String,
    words: String,
}

#[derive(Debug, Serialize)]
struct LineView {
    number: usize,
    text: String,
    hash: String,
}

/// The page of one folder of evidence; `copies` are the names of the copied files.
///
/// # Errors
/// When a template is at fault; never because of what a return says.
pub fn evidence_page(pages: &Pages, file: &EvidenceFile, copies: &[&str]) -> anyhow::Result<String> {
    let view = view(pages, file, copies);
    pages.render("evidence.html", &view.page, &view)
}

fn view(pages: &Pages, file: &EvidenceFile, copies: &[&str]) -> EvidenceView {
    let own = &file.consequence;
    let as_of = long_date(file.as_of);
    let organisation =
        if file.councils.is_empty() { file.contract_title.clone() } else { words::list(&file.councils) };
    let contents = [
        ("consequence", "What the contract says"),
        ("workings", "The workings"),
        ("figures", "The figures"),
        ("cells", "The cells"),
        ("returns", "The returns and their dates"),
        ("findings", "What was found in them"),
        ("register", "What the council has on record"),
        ("ledger", "The ledger of receipts"),
        ("not-proven", "What is not proven"),
        ("readings", "How open points were read"),
        ("files", "The files, and how to check them"),
    ];
    EvidenceView {
        page: Frame::new(
            pages,
            format!("Evidence: {}, {}, {}", own.title, file.provider, own.period.label),
            organisation,
            &format!("Evidence: {}", own.title),
            &format!("{}, {}", file.provider, own.period.label),
            contents.into_iter().map(|(id, label)| Entry::new(id, label)).collect(),
        )
        .wide(),
        title: own.title.clone(),
        provider: file.provider.clone(),
        contract: file.contract_title.clone(),
        clause: own.clause.clone(),
        as_of,
        standing: match own.status {
            Standing::Triggered => Tag::of("strong", '◆', own.status.word()),
            Standing::Watch => Tag::of("plain", '◇', own.status.word()),
            Standing::NotMet => Tag::of("quiet", '–', own.status.word()),
        },
        lead: lead(file),
        facts: facts(file),
        conditions: own
            .conditions
            .iter()
            .map(|condition| words::sentence(&format!("when {condition}")))
            .collect(),
        definition: own.definition.lines().map(str::to_string).collect(),
        workings: (1..)
            .zip(&file.workings)
            .map(|(number, own)| WorkingView {
                number,
                text: own.text.clone(),
                of: own.of.clone(),
                cells: own.cells.iter().map(cell_in_words).collect(),
            })
            .collect(),
        figures: file.figures.iter().map(figure).collect(),
        cells: file.cells().into_iter().map(cell).collect(),
        returns: file.returns.iter().map(returned).collect(),
        versions: file
            .returns
            .iter()
            .flat_map(|own| own.versions.iter().map(|version| self::version(own, version)))
            .collect(),
        findings: file.findings.iter().map(found).collect(),
        register: file.register.iter().map(entry).collect(),
        register_hash: file.grounds.register.as_ref().map(|register| register.sha256.clone()),
        ledger: file
            .ledger
            .iter()
            .map(|line| LineView { number: line.number, text: line.text.clone(), hash: line.sha256.clone() })
            .collect(),
        ledger_lines: file.grounds.ledger.lines,
        ledger_head: file.grounds.ledger.sha256.clone(),
        not_proven: file.not_proven.iter().map(|words| words::sentence(words)).collect(),
        readings: file.readings.iter().map(|words| words::sentence(words)).collect(),
        files: copies.iter().map(|file| Anchor::new(*file, file)).collect(),
    }
}

fn lead(file: &EvidenceFile) -> String {
    let own = &file.consequence;
    match own.status {
        Standing::Triggered => format!(
            "The condition is met in {}, as the figures and returns below stand. That it is met decides nothing; the council decides.",
            own.period.label
        ),
        Standing::Watch => format!(
            "The condition is not met in {} as things stand; it is watched. This page proves no breach.",
            own.period.label
        ),
        Standing::NotMet => {
            format!("The condition is not met in {}. This page proves no breach.", own.period.label)
        }
    }
}

fn span(own: &Span) -> String {
    format!("{}, {} to {}", own.label, long_date(own.from), long_date(own.to))
}

fn facts(file: &EvidenceFile) -> Vec<Fact> {
    let own = &file.consequence;
    let mut facts = vec![
        Fact { label: "Provider", value: file.provider.clone() },
        Fact { label: "Contract", value: file.contract_title.clone() },
        Fact { label: "Clause", value: own.clause.clone() },
        Fact { label: "Period", value: span(&own.period) },
    ];
    let mut say = |label, value: Option<String>| facts.extend(value.map(|value| Fact { label, value }));
    say("Day of the event", own.on.map(long_date));
    say("How far off", own.distance.as_ref().map(|words| words::sentence(words)));
    say("To act by", own.by.map(long_date));
    say("What follows under the contract", Some(own.action.clone()));
    say("Done", own.settled.then(|| "The register records that what follows was done.".to_string()));
    say("Facts as at", Some(long_date(file.as_of)));
    facts
}

fn cell_in_words(own: &ShownCell) -> String {
    let shown = match own.shown.as_deref() {
        Some("") => " (blank)".to_string(),
        Some(shown) => format!(": {shown}"),
        None => String::new(),
    };
    format!("{}, sheet “{}”, {}{shown}", own.file, own.sheet, own.cell)
}

fn cell(own: &ShownCell) -> CellView {
    CellView {
        file: own.file.clone(),
        sheet: own.sheet.clone(),
        cell: own.cell.clone(),
        shown: match own.shown.as_deref() {
            Some("") => "Blank".to_string(),
            Some(shown) => shown.to_string(),
            None => "Could not be read again".to_string(),
        },
        hash: own.sha256.clone(),
    }
}

fn figure(own: &Figure) -> FigureView {
    let area = own.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
    let parts = match (&own.numerator, &own.denominator) {
        (Some(numerator), Some(denominator)) => format!("{numerator} of {denominator}"),
        _ => String::new(),
    };
    let comment = own.comment.as_ref().map(|comment| format!("The provider's comment: {comment}"));
    let relief = own.relief.iter().cloned();
    FigureView {
        kpi: own.kpi.clone(),
        title: format!("{}{area}", own.title),
        period: own.period.label.clone(),
        clause: own.clause.clone(),
        value: own.shown.clone(),
        parts,
        target: own.target.clone().unwrap_or_default(),
        tag: own.rating_word.clone(),
        remarks: own
            .computed
            .iter()
            .cloned()
            .chain(own.notes.iter().cloned())
            .chain(relief)
            .chain(comment)
            .collect(),
    }
}

fn returned(own: &Return) -> ReturnView {
    let area = own.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
    let vain = own
        .looked_in_vain
        .map(|day| format!("A run looked on {}, after it was due, and it was not there yet", long_date(day)));
    let remarks = own.due_note.iter().chain(&own.status_note).cloned().chain(vain);
    ReturnView {
        form: format!("{}{area}", own.title),
        period: own.period.label.clone(),
        due: date(Some(own.due)),
        clause: own.clause.clone(),
        received: date(own.received),
        status: own.status_word.clone(),
        remarks: remarks.map(|words| words::sentence(&words)).collect(),
    }
}

fn version(of: &Return, own: &Version) -> VersionView {
    let mail = own.mail.as_ref().map(|mail| format!("Inside the e-mail {mail}."));
    let rated = own.rated.then(|| "The version that is rated.".to_string());
    let unusable = (!own.usable).then(|| "Nothing in it could be used.".to_string());
    VersionView {
        file: own.file.clone(),
        copy: Some(&own.copy).filter(|copy| !copy.is_empty()).map(|copy| Anchor::new(copy, copy)),
        of: format!("{}, {}", of.title, of.period.label),
        hash: own.sha256.clone(),
        received: date(Some(own.received)),
        known: words::sentence(&own.known),
        first_seen: date(own.first_seen),
        line: own.line.map(|line| line.to_string()).unwrap_or_default(),
        remarks: [rated, unusable, mail].into_iter().flatten().collect(),
    }
}

fn found(own: &Found) -> FoundView {
    let sheet = own.sheet.as_ref().map(|sheet| format!(", sheet “{sheet}”")).unwrap_or_default();
    let cell = own.cell.as_ref().map(|cell| format!(", cell {cell}")).unwrap_or_default();
    let accepted = own.accepted.as_ref().map(|why| format!("Accepted by the council: {why}"));
    let answered = own.answered.as_ref().map(|said| format!("The provider answered. {said}"));
    FoundView {
        place: format!("{}{sheet}{cell}", own.file),
        code: own.code.clone(),
        weight: own.weight.clone(),
        message: own.message.clone(),
        remarks: [accepted, answered].into_iter().flatten().collect(),
    }
}

fn entry(own: &RegisterEntry) -> EntryView {
    EntryView {
        place: format!("Sheet “{}”, cell {}", own.sheet, own.cell),
        words: words::sentence(&own.words),
    }
}

fn date(day: Option<NaiveDate>) -> String {
    day.map(words::short_date).unwrap_or_else(|| "–".to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example_evidence as example;
    use crate::output::pages::{markup, samples};

    fn page(file: &EvidenceFile) -> String {
        let page = evidence_page(samples::pages(), file, &["files/kpi return – May.xlsx"]).unwrap();
        samples::keep("evidence.html", &page);
        page
    }

    #[test]
    fn the_page_is_sound_full_or_empty() {
        let full = example::evidence();
        markup::check(&page(&full));
        assert_eq!(page(&full), page(&full));
        assert!(page(&full).contains("href=\"files/kpi%20return%20%E2%80%93%20May.xlsx\""));
        let bare = EvidenceFile {
            workings: Vec::new(),
            figures: Vec::new(),
            returns: Vec::new(),
            findings: Vec::new(),
            register: Vec::new(),
            ledger: Vec::new(),
            ..full
        };
        markup::check(&page(&bare));
    }

    #[test]
    fn what_providers_write_is_escaped() {
        let mut file = example::evidence();
        file.figures[0].comment = Some("<b>late</b> & \"sorry\"".to_string());
        let page = page(&file);
        assert!(!page.contains("<b>late") && page.contains("&lt;b&gt;late"));
    }

    #[test]
    fn the_first_words_say_whether_it_is_met() {
        for (status, words) in [
            (Standing::Triggered, "The condition is met in 2025-26 Q1"),
            (Standing::Watch, "it is watched. This page proves no breach"),
            (Standing::NotMet, "The condition is not met in 2025-26 Q1. This page proves no breach"),
        ] {
            let mut file = example::evidence();
            file.consequence.status = status;
            let page = page(&file);
            assert!(page.contains(words) && page.contains(status.word()), "{words}");
        }
    }
}
