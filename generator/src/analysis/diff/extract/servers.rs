//! Servers that a caller may choose: base URLs, and the variables in them.

use super::super::signature::Signature;
use super::super::surface::{self, Member};
use super::{facts, member};
use crate::pipeline::model::{Choice, Server, Servers, Setting, Variable};
use crate::pipeline::render::documentation;
use crate::rust::names::Name;

pub fn servers(servers: &Servers) -> surface::Servers {
    if !servers.are_several() {
        return surface::Servers::default();
    }
    let Servers { module, all, choices } = servers;
    let within =
        |member: Member| Member { name: format!("{}::{}", module.rust(), member.name), ..member };
    surface::Servers {
        all: all.iter().map(server).map(within).collect(),
        setters: all.iter().flat_map(setters).map(within).collect(),
        values: choices.iter().flat_map(values).map(within).collect(),
    }
}

fn server(server: &Server) -> Member {
    // The URL is what the name stands for.
    let Server { name, description: _, url: _, variables } = server;
    let ty = if variables.is_empty() { "&str" } else { "struct" };
    member(name, Signature::text(ty), &documentation::servers::server(server))
}

fn setters(server: &Server) -> impl Iterator<Item = Member> {
    let setter = |variable: &Variable| {
        let Variable { name, description: _, default, is_secret: _ } = variable;
        let docs = documentation::servers::variable(variable);
        let (ty, default) = match default {
            Setting::Text(text) => (Signature::into_type("String"), text),
            Setting::Choice { of, is } => (Signature::text(of.rust()), &is.wire().to_owned()),
        };
        let facts = facts([("default", Some(default.clone()))]);
        part(server.name.rust(), Member { facts, ..member(name, ty, &docs) })
    };
    server.variables.iter().map(setter)
}

fn values(choice: &Choice) -> impl Iterator<Item = Member> {
    let Choice { name: of, description: _, values } = choice;
    let docs = |name: &Name| documentation::types::string(name.wire());
    values.iter().map(move |name| part(of.rust(), member(name, Signature::default(), &docs(name))))
}

/// A member of a type, which is known by its name alone: other types have members of the same words.
fn part(of: &str, member: Member) -> Member {
    Member { name: format!("{of}::{}", member.name), wire: String::new(), ..member }
}
