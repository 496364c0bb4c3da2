//! The changes: each is a few lines of the model that become others.

/// The model that all of them begin with.
pub const BASE: &str = "schema: public
enums:
  event_kind: [view, click]
tables:
  accounts:
    columns:
      id: integer not null
      name: text not null
    primary_key: [id]
  events:
    columns:
      id: bigint not null
      account: integer not null
      kind: event_kind not null
      amount: integer
      code: varchar(20)
      created: timestamptz not null
      serial: integer not null
      token: text not null
    primary_key: [id]
    indexes:
      events_account: (account)
      events_code: (code)
      events_serial: (serial)
";

/// A change.
pub struct Recipe {
    /// What it is called.
    pub name: &'static str,
    /// What is done first, so that the table is not as all others begin.
    pub setup: &'static [&'static str],
    /// Lines of the base model, and what stands in their place.
    pub lines: &'static [(&'static str, &'static str)],
    /// What holds afterwards (of `ROWS` rows), beside that the plan is empty.
    pub check: Option<&'static str>,
}

const PLAIN: Recipe = Recipe { name: "", setup: &[], lines: &[], check: None };

const INDEXES: &str = "    indexes:\n";
const TOKEN: &str = "      token: text not null\n";

const EVENTS: &str = "  events:
    columns:
      id: bigint not null
      account: integer not null
      kind: event_kind not null
      amount: integer
      code: varchar(20)
      created: timestamptz not null
      serial: integer not null
      token: text not null
";

/// The table as a partition of another one.
const ATTACHED: &str = "  all_events:
    columns:
      id: bigint not null
      account: integer not null
      kind: event_kind not null
      amount: integer
      code: varchar(20)
      created: timestamptz not null
      serial: integer not null
      token: text not null
    partition_by: range (id)
  events:
    partition_of: all_events
    bound: for values from (0) to (1000000000000)
";

const ALL_EVENTS: &str = "CREATE TABLE all_events (id bigint not null, account integer not null, kind event_kind not null,
     amount integer, code varchar(20), created timestamptz not null, serial integer not null, token text not null)
     PARTITION BY RANGE (id)";

/// All of them.
pub const RECIPES: &[Recipe] = &[
    Recipe { name: "new index", lines: &[(INDEXES, "    indexes:\n      events_created: (created)\n")], ..PLAIN },
    Recipe { name: "index replaced", lines: &[("events_code: (code)", "events_code: (code, created)")], ..PLAIN },
    Recipe { name: "index dropped", lines: &[("      events_code: (code)\n", "")], ..PLAIN },
    Recipe {
        name: "foreign key",
        lines: &[(INDEXES, "    foreign_keys:\n      events_account_fkey: (account) references accounts (id)\n    indexes:\n")],
        ..PLAIN
    },
    Recipe { name: "check", lines: &[(INDEXES, "    checks:\n      events_amount_check: amount >= 0\n    indexes:\n")], ..PLAIN },
    Recipe { name: "NOT NULL", lines: &[("amount: integer", "amount: integer not null")], ..PLAIN },
    Recipe {
        name: "unique constraint",
        lines: &[(INDEXES, "    unique:\n      events_key: (id, code)\n    indexes:\n")],
        ..PLAIN
    },
    Recipe {
        name: "primary key",
        setup: &["ALTER TABLE events DROP CONSTRAINT events_pkey", "CREATE INDEX events_by_id ON events (id)"],
        lines: &[(INDEXES, "    indexes:\n      events_by_id: (id)\n")],
        ..PLAIN
    },
    Recipe {
        name: "column, default of its own for each row",
        lines: &[(TOKEN, "      token: text not null\n      key: uuid not null default gen_random_uuid()\n")],
        ..PLAIN
    },
    Recipe {
        name: "column, constant default",
        lines: &[(TOKEN, "      token: text not null\n      status: text not null default 'new'\n")],
        ..PLAIN
    },
    Recipe {
        name: "column, filled from another (backfill)",
        lines: &[(
            TOKEN,
            "      token: text not null\n      parity:\n        definition: integer\n        backfill:\n          set: id % 2\n          where: parity is null and id <= ROWS\n",
        )],
        ..PLAIN
    },
    Recipe { name: "partition attached", setup: &[ALL_EVENTS], lines: &[(EVENTS, ATTACHED)], ..PLAIN },
    Recipe {
        name: "index of a partitioned table",
        setup: &[ALL_EVENTS, "ALTER TABLE all_events ATTACH PARTITION events FOR VALUES FROM (0) TO (1000000000000)"],
        lines: &[
            (EVENTS, ATTACHED),
            ("partition_by: range (id)\n", "partition_by: range (id)\n    indexes:\n      all_events_created: (created)\n"),
        ],
        ..PLAIN
    },
    Recipe {
        name: "type that rewrites (integer to bigint, with an index)",
        lines: &[("serial: integer not null", "serial: bigint not null")],
        check: Some("SELECT count(*) = 0 FROM public.events WHERE serial <> id"),
        ..PLAIN
    },
    Recipe {
        name: "type that rewrites (text to uuid)",
        lines: &[("token: text", "token: uuid")],
        check: Some("SELECT count(*) = 0 FROM public.events WHERE id <= ROWS AND token <> lpad(id::text, 32, '0')::uuid"),
        ..PLAIN
    },
    Recipe { name: "type that needs no rewrite", lines: &[("code: varchar(20)", "code: varchar(40)")], ..PLAIN },
    Recipe { name: "enum value", lines: &[("[view, click]", "[view, click, buy]")], ..PLAIN },
];

impl Recipe {
    /// The model that it leads to, for a table of so many rows (`ROWS`).
    pub fn model(&self, rows: u64) -> Result<String, String> {
        let mut model = BASE.to_string();
        for (was, is) in self.lines {
            if model.matches(was).count() != 1 {
                return Err(format!("{was:?} is not once in the base model"));
            }
            model = model.replace(was, is);
        }
        Ok(model.replace("ROWS", &rows.to_string()))
    }
}
