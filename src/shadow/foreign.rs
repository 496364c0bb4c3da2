//! A shadow on somebody else's server: scratch databases, marked, held while they are used, and gone afterwards.
//!
//! A scratch database is called `trueup_shadow_<run>`, its roles `trueup_<run>_<n>`. A comment marks it as trueup's; a
//! session's advisory lock in it says that it is in use, to everybody on the server. The lock is taken before the mark is
//! set, so that what is marked and not held is left over from a run that died, and the next one sweeps it away.

use std::hash::{BuildHasher, RandomState};

use tokio_postgres::SimpleQueryMessage;

use super::build::{Session, shadow_refused};
use super::roles::{self, Roles, Run};
use super::standin::Lender;
use super::{PINNED, departed};
use crate::diagnostic::{Diagnostic, Result};
use crate::pg::{Client, Settings, connect, sqlstate};

const DATABASE: &str = "trueup_shadow_";
const ROLE: &str = "trueup_";
const MARK: &str = "trueup: a scratch database; dropped by the run that made it, or by the next";

/// The key of the advisory lock in a scratch database: "shadow" in ASCII.
const LOCK_KEY: i64 = 0x73_68_61_64_6f_77;

/// How many letters tell one run from another.
const RUN_LENGTH: usize = 12;

/// A server on which scratch databases may be made.
#[derive(Debug, Clone)]
pub struct Foreign {
    settings: Settings,
    role: String,
    superuser: bool,
    create_role: bool,
    version: u32,
}

impl Foreign {
    /// Connects, sees what the role may do, and sweeps away what earlier runs left.
    ///
    /// # Errors
    /// No connection; a role that may not make databases.
    pub async fn open(settings: &Settings) -> Result<Foreign> {
        let admin = connect(settings).await?;
        let rights = "SELECT r.rolname, r.rolsuper, r.rolcreatedb, r.rolcreaterole FROM pg_catalog.pg_roles r WHERE r.rolname = CURRENT_USER";
        let rows = rows(&admin, rights).await?;
        let row = rows.first().ok_or_else(|| Diagnostic::error("shadow", "the shadow's server does not say who we are there"))?;
        let flag = |i: usize| row.get(i).is_some_and(|v| v.as_deref() == Some("t"));
        let role = row.first().cloned().flatten().unwrap_or_default();
        let superuser = flag(1);
        if !superuser && !flag(2) {
            return Err(Diagnostic::error(
                "shadow-rights",
                format!("role {role} may not create databases on the shadow's server"),
            )
            .note(format!("the shadow is {}", admin.place()))
            .help(format!(
                "let it: ALTER ROLE {} CREATEDB CREATEROLE, as a superuser; or name another server with --shadow",
                crate::sql::ident(&role)
            ))
            .into());
        }
        let foreign = Foreign {
            settings: settings.clone(),
            role,
            superuser,
            create_role: superuser || flag(3),
            version: admin.server_version(),
        };
        sweep(&admin).await;
        Ok(foreign)
    }

    /// The server's major version.
    pub fn major(&self) -> u32 {
        self.version / 10_000
    }

    /// One line: what runs where, as whom.
    pub fn describe(&self) -> String {
        let rank = if self.superuser { "superuser" } else { "no superuser" };
        format!(
            "PostgreSQL {}.{} at {}; a scratch database for each run, as {} ({rank})",
            self.version / 10_000,
            self.version % 10_000,
            self.settings.display(),
            self.role
        )
    }

    /// Makes a scratch database and connects to it.
    ///
    /// # Errors
    /// When the server refuses, or lets the role that builds in by no way.
    pub async fn session(&self, lender: Lender) -> Result<Session> {
        let run = new_run();
        let database = format!("{DATABASE}{run}");
        let outer = connect(&self.settings).await?;
        // From here on, whatever happens, what was made is dropped.
        let scratch = departed::Scratch::new(self.settings.clone(), run.clone());
        outer.batch_execute(&format!("CREATE DATABASE {database} TEMPLATE template0")).await.map_err(|e| shadow_refused(&e))?;
        let admin = connect(&self.settings.with_dbname(&database)).await?;
        let script = format!(
            "{PINNED}; SELECT pg_catalog.pg_advisory_lock({LOCK_KEY}); COMMENT ON DATABASE {database} IS {}; \
             REVOKE CONNECT ON DATABASE {database} FROM PUBLIC",
            crate::sql::literal(MARK)
        );
        admin.batch_execute(&script).await.map_err(|e| shadow_refused(&e))?;
        let prefix = format!("{ROLE}{run}_");
        let (builder, builder_role) = if self.create_role {
            let name = format!("{prefix}builder");
            (self.builder(&admin, &database, &name).await?, name)
        } else {
            (connect(&self.settings.with_dbname(&database)).await?, self.role.clone())
        };
        builder.batch_execute(PINNED).await.map_err(|e| shadow_refused(&e))?;
        let roles = Roles::of_run(Run { prefix, superuser: self.superuser, may_create: self.create_role });
        Ok(Session { superuser: admin, builder, builder_role, roles, major: self.major(), lender, scratch: Some(scratch) })
    }

    /// Makes the role that builds, which may do nothing on the server but work in this database, and connects as it.
    async fn builder(&self, admin: &Client, database: &str, name: &str) -> Result<Client> {
        let password = format!("{}{}", new_run(), new_run());
        let options = format!("LOGIN PASSWORD '{password}'");
        roles::make(admin, name, &options, self.superuser).await.map_err(|e| shadow_refused(&e))?;
        admin.batch_execute(&format!("ALTER DATABASE {database} OWNER TO {name}")).await.map_err(|e| shadow_refused(&e))?;
        if self.superuser {
            admin.batch_execute(&format!("ALTER SCHEMA public OWNER TO {name}")).await.map_err(|e| shadow_refused(&e))?;
        }
        let settings = self.settings.with_dbname(database).with_user(name).with_password(&password);
        connect(&settings).await.map_err(|failure| {
            let why = failure.diagnostics.first().map(|d| d.message.clone()).unwrap_or_default();
            Diagnostic::error("shadow-login", "the shadow's server does not let in the role that builds the model")
                .note(why)
                .note("a model is never built with the rights of a superuser or of one who makes roles")
                .help("let pg_hba.conf accept passwords for the way that the URL takes (a TCP host usually has them, a socket with `peer` has not)")
                .help("or give a URL whose role has CREATEDB and neither SUPERUSER nor CREATEROLE: it builds the model itself")
                .into()
        })
    }
}

/// Letters that no other run has: hashes with keys that the standard library draws anew each time.
fn new_run() -> String {
    let number = u128::from(RandomState::new().hash_one(std::process::id())) << 64
        | u128::from(RandomState::new().hash_one(std::time::SystemTime::now()));
    let letters = b"abcdefghijklmnopqrstuvwxyz234567";
    (0..RUN_LENGTH).map(|i| char::from(letters[usize::try_from((number >> (5 * i)) & 31).unwrap_or(0)])).collect()
}

async fn rows(client: &Client, query: &str) -> Result<Vec<Vec<Option<String>>>> {
    let messages = client.simple_query(query).await.map_err(|e| shadow_refused(&e))?;
    let row = |m| match m {
        SimpleQueryMessage::Row(r) => Some((0..r.len()).map(|i| r.get(i).map(str::to_string)).collect()),
        _ => None,
    };
    Ok(messages.into_iter().filter_map(row).collect())
}

/// Drops what is marked and not held. What cannot be dropped (another's, or just being swept by another run) stays.
async fn sweep(admin: &Client) {
    let left = format!(
        "SELECT d.datname FROM pg_catalog.pg_database d \
         WHERE d.datname LIKE '{}%' AND pg_catalog.shobj_description(d.oid, 'pg_database') = {} \
           AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_locks l WHERE l.locktype = 'advisory' AND l.database = d.oid \
                           AND (l.classid::pg_catalog.int8 << 32 | l.objid::pg_catalog.int8) = {LOCK_KEY})",
        DATABASE.replace('_', "\\_"),
        crate::sql::literal(MARK)
    );
    for row in rows(admin, &left).await.unwrap_or_default() {
        if let Some(Some(name)) = row.first() {
            // Without FORCE: who is still in it has a reason.
            let _ = admin.batch_execute(&format!("DROP DATABASE IF EXISTS {}", crate::sql::ident(name))).await;
        }
    }
    let left = format!(
        "SELECT r.rolname FROM pg_catalog.pg_roles r WHERE pg_catalog.shobj_description(r.oid, 'pg_authid') = {} \
           AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_database d WHERE d.datname = '{DATABASE}' || pg_catalog.split_part(r.rolname, '_', 2))",
        crate::sql::literal(roles::MARK)
    );
    for row in rows(admin, &left).await.unwrap_or_default() {
        if let Some(Some(name)) = row.first() {
            let _ = admin.batch_execute(&format!("DROP ROLE IF EXISTS {}", crate::sql::ident(name))).await;
        }
    }
}

/// Drops the database and the roles of one run.
pub(super) async fn remove(settings: &Settings, run: &str) -> std::result::Result<(), String> {
    let said = |e: tokio_postgres::Error| sqlstate::server_message(&e);
    let admin = connect(settings).await.map_err(|f| f.to_string())?;
    admin.batch_execute(&format!("DROP DATABASE IF EXISTS {DATABASE}{run} WITH (FORCE)")).await.map_err(said)?;
    let own = format!("SELECT r.rolname FROM pg_catalog.pg_roles r WHERE pg_catalog.starts_with(r.rolname, '{ROLE}{run}_')");
    for row in rows(&admin, &own).await.map_err(|f| f.to_string())? {
        if let Some(Some(name)) = row.first() {
            admin.batch_execute(&format!("DROP ROLE IF EXISTS {}", crate::sql::ident(name))).await.map_err(said)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_told_apart() {
        let run = new_run();
        assert_eq!(run.len(), RUN_LENGTH);
        assert_ne!(run, new_run());
    }
}
