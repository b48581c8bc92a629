//! A body that is read while it is sent.

use std::collections::VecDeque;
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll};
use std::thread;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::sync::mpsc::{self, Receiver};

use crate::runtime::Upload;
use crate::runtime::hooks::BoxError;
use crate::runtime::upload::{PIECE, Piece, Pieces};

/// The body of an attempt.
pub fn upload(upload: &Upload) -> reqwest::Body {
    let pieces = upload.pieces();
    let next = (0..pieces.len()).collect();
    let size = upload.size();
    reqwest::Body::wrap(Reading { upload: upload.clone(), next, now: Mutex::new(None), size })
}

/// Reads the body of a request into memory, for a service that is no network.
#[cfg(feature = "mock")]
pub async fn load(request: &mut reqwest::Request) -> Result<(), crate::runtime::TransportError> {
    let Some(body) = request.body_mut().as_mut().filter(|body| body.as_bytes().is_none()) else {
        return Ok(());
    };
    let mut whole = Vec::new();
    while let Some(frame) =
        std::future::poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await
    {
        whole.extend_from_slice(&frame?.into_data().unwrap_or_default());
    }
    *body = whole.into();
    Ok(())
}

struct Reading {
    upload: Upload,
    /// The parts that are not read yet.
    next: VecDeque<usize>,
    /// A mutex, because a body is shared between threads, which a stream need not be.
    now: Mutex<Option<Now>>,
    size: Option<u64>,
}

/// The part that is read.
enum Now {
    Bytes(Bytes),
    File(Receiver<Result<Bytes, BoxError>>),
    Once(Pieces),
}

impl Reading {
    /// Begins with the next part.
    fn begin(&mut self) -> Result<Option<Now>, BoxError> {
        let pieces = self.upload.pieces();
        let Some(piece) = self.next.pop_front().and_then(|index| pieces.get(index)) else {
            return Ok(None);
        };
        Ok(Some(match piece {
            Piece::Bytes(bytes) => Now::Bytes(bytes.clone()),
            Piece::File(path) => Now::File(read(path.clone())?),
            Piece::Once(once) => Now::Once(once.take().ok_or("the stream was read already")?),
        }))
    }
}

impl Body for Reading {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = self.get_mut();
        loop {
            let held = this.now.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner);
            let piece = match held {
                Some(Now::Bytes(bytes)) if bytes.is_empty() => None,
                Some(Now::Bytes(bytes)) => Some(Ok(std::mem::take(bytes))),
                Some(Now::File(pieces)) => std::task::ready!(pieces.poll_recv(context)),
                Some(Now::Once(pieces)) => {
                    std::task::ready!(pieces.as_mut().poll_next(context))
                }
                None => None,
            };
            if let Some(piece) = piece {
                return Poll::Ready(Some(piece.map(Frame::data)));
            }
            match this.begin() {
                Ok(None) => return Poll::Ready(None),
                Ok(now) => this.now = Mutex::new(now),
                Err(why) => return Poll::Ready(Some(Err(why))),
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        self.size.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// Reads a file on a thread of its own, which ends when nobody reads on.
fn read(path: PathBuf) -> Result<Receiver<Result<Bytes, BoxError>>, BoxError> {
    let (sender, receiver) = mpsc::channel(2);
    let file = File::open(&path)?;
    // What is written to it meanwhile is not part of the length that was stated.
    let mut file = file.take(std::fs::metadata(&path)?.len());
    thread::Builder::new().name("upload".to_owned()).spawn(move || {
        let mut buffer = vec![0; PIECE];
        loop {
            let piece = match file.read(&mut buffer) {
                Ok(0) => return,
                Ok(count) => Ok(Bytes::copy_from_slice(buffer.get(..count).unwrap_or_default())),
                Err(error) => Err(error.into()),
            };
            if sender.blocking_send(piece).is_err() {
                return;
            }
        }
    })?;
    Ok(receiver)
}
