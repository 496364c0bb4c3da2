//! trueup makes a PostgreSQL database match the YAML that describes it, and tells where the live one has drifted.
//!
//! # The pipeline
//!
//! ```text
//! schema/**/*.yaml ─ model ─▶ declarations ─ shadow ─▶ Catalog (desired) ─┐
//!                                                                         ├─ diff ─▶ differences ─ plan ─▶ steps ─ apply
//! live database ──── catalog::read ──────────────────▶ Catalog (live) ────┘               └─ drift ─▶ report
//! snapshots/*.yaml ─ catalog::snapshot ──────────────▶ Catalog (either)
//! ```
//!
//! Only PostgreSQL understands PostgreSQL: a model is not compared as text. It is built in a throw-away server, the [`shadow`],
//! and read back with the same queries that read a live database. What both sides print is printed by PostgreSQL, so a
//! difference is a difference.
//!
//! # The rooms
//!
//! | module | from | to |
//! | --- | --- | --- |
//! | [`yaml`] | a file | a tree in which every value knows its place |
//! | [`model`] | a folder of files | declarations: an id, the statements that build it, where it is written |
//! | [`shadow`] | declarations | the [`Catalog`](catalog::Catalog) that they mean |
//! | [`catalog`] | a live database, a snapshot file | a [`Catalog`](catalog::Catalog): objects by id, free of OIDs |
//! | [`kinds`] | | everything about one kind of object: YAML, catalog query, create, alter, drop, locks, hazards |
//! | [`mod@diff`] | two catalogs | differences: one object that only one side has, or one attribute |
//! | [`mod@plan`] | differences | statements in an order that works, with locks and hazards |
//! | [`mod@apply`] | a plan | a changed database, unless it is no longer the one that the plan was made for |
//! | [`export`] | a plan | migration files of other tools |
//! | [`mod@data`] | a model and a live database | what the model says of rows: rows, backfills, verifications |
//! | [`record`] | an apply | what it did, in the database itself: for `history`, `rollback` and `drift` |
//! | [`drift`], [`report`] | differences | a report as text, JSON or Markdown |
//! | [`pg`], [`sql`], [`diagnostic`] | | connections as libpq makes them; quoting; one shape of error |
//! | [`cli`] | | the commands; nothing else prints results |
//!
//! Every object is small: a column, its default, a check, a policy, a grant are objects or facets of their own, with one
//! grain in the difference, the plan and the report. Nothing outside [`kinds`] names a kind, so the core reads the same
//! whatever there is to compare. Errors are [`diagnostic::Diagnostic`]s with file and line, and a run shows all of them.
//!
//! # Without a database
//!
//! A snapshot stands for a database. Here somebody has dropped a policy and switched a table's row-level security off:
//!
//! ```
//! use trueup::{catalog::snapshot, diff, diff::Difference, plan};
//!
//! # fn main() -> trueup::diagnostic::Result<()> {
//! let agreed = snapshot::read("snapshots/multi_agent-before.yaml".as_ref())?;
//! let mut live = agreed.clone();
//! live.objects.retain(|id, _| id.to_string() != "policy public.users.users_select_own");
//! for (id, object) in &mut live.objects {
//!     if id.to_string() == "table public.users" {
//!         object.attrs.remove("row_security");
//!     }
//! }
//!
//! let differences = diff::diff(&live, &agreed, |id| id.schema() == "public");
//! for difference in &differences {
//!     match difference {
//!         Difference::Add { id } => println!("missing {id}"),
//!         Difference::Remove { id } => println!("extra   {id}"),
//!         Difference::Set { id, attrs } => println!("changed {id}: {}", attrs[0].name),
//!     }
//! }
//! // missing policy public.users.users_select_own
//! // changed table public.users: row_security
//! assert_eq!(differences.len(), 2);
//!
//! let plan = plan::plan(&live, &agreed, &differences, |_| None)?;
//! println!("{}", plan.sql());
//! assert!(plan.steps.iter().any(|s| s.sql == "ALTER TABLE public.users ENABLE ROW LEVEL SECURITY"));
//! assert!(plan.steps.iter().any(|s| s.sql.starts_with("CREATE POLICY users_select_own ON public.users")));
//! # Ok(())
//! # }
//! ```
//!
//! From a model, [`model::load`] and [`shadow::desired`] give the desired side; from a live database, [`pg::connect()`] and
//! [`catalog::read::read`] the live one. `docs/contributing/architecture.md` goes on from here.

#![deny(missing_docs)]
#![deny(clippy::print_stdout)]

pub mod apply;
pub mod catalog;
pub mod cli;
pub mod data;
pub mod diagnostic;
pub mod diff;
mod digest;
pub mod drift;
pub mod export;
pub mod kinds;
pub mod model;
pub mod pg;
pub mod plan;
pub mod preflight;
pub mod proof;
pub mod record;
pub mod report;
pub mod shadow;
pub mod side;
pub mod sql;
pub mod yaml;
