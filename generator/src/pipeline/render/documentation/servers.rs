//! What is written above servers and their variables.

use super::{Docs, code, paragraphs};
use crate::pipeline::model::{Api, Choice, Server, Setting, Variable};
use crate::rust::rustdoc;

/// What the module of servers is for, and how one is chosen.
pub fn module(api: &Api) -> Docs {
    let (path, module) = (api.crate_path(), api.servers.module.rust());
    let has_variables = |server: &&Server| !server.variables.is_empty();
    let shown = api.servers.all.iter().find(has_variables).or(api.servers.all.last());
    let server = shown.map(|server| value(module, server)).unwrap_or_default();
    let text = format!(
        "\
The base URLs of the service.

```
use {path}::{{Client, {module}}};

let server = {server};
let builder = Client::builder().base_url(server);
```"
    );
    text.lines().map(str::to_owned).collect()
}

/// `servers::PRODUCTION`, or `servers::Production::default().region(servers::Region::Eu)`
fn value(module: &str, server: &Server) -> String {
    let name = server.name.rust();
    let Some(variable) = server.variables.first() else { return format!("{module}::{name}") };
    let value = match &variable.default {
        Setting::Text(_) => format!("\"{}\"", variable.name.rust()),
        Setting::Choice { of, is } => format!("{module}::{}::{}", of.rust(), is.rust()),
    };
    format!("{module}::{name}::default().{}({value})", variable.name.rust())
}

/// What a server is: what is said of it, and its URL.
pub fn server(server: &Server) -> Docs {
    paragraphs([described(server.description.as_deref()), vec![code(server.name.wire())]])
}

/// What a variable of a server's URL is for: ``Where the data is. `eu` if it is not set.``
pub fn variable(variable: &Variable) -> Docs {
    let default = match &variable.default {
        Setting::Text(text) => text.as_str(),
        Setting::Choice { is, .. } => is.wire(),
    };
    let default = match default {
        "" => "Empty if it is not set.".to_owned(),
        default => format!("{} if it is not set.", code(default)),
    };
    paragraphs([described(variable.description.as_deref()), vec![default]])
}

/// What the values of a variable stand for.
pub fn choice(choice: &Choice) -> Docs {
    let name = || code(&format!("{{{}}}", choice.name.wire()));
    match &choice.description {
        Some(description) => rustdoc::prose(description),
        None => vec![format!("The values of {}.", name())],
    }
}

fn described(description: Option<&str>) -> Docs {
    description.map(rustdoc::prose).unwrap_or_default()
}
