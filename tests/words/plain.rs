//! A page as plain text: a line a paragraph, item or row, headings marked by their level.

/// Elements whose content nobody reads as words.
const UNREAD: [&str; 3] = ["style", "script", "head"];
/// Elements that begin a line.
const BLOCKS: [&str; 16] = [
    "p",
    "li",
    "tr",
    "caption",
    "dt",
    "blockquote",
    "figcaption",
    "summary",
    "h1",
    "h2",
    "h3",
    "h4",
    "section",
    "article",
    "text",
    "desc",
];

/// The words of a page.
pub fn text(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((words, tag_on)) = rest.split_once('<') {
        text.push_str(words);
        let (tag, after) = tag_on.split_once('>').unwrap_or((tag_on, ""));
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
        rest = match UNREAD.contains(&name.as_str()) {
            true => after.split_once(&format!("</{name}>")).map_or("", |(_, rest)| rest),
            false => after,
        };
        match name.as_str() {
            "h1" | "h2" | "h3" | "h4" => {
                text.push('\n');
                text.push_str(&"#".repeat(usize::from(name.as_bytes()[1] - b'0')));
                text.push(' ');
            }
            "td" | "th" => text.push_str(" | "),
            "dd" => text.push_str(": "),
            _ if BLOCKS.contains(&name.as_str()) => text.push('\n'),
            _ => text.push(' '),
        }
    }
    text.push_str(rest);
    let text = [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&amp;", "&"),
    ]
    .into_iter()
    .fold(text, |text, (entity, sign)| text.replace(entity, sign));
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty() && line != "|").collect::<Vec<_>>().join("\n")
}
