//! Who runs the commands, and what they work on.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::Args;

use super::settings::{self, Client, Settings};
use super::{Examples, Failure};

/// Who runs the commands.
#[derive(Clone, Debug)]
pub struct Context {
    /// The words that start the program: `cargo xtask`.
    pub program: &'static str,
    /// The examples in the help.
    pub examples: Examples,
    /// The clients that are meant if no description is named; none without a settings file.
    pub(super) settings: Option<Settings>,
    /// Why the settings file cannot be used.
    fault: Option<String>,
    /// What the command line says of settings.
    given: SettingsArgs,
}

/// Where the settings are, and which of their clients is meant.
#[derive(Args, Clone, Debug, Default)]
pub struct SettingsArgs {
    /// The settings file [default: lantern-generator.toml in this folder or one above it]
    #[arg(long, global = true, value_name = "FILE", help_heading = "Settings")]
    pub config: Option<PathBuf>,
    /// The client of the settings file, if it has several
    #[arg(long, global = true, value_name = "NAME", help_heading = "Settings")]
    pub client: Option<String>,
}

impl Context {
    /// The program `lantern-generator`, with the settings of the folder in which it runs.
    #[must_use]
    pub fn standalone() -> Self {
        let here = PathBuf::from(settings::FILE);
        let above = || settings::find(&env::current_dir().ok()?);
        let file = if here.is_file() { Some(here) } else { above() };
        Self::new("lantern-generator", Examples::STANDALONE, file, env::args_os())
    }

    /// A program with this settings file, unless its arguments name another one.
    #[must_use]
    pub fn new(
        program: &'static str,
        examples: Examples,
        file: Option<PathBuf>,
        arguments: impl Iterator<Item = OsString>,
    ) -> Self {
        let given = SettingsArgs::peek(arguments);
        let file = given.config.clone().or(file);
        let read = file.map(|file| Settings::read(file, given.client.as_deref())).transpose();
        let (settings, fault) = match read {
            Ok(settings) => (settings, None),
            Err(failure) => (None, Some(failure.to_string())),
        };
        Self { program, examples, settings, fault, given }
    }

    /// A program without settings.
    #[cfg(test)]
    pub(super) fn without_settings() -> Self {
        Self::new("lantern-generator", Examples::STANDALONE, None, std::iter::empty())
    }

    /// Whether there is a settings file, which need not be a good one.
    pub(super) fn has_settings(&self) -> bool {
        self.settings.is_some() || self.fault.is_some()
    }

    /// All clients that are meant.
    pub(super) fn clients(&self) -> Result<&[Client], Failure> {
        match &self.fault {
            Some(fault) => Err(Failure::Settings(fault.clone())),
            None => Ok(self.settings.as_ref().map_or(&[], |settings| settings.clients.as_slice())),
        }
    }

    /// The only client that is meant, if there is a settings file.
    pub(super) fn client(&self) -> Result<Option<&Client>, Failure> {
        match self.clients()? {
            [] => Ok(None),
            [client] => Ok(Some(client)),
            several => {
                let names = settings::names(several);
                Err(Failure::Usage(format!("name one of the clients with --client: {names}")))
            }
        }
    }

    /// The same program, with this client only.
    pub(super) fn with_client(&self, client: &Client) -> Self {
        let settings = self.settings.as_ref();
        let file = settings.map(|settings| settings.file.clone()).unwrap_or_default();
        let given = SettingsArgs { client: Some(client.name.clone()), ..self.given.clone() };
        let settings = Some(Settings { file, clients: vec![client.clone()] });
        Self { settings, given, ..self.clone() }
    }

    /// What the command line says of settings.
    pub(super) fn given(&self) -> &SettingsArgs {
        &self.given
    }

    /// The name of a crate that is looked at and not written.
    pub(super) fn crate_name(&self) -> &str {
        let clients = self.settings.iter().flat_map(|settings| &settings.clients);
        clients.map(|client| client.name.as_str()).next().unwrap_or("client")
    }
}

impl SettingsArgs {
    /// Reads these arguments before all others, because the help and what is required depend on them.
    fn peek(arguments: impl Iterator<Item = OsString>) -> Self {
        let mut found = Self::default();
        let mut arguments = arguments.take_while(|argument| argument != "--");
        while let Some(argument) = arguments.next() {
            let text = argument.to_string_lossy();
            let (name, value) = match text.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(OsString::from(value))),
                None => (text.into_owned(), None),
            };
            match name.as_str() {
                "--config" => found.config = value.or_else(|| arguments.next()).map(PathBuf::from),
                "--client" => {
                    let value = value.or_else(|| arguments.next());
                    found.client = value.as_deref().map(OsStr::to_string_lossy).map(Into::into);
                }
                _ => {}
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_about_settings_are_read_first() {
        let peek = |line: &str| SettingsArgs::peek(line.split(' ').map(OsString::from));
        for line in ["x generate --config a --client b", "x --client=b --spec s --config=a lint"] {
            let found = peek(line);
            assert_eq!(found.config, Some("a".into()), "{line}");
            assert_eq!(found.client.as_deref(), Some("b"), "{line}");
        }
        let none = peek("x generate -- --config a");
        assert!(none.config.is_none() && none.client.is_none());
    }
}
