//! What the body of an error says, especially in FastAPI's formats.

use std::fmt;

use serde_json::Value;

/// The number of bytes of a message that an error shows.
const SHOWN: usize = 512;

/// FastAPI's `detail`: a message, a list of invalid values, or anything else.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Detail {
    /// `{"detail": "Not Found"}`
    Message(String),
    /// `{"detail": [{"loc": ["body", "age"], "msg": "must be ≥ 0", "type": "…"}]}`
    Invalid(Vec<Invalid>),
    /// Anything else.
    Other(Value),
}

/// One invalid value of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Invalid {
    /// Its location: `body.items.0.age`.
    pub place: String,
    /// What is wrong with it.
    pub message: String,
    /// The type of the error, such as `missing`.
    pub kind: String,
}

impl Detail {
    pub(super) fn of(body: &[u8]) -> Option<Self> {
        let body: Value = serde_json::from_slice(body).ok()?;
        Self::in_value(&body)
    }

    fn in_value(body: &Value) -> Option<Self> {
        match body.get("detail")? {
            Value::Null => None,
            Value::String(message) => Some(Self::Message(message.clone())),
            Value::Array(items) => {
                let invalid = items.iter().map(Invalid::of).collect::<Option<Vec<_>>>();
                invalid.map(Self::Invalid).or_else(|| Some(Self::Other(items.clone().into())))
            }
            other => Some(Self::Other(other.clone())),
        }
    }
}

impl Invalid {
    fn of(item: &Value) -> Option<Self> {
        let steps = item.get("loc")?.as_array()?;
        let place = steps.iter().map(step).collect::<Vec<_>>().join(".");
        let text = |name| item.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        Some(Self { place, message: item.get("msg")?.as_str()?.to_owned(), kind: text("type") })
    }
}

/// A step of `loc` is a name or an index.
fn step(step: &Value) -> String {
    step.as_str().map_or_else(|| step.to_string(), str::to_owned)
}

/// `body.age: must be ≥ 0`
impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place.as_str() {
            "" => f.write_str(&self.message),
            place => write!(f, "{place}: {}", self.message),
        }
    }
}

/// `body.age: must be ≥ 0; body.name: Field required`
impl fmt::Display for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Message(message) => f.write_str(message),
            Self::Invalid(items) => {
                let texts: Vec<_> = items.iter().map(ToString::to_string).collect();
                f.write_str(&texts.join("; "))
            }
            Self::Other(value) => write!(f, "{value}"),
        }
    }
}

/// What a body says in words: its `detail`, `error`, or `message`, on one line.
pub(super) fn message_of(body: &[u8]) -> Option<String> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let said = Detail::in_value(&body).map(|detail| detail.to_string());
    let said = said.or_else(|| in_words(body.get("error")?));
    said.or_else(|| in_words(body.get("message")?)).map(|said| one_line(&said))
}

/// `"text"`, or `{"message": "text"}`.
fn in_words(value: &Value) -> Option<String> {
    value.as_str().or_else(|| value.get("message")?.as_str()).map(str::to_owned)
}

fn one_line(text: &str) -> String {
    let printable = |character: char| if character.is_control() { ' ' } else { character };
    let mut line: String = text.chars().take(SHOWN).map(printable).collect();
    if line.len() < text.len() {
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_of_an_error_body_reads_well() {
        let table = [
            (r#"{"detail": "Not Found"}"#, "Not Found"),
            (
                r#"{"detail": [{"loc": ["body", "age"], "msg": "must be ≥ 0", "type": "ge"},
                               {"loc": ["query", "ids", 3], "msg": "too long", "type": "x"}]}"#,
                "body.age: must be ≥ 0; query.ids.3: too long",
            ),
            (r#"{"detail": {"code": 7}}"#, r#"{"code":7}"#),
            (r#"{"detail": [1, 2]}"#, "[1,2]"),
            (r#"{"success": false, "error": "No credits left"}"#, "No credits left"),
            (r#"{"error": {"message": "nested"}}"#, "nested"),
            (r#"{"message": "two\nlines"}"#, "two lines"),
        ];
        for (body, message) in table {
            assert_eq!(message_of(body.as_bytes()).as_deref(), Some(message), "{body}");
        }
    }

    #[test]
    fn what_says_nothing_gives_no_message() {
        for body in ["", "<html>", "[]", "{}", r#"{"detail": null}"#, r#"{"error": 5}"#] {
            assert_eq!(message_of(body.as_bytes()), None, "{body}");
        }
    }

    #[test]
    fn a_long_message_is_cut() {
        let body = format!(r#"{{"error": "{}"}}"#, "é".repeat(10_000));
        let message = message_of(body.as_bytes()).unwrap_or_default();
        assert_eq!(message.chars().count(), SHOWN + 1);
    }
}
