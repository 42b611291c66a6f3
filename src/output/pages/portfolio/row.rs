//! A provider's row in the table of its contract.

use chrono::NaiveDate;
use serde::Serialize;

use super::Met;
use super::before::{Cell, Columns, PERIODS_BEFORE};
use super::standing::{self, Reds};
use crate::domain::period::Period;
use crate::domain::submission::SubmissionStatus;
use crate::output::pages::links::{Anchor, DraftAnchor, PackFiles, PortfolioLinks, ReviewKey};
use crate::output::pages::words;
use crate::output::periods;
use crate::review::outline::{Outline, SubmissionOutline};

/// How many earlier packs are listed; those before them are reached from the oldest of these.
const EARLIER_LISTED: usize = 11;

/// One provider of one contract.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    pub id: String,
    pub provider: String,
    /// Which of the results' reviews it is made of.
    #[serde(skip)]
    pub review: usize,
    /// Standings other than active, such as suspended.
    pub standings: Vec<String>,
    /// The newest review period with KPIs; `None` before the first pack.
    pub now: Option<Cell>,
    pub before: Vec<Cell>,
    #[serde(skip)]
    pub reds: Reds,
    pub late: usize,
    pub missing: usize,
    pub escalations: Vec<Met>,
    pub next_due: Option<NextDue>,
    /// What was sent out of its packs, the newest first: of the newest pack, and of earlier ones where figures have changed since.
    pub issued: Vec<String>,
    /// The newest pack's files.
    pub newest: Option<Newest>,
    /// The packs before it, the newest first.
    pub earlier: Vec<Anchor>,
    /// What is said of those that are not listed.
    pub older: Option<String>,
}

impl Row {
    /// The newest pack under the provider's name; its own row where there is none.
    pub(super) fn leads_to(&self) -> Anchor {
        let label = self.provider.clone();
        match &self.newest {
            Some(newest) => Anchor { label, href: newest.pack.href.clone() },
            None => Anchor { label, href: format!("#{}", self.id) },
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct NextDue {
    date: String,
    what: String,
}

/// The files of the newest pack.
#[derive(Debug, Serialize)]
pub(super) struct Newest {
    pub period: String,
    pub pack: Anchor,
    workbook: Anchor,
    /// What others get of it: the committee's pack, the provider's, the areas'.
    others: Vec<Anchor>,
    /// Letters drafted for legal review.
    drafts: Vec<Anchor>,
    returned: Vec<Anchor>,
    /// Draft e-mails to the provider.
    emails: Vec<DraftAnchor>,
    /// What there is below: `More files (1 draft letter)`.
    more: String,
}

/// The returns of the periods that have a column: what is late or missing is counted among them.
pub(super) fn counted_returns(review: &Outline) -> impl Iterator<Item = &SubmissionOutline> {
    let since = standing::shown(&review.packs, PERIODS_BEFORE).first().map(|pack| pack.period.from);
    review.submissions.iter().filter(move |own| since.is_none_or(|since| own.period.to >= since))
}

/// The row of the review with the given index.
pub(super) fn row(
    (index, review): (usize, &Outline),
    as_of: NaiveDate,
    columns: &Columns,
    links: &PortfolioLinks,
) -> Row {
    let number =
        |status: SubmissionStatus| counted_returns(review).filter(|own| own.status == status).count();
    let key = ReviewKey { contract: review.contract.clone(), provider: review.provider.clone() };
    let mut files: Vec<&PackFiles> = links.packs.get(&key).into_iter().flatten().collect();
    files.sort_by_key(|files| std::cmp::Reverse(files.period));
    let pack = |period: &Period| {
        let own = files.iter().find(|files| files.period == *period)?;
        Some(Anchor::new(periods::in_table(period), &own.pack))
    };
    let earlier = files.get(1..).unwrap_or_default();
    Row {
        id: format!("review-{}", index + 1),
        review: index,
        provider: review.provider.clone(),
        standings: review.standings.clone(),
        now: standing::current(&review.packs).first().map(|own| columns.newest(own, pack(&own.period))),
        before: columns.cells(&review.packs, &pack),
        reds: standing::reds(&review.packs),
        late: number(SubmissionStatus::Late),
        missing: number(SubmissionStatus::Missing),
        escalations: standing::met(&review.packs),
        next_due: next_due(review, as_of),
        issued: issued(&files),
        newest: files.first().map(|files| newest(files)),
        older: earlier.get(EARLIER_LISTED..).filter(|older| !older.is_empty()).map(|older| {
            format!("{} before them: from the oldest of these.", words::count(older.len(), "pack", "packs"))
        }),
        earlier: earlier.iter().take(EARLIER_LISTED).filter_map(|files| pack(&files.period)).collect(),
    }
}

/// The return that is due next, else the first date there is.
fn next_due(review: &Outline, as_of: NaiveDate) -> Option<NextDue> {
    let next = review
        .submissions
        .iter()
        .filter(|submission| submission.status == SubmissionStatus::NotYetDue && submission.due >= as_of)
        .min_by_key(|submission| submission.due);
    match next {
        Some(next) => Some(NextDue {
            date: words::short_date(next.due),
            what: format!("{}, {}", next.form_title, periods::in_table(&next.period)),
        }),
        None => review
            .dates
            .first()
            .map(|line| NextDue { date: words::short_date(line.date), what: line.what.clone() }),
    }
}

/// What was sent out of the packs, the newest first.
fn issued(files: &[&PackFiles]) -> Vec<String> {
    let told = files.iter().enumerate().filter_map(|(index, files)| {
        let issued = files.issued.as_ref()?;
        match index {
            0 => Some(issued.remark()),
            _ if issued.changed.is_empty() => None,
            _ => Some(format!("{}: {}", periods::in_table(&files.period), issued.remark())),
        }
    });
    told.collect()
}

fn newest(files: &PackFiles) -> Newest {
    Newest {
        period: periods::in_table(&files.period),
        pack: Anchor::new("Pack", &files.pack),
        workbook: Anchor::new("Workbook", &files.workbook),
        others: [("Committee pack", &files.committee_pack), ("Provider’s pack", &files.provider_pack)]
            .into_iter()
            .filter_map(|(label, path)| Some(Anchor::new(label, path.as_ref()?)))
            .chain(files.areas.iter().map(Anchor::from))
            .collect(),
        drafts: files.drafts.iter().map(Anchor::from).collect(),
        returned: files.returned.iter().map(Anchor::from).collect(),
        emails: files.emails.iter().map(DraftAnchor::from).collect(),
        more: match files.drafts.len() {
            0 => "More files".to_string(),
            drafts => format!("More files ({})", words::count(drafts, "draft letter", "draft letters")),
        },
    }
}
