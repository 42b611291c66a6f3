//! Values held against the part of JSON Schema that the shipped schemas are written in.

use chrono::NaiveDate;
use serde_json::Value;

/// The part of JSON Schema that the schemas use: appends to `wrong` what of `value`, which stands at `at`, does not follow `schema`, a part of `root`.
pub fn check(root: &Value, schema: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
    for keyword in schema.as_object().unwrap().keys() {
        let known = [
            "$schema",
            "$id",
            "$defs",
            "$ref",
            "title",
            "description",
            "type",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "enum",
            "const",
            "format",
            "pattern",
            "minimum",
        ];
        assert!(known.contains(&keyword.as_str()), "the test does not know the keyword {keyword}");
    }
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let target = root.pointer(reference.trim_start_matches('#')).unwrap();
        return check(root, target, value, at, wrong);
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_i64() || number.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    if let Some(kinds) = schema.get("type") {
        let kinds: Vec<&str> = match kinds {
            Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
            kind => kind.as_str().into_iter().collect(),
        };
        let fits = kinds.contains(&kind) || kind == "integer" && kinds.contains(&"number");
        if !fits {
            wrong.push(format!("{at}: {kind}, not {kinds:?}"));
        }
    }
    if schema.get("enum").is_some_and(|words| !words.as_array().unwrap().contains(value)) {
        wrong.push(format!("{at}: {value} is not among the words"));
    }
    if schema.get("const").is_some_and(|word| word != value) {
        wrong.push(format!("{at}: {value} is not the constant"));
    }
    if schema.get("format").is_some_and(|format| format == "date")
        && value.as_str().is_some_and(|text| text.parse::<NaiveDate>().is_err())
    {
        wrong.push(format!("{at}: {value} is no date"));
    }
    if let (Some(entries), Some(object)) = (schema.get("properties"), value.as_object()) {
        let entries = entries.as_object().unwrap();
        assert_eq!(schema["additionalProperties"], false, "{at} is not closed");
        let mut required: Vec<&str> =
            schema["required"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        required.sort_unstable();
        let mut named: Vec<&str> = entries.keys().map(String::as_str).collect();
        named.sort_unstable();
        assert_eq!(required, named, "{at}: every key is required");
        for key in object.keys().filter(|key| !entries.contains_key(*key)) {
            wrong.push(format!("{at}/{key}: not in the schema"));
        }
        for (key, entry) in entries {
            match object.get(key) {
                Some(inner) => check(root, entry, inner, &format!("{at}/{key}"), wrong),
                None => wrong.push(format!("{at}/{key}: missing")),
            }
        }
    }
    if let (Some(item), Some(values)) = (schema.get("items"), value.as_array()) {
        for (index, inner) in values.iter().enumerate() {
            check(root, item, inner, &format!("{at}/{index}"), wrong);
        }
    }
}
