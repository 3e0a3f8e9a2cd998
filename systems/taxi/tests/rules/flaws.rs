//! taxi is declared soundly, and each way to declare it wrongly is found.
use kernel::{Flaw, Method, Provider, Reason, Settings, System};
use taxi::{catch, payment, pickup};

fn taxi() -> System {
    taxi::system(&Settings::defaults(taxi::SETTINGS))
}

#[track_caller]
fn has(system: &System, flaw: &Flaw) {
    let flaws = system.flaws();
    assert!(flaws.contains(flaw), "{flaw} is not among {flaws:?}");
    assert!(!flaw.to_string().is_empty());
    assert_eq!(format!("{flaw:?}"), flaw.to_string(), "a test that fails prints the sentence");
}

#[test]
fn taxi_has_none() {
    assert_eq!(taxi().flaws(), []);
}

#[test]
fn a_context_a_port_and_a_route_declared_twice() {
    let twice = taxi().context(catch::context());
    has(&twice, &Flaw::ContextTwice("catch"));
    has(&twice, &Flaw::PortTwice(8081));
    has(&twice, &Flaw::RouteTwice(Method::Post, "/catches".into()));
    has(&twice, &Flaw::RouteTwice(Method::Get, "/catches/{id}".into()));
    has(&twice, &Flaw::EventTwice { event: "CatchRequested" });
}

#[test]
fn a_question_nobody_answers() {
    let mut deaf = taxi();
    deaf.contexts[2].answers.clear();
    has(&deaf, &Flaw::NobodyAnswers { saga: "place a catch", call: "hold the money", to: "payment" });
}

#[test]
fn a_source_a_kind_and_a_collection_that_are_not_there() {
    let unknown = |by: &str, what: &str| Flaw::Unknown { by: by.into(), what: what.into() };
    let mut alone = taxi();
    alone.contexts.retain(|context| context.name != "pickup");
    has(&alone, &unknown("policies of catch", "pickup"));
    has(&alone, &unknown("myPages@1 of mypage", "pickup"));
    let mut empty = taxi();
    empty.contexts[1].kinds.clear();
    has(&empty, &unknown("/pickUps", "pickup"));
    has(&empty, &unknown("a policy of pickup", "pickup"));
    has(&empty, &unknown("the books of pickup", "pickup"));
    let mut bare = taxi();
    bare.contexts[0].collections.clear();
    has(&bare, &unknown("POST /catches", "/catches"));
}

#[test]
fn an_event_nobody_hears() {
    let lonely = System::new("lonely", "lonely", "").context(payment::context());
    has(&lonely, &Flaw::NobodyHears { context: "payment", event: "PaymentApproved" });
}

#[test]
fn a_reason_with_two_meanings() {
    static OTHER: Reason = Reason {
        code: "unknown-catch",
        status: 402,
        waits: false,
        en: kernel::Words { happened: "", advice: "" },
        ko: kernel::Words { happened: "", advice: "" },
    };
    let mut two = taxi();
    two.contexts[2].provider = Some(Provider { name: "payment", declined: &OTHER });
    has(&two, &Flaw::ReasonTwice { code: "unknown-catch" });
}

#[test]
fn a_rule_stated_twice_or_without_books() {
    has(&taxi().conserves("money", "again"), &Flaw::Rule("money"));
    let bookless = System::new("bookless", "bookless", "").conserves("money", "of nobody");
    has(&bookless, &Flaw::Rule("money"));
}

#[test]
fn a_correlation_key_without_a_name() {
    let mut nameless = taxi();
    nameless.contexts[1] = pickup::context().keyed_by("");
    has(&nameless, &Flaw::NoKey("pickup"));
}
