//! The page on what trueup knows, what it only reports, and what it does not read.

use std::fmt::Write as _;

use crate::kinds::KINDS;

/// What the reader neither models nor reports, and why.
const LEFT_OUT: &[(&str, &str)] = &[
    ("passwords", "What the server keeps of one cannot be compared with it; it is set when the role is made."),
    (
        "the database's name, encoding, locale, template flag, tablespace",
        "They belong to the place; one model may be applied to many databases.",
    ),
    ("values of parameters (ALTER SYSTEM)", "They belong to the server."),
    ("what `pg_*` roles and the one that initdb made are members of", "PostgreSQL's own."),
    (
        "large objects, and rows that the model says nothing of",
        "Data; what it says of [rows](yaml/rows.md) is asked of the live side.",
    ),
    ("what an extension owns", "It is the extension's; the extension itself is compared."),
    (
        "schemas `pg_*`, `information_schema` and `trueup`",
        "PostgreSQL's own, and trueup's; who was granted what in `pg_catalog` is compared.",
    ),
    (
        "the name of a NOT NULL (PostgreSQL 18) that the model does not name",
        "The server gives it one, which stays when tables and columns are renamed.",
    ),
    ("the next value of a sequence", "Data."),
    ("order of columns, white space at the ends of bodies, line ends", "Nothing depends on them."),
    ("the parser's two forms of one cast array", "[They mean the same](../decisions/0003-array-casts.md)."),
];

pub(super) fn page() -> String {
    let mut out = String::from(
        "# Coverage\n\n\
         Three lists: what a model can say and a comparison sees, what is reported by name and nothing more, and what is not read. The \
         first two come from the code.\n\n\
         ## Modelled\n\n| kind | in YAML | comment | owner | privileges | rename |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for kind in KINDS {
        let probe = crate::catalog::Id::child(kind.name(), "s", "t", "n");
        let written = match kind.section() {
            Some(section) => format!("[`{}`](yaml/{}.md)", section.key, kind.name()),
            None => "in its parent's definition".into(),
        };
        let yes = |b: bool| if b { "yes" } else { "" };
        let _ = writeln!(
            out,
            "| {} | {written} | {} | {} | {} | {} |",
            kind.label().0,
            yes(kind.section().is_some() && kind.has_comment()),
            yes(kind.owner_name(&probe).is_some()),
            yes(kind.grants().is_some()),
            yes(kind.rename(&probe, "x").is_some()),
        );
    }
    out.push_str("\nRoles, memberships and privileges on parameters belong to the server: they are compared where `manage` asks for `roles`, and \
         otherwise only have to exist. The database itself is compared where the model has the section `database`. Security labels \
         are compared on every kind that SECURITY LABEL takes.\n\n## Reported only\n\n");
    out.push_str(
        "The live database has them, trueup has no kind for them. `plan`, `drift` and `diff` count and name them as unmodeled; nothing \
         creates, changes or drops them. No list says what they are: it is every object of every catalog that no kind has read, and that \
         is neither a part of one nor an extension's. On PostgreSQL 14 to 18 that leaves\n\n\
         - large objects,\n- tablespaces,\n- what somebody has put into `pg_catalog` or `information_schema`.\n",
    );
    out.push_str("\n## Not read\n\n| what | why |\n| --- | --- |\n");
    for (what, why) in LEFT_OUT {
        let _ = writeln!(out, "| {what} | {why} |");
    }
    out.push_str(
        "\n## Limits\n\n\
         | what | what happens |\n| --- | --- |\n\
         | a table becomes partitioned or stops being so, gets another partition key or another type of a column in it | It is made anew; its rows are copied aside and into the new one in the plan's transaction, which takes time and room. A row that fits no partition stops it. |\n\
         | a base type's length, alignment or category | The type is made anew with its columns, which wants `--allow data_loss`. |\n\
         | a partition's bound changes | Detached and attached; the server scans it. |\n\
         | a new child of a table whose check is NOT VALID | PostgreSQL makes the child's valid: a difference, unless the model says `not_valid: false` of it. |\n\
         | extensions that the shadow lacks | [Stood in for](../guides/stand-ins.md): from the live side's members, or a library of 31 extensions. |\n\
         | roles are renamed | A password that is kept as MD5 is lost. |\n\
         | names and comments of the NOT NULLs that children and partitions inherit (PostgreSQL 18) | They are not compared: the server gives the names, and does not change them. |\n\
         | a child that had columns of its own gets a parent again (INHERIT) | They stay its own beside the parent's, which `pg_dump` shows; nothing takes that back. |\n\
         \n## Not yet\n\n\
         Planned and not there: the access tests (`test`), reports as HTML, JUnit and SARIF.\n",
    );
    out
}
