//! A part as the tags and texts it is written in, each with its very bytes.

use quick_xml::events::Event;
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Open,
    Close,
    /// Text, declarations, comments: whatever is no tag.
    Other,
}

/// A tag, or what stands between two.
#[derive(Debug, Clone)]
pub struct Token {
    pub kind: Kind,
    /// As written; of a tag that closes itself as if it did not, and of its closing nothing.
    pub raw: String,
    /// Whether it is one half of a tag that closes itself.
    pub self_closed: bool,
    pub namespace: String,
    /// The name without prefix.
    pub local: String,
    /// Attributes as written, in their order.
    pub attributes: Vec<(String, String)>,
    /// Row and column from zero, where it opens a cell; the row alone counts where it opens a row.
    pub place: Option<(u32, u32)>,
}

impl Token {
    /// The value of an attribute as written.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The tag without the attribute `name` and the white space before it.
    pub fn without(&self, name: &str) -> String {
        let mut from = 0;
        while let Some(found) = self.raw[from..].find(name) {
            let at = from + found;
            let before = &self.raw[..at];
            let behind = self.raw[at + name.len()..].trim_start();
            if before.ends_with(char::is_whitespace)
                && let Some(value) = behind.strip_prefix('=').map(str::trim_start)
                && let Some(quote) = value.chars().next()
                && let Some((_, rest)) = value[1..].split_once(quote)
            {
                return format!("{}{rest}", before.trim_end());
            }
            from = at + name.len();
        }
        self.raw.clone()
    }
}

/// The tokens of a part.
///
/// # Errors
///
/// When it is not well-formed.
pub fn tokens(bytes: &[u8]) -> Result<Vec<Token>, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    // The reader leaves a byte order mark out of its count.
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut reader = NsReader::from_str(&text[mark..]);
    let mut all = Vec::new();
    let mut from = 0;
    loop {
        let (namespace, event) = reader.read_resolved_event().map_err(|error| error.to_string())?;
        let namespace = match namespace {
            ResolveResult::Bound(space) => space.as_ref().to_string(),
            ResolveResult::Unbound => String::new(),
            ResolveResult::Unknown(prefix) => {
                return Err(format!("the prefix {prefix:?} is bound to nothing"));
            }
        };
        let (kind, self_closed, local, attributes) = match &event {
            Event::Eof => break,
            Event::Start(tag) | Event::Empty(tag) => {
                let mut attributes = Vec::new();
                for own in tag.attributes() {
                    let own = own.map_err(|error| error.to_string())?;
                    attributes.push((own.key.as_ref().to_string(), own.value.to_string()));
                }
                let local = tag.local_name().as_ref().to_string();
                (Kind::Open, matches!(event, Event::Empty(_)), local, attributes)
            }
            Event::End(tag) => (Kind::Close, false, tag.local_name().as_ref().to_string(), Vec::new()),
            _ => (Kind::Other, false, String::new(), Vec::new()),
        };
        let to = mark + usize::try_from(reader.buffer_position()).unwrap();
        let written = &text[from..to];
        from = to;
        let raw = match self_closed {
            true => format!("{}>", written.trim_end_matches('>').trim_end_matches('/').trim_end()),
            false => written.to_string(),
        };
        let token = Token { kind, raw, self_closed, namespace, local, attributes, place: None };
        if self_closed {
            let close =
                Token { kind: Kind::Close, raw: String::new(), attributes: Vec::new(), ..token.clone() };
            all.extend([token, close]);
        } else {
            all.push(token);
        }
    }
    if from != text.len() {
        return Err(format!("{} bytes are left behind the last element", text.len() - from));
    }
    Ok(all)
}

/// Where the element that opens at `start` ends: the place behind its closing tag.
pub fn end(tokens: &[Token], start: usize) -> usize {
    let mut depth = 0usize;
    for (index, token) in tokens.iter().enumerate().skip(start) {
        match token.kind {
            Kind::Open => depth += 1,
            Kind::Close => depth -= 1,
            Kind::Other => {}
        }
        if depth == 0 {
            return index + 1;
        }
    }
    tokens.len()
}

/// Gives rows and cells their places: those they name, and where they name none the one after the last.
pub fn placed(mut tokens: Vec<Token>) -> Vec<Token> {
    let (mut row, mut column) = (0u32, 0u32);
    let mut inside = false;
    for token in &mut tokens {
        match (token.kind, token.local.as_str()) {
            (Kind::Open, "sheetData") => inside = true,
            (Kind::Close, "sheetData") => inside = false,
            (Kind::Open, "row") if inside => {
                let own = token.attribute("r").and_then(|text| text.parse::<u32>().ok());
                row = own.unwrap_or(row + 1);
                column = 0;
                token.place = Some((row - 1, u32::MAX));
            }
            (Kind::Open, "c") if inside => {
                let own = token.attribute("r").and_then(super::feedback::cell);
                column = own.map_or(column, |cell| cell.column) + 1;
                token.place = Some((row - 1, column - 1));
            }
            _ => {}
        }
    }
    tokens
}

/// The text of an element's tokens, entities as written, tags left out.
pub fn text(tokens: &[Token]) -> String {
    tokens.iter().filter(|token| token.kind == Kind::Other).map(|token| token.raw.as_str()).collect()
}
