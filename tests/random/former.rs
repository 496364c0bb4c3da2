//! Former names: what has another name in the other model says so, in each of them, as a model does that stays so for good.

use trueup::kinds;

use super::model::{Field, Key, Model, Text, Value};
use super::rng::Rng;

/// Lets most of what is called otherwise in the two models be renamed, and most enum labels.
pub fn add(seed: u64, a: &mut Model, b: &mut Model) {
    let mut rng = Rng::new(seed ^ 0xF0_4E4);
    let both: Vec<Key> = a.nodes.keys().filter(|k| b.nodes.contains_key(k)).copied().collect();
    for key in both {
        let (Some(x), Some(y)) = (a.nodes.get(&key), b.nodes.get(&key)) else { continue };
        let same = x.sort == y.sort && x.schema == y.schema && x.parent == y.parent;
        if x.name == y.name || !same || rng.percent(30) {
            continue;
        }
        let (before, after) = (x.name.clone(), y.name.clone());
        if x.sort == "label" {
            say(a, x.parent, &before, &after);
            say(b, y.parent, &after, &before);
        } else if renamed(x.sort) {
            for (model, other) in [(&mut *a, after), (&mut *b, before)] {
                if let Some(node) = model.nodes.get_mut(&key) {
                    node.fields.push(Field::words("renamed_from", other));
                }
            }
        }
    }
}

/// Whether entries of a section can say what they were called; a primary key's name is no key of the YAML.
fn renamed(section: &str) -> bool {
    let of = |k: &&&dyn kinds::Kind| k.section().is_some_and(|s| s.key == section);
    kinds::KINDS.iter().find(of).is_some_and(|k| {
        section != "primary_key" && k.rename(&trueup::catalog::Id::child(k.name(), "s", "t", "x"), "y").is_some()
    })
}

/// One more label of an enum whose former name is said.
fn say(model: &mut Model, of: Option<Key>, name: &str, former: &str) {
    let Some(node) = of.and_then(|k| model.nodes.get_mut(&k)) else { return };
    let entry = (name.to_string(), Text::new(former));
    match node.fields.iter_mut().find(|f| f.name == "renamed_values").map(|f| &mut f.value) {
        Some(Value::Map(map)) => map.push(entry),
        _ => node.fields.push(Field { name: "renamed_values", vital: false, value: Value::Map(vec![entry]) }),
    }
}
