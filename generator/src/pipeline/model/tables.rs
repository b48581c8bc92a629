//! Tables: built once from the description, then only read, by builders and passes.

mod multiparts;
mod operation_names;
mod own_types;
pub mod payload;
pub mod scalars;
mod schema_usage;
mod shared_bodies;
pub mod stream_items;
pub mod type_names;
mod type_table;
pub mod type_words;
pub mod variant_words;

pub use multiparts::{Multipart, MultipartUse};
pub use operation_names::OperationNames;
pub use own_types::Choices;
pub use type_table::TypeTable;
