//! Operations that have a server of their own (OpenAPI 3.1.0, 4.8.10).

use super::Call;
use super::endpoint::{Servers, checked_base_url};

impl<Op> Call<Op> {
    /// Sends it to this server, unless the caller has said where all requests go.
    pub(crate) fn at(self, server: &str) -> Self {
        let mut draft = self.into_draft();
        if let Servers::Described { allow_plain_http } = draft.client.shared.servers {
            match checked_base_url(server, allow_plain_http) {
                Ok(url) => draft.server = Some(Box::new(url)),
                Err(error) => draft.refuse(error.to_string()),
            }
        }
        Self::of(draft)
    }
}
