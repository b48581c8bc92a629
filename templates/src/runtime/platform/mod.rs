//! HTTP and time, which a browser (`wasm32-unknown-unknown`) has in its own way. Both modules have the same names.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(not(target_arch = "wasm32"))]
mod native;

#[cfg(target_arch = "wasm32")]
pub use browser::{Http, Instant, Response, now, sleep, wall};
#[cfg(not(target_arch = "wasm32"))]
pub use native::{Http, Instant, Response, now, sleep, wall};
