//! Replies of bytes that come piece by piece, in code that is not async.

use std::fmt;
use std::io::{self, BufRead, Read};

use bytes::{Buf, Bytes};

use super::super::blocking::wait;
use super::super::{Call, Error, Reply};
use super::{ByteStream, Download};

impl<Op: Download> Call<Op> {
    /// Sends the call and gives a reader of its reply's bytes, in code that is not async.
    ///
    /// ```text
    /// let mut cover = client.books().cover(7).stream_blocking()?.into_body();
    /// std::io::copy(&mut cover, &mut file)?;
    /// ```
    ///
    /// # Errors
    /// Those of [`stream`](Self::stream), and [`ErrorKind::Connect`](crate::ErrorKind::Connect)
    /// where no thread can be started that does the work.
    pub fn stream_blocking(self) -> Result<Reply<ByteReader>, Error> {
        let reply = wait(self.stream())??;
        Ok(reply.map(|stream| ByteReader { stream: Some(stream), piece: Bytes::new() }))
    }
}

/// The bytes of a [`ByteStream`] in code that is not async.
///
/// What goes wrong is an [`io::Error`] that holds an [`Error`]; nothing comes after it.
pub struct ByteReader {
    /// Away while a piece is waited for.
    stream: Option<ByteStream>,
    /// What has come and was not read.
    piece: Bytes,
}

impl ByteReader {
    /// How many bytes come from first to last; `None` where the service does not say, or
    /// compresses them on their way.
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
