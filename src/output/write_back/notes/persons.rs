//! The persons who write in threads.

use std::collections::BTreeSet;

use super::threads::free_id;
use crate::output::write_back::not_safe::NotSafe;
use crate::output::write_back::xml::{Open, Scan, Splices, Step, attribute_value};

/// What Excel gives a person who has not signed in, whose name is all that is known.
const LOCAL: &str = "None";

/// The persons of a workbook.
#[derive(Debug)]
pub struct Persons<'a> {
    part: &'a str,
    text: &'a str,
    root: Open<'a>,
    /// Where the last person ends.
    end: Option<usize>,
    list: Vec<Person>,
}

#[derive(Debug)]
struct Person {
    id: String,
    name: String,
    is_local: bool,
}

impl<'a> Persons<'a> {
    /// Those of a part.
    ///
    /// # Errors
    ///
    /// When it cannot be followed, or holds no persons.
    pub fn read(part: &'a str, text: &'a str) -> Result<Self, NotSafe> {
        let mut scan = Scan::new(part, text);
        let (mut root, mut end, mut list) = (None, None, Vec::new());
        while let Some(step) = scan.next()? {
            let Step::Open(open) = step else { continue };
            match (open.depth, open.local()) {
                (0, "personList") => root = Some(open),
                (1, "person") => {
                    end = Some(scan.skip(&open)?.end);
                    let attribute = |name| open.attribute(name).unwrap_or_default();
                    let name = attribute("displayName");
                    let is_local = attribute("providerId") == LOCAL && attribute("userId") == name;
                    list.push(Person { id: attribute("id"), name, is_local });
                }
                (1, "extLst") => {
                    scan.skip(&open)?;
                }
                (_, other) => return Err(scan.not_understood(other)),
            }
        }
        let root = root.ok_or_else(|| NotSafe::not_understood(part, "no persons"))?;
        Ok(Self { part, text, root, end, list })
    }

    /// Whether a person is known by its name alone, as ours is.
    pub fn is_local(&self, id: &str) -> bool {
        self.list.iter().any(|person| person.is_local && person.id.eq_ignore_ascii_case(id))
    }

    /// The id of the person of that name, and the part with it where it is not there yet.
    ///
    /// # Errors
    ///
    /// When the changes do not go together.
    pub fn with(&self, name: &str) -> Result<(String, Option<String>), NotSafe> {
        let there = self.list.iter().find(|person| person.is_local && person.name == name);
        if let Some(person) = there.filter(|person| !person.id.is_empty()) {
            return Ok((person.id.clone(), None));
        }
        let mut ids: BTreeSet<String> = self.list.iter().map(|person| person.id.to_uppercase()).collect();
        let id = free_id(&["person", name], &mut ids);
        let (p, value) = (self.root.prefix(), attribute_value(name));
        let person = format!(
            "<{p}person displayName=\"{value}\" id=\"{id}\" userId=\"{value}\" providerId=\"{LOCAL}\"/>"
        );
        let mut splices = Splices::default();
        match (self.end, self.root.empty) {
            (Some(end), _) => splices.insert(end, person),
            (None, true) => splices.append(&self.root, 0, person),
            (None, false) => splices.insert(self.root.range.end, person),
        }
        Ok((id, Some(splices.apply(self.part, self.text)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_is_added_once() {
        let known = "<p:person displayName=\"A\" id=\"{A}\" userId=\"S::a\" providerId=\"AD\"/>";
        for text in [
            format!("<p:personList xmlns:p=\"urn:p\">{known}<p:extLst/></p:personList>"),
            "<p:personList xmlns:p=\"urn:p\"><p:extLst/></p:personList>".to_string(),
            "<p:personList xmlns:p=\"urn:p\"/>".to_string(),
        ] {
            let persons = Persons::read("p", &text).unwrap();
            assert!(!persons.is_local("{A}"));
            let (id, written) = persons.with("The \"Council\" & co").unwrap();
            let written = written.unwrap();
            let again = Persons::read("p", &written).unwrap();
            assert!(again.is_local(&id), "{written}");
            assert_eq!(again.with("The \"Council\" & co").unwrap(), (id, None));
            assert_eq!(written.matches("<p:person ").count(), text.matches("<p:person ").count() + 1);
            assert!(!written.contains("<p:extLst/><p:person "), "{written}");
        }
        assert!(Persons::read("p", "<a/>").is_err());
        assert!(Persons::read("p", "<personList><b/></personList>").is_err());
    }
}
