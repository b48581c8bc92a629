//! Values that schemas describe, made of their kinds and limits.

mod extent;
mod making;
mod patterns;
pub mod sample_values;
mod scalars;

pub use extent::Extent;
pub use making::Maker;
