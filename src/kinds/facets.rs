//! Comment, owner and privileges: handled once for every kind.

use std::collections::BTreeSet;

use super::{Kind, yaml};
use crate::catalog::{Catalog, Id, Labels, OWNER, Privileges, Rights};
use crate::plan::step::{Draft, Hazard, Lock};
use crate::sql;

/// Where the privileges of a kind come from and how GRANT names it.
#[derive(Debug, Clone, Copy)]
pub struct Grants {
    /// The word after ON in GRANT: `TABLE`, `FUNCTION`, `TYPE`.
    pub on: &'static str,
    /// The letters of all its privileges, as in ACL items.
    pub letters: &'static str,
    /// What PUBLIC holds when nobody said anything.
    pub public: &'static [&'static str],
    /// The letter of pg_default_acl.defaclobjtype that applies to it.
    pub default_acl: Option<char>,
}

/// The privileges on types (manual, table 5.2).
pub const TYPE_GRANTS: Grants = Grants { on: "TYPE", letters: "U", public: &["usage"], default_acl: Some('T') };

/// The privileges on tables and what is like them.
pub const TABLE_GRANTS: Grants = Grants { on: "TABLE", letters: "arwdDxtm", public: &[], default_acl: Some('r') };

/// What an object has when `role` has just created it: the built-in privileges, or what the role's default privileges in
/// this catalog make of them (manual, sql-alterdefaultprivileges).
pub fn initial(kind: &dyn Kind, id: &Id, role: &str, catalog: &Catalog) -> Option<Privileges> {
    let rules = kind.grants()?;
    if let Some(first) = kind.first_privileges(id, catalog.source.major()) {
        return Some(first);
    }
    let mut privileges = Privileges::builtin(rules.public);
    let Some(on) = rules.default_acl.map(super::default_privileges::on_of) else { return Some(privileges) };
    let entry = |schema: Option<&str>| catalog.get(&super::default_privileges::id_of(role, on, schema))?.privileges.clone();
    if let Some(whole) = entry(None) {
        privileges = whole;
    }
    if let Some(added) = id.schema.as_deref().and_then(|s| entry(Some(s))) {
        for (grantee, rights) in added.0.into_iter().filter(|(g, _)| g != OWNER) {
            privileges.0.entry(grantee).or_default().extend(rights);
        }
    }
    Some(privileges)
}

/// Gives roles other names wherever a catalog has them: as owners, in privileges, and where kinds hold them.
pub fn rename_roles(catalog: &mut Catalog, to: &dyn Fn(&str) -> Option<String>) {
    let objects = std::mem::take(&mut catalog.objects);
    for (mut id, mut object) in objects {
        if let Some(owner) = &mut object.owner
            && let Some(name) = to(owner)
        {
            *owner = name;
        }
        if let Some(privileges) = &mut object.privileges {
            let old = std::mem::take(&mut privileges.0);
            privileges.0 = old.into_iter().map(|(g, r)| (to(&g).unwrap_or(g), r)).collect();
        }
        super::of(&id).rename_roles(&mut id, &mut object, to);
        catalog.objects.insert(id, object);
    }
}

/// What grants in the model ask for. They are exhaustive; PUBLIC keeps what it has by default unless the model names it or
/// grants nothing at all.
pub fn written(kind: &dyn Kind, grants: &[yaml::Grant], owner: Option<&str>) -> Privileges {
    let Some(rules) = kind.grants() else { return Privileges::default() };
    let mut out = if grants.is_empty() { Privileges::default() } else { Privileges::builtin(rules.public) };
    for grant in grants {
        let mut rights = Rights::new();
        for piece in &grant.privileges {
            let word = piece.text.to_lowercase();
            let (word, star) = word.strip_suffix(" with grant option").map_or((word.as_str(), ""), |w| (w, "*"));
            if word == "all" || word == "all privileges" {
                let letters = if rules.letters.is_empty() { "arwx" } else { rules.letters };
                rights.extend(all_rights(letters).into_iter().map(|r| format!("{r}{star}")));
            } else {
                rights.insert(format!("{word}{star}"));
            }
        }
        let grantee = if owner == Some(grant.grantee.text.as_str()) { OWNER.to_string() } else { grant.grantee.text.clone() };
        out.0.insert(grantee, rights);
    }
    out.0.retain(|grantee, rights| grantee == OWNER || !rights.is_empty());
    if out
        .0
        .get(OWNER)
        .is_some_and(|r| all_rights(rules.letters).iter().all(|a| r.contains(a)) && !r.iter().any(|r| r.ends_with('*')))
    {
        out.0.remove(OWNER);
    }
    out
}

/// Rights as the model writes them: `all` where it is all of them.
pub fn words(rights: &Rights, letters: &str) -> Vec<String> {
    let all = all_rights(letters);
    if rights.len() > 1 && *rights == all {
        return vec!["all".into()];
    }
    let mut rights: Vec<&String> = rights.iter().collect();
    rights.sort_by_key(|r| Privileges::place_of(r.trim_end_matches('*')));
    rights.into_iter().map(|r| r.strip_suffix('*').map_or_else(|| r.clone(), |r| format!("{r} with grant option"))).collect()
}

/// COMMENT ON, or its removal.
pub fn comment(kind: &dyn Kind, id: &Id, comment: Option<&str>) -> Draft {
    let text = comment.map_or_else(|| "NULL".to_string(), sql::literal);
    said_of(kind, id, Draft::new(format!("COMMENT ON {} IS {text}", kind.sql_name(id))))
}

/// SECURITY LABEL for every provider whose label differs. What a label does is its provider's business, so that one that goes
/// or changes may weaken security.
pub fn labels(kind: &dyn Kind, id: &Id, from: &Labels, to: &Labels) -> Vec<Draft> {
    let providers: BTreeSet<&String> = from.keys().chain(to.keys()).collect();
    let differs = providers.into_iter().filter(|p| from.get(*p) != to.get(*p));
    differs
        .map(|provider| {
            let label = to.get(provider).map_or_else(|| "NULL".to_string(), |l| sql::literal(l));
            let draft = Draft::new(format!("SECURITY LABEL FOR {} ON {} IS {label}", sql::ident(provider), kind.sql_name(id)));
            let draft = said_of(kind, id, draft);
            if from.contains_key(provider) { draft.hazard(Hazard::WeakensSecurity) } else { draft }
        })
        .collect()
}

/// ALTER ... OWNER TO.
pub fn owner(kind: &dyn Kind, id: &Id, owner: &str) -> Option<Draft> {
    let draft = Draft::new(format!("ALTER {} OWNER TO {}", kind.owner_name(id)?, sql::ident(owner)));
    Some(if id.parent.is_none() { draft.lock(Lock::AccessExclusive) } else { draft })
}

/// The lock of what is said of a relation or of its columns (get_object_address in objectaddress.c).
fn said_of(kind: &dyn Kind, id: &Id, draft: Draft) -> Draft {
    if id.parent.is_none() || kind.sql_name(id).starts_with("COLUMN ") { draft.lock(Lock::ShareUpdateExclusive) } else { draft }
}

/// The statements that turn one set of privileges into another, revokes first.
///
/// `owner` is the role that the symbolic owner stands for; without it the owner's own privileges are left alone.
pub fn grants(kind: &dyn Kind, id: &Id, from: &Privileges, to: &Privileges, owner: Option<&str>) -> Vec<Draft> {
    let Some(rules) = kind.grants() else { return Vec::new() };
    let all: Rights = all_rights(rules.letters);
    let (mut revokes, mut given) = (Vec::new(), Vec::new());
    let grantees: BTreeSet<&String> = from.0.keys().chain(to.0.keys()).collect();
    for grantee in grantees {
        let fallback = if grantee == OWNER { all.clone() } else { Rights::new() };
        let have = from.0.get(grantee).unwrap_or(&fallback);
        let want = to.0.get(grantee).unwrap_or(&fallback);
        let role = match (grantee.as_str(), owner) {
            (OWNER, Some(owner)) => sql::ident(owner).into_owned(),
            (OWNER, None) => continue,
            (role, _) => sql::role(role),
        };
        if taken_whole(kind, have, want) {
            let draft = Draft::new(format!("REVOKE ALL ON {} FROM {role}", target(kind, id))).hazard(Hazard::BreaksClients);
            revokes.push(draft);
            given.extend(grant(kind, id, &role, &Rights::new(), want, &all, grantee));
            continue;
        }
        revokes.extend(revoke(kind, id, &role, have, want, &all));
        given.extend(grant(kind, id, &role, have, want, &all, grantee));
    }
    revokes.extend(given);
    revokes
}

/// Privileges with the owner's own written out, who holds all of them where nothing else is said.
pub fn with_owner(kind: &dyn Kind, privileges: &Privileges) -> Privileges {
    let mut out = privileges.clone();
    out.0.entry(OWNER.to_string()).or_insert_with(|| all_rights(kind.grants().map_or("", |g| g.letters)));
    out
}

/// Whether somebody who has ALL keeps a part of it: then all is taken and the part given anew, because on newer servers ALL
/// holds more than its parts (MAINTAIN).
pub fn taken_whole(kind: &dyn Kind, have: &Rights, want: &Rights) -> bool {
    let all = all_rights(kind.grants().map_or("", |g| g.letters));
    let whole = |r: &Rights| all.len() > 1 && all.iter().all(|a| holds(r, a));
    !want.is_empty() && whole(have) && !whole(want)
}

fn revoke(kind: &dyn Kind, id: &Id, role: &str, have: &Rights, want: &Rights, all: &Rights) -> Vec<Draft> {
    let gone: Rights = have.iter().map(|r| plain(r)).filter(|r| !holds(want, r)).collect();
    let only_option: Rights = have.iter().filter(|r| r.ends_with('*') && want.contains(&plain(r))).map(|r| plain(r)).collect();
    let mut drafts = Vec::new();
    if !only_option.is_empty() {
        let (list, target) = (privileges(&only_option, all, id, kind), target(kind, id));
        drafts.push(Draft::new(format!("REVOKE GRANT OPTION FOR {list} ON {target} FROM {role}")).hazard(Hazard::BreaksClients));
    }
    if !gone.is_empty() {
        let (list, target) = (privileges(&gone, all, id, kind), target(kind, id));
        drafts.push(Draft::new(format!("REVOKE {list} ON {target} FROM {role}")).hazard(Hazard::BreaksClients));
    }
    drafts
}

fn grant(kind: &dyn Kind, id: &Id, role: &str, have: &Rights, want: &Rights, all: &Rights, grantee: &str) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (option, suffix) in [(false, ""), (true, " WITH GRANT OPTION")] {
        let new: Rights = want
            .iter()
            .filter(|r| r.ends_with('*') == option && !have.contains(*r))
            .map(|r| plain(r))
            .filter(|r| option || !holds(have, r))
            .collect();
        if new.is_empty() {
            continue;
        }
        let (list, target) = (privileges(&new, all, id, kind), target(kind, id));
        let mut draft = Draft::new(format!("GRANT {list} ON {target} TO {role}{suffix}"));
        if matches!(grantee, "public" | "anon") {
            draft = draft.hazard(Hazard::WeakensSecurity);
        }
        drafts.push(draft);
    }
    drafts
}

fn plain(right: &str) -> String {
    right.trim_end_matches('*').to_string()
}

fn holds(rights: &Rights, right: &str) -> bool {
    rights.iter().any(|r| r.trim_end_matches('*') == right)
}

/// Every privilege that the letters of a kind stand for, without MAINTAIN, which only newer servers know.
fn all_rights(letters: &str) -> Rights {
    let owner_only = Privileges::from_items([format!("x={letters}/y").as_str()], "", "");
    owner_only.0.get("x").cloned().unwrap_or_default().into_iter().filter(|r| r != "maintain").collect()
}

fn privileges(rights: &Rights, all: &Rights, id: &Id, kind: &dyn Kind) -> String {
    let column = column_of(kind, id);
    if column.is_none() && rights.len() > 1 && all.iter().all(|r| rights.contains(r)) {
        return "ALL".into();
    }
    let suffix = column.map(|c| format!(" ({})", sql::ident(c))).unwrap_or_default();
    rights.iter().map(|r| format!("{}{suffix}", r.to_uppercase())).collect::<Vec<_>>().join(", ")
}

/// Privileges on a part of a table name the part inside the list of privileges.
fn column_of<'a>(kind: &dyn Kind, id: &'a Id) -> Option<&'a str> {
    (kind.grants().is_some() && id.parent.is_some()).then_some(&*id.name)
}

/// What stands after ON in GRANT.
pub fn target(kind: &dyn Kind, id: &Id) -> String {
    let on = kind.grants().map_or("", |g| g.on);
    if let Some(target) = kind.grant_target(id) {
        return target;
    }
    if id.parent.is_some() {
        return format!("{on} {}", id.parent_path());
    }
    // Where GRANT's word is the kind's own, the kind's own name for it holds here too.
    let name = kind.sql_name(id);
    if name.strip_prefix(on).is_some_and(|rest| rest.starts_with(' ')) { name } else { format!("{on} {}", id.own_path()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn privileges(items: &[&str]) -> Privileges {
        Privileges::from_items(items.iter().copied().chain(["o=arwdDxt/o"]), "o", "arwdDxt")
    }

    #[test]
    fn only_the_difference_is_said() {
        let id = Id::in_schema("table", "public", "t");
        let kind = super::super::of(&id);
        let sql = |from: &[&str], to: &[&str]| -> Vec<String> {
            grants(kind, &id, &privileges(from), &privileges(to), None).into_iter().map(|d| d.sql).collect()
        };
        assert_eq!(sql(&["a=r/o"], &["a=rw/o"]), ["GRANT UPDATE ON TABLE public.t TO a"]);
        assert_eq!(sql(&["a=r*/o"], &["a=r/o"]), ["REVOKE GRANT OPTION FOR SELECT ON TABLE public.t FROM a"]);
        assert_eq!(sql(&["a=r/o"], &["a=r*/o"]), ["GRANT SELECT ON TABLE public.t TO a WITH GRANT OPTION"]);
        assert_eq!(sql(&[], &["=arwdDxt/o"]), ["GRANT ALL ON TABLE public.t TO PUBLIC"]);
        assert_eq!(sql(&["a=arwdDxt/o"], &[]), ["REVOKE ALL ON TABLE public.t FROM a"]);
        assert_eq!(
            sql(&["a=arwdDxt/o"], &["a=r/o"]),
            ["REVOKE ALL ON TABLE public.t FROM a", "GRANT SELECT ON TABLE public.t TO a"]
        );
    }
}
