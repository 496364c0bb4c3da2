//! Shell types: the name of a type that has nothing else yet, so that functions can take and return it.
//!
//! A base type, and a range type with a canonical function, begin as one. That is an object of its own in the catalog: the functions
//! need it, and the type needs the functions. What hangs in this circle can only be dropped together (manual, sql-createtype).

use crate::catalog::{Catalog, Id, KindName, Object};
use crate::kinds::yaml::{Declarer, Entry, File, Naming, Out, Section, Shape, Statement};
use crate::kinds::{Alter, Change, Kind};
use crate::plan::step::{Draft, Hazard};
use crate::sql;

/// The kind.
pub struct ShellType;

const NAME: KindName = "shell_type";

static SECTION: Section = Section {
    key: "shell_types",
    under: &[""],
    shape: Shape::Mapping,
    naming: Naming::Schema,
    file: File::Shared("types.yaml"),
    fields: &[],
    doc: "Shell types that nothing completes (CREATE TYPE with a name alone). Base types bring their own.",
    example: "shell_types:\n  later:\n",
};

/// The shell of a type.
pub(in crate::kinds) fn of(id: &Id) -> Id {
    Id { kind: NAME, ..id.clone() }
}

/// The statement that begins a type in the shadow, where a function may have begun it already. The role that completes a type
/// must be the one that began it.
pub(in crate::kinds) fn declared(entry: &Entry<'_>) -> Statement {
    let mut statement = Statement::new(
        None,
        format!("DO $shell$ BEGIN CREATE TYPE {}; EXCEPTION WHEN duplicate_object THEN NULL; END $shell$", entry.path()),
    );
    statement.privileged = true;
    statement
}

/// What stops the drop of a type together with its functions, which takes along whatever depends on it.
fn nothing_else(id: &Id) -> Draft {
    let path = id.own_path();
    let body = include_str!("nothing_else.sql").replace("'$type'", &sql::literal(&path));
    Draft::new(format!("DO {}", sql::dollar_quoted(body.trim_end())))
}

impl Kind for ShellType {
    fn name(&self) -> KindName {
        NAME
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("shell type", "shell types")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("shells.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        out.declare(entry, vec![declared(entry)]);
    }

    fn write(&self, _: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        (!object.flag("completed")).then(|| Out::Map(Vec::new()))
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("TYPE {}", id.own_path())
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn reserved(&self) -> bool {
        true
    }

    fn create(&self, id: &Id, _: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        vec![Draft::new(format!("CREATE TYPE {}", id.own_path()))]
    }

    fn drop(&self, id: &Id, object: &Object) -> Vec<Draft> {
        let path = id.own_path();
        if object.flag("completed") {
            vec![nothing_else(id), Draft::new(format!("DROP TYPE {path} CASCADE")).hazard(Hazard::BreaksClients)]
        } else {
            vec![Draft::new(format!("DROP TYPE {path}")).hazard(Hazard::BreaksClients)]
        }
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        // The type that completes it has a step of its own.
        change.take("completed");
        Alter::InPlace(Vec::new())
    }

    fn takes_along(&self) -> bool {
        true
    }

    fn namespace(&self) -> &'static str {
        "type"
    }
}
