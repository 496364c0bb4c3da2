//! What a model says of rows, on real servers.

mod backfill;
mod keep;
mod rows;
mod systems;
mod verify;
