//! What is known of conversions between PostgreSQL's own types.

/// Whether ALTER COLUMN TYPE converts by an assignment cast, so that no USING is needed. An explicit cast would cut text
/// and round numbers silently where the assignment refuses (manual, sql-createcast).
pub(in crate::kinds) fn assignable(from: &str, to: &str) -> bool {
    let (from, to) = (base(from), base(to));
    from == to
        || TEXT.contains(&to)
        || [TEXT, NUMBERS, TIMES, DATES, BITS, NETWORK].iter().any(|family| family.contains(&from) && family.contains(&to))
}

/// Whether there is any cast between two of PostgreSQL's own types (pg_cast, and the conversions through text). Between types
/// that are not listed here it is left to the server.
pub(super) fn castable(from: &str, to: &str) -> bool {
    let (from, to) = (base(from), base(to));
    // An array becomes another array, or text; what stands in a schema may be a domain over one.
    let own = |t: &str| t.contains('.');
    if from.ends_with("[]") != to.ends_with("[]") && !is_text(from) && !is_text(to) && !own(from) && !own(to) {
        return false;
    }
    let known = |t: &str| [NUMBERS, TIMES, DATES, BITS, NETWORK, OTHERS].iter().any(|family| family.contains(&t));
    if !known(from) || !known(to) || assignable(from, to) {
        return true;
    }
    const CASTS: &[(&str, &str)] = &[
        ("integer", "boolean"),
        ("boolean", "integer"),
        ("json", "jsonb"),
        ("jsonb", "json"),
        ("integer", "bit"),
        ("bigint", "bit"),
        ("bit", "integer"),
        ("bit", "bigint"),
        ("timestamp without time zone", "time without time zone"),
        ("timestamp with time zone", "time without time zone"),
        ("timestamp with time zone", "time with time zone"),
        ("integer", "money"),
        ("bigint", "money"),
        ("numeric", "money"),
        ("money", "numeric"),
        ("jsonb", "boolean"),
        ("jsonb", "numeric"),
        ("jsonb", "smallint"),
        ("jsonb", "integer"),
        ("jsonb", "bigint"),
        ("jsonb", "real"),
        ("jsonb", "double precision"),
        ("integer", "oid"),
        ("bigint", "oid"),
        ("oid", "integer"),
        ("oid", "bigint"),
    ];
    CASTS.contains(&(from, to))
}

/// Whether a value of one type always has room in the other, so that a change loses nothing.
pub(super) fn widens(from: &str, to: &str) -> bool {
    let (from_base, to_base) = (base(from), base(to));
    if from_base == to_base {
        return match (arguments(from).as_slice(), arguments(to).as_slice()) {
            (_, []) => true,
            ([], _) => false,
            ([a], [b]) => a <= b,
            ([p, s], [q, t]) => s <= t && p - s <= q - t,
            _ => false,
        };
    }
    let order = ["smallint", "integer", "bigint", "numeric"];
    let rank = |t: &str| order.iter().position(|o| *o == t);
    match (rank(from_base), rank(to_base)) {
        (Some(a), Some(b)) => a < b && arguments(to).is_empty(),
        _ => (to_base == "text" || (to_base == "character varying" && arguments(to).is_empty())) && !from.ends_with("[]"),
    }
}

/// Whether values of a type are text.
pub(super) fn is_text(ty: &str) -> bool {
    TEXT.contains(&base(ty))
}

/// Whether values of a type are bits, or lists of them.
pub(super) fn is_bits(ty: &str) -> bool {
    BITS.contains(&base(ty))
}

/// Whether the server changes the type without writing the rows again (tablecmds.c, ATColumnChangeRequiresRewrite).
pub(in crate::kinds) fn binary_compatible(from: &str, to: &str) -> bool {
    let text = ["character varying", "text"];
    let (a, b) = (base(from), base(to));
    (text.contains(&a) && text.contains(&b) || a == b && matches!(a, "numeric" | "character varying" | "bit varying"))
        && widens(from, to)
}

const TEXT: &[&str] = &["text", "character varying", "character", "\"char\"", "name"];
const NUMBERS: &[&str] = &["smallint", "integer", "bigint", "numeric", "real", "double precision"];
const TIMES: &[&str] = &["timestamp without time zone", "timestamp with time zone", "date"];
const DATES: &[&str] = &["time without time zone", "time with time zone", "interval"];
const BITS: &[&str] = &["bit", "bit varying"];
const NETWORK: &[&str] = &["inet", "cidr"];
const OTHERS: &[&str] = &[
    "uuid",
    "json",
    "jsonb",
    "boolean",
    "bytea",
    "money",
    "oid",
    "tsvector",
    "tsquery",
    "xml",
    "int4range",
    "int8range",
    "numrange",
    "tsrange",
    "tstzrange",
    "daterange",
];

/// The type without its modifiers; an array's brackets stay.
pub(super) fn base(ty: &str) -> &str {
    match (ty.find('('), ty.ends_with("[]")) {
        // `timestamp(3) without time zone` keeps its words.
        (Some(open), false) if ty.ends_with("time zone") => {
            if ty.starts_with("timestamp") {
                if ty.contains("without") { "timestamp without time zone" } else { "timestamp with time zone" }
            } else if ty.contains("without") {
                "time without time zone"
            } else {
                let _ = open;
                "time with time zone"
            }
        }
        (Some(open), false) => &ty[..open],
        _ => ty,
    }
}

/// The numbers in parentheses.
pub(super) fn arguments(ty: &str) -> Vec<i64> {
    let Some((_, rest)) = ty.split_once('(') else { return Vec::new() };
    rest.split(')').next().unwrap_or_default().split(',').filter_map(|n| n.trim().parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widening() {
        assert!(widens("integer", "bigint"));
        assert!(!widens("bigint", "integer"));
        assert!(widens("character varying(50)", "character varying(100)"));
        assert!(widens("character varying(50)", "text"));
        assert!(!widens("text", "character varying(50)"));
        assert!(widens("numeric(3,2)", "numeric(5,2)"));
        assert!(!widens("numeric(5,1)", "numeric(5,2)"));
    }

    #[test]
    fn assignment_needs_no_using() {
        assert!(assignable("integer", "text"));
        assert!(!assignable("text", "integer"));
        assert!(assignable("timestamp(3) without time zone", "timestamp with time zone"));
        assert!(!assignable("integer", "boolean"));
    }
}
