//! Whether a row was sent.

use std::sync::{Arc, OnceLock};

use super::ledger::{Ledger, Permission};
use super::rows::Row;
use crate::failure::Failure;

/// Whether a row was sent: what the ledger said when it was about to be.
#[derive(Clone, Default)]
pub struct Sent(Arc<OnceLock<Result<Permission, Failure>>>);

impl Sent {
    /// Notes in the ledger that a row is sent, the first time.
    pub fn notice(
        &self,
        ledger: &Arc<dyn Ledger>,
        row: &Row,
        at_most: f64,
        max_credits: Option<f64>,
    ) -> impl Fn() -> Result<(), Failure> + Send + Sync + use<> {
        let (sent, ledger, number) = (self.clone(), ledger.clone(), row.number);
        move || match sent.0.get_or_init(|| ledger.sending(number, at_most, max_credits)) {
            Ok(Permission::Granted) => Ok(()),
            Ok(_) => Err(Failure::other("the ledger does not let it be sent")),
            Err(failure) => Err(failure.clone()),
        }
    }

    pub fn is_set(&self) -> bool {
        self.said().is_some()
    }

    /// What the ledger said, if it was asked.
    pub fn said(&self) -> Option<&Result<Permission, Failure>> {
        self.0.get()
    }

    /// Whether nothing was sent because of the ledger.
    pub fn is_refused(&self) -> bool {
        self.said().is_some_and(|said| !matches!(said, Ok(Permission::Granted)))
    }
}
