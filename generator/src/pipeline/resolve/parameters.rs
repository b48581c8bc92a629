//! Parameters of operations.

use openapiv3::ReferenceOr;

use super::context::target;
use super::operations::Reader;
use super::{
    Extensions, ListStyle, MediaType, Parameter, ParameterLocation, ParameterStyle, components,
};
use crate::pipeline::normalize::kept_facts::KeptFact;
use crate::pointer::Pointer;

impl<'a> Reader<'a> {
    /// The parameters of a path item or an operation.
    pub fn parameters(
        &mut self,
        places: &'a [ReferenceOr<openapiv3::Parameter>],
        at: &Pointer,
    ) -> Vec<Parameter> {
        let all = self.openapi.components.as_ref().map(|components| &components.parameters);
        let mut parameters = Vec::new();
        for (index, place) in places.iter().enumerate() {
            let found = components::follow(place, at.at(index), "parameters", all, self.context);
            parameters.extend(found.and_then(|(found, at)| self.parameter(found, at)));
        }
        parameters
    }

    fn parameter(&mut self, found: &openapiv3::Parameter, at: Pointer) -> Option<Parameter> {
        let data = found.parameter_data_ref();
        let (location, list) = placed(found);
        let schema = match &data.format {
            openapiv3::ParameterSchemaOrContent::Schema(place) => target(place),
            openapiv3::ParameterSchemaOrContent::Content(content) => {
                content.values().next().and_then(|media| target(media.schema.as_ref()?))
            }
        };
        let schema = self.existing(schema?, &at.at("schema"))?;
        Some(Parameter {
            name: data.name.clone(),
            location,
            list,
            style: parameter_style(found, data),
            explode: data.explode.unwrap_or(list == ListStyle::Repeated),
            allow_reserved: matches!(
                found,
                openapiv3::Parameter::Query { allow_reserved: true, .. }
            ),
            description: data.description.clone(),
            required: data.required || location == ParameterLocation::Path,
            deprecated: data.deprecated.unwrap_or_default(),
            schema,
            example: data.example.clone(),
            extensions: Extensions::new(&data.extensions),
            at,
        })
    }
}

fn placed(parameter: &openapiv3::Parameter) -> (ParameterLocation, ListStyle) {
    use openapiv3::Parameter::{Cookie, Header, Path, Query};
    match parameter {
        Query { parameter_data, .. }
            if KeptFact::QueryString.find_among(&parameter_data.extensions).is_some() =>
        {
            (ParameterLocation::QueryString, ListStyle::Joined(","))
        }
        Query { style, parameter_data, .. } => {
            (ParameterLocation::Query, ListStyle::new(style, parameter_data.explode))
        }
        Path { .. } => (ParameterLocation::Path, ListStyle::Joined(",")),
        Header { .. } => (ParameterLocation::Header, ListStyle::Joined(",")),
        Cookie { parameter_data, .. } => {
            let list = match parameter_data.explode.unwrap_or(true) {
                true => ListStyle::Repeated,
                false => ListStyle::Joined(","),
            };
            (ParameterLocation::Cookie, list)
        }
    }
}

fn parameter_style(
    parameter: &openapiv3::Parameter,
    data: &openapiv3::ParameterData,
) -> ParameterStyle {
    use openapiv3::Parameter::{Path, Query};
    match (parameter, &data.format) {
        // Of another media type, such as `text/plain`, the value is sent as it is.
        (_, openapiv3::ParameterSchemaOrContent::Content(content)) => {
            let is_json = content.keys().all(|name| MediaType::new(name).is_json());
            if is_json { ParameterStyle::Json } else { ParameterStyle::Plain }
        }
        (Path { style: openapiv3::PathStyle::Label, .. }, _) => ParameterStyle::Label,
        (Path { style: openapiv3::PathStyle::Matrix, .. }, _) => ParameterStyle::Matrix,
        (Query { style: openapiv3::QueryStyle::DeepObject, .. }, _) => ParameterStyle::Deep,
        _ => ParameterStyle::Plain,
    }
}
