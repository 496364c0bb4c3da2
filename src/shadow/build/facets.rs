//! Owners, comments and privileges of what was built, in statements of trueup's own making.

use super::Session;
use super::run::message;
use crate::catalog::{Catalog, Id};
use crate::diagnostic::{Diagnostic, Failure, Result};
use crate::kinds::{self, facets};
use crate::model::Model;
use crate::sql;

pub(super) async fn owners_and_comments(model: &Model, ids: &[Id], session: &Session) -> Result<()> {
    let mut script = String::new();
    for (declaration, id) in model.declarations.iter().zip(ids) {
        let kind = kinds::of(id);
        if let Some(owner) = &declaration.owner
            && let Some(draft) = facets::owner(kind, id, &owner.text)
        {
            script.push_str(&if kind.owner_is_superuser() { as_superuser(&owner.text, &draft.sql) } else { draft.sql });
            script.push_str(";\n");
        }
        if let Some(comment) = &declaration.comment {
            script.push_str(&facets::comment(kind, id, Some(comment.text.trim_end())).sql);
            script.push_str(";\n");
        }
    }
    session.superuser.batch_execute(&script).await.map_err(|e| super::shadow_refused(&e))?;
    Ok(())
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
            for draft in facets::grants(kind, id, current, &target, None) {
                script.push_str(&draft.sql);
                script.push_str(";\n");
            }
            wanted.push((id.clone(), target));
        }
    }
    if let Err(error) = session.superuser.batch_execute(&script).await {
        // Which one it was is found by running them one by one.
        errors.extend(refused(model, ids, session, catalog, &wanted).await);
        if errors.is_empty() {
            errors.push(Diagnostic::error("shadow", "privileges could not be granted").note(message(&error)));
        }
    }
    for (id, target) in wanted {
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
    catalog: &Catalog,
    wanted: &[(Id, crate::catalog::Privileges)],
) -> Vec<Diagnostic> {
    let mut errors = Vec::new();
    for (id, target) in wanted {
        let Some(current) = catalog.get(id).and_then(|o| o.privileges.as_ref()) else { continue };
        for draft in facets::grants(kinds::of(id), id, current, target, None) {
            if let Err(error) = session.superuser.batch_execute(&draft.sql).await {
                let place = model.declarations.iter().zip(ids).find(|(_, i)| *i == id).map(|(d, _)| d);
                let at = place
                    .and_then(|d| d.grants.as_ref()?.first().map(|g| g.grantee.place.clone()))
                    .or(place.map(|d| d.origin.clone()));
                errors.push(
                    Diagnostic::error("bad-grant", format!("these privileges cannot be granted on {id}"))
                        .at_opt(at.as_ref())
                        .note(message(&error))
                        .note(draft.sql),
                );
            }
        }
    }
    errors
}
