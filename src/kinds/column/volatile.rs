//! Whether a default gives every row a value of its own: ADD COLUMN then writes all rows again (manual, ddl-alter).

use crate::sql::lex::{self, TokenKind};

/// PostgreSQL's own volatile functions that make sense in a default (pg_proc.provolatile).
const VOLATILE: &[&str] = &[
    "clock_timestamp",
    "currval",
    "gen_random_uuid",
    "lastval",
    "nextval",
    "random",
    "random_normal",
    "set_config",
    "setval",
    "timeofday",
    "uuidv4",
    "uuidv7",
];

/// Whether an expression may give another value for each row. What is not PostgreSQL's own stands there with its schema, and
/// may do anything.
pub(in crate::kinds) fn is_volatile(expression: &str) -> bool {
    let tokens = lex::tokens(expression);
    tokens.windows(2).enumerate().any(|(i, pair)| {
        let is_name = matches!(pair[0].kind, TokenKind::Word | TokenKind::Quoted);
        let called = is_name && pair[1].is_symbol(expression, "(") && pair[0].span.end == pair[1].span.start;
        let qualified = i > 0 && tokens[i - 1].is_symbol(expression, ".");
        called && (qualified || VOLATILE.iter().any(|v| pair[0].is_word(expression, v)))
    })
}

#[cfg(test)]
mod tests {
    use super::is_volatile;

    #[test]
    fn what_is_the_same_for_all_rows() {
        for same in
            ["now()", "'random()'::text", "'x'::character varying(10)", "(0)::numeric(3,2)", "CURRENT_TIMESTAMP", "lower('A')"]
        {
            assert!(!is_volatile(same), "{same}");
        }
        for other in
            ["gen_random_uuid()", "nextval('public.s'::regclass)", "(random() * 3::double precision)", "public.next_id()"]
        {
            assert!(is_volatile(other), "{other}");
        }
    }
}
