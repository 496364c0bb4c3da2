//! The roles that a model names, on the server it is built on.
//!
//! Roles belong to the whole server. On a server of trueup's own they are simply made. On somebody else's, those that are
//! there are used as they are, and those that are missing get names of this run's own, which never leave the shadow: what is
//! read back has the model's names again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use tokio_postgres::SimpleQueryMessage;

use super::build::shadow_refused;
use crate::catalog::{Catalog, Privileges};
use crate::diagnostic::{Diagnostic, Result};
use crate::kinds::role::create_if_missing;
use crate::kinds::{self, facets::rename_roles, yaml::Statement};
use crate::pg::Client;
use crate::sql::{self, lex};

/// What a role that trueup made says of itself, so that a later run may drop it.
pub(super) const MARK: &str = "trueup: a role of a scratch database; dropped by the run that made it, or by the next";

/// The roles of one build.
#[derive(Debug, Default)]
pub struct Roles {
    run: Option<Run>,
    made: Mutex<BTreeMap<String, String>>,
    named: Mutex<BTreeSet<String>>,
}

/// One run on somebody else's server.
#[derive(Debug)]
pub(super) struct Run {
    /// What the names of this run's roles begin with.
    pub prefix: String,
    /// Whether the role of the URL is a superuser, who needs no membership.
    pub superuser: bool,
    /// Whether it may make roles.
    pub may_create: bool,
}

impl Roles {
    pub(super) fn of_run(run: Run) -> Self {
        Roles { run: Some(run), ..Roles::default() }
    }

    /// Whether the server is not trueup's own.
    pub fn foreign(&self) -> bool {
        self.run.is_some()
    }

    /// Whether owners can be set in the shadow. Where they cannot, they are only noted.
    pub fn superuser(&self) -> bool {
        self.run.as_ref().is_none_or(|r| r.superuser)
    }

    fn made(&self) -> BTreeMap<String, String> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes note of a role that the model declares or names, without making anything.
    pub fn note(&self, role: &str) {
        self.named.lock().unwrap_or_else(PoisonError::into_inner).insert(role.to_string());
    }

    /// The name under which the server knows a role of the model; makes it when it is missing.
    ///
    /// # Errors
    /// When it may not be made.
    pub async fn ensure(&self, admin: &Client, role: &str) -> Result<String> {
        if self.run.is_none() {
            admin.batch_execute(&create_if_missing(role)).await.map_err(|e| shadow_refused(&e))?;
            return Ok(role.to_string());
        }
        self.note(role);
        if let Some(name) = self.made().get(role) {
            return Ok(name.clone());
        }
        let there = format!("SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = {}", sql::literal(role));
        let rows = admin.simple_query(&there).await.map_err(|e| shadow_refused(&e))?;
        if rows.iter().any(|m| matches!(m, SimpleQueryMessage::Row(_))) {
            return Ok(role.to_string());
        }
        self.stand_in(admin, role).await
    }

    /// Makes a role of this run's own that stands for one of the model.
    async fn stand_in(&self, admin: &Client, role: &str) -> Result<String> {
        let Some(run) = &self.run else { return Ok(role.to_string()) };
        if !run.may_create {
            return Err(Diagnostic::error("shadow-rights", format!("the shadow's server has no role `{role}`"))
                .note("the model names it, and the role of the shadow's URL may not make roles of its own")
                .help("give that role CREATEROLE, or create the role on that server")
                .into());
        }
        let name = format!("{}{}", run.prefix, self.made().len() + 1);
        make(admin, &name, "NOLOGIN", run.superuser).await.map_err(|e| shadow_refused(&e))?;
        self.made.lock().unwrap_or_else(PoisonError::into_inner).insert(role.to_string(), name.clone());
        Ok(name)
    }

    /// A statement with a missing role exchanged for one of this run's own; `None` when that would change nothing.
    ///
    /// # Errors
    /// When the role may not be made.
    pub async fn in_statement(&self, admin: &Client, statement: &Statement, missing: &str) -> Result<Option<Statement>> {
        self.ensure(admin, missing).await?;
        Ok(renamed(statement, &self.made()))
    }

    /// A statement in which every role is one of this run's own, for where the server's may not be spoken for.
    ///
    /// # Errors
    /// When the roles may not be made.
    pub async fn all_in_statement(&self, admin: &Client, statement: &Statement) -> Result<Option<Statement>> {
        let ours = |role: &str| self.run.as_ref().is_some_and(|r| role.starts_with(&r.prefix));
        for (_, role) in role_names(&statement.sql) {
            if !ours(&role) && !self.made().contains_key(&role) && role != "public" {
                self.stand_in(admin, &role).await?;
            }
        }
        Ok(renamed(statement, &self.made()))
    }

    /// Privileges as the server is told them: with the names that the roles have there.
    ///
    /// # Errors
    /// When a role is missing and may not be made.
    pub async fn on_server(&self, admin: &Client, privileges: &Privileges) -> Result<Privileges> {
        let mut out = Privileges::default();
        for (grantee, rights) in &privileges.0 {
            let special = grantee == "public" || grantee == crate::catalog::OWNER;
            let name = if special { grantee.clone() } else { self.ensure(admin, grantee).await? };
            out.0.insert(name, rights.clone());
        }
        Ok(out)
    }

    /// Gives a catalog that was read in the shadow the model's names. Its roles are those that the model names, not those
    /// that the server happens to have.
    pub fn put_back(&self, catalog: &mut Catalog) {
        if self.run.is_none() {
            return;
        }
        let back: BTreeMap<String, String> = self.made().into_iter().map(|(role, name)| (name, role)).collect();
        rename_roles(catalog, &|name| back.get(name).cloned());
        catalog.roles.retain(|r| r.starts_with("pg_"));
        catalog.roles.extend(self.named.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned());
        let by_objects = catalog.objects.iter().flat_map(|(id, o)| {
            let grantees = o.privileges.iter().flat_map(Privileges::grantees).filter(|g| *g != "public");
            kinds::of(id).roles(o).into_iter().chain(grantees).map(str::to_string)
        });
        catalog.roles.extend(by_objects);
    }

    /// Gives a catalog that is to be built in the shadow the server's names.
    ///
    /// # Errors
    /// When a role is missing and may not be made.
    pub async fn put_in(&self, admin: &Client, catalog: &mut Catalog) -> Result<()> {
        let named: BTreeSet<String> = catalog
            .objects
            .iter()
            .flat_map(|(id, o)| kinds::of(id).roles(o))
            .filter(|r| *r != "public")
            .map(str::to_string)
            .collect();
        let mut names = BTreeMap::new();
        for role in named {
            let name = self.ensure(admin, &role).await?;
            names.insert(role, name);
        }
        rename_roles(catalog, &|role| names.get(role).cloned());
        Ok(())
    }
}

/// Makes a marked role; one who is no superuser becomes a member of it, to give things to it and to drop it.
pub(super) async fn make(
    admin: &Client,
    name: &str,
    options: &str,
    superuser: bool,
) -> std::result::Result<(), tokio_postgres::Error> {
    let member = if superuser { String::new() } else { format!("GRANT {name} TO CURRENT_USER; ") };
    let mark = sql::literal(MARK);
    admin.batch_execute(&format!("BEGIN; CREATE ROLE {name} {options}; COMMENT ON ROLE {name} IS {mark}; {member}COMMIT")).await
}

/// Where a statement names roles: lists of names after the words that such lists follow, outside of all parentheses.
fn role_names(sql: &str) -> Vec<(std::ops::Range<usize>, String)> {
    let tokens: Vec<lex::Token> = lex::tokens(sql).into_iter().filter(|t| t.depth == 0).collect();
    let mut out = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let starts = ["to", "from", "role"].iter().any(|w| tokens[i].is_word(sql, w));
        i += 1;
        if !starts {
            continue;
        }
        while let Some(token) = tokens.get(i)
            && let Some(name) = token.name(sql)
        {
            out.push((token.span.clone(), name));
            i += 1;
            if !tokens.get(i).is_some_and(|t| t.is_symbol(sql, ",")) {
                break;
            }
            i += 1;
        }
    }
    out
}

/// A statement with other names for roles; `None` when it names none of them.
fn renamed(statement: &Statement, names: &BTreeMap<String, String>) -> Option<Statement> {
    let mut out = statement.clone();
    let mut any = false;
    // From the end, so that the places before stay where they are.
    for (span, name) in role_names(&statement.sql).into_iter().rev() {
        let Some(new) = names.get(&name) else { continue };
        any = true;
        out.sql.replace_range(span.clone(), new);
        let moved = |at: usize| if at >= span.end { at - span.len() + new.len() } else { at };
        for (range, _) in &mut out.pieces {
            *range = moved(range.start)..moved(range.end);
        }
    }
    any.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_renamed_where_roles_stand() {
        let names = [("anon".to_string(), "t_1".to_string()), ("Admin".to_string(), "t_2".to_string())].into();
        let of = |sql: &str| renamed(&Statement::new(None, sql), &names).map(|s| s.sql);
        assert_eq!(
            of("CREATE POLICY anon ON public.anon FOR SELECT TO x, anon, \"Admin\" USING (role_of(id) = 'anon')").as_deref(),
            Some("CREATE POLICY anon ON public.anon FOR SELECT TO x, t_1, t_2 USING (role_of(id) = 'anon')")
        );
        assert_eq!(
            of("ALTER DEFAULT PRIVILEGES FOR ROLE anon IN SCHEMA anon GRANT SELECT ON TABLES TO \"Admin\"").as_deref(),
            Some("ALTER DEFAULT PRIVILEGES FOR ROLE t_1 IN SCHEMA anon GRANT SELECT ON TABLES TO t_2")
        );
        assert_eq!(of("CREATE POLICY p ON anon USING (true)"), None);
    }
}
