//! What a model says of rows, on real servers.

mod verify;
