//! What PostgreSQL reserves to superusers and is written as SQL in the model: run in the shadow as one statement of a known
//! kind, that defines something and calls nothing of the model's.

use super::yaml::{Declarer, Piece, Statement};
use crate::diagnostic::Diagnostic;
use crate::sql;

/// The statement for the superuser, or an error when the text could be more than the rest of one statement. Without a semicolon,
/// in strings either, there is nothing to agree on between this reader and the server's; `';'`, a delimiter, is let through, for
/// none of these statements can end in a string.
pub(super) fn privileged(schema: Option<&str>, before: &str, piece: &Piece, out: &mut Declarer<'_>) -> Option<Statement> {
    if piece.text.replace("';'", "").contains(';') {
        out.errors.push(
            Diagnostic::error("one-statement", "a definition that PostgreSQL reserves to superusers cannot hold a semicolon")
                .at(&piece.place)
                .note("in the shadow it runs as superuser, and must be one statement")
                .help("write what follows the name in the CREATE statement, without the semicolon at its end"),
        );
        return None;
    }
    let mut statement = Statement::with(schema, before, piece, "");
    statement.privileged = true;
    Some(statement)
}

/// A name that may have a schema, quoted where it must be.
pub(super) fn path(piece: &Piece) -> String {
    let parts = sql::split_name(piece.text.trim()).unwrap_or_else(|| vec![piece.text.clone()]);
    parts.iter().map(|p| sql::ident(p).into_owned()).collect::<Vec<_>>().join(".")
}
