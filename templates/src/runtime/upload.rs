//! Bodies that are sent without being in memory: from files, streams and readers.

use std::fmt;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use tokio::io::{AsyncRead, ReadBuf};

use super::hooks::BoxError;

/// So much of a reader or a file is read at a time.
pub(super) const PIECE: usize = 64 * 1024;

pub(super) type Pieces = Pin<Box<dyn Stream<Item = Result<Bytes, BoxError>> + Send>>;

/// The body of a request, or a file in one: bytes, a file, a stream or a reader.
///
/// Only bytes are in memory as a whole. Bytes and files can be sent again if an attempt fails. A stream or a reader can be read
/// once, so a call with one is only sent again if nothing of it was read.
///
/// ```text
/// client.files().put("a.iso", Upload::file("/tmp/a.iso")).timeout(HOUR).await?;
/// ```
#[derive(Clone)]
pub struct Upload(Arc<[Piece]>);

/// A part of a body, in the order in which they are sent.
pub(super) enum Piece {
    Bytes(Bytes),
    File(PathBuf),
    Once(Once),
}

/// What can be read once.
pub(super) struct Once {
    pieces: Mutex<Option<Pieces>>,
    length: Option<u64>,
}

impl Once {
    fn held(&self) -> MutexGuard<'_, Option<Pieces>> {
        self.pieces.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn take(&self) -> Option<Pieces> {
        self.held().take()
    }
}

impl Upload {
    /// What is in a file. Each attempt opens it, and sends as many bytes as it has then.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self::of(Piece::File(path.into()))
    }

    /// What comes from a stream.
    pub fn stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<BoxError>,
    {
        Self::once(Box::pin(Converted(Box::pin(stream))))
    }

    /// What comes from a reader, such as a [`tokio` file or socket](AsyncRead).
    pub fn reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::once(Box::pin(Reading { reader: Box::pin(reader), buffer: Vec::new() }))
    }

    /// States how many bytes a stream or a reader has, so that they are sent with a `Content-Length`. Many services
    /// require it. Bytes and files know it themselves.
    #[must_use]
    pub fn length(self, length: u64) -> Self {
        if let [Piece::Once(once)] = &*self.0
            && let Some(pieces) = once.take()
        {
            return Self::of(Piece::Once(Once {
                pieces: Mutex::new(Some(pieces)),
                length: Some(length),
            }));
        }
        self
    }

    fn once(pieces: Pieces) -> Self {
        Self::of(Piece::Once(Once { pieces: Mutex::new(Some(pieces)), length: None }))
    }

    fn of(piece: Piece) -> Self {
        Self(Arc::new([piece]))
    }

    /// All of these, one after the other.
    pub(super) fn joined(uploads: Vec<Self>) -> Self {
        let pieces = uploads.into_iter().flat_map(|upload| {
            let pieces: Vec<_> = upload.0.iter().map(Piece::shared).collect();
            // What can be read once stays in its own upload.
            pieces.into_iter().enumerate().map(move |(index, piece)| {
                piece.unwrap_or_else(|| Piece::Once(Once::of(upload.clone(), index)))
            })
        });
        Self(pieces.collect())
    }

    /// All of it, if it is in memory.
    pub(super) fn bytes(&self) -> Option<Bytes> {
        match &*self.0 {
            [Piece::Bytes(bytes)] => Some(bytes.clone()),
            _ => None,
        }
    }

    pub(super) fn pieces(&self) -> Arc<[Piece]> {
        self.0.clone()
    }

    /// Whether a part of it was read that cannot be read again.
    pub(super) fn is_spent(&self) -> bool {
        self.0.iter().any(|piece| matches!(piece, Piece::Once(once) if once.held().is_none()))
    }

    /// How many bytes it has, if that is known.
    pub(super) fn size(&self) -> Option<u64> {
        self.0.iter().map(Piece::size).sum()
    }

    /// Why it cannot be sent.
    pub(super) fn fault(&self) -> Option<String> {
        if self.is_spent() {
            return Some("the body is a stream that was read already".to_owned());
        }
        if cfg!(target_arch = "wasm32") && self.bytes().is_none() {
            return Some("a browser sends only bodies that are in memory".to_owned());
        }
        self.0.iter().find_map(|piece| match piece {
            Piece::File(path) => unreadable(path),
            Piece::Bytes(_) | Piece::Once(_) => None,
        })
    }
}

fn unreadable(path: &Path) -> Option<String> {
    let why = match std::fs::metadata(path) {
        Ok(found) if found.is_file() => return None,
        Ok(_) => "it is not a file".to_owned(),
        Err(why) => why.to_string(),
    };
    Some(format!("the file {} cannot be sent: {why}", path.display()))
}

impl Once {
    /// A part of another body, which is taken when it is read.
    fn of(upload: Upload, index: usize) -> Self {
        let length = upload.0.get(index).and_then(Piece::size);
        let lent = Lent { upload, index, pieces: None };
        Self { pieces: Mutex::new(Some(Box::pin(lent))), length }
    }
}

impl Piece {
    fn size(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => Some(bytes.len() as u64),
            Self::File(path) => std::fs::metadata(path).ok().map(|found| found.len()),
            Self::Once(once) => once.length,
        }
    }

    /// The same part for another body, if it can be read again.
    fn shared(&self) -> Option<Self> {
        match self {
            Self::Bytes(bytes) => Some(Self::Bytes(bytes.clone())),
            Self::File(path) => Some(Self::File(path.clone())),
            Self::Once(_) => None,
        }
    }
}

/// What is read once, through the upload that has it.
struct Lent {
    upload: Upload,
    index: usize,
    pieces: Option<Pieces>,
}

impl Stream for Lent {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if this.pieces.is_none() {
            let Some(Piece::Once(once)) = this.upload.0.get(this.index) else {
                return Poll::Ready(None);
            };
            this.pieces = once.take();
        }
        match &mut this.pieces {
            Some(pieces) => pieces.as_mut().poll_next(context),
            None => Poll::Ready(Some(Err("the stream was read already".into()))),
        }
    }
}

struct Converted<S>(Pin<Box<S>>);

impl<S, B, E> Stream for Converted<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<BoxError>,
{
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = self.0.as_mut().poll_next(context);
        piece.map(|piece| piece.map(|piece| piece.map(Into::into).map_err(Into::into)))
    }
}

struct Reading<R> {
    reader: Pin<Box<R>>,
    buffer: Vec<u8>,
}

impl<R: AsyncRead> Stream for Reading<R> {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        this.buffer.resize(PIECE, 0);
        let mut read = ReadBuf::new(&mut this.buffer);
        match this.reader.as_mut().poll_read(context, &mut read) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Err(error)) => Poll::Ready(Some(Err(error.into()))),
            Poll::Ready(Ok(())) => match read.filled() {
                [] => Poll::Ready(None),
                piece => Poll::Ready(Some(Ok(Bytes::copy_from_slice(piece)))),
            },
        }
    }
}

/// Bodies that are bytes.
macro_rules! from_bytes {
    ($($ty:ty)*) => {
        $(impl From<$ty> for Upload {
            fn from(bytes: $ty) -> Self {
                Self::of(Piece::Bytes(bytes.into()))
            }
        })*
    };
}

from_bytes!(Bytes bytes::BytesMut Vec<u8> Box<[u8]> String &'static [u8] &'static str);

impl<const N: usize> From<&'static [u8; N]> for Upload {
    fn from(bytes: &'static [u8; N]) -> Self {
        bytes.as_slice().into()
    }
}

/// What is sent is not shown: it can be much, and is not readable.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").field("size", &self.size()).finish_non_exhaustive()
    }
}

/// The same source.
impl PartialEq for Upload {
    fn eq(&self, other: &Self) -> bool {
        match (self.bytes(), other.bytes()) {
            (Some(bytes), Some(others)) => bytes == others,
            _ => Arc::ptr_eq(&self.0, &other.0),
        }
    }
}

impl Eq for Upload {}
