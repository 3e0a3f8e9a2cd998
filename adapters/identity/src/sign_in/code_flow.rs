//! The way of an authorization code with PKCE: out to the provider, and back with a code that is exchanged for tokens.
use super::under_way::UnderWay;
use super::{NextPage, SignInFault};
use crate::keys::IssuerKeys;
use crate::keys::provider::Discovery;
use crate::not_believed::NotBelieved;
use crate::provider_client::{ProviderClient, Unreached};
use crate::session::Sessions;
use crate::token::{self, CheckedClaims, ClaimRules, CompactToken};
use hyper::HeaderMap;
use kernel::{Secret, Timestamp};
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType,
};
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet,
    ExtraTokenFields, HttpRequest, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, StandardRevocableToken,
    StandardTokenResponse, TokenResponse, TokenUrl,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

pub struct CodeFlow {
    pub(crate) keys: Arc<IssuerKeys>,
    pub(crate) client: ProviderClient,
    pub(crate) client_id: String,
    pub(crate) client_secret: Secret,
    pub(crate) redirect_uri: RedirectUrl,
    /// Of access tokens; an ID token is for the client.
    pub(crate) rules: Arc<ClaimRules>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
struct IdToken {
    #[serde(default)]
    id_token: Option<String>,
}

impl ExtraTokenFields for IdToken {}

type Tokens = StandardTokenResponse<IdToken, BasicTokenType>;
type Exchange = Client<
    BasicErrorResponse,
    Tokens,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// What the provider sends back with somebody.
#[derive(Default)]
struct Answer {
    code: Option<String>,
    state: Option<String>,
    issuer: Option<String>,
}

impl CodeFlow {
    /// Sends a browser to the provider. `return_to` is a checked path.
    pub fn begin(&self, sessions: &Sessions, return_to: String, now: Timestamp) -> Result<NextPage, SignInFault> {
        let provider = self.keys.now().map_err(unavailable)?;
        let client = self.client(&provider.discovery).ok_or(SignInFault::Failed)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let nonce = CsrfToken::new_random().into_secret();
        let asked = client.authorize_url(CsrfToken::new_random).set_pkce_challenge(challenge);
        let asked = asked.add_scope(Scope::new("openid".into())).add_extra_param("nonce", nonce.clone());
        let asked = match self.rules.subject_claim.as_str() {
            "email" => asked.add_scope(Scope::new("email".into())),
            _ => asked,
        };
        let (url, state) = asked.url();
        let under_way = UnderWay::new(state.into_secret(), nonce, verifier.into_secret(), return_to, now);
        let cookie = under_way.cookie(sessions).ok_or(SignInFault::Failed)?;
        Ok(NextPage { location: url.to_string(), cookies: vec![cookie] })
    }

    /// Takes back a browser that set out here. `query` is what the provider has put behind our path.
    pub async fn finish(
        &self,
        sessions: &Sessions,
        (headers, query): (&HeaderMap, &str),
        now: Timestamp,
    ) -> Result<NextPage, SignInFault> {
        let provider = self.keys.now().map_err(unavailable)?;
        let under_way = UnderWay::read(headers, sessions, now).ok_or(SignInFault::Failed)?;
        let code = self.code(&provider.discovery, query, &under_way).ok_or(SignInFault::Failed)?;
        let client = self.client(&provider.discovery).ok_or(SignInFault::Failed)?;
        let http = self.client.clone();
        let ask = move |request: HttpRequest| {
            let http = http.clone();
            async move { http.ask(request).await }
        };
        let exchange = client.exchange_code(code).set_pkce_verifier(PkceCodeVerifier::new(under_way.verifier));
        let tokens: Tokens = exchange.request_async(&ask).await.map_err(|error| not_exchanged(&error))?;
        let (subject, roles) = self.who(&tokens, &under_way.nonce, now).await?;
        let session = sessions.begin(&subject, &roles, now).ok_or(SignInFault::Failed)?;
        let rules = sessions.cookies();
        Ok(NextPage { location: under_way.return_to, cookies: vec![session, rules.delete(rules.sign_in())] })
    }

    /// As the access token says, where it would be taken; else as the ID token does.
    async fn who(&self, tokens: &Tokens, nonce: &str, now: Timestamp) -> Result<(String, Vec<Arc<str>>), SignInFault> {
        let id_token = tokens.extra_fields().id_token.as_deref().ok_or(SignInFault::Failed)?;
        let of_client = self.rules.for_audience(&self.client_id);
        let id = self.check(id_token, &of_client, now).await.map_err(|fault| match fault {
            NotBelieved::Unavailable { .. } => unavailable(fault),
            _ => SignInFault::Failed,
        })?;
        if id.nonce.as_deref() != Some(nonce) {
            return Err(SignInFault::Failed);
        }
        match self.check(tokens.access_token().secret(), &self.rules, now).await {
            Ok(access) if access.sub == id.sub => Ok((access.subject, access.roles)),
            Ok(_) => Err(SignInFault::Failed),
            Err(_) => Ok((id.subject, id.roles)),
        }
    }

    async fn check(&self, token: &str, rules: &ClaimRules, now: Timestamp) -> Result<CheckedClaims, NotBelieved> {
        let token = CompactToken::parse(token).ok_or(NotBelieved::Unproven)?;
        token::check(&token, &*self.keys.for_token(&token).await?, rules, now)
    }

    /// The code of an answer that is for what is under way.
    fn code(&self, discovery: &Discovery, query: &str, under_way: &UnderWay) -> Option<AuthorizationCode> {
        let Answer { code, state, issuer } = Answer::read(query)?;
        let is_issuers = match issuer {
            Some(issuer) => issuer == *self.rules.issuer,
            None => !discovery.authorization_response_iss_parameter_supported,
        };
        let is_ours = is_issuers && state.is_some_and(|state| state == under_way.state);
        code.filter(|_| is_ours).map(AuthorizationCode::new)
    }

    /// `None` where the provider has no such endpoints.
    fn client(&self, discovery: &Discovery) -> Option<Exchange> {
        let authorize = AuthUrl::new(discovery.authorization_endpoint.clone()?).ok()?;
        let exchange = TokenUrl::new(discovery.token_endpoint.clone()?).ok()?;
        let client = Client::new(ClientId::new(self.client_id.clone())).set_auth_uri(authorize).set_token_uri(exchange);
        let client = client.set_redirect_uri(self.redirect_uri.clone()).set_auth_type(auth_type(discovery));
        Some(match self.client_secret.is_empty() {
            true => client,
            false => client.set_client_secret(ClientSecret::new(self.client_secret.reveal().to_string())),
        })
    }
}

impl Answer {
    /// `None` where a name comes twice.
    fn read(query: &str) -> Option<Answer> {
        let mut answer = Answer::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let place = match &*name {
                "code" => &mut answer.code,
                "state" => &mut answer.state,
                "iss" => &mut answer.issuer,
                "error" => return None,
                _ => continue,
            };
            if place.replace(value.into_owned()).is_some() {
                return None;
            }
        }
        Some(answer)
    }
}

/// As providers take it unless they say otherwise.
fn auth_type(discovery: &Discovery) -> AuthType {
    let basic = "client_secret_basic";
    match &discovery.token_endpoint_auth_methods_supported {
        Some(methods) if !methods.iter().any(|method| method == basic) => AuthType::RequestBody,
        _ => AuthType::BasicAuth,
    }
}

fn unavailable(fault: NotBelieved) -> SignInFault {
    match fault {
        NotBelieved::Unavailable { retry_after_ms } => SignInFault::Unavailable { retry_after_ms },
        _ => SignInFault::Failed,
    }
}

/// Its words are the provider's, so they stay out of answers, and out of the log but for their kind.
fn not_exchanged(error: &oauth2::RequestTokenError<Unreached, BasicErrorResponse>) -> SignInFault {
    let kind = match error {
        oauth2::RequestTokenError::ServerResponse(_) => "refused",
        oauth2::RequestTokenError::Request(_) => "no answer",
        oauth2::RequestTokenError::Parse(..) | oauth2::RequestTokenError::Other(_) => "no sound answer",
    };
    tracing::info!(kind, "the provider exchanges no code for tokens");
    SignInFault::Failed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_has_each_name_once_and_no_error() {
        let answer = Answer::read("state=a%2Bb&code=x+y&iss=https%3A%2F%2Fid&session_state=1").expect("it is one");
        let text = |given: &Option<String>| given.clone().unwrap_or_default();
        assert_eq!([&answer.state, &answer.code, &answer.issuer].map(text), ["a+b", "x y", "https://id"]);
        for none in ["error=access_denied&state=a", "code=a&code=b", "state=a&state=a", "code=a&%63ode=b"] {
            assert!(Answer::read(none).is_none(), "{none}");
        }
    }
}
