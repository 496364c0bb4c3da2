//! The JSON Schema of a plan file, for whoever reads one.

use serde_json::{Value, json};

use super::online::Mode;
use super::step::{Hazard, Lock};
use super::{PLAN_VERSION, Verb};

const VERBS: &[Verb] = &[
    Verb::Rename,
    Verb::Keep,
    Verb::Drop,
    Verb::Create,
    Verb::Refill,
    Verb::Alter,
    Verb::Owner,
    Verb::Grant,
    Verb::Comment,
    Verb::Label,
];

const LOCKS: &[Lock] = &[
    Lock::AccessShare,
    Lock::RowShare,
    Lock::RowExclusive,
    Lock::ShareUpdateExclusive,
    Lock::Share,
    Lock::ShareRowExclusive,
    Lock::Exclusive,
    Lock::AccessExclusive,
];

fn text(doc: &str) -> Value {
    json!({"type": "string", "description": doc})
}

fn number(doc: &str) -> Value {
    json!({"type": "integer", "minimum": 0, "description": doc})
}

fn one_of(words: &[&str], doc: &str) -> Value {
    json!({"enum": words, "description": doc})
}

fn list(items: &Value, doc: &str) -> Value {
    json!({"type": "array", "items": items, "description": doc})
}

fn by_name(doc: &str) -> Value {
    json!({"type": "object", "additionalProperties": {"type": "string"}, "description": doc})
}

fn object(required: &[&str], properties: Value, doc: &str) -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": required,
        "properties": properties,
        "description": doc,
    })
}

fn names<T: Copy>(all: &[T], name: impl Fn(T) -> &'static str) -> Vec<String> {
    all.iter().map(|one| name(*one).replace(' ', "_")).collect()
}

fn held() -> Value {
    object(
        &["table", "lock"],
        json!({
            "table": text("The relation, `schema.name`, as it is called by then."),
            "lock": {"enum": names(LOCKS, Lock::name), "description": "How it is locked."},
            "work": one_of(&["scan", "rewrite"], "What is done with its rows meanwhile; nothing where this is not there."),
            "size": object(
                &["rows", "bytes"],
                json!({"rows": number("Its rows."), "bytes": number("Its bytes, with indexes and long values.")}),
                "How large it is, where the live side's statistics say it.",
            ),
        }),
        "A lock on a relation that is there before the plan.",
    )
}

fn step() -> Value {
    let verbs = names(VERBS, Verb::name);
    let hazards = names(Hazard::ALL, Hazard::name);
    let words = |list: &[String]| json!({"enum": list});
    object(
        &["number", "phase", "verb", "object", "sql"],
        json!({
            "number": number("Counted from 1."),
            "phase": number("The phase that it belongs to, counted from 1."),
            "verb": {"enum": verbs, "description": "What it does."},
            "object": text("The object, as an id: its kind and its name."),
            "with": list(&json!({"type": "string"}), "What else it makes in the same statement; of a rename the new id."),
            "sql": text("The statement, without a semicolon. A secret in it stands as a placeholder."),
            "locks": list(&held(), "Its locks on relations that are there already, the strongest first; ACCESS SHARE goes without saying."),
            "hazards": list(&words(&hazards), "Its dangers."),
            "online": {"type": "boolean", "description": "Whether it is part of a way that lets clients go on, in the place of a shorter one."},
            "prevented_by": text("The object whose `prevent_destroy` forbids it."),
            "origin": text("Where in the model it comes from: file:line."),
        }),
        "One statement.",
    )
}

fn phase() -> Value {
    object(
        &["number", "transaction", "steps"],
        json!({
            "number": number("Counted from 1."),
            "transaction": {"type": "boolean", "description": "Whether its steps run in one transaction."},
            "steps": {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2,
                "description": "The number of its first step and of its last."},
        }),
        "Neighbouring steps that share a transaction, or one step that cannot run in one.",
    )
}

fn proof() -> Value {
    let verdict = |doc: &str| one_of(&["proven", "failed", "not_proven"], doc);
    let problem = object(
        &["what"],
        json!({
            "step": number("The step that shows it, where one does."),
            "reverse": {"type": "boolean", "description": "Whether it is on the way back."},
            "what": text("In words."),
        }),
        "What is wrong with the plan, or with the way back.",
    );
    object(
        &["forward", "reverse", "tables_kept"],
        json!({
            "forward": verdict("Whether the plan leads from live to desired."),
            "reverse": verdict("Whether its reverse leads back."),
            "tables_kept": number("How many tables had rows and kept what no step says that it loses."),
            "without_rows": list(&json!({"type": "string"}), "Touched tables for which no rows could be made."),
            "problems": list(&problem, "What went wrong."),
            "not_covered": list(&json!({"type": "string"}), "What the proof does not cover."),
        }),
        "What running it in the shadow has shown.",
    )
}

/// The schema of a plan file.
pub fn schema() -> Value {
    let (steps, phases) = (json!({"$ref": "#/definitions/step"}), json!({"$ref": "#/definitions/phase"}));
    let way = json!({
        "steps": list(&steps, "The statements in order."),
        "phases": list(&phases, "Which of them share a transaction."),
    });
    let ignored = object(
        &["objects", "attributes"],
        json!({
            "objects": number("Live objects."),
            "attributes": number("Attributes that differ."),
            "by": {"type": "object", "additionalProperties": {"type": "integer"}, "description": "The objects by rule."},
        }),
        "What rules leave alone.",
    );
    let mut schema = object(
        &["version", "database", "major", "role", "fingerprint", "steps", "phases"],
        json!({
            "version": {"const": PLAN_VERSION, "description": "The form of the file."},
            "database": text("The database that it was made for."),
            "major": number("The server's major version."),
            "role": text("The role that it will run as."),
            "fingerprint": text("A digest of the live catalog that it was made from: it applies only to one that is equal."),
            "made_from": text("What tells the database that it was made from, from all others. A plan that was made from a snapshot has none."),
            "online": object(
                &["mode", "rows", "bytes"],
                json!({
                    "mode": {"enum": names(Mode::ALL, Mode::name), "description": "When the online road is taken."},
                    "rows": number("A table with more rows is large."),
                    "bytes": number("A table with more bytes is large."),
                }),
                "When the online road was taken, and which tables count as large.",
            ),
            "state": by_name("A digest of each object of that catalog, which tells what has moved since."),
            "ignored": ignored,
            "steps": way["steps"],
            "phases": way["phases"],
            "proof": proof(),
            "back": object(&["steps", "phases"], way.clone(), "The way back that was proven."),
            "secrets": by_name("The environment variables of the statements' secrets, by the digest in the value's place."),
        }),
        "What `trueup plan --out` writes and `trueup apply --plan` runs.",
    );
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!("trueup plan");
    schema["definitions"] = json!({"step": step(), "phase": phase()});
    schema
}
