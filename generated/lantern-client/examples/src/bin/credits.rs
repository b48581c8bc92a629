//! Tells how many credits are left, and what was used in 30 days: `credits [WORKFLOW…]`.

use jiff::{SignedDuration, Timestamp};
use lantern_client::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let lantern = Client::from_env()?;
    let balance = lantern.credits().remaining().await?;
    print!("left: {}", balance.remaining_credits);
    match balance.total_credits {
        Some(total) => println!(" of {total}"),
        None => println!(),
    }

    let now = Timestamp::now();
    let from = now - SignedDuration::from_hours(30 * 24);
    let all = lantern.credits().usage(from, now).await?;
    println!("used since {}: {}", from.strftime("%F"), all.credits_used);
    for workflow in std::env::args().skip(1) {
        let own = lantern.credits().usage(from, now).workflow_id(&workflow).await?;
        println!("    by {workflow}: {}", own.credits_used);
    }
    Ok(())
}
