//! Links: which value of a reply is which argument of what method.

use serde_json::Value;

use super::{Docs, code_in_list, wrapped};
use crate::pipeline::model::{Link, LinkValue, Message, MessagePart, MethodPath, Operation, Tag};
use crate::rust::rustdoc;

/// The links of an operation, as items of a list.
///
/// Within a module they lead to the method. Elsewhere they name it, so that a module reads the same whatever other
/// ones a client has.
pub fn links(tag: &Tag, operation: &Operation) -> Docs {
    operation.docs.links.iter().flat_map(|found| link(tag, found)).collect()
}

/// ```text
/// - [`Books::get`](crate::books::Books::get) takes `id` of the reply as `book_id`
/// - `Shelf::list` takes `id` of the reply as `book`
/// ```
fn link(tag: &Tag, link: &Link) -> Docs {
    let is_here = tag.operations.iter().any(|operation| operation.at == link.to);
    let path = method(&link.method);
    let named = match is_here {
        true => format!("[`{path}`](crate::{}::{path})", link.method.module.rust()),
        false => format!("`{path}`"),
    };
    let parameters = link.parameters.iter();
    let parameters =
        parameters.map(|(name, given)| format!("{} as {}", value(given), code_in_list(name)));
    let body = link.body.iter().map(|given| format!("{} as its body", value(given)));
    let taken: Vec<String> = parameters.chain(body).collect();
    let description = link.description.as_deref().map(rustdoc::sentence);
    let description = description.filter(|text| !text.is_empty());
    let end = if description.is_some() { "." } else { "" };
    let lines = match taken.as_slice() {
        [] => vec![format!("- Goes with {named}{end}")],
        taken => wrapped(&format!("- {named} takes"), taken, end),
    };
    lines.into_iter().chain(description.map(|text| format!("  {text}"))).collect()
}

/// What a method is called where its module is not told: `Books::add`.
pub fn method(method: &MethodPath) -> String {
    format!("{}::{}", method.holder.rust(), method.name.rust())
}

/// `$response.body#/owner/id` → `` `owner.id` of the reply ``
fn value(value: &LinkValue) -> String {
    match value {
        LinkValue::Literal(Value::String(text)) => code_in_list(text),
        LinkValue::Literal(value) => code_in_list(&value.to_string()),
        LinkValue::Part(Message::Response, part) => format!("{} of the reply", self::part(part)),
        LinkValue::Part(Message::Request, part) => format!("{} of this request", self::part(part)),
    }
}

fn part(part: &MessagePart) -> String {
    match part {
        MessagePart::Body => "the body".to_owned(),
        MessagePart::Property(names) => code_in_list(&names.join(".")),
        MessagePart::Header(name) => format!("the header {}", code_in_list(name)),
        MessagePart::Parameter(name) => code_in_list(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_told_in_words() {
        let table = [
            ("$response.body#/id", "`id` of the reply"),
            ("$response.body#/owner/user~1name", "`owner.user/name` of the reply"),
            ("$response.body", "the body of the reply"),
            ("$response.body#", "the body of the reply"),
            ("$response.header.Location", "the header `Location` of the reply"),
            ("$request.path.book_id", "`book_id` of this request"),
            ("$request.body#/isbn", "`isbn` of this request"),
            ("$url", "`$url`"),
            ("prefix-{$response.body#/id}", "`prefix-{$response.body#/id}`"),
            ("a`b", "`a'b`"),
        ];
        for (expression, words) in table {
            assert_eq!(value(&LinkValue::new(&expression.into())), words, "{expression}");
        }
        assert_eq!(value(&LinkValue::new(&5.into())), "`5`");
    }
}
