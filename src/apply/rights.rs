//! Whether the role may do every step, asked before the first: what PostgreSQL would refuse half way is told at once.
//!
//! Only what PostgreSQL surely wants is asked for: to own what is altered or dropped (manual, sql-altertable and its like), to be
//! able to become the new owner, and CREATE on the schema of what is made (manual, section 5.8).

use std::collections::{BTreeMap, BTreeSet};

use super::{refused, what_stays};
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Result};
use crate::kinds;
use crate::pg::Client;
use crate::plan::{Plan, Step, Verb};
use crate::sql;

/// How many steps are named.
const NAMED: usize = 10;

/// What a step wants of the role.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Need {
    /// To have the rights of one of these roles, the first of which owns the object.
    OneOf(Vec<String>),
    /// To be able to make something this role's.
    Become(String),
    /// To make something in this schema.
    CreateIn(String),
}

/// Sees that the role may do all of it.
///
/// # Errors
/// What it may not do, step by step.
pub(super) async fn check(plan: &Plan, live: &Catalog, client: &Client) -> Result<()> {
    if live.source.superuser {
        return Ok(());
    }
    let needs: Vec<(&Step, Need)> = plan.steps.iter().filter_map(|s| Some((s, need(s, live)?))).collect();
    let held = Held::ask(&needs, client).await?;
    let role = &live.source.role;
    let lacking: Vec<(&Step, &Need)> = needs.iter().filter(|(_, n)| !held.meets(n)).map(|(s, n)| (*s, n)).collect();
    if lacking.is_empty() {
        return Ok(());
    }
    let mut error = Diagnostic::error("rights-missing", format!("role {role} may not do all of this plan"));
    for (step, need) in lacking.iter().take(NAMED) {
        let why = match need {
            Need::OneOf(owners) => format!("it belongs to {}", owners[0]),
            Need::Become(owner) => format!("{role} cannot give anything to {owner}"),
            Need::CreateIn(schema) => format!("{role} may not create anything in schema {schema}"),
        };
        error = error.note(format!("step {}, {} {}: {why}", step.number, step.verb, step.object));
    }
    if lacking.len() > NAMED {
        error = error.note(format!("and {} more steps", lacking.len() - NAMED));
    }
    error = error.note(what_stays(0));
    let wanted: BTreeSet<String> = lacking
        .iter()
        .map(|(_, need)| match need {
            Need::OneOf(owners) => format!("GRANT {} TO {}", sql::ident(&owners[0]), sql::ident(role)),
            Need::Become(owner) => format!("GRANT {} TO {}", sql::ident(owner), sql::ident(role)),
            Need::CreateIn(schema) => format!("GRANT CREATE ON SCHEMA {} TO {}", sql::ident(schema), sql::ident(role)),
        })
        .collect();
    for grant in wanted {
        error = error.help(format!("`{grant}`, or run it as a role that may"));
    }
    Err(error.into())
}

/// What a step wants; `None` when that is not known before.
fn need(step: &Step, live: &Catalog) -> Option<Need> {
    let id = kinds::object_named(&step.object)?;
    let kind = kinds::of(&id);
    // Who may write rows need not own the table.
    if [Verb::Fill, Verb::Backfill].iter().any(|v| step.verb == v.name()) {
        return None;
    }
    if step.verb == Verb::Owner.name() {
        let new = step.sql.rsplit_once(" OWNER TO ").and_then(|(_, role)| sql::split_name(role)?.pop());
        if let Some(new) = new.filter(|new| live.roles.contains(new)) {
            return Some(Need::Become(new));
        }
    }
    let parent = || live.objects.iter().filter(|(p, _)| kinds::is_part_of(&id, p)).find_map(|(_, o)| o.owner.clone());
    if step.verb == Verb::Create.name() {
        if id.parent.is_some() {
            return parent().filter(|_| kind.made_by_owner()).map(|owner| Need::OneOf(vec![owner]));
        }
        let schema = id.schema.as_deref()?;
        let there = live.objects.keys().any(|s| kinds::of(s).contains_objects() && *s.name == *schema);
        return there.then(|| Need::CreateIn(schema.to_string()));
    }
    let object = live.get(&id)?;
    let grantable = object.privileges.iter().flat_map(|p| p.0.values()).flatten().any(|right| right.ends_with('*'));
    if step.verb == Verb::Grant.name() && grantable {
        return None;
    }
    let owner = match &id.parent {
        Some(_) => parent()?,
        None => object.owner.clone()?,
    };
    let mut owners = vec![owner];
    if step.verb == Verb::Drop.name() && id.parent.is_none() {
        // Who owns a schema may drop what is in it.
        let schema = live.objects.iter().find(|(s, _)| kinds::of(s).contains_objects() && *s.name == *id.schema());
        owners.extend(schema.and_then(|(_, o)| o.owner.clone()));
    }
    Some(Need::OneOf(owners))
}

/// What the role has.
struct Held {
    usage: BTreeMap<String, bool>,
    set: BTreeMap<String, bool>,
    create: BTreeMap<String, bool>,
}

impl Held {
    async fn ask(needs: &[(&Step, Need)], client: &Client) -> Result<Held> {
        let mut roles: BTreeSet<&str> = BTreeSet::new();
        let mut schemas: BTreeSet<&str> = BTreeSet::new();
        for (_, need) in needs {
            match need {
                Need::OneOf(owners) => roles.extend(owners.iter().map(String::as_str)),
                Need::Become(owner) => drop(roles.insert(owner)),
                Need::CreateIn(schema) => drop(schemas.insert(schema)),
            }
        }
        let list =
            |names: &BTreeSet<&str>| names.iter().map(|n| sql::literal(n)).chain(["''".into()]).collect::<Vec<_>>().join(", ");
        // Since 16 a membership says itself whether one can become the role.
        let set = if client.major() >= 16 { "SET" } else { "MEMBER" };
        let query = format!(
            "SELECT 'be', r.rolname, pg_catalog.pg_has_role(r.oid, 'USAGE'), pg_catalog.pg_has_role(r.oid, '{set}') \
             FROM pg_catalog.pg_roles r WHERE r.rolname IN ({}) \
             UNION ALL SELECT 'make', n.nspname, pg_catalog.has_schema_privilege(n.oid, 'CREATE'), false \
             FROM pg_catalog.pg_namespace n WHERE n.nspname IN ({})",
            list(&roles),
            list(&schemas)
        );
        let mut held = Held { usage: BTreeMap::new(), set: BTreeMap::new(), create: BTreeMap::new() };
        for row in client.rows(&query).await.map_err(|e| refused(&e))? {
            let name = row.get(1).unwrap_or_default().to_string();
            if row.get(0) == Some("make") {
                held.create.insert(name, row.get(2) == Some("t"));
            } else {
                held.usage.insert(name.clone(), row.get(2) == Some("t"));
                held.set.insert(name, row.get(3) == Some("t"));
            }
        }
        Ok(held)
    }

    /// Whether that is enough. What the server does not know is left to it.
    fn meets(&self, need: &Need) -> bool {
        let yes = |map: &BTreeMap<String, bool>, name: &str| map.get(name).copied().unwrap_or(true);
        match need {
            Need::OneOf(owners) => owners.iter().any(|o| yes(&self.usage, o)),
            Need::Become(owner) => yes(&self.set, owner),
            Need::CreateIn(schema) => yes(&self.create, schema),
        }
    }
}
