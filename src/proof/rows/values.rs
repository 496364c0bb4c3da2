//! Values for columns, made to fit: a plain one for each type, and others from what checks and partitions say.

use std::collections::BTreeSet;

use crate::sql::{self, lex};

/// What is known of a column.
#[derive(Debug, Clone, Default)]
pub(super) struct Column {
    /// Its name.
    pub name: String,
    /// Its type, as it is written.
    pub type_name: String,
    /// The name of its innermost type, when that is one of PostgreSQL's own.
    pub base: String,
    /// `pg_type.typtype` of that type.
    pub sort: String,
    /// `pg_type.typcategory` of that type.
    pub category: String,
    /// The type's modifier, or -1.
    pub modifier: i32,
    /// Whether the plan may give it another type: digits are what most types take.
    pub moves: bool,
    /// Whether it refuses NULL.
    pub not_null: bool,
    /// Whether it is computed.
    pub generated: bool,
    /// Whether its type is an array.
    pub array: bool,
    /// The labels of its enum.
    pub labels: Vec<String>,
    /// The checks of its domain and of its table that name it, each with its name and a space before it.
    pub checks: Vec<String>,
    /// The bounds of partitions by it.
    pub bounds: Vec<String>,
}

impl Column {
    /// An expression over `i`, the number of the row from 1, that gives a value of its type. The same type gives the same
    /// value in every table, so that what refers to each other fits.
    pub fn plain(&self) -> String {
        let cast = |text: &str| format!("({text})::{}", self.type_name);
        if self.array {
            return cast("'{}'");
        }
        if let Some(labels) = Some(&self.labels).filter(|l| !l.is_empty()) {
            let list: Vec<String> = labels.iter().map(|l| sql::literal(l)).collect();
            return cast(&format!("(ARRAY[{}])[1 + (i - 1) % {}]", list.join(", "), labels.len()));
        }
        match self.base.as_str() {
            "bool" => cast("i % 2 = 0"),
            "int2" | "int4" | "int8" | "float4" | "float8" | "oid" | "money" | "xid8" => cast("i"),
            "numeric" => cast(&self.small_numeric()),
            "text" | "varchar" | "name" | "bpchar" => {
                // A modifier counts its own four bytes.
                if self.modifier == 5 || self.moves { cast("i::text") } else { cast("'v' || i") }
            }
            "char" => cast("i::text"),
            "uuid" => cast("pg_catalog.lpad(i::text, 32, '0')"),
            "date" => cast("date '2000-01-01' + i"),
            "timestamp" => cast("timestamp '2000-01-01' + i * interval '1 day'"),
            "timestamptz" => cast("timestamptz '2000-01-01 00:00:00+00' + i * interval '1 day'"),
            "time" | "timetz" => cast("time '00:00' + i * interval '1 minute'"),
            "interval" => cast("i * interval '1 day'"),
            "json" | "jsonb" | "jsonpath" => cast(if self.base == "jsonpath" { "'$'" } else { "'{}'" }),
            "xml" => cast("'<a/>'"),
            "bytea" => cast("pg_catalog.decode(pg_catalog.lpad(i::text, 2, '0'), 'hex')"),
            "inet" | "cidr" => cast("'10.0.0.' || i"),
            "macaddr" => cast("'08:00:2b:01:02:0' || i"),
            "macaddr8" => cast("'08:00:2b:01:02:03:04:0' || i"),
            "bit" => cast(&format!("pg_catalog.repeat('0', {})", self.modifier.max(1))),
            "varbit" => cast("'0'"),
            "point" => cast("'(' || i || ',0)'"),
            "line" => cast("'{1,1,' || i || '}'"),
            "lseg" | "box" => cast("'(0,0),(' || i || ',1)'"),
            "path" | "polygon" => cast("'((0,0),(' || i || ',1))'"),
            "circle" => cast("'<(0,0),' || i || '>'"),
            "tsvector" | "tsquery" => cast("'v' || i"),
            "pg_lsn" => cast("'0/' || i"),
            "tid" => cast("'(0,' || i || ')'"),
            _ => match self.sort.as_str() {
                "r" => cast("'empty'"),
                "m" => cast("'{}'"),
                "c" => format!("pg_catalog.jsonb_populate_record(NULL::{}, '{{}}')", self.type_name),
                _ if self.category == "S" => cast("'v' || i"),
                _ if self.not_null => cast("'0'"),
                _ => "NULL".into(),
            },
        }
    }

    /// As many digits before the point as the modifier allows: `numeric(2,2)` holds nothing above 0.99.
    fn small_numeric(&self) -> String {
        if self.modifier < 4 {
            return "i".into();
        }
        let (precision, scale) = ((self.modifier - 4) >> 16, (self.modifier - 4) & 0x7ff);
        if precision > scale { "i".into() } else { format!("i * 0.1 ^ {scale}") }
    }

    /// Other values that one of these conditions may want: NULL, what stands in it as a constant, and what is next to that.
    pub fn others(&self, condition: &str) -> Vec<String> {
        let cast = |text: &str| format!("({text})::{}", self.type_name);
        let mut out = Vec::new();
        if !self.not_null {
            out.push("NULL".to_string());
        }
        let mut seen = BTreeSet::new();
        let number = matches!(self.base.as_str(), "int2" | "int4" | "int8" | "numeric" | "float4" | "float8" | "money");
        let text = matches!(self.category.as_str(), "S" | "E") || self.array;
        for constant in constants(condition) {
            let mut push = |expression: String| {
                if seen.insert(expression.clone()) {
                    out.push(expression);
                }
            };
            match constant {
                Constant::Number(n) if number => {
                    for near in [n.clone(), format!("{n} + i"), format!("{n} - i")] {
                        push(cast(&near));
                    }
                }
                Constant::Number(n) if text => {
                    // A length, most likely.
                    push(cast(&format!("pg_catalog.repeat('v', {n})")));
                }
                Constant::Text(t) if self.array => push(cast(&format!("ARRAY[{}]", sql::literal(&t)))),
                Constant::Text(t) if number => {
                    if t.parse::<f64>().is_ok() {
                        for near in [t.clone(), format!("{t} + i"), format!("{t} - i")] {
                            push(cast(&near));
                        }
                    }
                }
                Constant::Text(t) => push(cast(&sql::literal(&t))),
                Constant::Number(_) => {}
            }
        }
        if matches!(self.category.as_str(), "S") {
            for usual in [
                "i || '@example.com'",
                "'https://example.com/' || i",
                "'a' || i",
                "pg_catalog.upper('v' || i)",
                "'#00000' || i",
                "i",
                "''",
            ] {
                out.push(cast(usual));
            }
        }
        if matches!(self.base.as_str(), "bool") {
            out.extend([cast("true"), cast("false")]);
        }
        if number {
            out.extend([cast("0"), cast("-i"), cast("i * 10"), cast("i * 100"), cast("i * 1000000")]);
        }
        if self.base == "timestamptz" || self.base == "timestamp" || self.base == "date" {
            out.extend([cast("pg_catalog.now() + i * interval '1 day'"), cast("pg_catalog.now() - i * interval '1 day'")]);
        }
        if self.array {
            out.push(cast("ARRAY[NULL]"));
        }
        out
    }
}

enum Constant {
    Text(String),
    Number(String),
}

/// The constants of an expression.
fn constants(expression: &str) -> Vec<Constant> {
    lex::tokens(expression)
        .iter()
        .filter_map(|token| {
            let text = &expression[token.span.clone()];
            if let Some(inside) = text.strip_prefix('\'').and_then(|t| t.strip_suffix('\'')) {
                return Some(Constant::Text(inside.replace("''", "'")));
            }
            text.starts_with(|c: char| c.is_ascii_digit()).then(|| Constant::Number(text.to_string()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_tell_what_they_want() {
        let column =
            Column { type_name: "text".into(), base: "text".into(), category: "S".into(), not_null: true, ..Column::default() };
        let others = column.others("CHECK ((status = ANY (ARRAY['a'::text, 'it''s'::text])))");
        assert_eq!(&others[..2], &["('a')::text".to_string(), "('it''s')::text".to_string()]);
        let column = Column { type_name: "integer".into(), base: "int4".into(), ..Column::default() };
        assert_eq!(&column.others("CHECK ((n > 10))")[..3], &["NULL", "(10)::integer", "(10 + i)::integer"]);
    }

    #[test]
    fn small_types_get_small_values() {
        let column =
            Column { type_name: "numeric(2,2)".into(), base: "numeric".into(), modifier: (2 << 16 | 2) + 4, ..Column::default() };
        assert_eq!(column.plain(), "(i * 0.1 ^ 2)::numeric(2,2)");
        let column = Column { type_name: "character(1)".into(), base: "bpchar".into(), modifier: 5, ..Column::default() };
        assert_eq!(column.plain(), "(i::text)::character(1)");
    }
}
