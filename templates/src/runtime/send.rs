//! One attempt: a finished request out, a whole reply in.

use bytes::{Bytes, BytesMut};
use reqwest::Response;

use super::draft::Draft;
use super::reply::{Meta, Received};
use super::{Error, ErrorKind};

/// Sends a request and waits for the whole reply.
pub async fn send(mut draft: Draft, security: &[&[&str]]) -> Result<Received, Error> {
    let shared = draft.client.shared.clone();
    let call = format!("{} {}", draft.method, draft.template);
    shared.credentials.apply(security, &mut draft);
    let request = draft.finish()?;
    let response =
        shared.http.execute(request).await.map_err(|error| Error::transport(&call, error))?;
    let meta = Meta { status: response.status(), headers: response.headers().clone() };
    let body = whole_body(response, shared.max_body, &call)
        .await
        .map_err(|error| error.with_reply(meta.clone(), Bytes::new()))?;
    let received = Received { meta, body, call };
    match received.meta.status.is_success() {
        true => Ok(received),
        false => Err(Error::rejected(received)),
    }
}

async fn whole_body(mut response: Response, max: usize, call: &str) -> Result<Bytes, Error> {
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| Error::transport(call, error))? {
        if body.len() + chunk.len() > max {
            let message = format!("the reply to {call} is larger than {max} bytes");
            return Err(Error::new(ErrorKind::BodyTooLarge, message));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}
