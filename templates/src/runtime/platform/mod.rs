//! HTTP and time, which a browser (`wasm32-unknown-unknown`) has in its own way. Both modules have the same names.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(not(target_arch = "wasm32"))]
mod native;

#[cfg(all(feature = "mock", target_arch = "wasm32"))]
pub use browser::load;
#[cfg(target_arch = "wasm32")]
pub use browser::{Http, Instant, Response, now, sleep, upload, wall};
#[cfg(all(feature = "mock", not(target_arch = "wasm32")))]
pub use native::load;
#[cfg(not(target_arch = "wasm32"))]
pub use native::{Http, Instant, Response, now, sleep, upload, wall};
