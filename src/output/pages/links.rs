//! Where a page leads. The caller knows the folders; here their names become addresses.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::period::Period;
use crate::review::issued::Issued;

/// A named file to lead to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Link {
    /// What to call it.
    pub label: String,
    /// Path from the page's own folder, with forward slashes, as it stands on disk (not percent-encoded).
    pub href: String,
}

/// A draft e-mail to lead to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DraftLink {
    /// What to call it.
    pub label: String,
    /// Path of the message, as of a [`Link`].
    pub message: String,
    /// Path of the same as a text, as of a [`Link`].
    pub text: String,
}

/// Where a pack leads, from its own folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PackLinks {
    /// Path of the portfolio page, with forward slashes; empty where the page leads to no other provider.
    pub portfolio: String,
    /// The packs of each area.
    pub areas: Vec<Link>,
    /// Path of the pack as a workbook, with forward slashes.
    pub pack_workbook: String,
    /// The returned workbooks.
    pub returned: Vec<Link>,
    /// The same provider's pack of the period before.
    pub previous: Option<Link>,
    /// The same provider's pack of the period after.
    pub next: Option<Link>,
    /// Path of what the provider sees of this pack, with forward slashes; empty where there is none.
    pub provider_page: String,
    /// The papers of the meeting.
    pub meeting: Vec<Link>,
    /// Path of what a committee reads of this pack, with forward slashes; empty where there is none.
    pub committee_page: String,
    /// Papers drafted for legal review.
    pub drafts: Vec<Link>,
    /// Draft e-mails to the provider.
    pub emails: Vec<DraftLink>,
}

/// Where a provider's pack leads, from its own folder: to nothing but what is the provider's too.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProviderPackLinks {
    /// Path of the provider's pack as a workbook, with forward slashes.
    pub workbook: String,
    /// The returned workbooks.
    pub returned: Vec<Link>,
}

/// Contract id and provider's name, as they stand in the review.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReviewKey {
    /// Contract id.
    pub contract: String,
    /// Provider's name.
    pub provider: String,
}

/// The files of one pack, from the portfolio's folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackFiles {
    /// The review period.
    pub period: Period,
    /// Path of the pack's page, with forward slashes.
    pub pack: String,
    /// Path of the pack as a workbook, with forward slashes.
    pub workbook: String,
    /// Path of what a committee may see of it, with forward slashes, where there is one.
    pub committee_pack: Option<String>,
    /// Path of what the provider may see of it, with forward slashes, where there is one.
    pub provider_pack: Option<String>,
    /// That it was issued, and whether figures have changed since, in short.
    pub issued: Option<Issued>,
    /// The packs of each area.
    pub areas: Vec<Link>,
    /// Letters drafted for legal review.
    pub drafts: Vec<Link>,
    /// Draft e-mails to the provider.
    pub emails: Vec<DraftLink>,
    /// The returned workbooks.
    pub returned: Vec<Link>,
}

/// Where the portfolio leads, from its own folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PortfolioLinks {
    /// Results, calendar.
    pub outputs: Vec<Link>,
    /// The path of the calendar, where there is one.
    pub calendar: Option<String>,
    /// The report across the providers of each contract that has one, by contract id.
    pub reports: BTreeMap<String, Link>,
    /// The packs of each review, in any order.
    pub packs: BTreeMap<ReviewKey, Vec<PackFiles>>,
}

/// Where the report across the providers of a contract leads, from its own folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReportLinks {
    /// Path of the portfolio page, with forward slashes.
    pub portfolio: String,
    /// Path of the report as a workbook, with forward slashes.
    pub workbook: String,
    /// Path of the page of each provider's newest pack, by provider's name, with forward slashes.
    pub packs: BTreeMap<String, String>,
}

/// A link as a template gets it: the address is percent-encoded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Anchor {
    /// What to call it.
    pub label: String,
    /// Percent-encoded address.
    pub href: String,
}

impl Anchor {
    /// A link to the file at `path`, called `label`.
    pub fn new(label: impl Into<String>, path: &str) -> Self {
        Self { label: label.into(), href: encoded(path) }
    }
}

impl From<&Link> for Anchor {
    fn from(link: &Link) -> Self {
        Self::new(&link.label, &link.href)
    }
}

/// A draft e-mail as a template gets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DraftAnchor {
    /// The message, called by what it is for.
    pub message: Anchor,
    /// The same as a text to copy from.
    pub text: Anchor,
}

impl From<&DraftLink> for DraftAnchor {
    fn from(link: &DraftLink) -> Self {
        Self {
            message: Anchor::new(&link.label, &link.message),
            text: Anchor::new("text to copy", &link.text),
        }
    }
}

/// A relative path as an address: all but letters, digits, `-`, `.`, `_`, `~` and the slashes is percent-encoded
/// (RFC 3986, 2.3). A colon is encoded too, so no path can be taken for an address of another kind; leading
/// slashes go, so that none leaves the folder it was given for.
fn encoded(path: &str) -> String {
    let mut address = String::with_capacity(path.len());
    for byte in path.trim_start_matches('/').bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                address.push(char::from(byte));
            }
            byte => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_no_character_with_a_meaning_of_its_own() {
        for (path, address) in [
            ("../../index.html", "../../index.html"),
            ("returned/KPI return Q1 (v2).xlsx", "returned/KPI%20return%20Q1%20%28v2%29.xlsx"),
            ("a#b?c%20&d.xlsx", "a%23b%3Fc%2520%26d.xlsx"),
            ("Caffè.xlsx", "Caff%C3%A8.xlsx"),
            ("javascript:alert(1)", "javascript%3Aalert%281%29"),
            ("//elsewhere.example/x", "elsewhere.example/x"),
            ("\"><script>", "%22%3E%3Cscript%3E"),
        ] {
            assert_eq!(encoded(path), address);
        }
    }
}
