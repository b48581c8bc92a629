//! Prints how many credits are left.

use client::Client;
use client::util::http::header::AUTHORIZATION;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let key = format!("Bearer {}", std::env::var("LANTERN_API_KEY")?);
    let client = Client::new("https://api-gateway.agenthq.withlantern.com")?;
    let client = client.with_sensitive_header(AUTHORIZATION, key)?;
    let reply = client.get_remaining_credits_v1_credits_remaining_get().await?;
    println!("{}", reply.remaining_credits);
    Ok(())
}
