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
    Verb::Fill,
    Verb::Backfill,
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
            "rows": number("How many of the model's rows it writes, where it does."),
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

fn likely_rename() -> Value {
    object(
        &["from", "to", "renamed_from", "origin"],
        json!({
            "from": text("What goes, as an id."),
            "to": text("What comes."),
            "renamed_from": text("Its former name, as `renamed_from` has it."),
            "origin": text("Where in the model to say it: file:line."),
        }),
        "What looks like a rename.",
    )
}

fn preflight() -> Value {
    let texts = json!({"type": "string"});
    let step = number("The step that would fail, or that breaks it.");
    let violation = object(
        &["object", "table", "what", "rows"],
        json!({
            "step": step,
            "object": text("The object that it is about."),
            "table": text("The table, by its name of now."),
            "what": text("What the rows have or lack."),
            "rows": number("How many rows."),
            "or_more": {"type": "boolean", "description": "Whether there may be more."},
            "origin": text("Where in the model it comes from: file:line."),
            "keys": list(&texts, "The keys of a few of them, where --show-keys asks for them; never in a plan file."),
            "said": text("What the server said of the first value, as the keys."),
        }),
        "Rows that do not allow a step.",
    );
    let unsaid = object(
        &["object", "what", "why"],
        json!({
            "object": text("The object that it is about."),
            "what": text("What was to be known."),
            "why": text("Why it is not."),
        }),
        "What could not be answered.",
    );
    let broken = object(
        &["name", "sql", "error"],
        json!({
            "name": text("Where it is known from."),
            "sql": text("How it begins."),
            "step": step,
            "object": text("That step's object."),
            "error": text("What the server says of it afterwards."),
        }),
        "A query that stops working.",
    );
    let queries = object(
        &["known", "before"],
        json!({
            "known": number("How many there are."),
            "broken": list(&broken, "Those that stop working."),
            "before": number("How many do not work as it is, so that nothing can be said of them."),
            "before_first": list(&texts, "The first of them, with what the server says."),
            "not_covered": list(&texts, "What the answer does not cover."),
        }),
        "What becomes of known queries.",
    );
    object(
        &[],
        json!({
            "asked": number("How many questions were asked of rows."),
            "violations": list(&violation, "The rows that are in the way of the plan."),
            "cannot_say": list(&unsaid, "What could not be answered."),
            "queries": queries,
        }),
        "What it will meet, as far as that was asked.",
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
            "likely_renames": list(&likely_rename(), "What goes and comes and may be meant as a rename."),
            "proof": proof(),
            "preflight": preflight(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Phase, Plan, Step};
    use crate::preflight::{Preflight, Unsaid, Violation};
    use crate::proof::{Back, Problem, Proof};

    fn keys(value: &Value) -> Vec<String> {
        let mut keys: Vec<String> = value["properties"].as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect();
        keys.sort();
        keys
    }

    /// The names of a struct's fields: one that is new does not compile until it is named here.
    macro_rules! fields {
        ($type:ident: $($field:ident),*; without $($left:ident),*) => {{
            fn all(value: &$type) {
                let $type { $($field: _,)* $($left: _,)* } = value;
            }
            let _ = all;
            let mut names: Vec<String> = vec![$(stringify!($field).to_string()),*];
            names.sort();
            names
        }};
    }

    #[test]
    fn every_field_is_described() {
        let schema = schema();
        let plan = fields!(Plan: version, database, major, role, fingerprint, online, ignored, steps, phases, proof,
            likely_renames, preflight, back, secrets, state, made_from; without);
        assert_eq!(keys(&schema), plan);
        let step =
            fields!(Step: number, phase, verb, object, with, sql, locks, hazards, rows, online, prevented_by, origin; without);
        assert_eq!(keys(&schema["definitions"]["step"]), step);
        assert_eq!(keys(&schema["definitions"]["phase"]), fields!(Phase: number, transaction, steps; without));
        let properties = &schema["properties"];
        assert_eq!(keys(&properties["back"]), fields!(Back: steps, phases; without));
        let proof = fields!(Proof: forward, reverse, tables_kept, without_rows, problems, not_covered; without);
        assert_eq!(keys(&properties["proof"]), proof);
        assert_eq!(keys(&properties["proof"]["properties"]["problems"]["items"]), fields!(Problem: step, reverse, what; without));
        let preflight = &properties["preflight"];
        assert_eq!(keys(preflight), fields!(Preflight: asked, violations, cannot_say, queries; without));
        let of = |list: &str| keys(&preflight["properties"][list]["items"]);
        let violation = fields!(Violation: step, object, table, what, rows, or_more, origin, keys, said; without);
        assert_eq!(of("violations"), violation);
        assert_eq!(of("cannot_say"), fields!(Unsaid: object, what, why; without));
    }

    /// One that is new does not compile until it is here, and has then to be above.
    #[test]
    fn every_verb_is_described() {
        let known = |verb: &Verb| match verb {
            Verb::Rename | Verb::Keep | Verb::Drop | Verb::Create | Verb::Refill | Verb::Fill => true,
            Verb::Backfill | Verb::Alter | Verb::Settle | Verb::Owner | Verb::Grant | Verb::Comment | Verb::Label => true,
        };
        assert!(VERBS.iter().all(known) && VERBS.len() == 12);
    }
}
