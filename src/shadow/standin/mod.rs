//! Extensions that the shadow's server does not have, made there without their code.
//!
//! The superuser enters the extension in the catalog and gives it members that are named, typed and classed as the true ones
//! are: columns, indexes, functions and views that use them then read back as where the extension is. Nothing of it can
//! compute: functions give NULL, types keep their text, an access method is one of PostgreSQL's own under another name, and
//! indexes on it hold nothing. Manual: catalog-pg-extension, catalog-pg-depend.
//!
//! The members come from the live side, when it has the extension, else from the library beside this file. When neither knows it, it is
//! made empty; what the model uses of it is then missing.

mod index;
mod library;
mod live;

use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};
use tokio_postgres::error::SqlState;

use super::build::shadow_refused;
use crate::diagnostic::{Diagnostic, Result};
use crate::digest;
use crate::pg::{Client, Settings, connect};
use crate::sql::{self, lex};

/// Where the members of a stand-in come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum From {
    /// The live side.
    Live,
    /// The library in this program.
    Library,
    /// Nobody knows them.
    Nowhere,
}

/// An extension that was stood in for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StoodIn {
    /// Its name.
    pub name: String,
    /// The version whose members were taken.
    pub version: Option<String>,
    /// Where they are from.
    pub from: From,
    /// Those that could not be made.
    pub without: Vec<String>,
    /// Why it could not be made, where the server has it.
    pub refused: Option<String>,
    /// A digest of what was known of it.
    known: String,
}

impl StoodIn {
    /// Whether all that is known of it is there.
    pub fn whole(&self) -> bool {
        self.from != From::Nowhere && self.without.is_empty()
    }

    /// What is said of it.
    pub fn told(&self) -> Diagnostic {
        let named = self.version.as_ref().map_or_else(|| self.name.clone(), |v| format!("{} {v}", self.name));
        let head = match self.refused {
            Some(_) => format!("the extension {named} cannot be made on the shadow's server"),
            None => format!("the extension {named} is not on the shadow's server"),
        };
        let mut out = match self.from {
            From::Live => Diagnostic::warning("stand-in", format!("{head}: stood in for from the live database")),
            From::Library => Diagnostic::warning("stand-in", format!("{head}: stood in for from the library")),
            From::Nowhere => Diagnostic::warning("stand-in", format!("{head}: an empty one stands in for it"))
                .note("nothing is known of what it brings; what uses that is refused")
                .help("a live database that has it tells (`--db`), or `--shadow URL` names a server that has it"),
        };
        if let Some(why) = &self.refused {
            out = out.note(why.clone());
        }
        if let Some(first) = self.without.first() {
            out = out.note(format!("{} of its members could not be made; the first: {first}", self.without.len()));
        }
        out
    }
}

/// What knows of extensions, and what was stood in for in one session.
#[derive(Debug, Clone, Default)]
pub struct Lender {
    live: Option<Box<Settings>>,
    made: Arc<Mutex<Vec<StoodIn>>>,
}

/// What was made after a statement was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lent {
    /// Nothing: it was refused for something else.
    Nothing,
    /// What it asks for.
    All,
    /// Another extension, which it needs: it is worth another try.
    Another,
}

/// What an extension is, as far as anybody knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Known {
    version: Option<String>,
    /// The schema that it insists on.
    schema: Option<String>,
    /// The extensions that it needs.
    requires: Vec<String>,
    /// The code that reads and prints the modifiers of its types, where somebody has it.
    modifiers: Option<String>,
    /// The statements that make its members, in any order.
    statements: Vec<String>,
}

impl Known {
    fn digest(&self) -> String {
        let mut sorted = self.clone();
        sorted.statements.sort();
        digest::of(&format!("{sorted:?}"), 20)
    }
}

impl Lender {
    /// With a live side that may have what is missing.
    pub fn new(live: Option<Box<Settings>>) -> Self {
        Lender { live, ..Lender::default() }
    }

    /// What was stood in for, by name.
    pub fn made(&self) -> Vec<StoodIn> {
        let mut made = self.made.lock().map(|m| m.clone()).unwrap_or_default();
        made.sort();
        made.dedup();
        made
    }

    /// After a refused `CREATE EXTENSION`: makes the one that is missing, if that was why.
    ///
    /// # Errors
    /// When the server refuses the stand-in as well.
    pub async fn lend(&self, superuser: &Client, statement: &str, error: &tokio_postgres::Error) -> Result<Lent> {
        let tokens = lex::tokens(statement);
        let mut head = tokens.iter().filter(|t| t.depth == 0);
        let creates = head.next().is_some_and(|t| t.is_word(statement, "create"))
            && head.next().is_some_and(|t| t.is_word(statement, "extension"));
        if !creates {
            return Ok(Lent::Nothing);
        }
        let own = tokens.iter().find(|t| !["create", "extension", "if", "not", "exists"].iter().any(|w| t.is_word(statement, w)));
        let own = own.and_then(|t| t.name(statement));
        let (name, refused) = match (missing(error), wants_more(error), &own) {
            (Some(name), ..) => (name, None),
            (None, Some(why), Some(own)) if self.known(own).await.1 != From::Nowhere => (own.clone(), Some(why)),
            _ => return Ok(Lent::Nothing),
        };
        let schema = tokens.iter().position(|t| t.is_word(statement, "schema")).and_then(|i| tokens.get(i + 1)?.name(statement));
        self.make(superuser, &name, schema.as_deref(), refused).await?;
        Ok(if own == Some(name) { Lent::All } else { Lent::Another })
    }

    /// Makes one with what it requires.
    async fn make(&self, superuser: &Client, name: &str, schema: Option<&str>, refused: Option<String>) -> Result<()> {
        let (known, from) = self.known(name).await;
        for other in &known.requires {
            let create = format!("CREATE EXTENSION IF NOT EXISTS {} CASCADE", sql::ident(other));
            if let Err(error) = superuser.batch_execute(&create).await {
                if missing(&error).is_none() {
                    return Err(shadow_refused(&error).into());
                }
                Box::pin(self.make(superuser, other, schema, None)).await?;
            }
        }
        let schema = known.schema.as_deref().or(schema).unwrap_or("public");
        let without = enter(superuser, name, schema, &known).await?;
        if let Ok(mut made) = self.made.lock() {
            made.push(StoodIn { name: name.into(), known: known.digest(), version: known.version, from, without, refused });
        }
        Ok(())
    }

    /// Makes an index with options that only the true access method knows. Whether it did.
    ///
    /// # Errors
    /// What the server refuses of it.
    pub async fn index(
        &self,
        superuser: &Client,
        builder: &Client,
        statement: &str,
        error: &tokio_postgres::Error,
    ) -> Result<bool> {
        let names: Vec<String> = self.made().into_iter().map(|m| m.name).collect();
        if names.is_empty() || *error.code().unwrap_or(&SqlState::SUCCESSFUL_COMPLETION) != SqlState::INVALID_PARAMETER_VALUE {
            return Ok(false);
        }
        let Some(index) = index::with_options(statement) else { return Ok(false) };
        Ok(index.make(superuser, builder, &names).await.map_err(|e| shadow_refused(&e))?)
    }

    /// Whether what was stood in for once would be made in the same way now.
    pub async fn same(&self, made: &[StoodIn]) -> bool {
        for one in made {
            let (known, from) = self.known(&one.name).await;
            if from != one.from || known.digest() != one.known {
                return false;
            }
        }
        true
    }

    /// Lets the live side say how it prints the modifiers of the types that were stood in for.
    ///
    /// # Errors
    /// What the shadow's server refuses.
    pub async fn settle(&self, superuser: &Client) -> Result<()> {
        if !self.made().iter().any(|m| m.from == From::Live) {
            return Ok(());
        }
        let met = "SELECT pg_catalog.to_regclass('trueup.modifier') IS NOT NULL";
        let met = superuser.query_one(met, &[]).await.map_err(|e| shadow_refused(&e))?.get(0);
        if met
            && let Some(settings) = &self.live
            && let Ok(live) = connect(settings).await
        {
            live::print_modifiers(superuser, &live).await.map_err(|e| shadow_refused(&e))?;
        }
        Ok(())
    }

    async fn known(&self, name: &str) -> (Known, From) {
        // A live side that does not answer has said so elsewhere; the library may know as much.
        if let Some(settings) = &self.live
            && let Ok(client) = connect(settings).await
            && let Ok(Some(known)) = live::members(&client, name).await
        {
            return (known, From::Live);
        }
        library::find(name).map_or((Known::default(), From::Nowhere), |known| (known, From::Library))
    }
}

/// The extension that a server says it does not have. PostgreSQL 14 says that it cannot open a file.
fn missing(error: &tokio_postgres::Error) -> Option<String> {
    let error = error.as_db_error()?;
    let message = error.message();
    if *error.code() == SqlState::FEATURE_NOT_SUPPORTED {
        return Some(message.strip_prefix("extension \"")?.strip_suffix("\" is not available")?.to_string());
    }
    if *error.code() != SqlState::UNDEFINED_FILE {
        return None;
    }
    let (path, _) = message.split_once(".control\"")?;
    Some(path.rsplit('/').next()?.to_string())
}

/// What an extension that is there asks of its server's configuration, by which it is not made: to be among the libraries that
/// are loaded at the start, or settings and a database that go with that.
fn wants_more(error: &tokio_postgres::Error) -> Option<String> {
    let error = error.as_db_error()?;
    let all = [Some(error.message()), error.detail(), error.hint()];
    let libraries = all.into_iter().flatten().any(|text| text.contains("shared_preload_libraries"));
    let setting =
        *error.code() == SqlState::UNDEFINED_OBJECT && error.message().starts_with("unrecognized configuration parameter");
    let script = *error.code() == SqlState::RAISE_EXCEPTION || *error.code() == SqlState::OBJECT_NOT_IN_PREREQUISITE_STATE;
    (libraries || setting || script).then(|| error.message().to_string())
}

/// What the access methods of PostgreSQL ask of every operator class before an index can be made, and `%` for its type. An
/// index on a stand-in never holds a row, so that nothing else is called.
fn support(method: &str) -> Option<&'static str> {
    match method {
        "btree" | "hash" => None,
        "brin" => Some(
            "FUNCTION 1 pg_catalog.brin_inclusion_opcinfo(internal), \
             FUNCTION 2 pg_catalog.brin_inclusion_add_value(internal, internal, internal, internal), \
             FUNCTION 3 pg_catalog.brin_inclusion_consistent(internal, internal, internal), \
             FUNCTION 4 pg_catalog.brin_inclusion_union(internal, internal, internal)",
        ),
        "gin" => Some(
            "FUNCTION 1 pg_catalog.btint4cmp(integer, integer), FUNCTION 2 pg_catalog.ginarrayextract(anyarray, internal, internal), \
             FUNCTION 3 pg_catalog.ginqueryarrayextract(anyarray, internal, smallint, internal, internal, internal, internal), \
             FUNCTION 4 pg_catalog.ginarrayconsistent(internal, smallint, anyarray, integer, internal, internal, internal, internal)",
        ),
        "spgist" => Some(
            "FUNCTION 1 pg_catalog.spg_quad_config(internal, internal), FUNCTION 2 pg_catalog.spg_quad_choose(internal, internal), \
             FUNCTION 3 pg_catalog.spg_quad_picksplit(internal, internal), \
             FUNCTION 4 pg_catalog.spg_quad_inner_consistent(internal, internal), \
             FUNCTION 5 pg_catalog.spg_quad_leaf_consistent(internal, internal)",
        ),
        // An extension's own has the handler of gist.
        _ => Some(
            "FUNCTION 1 pg_catalog.gist_box_consistent(internal, box, smallint, oid, internal), \
             FUNCTION 2 pg_catalog.gist_box_union(internal, internal), \
             FUNCTION 5 pg_catalog.gist_box_penalty(internal, internal, internal), \
             FUNCTION 6 pg_catalog.gist_box_picksplit(internal, internal), \
             FUNCTION 7 pg_catalog.gist_box_same(box, box, internal)",
        ),
    }
}

/// Types that are those of the arguments (manual, extend-type-system).
const POLYMORPHIC: [&str; 11] = [
    "anyelement",
    "anyarray",
    "anynonarray",
    "anyenum",
    "anyrange",
    "anymultirange",
    "anycompatible",
    "anycompatiblearray",
    "anycompatiblenonarray",
    "anycompatiblerange",
    "anycompatiblemultirange",
];

/// A body that gives NULL. It names its type while the type can be found, unlike the text of one.
fn body(statement: &str, tokens: &[lex::Token]) -> String {
    const AFTER: [&str; 9] = ["immutable", "stable", "volatile", "strict", "parallel", "called", "cost", "rows", "support"];
    const OPEN: [&str; 4] = ["setof", "table", "void", "record"];
    let returns = tokens.iter().position(|t| t.is_word(statement, "returns")).map(|i| i + 1);
    let words = returns.and_then(|i| tokens.get(i..)).unwrap_or_default();
    let end = words.iter().position(|t| AFTER.iter().any(|w| t.is_word(statement, w))).unwrap_or(words.len());
    match words[..end].first().zip(words[..end].last()) {
        // A body that is no string has to have types.
        _ if lex::tokens(statement).iter().any(|t| t.name(statement).is_some_and(|n| POLYMORPHIC.contains(&n.as_str()))) => {
            "AS 'SELECT NULL'".to_string()
        }
        Some((first, last)) if !OPEN.iter().any(|w| first.is_word(statement, w)) => {
            format!("RETURN NULL::{}", &statement[first.span.start..last.span.end])
        }
        _ => "AS 'SELECT NULL'".to_string(),
    }
}

/// A statement with what it leaves out: the body of a function, the support of an operator class.
fn complete(statement: &str) -> String {
    let tokens: Vec<lex::Token> = lex::tokens(statement).into_iter().filter(|t| t.depth == 0).collect();
    let word = |i: usize, word: &str| tokens.get(i).is_some_and(|t| t.is_word(statement, word));
    if word(1, "function") && !tokens.iter().any(|t| t.is_word(statement, "language")) {
        return format!("{statement} LANGUAGE sql {}", body(statement, &tokens));
    }
    if word(1, "operator") && word(2, "class") {
        let using = tokens.iter().position(|t| t.is_word(statement, "using")).and_then(|i| tokens.get(i + 1)?.name(statement));
        if let Some(support) = support(using.as_deref().unwrap_or_default()) {
            let comma = if statement.trim_end().ends_with(" AS") { " " } else { ", " };
            return format!("{statement}{comma}{support}");
        }
    }
    statement.to_string()
}

/// Enters an extension in the catalog with its members; gives those that were refused.
async fn enter(superuser: &Client, name: &str, schema: &str, known: &Known) -> Result<Vec<String>> {
    let (name, version) = (sql::literal(name), sql::literal(known.version.as_deref().unwrap_or("0")));
    let (space, requires) = (sql::literal(&sql::ident(schema)), known.requires.iter().map(|r| sql::literal(r)));
    let requires = std::iter::once("NULL".to_string()).chain(requires).collect::<Vec<_>>().join(", ");
    // The rows of CREATE EXTENSION. Objects made from here on have larger oids.
    let script = format!(
        "BEGIN; CREATE SCHEMA IF NOT EXISTS {schema}; CREATE SCHEMA IF NOT EXISTS trueup; \
         INSERT INTO pg_catalog.pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion) \
         VALUES (pg_catalog.pg_nextoid('pg_catalog.pg_extension', 'oid', 'pg_catalog.pg_extension_oid_index'), {name}, \
           CURRENT_USER::pg_catalog.regrole, {space}::pg_catalog.regnamespace, true, {version}); \
         INSERT INTO pg_catalog.pg_depend \
         SELECT 3079, e.oid, 0, 2615, e.extnamespace, 0, 'n' FROM pg_catalog.pg_extension e WHERE e.extname = {name} \
         UNION ALL SELECT 3079, e.oid, 0, 3079, o.oid, 0, 'n' FROM pg_catalog.pg_extension e, pg_catalog.pg_extension o \
         WHERE e.extname = {name} AND o.extname IN ({requires}); \
         SET LOCAL check_function_bodies = off; \
         SELECT pg_catalog.set_config('search_path', pg_catalog.concat_ws(', ', {path}, \
           (SELECT pg_catalog.string_agg(DISTINCT e.extnamespace::pg_catalog.regnamespace::pg_catalog.text, ', ') \
            FROM pg_catalog.pg_extension e WHERE e.extname IN ({requires}))), true)",
        path = space,
        schema = sql::ident(schema)
    );
    let done = async {
        superuser.batch_execute(&script).await?;
        superuser.batch_execute("SAVEPOINT member").await?;
        let mut waiting: Vec<String> = known.statements.iter().map(|s| complete(s)).collect();
        loop {
            let before = waiting.len();
            let mut still = Vec::new();
            for statement in waiting {
                if superuser.batch_execute(&format!("{statement}; RELEASE member; SAVEPOINT member")).await.is_err() {
                    superuser.batch_execute("ROLLBACK TO member").await?;
                    still.push(statement);
                }
            }
            waiting = still;
            if waiting.is_empty() || waiting.len() == before {
                break;
            }
        }
        let end = concat!(include_str!("modifiers.sql"), include_str!("own.sql"), "; COMMIT");
        superuser.batch_execute(&end.replace("$1", &name)).await?;
        Ok::<_, tokio_postgres::Error>(waiting)
    };
    match done.await {
        Ok(without) => Ok(without),
        Err(error) => {
            // The transaction may be over already.
            let _ = superuser.batch_execute("ROLLBACK").await;
            Err(shadow_refused(&error).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_statement_leaves_out_is_added() {
        let made = complete("CREATE FUNCTION f(t) RETURNS double precision[] STRICT");
        assert_eq!(made, "CREATE FUNCTION f(t) RETURNS double precision[] STRICT LANGUAGE sql RETURN NULL::double precision[]");
        let made = complete("CREATE FUNCTION f(t) RETURNS SETOF t");
        assert_eq!(made, "CREATE FUNCTION f(t) RETURNS SETOF t LANGUAGE sql AS 'SELECT NULL'");
        let whole = "CREATE FUNCTION f(internal) RETURNS t LANGUAGE internal AS 'x'";
        assert_eq!(complete(whole), whole);
        let class = complete("CREATE OPERATOR CLASS o FOR TYPE t USING hnsw AS OPERATOR 1 <-> (t, t) FOR ORDER BY float_ops");
        assert!(class.contains("float_ops, FUNCTION 1 pg_catalog.gist_box_consistent"), "{class}");
        assert!(complete("CREATE OPERATOR CLASS o FOR TYPE t USING gin AS").contains(" AS FUNCTION 1 "));
        let made = complete("CREATE FUNCTION f(anyenum) RETURNS integer");
        assert_eq!(made, "CREATE FUNCTION f(anyenum) RETURNS integer LANGUAGE sql AS 'SELECT NULL'");
        let class = "CREATE OPERATOR CLASS o DEFAULT FOR TYPE t USING btree AS OPERATOR 1 <, FUNCTION 1 cmp(t, t)";
        assert_eq!(complete(class), class);
    }
}
