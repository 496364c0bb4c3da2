//! Running a model's statements: in order, again when something was missing, and telling what never worked.

use std::borrow::Cow;
use std::collections::BTreeMap;

use tokio_postgres::{Client, SimpleQueryMessage, error::SqlState};

use super::{Session, explain, stand_in};
use crate::catalog::{Attrs, Id};
use crate::diagnostic::{Diagnostic, Failure, Result};
use crate::kinds;
use crate::kinds::yaml::{Declaration, Statement};
use crate::model::Model;
use crate::shadow::standin::Lent;
use crate::sql::{self, lex};

/// What running gave.
pub(in crate::shadow) struct Built {
    /// The id of each declaration, routines with their arguments as the server understands them.
    pub ids: Vec<Id>,
    /// What those that something stood in for are in truth.
    pub over: BTreeMap<usize, Attrs>,
    /// Bodies that name what is not there.
    pub warnings: Vec<Diagnostic>,
}

/// A statement that has not worked yet.
pub(super) struct Waiting<'a> {
    pub declaration: usize,
    /// As it is sent, which on a server with other roles is not as it was written.
    pub statement: Cow<'a, Statement>,
    pub error: Option<tokio_postgres::Error>,
}

/// What an error says, with its SQLSTATE.
pub(super) fn message(error: &tokio_postgres::Error) -> String {
    error.as_db_error().map_or_else(|| error.to_string(), |e| format!("{} (SQLSTATE {})", e.message(), e.code().code()))
}

pub(in crate::shadow) async fn run(model: &Model, session: &Session) -> Result<Built> {
    let ids = model.declarations.iter().map(|d| d.id.clone()).collect();
    let mut runner = Runner { model, session, ids, path: None, over: BTreeMap::new(), reserved: BTreeMap::new() };
    runner.roles_and_schemas().await?;
    let mut waiting: Vec<Waiting<'_>> = Vec::new();
    for (i, declaration) in model.declarations.iter().enumerate() {
        waiting.extend(declaration.statements.iter().map(|s| Waiting {
            declaration: i,
            statement: Cow::Borrowed(s),
            error: None,
        }));
    }
    let mut failed = Vec::new();
    let (late, early) = waiting.into_iter().partition(|w| w.statement.late);
    let mut waiting: Vec<Waiting<'_>> = late;
    waiting.extend(runner.round(early, &mut failed).await?);
    loop {
        let before = waiting.len();
        waiting = runner.round(waiting, &mut failed).await?;
        if waiting.is_empty() || waiting.len() == before {
            break;
        }
    }
    // Bodies are checked where they can be; what is left may be a body that names something that will never be there.
    let mut warnings = Vec::new();
    if !waiting.is_empty() {
        session.builder.batch_execute("SET check_function_bodies = off").await.map_err(|e| super::shadow_refused(&e))?;
        let (stuck, wrong): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|item| !item.error.as_ref().is_some_and(is_about_syntax));
        failed.extend(wrong);
        let mut doubts: Vec<(usize, Diagnostic)> = Vec::new();
        waiting = Vec::new();
        for item in stuck {
            let doubt = item.error.as_ref().map(|e| explain::in_body(&model.declarations[item.declaration], &item.statement, e));
            let is_routine = model.declarations[item.declaration].id.args.is_some();
            match runner.one(item).await? {
                None if is_routine => doubts.extend(doubt.map(|d| (0, d))),
                None => {}
                Some(item) => waiting.push(item),
            }
        }
        loop {
            let before = waiting.len();
            waiting = runner.round(waiting, &mut failed).await?;
            if waiting.is_empty() || waiting.len() == before {
                break;
            }
        }
        warnings = doubts.into_iter().map(|(_, d)| d).collect();
    }
    failed.extend(waiting);
    if failed.is_empty() {
        Ok(Built { ids: runner.ids, over: runner.over, warnings })
    } else {
        let mut diagnostics = explain::failures(model, failed);
        for diagnostic in diagnostics.iter_mut().filter(|d| d.code == explain::NOT_ALLOWED && !session.roles.superuser()) {
            diagnostic.help.push("the role of the shadow's URL is no superuser: give one that is, or use another shadow".into());
        }
        Err(Failure { diagnostics })
    }
}

/// The arguments of the routine that the current transaction has made.
const ROUTINE: &str = "SELECT pg_catalog.oidvectortypes(p.proargtypes) FROM pg_catalog.pg_proc p \
     WHERE p.xmin = pg_catalog.pg_current_xact_id()::pg_catalog.xid";

struct Runner<'a> {
    model: &'a Model,
    session: &'a Session,
    ids: Vec<Id>,
    path: Option<String>,
    over: BTreeMap<usize, Attrs>,
    /// The clauses of declarations that the superuser says afterwards.
    reserved: BTreeMap<usize, Vec<String>>,
}

impl<'a> Runner<'a> {
    /// Every role that the model names and every schema that something is in.
    async fn roles_and_schemas(&mut self) -> Result<()> {
        let roles = &self.session.roles;
        let mut named = std::collections::BTreeSet::new();
        for declaration in &self.model.declarations {
            let owner = declaration.owner.iter().filter(|_| !roles.foreign());
            let grantees = declaration.grants.iter().flatten().map(|g| &g.grantee);
            named.extend(owner.chain(grantees).map(|r| r.text.as_str()).filter(|r| *r != "public"));
        }
        for role in named {
            roles.ensure(&self.session.superuser, role).await?;
        }
        let mut schemas: Vec<&str> = self.model.schemas.iter().map(String::as_str).collect();
        schemas.extend(self.model.declarations.iter().filter_map(|d| d.id.schema.as_deref()));
        schemas.sort_unstable();
        schemas.dedup();
        let script: String = schemas.iter().map(|s| format!("CREATE SCHEMA IF NOT EXISTS {};", sql::ident(s))).collect();
        self.session
            .builder
            .batch_execute(&script)
            .await
            .map_err(|e| Diagnostic::error("bad-schema", "a schema that the model names cannot be created").note(message(&e)))?;
        Ok(())
    }

    /// Tries everything that waits once; gives what still waits.
    async fn round(&mut self, waiting: Vec<Waiting<'a>>, failed: &mut Vec<Waiting<'a>>) -> Result<Vec<Waiting<'a>>> {
        let mut still = Vec::new();
        let model = self.model;
        let kind = |item: &Waiting<'_>| model.declarations[item.declaration].id.kind;
        let mut waiting = waiting.into_iter().peekable();
        while let Some(first) = waiting.next() {
            let own = kind(&first);
            let mut chunk = vec![first];
            while let Some(item) = waiting.next_if(|i| kind(i) == own) {
                chunk.push(item);
            }
            // All tables before what is on them: an index of a partitioned table is one thing before its partitions are there and
            // another one after.
            loop {
                let before = chunk.len();
                chunk = self.some(chunk, failed).await?;
                if chunk.is_empty() || chunk.len() == before || !kinds::find(own).is_some_and(|k| k.holds_data()) {
                    break;
                }
            }
            still.extend(chunk);
        }
        Ok(still)
    }

    async fn some(&mut self, waiting: Vec<Waiting<'a>>, failed: &mut Vec<Waiting<'a>>) -> Result<Vec<Waiting<'a>>> {
        let mut still = Vec::new();
        for item in waiting {
            if let Some(item) = self.one(item).await? {
                let is_routine = self.model.declarations[item.declaration].id.args.is_some();
                // A body is tried again after any error: an overload that is still missing makes `f('x')` a wrong array.
                let again = is_routine || item.error.as_ref().is_some_and(may_work_later);
                if again { still.push(item) } else { failed.push(item) }
            }
        }
        Ok(still)
    }

    /// Tries one statement; gives it back with its error when it did not work.
    async fn one(&mut self, mut item: Waiting<'a>) -> Result<Option<Waiting<'a>>> {
        // Somebody else's server keeps its roles: those of a provided set are not made there.
        let is_role = kinds::of(&self.model.declarations[item.declaration].id).is_role();
        if is_role && self.session.roles.foreign() {
            self.session.roles.note(&self.model.declarations[item.declaration].id.name);
            return Ok(None);
        }
        for _ in 0..16 {
            match self.execute(item.declaration, &item.statement).await {
                Ok(()) => {
                    item.error = self.reserved_words(item.declaration, &item.statement).await?;
                    if item.error.is_some() {
                        return Ok(Some(item));
                    }
                    self.afterwards(&item).await?;
                    return Ok(None);
                }
                Err(error) => {
                    match self.session.lend(&item.statement.sql, &error).await? {
                        Lent::Nothing => {}
                        Lent::Another => continue,
                        Lent::All => {
                            self.afterwards(&item).await?;
                            return Ok(None);
                        }
                    }
                    if stand_in::wanted(&error) && self.with_stand_in(&mut item).await {
                        continue;
                    }
                    if self.with_roles(&mut item.statement, &error).await? {
                        continue;
                    }
                    if wants_reserved_words(&error) && self.without_reserved_words(&mut item) {
                        continue;
                    }
                    if let Some(other) = item.statement.otherwise.clone().filter(|_| self.session.roles.superuser()) {
                        item.statement = Cow::Owned(*other);
                        continue;
                    }
                    item.error = Some(error);
                    return Ok(Some(item));
                }
            }
        }
        Ok(Some(item))
    }

    /// LEAKPROOF and SUPPORT are a superuser's words: the builder makes the function without them, and it gets them afterwards.
    /// Whether the statement is worth another try.
    fn without_reserved_words(&mut self, item: &mut Waiting<'a>) -> bool {
        let sql = &item.statement.sql;
        let tokens = lex::tokens(sql);
        let top = |word: &str| tokens.iter().position(|t| t.depth == 0 && t.is_word(sql, word));
        let mut clauses: Vec<std::ops::Range<usize>> = top("leakproof").map(|i| tokens[i].span.clone()).into_iter().collect();
        if let Some(i) = top("support") {
            let dotted = tokens.get(i + 2).is_some_and(|t| t.is_symbol(sql, "."));
            let end = tokens.get(if dotted { i + 3 } else { i + 1 }).map_or(sql.len(), |t| t.span.end);
            clauses.push(tokens[i].span.start..end);
        }
        if clauses.is_empty() {
            return false;
        }
        let mut plain = item.statement.clone().into_owned();
        for clause in &clauses {
            // Blanks keep the positions of errors.
            plain.sql.replace_range(clause.clone(), &" ".repeat(clause.len()));
        }
        self.reserved.insert(item.declaration, clauses.into_iter().map(|c| sql[c].to_string()).collect());
        item.statement = Cow::Owned(plain);
        true
    }

    /// Says of a function what its builder may not say. Gives the error when what is named is not there: then the function goes
    /// again, until it is.
    async fn reserved_words(&self, declaration: usize, statement: &Statement) -> Result<Option<tokio_postgres::Error>> {
        let Some(clauses) = self.reserved.get(&declaration) else { return Ok(None) };
        let id = &self.ids[declaration];
        let name = kinds::of(id).sql_name(id);
        let path = search_path(statement.schema.as_deref(), &self.model.search_path);
        let alters: String = clauses.iter().map(|clause| format!("ALTER {name} {clause}; ")).collect();
        let done = self.session.superuser.batch_execute(&format!("BEGIN; SET LOCAL search_path = {path}; {alters}COMMIT")).await;
        if done.is_err() {
            let undo = format!("ROLLBACK; DROP {name}");
            self.session.superuser.batch_execute(&undo).await.map_err(|e| super::shadow_refused(&e))?;
        }
        Ok(done.err())
    }

    /// Exchanges the language of a function for one that everybody may use; whether it is worth another try.
    async fn with_stand_in(&mut self, item: &mut Waiting<'a>) -> bool {
        let Some((other, over)) = stand_in::instead(&self.ids[item.declaration], &item.statement) else { return false };
        // On somebody else's server it may be that nobody here is superuser; then the refusal stays.
        if self.session.superuser.batch_execute(stand_in::LANGUAGE).await.is_err() {
            return false;
        }
        self.over.insert(item.declaration, over);
        item.statement = Cow::Owned(other);
        true
    }

    /// What there is to do after a statement that worked: the builder owns what the superuser made for it, as far as PostgreSQL
    /// lets others own such things.
    async fn afterwards(&self, item: &Waiting<'_>) -> Result<()> {
        let (id, declaration) = (&self.ids[item.declaration], &self.model.declarations[item.declaration]);
        let kind = kinds::of(id);
        let last = declaration.statements.last().is_some_and(|s| s.sql == item.statement.sql);
        let mut script: Vec<String> =
            self.over.get(&item.declaration).map(|over| stand_in::afterwards(id, over)).into_iter().collect();
        if item.statement.privileged && last && self.session.roles.superuser() && !kind.owner_is_superuser() {
            script.extend(crate::kinds::facets::owner(kind, id, &self.session.builder_role).map(|draft| draft.sql));
        }
        for statement in script {
            self.session.superuser.batch_execute(&statement).await.map_err(|e| super::shadow_refused(&e))?;
        }
        Ok(())
    }

    /// Brings the role that a statement failed for; whether it is worth another try.
    async fn with_roles(&self, statement: &mut Cow<'a, Statement>, error: &tokio_postgres::Error) -> Result<bool> {
        let (roles, admin) = (&self.session.roles, &self.session.superuser);
        let missing = missing_role(error);
        if !roles.foreign() {
            if let Some(role) = &missing {
                roles.ensure(admin, role).await?;
            }
            return Ok(missing.is_some());
        }
        let not_ours = statement.privileged && error.code() == Some(&SqlState::INSUFFICIENT_PRIVILEGE);
        let other = match missing {
            Some(role) => roles.in_statement(admin, statement, &role).await?,
            None if not_ours => roles.all_in_statement(admin, statement).await?,
            None => None,
        };
        let worth = other.is_some();
        if let Some(other) = other {
            *statement = Cow::Owned(other);
        }
        Ok(worth)
    }

    async fn execute(&mut self, declaration: usize, statement: &Statement) -> std::result::Result<(), tokio_postgres::Error> {
        let client: &Client = if statement.privileged { &self.session.superuser } else { &self.session.builder };
        let path = search_path(statement.schema.as_deref(), &self.model.search_path);
        if !statement.privileged && self.path.as_ref() != Some(&path) {
            client.batch_execute(&format!("SET search_path = {path}")).await?;
            self.path = Some(path.clone());
        }
        if !statement.privileged || statement.schema.is_none() {
            return self.send(declaration, statement, client).await;
        }
        // For this statement alone: those of trueup's own find nothing of the model's by a bare name.
        client.batch_execute(&format!("SET search_path = {path}")).await?;
        let done = self.send(declaration, statement, client).await;
        client.batch_execute("RESET search_path").await?;
        done
    }

    async fn send(
        &mut self,
        declaration: usize,
        statement: &Statement,
        client: &Client,
    ) -> std::result::Result<(), tokio_postgres::Error> {
        let kind = kinds::of(&self.ids[declaration]);
        let routine = self.ids[declaration].args.is_some();
        let made = kind.made().or(routine.then_some(ROUTINE));
        let Some(made) = made else {
            // The statement's own text comes first, so that the position in an error is a position in it.
            return client.batch_execute(&statement.sql).await;
        };
        let looked_at = if statement.unchecked { "; SET LOCAL check_function_bodies = off" } else { "" };
        client.batch_execute(&format!("BEGIN{looked_at}")).await?;
        let done = client.batch_execute(&statement.sql).await;
        if let Err(error) = done {
            client.batch_execute("ROLLBACK").await?;
            return Err(error);
        }
        // The row that this transaction has made is the object.
        let script = format!("SELECT pg_catalog.set_config('search_path', '', true); {made}; COMMIT");
        for message in client.simple_query(&script).await? {
            if let SimpleQueryMessage::Row(row) = message
                && let Some(text) = row.get(0).filter(|_| row.columns()[0].name() != "set_config")
            {
                match routine {
                    true => self.ids[declaration].args = Some(text.into()),
                    false => self.ids[declaration].name = text.into(),
                }
            }
        }
        Ok(())
    }
}

/// The schema that a statement stands in, then the project's.
fn search_path(schema: Option<&str>, project: &[String]) -> String {
    let mut path: Vec<&str> = schema.into_iter().collect();
    for name in project {
        if !path.contains(&name.as_str()) {
            path.push(name);
        }
    }
    if path.is_empty() { "''".into() } else { sql::ident_list(path) }
}

/// Whether an error may go away when something else has been made.
fn may_work_later(error: &tokio_postgres::Error) -> bool {
    let Some(code) = error.code() else { return false };
    // A type that is still to be completed, in whatever words.
    if error.as_db_error().is_some_and(|e| e.message().contains("shell type") || e.message().ends_with("type shell")) {
        return true;
    }
    [
        &SqlState::UNDEFINED_TABLE,
        &SqlState::UNDEFINED_COLUMN,
        &SqlState::UNDEFINED_FUNCTION,
        &SqlState::UNDEFINED_OBJECT,
        &SqlState::INVALID_SCHEMA_NAME,
        &SqlState::INVALID_FOREIGN_KEY,
        &SqlState::INVALID_OBJECT_DEFINITION,
        &SqlState::INVALID_TABLE_DEFINITION,
        &SqlState::INVALID_FUNCTION_DEFINITION,
        &SqlState::OBJECT_NOT_IN_PREREQUISITE_STATE,
        &SqlState::WRONG_OBJECT_TYPE,
        &SqlState::DATATYPE_MISMATCH,
        &SqlState::CANNOT_COERCE,
        &SqlState::DEPENDENT_OBJECTS_STILL_EXIST,
        &SqlState::UNDEFINED_PARAMETER,
    ]
    .contains(&code)
}

/// Whether it is a mistake that nothing the database may get later puts right. `name%TYPE` of a table that is not there is a syntax
/// error to PL/pgSQL.
fn is_about_syntax(error: &tokio_postgres::Error) -> bool {
    error.as_db_error().is_some_and(|e| *e.code() == SqlState::SYNTAX_ERROR && !e.message().ends_with("at or near \"%\""))
}

fn wants_reserved_words(error: &tokio_postgres::Error) -> bool {
    let refused = error.as_db_error().filter(|e| *e.code() == SqlState::INSUFFICIENT_PRIVILEGE);
    refused.is_some_and(|e| ["leakproof", "support function"].iter().any(|word| e.message().contains(word)))
}

fn missing_role(error: &tokio_postgres::Error) -> Option<String> {
    let error = error.as_db_error().filter(|e| *e.code() == SqlState::UNDEFINED_OBJECT)?;
    let name = error.message().strip_prefix("role \"")?.strip_suffix("\" does not exist")?;
    Some(name.to_string())
}

/// The place in the model for a declaration's statement.
pub(super) fn declaration<'a>(model: &'a Model, item: &Waiting<'_>) -> &'a Declaration {
    &model.declarations[item.declaration]
}
