//! A browser sends no streams: what is not in memory is refused before it is sent.

use crate::runtime::Upload;

/// The body of an attempt.
pub fn upload(_upload: &Upload) -> reqwest::Body {
    reqwest::Body::from("")
}

/// The body of a request is in memory.
#[cfg(feature = "mock")]
pub async fn load(_request: &mut reqwest::Request) -> Result<(), crate::runtime::TransportError> {
    Ok(())
}
