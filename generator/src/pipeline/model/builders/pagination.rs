//! Operations whose replies are pages, by the extension `x-pagination` or one of another tool that says the same.

use serde_json::Value;

use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::items::Definition;
use crate::pipeline::model::{
    Body, BodyForm, PageParameter, PageStyle, Pagination, Parameter, Reply, Style,
};
use crate::pipeline::resolve::{Extension, Operation};

mod items;
mod own;
mod peers;
mod window;

/// What a pagination is read from.
pub struct Parts<'a> {
    /// The operation as it is described.
    pub described: &'a Operation,
    /// Its parameters.
    pub parameters: Vec<&'a Parameter>,
    pub body: &'a Option<Body>,
    pub success: &'a Reply,
    pub definitions: &'a [Definition],
}

/// What an extension says, before it is compared with the operation.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stated {
    items: String,
    more: Option<String>,
    style: PageStyle,
}

/// How an operation is paginated.
pub fn pagination(parts: &Parts<'_>, diagnostics: &mut DiagnosticSink) -> Option<Pagination> {
    let extensions = &parts.described.extensions;
    let at = |extension: Extension| parts.described.at.at(extension.word());
    if let Some(stated) = extensions.get(Extension::Pagination) {
        let found = own::read(stated, &parts.parameters).and_then(|stated| fit(parts, stated));
        let report = |why| diagnostics.invalid_extension(&at(Extension::Pagination), why);
        return found.map_err(report).ok();
    }
    let (extension, read) = PEERS.into_iter().find(|(peer, _)| extensions.get(*peer).is_some())?;
    let stated = read(extensions.get(extension)?, parts).ok_or_else(|| UNREAD.to_owned());
    let report = |why: String| diagnostics.not_generated(&at(extension), why);
    stated.and_then(|stated| fit(parts, stated)).map_err(report).ok()
}

/// Reads another tool's extension.
type Reader = fn(&Value, &Parts<'_>) -> Option<Stated>;

const PEERS: [(Extension, Reader); 2] =
    [(Extension::SpeakeasyPagination, peers::speakeasy), (Extension::FernPagination, peers::fern)];

const UNREAD: &str = "no pages are made of this; say it by `x-pagination`";

/// Compares what is stated with the operation.
fn fit(parts: &Parts<'_>, stated: Stated) -> Result<Pagination, String> {
    match &stated.style {
        PageStyle::Cursor(parameter, _)
        | PageStyle::CursorHeader(parameter, _)
        | PageStyle::Page(parameter, ..)
        | PageStyle::Offset(parameter, _) => parts.check(parameter)?,
        PageStyle::Link | PageStyle::Url(_) | PageStyle::Window(_) => {}
    }
    let Stated { items, more, style } = stated;
    Ok(Pagination { item: parts.item(&items)?, items, more, style })
}

impl Parts<'_> {
    fn check(&self, parameter: &PageParameter) -> Result<(), String> {
        match parameter {
            PageParameter::Query(name) => query_parameter(&self.parameters, name).map(drop),
            PageParameter::Body(name) if self.has_member(name) => Ok(()),
            PageParameter::Body(name) => {
                Err(format!("the operation has no JSON body with a member `{name}`"))
            }
        }
    }

    fn has_member(&self, name: &str) -> bool {
        let forms = self.body.iter().flat_map(|body| body.sent.forms());
        forms.into_iter().any(|form| match form {
            BodyForm::Json(_, ty) => self.field(ty, name).is_some(),
            _ => false,
        })
    }
}

/// A parameter of the query that has one pair.
fn query_parameter<'p>(parameters: &[&'p Parameter], name: &str) -> Result<&'p Parameter, String> {
    let is_meant = |parameter: &Parameter| {
        let is_query =
            matches!(parameter.style, Style::Query | Style::QueryAny(_) | Style::QueryReserved);
        is_query && parameter.name.wire() == name
    };
    let found = parameters.iter().find(|parameter| is_meant(parameter));
    found.copied().ok_or_else(|| format!("the operation has no query parameter `{name}`"))
}
