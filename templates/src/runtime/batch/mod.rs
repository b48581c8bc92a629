//! Batches: submitted in one call, worked off by the service, fetched from where it puts the
//! results.
//!
//! A [`Batch`] is a value: store it, and it can be waited for after a crash or from elsewhere.
//!
//! ```text
//! submit ──► Batch ──► wait ──► Table ──► rows, each read on its own
//!              │ serde
//!              ▼
//!            store
//! ```

mod cells;
mod fetch;
mod place;
mod record;
mod run;
#[cfg(feature = "s3")]
mod s3;
mod submissions;
mod table;
mod wait;
mod web;

pub use fetch::{Fetch, FetchError, Fetched, Fetching};
pub use place::Place;
pub use record::Record;
pub use run::{Batch, Run, Submission};
#[cfg(feature = "s3")]
pub use s3::S3;
pub use submissions::{Submissions, Submitted};
pub use table::{BadRow, Rows, Table};
pub use wait::Wait;
pub use web::Web;
