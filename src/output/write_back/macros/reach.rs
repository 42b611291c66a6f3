//! Which parts only certain parts lead to.

use std::collections::{BTreeMap, BTreeSet};

use crate::output::write_back::not_safe::NotSafe;
use crate::output::write_back::package::{Package, Relationship, Relationships, key, relationships_of};

/// A relationship inside the package, by the keys of the parts; the package itself is the empty source.
#[derive(Debug)]
pub(super) struct Edge {
    pub(super) source: String,
    pub(super) kind: String,
    pub(super) target: String,
}

/// All relationships inside the package.
#[derive(Debug, Default)]
pub(super) struct Graph {
    edges: Vec<Edge>,
}

impl Graph {
    /// Those of the package; of itself and of the workbook they are taken as they are now.
    pub(super) fn read(
        package: &mut Package<'_>,
        main_part: &str,
        of_package: &Relationships,
        of_workbook: &Relationships,
    ) -> Result<Self, NotSafe> {
        let mut graph = Self::default();
        graph.add("", of_package.list());
        graph.add(main_part, of_workbook.list());
        let sources: Vec<String> = package.parts().filter_map(source_of).collect();
        for source in sources.iter().filter(|source| !source.is_empty() && **source != key(main_part)) {
            let relationships = Relationships::read(package, source)?;
            graph.add(source, relationships.list());
        }
        Ok(graph)
    }

    pub(super) fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// `seeds` and what is reached through them alone.
    pub(super) fn only_through(&self, seeds: &BTreeSet<String>) -> BTreeSet<String> {
        let mut targets: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for edge in &self.edges {
            targets.entry(&edge.source).or_default().push(&edge.target);
        }
        let through = reached(&targets, seeds.iter().map(String::as_str), &BTreeSet::new());
        // What no relationship leads to and yet has some of its own is the provider's, too.
        let roots = targets.keys().copied().filter(|source| source.is_empty() || !through.contains(source));
        let kept = reached(&targets, roots, seeds);
        through.difference(&kept).map(|part| (*part).to_string()).collect()
    }

    fn add(&mut self, source: &str, list: &[Relationship]) {
        self.edges.extend(list.iter().filter(|own| !own.external).map(|own| Edge {
            source: key(source),
            kind: own.kind.clone(),
            target: key(&own.target),
        }));
    }
}

/// What is reached from `from`, itself included, without a step on what is `barred`.
fn reached<'a>(
    targets: &BTreeMap<&'a str, Vec<&'a str>>,
    from: impl Iterator<Item = &'a str>,
    barred: &BTreeSet<String>,
) -> BTreeSet<&'a str> {
    let mut left: Vec<&str> = from.collect();
    let mut reached = BTreeSet::new();
    while let Some(part) = left.pop() {
        if !barred.contains(part) && reached.insert(part) {
            left.extend(targets.get(part).into_iter().flatten());
        }
    }
    reached
}

/// The part whose relationships stand in this one; `None` when it holds no relationships.
fn source_of(part: &str) -> Option<String> {
    let key = key(part);
    let (folder, name) =
        key.strip_prefix("_rels/").map(|name| ("", name)).or_else(|| key.split_once("/_rels/"))?;
    let name = name.strip_suffix(".rels")?;
    let source = if folder.is_empty() { name.to_string() } else { format!("{folder}/{name}") };
    (relationships_of(&source) == key).then_some(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_gone_only_where_nothing_else_leads_to_them() {
        let edges = [
            ("", "w"),
            ("", "ribbon"),
            ("w", "sheet"),
            ("w", "vba"),
            ("vba", "signature"),
            ("vba", "sheet"),
            ("ribbon", "image1"),
            ("ribbon", "image2"),
            ("sheet", "image2"),
            ("signature", "loop"),
            ("loop", "vba"),
            ("orphan", "kept"),
            ("vba", "kept"),
        ];
        let graph = Graph {
            edges: edges
                .iter()
                .map(|(source, target)| Edge {
                    source: (*source).into(),
                    kind: String::new(),
                    target: (*target).into(),
                })
                .collect(),
        };
        let seeds = BTreeSet::from(["vba".to_string(), "ribbon".to_string()]);
        let gone: Vec<String> = graph.only_through(&seeds).into_iter().collect();
        assert_eq!(gone, ["image1", "loop", "ribbon", "signature", "vba"]);
    }

    #[test]
    fn the_source_of_relationships_is_told_by_their_name() {
        for (part, source) in [
            ("_rels/.rels", Some("")),
            ("_rels/workbook.xml.rels", Some("workbook.xml")),
            ("xl\\_rels\\Workbook.xml.rels", Some("xl/workbook.xml")),
            ("xl/workbook.xml", None),
            ("xl/_rels/other.xml", None),
        ] {
            assert_eq!(source_of(part).as_deref(), source, "{part}");
        }
    }
}
