//! Every object that somebody has made, from every catalog that has OIDs.
//!
//! The text of the query follows from a list of these catalogs. What a newer version adds is no part of the list: the server names it,
//! and it is asked for then. Manual: catalogs.

use crate::sql;

/// A catalog with OIDs.
#[derive(Clone, Copy)]
struct Listed {
    name: &'static str,
    /// The major version that it came with, where that is one of those supported.
    since: u32,
    /// The column that names the schema.
    namespace: Option<&'static str>,
    /// The column that names the relation that it is on, where it has no schema of its own.
    relation: Option<&'static str>,
    /// Leaves out what is a part of something else, what an operator only announces, and what belongs to other databases.
    condition: Option<&'static str>,
}

const fn listed(name: &'static str) -> Listed {
    Listed { name, since: 0, namespace: None, relation: None, condition: None }
}

const fn within(name: &'static str, namespace: &'static str) -> Listed {
    Listed { namespace: Some(namespace), ..listed(name) }
}

const fn on(name: &'static str, relation: &'static str) -> Listed {
    Listed { relation: Some(relation), ..listed(name) }
}

const LISTED: &[Listed] = &[
    listed("pg_am"),
    listed("pg_amop"),
    listed("pg_amproc"),
    on("pg_attrdef", "adrelid"),
    Listed {
        condition: Some(
            "NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = 2605 AND d.objid = o.oid AND d.deptype = 'i')",
        ),
        ..listed("pg_cast")
    },
    within("pg_class", "relnamespace"),
    within("pg_collation", "collnamespace"),
    // NOT NULL, and what a constraint trigger says twice.
    Listed { condition: Some("o.contype NOT IN ('n', 't')"), ..within("pg_constraint", "connamespace") },
    within("pg_conversion", "connamespace"),
    within("pg_default_acl", "defaclnamespace"),
    listed("pg_event_trigger"),
    within("pg_extension", "extnamespace"),
    listed("pg_foreign_data_wrapper"),
    listed("pg_foreign_server"),
    listed("pg_language"),
    listed("pg_largeobject_metadata"),
    Listed { condition: Some("o.nspname !~ '^pg_(toast_)?temp_' AND o.nspname <> 'trueup'"), ..listed("pg_namespace") },
    within("pg_opclass", "opcnamespace"),
    Listed { condition: Some("o.oprcode <> 0"), ..within("pg_operator", "oprnamespace") },
    within("pg_opfamily", "opfnamespace"),
    Listed { since: 15, ..listed("pg_parameter_acl") },
    on("pg_policy", "polrelid"),
    within("pg_proc", "pronamespace"),
    listed("pg_publication"),
    Listed { since: 15, ..listed("pg_publication_namespace") },
    listed("pg_publication_rel"),
    on("pg_rewrite", "ev_class"),
    within("pg_statistic_ext", "stxnamespace"),
    Listed {
        condition: Some(
            "o.subdbid = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())",
        ),
        ..listed("pg_subscription")
    },
    listed("pg_tablespace"),
    listed("pg_transform"),
    Listed { condition: Some("NOT o.tgisinternal"), ..on("pg_trigger", "tgrelid") },
    within("pg_ts_config", "cfgnamespace"),
    within("pg_ts_dict", "dictnamespace"),
    within("pg_ts_parser", "prsnamespace"),
    within("pg_ts_template", "tmplnamespace"),
    within("pg_type", "typnamespace"),
    listed("pg_user_mapping"),
];

/// What belongs to the whole server, or is a part of something else with every row.
const LEFT_OUT: &[&str] = &["pg_auth_members", "pg_authid", "pg_database", "pg_enum"];

/// What is temporary, pg_toast's or trueup's own.
const SCHEMAS: &str = "(n.nspname ~ '^pg_(toast|temp|toast_temp)(_|$)' OR n.nspname = 'trueup')";

/// The query for all objects of a major version: the catalog as pg_depend calls it, its name, and the OIDs. Catalogs that it has
/// and the list has not come without OIDs, with the column that names the schema. 16384 is FirstNormalObjectId.
pub(super) fn query(major: u32) -> String {
    let known: Vec<&str> = LISTED.iter().map(|l| l.name).chain(LEFT_OUT.iter().copied()).collect();
    let mut parts: Vec<String> = LISTED.iter().filter(|l| l.since <= major).map(Listed::query).collect();
    parts.push(format!(
        "SELECT c.oid, c.relname::pg_catalog.text, NULL, (SELECT s.attname::pg_catalog.text FROM pg_catalog.pg_attribute s \
         WHERE s.attrelid = c.oid AND s.attname ~ 'namespace$' AND s.atttypid = 26 LIMIT 1)\n\
         FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = 'oid' AND a.attnum > 0\n\
         WHERE c.relnamespace = 11 AND c.relkind = 'r' AND c.relname <> ALL ('{{{}}}'::pg_catalog.name[]) \
         AND pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT')",
        known.join(",")
    ));
    parts.join("\nUNION ALL\n")
}

/// The query for the objects of catalogs that are not listed, each with the column that names the schema.
pub(super) fn query_of(catalogs: &[(String, Option<String>)]) -> Option<String> {
    let parts: Vec<String> =
        catalogs.iter().map(|(name, namespace)| of(&sql::ident(name), name, "oid", namespace.as_deref(), &[])).collect();
    Some(parts.join("\nUNION ALL\n")).filter(|text| !text.is_empty())
}

impl Listed {
    fn query(&self) -> String {
        let mut conditions: Vec<String> = self.condition.map(str::to_string).into_iter().collect();
        conditions.extend(self.relation.map(|relation| {
            format!(
                "NOT EXISTS (SELECT 1 FROM pg_catalog.pg_class r JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace \
                 WHERE r.oid = o.{relation} AND {SCHEMAS})"
            )
        }));
        // Not everybody may read the catalog itself.
        let (from, oid) = if self.name == "pg_user_mapping" { ("pg_user_mappings", "umid") } else { (self.name, "oid") };
        of(from, self.name, oid, self.namespace, &conditions)
    }
}

fn of(from: &str, name: &str, oid: &str, namespace: Option<&str>, conditions: &[String]) -> String {
    // pg_depend knows large objects by another catalog than the one that lists them.
    let class = if name == "pg_largeobject_metadata" { "pg_largeobject" } else { name };
    let schema = namespace.map(|column| {
        format!("NOT EXISTS (SELECT 1 FROM pg_catalog.pg_namespace n WHERE n.oid = o.{} AND {SCHEMAS})", sql::ident(column))
    });
    let all: String = conditions.iter().cloned().chain(schema).map(|c| format!(" AND {c}")).collect();
    format!(
        "SELECT {}::pg_catalog.regclass::pg_catalog.oid, {}, pg_catalog.string_agg(o.{oid}::pg_catalog.text, ','), NULL \
         FROM pg_catalog.{from} o WHERE o.{oid} >= 16384{all}",
        sql::literal(&format!("pg_catalog.{}", sql::ident(class))),
        sql::literal(name)
    )
}

/// Whether the list has a catalog.
pub(super) fn is_listed(name: &str) -> bool {
    LISTED.iter().any(|l| l.name == name)
}
