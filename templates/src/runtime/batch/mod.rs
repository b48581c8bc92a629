//! Batches: submitted in one call, processed by the service, and fetched from where it stores the
//! results.
//!
//! A [`Batch`] is a value. Store it, and another process can wait for it, also after a crash.
//!
//! ```text
//! submit ──► Batch ──► wait ──► Table ──► rows, each read on its own
//!              │ serde
//!              ▼
//!            store
//! ```

mod bad_row;
mod cells;
mod fetch;
mod format;
mod json_rows;
mod looks;
#[cfg(feature = "mock")]
mod mock;
mod place;
mod record;
mod records;
mod run;
#[cfg(feature = "s3")]
mod s3;
#[cfg(feature = "s3")]
mod s3_look;
mod section;
mod submissions;
mod table;
mod verdict;
mod wait;
mod web;

pub use bad_row::BadRow;
pub use fetch::{Fetch, FetchError, FetchProgress, Fetched, Fetching, Part};
pub use place::Place;
pub use record::Record;
pub use run::{Batch, Run, Submission};
#[cfg(feature = "s3")]
pub use s3::S3;
pub use submissions::{Submissions, Submitted};
pub use table::{Rows, Table};
pub use wait::Wait;
pub use web::Web;
