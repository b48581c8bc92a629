//! Prints how many credits are left.

use client::generated::HttpClient;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = HttpClient::new().with_api_key(std::env::var("LANTERN_API_KEY")?);
    let reply = client.get_remaining_credits_v1_credits_remaining_get().await?;
    println!("{}", reply.remaining_credits);
    Ok(())
}
