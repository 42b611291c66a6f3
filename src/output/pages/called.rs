//! What those are called who stand on the page over everything: providers, contracts reviewed, or both.

use crate::domain::called::Called;

use super::words;

/// `providers`, or `contracts reviewed`; `word` is one of the words of `called`.
pub fn reviewed(called: &Called, word: &str) -> String {
    if called.are_providers() { word.to_string() } else { format!("{word} reviewed") }
}

/// What those of all contracts are called, one and several: `provider or contract reviewed` where there are both.
pub fn all<'a>(contracts: impl Iterator<Item = &'a Called>) -> (String, String) {
    let mut all: Vec<&Called> = Vec::new();
    for called in contracts {
        if !all.contains(&called) {
            all.push(called);
        }
    }
    if all.is_empty() {
        let called = Called::default();
        return (called.one, called.many);
    }
    let or = |of: fn(&Called) -> &str| -> String {
        all.iter().map(|own| reviewed(own, of(own))).collect::<Vec<_>>().join(" or ")
    };
    (or(|own| &own.one), or(|own| &own.many))
}

/// `8 providers under 2 contracts and 19 contracts reviewed`: how many stand under each contract.
pub fn how_many<'a>(contracts: impl Iterator<Item = (&'a Called, usize)>) -> String {
    let (providers, others): (Vec<_>, Vec<_>) = contracts.partition(|(called, _)| called.are_providers());
    let mut parts = Vec::new();
    if !providers.is_empty() {
        let number = providers.iter().map(|(_, number)| number).sum();
        parts.push(format!(
            "{} under {}",
            words::count(number, "provider", "providers"),
            words::count(providers.len(), "contract", "contracts")
        ));
    }
    parts.extend(others.into_iter().map(|(called, number)| {
        words::count(number, &reviewed(called, &called.one), &reviewed(called, &called.many))
    }));
    words::list(&parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn providers_and_contracts_reviewed_are_told_apart() {
        let contracts = Called { one: "contract".into(), many: "contracts".into() };
        let providers = Called::default();
        assert_eq!(
            how_many([(&providers, 8), (&providers, 1), (&contracts, 19)].into_iter()),
            "9 providers under 2 contracts and 19 contracts reviewed"
        );
        assert_eq!(how_many([(&contracts, 1)].into_iter()), "1 contract reviewed");
        assert_eq!(all([&providers, &contracts, &contracts].into_iter()).0, "provider or contract reviewed");
    }
}
