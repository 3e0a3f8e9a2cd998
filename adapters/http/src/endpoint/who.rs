//! Who asks: what a request says of it is looked at before anything else of the request is, and never in mode `open`.
use crate::endpoint::audience::Audience;
use crate::endpoint::ending::EndingBody;
use crate::endpoint::{Endpoint, Handler};
use crate::negotiate::media_type::EVENTS;
use crate::problem::{Advice, HttpResult, Problem, reasons};
use crate::request::HttpRequest;
use crate::server::Server;
use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, VARY};
use axum::response::Response;
use identity::{Evidence, NotBelieved, SignedIn};
use tokio::time::{Instant, timeout_at};

/// What is made for one caller is kept for nobody else.
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-cache");
const DIFFERS_BY_CALLER: HeaderValue = HeaderValue::from_static("Authorization, Cookie");

/// What is known of who asks.
pub(super) enum WhoAsks {
    /// It was not asked.
    Unasked,
    /// A program that may read metrics and nothing else.
    MetricsReader,
    SignedIn(SignedIn),
    Refused(Box<Problem>),
}

impl WhoAsks {
    /// By what it is known, unless nobody has to be known.
    pub fn admitted(&self) -> HttpResult<Option<Evidence>> {
        match self {
            WhoAsks::Unasked => Ok(None),
            WhoAsks::MetricsReader => Ok(Some(Evidence::Token)),
            WhoAsks::SignedIn(signed_in) => Ok(Some(signed_in.by)),
            WhoAsks::Refused(problem) => Err(problem.clone()),
        }
    }
}

impl<H: Handler> Endpoint<H> {
    /// Puts the caller into the request. What another edge passes on says it itself.
    pub(super) async fn who_asks(&self, request: &mut HttpRequest) -> WhoAsks {
        let identity = &self.server.identity;
        if !identity.asks() || request.is_passed_on {
            return WhoAsks::Unasked;
        }
        match self.handler.audience() {
            Audience::Everybody => return WhoAsks::Unasked,
            Audience::MetricsReaders if identity.reads_metrics(&request.headers) => return WhoAsks::MetricsReader,
            _ => {}
        }
        let (asked, settings) = (Instant::now(), &self.server.settings);
        let known = timeout_at(asked + settings.request_time(), identity.of(&request.headers)).await;
        request.known_after = asked.elapsed();
        // a provider of identities that says nothing takes no more time than any request has
        let unknown = |_| Err(NotBelieved::Unavailable { retry_after_ms: settings.retry_after_ms });
        match known.unwrap_or_else(unknown) {
            Ok(Some(signed_in)) => {
                request.caller = Some(signed_in.caller.clone());
                request.meta.who = request.caller.clone();
                WhoAsks::SignedIn(signed_in)
            }
            Ok(None) => WhoAsks::Refused(self.server.unless_too_often(request, Problem::new(&reasons::SIGN_IN_NEEDED))),
            Err(why @ NotBelieved::Unavailable { .. }) => WhoAsks::Refused(refused(why)),
            Err(why) => {
                let problem = self.server.unless_too_often(request, refused(why));
                if why.is_failure() {
                    self.server.failed(request);
                }
                WhoAsks::Refused(problem)
            }
        }
    }

    /// An answer that needed a caller says so to caches, and as a stream ends when the caller's token or session does.
    pub(super) fn for_caller(&self, mut response: Response, who: &WhoAsks) -> Response {
        if matches!(who, WhoAsks::Unasked) {
            return response;
        }
        response.headers_mut().insert(CACHE_CONTROL, PRIVATE);
        response.headers_mut().append(VARY, DIFFERS_BY_CALLER);
        let is_stream = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == EVENTS);
        match who {
            WhoAsks::SignedIn(signed_in) if is_stream => {
                let left = self.server.identity.time_left(signed_in);
                response.map(|body| Body::new(EndingBody::new(body, left)))
            }
            _ => response,
        }
    }
}

impl Server {
    /// Counts a token that was refused, or a sign-in that failed.
    pub fn failed(&self, request: &HttpRequest) {
        if let (Some(limits), Some(address)) = (&self.limits, request.network()) {
            limits.failed(address);
        }
    }

    /// What is told where nobody is known, or that this address has failed too often.
    pub fn unless_too_often(&self, request: &HttpRequest, problem: Box<Problem>) -> Box<Problem> {
        let limits = self.limits.as_ref().zip(request.network());
        limits.and_then(|(limits, address)| limits.check_failures(address).err()).unwrap_or(problem)
    }
}

fn refused(why: NotBelieved) -> Box<Problem> {
    let advice: &Advice = match why {
        NotBelieved::Unavailable { retry_after_ms } => {
            let retry_after_ms = Some(retry_after_ms);
            return Box::new(Problem { retry_after_ms, ..*Problem::new(&reasons::SIGN_IN_UNAVAILABLE) });
        }
        NotBelieved::Unproven => return Problem::new(&reasons::INVALID_TOKEN),
        NotBelieved::Expired => &Advice {
            en: "It has expired: get a new one.",
            ko: "유효 기간이 지났습니다. 새로 받아 주세요.",
        },
        NotBelieved::NotYetValid => &Advice {
            en: "It is not valid yet: compare the clocks of its issuer and of this server.",
            ko: "아직 유효하지 않습니다. 발급자와 서버의 시계를 확인해 주세요.",
        },
        NotBelieved::ForOthers => &Advice {
            en: "It is of another issuer, or for another audience than this server.",
            ko: "발급자가 다르거나 이 서버를 위한 것이 아닙니다.",
        },
        NotBelieved::Subject => &Advice {
            en: "It names no subject that can be taken: a text of 1 to 255 characters, an e-mail address only where it is verified.",
            ko: "사용할 수 있는 사용자 이름이 없습니다. 1자 이상 255자 이하여야 하고, 이메일은 확인된 것만 쓸 수 있습니다.",
        },
    };
    Box::new(Problem { advice: Some(advice), ..*Problem::new(&reasons::INVALID_TOKEN) })
}
