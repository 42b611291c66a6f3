//! On which sheets a table stands: those of its own name, others that leave no doubt, one an area; and which are copies.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Located, Search, area_in};
use crate::contract::layout::AreaBy;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::{SHEET_RENAMED, TABLE_REPEATED};
use crate::domain::text::{fold, likeness};
use crate::domain::workbook::Sheet;

impl<'a> Search<'a, '_> {
    /// A sheet of another name counts only when its headings leave no doubt; of several the first that fits best.
    pub(super) fn elsewhere(&self, sheets: impl Iterator<Item = &'a Sheet>) -> Vec<Located<'a>> {
        let needed = self.table.columns.iter().filter(|c| !c.optional && !c.title).count();
        let mut found: Vec<Vec<Located<'a>>> = sheets
            .map(|sheet| self.on(sheet, None))
            .filter(|places| {
                places.first().is_some_and(|first| first.exact * 3 >= needed * 2 && !self.is_another(first))
            })
            .collect();
        // Sorted stably: of those that fit alike the first sheet's goes before.
        found.sort_by_key(|places| std::cmp::Reverse(places.first().map_or(0, |first| first.exact)));
        let mut found = found.into_iter();
        let Some(mut places) = found.next() else { return Vec::new() };
        if let Some(first) = places.first_mut() {
            let expected = self.table.sheets.first().cloned().unwrap_or_default();
            let copies: Vec<Finding> = found
                .filter_map(|others| others.into_iter().next())
                .filter(|other| other.exact == first.exact && !self.is_named_for_any(other.sheet))
                .map(|other| self.repeated(other.sheet, first))
                .collect();
            first.findings.insert(0, self.renamed_sheet(first.sheet, &expected));
            first.findings.extend(copies);
        }
        places
    }

    /// Whether a sheet bears the name that any table of the form stands under.
    pub(super) fn is_named_for_any(&self, sheet: &Sheet) -> bool {
        let name = fold(&sheet.name);
        self.form.tables.iter().flat_map(|table| &table.sheets).any(|own| fold(own) == name)
    }

    /// Whether the table stands on another sheet with as many of its headings.
    pub(super) fn stands_as_well_on(&self, sheet: &'a Sheet, first: &Located<'_>) -> bool {
        let places = self.on(sheet, None);
        places.first().is_some_and(|place| place.exact >= first.exact && !self.is_another(place))
    }

    pub(super) fn repeated(&self, sheet: &Sheet, read: &Located<'_>) -> Finding {
        let message = format!(
            "{} stands on the sheet “{}” as well; only that on “{}” was read.",
            self.table.title, sheet.name, read.sheet.name
        );
        Finding::in_sheet(&TABLE_REPEATED, &self.workbook.file, &sheet.name, message)
    }

    /// Whether the headings found are those of another table of the form, which they fit better: tables may have headings in common.
    fn is_another(&self, located: &Located<'a>) -> bool {
        let others = self.form.tables.iter().filter(|other| {
            other.id != self.table.id && other.area_by() != AreaBy::Sheet && other.placed.below.is_empty()
        });
        others.into_iter().any(|other| {
            let is_named = other.sheets.iter().any(|name| fold(name) == fold(&located.sheet.name));
            let fits = Search { table: other, ..*self }.on(located.sheet, None);
            fits.first().is_some_and(|fits| {
                fits.heading_row == located.heading_row
                    && (fits.exact > located.exact || (is_named && fits.exact == located.exact))
            })
        })
    }

    pub(super) fn by_area(&self, visible: &[&'a Sheet]) -> Vec<Located<'a>> {
        let contract = self.contract;
        let mut places = Vec::new();
        let mut taken = BTreeSet::new();
        for area in &contract.areas {
            let names = || std::iter::once(&area.name).chain(&area.aliases);
            let exact = visible
                .iter()
                .find(|sheet| contract.area(&sheet.name) == Some(area.name.as_str()))
                .map(|sheet| (*sheet, false));
            let near = || {
                visible
                    .iter()
                    .filter(|sheet| contract.area(&sheet.name).is_none() && !taken.contains(&sheet.name))
                    .find(|sheet| {
                        let name = fold(&sheet.name);
                        names().any(|own| name.contains(&fold(own)) || likeness(own, &sheet.name) >= 0.8)
                    })
                    .map(|sheet| (*sheet, true))
            };
            let Some((sheet, renamed)) = exact.or_else(near) else { continue };
            let Some(mut located) = self.on(sheet, Some(&area.name)).into_iter().next() else { continue };
            taken.insert(sheet.name.clone());
            if renamed {
                located.findings.insert(0, self.renamed_sheet(sheet, &area.name));
            }
            places.push(located);
        }
        let copies: Vec<Vec<Finding>> =
            places.iter().map(|place| self.copies_of_area(place, visible, &taken)).collect();
        for (place, copies) in places.iter_mut().zip(copies) {
            place.findings.extend(copies);
        }
        places
    }

    /// Further sheets that are named for the area of a sheet and hold the table as well: “Cheshire East (2)”.
    fn copies_of_area(
        &self,
        read: &Located<'_>,
        visible: &[&'a Sheet],
        taken: &BTreeSet<Arc<str>>,
    ) -> Vec<Finding> {
        let Some(area) = read.area.as_deref() else { return Vec::new() };
        let is_like = |sheet: &Sheet| {
            let own = self.contract.areas.iter().find(|own| own.name == area);
            let mut names = own.into_iter().flat_map(|own| std::iter::once(&own.name).chain(&own.aliases));
            names.any(|name| likeness(name, &sheet.name) >= 0.8)
        };
        let is_named = |sheet: &Sheet| match area_in(self.contract, &sheet.name) {
            Some(named) => named == area,
            None => is_like(sheet),
        };
        visible
            .iter()
            .filter(|sheet| !taken.contains(&sheet.name) && is_named(sheet))
            .filter(|sheet| {
                let places = self.on(sheet, Some(area));
                places.first().is_some_and(|place| place.exact >= read.exact)
            })
            .map(|sheet| self.repeated(sheet, read))
            .collect()
    }

    pub(super) fn renamed_sheet(&self, sheet: &Sheet, expected: &str) -> Finding {
        Finding::in_sheet(
            &SHEET_RENAMED,
            &self.workbook.file,
            &sheet.name,
            format!("{} was found on the sheet “{}”, not on “{expected}”.", self.table.title, sheet.name),
        )
    }
}
