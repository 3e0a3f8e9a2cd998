//! One connection for all that a page shows, and who somebody is to it, where people sign in.
use super::person::{Person, local};
use super::token;
use process::{HttpClient, Nadul, StreamEvent, embedded_only};
use serde_json::{Value, json};
use std::time::Instant;

const ALL_OF_TAXI: &str = "/live?watch=/taxi/catches&watch=/taxi/messages&watch=/taxi/catchReqLists&watch=/taxi/operator/contexts&watch=/taxi/catches%3Fcustomer%3Dlee";

fn trip() -> Value {
    json!({"price": 9000, "startingPoint": "a", "destination": "b"})
}

#[test]
fn each_watch_shows_its_caller_what_it_would_show_them_alone() {
    embedded_only!("it is about who signs in at one process: the key of its data folder, or its own settings");
    let nadul = Nadul::new();
    let server = local(&nadul);
    let (kim, lee) = (Person::new(&server, "kim", "customer"), Person::new(&server, "lee", "customer,driver"));
    assert_eq!(HttpClient::at(&server.url).request("GET", ALL_OF_TAXI, &[], "").map(|answer| answer.status), Some(401));
    let stream = kim.stream(ALL_OF_TAXI, None);
    let (mut refused, mut current) = (vec![], vec![]);
    while refused.len() + current.len() < 5 {
        let StreamEvent { event, data, .. } = stream.next();
        match event.as_str() {
            "problem" => refused.push((data["watch"].clone(), data["problem"]["type"].clone())),
            _ => current.push(data["watch"].clone()),
        }
    }
    assert_eq!(refused, [(json!(2), json!("/problems/role-missing")), (json!(3), json!("/problems/role-missing"))]);
    current.sort_by_key(Value::as_u64);
    assert_eq!(current, [0, 1, 4].map(Value::from));
    let of_lee = lee.post("/taxi/catches", &trip()).created_id();
    server.wait_until_idle_in("taxi");
    let of_kim = kim.post("/taxi/catches", &trip()).created_id();
    assert_eq!(stream.next().data["row"]["id"], of_kim, "nothing of {of_lee} comes before it");
    server.wait_until_idle_in("taxi");
    let again = kim.stream(ALL_OF_TAXI, None);
    let told =
        std::iter::repeat_with(|| again.next()).take_while(|sent| sent.data["row"]["eventType"] != "PaymentApproved");
    assert!(told.filter(|sent| sent.event == "row").all(|sent| sent.data["row"]["customer"] == "kim"));
}

#[test]
fn each_watch_of_a_page_counts_as_a_request_and_all_of_them_as_one_stream() {
    embedded_only!("it is about who signs in at one process: the key of its data folder, or its own settings");
    let nadul = Nadul::new();
    let bounds = ["access.mode=local", "access.burst=12", "access.requests_per_s=1", "access.streams_per_caller=1"];
    let set = bounds.iter().flat_map(|setting| ["--set", setting]);
    let server = nadul.serve(&["--data", "data"].into_iter().chain(set).collect::<Vec<_>>());
    let kim = Person::new(&server, "kim", "customer");
    let began = Instant::now();
    let watches = "/live?watch=/taxi/catches&watch=/taxi/messages&watch=/taxi/payments&watch=/taxi/myPages";
    let stream = kim.stream(watches, None);
    let watched = std::iter::repeat_with(|| stream.next()).take(4).map(|sent| sent.data["watch"].clone());
    assert_eq!(watched.filter(|watch| !watch.is_null()).count(), 4);
    kim.get(watches).expect_problem(429, "too-many-requests"); // a second stream
    let left = (0..12).take_while(|_| kim.get("/taxi/catches").status == 200).count();
    let given_back = began.elapsed().as_secs() as usize + 1;
    assert!((5..=6 + given_back).contains(&left), "1 + 4 + 1 of 12 were used, and each second gives one back: {left}");
}

#[test]
fn a_page_is_told_who_somebody_is_and_guesses_count() {
    embedded_only!("it is about who signs in at one process: the key of its data folder, or its own settings");
    let nadul = Nadul::new();
    let server = local(&nadul);
    let me = |token: &str| {
        let bearer = format!("Bearer {token}");
        let headers: &[_] = if token.is_empty() { &[] } else { &[("authorization", bearer.as_str())] };
        HttpClient::at(&server.url).request("GET", "/me", headers, "").expect("an answer")
    };
    let nobody = me("").json();
    assert_eq!(
        (&nobody["mode"], &nobody["subject"], &nobody["operator"]),
        (&json!("local"), &Value::Null, &json!(false))
    );
    assert_eq!((&nobody["signIn"], &nobody["signOut"]), (&json!("/sign-in"), &Value::Null));
    let kim = me(&token(&nadul, "kim", "customer", &["--data", "data"]));
    assert_eq!((&kim.json()["subject"], &kim.json()["roles"]), (&json!("kim"), &json!(["customer"])));
    assert!(kim.json()["endsInS"].as_u64().is_some_and(|left| left > 3600) && kim.header("vary").contains("Cookie"));
    assert_eq!((&kim.json()["operator"], &kim.json()["sandbox"]), (&json!(false), &json!(false)));
    let ann = me(&token(&nadul, "ann", "operator", &["--data", "data"])).json();
    assert_eq!((&ann["operator"], &ann["sandbox"]), (&json!(true), &json!(true)));
    let answers = (0..11).map(|_| me("a.b.c").status).collect::<Vec<_>>();
    assert_eq!((answers[0], answers[10]), (200, 429), "{answers:?}");
}
