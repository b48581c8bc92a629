//! Files that a model sends: their content, or those of a folder that the person has allowed.

use std::ffi::OsStr;
use std::fmt;
use std::io::Read as _;
use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use cap_std::ambient_authority;
use cap_std::fs::Dir;
use lantern_operations::FilePart;
use serde_json::{Map, Value, json};

/// No larger file is sent, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The members of a file as an argument.
const MEMBERS: [&str; 4] = ["path", "base64", "filename", "content_type"];

/// Where files may be read from; nowhere if it is not said.
#[derive(Default)]
pub struct Files(Option<Dir>);

impl Files {
    /// Files below a folder. What leads out of it, such as a link, is refused by the operating system or by `cap-std`, also if it
    /// changes while it is opened.
    ///
    /// # Errors
    /// If the folder cannot be opened.
    pub fn below(folder: &Path) -> Result<Self, String> {
        let folder_of = Dir::open_ambient_dir(folder, ambient_authority());
        let folder_of = folder_of.map_err(|why| format!("--files {}: {why}", folder.display()))?;
        Ok(Self(Some(folder_of)))
    }

    /// What an argument has to be that is a file.
    pub fn schema(&self) -> Value {
        let text = |says: &str| json!({"type": "string", "description": says});
        let mut properties = Map::new();
        if self.0.is_some() {
            let says = "The path of a file below the folder that is allowed, in place of `base64`";
            properties.insert("path".to_owned(), text(says));
        }
        properties.insert("base64".to_owned(), text("The content of the file, in base64"));
        properties.insert("filename".to_owned(), text("The name of the file"));
        properties.insert("content_type".to_owned(), text("Its media type, such as `image/png`"));
        let mut schema = json!({
            "type": "object", "properties": properties, "additionalProperties": false,
        });
        if self.0.is_none() {
            schema["required"] = json!(["base64"]);
        }
        schema
    }

    /// The file that an argument is.
    ///
    /// # Errors
    /// What is wrong with it, and what it can be instead.
    pub fn read(&self, argument: &Value) -> Result<FilePart, String> {
        let members = argument.as_object().ok_or_else(|| self.advice("a file is an object"))?;
        if let Some(unknown) = members.keys().find(|name| !MEMBERS.contains(&name.as_str())) {
            return Err(self.advice(&format!("a file has no `{unknown}`")));
        }
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        let media_type = text("content_type").map(media_type).transpose()?;
        let named = text("filename").map(str::to_owned);
        match (text("path"), text("base64")) {
            (Some(path), None) => {
                let own = Path::new(path).file_name().map(OsStr::to_string_lossy);
                let name = named.or(own.map(|name| name.into_owned()));
                Ok(FilePart { name, media_type, content: self.content(path)? })
            }
            (None, Some(base64)) => {
                let content = BASE64_STANDARD.decode(base64.trim());
                let content = content.map_err(|why| format!("`base64` cannot be read: {why}"))?;
                Ok(FilePart { name: named, media_type, content })
            }
            _ => Err(self.advice("a file has one of the two")),
        }
    }

    fn content(&self, path: &str) -> Result<Vec<u8>, String> {
        let Some(folder) = &self.0 else {
            return Err(self.advice("no file of this machine is read"));
        };
        let fault = |why: &dyn fmt::Display| format!("the file `{path}` is not sent: {why}");
        // A pipe would keep the reader waiting before it can be told from a file.
        let kind = folder.metadata(path).map_err(|why| fault(&why))?;
        if !kind.is_file() {
            return Err(fault(&"it is no file"));
        }
        let file = folder.open(path).map_err(|why| fault(&why))?;
        let mut content = Vec::new();
        file.take(LARGEST + 1).read_to_end(&mut content).map_err(|why| fault(&why))?;
        match content.len() as u64 > LARGEST {
            true => Err(fault(&format!("it has more than {LARGEST} bytes"))),
            false => Ok(content),
        }
    }

    fn advice(&self, why: &str) -> String {
        let base64 = r#"{"base64": "…", "filename": "…", "content_type": "…"}"#;
        match self.0 {
            Some(_) => format!(
                r#"{why}: write {{"path": "…"}} for one below the allowed folder, or {base64}"#
            ),
            None => format!(
                "{why}: write {base64}; the person who started this server can allow files of a folder by `--files`"
            ),
        }
    }
}

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "below a folder" } else { "none" })
    }
}

/// A media type that a header of a part can have.
fn media_type(text: &str) -> Result<String, String> {
    let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    match text.split_once('/') {
        Some(_) if is_plain => Ok(text.to_owned()),
        _ => Err(format!("`content_type` {text:?} is no media type")),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;

    fn folder() -> (TempDir, Files) {
        let outer = tempfile::tempdir().expect("a folder");
        let inner = outer.path().join("allowed");
        fs::create_dir_all(inner.join("deep")).expect("folders");
        fs::write(outer.path().join("secret"), "canary").expect("a file");
        fs::write(inner.join("deep/a.txt"), "hello").expect("a file");
        let files = Files::below(&inner).expect("a folder");
        (outer, files)
    }

    #[test]
    fn a_file_is_its_content_or_one_of_the_folder() {
        let (_outer, files) = folder();
        let read = files.read(&json!({"path": "deep/a.txt"})).expect("a file");
        assert_eq!((read.name.as_deref(), read.content.as_slice()), (Some("a.txt"), &b"hello"[..]));
        let argument = json!({"base64": "aGk=", "filename": "b", "content_type": "text/plain"});
        for files in [files, Files::default()] {
            let read = files.read(&argument).expect("a file");
            let expected = (Some("b".to_owned()), Some("text/plain".to_owned()), b"hi".to_vec());
            assert_eq!((read.name, read.media_type, read.content), expected);
        }
    }

    #[test]
    fn nothing_is_read_that_the_person_has_not_allowed() {
        let (outer, files) = folder();
        let secret = outer.path().join("secret").to_string_lossy().into_owned();
        for path in [secret.as_str(), "../secret", "deep/../../secret", "deep", "", ".", "none"] {
            let why = files.read(&json!({ "path": path })).expect_err(path);
            assert!(!why.contains("canary"), "{why}");
        }
        let why = Files::default().read(&json!({"path": "deep/a.txt"})).expect_err("no folder");
        assert!(why.contains("--files") && why.contains("base64"), "{why}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_out_of_the_folder_is_not_followed() {
        use std::os::unix::fs::symlink;
        let (outer, files) = folder();
        let inner = outer.path().join("allowed");
        symlink("../secret", inner.join("link")).expect("a link");
        symlink(outer.path(), inner.join("up")).expect("a link");
        symlink("deep/a.txt", inner.join("within")).expect("a link");
        for path in ["link", "up/secret"] {
            assert!(files.read(&json!({ "path": path })).is_err(), "{path}");
        }
        assert_eq!(files.read(&json!({"path": "within"})).expect("a file").content, b"hello");
    }

    #[test]
    fn what_is_no_file_is_told() {
        for (argument, part) in [
            (json!("a.txt"), "a file is an object"),
            (json!({"file": "a"}), "no `file`"),
            (json!({}), "one of the two"),
            (json!({"path": "a", "base64": ""}), "one of the two"),
            (json!({"base64": "%"}), "cannot be read"),
            (json!({"base64": "", "content_type": "a/b\r\nx: y"}), "no media type"),
        ] {
            let why = Files::default().read(&argument).expect_err("no file");
            assert!(why.contains(part), "{why}");
        }
    }
}
