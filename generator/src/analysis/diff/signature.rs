//! Types as a caller writes them.

use crate::pipeline::model::{Batch, BodyForm, Reply, ReplyForm, RequestBody, Ty};

/// A type: `Option<Vec<types::Book>>`.
pub fn ty(ty: &Ty) -> String {
    match ty {
        Ty::Named(name) => format!("types::{}", name.rust()),
        Ty::Boxed(name) => format!("Box<types::{}>", name.rust()),
        Ty::Bool => "bool".to_owned(),
        Ty::Integer(integer) => integer.rust().to_owned(),
        Ty::Float => "f64".to_owned(),
        Ty::String => "String".to_owned(),
        Ty::Formatted(format) => format.rust().replace("crate::", ""),
        Ty::File => "FilePart".to_owned(),
        Ty::Json => "serde_json::Value".to_owned(),
        Ty::JsonObject => "serde_json::Map<String, serde_json::Value>".to_owned(),
        Ty::List(item) => format!("Vec<{}>", self::ty(item)),
        Ty::Tuple(items) => {
            let items: String = items.iter().map(|item| format!("{}, ", self::ty(item))).collect();
            format!("({})", items.trim_end())
        }
        Ty::Map(value) => format!("BTreeMap<String, {}>", self::ty(value)),
        Ty::Nullable(value) => format!("Option<{}>", self::ty(value)),
    }
}

/// A type as an argument; boxes are made inside.
pub fn argument(held: &Ty) -> String {
    match held {
        Ty::Boxed(name) => ty(&Ty::Named(name.clone())),
        other => ty(other),
    }
}

/// A body as an argument.
pub fn sent(sent: &RequestBody) -> String {
    match sent {
        RequestBody::One(form) => body(form),
        RequestBody::Several { name, .. } => format!("impl Into<{}>", name.rust()),
    }
}

/// What is written in a form.
pub fn body(form: &BodyForm) -> String {
    match form {
        BodyForm::Json(_, held) | BodyForm::Form(held, _) | BodyForm::Multipart(Some(held)) => {
            ty(held)
        }
        BodyForm::Multipart(None) => "MultipartForm".to_owned(),
        BodyForm::Text(_) => "String".to_owned(),
        BodyForm::Bytes(_) => "bytes::Bytes".to_owned(),
        BodyForm::Content(_) => "Content".to_owned(),
    }
}

/// A reply.
pub fn reply(form: &ReplyForm) -> String {
    match form {
        ReplyForm::Nothing => "()".to_owned(),
        ReplyForm::Json(held) => ty(held),
        ReplyForm::Text | ReplyForm::TextOrJson => "String".to_owned(),
        ReplyForm::Bytes => "bytes::Bytes".to_owned(),
        ReplyForm::Events(held) => {
            let data = held.as_ref().map_or("String".to_owned(), ty);
            format!("ItemStream<Event<{data}>>")
        }
        ReplyForm::Lines(held) => format!("ItemStream<{}>", ty(held)),
    }
}

/// A batch, with the types that its trait names.
pub fn batch(accepted: &Reply, batch: &Batch) -> String {
    let accepted = match accepted {
        Reply::One(ReplyForm::Json(held)) => ty(held),
        _ => "serde_json::Value".to_owned(),
    };
    let row = |row: &Option<Ty>| row.as_ref().map_or("batch::Record".to_owned(), ty);
    let (row, charge) = (row(&batch.row), row(&batch.charge));
    format!("batch::Batch<Accepted = {accepted}, Row = {row}, Charge = {charge}>")
}
