//! The placeholders of a path, each of which a parameter has to fill (OpenAPI 3.1.0, 4.8.8.2).

use super::context::Context;
use super::{Location, Parameter};
use crate::catalogue::Code;
use crate::diagnostics::suggest::closest;
use crate::pointer::Pointer;

/// Complains about each placeholder of the path at `at` that no parameter of an operation fills: it would be sent as
/// it stands.
pub fn check(
    (method, path): (&str, &str),
    parameters: &[Parameter],
    at: &Pointer,
    context: &mut Context,
) {
    let in_path = parameters.iter().filter(|parameter| parameter.location == Location::Path);
    let declared: Vec<&str> = in_path.map(|parameter| parameter.name.as_str()).collect();
    for name in placeholders(path).filter(|name| !declared.contains(name)) {
        let message = format!("no parameter of `{method}` fills `{{{name}}}` of the path");
        let unused =
            declared.iter().copied().filter(|name| !placeholders(path).any(|it| it == *name));
        let help = match closest(name, unused) {
            Some(like) => format!("the parameter `{like}` fills nothing: did you mean that one?"),
            None if name.is_empty() => "give the placeholder a name, and declare it".to_owned(),
            None => {
                format!("declare a parameter `{name}` with `in: path`, if need be by an overlay")
            }
        };
        context.say_with_help(Code::UndeclaredParameter, at, message, help);
    }
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
