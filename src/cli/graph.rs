//! `trueup graph`

use std::fmt::Write as _;
use std::path::PathBuf;

use super::{End, output};
use crate::diagnostic::Failure;
use crate::diff::scope::matches;
use crate::kinds;
use crate::model::{self, Project};
use crate::{shadow, side};

/// Draw what depends on what in the model, as a Graphviz or Mermaid graph
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The model: a folder of YAML, or one file
    #[arg(default_value = "schema", value_name = "MODEL")]
    model: PathBuf,
    /// Only objects that match, as for plan
    #[arg(long, value_name = "WHAT")]
    only: Vec<String>,
    /// The language of the graph
    #[arg(long, value_name = "FORM", default_value = "mermaid", value_parser = ["mermaid", "dot"])]
    form: String,
}

pub async fn run(args: Args) -> Result<End, Failure> {
    let project = Project::find(&args.model)?;
    let model = model::load(&args.model, &project)?;
    let desired = shadow::desired(&model, &side::request(&project, None, &Default::default())?).await?;
    // Children are drawn as their table; what a reader asks of a picture is what holds what up.
    let top = |id: &crate::catalog::Id| if id.parent.is_some() { id.parent_path() } else { id.own_path() };
    let mut edges = std::collections::BTreeSet::new();
    for (id, object) in &desired.catalog.objects {
        if !args.only.is_empty() && !args.only.iter().any(|p| matches(p, id)) {
            continue;
        }
        for need in &object.needs {
            if !kinds::of(need).contains_objects() && top(need) != top(id) {
                edges.insert((top(id), top(need)));
            }
        }
    }
    let mut text = String::new();
    if args.form == "dot" {
        text.push_str("digraph model {\n  rankdir=LR; node [shape=box];\n");
        for (a, b) in &edges {
            let _ = writeln!(text, "  {:?} -> {:?};", a, b);
        }
        text.push_str("}\n");
    } else {
        let names: Vec<&String> =
            edges.iter().flat_map(|(a, b)| [a, b]).collect::<std::collections::BTreeSet<_>>().into_iter().collect();
        let number = |n: &String| names.binary_search(&n).unwrap_or(0);
        text.push_str("graph LR\n");
        for (i, name) in names.iter().enumerate() {
            let _ = writeln!(text, "  n{i}[\"{}\"]", name.replace('"', "#quot;"));
        }
        for (a, b) in &edges {
            let _ = writeln!(text, "  n{} --> n{}", number(a), number(b));
        }
    }
    output::result(&text);
    Ok(End::Done)
}
