//! The pages on the YAML: one for each kind that is written, and a table of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use super::pages::fields;
use crate::catalog::Privileges;
use crate::data::{ROOMS, Room, rooms_under};
use crate::kinds::yaml::{Field, FieldValue, Naming, Section, Shape};
use crate::kinds::{KINDS, Kind};
use crate::model::{FILE_KEYS, fields_of, sections_under};

fn written() -> impl Iterator<Item = (&'static dyn Kind, &'static Section)> {
    KINDS.iter().filter_map(|k| k.section().map(|s| (*k, s)))
}

/// The table of sections.
pub(super) fn index() -> String {
    let mut out = String::from(
        "# The YAML\n\n\
         YAML gives the names and the structure; a definition is the SQL that PostgreSQL would read after the name. Where an object \
         needs more than SQL says (a comment, an old name, grants), its definition becomes a mapping. \
         [What breaks SQL in YAML](traps.md) has a page of its own. `trueup schema` prints a JSON Schema; an editor completes with it \
         when a file's first line is `# yaml-language-server: $schema=` and the path to it.\n\n\
         A file may hold any sections, and a model any number of files, split in any way. At the top of a file:\n\n",
    );
    let top: Vec<Field> = FILE_KEYS.iter().map(|(key, doc)| Field { key, value: FieldValue::Name, doc }).collect();
    out.push_str(&fields(top.iter()));
    out.push_str("\n| section | stands | what |\n| --- | --- | --- |\n");
    for (kind, section) in written() {
        let _ = writeln!(out, "| [`{}`](yaml/{}.md) | {} | {} |", section.key, kind.name(), stands(section), section.doc);
    }
    out.push_str(
        "\nAnd what belongs to the rows, which is no object of a catalog:\n\n| section | stands | what |\n| --- | --- | --- |\n",
    );
    for section in ROOMS.iter().map(|r| r.section) {
        let _ = writeln!(out, "| [`{0}`](yaml/{0}.md) | {1} | {2} |", section.key, stands(section), section.doc);
    }
    out.push_str(
        "\nNames without a schema belong to the file's `schema`, or to `public`. In SQL they are looked for in the file's schema first \
         and then along the project's `search_path`. A key is a name as it is written: `Mixed Case` needs no quotes of SQL.\n",
    );
    out
}

fn stands(section: &Section) -> String {
    let place = |u: &&str| if u.is_empty() { "at the top".to_string() } else { format!("in an entry of `{u}`") };
    section.under.iter().map(place).collect::<Vec<_>>().join(", ")
}

/// A page for each kind. What its room's heading says is read from the source.
pub(super) fn pages(root: &Path) -> Vec<(&'static str, String)> {
    let rooms = rooms(&root.join("src/kinds"));
    let kinds = written().map(|(kind, section)| (kind.name(), page(kind, section, rooms.get(section.key))));
    kinds.chain(ROOMS.iter().map(|room| (room.section.key, page_of_rows(room)))).collect()
}

/// The page of a section that says something of rows.
fn page_of_rows(room: &Room) -> String {
    let section = room.section;
    let shape = if section.shape == Shape::Single { "It is a mapping." } else { "An entry is `name:` and a mapping." };
    let mut out = format!("# {}\n\n{}\n\n```yaml\n{}```\n\n", capital(room.title), section.doc, section.example);
    let _ = writeln!(out, "Stands {}. {shape}\n", stands(section));
    out.push_str(&fields(section.fields.iter()));
    let _ = writeln!(out, "\n{}", room.more);
    out
}

fn capital(text: &str) -> String {
    let mut title = text.to_string();
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    title
}

fn page(kind: &'static dyn Kind, section: &'static Section, room: Option<&String>) -> String {
    let title = capital(kind.label().1);
    let mut out = format!("# {title}\n\n{}\n\n```yaml\n{}```\n\n", section.doc, section.example);
    let _ = writeln!(out, "Stands {}. {}\n", stands(section), shape(section));
    out.push_str(&fields(fields_of(kind, section).into_iter()));
    let children = sections_under(section.key).map(|(k, s)| (s.key, k.name()));
    let children = children.chain(rooms_under(section.key).map(|r| (r.section.key, r.section.key)));
    let children: Vec<String> = children.map(|(key, page)| format!("[`{key}`]({page}.md)")).collect();
    if !children.is_empty() {
        let _ = writeln!(out, "\nIn it stand {}.", children.join(", "));
    }
    if let Some(grants) = kind.grants().filter(|g| !g.letters.is_empty()) {
        let words = Privileges::from_items([format!("x={}/y", grants.letters).as_str()], "", "");
        let words: Vec<String> = words.0.values().flatten().map(|w| format!("`{w}`")).collect();
        let public = match grants.public {
            [] => "nothing".to_string(),
            list => list.iter().map(|p| format!("`{p}`")).collect::<Vec<_>>().join(", "),
        };
        let _ = writeln!(out, "\nPrivileges: {}, or `all`. PUBLIC has {public} to begin with.", words.join(", "));
    }
    if let Some(text) = room {
        let _ = write!(out, "\n## How it changes\n\n{text}\n");
    }
    out
}

fn shape(section: &Section) -> &'static str {
    match (section.shape, section.naming) {
        (Shape::Sql, Naming::Routine) => "An entry is `name(arguments): SQL`, or a mapping.",
        (Shape::Mapping, Naming::Routine) => "An entry is `name(arguments):` and a mapping.",
        (Shape::Sql, _) => "An entry is `name: SQL`, or a mapping.",
        (Shape::Mapping, _) => "An entry is `name:` and a mapping, or nothing.",
        (Shape::Names, _) => "An entry is `name: [a, b]`, or a mapping.",
        (Shape::Single, _) => "There is one, without a name: a list, SQL, or a mapping.",
        (Shape::List, _) => "The section is a list of mappings.",
    }
}

/// What each room says of itself under its heading, by the keys of its sections. A file with a heading of its own speaks for
/// itself, others for their room.
fn rooms(kinds: &Path) -> BTreeMap<String, String> {
    let told = |source: &str| {
        let lines = source.lines().map_while(|l| l.strip_prefix("//!")).map(str::trim);
        let text = lines.skip_while(|l| l.starts_with('#') || l.is_empty()).collect::<Vec<_>>().join("\n");
        (source.starts_with("//! # "), text)
    };
    let mut out = BTreeMap::new();
    for room in std::fs::read_dir(kinds).into_iter().flatten().flatten() {
        let Ok(whole) = std::fs::read_to_string(room.path().join("mod.rs")) else { continue };
        for file in std::fs::read_dir(room.path()).into_iter().flatten().flatten() {
            let Ok(source) = std::fs::read_to_string(file.path()) else { continue };
            let text = Some(told(&source)).filter(|(heading, _)| *heading).map_or_else(|| told(&whole).1, |(_, text)| text);
            for part in source.split("Section {").skip(1) {
                let key = part.trim_start().strip_prefix("key: \"").and_then(|p| p.split_once('"'));
                if let Some((key, _)) = key {
                    out.insert(key.to_string(), text.clone());
                }
            }
        }
    }
    out
}
