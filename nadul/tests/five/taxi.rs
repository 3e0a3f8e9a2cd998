//! taxi: a customer hails at a price, a driver picks.
use crate::five::{
    HttpCommand, ListedSystem, PaymentStatus, RequestEvents, RequestStatus, context, customer, event, rows, view,
};
use process::ServerProcess;
use serde_json::{Value, json};
use std::collections::BTreeSet;

pub const SYSTEM: ListedSystem = ListedSystem {
    name: "taxi",
    topic: "taxiteam",
    contexts: &[
        context("catch", 8081, &[rows("catches", "catch", "id", &["customer", "matchId"], &["price"])]),
        context(
            "pickup",
            8082,
            &[
                rows("pickUps", "pickUp", "matchId", &["customer", "matchId"], &["price"]),
                view(rows("catchReqLists", "catchReqList", "id", &["matchId"], &["price"])),
            ],
        ),
        context("payment", 8083, &[rows("payments", "payment", "matchId", &["customer", "matchId"], &["price"])]),
        context("mypage", 8084, &[view(rows("myPages", "myPage", "id", &["customer", "matchId"], &["price"]))]),
        context("message", 8085, &[]),
    ],
    core: "catch",
    payment: "payment",
    view: "mypage",
    requests: "catches",
    key: "matchId",
    customer: "customer",
    amount: "price",
    request_status: RequestStatus { field: "status", standing: &["approve", "PickupAssigned"], cancelled: "Cancel" },
    payment_status: PaymentStatus { field: "paymentAction", approved: "Approved", refunded: "Cancel" },
    views: "myPages",
    view_status: "status",
    view_words: &[
        ("approve", &["PaymentApproved"]),
        ("PickupAssigned", &["PickupAssigned"]),
        ("Cancel", &["CatchCancelled"]),
    ],
    view_columns: &[("driver", "pickUps", "driver")],
    events: RequestEvents {
        refunded: "PaymentCancelled",
        until_under_way: &[&["CatchRequested"], &["PaymentApproved"], &["PickupAssigned"]],
        of_a_cancel: &[&["CatchCancelled"], &["PaymentCancelled", "PickupCancelled"]],
    },
    published: &[
        event("catch", "CatchRequested", "id price startingPoint destination customer"),
        event("catch", "CatchCancelled", "id customer")
            .told(&[["호출이 취소되었습니다.", "Your request is cancelled."]]),
        event("payment", "PaymentApproved", "matchId price customer startingPoint destination").told(&[[
            "{price}원이 결제되어 호출이 접수되었습니다. 기사를 찾고 있습니다.",
            "Your request is paid: {price} won. We are looking for a driver.",
        ]]),
        event("payment", "PaymentCancelled", "matchId price customer")
            .told(&[["{price}원이 환불되었습니다.", "{price} won were refunded."]]),
        event("pickup", "PickupAssigned", "matchId driver customer")
            .told(&[["{driver} 기사가 배차되었습니다.", "{driver} is your driver."]]),
        event("pickup", "PickupCancelled", "matchId driver customer reason").told(&[
            ["{driver} 기사의 배차가 취소되었습니다.", "The match with {driver} is cancelled."],
            [
                "{driver} 기사가 배차를 되돌렸습니다. 다른 기사를 찾고 있습니다.",
                "{driver} gave your request back. We are looking for another driver.",
            ],
        ]),
    ],
    unpaid: None,
    settings: &[],
    prepare: |_| {},
    offer: |_, customer| json!({ "price": 9000, "startingPoint": "a", "destination": "b", "customer": customer }),
    provide: Some(|id| HttpCommand::new("POST", "/taxi/pickUps", json!({ "matchId": id, "driver": "park" }))),
    refuse: None,
    cancel: |id| HttpCommand::new("PATCH", format!("/taxi/catches/{id}"), json!({ "status": "Cancel" })),
    meanwhile: |_, _| Some(()),
    fulfilment: None,
    own_rules: each_request_is_in_one_place,
    trade,
};

fn ids(rows: &[Value]) -> BTreeSet<u64> {
    rows.iter().filter_map(|row| row["id"].as_u64()).collect()
}

/// A request is listed, or matched, or cancelled, never two of them at rest.
fn each_request_is_in_one_place(server: &ServerProcess) {
    let catches = server.rows("taxi/catches");
    let of = |word: &str| ids(&catches.iter().filter(|row| row["status"] == word).cloned().collect::<Vec<_>>());
    assert_eq!(ids(&server.rows("taxi/catchReqLists")), of("approve"), "listed");
    assert_eq!(ids(&server.rows("taxi/pickUps")), of("PickupAssigned"), "matched");
}

/// Two catches: one stays on the list, the other is picked.
fn trade(server: &ServerProcess, n: u64) {
    let trip = json!({ "price": 1000 * n, "startingPoint": "a", "destination": "b", "customer": customer(n) });
    let [open, taken] = [(); 2].map(|()| server.post("/taxi/catches", &trip).created_id());
    server.wait_for_text(&format!("/taxi/catchReqLists/{open}"), "\"id\"");
    server.wait_for_text(&format!("/taxi/catchReqLists/{taken}"), "\"id\"");
    server.post("/taxi/pickUps", &json!({ "matchId": taken, "driver": "park" })).created_id();
    server.wait_for_text(&format!("/taxi/myPages/{taken}"), "PickupAssigned");
}
