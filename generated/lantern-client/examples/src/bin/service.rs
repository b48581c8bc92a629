//! A service in front of Lantern: `POST /phone`. It prints where it listens.

use axum::{Json, Router, extract::State, http::StatusCode, routing::post};
use lantern_client::types::{PhoneEnrichmentRequest, PhoneEnrichmentResponse};
use lantern_client::{Client, Reply};

type Answer = Result<Json<Reply<PhoneEnrichmentResponse>>, (StatusCode, String)>;

async fn phone(lantern: State<Client>, Json(contact): Json<PhoneEnrichmentRequest>) -> Answer {
    let found = lantern.enrichment().phone(contact).await;
    found.map(Json).map_err(|error| (StatusCode::BAD_GATEWAY, error.to_string()))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let router = Router::new().route("/phone", post(phone)).with_state(Client::from_env()?);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, router).await?)
}

#[cfg(test)]
mod tests {
    #[derive(Debug)]
    struct Found;

    impl lantern_client::Transport for Found {
        fn send(&self, _: reqwest::Request) -> lantern_client::Sending<'_> {
            Box::pin(async { Ok(http::Response::new(r#"{"success": true}"#).into()) })
        }
    }

    #[tokio::test]
    async fn a_contact_gets_what_was_found() {
        let lantern = super::Client::builder().api_key("key").transport(Found).build().unwrap();
        let contact = super::PhoneEnrichmentRequest::new("crm-1").email("ada@example.com");
        let answer = super::phone(super::State(lantern), super::Json(contact)).await;
        assert_eq!(answer.unwrap().0.success, Some(true));
    }
}
