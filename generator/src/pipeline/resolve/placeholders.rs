//! The variables of a path, each of which a parameter fills (OpenAPI 3.1.1, 4.8.8.2).

use super::{ListStyle, Operation, Parameter, ParameterLocation, ParameterStyle};
use crate::pipeline::normalize::path_parameters::with_parameters;
use crate::pipeline::normalize::path_template::{Expansion, PathTemplate};

/// Gives the parameters of a path the names and the styles of its variables, and leaves plain variables in the path.
///
/// `/a/{order_id}{.format}` with `orderId` → `/a/{order_id}{format}` with `order_id`, and `format` in the style `label`
pub fn name_path_parameters(operation: &mut Operation) {
    let path = std::mem::take(&mut operation.path);
    let mut in_path: Vec<&mut Parameter> = operation.parameters.iter_mut().collect();
    in_path.retain(|parameter| parameter.location == ParameterLocation::Path);
    let names: Vec<String> = in_path.iter().map(|parameter| parameter.name.clone()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let template = PathTemplate::parse(&path, |name| names.contains(&name));
    for (variable, parameter) in with_parameters(&template, &names) {
        let Some(parameter) = parameter.and_then(|index| in_path.get_mut(index)) else { continue };
        parameter.name = variable.name.to_owned();
        parameter.explode |= variable.explode;
        match variable.expansion {
            Expansion::Label => parameter.style = ParameterStyle::Label,
            Expansion::Matrix => parameter.style = ParameterStyle::Matrix,
            _ => {}
        }
    }
    operation.path = template.plain();
}

/// Moves the variables in the query of a path to query parameters.
///
/// `/search/{kind}?q={term}&limit=5` with `term` in the path → `/search/{kind}?limit=5` with `q` in the query
///
/// What the query of the path fixes is no parameter, though Azure declares a constant for it.
pub fn move_query_parameters(operation: &mut Operation) {
    let Some((path, query)) = operation.path.split_once('?') else { return };
    let (path, mut kept) = (path.to_owned(), Vec::new());
    for pair in query.split('&') {
        let value = pair.split_once('=').map_or("", |(_, value)| value);
        let name = value.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let given = operation.parameters.iter_mut().find(|parameter| {
            let sent =
                matches!(parameter.location, ParameterLocation::Path | ParameterLocation::Query);
            sent && Some(parameter.name.as_str()) == name && !path.contains(value)
        });
        let Some(parameter) = given else {
            kept.push(pair);
            continue;
        };
        parameter.name = pair.split('=').next().unwrap_or_default().to_owned();
        if parameter.location == ParameterLocation::Path {
            parameter.location = ParameterLocation::Query;
            (parameter.list, parameter.style) = (ListStyle::Repeated, ParameterStyle::Plain);
        }
    }
    let names: Vec<&str> = kept.iter().filter_map(|pair| pair.split('=').next()).collect();
    operation.parameters.retain(|parameter| {
        parameter.location != ParameterLocation::Query || !names.contains(&parameter.name.as_str())
    });
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    operation.path = path + &query;
}
