//! The reply to a request that is as described.

use lantern_operations::{Media, Operation, Response, Schema, Status, Table};
use serde_json::Value;

use super::adapt::Adapting;
use super::content::{self, Form};
use super::visible::visible;
use super::{Reply, accept, headers};
use crate::parts::Parts;
use crate::request::Said;
use crate::schemas::Schemas;
use crate::values::{Direction, ValueMaker};

/// As many items are in a stream.
const ITEMS: u64 = 3;

/// The response that is described for a request that succeeds, or for a status that the request prefers.
pub fn chosen_response(operation: &Operation, preferred: Option<u16>) -> Option<&Response> {
    let redirect = || operation.responses.iter().find(|response| code(response.status) / 100 == 3);
    let default = || operation.responses.iter().find(|response| response.status == Status::Default);
    match preferred {
        Some(status) => operation.response(status),
        None => operation.success().or_else(redirect).or_else(default),
    }
}

/// The form of the reply that the client accepts; `Err` if it accepts none.
pub fn chosen_media<'a>(
    response: Option<&'a Response>,
    accept: Option<&str>,
) -> Result<Option<&'a Media>, ()> {
    match response {
        Some(response) if !response.content.is_empty() => {
            accept::preferred(&response.content, accept).map(Some).ok_or(())
        }
        _ => Ok(None),
    }
}

/// The first status of those that a response is for.
pub fn code(status: Status) -> u16 {
    match status {
        Status::Code(code) => code,
        Status::Class(class) => class * 100,
        Status::Default => 200,
    }
}

/// What a request was charged, and what of the reply is known by that.
#[derive(Debug, Default)]
pub struct Charged {
    pub cost: f64,
    /// The credits that are left, if they run out.
    pub left: Option<f64>,
    /// Members of the reply.
    pub members: Vec<(String, Value)>,
}

/// Makes a reply.
pub struct Composer<'a> {
    pub table: &'a Table,
    pub schemas: &'a Schemas,
    pub operation: &'a Operation,
    pub response: Option<&'a Response>,
    pub media: Option<&'a Media>,
    pub said: &'a Said,
    pub seed: u64,
    /// The example that the request prefers.
    pub example: usize,
    pub charged: Charged,
}

impl Composer<'_> {
    /// The reply; `Err` if no value can be made of the schema.
    pub fn reply(&self, status: u16) -> Result<Reply, String> {
        let mut reply = Reply::new(status);
        if let Some(response) = self.response {
            reply.headers =
                headers::described(self.schemas, &self.table.conventions, response, self.seed);
        }
        let is_redirect = status / 100 == 3 && status != 304;
        if is_redirect && reply.header("location").is_none() {
            reply = reply.with_header("location", "https://example.com/");
        }
        match self.media {
            Some(media) if !matches!(status, 204 | 205 | 304) => {
                let body = content::bytes(self.table, media, &self.values(media)?);
                Ok(reply.with_body(&content::concrete(&media.media_type), body))
            }
            _ => Ok(reply),
        }
    }

    fn values(&self, media: &Media) -> Result<Vec<Value>, String> {
        let form = Form::of(media);
        match (form, self.example(media, form)) {
            (Form::Json, Some(example)) => Ok(vec![self.sent(media, example)]),
            (Form::Items(_, _), Some(Value::Array(items))) => Ok(items.clone()),
            (_, Some(example)) => Ok(vec![example.clone()]),
            (Form::Items(_, _), None) => self.items(media),
            (Form::Csv, None) => Ok(vec![self.table_like(media)?]),
            (_, None) => {
                self.made(media.schema.as_ref(), 0).map(|value| vec![self.adapted(media, value)])
            }
        }
    }

    /// The documented example, unless it does not fit its schema: a client could not read it.
    fn example<'m>(&self, media: &'m Media, form: Form) -> Option<&'m Value> {
        let preferred = media.examples.get(self.example).into_iter();
        let fits = |example: &&Value| {
            let schema = media.schema.as_ref().filter(|_| form == Form::Json);
            schema.is_none_or(|schema| self.schemas.fits(schema, example))
        };
        preferred.chain(&media.examples).find(fits)
    }

    /// What of an example is sent. It may have members that only callers send, as if it were one of requests, too.
    fn sent(&self, media: &Media, example: &Value) -> Value {
        visible(&Parts::new(self.table, &media.schema), &self.adapted(media, example.clone()))
    }

    fn items(&self, media: &Media) -> Result<Vec<Value>, String> {
        let schema = media.item_schema.as_ref().or(media.schema.as_ref());
        (0..ITEMS).map(|number| self.made(schema, number)).collect()
    }

    /// The rows of the same response as JSON, if that is a list, and a value of the schema otherwise.
    fn table_like(&self, media: &Media) -> Result<Value, String> {
        let content = self.response.map(|response| response.content.as_slice()).unwrap_or_default();
        let json =
            content.iter().find(|media| media.is_json()).and_then(|media| media.schema.as_ref());
        let rows = json.map(|schema| self.made(Some(schema), 0)).and_then(Result::ok);
        rows.filter(Value::is_array).map_or_else(|| self.made(media.schema.as_ref(), 0), Ok)
    }

    fn made(&self, schema: Option<&Schema>, number: u64) -> Result<Value, String> {
        let Some(schema) = schema else { return Ok(Value::Object(serde_json::Map::new())) };
        let maker = ValueMaker::new(self.schemas, Direction::Response);
        maker.value(schema, self.seed.wrapping_add(number)).ok_or_else(|| {
            "no value was found that fits the schema of the response; add an example to the description, \
             or script the reply"
                .to_owned()
        })
    }

    fn adapted(&self, media: &Media, value: Value) -> Value {
        let schema = media.schema.as_ref();
        if !value.is_object() && self.operation.pagination.is_none() {
            return value;
        }
        let mut adapting = Adapting { schemas: self.schemas, schema, value };
        adapting.echo(self.said);
        adapting.account(&self.table.conventions, self.charged.cost, self.charged.left);
        adapting.last_page(self.operation, self.said);
        adapting.members(&self.charged.members);
        adapting.value
    }
}
