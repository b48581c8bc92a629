//! Bytes that stand in a text as base64 (RFC 4648, 4).

use std::ops::Deref;

use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{DecodeError, Engine as _};

use super::{Textual, Verbatim};

/// Bytes that are sent as base64.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base64(pub Vec<u8>);

/// Takes padding that is missing, and bits at the end that stand for nothing.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

impl Textual for Base64 {
    type Error = DecodeError;

    const EXPECTED: &'static str = "base64";

    /// Also the letters of base64url (RFC 4648, 5) and broken lines (RFC 2045, 6.8).
    fn read_text(text: &str) -> Result<Self, DecodeError> {
        let usual = |byte: u8| match byte {
            b'-' => b'+',
            b'_' => b'/',
            other => other,
        };
        let bytes = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).map(usual);
        LENIENT.decode(bytes.collect::<Vec<u8>>()).map(Self)
    }

    fn usual_text(&self) -> String {
        LENIENT.encode(&self.0)
    }
}

impl Deref for Base64 {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Verbatim<Base64> {
    fn from(bytes: Vec<u8>) -> Self {
        Base64(bytes).into()
    }
}

impl From<&[u8]> for Verbatim<Base64> {
    fn from(bytes: &[u8]) -> Self {
        bytes.to_vec().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_spelling_is_read_and_kept() {
        let bytes = [0xfb, 0xff, 0x01, 0x02];
        for text in ["+/8BAg==", "-_8BAg==", "+/8BAg", "+/8B\r\nAg==\r\n", "+/8BAh=="] {
            let read: Verbatim<Base64> = text.parse().expect(text);
            assert_eq!(**read, bytes, "{text}");
            assert_eq!(read.to_string(), text);
        }
        assert_eq!(Verbatim::<Base64>::from(bytes.to_vec()).to_string(), "+/8BAg==");
    }

    #[test]
    fn what_is_no_base64_is_an_error() {
        for text in ["abc$", "a", "a=bc"] {
            assert!(text.parse::<Verbatim<Base64>>().is_err(), "{text}");
        }
    }
}
