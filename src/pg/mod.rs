//! Connections to PostgreSQL: where and how ([`Settings`]), the connection itself ([`connect()`], [`Client`]), TLS, and
//! questions about the server's errors ([`sqlstate`]).
//!
//! Everything follows libpq, so that what works with `psql` works here: the manual's pages libpq-connect,
//! libpq-envars, libpq-pgpass, libpq-pgservice and libpq-ssl. It differs where libpq would wait for ever (a connection
//! that is not there within 10 seconds is given up) or be silently unsafe (a parameter that promises safety and cannot
//! be honoured is an error).
//!
//! ```no_run
//! # async fn example() -> trueup::diagnostic::Result<()> {
//! use trueup::pg::{Settings, connect, process_environment};
//!
//! let settings = Settings::parse("postgresql://app@db.example.com/shop", &process_environment)?;
//! let client = connect(&settings).await?;
//! println!("{} runs PostgreSQL {}", client.place(), client.major());
//! # Ok(())
//! # }
//! ```

mod attempt;
mod cancel;
mod client;
mod connect;
mod failure;
mod identity;
mod settings;
pub mod sqlstate;
mod tls;

pub use cancel::Canceller;
pub use client::Client;
pub use connect::connect;
pub use identity::identity;
pub use settings::{Endpoint, Host, Settings, SslMode, os_user, process_environment};
