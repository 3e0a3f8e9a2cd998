//! Cancelling asks whoever may already have finished: complete 409, down 503 and nothing changed, and of two at once one wins.
use process::{Answer, Nadul, Served};
use serde_json::{Value, json};

/// A system whose cancel asks somebody: how to order, to cancel, to complete.
struct Asking {
    system: &'static str,
    /// Whom the cancel asks.
    asked: &'static str,
    order: fn(&Served<'_>) -> u64,
    cancel: fn(u64) -> Request,
    complete: fn(u64) -> Request,
    /// Where it shows that the other side has begun, and that it ended cancelled or complete.
    view: &'static str,
    begun: &'static str,
    cancelled: &'static str,
    completed: &'static str,
}

type Request = (&'static str, String, Value);

const ALL: [Asking; 3] = [
    Asking {
        system: "fruit",
        asked: "delivery",
        order: |served| {
            let order = json!({ "userId": "kim", "prodNm": "사과", "qty": 1, "price": 5, "address": "서울" });
            served.post("/fruit/orders", &order).id()
        },
        cancel: |id| ("DELETE", format!("/fruit/orders/{id}"), Value::Null),
        complete: |id| ("PATCH", format!("/fruit/deliveries/{id}"), json!({ "deliveryStatus": "배송완료" })),
        view: "/fruit/myPages",
        begun: "배송시작",
        cancelled: "배송취소",
        completed: "배송완료",
    },
    Asking {
        system: "call-taxi",
        asked: "drive",
        order: |served| {
            served.post("/call-taxi/calls", &json!({ "userId": "kim", "userName": "Kim", "distance": 1 })).id()
        },
        cancel: |id| ("POST", "/call-taxi/calls/cancel".into(), json!({ "callId": id })),
        complete: |id| ("POST", "/call-taxi/drives/end".into(), json!({ "driveId": id })),
        view: "/call-taxi/callViews",
        begun: "\"start\"",
        cancelled: "refunded",
        completed: "\"end\"",
    },
    Asking {
        system: "bookstore",
        asked: "delivery",
        order: |served| {
            let order = json!({ "productId": 1, "quantity": 1, "customerId": "kim" });
            served.post("/bookstore/orders", &order).id()
        },
        cancel: |id| ("DELETE", format!("/bookstore/orders/{id}"), Value::Null),
        complete: |id| ("PATCH", format!("/bookstore/deliveries/{id}"), json!({ "deliveryState": "Delivered" })),
        view: "/bookstore/orderStatuses",
        begun: "DeliveryStarted",
        cancelled: "DeliveryCancelled",
        completed: "\"deliveryStatus\":\"Delivered\"",
    },
];

/// All three at work, bookstore with a book to sell.
fn serve(nadul: &Nadul) -> Served<'_> {
    let names = ALL.each_ref().map(|asking| asking.system);
    let settings = ["--data", "data", "--set", "bookstore.auto_accept=true"];
    let served = nadul.serve(&[&names[..], &settings].concat());
    served.post("/bookstore/books", &json!({ "name": "나들", "price": 5 })).with(201);
    served.rests_in("bookstore");
    served
}

impl Asking {
    fn begun(&self, served: &Served<'_>) -> u64 {
        let id = (self.order)(served);
        served.shows(&format!("{}/{id}", self.view), self.begun);
        id
    }
}

fn send(served: &Served<'_>, (method, path, body): &Request, headers: &[(&str, &str)]) -> Answer {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    served.send(method, path, headers, &body)
}

fn succeeded(answer: &Answer) -> bool {
    [200, 204].contains(&answer.status)
}

#[test]
fn what_is_complete_is_not_cancelled_and_what_is_cancelled_is_not_completed() {
    let nadul = Nadul::new();
    let served = serve(&nadul);
    for asking in &ALL {
        let id = asking.begun(&served);
        assert!(succeeded(&send(&served, &(asking.complete)(id), &[])));
        assert_eq!(send(&served, &(asking.cancel)(id), &[]).status, 409, "{}", asking.system);
        served.shows(&format!("{}/{id}", asking.view), asking.completed);
        let id = asking.begun(&served);
        assert!(succeeded(&send(&served, &(asking.cancel)(id), &[])));
        assert_eq!(send(&served, &(asking.complete)(id), &[]).status, 409, "{}", asking.system);
        served.shows(&format!("{}/{id}", asking.view), asking.cancelled);
    }
    served.stop();
    nadul.is_proved();
}

#[test]
fn while_the_asked_one_is_down_a_cancel_is_503_and_changes_nothing() {
    let nadul = Nadul::new();
    let served = serve(&nadul);
    for asking in &ALL {
        let (id, gone) = (asking.begun(&served), asking.begun(&served));
        assert!(succeeded(&send(&served, &(asking.cancel)(gone), &[])));
        served.shows(&format!("{}/{gone}", asking.view), asking.cancelled);
        served.rests_in(asking.system);
        served.works(asking.system, asking.asked, false);
        let before = served.get(&format!("{}/{id}", asking.view)).json();
        let away = send(&served, &(asking.cancel)(id), &[]);
        away.refused(503, "unavailable");
        assert!(!away.header("retry-after").is_empty());
        assert_eq!(served.get(&format!("{}/{id}", asking.view)).json(), before, "{}", asking.system);
        let again = send(&served, &(asking.cancel)(gone), &[]);
        assert!(succeeded(&again), "{}: the owner checks first: cancelled already: {again:?}", asking.system);
        if (asking.cancel)(id).1.ends_with(&id.to_string()) {
            send(&served, &(asking.cancel)(id), &[("if-match", "\"0\"")]).refused(412, "stale-version");
        }
        served.works(asking.system, asking.asked, true);
        served.rests_in(asking.system);
        assert!(succeeded(&send(&served, &(asking.cancel)(id), &[])), "{}", asking.system);
        served.shows(&format!("{}/{id}", asking.view), asking.cancelled);
    }
    served.stop();
    nadul.is_proved();
}

/// Cancelled right after it was placed, mostly before the other side has begun: it never does, or ends cancelled.
#[test]
fn who_has_not_heard_of_the_request_yet_remembers_that_it_is_cancelled() {
    let nadul = Nadul::new();
    let served = serve(&nadul);
    for asking in &ALL {
        let ids: Vec<u64> = (0..10)
            .map(|_| {
                let id = (asking.order)(&served);
                assert!(succeeded(&send(&served, &(asking.cancel)(id), &[])), "{}", asking.system);
                id
            })
            .collect();
        served.rests_in(asking.system);
        for id in ids {
            let completed = send(&served, &(asking.complete)(id), &[]);
            assert!([404, 409].contains(&completed.status), "{}: {completed:?}", asking.system);
            let row = served.get(&format!("{}/{id}", asking.view));
            assert!(!row.text.contains(asking.begun), "{}: {row:?}", asking.system);
        }
    }
    served.stop();
    nadul.is_proved();
}

#[test]
fn of_a_cancel_and_a_completion_at_the_same_instant_exactly_one_wins() {
    let nadul = Nadul::new();
    let served = serve(&nadul);
    for asking in &ALL {
        for _ in 0..8 {
            let id = asking.begun(&served);
            let both = [(asking.cancel)(id), (asking.complete)(id)];
            let told = served.at_once(2, |door, at| {
                let (method, path, body) = &both[at];
                let body = if body.is_null() { String::new() } else { body.to_string() };
                door.ask(method, path, &[], &body).expect("an answer")
            });
            let won: Vec<bool> = told.iter().map(succeeded).collect();
            assert!(won[0] != won[1], "{}: {told:?}", asking.system);
            assert!(told.iter().all(|answer| succeeded(answer) || answer.status == 409), "{told:?}");
            let end = if won[0] { asking.cancelled } else { asking.completed };
            served.shows(&format!("{}/{id}", asking.view), end);
        }
    }
    served.stop();
    nadul.is_proved();
}
