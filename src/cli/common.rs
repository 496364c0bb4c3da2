//! What several commands share: the model and the live side, the scope, and the comparison of the two.

use std::path::PathBuf;

use clap::Args;

use super::output;
use crate::catalog::{Catalog, Detail, Id, Source};
use crate::data::{self, Data, Resolved, Standing, Verification};
use crate::diagnostic::{Diagnostic, Failure, Place};
use crate::diff::Difference;
use crate::diff::scope::{Scope, matches};
use crate::drift::pending::Former;
use crate::kinds::{self, KINDS};
use crate::model::project::Manage;
use crate::model::rules::managed_words;
use crate::model::{self, Project};
use crate::plan::{
    self,
    rename::{self, Rename},
};
use crate::report::Form;
use crate::report::text::Invocation;
use crate::shadow::{self, Request, Shadow, build::Desired, rebuild};
use crate::side::{self, Live, Side, Wanted};

/// Where models are built.
#[derive(Debug, Clone, Args)]
pub struct ShadowArgs {
    /// Where the shadow is: `installed`, `fetched`, a URL, or `live`
    ///
    /// With a URL, a scratch database is made on that server and dropped at the end; its role needs CREATEDB, and CREATEROLE
    /// where the model names roles that the server lacks. `live` is the same on the live side's own server.
    #[arg(long, value_name = "WHERE")]
    pub shadow: Option<String>,
    /// Build the model anew, whatever the cache has
    #[arg(long)]
    pub no_cache: bool,
}

impl ShadowArgs {
    /// What the command says about the shadow.
    pub fn wanted(&self) -> Wanted {
        Wanted { place: self.shadow.clone(), no_cache: self.no_cache, major: None }
    }
}

/// The model and what it is compared with.
#[derive(Debug, Clone, Args)]
pub struct Sides {
    /// The model: a folder of YAML, or one file
    #[arg(default_value = "schema", value_name = "MODEL")]
    pub model: PathBuf,
    /// The live side: a name in trueup.yaml, a URL, or a snapshot file
    ///
    /// Without it DATABASE_URL is used, then libpq's own variables and files (PGHOST, PGSERVICE, .pgpass).
    #[arg(long, value_name = "DB")]
    pub db: Option<String>,
    /// What is compared
    ///
    /// `declared`: the schemas that the model declares. `listed`: only the objects in the model. `all`: every schema but
    /// PostgreSQL's own, and what belongs to the database.
    ///
    /// What has to be asked for is named beside it: `--manage declared,roles`.
    #[arg(long, value_name = "SCOPE", value_delimiter = ',', value_parser = ["declared", "listed", "all", "roles"])]
    pub manage: Vec<String>,
    /// Only a part: `kind:pattern`, `pattern`, or `group:NAME`; `*` stands for anything
    ///
    /// What the selection needs is taken along. May be given several times.
    #[arg(long, value_name = "WHAT")]
    pub only: Vec<String>,
    /// The form of the result: text, json or markdown, each with `=FILE` for a file
    #[arg(long, value_name = "KIND[=FILE]")]
    pub report: Vec<String>,
    #[command(flatten)]
    pub shadow: ShadowArgs,
}

impl Sides {
    /// The forms that were asked for; text when none was.
    ///
    /// # Errors
    /// When there is no such form.
    pub fn forms(&self) -> Result<Vec<Form>, Failure> {
        if self.report.is_empty() {
            return Ok(vec![Form::parse("text")?]);
        }
        self.report.iter().map(|r| Form::parse(r)).collect()
    }

    /// How the commands under a report are called.
    pub fn invocation(&self, live: &Live) -> Invocation {
        let mut arguments = self.model.display().to_string();
        if let Some(db) = &self.db {
            // A URL may hold a password.
            let shown = if db.contains("://") { "URL" } else { db };
            arguments.push_str(&format!(" --db {shown}"));
        }
        if !self.manage.is_empty() {
            arguments.push_str(&format!(" --manage {}", self.manage.join(",")));
        }
        if let Some(shadow) = &self.shadow.shadow {
            arguments.push_str(&format!(" --shadow {}", if shadow.contains("://") { "URL" } else { shadow }));
        }
        Invocation { arguments, applicable: live.client.is_some() }
    }
}

/// Everything of one comparison.
pub struct Compared {
    /// The project's settings.
    pub project: Project,
    /// The live side.
    pub live: Live,
    /// The model's meaning.
    pub desired: Desired,
    /// What counts.
    pub scope: Scope,
    /// What differs.
    pub differences: Vec<Difference>,
    /// Renames that have not happened yet; the differences are those that are left after them.
    pub renames: Vec<Rename>,
    /// The live side as it is before the renames.
    pub live_now: Option<Catalog>,
    /// Where the live side came from.
    pub live_side: Side,
    /// The shadow that was asked for.
    pub request: Request,
    /// A digest of what the model means, when the comparison is for a plan.
    pub model_digest: Option<String>,
    /// What the model asks of the rows.
    pub verify: Vec<Verification>,
    /// What it says of rows.
    pub of_rows: Resolved,
    /// How the rows stand, once they have been looked at.
    pub rows: Standing,
}

impl Compared {
    /// Where an object stands in the model.
    pub fn origin(&self, id: &Id) -> Option<String> {
        self.desired.origin(id).map(Place::short)
    }

    /// Looks at the rows that the model says something of.
    ///
    /// # Errors
    /// A value that its column does not take.
    pub async fn look(&mut self) -> Result<(), Failure> {
        let former = Former::of(&self.renames, self.live_now.as_ref());
        let live = data::Live {
            client: self.live.client.as_ref(),
            catalog: &self.live.catalog,
            former: &former,
            path: &self.project.search_path,
        };
        self.rows = data::look(&self.of_rows, &live).await?;
        Ok(())
    }
}

/// Reads both sides and compares them. `detail` is what the command wants to know of them; the two catalogs may hold more.
///
/// # Errors
/// Whatever is wrong with either.
pub async fn compare(args: &Sides, detail: Detail) -> Result<Compared, Failure> {
    let project = Project::find(&args.model)?;
    // What is selected takes along what it needs, and what is left out what belongs to it.
    let follows = !args.only.is_empty() || !project.rules.ignore.is_empty();
    let detail = if follows { Detail::Dependencies } else { detail };
    let live_side = match &args.db {
        Some(db) => Side::open(db, &project)?,
        None => Side::from_environment()?,
    };
    // The files, and what the cache has of them, are read while the live side answers.
    let (tell, told) = std::sync::mpsc::channel::<Source>();
    let (path, settings, side, wanted) = (args.model.clone(), project.clone(), live_side.clone(), args.shadow.wanted());
    let loading = tokio::task::spawn_blocking(move || {
        let files = if detail == Detail::Contents { model::files(&path, &settings) } else { None };
        let told = || told.recv().ok().and_then(|s| side::request(&settings, Some((&side, Some(&s))), &wanted).ok());
        let request = files.as_ref().and_then(|_| told());
        if let (Some(files), Some(request)) = (&files, &request)
            && let Some(desired) = shadow::cached_files(files, request)
        {
            return Ok((None, Some(desired)));
        }
        let model = model::load(&path, &settings)?;
        let cached = request.or_else(told).and_then(|r| shadow::cached(&model, files.as_ref(), &r, detail));
        Ok::<_, Failure>((Some(model), cached))
    });
    // It goes with the reading, so that nobody waits for what will not be told; who has stopped listening says why itself.
    let told = move |source: &Source| drop(tell.send(source.clone()));
    let live = side::read_live_telling(&live_side, &args.shadow.wanted(), detail, told).await;
    let loaded = loading.await.map_err(|e| Diagnostic::error("model", "the model could not be read").note(e.to_string()))?;
    let ((model, cached), mut live) = (loaded?, live?);
    output::diagnostics(&live.warnings);
    output::diagnostics(&kinds::secret::unset());
    let request = side::request(&project, Some((&live_side, Some(&live.catalog.source))), &args.shadow.wanted())?;
    let known = model.is_none();
    // Files that say something of rows are always read.
    let data = model.as_ref().map(|m| m.data.clone()).unwrap_or_default();
    data::one_under_two_names(&data, &live.catalog)?;
    let Data { mut verify, rows, backfills, .. } = data;
    let cached = match cached {
        Some(desired) if shadow::still(&desired, &request).await => Some(desired),
        _ => None,
    };
    let mut desired = match (cached, model) {
        (Some(desired), _) => desired,
        (None, Some(model)) => shadow::desired(&model, &request).await?,
        (None, None) => shadow::desired(&model::load(&args.model, &project)?, &request).await?,
    };
    output::stood_in(&desired);
    let model_digest = (detail == Detail::Dependencies).then(|| plan::fingerprint(&desired.catalog));
    if detail == Detail::Contents && live.catalog.source.major() != desired.catalog.source.major() {
        // One of them is built anew by a plan, which has an order.
        return Box::pin(compare(args, Detail::Dependencies)).await;
    }
    let mut scope = scope(&args.manage, &project, &desired)?.over(&live.catalog, &desired.catalog);
    let mut renames = rename::pending(&live.catalog, &desired, |id| scope.managed(id))?;
    renames.extend(rename::followers(&live.catalog, &mut desired).into_iter().filter(|r| scope.managed(&r.to)));
    let mut live_now = None;
    if !renames.is_empty() {
        if detail == Detail::Contents {
            return Box::pin(compare(args, Detail::Dependencies)).await;
        }
        let shadow = Shadow::start(&request).await?;
        let renamed = rebuild::renamed(&shadow.session("renames").await?, &live.catalog, &renames).await?;
        let followers = rename::following(&renamed, &desired.catalog, &renames);
        let renamed = if followers.is_empty() {
            renamed
        } else {
            renames.extend(followers);
            rebuild::renamed(&shadow.session("followers").await?, &live.catalog, &renames).await?
        };
        live_now = Some(std::mem::replace(&mut live.catalog, renamed));
        scope = scope.over(&live.catalog, &desired.catalog);
    }
    let comparable = comparable(&live.catalog, &desired.catalog, &request).await?;
    let differences = scope.differences(comparable.as_ref().unwrap_or(&live.catalog), &desired.catalog);
    if !(rows.is_empty() && backfills.is_empty() || differences.is_empty()) && detail == Detail::Contents {
        // What rows are compared depends on what becomes of the types of their columns.
        return Box::pin(compare(args, Detail::Dependencies)).await;
    }
    if known && !differences.is_empty() {
        let model = model::load(&args.model, &project)?;
        if let Some(noted) = shadow::cached(&model, None, &request, detail) {
            desired.notes = noted.notes;
        }
    }
    if !args.only.is_empty() {
        scope.only_some = true;
        scope.only = selected(&args.only, &live.catalog, &desired, &differences)?;
    }
    let differences = differences.into_iter().filter(|d| scope.holds(d.id())).collect();
    if scope.only_some {
        renames.retain(|r| scope.holds(&r.to));
        // They are of the whole.
        verify.clear();
    }
    verify = data::asked_in(verify, args.db.as_deref(), &project)?;
    let mut of_rows = data::resolve(&Data { rows, backfills, ..Data::default() }, &desired.catalog)?;
    let model_digest = model_digest.map(|digest| of_rows.digest(digest));
    of_rows.tables.retain(|t| scope.holds(&t.id));
    of_rows.backfills.retain(|(id, _)| scope.holds(id));
    Ok(Compared {
        project,
        live,
        desired,
        scope,
        differences,
        renames,
        live_now,
        live_side,
        request,
        model_digest,
        verify,
        of_rows,
        rows: Standing::default(),
    })
}

/// The live catalog as the server prints it on which the desired one was built; `None` when that is how it is.
///
/// # Errors
/// No server to be had.
pub async fn comparable(live: &Catalog, desired: &Catalog, request: &Request) -> Result<Option<Catalog>, Failure> {
    let translated = rebuild::translate(&[live], desired.source.major(), request).await?.pop().flatten();
    Ok(translated.map(|t| {
        output::diagnostics(&t.warnings);
        t.catalog
    }))
}

/// The scope of a project, a flag and a model; what the rules leave out is known when they have seen both sides.
///
/// # Errors
/// A flag that names nothing.
pub fn scope(words: &[String], project: &Project, desired: &Desired) -> Result<Scope, Failure> {
    let (mut manage, mut rules) = (project.manage, project.rules.clone());
    managed_words(words, &mut manage, &mut rules)
        .map_err(|word| Diagnostic::error("wrong-usage", format!("--manage does not know `{word}`")))?;
    Ok(Scope {
        manage,
        schemas: desired.schemas.clone(),
        listed: desired.listed.clone(),
        provided: desired.provided.clone(),
        rules,
        ..Scope::default()
    })
}

/// The scope of a database that is brought into a model that is not there yet: all of it that the project's rules let through.
///
/// # Errors
/// A flag that names nothing.
pub fn scope_of_all(words: &[String], project: &Project, live: &Catalog) -> Result<Scope, Failure> {
    let scope = scope(words, project, &Desired::default())?;
    let mut scope = Scope { manage: Manage::All, ..scope }.over(live, &Catalog::default());
    // Everything is listed because it is there, which is no word of a model against a profile's: so not before the rules.
    scope.listed = live.objects.keys().cloned().collect();
    Ok(scope)
}

/// The differences that patterns select, with what they need and what is made of them.
///
/// # Errors
/// A pattern that selects nothing.
pub fn selected(
    patterns: &[String],
    live: &Catalog,
    desired: &Desired,
    differences: &[Difference],
) -> Result<std::collections::BTreeSet<Id>, Failure> {
    let mut chosen = std::collections::BTreeSet::new();
    for pattern in patterns {
        let group = pattern.strip_prefix("group:");
        let kind = KINDS.iter().find(|k| k.name() == pattern || k.label().1 == pattern).map(|k| k.name());
        let hits = |id: &Id| match (group, kind) {
            (Some(group), _) => desired.notes.get(id).and_then(|n| n.group.as_deref()) == Some(group),
            (_, Some(kind)) => id.kind == kind,
            _ => matches(pattern, id),
        };
        let known: Vec<&Id> = live.objects.keys().chain(desired.catalog.objects.keys()).filter(|id| hits(id)).collect();
        if known.is_empty() {
            return Err(Diagnostic::error("nothing-selected", format!("`--only {pattern}` selects nothing"))
                .help("patterns are `kind:name`, `name`, `table.column`, `group:NAME`; `*` stands for anything")
                .into());
        }
        chosen.extend(known.into_iter().cloned());
    }
    let different: std::collections::BTreeSet<&Id> = differences.iter().map(Difference::id).collect();
    let mut open: Vec<Id> = chosen.iter().cloned().collect();
    while let Some(id) = open.pop() {
        let needs = desired.catalog.get(&id).into_iter().flat_map(|o| &o.needs).filter(|n| different.contains(n));
        // A table comes with its columns and defaults; a column with its default.
        let parts = different.iter().copied().filter(|d| {
            let of_table = d.parent.as_deref() == Some(&*id.name) && d.schema == id.schema && id.parent.is_none();
            let of_column = d.parent == id.parent
                && d.name == id.name
                && d.schema == id.schema
                && id.parent.is_some()
                && kinds::of(d).goes_with_owner();
            (of_table && kinds::of(&id).holds_data()) || of_column
        });
        let more: Vec<Id> = needs.chain(parts).cloned().collect();
        for id in more {
            if chosen.insert(id.clone()) {
                open.push(id);
            }
        }
    }
    Ok(chosen)
}
