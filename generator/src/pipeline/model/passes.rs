//! Passes: functions over items that are built, which select or change them, or find a fact about all of them.

pub mod alike_variants;
pub mod common_errors;
pub mod cycles;
pub mod derives;
pub mod features;
pub mod limits;
pub mod selection;
pub mod type_modules;
pub mod union_order;
