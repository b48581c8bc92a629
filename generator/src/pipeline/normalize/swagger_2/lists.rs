//! `collectionFormat`: how the items of a list stand in one text (Swagger 2.0, Parameter Object).

use serde_json::{Value, json};

use super::{Members, Upgrade};
use crate::diagnostics::code::DiagnosticCode;
use crate::pointer::Pointer;

/// The style of OpenAPI 3.0 that a list has; `None` where that is the usual one of its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ListStyle {
    style: Option<&'static str>,
    explode: Option<bool>,
}

impl ListStyle {
    const USUAL: Self = Self { style: None, explode: None };

    /// States the style in a parameter or an encoding.
    pub(super) fn state(self, members: &mut Members) {
        if let Some(style) = self.style {
            members.insert("style".to_owned(), style.into());
        }
        if let Some(explode) = self.explode {
            members.insert("explode".to_owned(), explode.into());
        }
    }
}

/// Where a list stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Query,
    /// The path or a header.
    Simple,
    /// A field of a form whose fields are joined in one text.
    Form,
    /// A field of a form that is sent in parts.
    Parts,
}

impl Place {
    fn name(self) -> &'static str {
        match self {
            Self::Query => "a query",
            Self::Simple => "a path or a header",
            Self::Form => "a form",
            Self::Parts => "a form in parts",
        }
    }
}

impl Upgrade<'_> {
    /// Takes `collectionFormat` out of a schema that was a parameter or a header, and gives the style that it means.
    ///
    /// A list that OpenAPI 3.0 has no style for becomes a string, with a warning.
    pub(super) fn list_style(
        &mut self,
        schema: &mut Members,
        place: Place,
        at: &Pointer,
    ) -> ListStyle {
        let format = schema.shift_remove("collectionFormat");
        let format_at = at.at("collectionFormat");
        if schema.get("type") != Some(&json!("array")) {
            if format.is_some() {
                let message = "`collectionFormat` applies only to lists";
                self.diagnostics.warn(DiagnosticCode::MisplacedKeyword, &format_at, message);
            }
            return ListStyle::USUAL;
        }
        self.inner_list(schema, at);
        let joined = |style| ListStyle { style, explode: Some(false) };
        match (place, self.known_format(format.as_ref(), place, &format_at)) {
            // Files are parts of their own.
            (Place::Parts, _) if is_file(schema.get("items")) => ListStyle::USUAL,
            (Place::Query | Place::Form | Place::Parts, "multi") => ListStyle::USUAL,
            (Place::Query, "csv") => joined(None),
            (Place::Form, "csv") => joined(Some("form")),
            (Place::Query | Place::Form, "ssv") => joined(Some("spaceDelimited")),
            (Place::Query | Place::Form, "pipes") => joined(Some("pipeDelimited")),
            (Place::Simple, "csv") => ListStyle::USUAL,
            (_, known) => {
                let message = format!(
                    "the list is a string, whose items the caller joins: `{known}` has no style in {}",
                    place.name()
                );
                let at = if format.is_some() { &format_at } else { at };
                self.diagnostics.warn(DiagnosticCode::WidenedKeyword, at, message);
                *schema = as_string(schema);
                ListStyle::USUAL
            }
        }
    }

    /// The format of a list that is meant: commas where it is unknown. `multi` is one of queries and forms.
    fn known_format(&mut self, format: Option<&Value>, place: Place, at: &Pointer) -> &'static str {
        let Some(written) = format else { return "csv" };
        let known =
            ["csv", "ssv", "tsv", "pipes", "multi"].into_iter().find(|known| written == known);
        if let Some(known) = known.filter(|known| *known != "multi" || place != Place::Simple) {
            return known;
        }
        let message = format!("{written} is unknown here; the items are joined by commas");
        self.diagnostics.warn(DiagnosticCode::Corrected, at, message);
        "csv"
    }

    /// A list within a list, whose items are joined by a second character, is a string.
    fn inner_list(&mut self, schema: &mut Members, at: &Pointer) {
        let Some(Value::Object(items)) = schema.get_mut("items") else { return };
        let format = items.shift_remove("collectionFormat");
        if items.get("type") == Some(&json!("array")) {
            let format = format.as_ref().and_then(Value::as_str).unwrap_or("csv");
            let message = format!("each item is a string: that of a list joined as `{format}`");
            self.diagnostics.warn(DiagnosticCode::WidenedKeyword, &at.at("items"), message);
            *items = as_string(items);
        }
    }
}

/// Whether a schema is a file, or a list of files.
pub(super) fn is_file(schema: Option<&Value>) -> bool {
    let Some(schema) = schema else { return false };
    schema.get("type") == Some(&json!("file")) || is_file(schema.get("items"))
}

/// A string in the place of a list, with what describes the list.
fn as_string(schema: &Members) -> Members {
    let kept = schema.iter().filter(|(key, _)| *key == "description" || key.starts_with("x-"));
    let mut string: Members = kept.map(|(key, value)| (key.clone(), value.clone())).collect();
    string.insert("type".to_owned(), "string".into());
    string
}
