//! The server, or a pooler before it, refused.

use tokio_postgres::error::{DbError, SqlState};

use super::{Context, default_user_note, server_words};
use crate::diagnostic::Diagnostic;
use crate::sql::ident;

/// Puts a server's refusal into words.
pub(super) fn refused(context: &Context<'_>, db: &DbError) -> Diagnostic {
    let diagnostic = match db.code() {
        &SqlState::INVALID_PASSWORD => wrong_password(context),
        &SqlState::INVALID_AUTHORIZATION_SPECIFICATION => not_authorized(context, db),
        &SqlState::INVALID_CATALOG_NAME => unknown_database(context),
        &SqlState::INSUFFICIENT_PRIVILEGE => {
            let (user, dbname) = (&context.settings.user, &context.settings.dbname);
            context.error("connect-privilege", "the role may not connect to this database").help(format!(
                "as the database's owner: GRANT CONNECT ON DATABASE {} TO {}",
                ident(dbname),
                ident(user)
            ))
        }
        &SqlState::TOO_MANY_CONNECTIONS => too_many(context),
        &SqlState::CANNOT_CONNECT_NOW => context
            .error("server-starting", "the server takes no connections at the moment")
            .help("it is starting up, shutting down or recovering; try again in a little while"),
        &SqlState::ADMIN_SHUTDOWN | &SqlState::CRASH_SHUTDOWN => {
            context.error("server-stopping", "the server is shutting down").help("try again when it is up")
        }
        &SqlState::OBJECT_NOT_IN_PREREQUISITE_STATE => context
            .error("database-closed", "the database takes no connections")
            .help("choose another one: it is a template, or the remains of a DROP DATABASE that was interrupted"),
        // A setting in `options` that does not exist, has a wrong value, or needs more rights.
        &SqlState::UNDEFINED_OBJECT | &SqlState::INVALID_PARAMETER_VALUE | &SqlState::CANT_CHANGE_RUNTIME_PARAM
            if context.settings.options.is_some() =>
        {
            context
                .error("options-refused", "the server refuses the settings in `options`")
                .help("correct or remove `options` in the connection string, or PGOPTIONS")
        }
        _ => pooler(context, db),
    };
    server_words(diagnostic, db)
}

fn wrong_password(context: &Context<'_>) -> Diagnostic {
    let diagnostic = context
        .error("wrong-password", &format!("the password for `{}` is wrong", context.settings.user))
        .note("a server that asks for passwords says the same if there is no such role, or if it has no password")
        .help("check user and password; in a URL, special letters must be percent-encoded (`@` as %40)");
    default_user_note(context, diagnostic)
}

/// One code for all that pg_hba.conf and pg_authid may object to.
fn not_authorized(context: &Context<'_>, db: &DbError) -> Diagnostic {
    let user = &context.settings.user;
    let says = |words: &str| db.message().contains(words);
    if db.routine() == Some("InitializeSessionUserId") {
        let create = format!("CREATE ROLE {} LOGIN", ident(user));
        let allow = format!("ALTER ROLE {} LOGIN", ident(user));
        let diagnostic = if says("does not exist") {
            context
                .error("role-missing", &format!("there is no role `{user}`"))
                .help(format!("name an existing role, or create it: {create}"))
        } else if says("not permitted") {
            context
                .error("role-cannot-login", &format!("role `{user}` may not log in"))
                .help(format!("name a role that may, or allow it: {allow}"))
        } else {
            context
                .error("authentication-refused", &format!("role `{user}` does not exist or may not log in"))
                .help(format!("{create}, or {allow}"))
        };
        return default_user_note(context, diagnostic);
    }
    if says("pg_hba.conf") {
        return no_hba_entry(context);
    }
    if says("Peer authentication") || says("Ident authentication") {
        let diagnostic = context
            .error("peer-authentication", &format!("the operating system's user may not be role `{user}`"))
            .note("for this kind of connection the server takes the name of the operating system's user")
            .help("run as that user (`sudo -u ...`), or connect over TCP with a password (`host=localhost`)");
        return default_user_note(context, diagnostic);
    }
    if says("certificate") {
        return context
            .error("client-certificate-refused", "the server wants another client certificate")
            .help("name certificate and key with `sslcert` and `sslkey`; its common name must be the role's name");
    }
    let diagnostic = context
        .error("authentication-refused", &format!("the server does not let `{user}` in"))
        .help("see the server's log: it says there what pg_hba.conf asked for and what was wrong");
    default_user_note(context, diagnostic)
}

fn no_hba_entry(context: &Context<'_>) -> Diagnostic {
    let (user, dbname) = (&context.settings.user, &context.settings.dbname);
    let diagnostic = context.error("no-pg-hba-entry", "the server's pg_hba.conf does not let this connection in");
    let (kind, from) = match context.address {
        None => ("local", ""),
        Some(_) if context.encrypted => ("hostssl", "ADDRESS/32 "),
        Some(_) => ("host", "ADDRESS/32 "),
    };
    let diagnostic = diagnostic
        .help(format!("have a line such as `{kind} {dbname} {user} {from}scram-sha-256` added there, and the server reloaded"));
    if context.address.is_some() && !context.encrypted {
        return diagnostic.help("if only connections with TLS are let in: `sslmode=require`");
    }
    diagnostic
}

fn unknown_database(context: &Context<'_>) -> Diagnostic {
    let dbname = &context.settings.dbname;
    let diagnostic = context
        .error("unknown-database", &format!("there is no database `{dbname}`"))
        .help("`psql -l` with the same settings lists those that exist");
    if context.settings.dbname_is_default {
        return diagnostic
            .note(format!("no database was named, so it is the one of the user's name, `{dbname}`"))
            .help("name one: `dbname=...`, the last part of the URL, or PGDATABASE");
    }
    diagnostic
}

fn too_many(context: &Context<'_>) -> Diagnostic {
    context
        .error("too-many-connections", "the server has no connection left")
        .help("try again later, close idle sessions (see pg_stat_activity), or connect through the server's pooler")
}

/// Poolers and proxies speak for themselves, with codes that say little (08P01, XX000).
fn pooler(context: &Context<'_>, db: &DbError) -> Diagnostic {
    let says = |words: &str| db.message().contains(words);
    let (user, dbname) = (&context.settings.user, &context.settings.dbname);
    if says("no such database") {
        return context
            .error("unknown-database", &format!("the pooler knows no database `{dbname}`"))
            .help("PgBouncer serves the databases in its section [databases]; they may have names of their own there");
    }
    if says("database \"") && says("does not exist") {
        return context
            .error("unknown-database", "the server behind the pooler lacks the database")
            .help("correct the entry in PgBouncer's section [databases]");
    }
    if says("SASL authentication failed") || says("password authentication failed") {
        return wrong_password(context);
    }
    // PgBouncer names the method where it trusts those whom it knows.
    if says("no such user") || says("\"trust\" authentication failed") {
        return context
            .error("role-missing", &format!("the pooler knows no user `{user}`"))
            .help("PgBouncer knows the users in its auth_file, or finds them with its auth_query");
    }
    if says("Tenant or user not found") {
        return context
            .error("role-missing", &format!("the pooler knows no user `{user}`"))
            .help("at Supabase's pooler the user is `ROLE.PROJECT`, as in postgres.abcdefghijklmnop, and the region is part of the host");
    }
    if says("SSL required") || says("TLS required") || says("sslmode=require") || says("connection is insecure") {
        return context
            .error("tls-required", "the server takes connections with TLS only")
            .help("set `sslmode=require`, or better `sslmode=verify-full`");
    }
    if says("unsupported startup parameter") {
        return context
            .error("pooler-parameter", "the pooler refuses a parameter of the connection")
            .help("leave `options` and PGOPTIONS out, or list the parameter in PgBouncer's ignore_startup_parameters");
    }
    if says("no more connections allowed") || says("Max client connections") || says("max clients") {
        return too_many(context);
    }
    if says("server login") || says("cannot connect to server") || says("server_login_retry") || says("query_wait_timeout") {
        return context
            .error("pooler-server", "the pooler cannot reach the server behind it")
            .help("see the pooler's log: the server is down or full, or refuses the pooler's user");
    }
    if db.code() == &SqlState::PROTOCOL_VIOLATION {
        return context
            .error("pooler-refused", "the server or its pooler refuses the connection")
            .help("see the log of the pooler; PostgreSQL itself seldom answers so");
    }
    context.error("server-refused", "the server refuses the connection")
}
