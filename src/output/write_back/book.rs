//! The workbook part: which sheets there are, and which parts they are.

use std::collections::BTreeSet;

use super::not_safe::NotSafe;
use super::package::{ContentTypes, Package, Relationships, STRICT, TRANSITIONAL};
use super::shared_strings::SharedStrings;
use super::styles::Styles;
use super::xml::{Element, Open, Scan, Splices, Step, attribute_value};

/// The namespace of ordinary workbooks.
pub const SPREADSHEET: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
/// The namespace of strict workbooks.
pub const STRICT_SPREADSHEET: &str = "http://purl.oclc.org/ooxml/spreadsheetml/main";

const STYLES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";
const SHARED_STRINGS: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml";

/// Kinds of parts in which the notes of one sheet are kept.
const NOTES: &[&str] = &["comments", "vmlDrawing", "threadedComment"];

/// The namespace of a workbook's parts.
pub fn namespace(strict: bool) -> &'static str {
    if strict { STRICT_SPREADSHEET } else { SPREADSHEET }
}

/// The whole kind of a relationship, by its last word.
pub fn kind(strict: bool, word: &str) -> String {
    format!("{}/{word}", relationships_namespace(strict))
}

/// Where the kinds of relationships begin, which is the namespace of their ids in parts too.
pub fn relationships_namespace(strict: bool) -> &'static str {
    if strict { STRICT } else { TRANSITIONAL }
}

/// A sheet as the workbook lists it.
#[derive(Debug, Clone)]
pub struct ListedSheet {
    /// Its name.
    pub name: String,
    /// The part of a worksheet; `None` for a chart or dialogue sheet.
    pub part: Option<String>,
    sheet_id: usize,
    relationship: String,
    element: Element,
}

/// The workbook part.
#[derive(Debug)]
pub struct Book {
    /// Name of the part.
    pub part: String,
    /// Sheets of every kind, in the workbook's order.
    pub sheets: Vec<ListedSheet>,
    /// The workbook's relationships.
    pub relationships: Relationships,
    text: String,
    root: Root,
    list: Element,
    /// Attributes that count sheets from zero, by their bytes.
    counted: Vec<(std::ops::Range<usize>, usize)>,
    /// Names that belong to one sheet: the bytes of the element, of the number, and the number.
    local_names: Vec<(Element, std::ops::Range<usize>, usize)>,
    /// The defined names, in lower case.
    names: Vec<String>,
    splices: Splices,
}

impl Book {
    /// Reads the main part of a package.
    ///
    /// # Errors
    ///
    /// When there is none, or it cannot be followed.
    pub fn read(package: &mut Package<'_>, part: &str) -> Result<Self, NotSafe> {
        let part = part.to_string();
        let text = package.needed(&part)?;
        let relationships = Relationships::read(package, &part)?;
        let mut reading = Reading::default();
        let mut scan = Scan::new(&part, &text);
        let mut list = None;
        let mut root = None;
        while let Some(step) = scan.next()? {
            let Step::Open(open) = step else { continue };
            match (open.depth, open.local()) {
                (0, "workbook") => root = Some(Root::of(&scan, &open)?),
                (0, other) => return Err(scan.not_understood(other)),
                (1, "sheets") => list = Some(reading.sheets(&mut scan, &open, &relationships)?),
                (2, "workbookView") => {
                    for name in ["activeTab", "firstSheet"] {
                        if let (Some(range), Some(number)) = (open.value_range(name), open.number(name)) {
                            reading.counted.push((range, number));
                        }
                    }
                }
                (2, "definedName") => {
                    let close = scan.skip(&open)?;
                    reading.names.extend(open.attribute("name").map(|name| name.to_lowercase()));
                    if let (Some(range), Some(number)) =
                        (open.value_range("localSheetId"), open.number("localSheetId"))
                    {
                        reading.local_names.push((open.place(&close), range, number));
                    }
                }
                _ => {}
            }
        }
        let root = root.ok_or_else(|| NotSafe::not_understood(&part, "no workbook"))?;
        let list = list.ok_or_else(|| NotSafe::not_understood(&part, "no list of sheets"))?;
        Ok(Self {
            part,
            sheets: reading.list,
            relationships,
            text,
            root,
            list,
            counted: reading.counted,
            local_names: reading.local_names,
            names: reading.names,
            splices: Splices::default(),
        })
    }

    /// Expects that no two sheets share what notes are kept in, which would then stand on both.
    ///
    /// # Errors
    ///
    /// When two do, or the relationships of a sheet cannot be followed.
    pub fn expect_own_notes(&self, package: &mut Package<'_>) -> Result<(), NotSafe> {
        let mut seen = BTreeSet::new();
        for part in self.sheets.iter().filter_map(|sheet| sheet.part.as_ref()) {
            if !seen.insert(part.clone()) {
                return Err(NotSafe::not_understood(&self.part, "two sheets that are one part"));
            }
            let relationships = Relationships::read(package, part)?;
            let kept = relationships.list().iter().filter(|own| NOTES.contains(&own.kind.as_str()));
            let kept: BTreeSet<&str> = kept.map(|own| own.target.as_str()).collect();
            if let Some(shared) = kept.into_iter().find(|target| !seen.insert((*target).to_string())) {
                return Err(NotSafe::not_understood(shared, "notes that two sheets share"));
            }
        }
        Ok(())
    }

    /// Whether the package is a strict one.
    pub fn is_strict(&self) -> bool {
        self.root.strict
    }

    /// The namespace of the workbook's parts.
    pub fn namespace(&self) -> &'static str {
        namespace(self.root.strict)
    }

    /// Whether the workbook defines that name.
    pub fn has_name(&self, name: &str) -> bool {
        self.names.contains(&name.to_lowercase())
    }

    /// The whole kind of a relationship of this package, by its last word.
    pub fn kind(&self, word: &str) -> String {
        kind(self.root.strict, word)
    }

    /// The formats that its sheets share.
    ///
    /// # Errors
    ///
    /// When their part cannot be followed.
    pub fn styles(&mut self, package: &mut Package<'_>, types: &mut ContentTypes) -> Result<Styles, NotSafe> {
        let part = self.part_for(types, "styles", STYLES);
        Styles::read(package, &part, self.namespace())
    }

    /// The texts that its sheets share.
    ///
    /// # Errors
    ///
    /// When their part cannot be followed.
    pub fn strings(
        &mut self,
        package: &mut Package<'_>,
        types: &mut ContentTypes,
    ) -> Result<SharedStrings, NotSafe> {
        let part = self.part_for(types, "sharedStrings", SHARED_STRINGS);
        SharedStrings::read(package, &part, self.namespace())
    }

    /// The part of the worksheet of that name.
    pub fn worksheet(&self, name: &str) -> Option<&str> {
        self.sheets.iter().find(|sheet| sheet.name == name)?.part.as_deref()
    }

    /// The part that the workbook has for shared things, `word` its relationship's kind and its usual name; where it has none, the
    /// name under which it is to be put, with its relationship and content type.
    fn part_for(&mut self, types: &mut ContentTypes, word: &str, content_type: &str) -> String {
        if let Some(own) = self.relationships.of_kind(word) {
            return own.target.clone();
        }
        let folder = self.part.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        // A part of the usual name that nothing leads to is what many programs take for it all the same.
        let name = format!("{folder}{word}.xml");
        self.relationships.add(&self.kind(word), &name);
        types.set(&name, content_type);
        name
    }

    /// Takes a sheet out of the list, and with it the names that belong to it alone; the tabs and names of the sheets behind it
    /// are counted anew for its coming back as the last one. Gives its number for the sheet that comes in its place.
    pub fn take_out(&mut self, index: usize) -> Option<usize> {
        if index >= self.sheets.len() {
            return None;
        }
        let last = self.sheets.len() - 1;
        let sheet = self.sheets.remove(index);
        self.splices.remove(sheet.element.whole());
        let relationship = sheet.relationship;
        self.relationships.remove(|own| own.id == relationship);
        let moved = |number: usize| match number {
            number if number == index => last,
            number if number > index => number - 1,
            number => number,
        };
        for (range, number) in &self.counted {
            if moved(*number) != *number {
                self.splices.replace(range.clone(), moved(*number).to_string());
            }
        }
        for (element, range, number) in &self.local_names {
            if *number == index {
                self.splices.remove(element.whole());
            } else if moved(*number) != *number {
                self.splices.replace(range.clone(), moved(*number).to_string());
            }
        }
        Some(sheet.sheet_id)
    }

    /// Lists a worksheet behind all others. `sheet_id` is that of the sheet in whose place it comes.
    pub fn add(&mut self, name: &str, part: &str, sheet_id: Option<usize>) {
        let highest = self.sheets.iter().map(|sheet| sheet.sheet_id).max().unwrap_or(0);
        let id = self.relationships.add(&self.kind("worksheet"), part);
        let written = format!(
            "<{}sheet name=\"{}\" sheetId=\"{}\"{}/>",
            self.root.prefix,
            attribute_value(name),
            sheet_id.unwrap_or(highest + 1),
            self.root.id_attribute(&id)
        );
        self.splices.append_to(&self.list, written);
    }

    /// Puts the part and its relationships back into the package, where anything has changed.
    ///
    /// # Errors
    ///
    /// When the changes do not go together.
    pub fn store(self, package: &mut Package<'_>) -> Result<(), NotSafe> {
        if !self.splices.is_empty() {
            let written = self.splices.apply(&self.part, &self.text)?;
            package.put(&self.part, written);
        }
        self.relationships.store(package)
    }
}

/// What the root of a part of the workbook says.
#[derive(Debug)]
pub struct Root {
    /// The prefix of the part's elements, with its colon.
    pub prefix: String,
    /// The prefix of relationship ids, with its colon; empty when the root binds none.
    pub id_prefix: String,
    /// Whether it is in the strict namespace.
    pub strict: bool,
}

impl Root {
    /// What `open` says, the root of a part of a workbook.
    ///
    /// # Errors
    ///
    /// When it is in neither namespace of workbooks.
    pub fn of(scan: &Scan<'_>, open: &Open<'_>) -> Result<Self, NotSafe> {
        let prefix = open.prefix();
        let name = if prefix.is_empty() {
            "xmlns".to_string()
        } else {
            format!("xmlns:{}", prefix.trim_end_matches(':'))
        };
        let strict = match open.attribute(&name).as_deref() {
            Some(SPREADSHEET) => false,
            Some(STRICT_SPREADSHEET) => true,
            _ => return Err(scan.not_understood("another namespace than that of workbooks")),
        };
        let id_prefix = open.prefix_bound_to(&[TRANSITIONAL, STRICT]).unwrap_or_default();
        Ok(Self { prefix, id_prefix, strict })
    }

    /// The attribute that names a relationship, with the space before it; it binds its prefix where the root does not.
    pub fn id_attribute(&self, id: &str) -> String {
        match self.id_prefix.as_str() {
            "" => format!(" xmlns:r=\"{}\" r:id=\"{id}\"", relationships_namespace(self.strict)),
            prefix => format!(" {prefix}id=\"{id}\""),
        }
    }
}

#[derive(Default)]
struct Reading {
    names: Vec<String>,
    list: Vec<ListedSheet>,
    taken: BTreeSet<String>,
    counted: Vec<(std::ops::Range<usize>, usize)>,
    local_names: Vec<(Element, std::ops::Range<usize>, usize)>,
}

impl Reading {
    fn sheets(
        &mut self,
        scan: &mut Scan<'_>,
        list: &Open<'_>,
        relationships: &Relationships,
    ) -> Result<Element, NotSafe> {
        if list.empty {
            return Err(scan.not_understood("a list of no sheets"));
        }
        loop {
            match scan.next()? {
                Some(Step::Open(open)) if open.local() == "sheet" => {
                    let close = scan.skip(&open)?;
                    let relationship = open.any_attribute("id").unwrap_or_default();
                    let leads_to =
                        relationships.list().iter().find(|own| own.id == relationship && !own.external);
                    let leads_to =
                        leads_to.ok_or_else(|| scan.not_understood("a sheet that leads to no part"))?;
                    let name = open.attribute("name").unwrap_or_default();
                    // Excel tells sheets apart by their names, in whatever case.
                    if !self.taken.insert(name.to_lowercase()) {
                        return Err(scan.not_understood("two sheets of one name"));
                    }
                    self.list.push(ListedSheet {
                        name,
                        part: (leads_to.kind == "worksheet").then(|| leads_to.target.clone()),
                        sheet_id: open.number("sheetId").unwrap_or(0),
                        relationship,
                        element: open.place(&close),
                    });
                }
                Some(Step::Open(other)) => return Err(scan.not_understood(other.local())),
                Some(Step::Close { range, depth: 1 }) => return Ok(list.place(&range)),
                Some(_) => {}
                None => return Err(scan.damaged("it ends too early")),
            }
        }
    }
}
