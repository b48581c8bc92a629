//! The operations of the table.

use std::collections::HashMap;

use lantern_operations as table;
use serde_json::Value;

use super::schemas::SchemaWriter;
use super::{command_word, plain_text};
use crate::pipeline::model::{
    self, Api, Batch, PageParameter, PageStyle, Pagination, RetrySafety, Style, Tag, Ty,
};
use crate::pipeline::resolve::{
    Body, Encoding, EncodingStyle, Extension, Header, ListStyle, Media, Operation, Parameter,
    ParameterLocation, ParameterStyle, Resolved, Response, Schema, Status,
};
use crate::pointer::Pointer;

/// Writes operations, group by group.
pub struct OperationWriter<'a, 'b> {
    described: HashMap<&'a Pointer, &'a Operation>,
    resolved: &'a Resolved,
    api: &'a Api,
    schemas: &'b mut SchemaWriter<'a>,
}

impl<'a, 'b> OperationWriter<'a, 'b> {
    pub fn new(resolved: &'a Resolved, api: &'a Api, schemas: &'b mut SchemaWriter<'a>) -> Self {
        let described = resolved.operations.iter().map(|operation| (&operation.at, operation));
        Self { described: described.collect(), resolved, api, schemas }
    }

    /// The operations of a tag.
    pub fn tag(&mut self, tag: &Tag) -> Vec<table::Operation> {
        let group = command_word(tag.name.rust());
        let known = tag.operations.iter();
        known.filter_map(|operation| self.operation(operation, &group)).collect()
    }

    fn operation(&mut self, known: &model::Operation, group: &str) -> Option<table::Operation> {
        let described = *self.described.get(&known.at)?;
        let responses: Vec<_> = described.responses.iter().map(|it| self.response(it)).collect();
        Some(table::Operation {
            id: known.id.clone(),
            group: group.to_owned(),
            command: command_word(known.name.rust()),
            method: known.method.to_string(),
            path: known.path.clone(),
            summary: plain_text::line(known.docs.summary.as_deref()),
            description: plain_text::paragraphs(known.docs.description.as_deref()),
            deprecated: known.deprecated,
            server: known.server.clone(),
            parameters: described.parameters.iter().map(|it| self.parameter(it, known)).collect(),
            body: described.body.as_ref().map(|body| self.body(body)),
            security: known.security.clone(),
            policy: self.policy(known, &responses),
            responses,
            batch: known.batch.as_ref().map(|batch| self.batch(batch)),
            bulk: known.bulk.is_some(),
            pagination: known.pagination.as_ref().map(pagination),
        })
    }

    fn parameter(&mut self, described: &Parameter, known: &model::Operation) -> table::Parameter {
        let mut known = known.arguments.iter().chain(&known.options);
        let keeps_slashes = known.any(|known| {
            known.name.wire() == described.name && known.style == Style::PathWithSlashes
        });
        let is_query = described.location == ParameterLocation::Query;
        let schema = self.resolved.follow_aliases(&described.schema);
        let constant = schema.filter(|_| described.required).and_then(Schema::only_value);
        table::Parameter {
            name: described.name.clone(),
            location: location(described.location),
            style: style(described),
            explode: described.explode || is_query && described.list == ListStyle::Repeated,
            allow_reserved: described.allow_reserved || keeps_slashes,
            required: described.required,
            constant,
            deprecated: described.deprecated,
            sensitive: schema.is_some_and(model::is_secret)
                || is_true(described.extensions.get(Extension::Sensitive)),
            description: plain_text::paragraphs(described.description.as_deref()),
            schema: self.schemas.root(&described.schema),
            example: described.example.clone(),
        }
    }

    fn body(&mut self, body: &Body) -> table::Body {
        table::Body {
            required: body.required,
            description: plain_text::paragraphs(body.description.as_deref()),
            content: self.content(&body.content),
        }
    }

    fn content(&mut self, content: &[Media]) -> Vec<table::Media> {
        model::media_in_order(content).into_iter().map(|media| self.media(media)).collect()
    }

    fn media(&mut self, media: &Media) -> table::Media {
        table::Media {
            media_type: media.media_type.with_parameters(),
            schema: media.schema.as_ref().map(|at| self.schemas.root(at)),
            item_schema: media.item.as_ref().map(|at| self.schemas.root(at)),
            examples: media.examples.clone(),
            encodings: media.encodings.iter().map(encoding).collect(),
        }
    }

    fn response(&mut self, response: &Response) -> table::Response {
        table::Response {
            status: status(response.status),
            description: plain_text::line(Some(&response.description)),
            headers: response.headers.iter().map(|header| self.header(header)).collect(),
            content: self.content(&response.content),
        }
    }

    fn header(&mut self, header: &Header) -> table::Header {
        table::Header {
            name: header.name.clone(),
            description: plain_text::line(header.description.as_deref()),
            schema: header.schema.as_ref().map(|at| self.schemas.root(at)),
        }
    }

    fn policy(&self, known: &model::Operation, responses: &[table::Response]) -> table::Policy {
        let policy = &known.policy;
        table::Policy {
            rate_limit: policy.rate_limit.as_ref().map(|limit| limit.group.clone()),
            retry: match &policy.retry_safety {
                RetrySafety::Safe => table::Retry::Safe,
                RetrySafety::SafeByKey(field) => table::Retry::ByKey(field.clone()),
                RetrySafety::SafeByHeader(name) => table::Retry::ByHeader(name.clone()),
                RetrySafety::Unsafe => table::Retry::Unsafe,
            },
            consumes_credits: policy.consumes_credits,
            example_cost: self.example_cost(responses).filter(|_| policy.consumes_credits),
        }
    }

    /// What the example of a success states as its cost.
    fn example_cost(&self, responses: &[table::Response]) -> Option<f64> {
        let success = responses.iter().find(|response| response.status.is_success())?;
        let examples = success.content.iter().flat_map(|media| &media.examples);
        let fields = &self.api.response_conventions.cost_fields;
        let mut costs = examples.flat_map(|example| fields.iter().map(|field| example.get(field)));
        costs.find_map(|cost| cost?.as_f64())
    }

    fn batch(&mut self, batch: &Batch) -> table::Batch {
        table::Batch {
            run_id: batch.run_id.name.wire().to_owned(),
            results: batch.results.name.wire().to_owned(),
            report: batch.report.as_ref().map(|field| field.name.wire().to_owned()),
            row: batch.row.as_ref().and_then(|ty| self.type_schema(ty)),
            charge: batch.charge.as_ref().and_then(|ty| self.type_schema(ty)),
            ids: batch.chunks.as_ref().map(|chunks| chunks.field.clone()),
            at_most: batch.chunks.as_ref().map(|chunks| chunks.at_most),
        }
    }

    fn type_schema(&mut self, ty: &Ty) -> Option<Value> {
        let Ty::Named(name) = ty else { return None };
        let definition = self.api.types.iter().find(|definition| definition.name == *name)?;
        Some(self.schemas.root(&definition.at))
    }
}

fn is_true(stated: Option<&Value>) -> bool {
    stated == Some(&Value::Bool(true))
}

fn location(location: ParameterLocation) -> table::Location {
    match location {
        ParameterLocation::Path => table::Location::Path,
        ParameterLocation::Query => table::Location::Query,
        ParameterLocation::QueryString => table::Location::QueryString,
        ParameterLocation::Header => table::Location::Header,
        ParameterLocation::Cookie => table::Location::Cookie,
    }
}

fn style(parameter: &Parameter) -> table::Style {
    match (parameter.style, parameter.list) {
        (ParameterStyle::Label, _) => table::Style::Label,
        (ParameterStyle::Matrix, _) => table::Style::Matrix,
        (ParameterStyle::Deep, _) => table::Style::DeepObject,
        (ParameterStyle::Json, _) => table::Style::Json,
        (ParameterStyle::Plain, ListStyle::Joined(" ")) => table::Style::SpaceDelimited,
        (ParameterStyle::Plain, ListStyle::Joined("|")) => table::Style::PipeDelimited,
        (ParameterStyle::Plain, _) => table::Style::Plain,
    }
}

fn encoding(encoding: &Encoding) -> table::Encoding {
    let (style, explode) = match encoding.style {
        None => (None, false),
        Some(EncodingStyle::Deep) => (Some(table::Style::DeepObject), true),
        Some(EncodingStyle::Exploded) => (Some(table::Style::Plain), true),
        Some(EncodingStyle::Joined(" ")) => (Some(table::Style::SpaceDelimited), false),
        Some(EncodingStyle::Joined("|")) => (Some(table::Style::PipeDelimited), false),
        Some(EncodingStyle::Joined(_)) => (Some(table::Style::Plain), false),
    };
    let content_type = encoding.content_type.clone();
    table::Encoding { name: encoding.name.clone(), content_type, style, explode }
}

fn status(status: Status) -> table::Status {
    match status {
        Status::Code(code) => table::Status::Code(code),
        Status::Class(class) => table::Status::Class(class),
        Status::Default => table::Status::Default,
    }
}

fn pagination(pagination: &Pagination) -> table::Pagination {
    table::Pagination {
        items: pagination.items.clone(),
        more: pagination.more.clone(),
        style: page_style(&pagination.style),
    }
}

fn page_style(style: &PageStyle) -> table::PageStyle {
    match style.clone() {
        PageStyle::Cursor(by, at) => table::PageStyle::Cursor { parameter: parameter(by), at },
        PageStyle::CursorHeader(by, header) => {
            table::PageStyle::CursorHeader { parameter: parameter(by), header }
        }
        PageStyle::Page(by, first, last_at) => {
            table::PageStyle::Page { parameter: parameter(by), first, last_at }
        }
        PageStyle::Offset(by, total_at) => {
            table::PageStyle::Offset { parameter: parameter(by), total_at }
        }
        PageStyle::Link => table::PageStyle::Link,
        PageStyle::Url(at) => table::PageStyle::Url { at },
        PageStyle::Window(window) => {
            let (limit, most) = window.limit.unzip();
            table::PageStyle::Window {
                from: window.from,
                to: window.to,
                size: window.size,
                limit,
                most,
            }
        }
    }
}

fn parameter(parameter: PageParameter) -> table::PageParameter {
    match parameter {
        PageParameter::Query(name) => table::PageParameter::Query(name),
        PageParameter::Body(name) => table::PageParameter::Body(name),
    }
}
