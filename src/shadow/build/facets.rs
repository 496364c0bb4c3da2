//! Owners, comments and privileges of what was built, in statements of trueup's own making.

use super::Session;
use super::run::message;
use crate::catalog::{Catalog, Id, Labels, Object};
use crate::diagnostic::{Diagnostic, Failure, Result};
use crate::kinds::{self, facets};
use crate::model::Model;
use crate::sql;

pub(super) async fn owners_and_comments(model: &Model, ids: &[Id], session: &Session) -> Result<()> {
    let mut script = String::new();
    for (declaration, id) in model.declarations.iter().zip(ids).filter(|(_, id)| !kinds::of(id).as_written()) {
        let kind = kinds::of(id);
        // A server of somebody else's has its own roles, which are given nothing: there the owner is only noted.
        let owner = declaration.owner.as_ref().filter(|_| !session.roles.foreign());
        if let Some(owner) = owner
            && let Some(draft) = facets::owner(kind, id, &owner.text)
        {
            script.push_str(&if kind.owner_is_superuser() { as_superuser(&owner.text, &draft.sql) } else { draft.sql });
            script.push_str(";\n");
        }
        if let Some(comment) = &declaration.comment {
            script.push_str(&facets::comment(kind, id, Some(comment.without_line_end())).sql);
            script.push_str(";\n");
        }
    }
    session.superuser.batch_execute(&script).await.map_err(|e| super::shadow_refused(&e))?;
    Ok(())
}

/// Puts what is taken as it is written in the place of what the shadow's server happens to have of it, and the labels, whose
/// providers are not there.
pub(super) fn as_written(model: &Model, ids: &[Id], catalog: &mut Catalog) {
    let mut written: std::collections::BTreeMap<&Id, Object> = std::collections::BTreeMap::new();
    for (declaration, id) in model.declarations.iter().zip(ids) {
        let labels: Labels = declaration.labels.iter().map(|(p, l)| (p.text.clone(), l.without_line_end().to_string())).collect();
        let kind = kinds::of(id);
        if !kind.as_written() {
            if let Some(object) = catalog.objects.get_mut(id) {
                object.labels = labels;
            }
            continue;
        }
        let owner = declaration.owner.as_ref().map(|o| o.text.clone());
        let grants = declaration.grants.as_deref().or(if kind.grants_only_when_written() { None } else { Some(&[]) });
        let object = Object {
            attrs: declaration.over.iter().filter(|(_, v)| !v.is_null()).map(|(k, v)| (k.clone(), v.clone())).collect(),
            comment: declaration.comment.as_ref().map(|c| c.without_line_end().to_string()),
            privileges: grants.filter(|_| kind.grants().is_some()).map(|g| facets::written(kind, g, owner.as_deref())),
            owner,
            labels,
            ..Object::default()
        };
        written.insert(id, object);
    }
    let there: std::collections::BTreeSet<Id> = written.keys().map(|id| (*id).clone()).collect();
    for (id, mut object) in written {
        object.needs = kinds::of(id).needed(id).into_iter().filter(|n| there.contains(n)).collect();
        catalog.objects.insert(id.clone(), object);
    }
}

/// Writes the owners that the model asks for into the catalog, with what goes to a table's owner by itself: its sequences.
pub(super) fn note_owners(model: &Model, ids: &[Id], catalog: &mut Catalog) {
    for (declaration, id) in model.declarations.iter().zip(ids) {
        let Some(owner) = declaration.owner.as_ref().map(|o| &o.text) else { continue };
        let of_table = |other: &Id| {
            other == id || (other.schema == id.schema && other.parent.as_ref() == Some(&id.name) && id.parent.is_none())
        };
        for (other, object) in &mut catalog.objects {
            let follows = kinds::of(other).owner_name(other).is_some() && object.owned_by.iter().any(of_table);
            if other == id || (follows && object.owner.is_none()) {
                object.owner = Some(owner.clone());
            }
        }
    }
}

/// A statement during which a role is a superuser. No statement of the model runs any more by then.
pub(in crate::shadow) fn as_superuser(role: &str, statement: &str) -> String {
    let (name, quoted) = (sql::literal(role), sql::ident(role));
    let body = format!(
        "DECLARE already boolean := (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = {name}); BEGIN \
         IF NOT already THEN EXECUTE {}; END IF; EXECUTE {}; IF NOT already THEN EXECUTE {}; END IF; END",
        sql::literal(&format!("ALTER ROLE {quoted} SUPERUSER")),
        sql::literal(statement),
        sql::literal(&format!("ALTER ROLE {quoted} NOSUPERUSER")),
    );
    format!("DO {}", sql::dollar_quoted(&body))
}

/// Grants as the model asks for them, or as default privileges give them, and writes them into the catalog.
pub(super) async fn privileges(
    model: &Model,
    ids: &[Id],
    session: &Session,
    catalog: &mut Catalog,
    default_owner: Option<&str>,
) -> Result<()> {
    let mut errors = Vec::new();
    let mut script = String::new();
    let mut wanted = Vec::new();
    let written: std::collections::HashMap<&Id, usize> = ids.iter().enumerate().map(|(i, id)| (id, i)).collect();
    for (id, object) in &catalog.objects {
        let kind = kinds::of(id);
        let (Some(_), Some(current)) = (kind.grants(), &object.privileges) else { continue };
        let owner = object.owner.as_deref().or(default_owner);
        let grants = written.get(id).and_then(|i| model.declarations[*i].grants.as_deref());
        let target = match grants {
            Some(grants) => facets::written(kind, grants, owner),
            None => match owner.and_then(|o| facets::initial(kind, id, o, catalog)) {
                Some(initial) => initial,
                None => continue,
            },
        };
        if target != *current {
            let roles = &session.roles;
            let have = roles.on_server(&session.superuser, current).await?;
            let want = roles.on_server(&session.superuser, &target).await?;
            let statements: Vec<String> = facets::grants(kind, id, &have, &want, None).into_iter().map(|d| d.sql).collect();
            for statement in &statements {
                script.push_str(statement);
                script.push_str(";\n");
            }
            wanted.push((id.clone(), target, statements));
        }
    }
    if let Err(error) = session.superuser.batch_execute(&script).await {
        // Which one it was is found by running them one by one.
        errors.extend(refused(model, ids, session, &wanted).await);
        if errors.is_empty() {
            errors.push(Diagnostic::error("shadow", "privileges could not be granted").note(message(&error)));
        }
    }
    for (id, target, _) in wanted {
        if let Some(object) = catalog.objects.get_mut(&id) {
            object.privileges = Some(target);
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Failure { diagnostics: errors }) }
}

async fn refused(
    model: &Model,
    ids: &[Id],
    session: &Session,
    wanted: &[(Id, crate::catalog::Privileges, Vec<String>)],
) -> Vec<Diagnostic> {
    let mut errors = Vec::new();
    for (id, _, statements) in wanted {
        for statement in statements {
            if let Err(error) = session.superuser.batch_execute(statement).await {
                let place = model.declarations.iter().zip(ids).find(|(_, i)| *i == id).map(|(d, _)| d);
                let at = place
                    .and_then(|d| d.grants.as_ref()?.first().map(|g| g.grantee.place.clone()))
                    .or(place.map(|d| d.origin.clone()));
                errors.push(
                    Diagnostic::error("bad-grant", format!("these privileges cannot be granted on {id}"))
                        .at_opt(at.as_ref())
                        .note(message(&error))
                        .note(statement.clone()),
                );
            }
        }
    }
    errors
}
