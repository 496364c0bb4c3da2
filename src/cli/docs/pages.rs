//! The pages on the command line, the hazards and the project file.

use std::fmt::Write as _;

use crate::kinds::yaml::{Field, FieldValue};
use crate::model::project;
use crate::plan::step::Hazard;

/// The width of help texts on the page.
const WIDTH: usize = 90;

/// Every command with its help.
pub(super) fn cli() -> String {
    let mut root = crate::cli::command().term_width(WIDTH);
    root.build();
    let mut out = String::from("# Commands\n\n");
    let names: Vec<String> = root.get_subcommands().filter(|c| shown(c)).map(|c| c.get_name().to_string()).collect();
    let _ = writeln!(out, "The same text as `trueup COMMAND --help`. Exit codes have [a page of their own](exit-codes.md).\n");
    for command in root.get_subcommands().filter(|c| shown(c)) {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(out, "- [`{0}`](#trueup-{0}): {about}", command.get_name());
    }
    for name in names {
        let Some(command) = root.find_subcommand_mut(&name) else { continue };
        let help = command.render_long_help().to_string();
        let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
        let _ = writeln!(out, "\n## trueup {name}\n\n```text\n{}\n```", lines.join("\n").trim_end());
    }
    out
}

fn shown(command: &clap::Command) -> bool {
    !command.is_hide_set() && command.get_name() != "help"
}

/// Every hazard.
pub(super) fn hazards() -> String {
    let mut out = String::from(
        "# Hazards\n\nA hazard is a named danger of a step. `plan` shows the hazards of every step. `apply` refuses those that are marked here \
         unless they are allowed: with `--allow data_loss`, for one object with `--allow data_loss:feedback.comment`, for every one with \
         `--allow all`, or for good with `allow` in the [project file](project-file.md). [The page on the concept](../concepts/hazards.md) \
         says what stands behind this.\n\n| hazard | without `--allow` | what it means |\n| --- | --- | --- |\n",
    );
    for hazard in Hazard::ALL {
        let verdict = match hazard {
            h if h.refused_by_default() => "refused",
            h if h.refused_on_large() => "refused on large tables",
            _ => "told",
        };
        let _ = writeln!(out, "| `{}` | {verdict} | {} |", hazard.name(), hazard.doc());
    }
    out
}

/// The keys of trueup.yaml.
pub(super) fn project_file() -> String {
    let mut out = format!(
        "# The project file, `{}`\n\nIt is looked for in the model's folder, then in the folders above it, then in the current folder. All its keys \
         may be left out, and so may the file. `trueup schema --project` prints its JSON Schema.\n\n",
        project::FILE_NAME
    );
    out.push_str("```yaml\n");
    out.push_str(
        "# yaml-language-server: $schema=schema/project.schema.json\ndatabases:\n  staging: \"${env:STAGING_URL}\"\n\
         provided: [supabase]\nsearch_path: [public, extensions]\nignore: [\"table:public.tmp_*\"]\n```\n\n",
    );
    out.push_str(&fields(project::KEYS.iter()));
    out.push_str(
        "\n`${env:NAME}` stands for a variable of the environment; without one the run ends with an error that names it.\n",
    );
    out
}

/// A table of keys.
pub(super) fn fields<'a>(fields: impl Iterator<Item = &'a Field>) -> String {
    let mut out = String::from("| key | value | |\n| --- | --- | --- |\n");
    for field in fields {
        let _ = writeln!(out, "| `{}` | {} | {} |", field.key, value(field.value), field.doc.replace('|', "\\|"));
    }
    out
}

fn value(value: FieldValue) -> String {
    match value {
        FieldValue::Former => "name, or `{name: ..., keep: true}` (columns)".into(),
        FieldValue::Any(words) => words.into(),
        FieldValue::Sql => "SQL".into(),
        FieldValue::Text => "text".into(),
        FieldValue::Name => "name".into(),
        FieldValue::Names => "list of names".into(),
        FieldValue::Flag => "`true`, `false`".into(),
        FieldValue::Choice(words) => words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", "),
        FieldValue::Texts => "mapping of names to texts".into(),
        FieldValue::Members => "list of roles, or mapping of roles to lists of options".into(),
        FieldValue::Rules([]) => "list of patterns, or mapping to lists of patterns".into(),
        FieldValue::Rules(words) => {
            format!("{}, a list of them, or a mapping", words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", "))
        }
        FieldValue::Grants => "mapping of roles to lists of privileges".into(),
    }
}
