//! The agenda of the review meeting, items below items.

use crate::domain::place::CellRef;

/// An item of the meeting's agenda.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AgendaItem {
    /// Heading.
    pub title: String,
    /// What the provider wrote on it, one entry a return that was asked; empty where the contract asks for no words.
    pub told: Vec<Told>,
    /// What the return says on it besides, in sentences.
    pub facts: Vec<String>,
    /// Points the council means to raise, in sentences; may be empty.
    pub points: Vec<String>,
    /// Items below it.
    pub items: Vec<AgendaItem>,
}

impl AgendaItem {
    /// The item without the points the council means to raise, and so its items.
    #[must_use]
    pub fn without_points(&self) -> Self {
        Self {
            points: Vec::new(),
            items: self.items.iter().map(Self::without_points).collect(),
            ..self.clone()
        }
    }

    /// The item and all below it with their numbers: `4`, then `4.1`.
    pub fn numbered(items: &[Self]) -> Vec<(String, &Self)> {
        fn below<'a>(items: &'a [AgendaItem], before: &str, numbered: &mut Vec<(String, &'a AgendaItem)>) {
            for (place, item) in (1usize..).zip(items) {
                let number = format!("{before}{place}");
                let further = format!("{number}.");
                numbered.push((number, item));
                below(&item.items, &further, numbered);
            }
        }
        let mut numbered = Vec::new();
        below(items, "", &mut numbered);
        numbered
    }
}

/// What the provider wrote on an item of the agenda.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Told {
    /// Whose or of when it is, where that needs saying: the area, the month of a quarter.
    pub of: Option<String>,
    /// Its words, one string a paragraph; empty when it supplied none.
    pub paragraphs: Vec<String>,
    /// Where it stands; `None` when no return came.
    pub place: Option<CellRef>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(title: &str, items: Vec<AgendaItem>) -> AgendaItem {
        AgendaItem { title: title.into(), points: vec!["Ask why.".into()], items, ..AgendaItem::default() }
    }

    #[test]
    fn items_below_items_carry_both_numbers() {
        let items = [item("A", Vec::new()), item("B", vec![item("C", Vec::new()), item("D", Vec::new())])];
        let numbers: Vec<String> =
            AgendaItem::numbered(&items).into_iter().map(|(number, item)| number + &item.title).collect();
        assert_eq!(numbers, ["1A", "2B", "2.1C", "2.2D"]);
    }

    #[test]
    fn no_point_is_left_at_any_depth() {
        let bare = item("A", vec![item("B", vec![item("C", Vec::new())])]).without_points();
        assert!(AgendaItem::numbered(&[bare]).iter().all(|(_, item)| item.points.is_empty()));
    }
}
