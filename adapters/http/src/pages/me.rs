//! `/me`: who somebody is to this server, and what its pages may offer them. It needs no sign-in, as it says whether one is needed.
use crate::endpoint::Handler;
use crate::endpoint::audience::Audience;
use crate::negotiate::media_type::JSON;
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::permitted::PermittedRequest;
use crate::response;
use crate::server::Server;
use axum::http::header::{CACHE_CONTROL, VARY};
use axum::http::{HeaderValue, StatusCode};
use identity::{Evidence, NotBelieved, SignedIn};
use kernel::OPERATOR;
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Me<'a> {
    mode: &'static str,
    /// `None`: nobody is signed in.
    subject: Option<&'a str>,
    roles: Vec<&'a str>,
    /// The page that signs in, with `?return=/path`; `None`: there is none.
    sign_in: Option<&'static str>,
    /// The address of the form that signs out.
    sign_out: Option<&'static str>,
    /// How many seconds the session or the token is still good for.
    #[serde(skip_serializing_if = "Option::is_none")]
    ends_in_s: Option<u64>,
    /// Whether `/SYSTEM/operator` answers this caller.
    operator: bool,
    /// Whether `/SYSTEM/sandbox` does.
    sandbox: bool,
}

pub(crate) struct WhoAmI(pub Arc<Server>);

impl Handler for WhoAmI {
    fn audience(&self) -> Audience<'_> {
        Audience::Everybody
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        let Server { identity, settings, .. } = &*self.0;
        let signed_in = self.signed_in(&request).await?;
        let caller = signed_in.as_ref().map(|signed_in| &signed_in.caller);
        let may_operate = match caller {
            Some(caller) => caller.has(OPERATOR.name),
            None => !identity.asks(),
        };
        let may_operate = may_operate && request.check_local().is_ok();
        let has_pages = identity.pages().is_some();
        let is_session = signed_in.as_ref().is_some_and(|signed_in| signed_in.by == Evidence::Session);
        let me = Me {
            mode: identity.mode().word(),
            subject: caller.map(|caller| &*caller.subject),
            roles: caller.map(|caller| caller.roles.iter().map(|role| &**role).collect()).unwrap_or_default(),
            sign_in: has_pages.then_some("/sign-in"),
            sign_out: (has_pages && is_session).then_some("/sign-out"),
            ends_in_s: signed_in.as_ref().map(|signed_in| identity.time_left(signed_in).as_secs()),
            operator: may_operate && settings.operator,
            sandbox: may_operate && settings.sandbox && identity.has_sandbox(),
        };
        let json = serde_json::to_string(&me).unwrap_or_default();
        let mut response = response::with_body(StatusCode::OK, JSON, json);
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response.headers_mut().append(VARY, HeaderValue::from_static("Authorization, Cookie"));
        Ok(response)
    }
}

impl WhoAmI {
    /// A session that has ended is nobody's. What is refused counts as it does everywhere, so that nothing is tried out here.
    async fn signed_in(&self, request: &PermittedRequest) -> HttpResult<Option<SignedIn>> {
        match self.0.identity.of(&request.headers).await {
            Ok(signed_in) => Ok(signed_in),
            Err(NotBelieved::Unavailable { retry_after_ms }) => {
                let retry_after_ms = Some(retry_after_ms);
                Err(Box::new(Problem { retry_after_ms, ..*Problem::new(&reasons::SIGN_IN_UNAVAILABLE) }))
            }
            Err(why) if why.is_failure() => {
                let problem = self.0.unless_too_often(request, Problem::new(&reasons::INVALID_TOKEN));
                self.0.failed(request);
                if problem.reason.code == reasons::INVALID_TOKEN.code { Ok(None) } else { Err(problem) }
            }
            Err(_) => Ok(None),
        }
    }
}
