//! What a model says of rows, on real servers.

mod backfill;
mod rows;
mod systems;
mod verify;
