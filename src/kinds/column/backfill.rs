//! A new column whose default gives every row a value of its own, without writing the table anew: the column comes empty, gets
//! its default for new rows, and those that are there are filled in batches, each in a transaction of its own.

use super::{not_null, write};
use crate::catalog::{Id, Object};
use crate::plan::step::{Draft, Lock, Transaction};
use crate::sql;

/// How many pages of a table one transaction fills: 800 kB with PostgreSQL's usual pages. Its rows are locked until it ends, and who
/// writes one of them waits for that.
const PAGES: u32 = 100;

/// The statements; `set_default` are those that give the column its default.
pub(super) fn added(id: &Id, object: &Object, set_default: Vec<Draft>) -> Vec<Draft> {
    let empty = not_null::without(object).unwrap_or_else(|| object.clone());
    let statement = format!("ALTER TABLE {} ADD COLUMN {}", id.parent_path(), write::clause(id, &empty));
    let mut drafts = vec![Draft::new(statement).lock_all(Lock::AccessExclusive)];
    drafts.extend(set_default);
    drafts.push(filled(id));
    if object.flag("not_null") {
        drafts.extend(not_null::online(id, object));
    }
    drafts
}

/// Page by page by the rows' places (manual, ddl-system-columns, ctid). A row that others update while it is empty moves to a
/// place that may have been passed: the last statement finds it.
fn filled(id: &Id) -> Draft {
    let (path, column) = (id.parent_path(), sql::ident(&id.name));
    let body = format!(
        "\nDECLARE
  pages pg_catalog.int8 := pg_catalog.pg_relation_size({table}::pg_catalog.regclass) / pg_catalog.current_setting('block_size')::pg_catalog.int8;
  page pg_catalog.int8 := 0;
BEGIN
  WHILE page <= pages LOOP
    UPDATE {path} SET {column} = DEFAULT
      WHERE {column} IS NULL AND ctid >= pg_catalog.format('(%s,0)', page)::pg_catalog.tid
        AND ctid < pg_catalog.format('(%s,0)', page + {PAGES})::pg_catalog.tid;
    COMMIT;
    page := page + {PAGES};
  END LOOP;
  UPDATE {path} SET {column} = DEFAULT WHERE {column} IS NULL;
END",
        table = sql::literal(&path),
    );
    Draft::new(format!("DO {}", sql::dollar_quoted(&body))).lock(Lock::RowExclusive).scans().transaction(Transaction::Alone)
}
