//! Operations that have a server of their own (OpenAPI 3.1.0, 4.8.10).

use super::Call;
use super::endpoint::{Servers, checked_base_url};

impl<Op> Call<Op> {
    /// Sends it to this server, unless the caller has said where all requests go.
    pub(crate) fn at(self, server: &str) -> Self {
        let mut request = self.into_request();
        if let Servers::Described { allow_plain_http } = request.client.shared.servers {
            match checked_base_url(server, allow_plain_http) {
                Ok(url) => request.server = Some(Box::new(url)),
                Err(error) => request.refuse(error.to_string()),
            }
        }
        Self::of(request)
    }
}
