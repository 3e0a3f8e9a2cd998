//! Why the edge itself refuses a request: one value a reason, each with a page for people.
use kernel::{ReasonClass, RefusalReason, Texts};

macro_rules! reasons {
    ($($name:ident $code:literal $class:ident [$en:literal, $en_advice:literal] [$ko:literal, $ko_advice:literal])*) => {
        $(pub(crate) static $name: RefusalReason = RefusalReason {
            code: $code,
            class: ReasonClass::$class,
            waits: false,
            en: Texts { happened: $en, advice: $en_advice },
            ko: Texts { happened: $ko, advice: $ko_advice },
        };)*
        /// Every reason of the edge's own.
        pub(crate) static ALL: &[&RefusalReason] = &[$(&$name),*];
    };
}

reasons! {
    MALFORMED_JSON "malformed-json" Invalid
        ["The body is not a JSON object.", "Send one JSON object, not nested too deeply, as UTF-8."]
        ["본문이 JSON 객체가 아닙니다.", "너무 깊지 않은 JSON 객체 하나를 UTF-8로 보내 주세요."]
    INVALID_FIELDS "invalid-fields" Invalid
        ["Some fields are missing or can't be taken.", "Correct the fields that are listed and send the request again."]
        ["빠졌거나 받을 수 없는 항목이 있습니다.", "표시된 항목을 고쳐 다시 보내 주세요."]
    INVALID_QUERY "invalid-query" Invalid
        ["Some query parameters can't be taken.", "Correct the parameters that are listed; the API's documents say which there are."]
        ["받을 수 없는 조회 조건이 있습니다.", "표시된 조건을 고쳐 주세요. 쓸 수 있는 조건은 API 문서에 있습니다."]
    INVALID_IDEMPOTENCY_KEY "invalid-idempotency-key" Invalid
        ["The Idempotency-Key can't be taken.", "Send a short key of visible ASCII characters, such as a UUID."]
        ["Idempotency-Key를 받을 수 없습니다.", "UUID처럼 짧은 ASCII 문자열을 보내 주세요."]
    REPEATED_HEADER "repeated-header" Invalid
        ["A header that has one value came more than once.", "Send it once; a proxy on the way may add it, too."]
        ["값이 하나인 헤더가 여러 번 왔습니다.", "한 번만 보내 주세요. 중간의 프록시가 덧붙였을 수도 있습니다."]
    ENCODED_BODY "encoded-body" Invalid
        ["The body is compressed or encoded otherwise.", "Send it as it is, without Content-Encoding."]
        ["본문이 압축되었거나 다른 방식으로 인코딩되어 있습니다.", "Content-Encoding 없이 그대로 보내 주세요."]
    UNKNOWN_HOST "unknown-host" Invalid
        ["This server does not answer under that host name.", "Ask under localhost, or add the name to the setting http.host_names."]
        ["이 서버가 쓰지 않는 호스트 이름입니다.", "localhost로 요청하거나 http.host_names 설정에 그 이름을 적어 주세요."]
    FOREIGN_ORIGIN "foreign-origin" Forbidden
        ["A page of another origin may not change anything here.", "Name its origin in the setting http.cors_origins, if it is yours."]
        ["다른 출처의 페이지에서는 아무것도 바꿀 수 없습니다.", "직접 만든 페이지라면 http.cors_origins 설정에 출처를 적어 주세요."]
    LOCAL_ONLY "local-only" Forbidden
        ["This is answered on this machine only.", "Ask from the machine the system runs on, without a proxy in between."]
        ["이 컴퓨터에서만 쓸 수 있는 기능입니다.", "시스템이 실행 중인 컴퓨터에서 프록시 없이 요청해 주세요."]
    ROLE_MISSING "role-missing" Forbidden
        ["You may not do this: it needs a role that you do not have.", "Sign in as somebody with one of the roles that are listed."]
        ["필요한 역할이 없어 할 수 없습니다.", "표시된 역할 가운데 하나를 가진 사람으로 로그인해 주세요."]
    NOT_YOU "not-you" Forbidden
        ["The request names somebody else.", "Leave the name out, or send your own."]
        ["다른 사람의 이름으로 보낸 요청입니다.", "이름을 빼거나 본인 이름으로 보내 주세요."]
    UNKNOWN_PATH "unknown-path" NotFound
        ["There is nothing at this path.", "Check the path; the page at / lists what there is."]
        ["이 경로에는 아무것도 없습니다.", "경로를 확인해 주세요. / 에 전체 목록이 있습니다."]
    UNKNOWN_ID "unknown-id" NotFound
        ["There is nothing with this id.", "Check the id; a positive whole number, as it was given when the thing was created."]
        ["이 번호로 찾을 수 있는 것이 없습니다.", "번호를 확인해 주세요. 만들 때 받은 양의 정수입니다."]
    NOT_LIVE "not-live" Invalid
        ["There is nothing to watch at this path.", "Watch a collection, one of its rows, or /messages."]
        ["이 경로에는 실시간으로 볼 수 있는 것이 없습니다.", "목록이나 그 안의 한 건, 또는 /messages를 지정해 주세요."]
    NO_PAGES "no-pages" NotFound
        ["This binary was built without the pages for people.", "Build it with ./run where Node.js is installed, or in web/ with npm ci and npm run build before cargo build. Everything else works without them."]
        ["웹 페이지 없이 빌드된 바이너리입니다.", "Node.js가 있는 곳에서 ./run으로 빌드하거나, web/에서 npm ci와 npm run build를 실행한 뒤 cargo build를 해 주세요. 나머지는 그대로 쓸 수 있습니다."]
    WRONG_METHOD "wrong-method" Invalid
        ["This path does not answer that method.", "Use one of the methods in the Allow header."]
        ["이 경로에서 쓸 수 없는 메서드입니다.", "Allow 헤더에 있는 메서드를 사용해 주세요."]
    SIGN_IN_NEEDED "sign-in-needed" Forbidden
        ["This is only for people who are signed in.", "Send a token as Authorization: Bearer, or sign in at /sign-in if these pages have it."]
        ["로그인한 사용자만 쓸 수 있습니다.", "Authorization: Bearer로 토큰을 보내거나, 로그인 페이지가 있다면 /sign-in에서 로그인해 주세요."]
    INVALID_TOKEN "invalid-token" Forbidden
        ["The token or the session can't be taken.", "Get a new token and send it as it is, or sign in again."]
        ["토큰이나 로그인 상태를 확인할 수 없습니다.", "새 토큰을 받아 그대로 보내거나, 다시 로그인해 주세요."]
    SIGN_IN_FAILED "sign-in-failed" Invalid
        ["The sign-in did not come to its end.", "Sign in again from the start, within ten minutes and in the same browser."]
        ["로그인이 끝나지 않았습니다.", "같은 브라우저에서 10분 안에 처음부터 다시 로그인해 주세요."]
    SIGN_IN_UNAVAILABLE "sign-in-unavailable" Unavailable
        ["Nobody can be told apart at the moment, as the issuer of tokens can't be reached. Nothing was done.", "Try again after the time in the Retry-After header."]
        ["지금은 토큰 발급자에 연결할 수 없어 누구인지 확인할 수 없습니다. 처리된 것은 없습니다.", "Retry-After 헤더의 시간이 지난 뒤 다시 시도해 주세요."]
    BODY_TOO_SLOW "body-too-slow" Invalid
        ["The body took too long to arrive.", "Send the request again over a steady connection."]
        ["본문이 제때 도착하지 않았습니다.", "연결 상태를 확인하고 다시 보내 주세요."]
    BODY_TOO_LARGE "body-too-large" Invalid
        ["The body is too large.", "Send less; the limit is a setting of the server."]
        ["본문이 너무 큽니다.", "더 작게 보내 주세요. 한도는 서버 설정에 있습니다."]
    TOO_MANY_REQUESTS "too-many-requests" NotAllowedNow
        ["You have sent too many requests in a short time. Nothing was done.", "Try again after the time in the Retry-After header; RateLimit says how many requests you have left."]
        ["짧은 시간에 요청을 너무 많이 보냈습니다. 처리된 것은 없습니다.", "Retry-After 헤더의 시간이 지난 뒤 다시 시도해 주세요. 남은 요청 수는 RateLimit 헤더에 있습니다."]
    UNAVAILABLE "unavailable" Unavailable
        ["Something that is needed is down or too slow. Nothing was done.", "Try again after the time in the Retry-After header."]
        ["필요한 서비스가 응답하지 않습니다. 처리된 것은 없습니다.", "Retry-After 헤더의 시간이 지난 뒤 다시 시도해 주세요."]
    OUTCOME_UNKNOWN "outcome-unknown" Unavailable
        ["It is not known whether your request was done: the store did not confirm it in time.", "Send the same request again with the same Idempotency-Key: it is done once. Without a key, read its state first."]
        ["저장소가 제때 확인해 주지 않아 요청이 처리되었는지 알 수 없습니다.", "같은 Idempotency-Key로 같은 요청을 다시 보내 주세요. 한 번만 처리됩니다. 키가 없다면 먼저 상태를 확인해 주세요."]
    TOO_SLOW "too-slow" Unavailable
        ["The answer took too long.", "Read the state of your request before you send it again, or repeat it with the same Idempotency-Key."]
        ["응답이 너무 늦어졌습니다.", "다시 보내기 전에 요청 상태를 확인하거나, 같은 Idempotency-Key로 다시 보내 주세요."]
    OVERLOADED "overloaded" Unavailable
        ["There are too many requests at the moment. Nothing was done.", "Try again after the time in the Retry-After header."]
        ["지금 요청이 너무 많습니다. 처리된 것은 없습니다.", "Retry-After 헤더의 시간이 지난 뒤 다시 시도해 주세요."]
    REFUSED_BY_OPERATION "operation-refused" NotAllowedNow
        ["This can't be done in the present state.", "Look at what is set aside, then decide again."]
        ["현재 상태에서는 할 수 없습니다.", "보류된 항목을 확인하고 다시 결정해 주세요."]
}

/// Reasons of the machine behind the edge, for which it may refuse any command.
pub(crate) static MACHINE: &[&RefusalReason] = &[&runtime::error::STALE, &runtime::error::KEY_REUSED];
