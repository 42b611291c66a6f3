//! From where a workbook takes values that do not stand in it, for naming only: nothing is followed.
//!
//! Of a file its name is said and not its folders, which may hold a person's name; of an address the host and the name.

use super::not_safe::NotSafe;
use super::package::{Package, Relationship, Relationships, decoded};
use super::xml::{Scan, Step};

/// Most names said one by one.
const MOST: usize = 10;
/// Longest name shown, in characters.
const LONGEST: usize = 80;
/// A connection to a range of the workbook itself.
const OWN_RANGE: &str = "102";
/// What Excel calls the connection to the workbook's own data model.
const OWN_MODEL: &str = "Data Model Connection";

/// The names of the files, sources and addresses that the workbook takes values from, sorted; after ten of them how
/// many more there are.
///
/// # Errors
///
/// When a part that names them is missing or cannot be followed.
pub fn external(package: &mut Package<'_>, of_workbook: &Relationships) -> Result<Vec<String>, NotSafe> {
    let mut names = Vec::new();
    let of_kind =
        |kind: &'static str| of_workbook.list().iter().filter(move |own| own.kind == kind && !own.external);
    for own in of_kind("externalLink") {
        let text = package.needed(&own.target)?;
        let others = exchanged(&own.target, &text)?;
        let targets = Relationships::read(package, &own.target)?;
        names.extend(targets.list().iter().filter(|own| own.external).map(|own| shown(&own.target)));
        names.extend(others);
    }
    // A pivot table of another workbook's cells.
    for own in of_kind("pivotCacheDefinition") {
        let targets = Relationships::read(package, &own.target)?;
        names.extend(targets.list().iter().filter(|own| leads_to_values(own)).map(|own| shown(&own.target)));
    }
    for own in of_kind("connections") {
        let text = package.needed(&own.target)?;
        names.extend(connections(&own.target, &text)?);
    }
    names.retain(|name| !name.is_empty());
    names.sort_by_cached_key(|name| (name.to_lowercase(), name.clone()));
    names.dedup_by_key(|name| name.to_lowercase());
    let more = names.len().saturating_sub(MOST);
    if more > 0 {
        names.truncate(MOST);
        names.push(format!("and {more} more"));
    }
    Ok(names)
}

/// Whether an external relationship is one to values, and not a link to click on.
fn leads_to_values(own: &Relationship) -> bool {
    own.external && own.kind != "hyperlink"
}

/// The programs that hand values over, which are named in the part itself.
fn exchanged(part: &str, text: &str) -> Result<Vec<String>, NotSafe> {
    let mut names = Vec::new();
    let mut scan = Scan::new(part, text);
    while let Some(step) = scan.next()? {
        if let Step::Open(open) = step
            && open.local() == "ddeLink"
        {
            let topic = shown(&open.attribute("ddeTopic").unwrap_or_default());
            let service = shown(&open.attribute("ddeService").unwrap_or_default());
            names.push(if topic.is_empty() { service } else { topic });
        }
    }
    Ok(names)
}

/// What is known of a connection while its elements go by.
#[derive(Default)]
struct Connection {
    name: String,
    source: Option<String>,
    own: bool,
}

impl Connection {
    fn shown(self) -> Option<String> {
        let source = self.source.map(|source| shown(&source)).filter(|source| !source.is_empty());
        if self.own { None } else { Some(source.unwrap_or_else(|| fit_for_showing(&self.name))) }
    }
}

/// The connections of a workbook: by the file or address they read where they name one, else by their own names.
fn connections(part: &str, text: &str) -> Result<Vec<String>, NotSafe> {
    let mut names = Vec::new();
    let mut now: Option<Connection> = None;
    let mut scan = Scan::new(part, text);
    while let Some(step) = scan.next()? {
        match step {
            Step::Open(open) if open.depth == 1 => {
                let own = open.attribute("type").as_deref() == Some(OWN_RANGE);
                let source = open.attribute("sourceFile").or_else(|| open.attribute("odcFile"));
                let name = open.attribute("name").unwrap_or_default();
                let connection = Connection { name, source, own };
                match open.empty {
                    true => names.extend(connection.shown()),
                    false => now = Some(connection),
                }
            }
            Step::Open(open) => {
                let Some(connection) = &mut now else { continue };
                let written = open.attribute("connection").unwrap_or_default();
                connection.own |= written == OWN_MODEL || open.local() == "rangePr";
                let source = ["url", "sourceFile"].iter().find_map(|name| open.attribute(name));
                let source = source.or_else(|| data_source(&written));
                // What the connection says of itself is what Excel shows of it.
                connection.source = connection.source.take().or(source);
            }
            Step::Close { depth: 1, .. } => names.extend(now.take().and_then(Connection::shown)),
            _ => {}
        }
    }
    Ok(names)
}

/// The file or address in a connection text, such as `Provider=…;Data Source=C:\data.accdb;…`. The name of a server is
/// none, and nothing else of the text is shown: passwords stand in such texts.
fn data_source(connection: &str) -> Option<String> {
    connection.split(';').find_map(|setting| {
        let (name, value) = setting.split_once('=')?;
        let name = name.trim().to_lowercase();
        let value = value.trim().trim_matches(['"', '\'']);
        let is_place = matches!(name.as_str(), "data source" | "dbq" | "url") && value.contains(['\\', '/']);
        is_place.then(|| value.to_string())
    })
}

/// What is shown of a file's path or an address: its last step, and of an address the host.
fn shown(target: &str) -> String {
    let target = target.trim();
    let (scheme, rest) = match target.split_once("://") {
        Some((scheme, rest)) => (scheme.to_lowercase(), rest),
        None => (String::new(), target),
    };
    let is_web = ["http", "https", "ftp", "ftps"].contains(&scheme.as_str());
    // What is behind a question mark may be a key to the file.
    let rest = if is_web { rest.split(['?', '#']).next().unwrap_or_default() } else { rest };
    let rest = decoded(rest).replace('\\', "/");
    let mut steps = rest.split('/').filter(|step| !step.trim().is_empty());
    let host = if is_web { steps.next().and_then(|host| host.rsplit('@').next()) } else { None };
    let name = steps.next_back().map(str::trim);
    // A bare drive or a setting is no name.
    let name = name.filter(|name| !name.ends_with(':'));
    fit_for_showing(&match (host, name) {
        (Some(host), Some(name)) => format!("{name} ({host})"),
        (Some(name), None) | (None, Some(name)) => name.to_string(),
        (None, None) => String::new(),
    })
}

/// A text that can be shown: no characters that break lines, turn text around or cannot be seen, and not too many.
fn fit_for_showing(text: &str) -> String {
    let is_misleading = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let mut shown: String =
        text.trim().chars().map(|c| if is_misleading(c) { '\u{fffd}' } else { c }).take(LONGEST).collect();
    if text.trim().chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::write_back::tests::package_of;

    #[test]
    fn the_name_is_shown_and_not_the_way_to_it() {
        for (target, name) in [
            ("file:///\\\\server\\share\\users\\a.person\\Budget%202026.xlsx", "Budget 2026.xlsx"),
            ("file:///C:\\Users\\a.person\\Budget.xlsx", "Budget.xlsx"),
            ("C:/Users/a.person/Budget.xlsx", "Budget.xlsx"),
            ("Budget.xlsx", "Budget.xlsx"),
            ("../data/Budget.xlsx", "Budget.xlsx"),
            (
                "https://user:secret@host.example/personal/a_person/Budget.xlsx?token=secret#x",
                "Budget.xlsx (host.example)",
            ),
            ("HTTP://host.example/", "host.example"),
            ("", ""),
            ("C:\\", ""),
            ("a\u{202e}xslx.exe", "a\u{fffd}xslx.exe"),
            ("50%", "50%"),
            ("%41\u{301}%ff", "%41\u{301}%ff"),
        ] {
            assert_eq!(shown(target), name, "{target}");
        }
        assert_eq!(shown(&"é".repeat(200)).chars().count(), LONGEST + 1);
    }

    #[test]
    fn connections_are_named_by_what_they_read() {
        let text = "<connections xmlns=\"m\" xmlns:x15=\"n\">\
            <connection id=\"1\" name=\"Old\" type=\"1\" sourceFile=\"C:\\data\\old.accdb\"><dbPr connection=\"Password=secret\"/></connection>\
            <connection id=\"2\" name=\"Web\" type=\"4\"><webPr url=\"https://host.example/rates?key=secret\"/></connection>\
            <connection id=\"3\" name=\"Text\" type=\"6\"><textPr sourceFile=\"D:\\in\\figures.csv\"><textFields/></textPr></connection>\
            <connection id=\"4\" name=\"Query - Sites\" type=\"5\"><dbPr connection=\"Provider=Microsoft.Mashup.OleDb.1;Data Source=$Workbook$;Location=Sites\"/></connection>\
            <connection id=\"5\" name=\"Access\" type=\"5\"><dbPr connection=\"Provider=x;Data Source=\\\\server\\share\\a.accdb;Password=secret\"/></connection>\
            <connection id=\"6\" name=\"ThisWorkbookDataModel\" type=\"5\"><dbPr connection=\"Data Model Connection\" command=\"Model\"/></connection>\
            <connection id=\"7\" name=\"WorksheetConnection_A\" type=\"102\"><extLst><ext><x15:connection><x15:rangePr sourceName=\"_x\"/></x15:connection></ext></extLst></connection>\
            <connection id=\"8\" name=\"Bare\" type=\"1\"/></connections>";
        assert_eq!(
            connections("p", text).unwrap(),
            ["old.accdb", "rates (host.example)", "figures.csv", "Query - Sites", "a.accdb", "Bare"]
        );
    }

    fn package(parts: &[(String, String)]) -> Vec<u8> {
        package_of(parts.iter().map(|(name, text)| (name.as_str(), text.as_str())))
    }

    fn relationships(list: &[(&str, &str)]) -> String {
        let list: String = list
            .iter()
            .enumerate()
            .map(|(id, (kind, target))| {
                let mode = if target.starts_with("file:") { " TargetMode=\"External\"" } else { "" };
                format!("<Relationship Id=\"r{id}\" Type=\"k/{kind}\" Target=\"{target}\"{mode}/>")
            })
            .collect();
        format!("<Relationships>{list}</Relationships>")
    }

    fn of_package(parts: &[(String, String)]) -> Result<Vec<String>, NotSafe> {
        let bytes = package(parts);
        let mut package = Package::open(&bytes)?;
        let of_workbook = Relationships::read(&mut package, "xl/workbook.xml")?;
        external(&mut package, &of_workbook)
    }

    #[test]
    fn links_are_named_once_and_not_without_end() {
        let part = |name: &str, text: &str| (name.to_string(), text.to_string());
        let mut of_workbook = vec![("pivotCacheDefinition".to_string(), "pivotCache/p.xml".to_string())];
        let mut parts = vec![
            part("xl/pivotCache/p.xml", "<p/>"),
            part(
                "xl/pivotCache/_rels/p.xml.rels",
                &relationships(&[("externalLinkPath", "file:///b.xlsx"), ("pivotCacheRecords", "r.xml")]),
            ),
        ];
        for number in 0..3 {
            of_workbook.push(("externalLink".into(), format!("externalLinks/e{number}.xml")));
            let text = if number == 0 {
                "<externalLink><ddeLink ddeService='Excel' ddeTopic='C:\\t\\live.xls'/></externalLink>"
            } else {
                "<externalLink/>"
            };
            parts.push(part(&format!("xl/externalLinks/e{number}.xml"), text));
            if number > 0 {
                let target = format!("file:///c:/{}.xlsx", if number == 1 { "a" } else { "A" });
                parts.push(part(
                    &format!("xl/externalLinks/_rels/e{number}.xml.rels"),
                    &relationships(&[("externalLinkPath", &target)]),
                ));
            }
        }
        let with = |of_workbook: &[(String, String)], parts: &[(String, String)]| {
            let list: Vec<(&str, &str)> =
                of_workbook.iter().map(|(kind, target)| (kind.as_str(), target.as_str())).collect();
            let mut parts = parts.to_vec();
            parts.push(part("xl/_rels/workbook.xml.rels", &relationships(&list)));
            of_package(&parts)
        };
        assert_eq!(with(&of_workbook, &parts).unwrap(), ["A.xlsx", "b.xlsx", "live.xls"]);
        let connections: String =
            (10..22).map(|number| format!("<connection name=\"c{number}\"/>")).collect();
        parts.push(part("xl/connections.xml", &format!("<connections>{connections}</connections>")));
        of_workbook.push(("connections".into(), "connections.xml".into()));
        let names = with(&of_workbook, &parts).unwrap();
        assert_eq!((names.len(), names[2].as_str(), names[10].as_str()), (11, "c10", "and 5 more"));
        assert_eq!(with(&[("worksheet".into(), "s.xml".into())], &[]).unwrap(), [""; 0]);
        assert!(with(&[("externalLink".into(), "e.xml".into())], &[]).is_err());
    }
}
