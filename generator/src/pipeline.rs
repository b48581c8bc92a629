//! From the texts of a description to the files of a crate, one stage after the other. Each stage takes the value of
//! the one before and returns its own.

mod guide_pages;
pub mod load;
pub mod model;
pub mod normalize;
pub mod operations_table;
pub mod render;
pub mod resolve;
mod runtime_modules;
mod template;
pub mod write;
