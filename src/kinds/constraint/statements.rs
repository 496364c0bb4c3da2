//! The statements that add, check and alter constraints, what they lock, and their online roads.

use super::super::attached::ATTACH_TO;
use super::super::family::Relation;
use super::super::{Along, Change, Kind as _, index, table};
use super::{Constraint, NOT_ENFORCED};
use crate::catalog::{Id, Object};
use crate::plan::step::{Draft, Lock, Transaction};
use crate::sql;

/// The other table of a foreign key.
pub(super) fn referenced(id: &Id, object: &Object) -> Option<Relation> {
    let other = object.needs.iter().find(|n| n.parent.is_some() && (&n.schema, &n.parent) != (&id.schema, &id.parent))?;
    Some((other.schema.clone()?, other.parent.clone()?))
}

pub(super) fn index_comment(id: &Id, object: &Object) -> Draft {
    let text = object.text("index_comment").map_or_else(|| "NULL".into(), sql::literal);
    Draft::new(format!("COMMENT ON INDEX {} IS {text}", sql::qualified(id.schema(), &id.name)))
}

/// A foreign key without and with what it says of when it is checked, which changes in place.
pub(super) fn deferral(definition: &str) -> (&str, &str) {
    let start = definition
        .find(" DEFERRABLE")
        .filter(|at| matches!(&definition[*at..], " DEFERRABLE" | " DEFERRABLE INITIALLY DEFERRED"));
    definition.split_at(start.unwrap_or(definition.len()))
}

impl Constraint {
    /// The definition with all that stands in it in SQL.
    pub(super) fn definition(&self, object: &Object) -> String {
        let enforced = if object.flag(NOT_ENFORCED) { " NOT ENFORCED" } else { "" };
        format!("{}{enforced}", index::with_storage(object, self.owns_index()))
    }

    /// ALTER CONSTRAINT, which only foreign keys take (manual, sql-altertable); `None` for a change that it cannot make.
    pub(super) fn altered(&self, change: &mut Change<'_>) -> Option<Vec<Draft>> {
        let (live, desired) = (change.live, change.desired);
        let text = |o: &'_ Object| o.text("definition").unwrap_or_default().to_string();
        let (was, is) = (text(live), text(desired));
        let ((was, _), (is, when)) = (deferral(&was), deferral(&is));
        let (deferred, enforced) = (change.take("definition"), change.take(NOT_ENFORCED));
        if !deferred && !enforced {
            return Some(Vec::new());
        }
        // What is checked again is checked for all rows.
        if self.name != "foreign_key" || was != is || (enforced && desired.flag("not_valid")) {
            return None;
        }
        let mut clauses = Vec::new();
        if deferred {
            clauses.push(match when {
                "" => " NOT DEFERRABLE".to_string(),
                " DEFERRABLE" => " DEFERRABLE INITIALLY IMMEDIATE".to_string(),
                other => other.to_string(),
            });
        }
        if enforced {
            change.take("not_valid");
            clauses.push(if desired.flag(NOT_ENFORCED) { " NOT ENFORCED".into() } else { " ENFORCED".into() });
        }
        let (path, name) = (change.id.parent_path(), sql::ident(&change.id.name));
        let other = referenced(change.id, desired);
        let alter = Draft::new(format!("ALTER TABLE {path} ALTER CONSTRAINT {name}{}", clauses.concat()));
        let mut alter = alter.lock_all(Lock::AccessExclusive);
        // The triggers of what is enforced are made and dropped on both tables (ATExecAlterConstrEnforceability in tablecmds.c).
        if enforced && desired.flag(NOT_ENFORCED) {
            alter = other.into_iter().fold(alter, |alter, other| alter.lock_all_of(other, Lock::AccessExclusive));
        } else if enforced {
            alter = other.into_iter().fold(alter.scans(), |a, other| a.lock_all_of(other, Lock::ShareRowExclusive).scans());
        }
        Some(vec![alter])
    }

    pub(super) fn add(&self, id: &Id, object: &Object) -> Draft {
        let not_valid = if object.flag("not_valid") { " NOT VALID" } else { "" };
        let definition = self.definition(object);
        let draft = Draft::new(format!(
            "ALTER TABLE {}{} ADD CONSTRAINT {} {definition}{not_valid}",
            if object.flag("on_only") { "ONLY " } else { "" },
            id.parent_path(),
            sql::ident(&id.name)
        ));
        let spared = object.flag("not_valid") || object.flag(NOT_ENFORCED);
        match self.name {
            "foreign_key" => {
                let new = draft.lock_all(Lock::ShareRowExclusive);
                let other = referenced(id, object);
                if spared {
                    return match other {
                        Some(other) => new.lock_all_of(other, Lock::ShareRowExclusive),
                        None => new,
                    };
                }
                let new = match other {
                    Some(other) => new.scans().lock_all_of(other, Lock::ShareRowExclusive).scans(),
                    None => new.scans(),
                };
                new.online(self.later(id, object))
            }
            "check" => {
                let no_inherit = definition.ends_with(" NO INHERIT");
                let new = if no_inherit { draft.lock(Lock::AccessExclusive) } else { draft.lock_all(Lock::AccessExclusive) };
                if spared { new } else { new.scans().online_for_all(self.later(id, object)) }
            }
            _ if object.flag("on_only") => draft.lock(Lock::AccessExclusive),
            _ => {
                let new = draft.lock_all(Lock::AccessExclusive).scans();
                match self.by_index(id, object, &id.name) {
                    Some(drafts) => new.online(drafts),
                    None => new,
                }
            }
        }
    }

    /// The constraint for new rows at once, and for those that are there when nobody has to wait (manual, sql-altertable, Notes).
    fn later(&self, id: &Id, object: &Object) -> Vec<Draft> {
        let mut spared = object.clone();
        spared.attrs.insert("not_valid".into(), true.into());
        vec![self.add(id, &spared), self.validate(id, object).transaction(Transaction::Apart)]
    }

    /// Itself on a column that is made anew under another name: its index first, or itself under another name.
    pub(super) fn on_column(&self, id: &Id, object: &Object, from: &str, to: &str) -> Option<Along> {
        if object.flag("on_only") || object.attrs.contains_key(ATTACH_TO) {
            return None;
        }
        let definition = object.text("definition")?;
        // Names after REFERENCES are those of the other table, but for the columns of SET NULL and SET DEFAULT.
        let (own, others) = definition.split_at(definition.find(" REFERENCES ").unwrap_or(definition.len()));
        if others.contains(" SET NULL (") || others.contains(" SET DEFAULT (") {
            return None;
        }
        let mut anew = object.clone();
        anew.attrs.insert("definition".into(), format!("{}{others}", sql::column_renamed(own, from, to)?).into());
        let name = sql::made_name(&id.name, "new");
        if self.owns_index() {
            let mut build = self.by_index(id, &anew, &name)?;
            let after = build.split_off(1).into_iter().chain(self.marks(id, object)).collect();
            return Some(Along { build, after });
        }
        let new = Id::child(id.kind, id.schema(), id.parent(), &name);
        let spared = object.flag("not_valid") || object.flag(NOT_ENFORCED);
        let mut build = if spared { vec![self.add(&new, &anew)] } else { self.later(&new, &anew) };
        if self.name == "foreign_key" {
            // It would go with the old column, and lock the other table in the transaction in which this one is locked.
            build.extend(self.drop(id, object).into_iter().map(|d| d.transaction(Transaction::Apart)));
        }
        Some(Along { build, after: self.rename(&new, &id.name).into_iter().collect() })
    }

    /// The index first, under a name, while clients go on, then the constraint that takes it over
    /// (ADD table_constraint_using_index); `None` for what an index alone cannot be.
    fn by_index(&self, id: &Id, object: &Object, index: &str) -> Option<Vec<Draft>> {
        let definition = object.text("definition").unwrap_or_default();
        let word = if self.name == "primary_key" { "PRIMARY KEY" } else { "UNIQUE" };
        let rest = definition.strip_prefix(word).filter(|_| self.name != "exclusion")?.trim_start();
        if definition.contains(" WITHOUT OVERLAPS") || object.attrs.contains_key(ATTACH_TO) {
            return None;
        }
        let (rest, nulls) = match rest.strip_prefix("NULLS NOT DISTINCT ") {
            Some(rest) => (rest, " NULLS NOT DISTINCT"),
            None => (rest, ""),
        };
        let (columns, when) = rest.split_at(index::condition(rest));
        let options = object.list("options").into_iter().map(|o| table::option(o, "")).collect();
        let storage = index::storage(options, object.text("tablespace"), false);
        let (path, name, index) = (id.parent_path(), sql::ident(&id.name), sql::ident(index));
        let create = format!("CREATE UNIQUE INDEX CONCURRENTLY {index} ON {path} {}{nulls}{storage}", columns.trim_end());
        let add = format!("ALTER TABLE {path} ADD CONSTRAINT {name} {word} USING INDEX {index} {when}");
        Some(vec![index::apart(Draft::new(create)).scans(), Draft::new(add.trim_end()).lock(Lock::AccessExclusive)])
    }

    /// VALIDATE CONSTRAINT, which readers and writers do not feel.
    pub(super) fn validate(&self, id: &Id, object: &Object) -> Draft {
        let statement = format!("ALTER TABLE {} VALIDATE CONSTRAINT {}", id.parent_path(), sql::ident(&id.name));
        let draft = Draft::new(statement).lock_all(Lock::ShareUpdateExclusive).scans();
        match (self.name == "foreign_key").then(|| referenced(id, object)).flatten() {
            Some(other) => draft.lock_on(other, Lock::RowShare).scans(),
            None => draft,
        }
    }

    pub(super) fn marks(&self, id: &Id, object: &Object) -> Vec<Draft> {
        let mut drafts = Vec::new();
        if object.flag("clustered") {
            drafts.push(
                Draft::new(format!("ALTER TABLE {} CLUSTER ON {}", id.parent_path(), sql::ident(&id.name)))
                    .lock(Lock::ShareUpdateExclusive),
            );
        }
        if object.flag("replica_identity") {
            drafts.push(Draft::new(format!(
                "ALTER TABLE {} REPLICA IDENTITY USING INDEX {}",
                id.parent_path(),
                sql::ident(&id.name)
            )));
        }
        if object.attrs.contains_key("index_comment") {
            drafts.push(index_comment(id, object));
        }
        drafts
    }
}
