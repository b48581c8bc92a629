//! Replies that come piece by piece: bytes, and items.

mod bytes;
mod items;
mod source;

#[cfg(feature = "blocking")]
pub use self::bytes::ByteReader;
pub(crate) use self::bytes::download;
pub use self::bytes::{ByteStream, Download};
pub use self::items::{Event, ItemStream};
