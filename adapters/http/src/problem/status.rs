//! The HTTP status of each reason, in one place: that of its class, but for what only HTTP can say.
use crate::problem::reasons;
use axum::http::StatusCode;
use kernel::{ReasonClass, RefusalReason};

/// Reasons of the edge's own whose status says more than their class.
static OWN: &[(&RefusalReason, StatusCode)] = &[
    (&reasons::WRONG_METHOD, StatusCode::METHOD_NOT_ALLOWED),
    (&reasons::SIGN_IN_NEEDED, StatusCode::UNAUTHORIZED),
    (&reasons::INVALID_TOKEN, StatusCode::UNAUTHORIZED),
    (&reasons::BODY_TOO_SLOW, StatusCode::REQUEST_TIMEOUT),
    (&reasons::BODY_TOO_LARGE, StatusCode::PAYLOAD_TOO_LARGE),
    (&reasons::TOO_MANY_REQUESTS, StatusCode::TOO_MANY_REQUESTS),
    (&reasons::ENCODED_BODY, StatusCode::UNSUPPORTED_MEDIA_TYPE),
];

pub(crate) fn status(reason: &RefusalReason) -> StatusCode {
    let own = OWN.iter().find(|(own, _)| own.code == reason.code);
    own.map_or_else(|| of_class(reason.class), |(_, status)| *status)
}

fn of_class(class: ReasonClass) -> StatusCode {
    match class {
        ReasonClass::Invalid => StatusCode::BAD_REQUEST,
        ReasonClass::Declined => StatusCode::PAYMENT_REQUIRED,
        ReasonClass::Forbidden => StatusCode::FORBIDDEN,
        ReasonClass::NotFound => StatusCode::NOT_FOUND,
        ReasonClass::NotAllowedNow => StatusCode::CONFLICT,
        ReasonClass::Stale => StatusCode::PRECONDITION_FAILED,
        ReasonClass::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
        ReasonClass::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_has_the_status_of_its_class_unless_only_http_can_say_it() {
        assert_eq!(status(&reasons::INVALID_TOKEN), 401);
        assert_eq!(status(&reasons::UNKNOWN_ID), 404);
        assert_eq!(status(&reasons::WRONG_METHOD), 405);
        assert_eq!(status(&runtime::error::STALE), 412);
        assert_eq!(status(&reasons::BODY_TOO_LARGE), 413);
        assert_eq!(status(&reasons::ENCODED_BODY), 415);
        assert_eq!(status(&runtime::error::KEY_REUSED), 422);
        assert_eq!(status(&reasons::TOO_MANY_REQUESTS), 429);
    }
}
