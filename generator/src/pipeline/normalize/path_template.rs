//! Path templates: OpenAPI's `{id}`, and what descriptions have from URI templates (RFC 6570), Starlette and Express.

/// A path, cut into text and variables.
#[derive(Debug)]
pub(crate) struct PathTemplate<'p> {
    parts: Vec<Part<'p>>,
    /// What stands behind the first `#`, which is never sent (RFC 3986, 3.5).
    pub(crate) fragment: Option<&'p str>,
}

#[derive(Debug)]
enum Part<'p> {
    Text(&'p str),
    Expression(Expansion, Vec<Variable<'p>>),
}

/// A name within braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Variable<'p> {
    pub(crate) name: &'p str,
    /// Whether a `*` follows the name.
    pub(crate) explode: bool,
    pub(crate) expansion: Expansion,
}

/// How an expression is expanded: by the operator before its names (RFC 6570, 3.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expansion {
    /// `{id}`
    Simple,
    /// `{+rest}`, or Starlette's `{rest:path}`: slashes are kept.
    WithSlashes,
    /// `{.format}`
    Label,
    /// `{;id}`
    Matrix,
    /// `{/id}`
    Segment,
    /// `{?page,size}` and `{&page}`
    Query,
    /// `{#part}`
    Fragment,
}

impl<'p> PathTemplate<'p> {
    /// Reads a path. In one of Express, a segment such as `:id` is a variable.
    pub(crate) fn parse(path: &'p str, is_express: impl Fn(&str) -> bool) -> Self {
        let (path, fragment) = match fragment_start(path) {
            Some(at) => (&path[..at], Some(&path[at + 1..])),
            None => (path, None),
        };
        let mut parts = Vec::new();
        let mut rest = path;
        while let Some((text, behind)) = rest.split_once('{') {
            let Some((inside, behind)) = behind.split_once('}') else { break };
            push_text(text, &is_express, &mut parts);
            parts.push(expression(inside));
            rest = behind;
        }
        push_text(rest, &is_express, &mut parts);
        Self { parts, fragment }
    }

    /// The variables in their order.
    pub(crate) fn variables(&self) -> impl Iterator<Item = Variable<'p>> {
        self.parts
            .iter()
            .flat_map(|part| match part {
                Part::Text(_) => &[],
                Part::Expression(_, variables) => variables.as_slice(),
            })
            .copied()
    }

    /// The path in OpenAPI's words, and Starlette's where slashes are kept: `/a/{b*}{?c}` → `/a/{b}`.
    pub(crate) fn plain(&self) -> String {
        let mut path = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => path.push_str(text),
                Part::Expression(Expansion::Query | Expansion::Fragment, _) => {}
                Part::Expression(Expansion::Segment, variables) => {
                    variables.iter().for_each(|one| path.push_str(&format!("/{{{}}}", one.name)));
                }
                Part::Expression(Expansion::WithSlashes, variables) => {
                    variables
                        .iter()
                        .for_each(|one| path.push_str(&format!("{{{}:path}}", one.name)));
                }
                Part::Expression(expansion, variables) => {
                    let by = if *expansion == Expansion::Simple { "," } else { "" };
                    let names = variables.iter().map(|one| format!("{{{}}}", one.name));
                    path.push_str(&names.collect::<Vec<_>>().join(by));
                }
            }
        }
        path
    }
}

/// Where a fragment begins that is not within braces.
fn fragment_start(path: &str) -> Option<usize> {
    let mut depth = 0_usize;
    path.char_indices().find_map(|(at, sign)| {
        match sign {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '#' if depth == 0 => return Some(at),
            _ => {}
        }
        None
    })
}

/// Adds a text, of which segments such as `:id` are variables in Express.
fn push_text<'p>(text: &'p str, is_express: impl Fn(&str) -> bool, parts: &mut Vec<Part<'p>>) {
    let mut rest = text;
    while let Some(at) = rest.find("/:") {
        let behind = &rest[at + 2..];
        let name = behind.split('/').next().unwrap_or_default();
        if is_identifier(name) && is_express(name) {
            parts.push(Part::Text(&rest[..=at]));
            let variable = Variable { name, explode: false, expansion: Expansion::Simple };
            parts.push(Part::Expression(Expansion::Simple, vec![variable]));
        } else {
            parts.push(Part::Text(&rest[..at + 2 + name.len()]));
        }
        rest = &behind[name.len()..];
    }
    parts.push(Part::Text(rest));
}

fn is_identifier(name: &str) -> bool {
    let begins_well = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    begins_well && name.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '_')
}

fn expression(inside: &str) -> Part<'_> {
    if let Some(name) = inside.strip_suffix(":path") {
        let expansion = Expansion::WithSlashes;
        return Part::Expression(expansion, vec![Variable { name, explode: false, expansion }]);
    }
    let expansion = match inside.as_bytes().first() {
        Some(b'+') => Expansion::WithSlashes,
        Some(b'.') => Expansion::Label,
        Some(b';') => Expansion::Matrix,
        Some(b'/') => Expansion::Segment,
        Some(b'?' | b'&') => Expansion::Query,
        Some(b'#') => Expansion::Fragment,
        _ => Expansion::Simple,
    };
    let names = if expansion == Expansion::Simple { inside } else { &inside[1..] };
    let variables = names.split(',').map(|name| {
        let name = name.trim();
        let plain = name.strip_suffix('*');
        Variable { name: plain.unwrap_or(name), explode: plain.is_some(), expansion }
    });
    Part::Expression(expansion, variables.collect())
}

#[cfg(test)]
mod tests {
    use super::PathTemplate;

    #[test]
    fn templates_of_all_kinds_become_plain_ones() {
        let rules = [
            ("/a", "/a", ""),
            ("/a/{b}/{c:path}", "/a/{b}/{c:path}", "b c"),
            ("/{}/{a}{b}.{ c }", "/{}/{a}{b}.{c}", " a b c"),
            ("/{a", "/{a", ""),
            ("/a/{id*}", "/a/{id}", "id*"),
            ("/a{.format}", "/a{format}", "format"),
            ("/a{;x,y}", "/a{x}{y}", "x y"),
            ("/a/{+rest}", "/a/{rest:path}", "rest"),
            ("/a{/b,c}", "/a/{b}/{c}", "b c"),
            ("/a{?q,r*}", "/a", "q r*"),
            ("/a/{b,c}{#d}", "/a/{b},{c}", "b c d"),
            ("/#X-Target=Svc.{a}", "/", ""),
            ("/a/:id/:other/b", "/a/{id}/:other/b", "id"),
            ("/v1/a:cancel/:id", "/v1/a:cancel/{id}", "id"),
        ];
        for (path, plain, names) in rules {
            let template = PathTemplate::parse(path, |name| name == "id");
            assert_eq!(template.plain(), plain, "{path}");
            let found = template.variables().map(|one| {
                if one.explode { format!("{}*", one.name) } else { one.name.to_owned() }
            });
            assert_eq!(found.collect::<Vec<_>>().join(" "), names, "{path}");
        }
    }
}
