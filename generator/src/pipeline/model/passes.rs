//! Steps that take items that are built and return them changed, or a fact about all of them.

pub mod common_errors;
pub mod cycles;
pub mod features;
pub mod limits;
pub mod selection;
pub mod type_modules;
pub mod union_order;
