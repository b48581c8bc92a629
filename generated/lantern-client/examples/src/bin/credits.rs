//! Tells how many credits are left, and what was used in 30 days: `credits [WORKFLOW…]`.

use jiff::{SignedDuration, Timestamp};
use lantern_client::{Client, Error};

async fn report(lantern: &Client, workflows: &[String]) -> Result<String, Error> {
    let balance = lantern.credits().remaining().await?;
    let mut report = format!("left: {}", balance.remaining_credits);
    if let Some(total) = balance.total_credits {
        report += &format!(" of {total}");
    }
    let now = Timestamp::now();
    let from = now - SignedDuration::from_hours(30 * 24);
    let all = lantern.credits().usage(from, now).await?;
    report += &format!("\nused since {}: {}\n", from.strftime("%F"), all.credits_used);
    for workflow in workflows {
        let own = lantern.credits().usage(from, now).workflow_id(workflow).await?;
        report += &format!("    by {workflow}: {}\n", own.credits_used);
    }
    Ok(report)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let workflows: Vec<_> = std::env::args().skip(1).collect();
    print!("{}", report(&Client::from_env()?, &workflows).await?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use lantern_client::credits::{GetCreditUsage, GetRemainingCredits};
    use lantern_client::mock::{Example, Mock};
    use lantern_client::types::CreditUsageResponse;
    use serde_json::json;

    #[tokio::test(start_paused = true)]
    async fn what_a_workflow_used_is_asked_by_its_id_and_again_after_a_429() {
        let mock = Mock::new();
        let balance = json!({"success": true, "tenant_id": 1, "remaining_credits": 5});
        mock.on::<GetRemainingCredits>().status(429).retry_after(60).then_reply(balance);
        let used = |credits| {
            let mut used = CreditUsageResponse::example();
            used.credits_used = credits;
            used
        };
        mock.on::<GetCreditUsage>().reply(used(9.0));
        mock.on::<GetCreditUsage>().with_query("workflow_id", "w-1").reply(used(2.0));
        let report = super::report(&mock.client(), &["w-1".to_owned()]).await.unwrap();
        assert!(report.starts_with("left: 5\nused since "), "{report}");
        assert!(report.ends_with(": 9\n    by w-1: 2\n"), "{report}");
        mock.assert_complete();
    }
}
