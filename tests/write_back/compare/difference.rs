//! Old and new text of one part: takes the permitted differences out of the new one and asks whether the old one is left.

use crate::tokens::{Kind, Token, end};

/// An element in question, in the part as it is now, or as it was when it is gone.
pub struct Seen<'a> {
    /// The names of the elements it stands in and its own: `worksheet/sheetData/row/c`.
    pub path: &'a str,
    /// Its opening tag.
    pub open: &'a Token,
    /// All of it.
    pub all: &'a [Token],
    /// Whether nothing of the old stands between it and the end of the element it stands in.
    pub is_last: bool,
    /// The namespace of the element it stands in.
    pub around: &'a str,
}

/// A path, and what is asked of an element there.
type OfElement<'a> = (&'static str, Box<dyn Fn(&Seen<'_>) -> bool + 'a>);
/// A path, an attribute's name, and what is asked of the old tag and the new.
type OfAttribute<'a> = (&'static str, &'static str, Box<dyn Fn(&Token, &Token) -> bool + 'a>);
/// A path, and what is asked of the old element and the new.
type OfInside<'a> = (&'static str, Box<dyn Fn(&[Token], &[Token]) -> bool + 'a>);

/// What may differ.
#[derive(Default)]
pub struct Permitted<'a> {
    /// Elements that may be new.
    pub new: Vec<OfElement<'a>>,
    /// Elements that have to be gone.
    pub gone: Vec<OfElement<'a>>,
    /// Attributes that may be changed, new or gone: path, name, and old tag, new tag.
    pub attributes: Vec<OfAttribute<'a>>,
    /// Elements whose inside may be another: old and new.
    pub rewritten: Vec<OfInside<'a>>,
}

impl<'a> Permitted<'a> {
    /// An element that may be new where `check` says so.
    pub fn new_element(mut self, path: &'static str, check: impl Fn(&Seen<'_>) -> bool + 'a) -> Self {
        self.new.push((path, Box::new(check)));
        self
    }

    /// An element that has to be gone where `check` says so.
    pub fn gone_element(mut self, path: &'static str, check: impl Fn(&Seen<'_>) -> bool + 'a) -> Self {
        self.gone.push((path, Box::new(check)));
        self
    }

    /// An attribute that may differ where `check` says so.
    pub fn attribute(
        mut self,
        path: &'static str,
        name: &'static str,
        check: impl Fn(&Token, &Token) -> bool + 'a,
    ) -> Self {
        self.attributes.push((path, name, Box::new(check)));
        self
    }

    /// An element whose inside may be another where `check` says so.
    pub fn rewritten(mut self, path: &'static str, check: impl Fn(&[Token], &[Token]) -> bool + 'a) -> Self {
        self.rewritten.push((path, Box::new(check)));
        self
    }

    /// What else differs; nothing when the new text is the old one with permitted differences alone.
    pub fn fault(&self, old: &[Token], new: &[Token]) -> Option<String> {
        let old = &self.without_gone(old);
        let mut walk = Walk { permitted: self, old, new, at: (0, 0), path: Vec::new(), around: Vec::new() };
        while walk.at.0 < old.len() || walk.at.1 < new.len() {
            if !walk.step() {
                return Some(walk.said());
            }
        }
        None
    }
}

impl Permitted<'_> {
    /// The old tokens without what has to be gone; what stood around it is one text.
    fn without_gone(&self, old: &[Token]) -> Vec<Token> {
        let mut kept: Vec<Token> = Vec::with_capacity(old.len());
        let mut path: Vec<&Token> = Vec::new();
        let mut at = 0;
        let mut behind_gone = false;
        while let Some(token) = old.get(at) {
            match token.kind {
                Kind::Open => {
                    let names: Vec<&str> =
                        path.iter().chain([&token]).map(|own| own.local.as_str()).collect();
                    let path_of = names.join("/");
                    let around = path.last().map_or("", |own| own.namespace.as_str());
                    let all = &old[at..end(old, at)];
                    let seen = Seen { path: &path_of, open: token, all, is_last: false, around };
                    if self.gone.iter().any(|(own, check)| *own == path_of && check(&seen)) {
                        at += all.len();
                        behind_gone = true;
                        continue;
                    }
                    path.push(token);
                }
                Kind::Close => {
                    path.pop();
                }
                Kind::Other => {
                    if let Some(last) = kept.last_mut().filter(|last| behind_gone && last.kind == Kind::Other)
                    {
                        last.raw.push_str(&token.raw);
                        at += 1;
                        continue;
                    }
                }
            }
            behind_gone = false;
            kept.push(token.clone());
            at += 1;
        }
        kept
    }
}

struct Walk<'a, 'p> {
    permitted: &'a Permitted<'p>,
    old: &'a [Token],
    new: &'a [Token],
    at: (usize, usize),
    path: Vec<String>,
    around: Vec<String>,
}

impl Walk<'_, '_> {
    fn step(&mut self) -> bool {
        let (old, new) = (self.old.get(self.at.0), self.new.get(self.at.1));
        if let (Some(old), Some(new)) = (old, new) {
            let is_tag = old.kind == Kind::Open && new.kind == Kind::Open;
            let same_name = old.local == new.local && old.namespace == new.namespace;
            let both = if is_tag { (end(self.old, self.at.0), end(self.new, self.at.1)) } else { self.at };
            if is_tag && same_name && !self.is_equal(both) {
                if self.is_rewritten(old) {
                    self.at = both;
                    return true;
                }
                // One of ours may begin with the very words of one that stands behind it.
                let ambiguous = old.local == "conditionalFormatting";
                if ambiguous && self.is_permitted(&self.permitted.new, self.new, self.at.1) {
                    self.at.1 = both.1;
                    return true;
                }
            }
            if self.is_same(old, new) {
                self.both_on(new.clone());
                return true;
            }
            let permitted = || self.differs_in_permitted_attributes(old, new);
            if is_tag && same_name && old.place == new.place && permitted() {
                self.both_on(new.clone());
                return true;
            }
        }
        if self.is_permitted(&self.permitted.new, self.new, self.at.1) {
            self.at.1 = end(self.new, self.at.1);
            return true;
        }
        false
    }

    /// Whether both elements are written alike from their opening to `ends`.
    fn is_equal(&self, ends: (usize, usize)) -> bool {
        let (old, new) = (&self.old[self.at.0..ends.0], &self.new[self.at.1..ends.1]);
        old.len() == new.len() && old.iter().zip(new).all(|(old, new)| old.raw == new.raw)
    }

    fn is_same(&self, old: &Token, new: &Token) -> bool {
        if old.kind != new.kind || old.place != new.place {
            return false;
        }
        match old.kind {
            Kind::Open | Kind::Other => {
                old.raw == new.raw && old.self_closed == new.self_closed || self.is_opened(old, new)
            }
            // A tag that closed itself may close behind what is new in it.
            Kind::Close => {
                old.raw == new.raw || (old.self_closed && old.local == new.local && self.has_new_inside())
            }
        }
    }

    /// Whether a tag that closed itself has got an inside.
    fn is_opened(&self, old: &Token, new: &Token) -> bool {
        old.kind == Kind::Open && old.self_closed && !new.self_closed && {
            let same = old.raw == new.raw
                || new.raw.trim_end_matches('>').trim_end() == old.raw.trim_end_matches('>').trim_end();
            same && end(self.new, self.at.1) > self.at.1 + 2
        }
    }

    fn has_new_inside(&self) -> bool {
        self.at.1 > 0 && self.new[self.at.1 - 1].kind != Kind::Open
    }

    fn both_on(&mut self, token: Token) {
        match token.kind {
            Kind::Open => {
                self.path.push(token.local);
                self.around.push(token.namespace);
            }
            Kind::Close => {
                self.path.pop();
                self.around.pop();
            }
            Kind::Other => {}
        }
        self.at = (self.at.0 + 1, self.at.1 + 1);
    }

    fn path_of(&self, token: &Token) -> String {
        let mut path = self.path.join("/");
        if !path.is_empty() {
            path.push('/');
        }
        path + &token.local
    }

    fn is_rewritten(&self, old: &Token) -> bool {
        let path = self.path_of(old);
        let olds = &self.old[self.at.0..end(self.old, self.at.0)];
        let news = &self.new[self.at.1..end(self.new, self.at.1)];
        self.permitted.rewritten.iter().any(|(own, check)| *own == path && check(olds, news))
    }

    fn differs_in_permitted_attributes(&self, old: &Token, new: &Token) -> bool {
        let path = self.path_of(old);
        let names = |token: &Token| -> Vec<String> {
            token.attributes.iter().map(|(name, _)| name.clone()).collect()
        };
        let mut differing: Vec<String> = names(old);
        differing.extend(names(new));
        differing.retain(|name| old.attribute(name) != new.attribute(name));
        differing.dedup();
        let is_permitted = |name: &String| {
            let mut all = self.permitted.attributes.iter();
            all.any(|(own, attribute, check)| *own == path && attribute == name && check(old, new))
        };
        if !differing.iter().all(is_permitted) {
            return false;
        }
        let stripped = |token: &Token| {
            let mut token = token.clone();
            for name in &differing {
                token.raw = token.without(name);
            }
            token.raw.trim_end_matches('>').trim_end().to_string()
        };
        let closing = old.self_closed == new.self_closed
            || (old.self_closed && end(self.new, self.at.1) > self.at.1 + 2);
        !differing.is_empty() && closing && stripped(old) == stripped(new)
    }

    fn is_permitted(&self, rules: &[OfElement<'_>], tokens: &[Token], at: usize) -> bool {
        let Some(open) = tokens.get(at).filter(|token| token.kind == Kind::Open) else { return false };
        let all = &tokens[at..end(tokens, at)];
        let path = self.path_of(open);
        let behind = self.old[self.at.0.min(self.old.len())..].iter();
        let is_last = behind
            .map(|token| (token.kind, token.raw.trim()))
            .find(|(kind, raw)| *kind != Kind::Other || !raw.is_empty())
            .is_none_or(|(kind, _)| kind == Kind::Close);
        let around = self.around.last().map(String::as_str).unwrap_or_default();
        let seen = Seen { path: &path, open, all, is_last, around };
        rules.iter().any(|(own, check)| *own == seen.path && check(&seen))
    }

    fn said(&self) -> String {
        let shown = |tokens: &[Token], at: usize| -> String {
            let text: String = tokens.iter().skip(at).take(6).map(|token| token.raw.as_str()).collect();
            text.chars().take(400).collect()
        };
        format!(
            "in {}:\n  old: {}\n  new: {}",
            self.path.join("/"),
            shown(self.old, self.at.0),
            shown(self.new, self.at.1)
        )
    }
}
