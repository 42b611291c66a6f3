//! `pack.html`: one provider, one review period, for people who were not there.

use serde::Serialize;

use crate::output::common::Common;
use crate::output::periods;
use crate::review::Pack;

use super::benchmark::{self, BenchmarkSection};
use super::engine::Pages;
use super::issued::{Sent, sent};
use super::ladder::{Ladder, ladder};
use super::links::{Anchor, DraftAnchor, PackLinks};
use super::on_record::{Recorded, recorded};
use super::parts::Frame;
use super::sections::{OwnSections, Sections, frame};

#[derive(Debug, Serialize)]
struct PackView {
    #[serde(skip)]
    page: Frame,
    links: Links,
    /// The area the pack is of; `None` is the whole contract.
    area: Option<String>,
    ladder: Option<Ladder>,
    record: Option<Recorded>,
    issued: Option<Sent>,
    benchmark: Option<BenchmarkSection>,
    #[serde(flatten)]
    sections: Sections,
}

#[derive(Debug, Serialize)]
struct Links {
    portfolio: Option<Anchor>,
    areas: Vec<Anchor>,
    workbook: Anchor,
    provider_page: Option<Anchor>,
    committee_page: Option<Anchor>,
    previous: Option<Anchor>,
    next: Option<Anchor>,
    meeting: Vec<Anchor>,
    returned: Vec<Anchor>,
    emails: Vec<DraftAnchor>,
}

/// The page of one pack. `links` are paths from the page's own folder.
///
/// # Errors
/// When a template is at fault; never because of what a return says.
pub fn pack_page(pages: &Pages, pack: &Pack, links: &PackLinks) -> anyhow::Result<String> {
    let view = view(pages, pack, links);
    pages.render("pack.html", &view.page, &view)
}

fn view(pages: &Pages, pack: &Pack, links: &PackLinks) -> PackView {
    let common = Common::from(pack);
    let mut sections = Sections::of(&common);
    sections.lead_to(&pack.next_steps);
    let ladder = ladder(pack, &links.drafts);
    let record = recorded(&pack.on_record);
    let benchmark = benchmark::of_pack(pack);
    let own = OwnSections {
        ladder: ladder.is_some(),
        record: record.is_some(),
        benchmark: benchmark.is_some(),
        issued: pack.issued.is_some(),
    };
    let area = pack.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
    let title =
        format!("{}: {}{area}, {}", pack.provider, pack.contract_title, periods::in_table(&pack.period));
    PackView {
        page: frame(pages, &common, title, &sections.contents(own)),
        links: Links {
            portfolio: (!links.portfolio.is_empty())
                .then(|| Anchor::new("All contracts and providers", &links.portfolio)),
            areas: links.areas.iter().map(Anchor::from).collect(),
            workbook: Anchor::new("This pack as a workbook", &links.pack_workbook),
            provider_page: (!links.provider_page.is_empty())
                .then(|| Anchor::new(for_others(pack), &links.provider_page)),
            committee_page: (!links.committee_page.is_empty())
                .then(|| Anchor::new("Version for a committee", &links.committee_page)),
            previous: links.previous.as_ref().map(Anchor::from),
            next: links.next.as_ref().map(Anchor::from),
            meeting: links.meeting.iter().map(Anchor::from).collect(),
            returned: links.returned.iter().map(Anchor::from).collect(),
            emails: links.emails.iter().map(DraftAnchor::from).collect(),
        },
        area: pack.area.clone(),
        ladder,
        record,
        issued: pack.issued.as_ref().map(sent),
        benchmark,
        sections,
    }
}

/// What the version of the pack is called that leaves the council's desk.
fn for_others(pack: &Pack) -> &'static str {
    if pack.called.are_providers() { "What the provider sees" } else { "Version to send out" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::pages::{markup, samples};
    use proptest::prelude::*;

    fn page() -> String {
        let page = pack_page(samples::pages(), &samples::pack(), &samples::pack_links()).unwrap();
        samples::keep("pack.html", &page);
        page
    }

    #[test]
    fn the_page_is_sound() {
        markup::check(&page());
    }

    #[test]
    fn what_a_provider_wrote_stays_text() {
        let page = page();
        assert!(!page.contains("<script>"), "a planted element came through");
        for escaped in
            ["&lt;script&gt;alert(1)&lt;/script&gt;", "Smith &amp; Sons", "&lt;b&gt;bold&lt;/b&gt;"]
        {
            assert!(page.contains(escaped), "{escaped}");
        }
    }

    #[test]
    fn the_same_pack_gives_the_same_bytes() {
        assert_eq!(page(), page());
    }

    #[test]
    fn a_bare_pack_has_only_the_sections_it_can_fill() {
        let page = pack_page(samples::pages(), &samples::bare_pack(), &PackLinks::default()).unwrap();
        samples::keep("bare.html", &page);
        markup::check(&page);
        for id in ["summary", "consequences", "kpis", "narrative", "agenda", "action-plan", "cautions"] {
            assert!(!page.contains(&format!("id=\"{id}\"")), "{id}");
        }
    }

    #[test]
    fn every_section_stands_in_the_contents_and_in_their_order() {
        let page = page();
        let ids = markup::values(&page, "section", "id");
        let view = view(samples::pages(), &samples::pack(), &samples::pack_links());
        let listed: Vec<&str> = view
            .sections
            .contents(OwnSections { ladder: true, record: true, benchmark: true, issued: true })
            .into_iter()
            .map(|(id, _)| id)
            .collect();
        let sections: Vec<&String> = ids.iter().filter(|id| *id != "cautions").collect();
        assert_eq!(sections, listed);
    }

    #[test]
    fn figures_name_their_cell_and_ratings_their_clause() {
        let page = page();
        assert!(page.contains("returns/harbour/KPI return Q1.xlsx, sheet “KPIs”, cell F9"));
        assert!(page.contains("Clause 2.2"));
    }

    #[test]
    fn a_relief_is_said_beside_its_figure() {
        let page = page();
        assert!(page.contains("Relief agreed</span>"));
        assert!(page.contains("Relief in the register, shown and not counted: the referral line was down"));
    }

    #[test]
    fn escalations_say_how_far_off_or_by_when() {
        let page = page();
        assert!(page.contains("<dt>How far off</dt><dd>One more late monthly return would meet it.</dd>"));
        assert!(page.contains("<dt>Act by</dt><dd><strong>31 January 2026</strong></dd>"));
    }

    #[test]
    fn months_answers_local_targets_and_overall_ratings_have_their_place() {
        let page = pack_page(samples::pages(), &samples::monthly_pack(), &samples::pack_links()).unwrap();
        samples::keep("monthly.html", &page);
        markup::check(&page);
        for text in [
            "<th scope=\"row\">November 2025</th>",
            "4 of 6",
            "Overall rating",
            "KPI 7 amber",
            "Yes, contradicted by its evidence",
            "Required: Yes.",
            "No target is set.",
            "Target, agreed locally: at least 95%.",
            "<span class=\"item\">green 90% to below 100%</span>",
            "Computed from 6 entries of the log",
            "<li>October 2025: One visit is pending.</li>",
            "<li>Counted in working days.</li>",
        ] {
            assert!(page.contains(text), "{text}");
        }
    }

    #[test]
    fn every_consequence_is_told_with_its_word_and_shape() {
        let page = page();
        for text in ["Condition met", "Watch", "One step away", "Not met"] {
            assert!(page.contains(&format!("</span> {text}</span>")), "{text}");
        }
        assert!(page.contains("One more red quarter would meet it."));
        assert!(page.contains("<a href=\"letters/improvement-notice.html\">Improvement notice</a>"));
        assert!(page.contains("<a href=\"provider-pack.html\">What the provider sees</a>"));
    }

    #[test]
    fn providers_are_compared_by_name_and_the_own_one_is_marked() {
        let page = page();
        for text in [
            "Osprey Wharf",
            "713 of 1,000",
            "Down from 77.7%",
            "This provider: 94.7%",
            "Relief agreed",
            "Partial period: the service started on 4 November 2025.",
            "No return was received.",
            "No benchmark: 4 of 6 providers",
            "Higher is better.",
        ] {
            assert!(page.contains(text), "{text}");
        }
        assert_eq!(page.matches("<path class=\"own\"").count(), 1);
        assert_eq!(page.matches("<path class=\"dot\"").count(), 4);
        assert_eq!(page.matches("<tr class=\"own\">").count(), 1);
    }

    #[test]
    fn items_below_items_promises_the_year_and_what_is_on_record_have_their_place() {
        let page = page();
        for text in [
            "<span class=\"number-of\">2.1</span> Hours of support provided by volunteers",
            "<p class=\"told\">Volunteer hours: 120 of 4,310 hours delivered (2.8%).</p>",
            "<p class=\"told\">Not supplied.</p>",
            "Two new volunteers. &lt;script&gt;",
            "<p>This is also the time of the annual review (7).</p>",
            "<th scope=\"col\">Promised: Offered</th>",
            "not supplied <span class=\"cell\">C4</span>",
            "2024-25 Q4: “&lt;b&gt;bold&lt;/b&gt;”",
            "No figure for the year: 2024-25 Q3 was not returned.",
            "<span class=\"remark\">Partial period</span>",
            "<strong class=\"value\">95%</strong>",
            "Chase the missing narrative",
            "In progress, 20 days overdue",
            "Issued on 20 January 2026 (issue 1).",
            "KPI 5 was 95% (green) when issued, now 94.7% (red).",
            "<a href=\"pack-Cheshire%20East.html\">Pack of Cheshire East</a>",
        ] {
            assert!(page.contains(text), "{text}");
        }
    }

    #[test]
    fn charts_and_the_calendar_of_returns_are_told_in_words_and_tables() {
        let page = page();
        for text in [
            "■ Red: below 95%",
            "● Green: 95% and over",
            "★ Stretch: 100%",
            "They changed with May 2025.",
            "<strong>Special cause: concern</strong>",
            "<strong>Hits and misses the target</strong>",
            "<caption>KPI 5: figures and moving ranges, newest first</caption>",
            "(individuals and moving range) by the rules of NHS England’s",
            "Of 23 returns that were due, 19 came on time, 2 were late, 1 is missing and of 1 the date of receipt is not proven.",
            "<span class=\"remark\">12 days</span>",
            "<caption>Returns for periods that ended from",
            "<span class=\"remark\">&lt;script&gt;alert(1)&lt;/script&gt; Smith &amp; Sons</span>",
        ] {
            assert!(page.contains(text), "{text}");
        }
    }

    #[test]
    fn the_pack_of_an_area_leads_nowhere_else() {
        let links =
            PackLinks { pack_workbook: "pack-Cheshire East.xlsx".to_string(), ..PackLinks::default() };
        let page = pack_page(samples::pages(), &samples::area_pack(), &links).unwrap();
        samples::keep("area.html", &page);
        markup::check(&page);
        assert!(
            page.contains("<th scope=\"col\">Cheshire East</th><th scope=\"col\">All areas together</th>")
                || page.contains(
                    "<th scope=\"col\">Cheshire East</th>\n<th scope=\"col\">All areas together</th>"
                ),
            "{page}"
        );
        for href in markup::values(&page, "a", "href") {
            assert!(
                href.starts_with('#') || href.starts_with("letters/") || href == "pack-Cheshire%20East.xlsx",
                "{href}"
            );
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn no_text_of_a_return_breaks_the_page(text in "[<>\"'&{}%/#\\\\ a-z\u{a0}é–]{1,40}") {
            let mut pack = samples::pack();
            pack.provider.clone_from(&text);
            pack.headline.clone_from(&text);
            pack.kpis[0].whole.title.clone_from(&text);
            pack.kpis[1].whole.comment = Some(text.clone());
            pack.kpis[1].whole.clause.clone_from(&text);
            pack.information[0].title = format!("Table {text}");
            pack.narrative[0].paragraphs = vec![text.clone()];
            pack.submissions[0].findings[0].message.clone_from(&text);
            let mut links = samples::pack_links();
            links.returned[0].href = format!("returned/{text}");
            markup::check(&pack_page(samples::pages(), &pack, &links).unwrap());
        }
    }

    #[test]
    fn addresses_are_encoded() {
        let page = page();
        assert!(page.contains("href=\"returned/KPI%20return%20Q1.xlsx\""));
    }

    #[test]
    fn nothing_is_said_to_be_one_returns() {
        let page = page();
        for wrong in [" 1 returns", " 1 queries", " 1 cells", " 1 errors", " 1 versions", " 1 periods"] {
            assert!(!page.contains(wrong), "{wrong}");
        }
    }
}
