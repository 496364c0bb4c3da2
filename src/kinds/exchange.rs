//! A new type in the place of an old one of the same name, under every column that is made of it.
//!
//! The old type steps aside under another name, the new one is made, the columns are converted, the old one goes. What else
//! depends on the type or on the columns is out of the way meanwhile ([`super::Alter::Remade`]).

use super::Change;
use super::family::Relation;
use crate::catalog::Id;
use crate::plan::step::{Draft, Lock};
use crate::sql;

/// How the values get from the old type to the new one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Conversion {
    /// Not at all: they are the same in both, and only arrays of them are written again.
    None,
    /// By assignment, which refuses what does not fit.
    Assignment,
    /// By a cast, which cuts what does not fit.
    Cast,
    /// By their text.
    Text,
}

fn relation(column: &Id) -> Relation {
    (column.schema().into(), column.parent().into())
}

/// The statements. `word` is what ALTER and DROP call the type, `create` makes the new one.
pub(super) fn exchange(change: &Change<'_>, word: &str, create: String, conversion: Conversion) -> Vec<Draft> {
    let path = change.id.own_path();
    let old = sql::made_name(&change.id.name, "_old");
    let mut drafts = vec![Draft::new(format!("ALTER {word} {path} RENAME TO {}", sql::ident(&old))), Draft::new(create)];
    for (column, object) in change.users {
        // A child's or partition's column follows its parent's.
        if object.position == 0 {
            continue;
        }
        let suffix = if object.text("type").is_some_and(|t| t.ends_with("[]")) { "[]" } else { "" };
        let name = sql::ident(&column.name);
        let using = match conversion {
            // A foreign table's values are elsewhere.
            _ if object.flag("foreign") => String::new(),
            Conversion::None | Conversion::Assignment => String::new(),
            Conversion::Cast => format!(" USING {name}::{path}{suffix}"),
            Conversion::Text => format!(" USING {name}::text{suffix}::{path}{suffix}"),
        };
        let draft = Draft::new(format!("ALTER TABLE {} ALTER COLUMN {name} TYPE {path}{suffix}{using}", column.parent_path()))
            .lock_all_of(relation(column), Lock::AccessExclusive);
        let stays = object.flag("foreign") || conversion == Conversion::None && suffix.is_empty();
        drafts.push(if stays { draft } else { draft.rewrites() });
    }
    drafts.push(Draft::new(format!("DROP {word} {}", sql::qualified(change.id.schema(), &old))));
    drafts
}
