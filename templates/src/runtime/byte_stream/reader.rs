//! Downloads in blocking code.

use std::fmt;
use std::io::{self, BufRead, Read};

use bytes::{Buf, Bytes};

use super::super::blocking::wait;
use super::super::{Call, Error, Reply};
use super::{ByteStream, Download};

impl<Op: Download> Call<Op> {
    /// Sends the call and returns a reader of the reply's bytes, in blocking code.
    ///
    /// ```text
    /// let mut cover = client.books().cover(7).stream_blocking()?.into_body();
    /// std::io::copy(&mut cover, &mut file)?;
    /// ```
    ///
    /// # Errors
    /// Those of [`stream`](Self::stream), and [`ErrorKind::Connect`](crate::ErrorKind::Connect) if
    /// the thread for blocking calls cannot be started.
    pub fn stream_blocking(self) -> Result<Reply<ByteReader>, Error> {
        let reply = wait(self.stream())??;
        Ok(reply.map(|stream| ByteReader { stream: Some(stream), piece: Bytes::new() }))
    }
}

/// The bytes of a [`ByteStream`] in blocking code.
///
/// An error is an [`io::Error`] that contains an [`Error`], and the last result.
pub struct ByteReader {
    /// `None` while it waits for a chunk.
    stream: Option<ByteStream>,
    /// What was received and not read yet.
    piece: Bytes,
}

impl ByteReader {
    /// The total number of bytes; `None` if the service does not state it, or compresses them.
    pub fn content_length(&self) -> Option<u64> {
        self.stream.as_ref()?.content_length()
    }

    fn next(&mut self) -> Option<Result<Bytes, Error>> {
        let mut stream = self.stream.take()?;
        let waited = wait(async move {
            let piece = stream.next().await;
            (stream, piece)
        });
        match waited {
            Ok((stream, piece)) => {
                self.stream = Some(stream);
                piece
            }
            Err(error) => Some(Err(error)),
        }
    }
}

impl BufRead for ByteReader {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.piece.is_empty() {
            let Some(piece) = self.next() else { break };
            self.piece = piece.map_err(io::Error::other)?;
        }
        Ok(&self.piece)
    }

    fn consume(&mut self, amount: usize) {
        self.piece.advance(amount);
    }
}

impl Read for ByteReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl fmt::Debug for ByteReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteReader").finish_non_exhaustive()
    }
}
