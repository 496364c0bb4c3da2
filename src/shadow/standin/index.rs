//! Indexes on an access method that is stood in for: its own options (`WITH (lists = 100)`) mean nothing to the one that is there.
//!
//! The index is made without them, and they are entered in the catalog as they are written. Manual: catalog-pg-class.

use crate::pg::Client;
use crate::sql::lex;

/// An index with options.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct WithOptions {
    method: String,
    /// The statement without them.
    plain: String,
    /// `name=value`, as the catalog has them.
    options: Vec<String>,
}

/// Reads `CREATE INDEX ... USING method ... WITH (...)` apart.
pub(super) fn with_options(statement: &str) -> Option<WithOptions> {
    let tokens = lex::tokens(statement);
    let first = |word: &str| tokens.iter().position(|t| t.depth == 0 && t.is_word(statement, word));
    let start = first("create")?;
    if !tokens[start..].iter().take(3).any(|t| t.is_word(statement, "index")) {
        return None;
    }
    let method = tokens.get(first("using")? + 1)?.name(statement)?;
    let with = first("with").filter(|i| tokens.get(i + 1).is_some_and(|t| t.is_symbol(statement, "(")))?;
    let close = tokens[with..].iter().position(|t| t.is_symbol(statement, ")"))? + with;
    let inside = &statement[tokens[with + 1].span.end..tokens[close].span.start];
    let option = |text: &str| match text.split_once('=') {
        Some((key, value)) => format!("{}={}", key.trim(), value.trim().trim_matches('\'')),
        None => format!("{}=true", text.trim()),
    };
    let options = inside.split(',').map(option).collect();
    let span = tokens[with].span.start..tokens[close].span.end;
    let mut plain = statement.to_string();
    // Blanks keep the positions of errors.
    plain.replace_range(span.clone(), &" ".repeat(span.len()));
    Some(WithOptions { method, plain, options })
}

impl WithOptions {
    /// Makes it, when its access method belongs to one of these extensions.
    pub(super) async fn make(
        &self,
        superuser: &Client,
        builder: &Client,
        extensions: &[String],
    ) -> Result<bool, tokio_postgres::Error> {
        let of = "SELECT a.oid, COALESCE((SELECT pg_catalog.max(oid::pg_catalog.int8) FROM pg_catalog.pg_class), 0) \
                  FROM pg_catalog.pg_am a JOIN pg_catalog.pg_depend d ON d.classid = 2601 AND d.objid = a.oid AND d.deptype = 'e' \
                  JOIN pg_catalog.pg_extension e ON d.refclassid = 3079 AND e.oid = d.refobjid \
                  WHERE a.amname = $1 AND e.extname = ANY ($2)";
        let Some(row) = superuser.query_opt(of, &[&self.method, &extensions]).await? else { return Ok(false) };
        let (method, before): (u32, i64) = (row.get(0), row.get(1));
        if builder.batch_execute(&self.plain).await.is_err() {
            return Ok(false);
        }
        // An index of a partitioned table brings those of the partitions.
        let enter = "UPDATE pg_catalog.pg_class SET reloptions = $1 \
                     WHERE relkind IN ('i', 'I') AND relam = $2 AND oid::pg_catalog.int8 > $3";
        superuser.execute(enter, &[&self.options, &method, &before]).await?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_taken_out() {
        let index = with_options("CREATE INDEX i ON t USING hnsw (e vector_l2_ops) WITH (m = 16, kept='b') WHERE e IS NOT NULL");
        let index = index.expect("an index");
        assert_eq!(index.options, ["m=16", "kept=b"]);
        assert!(index.plain.starts_with("CREATE INDEX i ON t USING hnsw (e vector_l2_ops)  "), "{}", index.plain);
        assert!(index.plain.ends_with("  WHERE e IS NOT NULL"), "{}", index.plain);
        assert_eq!(with_options("CREATE INDEX i ON t USING hnsw (e)"), None);
        assert_eq!(with_options("CREATE TABLE i (using int) WITH (m = 1)"), None);
    }
}
