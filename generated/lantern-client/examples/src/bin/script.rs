//! A script that is not async: `script DOMAIN…` prints what is known of companies.

use std::{error::Error, io::Write};

use lantern_client::{Client, ErrorKind, types::CompanyEnrichmentRequest};

/// Writes what is known of each company, until the credits are used up.
fn look_up(
    lantern: &Client,
    domains: impl Iterator<Item = String>,
    found: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    for domain in domains {
        let request = CompanyEnrichmentRequest::new(&*domain).domain(&*domain).max_credits(5);
        match lantern.enrichment().company(request).send_blocking() {
            Ok(company) => writeln!(found, "{}", serde_json::to_string(&company)?)?,
            Err(error) if error.kind() == ErrorKind::CreditsExhausted => return Err(error.into()),
            Err(error) => eprintln!("{domain}: {error}"),
        }
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    look_up(&Client::from_env()?, std::env::args().skip(1), &mut std::io::stdout())
}

#[cfg(test)]
mod tests {
    use lantern_client::ErrorKind;
    use lantern_client::enrichment::EnrichCompany;
    use lantern_client::mock::Mock;
    use serde_json::json;

    #[test]
    fn a_company_that_is_refused_is_skipped_and_used_up_credits_end_the_script() {
        let mock = Mock::new();
        mock.on::<EnrichCompany>()
            .reply(json!({"success": true, "name": "One"}))
            .then_status(422)
            .then_reply(json!({"success": true, "name": "Three"}))
            .then_status(402);
        let domains = ["one", "two", "three", "four", "five"].map(str::to_owned).into_iter();
        let mut found = Vec::new();
        let error = super::look_up(&mock.client(), domains, &mut found).unwrap_err();
        let kind = error.downcast_ref().map(lantern_client::Error::kind);
        assert_eq!(kind, Some(ErrorKind::CreditsExhausted));
        let found = String::from_utf8(found).unwrap();
        assert_eq!(found.lines().count(), 2, "{found}");
        assert!(found.contains("One") && found.contains("Three"), "{found}");
        let asked = mock.seen::<EnrichCompany>();
        let asked: Vec<_> = asked.iter().map(|call| call.body().record_id).collect();
        assert_eq!(asked, ["one", "two", "three", "four"]);
    }
}
