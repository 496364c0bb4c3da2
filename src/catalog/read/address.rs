//! Addresses: what pg_depend calls an object, and the ids they stand for. They never leave this module.

use std::collections::HashMap;

use tokio_postgres::SimpleQueryRow;

use crate::catalog::Id;

/// The OID of pg_extension, whose members are left alone.
const EXTENSION: u32 = 3079;

/// A class, an object in it, and a column of that or 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Address {
    pub class: u32,
    pub oid: u32,
    pub sub: i32,
}

impl Address {
    pub fn of(class: Option<&str>, oid: Option<&str>, sub: Option<&str>) -> Self {
        let number = |t: Option<&str>| t.and_then(|t| t.parse().ok()).unwrap_or(0);
        Address { class: number(class), oid: number(oid), sub: sub.and_then(|t| t.parse().ok()).unwrap_or(0) }
    }
}

struct Dependency {
    from: Address,
    to: Address,
    owned: bool,
}

pub(super) struct Addresses {
    ids: HashMap<Address, Id>,
    aliases: HashMap<(u32, u32), Address>,
    members: HashMap<(u32, u32), Address>,
    dependencies: Vec<Dependency>,
}

impl Addresses {
    pub fn new(aliases: &[SimpleQueryRow], dependencies: &[SimpleQueryRow]) -> Self {
        let mut out =
            Addresses { ids: HashMap::new(), aliases: HashMap::new(), members: HashMap::new(), dependencies: Vec::new() };
        for row in aliases {
            let from = Address::of(row.get(0), row.get(1), None);
            out.aliases.insert((from.class, from.oid), Address::of(row.get(2), row.get(3), row.get(4)));
        }
        let text = dependencies.first().and_then(|r| r.get(0)).unwrap_or_default();
        for line in text.split(',').filter(|l| !l.is_empty()) {
            let parts: Vec<&str> = line.split(' ').collect();
            let [class, oid, sub, ref_class, ref_oid, ref_sub, kind] = parts[..] else { continue };
            let from = Address::of(Some(class), Some(oid), Some(sub));
            let to = Address::of(Some(ref_class), Some(ref_oid), Some(ref_sub));
            if kind == "e" && to.class == EXTENSION {
                out.members.insert((from.class, from.oid), to);
            } else {
                out.dependencies.push(Dependency { from, to, owned: kind == "a" || kind == "i" });
            }
        }
        out
    }

    pub fn insert(&mut self, address: Address, id: Id) {
        self.ids.insert(address, id);
    }

    pub fn exact(&self, address: Address) -> Option<&Id> {
        self.ids.get(&address)
    }

    /// The extension that owns an object.
    pub fn member_of_extension(&self, address: Address) -> Option<Address> {
        let mut at = address;
        for _ in 0..4 {
            if let Some(extension) = self.members.get(&(at.class, at.oid)) {
                return Some(*extension);
            }
            at = *self.aliases.get(&(at.class, at.oid))?;
        }
        None
    }

    /// Whether an object is known, stands for a known one, or is an extension's.
    pub fn covers(&self, address: Address) -> bool {
        let mut at = address;
        // As long as in `resolve`.
        for _ in 0..6 {
            let known = [at, Address { sub: 0, ..at }].iter().any(|a| self.ids.contains_key(a));
            if known || self.members.contains_key(&(at.class, at.oid)) {
                return true;
            }
            match self.aliases.get(&(at.class, at.oid)) {
                Some(next) => at = *next,
                None => return false,
            }
        }
        false
    }

    fn resolve(&self, address: Address) -> Option<&Id> {
        let mut at = address;
        // A chain is short: array type, row type, table.
        for _ in 0..6 {
            if let Some(id) = self.ids.get(&at).or_else(|| self.ids.get(&Address { sub: 0, ..at })) {
                return Some(id);
            }
            if let Some(extension) = self.members.get(&(at.class, at.oid)) {
                return self.ids.get(extension);
            }
            at = *self.aliases.get(&(at.class, at.oid))?;
        }
        None
    }

    /// All dependencies between known objects: who needs whom, and whether it goes along when that is dropped.
    pub fn edges(&self) -> impl Iterator<Item = (&Id, &Id, bool)> {
        self.dependencies.iter().filter_map(|d| {
            let (from, to) = (self.resolve(d.from)?, self.resolve(d.to)?);
            (from != to).then_some((from, to, d.owned))
        })
    }
}
