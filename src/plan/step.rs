//! Steps: one SQL statement each, with what it locks and what it could destroy.

use serde::{Deserialize, Serialize};

use crate::catalog::read::Size;
use crate::kinds::family::Relation;

/// Table-level lock modes, weakest first (manual, section 13.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lock {
    /// Conflicts with ACCESS EXCLUSIVE only.
    AccessShare,
    /// Taken by SELECT FOR UPDATE.
    RowShare,
    /// Taken by INSERT, UPDATE, DELETE.
    RowExclusive,
    /// Blocks schema changes and VACUUM; reads and writes go on.
    ShareUpdateExclusive,
    /// Blocks writes.
    Share,
    /// Blocks writes; taken by CREATE TRIGGER and ADD FOREIGN KEY.
    ShareRowExclusive,
    /// Blocks everything but reads.
    Exclusive,
    /// Blocks everything.
    AccessExclusive,
}

impl Lock {
    /// The mode's name as the manual writes it, in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Lock::AccessShare => "access share",
            Lock::RowShare => "row share",
            Lock::RowExclusive => "row exclusive",
            Lock::ShareUpdateExclusive => "share update exclusive",
            Lock::Share => "share",
            Lock::ShareRowExclusive => "share row exclusive",
            Lock::Exclusive => "exclusive",
            Lock::AccessExclusive => "access exclusive",
        }
    }

    /// Whether nobody can read the table meanwhile (manual, table 13.2).
    pub fn blocks_reads(self) -> bool {
        self == Lock::AccessExclusive
    }

    /// Whether nobody can write to it meanwhile.
    pub fn blocks_writes(self) -> bool {
        self >= Lock::Share
    }
}

/// What a statement does with a table's rows while it holds its lock: what that lasts follows from their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// It does not look at them.
    #[default]
    None,
    /// It reads every one.
    Scan,
    /// It writes every one again.
    Rewrite,
}

/// How far a lock reaches from the relation that it is said of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// It alone.
    Itself,
    /// It, its partitions and children, and theirs.
    Tree,
    /// Not it, but the partition of it that takes the rows that no other takes.
    Rest,
}

/// A lock that a statement takes, as its kind knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touch {
    /// On which relation; `None` is the object itself, or what it is a part of.
    pub on: Option<Relation>,
    /// On what around it.
    pub reach: Reach,
    /// How.
    pub lock: Lock,
    /// What is done with the rows.
    pub work: Work,
}

/// A lock of a step, on a relation that is there before the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The relation, `schema.name`, as it is called by then.
    pub table: String,
    /// How it is locked.
    pub lock: Lock,
    /// What is done with its rows meanwhile.
    #[serde(default, skip_serializing_if = "is_none")]
    pub work: Work,
    /// How large it is, where the live side's statistics say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<Size>,
}

fn is_none(work: &Work) -> bool {
    *work == Work::None
}

/// The dangers that follow from the locks of a step: whoever waits for one of them waits for the work on all.
pub fn hazards_of(held: &[Held]) -> Vec<Hazard> {
    let works = |work| held.iter().any(|h| h.work == work);
    let busy = held.iter().any(|h| h.work != Work::None);
    let all = [
        (Hazard::TableRewrite, works(Work::Rewrite)),
        (Hazard::LongScan, works(Work::Scan)),
        (Hazard::BlocksReads, busy && held.iter().any(|h| h.lock.blocks_reads())),
        (Hazard::BlocksWrites, busy && held.iter().any(|h| h.lock.blocks_writes())),
    ];
    all.into_iter().filter(|(_, holds)| *holds).map(|(hazard, _)| hazard).collect()
}

/// A named danger of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hazard {
    /// Rows or values are gone afterwards.
    DataLoss,
    /// Nothing brings the former state back.
    Irreversible,
    /// Somebody can see or do what was forbidden before.
    WeakensSecurity,
    /// Statements that clients send today stop working.
    BreaksClients,
    /// Every row is written again.
    TableRewrite,
    /// Every row is read while a lock is held.
    LongScan,
    /// Nobody can read a table for as long as its rows are read or written again.
    BlocksReads,
    /// Nobody can write to a table for as long as its rows are read or written again.
    BlocksWrites,
    /// Cannot run in a transaction.
    NotTransactional,
}

impl Hazard {
    /// Every hazard, the gravest first.
    pub const ALL: &[Hazard] = &[
        Hazard::DataLoss,
        Hazard::Irreversible,
        Hazard::WeakensSecurity,
        Hazard::BreaksClients,
        Hazard::TableRewrite,
        Hazard::LongScan,
        Hazard::BlocksReads,
        Hazard::BlocksWrites,
        Hazard::NotTransactional,
    ];

    /// The name that `--allow` takes.
    pub fn name(self) -> &'static str {
        match self {
            Hazard::DataLoss => "data_loss",
            Hazard::Irreversible => "irreversible",
            Hazard::WeakensSecurity => "weakens_security",
            Hazard::BreaksClients => "breaks_clients",
            Hazard::TableRewrite => "table_rewrite",
            Hazard::LongScan => "long_scan",
            Hazard::BlocksReads => "blocks_reads",
            Hazard::BlocksWrites => "blocks_writes",
            Hazard::NotTransactional => "not_transactional",
        }
    }

    /// What it means and where it comes from, for the reference.
    pub fn doc(self) -> &'static str {
        match self {
            Hazard::DataLoss => {
                "Rows or values are gone afterwards: a table, a column or a sequence is dropped. Look first whether a rename is \
                 meant (`renamed_from`), and whether there is a copy of the data."
            }
            Hazard::Irreversible => {
                "Nothing brings the former state back: a subscription's slot on the publisher is dropped with it, with all that was \
                 waiting there."
            }
            Hazard::WeakensSecurity => {
                "Somebody can see or do what was forbidden before: row-level security is switched off or no longer forced, a \
                 restrictive policy goes, a policy becomes `true` or gets PUBLIC, PUBLIC or `anon` is granted something, a SECURITY \
                 DEFINER function has no `search_path` of its own, a view loses `security_invoker`. On what the plan itself \
                 creates it is told and not refused: that cannot be weaker than it was."
            }
            Hazard::BreaksClients => {
                "Statements that clients send today stop working: something that they name is dropped or renamed, a privilege is \
                 taken back, a column becomes NOT NULL or gets a narrower type. Deploy clients that do without it first."
            }
            Hazard::TableRewrite => {
                "Every row is written again under ACCESS EXCLUSIVE: most changes of a column's type, a new stored generated or \
                 identity column, another tablespace or access method, logged against unlogged. It takes as long as the table is \
                 large, and as much room again."
            }
            Hazard::LongScan => {
                "Every row is read while a lock is held: SET NOT NULL, ATTACH PARTITION, VALIDATE, and a new primary key, unique, \
                 exclusion, check or foreign key constraint on a table that is there already."
            }
            Hazard::BlocksReads => {
                "Nobody can read a table for as long as its rows are read or written again: `table_rewrite` or `long_scan` under \
                 ACCESS EXCLUSIVE. Refused on a table above the size of `online`, told on others."
            }
            Hazard::BlocksWrites => {
                "Nobody can write to a table for as long as its rows are read or written again: the same, and building an index or \
                 checking a foreign key, which lets readers go on. Refused on a table above the size of `online`, told on others."
            }
            Hazard::NotTransactional => {
                "Cannot run in a transaction: what it has done stays when it fails half way, or a later step does. Behind a pooler in \
                 transaction mode a plan with such a step is refused. Subscriptions that make, drop or refresh their slot have it."
            }
        }
    }

    /// Whether `apply` refuses a step with this hazard unless it is allowed by name.
    pub fn refused_by_default(self) -> bool {
        matches!(self, Hazard::DataLoss | Hazard::Irreversible | Hazard::WeakensSecurity)
    }

    /// Whether it does where the table is large.
    pub fn refused_on_large(self) -> bool {
        matches!(self, Hazard::BlocksReads | Hazard::BlocksWrites)
    }
}

/// How a statement stands to transactions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transaction {
    /// Runs in one with its neighbours.
    #[default]
    Together,
    /// May run in a transaction, which must be committed before its result is used: ALTER TYPE ... ADD VALUE.
    CommitAfter,
    /// Cannot run in a transaction.
    Alone,
    /// Runs in a transaction of its own, so that what came before is committed: VALIDATE CONSTRAINT.
    Apart,
    /// Runs in one with all that follows: what it holds must not be let go.
    Throughout,
}

/// One statement as a kind writes it, before the plan knows its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The statement, without a semicolon.
    pub sql: String,
    /// The locks that it takes on relations that are there already, stronger than ACCESS SHARE.
    pub touches: Vec<Touch>,
    /// Its dangers, beside those that follow from its locks.
    pub hazards: Vec<Hazard>,
    /// How it stands to transactions.
    pub transaction: Transaction,
    /// Another way to the same catalog, which lets clients go on.
    pub online: Option<Road>,
    /// Whether it wants the parts of its object as they are to be, or what joins other tables to the same one gone.
    pub late: bool,
}

/// A way to the same catalog as a statement's that takes longer and keeps readers and writers waiting less.
#[derive(Debug, Clone, PartialEq)]
pub struct Road {
    /// Its statements; none where another draft's road does it too.
    pub drafts: Vec<Draft>,
    /// Whether it can also be taken on a table with partitions or children.
    pub tree: bool,
    /// Whether it updates rows, which triggers and rules would see.
    pub updates: bool,
}

impl Draft {
    /// A harmless statement that takes no lock worth naming.
    pub fn new(sql: impl Into<String>) -> Self {
        Draft {
            sql: sql.into(),
            touches: Vec::new(),
            hazards: Vec::new(),
            transaction: Transaction::Together,
            online: None,
            late: false,
        }
    }

    fn touch(mut self, on: Option<Relation>, reach: Reach, lock: Lock) -> Self {
        self.touches.retain(|t| t.on.is_some() || on.is_some());
        self.touches.push(Touch { on, reach, lock, work: Work::None });
        self
    }

    /// With the lock it takes on the object's relation alone.
    #[must_use]
    pub fn lock(self, lock: Lock) -> Self {
        self.touch(None, Reach::Itself, lock)
    }

    /// With the lock it takes on the object's relation, its partitions and children.
    #[must_use]
    pub fn lock_all(self, lock: Lock) -> Self {
        self.touch(None, Reach::Tree, lock)
    }

    /// Not before the parts of its object are as they are to be, or what joins other tables to the same one is gone.
    #[must_use]
    pub fn late(mut self) -> Self {
        self.late = true;
        self
    }

    /// With the lock it takes on another relation.
    #[must_use]
    pub fn lock_on(self, on: Relation, lock: Lock) -> Self {
        self.touch(Some(on), Reach::Itself, lock)
    }

    /// With the lock it takes on another relation, its partitions and children.
    #[must_use]
    pub fn lock_all_of(self, on: Relation, lock: Lock) -> Self {
        self.touch(Some(on), Reach::Tree, lock)
    }

    /// With the lock it takes on the default partition of another table, if that has one.
    #[must_use]
    pub fn lock_rest_of(self, on: Relation, lock: Lock) -> Self {
        self.touch(Some(on), Reach::Rest, lock)
    }

    fn work(mut self, work: Work) -> Self {
        if let Some(last) = self.touches.last_mut() {
            last.work = work;
        }
        self
    }

    /// It reads all rows of what was last said to be locked.
    #[must_use]
    pub fn scans(self) -> Self {
        self.work(Work::Scan)
    }

    /// It writes all rows anew of what was last said to be locked.
    #[must_use]
    pub fn rewrites(self) -> Self {
        self.work(Work::Rewrite)
    }

    /// With another way to the same, for tables without partitions and children.
    #[must_use]
    pub fn online(mut self, drafts: Vec<Draft>) -> Self {
        self.online = Some(Road { drafts, tree: false, updates: false });
        self
    }

    /// With another way to the same, for tables without partitions and children, triggers and rules: it updates rows.
    #[must_use]
    pub fn online_by_updates(mut self, drafts: Vec<Draft>) -> Self {
        self.online = Some(Road { drafts, tree: false, updates: true });
        self
    }

    /// With another way to the same, for any table.
    #[must_use]
    pub fn online_for_all(mut self, drafts: Vec<Draft>) -> Self {
        self.online = Some(Road { drafts, tree: true, updates: false });
        self
    }

    /// With a danger.
    #[must_use]
    pub fn hazard(mut self, hazard: Hazard) -> Self {
        if !self.hazards.contains(&hazard) {
            self.hazards.push(hazard);
        }
        self
    }

    /// With its standing to transactions.
    #[must_use]
    pub fn transaction(mut self, transaction: Transaction) -> Self {
        self.transaction = transaction;
        self
    }
}
