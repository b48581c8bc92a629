//! The placeholders of a path, each of which a parameter has to fill (OpenAPI 3.1.0, 4.8.8.2).

use super::context::Context;
use super::{ListStyle, Operation, ParameterLocation, ParameterStyle};
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::suggest::closest;
use crate::pointer::Pointer;

/// Reports each placeholder of the path at `at` that no parameter of an operation fills: it would be sent as
/// it stands.
pub fn check(operation: &Operation, at: &Pointer, context: &mut Context) {
    let Operation { method, path, parameters, .. } = operation;
    let in_path =
        parameters.iter().filter(|parameter| parameter.location == ParameterLocation::Path);
    let declared: Vec<&str> = in_path.map(|parameter| parameter.name.as_str()).collect();
    for name in placeholders(path).filter(|name| !declared.contains(name)) {
        let message = format!("no parameter of `{}` fills `{{{name}}}` of the path", method.key());
        let unused =
            declared.iter().copied().filter(|name| !placeholders(path).any(|it| it == *name));
        let help = match closest(name, unused) {
            Some(like) => format!("the parameter `{like}` fills nothing: did you mean that one?"),
            None if name.is_empty() => "give the placeholder a name, and declare it".to_owned(),
            None => {
                format!("declare a parameter `{name}` with `in: path`, if need be by an overlay")
            }
        };
        context.say_with_help(DiagnosticCode::UndeclaredParameter, at, message, help);
    }
}

/// Takes what parameters give out of the query of a path: they are sent there by their own words.
///
/// `/search/{kind}?q={term}&limit=5` with `term` in the path → `/search/{kind}?limit=5` with `q` in the query
pub fn settle_query(operation: &mut Operation) {
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
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    operation.path = path + &query;
}

/// `/files/{folder}/{name:path}` → `folder`, `name`; the latter is Starlette's way to say that slashes are kept.
fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    let behind = path.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    behind.map(|(name, _)| name.strip_suffix(":path").unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::placeholders;

    #[test]
    fn a_placeholder_is_what_stands_in_braces() {
        let rules = [
            ("/a", vec![]),
            ("/a/{b}/{c:path}", vec!["b", "c"]),
            ("/{}/{a}{b}.{c}", vec!["", "a", "b", "c"]),
            ("/{a", vec![]),
        ];
        for (path, expected) in rules {
            assert_eq!(placeholders(path).collect::<Vec<_>>(), expected, "{path}");
        }
    }
}
