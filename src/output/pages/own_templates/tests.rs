//! A council's own templates, looks and wording on every page.

use std::collections::BTreeSet;
use std::path::Path;

use proptest::prelude::*;

use super::super::embedded::embedded;
use super::super::samples::{self, own_pages};
use super::super::{
    Pages, ProviderPackLinks, agenda_page, committee, committee_page, evidence_page, letter_page, markup,
    minutes_page, pack_page, portfolio_page, provider_page, replay_page, report_page,
};
use crate::domain::colour::Colour;
use crate::domain::look::Look;
use crate::domain::wording::places;
use crate::output::example_evidence;
use crate::review::outline::Portfolio;
use crate::review::readers::ProviderPack;
use crate::workspace::settings::wording;

/// Every page there is, with the name of its template.
fn all(pages: &Pages) -> Vec<(&'static str, anyhow::Result<String>)> {
    let (results, links) = samples::results(3);
    vec![
        ("pack.html", pack_page(pages, &samples::pack(), &samples::pack_links())),
        (
            "provider-pack.html",
            provider_page(pages, &ProviderPack::of(&samples::pack()), &ProviderPackLinks::default()),
        ),
        ("committee-pack.html", committee_page(pages, &committee::tests::paper())),
        ("letter.html", letter_page(pages, &samples::paper())),
        (
            "meeting-agenda.html",
            agenda_page(pages, &ProviderPack::of(&samples::pack())).map(Option::unwrap_or_default),
        ),
        ("meeting-minutes.html", minutes_page(pages, &samples::pack()).map(Option::unwrap_or_default)),
        ("report.html", report_page(pages, &samples::report(), &samples::report_links())),
        ("portfolio.html", portfolio_page(pages, &Portfolio::of(&results), &links)),
        ("replay.html", replay_page(pages, &samples::replay())),
        ("evidence.html", evidence_page(pages, &example_evidence::evidence(), &["files/kpi.xlsx"])),
    ]
}

fn text(name: &str) -> String {
    embedded().into_iter().find(|own| own.name == name).unwrap().text
}

fn refused(name: &'static str, text: &str) -> String {
    match own_pages(Look::default(), &[], vec![(name, text.to_string())]) {
        Ok(_) => String::new(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn every_template_that_makes_a_page_is_among_the_pages_tested_here() {
    let named: Vec<&str> = all(samples::pages()).into_iter().map(|(name, _)| name).collect();
    for own in embedded().iter().filter(|own| own.text.starts_with("{% extends \"page.html\" %}")) {
        assert!(named.contains(&own.name.as_str()), "{}", own.name);
    }
}

#[test]
fn the_built_in_templates_pass_what_a_councils_own_must_and_make_the_same_pages() {
    let built_in = embedded();
    let own = built_in.iter().map(|own| (own.name.as_str(), own.text.clone())).collect();
    let own = own_pages(Look::default(), &[], own).unwrap_or_else(|error| panic!("{error}"));
    for ((name, built_in), (_, own)) in all(samples::pages()).into_iter().zip(all(&own)) {
        assert!(built_in.unwrap() == own.unwrap(), "{name}");
    }
    let started = built_in.iter().map(|own| (own.name.as_str(), own.to_start_from())).collect();
    let started = own_pages(Look::default(), &[], started).unwrap_or_else(|error| panic!("{error}"));
    assert!(started.notes().is_empty());
    for (name, page) in all(&started) {
        assert!(page.unwrap().starts_with("<!DOCTYPE html>"), "{name}");
    }
}

#[test]
fn each_page_goes_by_the_template_of_the_council() {
    for (name, _) in all(samples::pages()) {
        let own = text(name).replace("{% block top %}", "{% block top %}\n<p>Kept by the council</p>");
        let pages = own_pages(Look::default(), &[], vec![(name, own)]).unwrap();
        for (page, html) in all(&pages) {
            assert_eq!(html.unwrap().contains("<p>Kept by the council</p>"), page == name, "{name} {page}");
        }
    }
}

#[test]
fn a_part_that_several_pages_share_changes_on_all_of_them() {
    let own = text("pack/agenda.html")
        .replace("<ol class=\"agenda\">", "<p>Bring the log.</p>\n<ol class=\"agenda\">");
    let pages = own_pages(Look::default(), &[], vec![("pack/agenda.html", own)]).unwrap();
    for (name, html) in all(&pages) {
        let has = html.unwrap().contains("<p>Bring the log.</p>");
        assert_eq!(has, matches!(name, "pack.html" | "provider-pack.html"), "{name}");
    }
}

#[test]
fn a_variable_that_is_not_there_is_an_error_with_its_place_and_the_nearest() {
    for (from, to, expected) in [
        ("{{ contract }}", "{{ contrat }}", "the page pack.html has no variable `contrat`"),
        ("{% if agenda %}", "{% if agend %}", "the page pack.html has no variable `agend`"),
        ("{{ links.workbook.href }}", "{{ links.workbok.href }}", "did you mean `workbook`?"),
        ("{% if agenda %}", "{% if false %}{{ never_filled }}{% endif %}{% if agenda %}", "`never_filled`"),
        ("{{ contract }}", "{{ wording.agenda_haeding }}", "did you mean `agenda_heading`?"),
    ] {
        let own = text("pack.html");
        assert!(own.contains(from));
        let pages = own_pages(Look::default(), &[], vec![("pack.html", own.replace(from, to))]).unwrap();
        let page = pack_page(&pages, &samples::pack(), &samples::pack_links());
        let message = format!("{:#}", page.unwrap_err());
        assert!(message.contains(expected), "{to}\n{message}");
        assert!(report_page(&pages, &samples::report(), &samples::report_links()).is_ok());
    }
}

#[test]
fn the_place_of_a_variable_that_is_not_there_is_told_by_line_and_column() {
    for (lead, expected) in [
        (
            "<p>\n  {{ nowhere }}",
            "templates/pack/lead.html:2:6: the page pack.html has no variable `nowhere`",
        ),
        ("<p>ä {{ links.nowhere }}", "templates/pack/lead.html:1:15: Field `nowhere` is not defined"),
    ] {
        let pages = own_pages(Look::default(), &[], vec![("pack/lead.html", lead.to_string())]).unwrap();
        let page = pack_page(&pages, &samples::pack(), &samples::pack_links());
        let message = format!("{:#}", page.unwrap_err());
        assert!(message.contains(expected), "{message}");
    }
}

#[test]
fn refuses_what_would_break_a_promise_of_the_pages_and_names_the_place() {
    for (name, text, expected) in [
        ("pakc.html", "", "templates/pakc.html takes the place of no template; did you mean `pack.html`?"),
        ("pack/agenda.txt", "", "did you mean `pack/agenda.html`?"),
        ("quite-new.html", "", "`quarterday pages list` names them all"),
        ("pack.html", "<p>\n{{ provider | safe }}</p>", "templates/pack.html:2:15"),
        ("pack.html", "{{ provider|safe }}", "would let a provider's text through"),
        ("pack.html", "{{ provider | upper | safe | lower }}", "`safe`"),
        ("pack.html", "{% filter safe %}{{ provider }}{% endfilter %}", "`safe`"),
        ("pack.html", "{% set a = provider | safe %}{{ a }}", "`safe`"),
        ("pack.html", "<SCRIPT src='a.js'></SCRIPT>", "a page runs no script"),
        ("pack.html", "<p style=\"color: red\">", "a page has the style sheet style.css alone"),
        ("page.html", "<meta HTTP-EQUIV=\"refresh\" content=\"0\">", "`http-equiv` in a template"),
        ("page.html", "<link rel=stylesheet>", "a page fetches nothing"),
        ("pack.html", "<p class={{ provider }}>", "put quotation marks round the value"),
        ("pack.html", "<p>\n{% if provider %}</p>", "templates/pack.html:2:"),
        ("pack.html", "{{ provider | shout }}", "templates/pack.html:1:"),
        ("pack.html", "{% include \"crest.html\" %}", "crest.html"),
        ("pack.html", "{% extends \"frame.html\" %}", "frame.html"),
        ("style.css", "@import 'a.css';", "`@import` in a style sheet"),
        ("style.css", "p { background: url(a.png) }", "a style sheet that fetches something"),
        (
            "style.css",
            "p { background: url( \"https://a.example/a.png\") }",
            "a style sheet that fetches something",
        ),
        ("style.css", "/* </style> */", "a style sheet stands inside the page"),
        ("style.css", ".tag-red { background: pink }", "the look of a rating cannot be changed"),
        ("style.css", "td > .MARK-GREEN{}", "the look of a rating cannot be changed"),
    ] {
        let message = refused(name, text);
        assert!(message.contains(expected), "{name}: {text}\n{message}");
    }
}

#[test]
fn what_only_looks_like_a_fault_is_let_through() {
    for (name, text) in [
        ("pack/changes.html", "<p>Keep people safe | and well</p>{{ changes | length }}{# | safe #}"),
        ("pack/changes.html", "<p>safeguarding</p>{% if changes %}<b>|safe</b>{% endif %}"),
        ("pack/changes.html", "{{ \"unsafe\" }}<p class=\"a\">1 + 1 = {{ changes | length }}</p>"),
        ("style.css", ".band { background: url(data:image/png;base64,AAAA) }"),
        ("style.css", ".tag-reddish, .tag-green-line, .tag { color: blue }"),
    ] {
        assert_eq!(refused(name, text), "", "{text}");
    }
}

#[test]
fn all_faults_are_named_at_once() {
    let own = vec![
        ("pakc.html", String::new()),
        ("pack.html", "{{ provider | safe }}<script>".to_string()),
        ("report.html", "{% if %}".to_string()),
    ];
    let message = own_pages(Look::default(), &[], own).err().unwrap().to_string();
    assert_eq!(message.matches("error: ").count(), 4, "{message}");
}

#[test]
fn the_policy_stands_before_everything_whatever_the_frame_says() {
    let frame = text("page.html");
    for (from, to, expected) in [
        ("<head>", "<p>early</p><head>", "with nothing between them"),
        ("<!DOCTYPE html>", "", "has to begin with <!DOCTYPE html>"),
        ("<head>\n", "", "page.html has no <head>"),
        ("</head>", "", "page.html has no </head>"),
        ("<body", "<head></head><body", "more than one <head>"),
    ] {
        assert!(frame.contains(from));
        let pages =
            own_pages(Look::default(), &[], vec![("page.html", frame.replacen(from, to, 1))]).unwrap();
        for (name, page) in all(&pages) {
            let message = format!("{:#}", page.unwrap_err());
            assert!(message.contains(expected), "{name}\n{message}");
        }
    }
    for (_, page) in all(samples::pages()) {
        let page = page.unwrap();
        let policy = "<html lang=\"en-GB\">\n<head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';";
        assert!(page.contains(policy), "{page}");
        assert_eq!(page.matches("<style>").count(), 1);
    }
}

#[test]
fn the_councils_name_colours_and_words_stand_on_every_page_as_text() {
    let look = Look {
        council: Some("Anyshire <b>County</b> Council".to_string()),
        service: Some("Adult & family commissioning".to_string()),
        colour: Colour::read("#1d4f91"),
        accent: Colour::read("#ffb000"),
        footer: Some("Official </style><script>".to_string()),
        contact: Some("contracts@council.example".to_string()),
    };
    let phrases = [("agenda-heading", "What we <i>talk</i> about"), ("draft-heading", "Draft, not agreed")];
    let pages = own_pages(look, &phrases, Vec::new()).unwrap();
    for (name, page) in all(&pages) {
        let page = page.unwrap();
        samples::keep(&format!("council-{name}"), &page);
        markup::check(&page);
        assert!(
            page.contains("<header class=\"band\"><p>Anyshire &lt;b&gt;County&lt;/b&gt; Council<span"),
            "{name}"
        );
        assert!(page.contains("<span class=\"service\">Adult &amp; family commissioning</span>"), "{name}");
        assert!(page.contains("<p>contracts@council.example</p></footer>"), "{name}");
        assert!(
            page.contains("#1d4f91") && page.contains("@bottom-left { content: \"Anyshire \\3c b\\3e County"),
            "{name}"
        );
        assert!(!page.contains("<script>") && !page.contains("<b>County"), "{name}");
        assert_eq!(page.matches("</style>").count(), 1, "{name}");
        if name == "pack.html" {
            let heading = "What we &lt;i&gt;talk&lt;/i&gt; about";
            assert!(page.contains(&format!("<h2 id=\"agenda-heading\">{heading}</h2>")));
            assert!(page.contains(&format!("<a href=\"#agenda\">{heading}</a>")));
        }
        if name == "letter.html" {
            assert!(
                page.contains("<p class=\"draft\">Draft, not agreed</p>")
                    && page.contains("<title>Draft, not agreed: ")
            );
        }
    }
}

#[test]
fn no_key_of_a_phrase_is_shown_in_its_place() {
    let keys: Vec<String> = wording::standard().unwrap().iter().map(|(key, _)| key.to_string()).collect();
    for (name, page) in all(samples::pages()) {
        let page = page.unwrap();
        for key in &keys {
            assert!(!page.contains(&format!(">{key}<")), "{name}: {key}");
        }
    }
}

/// The Rust of the pages and the templates, as text.
fn sources() -> (String, String) {
    let mut code = String::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/output/pages")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("own_templates/tests.rs") {
                code.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
    (code, embedded().into_iter().map(|own| own.text).collect())
}

#[test]
fn every_phrase_is_used_and_every_phrase_used_is_there() {
    let standard = wording::standard().unwrap();
    let (code, templates) = sources();
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let used: BTreeSet<String> = templates
        .split("wording.")
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| is_word(*c)).collect::<String>().replace('_', "-"))
        .collect();
    for key in &used {
        assert!(standard.get(key).is_some(), "a template uses `{key}`, which is no phrase");
    }
    for (key, _) in standard.iter() {
        assert!(used.contains(key) || code.contains(&format!("\"{key}\"")), "`{key}` stands nowhere");
    }
}

#[test]
fn every_place_in_a_phrase_is_filled_in_wherever_the_phrase_stands() {
    let (_, templates) = sources();
    for (key, phrase) in wording::standard().unwrap().iter() {
        let name = format!("wording.{}", key.replace('-', "_"));
        for place in places(phrase) {
            for (at, _) in templates.match_indices(&name) {
                let use_of = templates[at..].split("}}").next().unwrap();
                assert!(use_of.contains(&format!("{place}=")), "{use_of}");
            }
        }
    }
}

/// Templates a council might write that show what a provider wrote, each in its own way.
const SHOWN: [&str; 7] = [
    "<p>{{ provider }}</p>",
    "<p title=\"{{ provider }}\">{{ provider | upper | lower | trim }}</p>",
    "<p title='{{ provider }}'>{% set own %}{{ provider }}{% endset %}{{ own }}</p>",
    "<p>{{ provider | escape | replace(from=\"&lt;\", to=\"<\") }}</p>",
    "{% set open %}<{% endset %}<p>{{ provider | escape | replace(from=\"&lt;\", to=open) }}</p>",
    "<p>{{ provider | replace(from=\"a\", to=\"<\") | default(value=\"<\") }}</p>",
    "{% for letter in [provider, headline] %}<p>{{ letter ~ \"<b>\" | capitalize }}</p>{% endfor %}",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_text_of_a_return_becomes_markup_in_a_template_of_the_councils(
        text in "[<>\"'&{}%/#\\\\ a-c=]{1,30}", which in 0..SHOWN.len(),
    ) {
        let pages = own_pages(Look::default(), &[], vec![("pack/lead.html", SHOWN[which].to_string())]).unwrap();
        let mut pack = samples::pack();
        pack.provider = format!("<i {text}>");
        pack.headline.clone_from(&text);
        let page = pack_page(&pages, &pack, &samples::pack_links()).unwrap();
        markup::check(&page);
        let lead = page.split("as at").nth(1).unwrap().split("<section").next().unwrap();
        let tags: Vec<&str> = lead.split('<').skip(1).map(|tag| tag.split(['>', ' ']).next().unwrap()).collect();
        prop_assert!(tags.iter().all(|tag| matches!(*tag, "/p" | "p" | "nav" | "/nav" | "h2" | "/h2" | "ol" | "/ol" | "li" | "/li" | "a" | "/a")), "{lead}");
    }
}
