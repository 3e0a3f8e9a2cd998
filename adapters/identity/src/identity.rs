//! Who asks, for every port of a process: one value that all of them share.
use crate::keys::local_key::AUDIENCE;
use crate::keys::{IssuerKeys, KeySet, LocalKey};
use crate::not_believed::NotBelieved;
use crate::provider_client::ProviderClient;
use crate::session::{CookieRules, SessionKeys, Sessions, cookies};
use crate::settings::{AccessMode, AccessSettings};
use crate::sign_in::{CodeFlow, NextPage, PagesSignIn, SignInFault};
use crate::signed_in::{self, Evidence, Issuers, SignedIn, is_subject};
use crate::token::bearer::{self, Bearer};
use crate::token::{self, ClaimRules, CompactToken};
use crate::{return_path, taken::TakenTokens};
use hyper::HeaderMap;
use kernel::{Role, Secret};
use oauth2::RedirectUrl;
use ring::digest::{SHA256, digest};
use runtime::port::clock::Clock;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Everything an identity is opened with.
pub struct Opening<'a> {
    pub settings: &'a AccessSettings,
    /// Where people find the pages; empty: under whatever host they ask for.
    pub public_url: &'a str,
    /// Whether the ports speak TLS themselves.
    pub is_tls: bool,
    /// Where keys lie that nobody else gives.
    pub folder: &'a Path,
    /// Those of all systems of the process.
    pub roles: &'a [Role],
    pub clock: Arc<dyn Clock>,
}

/// Knows who asks.
#[derive(Default)]
pub struct Identity(Option<SigningIn>);

/// Where somebody has to sign in.
struct SigningIn {
    mode: AccessMode,
    issuers: Issuers,
    rules: Arc<ClaimRules>,
    keys: Keys,
    taken: TakenTokens,
    /// `None`: pages have no sign-in.
    sessions: Option<(Sessions, PagesSignIn)>,
    metrics_token: Secret,
    has_sandbox: bool,
    clock: Arc<dyn Clock>,
}

enum Keys {
    Folder(Arc<KeySet>),
    Issuer(Arc<IssuerKeys>),
}

impl Identity {
    /// Within a tokio runtime, which then asks the issuer for its keys.
    ///
    /// # Errors
    /// A setting that can't be used, or a key that can't be read, in a sentence that names it.
    pub fn open(opening: Opening<'_>) -> Result<Identity, String> {
        let Opening { settings, public_url, is_tls, .. } = opening;
        let faults = settings.faults(public_url);
        if !faults.is_empty() {
            return Err(faults.join("\n  "));
        }
        signatures::install();
        let is_https = if public_url.is_empty() { is_tls } else { public_url.starts_with("https:") };
        let cookies = CookieRules::new(is_https);
        match settings.mode {
            AccessMode::Open => Ok(Identity(None)),
            AccessMode::Local => SigningIn::local(&opening, cookies).map(|local| Identity(Some(local))),
            AccessMode::Oidc => SigningIn::oidc(&opening, cookies).map(|oidc| Identity(Some(oidc))),
        }
    }

    /// Whether anybody has to sign in.
    pub fn asks(&self) -> bool {
        self.0.is_some()
    }

    /// How long a caller is one for. Streams end then.
    pub fn time_left(&self, signed_in: &SignedIn) -> Duration {
        let now = self.0.as_ref().map_or(signed_in.until, |signing_in| signing_in.clock.now().wall);
        Duration::from_millis(signed_in.until.ms_since(now))
    }

    pub fn mode(&self) -> AccessMode {
        self.0.as_ref().map_or(AccessMode::Open, |signing_in| signing_in.mode)
    }

    /// Whether the sandbox is there: for everybody who runs it on a machine of their own, else by a setting.
    pub fn has_sandbox(&self) -> bool {
        self.0.as_ref().is_none_or(|signing_in| signing_in.has_sandbox)
    }

    /// Whether tokens can be proven.
    pub fn is_ready(&self) -> bool {
        match self.0.as_ref().map(|signing_in| &signing_in.keys) {
            Some(Keys::Issuer(keys)) => keys.now().is_ok(),
            _ => true,
        }
    }

    /// Who a request says it is from: by its token, else by its session. Nobody, where it says nothing; in mode `open` it is not looked at.
    ///
    /// # Errors
    /// What it says is not taken.
    pub async fn of(&self, headers: &HeaderMap) -> Result<Option<SignedIn>, NotBelieved> {
        let Some(signing_in) = &self.0 else { return Ok(None) };
        match bearer::read(headers) {
            Bearer::Token(token) => signing_in.of_token(token).await.map(Some),
            Bearer::Unreadable => Err(NotBelieved::Unproven),
            Bearer::None => signing_in.of_session(headers),
        }
    }

    /// Whether a request has the one token that reads `/metrics` and nothing else.
    pub fn reads_metrics(&self, headers: &HeaderMap) -> bool {
        let Some(SigningIn { metrics_token, .. }) = &self.0 else { return false };
        let Bearer::Token(given) = bearer::read(headers) else { return false };
        // digests say nothing by how long it takes to compare them
        let is_it =
            digest(&SHA256, given.as_bytes()).as_ref() == digest(&SHA256, metrics_token.reveal().as_bytes()).as_ref();
        !metrics_token.is_empty() && is_it
    }

    /// The pages' way to sign in. `None`: there is none.
    pub fn pages(&self) -> Option<&PagesSignIn> {
        self.0.as_ref()?.sessions.as_ref().map(|(_, pages)| pages)
    }

    /// The roles that the systems know.
    pub fn roles(&self) -> &[Arc<str>] {
        self.0.as_ref().map_or(&[], |signing_in| &signing_in.rules.known_roles)
    }

    /// Sends a browser to the provider; `return_to` is where it wants to go back to.
    pub fn begin_sign_in(&self, return_to: &str) -> Result<NextPage, SignInFault> {
        let (signing_in, sessions, pages) = self.signing_in().ok_or(SignInFault::Failed)?;
        let PagesSignIn::AtProvider(flow) = pages else { return Err(SignInFault::Failed) };
        flow.begin(sessions, return_path::checked(return_to), signing_in.clock.now().wall)
    }

    /// Takes a browser back from the provider.
    pub async fn finish_sign_in(&self, headers: &HeaderMap, query: &str) -> Result<NextPage, SignInFault> {
        let (signing_in, sessions, pages) = self.signing_in().ok_or(SignInFault::Failed)?;
        let PagesSignIn::AtProvider(flow) = pages else { return Err(SignInFault::Failed) };
        flow.finish(sessions, (headers, query), signing_in.clock.now().wall).await
    }

    /// A `Set-Cookie` for a browser that has come back in vain: what was under way is of no use any more.
    pub fn forget_sign_in(&self) -> Option<String> {
        let (_, sessions, _) = self.signing_in()?;
        Some(sessions.cookies().delete(sessions.cookies().sign_in()))
    }

    /// Signs a browser in under the name that somebody chose, in mode `local`.
    pub fn sign_in_as(&self, subject: &str, roles: &[String], return_to: &str) -> Result<NextPage, SignInFault> {
        let (signing_in, sessions, pages) = self.signing_in().ok_or(SignInFault::Failed)?;
        if !matches!(pages, PagesSignIn::Local) || !is_subject(subject) {
            return Err(SignInFault::Failed);
        }
        let roles = token::roles::known_among(roles, &signing_in.rules.known_roles);
        let session = sessions.begin(subject, &roles, signing_in.clock.now().wall).ok_or(SignInFault::Failed)?;
        Ok(NextPage { location: return_path::checked(return_to), cookies: vec![session] })
    }

    /// Takes a browser's session away from it.
    pub fn sign_out(&self) -> Option<NextPage> {
        let (_, sessions, _) = self.signing_in()?;
        Some(NextPage { location: "/".into(), cookies: vec![sessions.end()] })
    }

    fn signing_in(&self) -> Option<(&SigningIn, &Sessions, &PagesSignIn)> {
        let signing_in = self.0.as_ref()?;
        let (sessions, pages) = signing_in.sessions.as_ref()?;
        Some((signing_in, sessions, pages))
    }
}

impl SigningIn {
    fn local(opening: &Opening<'_>, cookies: CookieRules) -> Result<SigningIn, String> {
        let key = LocalKey::open(opening.folder)?;
        let rules = ClaimRules {
            issuer: key.issuer().clone(),
            audience: AUDIENCE.into(),
            subject_claim: "sub".into(),
            roles_claim: "roles".into(),
            ..ClaimRules::read(opening)
        };
        let rules = Arc::new(rules);
        let sessions = SigningIn::sessions(opening, "local", &rules, cookies)?;
        let keys = Keys::Folder(key.keys().clone());
        Ok(SigningIn::new(opening, rules, keys, Some((sessions, PagesSignIn::Local))))
    }

    fn oidc(opening: &Opening<'_>, cookies: CookieRules) -> Result<SigningIn, String> {
        let settings = opening.settings;
        let (rules, client) = (Arc::new(ClaimRules::read(opening)), ProviderClient::new()?);
        let keys = Arc::new(IssuerKeys::new(settings, client.clone(), opening.clock.clone()));
        let sessions = if settings.client_id.is_empty() {
            None
        } else {
            let redirect_uri = format!("{}/sign-in/back", opening.public_url.trim_end_matches('/'));
            let flow = CodeFlow {
                keys: keys.clone(),
                client,
                client_id: settings.client_id.clone(),
                client_secret: settings.client_secret()?,
                redirect_uri: RedirectUrl::new(redirect_uri).map_err(|error| format!("http.public_url: {error}"))?,
                rules: rules.clone(),
            };
            Some((SigningIn::sessions(opening, "oidc", &rules, cookies)?, PagesSignIn::AtProvider(Box::new(flow))))
        };
        keys.keep();
        Ok(SigningIn::new(opening, rules, Keys::Issuer(keys), sessions))
    }

    fn new(
        opening: &Opening<'_>,
        rules: Arc<ClaimRules>,
        keys: Keys,
        sessions: Option<(Sessions, PagesSignIn)>,
    ) -> SigningIn {
        let Opening { settings, clock, .. } = opening;
        let metrics_token = settings.metrics_token.clone();
        SigningIn {
            mode: settings.mode,
            issuers: SigningIn::issuers(opening, &rules),
            rules,
            keys,
            taken: TakenTokens::default(),
            sessions,
            metrics_token,
            has_sandbox: settings.mode != AccessMode::Oidc || settings.sandbox,
            clock: clock.clone(),
        }
    }

    fn sessions(
        opening: &Opening<'_>,
        mode: &str,
        rules: &ClaimRules,
        cookies: CookieRules,
    ) -> Result<Sessions, String> {
        let AccessSettings { session_keys_file, session_hours, .. } = opening.settings;
        let keys = match session_keys_file.as_str() {
            "" => SessionKeys::of_folder(opening.folder)?,
            file => SessionKeys::read(Path::new(file)).map_err(|fault| format!("access.session_keys_file: {fault}"))?,
        };
        let issuers = SigningIn::issuers(opening, rules);
        Ok(Sessions::new((keys, cookies), (mode, issuers), *session_hours, rules.known_roles.clone()))
    }

    fn issuers(opening: &Opening<'_>, rules: &ClaimRules) -> Issuers {
        let former = opening.settings.former_issuers.iter().filter(|issuer| ***issuer != *rules.issuer);
        Issuers { now: rules.issuer.clone(), former: former.cloned().collect() }
    }

    async fn of_token(&self, text: &str) -> Result<SignedIn, NotBelieved> {
        let now = self.clock.now().wall;
        let known = match &self.keys {
            Keys::Folder(keys) => keys.clone(),
            Keys::Issuer(keys) => keys.now()?.keys,
        };
        if let Some(taken) = self.taken.find(text, &known) {
            return if now < taken.until { Ok(taken) } else { Err(NotBelieved::Expired) };
        }
        let token = CompactToken::parse(text).ok_or(NotBelieved::Unproven)?;
        let keys = match &self.keys {
            Keys::Folder(_) => known,
            Keys::Issuer(keys) => keys.for_token(&token).await?,
        };
        let claims = token::check(&token, &keys, &self.rules, now)?;
        let caller = signed_in::caller(&self.issuers, &claims.subject, claims.roles);
        let signed_in = SignedIn { caller, until: claims.until, by: Evidence::Token };
        self.taken.keep(text, &keys, &signed_in);
        Ok(signed_in)
    }

    fn of_session(&self, headers: &HeaderMap) -> Result<Option<SignedIn>, NotBelieved> {
        let Some((sessions, _)) = &self.sessions else { return Ok(None) };
        match cookies::find(headers, sessions.cookies().session()) {
            cookies::GivenCookie::None => Ok(None),
            cookies::GivenCookie::Unreadable => Err(NotBelieved::Unproven),
            cookies::GivenCookie::Value(value) => sessions.read(&value, self.clock.now().wall).map(Some),
        }
    }
}

impl ClaimRules {
    fn read(opening: &Opening<'_>) -> ClaimRules {
        let AccessSettings { issuer, audience, subject_claim, roles_claim, leeway_s, .. } = opening.settings;
        let mut roles: Vec<&str> = opening.roles.iter().map(|role| role.name).collect();
        roles.sort_unstable();
        roles.dedup();
        ClaimRules {
            issuer: issuer.as_str().into(),
            audience: audience.clone(),
            subject_claim: subject_claim.clone(),
            roles_claim: roles_claim.clone(),
            leeway_s: *leeway_s,
            known_roles: roles.into_iter().map(Arc::from).collect(),
        }
    }
}
