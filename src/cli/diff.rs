//! `trueup diff`

use super::common::ShadowArgs;
use super::{End, output};
use crate::diagnostic::Failure;
use crate::diff::rules::Rules;
use crate::diff::scope::Scope;
use crate::drift;
use crate::model::project::Manage;
use crate::model::{self, Project};
use crate::report::{Form, FormKind, markdown, text};
use crate::shadow::build::Desired;
use crate::shadow::{self, rebuild};
use crate::side::{self, Live, Side, Wanted};

/// Compare any two of: model folder, database, snapshot
///
/// Exits with 2 when they differ.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The one side, as it is
    a: String,
    /// The other side, as it is to be
    b: String,
    /// The form of the result: text, json or markdown, each with `=FILE` for a file
    #[arg(long, value_name = "KIND[=FILE]")]
    report: Vec<String>,
    #[command(flatten)]
    shadow: ShadowArgs,
    /// Name everything, however long the list is
    #[arg(long, short)]
    verbose: bool,
}

pub async fn run(args: Args) -> Result<End, Failure> {
    let forms: Vec<Form> = if args.report.is_empty() {
        vec![Form::parse("text")?]
    } else {
        args.report.iter().map(|r| Form::parse(r)).collect::<Result<_, _>>()?
    };
    let here = Project::find(std::path::Path::new("."))?;
    let (a, b) = (Side::open(&args.a, &here)?, Side::open(&args.b, &here)?);
    let (live, desired, words) = read(&a, &b, args.shadow.wanted()).await?;
    let mut scope = scope(&a, &b, &desired, &here.rules).over(&live.catalog, &desired.catalog);
    let differences = scope.differences(&live.catalog, &desired.catalog);
    let report = drift::report(&live.catalog, &desired, &scope, &differences, (live.words.clone(), words));
    for form in &forms {
        let call = text::Invocation { arguments: format!("{} --db {}", shown(&args.b), shown(&args.a)), applicable: false };
        let rendered = match form.kind {
            FormKind::Text => text::drift(&report, &call, args.verbose),
            FormKind::Markdown => markdown::drift(&report),
            FormKind::Json => serde_json::to_string_pretty(&report).unwrap_or_default() + "\n",
        };
        output::form(form, &rendered)?;
    }
    Ok(if report.in_step { End::Done } else { End::Differences })
}

/// Reads both sides, and brings them to one major version: that of the model's shadow, else the newer one.
async fn read(a: &Side, b: &Side, mut wanted: Wanted) -> Result<(Live, Desired, String), Failure> {
    let mut other = None;
    if !matches!(b, Side::Model(_)) {
        let read = side::read_live(b, &wanted).await?;
        wanted.major = Some(read.catalog.source.major());
        other = Some(read);
    }
    let mut live = side::read_live(a, &wanted).await?;
    output::diagnostics(&live.warnings);
    let (mut desired, words, request) = match (b, other) {
        (Side::Model(path), _) => {
            let project = Project::find(path)?;
            let model = model::load(path, &project)?;
            let request = side::request(&project, Some((a, Some(&live.catalog.source))), &wanted)?;
            (shadow::desired(&model, &request).await?, path.display().to_string(), request)
        }
        (_, other) => {
            let other = match other {
                Some(other) => other,
                None => side::read_live(b, &wanted).await?,
            };
            let unsaid: Vec<_> = other.warnings.into_iter().filter(|w| !live.warnings.contains(w)).collect();
            output::diagnostics(&unsaid);
            let request =
                side::request(&Project::find(std::path::Path::new("."))?, Some((a, Some(&live.catalog.source))), &wanted)?;
            (side::as_desired(other.catalog), other.words, request)
        }
    };
    output::stood_in(&desired);
    let major = match (a, b) {
        (_, Side::Model(_)) => desired.catalog.source.major(),
        (Side::Model(_), _) => live.catalog.source.major(),
        _ => live.catalog.source.major().max(desired.catalog.source.major()),
    };
    let mut translated = rebuild::translate(&[&live.catalog, &desired.catalog], major, &request).await?.into_iter();
    if let Some(Some(t)) = translated.next() {
        output::diagnostics(&t.warnings);
        live.catalog = t.catalog;
    }
    if let Some(Some(t)) = translated.next() {
        output::diagnostics(&t.warnings);
        desired.catalog = t.catalog;
    }
    Ok((live, desired, words))
}

fn shown(argument: &str) -> &str {
    if argument.contains("://") { "URL" } else { argument }
}

/// Two databases are compared whole; a model only as far as it declares.
fn scope(a: &Side, b: &Side, desired: &Desired, rules: &Rules) -> Scope {
    let whole = !matches!(a, Side::Model(_)) && !matches!(b, Side::Model(_));
    Scope {
        manage: if whole { Manage::All } else { Manage::Declared },
        schemas: desired.schemas.clone(),
        listed: desired.listed.clone(),
        provided: desired.provided.clone(),
        rules: rules.clone(),
        ..Scope::default()
    }
}
