//! Building a model in a shadow, and reading back what it is.
//!
//! The statements of a model run as a role without superuser, in the order of kinds; what fails for want of something else is
//! tried again when that exists. Owners, comments and privileges come last, in statements of trueup's own making. The catalog
//! that is read back is what the model means.

mod explain;
mod facets;
pub(super) mod run;
mod stand_in;

use std::collections::{BTreeMap, BTreeSet};

use tokio_postgres::error::SqlState;

use super::departed::Scratch;
use super::roles::Roles;
use super::standin::{Lender, Lent, StoodIn};
use crate::catalog::{Catalog, Id};
use crate::diagnostic::{Diagnostic, Place, Result};
use crate::kinds::{self, yaml::Declaration};
use crate::model::Model;
use crate::pg::Client;
use crate::sql;

/// The role that builds models in the shadow.
pub const BUILDER: &str = "trueup_builder";

/// What the model says of an object beside its definition.
#[derive(Debug, Clone)]
pub struct Note {
    /// Where it stands.
    pub origin: Option<Place>,
    /// Its group.
    pub group: Option<String>,
    /// Its former name, and where that is written.
    pub renamed_from: Option<String>,
    /// The former and the present names of its parts.
    pub renamed_parts: Vec<(String, String)>,
}

/// A model as PostgreSQL understands it.
#[derive(Debug, Clone, Default)]
pub struct Desired {
    /// The catalog, with what is provided in it.
    pub catalog: Catalog,
    /// What the model says of its objects.
    pub notes: BTreeMap<Id, Note>,
    /// The schemas that the model declares.
    pub schemas: BTreeSet<String>,
    /// The objects that are there because the model, not a provided set, declares them.
    pub listed: BTreeSet<Id>,
    /// What is only provided.
    pub provided: BTreeSet<Id>,
    /// Warnings of the build.
    pub warnings: Vec<Diagnostic>,
    /// What the server did not have.
    pub stood_in: Vec<StoodIn>,
}

impl Desired {
    /// Where an object stands in the model: its own place, or that of what it belongs to.
    pub fn origin(&self, id: &Id) -> Option<&Place> {
        self.notes.get(id).and_then(|n| n.origin.as_ref()).or_else(|| {
            let parent = id.parent.as_deref()?;
            let column = self
                .notes
                .iter()
                .find(|(n, _)| n.parent.as_deref() == Some(parent) && n.schema == id.schema && n.name == id.name);
            let of_parent = || self.notes.iter().find(|(n, _)| n.parent.is_none() && n.schema == id.schema && *n.name == *parent);
            column.or_else(of_parent).and_then(|(_, n)| n.origin.as_ref())
        })
    }
}

/// Two connections to one empty database of a shadow server.
pub struct Session {
    /// As superuser, for what PostgreSQL reserves to superusers and for reading. On somebody else's server this is the role
    /// of its URL, which may be no superuser.
    pub superuser: Client,
    /// As the role that builds.
    pub builder: Client,
    /// The name of the role that builds.
    pub builder_role: String,
    /// The roles that the model names.
    pub roles: Roles,
    /// The server's major version.
    pub major: u32,
    /// What stands in for extensions that the server does not have.
    pub lender: Lender,
    /// The database, where it has to be dropped. Last, so that the connections are closed before.
    pub scratch: Option<Scratch>,
}

impl Session {
    /// Makes what a refused statement asks for, when that is an extension that the server does not have, an index on what
    /// stands in for one, or the right to use what belongs to one.
    ///
    /// # Errors
    /// What the server refuses of it.
    pub async fn lend(&self, statement: &str, error: &tokio_postgres::Error) -> Result<Lent> {
        if !self.roles.superuser() {
            return Ok(Lent::Nothing);
        }
        if self.lender.index(&self.superuser, &self.builder, statement, error).await? {
            return Ok(Lent::All);
        }
        if error.code() == Some(&SqlState::INSUFFICIENT_PRIVILEGE) && self.may_use_extensions().await? {
            return Ok(Lent::Another);
        }
        self.lender.lend(&self.superuser, statement, error).await
    }

    /// Lets the role that builds use what belongs to extensions, which is the superuser's here and whoever's elsewhere. Whether
    /// there was something that it might not use.
    async fn may_use_extensions(&self) -> Result<bool> {
        let missing = include_str!("access.sql");
        let rows = self.superuser.query(missing, &[&self.builder_role]).await.map_err(|e| shadow_refused(&e))?;
        let grants: String = rows.iter().map(|row| row.get::<_, String>(0) + ";\n").collect();
        self.superuser.batch_execute(&grants).await.map_err(|e| shadow_refused(&e))?;
        Ok(!rows.is_empty())
    }

    /// Reads what is in the database.
    ///
    /// # Errors
    /// What the server refuses.
    pub async fn read(&self) -> Result<Catalog> {
        self.lender.settle(&self.superuser).await?;
        crate::catalog::read::read(&self.superuser, self.major).await
    }
}

/// Prepares an empty database for building: the builder owns it and its schema `public`.
///
/// # Errors
/// When the server refuses.
pub async fn prepare(superuser: &Client, database: &str) -> Result<()> {
    let script = format!(
        "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = '{BUILDER}') THEN CREATE ROLE {BUILDER} LOGIN; END IF; END $$; \
         ALTER DATABASE {database} OWNER TO {BUILDER}; ALTER SCHEMA public OWNER TO {BUILDER}",
        database = sql::ident(database)
    );
    superuser.batch_execute(&script).await.map_err(|e| shadow_refused(&e))?;
    Ok(())
}

pub(in crate::shadow) fn shadow_refused(error: &tokio_postgres::Error) -> Diagnostic {
    Diagnostic::error("shadow", "the shadow server refused a statement of trueup's own").note(run::message(error))
}

/// Builds a model and reads it back.
///
/// `default_owner` is the role that objects without an owner would belong to on the live side; its default privileges apply to
/// them.
///
/// # Errors
/// Everything in the model that PostgreSQL refuses, each at its line; what follows from another error is folded under it.
pub async fn build(model: &Model, session: &Session, default_owner: Option<&str>) -> Result<Desired> {
    let mut built = run::run(model, session).await.map_err(|mut failure| {
        failure.diagnostics.extend(session.lender.made().iter().map(StoodIn::told));
        failure
    })?;
    if session.roles.superuser() {
        // As initdb leaves it, unless the model names another owner.
        let owner = if session.major >= 15 { "pg_database_owner" } else { "CURRENT_USER" };
        let restore = format!("ALTER SCHEMA public OWNER TO {owner}");
        session.superuser.batch_execute(&restore).await.map_err(|e| shadow_refused(&e))?;
    }
    facets::owners_and_comments(model, &built.ids, session).await?;
    let mut catalog = session.read().await?;
    catalog.objects.retain(|id, _| !kinds::of(id).as_written());
    for object in catalog.objects.values_mut() {
        // What PostgreSQL reserves to superusers is the superuser's here.
        if object
            .owner
            .as_deref()
            .is_some_and(|o| o == session.builder_role || (!session.roles.foreign() && o == catalog.source.role))
        {
            object.owner = None;
        }
    }
    for (i, over) in &built.over {
        if let Some(object) = catalog.objects.get_mut(&built.ids[*i]) {
            object.attrs.extend(over.clone());
            object.attrs.retain(|_, value| !value.is_null());
        }
    }
    for (declaration, id) in model.declarations.iter().zip(&built.ids) {
        let Some(object) = catalog.objects.get_mut(id) else { continue };
        object.attrs.extend(declaration.over.iter().map(|(attr, value)| (attr.clone(), value.clone())));
        object.attrs.retain(|attr, value| !(value.is_null() && declaration.over.contains_key(attr)));
    }
    catalog.roles.remove(BUILDER);
    model.declarations.iter().filter_map(|d| d.owner.as_ref()).for_each(|o| session.roles.note(&o.text));
    session.roles.put_back(&mut catalog);
    if session.roles.foreign() {
        facets::note_owners(model, &built.ids, &mut catalog);
    }
    facets::privileges(model, &built.ids, session, &mut catalog, default_owner).await?;
    facets::as_written(model, &built.ids, &mut catalog);
    let mut desired =
        Desired { schemas: model.schemas.clone(), warnings: std::mem::take(&mut built.warnings), catalog, ..Desired::default() };
    for (declaration, id) in model.declarations.iter().zip(&built.ids) {
        note(&mut desired, declaration, id);
    }
    let owned: BTreeSet<&Id> =
        model.declarations.iter().zip(&built.ids).filter(|(d, _)| d.owner.is_some()).map(|(_, id)| id).collect();
    for (id, object) in &mut desired.catalog.objects {
        let kind = kinds::of(id);
        if kind.contains_objects() && !desired.notes.contains_key(id) {
            object.privileges = None;
        }
        // What comes with every database belongs to whom it belonged there, which no model has to say.
        let given = kind.first_owner(id, session.major).is_some() || kind.first_privileges(id, session.major).is_some();
        if given && !owned.contains(id) {
            object.owner = None;
        }
    }
    complete(&mut desired);
    desired.stood_in = session.lender.made();
    Ok(desired)
}

fn note(desired: &mut Desired, declaration: &Declaration, id: &Id) {
    let note = Note {
        origin: Some(declaration.origin.clone()),
        group: declaration.group.clone(),
        renamed_from: declaration.renamed_from.as_ref().map(|p| p.text.clone()),
        renamed_parts: declaration.renamed_parts.clone(),
    };
    desired.notes.insert(id.clone(), note);
    if declaration.provided {
        desired.provided.insert(id.clone());
    } else {
        desired.listed.insert(id.clone());
    }
}

/// What came into being without being declared (a serial column's sequence, a declared schema) belongs to the model, unless it
/// belongs to something that is only provided.
fn complete(desired: &mut Desired) {
    let mut more = Vec::new();
    let mut stand_ins = Vec::new();
    for (id, object) in &desired.catalog.objects {
        if desired.listed.contains(id) || desired.provided.contains(id) {
            continue;
        }
        let of_provided = |other: &Id| desired.provided.contains(other);
        let parent =
            object.needs.iter().find(|n| n.parent.is_none() && id.parent.as_deref() == Some(&*n.name) && n.schema == id.schema);
        let by_parent = parent.is_some_and(of_provided) || object.owned_by.iter().any(of_provided);
        let schema_only = kinds::of(id).contains_objects() && !desired.schemas.contains(&*id.name);
        if by_parent || schema_only { stand_ins.push(id.clone()) } else { more.push(id.clone()) }
    }
    desired.listed.extend(more);
    desired.provided.extend(stand_ins);
}
