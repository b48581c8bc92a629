//! `--watch`: generates again whenever the description or its overlay is saved.

use std::thread::sleep;
use std::time::Duration;

use super::Generate;
use crate::console;
use crate::failure::Failure;

/// The files are looked at so often. Looking needs no library, and sees what is saved on any file system.
const PAUSE: Duration = Duration::from_millis(400);

impl Generate {
    /// Generates now and after each change, until it is stopped.
    ///
    /// What fails is told and waits for the next change, like anything else.
    pub fn keep_on(&self) -> Result<String, Failure> {
        loop {
            let seen = self.target.sources.glance();
            match self.once() {
                Ok(text) => console::print(text),
                Err(failure) => console::print_stderr(failure),
            }
            console::print_stderr("watching for changes; stop with Ctrl-C");
            while self.target.sources.glance() == seen {
                sleep(PAUSE);
            }
        }
    }
}
