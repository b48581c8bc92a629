//! Client ids and secrets, by which a caller requests tokens itself (RFC 6749, 4.4).

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How tokens of a security scheme are requested by a client id and its secret (RFC 6749, 4.4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClientCredentials {
    /// The URL of token requests, which may be relative to the base URL; `None` if callers have to say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_url: Option<String>,
    /// The scopes that operations need.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<String>,
    /// The environment variable that has the id: `SHOP_CLIENT_ID`.
    pub id_variable: String,
    /// The environment variable that has the secret: `SHOP_CLIENT_SECRET`.
    pub secret_variable: String,
    /// The environment variable that has another URL: `SHOP_TOKEN_URL`.
    pub token_url_variable: String,
}

/// A client id and its secret.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientSecret {
    /// The id.
    pub id: String,
    /// The secret, which nobody may see.
    pub secret: String,
    /// Another URL of token requests than that of the description.
    pub token_url: Option<String>,
}

impl ClientCredentials {
    /// The id and the secret that variables have; `None` if neither is there.
    ///
    /// # Errors
    /// If one of them is missing.
    pub fn client(
        &self,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<ClientSecret>, String> {
        let [id, secret] = [&self.id_variable, &self.secret_variable];
        match (variable(id), variable(secret)) {
            (Some(id), Some(secret)) => {
                let token_url = variable(&self.token_url_variable);
                Ok(Some(ClientSecret { id, secret, token_url }))
            }
            (None, None) => Ok(None),
            (Some(_), None) => Err(format!("{id} is set, and {secret} is not: set both")),
            (None, Some(_)) => Err(format!("{secret} is set, and {id} is not: set both")),
        }
    }

    /// The scopes as they are sent: `books:read books:write`.
    #[must_use]
    pub fn scope(&self) -> String {
        self.scopes.join(" ")
    }
}

impl ClientSecret {
    /// Reads `{"client_id": "…", "client_secret": "…"}`, as authorization servers write them (RFC 7591, 3.2.1); `None` for any
    /// other text.
    #[must_use]
    pub fn from_json(text: &str) -> Option<Self> {
        let json: Value = serde_json::from_str(text).ok()?;
        let member = |name| Some(json.get(name)?.as_str()?.to_owned()).filter(|it| !it.is_empty());
        let (id, secret) = (member("client_id")?, member("client_secret")?);
        Some(Self { id, secret, token_url: None })
    }
}

/// The secret is not shown.
impl fmt::Debug for ClientSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientSecret")
    }
}
