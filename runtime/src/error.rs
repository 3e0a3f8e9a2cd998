//! What a request may end with beside success, in the kinds that cross a crate; and the reasons that the runtime itself gives.
use kernel::{ReasonClass, RefusalReason, System, Texts};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A rule's no, by the stable code of its reason; [`reason`] finds what people are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    pub code: Cow<'static, str>,
}

impl From<&'static RefusalReason> for Refusal {
    fn from(reason: &'static RefusalReason) -> Refusal {
        Refusal { code: Cow::Borrowed(reason.code) }
    }
}

/// Why a request did not succeed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Error {
    /// A rule says no: never retried as it is.
    Refused(Refusal),
    /// Something needed is down, too slow or full: nothing was done; try again after this time.
    Unavailable { reason: UnavailableReason, what: Cow<'static, str>, retry_after_ms: u64 },
    /// It was decided, and the store has not said whether it is kept. Repeated under its key it is answered like the first time.
    Unknown { retry_after_ms: u64 },
}

/// What is down, too slow or full, by a stable code: problems, measures and log lines carry it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnavailableReason {
    /// The context does not run, or stops.
    ContextDown,
    /// As many requests as may wait for the context, or be under way in it.
    QueueFull,
    /// Another context failed repeatedly, so it is not asked for a while.
    CircuitOpen,
    /// As many calls as may be under way to another context.
    BulkheadFull,
    /// Another context did not answer in time.
    NoReply,
    /// A decision that the request waits for is not made in time.
    Undecided,
    /// A list can't be asked for while its view is rebuilt with other keys.
    Rebuilding,
    /// Less free disk than the reserve.
    DiskFull,
    /// The store can't be read or written.
    Store,
    /// A bug of the program, or a request of another release.
    Fault,
}

impl UnavailableReason {
    pub const ALL: [UnavailableReason; 10] = [
        UnavailableReason::ContextDown,
        UnavailableReason::QueueFull,
        UnavailableReason::CircuitOpen,
        UnavailableReason::BulkheadFull,
        UnavailableReason::NoReply,
        UnavailableReason::Undecided,
        UnavailableReason::Rebuilding,
        UnavailableReason::DiskFull,
        UnavailableReason::Store,
        UnavailableReason::Fault,
    ];

    pub fn code(self) -> &'static str {
        match self {
            UnavailableReason::ContextDown => "context-down",
            UnavailableReason::QueueFull => "queue-full",
            UnavailableReason::CircuitOpen => "circuit-open",
            UnavailableReason::BulkheadFull => "bulkhead-full",
            UnavailableReason::NoReply => "no-reply",
            UnavailableReason::Undecided => "undecided",
            UnavailableReason::Rebuilding => "rebuilding",
            UnavailableReason::DiskFull => "disk-full",
            UnavailableReason::Store => "store",
            UnavailableReason::Fault => "fault",
        }
    }
}

impl Error {
    pub fn refused(reason: &'static RefusalReason) -> Error {
        Error::Refused(reason.into())
    }

    /// `what`: of which part.
    pub fn unavailable(reason: UnavailableReason, what: impl Into<Cow<'static, str>>, retry_after_ms: u64) -> Error {
        Error::Unavailable { reason, what: what.into(), retry_after_ms }
    }
}

/// The row has changed since the client read it.
pub static STALE: RefusalReason = RefusalReason {
    code: "stale-version",
    class: ReasonClass::Stale,
    waits: false,
    en: Texts {
        happened: "The thing has changed since you read it.",
        advice: "Read it again, then decide whether the change still fits.",
    },
    ko: Texts {
        happened: "읽은 뒤에 내용이 바뀌었습니다.", advice: "다시 읽고 변경할지 판단해 주세요."
    },
};

/// Somebody else's, of which the client may know.
pub static NOT_YOURS: RefusalReason = RefusalReason {
    code: "not-yours",
    class: ReasonClass::Forbidden,
    waits: false,
    en: Texts {
        happened: "This belongs to somebody else.",
        advice: "Only its owner may change it. Check the id, or sign in as its owner.",
    },
    ko: Texts {
        happened: "다른 사람의 것입니다.",
        advice: "주인만 바꿀 수 있습니다. 번호를 확인하거나 주인으로 로그인해 주세요.",
    },
};

/// The key was used for another body.
pub static KEY_REUSED: RefusalReason = RefusalReason {
    code: "idempotency-key-reused",
    class: ReasonClass::KeyReused,
    waits: false,
    en: Texts {
        happened: "This Idempotency-Key was used with another body.",
        advice: "Use a new key for a new request.",
    },
    ko: Texts {
        happened: "이 Idempotency-Key는 다른 내용으로 이미 쓰였습니다.",
        advice: "새 요청에는 새 키를 써 주세요.",
    },
};

/// The call was voided before it could be answered; it will never be done.
pub static VOIDED: RefusalReason = RefusalReason {
    code: "voided",
    class: ReasonClass::Unavailable,
    waits: false,
    en: Texts {
        happened: "This request was given up before it could be answered.",
        advice: "Nothing was held or charged. Try again.",
    },
    ko: Texts {
        happened: "답을 받기 전에 취소된 요청입니다.",
        advice: "잡아 두거나 청구된 것은 없습니다. 다시 시도해 주세요.",
    },
};

/// Another call was remembered under the key of this one: one of the two stores is not what the other has worked with.
pub static CALL_DIFFERS: RefusalReason = RefusalReason {
    code: "call-differs",
    class: ReasonClass::Unavailable,
    waits: false,
    en: Texts {
        happened: "This request has the number of another one that was answered before.",
        advice: "Nothing was held or charged for it. Tell the operator: the stores do not belong together.",
    },
    ko: Texts {
        happened: "이 요청의 번호로 이미 다른 요청에 답한 기록이 있습니다.",
        advice: "이 요청으로 잡아 두거나 청구된 것은 없습니다. 저장소들이 서로 맞지 않으니 운영자에게 알려 주세요.",
    },
};

/// The reasons that the runtime gives in every system.
pub const REASONS: [&RefusalReason; 5] = [&STALE, &NOT_YOURS, &KEY_REUSED, &VOIDED, &CALL_DIFFERS];

/// What people are told of a refusal: the system's own reasons first, then the runtime's. `None`: a newer release's code.
pub fn reason(system: &System, refusal: &Refusal) -> Option<&'static RefusalReason> {
    let runtime = || REASONS.into_iter().find(|reason| reason.code == refusal.code);
    system.reason(&refusal.code).or_else(runtime)
}
