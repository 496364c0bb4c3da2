//! The project file, `trueup.yaml`: databases, what is managed, what is provided, the search path, the shadow.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::rules;
use crate::apply::Waits;
use crate::diagnostic::{Diagnostic, Failure, Result, SourceFile, closest};
use crate::diff::rules::Rules;
use crate::kinds::yaml::{self, Field, FieldValue};
use crate::plan::online::{Mode, Online};
use crate::yaml::{Node, Value, parse};

/// The name of the project file.
pub const FILE_NAME: &str = "trueup.yaml";

/// The keys of the project file and what they mean, for messages and the reference.
pub const KEYS: &[Field] = &[
    Field {
        key: "databases",
        value: FieldValue::Texts,
        doc: "Names for databases: `{staging: \"${env:STAGING_URL}\"}`. `--db staging` then means that URL.",
    },
    Field {
        key: "manage",
        value: FieldValue::Rules(&["declared", "listed", "all", "roles"]),
        doc: "What is compared: `declared` (the schemas of the model), `listed` (the model's objects alone) or `all`; beside it `roles`, which have to be asked for. As a mapping with rules: `{scope: all, schema: [\"app_*\"], role: [\"app_*\"]}`.",
    },
    Field {
        key: "ignore",
        value: FieldValue::Rules(&[]),
        doc: "What is left alone, as `pattern` or `kind:pattern` with `*`, or by kind, `schema`, `owner`, `extension`, `partition` and `attribute`; `!pattern` makes an exception: `{table: [\"tmp_*\", \"!tmp_keep\"], attribute: [comment]}`.",
    },
    Field {
        key: "profiles",
        value: FieldValue::Names,
        doc: "Ready-made rules for what others make, with what they provide: `supabase`, `pg_partman`, `timescaledb`, `pgmq`.",
    },
    Field {
        key: "provided",
        value: FieldValue::Names,
        doc: "What the model uses and does not manage: ready-made sets (`supabase`) or files.",
    },
    Field {
        key: "search_path",
        value: FieldValue::Names,
        doc: "The schemas in which names without a schema are looked for, after the file's own.",
    },
    Field {
        key: "owner",
        value: FieldValue::Name,
        doc: "The role that objects without an owner are taken to belong to, for default privileges.",
    },
    Field { key: "allow", value: FieldValue::Names, doc: "Hazards that apply does not refuse: `[breaks_clients]`." },
    Field {
        key: "online",
        value: FieldValue::Texts,
        doc: "How changes of tables in use are made: `{mode: auto, rows: 100000, bytes: 67108864}`. With `auto` tables with more rows or bytes are changed so that clients go on reading and writing, where PostgreSQL has a way; `always` takes every table so, `never` none.",
    },
    Field {
        key: "locks",
        value: FieldValue::Texts,
        doc: "How long steps wait for locks: `{timeout: 3s, tries: 10, pause: 1s}`. What waits longer gives up, so that others get through, and its phase is tried again; each pause is twice as long as the one before.",
    },
    Field {
        key: "shadow",
        value: FieldValue::Text,
        doc: "Where the shadow is: `installed`, `fetched`, a URL, or `live`, as with `--shadow`.",
    },
    Field {
        key: "record",
        value: FieldValue::Choice(&["on", "off"]),
        doc: "Whether `apply` keeps a record of what it does in schema `trueup` of the database, for `history`, `rollback` and `drift`. It does unless this is `off`.",
    },
    Field {
        key: "keep_dropped",
        value: FieldValue::Text,
        doc: "How long what is in dropped tables and columns is kept, in schema `trueup` of the database: `30d`. A rollback brings it back; after that time `trueup history prune` drops it. Only plain tables are kept, and columns of tables with a primary key.",
    },
    Field {
        key: "before_apply",
        value: FieldValue::Text,
        doc: "A command that runs before the first step of `apply` and `rollback`, a backup say: `pg_dump -Fc -f before.dump`. Its environment names the database as libpq's variables do (PGHOST, PGPORT, PGDATABASE, PGUSER, PGPASSWORD). When it fails, nothing is applied.",
    },
    Field {
        key: "postgres",
        value: FieldValue::Text,
        doc: "The major version of the shadow when there is no live database to ask.",
    },
];

/// What is compared (see the manual's page on scope).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Manage {
    /// The schemas that the model declares.
    #[default]
    Declared,
    /// Only the objects in the model.
    Listed,
    /// Every schema but PostgreSQL's own, and what belongs to the database.
    All,
}

impl Manage {
    /// The word in the project file and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Manage::Declared => "declared",
            Manage::Listed => "listed",
            Manage::All => "all",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        [Manage::Declared, Manage::Listed, Manage::All].into_iter().find(|m| m.name() == word)
    }
}

/// The settings of one project.
#[derive(Debug, Clone, Default)]
pub struct Project {
    /// The folder of the project file, or the current one.
    pub root: PathBuf,
    /// Names for databases, as written (`${env:NAME}` is filled in when one is used).
    pub databases: BTreeMap<String, String>,
    /// What is compared.
    pub manage: Manage,
    /// What is managed and left alone.
    pub rules: Rules,
    /// The profiles whose rules are among them.
    pub profiles: Vec<String>,
    /// Provided sets and files.
    pub provided: Vec<String>,
    /// The search path.
    pub search_path: Vec<String>,
    /// The role that owns what has no owner.
    pub owner: Option<String>,
    /// Hazards that are always allowed.
    pub allow: Vec<String>,
    /// When changes are made past readers and writers.
    pub online: Online,
    /// How long steps wait for locks.
    pub waits: Waits,
    /// The shadow's server.
    pub shadow: Option<String>,
    /// The shadow's major version without a live side.
    pub postgres: Option<u32>,
    /// Whether no record is kept.
    pub record_off: bool,
    /// How long what is in dropped tables and columns is kept.
    pub keep_dropped: Option<std::time::Duration>,
    /// The command that runs before the first step.
    pub before_apply: Option<String>,
}

impl Project {
    /// Finds the project file for a model: in its folder, in a folder above it, or in the current folder.
    ///
    /// # Errors
    /// When a file is there and wrong.
    pub fn find(model: &Path) -> Result<Project> {
        let start = if model.is_dir() { Some(model) } else { model.parent() };
        let mut folder = start.map(Path::to_path_buf);
        while let Some(at) = folder {
            let file = at.join(FILE_NAME);
            if file.is_file() {
                return Self::read(&file);
            }
            folder = at.parent().filter(|p| !p.as_os_str().is_empty()).map(Path::to_path_buf);
        }
        let here = Path::new(FILE_NAME);
        if here.is_file() { Self::read(here) } else { Ok(Project { search_path: vec!["public".into()], ..Project::default() }) }
    }

    /// Reads a project file.
    ///
    /// # Errors
    /// Everything that is wrong in it.
    pub fn read(file: &Path) -> Result<Project> {
        let text = std::fs::read_to_string(file).map_err(|e| {
            Diagnostic::error("unreadable-file", format!("{} cannot be read", file.display())).note(e.to_string())
        })?;
        Self::from_source(&Arc::new(SourceFile { path: file.to_path_buf(), text }))
    }

    /// Understands the text of a project file.
    ///
    /// # Errors
    /// Everything that is wrong in it.
    pub fn from_source(source: &Arc<SourceFile>) -> Result<Project> {
        let (root, mut errors) = parse(source);
        let mut project = Project {
            root: source.path.parent().map(Path::to_path_buf).unwrap_or_default(),
            search_path: vec!["public".into()],
            ..Project::default()
        };
        for (key, value) in root.entries().unwrap_or_default() {
            project.set(key, value, &mut errors);
        }
        if errors.is_empty() { Ok(project) } else { Err(Failure { diagnostics: errors }) }
    }

    fn provide(&mut self, sets: Vec<String>) {
        for set in sets {
            if !self.provided.contains(&set) {
                self.provided.push(set);
            }
        }
    }

    fn set(&mut self, key: &Node, value: &Node, errors: &mut Vec<Diagnostic>) {
        let word = key.text().unwrap_or_default();
        let names = |node: &Node| yaml::names(node).map(|n| n.into_iter().map(|p| p.text).collect::<Vec<_>>());
        let text = value.text().map(str::to_string);
        let done = match word {
            "databases" => value.entries().map(|entries| {
                self.databases =
                    entries.iter().filter_map(|(k, v)| Some((k.text()?.to_string(), v.text()?.to_string()))).collect();
            }),
            "manage" => {
                rules::manage(value, &mut self.manage, &mut self.rules, errors);
                Some(())
            }
            "ignore" => {
                rules::ignore(value, &mut self.rules, errors);
                Some(())
            }
            "profiles" => names(value).map(|n| {
                for name in &n {
                    let sets = rules::profile(name, value, &mut self.rules, errors);
                    self.provide(sets);
                }
                self.profiles = n;
            }),
            "provided" => names(value).map(|n| self.provide(n)),
            "search_path" => names(value).map(|n| self.search_path = n),
            "allow" => names(value).map(|n| self.allow = n),
            "online" => online(value).map(|o| self.online = o),
            "locks" => waits(value).map(|w| self.waits = w),
            "owner" => text.map(|t| self.owner = Some(t)),
            "shadow" => text.map(|t| self.shadow = Some(t)),
            "record" => match text.as_deref() {
                Some(word @ ("on" | "off")) => {
                    self.record_off = word == "off";
                    Some(())
                }
                _ => None,
            },
            "keep_dropped" => text.and_then(|t| super::duration(&t).ok()).map(|d| self.keep_dropped = Some(d)),
            "before_apply" => text.map(|t| self.before_apply = Some(t)),
            "postgres" => text.and_then(|t| t.parse().ok()).map(|n| self.postgres = Some(n)),
            _ => {
                let mut error = Diagnostic::error("unknown-key", format!("the project file has no key `{word}`")).at(&key.place);
                if let Some(near) = closest(word, KEYS.iter().map(|f| f.key)) {
                    error = error.label(format!("did you mean `{near}`?"));
                }
                errors.push(error.help(format!("the keys are: {}", KEYS.iter().map(|f| f.key).collect::<Vec<_>>().join(", "))));
                return;
            }
        };
        if done.is_none() && !matches!(value.value, Value::Null) {
            let doc = KEYS.iter().find(|f| f.key == word).map_or("", |f| f.doc);
            errors.push(
                Diagnostic::error("wrong-type", format!("`{word}` is not understood"))
                    .at(&value.place)
                    .label(format!("this is {}", value.what()))
                    .help(doc),
            );
        }
    }

    /// Fills in `${env:NAME}`.
    ///
    /// # Errors
    /// When the environment has no such variable.
    pub fn expand(text: &str) -> Result<String> {
        let mut out = String::new();
        let mut rest = text;
        while let Some(start) = rest.find("${env:") {
            out.push_str(&rest[..start]);
            let after = &rest[start + 6..];
            let Some(end) = after.find('}') else { break };
            let name = &after[..end];
            match std::env::var(name) {
                Ok(value) => out.push_str(&value),
                Err(_) => {
                    return Err(Diagnostic::error("missing-environment", format!("the environment has no variable {name}"))
                        .note(format!("it is asked for by `{text}`"))
                        .help(format!("set it: `export {name}=...`"))
                        .into());
                }
            }
            rest = &after[end + 1..];
        }
        out.push_str(rest);
        Ok(out)
    }
}

/// The mapping `online`; `None` when something in it is not understood.
fn online(value: &Node) -> Option<Online> {
    let mut out = Online::default();
    for (key, value) in value.entries()? {
        let text = value.text()?;
        match key.text()? {
            "mode" => out.mode = Mode::parse(text)?,
            "rows" => out.rows = text.parse().ok()?,
            "bytes" => out.bytes = text.parse().ok()?,
            _ => return None,
        }
    }
    Some(out)
}

/// The mapping `locks`; `None` when something in it is not understood.
fn waits(value: &Node) -> Option<Waits> {
    let mut out = Waits::default();
    let time = |text: &str| {
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let number: u64 = digits.parse().ok()?;
        match &text[digits.len()..] {
            "ms" => Some(Duration::from_millis(number)),
            "" | "s" => Some(Duration::from_secs(number)),
            "m" | "min" => Some(Duration::from_secs(number * 60)),
            _ => None,
        }
    };
    for (key, value) in value.entries()? {
        let text = value.text()?;
        match key.text()? {
            "timeout" => out.lock_timeout = time(text)?,
            "pause" => out.pause = time(text)?,
            "tries" => out.tries = text.parse().ok().filter(|n| *n > 0)?,
            _ => return None,
        }
    }
    Some(out)
}
