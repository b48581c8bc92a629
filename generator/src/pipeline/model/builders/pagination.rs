//! Operations whose replies are pages, by the extension `x-pagination` or one of another tool that says the same.

use serde_json::Value;

use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::items::Definition;
use crate::pipeline::model::{
    Body, BodyForm, PageParameter, PageStyle, Pagination, Parameter, Reply, ReplyForm, Shape,
    Style, Ty,
};
use crate::pipeline::resolve::{Extension, Operation};
use crate::pointer::Pointer;
use crate::rust::names::Name;

mod own;
mod peers;

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
        let found = own::read(stated).and_then(|stated| fit(parts, stated));
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
        PageStyle::Link | PageStyle::Url(_) => {}
    }
    let Stated { items, more, style } = stated;
    Ok(Pagination { item: parts.item(&items)?, items, more, style })
}

impl Parts<'_> {
    fn check(&self, parameter: &PageParameter) -> Result<(), String> {
        let is_there = match parameter {
            PageParameter::Query(name) => self.has_query(name),
            PageParameter::Body(name) => self.has_member(name),
        };
        match (is_there, parameter) {
            (true, _) => Ok(()),
            (false, PageParameter::Query(name)) => {
                Err(format!("the operation has no query parameter `{name}`"))
            }
            (false, PageParameter::Body(name)) => {
                Err(format!("the operation has no JSON body with a member `{name}`"))
            }
        }
    }

    fn has_query(&self, name: &str) -> bool {
        let is_query = |style: &Style| matches!(style, Style::Query | Style::QueryReserved);
        self.parameters.iter().any(|one| one.name.wire() == name && is_query(&one.style))
    }

    fn has_member(&self, name: &str) -> bool {
        let forms = self.body.iter().flat_map(|body| body.sent.forms());
        forms.into_iter().any(|form| match form {
            BodyForm::Json(_, ty) => self.field(ty, name).is_some(),
            _ => false,
        })
    }

    /// The type of the items at a place of the reply.
    fn item(&self, items: &str) -> Result<Ty, String> {
        let Reply::One(ReplyForm::Json(reply)) = self.success else {
            return Err("the operation has no single JSON reply that could be a page".to_owned());
        };
        let mut ty = reply.clone();
        for name in Pointer::parse(items).iter().flat_map(Pointer::steps) {
            ty = self
                .field(&ty, &name)
                .ok_or_else(|| format!("a reply has no `{name}`, so no items are at `{items}`"))?;
        }
        match ty {
            Ty::List(item) => Ok(*item),
            Ty::Nullable(ty) if matches!(*ty, Ty::List(_)) => match *ty {
                Ty::List(item) => Ok(*item),
                _ => Ok(Ty::Json),
            },
            Ty::Json => Ok(Ty::Json),
            _ => Err(format!("what is at `{items}` is no list")),
        }
    }

    /// The type of a member of an object.
    fn field(&self, ty: &Ty, name: &str) -> Option<Ty> {
        match ty {
            Ty::Json => Some(Ty::Json),
            Ty::Nullable(ty) => self.field(ty, name),
            Ty::Named(named) => self.field_of(named, name),
            _ => None,
        }
    }

    fn field_of(&self, named: &Name, name: &str) -> Option<Ty> {
        let found = self.definitions.iter().find(|definition| definition.name == *named)?;
        match &found.shape {
            Shape::Struct(object) => {
                let field = object.fields.iter().find(|field| field.name.wire() == name)?;
                Some(field.ty.clone())
            }
            _ => None,
        }
    }
}
