//! Bodies of several parts: `multipart/form-data` (RFC 7578).
//!
//! Types alone need what stands here; `write.rs` makes the body of a request of it.

use std::borrow::Cow;
use std::fmt;

use serde_json::value::{RawValue, to_raw_value};

use super::json::{Json, Ref};
use super::parameter::{self, Parameter};

#[cfg(feature = "client")]
mod write;

/// A file that is sent as a part of a body.
///
/// Bytes become one by `into`; it is then called like its field.
#[derive(Clone, PartialEq, Eq)]
pub struct FilePart {
    pub(super) bytes: Vec<u8>,
    file_name: Option<String>,
    content_type: Option<String>,
}

impl FilePart {
    /// A file of this name.
    pub fn new(file_name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), file_name: Some(file_name.into()), content_type: None }
    }

    /// The same file of this media type: `image/png`.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }
}

impl From<Vec<u8>> for FilePart {
    fn from(bytes: Vec<u8>) -> Self {
        Self { bytes, file_name: None, content_type: None }
    }
}

#[cfg(feature = "client")]
impl From<bytes::Bytes> for FilePart {
    fn from(bytes: bytes::Bytes) -> Self {
        Vec::from(bytes).into()
    }
}

/// The bytes stay out: they may be many, and nobody can read them.
impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilePart")
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .field("size", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

/// A body of parts that the description does not name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MultipartForm {
    parts: Vec<(String, Content)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Content {
    Text(String),
    File(FilePart),
}

impl MultipartForm {
    /// A body without parts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text.
    #[must_use]
    pub fn text(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.parts.push((name.into(), Content::Text(text.into())));
        self
    }

    /// Adds a file.
    #[must_use]
    pub fn file(mut self, name: impl Into<String>, file: impl Into<FilePart>) -> Self {
        self.parts.push((name.into(), Content::File(file.into())));
        self
    }
}

impl Multipart for MultipartForm {
    fn fill<'a>(&'a self, parts: &mut Parts<'a>) {
        for (name, content) in &self.parts {
            match content {
                Content::Text(text) => parts.text(name.into(), None, text.as_bytes().into()),
                Content::File(file) => parts.files(name, None, file),
            }
        }
    }
}

/// A body of several parts.
pub(crate) trait Multipart {
    /// Adds its parts.
    fn fill<'a>(&'a self, parts: &mut Parts<'a>);
}

/// Says which parts a struct is sent as.
///
/// Each field has a word for what it is and its name; a media type may follow. A last entry
/// `..extra` names the field whose members are parts, too.
///
/// ```text
/// multipart_object!(NewCover {
///     image: files "image" "image/png",
///     caption: value "caption",
///     ..extra
/// });
/// ```
macro_rules! multipart_object {
    ($name:ident {
        $($field:ident: $word:ident $key:literal $($media_type:literal)?),* $(,)? $(..$extra:ident)?
    }) => {
        impl $crate::runtime::multipart::Multipart for $name {
            fn fill<'a>(&'a self, parts: &mut $crate::runtime::multipart::Parts<'a>) {
                $(parts.$word(
                    $key,
                    $crate::runtime::multipart::media_type!($($media_type)?),
                    &self.$field,
                );)*
                $(parts.rest(self.$extra.iter());)?
            }
        }
    };
}

macro_rules! media_type {
    () => {
        None
    };
    ($media_type:literal) => {
        Some($media_type)
    };
}

pub(crate) use {media_type, multipart_object};

/// Some files, or none.
pub(crate) trait Files {
    /// Gives each of them.
    fn each<'a>(&'a self, give: &mut dyn FnMut(&'a FilePart));
}

impl Files for FilePart {
    fn each<'a>(&'a self, give: &mut dyn FnMut(&'a FilePart)) {
        give(self);
    }
}

impl<T: Files> Files for Vec<T> {
    fn each<'a>(&'a self, give: &mut dyn FnMut(&'a FilePart)) {
        self.iter().for_each(|files| files.each(give));
    }
}

impl<T: Files> Files for Option<T> {
    fn each<'a>(&'a self, give: &mut dyn FnMut(&'a FilePart)) {
        self.iter().for_each(|files| files.each(give));
    }
}

/// A part: its head, and what it holds.
struct Part<'a> {
    name: Cow<'a, str>,
    file_name: Option<&'a str>,
    content_type: Option<&'a str>,
    content: Cow<'a, [u8]>,
}

/// The parts of a body, in order.
#[derive(Default)]
pub(crate) struct Parts<'a> {
    parts: Vec<Part<'a>>,
    /// Why they cannot be sent.
    fault: Option<String>,
}

impl<'a> Parts<'a> {
    /// Services tell a file from a text by its having a file name.
    pub fn files(&mut self, name: &'a str, content_type: Option<&'a str>, files: &'a impl Files) {
        files.each(&mut |file| {
            let usual = content_type.unwrap_or("application/octet-stream");
            self.parts.push(Part {
                name: name.into(),
                file_name: Some(file.file_name.as_deref().unwrap_or(name)),
                content_type: Some(file.content_type.as_deref().unwrap_or(usual)),
                content: file.bytes.as_slice().into(),
            });
        });
    }

    /// A scalar as text, an object as JSON, and a list as a part an item (OpenAPI 3.1.0,
    /// 4.8.14.4). Null is no part: a form has no word for it.
    pub fn value(&mut self, name: &'a str, content_type: Option<&'a str>, value: &impl Json) {
        if let Some(value) = self.written(value) {
            self.items(name.into(), content_type, &value);
        }
    }

    /// The fields of an object as parts of their own: `a[b]`.
    pub fn deep(&mut self, name: &'a str, content_type: Option<&'a str>, value: &impl Json) {
        let mut pairs = Vec::new();
        if let Some(value) = self.written(value) {
            parameter::deep(name.to_owned(), &value, &mut pairs);
        }
        for (name, text) in pairs {
            self.text(name.into(), content_type, text.into_bytes().into());
        }
    }

    /// A part for each member.
    pub fn rest<T: Json + 'a>(&mut self, members: impl Iterator<Item = (&'a String, &'a T)>) {
        members.for_each(|(name, value)| self.value(name, None, value));
    }

    fn written(&mut self, value: &impl Json) -> Option<Box<RawValue>> {
        to_raw_value(&Ref(value)).map_err(|error| self.refuse(&error.to_string())).ok()
    }

    fn items(&mut self, name: Cow<'a, str>, content_type: Option<&'a str>, value: &RawValue) {
        match value.get().starts_with('[') {
            true => {
                let items = parameter::items(value).into_iter();
                items.for_each(|item| self.item(name.clone(), content_type, item));
            }
            false => self.item(name, content_type, value),
        }
    }

    fn item(&mut self, name: Cow<'a, str>, content_type: Option<&'a str>, value: &RawValue) {
        let essence = content_type.and_then(|stated| stated.split(';').next());
        let is_json = essence.is_some_and(|essence| essence.trim_end().ends_with("json"));
        let text = value.get();
        match text.as_bytes().first() {
            Some(b'n') => {}
            Some(b'"') if !is_json => value.each(&mut |text| {
                self.text(name.clone(), content_type, text.into_bytes().into());
            }),
            Some(b'{' | b'[') => {
                let content_type = content_type.or(Some("application/json"));
                self.text(name, content_type, text.as_bytes().to_vec().into());
            }
            _ => self.text(name, content_type, text.as_bytes().to_vec().into()),
        }
    }

    fn text(&mut self, name: Cow<'a, str>, content_type: Option<&'a str>, content: Cow<'a, [u8]>) {
        self.parts.push(Part { name, file_name: None, content_type, content });
    }

    fn refuse(&mut self, reason: &str) {
        self.fault.get_or_insert_with(|| format!("a part of the body cannot be sent: {reason}"));
    }
}
