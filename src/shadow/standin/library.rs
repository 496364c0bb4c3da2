//! What well-known extensions bring: names and types, no code of theirs.
//!
//! Each is a file of SQL whose head says the version and, where they are fixed, the schema and what it requires. What many statements
//! have in common is written once: a line that ends with `:` is a statement with a hole (`%`) for each field of the indented
//! lines below it, which ` -> ` sets apart. A function without a body gets one, and an operator class its support.
//!
//! Most files are the list that the extension itself gives, written by a test below; the others are from the extensions'
//! public documentation and say so.

use super::Known;
use crate::sql::lex;

macro_rules! library {
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("library/", $name, ".sql")))),*] };
}

static LIBRARY: &[(&str, &str)] = library![
    "btree_gin",
    "btree_gist",
    "citext",
    "cube",
    "dblink",
    "earthdistance",
    "fuzzystrmatch",
    "hstore",
    "http",
    "hypopg",
    "index_advisor",
    "intarray",
    "ltree",
    "moddatetime",
    "pg_cron",
    "pg_graphql",
    "pg_jsonschema",
    "pg_net",
    "pg_stat_statements",
    "pg_trgm",
    "pgcrypto",
    "pgjwt",
    "pgmq",
    "pgsodium",
    "postgis",
    "postgres_fdw",
    "supabase_vault",
    "tablefunc",
    "unaccent",
    "uuid-ossp",
    "vector",
];

/// What is known of an extension.
pub(super) fn find(name: &str) -> Option<Known> {
    LIBRARY.iter().find(|(n, _)| *n == name).map(|(_, text)| read(text))
}

fn read(text: &str) -> Known {
    let said =
        |key: &str| text.lines().find_map(|l| l.strip_prefix("-- ")?.strip_prefix(key)?.strip_prefix(": ")).map(str::to_string);
    let requires = said("requires").map(|r| r.split(", ").map(str::to_string).collect()).unwrap_or_default();
    let (mut alike, mut plain, mut heading) = (Vec::new(), String::new(), None);
    for line in text.lines() {
        match (line.strip_suffix(':'), line.strip_prefix("  "), heading) {
            (Some(with_holes), ..) if with_holes.contains('%') => heading = Some(with_holes),
            (_, Some(fields), Some(with_holes)) => alike.push(filled(with_holes, fields)),
            _ => {
                heading = None;
                plain.push_str(line);
                plain.push('\n');
            }
        }
    }
    // Types have to be there before the functions that make them whole.
    let mut statements: Vec<String> = lex::statements(&plain).into_iter().map(|range| plain[range].to_string()).collect();
    statements.append(&mut alike);
    Known { version: said("version"), schema: said("schema"), requires, modifiers: None, statements }
}

fn filled(with_holes: &str, fields: &str) -> String {
    let mut fields = fields.split(" -> ");
    let mut parts = with_holes.split('%');
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |out, part| out + fields.next().unwrap_or_default() + part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pg::{Settings, connect, process_environment};
    use crate::shadow::standin::live;
    use crate::shadow::{Request, Shadow};
    use std::collections::BTreeMap;

    #[test]
    fn every_file_says_its_version_and_creates() {
        for (name, _) in LIBRARY {
            let known = find(name).expect("it is there");
            assert!(known.version.is_some(), "{name}");
            assert!(!known.statements.is_empty(), "{name}");
            let other = known.statements.iter().find(|s| !s.contains("CREATE ") && !s.starts_with("ALTER "));
            assert_eq!(other, None, "{name}");
        }
    }

    #[test]
    fn holes_are_filled() {
        let known = read("-- version: 1\nCREATE FUNCTION % RETURNS % STRICT:\n  f(a t) -> t\n  g() -> u\nCREATE TYPE t;\n");
        let all = ["CREATE TYPE t", "CREATE FUNCTION f(a t) RETURNS t STRICT", "CREATE FUNCTION g() RETURNS u STRICT"];
        assert_eq!(known.statements, all);
    }

    /// Whole, on a server that has none of it. Who requires another gets that in the same schema.
    #[tokio::test]
    async fn every_file_can_be_made() {
        let shadow = Shadow::start(&Request::default()).await.expect("a shadow");
        let mut without = Vec::new();
        for (number, (name, _)) in LIBRARY.iter().enumerate() {
            let session = shadow.session(&format!("library_{number}")).await.expect("a session");
            session.lender.make(&session.superuser, name, Some("odd one"), None).await.unwrap_or_else(|e| panic!("{name}: {e}"));
            let made = session.lender.made().into_iter();
            without.extend(made.flat_map(|m| m.without.into_iter().map(move |w| format!("{}: {w}", m.name))));
        }
        assert!(without.is_empty(), "{without:#?}");
    }

    /// A schema that nothing else is named after: what is in it is written without it.
    const HOME: &str = "trueup_home";

    /// Writes files of the library from extensions that a server has, all but what is written by hand at a file's end, after a line
    /// `-- by hand`:
    ///
    /// `TRUEUP_MEMBERS=postgis,citext TRUEUP_MEMBERS_DB=postgres://... cargo test --lib members -- --ignored`
    ///
    /// The database is somebody's empty one: the extensions are made in it, and stay.
    #[tokio::test]
    #[ignore = "writes files of the source"]
    async fn members_are_written() {
        let url = process_environment("TRUEUP_MEMBERS_DB").expect("TRUEUP_MEMBERS_DB");
        let client = connect(&Settings::parse(&url, &process_environment).expect("a URL")).await.expect("a connection");
        let make = format!("CREATE SCHEMA IF NOT EXISTS {HOME}");
        client.batch_execute(&make).await.expect("a schema");
        for name in process_environment("TRUEUP_MEMBERS").expect("TRUEUP_MEMBERS").split(',') {
            let quoted = crate::sql::ident(name);
            let create = format!("SET search_path = {HOME}; CREATE EXTENSION IF NOT EXISTS {quoted} SCHEMA {HOME} CASCADE");
            if client.batch_execute(&create).await.is_err() {
                // It insists on a schema.
                client.batch_execute(&format!("CREATE EXTENSION IF NOT EXISTS {quoted} CASCADE")).await.expect("the extension");
            }
            client.batch_execute("SET search_path = ''").await.expect("a search path");
            let known = live::members(&client, name).await.expect("its members").expect("the extension");
            let home = client
                .query_one("SELECT extnamespace::regnamespace::text FROM pg_extension WHERE extname = $1", &[&name])
                .await
                .expect("its schema");
            let schema = Some(home.get::<_, String>(0)).filter(|s| s != HOME);
            let path = format!("{}/src/shadow/standin/library/{name}.sql", env!("CARGO_MANIFEST_DIR"));
            let before = std::fs::read_to_string(&path).unwrap_or_default();
            let by_hand = before.find("\n-- by hand").map_or("", |at| &before[at..]);
            std::fs::write(&path, written(name, &known, schema.as_deref()) + by_hand).expect("the file");
        }
    }

    /// A file of the library.
    fn written(name: &str, known: &Known, schema: Option<&str>) -> String {
        let mut out = format!("-- {name}, as the extension itself lists its members; written by library.rs.\n");
        out += &format!("-- version: {}\n", known.version.as_deref().unwrap_or_default());
        if let Some(schema) = schema {
            out += &format!("-- schema: {schema}\n");
        }
        if !known.requires.is_empty() {
            out += &format!("-- requires: {}\n", known.requires.join(", "));
        }
        let mut alike: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut states: Vec<String> = Vec::new();
        for statement in &known.statements {
            let mut statement = statement.replace(&format!("{HOME}."), "");
            // The states of aggregates are named after what is another number on every server.
            if let Some(at) = statement.find("trueup_") {
                let name: String = statement[at..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let place = states.iter().position(|s| *s == name).unwrap_or_else(|| {
                    states.push(name.clone());
                    states.len() - 1
                });
                statement = statement.replace(&name, &format!("trueup_state_{place}"));
            }
            let (heading, fields) = parted(&statement).unwrap_or_default();
            if heading.is_empty() {
                out += &format!("{statement};\n");
            } else {
                alike.entry(heading).or_default().push(fields);
            }
        }
        for (heading, mut lines) in alike {
            lines.sort();
            out += &format!("{heading}:\n");
            lines.iter().for_each(|line| out += &format!("  {line}\n"));
        }
        out
    }

    /// A function as what it has in common with others, and the rest.
    fn parted(statement: &str) -> Option<(String, String)> {
        if let Some((signature, rest)) = statement.strip_prefix("CREATE FUNCTION ")?.split_once(" RETURNS ") {
            let flags = [" IMMUTABLE", " STABLE", " VOLATILE", " AS "].iter().filter_map(|f| rest.find(f)).min()?;
            let (result, flags) = rest.split_at(flags);
            let parts = (format!("CREATE FUNCTION % RETURNS %{flags}"), format!("{signature} -> {result}"));
            return (!statement.contains('%') && !signature.contains(" -> ")).then_some(parts);
        }
        None
    }
}
