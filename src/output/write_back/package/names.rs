//! Names of parts, and what a relationship's target means.

/// What two spellings of a part's name have in common: forward slashes, lower case, no slash before it.
pub fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// The part in which the relationships of `part` stand; those of the package itself when it is empty.
pub fn relationships_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// The part a target leads to, from the part it stands in; `None` when it climbs out of the package.
pub fn resolve(source: &str, target: &str) -> Option<String> {
    let target = decoded(&target.replace('\\', "/"));
    // What follows a number sign is a place inside the part.
    let target = target.split('#').next().unwrap_or_default();
    let mut steps: Vec<&str> = Vec::new();
    if !target.starts_with('/') {
        let folder = source.rsplit_once('/').map_or("", |(folder, _)| folder);
        steps.extend(folder.split('/').filter(|step| !step.is_empty()));
    }
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop()?;
            }
            step => steps.push(step),
        }
    }
    Some(steps.join("/"))
}

/// The target that leads from `source` to `part`, relative to the source's folder.
pub fn relative(source: &str, part: &str) -> String {
    let from: Vec<&str> = source.split('/').collect();
    let to: Vec<&str> = part.split('/').collect();
    let folders = from.len().saturating_sub(1);
    let common = from
        .iter()
        .take(folders)
        .zip(to.iter().take(to.len().saturating_sub(1)))
        .take_while(|(a, b)| a == b)
        .count();
    let mut steps = vec![".."; folders - common];
    steps.extend(to.iter().skip(common));
    steps.join("/")
}

/// Percent signs with two hexadecimal digits as the bytes they stand for, where these are UTF-8.
pub fn decoded(target: &str) -> String {
    let mut bytes = Vec::with_capacity(target.len());
    let mut rest = target.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = (*first == b'%')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match code {
            Some(code) => {
                bytes.push(code);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| target.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_lead_to_parts_and_back() {
        for (source, target, part) in [
            ("xl/workbook.xml", "worksheets/sheet1.xml", Some("xl/worksheets/sheet1.xml")),
            ("xl/workbook.xml", "/xl/worksheets/sheet1.xml", Some("xl/worksheets/sheet1.xml")),
            ("xl/worksheets/sheet1.xml", "../drawings/vml%20a.vml", Some("xl/drawings/vml a.vml")),
            ("xl/worksheets/sheet1.xml", "..\\comments1.xml", Some("xl/comments1.xml")),
            ("", "xl/workbook.xml", Some("xl/workbook.xml")),
            ("workbook.xml", "./a//b.xml#x", Some("a/b.xml")),
            ("xl/workbook.xml", "../../x", None),
            ("a", "50%", Some("50%")),
        ] {
            assert_eq!(resolve(source, target).as_deref(), part, "{source} {target}");
        }
        for (source, part, target) in [
            ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "worksheets/sheet1.xml"),
            ("xl/worksheets/sheet1.xml", "xl/comments1.xml", "../comments1.xml"),
            ("workbook.xml", "xl/a.xml", "xl/a.xml"),
            ("a/b/c.xml", "d.xml", "../../d.xml"),
        ] {
            assert_eq!(relative(source, part), target);
            assert_eq!(resolve(source, target).as_deref(), Some(part));
        }
    }

    #[test]
    fn relationships_stand_beside_their_part() {
        assert_eq!(relationships_of(""), "_rels/.rels");
        assert_eq!(relationships_of("workbook.xml"), "_rels/workbook.xml.rels");
        assert_eq!(relationships_of("xl/workbook.xml"), "xl/_rels/workbook.xml.rels");
    }
}
