//! Tables: built once from the description, then only read, by builders and passes.

mod multiparts;
pub mod scalars;
mod schema_usage;
pub mod stream_items;
pub mod type_names;
mod type_table;
pub mod variant_words;

pub use multiparts::{Multipart, MultipartUse};
pub use type_table::TypeTable;
