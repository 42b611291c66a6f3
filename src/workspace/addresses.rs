//! E-mail addresses, checked before they come near the header of a draft.

/// The address in `text`, trimmed; `None` when it is not one plain address (`name@council.example`).
/// Strict on purpose: no display names, no lists, nothing that could end a header line.
pub fn email(text: &str) -> Option<String> {
    let text = text.trim();
    let (name, domain) = text.split_once('@')?;
    let plain = |c: char| c.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c);
    let domain_part = |part: &str| {
        !part.is_empty()
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let good = !name.is_empty()
        && name.chars().all(plain)
        && name.split('.').all(|part| !part.is_empty())
        && domain.contains('.')
        && domain.split('.').all(domain_part)
        && text.len() <= 254;
    good.then(|| text.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn takes_plain_addresses_only() {
        for text in ["kpi@harbour.example", " a.b+c@x-y.gov.example ", "o'neil@harbour.example"] {
            assert_eq!(email(text).as_deref(), Some(text.trim()), "{text}");
        }
        for text in [
            "",
            "harbour.example",
            "@harbour.example",
            "kpi@",
            "kpi@harbour",
            "kpi@harbour..example",
            "a@b@harbour.example",
            "kpi@harbour.example, b@harbour.example",
            "Harbour <kpi@harbour.example>",
            "kpi@harbour.example\nBcc: all@harbour.example",
            "kpi @harbour.example",
            ".kpi@harbour.example",
        ] {
            assert_eq!(email(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn never_lets_a_line_end_through(text in "\\PC{0,8}[\r\n]?\\PC{0,8}@\\PC{0,8}[\r\n]?[a-z.]{0,8}") {
            if let Some(address) = email(&text) {
                prop_assert!(!address.chars().any(|c| c.is_control() || c.is_whitespace() || ",;<>\"".contains(c)));
            }
        }
    }
}
