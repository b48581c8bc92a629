//! Bodies of requests in examples.

use serde_json::Value;

use super::DocExamples;
use super::expression::{Expression, Step};
use crate::pipeline::model::{Body, BodyForm, RequestBody, Tag, Ty};
use crate::rust::names::Name;

impl DocExamples<'_> {
    /// A body; of several forms the first, for which its value alone stands.
    pub(super) fn body(&self, tag: &Tag, body: &Body) -> Option<Expression> {
        let example = body.example.as_ref();
        match &body.sent {
            RequestBody::One(form) => self.form(form, example),
            RequestBody::Several { name, cases } => {
                let first = cases.first()?;
                match first.form.ty() {
                    Some(ty) if !matches!(ty, Ty::Named(_)) => {
                        self.case([&tag.name, name, &first.name], ty, example)
                    }
                    _ => self.form(&first.form, example),
                }
            }
        }
    }

    /// A value whose type only the case tells: `client::orders::AddBody::Json(1)`
    fn case(&self, path: [&Name; 3], ty: &Ty, example: Option<&Value>) -> Option<Expression> {
        let case = format!("{}::{}", self.crate_path, path.map(Name::rust).join("::"));
        Some(Expression::call(&case, self.value(ty, example, "body", false, 0)?))
    }

    fn form(&self, form: &BodyForm, example: Option<&Value>) -> Option<Expression> {
        let path = &self.crate_path;
        match form {
            BodyForm::Json(_, ty) | BodyForm::Form(ty, _) | BodyForm::Multipart(Some(ty)) => {
                let known = ty.named().and_then(|name| self.types.get(name));
                self.with_setters(ty, example.or_else(|| known?.example.as_ref()))
            }
            BodyForm::Multipart(None) => {
                let arguments = ["\"name\"", "\"value\""].map(Expression::code).into();
                let form = Expression::Code(format!("{path}::MultipartForm::new()"));
                Some(Expression::chain(form, vec![Step::Method("text".to_owned(), arguments)]))
            }
            BodyForm::Text(_) => Some(Expression::code("\"text\"")),
            BodyForm::Bytes(_) => Some(Expression::code("vec![0_u8]")),
            BodyForm::Content(media_types) => {
                let media_type = stated(media_types);
                let content = format!("{path}::Content::new({media_type:?}, vec![0_u8])");
                Some(Expression::Code(content))
            }
        }
    }
}

/// A media type that a caller may state: `image/*` → `image/png`
fn stated(media_types: &[String]) -> String {
    let first = media_types.first().map_or("", String::as_str);
    match first.split_once('/') {
        Some(("multipart", "*")) => "multipart/mixed; boundary=x".to_owned(),
        Some(("multipart", _)) => format!("{first}; boundary=x"),
        Some(("image", "*")) => "image/png".to_owned(),
        Some(("audio", "*")) => "audio/mpeg".to_owned(),
        Some(("video", "*")) => "video/mp4".to_owned(),
        Some(("text", "*")) => "text/plain".to_owned(),
        Some((_, subtype)) if !subtype.contains('*') => first.to_owned(),
        _ => "application/octet-stream".to_owned(),
    }
}
