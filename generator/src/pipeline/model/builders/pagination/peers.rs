//! The extensions of other tools that say how an operation is paginated: `x-speakeasy-pagination` and
//! `x-fern-pagination`.

use serde_json::Value;

use super::{Parts, Stated, query_parameter};
use crate::pipeline::model::{PageParameter, PageStyle};
use crate::pointer::Pointer;

/// ```yaml
/// x-speakeasy-pagination:
///   type: cursor                                # or offsetLimit, url
///   inputs: [{name: after, in: parameters, type: cursor}]
///   outputs: {results: $.data, nextCursor: $.next}
/// ```
pub fn speakeasy(stated: &Value, _: &Parts<'_>) -> Option<Stated> {
    let output = |name: &str| pointer(stated.get("outputs")?.get(name)?.as_str()?, "$");
    let input = |kind: &str| input(stated, kind);
    let style = match stated.get("type")?.as_str()? {
        "cursor" => PageStyle::Cursor(input("cursor")?, output("nextCursor")?),
        "url" => PageStyle::Url(output("nextUrl")?),
        "offsetLimit" => match (input("page"), input("offset")) {
            (Some(page), _) => PageStyle::Page(page, 1, output("numPages")),
            (None, Some(offset)) => PageStyle::Offset(offset, None),
            (None, None) => return None,
        },
        _ => return None,
    };
    Some(Stated { items: output("results")?, more: None, style })
}

fn input(stated: &Value, kind: &str) -> Option<PageParameter> {
    let inputs = stated.get("inputs")?.as_array()?;
    let text = |input: &Value, name: &str| input.get(name)?.as_str().map(str::to_owned);
    let found = inputs.iter().find(|input| text(input, "type").as_deref() == Some(kind))?;
    let name = text(found, "name")?;
    match text(found, "in").as_deref() {
        Some("requestBody") => Some(PageParameter::Body(name)),
        _ => Some(PageParameter::Query(name)),
    }
}

/// ```yaml
/// x-fern-pagination:
///   cursor: $request.after                      # or offset, or next_uri
///   next_cursor: $response.next
///   results: $response.data
/// ```
///
/// An offset without a step is the number of a page.
pub fn fern(stated: &Value, parts: &Parts<'_>) -> Option<Stated> {
    let text = |name: &str| stated.get(name)?.as_str();
    let output = |name: &str| pointer(text(name)?, "$response");
    let input = |name: &str| {
        let name = text(name)?.strip_prefix("$request.")?.to_owned();
        let is_query = query_parameter(&parts.parameters, &name).is_ok();
        Some(if is_query { PageParameter::Query(name) } else { PageParameter::Body(name) })
    };
    let style = match (input("cursor"), input("offset")) {
        (Some(cursor), _) => PageStyle::Cursor(cursor, output("next_cursor")?),
        (None, Some(offset)) if text("step").is_some() => PageStyle::Offset(offset, None),
        (None, Some(page)) => PageStyle::Page(page, 1, None),
        (None, None) => PageStyle::Url(output("next_uri")?),
    };
    Some(Stated { items: output("results")?, more: output("has-next-page"), style })
}

/// `$.data[-1].id` → `/data/-1/id`; `None` for a path with more than names and numbers.
fn pointer(path: &str, root: &str) -> Option<String> {
    let rest = path.strip_prefix(root)?;
    if rest.contains(['*', '?', '(', '\'', '"', ',', ':']) || rest.contains("..") {
        return None;
    }
    let steps = rest.replace('[', ".").replace(']', "");
    let place = steps.split('.').skip(1).fold(Pointer::root(), |at, step| at.at(step));
    Some(place.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_paths_are_pointers() {
        for (path, expected) in [
            ("$", Some("")),
            ("$.data", Some("/data")),
            ("$.data[-1].id", Some("/data/-1/id")),
            ("$.a[0][1]", Some("/a/0/1")),
            ("$..a", None),
            ("$.a[*]", None),
            ("data", None),
        ] {
            assert_eq!(pointer(path, "$").as_deref(), expected, "{path}");
        }
    }
}
