//! The key: where it comes from, and that it is never shown.

mod asked;

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::ArgMatches;
use lantern_operations::{ClientSecret, SecurityScheme, Table};

use crate::Program;
use crate::failure::{Failure, FailureKind};
#[cfg(not(feature = "keyring"))]
use crate::places;

/// What stands for a secret where it would be shown.
const HIDDEN: &str = "(hidden)";

/// What signs calls in, by the names of security schemes.
#[derive(Clone, Default)]
pub struct Secrets {
    pub known: Vec<(String, String)>,
    /// Clients that request tokens.
    pub clients: Vec<(String, ClientSecret)>,
}

/// A secret, or a client that requests tokens.
enum Found {
    Secret(String),
    Client(ClientSecret),
}

impl Secrets {
    /// From `--key-file`, the environment, or what `login` keeps.
    pub fn find(program: &Program, table: &Table, matches: &ArgMatches) -> Result<Self, Failure> {
        let mut secrets = Self::default();
        let path = key_file(matches);
        let mut file = path.map(|path| of_file(table, &path)).transpose()?.flatten();
        for scheme in &table.security_schemes {
            let found = match file.take_if(|(for_scheme, _)| *for_scheme == scheme) {
                Some((_, found)) => Some(found),
                None => of_environment(scheme)?,
            };
            let found = found.or_else(|| Some(read(scheme, &kept(program, &scheme.name)?)));
            match found {
                Some(Found::Secret(secret)) => secrets.known.push((scheme.name.clone(), secret)),
                Some(Found::Client(client)) => secrets.clients.push((scheme.name.clone(), client)),
                None => {}
            }
        }
        Ok(secrets)
    }

    /// Whether there is what a security scheme needs.
    pub fn has(&self, scheme: &String) -> bool {
        let known = self.known.iter().map(|(name, _)| name);
        known.chain(self.clients.iter().map(|(name, _)| name)).any(|name| name == scheme)
    }

    /// A text without them.
    pub fn hide(&self, text: String) -> String {
        let all = self.all().filter(|secret| !secret.is_empty());
        all.fold(text, |text, secret| text.replace(secret, HIDDEN))
    }

    /// What nobody may see.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        let known = self.known.iter().map(|(_, secret)| secret.as_str());
        known.chain(self.clients.iter().map(|(_, client)| client.secret.as_str()))
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The secret of a scheme, or else a client's.
fn of_environment(scheme: &SecurityScheme) -> Result<Option<Found>, Failure> {
    if let Some(secret) = variable(&scheme.variable) {
        return Ok(Some(Found::Secret(secret)));
    }
    let client = scheme.client_credentials.as_ref().map(|flow| flow.client(variable));
    let client = client.transpose().map_err(|why| Failure::new(FailureKind::Configuration, why))?;
    Ok(client.flatten().map(Found::Client))
}

/// A text that is kept: a client as JSON, or a secret.
fn read(scheme: &SecurityScheme, text: &str) -> Found {
    let flow = scheme.client_credentials.as_ref();
    let client = flow.and_then(|flow| {
        let token_url = variable(&flow.token_url_variable);
        Some(ClientSecret { token_url, ..ClientSecret::from_json(text)? })
    });
    client.map_or_else(|| Found::Secret(text.to_owned()), Found::Client)
}

/// The flag is global, so the innermost command has it.
fn key_file(matches: &ArgMatches) -> Option<PathBuf> {
    let own = matches.try_get_one::<String>("key-file").ok().flatten().map(PathBuf::from);
    own.or_else(|| key_file(matches.subcommand()?.1))
}

fn of_file<'a>(
    table: &'a Table,
    path: &PathBuf,
) -> Result<Option<(&'a SecurityScheme, Found)>, Failure> {
    let fault = |why: String| {
        let message = format!("--key-file {}: {why}", path.display());
        Failure::new(FailureKind::Configuration, message)
    };
    let text = fs::read_to_string(path).map_err(|why| fault(why.to_string()))?;
    let Some((scheme, key)) = key_in(table, &text) else { return Ok(None) };
    match key {
        "" => Err(fault("its first line is empty".to_owned())),
        key => Ok(Some((scheme, read(scheme, key)))),
    }
}

/// The key in a text, and the scheme that it is for: a client is for the first one with tokens for clients, and what is in the
/// first line of any other text for the first one of all.
fn key_in<'a, 't>(table: &'a Table, text: &'t str) -> Option<(&'a SecurityScheme, &'t str)> {
    let schemes = &table.security_schemes;
    let for_clients = schemes.iter().find(|scheme| scheme.client_credentials.is_some());
    match for_clients.filter(|_| ClientSecret::from_json(text).is_some()) {
        Some(scheme) => Some((scheme, text.trim())),
        None => Some((schemes.first()?, text.lines().next().unwrap_or_default().trim())),
    }
}

/// Where a key can come from, for hints. A file and `login` have that of the first scheme. A group of the description may be
/// called `login`; then that is no way.
pub fn sources(program: &Program, table: &Table, scheme: &SecurityScheme) -> String {
    let variable = format!("the variable {}", scheme.variable);
    let sources = match (table.security_schemes.first() == Some(scheme), table.group("login")) {
        (true, None) => format!("--key-file, {variable}, or `{} login`", program.name),
        (true, Some(_)) => format!("--key-file, or {variable}"),
        (false, _) => variable,
    };
    match &scheme.client_credentials {
        None => sources,
        Some(flow) => format!(
            "{sources}; or it is requested with {} and {}, or with \
             {{\"client_id\": \"…\", \"client_secret\": \"…\"}} in the file of --key-file",
            flow.id_variable, flow.secret_variable
        ),
    }
}

/// Keeps a secret that is typed, or that standard input has in its first line.
pub fn login(program: &Program, table: &Table) -> Result<(), Failure> {
    let Some(scheme) = table.security_schemes.first() else {
        return Err(Failure::usage("this service needs no key"));
    };
    let text = asked::text(program.name, &scheme.secret)?;
    let (scheme, secret) = key_in(table, &text).unwrap_or((scheme, text.trim()));
    let place = keep(program, &scheme.name, secret)?;
    let _ = writeln!(io::stderr(), "kept in {place}; `{} logout` forgets it", program.name);
    Ok(())
}

/// Forgets what `login` keeps.
pub fn logout(program: &Program, table: &Table) -> Result<(), Failure> {
    table.security_schemes.iter().try_for_each(|scheme| forget(program, &scheme.name))
}

#[cfg(feature = "keyring")]
fn kept(program: &Program, scheme: &str) -> Option<String> {
    keyring::Entry::new(program.name, scheme).ok()?.get_password().ok()
}

#[cfg(feature = "keyring")]
fn keep(program: &Program, scheme: &str, secret: &str) -> Result<String, Failure> {
    let entry = keyring::Entry::new(program.name, scheme);
    let kept = entry.and_then(|entry| entry.set_password(secret));
    kept.map_err(|why| {
        let way_out = "--key-file and the variable of the key need no keyring";
        Failure::other(format!("the keyring: {why}; {way_out}"))
    })?;
    Ok("the keyring of the system".to_owned())
}

#[cfg(feature = "keyring")]
fn forget(program: &Program, scheme: &str) -> Result<(), Failure> {
    let entry = keyring::Entry::new(program.name, scheme);
    match entry.and_then(|entry| entry.delete_credential()) {
        Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
        Err(why) => Err(Failure::other(format!("the keyring: {why}"))),
    }
}

#[cfg(not(feature = "keyring"))]
fn kept(program: &Program, scheme: &str) -> Option<String> {
    let text = fs::read_to_string(file(program, scheme)?).ok()?;
    Some(text.trim().to_owned()).filter(|secret| !secret.is_empty())
}

#[cfg(not(feature = "keyring"))]
fn keep(program: &Program, scheme: &str, secret: &str) -> Result<String, Failure> {
    let path = file(program, scheme).ok_or_else(|| Failure::other("there is no home folder"))?;
    let fault = |why: io::Error| Failure::other(format!("{}: {why}", path.display()));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(fault)?;
    }
    write_for_owner(&path, secret).map_err(fault)?;
    Ok(path.display().to_string())
}

#[cfg(not(feature = "keyring"))]
fn forget(program: &Program, scheme: &str) -> Result<(), Failure> {
    let Some(path) = file(program, scheme) else { return Ok(()) };
    match fs::remove_file(&path) {
        Err(why) if why.kind() != io::ErrorKind::NotFound => {
            Err(Failure::other(format!("{}: {why}", path.display())))
        }
        _ => Ok(()),
    }
}

/// Only the owner can read the file, from its first byte on.
#[cfg(not(feature = "keyring"))]
fn write_for_owner(path: &std::path::Path, secret: &str) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(why) if why.kind() != io::ErrorKind::NotFound => return Err(why),
        _ => {}
    }
    writeln!(places::for_owner().write(true).create_new(true).open(path)?, "{secret}")
}

#[cfg(not(feature = "keyring"))]
fn file(program: &Program, scheme: &str) -> Option<PathBuf> {
    let safe: String = scheme.chars().filter(char::is_ascii_alphanumeric).collect();
    Some(places::settings()?.join(program.name).join(format!("{safe}.key")))
}

#[cfg(test)]
mod tests {
    use lantern_operations::{Group, SecurityScheme, Table};
    use serde_json::json;

    use super::sources;
    use crate::{Failure, FailureKind, Program};

    #[test]
    fn a_command_of_the_description_is_not_taken_for_the_one_that_keeps_a_key() {
        let program = Program {
            name: "notes",
            version: "1",
            table: "",
            connect: |_, _| Err(Failure::new(FailureKind::Other, "nothing is sent")),
        };
        let mut table = Table::new("Notes", "1");
        let scheme = json!({
            "name": "token", "placement": "bearer", "variable": "NOTES_TOKEN", "secret": "token",
        });
        let scheme: SecurityScheme = serde_json::from_value(scheme).expect("a scheme");
        table.security_schemes.push(scheme.clone());
        assert!(sources(&program, &table, &scheme).contains("`notes login`"));
        table.groups.push(Group { name: "login".to_owned(), title: None, description: None });
        assert_eq!(sources(&program, &table, &scheme), "--key-file, or the variable NOTES_TOKEN");
    }
}
