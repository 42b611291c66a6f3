//! What a council's pages say of the council, and in which colours.

use super::colour::Colour;

/// The council's name, wording and colours on its pages. The colours of ratings are no part of it: they are the same everywhere.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    /// The council's name, in the band at the top of each page; without it the band names the councils of the contract.
    pub council: Option<String>,
    /// The service, after the name.
    pub service: Option<String>,
    /// The colour of the band, of headings and links. Text in it can be read on white, and white text on it.
    pub colour: Option<Colour>,
    /// The colour of the line below the band and above each section. It tells nothing, so it may be any.
    pub accent: Option<Colour>,
    /// A sentence at the foot of each page.
    pub footer: Option<String>,
    /// Whom to ask, at the foot of each page.
    pub contact: Option<String>,
}

impl Look {
    /// Council and service on one line; `None` where neither is named.
    pub fn sender(&self) -> Option<String> {
        let parts: Vec<&str> =
            [&self.council, &self.service].into_iter().flatten().map(String::as_str).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}
