//! Values of parameters, by their styles (OpenAPI 3.1.1, 4.8.12.3).

use lantern_operations::{Location, Parameter, Schema, Style};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::{Incoming, Problem, scalars};
use crate::schemas::Schemas;
use crate::values::{Types, types_of};

/// What a parameter's value is to be read of: texts that are encoded, as headers are not.
enum Written {
    /// A value as a whole, with the separators within it.
    Whole(String),
    /// Values that stand separately.
    Separate(Vec<String>),
    /// Names and values.
    Members(Vec<(String, String)>),
}

/// The value of a parameter, if the request has it.
pub fn read(
    schemas: &Schemas,
    parameter: &Parameter,
    request: &Incoming,
) -> Option<Result<Value, Problem>> {
    let shape = Shape::new(schemas, parameter);
    let written = match parameter.location {
        Location::Path => Written::Whole(in_path(parameter, request.values.get(&parameter.name)?)),
        Location::Header => Written::Whole(request.header(&parameter.name)?),
        Location::Cookie => in_cookies(parameter, &shape, request)?,
        Location::Query => in_query(parameter, &shape, request)?,
        Location::QueryString => Written::Whole(request.query.clone()),
    };
    Some(shape.value(written))
}

/// The kinds of values that a parameter takes, and how they are read.
struct Shape<'a> {
    schemas: &'a Schemas,
    parameter: &'a Parameter,
    is_list: bool,
    is_object: bool,
}

impl<'a> Shape<'a> {
    fn new(schemas: &'a Schemas, parameter: &'a Parameter) -> Self {
        let types = types_of(schemas.table(), &parameter.schema);
        let scalars = [Types::STRING, Types::INTEGER, Types::BOOLEAN];
        let is_scalar = scalars.iter().any(|scalar| types.has(*scalar));
        let is_list = types.has(Types::ARRAY) && !is_scalar;
        let is_object = types.has(Types::OBJECT) && !is_scalar && !is_list;
        Self { schemas, parameter, is_list, is_object }
    }

    fn value(&self, written: Written) -> Result<Value, Problem> {
        let schema = &self.parameter.schema;
        match written {
            Written::Whole(text) if self.parameter.style == Style::Json => {
                let text = self.decoded(&text);
                serde_json::from_str(&text)
                    .map_err(|error| Problem::new("json_invalid", error.to_string(), text.into()))
            }
            Written::Whole(text) if self.is_list => {
                let separators = self.separators();
                let items =
                    separators.iter().find(|it| text.contains(**it)).map(|it| text.split(*it));
                let items = items.map_or(vec![text.as_str()], Iterator::collect);
                self.list(items.into_iter().filter(|item| !item.is_empty() || text.contains(',')))
            }
            Written::Whole(text) if self.is_object => self.object(self.members(&text)),
            Written::Whole(text) => scalars::read(self.schemas, schema, &self.decoded(&text)),
            Written::Separate(texts) if self.is_list => self.list(texts.iter().map(String::as_str)),
            Written::Separate(texts) => {
                let last = texts.last().map_or("", String::as_str);
                scalars::read(self.schemas, schema, &self.decoded(last))
            }
            Written::Members(members) => self.object(members),
        }
    }

    fn separators(&self) -> &'static [&'static str] {
        match (self.parameter.style, self.parameter.explode) {
            (Style::SpaceDelimited, _) => &["%20", "+", " "],
            (Style::PipeDelimited, _) => &["|", "%7C", "%7c"],
            (Style::Label, true) => &["."],
            _ => &[","],
        }
    }

    /// The members in a text: `R,100,G,200` or `R=100,G=200`
    fn members(&self, text: &str) -> Vec<(String, String)> {
        let separator = self.separators()[0];
        let parts: Vec<&str> = text.split([separator.chars().next().unwrap_or(','), ';']).collect();
        let pair = |name: &str, value: &str| (self.decoded(name), value.to_owned());
        match self.parameter.explode {
            true => parts
                .iter()
                .filter_map(|part| part.split_once('='))
                .map(|(n, v)| pair(n, v))
                .collect(),
            false => parts.chunks_exact(2).map(|both| pair(both[0], both[1])).collect(),
        }
    }

    fn list<'t>(&self, items: impl Iterator<Item = &'t str>) -> Result<Value, Problem> {
        let item_schema = keyword(self.schemas, &self.parameter.schema, "items");
        let any = Value::Bool(true);
        let item = |(number, text): (usize, &str)| {
            let value =
                scalars::read(self.schemas, item_schema.unwrap_or(&any), &self.decoded(text));
            value.map_err(|problem| problem.within(number))
        };
        items.enumerate().map(item).collect::<Result<Vec<_>, _>>().map(Value::from)
    }

    fn object(&self, members: Vec<(String, String)>) -> Result<Value, Problem> {
        let properties = keyword(self.schemas, &self.parameter.schema, "properties");
        let mut object = Map::new();
        for (name, text) in members {
            let path: Vec<&str> = name.split(['[', ']']).filter(|part| !part.is_empty()).collect();
            let schema = path.first().and_then(|first| properties?.get(*first));
            let text = self.decoded(&text);
            insert(self.schemas, &mut object, &path, schema, &text)
                .map_err(|problem| problem.within(name.as_str()))?;
        }
        Ok(object.into())
    }

    fn decoded(&self, text: &str) -> String {
        match self.parameter.location {
            Location::Header => text.to_owned(),
            Location::Query => decoded(&text.replace('+', " ")),
            _ => decoded(text),
        }
    }
}

/// Puts a value at its place: `a[b]=1`, `a[c][]=2`
fn insert(
    schemas: &Schemas,
    object: &mut Map<String, Value>,
    path: &[&str],
    schema: Option<&Schema>,
    text: &str,
) -> Result<(), Problem> {
    let any = Value::Bool(true);
    let schema = schema.unwrap_or(&any);
    let types = types_of(schemas.table(), schema);
    let is_list = types.has(Types::ARRAY) && !types.has(Types::STRING);
    let Some((first, rest)) = path.split_first() else { return Ok(()) };
    if is_list {
        let items = keyword(schemas, schema, "items").unwrap_or(&any);
        let value = scalars::read(schemas, items, text)?;
        let list = object.entry(*first).or_insert_with(|| Value::Array(Vec::new()));
        list.as_array_mut().into_iter().for_each(|list| list.push(value.clone()));
        return Ok(());
    }
    if let Some(next) = rest.first() {
        let inner = keyword(schemas, schema, "properties").and_then(|all| all.get(*next));
        let member = object.entry(*first).or_insert_with(|| Value::Object(Map::new()));
        let Some(member) = member.as_object_mut() else { return Ok(()) };
        return insert(schemas, member, rest, inner, text);
    }
    object.insert((*first).to_owned(), scalars::read(schemas, schema, text)?);
    Ok(())
}

/// A keyword of a schema, or of the first of its parts that has it.
pub fn keyword<'a>(schemas: &'a Schemas, schema: &'a Schema, name: &str) -> Option<&'a Value> {
    let mut work = vec![schema];
    let mut looked_at = 0;
    while let Some(next) = work.pop().filter(|_| looked_at < 100) {
        looked_at += 1;
        if let Some(found) = next.get(name) {
            return Some(found);
        }
        let target = next.get("$ref").and_then(Value::as_str);
        work.extend(target.and_then(|it| schemas.table().definition(it)));
        let parts =
            ["anyOf", "oneOf", "allOf"].into_iter().filter_map(|it| next.get(it)?.as_array());
        work.extend(parts.flatten());
    }
    None
}

fn in_path(parameter: &Parameter, text: &str) -> String {
    let name = format!(";{}=", parameter.name);
    match (parameter.style, parameter.explode) {
        (Style::Label, _) => text.trim_start_matches('.').to_owned(),
        (Style::Matrix, true) => text.replace(&name, ",").trim_start_matches([',', ';']).to_owned(),
        (Style::Matrix, false) => text.strip_prefix(&name).unwrap_or(text).to_owned(),
        _ => text.to_owned(),
    }
}

fn in_cookies(parameter: &Parameter, shape: &Shape<'_>, request: &Incoming) -> Option<Written> {
    let header = request.header("cookie")?;
    let pairs = header.split(';').filter_map(|pair| pair.trim().split_once('='));
    let own: Vec<String> =
        pairs.filter(|(name, _)| *name == parameter.name).map(|it| it.1.to_owned()).collect();
    written(own, shape)
}

fn in_query(parameter: &Parameter, shape: &Shape<'_>, request: &Incoming) -> Option<Written> {
    if parameter.style == Style::DeepObject {
        let start = format!("{}[", parameter.name);
        let pairs = request.pairs().map(|(key, value)| (decoded(key), value.to_owned()));
        let members =
            pairs.filter_map(|(key, value)| Some((key.strip_prefix(&start)?.to_owned(), value)));
        let members: Vec<_> = members.collect();
        return (!members.is_empty()).then_some(Written::Members(members));
    }
    if shape.is_object && parameter.explode && parameter.style != Style::Json {
        let properties = keyword(shape.schemas, &parameter.schema, "properties")?.as_object()?;
        let pairs = properties.keys().flat_map(|name| {
            values_of(request, name).into_iter().map(|value| (name.clone(), value))
        });
        let members: Vec<_> = pairs.collect();
        return (!members.is_empty()).then_some(Written::Members(members));
    }
    let plain = values_of(request, &parameter.name);
    let is_bare = plain.is_empty() && shape.is_list;
    written(
        if is_bare { values_of(request, &format!("{}[]", parameter.name)) } else { plain },
        shape,
    )
}

/// The values that the query has of a name.
fn values_of(request: &Incoming, name: &str) -> Vec<String> {
    let own = request.pairs().filter(|(key, _)| decoded(key) == name);
    own.map(|(_, value)| value.to_owned()).collect()
}

fn written(mut texts: Vec<String>, shape: &Shape<'_>) -> Option<Written> {
    let is_exploded = shape.parameter.explode && shape.parameter.style != Style::Json;
    match texts.len() {
        0 => None,
        1 if !is_exploded => texts.pop().map(Written::Whole),
        _ => Some(Written::Separate(texts)),
    }
}

pub fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
