//! Messages: what the customer hears of each event, word for word in both languages.
use crate::call_taxi::steps::{cancel, driven, end, open, ride, taxi, too_far};
use process::ServerProcess;
use serde_json::{Value, json};

const PLACED: [&str; 3] = [
    "CallPlaced",
    "호출이 접수되었습니다. 거리 12.5, 요금 125000원입니다.",
    "Your call is placed: distance 12.5, fare 125000 won.",
];
const PAID: [&str; 3] = ["FarePaid", "125000원이 결제되었습니다.", "125000 won were paid."];
const ENDED: [&str; 3] = ["DriveEnded", "운행이 끝났습니다.", "Your drive has ended."];
const CANCELLED: [&str; 3] = ["CallCancelled", "호출이 취소되었습니다.", "Your call is cancelled."];
const STOPPED: [&str; 3] = ["DriveCancelled", "운행이 취소되었습니다.", "Your drive is cancelled."];
const REFUNDED: [&str; 3] = ["FareRefunded", "125000원이 환불되었습니다.", "125000 won were refunded."];
const FAILED: [&str; 3] =
    ["CallPayFailed", "요금이 결제되지 않아 호출이 실패했습니다.", "Your call failed: its fare was not paid."];
const TOO_FAR: [[&str; 3]; 5] = [
    [
        "CallPlaced",
        "호출이 접수되었습니다. 거리 100.1, 요금 1001000원입니다.",
        "Your call is placed: distance 100.1, fare 1001000 won.",
    ],
    ["FarePaid", "1001000원이 결제되었습니다.", "1001000 won were paid."],
    ["DriveNotAvailable", "너무 먼 거리라 배차할 수 없습니다.", "No taxi drives that far."],
    CANCELLED,
    ["FareRefunded", "1001000원이 환불되었습니다.", "1001000 won were refunded."],
];

fn started(id: u64) -> [String; 3] {
    let (driver, taxi) = taxi(id);
    let (ko, en) =
        (format!("{taxi}번 택시({driver})가 출발했습니다."), format!("Taxi {taxi} ({driver}) is on its way."));
    ["DriveStarted".into(), ko, en]
}

fn words(messages: &[[&str; 3]]) -> Vec<[String; 3]> {
    messages.iter().map(|message| message.map(String::from)).collect()
}

/// Their words, of a customer who has one call.
fn heard(server: &ServerProcess<'_>, customer: &str, call: u64) -> Vec<[String; 3]> {
    let told = |row: &Value| {
        assert_eq!((&row["customer"], &row["callId"]), (&json!(customer), &json!(call)), "{row}");
        let known = ["id", "customer", "callId", "eventType", "ko", "en", "timestamp", "_links"];
        assert!(row.as_object().is_some_and(|row| row.keys().all(|name| known.contains(&name.as_str()))), "{row}");
        ["eventType", "ko", "en"].map(|name| row[name].as_str().unwrap_or_default().to_string())
    };
    let rows = server.get(&format!("/messages?customer={customer}&size=200")).rows();
    assert!(rows.iter().map(|row| row["timestamp"].to_string()).collect::<Vec<_>>().is_sorted());
    rows.iter().map(told).collect()
}

#[test]
fn each_message_is_word_for_word_as_the_page_says() {
    open(|server| {
        a_customer_hears_of_everything_on_the_way(server);
        a_customer_hears_of_all_that_is_undone(server);
        a_customer_hears_that_it_is_too_far_or_was_not_paid(server);
    });
}

fn a_customer_hears_of_everything_on_the_way(server: &ServerProcess) {
    let id = driven(server, "kim");
    end(server, id).expect_status(200);
    assert_eq!(
        heard(server.wait_until_idle(), "kim", id),
        [words(&[PLACED, PAID]), vec![started(id)], words(&[ENDED])].concat()
    );
}

fn a_customer_hears_of_all_that_is_undone(server: &ServerProcess) {
    let id = driven(server, "park");
    cancel(server, id).expect_status(200);
    let mut said = heard(server.wait_until_idle(), "park", id);
    said[4..].sort();
    assert_eq!(said, [words(&[PLACED, PAID]), vec![started(id)], words(&[CANCELLED, STOPPED, REFUNDED])].concat());
}

fn a_customer_hears_that_it_is_too_far_or_was_not_paid(server: &ServerProcess) {
    let far = too_far(server, "lee");
    server.set_payment_mode("call-taxi", "decline");
    let failed = server.post("/calls", &ride("choi"));
    failed.expect_status(201);
    server.wait_until_idle();
    assert_eq!(heard(server, "lee", far), TOO_FAR);
    assert_eq!(heard(server, "choi", failed.id()), [FAILED]);
}
