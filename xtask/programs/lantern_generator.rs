//! Prints how many credits are left.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = client::Client::from_env()?;
    let reply = client.credits().get_remaining_credits().await?;
    println!("{}", reply.remaining_credits);
    Ok(())
}
