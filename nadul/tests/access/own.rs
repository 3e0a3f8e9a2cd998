//! What is somebody's own, in all five systems: only they find, read and follow it, and it is as if it did not exist for everybody else.
use super::person::{Person, local};
use process::{HttpAnswer, Nadul, ServerProcess, embedded_only};
use serde_json::{Value, json};

/// What a customer does in one system.
struct Business {
    system: &'static str,
    /// Where a request is placed, with what, and the field that names who places it.
    place: (&'static str, Value, &'static str),
    /// Collections of which the customer reads the own rows; all but the last have the request's id.
    lists: &'static [&'static str],
    /// Cancels it: method and path, with the id behind it or in the body.
    cancel: fn(u64) -> (&'static str, String, Value),
}

fn businesses(server: &ServerProcess<'_>) -> Vec<Business> {
    let (host, seller) = (Person::new(server, "hana", "host"), Person::new(server, "sela", "seller"));
    let room = host.post("/stay/rooms", &json!({"desc": "a room", "price": 9000})).created_id();
    let car = host.post("/stay/rentcars", &json!({"carName": "a car", "price": 9000})).created_id();
    let book = json!({"name": "a book", "price": 9000, "stock": 9});
    let book = seller.post("/bookstore/books", &book).created_id();
    server.wait_until_idle_in("bookstore");
    vec![
        Business {
            system: "taxi",
            place: ("/catches", json!({"price": 9000, "startingPoint": "a", "destination": "b"}), "customer"),
            lists: &["catches", "payments", "myPages", "messages"],
            cancel: |id| ("PATCH", format!("/catches/{id}"), json!({"status": "Cancel"})),
        },
        Business {
            system: "fruit",
            place: ("/orders", json!({"prodNm": "apples", "qty": 2, "price": 9000, "address": "here"}), "userId"),
            lists: &["orders", "payments", "deliveries", "myPages", "messages"],
            cancel: |id| ("DELETE", format!("/orders/{id}"), Value::Null),
        },
        Business {
            system: "call-taxi",
            place: ("/calls", json!({"userName": "free words", "distance": 2.5}), "userId"),
            lists: &["calls", "payments", "drives", "callViews", "messages"],
            cancel: |id| ("POST", "/calls/cancel".into(), json!({ "callId": id })),
        },
        Business {
            system: "stay",
            place: ("/reservations", json!({"roomId": room, "carId": car}), "customer"),
            lists: &["reservations", "payments", "messages"],
            cancel: |id| ("PATCH", format!("/reservations/{id}"), json!({"status": "reqCancel"})),
        },
        Business {
            system: "bookstore",
            place: ("/orders", json!({"productId": book, "quantity": 1, "customerName": "free words"}), "customerId"),
            lists: &["orders", "payments", "orderStatuses", "messages"],
            cancel: |id| ("DELETE", format!("/orders/{id}"), Value::Null),
        },
    ]
}

/// All that an answer says, but for what belongs to this request alone.
fn said(answer: &HttpAnswer) -> (u16, Vec<(String, String)>, Value) {
    let own = ["date", "x-correlation-id", "ratelimit", "nadul-position", "content-length"]; // the path is as long as its id
    let headers = answer.headers.iter().filter(|(name, _)| !own.contains(&name.as_str()));
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_string()));
    let mut json = answer.json();
    if let Some(fields) = json.as_object_mut() {
        fields.remove("instance");
    }
    (answer.status, headers.collect(), json)
}

#[test]
fn what_is_somebodys_own_does_not_exist_for_others() {
    embedded_only!("it is about who signs in at one process: the key of its data folder, or its own settings");
    let nadul = Nadul::new();
    let server = local(&nadul);
    let (kim, lee) = (Person::new(&server, "kim", "customer"), Person::new(&server, "lee", "customer"));
    let ann = Person::new(&server, "ann", "operator");
    for business in businesses(&server) {
        own_rows(&server, &business, [&kim, &lee, &ann]);
    }
    for system in ["taxi", "fruit", "call-taxi", "stay", "bookstore"] {
        server.wait_until_idle_in(system);
    }
    who_is_kept_for_an_operator_alone(&nadul);
    server.stop();
    nadul.check_data();
}

fn own_rows(server: &ServerProcess<'_>, business: &Business, [kim, lee, ann]: [&Person; 3]) {
    let Business { system, place: (path, body, field), lists, cancel } = business;
    let at = |path: &str| format!("/{system}{path}");
    let with = |name: Value| {
        let mut body = body.clone();
        body[*field] = name;
        body
    };
    // another's name, one's own in other letters, and what can't be read at all
    kim.post(&at(path), &with(json!("lee"))).expect_problem(403, "not-you");
    kim.post(&at(path), &with(json!("Kim"))).expect_problem(403, "not-you");
    kim.post(&at(path), &with(json!({}))).expect_problem(400, "invalid-fields");
    // left out, null and one's own
    let following = lee.stream(&at(&format!("/{}", lists[0])), None);
    let made = kim.request_with("POST", &at(path), &[("idempotency-key", "k")], &with(Value::Null).to_string());
    let (id, made_row) = (made.created_id(), made.json());
    assert_eq!(made_row[*field], "kim", "{made:?}");
    let again = kim.request_with("POST", &at(path), &[("idempotency-key", "k")], &with(Value::Null).to_string());
    assert_eq!(again.json(), made_row, "a repeat of one's own");
    server.wait_until_idle_in(system);
    for list in *lists {
        let list = at(&format!("/{list}"));
        let is_by_event = list.ends_with("/messages");
        let mine = kim.get(&list).expect_status(200);
        assert_ne!(mine["page"]["totalElements"], 0, "{list}");
        let all = if is_by_event { format!("{list}?{field}=kim").replace(field, "customer") } else { list.clone() };
        assert_eq!(ann.get(&all).expect_status(200)["page"], mine["page"], "{list}");
        assert_eq!(lee.get(&list).expect_status(200)["page"]["totalElements"], 0, "{list}");
        if is_by_event {
            assert_eq!(lee.get(&all).expect_status(200)["page"]["totalElements"], 0, "{all}");
            continue;
        }
        assert_eq!(lee.get(&format!("{list}?id={id}")).expect_status(200)["page"]["totalElements"], 0, "{list}");
        let (mine, others, none) =
            (kim.get(&format!("{list}/{id}")), lee.get(&format!("{list}/{id}")), lee.get(&format!("{list}/999999")));
        mine.expect_status(200);
        others.expect_problem(404, "unknown-id");
        assert_eq!(said(&others), said(&none), "{list}");
        let tag = mine.header("etag");
        for headers in [
            &[("if-none-match", tag)][..],
            &[("if-none-match", "*")],
            &[("accept", "text/event-stream")],
            &[("accept", "text/event-stream"), ("last-event-id", "1")],
            &[("prefer", "wait=0.01"), ("nadul-position", "x:1")],
        ] {
            let ask = |id: u64| lee.request_with("GET", &format!("{list}/{id}"), headers, "");
            assert_eq!(said(&ask(id)), said(&ask(999_999)), "{list} {headers:?}");
        }
    }
    // what lee may not know of can't be changed, and nothing is said of it
    let change = |person: &Person, id: u64, headers: &[(&str, &str)]| {
        let (method, path, body) = cancel(id);
        let body = if body.is_null() { String::new() } else { body.to_string() };
        person.request_with(method, &at(&path), headers, &body)
    };
    for headers in [&[][..], &[("if-match", "\"x\"")], &[("if-match", "*")], &[("idempotency-key", "c")]] {
        let others = change(lee, id, headers);
        assert_eq!(others.status, 404, "{system} {others:?}");
        assert_eq!(said(&others), said(&change(lee, 999_999, headers)), "{system} {headers:?}");
    }
    // the key of one is not the other's
    let mine = lee.request_with("POST", &at(path), &[("idempotency-key", "k")], &with(Value::Null).to_string());
    if mine.status == 201 {
        assert_ne!(mine.id(), id, "two callers with the same key have two");
        let seen = following.next();
        assert_eq!(seen.data["id"], mine.id(), "nothing of another's is followed: {seen:?}");
        change(lee, mine.id(), &[]).expect_success();
    } else {
        assert_eq!((mine.status, *system), (409, "stay"), "the room is taken: {mine:?}");
    }
    // an operator cancels in the customer's name; the row stays the customer's
    change(ann, id, &[]).expect_success();
    server.wait_until_idle_in(system);
    assert_eq!(kim.get(&at(&format!("/{}/{id}", lists[0]))).status, 200, "{system}");
}

fn who_is_kept_for_an_operator_alone(nadul: &Nadul) {
    let said = nadul.run(&["log", "taxi/catch", "--json", "--who", "--data", "data"]);
    let events: Vec<Value> = said.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let by = |event: &str| events.iter().find(|line| line["eventType"] == event).map(|line| line["who"]["sub"].clone());
    assert_eq!((by("CatchRequested"), by("CatchCancelled")), (Some(json!("kim")), Some(json!("lee"))), "{events:?}");
    let last = events.last().expect("an event");
    assert_eq!(
        (&last["eventType"], &last["who"]["sub"], &last["who"]["roles"]),
        (&json!("CatchCancelled"), &json!("ann"), &json!(["operator"]))
    );
    let without = nadul.run(&["log", "taxi/catch", "--json", "--data", "data"]);
    assert!(!without.out.contains("\"who\"") && !without.out.contains("ann"), "{}", without.out);
}
