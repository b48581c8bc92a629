//! Prints how many credits are left.

use client::GetRemainingCreditsV1CreditsRemainingGetRequest as Request;
use client::{ApiResponse, LanternApiDocsClient};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut client = LanternApiDocsClient::new();
    client.bearer_auth = Some(std::env::var("LANTERN_API_KEY")?.into());
    match client.get_remaining_credits_v1_credits_remaining_get(Request {}).await? {
        ApiResponse::Ok(reply) => println!("{}", reply.remaining_credits),
        _ => return Err("the call failed".into()),
    }
    Ok(())
}
