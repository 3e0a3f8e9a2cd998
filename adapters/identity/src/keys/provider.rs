//! What a provider says of itself: its discovery document, and the keys it signs with.
use super::KeySet;
use crate::provider_client::{ProviderClient, Unreached, is_safe};
use hyper::header::ACCEPT;
use hyper::{Request, StatusCode};
use serde::Deserialize;
use serde_json::Value;

/// The parts of a discovery document that are used here.
#[derive(Clone, Debug, Deserialize)]
pub struct Discovery {
    pub issuer: String,
    jwks_uri: String,
    #[serde(default)]
    pub authorization_endpoint: Option<String>,
    #[serde(default)]
    pub token_endpoint: Option<String>,
    #[serde(default)]
    pub token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
}

/// Asks the issuer who it is and for its keys.
pub async fn ask(client: &ProviderClient, issuer: &str) -> Result<(Discovery, KeySet), Unreached> {
    let url = format!("{}/.well-known/openid-configuration", issuer.strip_suffix('/').unwrap_or(issuer));
    let document = get(client, &url).await?;
    if let Some(name) = unsafe_name(&document) {
        return Err(Unreached(format!("{name} of {url} is neither https nor on this machine")));
    }
    let discovery: Discovery =
        serde_json::from_value(document).map_err(|error| Unreached(format!("{url}: {error}")))?;
    if discovery.issuer != issuer {
        return Err(Unreached(format!(
            "{url} is of another issuer than access.issuer: write both alike, to the letter"
        )));
    }
    let keys = KeySet::read(&get(client, &discovery.jwks_uri).await?);
    let keys = keys.filter(|keys| !keys.is_empty()).ok_or_else(|| {
        Unreached(format!("{} has no key that proves tokens: RS256, ES256 or EdDSA, with a kid", discovery.jwks_uri))
    })?;
    Ok((discovery, keys))
}

/// A name of the document that leads over an open network.
fn unsafe_name(document: &Value) -> Option<&str> {
    let is_unsafe = |url: &Value| !url.as_str().and_then(|url| url.parse().ok()).is_some_and(|uri| is_safe(&uri));
    let leads = |name: &str| name.ends_with("_endpoint") || name == "jwks_uri";
    document.as_object()?.iter().find(|(name, url)| leads(name) && is_unsafe(url)).map(|(name, _)| name.as_str())
}

async fn get(client: &ProviderClient, url: &str) -> Result<Value, Unreached> {
    let named = |why: &dyn std::fmt::Display| Unreached(format!("{url}: {why}"));
    let request = Request::get(url).header(ACCEPT, "application/json").body(vec![]).map_err(|error| named(&error))?;
    let response = client.ask(request).await.map_err(|error| named(&error))?;
    if response.status() != StatusCode::OK {
        return Err(named(&response.status()));
    }
    serde_json::from_slice(response.body()).map_err(|error| named(&error))
}
