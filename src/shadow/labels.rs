//! Security labels where their provider is not loaded: a row in the catalog instead of SECURITY LABEL.
//!
//! A label is accepted by its provider alone, a library that the shadow's server does not have. What the statement would do
//! besides is one row in pg_seclabel (or pg_shseclabel), which a superuser may write. Which row that is the server says itself: a
//! comment on the same object, undone again, shows its address.

use std::borrow::Cow;

use crate::plan::Step;
use crate::sql::{self, lex};

/// What does in the shadow what a step does on a server with the provider; other steps are as they are.
pub(super) fn stand_in(step: &Step) -> Cow<'_, str> {
    parts(&step.sql)
        .map_or(Cow::Borrowed(step.sql.as_str()), |(provider, target, label)| Cow::Owned(row(&provider, target, &label)))
}

/// Provider, target and label (as SQL) of a statement `SECURITY LABEL FOR p ON target IS label`.
fn parts(statement: &str) -> Option<(String, &str, String)> {
    let tokens = lex::tokens(statement);
    let is = |i: usize, word: &str| tokens.get(i).is_some_and(|t| t.is_word(statement, word));
    if !(is(0, "security") && is(1, "label") && is(2, "for") && is(4, "on")) {
        return None;
    }
    let provider = tokens.get(3)?.name(statement)?;
    let end = tokens.iter().rposition(|t| t.depth == 0 && t.is_word(statement, "is"))?;
    let target = statement.get(tokens.get(4)?.span.end..tokens[end].span.start)?.trim();
    Some((provider, target, statement.get(tokens[end].span.end..)?.trim().to_string()))
}

fn row(provider: &str, target: &str, label: &str) -> String {
    let provider = sql::literal(provider);
    let body = format!(
        "DECLARE c oid; o oid; s int4; shared boolean := false; \
         BEGIN BEGIN COMMENT ON {target} IS 'trueup: to be labelled'; \
         SELECT d.classoid, d.objoid, d.objsubid INTO c, o, s FROM pg_catalog.pg_description d WHERE d.description = 'trueup: to be labelled'; \
         IF c IS NULL THEN shared := true; \
         SELECT d.classoid, d.objoid, 0 INTO c, o, s FROM pg_catalog.pg_shdescription d WHERE d.description = 'trueup: to be labelled'; END IF; \
         RAISE EXCEPTION USING ERRCODE = 'TU001'; EXCEPTION WHEN SQLSTATE 'TU001' THEN NULL; END; \
         IF shared THEN DELETE FROM pg_catalog.pg_shseclabel l WHERE (l.objoid, l.classoid, l.provider) = (o, c, {provider}); \
         INSERT INTO pg_catalog.pg_shseclabel (objoid, classoid, provider, label) SELECT o, c, {provider}, v FROM (SELECT {label}::text) x(v) WHERE v IS NOT NULL; \
         ELSE DELETE FROM pg_catalog.pg_seclabel l WHERE (l.objoid, l.classoid, l.objsubid, l.provider) = (o, c, s, {provider}); \
         INSERT INTO pg_catalog.pg_seclabel (objoid, classoid, objsubid, provider, label) SELECT o, c, s, {provider}, v FROM (SELECT {label}::text) x(v) WHERE v IS NOT NULL; \
         END IF; END"
    );
    format!("DO {}", sql::dollar_quoted(&body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_taken_apart() {
        let of = |sql: &str| parts(sql).map(|(p, t, l)| format!("{p}|{t}|{l}"));
        assert_eq!(
            of("SECURITY LABEL FOR anon ON COLUMN public.\"is\".is IS 'it is; so'").as_deref(),
            Some("anon|COLUMN public.\"is\".is|'it is; so'")
        );
        assert_eq!(of("COMMENT ON TABLE t IS 'SECURITY LABEL'"), None);
    }
}
