//! Finds accounts that are the same, by domain or by name and city: `match ACCOUNTS.csv`.

use lantern_client::types::{MatchObject, MatchRequest, MatchRuleGroup, MatchRules};
use lantern_client::{Client, Error};
use serde_json::{Map, Value, json};

/// Asks for a hundred candidates at a time. What was found before an error is paid for, so it is told.
async fn tell_matches(
    lantern: &Client,
    candidates: &[Map<String, Value>],
    tell: impl Fn(&Value),
) -> Result<(), Error> {
    let group = |rules: &[&str]| MatchRuleGroup::default().all(rules.iter().copied());
    let groups = [group(&["domain"]), group(&["name", "city"])];
    let rules = MatchRules::default().groups(groups).any(true).threshold(0.8);
    for some in candidates.chunks(100) {
        let request = MatchRequest::new(MatchObject::Account, some.to_vec()).rules(rules.clone());
        let matched = lantern.matching().objects(request.max_credits(500)).await?;
        matched.results.iter().flatten().for_each(|result| tell(&json!(result)));
        eprintln!("{} candidates for {:?} credits", some.len(), matched.credits_consumed);
    }
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: match ACCOUNTS.csv")?;
    let candidates = csv::Reader::from_path(path)?.into_deserialize();
    let candidates = candidates.collect::<Result<Vec<Map<String, Value>>, _>>()?;
    tell_matches(&Client::from_env()?, &candidates, |result| println!("{result}")).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use lantern_client::matching::MatchObjects;
    use lantern_client::mock::Mock;
    use serde_json::json;

    #[tokio::test(start_paused = true)]
    async fn a_request_has_a_hundred_candidates_at_most() {
        let mock = Mock::new().with_examples();
        let candidate = json!({"name": "Acme"}).as_object().unwrap().clone();
        super::tell_matches(&mock.client(), &vec![candidate; 150], |_| {}).await.unwrap();
        let seen = mock.seen::<MatchObjects>();
        let sizes: Vec<_> = seen.iter().map(|one| one.body().candidates.len()).collect();
        assert_eq!(sizes, [100, 50]);
        assert_eq!(seen[0].json()["rules"]["any"], true);
    }
}
