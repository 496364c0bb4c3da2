//! A new column whose default gives every row a value of its own, without writing the table anew: the column comes empty, gets
//! its default for new rows, and those that are there are filled in batches, each in a transaction of its own.

use super::{Column, not_null, write};
use crate::catalog::{Id, Object};
use crate::kinds::facets;
use crate::plan::step::{Draft, Lock, Transaction};
use crate::sql;

/// How many pages of a table one transaction fills: 800 kB with PostgreSQL's usual pages. Its rows are locked until it ends, and who
/// writes one of them waits for that.
const PAGES: u32 = 100;

/// How long such a transaction waits for a row that somebody else holds. Less than it takes the server to look for deadlocks
/// (manual, runtime-config-locks, deadlock_timeout), so that it never makes one of others fail.
pub(crate) const PATIENCE: &str = "'500ms'";

/// The comment of a column that is being filled, by which it is known if an apply is stopped in the midst of that.
const MARK: &str = "trueup is filling this column in the rows that were there before it";

/// The statements that go on with filling a column, where it is one that was being filled.
pub(super) fn finished(id: &Id, live: &Object) -> Vec<Draft> {
    if live.comment.as_deref() == Some(MARK) { vec![filled(id)] } else { Vec::new() }
}

/// The statements; `set_default` are those that give the column its default.
pub(super) fn added(id: &Id, object: &Object, set_default: Vec<Draft>) -> Vec<Draft> {
    let empty = not_null::without(object).unwrap_or_else(|| object.clone());
    let statement = format!("ALTER TABLE {} ADD COLUMN {}", id.parent_path(), write::clause(id, &empty));
    let mut drafts = vec![Draft::new(statement).lock_all(Lock::AccessExclusive)];
    drafts.push(facets::comment(&Column, id, Some(MARK)));
    drafts.extend(set_default);
    drafts.push(filled(id));
    if object.flag("not_null") {
        drafts.extend(not_null::online(id, object));
    }
    drafts.push(facets::comment(&Column, id, None));
    drafts
}

fn filled(id: &Id) -> Draft {
    in_batches(id, "DEFAULT", &format!("{} IS NULL", sql::ident(&id.name)))
}

/// Page by page by the rows' places (manual, ddl-system-columns, ctid), so that no row is locked for long. Where one is held by
/// somebody else, the batch lets go what it has and comes again later. A row that others update while it is empty moves to a place
/// that may have been passed: another pass finds it, and the last statement what is left when passes find no fewer.
pub(super) fn in_batches(id: &Id, value: &str, condition: &str) -> Draft {
    let (path, column) = (id.parent_path(), sql::ident(&id.name));
    let body = format!(
        "\nDECLARE
  pages pg_catalog.int8;
  page pg_catalog.int8;
  done pg_catalog.int8;
  found pg_catalog.int8;
  before pg_catalog.int8;
  again bool;
BEGIN
  LOOP
    pages := pg_catalog.pg_relation_size({table}::pg_catalog.regclass) / pg_catalog.current_setting('block_size')::pg_catalog.int8;
    page := 0;
    found := 0;
    again := false;
    WHILE page <= pages LOOP
      PERFORM pg_catalog.set_config('lock_timeout', {PATIENCE}, true);
      BEGIN
        UPDATE {path} SET {column} = {value}
          WHERE {condition} AND ctid >= pg_catalog.format('(%s,0)', page)::pg_catalog.tid
            AND ctid < pg_catalog.format('(%s,0)', page + {PAGES})::pg_catalog.tid;
        GET DIAGNOSTICS done = ROW_COUNT;
        found := found + done;
      EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
        again := true;
      END;
      COMMIT;
      page := page + {PAGES};
    END LOOP;
    EXIT WHEN NOT again AND (found = 0 OR found >= before);
    before := found;
  END LOOP;
  LOOP
    PERFORM pg_catalog.set_config('lock_timeout', {PATIENCE}, true);
    BEGIN
      UPDATE {path} SET {column} = {value} WHERE {condition};
      EXIT;
    EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
      NULL;
    END;
    COMMIT;
  END LOOP;
END",
        table = sql::literal(&path),
    );
    Draft::new(format!("DO {}", sql::dollar_quoted(&body))).lock(Lock::RowExclusive).scans().transaction(Transaction::Alone)
}
