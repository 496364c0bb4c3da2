//! The live catalog rebuilt in a database of the shadow, with the roles that the live server has.

use super::{Claim, compared};
use crate::catalog::{Catalog, Id, read};
use crate::diagnostic::Result;
use crate::diff::{self, Difference};
use crate::kinds;
use crate::pg::Client;
use crate::plan;
use crate::shadow::build::Session;
use crate::shadow::{Shadow, rebuild};
use crate::{report, sql};

/// A database that holds what the live side has, but for the rows.
pub(super) struct Replica<'a> {
    /// Connections to it.
    pub session: Session,
    /// What was read back, with the applying role as the one that read.
    pub catalog: Catalog,
    /// The role that applies the plan.
    pub applier: &'a str,
    /// The name of the database here, and on the live side.
    pub database: (String, &'a str),
    /// How it differs from the live catalog.
    unlike: Vec<Difference>,
}

impl<'a> Replica<'a> {
    /// Builds it anew.
    ///
    /// # Errors
    /// What the shadow's server refuses of it.
    pub async fn build(shadow: &Shadow, name: &str, claim: &Claim<'a>) -> Result<Replica<'a>> {
        let session = shadow.session(name).await?;
        let live = &owned(claim.live, &claim.plan.role);
        roles(&session.superuser, live, &claim.plan.role).await?;
        rebuild::rebuild_all(&session, live).await?;
        of_the_database(&session.superuser, name, live).await?;
        let mut catalog = session.read().await?;
        catalog.source.role.clone_from(&claim.plan.role);
        let mut unlike = diff::diff(live, &catalog, compared);
        // What the live side says nothing of is not otherwise.
        unlike.retain_mut(|d| match d {
            Difference::Set { attrs, .. } => {
                attrs.retain(|a| !(a.name == diff::PRIVILEGES && a.live.is_null()));
                !attrs.is_empty()
            }
            _ => true,
        });
        let database = (name.to_string(), claim.plan.database.as_str());
        Ok(Replica { session, catalog, applier: &claim.plan.role, database, unlike })
    }

    /// Reads it as it is now.
    ///
    /// # Errors
    /// What the server refuses.
    pub async fn read(&self) -> Result<Catalog> {
        let mut catalog = self.session.read().await?;
        catalog.source.role = self.applier.to_string();
        Ok(catalog)
    }

    /// Whether this object, or what it belongs to, is not here as it is on the live side.
    pub fn is_unlike(&self, object: &str) -> bool {
        let path = object.split_once(' ').map_or(object, |(_, path)| path);
        self.unlike.iter().map(Difference::id).any(|id| id.to_string() == object || id.path() == path)
    }

    /// What the proof does not cover because of where it is done.
    pub fn not_covered(&self, claim: &Claim<'_>) -> Vec<String> {
        let mut out = Vec::new();
        if !claim.live.source.superuser && !claim.live.objects.keys().any(|id| kinds::of(id).is_role()) {
            out.push("rights: the live side does not say what its roles may".to_string());
        }
        let (here, live) = (self.session.major, claim.live.source.major());
        if here != live {
            out.push(format!("it was run on PostgreSQL {here}, the live side has {live}"));
        } else if !self.unlike.is_empty() {
            let first = self.unlike.first().map(|d| match d {
                Difference::Set { id, attrs } => {
                    format!("{id} ({})", attrs.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(", "))
                }
                other => other.id().to_string(),
            });
            let n = report::count(self.unlike.len(), "object", "objects");
            out.push(format!("{n} of the live side are otherwise in the shadow; the first: {}", first.unwrap_or_default()));
        }
        for stood_in in self.session.lender.made() {
            out.push(format!("something stands in for extension {}", stood_in.name));
        }
        out
    }
}

/// A catalog in which everything belongs to somebody: where it does not say to whom, to the role that applies.
fn owned(live: &Catalog, applier: &str) -> Catalog {
    let mut out = live.clone();
    for (id, object) in out.objects.iter_mut().filter(|(_, o)| o.owner.is_none() && !applier.is_empty()) {
        let kind = kinds::of(id);
        if kind.owner_name(id).is_some() && kind.first_owner(id, live.source.major()).is_none() {
            object.owner = Some(applier.to_string());
        }
    }
    out
}

/// The roles of the live server, as far as its catalog says what they may. The one that initdb made is not among those that it
/// describes: it may everything, and so may who owns what only superusers own.
async fn roles(superuser: &Client, live: &Catalog, applier: &str) -> Result<()> {
    let described: Vec<&Id> = live.objects.keys().filter(|id| kinds::of(id).is_role()).collect();
    let mut script: String =
        live.roles.iter().filter(|r| !r.starts_with("pg_")).map(|r| kinds::role::create_if_missing(r)).collect();
    let owns =
        |role: &str| live.objects.iter().any(|(id, o)| o.owner.as_deref() == Some(role) && kinds::of(id).owner_is_superuser());
    let by_initdb = |role: &str| !described.is_empty() && !described.iter().any(|id| *id.name == *role);
    for role in live.roles.iter().filter(|r| !r.starts_with("pg_")).filter(|r| by_initdb(r) || owns(r)) {
        script.push_str(&format!("ALTER ROLE {} SUPERUSER;", sql::ident(role)));
    }
    if !applier.is_empty() {
        script.push_str(&kinds::role::create_if_missing(applier));
    }
    // Where nothing is known of roles, nothing of what they may not is either.
    if (live.source.superuser || described.is_empty()) && !applier.is_empty() {
        script.push_str(&format!("ALTER ROLE {} SUPERUSER;", sql::ident(applier)));
    }
    superuser.batch_execute(&script).await.map_err(|e| rebuild::refused(&e))?;
    let now = read::read(superuser, superuser.major()).await?;
    // What each may, and of what each is a member; nobody's settings matter here.
    let shared = |id: &Id| kinds::of(id).as_written() && !kinds::of(id).only_when_listed();
    let mut wanted = live.clone();
    wanted.objects.retain(|id, _| shared(id));
    for object in wanted.objects.values_mut() {
        object.attrs.remove("settings");
        object.attrs.remove("database_settings");
        object.labels.clear();
    }
    let differences: Vec<Difference> =
        diff::diff(&now, &wanted, shared).into_iter().filter(|d| !matches!(d, Difference::Remove { .. })).collect();
    for step in plan::plan(&now, &wanted, &differences, |_| None)?.steps {
        // What the shadow's server does not know of a newer one does no harm here.
        let _ = superuser.batch_execute(&step.sql).await;
    }
    Ok(())
}

/// Owner and privileges of the database itself, which decide who may make schemas and extensions.
async fn of_the_database(superuser: &Client, name: &str, live: &Catalog) -> Result<()> {
    let Some((id, object)) = live.objects.iter().find(|(id, _)| kinds::of(id).as_written() && kinds::of(id).only_when_listed())
    else {
        return Ok(());
    };
    let kind = kinds::of(id);
    let here = |sql: &str| sql.replace(kinds::THIS_DATABASE, &sql::ident(name));
    let mut script = String::new();
    if let Some(draft) = object.owner.as_deref().and_then(|o| kinds::facets::owner(kind, id, o)) {
        script.push_str(&format!("{};", here(&draft.sql)));
    }
    if let Some(privileges) = &object.privileges {
        let builtin = crate::catalog::Privileges::builtin(kind.grants().map_or(&[], |g| g.public));
        for draft in kinds::facets::grants(kind, id, &builtin, privileges, object.owner.as_deref()) {
            script.push_str(&format!("{};", here(&draft.sql)));
        }
    }
    superuser.batch_execute(&script).await.map_err(|e| rebuild::refused(&e))?;
    Ok(())
}
