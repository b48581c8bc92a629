//! Examples: for each method a call that compiles, with the description's own values where it
//! has some.

use std::collections::HashMap;

use serde_json::Value;

use super::{Api, Body, BodyForm, Docs, Operation, Reply, ReplyForm, Sent, Tag, Ty, TypeDef};
use crate::names::Name;

mod values;

/// As long as a line of an example gets: `    /// ` stands before it.
const WIDTH: usize = 92;

/// What a batch is submitted for.
const WAIT: [&str; 6] = [
    "// Results in S3 need the feature `s3`, and AWS credentials of your own:",
    "// `AWS_REGION`, `AWS_ACCESS_KEY_ID` and the like.",
    "let results = reply.wait(&client).await?;",
    "for row in &results {",
    "    println!(\"{:#?}\", row?);",
    "}",
];

/// What is done with a bulk run.
const RUN: [&str; 6] = [
    "while let Some(done) = run.next().await {",
    "    println!(\"{:#?}: {:#?}\", done.request, done.result);",
    "}",
    "for unsent in run.into_unsent() {",
    "    println!(\"not sent: {:#?}\", unsent.request);",
    "}",
];

/// What items are asked for by.
const EACH: [&str; 4] = [
    "let mut items = reply.into_body();",
    "while let Some(item) = items.next().await {",
    "    println!(\"{:#?}\", item?);",
    "}",
];

/// Writes an example into the documentation of each method, and the front page's.
pub fn write(api: &mut Api) {
    let types: HashMap<Name, TypeDef> =
        api.types.iter().map(|definition| (definition.name.clone(), definition.clone())).collect();
    let writer = Writer { types, crate_path: api.crate_name.replace('-', "_") };
    for tag in &mut api.tags {
        let names = (tag.name.clone(), tag.type_name.clone());
        for operation in &mut tag.operations {
            let (example, many) =
                (writer.method(&names.0, operation), writer.bulk(&names.0, operation));
            add(&mut operation.docs, example);
            operation.bulk.iter_mut().for_each(|bulk| add(&mut bulk.docs, many.clone()));
        }
    }
    api.example = writer.front_page(&api.tags).unwrap_or_default();
}

fn add(docs: &mut Docs, example: Option<Docs>) {
    if let Some(example) = example {
        docs.extend([String::new(), "# Examples".to_owned(), String::new()]);
        docs.extend(example);
    }
}

struct Writer {
    types: HashMap<Name, TypeDef>,
    crate_path: String,
}

impl Writer {
    fn method(&self, tag: &Name, operation: &Operation) -> Option<Docs> {
        self.code(tag, operation).map(|code| self.block(code))
    }

    /// A run of one request, which shows what is done with many.
    fn bulk(&self, tag: &Name, operation: &Operation) -> Option<Docs> {
        let (bulk, body) = (operation.bulk.as_ref()?, operation.body.as_ref()?);
        let mut lines = self.body(tag, body)?;
        let mut arguments = self.arguments(operation)?;
        arguments.push("[body]".to_owned());
        let method = format!(".{}({})", bulk.name.rust(), arguments.join(", "));
        let steps = [&format!(".{}()", tag.rust()), method.as_str(), ".concurrency(8)"];
        lines.extend(chain("let mut run = ", &steps, ";"));
        lines.extend(RUN.map(str::to_owned));
        Some(self.block(lines))
    }

    fn block(&self, code: Docs) -> Docs {
        let path = &self.crate_path;
        let mut lines = vec!["```no_run".to_owned()];
        if code.iter().any(|line| line.contains("types::")) {
            lines.push(format!("# use {path}::types;"));
        }
        lines.push(format!(
            "# async fn example(client: {path}::Client) -> Result<(), Box<dyn std::error::Error>> {{"
        ));
        lines.extend(code);
        lines.extend(["# Ok(()) }", "```"].map(str::to_owned));
        lines
    }

    /// The first call that needs the fewest arguments.
    fn front_page(&self, tags: &[Tag]) -> Option<Docs> {
        let operations =
            tags.iter().flat_map(|tag| tag.operations.iter().map(move |found| (tag, found)));
        let needs = |operation: &Operation| {
            let body = operation.body.as_ref().is_some_and(|body| body.required);
            operation.arguments.len() + usize::from(body)
        };
        let (tag, operation) = operations.min_by_key(|(_, operation)| needs(operation))?;
        let code = self.code(&tag.name, operation)?;
        let path = &self.crate_path;
        let mut lines = vec!["```no_run".to_owned()];
        if code.iter().any(|line| line.contains("types::")) {
            lines.push(format!("# use {path}::types;"));
        }
        lines.push("# async fn example() -> Result<(), Box<dyn std::error::Error>> {".to_owned());
        lines.push(format!("let client = {path}::Client::from_env()?;"));
        lines.extend(code);
        if operation.batch.is_none() && !is_stream(operation) && gives_a_body(operation) {
            lines.push("println!(\"{:#?}\", reply.body());".to_owned());
        }
        lines.extend(["# Ok(()) }", "```"].map(str::to_owned));
        Some(lines)
    }

    fn code(&self, tag: &Name, operation: &Operation) -> Option<Docs> {
        let mut arguments = self.arguments(operation)?;
        let mut lines = Vec::new();
        if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
            lines.extend(self.body(tag, body)?);
            arguments.push("body".to_owned());
        }
        let method = format!(".{}({})", operation.name.rust(), arguments.join(", "));
        let bind = if gives_a_body(operation) { "let reply = " } else { "" };
        lines.extend(chain(bind, &[&format!(".{}()", tag.rust()), &method], ".await?;"));
        if operation.batch.is_some() {
            lines.extend(WAIT.map(str::to_owned));
        }
        if is_stream(operation) {
            lines.extend(EACH.map(str::to_owned));
        }
        Some(lines)
    }

    fn arguments(&self, operation: &Operation) -> Option<Vec<String>> {
        let values = operation.arguments.iter().map(|parameter| {
            let sample = parameter.example.as_ref();
            self.value(&parameter.ty, sample, parameter.name.wire(), true, 0)
        });
        values.collect()
    }

    /// The first of several forms is what its value alone stands for.
    fn body(&self, tag: &Name, body: &Body) -> Option<Docs> {
        let sample = body.example.as_ref();
        match &body.sent {
            Sent::One(form) => self.form(form, sample),
            Sent::Several { name, cases } => {
                let first = cases.first()?;
                match first.form.ty() {
                    Some(ty) if !matches!(ty, Ty::Named(_)) => {
                        self.case(&[tag, name, &first.name], ty, sample)
                    }
                    _ => self.form(&first.form, sample),
                }
            }
        }
    }

    /// A value whose type only the case tells: `let body = client::orders::AddBody::Json(1);`
    fn case(&self, path: &[&Name], ty: &Ty, sample: Option<&Value>) -> Option<Docs> {
        let path: Vec<_> = path.iter().map(|name| name.rust()).collect();
        let value = self.value(ty, sample, "body", false, 0)?;
        Some(vec![format!("let body = {}::{}({value});", self.crate_path, path.join("::"))])
    }

    fn form(&self, form: &BodyForm, sample: Option<&Value>) -> Option<Docs> {
        match form {
            BodyForm::Json(_, ty) | BodyForm::Form(ty, _) | BodyForm::Multipart(Some(ty)) => {
                let known = ty.named().and_then(|name| self.types.get(name));
                let sample = sample.or_else(|| known?.example.as_ref());
                let (value, setters) = self.with_setters(ty, sample)?;
                let setters: Vec<_> = setters.iter().map(String::as_str).collect();
                Some(assigned(&value, &setters))
            }
            BodyForm::Multipart(None) => Some(vec![format!(
                "let body = {}::MultipartForm::new().text(\"name\", \"value\");",
                self.crate_path
            )]),
            BodyForm::Text(_) => Some(vec!["let body = \"text\";".to_owned()]),
            BodyForm::Bytes(_) => Some(vec!["let body = vec![0_u8];".to_owned()]),
            BodyForm::Content(media_types) => Some(vec![format!(
                "let body = {}::Content::new({:?}, vec![0_u8]);",
                self.crate_path,
                stated(media_types)
            )]),
        }
    }
}

/// A media type that a caller may state: `image/*` → `image/png`
fn stated(media_types: &[String]) -> String {
    let first = media_types.first().map_or("", String::as_str);
    match first.split_once('/') {
        Some(("multipart", "*")) => "multipart/mixed; boundary=x".to_owned(),
        Some(("multipart", _)) => format!("{first}; boundary=x"),
        Some(("image", "*")) => "image/png".to_owned(),
        Some(("audio", "*")) => "audio/mpeg".to_owned(),
        Some(("video", "*")) => "video/mp4".to_owned(),
        Some(("text", "*")) => "text/plain".to_owned(),
        Some((_, subtype)) if !subtype.contains('*') => first.to_owned(),
        _ => "application/octet-stream".to_owned(),
    }
}

fn is_stream(operation: &Operation) -> bool {
    matches!(&operation.success, Reply::One(form) if form.streams())
}

fn gives_a_body(operation: &Operation) -> bool {
    !matches!(operation.success, Reply::One(ReplyForm::Nothing))
}

/// A call on one line, or a step a line where that is too long.
fn chain(bind: &str, steps: &[&str], end: &str) -> Docs {
    let line = format!("{bind}client{}{end}", steps.concat());
    if line.len() <= WIDTH {
        return vec![line];
    }
    let steps = steps.iter().map(|step| format!("    {step}"));
    let first = std::iter::once(format!("{bind}client"));
    let mut lines: Docs = first.chain(steps).collect();
    match lines.last_mut() {
        Some(last) if end == ";" => last.push(';'),
        _ => lines.push(format!("    {end}")),
    }
    lines
}

fn assigned(value: &str, setters: &[&str]) -> Docs {
    let line = format!("let body = {value}{};", setters.concat());
    if line.len() <= WIDTH || setters.is_empty() {
        return vec![line];
    }
    let mut lines = vec![format!("let body = {value}")];
    lines.extend(setters.iter().map(|setter| format!("    {setter}")));
    if let Some(last) = lines.last_mut() {
        last.push(';');
    }
    lines
}
