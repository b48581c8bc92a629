//! Bodies of several parts: `multipart/form-data` (RFC 7578).
//!
//! Types without the client need this file; `write.rs` makes the body of a request.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde_json::value::{RawValue, to_raw_value};

use super::json::{Json, Ref};
use super::parameter::{self, Members, Parameter, Writing};

#[cfg(feature = "client")]
mod write;

/// A file that is sent as a part of a body.
///
/// Bytes are converted by `into`; the file name is then the name of the field.
#[derive(Clone, PartialEq, Eq)]
pub struct FilePart {
    pub(super) bytes: Vec<u8>,
    /// What is sent in place of the bytes.
    #[cfg(feature = "client")]
    upload: Option<super::Upload>,
    file_name: Option<String>,
    content_type: Option<String>,
    headers: Vec<(String, String)>,
}

impl FilePart {
    /// A file with this file name.
    pub fn new(file_name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        let file_name = Some(file_name.into());
        Self { file_name, ..Self::from(bytes.into()) }
    }

    /// A file that is not read into memory: from the disk, a stream or a reader.
    ///
    /// ```text
    /// FilePart::upload("report.pdf", Upload::file("/tmp/report.pdf"))
    /// ```
    #[cfg(feature = "client")]
    pub fn upload(file_name: impl Into<String>, upload: impl Into<super::Upload>) -> Self {
        Self { upload: Some(upload.into()), ..Self::new(file_name, Vec::new()) }
    }

    /// Whether its bytes are not in memory.
    pub(super) fn is_streamed(&self) -> bool {
        #[cfg(feature = "client")]
        return self.upload.is_some();
        #[cfg(not(feature = "client"))]
        false
    }

    /// Sets the media type: `image/png`.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Adds a header of the part, such as `Content-Language`.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

impl From<Vec<u8>> for FilePart {
    fn from(bytes: Vec<u8>) -> Self {
        Self {
            bytes,
            #[cfg(feature = "client")]
            upload: None,
            file_name: None,
            content_type: None,
            headers: Vec::new(),
        }
    }
}

#[cfg(feature = "client")]
impl From<bytes::Bytes> for FilePart {
    fn from(bytes: bytes::Bytes) -> Self {
        Vec::from(bytes).into()
    }
}

/// The bytes are not shown: they can be many, and are not readable.
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

    /// Adds a part with a text.
    #[must_use]
    pub fn text(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.parts.push((name.into(), Content::Text(text.into())));
        self
    }

    /// Adds a part with a file.
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
                Content::File(file) => parts.files(name, None, &[], file),
            }
        }
    }
}

/// A body of several parts.
pub(crate) trait Multipart {
    /// Adds its parts.
    fn fill<'a>(&'a self, parts: &mut Parts<'a>);
}

/// Defines the parts of a struct.
///
/// Each field has a word for how it is written, and the name of its part; a media type, headers, and fields that are
/// headers can follow. A last
/// entry `..extra` names the field whose members are parts, too, and `..(extra)` one whose members are files.
///
/// ```text
/// multipart_object!(NewCover {
///     image: files "image" "image/png" [("X-Kind", "cover")],
///     caption: value "caption" { "Content-Language" = caption_language },
///     ..extra
/// });
/// ```
macro_rules! multipart_object {
    ($name:ident {
        $($field:ident: $word:ident $(($by:literal))? $key:literal $($media_type:literal)? $([$($header:expr),*])?
            $({ $($given:literal = $from:ident),* })?),*
        $(,)? $(..$extra:ident)? $(..($files:ident))?
    }) => {
        impl $crate::runtime::multipart::Multipart for $name {
            fn fill<'a>(&'a self, parts: &mut $crate::runtime::multipart::Parts<'a>) {
                $(parts.$word(
                    $($by,)?
                    $key,
                    $crate::runtime::multipart::media_type!($($media_type)?),
                    &[$($($header),*)?],
                    &self.$field,
                );
                $($(parts.header($given, &self.$from);)*)?)*
                $(parts.rest(self.$extra.iter());)?
                $(parts.files_by_name(self.$files.iter());)?
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

/// Any number of files.
pub(crate) trait Files {
    /// Calls `give` for each of them, with the name of its part.
    fn each<'a>(&'a self, name: &str, give: &mut dyn FnMut(&str, &'a FilePart));
}

impl Files for FilePart {
    fn each<'a>(&'a self, name: &str, give: &mut dyn FnMut(&str, &'a FilePart)) {
        give(name, self);
    }
}

impl<T: Files> Files for Vec<T> {
    fn each<'a>(&'a self, name: &str, give: &mut dyn FnMut(&str, &'a FilePart)) {
        self.iter().for_each(|files| files.each(name, give));
    }
}

impl<T: Files> Files for Option<T> {
    fn each<'a>(&'a self, name: &str, give: &mut dyn FnMut(&str, &'a FilePart)) {
        self.iter().for_each(|files| files.each(name, give));
    }
}

/// Files by name, in parts with names such as `a[b]`.
impl<T: Files> Files for BTreeMap<String, T> {
    fn each<'a>(&'a self, name: &str, give: &mut dyn FnMut(&str, &'a FilePart)) {
        self.iter().for_each(|(key, files)| files.each(&format!("{name}[{key}]"), give));
    }
}

/// Headers of a part that the description states.
type Headers = [(&'static str, &'static str)];

/// A part: its headers and its content.
struct Part<'a> {
    name: Cow<'a, str>,
    file_name: Option<Cow<'a, str>>,
    content_type: Option<&'a str>,
    headers: Vec<(&'a str, Cow<'a, str>)>,
    content: Cow<'a, [u8]>,
    /// What is sent in place of the content.
    #[cfg(feature = "client")]
    upload: Option<&'a super::Upload>,
}

/// The parts of a body, in order.
#[derive(Default)]
pub(crate) struct Parts<'a> {
    parts: Vec<Part<'a>>,
    /// Where those of the last field begin.
    last: usize,
    /// Why they cannot be sent.
    fault: Option<String>,
}

impl<'a> Parts<'a> {
    /// Each file has a file name, by which services distinguish it from a text.
    pub fn files(
        &mut self,
        name: &str,
        content_type: Option<&'a str>,
        headers: &Headers,
        files: &'a impl Files,
    ) {
        self.last = self.parts.len();
        files.each(name, &mut |name, file| {
            let usual = content_type.unwrap_or("application/octet-stream");
            let stated = headers.iter().map(|(name, value)| (*name, Cow::from(*value)));
            let own = file.headers.iter().map(|(name, value)| (name.as_str(), value.into()));
            self.parts.push(Part {
                name: name.to_owned().into(),
                file_name: Some(match &file.file_name {
                    Some(stated) => stated.into(),
                    None => name.to_owned().into(),
                }),
                content_type: Some(file.content_type.as_deref().unwrap_or(usual)),
                headers: stated.chain(own).collect(),
                content: file.bytes.as_slice().into(),
                #[cfg(feature = "client")]
                upload: file.upload.as_ref(),
            });
        });
    }

    /// A scalar as text, an object as JSON, and a list as a part an item (OpenAPI 3.1.0,
    /// 4.8.14.4). Null is left out: a form cannot express it.
    pub fn value(
        &mut self,
        name: &'a str,
        content_type: Option<&'a str>,
        headers: &Headers,
        value: &impl Json,
    ) {
        self.last = self.parts.len();
        if let Some(value) = self.written(value) {
            self.items(name.into(), content_type, &value);
        }
        self.add_headers(headers);
    }

    /// The fields of an object as parts of their own: `a[b]`.
    pub fn deep(
        &mut self,
        name: &'a str,
        content_type: Option<&'a str>,
        headers: &Headers,
        value: &impl Json,
    ) {
        let mut pairs = Vec::new();
        if let Some(value) = self.written(value) {
            parameter::deep(name.to_owned(), &value, &mut pairs);
        }
        self.pairs(pairs, content_type, headers);
    }

    /// `style: form` of an object: a part for each of its members.
    pub fn fields(
        &mut self,
        _name: &'a str,
        content_type: Option<&'a str>,
        headers: &Headers,
        value: &impl Json,
    ) {
        match parameter::pairs("", Writing::Fields, value) {
            Ok(pairs) => self.pairs(pairs, content_type, headers),
            Err(error) => self.refuse(&error.to_string()),
        }
    }

    /// The other styles: `a,b` in one part.
    ///
    /// Parts are not encoded, so an item cannot contain the separator.
    pub fn joined(
        &mut self,
        by: &str,
        name: &'a str,
        content_type: Option<&'a str>,
        headers: &Headers,
        value: &impl Json,
    ) {
        self.last = self.parts.len();
        let Some(written) = self.written(value) else { return };
        let mut items = Vec::new();
        match written.get().starts_with('{') {
            true => Members(value).each(&mut |item| items.push(item)),
            false => written.each(&mut |item| items.push(item)),
        }
        if items.len() > 1 && items.iter().any(|item| item.contains(by)) {
            self.refuse(&format!("an item of `{name}` has {by:?}, which separates items"));
        }
        if !items.is_empty() {
            self.pairs(vec![(name.to_owned(), items.join(by))], content_type, headers);
        }
    }

    fn pairs(
        &mut self,
        pairs: Vec<(String, String)>,
        content_type: Option<&'a str>,
        headers: &Headers,
    ) {
        self.last = self.parts.len();
        for (name, text) in pairs {
            self.text(name.into(), content_type, text.into_bytes().into());
        }
        self.add_headers(headers);
    }

    fn add_headers(&mut self, headers: &Headers) {
        let headers = || headers.iter().map(|(name, value)| (*name, Cow::from(*value)));
        self.parts.iter_mut().skip(self.last).for_each(|part| part.headers.extend(headers()));
    }

    /// A header of the parts of the last field; without a value there is none.
    pub fn header(&mut self, name: &'static str, value: &impl Parameter) {
        let mut texts = Vec::new();
        value.each(&mut |text| texts.push(text));
        if let Some(fault) = value.fault() {
            self.refuse(&format!("its header `{name}`: {fault}"));
        }
        if !texts.is_empty() {
            let text = texts.join(",");
            let parts = self.parts.iter_mut().skip(self.last);
            parts.for_each(|part| part.headers.push((name, text.clone().into())));
        }
    }

    /// A part for each member.
    pub fn rest<T: Json + 'a>(&mut self, members: impl Iterator<Item = (&'a String, &'a T)>) {
        members.for_each(|(name, value)| self.value(name, None, &[], value));
    }

    /// A file for each member, or several.
    pub fn files_by_name<T: Files + 'a>(
        &mut self,
        members: impl Iterator<Item = (&'a String, &'a T)>,
    ) {
        members.for_each(|(name, files)| self.files(name, None, &[], files));
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
        self.parts.push(Part {
            name,
            file_name: None,
            content_type,
            headers: Vec::new(),
            content,
            #[cfg(feature = "client")]
            upload: None,
        });
    }

    fn refuse(&mut self, reason: &str) {
        self.fault.get_or_insert_with(|| format!("a part of the body cannot be sent: {reason}"));
    }
}
