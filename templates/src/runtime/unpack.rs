//! Bodies as they were before they were compressed for the way (RFC 9110, 8.4).

use std::error::Error as StdError;
use std::fmt;
use std::io::{self, Write};

use bytes::{Buf, Bytes};
use flate2::write::MultiGzDecoder;
use reqwest::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap, HeaderValue};

use super::platform::Response;
use super::{Delivery, TransportError};

/// What is asked for in `Accept-Encoding`.
pub const ACCEPTED: HeaderValue = HeaderValue::from_static("gzip");
/// More codings than this, one upon the other, are no help to anybody.
const MOST_CODINGS: usize = 4;

/// Unpacks the pieces of a body as they come.
#[derive(Default)]
pub enum Unpacker {
    /// Nothing is packed.
    #[default]
    Plain,
    Packed(Box<Layers>),
    /// It comes as it is, and cannot be read.
    Unknown(Box<UnknownCoding>),
}

pub struct Layers {
    /// In the order in which they are undone.
    layers: Vec<Gunzip>,
    /// Whether the last piece has come.
    is_over: bool,
}

/// A coding that nobody asked for.
#[derive(Debug)]
pub struct UnknownCoding(String);

impl fmt::Display for UnknownCoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "its content coding {:?} is not known", self.0)
    }
}

impl StdError for UnknownCoding {}

impl Unpacker {
    /// Makes one for what the headers say. Where something is unpacked they say no longer that it
    /// is packed, nor how long it was.
    pub fn take_from(headers: &mut HeaderMap) -> Self {
        if !headers.contains_key(CONTENT_ENCODING) {
            return Self::Plain;
        }
        let mut layers = Vec::new();
        for coding in codings(headers) {
            match coding.as_str() {
                "identity" => {}
                "gzip" | "x-gzip" if layers.len() < MOST_CODINGS => layers.push(Gunzip::new()),
                _ => return Self::Unknown(Box::new(UnknownCoding(coding))),
            }
        }
        if layers.is_empty() {
            return Self::Plain;
        }
        headers.remove(CONTENT_ENCODING);
        headers.remove(CONTENT_LENGTH);
        Self::Packed(Box::new(Layers { layers, is_over: false }))
    }

    /// What undoes the codings, where there are any.
    pub fn layers(&mut self) -> Option<&mut Layers> {
        match self {
            Self::Packed(layers) => Some(layers),
            Self::Plain | Self::Unknown(_) => None,
        }
    }

    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Unknown(_))
    }

    /// The coding that nobody asked for.
    pub fn unknown(self) -> Option<Box<UnknownCoding>> {
        match self {
            Self::Unknown(coding) => Some(coding),
            Self::Plain | Self::Packed(_) => None,
        }
    }

    /// The next piece of a response's body; `None` where there are no more.
    pub async fn next(&mut self, response: &mut Response) -> Result<Option<Bytes>, TransportError> {
        match self.layers() {
            None => Ok(response.chunk().await?),
            Some(layers) => layers.next(response).await,
        }
    }
}

impl Layers {
    /// The next piece that is unpacked; `None` where there are no more.
    pub async fn next(&mut self, response: &mut Response) -> Result<Option<Bytes>, TransportError> {
        loop {
            match self.step().map_err(|error| TransportError::new(Delivery::Malformed, error))? {
                Step::Piece(piece) => return Ok(Some(piece)),
                Step::Over => return Ok(None),
                Step::Hungry => match response.chunk().await? {
                    Some(piece) => self.layers[0].input = piece,
                    None => self.is_over = true,
                },
            }
        }
    }

    /// Works on what has come. The layer nearest to the end goes first, so that each has room for
    /// what the one before it gives.
    fn step(&mut self) -> io::Result<Step> {
        let last = self.layers.len() - 1;
        while let Some(at) = (0..=last).rev().find(|at| self.has_work(*at)) {
            match self.layers[at].work()? {
                nothing if nothing.is_empty() => {}
                piece if at == last => return Ok(Step::Piece(piece)),
                piece => self.layers[at + 1].input = piece,
            }
        }
        Ok(if self.layers[last].is_over { Step::Over } else { Step::Hungry })
    }

    /// Whether a layer has input, or has to end because there will be no more.
    fn has_work(&self, at: usize) -> bool {
        let layer = &self.layers[at];
        let ends = at.checked_sub(1).map_or(self.is_over, |before| self.layers[before].is_over);
        !layer.input.is_empty() || (ends && !layer.is_over)
    }
}

enum Step {
    Piece(Bytes),
    /// More of what is packed is needed.
    Hungry,
    Over,
}

/// Undoes gzip (RFC 1952), of which there may be several members one after the other.
struct Gunzip {
    decoder: MultiGzDecoder<Vec<u8>>,
    input: Bytes,
    /// Whether there was anything to unpack: replies without a body may say that it is packed.
    has_begun: bool,
    is_over: bool,
}

impl Gunzip {
    fn new() -> Self {
        let decoder = MultiGzDecoder::new(Vec::new());
        Self { decoder, input: Bytes::new(), has_begun: false, is_over: false }
    }

    /// Unpacks a part of the input, or ends where there is none; gives what came out, which is at
    /// most about 64 KiB.
    fn work(&mut self) -> io::Result<Bytes> {
        if self.input.is_empty() {
            self.is_over = true;
            if self.has_begun {
                self.decoder.try_finish()?;
            }
        } else {
            self.has_begun = true;
            let taken = self.decoder.write(&self.input)?;
            self.input.advance(taken);
            // What comes slowly is not held back until there is more of it.
            self.decoder.flush()?;
        }
        // A copy is as large as it has to be, and the room for the next one is there already.
        let output = self.decoder.get_mut();
        let piece = Bytes::copy_from_slice(output);
        output.clear();
        Ok(piece)
    }
}

/// `gzip, identity` and further lines → what was done last first.
fn codings(headers: &HeaderMap) -> Vec<String> {
    let lines = headers.get_all(CONTENT_ENCODING).iter();
    let lines = lines.map(|line| String::from_utf8_lossy(line.as_bytes()).into_owned());
    let named = |line: String| line.split(',').map(|name| name.trim().to_lowercase()).collect();
    let mut codings: Vec<String> = lines.flat_map::<Vec<String>, _>(named).collect();
    codings.retain(|name| !name.is_empty());
    codings.reverse();
    codings
}
