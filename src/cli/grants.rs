//! `trueup grants`

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

use super::common::{self, Compared, ShadowArgs, Sides};
use super::{End, output};
use crate::catalog::{Detail, Id, OWNER, Object};
use crate::diagnostic::Failure;
use crate::kinds;
use crate::record::{Presence, SCHEMA};
use crate::shadow::rebuild::refused;
use crate::sql;

/// What a role is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Purpose {
    /// Reading the catalog and the record.
    Drift,
    /// The same.
    Plan,
    /// Asking rows and statistics too: `plan --preflight --queries pg_stat_statements`.
    Preflight,
    /// Doing what a plan does.
    Apply,
}

/// Print the SQL that gives a role what a command needs of it, and no more
///
/// Nothing is run. What `apply` needs follows from who owns what: to change an object one has to be a member of the role that
/// owns it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The model: a folder of YAML, or one file
    #[arg(default_value = "schema", value_name = "MODEL")]
    model: PathBuf,
    /// The live side: a name in trueup.yaml, a URL, or a snapshot file
    #[arg(long, value_name = "DB")]
    db: Option<String>,
    /// What is managed, as for plan
    #[arg(long, value_name = "SCOPE", value_delimiter = ',', value_parser = ["declared", "listed", "all", "roles"])]
    manage: Vec<String>,
    #[command(flatten)]
    shadow: ShadowArgs,
    /// The command that the role is for
    #[arg(long = "for", value_name = "COMMAND", value_enum)]
    purpose: Purpose,
    /// The role; the script makes it when it is not there
    #[arg(long, value_name = "NAME", default_value = "trueup")]
    role: String,
}

pub async fn run(args: Args) -> Result<End, Failure> {
    let Args { model, db, manage, shadow, .. } = args;
    let sides = Sides { model, db, manage, only: Vec::new(), report: Vec::new(), shadow };
    let compared = common::compare(&sides, Detail::Dependencies).await?;
    let live = &compared.live.catalog;
    let mut script = Script { role: sql::ident(&args.role).into_owned(), out: String::new() };
    if !live.roles.contains(&args.role) {
        let role = script.role.clone();
        script.section("the role; how it signs in is yours to say", [format!("CREATE ROLE {role} LOGIN")]);
    }
    let database = sql::ident(&live.source.database).into_owned();
    script.grants("a connection, which is enough to read every definition", [format!("CONNECT ON DATABASE {database}")]);
    let recorded = live.source.record != Presence::None && !compared.project.record_off;
    if recorded && args.purpose != Purpose::Apply {
        let reads = [format!("USAGE ON SCHEMA {SCHEMA}"), format!("SELECT ON ALL TABLES IN SCHEMA {SCHEMA}")];
        script.grants("the record, which knows what was agreed", reads);
    }
    match args.purpose {
        Purpose::Drift | Purpose::Plan => asked(&compared, &mut script),
        Purpose::Preflight => preflight(&compared, &mut script),
        Purpose::Apply => apply(&compared, &args.role, recorded, &mut script).await?,
    }
    output::result(&script.out);
    Ok(End::Done)
}

/// Statements with the reason for them.
struct Script {
    role: String,
    out: String,
}

impl Script {
    fn section(&mut self, why: &str, statements: impl IntoIterator<Item = String>) {
        let statements: Vec<String> = statements.into_iter().collect();
        if !statements.is_empty() {
            let gap = if self.out.is_empty() { "" } else { "\n" };
            let _ = writeln!(self.out, "{gap}-- {why}\n{};", statements.join(";\n"));
        }
    }

    fn grants(&mut self, why: &str, what: impl IntoIterator<Item = String>) {
        let role = self.role.clone();
        self.section(why, what.into_iter().map(|what| format!("GRANT {what} TO {role}")));
    }
}

/// The objects of both sides that are managed.
fn managed(compared: &Compared) -> impl Iterator<Item = (&Id, &Object)> {
    let both = compared.live.catalog.objects.iter().chain(&compared.desired.catalog.objects);
    both.filter(|(id, _)| compared.scope.managed(id))
}

/// The schemas that managed objects are in and that are there.
fn schemas(compared: &Compared) -> BTreeSet<&str> {
    let there =
        |schema: &str| compared.live.catalog.objects.keys().any(|id| kinds::of(id).contains_objects() && *id.name == *schema);
    managed(compared).filter_map(|(id, _)| id.schema.as_deref()).filter(|schema| there(schema)).collect()
}

/// What the model asks of rows itself.
fn asked(compared: &Compared, script: &mut Script) {
    let of_rows = &compared.of_rows;
    if of_rows.tables.is_empty() && of_rows.backfills.is_empty() && compared.verify.is_empty() {
        return;
    }
    rows(compared, script, "rows, for what the model says of them");
    let roles: BTreeSet<&String> = compared.verify.iter().filter_map(|v| v.role.as_ref()).collect();
    script.grants("queries that the model asks as others", roles.into_iter().map(|r| sql::ident(r).into_owned()));
}

fn preflight(compared: &Compared, script: &mut Script) {
    rows(compared, script, "rows, to ask them whether they allow a plan");
    script.grants("the texts of other roles in pg_stat_statements", ["pg_read_all_stats".to_string()]);
}

fn rows(compared: &Compared, script: &mut Script, why: &str) {
    // Rights on the tables themselves would be differences from the model, and the next plan would take them back.
    script.grants(why, ["pg_read_all_data".to_string()]);
    let hides = |o: &Object| o.attrs.contains_key("row_security");
    if compared.live.catalog.objects.iter().any(|(id, o)| compared.scope.managed(id) && hides(o)) {
        let bypass = format!("ALTER ROLE {} BYPASSRLS", script.role);
        script.section("all rows of tables with row-level security: of some of them nothing can be said", [bypass]);
    }
}

async fn apply(compared: &Compared, role: &str, recorded: bool, script: &mut Script) -> Result<(), Failure> {
    let live = &compared.live.catalog;
    let ours = |owner: &&str| *owner != role && *owner != OWNER && !owner.starts_with("pg_");
    let mut owners: BTreeSet<String> =
        managed(compared).filter_map(|(_, o)| o.owner.as_deref()).filter(ours).map(str::to_string).collect();
    let mut superusers = BTreeSet::new();
    if let Some(client) = &compared.live.client {
        let query = format!(
            "SELECT 'super', rolname FROM pg_catalog.pg_roles WHERE rolsuper UNION ALL \
             SELECT 'record', pg_catalog.pg_get_userbyid(nspowner) FROM pg_catalog.pg_namespace WHERE nspname = {}",
            sql::literal(SCHEMA)
        );
        for row in client.rows(&query).await.map_err(|e| refused(&e))? {
            let name = row.get(1).unwrap_or_default().to_string();
            match row.get(0) {
                Some("super") => drop(superusers.insert(name)),
                // Who writes the record has the rights of whom it belongs to.
                _ if recorded && name != role => drop(owners.insert(name)),
                _ => {}
            }
        }
    }
    let (all, some): (Vec<&String>, Vec<&String>) = owners.iter().partition(|o| superusers.contains(*o));
    script.grants("the rights of those who own what is managed", some.iter().map(|o| sql::ident(o).into_owned()));
    for owner in all {
        // Nobody should become one for this.
        let _ = writeln!(
            script.out,
            "\n-- {owner} is a superuser: give what it owns here to a role that is none, and grant that one; or else\n-- GRANT {} TO {};",
            sql::ident(owner),
            script.role
        );
    }
    // Who owns a schema makes what it likes in it.
    let foreign = |schema: &&str| {
        let of = |id: &Id| kinds::of(id).contains_objects() && *id.name == **schema;
        live.objects.iter().find(|(id, _)| of(id)).and_then(|(_, o)| o.owner.as_ref()).is_none_or(|o| !owners.contains(o))
    };
    let creates = schemas(compared).into_iter().filter(foreign);
    script.grants(
        "objects in schemas that belong to none of these (the model has to say so too, or a plan takes it back)",
        creates.map(|s| format!("USAGE, CREATE ON SCHEMA {}", sql::ident(s))),
    );
    let outside: BTreeSet<&Id> =
        managed(compared).flat_map(|(_, o)| &o.needs).filter(|n| !compared.scope.managed(n) && n.schema.is_some()).collect();
    let used: BTreeSet<&str> = outside.iter().filter_map(|n| n.schema.as_deref()).collect();
    let mut uses: Vec<String> = used.iter().map(|s| format!("USAGE ON SCHEMA {}", sql::ident(s))).collect();
    let keys = managed(compared).filter(|(id, _)| kinds::of(id).namespace() == "constraint").flat_map(|(_, o)| &o.needs);
    let keys: BTreeSet<String> = keys.filter(|n| outside.contains(n) && n.parent.is_some()).map(Id::parent_path).collect();
    uses.extend(keys.into_iter().map(|table| format!("REFERENCES ON TABLE {table}")));
    script.grants("what the model uses and does not manage", uses);
    let database = sql::ident(&live.source.database);
    let new = managed(compared).any(|(id, _)| kinds::of(id).contains_objects() && live.get(id).is_none());
    if new {
        script.grants("schemas that are not there yet", [format!("CREATE ON DATABASE {database}")]);
    }
    if live.source.record == Presence::None && !compared.project.record_off {
        let create = format!("CREATE SCHEMA {SCHEMA} AUTHORIZATION {}", script.role);
        script.section("the record of what is applied", [create]);
    }
    Ok(())
}
