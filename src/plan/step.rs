//! Steps: one SQL statement each, with what it locks and what it could destroy.

use serde::{Deserialize, Serialize};

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
            Hazard::Irreversible => "Nothing brings the former state back. Reserved: no step has it yet.",
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
}

/// One statement as a kind writes it, before the plan knows its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The statement, without a semicolon.
    pub sql: String,
    /// The strongest lock that it takes on an existing table, if it takes one that matters.
    pub lock: Option<Lock>,
    /// Its dangers.
    pub hazards: Vec<Hazard>,
    /// How it stands to transactions.
    pub transaction: Transaction,
}

impl Draft {
    /// A harmless statement that takes no lock worth naming.
    pub fn new(sql: impl Into<String>) -> Self {
        Draft { sql: sql.into(), lock: None, hazards: Vec::new(), transaction: Transaction::Together }
    }

    /// With the lock it takes.
    #[must_use]
    pub fn lock(mut self, lock: Lock) -> Self {
        self.lock = Some(lock);
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
