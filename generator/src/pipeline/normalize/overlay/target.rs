//! JSONPath targets that match nothing: where they stop matching, and what is near.

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::diagnostics::suggest::closest;

/// Says at which step a target stops matching, and what would match there.
///
/// `$.paths['/pong'].get` → "`$.paths` has no `/pong`; did you mean `$.paths['/ping'].get`?"
pub(super) fn explain(target: &str, document: &Value) -> Option<String> {
    let segments = segments(target);
    let matching = (1..segments.len()).rev().find(|end| {
        let prefix = segments.get(..*end).unwrap_or_default().concat();
        !matches(&prefix, document).is_empty()
    })?;
    let (before, rest) = segments.split_at_checked(matching)?;
    let (failing, after) = rest.split_first()?;
    let (before, after) = (before.concat(), after.concat());
    let found = matches(&before, document);
    let names = names(failing);
    let [name] = names.as_slice() else {
        return Some(format!("`{before}` matches, and nothing in it is `{failing}`"));
    };
    let keys = found.iter().filter_map(|value| value.as_object()).flat_map(keys);
    let near = closest(name, keys).map(|key| format!("{before}[{}]{after}", quoted(key)));
    match near.filter(|near| !matches(near, document).is_empty()) {
        Some(near) => Some(format!("`{before}` has no `{name}`; did you mean `{near}`?")),
        None => Some(format!("`{before}` has no `{name}`")),
    }
}

/// The place that lacks the last name of a target, and that name: `$.tags` → `$` and `tags`, if only `tags` is missing.
pub(super) fn missing_member(target: &str, document: &Value) -> Option<(String, String)> {
    let segments = segments(target);
    let (last, before) = segments.split_last()?;
    let before = before.concat();
    let [name] = names(last).try_into().ok()?;
    let is_object = |value: &&Value| value.is_object();
    let has_parent = !before.is_empty() && matches(&before, document).iter().any(is_object);
    has_parent.then_some((before, name))
}

/// A path whose names need brackets (RFC 9535, 2.5.1.1), with them: `$.x-limits.a` → `$['x-limits'].a`
pub(super) fn respelled(path: &str) -> Option<String> {
    let plain = |name: &str| name.chars().all(|c| c.is_alphanumeric() || c == '_');
    let segments = segments(path).into_iter().map(|segment| match segment.strip_prefix('.') {
        Some(name) if !name.starts_with(['.', '*']) && !plain(name) => {
            format!("[{}]", quoted(name))
        }
        _ => segment.to_owned(),
    });
    let spelled: String = segments.collect();
    JsonPath::parse(&spelled).is_ok().then(|| format!("write `{spelled}`"))
}

/// The names in lists of names that match nothing, though others of their list do.
///
/// `$.paths['/ping', '/pong'].get` → `/pong`, where only `/ping` is there.
pub(super) fn unmatched_names(target: &str, document: &Value) -> Vec<String> {
    let segments = segments(target);
    let mut unmatched = Vec::new();
    for (index, segment) in segments.iter().enumerate() {
        let names = names(segment);
        if names.len() < 2 {
            continue;
        }
        let (before, after) = segments.split_at(index);
        let after = after.iter().skip(1).copied().collect::<String>();
        let missing = |name: &String| {
            let alone = format!("{}[{}]{after}", before.concat(), quoted(name));
            matches(&alone, document).is_empty()
        };
        unmatched.extend(names.into_iter().filter(missing));
    }
    unmatched
}

fn keys(members: &serde_json::Map<String, Value>) -> impl Iterator<Item = &str> {
    members.keys().map(String::as_str)
}

fn matches<'a>(path: &str, document: &'a Value) -> Vec<&'a Value> {
    JsonPath::parse(path).map(|path| path.query(document).all()).unwrap_or_default()
}

/// A name as a selector (RFC 9535, 2.3.1): `it's` → `'it\'s'`
fn quoted(name: &str) -> String {
    format!("'{}'", name.replace('\\', r"\\").replace('\'', r"\'"))
}

/// The segments of a path (RFC 9535, 2.1): `$.paths['/a'].*` → `$`, `.paths`, `['/a']`, `.*`
fn segments(path: &str) -> Vec<&str> {
    let mut starts = vec![0];
    let mut nesting = 0;
    let mut quote = None;
    let mut escaped = false;
    let mut last = ' ';
    for (index, character) in path.char_indices() {
        match (quote, character) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), close) if open == close => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(character),
            (None, '[') => {
                if nesting == 0 && last != '.' {
                    starts.push(index);
                }
                nesting += 1;
            }
            (None, ']') => nesting -= 1,
            (None, '.') if nesting == 0 && last != '.' => starts.push(index),
            (None, _) => {}
        }
        last = character;
    }
    let ends = starts.iter().skip(1).copied().chain([path.len()]);
    let parts = starts.iter().zip(ends).filter_map(|(start, end)| path.get(*start..end));
    parts.map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The names of a segment that has nothing else: `.paths` → `paths`; `['/a', '/b']` → `/a`, `/b`
fn names(segment: &str) -> Vec<String> {
    if let Some(name) = segment.strip_prefix('.') {
        let plain = !name.starts_with(['.', '[']) && name != "*";
        return if plain { vec![name.to_owned()] } else { Vec::new() };
    }
    let inner = segment.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
    let mut rest = inner.unwrap_or_default().trim();
    let mut names = Vec::new();
    while let Some(quote) = rest.chars().next().filter(|first| ['\'', '"'].contains(first)) {
        let Some((name, after)) = quoted_name(&rest[1..], quote) else { return Vec::new() };
        names.push(name);
        rest = match after.trim_start().strip_prefix(',') {
            Some(next) => next.trim_start(),
            None => after.trim_start(),
        };
    }
    if rest.is_empty() { names } else { Vec::new() }
}

/// The name up to its closing quote, and what follows it.
fn quoted_name(text: &str, quote: char) -> Option<(String, &str)> {
    let mut name = String::new();
    let mut characters = text.char_indices();
    while let Some((index, character)) = characters.next() {
        match character {
            '\\' => name.push(characters.next()?.1),
            close if close == quote => return Some((name, &text[index + close.len_utf8()..])),
            other => name.push(other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_split_into_segments_and_names() {
        let table = [
            ("$", vec![("$", vec![])]),
            (
                "$.a['/b'].*",
                vec![("$", vec![]), (".a", vec!["a"]), ("['/b']", vec!["/b"]), (".*", vec![])],
            ),
            ("$['a.b', \"it's\"]", vec![("$", vec![]), ("['a.b', \"it's\"]", vec!["a.b", "it's"])]),
            ("$..a[?@.b == ']']", vec![("$", vec![]), ("..a", vec![]), ("[?@.b == ']']", vec![])]),
            (
                "$.a[0]['it\\'s']",
                vec![
                    ("$", vec![]),
                    (".a", vec!["a"]),
                    ("[0]", vec![]),
                    ("['it\\'s']", vec!["it's"]),
                ],
            ),
        ];
        for (path, expected) in table {
            let split: Vec<_> =
                segments(path).into_iter().map(|part| (part, names(part))).collect();
            let expected: Vec<_> = expected
                .into_iter()
                .map(|(part, names)| (part, names.into_iter().map(str::to_owned).collect()))
                .collect();
            assert_eq!(split, expected, "{path}");
        }
    }
}
