//! `x-pagination`, the word of this generator.
//!
//! ```yaml
//! x-pagination:
//!   items: /data                                     # where the items are in a reply
//!   more: /has_more                                  # optional: false if there are no more pages
//!   cursor: {parameter: after, next: /next_cursor}   # one of these six
//!   page: {parameter: page, first: 1, last: /pages}
//!   offset: {parameter: offset, total: /total}
//!   url: /links/next
//!   link: true                                       # the header `Link`
//!   window: {from: from, to: to, limit: limit}       # by time; without a limit, `size` is the most of a reply
//! ```
//!
//! In place of `parameter`, `body` names a member of the JSON body. In place of a cursor's `next`, `next-header` names a
//! header.

use serde_json::Value;

use super::{Stated, window};
use crate::pipeline::model::extension_object::ExtensionObject;
use crate::pipeline::model::{PageParameter, PageStyle, Parameter};

const MEMBERS: [&str; 8] = ["items", "more", "cursor", "page", "offset", "url", "link", "window"];

/// Reads the extension of an operation with these parameters, or says why it cannot be read.
pub fn read(stated: &Value, parameters: &[&Parameter]) -> Result<Stated, String> {
    let members = ExtensionObject::read(stated, "x-pagination", &MEMBERS)?;
    let items = members.pointer("items")?.ok_or("`items` says where the items are")?;
    let more = members.pointer("more")?;
    Ok(Stated { items, more, style: style(members, parameters)? })
}

fn style(members: ExtensionObject<'_>, parameters: &[&Parameter]) -> Result<PageStyle, String> {
    let styles: Vec<_> =
        MEMBERS[2..].iter().filter_map(|name| Some((*name, members.get(name)?))).collect();
    let [(name, value)] = styles.as_slice() else {
        let why = "one of `cursor`, `page`, `offset`, `url`, `link` and `window` says how to go on";
        return Err(why.to_owned());
    };
    match *name {
        "cursor" => cursor(ExtensionObject::read(
            value,
            name,
            &["parameter", "body", "next", "next-header"],
        )?),
        "page" => {
            page(ExtensionObject::read(value, name, &["parameter", "body", "first", "last"])?)
        }
        "offset" => {
            let members = ExtensionObject::read(value, name, &["parameter", "body", "total"])?;
            Ok(PageStyle::Offset(parameter(members)?, members.pointer("total")?))
        }
        "url" => Ok(PageStyle::Url(members.pointer("url")?.unwrap_or_default())),
        "window" => window::read(value, parameters),
        _ if value.as_bool() == Some(true) => Ok(PageStyle::Link),
        _ => Err("`link` is not true".to_owned()),
    }
}

fn cursor(members: ExtensionObject<'_>) -> Result<PageStyle, String> {
    let parameter = parameter(members)?;
    match (members.pointer("next")?, members.text("next-header")?) {
        (Some(next), None) => Ok(PageStyle::Cursor(parameter, next)),
        (None, Some(header)) => Ok(PageStyle::CursorHeader(parameter, header)),
        _ => Err("either `next` or `next-header` says where the cursor is in a reply".to_owned()),
    }
}

fn page(members: ExtensionObject<'_>) -> Result<PageStyle, String> {
    let first = match members.get("first") {
        None => 1,
        Some(first) => first.as_u64().ok_or("`first` is not a whole number")?,
    };
    Ok(PageStyle::Page(parameter(members)?, first, members.pointer("last")?))
}

fn parameter(members: ExtensionObject<'_>) -> Result<PageParameter, String> {
    match (members.text("parameter")?, members.text("body")?) {
        (Some(name), None) => Ok(PageParameter::Query(name)),
        (None, Some(name)) => Ok(PageParameter::Body(name)),
        _ => Err("either `parameter` or `body` says how a page is asked for".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(yaml: &str) -> Result<Stated, String> {
        super::read(&serde_yaml::from_str(yaml).expect("YAML"), &[])
    }

    #[test]
    fn each_style_is_read() {
        let query = |name: &str| PageParameter::Query(name.to_owned());
        let at = |text: &str| text.to_owned();
        for (yaml, expected) in [
            ("cursor: {parameter: a, next: /n}", PageStyle::Cursor(query("a"), at("/n"))),
            (
                "cursor: {parameter: a, next-header: X-Next}",
                PageStyle::CursorHeader(query("a"), at("X-Next")),
            ),
            (
                "cursor: {body: a, next: /n/-1/id}",
                PageStyle::Cursor(PageParameter::Body(at("a")), at("/n/-1/id")),
            ),
            ("page: {parameter: p}", PageStyle::Page(query("p"), 1, None)),
            (
                "page: {parameter: p, first: 0, last: /l}",
                PageStyle::Page(query("p"), 0, Some(at("/l"))),
            ),
            ("offset: {parameter: o, total: /t}", PageStyle::Offset(query("o"), Some(at("/t")))),
            ("url: /next", PageStyle::Url(at("/next"))),
            ("link: true", PageStyle::Link),
        ] {
            let stated = read(&format!("{{items: /data, more: /m, {yaml}}}"));
            let expected = Stated { items: at("/data"), more: Some(at("/m")), style: expected };
            assert_eq!(stated, Ok(expected), "{yaml}");
        }
        assert_eq!(read("{items: '', link: true}").map(|stated| stated.items).as_deref(), Ok(""));
    }

    #[test]
    fn what_cannot_be_meant_is_refused_with_a_reason() {
        for (yaml, part) in [
            ("true", "is not an object"),
            ("{link: true}", "`items`"),
            ("{items: data, link: true}", "such as `/data`"),
            ("{items: /data}", "how to go on"),
            ("{items: /data, link: true, url: /next}", "how to go on"),
            ("{items: /data, link: yes}", "`link` is not true"),
            ("{items: /data, curser: {}}", "did you mean `cursor`?"),
            ("{items: /data, cursor: {parameter: a}}", "`next-header`"),
            ("{items: /data, page: {}}", "how a page is asked for"),
            ("{items: /data, window: {from: a}}", "no query parameter `a`"),
            ("{items: /data, window: {size: 7}}", "by `from` and `to`"),
            ("{items: /data, page: {parameter: p, first: a}}", "`first`"),
        ] {
            let why = read(yaml).expect_err(yaml);
            assert!(why.contains(part), "{yaml}: {why}");
        }
    }
}
