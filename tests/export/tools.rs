//! What each tool does with its files, as far as the database sees it.

use std::path::{Path, PathBuf};

use trueup::export::Format;

use super::files::NAME;
use super::{psql, run_psql};
use crate::support::Database;

/// The files of a folder with this beginning and end, in order.
fn files(folder: &Path, start: &str, end: &str) -> Vec<PathBuf> {
    let fits = |name: &str| name.starts_with(start) && name.ends_with(end);
    let entries = std::fs::read_dir(folder).expect("the folder").flatten();
    let mut found: Vec<PathBuf> =
        entries.filter(|e| fits(&e.file_name().to_string_lossy())).map(|e| e.path()).filter(|p| p.is_file()).collect();
    found.sort();
    found
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a file")
}

/// Sends a text as one message, in a transaction or not, and asserts that the session is as it was before: tools write their own
/// tables in the same one.
fn send(database: &Database, text: &str, transaction: bool) {
    let (begin, end) = if transaction { ("BEGIN;\n", "COMMIT;\n") } else { ("", "") };
    // A statement that cannot run in a transaction must be alone in its message.
    if text.lines().any(|line| line.starts_with("CREATE INDEX CONCURRENTLY") || line.starts_with("DROP INDEX CONCURRENTLY")) {
        return database.sql(text);
    }
    let rows = database.rows(&format!("{begin}{text}{end}SHOW search_path"));
    assert_eq!(rows.last().map(String::as_str), Some("\"$user\", public"), "{text}");
}

/// The halves of a file of dbmate: text, and whether it runs in a transaction.
fn dbmate(text: &str) -> [(String, bool); 2] {
    let (up, down) = text.split_once("-- migrate:down").expect("both halves");
    let up = up.strip_prefix("-- migrate:up").expect("the first line");
    [up, down].map(|half| {
        let (options, body) = half.split_once('\n').expect("a line");
        (body.to_string(), options.trim() != "transaction:false")
    })
}

/// Goes forward as the tool does.
pub fn forward(format: Format, folder: &Path, database: &Database) {
    match format {
        Format::Psql => script(&folder.join(format!("{NAME}.sql")), database),
        // In no transaction of its own: PostgreSQL makes one of what is sent at once.
        Format::Supabase => files(folder, "", ".sql").iter().for_each(|path| {
            send(database, &read(path), false);
            let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
            let (version, _) = name.split_once('_').expect("a version");
            database.sql(&format!(
                "INSERT INTO supabase_migrations.schema_migrations (version, name) VALUES ('{version}', '{NAME}')"
            ));
        }),
        Format::Flyway => files(folder, "V", ".sql").iter().for_each(|path| flyway(path, database)),
        Format::Dbmate => {
            for path in files(folder, "", ".sql") {
                let [(text, transaction), _] = dbmate(&read(&path));
                send(database, &text, transaction);
            }
        }
        Format::GolangMigrate => files(folder, "", ".up.sql").iter().for_each(|path| send(database, &read(path), false)),
        Format::Sqlx => files(folder, "", ".up.sql").iter().for_each(|path| sqlx(path, database)),
    }
}

/// Goes back as the tool does, the newest version first.
pub fn back(format: Format, folder: &Path, database: &Database) {
    let newest_first = |start: &str, end: &str| files(folder, start, end).into_iter().rev();
    match format {
        Format::Psql => script(&folder.join(format!("{NAME}.rollback.sql")), database),
        Format::Supabase => files(&folder.join("psql"), "", ".rollback.sql").iter().for_each(|path| script(path, database)),
        Format::Flyway => newest_first("U", ".sql").for_each(|path| flyway(&path, database)),
        Format::Dbmate => newest_first("", ".sql").for_each(|path| {
            let [_, (text, transaction)] = dbmate(&read(&path));
            send(database, &text, transaction);
        }),
        Format::GolangMigrate => newest_first("", ".down.sql").for_each(|path| send(database, &read(&path), false)),
        Format::Sqlx => newest_first("", ".down.sql").for_each(|path| sqlx(&path, database)),
    }
}

fn flyway(path: &Path, database: &Database) {
    let settings = std::fs::read_to_string(format!("{}.conf", path.display())).unwrap_or_default();
    let text = read(path);
    assert!(!text.contains("${") || settings.contains("placeholderReplacement=false"), "{settings}\n{text}");
    send(database, &text, !settings.contains("executeInTransaction=false"));
}

fn sqlx(path: &Path, database: &Database) {
    let text = read(path);
    send(database, &text, !text.starts_with("-- no-transaction"));
}

fn script(path: &Path, database: &Database) {
    let psql = psql().expect("callers have looked for it");
    run_psql(&psql, database, path);
}
