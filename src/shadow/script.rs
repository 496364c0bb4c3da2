//! SQL files to catalogs: each file is run in an empty database of the shadow, and what it made is read back.

use std::path::Path;
use std::sync::Arc;

use super::build::{BUILDER, Session, run};
use crate::catalog::{Catalog, Id};
use crate::diagnostic::{Diagnostic, Place, Result, SourceFile};
use crate::model::Model;
use crate::pg::sqlstate;
use crate::sql::{self, lex};

/// What one file makes.
pub struct Script {
    /// The file.
    pub file: Arc<SourceFile>,
    /// Only what the file itself made.
    pub catalog: Catalog,
    /// Statements that did not work, as warnings at their line.
    pub warnings: Vec<Diagnostic>,
}

impl Script {
    /// The file's name without its folders.
    pub fn name(&self) -> String {
        self.file.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// Where the file says the name of an object first, in a statement that creates or alters something.
    pub fn place(&self, id: &Id) -> Option<Place> {
        let text = &self.file.text;
        for range in lex::statements(text) {
            let statement = &text[range.clone()];
            let head: Vec<lex::Token> = lex::tokens(statement).into_iter().take(16).collect();
            let creates = head.first().is_some_and(|t| t.is_word(statement, "create") || t.is_word(statement, "alter"));
            if let Some(token) = head.iter().find(|t| t.name(statement).as_deref() == Some(&*id.name)).filter(|_| creates) {
                let start = range.start + token.span.start;
                return Some(Place { file: self.file.clone(), span: start..start + token.span.len() });
            }
        }
        None
    }
}

/// Runs a file in a session's empty database, after what the project provides.
///
/// A statement that fails for want of something is tried again at the end; what still fails is a warning: the file may need what
/// another one makes.
///
/// # Errors
/// The file cannot be read; the provided sets cannot be built.
pub async fn script(path: &Path, session: &Session, provided: &Model) -> Result<Script> {
    let text = std::fs::read_to_string(path)
        .map_err(|e| Diagnostic::error("unreadable-file", format!("{} cannot be read", path.display())).note(e.to_string()))?;
    let file = Arc::new(SourceFile { path: path.to_path_buf(), text });
    run::run(provided, session).await?;
    let before = session.read().await?;
    let mut search: Vec<&str> = vec!["public"];
    search.extend(provided.search_path.iter().map(String::as_str).filter(|s| *s != "public"));
    let setup = format!("SET search_path = {}; SET check_function_bodies = off", sql::ident_list(search));
    session.builder.batch_execute(&setup).await.map_err(|e| super::build::shadow_refused(&e))?;
    let mut waiting: Vec<(std::ops::Range<usize>, Option<tokio_postgres::Error>)> =
        lex::statements(&file.text).into_iter().map(|r| (r, None)).collect();
    loop {
        let count = waiting.len();
        let mut still = Vec::new();
        for (range, _) in waiting {
            if let Err(error) = statement(&file.text[range.clone()], session).await {
                still.push((range, Some(error)));
            }
        }
        waiting = still;
        if waiting.is_empty() || waiting.len() == count {
            break;
        }
    }
    let warnings = waiting.into_iter().filter_map(|(range, error)| Some(failed(&file, range, &error?))).collect();
    let mut catalog = session.read().await?;
    catalog.objects.retain(|id, _| before.get(id).is_none());
    for object in catalog.objects.values_mut() {
        if object.owner.as_deref() == Some(BUILDER) {
            object.owner = None;
        }
    }
    Ok(Script { file, catalog, warnings })
}

async fn statement(text: &str, session: &Session) -> std::result::Result<(), tokio_postgres::Error> {
    match extension(text) {
        // Extensions are for superusers; the statement is made anew from the names in it.
        Some(create) => session.superuser.batch_execute(&create).await,
        None => {
            let done = session.builder.batch_execute(text).await;
            if done.is_err() {
                // A transaction block of the file's own must not swallow what follows.
                session.builder.batch_execute("ROLLBACK").await?;
            }
            done
        }
    }
}

fn extension(text: &str) -> Option<String> {
    let tokens = lex::tokens(text);
    let words: Vec<String> = tokens.iter().filter_map(|t| t.name(text)).collect();
    let rest = words.strip_prefix(["create".to_string(), "extension".to_string()].as_slice())?;
    let rest = rest.strip_prefix(["if".to_string(), "not".to_string(), "exists".to_string()].as_slice()).unwrap_or(rest);
    let name = rest.first()?;
    let schema = rest.iter().position(|w| w == "schema").and_then(|i| rest.get(i + 1));
    let schema = schema.map(|s| format!(" SCHEMA {}", sql::ident(s))).unwrap_or_default();
    Some(format!("CREATE EXTENSION IF NOT EXISTS {}{schema} CASCADE", sql::ident(name)))
}

fn failed(file: &Arc<SourceFile>, range: std::ops::Range<usize>, error: &tokio_postgres::Error) -> Diagnostic {
    Diagnostic::warning("statement-skipped", "this statement does not work here")
        .at(&Place { file: file.clone(), span: range })
        .note(sqlstate::server_message(error))
}
