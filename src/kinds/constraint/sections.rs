//! Where constraints of each type stand in YAML, and what can be said of them there.

use super::super::yaml::{Field, FieldValue, File, Naming, Section, Shape};
use super::Constraint;

const NOT_VALID: Field =
    Field { key: "not_valid", value: FieldValue::Flag, doc: "Whether rows that are there already are exempt (NOT VALID)." };

const UNENFORCED: Field = Field {
    key: "not_enforced",
    value: FieldValue::Flag,
    doc: "Whether PostgreSQL only knows of it and checks nothing (NOT ENFORCED, from PostgreSQL 18 on).",
};

const ONLY: Field = Field {
    key: "only",
    value: FieldValue::Flag,
    doc: "Whether it is on the partitioned table alone; its partitions' are attached to it.",
};

const OPTIONS: Field =
    Field { key: "options", value: FieldValue::Texts, doc: "Storage parameters of its index: `{fillfactor: 70}`." };

const TABLESPACE: Field = Field { key: "tablespace", value: FieldValue::Name, doc: "The tablespace of its index." };

const CLUSTER: Field = Field { key: "cluster", value: FieldValue::Flag, doc: "Whether the table is clustered on its index." };

const INDEX_COMMENT: Field = Field { key: "index_comment", value: FieldValue::Text, doc: "A comment on its index." };

const FIELDS: &[Field] = &[
    Field { key: "definition", value: FieldValue::Sql, doc: "The SQL, as in the short form." },
    ONLY,
    Field {
        key: "attach_to",
        value: FieldValue::Name,
        doc: "The parent's constraint that a partition's belongs to; it then needs no definition.",
    },
    OPTIONS,
    TABLESPACE,
    CLUSTER,
    Field { key: "replica_identity", value: FieldValue::Flag, doc: "Whether its index is the table's replica identity." },
    INDEX_COMMENT,
];

/// Primary keys.
pub static PRIMARY_KEY: Constraint = Constraint {
    name: "primary_key",
    label: ("primary key", "primary keys"),
    before: "PRIMARY KEY ",
    after: "",
    section: &Section {
        key: "primary_key",
        under: &["tables"],
        shape: Shape::Single,
        naming: Naming::Schema,
        file: File::Parent,
        fields: &[
            Field { key: "columns", value: FieldValue::Names, doc: "The columns." },
            Field { key: "name", value: FieldValue::Name, doc: "The name, when it is not `<table>_pkey`." },
            Field {
                key: "definition",
                value: FieldValue::Sql,
                doc: "The SQL after PRIMARY KEY, when columns alone do not say it.",
            },
            ONLY,
            Field {
                key: "attach_to",
                value: FieldValue::Name,
                doc: "The parent's primary key that a partition's belongs to; it then needs no columns.",
            },
            OPTIONS,
            TABLESPACE,
            CLUSTER,
            Field {
                key: "replica_identity",
                value: FieldValue::Flag,
                doc: "Whether its index is named as the table's replica identity.",
            },
            INDEX_COMMENT,
        ],
        doc: "The primary key. Its name is `<table>_pkey` unless it says otherwise.",
        example: "primary_key: [tenant_id, id]\n",
    },
};

/// Unique constraints.
pub static UNIQUE: Constraint = Constraint {
    name: "unique",
    label: ("unique constraint", "unique constraints"),
    before: "UNIQUE ",
    after: "",
    section: &Section {
        key: "unique",
        under: &["tables"],
        shape: Shape::Sql,
        naming: Naming::Schema,
        file: File::Parent,
        fields: FIELDS,
        doc: "Unique constraints: the SQL after UNIQUE.",
        example: "unique:\n  tenants_slug_key: (slug)\n",
    },
};

/// Exclusion constraints.
pub static EXCLUSION: Constraint = Constraint {
    name: "exclusion",
    label: ("exclusion constraint", "exclusion constraints"),
    before: "EXCLUDE ",
    after: "",
    section: &Section {
        key: "exclude",
        under: &["tables"],
        shape: Shape::Sql,
        naming: Naming::Schema,
        file: File::Parent,
        fields: FIELDS,
        doc: "Exclusion constraints: the SQL after EXCLUDE.",
        example: "exclude:\n  no_overlap: using gist (room with =, during with &&)\n",
    },
};

/// Checks.
pub static CHECK: Constraint = Constraint {
    name: "check",
    label: ("check", "checks"),
    before: "CHECK (",
    after: ")",
    section: &Section {
        key: "checks",
        under: &["tables", "foreign_tables"],
        shape: Shape::Sql,
        naming: Naming::Schema,
        file: File::Parent,
        fields: &[
            Field { key: "definition", value: FieldValue::Sql, doc: "The condition." },
            NOT_VALID,
            UNENFORCED,
            Field { key: "no_inherit", value: FieldValue::Flag, doc: "Whether child tables go without it (NO INHERIT)." },
        ],
        doc: "Check constraints: the condition, without CHECK and its parentheses.",
        example: "checks:\n  price_positive: price > 0\n",
    },
};

/// Foreign keys.
pub static FOREIGN_KEY: Constraint = Constraint {
    name: "foreign_key",
    label: ("foreign key", "foreign keys"),
    before: "FOREIGN KEY ",
    after: "",
    section: &Section {
        key: "foreign_keys",
        under: &["tables"],
        shape: Shape::Sql,
        naming: Naming::Schema,
        file: File::Parent,
        fields: &[
            Field { key: "definition", value: FieldValue::Sql, doc: "The SQL, as in the short form." },
            NOT_VALID,
            UNENFORCED,
        ],
        doc: "Foreign keys: the SQL after FOREIGN KEY.",
        example: "foreign_keys:\n  agents_tenant_id_fkey: (tenant_id) references tenants (id) on delete cascade\n",
    },
};
