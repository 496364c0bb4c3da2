//! Another type, without writing the table anew under a lock: a second column beside the first, kept in step by a trigger and filled
//! batch by batch, gets all that hangs on the first one and then takes its place (manual, sql-altertable, Notes; plpgsql-trigger).
//!
//! Whatever stops that before the last transaction leaves the first column as it was. The second one is known by its comment:
//! it is dropped again, which loses nothing, and the next plan begins anew.

use super::{Column, backfill, is_default_of, not_null, types, write};
use crate::catalog::{Id, Object, Privileges};
use crate::kinds::family::Relation;
use crate::kinds::{Anew, Beside, Kind as _, facets, publication, sequence};
use crate::plan::step::{Draft, Hazard, Lock, Transaction};
use crate::sql;

/// The comment of the second column.
const MARK: &str = "trueup is making this column, which is to take the place of another one";

/// Whether a column is one that was to take the place of another one.
pub(super) fn is_unfinished(object: &Object) -> bool {
    object.comment.as_deref() == Some(MARK)
}

/// The statements that give a column another type, with all that hangs on it; `None` where something cannot come along, or where
/// others would see that there are two.
pub(super) fn beside(anew: &Anew<'_>) -> Option<Beside> {
    let Anew { id, live, desired, .. } = *anew;
    let (from, to) = (live.text("type")?, desired.text("type")?);
    let table: Relation = (id.schema().into(), id.parent().into());
    let own = |attr: &str| live.attrs.contains_key(attr) || desired.attrs.contains_key(attr);
    let odd = ["generated", "foreign", "not_null_name", "not_null_no_inherit", "not_null_not_valid", "not_null_comment"];
    // What has children or a row type of its own elsewhere is known by where the column comes from.
    if odd.into_iter().any(own) || live.position == 0 || !not_null::is_plain(live) || publication::publishes(anew.catalog, &table)
    {
        return None;
    }
    let value = write::value(&sql::ident(&id.name), live, desired, false)?;
    let new = Id { name: sql::made_name(&id.name, "trueup_new").into(), ..id.clone() };
    let (path, name, made) = (id.parent_path(), sql::ident(&id.name), sql::ident(&new.name));
    let alter = |clause: String| Draft::new(format!("ALTER TABLE {path} {clause}")).lock_all(Lock::AccessExclusive);

    let mut drafts = kept_in_step(anew, &new, types::widens(from, to));
    drafts.push(backfill::in_batches(&new, &value, &format!("{made} IS NULL AND {name} IS NOT NULL")));
    let mut swap = vec![Draft::new(format!("DROP TRIGGER {made} ON {path}")).lock(Lock::AccessExclusive)];
    swap.push(Draft::new(format!("DROP FUNCTION {}()", function(&new))));
    let mut carried = Vec::new();
    let is_sequence = |other: &Id| other.kind == sequence::Sequence.name();
    let is_brought = |other: &Id| other.kind == sequence::identity::IdentitySequence.name();
    let owned = anew.catalog.objects.iter().filter(|(other, object)| is_sequence(other) && object.owned_by.contains(id));
    for (other, _) in owned {
        swap.push(Draft::new(format!("ALTER SEQUENCE {} OWNED BY {path}.{made}", other.own_path())));
    }
    for other in &anew.again {
        if !is_default_of(other, id) {
            return None;
        }
        carried.push((*other).clone());
    }
    let mut after = Vec::new();
    if live.flag("not_null") {
        let (first, then) = not_null::by_check_of(&new, id);
        drafts.extend(first);
        after.extend(then);
    }
    // Who reads rows in the order of their columns finds it in another place.
    swap.push(alter(format!("DROP COLUMN {name}")).hazard(Hazard::BreaksClients));
    swap.push(alter(format!("RENAME COLUMN {made} TO {name}")));
    let default = Id::child("default", id.schema(), id.parent(), &id.name);
    if let Some(expression) = (anew.becomes)(&default).and_then(|o| o.text("expression")) {
        swap.push(alter(format!("ALTER COLUMN {name} SET DEFAULT {expression}")));
    }
    swap.extend(after);
    for (other, object) in
        anew.stays.iter().filter(|(other, _)| !is_default_of(other, id) && !is_sequence(other) && !is_brought(other))
    {
        // A foreign key of another table would have to be made anew there.
        if (&other.schema, &other.parent) != (&id.schema, &id.parent) {
            return None;
        }
        let kind = crate::kinds::of(other);
        let along = kind.along(other, object, &id.name, &new.name)?;
        drafts.extend(along.build);
        swap.extend(along.after);
        swap.extend(object.comment.is_some().then(|| facets::comment(kind, other, object.comment.as_deref())));
    }
    swap.extend(write::settings(id, desired, None));
    swap.push(facets::comment(&Column, id, live.comment.as_deref()));
    swap.extend(facets::labels(&Column, id, &crate::catalog::Labels::new(), &live.labels));
    if let Some(privileges) = &live.privileges {
        swap.extend(facets::grants(&Column, id, &Privileges::default(), privileges, None));
    }
    let identity = identity(anew)?;
    // The table is locked by then, so that nobody takes another one.
    swap.splice(1..1, identity.keep);
    swap.extend(identity.again);
    // The new column has no statistics, and plans made without them are others.
    drafts.push(Draft::new(format!("ANALYZE {path}")).lock(Lock::ShareUpdateExclusive).transaction(Transaction::Apart));
    drafts.extend(swap);
    Some(Beside { drafts, carried })
}

/// What an identity column's sequence needs, which goes with the old column.
#[derive(Default)]
struct Identity {
    /// They keep its next value.
    keep: Vec<Draft>,
    /// They make it again, with that.
    again: Vec<Draft>,
}

/// `None` where something is said of the sequence that would have to be said again.
fn identity(anew: &Anew<'_>) -> Option<Identity> {
    let Anew { id, live, desired, .. } = *anew;
    if ["identity", "identity_options"].iter().any(|attr| live.attrs.get(*attr) != desired.attrs.get(*attr)) {
        return None;
    }
    let Some(clause) = write::identity_added(desired) else { return Some(Identity::default()) };
    let sequence = write::sequence_of(id, live);
    let is_it = |other: &Id| other.kind == sequence::identity::IdentitySequence.name() && other.own_path() == sequence;
    let said = |o: &Object| o.comment.is_some() || !o.attrs.is_empty() || o.privileges.as_ref().is_some_and(|p| !p.0.is_empty());
    if anew.catalog.objects.iter().any(|(other, object)| is_it(other) && said(object)) {
        return None;
    }
    let aside = sql::qualified(id.schema(), &sql::made_name(&format!("{}_{}", id.parent(), id.name), "trueup_next"));
    let keep = format!("CREATE TABLE {aside} AS SELECT last_value, is_called FROM {sequence}");
    let add = format!("ALTER TABLE {} ALTER COLUMN {} {clause}", id.parent_path(), sql::ident(&id.name));
    let set = format!("SELECT pg_catalog.setval({}, last_value, is_called) FROM {aside}", sql::literal(&sequence));
    let again = vec![Draft::new(add).lock_all(Lock::AccessExclusive), Draft::new(set), Draft::new(format!("DROP TABLE {aside}"))];
    Some(Identity { keep: vec![Draft::new(keep)], again })
}

fn function(new: &Id) -> String {
    sql::qualified(new.schema(), &sql::made_name(&format!("{}_{}", new.parent(), new.name), "of"))
}

/// The second column, and the trigger that writes it with the first. It fires whoever writes, a replication's worker too.
fn kept_in_step(anew: &Anew<'_>, new: &Id, widens: bool) -> Vec<Draft> {
    let Anew { id, live, desired, .. } = *anew;
    let mut empty = not_null::without(desired).unwrap_or_else(|| desired.clone());
    empty.attrs.retain(|attr, _| !attr.starts_with("identity"));
    let (path, name, made, function) = (id.parent_path(), sql::ident(&id.name), sql::ident(&new.name), function(new));
    let value = write::value(&format!("NEW.{name}"), live, desired, false).unwrap_or_default();
    let body = format!("\nBEGIN\n  NEW.{made} := {value};\n  RETURN NEW;\nEND");
    let routine = format!(
        "CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS {}",
        sql::dollar_quoted(&body)
    );
    let trigger =
        format!("CREATE TRIGGER {made} BEFORE INSERT OR UPDATE OF {name} ON {path} FOR EACH ROW EXECUTE FUNCTION {function}()");
    let trigger = Draft::new(trigger).lock(Lock::ShareRowExclusive);
    vec![
        Draft::new(format!("ALTER TABLE {path} ADD COLUMN {}", write::clause(new, &empty))).lock_all(Lock::AccessExclusive),
        facets::comment(&Column, new, Some(MARK)),
        Draft::new(routine),
        // From now on what the new type does not take is refused.
        if widens { trigger } else { trigger.hazard(Hazard::BreaksClients) },
        Draft::new(format!("ALTER TABLE {path} ENABLE ALWAYS TRIGGER {made}")).lock(Lock::ShareRowExclusive),
    ]
}
