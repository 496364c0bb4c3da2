//! Reading the files of a model.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::entries::Walk;
use super::{Model, Project};
use crate::catalog::Id;
use crate::data::{Data, ROOMS, Room};
use crate::diagnostic::{Diagnostic, Failure, Place, Result, SourceFile};
use crate::digest::{self, Digest, Sha256};
use crate::kinds::{self, yaml::Declaration};
use crate::sql::lex;
use crate::yaml;

/// The largest file that is read, in bytes; a model of thousands of tables stays far below.
const MAX_FILE: u64 = 64 * 1024 * 1024;

/// Reads every `.yaml` and `.yml` file under a folder (or one file), with the provided sets that the project names.
///
/// # Errors
/// All that is wrong with the files, in order of file and line.
pub fn load(path: &Path, project: &Project) -> Result<Model> {
    let mut errors = Vec::new();
    let mut model = Model { search_path: project.search_path.clone(), ..Model::default() };
    let files = if path.is_dir() { list(path, project, &mut errors) } else { vec![path.to_path_buf()] };
    if path.is_dir() && files.is_empty() && errors.is_empty() {
        errors.push(
            Diagnostic::error("empty-model", format!("there are no YAML files in {}", path.display()))
                .help("name the folder of the model: `trueup plan schema/`")
                .help("to begin from a database: `trueup init --db URL`"),
        );
    }
    for set in &project.provided {
        load_provided(set, project, &mut model, &mut errors);
    }
    for file in files {
        if let Some(source) = read(&file, &mut errors) {
            read_file(&source, &mut model, &mut errors, false);
        }
    }
    model.declarations.iter().filter_map(two_statements).for_each(|e| errors.push(e));
    twice(&model.data, &mut errors);
    finish(&mut model, &mut errors);
    let place = |d: &Diagnostic| d.place.as_ref().map(|p| (p.file.path.clone(), p.span.start));
    errors.sort_by_key(place);
    if errors.is_empty() { Ok(model) } else { Err(Failure { diagnostics: errors }) }
}

/// Adds a ready-made provided set, or a file of one, to a model.
pub fn load_provided(set: &str, project: &Project, model: &mut Model, errors: &mut Vec<Diagnostic>) {
    let source = match set {
        "supabase" => Some(Arc::new(SourceFile {
            path: PathBuf::from("provided/supabase.yaml"),
            text: include_str!("provided/supabase.yaml").to_string(),
        })),
        "supabase_defaults" => Some(Arc::new(SourceFile {
            path: PathBuf::from("provided/supabase_defaults.yaml"),
            text: include_str!("provided/supabase_defaults.yaml").to_string(),
        })),
        file if is_file(file) => read(&project.root.join(file), errors),
        other => {
            errors.push(
                Diagnostic::error("unknown-provided", format!("there is no provided set called `{other}`"))
                    .help("the ready-made sets are: supabase, supabase_defaults")
                    .help("for your own, name a YAML file: `provided: [provided.yaml]`"),
            );
            None
        }
    };
    if let Some(source) = source {
        let declared = std::mem::take(&mut model.schemas);
        read_file(&source, model, errors, true);
        model.schemas = declared;
    }
}

/// A digest of everything that [`load`] reads.
#[derive(Debug, Clone)]
pub struct Files(pub String);

/// The files of a model, unread; `None` when one cannot be read, or when what they mean is not said by them alone
/// (`${env:NAME}`, `body_file`), or they say something of rows, which no catalog has.
pub fn files(path: &Path, project: &Project) -> Option<Files> {
    let mut errors = Vec::new();
    let mut hash = Sha256::new();
    hash.update(format!("{project:?}\0"));
    let own = project.provided.iter().filter(|set| is_file(set)).map(|set| project.root.join(set));
    let listed = if path.is_dir() { list(path, project, &mut errors) } else { vec![path.to_path_buf()] };
    for file in own.chain(listed) {
        let source = read(&file, &mut errors)?;
        let of_rows = |room: &&Room| source.text.contains(&format!("{}:", room.section.key));
        if ["${", "body_file", "keep:"].iter().any(|word| source.text.contains(word)) || ROOMS.iter().any(of_rows) {
            return None;
        }
        hash.update(format!("{}\0{}\0", source.path.display(), source.text.len()));
        hash.update(&source.text);
    }
    errors.is_empty().then(|| Files(digest::hex(hash, 32)))
}

fn is_file(set: &str) -> bool {
    set.ends_with(".yaml") || set.ends_with(".yml")
}

/// Whether a folder holds files of a model.
pub fn has_files(folder: &Path, project: &Project) -> bool {
    folder.is_dir() && !list(folder, project, &mut Vec::new()).is_empty()
}

fn list(folder: &Path, project: &Project, errors: &mut Vec<Diagnostic>) -> Vec<PathBuf> {
    let own: HashSet<PathBuf> = project.provided.iter().filter_map(|p| project.root.join(p).canonicalize().ok()).collect();
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        let entries = match std::fs::read_dir(&next) {
            Ok(entries) => entries,
            Err(error) => {
                errors.push(unreadable(&next, &error));
                continue;
            }
        };
        for entry in entries.flatten() {
            let path = entry.path();
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with('.') {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if (name.ends_with(".yaml") || name.ends_with(".yml"))
                && name != super::project::FILE_NAME
                && !path.canonicalize().is_ok_and(|p| own.contains(&p))
            {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn read(path: &Path, errors: &mut Vec<Diagnostic>) -> Option<Arc<SourceFile>> {
    let bytes = match std::fs::metadata(path) {
        Ok(meta) if meta.len() > MAX_FILE => {
            errors.push(
                Diagnostic::error("file-too-large", format!("{} is {} MB", path.display(), meta.len() / 1_000_000))
                    .note("files of a model are read up to 64 MB")
                    .help("split it: the same model may stand in any number of files"),
            );
            return None;
        }
        Ok(_) => std::fs::read(path),
        Err(error) => Err(error),
    };
    match bytes.map(String::from_utf8) {
        Ok(Ok(text)) => Some(Arc::new(SourceFile { path: path.to_path_buf(), text })),
        Ok(Err(error)) => {
            let at = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..at].iter().filter(|b| **b == b'\n').count() + 1;
            errors.push(
                Diagnostic::error("not-utf8", format!("{} is not UTF-8 text", path.display()))
                    .note(format!("byte {at}, in line {line}, does not belong to any character"))
                    .help("save the file as UTF-8; `iconv -f latin1 -t utf8` converts the most common other encoding"),
            );
            None
        }
        Err(error) => {
            errors.push(unreadable(path, &error));
            None
        }
    }
}

/// SQL that goes on after a semicolon: what comes after it would run unseen, and could undo what the rest of the model says.
/// An SQL-standard body holds semicolons of its own, and so do the actions of a rule, in parentheses.
fn two_statements(declaration: &Declaration) -> Option<Diagnostic> {
    let (_, piece) = declaration.statements.iter().find_map(|statement| {
        let tokens = lex::tokens(&statement.sql);
        if tokens.iter().any(|t| t.is_word(&statement.sql, "atomic")) {
            return None;
        }
        let mut depth = 0_i32;
        let end = tokens.iter().position(|t| {
            let symbol = |text| t.is_symbol(&statement.sql, text);
            depth += i32::from(symbol("(")) - i32::from(symbol(")"));
            depth <= 0 && symbol(";")
        })?;
        let next = tokens.get(end + 1)?;
        statement.pieces.iter().find(|(range, _)| range.contains(&next.span.start))
    })?;
    Some(
        Diagnostic::error("two-statements", "this SQL goes on after its semicolon")
            .at(piece)
            .label("one definition holds one statement")
            .help("take out the semicolon and what follows it; other objects have entries of their own"),
    )
}

fn unreadable(path: &Path, error: &std::io::Error) -> Diagnostic {
    let mut diagnostic =
        Diagnostic::error("unreadable-file", format!("{} cannot be read", path.display())).note(error.to_string());
    if error.kind() == std::io::ErrorKind::NotFound {
        diagnostic = diagnostic.help("is the path right? It is relative to the folder that the command runs in");
    } else if error.kind() == std::io::ErrorKind::PermissionDenied {
        diagnostic = diagnostic.help("give the user that runs trueup the right to read it");
    }
    diagnostic
}

fn read_file(source: &Arc<SourceFile>, model: &mut Model, errors: &mut Vec<Diagnostic>, provided: bool) {
    model.files += usize::from(!provided);
    let (mut root, found) = yaml::parse(source);
    let broken = !found.is_empty();
    errors.extend(found);
    let schema = root.get("schema").and_then(|n| n.text()).unwrap_or("public").to_string();
    let two = kinds::former::expand(&mut root, errors);
    model.data.two_names.extend(two.into_iter().map(|two| (schema.clone(), two)));
    if !broken || matches!(root.value, yaml::Value::Map(_)) {
        Walk { model, errors, provided }.file(&root);
    }
}

/// Finds queries with one name: reports and the record know them by it.
fn twice(data: &Data, errors: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<&str, &Place> = HashMap::new();
    for verify in &data.verify {
        if let Some(first) = seen.insert(&verify.name, &verify.origin) {
            errors.push(
                Diagnostic::error("declared-twice", format!("verify `{}` is declared twice", verify.name))
                    .at(&verify.origin)
                    .label("the second time")
                    .note(format!("the first time is at {}", first.short()))
                    .help("give one of them another name"),
            );
        }
    }
}

/// Finds what stands twice and puts the declarations in an order that does not depend on files or keys.
fn finish(model: &mut Model, errors: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<Id, (Place, bool)> = HashMap::new();
    let mut twice: HashSet<(Option<Arc<str>>, Arc<str>)> = HashSet::new();
    let mut kept: Vec<Declaration> = Vec::with_capacity(model.declarations.len());
    for declaration in std::mem::take(&mut model.declarations) {
        match seen.get(&declaration.id) {
            // What the model declares itself replaces what a provided set says of it.
            Some((_, true)) if !declaration.provided => {
                kept.retain(|d| d.id != declaration.id);
            }
            Some((first, _)) => {
                // The same key twice, and what stands in a table that is there twice, has been told already.
                let place = &declaration.origin;
                let told = errors.iter().any(|e| e.place.as_ref() == Some(place));
                let inside =
                    declaration.id.parent.as_ref().is_some_and(|p| twice.contains(&(declaration.id.schema.clone(), p.clone())));
                twice.insert((declaration.id.schema.clone(), declaration.id.name.clone()));
                if told || inside {
                    continue;
                }
                let (one, _) = kinds::of(&declaration.id).label();
                errors.push(
                    Diagnostic::error("declared-twice", format!("{one} `{}` is declared twice", declaration.id.path()))
                        .at(&declaration.origin)
                        .label("the second time")
                        .note(format!("the first time is at {}", first.short()))
                        .help("keep one of them; a table's children may not be spread over files either"),
                );
                continue;
            }
            None => {}
        }
        seen.insert(declaration.id.clone(), (declaration.origin.clone(), declaration.provided));
        kept.push(declaration);
    }
    let mut keyed: Vec<((usize, bool, Id), Declaration)> =
        kept.into_iter().map(|d| ((kinds::rank(d.id.kind), !d.provided, d.id.clone()), d)).collect();
    // Children of one table keep their order among themselves: columns are created in the order in which they are written.
    keyed.sort_by(|a, b| {
        let key = |k: &(usize, bool, Id)| (k.0, k.1, k.2.schema.clone(), k.2.parent.clone());
        let by_parent = key(&a.0).cmp(&key(&b.0));
        if a.0.2.parent.is_some() { by_parent } else { by_parent.then_with(|| a.0.2.cmp(&b.0.2)) }
    });
    model.declarations = keyed.into_iter().map(|(_, d)| d).collect();
}
