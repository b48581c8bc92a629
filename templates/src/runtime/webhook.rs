//! Reads requests that the service sends: webhooks and callbacks.

use super::decode::from_slice;
use super::json::Json;

pub use super::decode::Undecodable;

/// A webhook or a callback: the type of its body, its name and its method.
pub trait Webhook {
    /// The type of its body.
    type Payload;

    /// Its name in the description.
    const NAME: &'static str;

    /// Its method: `POST`.
    const METHOD: &'static str;

    /// Reads a body.
    const READ: fn(&[u8]) -> Result<Self::Payload, Undecodable>;

    /// Reads a body.
    ///
    /// # Errors
    /// If the body does not match the description. The error has the location in it.
    fn read(body: &[u8]) -> Result<Self::Payload, Undecodable> {
        (Self::READ)(body)
    }
}

pub(crate) fn json<T: Json>(body: &[u8]) -> Result<T, Undecodable> {
    from_slice(body)
}

pub(crate) fn text(body: &[u8]) -> Result<String, Undecodable> {
    let text = std::str::from_utf8(body);
    text.map(str::to_owned).map_err(|error| Undecodable::new(error.to_string()))
}

#[expect(clippy::unnecessary_wraps, reason = "all bodies are read alike")]
pub(crate) fn bytes(body: &[u8]) -> Result<Vec<u8>, Undecodable> {
    Ok(body.to_vec())
}

#[expect(clippy::unnecessary_wraps, reason = "all bodies are read alike")]
pub(crate) fn nothing(_: &[u8]) -> Result<(), Undecodable> {
    Ok(())
}
