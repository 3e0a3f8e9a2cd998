//! taxi is declared soundly, and each way to declare it wrongly is found.
use kernel::{
    Collection, DeclarationFault, Grants, Method, PathTemplate, Provider, ReasonClass, RefusalReason, Role, Settings,
    Shown, System,
};
use taxi::{catch, payment, pickup};

fn taxi() -> System {
    taxi::system(&Settings::defaults(taxi::SETTINGS))
}

#[track_caller]
fn has(system: &System, fault: &DeclarationFault) {
    let faults = system.faults();
    assert!(faults.contains(fault), "{fault} is not among {faults:?}");
    assert!(!fault.to_string().is_empty());
    assert_eq!(format!("{fault:?}"), fault.to_string(), "a test that fails prints the sentence");
}

#[test]
fn taxi_has_none() {
    assert_eq!(taxi().faults(), []);
}

#[test]
fn a_context_a_port_and_a_route_declared_twice() {
    let twice = taxi().context(catch::context());
    has(&twice, &DeclarationFault::ContextTwice("catch"));
    has(&twice, &DeclarationFault::PortTwice(8081));
    has(&twice, &DeclarationFault::RouteTwice(Method::Post, "/catches".into()));
    has(&twice, &DeclarationFault::RouteTwice(Method::Get, "/catches/{id}".into()));
    has(&twice, &DeclarationFault::EventTwice { event: "CatchRequested" });
}

#[test]
fn a_route_and_a_collection_of_which_nobody_says_who_may() {
    let mut silent = taxi();
    silent.contexts[0].routes[1].grants = Grants::default();
    silent.contexts[3].views[0].collection.grants = Grants::default();
    has(&silent, &DeclarationFault::NobodyMay("PATCH /catches/{id}".into()));
    has(&silent, &DeclarationFault::NobodyMay("/myPages".into()));
}

#[test]
fn a_collection_where_every_server_answers() {
    let mut hidden = taxi();
    hidden.contexts[0].collections.push(
        Collection::new::<pickup::Listed>("pages", "page")
            .read_by(taxi::DRIVER)
            .of_state::<pickup::Pickup>(|_, _| Shown::Hidden),
    );
    has(&hidden, &DeclarationFault::Reserved(Method::Get, "/pages".into()));
    has(&hidden, &DeclarationFault::Reserved(Method::Get, "/pages/{id}".into()));
    let mut named = taxi();
    named.name = "live";
    has(&named, &DeclarationFault::Reserved(Method::Get, "/live".into()));
}

#[test]
fn a_role_described_in_two_ways() {
    let drives = Collection::new::<pickup::Listed>("drives", "drive").read_by(Role::new("driver", "Drives."));
    let mut two = taxi();
    two.contexts[0].collections.push(drives.of_state::<pickup::Pickup>(|_, _| Shown::Hidden));
    has(&two, &DeclarationFault::RoleTwice("driver"));
}

#[test]
fn the_roles_of_a_system_are_those_that_something_is_granted_to_and_its_operator() {
    assert_eq!(taxi().roles().iter().map(|role| role.name).collect::<Vec<_>>(), ["customer", "driver", "operator"]);
}

#[test]
fn an_event_that_is_retired_and_declared_still() {
    let mut both = taxi();
    both.contexts[0].retired.push("CatchCancelled");
    has(&both, &DeclarationFault::Retired { context: "catch", event: "CatchCancelled" });
}

#[test]
fn a_question_nobody_answers() {
    let mut deaf = taxi();
    deaf.contexts[2].callees.clear();
    has(&deaf, &DeclarationFault::NobodyAnswers { saga: "place a catch", call: "hold the money", to: "payment" });
}

#[test]
fn a_source_a_kind_and_a_collection_that_are_not_there() {
    let unknown = |by: &str, what: &str| DeclarationFault::Unknown { by: by.into(), what: what.into() };
    let mut alone = taxi();
    alone.contexts.retain(|context| context.name != "pickup");
    has(&alone, &unknown("policies of catch", "pickup"));
    has(&alone, &unknown("myPages@1 of mypage", "pickup"));
    let mut empty = taxi();
    empty.contexts[1].kinds.clear();
    has(&empty, &unknown("/pickUps", "pickup"));
    has(&empty, &unknown("a policy of pickup", "pickup"));
    has(&empty, &unknown("the ledger of pickup", "pickup"));
    let mut bare = taxi();
    bare.contexts[0].collections.clear();
    has(&bare, &unknown("POST /catches", "/catches"));
    let mut unpaired = taxi();
    unpaired.contexts[0].collections[0].pairs.push(("customer", "driver"));
    has(&unpaired, &unknown("/catches", "driver"));
}

#[test]
fn an_event_nobody_hears() {
    let lonely = System::new("lonely", "lonely", "").context(payment::context());
    has(&lonely, &DeclarationFault::NobodySubscribes { context: "payment", event: "PaymentApproved" });
}

#[test]
fn a_path_with_an_empty_part_or_two_parameters() {
    for path in ["/catches//all", "/catches/{id}/of/{customer}"] {
        let mut crooked = taxi();
        crooked.contexts[0].routes[0].template = PathTemplate::parse(path);
        has(&crooked, &DeclarationFault::NoPath(Method::Post, path.into()));
    }
}

#[test]
fn a_reason_with_two_meanings() {
    static OTHER: RefusalReason = RefusalReason {
        code: "unknown-catch",
        class: ReasonClass::Declined,
        waits: false,
        en: kernel::Texts { happened: "", advice: "" },
        ko: kernel::Texts { happened: "", advice: "" },
    };
    let mut two = taxi();
    two.contexts[2].provider = Some(Provider { name: "payment", refusal: &OTHER });
    has(&two, &DeclarationFault::ReasonTwice { code: "unknown-catch" });
}

#[test]
fn a_rule_stated_twice_or_without_books() {
    has(&taxi().conserves("money", "again"), &DeclarationFault::Rule("money"));
    let bookless = System::new("bookless", "bookless", "").conserves("money", "of nobody");
    has(&bookless, &DeclarationFault::Rule("money"));
}

#[test]
fn a_correlation_key_without_a_name() {
    let mut nameless = taxi();
    nameless.contexts[1] = pickup::context().keyed_by("");
    has(&nameless, &DeclarationFault::NoKey("pickup"));
}
