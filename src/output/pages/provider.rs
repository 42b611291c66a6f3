//! `provider-pack.html`: what a provider sees of its own pack.
//!
//! Made of a [`ProviderPack`] and of links that lead to nothing but the provider's own files: no portfolio, no consequences, no
//! papers, no other provider.

use serde::Serialize;

use crate::output::common::Common;
use crate::output::periods;
use crate::review::readers::ProviderPack;

use super::benchmark::{self, BenchmarkSection};
use super::engine::Pages;
use super::links::{Anchor, ProviderPackLinks};
use super::parts::Frame;
use super::sections::{OwnSections, Sections, frame};

#[derive(Debug, Serialize)]
struct ProviderView {
    #[serde(skip)]
    page: Frame,
    links: Vec<Anchor>,
    benchmark: Option<BenchmarkSection>,
    #[serde(flatten)]
    sections: Sections,
}

/// The page of what a provider sees of its pack. `links` are paths from the page's own folder.
///
/// # Errors
/// When a template is at fault; never because of what a return says.
pub fn provider_page(
    pages: &Pages,
    pack: &ProviderPack,
    links: &ProviderPackLinks,
) -> anyhow::Result<String> {
    let common = Common::from(pack);
    let sections = Sections::of(&common);
    let benchmark = benchmark::of_provider(pack);
    let title =
        format!("For {}: {}, {}", common.provider, common.contract_title, periods::in_table(&common.period));
    let workbook =
        (!links.workbook.is_empty()).then(|| Anchor::new("This pack as a workbook", &links.workbook));
    let own = OwnSections { benchmark: benchmark.is_some(), ..OwnSections::default() };
    let view = ProviderView {
        page: frame(pages, &common, title, &sections.contents(own)),
        links: workbook.into_iter().chain(links.returned.iter().map(Anchor::from)).collect(),
        benchmark,
        sections,
    };
    pages.render("provider-pack.html", &view.page, &view)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::pages::{markup, samples};

    fn page() -> String {
        let mut pack = samples::pack();
        pack.provider_headline = "One of three targets was missed.".to_string();
        let links = ProviderPackLinks {
            workbook: "provider-pack.xlsx".to_string(),
            returned: samples::pack_links().returned,
        };
        let page = provider_page(samples::pages(), &ProviderPack::of(&pack), &links).unwrap();
        samples::keep("provider-pack.html", &page);
        page
    }

    #[test]
    fn the_page_is_sound_and_says_for_whom_it_is() {
        let page = page();
        markup::check(&page);
        assert!(page.contains("<title>For Harbour Advocacy: Cheshire advocacy services, 2025-26 Q1</title>"));
        assert!(page.contains("For Harbour Advocacy</h1>"), "{page}");
    }

    #[test]
    fn what_the_council_weighs_stays_with_it() {
        let (page, pack) = (page(), samples::pack());
        assert!(page.contains("One of three targets was missed."));
        for own in ["Volunteer hours: 120 of 4,310", "Promised: Offered", "Annual contract review"] {
            assert!(page.contains(own), "{own}");
        }
        let mut advice = vec![pack.headline.clone(), "Consequences under the contract".to_string()];
        advice.extend(pack.summary.iter().chain(&pack.cautions).cloned());
        advice.extend(pack.agenda.iter().flat_map(|item| item.points.clone()));
        advice.extend(pack.ladder.iter().map(|step| step.title.clone()));
        advice.extend(pack.escalations.iter().map(|escalation| escalation.action.clone()));
        advice.extend(pack.annual.iter().flat_map(|annual| annual.concerns.clone()));
        advice.extend(pack.on_record.notices.iter().map(|notice| notice.words.clone()));
        advice.extend(pack.on_record.actions.iter().map(|row| row.action.clone()));
        advice.push("On record".to_string());
        for text in advice {
            assert!(!page.contains(&text), "{text}");
        }
    }

    #[test]
    fn a_provider_sees_its_own_place_and_nobody_elses() {
        let (page, pack) = (page(), samples::pack());
        for text in [
            "How providers compare",
            "3 of 5",
            "91.1% to 97.1%",
            "Up from 92%",
            "This provider: 94.7%",
            "4 of 6 providers have a figure",
        ] {
            assert!(page.contains(text), "{text}");
        }
        let own = format!("{:?}", ProviderPack::of(&pack).benchmarks());
        for name in samples::OTHERS {
            assert!(name.contains('<') || !page.contains(name), "{name}");
            assert!(!own.contains(name), "{name}");
        }
        // The figures of single others, drawn or told: the best, the last, one left out, and what they were before.
        for figure in ["98.3%", "71.3%", "77.7%", "99.7%"] {
            assert!(!page.contains(figure), "{figure}");
        }
        for figure in ["0.983", "0.713", "0.777", "0.997"] {
            assert!(!own.contains(figure), "{figure}");
        }
        assert_eq!(page.matches("class=\"dot\"").count(), 0, "others are not drawn");
        assert_eq!(page.matches("<path class=\"own\"").count(), 1);
    }

    #[test]
    fn it_leads_to_the_providers_own_files_alone() {
        for href in markup::values(&page(), "a", "href") {
            let own = href.starts_with('#') || href.starts_with("returned/") || href == "provider-pack.xlsx";
            assert!(own, "{href}");
        }
    }
}
