//! The request that flags and a file describe.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use clap::ArgMatches;
use clap::parser::ValueSource;
use lantern_operations::{FilePart, Media, Operation, Shape, Table};
use serde_json::{Map, Value};

use crate::Outgoing;
use crate::failure::Failure;
use crate::fields::{self, Field, Place, put};
use crate::values;

/// The values of parameters and the body of a request.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// The values of parameters by name.
    pub parameters: Map<String, Value>,
    /// The body; null if there is none.
    pub body: Value,
    /// The body, if it is a file as it is.
    pub raw: Option<Vec<u8>>,
}

impl Input {
    /// What the arguments of a command say.
    pub fn from_arguments(fields: &[Field], matches: &ArgMatches) -> Result<Self, Failure> {
        let mut input = Self::default();
        if let Some(file) = text_of(matches, "json") {
            let text = json(&file)?;
            input.body = serde_json::from_str(&text)
                .map_err(|why| Failure::usage(format!("--json {file} is not JSON: {why}")))?;
        }
        input.raw = text_of(matches, "body").map(|file| bytes("--body", &file)).transpose()?;
        for field in fields {
            if let Some(value) = given(field, matches)? {
                input.set(field, value);
            }
        }
        Ok(input)
    }

    /// Gives a field a value.
    pub fn set(&mut self, field: &Field, value: Value) {
        match &field.place {
            Place::Parameter(name) => drop(self.parameters.insert(name.clone(), value)),
            Place::Body(path) => put(&mut self.body, path, value),
        }
    }

    /// The request that is sent for it.
    pub fn request(
        &self,
        table: &Table,
        operation: &'static Operation,
    ) -> Result<Outgoing, Failure> {
        let request =
            operation.request(&self.parameters).map_err(|why| Failure::usage(why.to_string()))?;
        let (target, headers) = (request.target(), request.into_headers());
        let body = self.body(table, operation)?;
        Ok(Outgoing { operation, target, headers, body, notice: None })
    }

    fn body(
        &self,
        table: &Table,
        operation: &'static Operation,
    ) -> Result<Option<(&'static str, Vec<u8>)>, Failure> {
        let Some(media) = fields::body(operation) else { return Ok(None) };
        if let Some(raw) = &self.raw {
            return Ok(Some((&media.media_type, raw.clone())));
        }
        let is_required = operation.body.as_ref().is_some_and(|body| body.required);
        let body = match (&self.body, is_required) {
            (Value::Null, false) => return Ok(None),
            // An object of which no field is needed.
            (Value::Null, true) => Value::Object(Map::new()),
            (body, _) => body.clone(),
        };
        if let Some(schema) = &media.schema {
            check_required(table, schema, &body)?;
        }
        match (media.is_multipart(), &body) {
            (true, Value::Object(members)) => {
                media.encode_multipart(table, members, file).map(Some).map_err(Failure::other)
            }
            _ => encoded(media, &body).map(Some),
        }
    }
}

/// The file at a path.
fn file(path: &Value) -> Result<Option<FilePart>, String> {
    let Value::String(path) = path else { return Ok(None) };
    let name = Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned());
    let content = bytes("the file", path).map_err(|failure| failure.message)?;
    Ok(Some(FilePart { name, media_type: None, content }))
}

/// The bytes of a body in one of its forms.
fn encoded(media: &'static Media, body: &Value) -> Result<(&'static str, Vec<u8>), Failure> {
    let bytes = media.encode(body).ok_or_else(|| {
        Failure::usage(format!("this program cannot send a body of {}", media.media_type))
    })?;
    Ok((&media.media_type, bytes))
}

/// Says which fields are missing before anything is sent.
fn check_required(table: &Table, schema: &Value, body: &Value) -> Result<(), Failure> {
    let Value::Object(members) = body else { return Ok(()) };
    let shape = Shape::new(table, schema);
    let missing = shape
        .members
        .iter()
        .filter(|(name, _, required)| *required && !members.contains_key(*name));
    let missing: Vec<_> = missing.map(|(name, ..)| format!("`{name}`")).collect();
    match missing.is_empty() {
        true => Ok(()),
        false => Err(Failure::usage(format!("the body has no {}", missing.join(", ")))),
    }
}

/// The value of a flag that was given.
fn given(field: &Field, matches: &ArgMatches) -> Result<Option<Value>, Failure> {
    let is_given = matches.value_source(&field.flag) == Some(ValueSource::CommandLine);
    let Some(texts) = matches.get_many::<String>(&field.flag).filter(|_| is_given) else {
        return Ok(None);
    };
    let read = |text: &String| {
        // A secret is not repeated.
        let hidden = |why: String| if field.sensitive { "it is not valid".to_owned() } else { why };
        values::read(text, field.kind)
            .map_err(|why| Failure::usage(format!("--{}: {}", field.flag, hidden(why))))
    };
    let mut values = texts.map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(Some(if field.many { Value::Array(values) } else { values.pop().unwrap_or_default() }))
}

/// The text of an argument that not all commands have.
pub fn text_of(matches: &ArgMatches, name: &str) -> Option<String> {
    matches.try_get_one::<String>(name).ok().flatten().cloned()
}

/// The text of a file, or of standard input.
fn json(file: &str) -> Result<String, Failure> {
    if file.trim_start().starts_with(['{', '[']) && !Path::new(file).exists() {
        let why = "--json takes a file, or `-` for standard input, and no JSON";
        return Err(Failure::usage(format!("{why}: `… --json - <<< '{{}}'`")));
    }
    let text = String::from_utf8(bytes("--json", file)?);
    text.map_err(|why| Failure::other(format!("--json {file}: {why}")))
}

/// The bytes of the file of a flag, or of standard input.
fn bytes(flag: &str, file: &str) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = match file {
        "-" => io::stdin().read_to_end(&mut bytes).map(|_| bytes),
        file => fs::read(file),
    };
    read.map_err(|why| Failure::other(format!("{flag} {file}: {why}")))
}
