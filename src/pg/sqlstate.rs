//! Questions about errors, by SQLSTATE and never by text: a server may speak any language.
//!
//! Manual: errcodes-appendix.

use std::error::Error as _;

use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

fn is(error: &Error, states: &[SqlState]) -> bool {
    error.code().is_some_and(|code| states.contains(code))
}

/// Something that is named does not exist: table, column, function, schema, type, role, database or anything else.
pub fn is_undefined(error: &Error) -> bool {
    is_undefined_table(error)
        || is_undefined_column(error)
        || is_undefined_function(error)
        || is_undefined_schema(error)
        || is_undefined_object(error)
        || is(error, &[SqlState::UNDEFINED_PARAMETER, SqlState::INVALID_CATALOG_NAME, SqlState::UNDEFINED_FILE])
}

/// A table, view or other relation does not exist.
pub fn is_undefined_table(error: &Error) -> bool {
    is(error, &[SqlState::UNDEFINED_TABLE])
}

/// A column does not exist.
pub fn is_undefined_column(error: &Error) -> bool {
    is(error, &[SqlState::UNDEFINED_COLUMN])
}

/// A function or operator with these arguments does not exist.
pub fn is_undefined_function(error: &Error) -> bool {
    is(error, &[SqlState::UNDEFINED_FUNCTION])
}

/// A schema does not exist.
pub fn is_undefined_schema(error: &Error) -> bool {
    is(error, &[SqlState::INVALID_SCHEMA_NAME])
}

/// Something that has no SQLSTATE of its own does not exist: a type, role, extension, collation, constraint, setting.
pub fn is_undefined_object(error: &Error) -> bool {
    is(error, &[SqlState::UNDEFINED_OBJECT])
}

/// Something of that name exists already.
pub fn is_duplicate(error: &Error) -> bool {
    is(
        error,
        &[
            SqlState::DUPLICATE_TABLE,
            SqlState::DUPLICATE_COLUMN,
            SqlState::DUPLICATE_FUNCTION,
            SqlState::DUPLICATE_SCHEMA,
            SqlState::DUPLICATE_OBJECT,
            SqlState::DUPLICATE_DATABASE,
            SqlState::DUPLICATE_ALIAS,
            SqlState::DUPLICATE_CURSOR,
            SqlState::DUPLICATE_PSTATEMENT,
            SqlState::DUPLICATE_FILE,
        ],
    )
}

/// Two sessions created the same thing at the same moment: the unique index of a system catalog noticed it first.
pub fn is_unique_violation(error: &Error) -> bool {
    is(error, &[SqlState::UNIQUE_VIOLATION])
}

/// The role may not do this.
pub fn is_insufficient_privilege(error: &Error) -> bool {
    is(error, &[SqlState::INSUFFICIENT_PRIVILEGE])
}

/// `lock_timeout` passed, or NOWAIT found the lock taken.
pub fn is_lock_timeout(error: &Error) -> bool {
    is(error, &[SqlState::LOCK_NOT_AVAILABLE])
}

/// `statement_timeout` passed, or someone cancelled the statement.
pub fn is_canceled(error: &Error) -> bool {
    is(error, &[SqlState::QUERY_CANCELED])
}

/// Two transactions waited for each other, or could not be put in an order: trying again may help.
pub fn is_retryable(error: &Error) -> bool {
    is(error, &[SqlState::T_R_DEADLOCK_DETECTED, SqlState::T_R_SERIALIZATION_FAILURE])
}

/// Other objects depend on what was to be dropped or altered.
pub fn is_dependent(error: &Error) -> bool {
    is(error, &[SqlState::DEPENDENT_OBJECTS_STILL_EXIST, SqlState::DEPENDENT_PRIVILEGE_DESCRIPTORS_STILL_EXIST])
}

/// The text is not SQL.
pub fn is_syntax_error(error: &Error) -> bool {
    is(error, &[SqlState::SYNTAX_ERROR])
}

/// The statement cannot run in a transaction (or only in one).
pub fn is_wrong_transaction(error: &Error) -> bool {
    is(error, &[SqlState::ACTIVE_SQL_TRANSACTION, SqlState::NO_ACTIVE_SQL_TRANSACTION])
}

/// The server, or this session, allows no writes.
pub fn is_read_only(error: &Error) -> bool {
    is(error, &[SqlState::READ_ONLY_SQL_TRANSACTION])
}

/// The server does not have this feature.
pub fn is_unsupported(error: &Error) -> bool {
    is(error, &[SqlState::FEATURE_NOT_SUPPORTED])
}

/// The password is wrong (or the role does not exist: the server does not say which).
pub fn is_invalid_password(error: &Error) -> bool {
    is(error, &[SqlState::INVALID_PASSWORD])
}

/// The connection is gone: closed by the server, by an administrator, or by the network.
pub fn is_connection_lost(error: &Error) -> bool {
    let by_server = error.code().is_some_and(|code| {
        code.code().starts_with("08")
            || [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN, SqlState::CANNOT_CONNECT_NOW].contains(code)
    });
    by_server || error.is_closed() || (error.as_db_error().is_none() && caused_by_io(error))
}

fn caused_by_io(error: &Error) -> bool {
    error.source().is_some_and(|cause| cause.is::<std::io::Error>())
}

/// What the server said in one line: `relation "t" does not exist (SQLSTATE 42P01)`. For an error that is not the
/// server's, all its causes.
pub fn server_message(error: &Error) -> String {
    match error.as_db_error() {
        Some(db) => format!("{} (SQLSTATE {})", db.message(), db.code().code()),
        None => causes(error),
    }
}

/// What the server said besides: its detail, its hint, and where it happened.
pub fn server_details(error: &Error) -> Vec<String> {
    let Some(db) = error.as_db_error() else { return Vec::new() };
    let part = |name: &str, text: Option<&str>| text.map(|text| format!("{name}: {text}"));
    [part("detail", db.detail()), part("hint", db.hint()), part("context", db.where_())].into_iter().flatten().collect()
}

/// An error and its causes, joined. A cause that its parent has quoted already is left out.
pub(super) fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let words = cause.to_string();
        if !text.contains(&words) {
            text = format!("{text}: {words}");
        }
        next = cause.source();
    }
    text
}
