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
    use lantern_client::enrichment::EnrichPhone;
    use lantern_client::mock::{Example, Mock};

    #[tokio::test(start_paused = true)]
    async fn a_contact_gets_what_was_found_and_hears_of_what_was_not() {
        let mock = Mock::new();
        let nobody = serde_json::json!({"success": false, "error": "nobody"});
        mock.on::<EnrichPhone>().reply(super::PhoneEnrichmentResponse::example());
        mock.on::<EnrichPhone>()
            .when(|request| request.body().record_id == "crm-2")
            .status(404)
            .json(nobody);
        let ask = |id: &str| {
            let contact = super::PhoneEnrichmentRequest::new(id).email("ada@example.com");
            super::phone(super::State(mock.client()), super::Json(contact))
        };
        assert_eq!(ask("crm-1").await.unwrap().0.success, Some(true));
        let (status, said) = ask("crm-2").await.unwrap_err();
        assert_eq!(status, super::StatusCode::BAD_GATEWAY);
        assert!(said.contains("nobody"), "{said}");
    }
}
