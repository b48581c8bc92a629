//! Finds accounts that are the same, by domain or by name and city: `match ACCOUNTS.csv`.

use lantern_client::Client;
use lantern_client::types::{MatchObject, MatchRequest, MatchRuleGroup, MatchRules};
use serde_json::{Map, Value};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: match ACCOUNTS.csv")?;
    let candidates = csv::Reader::from_path(path)?.into_deserialize();
    let candidates = candidates.collect::<Result<Vec<Map<String, Value>>, _>>()?;

    let group = |rules: &[&str]| {
        MatchRuleGroup::default().all(rules.iter().map(|rule| (*rule).to_owned()).collect())
    };
    let groups = vec![group(&["domain"]), group(&["name", "city"])];
    let rules = MatchRules::default().groups(groups).any(true).threshold(0.8);

    let lantern = Client::from_env()?;
    for some in candidates.chunks(100) {
        let request = MatchRequest::new(MatchObject::Account, some.to_vec()).rules(rules.clone());
        let matched = lantern.matching().objects(request.max_credits(500)).await?;
        for result in matched.results.iter().flatten() {
            println!("{}", serde_json::to_string(result)?);
        }
        eprintln!("{} candidates for {:?} credits", some.len(), matched.credits_consumed);
    }
    Ok(())
}
