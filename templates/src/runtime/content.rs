//! Bodies whose media type the caller sets.

use std::fmt;

use reqwest::header::HeaderValue;

use super::{Call, Upload};

/// A body with a media type that the caller sets, because the description does not.
#[derive(Clone, PartialEq, Eq)]
pub struct Content {
    media_type: String,
    upload: Upload,
}

impl Content {
    /// Bytes of this media type: `image/png`, or `multipart/mixed; boundary=x`.
    ///
    /// If this is not a valid media type, the call fails with
    /// [`ErrorKind::Request`](crate::ErrorKind::Request) and is not sent.
    pub fn new(media_type: impl Into<String>, content: impl Into<Upload>) -> Self {
        Self { media_type: media_type.into(), upload: content.into() }
    }
}

/// The bytes are not shown: there may be many, and nobody can read them.
impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Content")
            .field("media_type", &self.media_type)
            .field("size", &self.upload.size().unwrap_or_default())
            .finish_non_exhaustive()
    }
}

impl<Op> Call<Op> {
    pub(crate) fn typed_bytes(self, body: Content) -> Self {
        let mut request = self.into_request();
        match is_media_type(&body.media_type) {
            true => request.upload(body.media_type, body.upload),
            false => request.refuse(format!("{:?} is not a valid media type", body.media_type)),
        }
        Self::of(request)
    }
}

/// `image/png`, and what may follow it (RFC 9110, 8.3.1); no range such as `image/*`.
fn is_media_type(text: &str) -> bool {
    let essence = text.split(';').next().unwrap_or_default().trim_end();
    let halves = essence.split_once('/');
    let is_one = halves.is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype));
    is_one && HeaderValue::from_str(text).is_ok()
}

/// RFC 9110, 5.6.2, without `*`, which stands for a range.
fn is_token(text: &str) -> bool {
    let may_stand = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(may_stand)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_are_told_from_ranges_and_from_other_texts() {
        let sent = ["image/png", "multipart/mixed; boundary=\"a b\"", "application/vnd.a+json"];
        assert!(sent.into_iter().all(is_media_type));
        let refused = [
            "",
            "/",
            "png",
            "image/",
            "image/*",
            "*/*",
            "image/png/x",
            "image /png",
            " image/png",
            "image/png\r\nX-Evil: yes",
            "image/png; a=\r\n",
            "image/pñg",
            "image/png; a=\0",
        ];
        for text in refused {
            assert!(!is_media_type(text), "{text:?}");
        }
    }

    #[test]
    fn debug_tells_no_bytes() {
        let shown = format!("{:?}", Content::new("text/plain", "a secret"));
        assert_eq!(shown, "Content { media_type: \"text/plain\", size: 8, .. }");
    }
}
