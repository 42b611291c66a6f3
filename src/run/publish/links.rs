//! Where the pages of a provider's packs lead.

use super::drafts;
use super::plan::{Plan, PlannedPack, has_meeting};
use super::{AGENDA_PAGE, COMMITTEE_PAGE, MINUTES_PAGE, PROVIDER_PAGE, PROVIDER_WORKBOOK};
use crate::domain::submission::Submission;
use crate::output::pages::{Link, PackFiles, PackLinks, ProviderPackLinks};
use crate::review::Pack;
use crate::review::paper::Paper;
use crate::workspace::names;

/// Links to the packs of areas, from `folder` with its slash.
pub fn links_to_areas(planned: &PlannedPack<'_>, folder: &str) -> Vec<Link> {
    let link = |(own, stem): &(&Pack, String)| Link {
        label: format!("Pack of {}", own.area.as_deref().unwrap_or_default()),
        href: format!("{folder}{stem}.html"),
    };
    planned.areas.iter().map(link).collect()
}

/// Where the pack of an area leads: to its own workbook alone, so that it can be handed out.
pub fn area_links(planned: &PlannedPack<'_>, index: usize) -> PackLinks {
    let stem = planned.areas.get(index).map(|(_, stem)| stem.as_str()).unwrap_or_default();
    PackLinks { pack_workbook: format!("{stem}.xlsx"), ..PackLinks::default() }
}

pub fn describe(submission: &Submission) -> String {
    let area = submission.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
    format!("{}{area}, {}", submission.form_title, submission.period.describe())
}

pub fn links(plan: &Plan<'_>, index: usize) -> PackLinks {
    let beside = |other: Option<&PlannedPack<'_>>| {
        other.map(|other| Link {
            label: other.pack.period.describe(),
            href: format!("../{}/pack.html", other.folder.rsplit('/').next().unwrap_or_default()),
        })
    };
    let own = plan.packs.get(index);
    PackLinks {
        portfolio: "../../../index.html".to_string(),
        areas: own.map(|own| links_to_areas(own, "")).unwrap_or_default(),
        pack_workbook: "pack.xlsx".to_string(),
        returned: own.map(returned_links).unwrap_or_default(),
        previous: beside(index.checked_sub(1).and_then(|before| plan.packs.get(before))),
        next: beside(plan.packs.get(index + 1)),
        provider_page: PROVIDER_PAGE.to_string(),
        drafts: own.map(|own| letters(own.pack)).unwrap_or_default(),
        emails: drafts::links(plan, index),
        meeting: own.filter(|own| has_meeting(own.pack)).map(|_| meeting_links()).unwrap_or_default(),
        committee_page: COMMITTEE_PAGE.to_string(),
    }
}

pub fn meeting_links() -> Vec<Link> {
    [("Agenda to send out", AGENDA_PAGE), ("Minutes to fill in", MINUTES_PAGE)]
        .map(|(label, href)| Link { label: label.to_string(), href: href.to_string() })
        .to_vec()
}

/// Path of a letter, from the pack's folder.
pub fn letter_path(paper: &Paper) -> String {
    format!("letters/{}.html", names::legal_name(&paper.id))
}

/// Links to the letters drafted with a pack, from its folder.
pub fn letters(pack: &Pack) -> Vec<Link> {
    pack.papers.iter().map(|paper| Link { label: paper.title.clone(), href: letter_path(paper) }).collect()
}

/// The same links from the folder above.
pub fn below(folder: &str, links: Vec<Link>) -> Vec<Link> {
    links.into_iter().map(|link| Link { href: format!("{folder}/{}", link.href), ..link }).collect()
}

pub fn returned_links(planned: &PlannedPack<'_>) -> Vec<Link> {
    planned
        .returned
        .iter()
        .map(|returned| Link { label: describe(returned.submission), href: returned.path.clone() })
        .collect()
}

pub fn provider_links(planned: &PlannedPack<'_>) -> ProviderPackLinks {
    ProviderPackLinks { workbook: PROVIDER_WORKBOOK.to_string(), returned: returned_links(planned) }
}

/// The files of each pack, from the folder of all that is generated.
pub fn pack_files(plan: &Plan<'_>) -> Vec<PackFiles> {
    plan.packs
        .iter()
        .enumerate()
        .map(|(index, planned)| PackFiles {
            period: planned.pack.period,
            pack: format!("{}/pack.html", planned.folder),
            workbook: format!("{}/pack.xlsx", planned.folder),
            committee_pack: Some(format!("{}/{COMMITTEE_PAGE}", planned.folder)),
            provider_pack: Some(format!("{}/{PROVIDER_PAGE}", planned.folder)),
            issued: planned.pack.issued.clone(),
            areas: links_to_areas(planned, &format!("{}/", planned.folder)),
            drafts: below(&planned.folder, letters(planned.pack)),
            emails: drafts::links_from_above(plan, planned, index),
            returned: below(&planned.folder, returned_links(planned)),
        })
        .collect()
}
