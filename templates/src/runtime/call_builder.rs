//! How the call of an operation begins.

use super::{Call, Client};

/// Makes the calls of a group of operations.
///
/// Methods of HTTP are methods of this type and not of the client, where groups of these names have theirs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallBuilder<'a> {
    client: &'a Client,
}

impl<'a> CallBuilder<'a> {
    pub(crate) fn new(client: &'a Client) -> Self {
        Self { client }
    }

    pub(crate) fn get<Op>(self, path: &'static str) -> Call<Op> {
        Call::new(self.client, reqwest::Method::GET, path)
    }

    pub(crate) fn post<Op>(self, path: &'static str) -> Call<Op> {
        Call::new(self.client, reqwest::Method::POST, path)
    }

    pub(crate) fn put<Op>(self, path: &'static str) -> Call<Op> {
        Call::new(self.client, reqwest::Method::PUT, path)
    }

    pub(crate) fn patch<Op>(self, path: &'static str) -> Call<Op> {
        Call::new(self.client, reqwest::Method::PATCH, path)
    }

    pub(crate) fn delete<Op>(self, path: &'static str) -> Call<Op> {
        Call::new(self.client, reqwest::Method::DELETE, path)
    }

    pub(crate) fn head<Op>(self, path: &'static str) -> Call<Op> {
        Call::new(self.client, reqwest::Method::HEAD, path)
    }

    pub(crate) fn options<Op>(self, path: &'static str) -> Call<Op> {
        Call::new(self.client, reqwest::Method::OPTIONS, path)
    }

    pub(crate) fn trace<Op>(self, path: &'static str) -> Call<Op> {
        Call::new(self.client, reqwest::Method::TRACE, path)
    }

    /// A call with another method, such as `QUERY` or `PURGE`.
    pub(crate) fn with_method<Op>(self, method: &'static str, path: &'static str) -> Call<Op> {
        let known = reqwest::Method::from_bytes(method.as_bytes());
        let is_method = known.is_ok();
        let call = Call::new(self.client, known.unwrap_or_default(), path);
        if is_method {
            return call;
        }
        let mut request = call.into_request();
        request.refuse(format!("`{method}` is not a valid method"));
        Call::of(request)
    }
}

#[cfg(test)]
mod tests {
    use super::CallBuilder;
    use crate::Client;

    #[test]
    fn any_method_can_be_sent_and_no_other_text() {
        let client = Client::builder().base_url("https://example.com").api_key("k").build();
        let client = client.expect("a client");
        let sent = |method| {
            let request =
                CallBuilder::new(&client).with_method::<()>(method, "/flights").into_request();
            request.check().map(|()| request.build().method().as_str().to_owned())
        };
        assert_eq!(sent("QUERY").expect("a request"), "QUERY");
        assert_eq!(sent("PURGE").expect("a request"), "PURGE");
        assert!(sent("no method").is_err());
    }
}
