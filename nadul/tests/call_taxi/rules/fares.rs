//! Fares: distance × 10,000 won, exactly, up to the largest amount that can be paid.
use crate::call_taxi::steps::{call, far, is_empty, open, row};
use process::ServerProcess;
use serde_json::{Value, json};

fn paid(id: u64, fare: u64, status: &str) -> Value {
    json!({ "id": id, "payId": id, "callId": id, "fare": fare, "payStatus": status })
}

#[test]
fn a_fare_is_ten_thousand_won_a_unit_of_distance() {
    open(|server| {
        a_fare_that_nobody_can_pay_is_refused_and_nothing_is_held(server);
        fares_are_exact(server);
        a_hundred_is_driven_and_a_tenth_more_is_not(server);
    });
}

fn a_fare_that_nobody_can_pay_is_refused_and_nothing_is_held(server: &ServerProcess) {
    for distance in ["900719925474.0992", "900719925475", "9007199254740991"] {
        let body = json!({ "userId": "kim", "userName": "Kim", "distance": distance });
        server.post("/calls", &body).expect_problem(409, "fare-too-high");
    }
    assert_eq!(server.nadul.log("call-taxi"), Vec::<Value>::new());
    is_empty(server);
}

fn fares_are_exact(server: &ServerProcess) {
    for (sent, distance, fare) in [
        (json!(100), json!(100), 1_000_000_u64),
        (json!(100.1), json!(100.1), 1_001_000),
        (json!("0.0001"), json!(0.0001), 1),
        (json!("12.3456"), json!(12.3456), 123_456),
        (json!("1.50000"), json!(1.5), 15_000),
        (json!("7"), json!(7), 70_000),
        (json!(0.3), json!(0.3), 3_000),
        (json!("1.1"), json!(1.1), 11_000),
        (json!("900719925474.0991"), json!(900_719_925_474.099_1), 9_007_199_254_740_991),
    ] {
        let called = server.post("/calls", &json!({ "userId": "kim", "userName": "Kim", "distance": sent }));
        let called = called.expect_status(201);
        assert_eq!((&called["distance"], &called["fare"]), (&distance, &json!(fare)), "{sent}");
        assert_eq!(row(server, "payments", called["callId"].as_u64().expect("an id"))["fare"], fare);
    }
}

fn a_hundred_is_driven_and_a_tenth_more_is_not(server: &ServerProcess) {
    let near = call(server, &json!({ "userId": "kim", "userName": "Kim", "distance": 100 }));
    let far = call(server, &far("kim"));
    server.wait_until_idle();
    assert_eq!(row(server, "drives", near)["driveStatus"], "start");
    assert_eq!(row(server, "drives", far)["driveStatus"], "requestCancel");
    assert_eq!(row(server, "payments", near), paid(near, 1_000_000, "paid"));
    assert_eq!(row(server, "payments", far), paid(far, 1_001_000, "refunded"));
}
