//! A page as its readers see it: words without marks, and the sections they stand in.

/// The HTML of a page or of a part of one.
#[derive(Debug, Clone)]
pub struct Page {
    pub html: String,
}

impl Page {
    pub fn new(html: String) -> Self {
        Self { html }
    }

    /// The words without tags, style sheets and scripts, with single spaces and entities read.
    pub fn words(&self) -> String {
        let mut words = String::new();
        let mut rest = self.html.as_str();
        while let Some(start) = rest.find('<') {
            words.push_str(&rest[..start]);
            words.push(' ');
            let tag = &rest[start..];
            let end = match ["style", "script"].into_iter().find(|name| tag[1..].starts_with(name)) {
                Some(name) => tag.find(&format!("</{name}")).unwrap_or(0),
                None => 0,
            };
            rest = tag[end..].split_once('>').map_or("", |(_, rest)| rest);
        }
        words.push_str(rest);
        let words = words
            .replace("&nbsp;", " ")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&#x27;", "'")
            .replace("&amp;", "&");
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether the words hold a text, whatever its case.
    pub fn says(&self, text: &str) -> bool {
        self.words().to_lowercase().contains(&text.to_lowercase())
    }

    /// The sections whose heading holds one of these words, whatever their case.
    pub fn sections(&self, words: &[&str]) -> Vec<Page> {
        let sections = self.html.split("<section").skip(1);
        sections
            .map(|section| format!("<section{}", section.split("</section>").next().unwrap_or_default()))
            .filter(|section| {
                let heading = section.split("</h2>").next().unwrap_or_default().to_lowercase();
                words.iter().any(|word| heading.contains(word))
            })
            .map(Page::new)
            .collect()
    }

    /// The one section whose heading holds one of these words.
    #[track_caller]
    pub fn section(&self, words: &[&str]) -> Page {
        let mut sections = self.sections(words);
        assert_eq!(sections.len(), 1, "sections headed {words:?} of {}", self.words());
        sections.remove(0)
    }

    /// The rows of its tables, as words.
    pub fn rows(&self) -> Vec<String> {
        let rows = self.html.split("<tr").skip(1);
        rows.map(|row| Page::new(format!("<tr{}", row.split("</tr>").next().unwrap_or_default())).words())
            .collect()
    }

    /// These texts in the order in which they first stand in the words.
    #[track_caller]
    pub fn order<'t>(&self, texts: &[&'t str]) -> Vec<&'t str> {
        let words = self.words();
        let mut order = texts.to_vec();
        order.sort_by_key(|text| words.find(text).unwrap_or_else(|| panic!("no {text} in {words}")));
        order
    }
}
