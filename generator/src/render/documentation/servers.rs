//! What is written above servers and their variables.

use super::{Docs, code, paragraphs};
use crate::docs;
use crate::model::{Choice, Server, Setting, Variable};

/// What a server is: what is said of it, and its URL.
pub fn server(server: &Server) -> Docs {
    paragraphs([described(server.description.as_deref()), vec![code(server.name.wire())]])
}

/// What a variable of a server's URL is for: ``Where the data is. `eu`, unless it is set.``
pub fn variable(variable: &Variable) -> Docs {
    let default = match &variable.default {
        Setting::Text(text) => text.as_str(),
        Setting::Choice { is, .. } => is.wire(),
    };
    let default = match default {
        "" => "Nothing, unless it is set.".to_owned(),
        default => format!("{}, unless it is set.", code(default)),
    };
    paragraphs([described(variable.description.as_deref()), vec![default]])
}

/// What the values of a variable stand for.
pub fn choice(choice: &Choice) -> Docs {
    let name = || code(&format!("{{{}}}", choice.name.wire()));
    match &choice.description {
        Some(description) => docs::prose(description),
        None => vec![format!("What {} may be.", name())],
    }
}

fn described(description: Option<&str>) -> Docs {
    description.map(docs::prose).unwrap_or_default()
}
