//! `--watch`: generates again whenever the description or its overlay is saved.

use std::thread::sleep;
use std::time::Duration;

use super::Generate;
use crate::cli::{Context, Failure, console};

/// The files are looked at so often. Looking needs no library, and sees what is saved on any file system.
const PAUSE: Duration = Duration::from_millis(400);

impl Generate {
    /// Generates now and after each change, until it is stopped.
    ///
    /// What fails is told and waits for the next change, like anything else.
    pub fn keep_on(&self, context: &Context) -> Result<String, Failure> {
        if self.target.sources.description(context)?.file().is_none() {
            return Err(Failure::Usage(
                "--watch needs a file; standard input is read once".to_owned(),
            ));
        }
        loop {
            let seen = self.target.sources.glance(context)?;
            match self.once(context) {
                Ok(text) => console::print(text),
                Err(failure) => console::print_stderr(failure),
            }
            console::print_stderr("watching for changes; stop with Ctrl-C");
            while self.target.sources.glance(context)? == seen {
                sleep(PAUSE);
            }
        }
    }
}
