//! Families: a table and its partitions, what inherits from it, or tables of one type, with what becomes of them. They stand
//! beside the rest of a pair, in half of the pairs.

use super::model::{Class, Field, Key, Model, Node, Of, Text, Value};
use super::rng::Rng;

/// The keys of families begin here, where no other node's are.
const FIRST: Key = 1_000_000;
/// So far are the keys of two tables of a family apart.
const STRIDE: Key = 100;

/// How tables belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tie {
    Range,
    List,
    Hash,
    Inherits,
    Typed,
}

/// How many partitions there can be.
const SLOTS: usize = 4;

#[derive(Debug, Clone, PartialEq, Eq)]
struct Member {
    name: String,
    /// Which values it takes; no two have the same.
    slot: usize,
    /// Whether it belongs to the others or stands alone.
    tied: bool,
    /// Whether it has partitions of its own.
    split: bool,
    index: bool,
    check: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Family {
    tie: Tie,
    /// Whether the first table is partitioned; a plain one has no partitions.
    partitioned: bool,
    columns: Vec<(&'static str, &'static str)>,
    members: Vec<Member>,
    key: bool,
    index: bool,
    check: bool,
    secured: bool,
    seen: bool,
}

/// Adds a family to both models, in one as it was and in the other as it has become.
pub fn add(seed: u64, a: &mut Model, b: &mut Model) {
    let mut rng = Rng::new(seed ^ 0xFA_3117);
    if rng.percent(50) {
        return;
    }
    let mut family = Family::new(&mut rng);
    family.write(a);
    for _ in 0..rng.between(1, 4) {
        family.change(&mut rng);
    }
    family.write(b);
}

impl Family {
    fn new(rng: &mut Rng) -> Self {
        let tie = rng.pick(&[Tie::Range, Tie::Range, Tie::List, Tie::Hash, Tie::Inherits, Tie::Typed]);
        let mut family = Family {
            tie,
            partitioned: !rng.percent(10),
            columns: vec![("id", "integer"), ("code", "text"), ("note", "text")],
            members: Vec::new(),
            key: rng.percent(50),
            index: rng.percent(40),
            check: rng.percent(40),
            secured: rng.percent(25),
            seen: rng.percent(40),
        };
        for _ in 0..rng.between(1, 3) {
            family.grow(rng);
        }
        family
    }

    fn free(&self) -> Vec<usize> {
        (0..SLOTS).filter(|s| self.members.iter().all(|m| m.slot != *s)).collect()
    }

    fn grow(&mut self, rng: &mut Rng) {
        let Some(slot) = rng.maybe(&self.free()) else { return };
        let name = format!("member_{}", ["a", "b", "c", "d"][slot]);
        if self.members.iter().all(|m| m.name != name) {
            let (tied, split) = (rng.percent(80), rng.percent(15));
            self.members.push(Member { name, slot, tied, split, index: rng.percent(25), check: rng.percent(25) });
        }
    }

    fn change(&mut self, rng: &mut Rng) {
        let which = rng.below(self.members.len().max(1));
        let free = self.free();
        match (rng.below(13), self.members.get_mut(which)) {
            (0, _) => self.grow(rng),
            (1, Some(_)) => drop(self.members.remove(which)),
            (2 | 3, Some(member)) => member.tied = !member.tied,
            (4, Some(member)) => member.slot = rng.maybe(&free).unwrap_or(member.slot),
            (5, Some(member)) => member.split = !member.split,
            (6, Some(member)) => member.index = !member.index,
            // ALTER TYPE has no USING: what it cascades to takes only what can be assigned.
            (7, _) if self.tie == Tie::Typed => self.columns[2].1 = rng.pick(&["varchar(30)", "text"]),
            (7, _) => self.columns[2].1 = rng.pick(&["varchar(30)", "integer", "text"]),
            (8, _) => match self.columns.len() {
                3 => self.columns.push(("day", "date")),
                _ => drop(self.columns.pop()),
            },
            (9, _) => self.key = !self.key,
            (10, _) => self.index = !self.index,
            (11, _) => self.check = !self.check,
            _ => match self.tie {
                Tie::Inherits | Tie::Typed => self.secured = !self.secured,
                _ if rng.percent(50) => self.partitioned = !self.partitioned,
                _ => self.tie = rng.pick(&[Tie::Range, Tie::List, Tie::Hash]),
            },
        }
    }

    fn bound(&self, slot: usize) -> String {
        match self.tie {
            Tie::Hash => format!("for values with (modulus {SLOTS}, remainder {slot})"),
            _ if slot + 1 == SLOTS => "default".into(),
            Tie::List => format!("for values in ('{}')", slot + 1),
            _ => format!("for values from ({}) to ({})", slot * 10, slot * 10 + 10),
        }
    }

    fn write(&self, model: &mut Model) {
        let partitions = matches!(self.tie, Tie::Range | Tie::List | Tie::Hash);
        if self.tie == Tie::Typed {
            let mut node = Node::new("composite_types", "kinship");
            node.class = Of::Own(Class::Composite);
            model.nodes.insert(FIRST, node);
            for (i, (name, ty)) in (0..).zip(&self.columns) {
                part(model, FIRST, i, "attribute", name, ty);
            }
        } else {
            let mut node = Node::new("tables", "root");
            match self.tie {
                Tie::Range if self.partitioned => node.fields.push(Field::words("partition_by", "range (id)").vital()),
                Tie::List if self.partitioned => node.fields.push(Field::words("partition_by", "list (code)").vital()),
                Tie::Hash if self.partitioned => node.fields.push(Field::words("partition_by", "hash (id)").vital()),
                _ => {}
            }
            if self.secured {
                node.fields.push(Field::words("row_security", "enabled"));
            }
            model.nodes.insert(FIRST, node);
            self.columns(model, FIRST);
            self.parts(model, FIRST, (self.index, self.check));
            if self.key {
                let columns = if self.tie == Tie::List { "(id, code)" } else { "(id)" };
                part(model, FIRST, 30, "primary_key", "key", columns);
            }
        }
        for member in &self.members {
            // A table is the same one whatever its place.
            let key = FIRST + STRIDE * Key::from(member.name.as_bytes()[member.name.len() - 1]);
            let mut node = Node::new("tables", member.name.clone());
            let tied = member.tied && (self.partitioned || !partitions);
            match self.tie {
                _ if !tied => {}
                Tie::Typed => node.fields.push(Field::sql("of_type", Text::new("#").of(FIRST)).vital()),
                Tie::Inherits => {
                    let value = Value::List(vec![Text::new("#").of(FIRST)]);
                    node.fields.push(Field { name: "inherits", vital: true, value });
                }
                _ => {
                    node.fields.push(Field::sql("partition_of", Text::new("#").of(FIRST)).vital());
                    node.fields.push(Field::words("bound", self.bound(member.slot)).vital());
                }
            }
            if member.split && partitions {
                node.fields.push(Field::words("partition_by", "hash (id)").vital());
            }
            model.nodes.insert(key, node);
            if !tied {
                self.columns(model, key);
            }
            self.parts(model, key, (member.index, member.check));
            for remainder in (0..2).filter(|_| member.split && partitions) {
                let mut node = Node::new("tables", format!("{}_{remainder}", member.name));
                let bound = format!("for values with (modulus 2, remainder {remainder})");
                node.fields.push(Field::sql("partition_of", Text::new("#").of(key)).vital());
                node.fields.push(Field::words("bound", bound).vital());
                model.nodes.insert(key + 50 + remainder, node);
            }
        }
        if self.seen && self.tie != Tie::Typed {
            let mut node = Node::new("views", "root_seen");
            node.fields.push(Field::sql("+from", Text::new("from # a").of(FIRST)).vital());
            model.nodes.insert(FIRST + 60, node);
            part(model, FIRST + 60, 1, "view_column", "id", "a.id");
            part(model, FIRST + 60, 2, "view_column", "note", "a.note");
        }
    }

    fn columns(&self, model: &mut Model, table: Key) {
        for (i, (name, ty)) in (0..).zip(&self.columns) {
            let text = if i == 0 { format!("{ty} not null") } else { (*ty).to_string() };
            part(model, table, i, "columns", name, &text);
        }
    }

    fn parts(&self, model: &mut Model, table: Key, (index, check): (bool, bool)) {
        let name = model.nodes[&table].name.clone();
        if index {
            part(model, table, 20, "indexes", &format!("{name}_note"), "(note)");
        }
        if check {
            part(model, table, 21, "checks", &format!("{name}_positive"), "id > -1");
        }
    }
}

/// A part of a table, of its own key and with a definition.
fn part(model: &mut Model, parent: Key, number: Key, sort: &'static str, name: &str, text: &str) {
    let mut node = Node::new(sort, name);
    node.parent = Some(parent);
    node.fields.push(Field::words("+", text).vital());
    model.nodes.insert(parent + 1 + number, node);
}
