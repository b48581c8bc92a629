//! A script that is not async: `script DOMAIN…` prints what is known of companies.

use lantern_client::{Client, ErrorKind, types::CompanyEnrichmentRequest};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let lantern = Client::from_env()?;
    for domain in std::env::args().skip(1) {
        let request = CompanyEnrichmentRequest::new(&*domain).domain(&*domain).max_credits(5);
        match lantern.enrichment().company(request).send_blocking() {
            Ok(found) => println!("{}", serde_json::to_string(&found)?),
            Err(error) if error.kind() == ErrorKind::CreditsExhausted => return Err(error.into()),
            Err(error) => eprintln!("{domain}: {error}"),
        }
    }
    Ok(())
}
