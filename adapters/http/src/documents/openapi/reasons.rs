//! Every reason for which an operation may be refused.
use crate::problem::reasons;
use kernel::{Context, Method, RefusalReason, Route, RouteAction, Success, System};

/// Reasons for which a read may be refused.
pub(super) const OF_READERS: [&RefusalReason; 5] =
    [&reasons::UNKNOWN_ID, &reasons::INVALID_QUERY, &reasons::UNAVAILABLE, &reasons::TOO_SLOW, &reasons::OVERLOADED];

/// Reasons for which a route may refuse a request.
pub(super) fn of_route(system: &System, context: &Context, route: &Route) -> Vec<&'static RefusalReason> {
    let mut all: Vec<&'static RefusalReason> = vec![&reasons::UNAVAILABLE, &reasons::TOO_SLOW, &reasons::OVERLOADED];
    if route.method != Method::Get {
        all.extend([&reasons::BODY_TOO_LARGE, &reasons::BODY_TOO_SLOW, &reasons::ENCODED_BODY]);
    }
    all.extend(route.reasons);
    if route.parameter().is_some() {
        all.push(&reasons::UNKNOWN_ID);
    }
    match route.method {
        Method::Get => all.push(&reasons::INVALID_QUERY),
        Method::Delete if route.form.empty => {}
        Method::Post => {
            all.extend([&reasons::MALFORMED_JSON, &reasons::INVALID_FIELDS, &reasons::INVALID_IDEMPOTENCY_KEY]);
            all.push(&runtime::error::KEY_REUSED);
        }
        _ => all.extend([&reasons::MALFORMED_JSON, &reasons::INVALID_FIELDS]),
    }
    match &route.action {
        RouteAction::Reads(_) => return all,
        RouteAction::Commands(_) => {}
        RouteAction::Starts { plan, .. } if plan.has_fallback() => {}
        RouteAction::Starts { plan, .. } => {
            let asked = plan.steps().into_iter().filter_map(|step| system.get(step.to));
            all.extend(asked.flat_map(Context::reasons));
        }
    }
    if route.success != Success::Created {
        all.push(&runtime::error::STALE);
    }
    all.extend(context.kinds.iter().flat_map(|kind| kind.reasons));
    all
}
