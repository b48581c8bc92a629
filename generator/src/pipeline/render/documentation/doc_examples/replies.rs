//! What examples do with replies.

use super::DocExamples;
use super::expression::Statement;
use crate::pipeline::model::{Field, Format, Operation, Presence, Reply, ReplyForm, Shape, Ty};
use crate::rust::names::words_of;

/// What is done with the reply to a batch.
const WAIT: &str = "\
// Results in S3 need the feature `s3`, and AWS credentials of your own:
// `AWS_REGION`, `AWS_ACCESS_KEY_ID` and the like.
let results = reply.wait(&client).await?;
for row in &results {
    println!(\"{:#?}\", row?);
}";

/// What is done with a reply that comes item by item.
const EACH_ITEM: &str = "\
let mut items = reply.into_body();
while let Some(item) = items.next().await {
    println!(\"{:#?}\", item?);
}";

/// What is done with a list.
const EACH: &str = "\
for item in reply.iter() {
    println!(\"{item:#?}\");
}";

/// What is done with bytes.
const COUNT: &str = "println!(\"{} bytes\", reply.len());";

/// What is done with a value that can be shown as it is.
const DISPLAY: &str = "println!(\"{}\", reply.body());";

/// What is done with any other reply.
const DEBUG: &str = "println!(\"{:#?}\", reply.body());";

impl DocExamples<'_> {
    /// What is done with the reply of an operation; `None` if it has none.
    pub(super) fn reply(&self, operation: &Operation) -> Option<Statement> {
        if operation.batch.is_some() {
            return Some(Statement::Fixed(WAIT));
        }
        let Reply::One(form) = &operation.success else { return Some(Statement::Fixed(DEBUG)) };
        match form {
            ReplyForm::Nothing => None,
            ReplyForm::Json(ty) => Some(self.json(ty)),
            ReplyForm::Text | ReplyForm::TextOrJson => Some(Statement::Fixed(DISPLAY)),
            ReplyForm::Bytes => Some(Statement::Fixed(COUNT)),
            ReplyForm::Events(_) | ReplyForm::EventObjects(..) | ReplyForm::Lines(_) => {
                Some(Statement::Fixed(EACH_ITEM))
            }
        }
    }

    fn json(&self, ty: &Ty) -> Statement {
        match ty {
            Ty::Named(name) => match self.types.get(name).map(|found| &found.shape) {
                Some(Shape::Struct(object)) => field(&object.fields),
                _ => Statement::Fixed(DEBUG),
            },
            Ty::List(_) => Statement::Fixed(EACH),
            ty if is_shown(ty) => Statement::Fixed(DISPLAY),
            _ => Statement::Fixed(DEBUG),
        }
    }
}

/// Prints a field: one that is always there and no id before others, and a flag last.
fn field(fields: &[Field]) -> Statement {
    let current = || fields.iter().filter(|field| !field.docs.limits.deprecated);
    let tells = |field: &&Field| field.ty != Ty::Bool && field.constant.is_none() && !is_id(field);
    let is_there = |field: &&Field| field.presence == Presence::Required;
    let shown = |field: &&Field| {
        is_there(field) && (is_shown(&field.ty) || matches!(field.ty, Ty::List(_)))
    };
    let found =
        current().filter(tells).find(shown).or_else(|| current().filter(tells).find(is_there));
    let found = found.or_else(|| current().find(tells)).or_else(|| current().next());
    let Some(field) = found else { return Statement::Fixed(DEBUG) };
    let format = if is_there(&field) && is_shown(&field.ty) { "{}" } else { "{:?}" };
    Statement::Line(format!("println!(\"{format}\", reply.{});", field.name.rust()))
}

fn is_id(field: &Field) -> bool {
    words_of(field.name.wire()).last().is_some_and(|last| last == "id")
}

/// Whether values of a type are shown by `{}`.
fn is_shown(ty: &Ty) -> bool {
    let is_time = matches!(ty, Ty::Formatted(Format::DateTime | Format::Date));
    is_time || matches!(ty, Ty::Bool | Ty::Integer(_) | Ty::Float | Ty::String)
}
