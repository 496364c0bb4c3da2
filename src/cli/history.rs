//! `trueup history`

use std::path::{Path, PathBuf};

use super::{End, output};
use crate::diagnostic::{Diagnostic, Failure};
use crate::model::Project;
use crate::pg::{self, Client, Settings};
use crate::record;
use crate::report::{Form, FormKind, history};
use crate::side::Side;

/// Show what was applied, when and by whom
///
/// Reads the record that `apply` and `rollback` keep in schema `trueup` of the database. `history show N` is the report on one of
/// them: what it did to which objects, with which SQL, how long it took and what was checked.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    of: Of,
    /// How many are listed, the newest first
    #[arg(long, short = 'n', value_name = "COUNT", default_value_t = 20)]
    last: usize,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Show one of them: the report that nobody has to write
    Show(Show),
    /// Drop what is kept of dropped tables and columns and over its time (`keep_dropped`)
    Prune(Prune),
}

#[derive(Debug, clap::Args)]
struct Prune {
    #[command(flatten)]
    of: Whose,
    /// Also what is not over its time
    #[arg(long)]
    all: bool,
}

#[derive(Debug, clap::Args)]
struct Show {
    /// Which one; the last without
    #[arg(value_name = "N")]
    number: Option<i64>,
    #[command(flatten)]
    of: Of,
    /// The same as --report markdown
    #[arg(long)]
    markdown: bool,
}

/// Whose record.
#[derive(Debug, clap::Args)]
struct Whose {
    /// The database: a name in trueup.yaml, or a URL
    ///
    /// Without it DATABASE_URL is used, then libpq's own variables and files (PGHOST, PGSERVICE, .pgpass).
    #[arg(long, value_name = "DB")]
    db: Option<String>,
    /// The model's folder, in which trueup.yaml is looked for
    #[arg(long, value_name = "MODEL", default_value = "schema")]
    model: PathBuf,
}

/// Whose record, and how it is shown.
#[derive(Debug, clap::Args)]
struct Of {
    #[command(flatten)]
    whose: Whose,
    /// The form of the result: text, json or markdown, each with `=FILE` for a file
    #[arg(long, value_name = "KIND[=FILE]")]
    report: Vec<String>,
}

impl Of {
    fn forms(&self) -> Result<Vec<Form>, Failure> {
        if self.report.is_empty() { Ok(vec![Form::parse("text")?]) } else { self.report.iter().map(|r| Form::parse(r)).collect() }
    }
}

pub async fn run(args: Args) -> Result<End, Failure> {
    match args.command {
        Some(Command::Show(show)) => one(show).await,
        Some(Command::Prune(prune)) => drop_kept(&prune).await,
        None => list(&args.of, args.last).await,
    }
}

async fn list(of: &Of, last: usize) -> Result<End, Failure> {
    let forms = of.forms()?;
    let (client, _) = database(of.whose.db.as_deref(), &of.whose.model).await?;
    must_have_record(&client).await?;
    let applied = record::list(&client, last).await?;
    for form in &forms {
        let rendered = match form.kind {
            FormKind::Text => history::list(&applied),
            FormKind::Markdown => history::list_markdown(&applied),
            FormKind::Json => serde_json::to_string_pretty(&applied).unwrap_or_default() + "\n",
        };
        output::form(form, &rendered)?;
    }
    Ok(End::Done)
}

async fn drop_kept(prune: &Prune) -> Result<End, Failure> {
    let (client, _) = database(prune.of.db.as_deref(), &prune.of.model).await?;
    must_have_record(&client).await?;
    let dropped = record::prune(&client, prune.all).await?;
    for object in &dropped {
        output::result(&format!("dropped what was kept of {object}\n"));
    }
    if dropped.is_empty() {
        output::result("nothing is kept over its time\n");
    }
    Ok(End::Done)
}

async fn one(show: Show) -> Result<End, Failure> {
    let mut forms = show.of.forms()?;
    if show.markdown {
        forms = vec![Form::parse("markdown")?];
    }
    let (client, settings) = database(show.of.whose.db.as_deref(), &show.of.whose.model).await?;
    must_have_record(&client).await?;
    let number = match show.number {
        Some(number) => number,
        None => record::list(&client, 1).await?.first().map(|a| a.number).unwrap_or_default(),
    };
    let applied = record::load(&client, number).await?;
    for form in &forms {
        let rendered = match form.kind {
            FormKind::Text => history::one(&applied, settings.dbname()),
            FormKind::Markdown => history::one_markdown(&applied, settings.dbname()),
            FormKind::Json => serde_json::to_string_pretty(&applied).unwrap_or_default() + "\n",
        };
        output::form(form, &rendered)?;
    }
    Ok(End::Done)
}

/// Connects to a database that was named, or is the environment's.
///
/// # Errors
/// When it is no database, or there is no connection.
pub(super) async fn database(db: Option<&str>, model: &Path) -> Result<(Client, Settings), Failure> {
    let project = Project::find(model)?;
    let side = match db {
        Some(db) => Side::open(db, &project)?,
        None => Side::from_environment()?,
    };
    let Side::Live(settings) = side else {
        return Err(Diagnostic::error("not-a-database", "a file has no record").help("name a database with --db").into());
    };
    let client = pg::connect(&settings).await?;
    output::diagnostics(settings.warnings());
    Ok((client, *settings))
}

/// # Errors
/// When there is no record, or this role may not read it.
pub(super) async fn must_have_record(client: &Client) -> Result<(), Failure> {
    let why = match record::presence(client).await? {
        record::Presence::Readable => return Ok(()),
        record::Presence::Hidden => "this role may not read the record of this database",
        record::Presence::None => "this database has no record of what was applied",
    };
    Err(Diagnostic::error("no-record", why)
        .note("`apply` keeps it in schema `trueup`, unless that is turned off or its role may not create it")
        .into())
}
