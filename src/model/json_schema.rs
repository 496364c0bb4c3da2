//! The JSON Schema of the YAML, for editors: made from the sections and fields that the kinds declare.
//!
//! It is no stricter than the loader: scalars are SQL or names, so numbers and booleans pass for text. What only PostgreSQL can
//! judge (the SQL itself, references between objects) is left to `trueup check`. The version of JSON Schema is draft 7, which
//! every editor's YAML support understands.

use serde_json::{Map, Value, json};

use super::entries::{FILE_KEYS, fields_of, sections_under};
use super::project::KEYS;
use crate::data::{self, Room};
use crate::kinds::Kind;
use crate::kinds::yaml::{Field, FieldValue, Section, Shape};

const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// The schema of a model's files.
pub fn model() -> Value {
    let mut definitions = Map::new();
    let mut properties = Map::new();
    for (key, doc) in FILE_KEYS {
        properties.insert((*key).into(), described(value(FieldValue::Name), doc));
    }
    properties.extend(sections("", &mut definitions));
    properties.extend(rooms(""));
    definitions.insert("text".into(), json!({"type": ["string", "number", "boolean"]}));
    let keys = json!({"name": value(FieldValue::Text), "keep": {"type": "boolean"}, "definition": value(FieldValue::Text)});
    let mapping = json!({"type": "object", "additionalProperties": false, "properties": keys});
    definitions.insert("former".into(), json!({"anyOf": [value(FieldValue::Text), mapping]}));
    json!({
        "$schema": DRAFT,
        "title": "trueup model",
        "description": "One file of a model that trueup makes a PostgreSQL database match.",
        "type": ["object", "null"],
        "additionalProperties": false,
        "properties": properties,
        "definitions": definitions,
    })
}

/// The schema of the project file.
pub fn project() -> Value {
    let properties: Map<String, Value> = KEYS
        .iter()
        .map(|f| (f.key.to_string(), described(json!({"anyOf": [value(f.value), {"type": "null"}]}), f.doc)))
        .collect();
    json!({
        "$schema": DRAFT,
        "title": "trueup project",
        "description": "trueup.yaml: databases, what is managed, ignored and provided, the search path, the shadow.",
        "type": ["object", "null"],
        "additionalProperties": false,
        "properties": properties,
        "definitions": {"text": {"type": ["string", "number", "boolean"]}},
    })
}

/// The properties for the sections that may stand under a key, with the definitions of their entries.
fn sections(parent: &str, definitions: &mut Map<String, Value>) -> Map<String, Value> {
    let mut properties = Map::new();
    for (kind, section) in sections_under(parent) {
        if !definitions.contains_key(kind.name()) {
            // Reserved first: a section could stand under itself.
            definitions.insert(kind.name().into(), Value::Null);
            let entry = entry(kind, section, definitions);
            definitions.insert(kind.name().into(), entry);
        }
        let entry = json!({"$ref": format!("#/definitions/{}", kind.name())});
        let whole = match section.shape {
            Shape::Single => json!({"allOf": [entry]}),
            Shape::List => json!({"type": ["array", "null"], "items": entry}),
            Shape::Sql | Shape::Mapping | Shape::Names => {
                json!({"type": ["object", "null"], "additionalProperties": entry})
            }
        };
        properties.insert(section.key.into(), described(whole, section.doc));
    }
    properties
}

/// The properties for the sections under a key that say something of rows.
fn rooms(parent: &str) -> Map<String, Value> {
    let room = |room: &'static Room| {
        let properties: Map<String, Value> = room.section.fields.iter().map(property).collect();
        let entry = json!({"type": "object", "additionalProperties": false, "properties": properties});
        let whole = match room.section.shape {
            Shape::Single => entry,
            _ => json!({"type": ["object", "null"], "additionalProperties": entry}),
        };
        (room.section.key.to_string(), described(whole, room.section.doc))
    };
    data::rooms_under(parent).map(room).collect()
}

/// What one entry of a section may be.
fn entry(kind: &'static dyn Kind, section: &'static Section, definitions: &mut Map<String, Value>) -> Value {
    let mut properties: Map<String, Value> = fields_of(kind, section).into_iter().map(property).collect();
    properties.extend(sections(section.key, definitions));
    properties.extend(rooms(section.key));
    let mapping = json!({"type": "object", "additionalProperties": false, "properties": properties});
    let (text, list) = (value(FieldValue::Text), json!({"type": "array", "items": value(FieldValue::Text)}));
    let forms = match section.shape {
        Shape::Sql => vec![text, mapping],
        Shape::Mapping => vec![mapping, json!({"type": "null"})],
        Shape::Names => vec![list, mapping],
        Shape::Single => vec![list, text, mapping],
        Shape::List => return mapping,
    };
    json!({"anyOf": forms})
}

fn property(field: &'static Field) -> (String, Value) {
    (field.key.into(), described(value(field.value), field.doc))
}

/// What the value of a field may be.
fn value(value: FieldValue) -> Value {
    let text = json!({"$ref": "#/definitions/text"});
    let names = json!({"anyOf": [{"type": "array", "items": text}, text]});
    match value {
        FieldValue::Sql | FieldValue::Text | FieldValue::Name => text,
        FieldValue::Names => names,
        FieldValue::Any(_) => json!({}),
        FieldValue::Former => json!({"$ref": "#/definitions/former"}),
        FieldValue::Flag => json!({"type": "boolean"}),
        FieldValue::Choice(words) => json!({"enum": words}),
        FieldValue::Texts => json!({"type": ["object", "null"], "additionalProperties": text}),
        FieldValue::Members => {
            json!({"anyOf": [names, {"type": "object", "additionalProperties": {"anyOf": [names, {"type": "null"}]}}]})
        }
        FieldValue::Rules(words) => {
            let item = if words.is_empty() { text } else { json!({"enum": words}) };
            let by_key = json!({"type": "object", "additionalProperties": {"anyOf": [names, {"type": "object", "additionalProperties": names}]}});
            json!({"anyOf": [item, {"type": "array", "items": item}, by_key]})
        }
        FieldValue::Grants => json!({"type": ["object", "null"], "additionalProperties": names}),
    }
}

/// With a description, which has to stand beside and not in a reference: draft 7 ignores what is beside one.
fn described(schema: Value, doc: &str) -> Value {
    let mut out = Map::new();
    out.insert("description".into(), doc.into());
    match schema {
        Value::Object(map) if map.contains_key("$ref") => {
            out.insert("allOf".into(), json!([Value::Object(map)]));
        }
        Value::Object(map) => out.extend(map),
        _ => {}
    }
    Value::Object(out)
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;

    /// The part of JSON Schema that is used above.
    fn fits(value: &Value, schema: &Value, root: &Value) -> bool {
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            return root.pointer(target.trim_start_matches('#')).is_some_and(|s| fits(value, s, root));
        }
        let list = |key: &str| schema.get(key).and_then(Value::as_array);
        if list("anyOf").is_some_and(|l| !l.iter().any(|s| fits(value, s, root)))
            || list("allOf").is_some_and(|l| !l.iter().all(|s| fits(value, s, root)))
            || list("enum").is_some_and(|l| !l.contains(value))
        {
            return false;
        }
        let name = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        let typed = match schema.get("type") {
            Some(Value::String(t)) => t == name,
            Some(Value::Array(ts)) => ts.iter().any(|t| t == name),
            _ => true,
        };
        let rest = schema.get("additionalProperties");
        let inside = match value {
            Value::Object(map) => map.iter().all(|(key, v)| match (schema.get("properties").and_then(|p| p.get(key)), rest) {
                (Some(s), _) => fits(v, s, root),
                (None, Some(Value::Bool(open))) => *open,
                (None, Some(s)) => fits(v, s, root),
                (None, None) => true,
            }),
            Value::Array(items) => items.iter().all(|v| schema.get("items").is_none_or(|s| fits(v, s, root))),
            _ => true,
        };
        typed && inside
    }

    fn yaml(text: &str) -> Value {
        serde_saphyr::from_str(text).expect("the test's own YAML can be read")
    }

    fn files(folder: &Path, out: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
            let path = entry.path();
            if path.is_dir() {
                files(&path, out);
            } else if path.extension().is_some_and(|e| e == "yaml") {
                out.push(path);
            }
        }
    }

    #[test]
    fn every_worked_model_fits() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut all = Vec::new();
        files(&root.join("schema"), &mut all);
        files(&root.join("snapshots/models"), &mut all);
        files(&root.join("src/model/provided"), &mut all);
        assert!(!all.is_empty());
        let (model, project) = (model(), project());
        for path in all {
            let schema = if path.ends_with(super::super::project::FILE_NAME) { &project } else { &model };
            let text = std::fs::read_to_string(&path).expect("the file can be read");
            assert!(fits(&yaml(&text), schema, schema), "{} does not fit its JSON Schema", path.display());
        }
    }

    #[test]
    fn examples_fit_and_slips_do_not() {
        let schema = model();
        for (_, section) in sections_under("") {
            assert!(fits(&yaml(section.example), &schema, &schema), "the example of {} does not fit", section.key);
        }
        for room in data::ROOMS {
            assert!(fits(&yaml(room.section.example), &schema, &schema), "the example of {} does not fit", room.section.key);
        }
        for wrong in ["tabels: {}", "tables: {t: {colums: {}}}", "tables: {t: {row_security: on}}", "tables: [t]"] {
            assert!(!fits(&yaml(wrong), &schema, &schema), "{wrong} fits");
        }
        let schema = project();
        assert!(fits(&yaml("{manage: all, postgres: 15, databases: {a: b}}"), &schema, &schema));
        assert!(!fits(&yaml("manage: some"), &schema, &schema));
    }
}
